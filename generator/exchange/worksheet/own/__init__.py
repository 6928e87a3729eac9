"""The worksheet of our own: a workbook of PortalRB's shape with live formulas.

`workbook` writes it; `answers`, `gates` and `guide` are its sheets, `base` the hidden one that an import compares with.
"""
