"""Whether a request comes from our own pages or from whoever typed an address: no page of another origin is answered.

Each rule stands alone, for a browser may lack one: Host, Origin, and Fetch metadata (https://www.w3.org/TR/fetch-metadata/).
"""

from __future__ import annotations

from generator.preview.http_server import Request

MARK = "x-catat"
"""A header that a page of another origin cannot send without a preflight, which is always refused."""
_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_HTTP_PORT = 80


def is_allowed(request: Request, port: int) -> bool:
    """Whether a request to the server on a port may be answered.

    A request that changes something (POST) has to name its origin and to carry the mark.
    """
    host = request.headers.get("host", "").lower()
    if host not in _own_hosts(port):  # another name that points here: DNS rebinding
        return False
    origin = request.headers.get("origin")
    if request.method == "POST":
        site = request.headers.get("sec-fetch-site", "same-origin")
        return origin == f"http://{host}" and site == "same-origin" and MARK in request.headers
    return origin in {None, f"http://{host}"} and _is_own_fetch(request)


def _own_hosts(port: int) -> frozenset[str]:
    """Return what Host may say; the port of HTTP is left out by browsers."""
    return frozenset({*(f"{host}:{port}" for host in _HOSTS), *(_HOSTS if port == _HTTP_PORT else ())})


def _is_own_fetch(request: Request) -> bool:
    """Whether the browser says that one of our pages, or nobody, caused a request to read; older browsers say nothing.

    A link of another page may lead to a page of ours, in a window that the other page loses (COOP). It may not lead to
    a document, for that a document is downloaded instead of shown can be seen in the window that stays.
    """
    headers = request.headers
    if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
        return True
    is_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return is_link and "sec-purpose" not in headers and request.target.partition("?")[0].endswith(("/", ".html"))
