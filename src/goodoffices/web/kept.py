"""Answers kept: a page asked for again is sent again as it was made, and not at all where the reader has it already.

Invariant: a page follows from the chain head, that of the record it quotes, the date, the clearance of the desk and its
address. An answer is kept under these, so nothing has to be forgotten when something is recorded: the head is another
one then. What depends on anything else (a cookie, a draft) says no-store, and is never kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goodoffices.core.errors import Broken
from goodoffices.desk.desk import Desk

MOST_BYTES: Final = 48 * 2**20
_LONGEST: Final = 2**20  # longer answers are made anew
_Key = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as sent: its header lines and its body, packed or not as it was asked for."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str


class Kept:
    """Wraps the application over one desk."""

    def __init__(self, app: ASGIApp, desk: Desk, most_bytes: int = MOST_BYTES):
        self.app = app
        self._desk = desk
        self._most = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[_Key, Answer] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: from memory, or from the application."""
        # Answers to programs (/api/v1) carry tags of their own, known before anything is worked out.
        apart = scope["type"] != "http" or scope["path"].startswith(("/static/", "/api/v1"))
        if apart or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        try:
            key = await run_in_threadpool(self._key, scope, "gzip" in asked.get("accept-encoding", ""))
        except Broken:  # the application says it in a sentence
            await self.app(scope, receive, send)
            return
        found = self._answers.get(key)
        if found is None:
            listening = _Listening(send)
            await self.app(scope, receive, listening.send)
            found = listening.answer()
            if found is not None:
                self._keep(key, found)
            await listening.finish(found, asked.get("if-none-match", ""))
            return
        self._answers.move_to_end(key)
        await _sent(found, asked.get("if-none-match", ""), send)

    def _key(self, scope: Scope, packed: bool) -> _Key:
        where = scope["path"] + "?" + scope["query_string"].decode("latin-1")
        asked = Headers(scope=scope)
        # A page names its own address, and how far the reader has read may stand on it.
        where += (
            f"\n{asked.get('host', '')}\n{asked.get('cookie', '')}"  # how far the reader has read may stand on a page
        )
        heads = f"{self._desk.head().printed} {self._desk.quoted.head().printed}"  # the same, but in the sandbox
        return heads, f"{self._desk.today()} {self._desk.clearance.name}", where, packed

    def _keep(self, key: _Key, answer: Answer) -> None:
        self._answers[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._most:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.body)


class _Listening:
    """Takes in an answer on its way out; one that can be kept is held back until it is whole, others pass at once."""

    def __init__(self, send: Send):
        self._send = send
        self._start: Message | None = None
        self._parts: list[bytes] = []
        self._passing = False
        self._whole = False

    async def send(self, message: Message) -> None:
        """One message of the answer."""
        if self._passing:
            await self._send(message)
        elif message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            length = int(headers.get("content-length", "0"))
            private = "no-store" in headers.get("cache-control", "") or "set-cookie" in headers
            self._start = message
            if message["status"] != 200 or private or length > _LONGEST:
                await self._pass()
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if not self._whole and sum(map(len, self._parts)) > _LONGEST:
                await self._pass(more=True)

    async def _pass(self, more: bool = False) -> None:
        self._passing = True
        if self._start is not None:
            await self._send(self._start)
        if more:
            await self._send({"type": "http.response.body", "body": b"".join(self._parts), "more_body": True})

    def answer(self) -> Answer | None:
        """The whole answer, where it can be kept."""
        if self._passing or not self._whole or self._start is None:
            return None
        body = b"".join(self._parts)
        headers = MutableHeaders(raw=list(self._start["headers"]))
        # The same page packed is another thing to a cache than the page as it is.
        tag = headers.get("etag") or f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers["ETag"] = tag
        return Answer(tuple(headers.raw), body, tag)

    async def finish(self, answer: Answer | None, known: str) -> None:
        """Send what was held back."""
        if answer is not None:
            await _sent(answer, known, self._send)
        elif not self._passing and self._start is not None:
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": b"".join(self._parts)})


async def _sent(answer: Answer, known: str, send: Send) -> None:
    if _has(known, answer.tag):
        left_out = (b"content-length", b"content-type", b"content-encoding", b"content-disposition")
        headers = [one for one in answer.headers if one[0].lower() not in left_out]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(answer.headers)})
    await send({"type": "http.response.body", "body": answer.body})


def _has(known: str, tag: str) -> bool:
    """Whether If-None-Match names the tag; weak ones count as the same page."""
    named = [one.strip().removeprefix("W/") for one in known.split(",")]
    return bool(known) and (tag.removeprefix("W/") in named or "*" in named)
