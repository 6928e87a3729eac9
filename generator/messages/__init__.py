"""A diagnostic as a value, and how it is shown.

`diagnostics` has the value and its form for the store, `renderers` its forms for people and for other programs,
`report` the report for people, `source` a text with the positions in it, `refusals` what the system would not do.
"""
