"""The register of terms: both languages, sources, no dead ends, in step with GLOSSARY.md; and mistakes."""

import re
from datetime import date
from pathlib import Path

import pytest

from goodoffices.casebook.glossary import REGISTER, Term, term_named, terms
from goodoffices.core.errors import BadRecord
from goodoffices.core.kinds import KINDS
from goodoffices.core.names import fold
from goodoffices.rulebooks.shelf import rulebooks

TERMS = terms()
BOOKS = {book.id for book in rulebooks()}
RULES = {rule.id for book in rulebooks() for rule in book.rules}
ROOMS = {"/how-it-works", "/missions", "/cases", "/record", "/rulebooks", *(f"/rulebooks/{book}" for book in BOOKS)}
GUIDE = Path(__file__).parents[2] / "GLOSSARY.md"
GOOD = """\
sources:
  page: {title: "A page"}
terms:
  host-consent: {en: host consent, fr: consentement, text: "Yes.", text_fr: "Oui.", rests: [page]}
"""


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.id)
def test_a_term_is_whole(term: Term) -> None:
    for text in (term.text, term.text_fr):
        assert text.endswith(".") and "  " not in text and not re.search(r"['\"<>]", text)
        assert len(text) < 240, "one or two short sentences"
    assert not re.search(r"[^\s][;:?!]", term.text_fr), "a space before high marks"
    assert term.rests and set(term.kinds) <= set(KINDS)
    assert set(term.rules) <= RULES and set(term.pages) <= ROOMS


def test_names_are_told_once() -> None:
    for language in ("en", "fr"):
        names = [fold(term.name(language)) for term in TERMS.values()]
        assert len(names) == len(set(names))
    assert len(TERMS) > 60


def test_every_source_is_used() -> None:
    told = REGISTER.read_text(encoding="utf-8").partition("terms:")[0]
    listed = set(re.findall(r"^  ([a-z0-9-]+): \{title", told, re.MULTILINE))
    assert listed == {citation.source.id for term in TERMS.values() for citation in term.rests}


def test_terms_are_found_by_any_of_their_names() -> None:
    for name in (
        "host consent",
        "Host Consent",
        "consentement de l’État hôte",
        "consent of the parties",
        "host-consent",
    ):
        assert term_named(name) is TERMS["host-consent"]
    assert term_named("African Union") is term_named("union africaine") is TERMS["african-union"]
    assert term_named("no such word") is None
    assert term_named("") is None


def test_the_words_of_the_guide_to_the_code_are_the_same() -> None:
    shared = 0
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 4 or cells[1] in ("–", "French"):
            continue
        term = next((one for one in TERMS.values() if re.sub(r" \(.*\)", "", one.en) == cells[0]), None)
        if term is not None:
            shared += 1
            assert fold(cells[1].split(",")[0]) in fold(term.fr), f"{cells[0]}: {cells[1]} and {term.fr}"
    assert shared > 15


def test_a_thing_is_no_term_before_it_was_there() -> None:
    policy = TERMS["crisis-management-policy"]
    assert policy.known_by(date(2023, 1, 1)) and not policy.known_by(date(2022, 12, 31))
    assert TERMS["mandate"].known_by(date(1950, 1, 1))


def test_letters_are_those_of_the_language() -> None:
    assert (TERMS["ecowas"].letter(), TERMS["ecowas"].letter("fr")) == ("E", "C")
    assert TERMS["as-of"].letter("fr") == "A", "without its accent"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("host-consent:", "Host Consent:"), "has other signs"),
        (("fr: consentement, ", ""), "lacks 'fr'"),
        (('text: "Yes."', 'text: ""'), "lacks 'text'"),
        (("rests: [page]", "rests: []"), "rests on nothing"),
        (("rests: [page]", "rests: [book]"), "rests on 'book'"),
        (("rests: [page]", "rests: [page], kinds: [dance]"), "'dance', which is none"),
        (("rests: [page]", "rests: [page], kinds: suspension"), "kinds that are no list"),
        (("rests: [page]", "rests: [page], colour: blue"), "unknown key 'colour'"),
        (('{en: host consent, fr: consentement, text: "Yes.", text_fr: "Oui.", rests: [page]}', "none"), "no fields"),
        (("terms:", "words:"), "is no glossary"),
        (('{title: "A page"}', "{}"), "has no title"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "glossary.yaml"
    assert change[0] in GOOD
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        terms(path)
    assert said in str(caught.value)
    assert "glossary.yaml" in str(caught.value)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert terms(path)["host-consent"].rests[0].source.title == "A page"
