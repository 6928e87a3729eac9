"""A portfolio from its folder to its site: scan, map, fold, render, write.

`pipeline` reads and judges a portfolio, which is what every command begins with; `build` goes on to the site. The
other modules give the costly steps (inspections, texts, thumbnails, pages, search index) to several processes. With
`preview` this is the only user of `incremental`.
"""
