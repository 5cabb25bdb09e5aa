"""Answers that take long to work out, kept by the end of the chain they were worked out from.

Invariant: another content has another end, another day another moment, another rulebook another version: what is kept
is never wrong, only forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from goodoffices.desk.looking import Looking
from goodoffices.desk.views import Moment
from goodoffices.rulebooks.shelf import rulebooks

T = TypeVar("T")


class Kept(Generic[T]):
    """The last few answers to one kind of question, the oldest let go of first."""

    def __init__(self, most: int = 16):
        self._most = most
        self._answers: dict[tuple[Hashable, ...], T] = {}
        self._lock = Lock()

    def get(self, desk: Looking, moment: Moment, make: Callable[[], T], *more: Hashable) -> T:
        """The answer at a moment, worked out where it is not kept. `more` is what else it depends on.

        The moment says what day it is, too: what may be said with hindsight of a day may not on the next.
        """
        versions = tuple((book.id, book.version) for book in rulebooks())
        key = (desk.head().hash, moment, desk.clearance, versions, *more)
        with self._lock:
            if key in self._answers:
                return self._answers[key]
        made = make()  # outside the lock: another question need not wait
        with self._lock:
            while len(self._answers) >= self._most:
                self._answers.pop(next(iter(self._answers)))
            self._answers[key] = made
        return made
