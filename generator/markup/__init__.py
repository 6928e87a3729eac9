"""Markdown to safe HTML, cut at its links."""
