"""Responses with the headers that protect them from pages of other origins."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from generator.preview.http_server import Body, Response
from generator.site import media_types

_FOR_OWN_PAGES_ONLY = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Headers that keep pages of other origins in the same browser from loading, framing or watching any of this."""
_PAGE_POLICY = "frame-ancestors 'self'"
"""The directive that a policy within a page cannot have."""
HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


def response(
    status: HTTPStatus, content_type: str, content: bytes | Body, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a response of a type, with the policy of that type."""
    policy = _PAGE_POLICY if content_type == HTML else media_types.policy(content_type)
    fixed = {"Content-Type": content_type, "Content-Security-Policy": policy, **_FOR_OWN_PAGES_ONLY}
    return Response(status, {**fixed, **(headers or {})}, content)


def refusal(status: HTTPStatus) -> Response:
    """Return the response to a refused request: the same to every page of another origin."""
    allowed = {"Allow": "GET, HEAD, POST"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
    return response(status, PLAIN, status.phrase.lower().encode(), allowed)
