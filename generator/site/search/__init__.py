"""The full-text search of a site: entries go in, and script files that a page loads as somebody types come out.

`entries` has what can be found, `tokens` cuts and stems words as the browser does, `postings` collects the words of the
entries, `index` writes them as files, and `scripts` names the scripts of the search page.
"""
