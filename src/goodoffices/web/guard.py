"""The guard at the door of the pages: host names, forged requests, policy headers, HEAD.

Invariant: every answer carries the policy headers, refusals, redirects and faults of ours included; a request under a
name that is not ours reaches no page (a foreign site that points its own name at this machine learns nothing). A
request that could change something reaches a page only from the reader's own browser, standing on our pages, or from a
program.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS: Final = ("127.0.0.1", "localhost", "::1")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A brief as a page carries its own style sheet inside, so that it can be sent on as one file.
BRIEF_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)
_HARMLESS: Final = ("GET", "HEAD", "OPTIONS")
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def host_name(header: str) -> str:
    """The name in a Host header, without port and without the brackets of an IPv6 address; in lower case."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].rstrip(".").lower()


def forged(headers: Headers, scheme: str = "http") -> bool:
    """Whether a request to change something may have been sent by somebody else's page.

    Browsers say from where they ask: Sec-Fetch-Site, or at least Origin. One that says neither is so old that it cannot
    be told from a trap; programs say neither, and no foreign page can make them ask.
    """
    sites = headers.getlist("sec-fetch-site")
    if sites:
        return any(site.strip().lower() not in ("same-origin", "none") for site in sites)
    origins = headers.getlist("origin")
    if origins:
        ours = _place(f"{scheme}://{headers.get('host', '')}")
        return ours is None or any(_place(origin) != ours for origin in origins)
    return "mozilla/" in headers.get("user-agent", "").lower()


def _place(origin: str) -> tuple[str, int] | None:
    """Host and port of an origin; None where it has none ("null")."""
    try:
        parts = urlsplit(origin.strip())
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.hostname.rstrip("."), port) if parts.hostname else None


class Guard:
    """Wraps the application; the outermost layer there is."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]):
        self.app = app
        self._hosts = frozenset(name.strip("[]").lower() for name in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        asked = Headers(scope=scope).get("host", "")
        if host_name(asked) not in self._hosts:
            refusal = PlainTextResponse(
                "This name is not served here: use the address that `goodoffices serve` says.", 421
            )
            await refusal(scope, receive, answer.send)
            return
        if scope["method"] not in _HARMLESS and forged(Headers(scope=scope), scope.get("scheme", "http")):
            said = "Nothing is written on the word of another site: use the pages themselves."
            refusal = PlainTextResponse(said, 403)
            await refusal(scope, receive, answer.send)
            return
        # A page has one form: asked for its head alone, it is made and its body left out.
        await self.app({**scope, "method": "GET"} if answer.head_only else scope, receive, answer.send)


class _Answer:
    """One answer on its way out."""

    def __init__(self, scope: Scope, send: Send):
        self.head_only = scope["method"] == "HEAD"
        self._static = scope["path"].startswith("/static/")
        self._versioned = bool(scope["query_string"])
        self._send = send

    async def send(self, message: Message) -> None:
        """Add the headers; leave the body out where only the head was asked for."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", POLICY)
            for name, value in _ALWAYS.items():
                headers[name] = value
            kept = self._static and self._versioned and message["status"] == 200  # a fault is never kept
            if kept:
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
            else:
                headers.setdefault("Cache-Control", "no-cache")
        elif self.head_only:
            message = {**message, "body": b""}
        await self._send(message)
