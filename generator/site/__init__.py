"""What a site is: addresses, plan, views, theme, search index and words.

`plan.plan` says which pages and copies will be where, from a readiness; `views/` has one frozen view for each kind of
page, `theme` renders a view to bytes, `search` makes the index that the browser loads, and `words` writes figures and
dates in the page's language. Nothing is written here.
"""
