"""Markings of UN information (ST/SGB/2007/6): unclassified, confidential, strictly confidential."""

from __future__ import annotations

from enum import IntEnum

from goodoffices.core.errors import BadRecord, Problem


class Marking(IntEnum):
    """A higher number is a closer circle. A reader sees what is marked at or below the own clearance."""

    UNCLASSIFIED = 0
    CONFIDENTIAL = 1
    STRICTLY_CONFIDENTIAL = 2

    @property
    def words(self) -> str:
        """The marking as printed."""
        return self.name.lower().replace("_", " ")


def read_marking(text: str, where: str = "marking") -> Marking:
    """Read a marking as written in files ("strictly confidential"). BadRecord where it is none."""
    name = text.strip().upper().replace(" ", "_").replace("-", "_")
    if name not in Marking.__members__:
        raise BadRecord(
            [Problem(where, f"{text!r} is no marking.", "Write unclassified, confidential or strictly confidential.")]
        )
    return Marking[name]
