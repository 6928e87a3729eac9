"""A diagnostic as a value, and how it is shown.

`diagnostics` has the value and its forms for programs (text, JSON, editors, CI), `report` the report for people,
`explanations` what a code means, `source` a text with the positions in it, `refusals` what the system would not do.
"""
