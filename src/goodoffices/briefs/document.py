"""A brief as a value: sections of sentences, each with its notes. HTML, PDF and DOCX only print it.

Invariant: every sentence, and every row of a table, carries at least one note, and every note is a place in a source,
an article, or the record itself. Nothing in a brief was typed for the brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodoffices.briefs.timeline import Timeline
from goodoffices.core.markings import Marking


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: what is cited, and the address to look it up at, where there is one."""

    number: int
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text and the numbers of its notes. `tone` is empty or the state it tells: done, late, open."""

    text: str
    notes: tuple[int, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that follow one another."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One sentence a line."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: names of columns, rows of cells. `told`: the last column tells most, and gets most room."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    told: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The timeline, with a sentence that says what it shows."""

    timeline: Timeline
    caption: Sentence


Block = Paragraph | Listing | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A two-page brief. `colophon` says what it can be walked back by: snapshot, rulebooks, both days, chain head."""

    case: str
    title: str
    subtitle: str
    marking: Marking
    language: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    colophon: tuple[tuple[str, str], ...]
    made: datetime

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the brief; of tables the cells that carry notes."""
        found: list[Sentence] = []
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    found += block.sentences
                elif isinstance(block, Listing):
                    found += block.items
                elif isinstance(block, Grid):
                    found += [cell for row in block.rows for cell in row if cell.notes]
                else:
                    found.append(block.caption)
        return tuple(found)
