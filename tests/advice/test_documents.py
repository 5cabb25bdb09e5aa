"""Advice and plans as documents: every sentence has its note, in both languages; every section is there."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.advice.language import SECTIONS
from goodoffices.briefs.document import Grid
from goodoffices.desk.advice_document import advice_document, plan_document
from goodoffices.desk.advising import advice_on
from goodoffices.desk.desk import Desk
from goodoffices.desk.planning import plan_for
from goodoffices.desk.views import Moment
from record import TODAY

DAY = date(2021, 11, 30)
THEN = Moment(DAY, DAY, TODAY.date())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_of_the_advice_has_a_note(advised: Desk, language: str) -> None:
    advice = advice_on(advised, "sudan-2021", THEN, language=language)
    made = advice_document(advice, TODAY)
    numbers = {note.number for note in made.notes}
    assert made.sentences()
    for one in made.sentences():
        assert one.notes and set(one.notes) <= numbers, one.text
    titles = " ".join(section.title for section in made.sections)
    for section in advice.sections:
        assert section.title in titles
    assert len(advice.sections) == len(SECTIONS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_of_a_plan_has_a_note_and_what_is_supposed_says_so(advised: Desk, language: str) -> None:
    made = plan_document(plan_for(advised, "Sudan", THEN, language=language), TODAY)
    assert all(one.notes for one in made.sentences())
    assert any(note.text == "Supposed, not on record" for note in made.notes)
    tasks = [block for section in made.sections for block in section.blocks if isinstance(block, Grid) and block.told]
    assert len(tasks) == 3, "one table of tasks for each supposition"
    assert all(row[0].text and row[1].text for block in tasks for row in block.rows)


def test_what_is_printed_is_marked_as_high_as_its_facts(advised: Desk) -> None:
    made = advice_document(advice_on(advised, "mali-2021", THEN, names=("options",)), TODAY)
    assert made.marking.words == "unclassified"
    printed = advised.printed(made, "html").decode()
    assert "Stay or go" in printed and "<script" not in printed
