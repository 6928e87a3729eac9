"""The pages of a roll-up as values: each view is a function of the values that it shows, and of nothing else.

`rollup_site` has what all pages share, `figures` writes figures, `frame` is the frame of a page; every other module is
one kind of page. Units are in alphabetical order everywhere, and no page ranks them.
"""
