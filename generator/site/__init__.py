"""Addresses, plan, views, templates, search and words of a site."""
