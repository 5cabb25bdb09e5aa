"""Where a fact comes from: sources, and citations that point into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

CONFIDENCE: Final = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Source:
    """A page, document or publication. `address` is the official place; `mirror` where the text was seen instead.

    Addresses are printed, never fetched. `published` is EDTF, apart from when a fact became known.
    """

    id: str
    title: str
    publisher: str = ""
    published: str = ""
    address: str = ""
    mirror: str = ""
    language: str = "en"

    def record(self) -> dict[str, str]:
        """As stored; empty fields left out, unless reading back would fill them."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in fields.items() if value or name in ("id", "title", "language")}

    @property
    def words(self) -> str:
        """The source as a note prints it."""
        return ", ".join(part for part in (self.title, self.publisher, self.published) if part)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source: page, paragraph, box, footnote."""

    source: Source
    locator: str = ""

    def record(self) -> dict[str, Any]:
        """As stored."""
        return {"source": self.source.record()} | ({"at": self.locator} if self.locator else {})

    @property
    def words(self) -> str:
        """The citation as a note prints it."""
        return f"{self.source.words}, {self.locator}" if self.locator else self.source.words


def citation_from_record(record: Mapping[str, Any]) -> Citation:
    """Read back what `record` wrote."""
    return Citation(Source(**record["source"]), record.get("at", ""))
