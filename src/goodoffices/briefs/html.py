"""Prints a brief as one self-contained HTML page: its own style, its figure inside, no script, nothing fetched."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from goodoffices.briefs.document import Block, Brief, Figure, Grid, Listing, Note, Paragraph, Section, Sentence
from goodoffices.briefs.timeline_svg import draw, legend

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE: Final = Path(__file__).parent / "brief.css"


def html(brief: Brief) -> str:
    """The brief as an HTML document."""
    style = STYLE.read_text(encoding="utf-8")
    sections = "".join(_section(one, brief.language) for one in brief.sections)
    notes = "".join(_note(note) for note in brief.notes)
    colophon = " · ".join(f"{escape(name)}: <b>{escape(value)}</b>" for name, value in brief.colophon)
    under = f"{escape(brief.subtitle)} · {escape(brief.marking.words)}"
    parts = (
        f'<!doctype html>\n<html lang="{escape(brief.language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>{escape(brief.title)}</title><style>{style}</style></head><body><main>",
        f'<header><h1>{escape(brief.title)}</h1><p class="under">{under}</p></header>',
        f'{sections}<section class="notes"><h2>Notes</h2><ol>{notes}</ol></section>',
        f"<footer>{colophon}</footer></main></body></html>\n",
    )
    return "".join(parts)


def _section(one: Section, language: str) -> str:
    return f"<section><h2>{escape(one.title)}</h2>{''.join(_block(block, language) for block in one.blocks)}</section>"


def _note(note: Note) -> str:
    link = (
        f' <a href="{escape(note.address, quote=True)}" rel="noreferrer">{escape(note.address)}</a>'
        if note.address
        else ""
    )
    return f'<li id="n{note.number}">{escape(note.text)}{link}</li>'


def _sentence(one: Sentence) -> str:
    marks = ",".join(f'<a href="#n{number}">{number}</a>' for number in one.notes)
    body = f'<span class="{one.tone}">{escape(one.text)}</span>' if one.tone else escape(one.text)
    return f"{body}<sup>{marks}</sup>" if marks else body


def _block(block: Block, language: str) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{' '.join(_sentence(one) for one in block.sentences)}</p>"
    if isinstance(block, Listing):
        return f"<ul>{''.join(f'<li>{_sentence(one)}</li>' for one in block.items)}</ul>"
    if isinstance(block, Grid):
        return _grid(block)
    return _figure(block, language)


def _grid(block: Grid) -> str:
    if len(block.rows) == 1:
        cells = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{_sentence(cell)}</dd></div>"
            for name, cell in zip(block.columns, block.rows[0], strict=True)
        )
        return f'<dl class="status">{cells}</dl>'
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{_sentence(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _figure(block: Figure, language: str) -> str:
    words = " · ".join(escape(said) for _, said in legend(language))
    caption = f"<figcaption>{_sentence(block.caption)} <span>{words}</span></figcaption>"
    return f'<figure><div class="tl">{draw(block.timeline, language)}</div>{caption}</figure>'
