"""Keeps other web pages, in the same browser, from reading or acting through this one.

The server answers only to names of this machine, so no foreign name can be made to point here. Beyond that: a request
that does something must come from the page itself, nothing but the page's own files may run or load in it, and no
other page may frame it.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HARMLESS = {"GET", "HEAD"}


class Guard:
    """Refuses what another page sent, and tells the browser how little this page may do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        headers = Headers(scope=scope)
        if scope["method"] not in HARMLESS and not comes_from_here(headers):
            refusal = PlainTextResponse("Only the workspace's own page may do this.", 403)
            await refusal(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_guarded)


def comes_from_here(headers: Headers) -> bool:
    """The browser says which page sent a request; one that does not say is refused too."""
    same_site = headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return same_site and headers.get("origin") == f"http://{headers.get('host')}"
