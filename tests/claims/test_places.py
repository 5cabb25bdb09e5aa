"""Where in the report a claim stands: pages by its table of contents, subjects, and the place in French."""

from __future__ import annotations

import re

from goodoffices.claims.file import read_claims
from goodoffices.claims.places import SECTIONS, TOPICS, locator_words, pages_words, place_of


def test_every_claim_has_its_pages_and_its_subject() -> None:
    for claim in read_claims().claims:
        place = place_of(claim.locator)
        assert place.topic in TOPICS, claim.id
        assert (place.topic == "article") == (place.first == 0), claim.id
        assert place.last == 0 or place.first < place.last, claim.id
    assert {place_of(claim.locator).topic for claim in read_claims().claims} == set(TOPICS)


def test_sections_follow_each_other() -> None:
    pages = [one.page for one in SECTIONS]
    assert pages == sorted(set(pages))
    assert {one.topic for one in SECTIONS} <= set(TOPICS)
    for one in SECTIONS:
        assert place_of(f"{one.title}, paragraph 1").first == one.page


def test_a_box_or_a_note_lies_in_the_pages_of_its_section() -> None:
    assert (place_of("Box 4, paragraph 2").first, place_of("Box 4, paragraph 2").last) == (10, 12)
    assert place_of("Note 166").first == place_of("Responding to Contentious Actions by the New Authorities").first
    assert pages_words(place_of("Box 4, paragraph 2")) == "pages 10 to 12"
    assert pages_words(place_of("Box 4, paragraph 2"), "fr") == "pages 10 à 12"
    assert pages_words(place_of("Lessons for UN Missions Following UCGs, first point")) == "from page 27 on"
    assert pages_words(place_of("The article read beside the report")) == ""


def test_the_place_in_french() -> None:
    for claim in read_claims().claims:
        said = locator_words(claim.locator, "fr")
        assert not re.search(r"\b(paragraph|Box|point,|first|third|by implication)\b", said), said
        assert re.findall(r"\d+", said) == re.findall(r"\d+", claim.locator)
        assert locator_words(claim.locator) == claim.locator
