"""Prints a brief as PDF, and figures as pictures, with Typst: bundled fonts only, nothing fetched.

PDF/A-2b is asked for: it is archivable, and a letter no bundled font has is then an error instead of a hole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from goodoffices.briefs.document import Block, Brief, Figure, Grid, Listing, Paragraph, Sentence
from goodoffices.briefs.timeline_svg import draw, legend
from goodoffices.core.errors import Broken

FOLDER: Final = Path(__file__).parent
TEMPLATE: Final = FOLDER / "brief.typ"
FONTS: Final = FOLDER / "fonts"
_SHAPES: Final = {"diamond": "◆", "disc": "●", "box": "⬚", "ring": "○", "band": "▬"}
_ROUNDS: Final = 60


def _sentence(one: Sentence) -> dict[str, Any]:
    return {"text": one.text, "notes": list(one.notes), "tone": one.tone}


def _block(block: Block, language: str) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "sentences": [_sentence(one) for one in block.sentences]}
    if isinstance(block, Listing):
        return {"type": "listing", "items": [_sentence(one) for one in block.items]}
    if isinstance(block, Grid):
        narrow = "narrow" if block.columns and block.columns[0] in ("When", "Quand") else "wide"
        narrow = "told" if block.told else narrow
        return {
            "type": "grid",
            "columns": list(block.columns),
            "lead": narrow,
            "rows": [[_sentence(cell) for cell in row] for row in block.rows],
        }
    return {"type": "figure"} | _figure(block, language)


def _figure(block: Figure, language: str) -> dict[str, Any]:
    words = "   ".join(f"{_SHAPES[shape]} {said}" for shape, said in legend(language) if shape != "box")
    svg = draw(block.timeline, language).replace("<svg ", '<svg font-weight="400" ', 1)
    return {"svg": svg, "alt": block.timeline.title, "legend": words, "caption": _sentence(block.caption)}


def _data(brief: Brief) -> dict[str, Any]:
    said = dict(brief.colophon)
    head = said.get("Chain head") or said.get("Tête de chaîne", "")
    snapshot = next(iter(said.values()), "")
    return {
        "title": brief.title,
        "subtitle": brief.subtitle,
        "language": brief.language,
        "marking": brief.marking.words.upper(),
        "made": {"year": brief.made.year, "month": brief.made.month, "day": brief.made.day},
        "foot": f"{brief.case} · {brief.subtitle} · {snapshot} · {head}",
        "sections": [
            {"title": one.title, "blocks": [_block(block, brief.language) for block in one.blocks]}
            for one in brief.sections
        ],
        "notes": [{"number": note.number, "text": note.text} for note in brief.notes],
        "colophon": [list(pair) for pair in brief.colophon],
    }


def pdf(brief: Brief) -> bytes:
    """The brief as PDF/A-2b."""
    return _compile(_data(brief))


def _typst(source: str | bytes, form: str, values: dict[str, str], **more: Any) -> bytes:
    """Run Typst on a template with the bundled fonts alone."""
    import typst

    compiler: Any = typst.compile
    made = compiler(source, font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs=values, format=form, **more)
    return bytes(made)


def _compile(data: dict[str, Any]) -> bytes:
    import typst

    text = json.dumps(data, ensure_ascii=False)
    for _ in range(_ROUNDS):  # each round takes out letters that no bundled font has
        try:
            return _typst(str(TEMPLATE), "pdf", {"data": text}, pdf_standards=["a-2b"])
        except typst.TypstError as fault:
            missing = _missing(str(fault))
            if not missing:
                raise Broken(f"the brief could not be set: {fault}") from fault
            for letter in missing:
                text = text.replace(letter, f"[U+{ord(letter):04X}]")  # shown by its number rather than lost
    raise Broken("the brief has letters that none of the bundled fonts can set.")


def _missing(message: str) -> Sequence[str]:
    """The letters that, Typst says, none of the fonts can show."""
    found = re.search(r'the text `?"(.+?)"`? could not be displayed', message, re.DOTALL)
    return [letter for letter in found[1] if ord(letter) > 127] if found else []  # beyond ASCII


def png(svg: str, width: int = 1640) -> bytes:
    """A figure as PNG, `width` pixels wide: for DOCX, which takes no SVG everywhere."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    wide, high = (float(size[1]), float(size[2])) if size else (820.0, 400.0)
    page = (
        f"#set page(width: {wide}pt, height: {high}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return _typst(page.encode(), "png", {"svg": svg}, ppi=72 * width / wide)
