"""A site as values: addresses, contents, plan, views, theme, search and words.

`plan` lists the pages and copies of a readiness, `views/` has one frozen view for each kind of page, `theme` renders a
view to bytes, `search/` builds the index that the browser loads, and `words` formats figures and dates in the language
of the page. Nothing here writes to disk.
"""
