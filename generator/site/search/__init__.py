"""The full-text search of a site: entries go in, and script files that a page loads as somebody types come out.

`entries` has what can be found, `tokens` cuts and stems words as the browser does, `segments` indexes the entries of a
block, `index` cuts blocks and joins their segments to files, and `scripts` names the scripts of the search page.
"""
