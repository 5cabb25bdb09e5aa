"""Prints a brief as a plain Word document: headings, tables, notes at the end, the figure as a picture."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from goodoffices.briefs.document import Block, Brief, Figure, Grid, Listing, Paragraph, Sentence
from goodoffices.briefs.pdf import png
from goodoffices.briefs.timeline_svg import draw

_TONES: Final = {"done": (0x2F, 0x6B, 0x3C), "late": (0x9C, 0x2F, 0x1F), "open": (0x8A, 0x61, 0x00)}
_WIDTH_CM: Final = 17.0


def docx(brief: Brief) -> bytes:
    """The brief as DOCX."""
    import docx as library
    from docx.shared import Cm, Pt

    document = library.Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
        section.footer.paragraphs[
            0
        ].text = (
            f"{brief.marking.words.upper()} · Good Offices · {brief.case} · {dict(brief.colophon).get('Snapshot', '')}"
        )
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)
    document.core_properties.title = brief.title
    document.core_properties.author = "Good Offices"
    document.core_properties.created = document.core_properties.modified = brief.made.replace(tzinfo=None)
    document.add_heading(_clean(brief.title), 0)
    document.add_paragraph(_clean(brief.subtitle))
    for part in brief.sections:
        document.add_heading(_clean(part.title), 1)
        for block in part.blocks:
            _block(document, block, brief.language)
    document.add_heading("Notes", 1)
    for note in brief.notes:
        line = document.add_paragraph()
        line.add_run(
            _clean(f"{note.number}. {note.text}" + (f" {note.address}" if note.address else ""))
        ).font.size = Pt(8)
    ending = document.add_paragraph()
    ending.add_run(_clean(" · ".join(f"{name}: {value}" for name, value in brief.colophon))).font.size = Pt(8)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    """Without control characters, which no Word file may hold."""
    return "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32)  # the first printable one


def _block(document: Any, block: Block, language: str) -> None:
    from docx.shared import Cm

    if isinstance(block, Paragraph):
        line = document.add_paragraph()
        for one in block.sentences:
            _say(line, one)
            line.add_run(" ")
    elif isinstance(block, Listing):
        for one in block.items:
            _say(document.add_paragraph(style="List Bullet"), one)
    elif isinstance(block, Grid):
        table = document.add_table(rows=1, cols=len(block.columns))
        table.style = "Light Grid"
        for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
            cell.text = _clean(name)
        for row in block.rows:
            for cell, one in zip(table.add_row().cells, row, strict=True):
                _say(cell.paragraphs[0], one)
    elif isinstance(block, Figure):
        document.add_picture(BytesIO(png(draw(block.timeline, language))), width=Cm(_WIDTH_CM))
        _say(document.add_paragraph(), block.caption)


def _say(line: Any, sentence: Sentence) -> None:
    from docx.shared import RGBColor

    run = line.add_run(_clean(sentence.text))
    if sentence.tone:
        run.font.color.rgb = RGBColor(*_TONES[sentence.tone])
    if sentence.notes:
        mark = line.add_run(",".join(str(number) for number in sentence.notes))
        mark.font.superscript = True
