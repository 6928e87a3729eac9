"""`check --fix`: corrections that are certain.

`fixes.plan` tries each fix that a diagnostic carries by reading the whole portfolio with it, in memory; `difference`
shows the changes, and only then are they written, file by file.
"""
