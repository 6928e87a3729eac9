"""The local preview: a server for this computer's browser that shows every save at once.

`server.run` serves a portfolio until it is stopped. `previewer` holds its state, `responder` answers requests, `watch`
notices changes, `http_server` and `same_origin` keep pages of other origins out.
"""
