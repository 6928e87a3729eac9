"""The preview: the site in this computer's browser while somebody writes.

`server.run` serves a portfolio until it is stopped. `previewer` holds the last good site and what is wrong now,
`watch` says when to look again, `http_server` and `same_origin` admit one strict request on each connection, and
`live/` is the script that renews a page. A page is byte for byte what a build writes.
"""
