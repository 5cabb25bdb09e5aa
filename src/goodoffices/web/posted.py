"""Forms as they arrive: read whole, within bounds, and only where pages may write.

Whether a request comes from the reader's own browser is the guard's question; what is in it is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request

from goodoffices.core.errors import NotAllowed

MOST: Final = 256 * 1024  # bytes of one form
_FIELDS: Final = 200
_TYPE: Final = "application/x-www-form-urlencoded"
READ_ONLY: Final = (
    "This workbench is read by others over the network, so nothing is recorded through its pages. Whoever runs it may "
    "allow that: goodoffices serve --write"
)


class Posted(Mapping[str, str]):
    """The fields of a form: the last value of each name, line ends as one sign, blanks around it left out."""

    def __init__(self, pairs: Mapping[str, str]):
        self._pairs = dict(pairs)

    def __getitem__(self, name: str) -> str:
        return self._pairs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def said(self, name: str) -> str:
        """A field; empty where it was left out."""
        return self._pairs.get(name, "")


def writes(request: Request) -> bool:
    """Whether pages may write here."""
    return bool(getattr(request.app.state, "writes", False))


def may_write(request: Request) -> None:
    """NotAllowed where pages may not write."""
    if not writes(request):
        raise NotAllowed(READ_ONLY)


async def posted(request: Request) -> Posted:
    """The form of a request. 413 for one that is too long, 415 for one that is no form."""
    if request.headers.get("content-type", _TYPE).partition(";")[0].strip().lower() != _TYPE:
        raise HTTPException(415, "A form was expected")
    body = bytearray()
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit() or int(declared) > MOST:
        raise _too_long()
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            raise _too_long()
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as fault:  # no form, or one with more fields than any of ours
        raise HTTPException(400, "The form cannot be read") from fault
    return Posted({name: value.replace("\r\n", "\n").replace("\r", "\n").strip() for name, value in pairs})


def _too_long() -> HTTPException:
    said = (
        f"The form holds more than {MOST // 1024} KB. Nothing was written; go back, where your browser still has what "
        "you typed, and send it in parts"
    )
    return HTTPException(413, said)
