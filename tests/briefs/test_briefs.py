"""Briefs: every sentence with its source, two pages, the same in three forms, nothing lost in print."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import pypdf
import pytest

from goodoffices.briefs.document import Brief, Figure, Grid
from goodoffices.briefs.docx import docx
from goodoffices.briefs.html import html
from goodoffices.briefs.pdf import pdf
from goodoffices.casebook.edition import edition
from goodoffices.desk.desk import Desk, NewCase
from record import day

CASES = [
    "mali-2020",
    "mali-2021",
    "chad-2021",
    "guinea-2021",
    "sudan-2021",
    "burkina-faso-2022-01",
    "burkina-faso-2022-09",
    "niger-2023",
    "gabon-2023",
    "myanmar-2021",
    "afghanistan-2021",
    "syria-2024",
]


@pytest.fixture
def mali(desk: Desk) -> Brief:
    return desk.brief("mali-2021", desk.moment(day("2021-06-15")))


def pages_of(printed: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages]


def count_pages(brief: Brief) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf(brief))).pages)


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(("case", "language"), list(product(CASES, ("en", "fr"))))
def test_each_brief_is_two_pages_and_every_sentence_has_its_note(desk: Desk, case: str, language: str) -> None:
    for moment in (desk.moment(), desk.moment(day("2021-12-01"), day("2021-12-01")), desk.moment(day("2024-06-01"))):
        brief = desk.brief(case, moment, language)
        known = {note.number for note in brief.notes}
        for sentence in brief.sentences():
            assert sentence.text.strip()
            assert sentence.notes, (case, sentence.text)
            assert set(sentence.notes) <= known
        for section in brief.sections:
            for block in section.blocks:
                if isinstance(block, Grid):
                    assert all(any(cell.notes for cell in row) for row in block.rows)
        used = {number for sentence in brief.sentences() for number in sentence.notes}
        assert used == known, "a note nobody cites"
        assert count_pages(brief) <= 2, (case, moment)


def test_the_colophon_walks_back_to_snapshot_rules_days_and_chain(desk: Desk, mali: Brief) -> None:
    said = dict(mali.colophon)
    moment = desk.moment(day("2021-06-15"))
    assert said["Snapshot"] == desk.snapshot("mali-2021", moment).id
    assert said["Chain head"] == desk.head().printed
    assert "2021-06-15" in said["As of"]
    assert "2026-11-21" in said["As known on"]
    assert all(book.version in said["Rulebooks"] for book in desk.rules())
    assert said["Casebook"] == edition().version
    assert dict(desk.brief("mali-2021", moment, "fr").colophon)["Recueil de cas"] == edition().version
    text = flat("".join(pages_of(pdf(mali))))
    for value in (said["Snapshot"], said["Chain head"], said["Casebook"]):
        assert flat(value) in text


def test_an_earlier_day_of_knowledge_tells_nothing_later(desk: Desk) -> None:
    moment = desk.moment(day("2021-06-15"), day("2021-05-26"))
    brief = desk.brief("mali-2021", moment)
    later = [fact for fact in desk.snapshot("mali-2021", moment).later if not fact.subject.startswith("state:")]
    assert len(later) > 50
    whole = html(brief)
    for fact in later:
        assert fact.text not in whole
        assert fact.text not in " ".join(sentence.text for sentence in brief.sentences())


def test_the_same_brief_prints_the_same_bytes(mali: Brief) -> None:
    assert pdf(mali) == pdf(mali)
    assert html(mali) == html(mali)


def test_all_fonts_are_inside_the_pdf(mali: Brief) -> None:
    names = set()
    for page in pypdf.PdfReader(io.BytesIO(pdf(mali))).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]))
    assert names
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names), names  # subsets: embedded


@pytest.mark.parametrize(
    "text",
    [
        "الجنرال عبد الفتاح البرهان",
        "Ndèye Œuvré ž ł ğ",
        "日本 🙂 ⚖",
        'a "quoted" \\ #set {x} $y$ <b> [z] @w',
        "= heading\n/ item",
        "\u202e",
    ],
)
def test_any_letters_can_be_printed(desk: Desk, text: str) -> None:
    case = desk.new_case(NewCase("Togo", "2026-11-19", "military_coup", f"Source {text}", what=f"{text} takes power."))
    brief = desk.brief(case, desk.moment())
    assert count_pages(brief) <= 2
    assert docx(brief).startswith(b"PK")
    if "日" in text:
        assert "[U+65E5]" in flat("".join(pages_of(pdf(brief))))
    made = html(brief)
    assert text not in made or not re.search(r"[<>&\"]", text)


def test_a_long_record_still_fits_two_pages(mali: Brief) -> None:
    for section in mali.sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                assert len(block.rows) <= 13


def test_word_holds_what_the_page_holds(mali: Brief) -> None:
    import docx as library

    document = library.Document(io.BytesIO(docx(mali)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    text += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for sentence in mali.sentences():
        assert sentence.text in text
    for note in mali.notes:
        assert note.text in text
    assert len(document.inline_shapes) == 1  # the timeline
    assert "UNCLASSIFIED" in document.sections[0].footer.paragraphs[0].text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_is_one_file_without_script_or_fetches(mali: Brief) -> None:
    parser = _Page()
    parser.feed(html(mali))
    assert not [tag for tag, _ in parser.tags if tag in ("script", "link", "iframe", "img", "object", "embed")]
    for _, attributes in parser.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    targets = {
        attributes["href"]
        for tag, attributes in parser.tags
        if tag == "a" and (attributes.get("href") or "").startswith("#")
    }
    ids = {f"#{attributes['id']}" for _, attributes in parser.tags if "id" in attributes}
    assert targets <= ids


def test_a_marking_above_unclassified_is_printed(mali: Brief) -> None:
    from goodoffices.core.markings import Marking

    secret = replace(mali, marking=Marking.STRICTLY_CONFIDENTIAL)
    assert "STRICTLY CONFIDENTIAL" in " ".join(pages_of(pdf(secret)))
    assert all("STRICTLY CONFIDENTIAL" in page for page in pages_of(pdf(secret)))
    assert "strictly confidential" in html(secret)


def test_the_figure_is_of_the_same_snapshot(mali: Brief) -> None:
    figures = [block for section in mali.sections for block in section.blocks if isinstance(block, Figure)]
    assert len(figures) == 1
    assert figures[0].timeline.as_of == day("2021-06-15")
