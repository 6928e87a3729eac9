"""Builds a portfolio's site from its folder: scan, map, fold, render, write.

`project` reads and judges a portfolio, which every command begins with; `build` goes on to the site. The other modules
have the slow steps, which several processes share: `inspections`, `document_previews`, `search_index`, `pages` with
`page_keys`, `copying`. `explanation` says why something was done again. With `preview` this is the only user of
`incremental`.
"""
