"""Formats that other programs read, one module each.

`readiness_json` is the readiness as data, `todo_json` what is missing. A new format is a new module here.
"""
