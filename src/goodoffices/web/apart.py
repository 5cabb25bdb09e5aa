"""The sandbox beside the record: the same pages over a desk of its own, all under one address.

Invariant: whoever is under /sandbox/ meets nothing of the record, and no address of these pages leads out by accident.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goodoffices.core.errors import GoodOfficesError
from goodoffices.desk.desk import Desk
from goodoffices.desk.sandbox import Sandbox

ROOT: Final = "/sandbox"


class Apart:
    """Sends what is asked under ROOT to pages over the sandbox, everything else to those over the record."""

    def __init__(self, app: ASGIApp, sandbox: Sandbox, over: Callable[[Desk], ASGIApp]):
        self.app = app
        self._sandbox = sandbox
        self._over = over
        self._made: tuple[Desk, ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{ROOT}/"):
            await self.app(scope, receive, send)
            return
        try:
            app = await run_in_threadpool(self._pages)
        except GoodOfficesError as fault:
            await PlainTextResponse(str(fault), 503)(scope, receive, send)
            return
        if app is None:  # nobody has made one yet: its page tells how
            await RedirectResponse(ROOT, 303)(scope, receive, send)
            return
        inside = {**scope, "path": scope["path"].removeprefix(ROOT), "raw_path": b""}
        await app(inside, receive, _kept_inside(send))

    def _pages(self) -> ASGIApp | None:
        """The pages over the sandbox as it is now; made anew after it was."""
        desk = self._sandbox.desk()
        if desk is None:
            return None
        made = self._made
        if made is None or made[0] is not desk:
            made = self._made = (desk, self._over(desk))
        return made[1]


def _kept_inside(send: Send) -> Send:
    async def kept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Good-Offices"] = "sandbox; nothing here is real"
            if "location" in headers:
                headers["Location"] = _inside(headers["location"])
        await send(message)

    return kept


def _inside(address: str) -> str:
    """A redirect's address, under ROOT where it is one of ours."""
    parts = urlsplit(address)
    if not parts.path.startswith("/") or parts.path.startswith((f"{ROOT}/", "/static/")):
        return address
    return urlunsplit(parts._replace(path=ROOT + parts.path))
