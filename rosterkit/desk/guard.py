"""Lets in only the browser that rosterkit opened: host, token, cookie, origin; and what every answer carries."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rosterkit import language
from rosterkit.language import _

ENTRANCE = "/masuk"
_SAFE = ("GET", "HEAD")
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def first_address(port: int, token: str) -> str:
    """The address that lets a browser in."""
    return f"http://127.0.0.1:{port}{ENTRANCE}?{urlencode({'t': token})}"


def cookie_name(port: int) -> str:
    """The name of a desk's cookie: all ports of a host share their cookies."""
    return f"meja-{port}"


class Guard:
    """Wraps the app.

    Args:
        app: what is behind.
        token: of this desk; it stands in the first address alone, then in the cookie.
        port: where the desk is served.
        chosen: returns the language of the page.
    """

    def __init__(self, app: ASGIApp, token: str, port: int, chosen: Callable[[], str | None]) -> None:
        self._app, self._token, self._chosen = app, token, chosen
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie = cookie_name(port)
        self.address = first_address(port, token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        language.use(self._chosen())

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        answer = self._refuse(Request(scope)) or self._app
        await answer(scope, receive, send_guarded)

    def _refuse(self, request: Request) -> Response | None:
        """The answer to a request that does not reach the app; None for one that does."""
        host = request.headers.get("host", "")
        if host not in self._hosts:  # another name for this address: DNS rebinding
            return PlainTextResponse(_("Permintaan dari alamat lain ditolak."), 421)
        if request.url.path == ENTRANCE and request.method in _SAFE and self._is_token(request.query_params.get("t")):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
            return answer
        if not self._is_token(request.cookies.get(self._cookie)):
            text = _("Alamat ini sudah tidak berlaku. Buka meja kerja dari ikonnya di Desktop.")
            return PlainTextResponse(text, 403)
        if request.method not in _SAFE and not _is_own_page(request, host):
            return PlainTextResponse(_("Permintaan dari alamat lain ditolak."), 403)
        return None

    def _is_token(self, given: str | None) -> bool:
        return hmac.compare_digest((given or "").encode(), self._token.encode())


def _is_own_page(request: Request, host: str) -> bool:
    """Whether a page of this desk sent a request that changes something.

    As pages send no referrer, browsers send the form of one with the origin ``null``; where it comes from, no page can
    say otherwise: ``Sec-Fetch-Site`` is the browser's own.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin == "null":
        return site == "same-origin"
    return origin == f"http://{host}" and site in (None, "same-origin")
