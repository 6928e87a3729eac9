"""Formats that other programs read, one module each.

`readiness_json` is the readiness as data. A new format is a new module here.
"""
