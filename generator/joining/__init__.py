"""Readings joined with the instrument, their evidence, their links and their history."""
