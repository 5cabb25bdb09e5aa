"""Mandates: decisions told twice are one, what is in force on a day, tasks against the documents that set them."""

from datetime import date

import pytest

from goodoffices.briefs.mandates import (
    FATES,
    TURNS,
    decisions,
    fate_words,
    mandate_on,
    on_mandate,
    strength_on,
    symbol_key,
    tasks_of,
    turn_words,
)
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from ledger.making import fact


def mandate(day: str, direction: str, until: str = "", document: str = "", key: str = "", **more: str) -> Fact:
    value = {"mission": "minusma", "direction": direction, **more}
    value |= {"until": until} if until else {}
    value |= {"document": document} if document else {}
    name = key or f"mission:minusma/res-{day}"
    text = more.get("subject_matter", "A decision.")
    return fact(name, text, kind="mandate", span=read_span(day), value=tuple(value.items()))


START = mandate("2013-04-25", "start", "2014-06-30", "S/RES/2100 (2013)", subject_matter="up to 11,200 troops")
RENEWED = mandate("2014-06-25", "renew", "2015-06-30", "S/RES/2164 (2014)")
IN_COURSE = mandate("2014-10-01", "change", "", "S/RES/2180 (2014)")
ENDED = mandate("2015-06-20", "end", "2015-06-30", "S/RES/2220 (2015)")
ALL = (ENDED, IN_COURSE, RENEWED, START)


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_decisions_stand_in_order_of_time() -> None:
    found = decisions(ALL, "minusma")
    assert [one.turn for one in found] == ["start", "renew", "change", "end"]
    assert [one.document for one in found][:2] == ["S/RES/2100 (2013)", "S/RES/2164 (2014)"]
    assert decisions(ALL, "unama") == ()


def test_a_decision_told_twice_is_one() -> None:
    told = mandate("2014-06-25", "change", "2015-06-30", "S/RES/2164", key="mali-2014/mandate")
    (one,) = decisions([told, RENEWED], "minusma")
    assert [fact.key for fact in one.facts] == [RENEWED.key, told.key]  # the register's own first
    assert one.turn == "renew"
    assert one.differing == ("direction",)


def test_a_decision_without_a_symbol_joins_that_of_its_day() -> None:
    told = mandate("2014-06-25", "renew", "2015-06-30", key="mali-2014/mandate")
    (one,) = decisions([told, RENEWED], "minusma")
    assert one.document == "S/RES/2164 (2014)"
    assert one.differing == ()
    other_day = mandate("2014-06-26", "renew", key="mali-2014/mandate")
    assert len(decisions([other_day, RENEWED], "minusma")) == 2


def test_competing_accounts_and_other_missions_are_no_decisions() -> None:
    rival = fact("mali-2014/rival", kind="mandate", value=RENEWED.value, competes_with="mali-2014/mandate")
    resolution = fact("mali-2014/res", kind="resolution", value=(("document", "S/RES/2100 (2013)"),))
    assert decisions([rival, resolution], "minusma") == ()


@pytest.mark.parametrize(
    ("direction", "words", "turn"),
    [
        ("renew", "Tasks and priorities unchanged", "rollover"),
        ("renew", "technical rollover", "rollover"),
        ("renew", "Elections 2011", "renew"),
        ("change", "Uniformed ceilings cut", "reduce"),
        ("renew", "Troop reduction endorsed", "reduce"),
        ("change", "Executes the plan", "change"),  # "cut" only as a word
        ("start", "Nothing unchanged", "start"),
        ("end", "Closure by end 2020", "end"),
    ],
)
def test_what_a_decision_turned(direction: str, words: str, turn: str) -> None:
    (one,) = decisions([mandate("2014-06-25", direction, "2015-06-30", subject_matter=words)], "minusma")
    assert one.turn == turn


def test_the_mandate_of_a_day() -> None:
    found = decisions(ALL, "minusma")
    assert mandate_on(found, on("2013-04-24")) is None
    first = mandate_on(found, on("2014-06-01"))
    assert first and (first.until.text, first.state, first.days_left) == ("2014-06-30", "in_force", 29)
    last_day = mandate_on(found[:1], on("2014-06-30"))
    assert last_day and (last_day.state, last_day.days_left) == ("in_force", 0)
    over = mandate_on(found[:1], on("2014-07-01"))
    assert over and (over.state, over.days_left) == ("run_out", -1)
    # A change in its course leaves the term it changes.
    later = mandate_on(found, on("2014-12-01"))
    assert later and later.decision.document == "S/RES/2164 (2014)"


def test_a_term_that_ends_about_a_day_is_uncertain_then() -> None:
    found = decisions([mandate("2026-03-16", "renew", "2026-06-17~")], "minusma")
    states = {
        day: one.state for day in ("2026-06-16", "2026-06-17", "2026-06-19") if (one := mandate_on(found, on(day)))
    }
    assert states == {"2026-06-16": "in_force", "2026-06-17": "uncertain", "2026-06-19": "run_out"}


def test_an_end_without_a_term_ends_on_its_day() -> None:
    found = decisions([START, mandate("2014-01-01", "end")], "minusma")
    ended = mandate_on(found, on("2014-02-01"))
    assert ended and (ended.until.text, ended.state) == ("2014-01-01", "run_out")


def test_decisions_without_a_turn_are_not_on_the_mandate() -> None:
    asked = fact("mission:minusma/asked", kind="resolution", value=(("document", "S/RES/2056 (2012)"),))
    found = decisions([asked, START], "minusma")
    assert len(found) == 2
    assert [one.turn for one in on_mandate(found)] == ["start"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("up to 11,200 troops and 1,440 police; main towns", "up to 11,200 troops and 1,440 police"),
        ("First cut in troop ceiling (14,046); priorities", "troop ceiling (14,046)"),
        ("Elections priority; ceilings 11,650 and 2,080", "ceilings 11,650 and 2,080"),
        ("17,000 and 2,101 kept", "17,000 and 2,101 kept"),
        ("Elections of 2014", ""),
        ("On 1,500 pages", ""),
    ],
)
def test_strength_in_the_records_own_words(words: str, said: str) -> None:
    told = mandate("2014-06-25", "renew", "2015-06-30", subject_matter=words)
    found = strength_on(decisions([told], "minusma"), on("2015-01-01"))
    assert (found[0] if found else "") == said
    assert strength_on(decisions([told], "minusma"), on("2014-06-24")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("S/RES/2100", "S/RES/2100 (2013)", True),
        ("S/RES/2100 (2013)", "S/RES/2101 (2013)", False),
        ("S/2016/88", "S/2017/88", False),
        ("A letter", "a  letter", True),
    ],
)
def test_one_document_in_two_writings(one: str, other: str, same: bool) -> None:
    assert (symbol_key(one) == symbol_key(other)) is same


def task(document: str, name: str, fate: str, matter: str = "good offices", day: str = "2014-07-01") -> Fact:
    number = "".join(letter for letter in document.partition(" ")[0] if letter.isdigit())
    value = {"mission": "minusma", "fate": fate, "task": name.title(), "document": document, "subject_matter": matter}
    key = f"mission:minusma/task-{number}-{name}"
    return fact(key, kind="mission_task", span=read_span(day), value=tuple(value.items()))


FIRST, SECOND, THIRD = "S/RES/2100 (2013)", "S/RES/2164 (2014)", "S/RES/2220 (2015)"


def test_tasks_against_their_documents() -> None:
    told = [
        task(SECOND, "centre", "adapted"),
        task(FIRST, "centre", "continued"),
        task(FIRST, "vote", "removed"),
        task(SECOND, "aid", "frozen"),
    ]
    table = tasks_of(told, "minusma", decisions(ALL, "minusma"))
    assert table.documents == (FIRST, SECOND)
    assert [line.name for line in table.added(SECOND)] == ["Aid"]
    assert [line.name for line in table.dropped(SECOND)] == ["Vote"]
    assert table.added(FIRST) == table.dropped(FIRST) == ()
    assert [(fate, len(facts)) for fate, facts in table.fates(SECOND)] == [("adapted", 1), ("frozen", 1)]
    centre = next(line for line in table.lines if line.name == "Centre")
    assert [step.facts[0].get("fate") if step else None for step in centre.steps] == ["continued", "adapted"]


def test_all_tasks_told_at_once_say_nothing_of_single_ones() -> None:
    told = [
        task(FIRST, "centre", "continued"),
        task(SECOND, "whole", "continued", "all"),
        task(THIRD, "centre", "removed"),
    ]
    table = tasks_of(told, "minusma", decisions(ALL, "minusma"))
    for document in table.documents:
        assert table.added(document) == table.dropped(document) == ()


def test_tasks_without_a_document_stay_with_their_case() -> None:
    told = fact("mali-2021/task", kind="mission_task", value=(("fate", "frozen"), ("mission", "minusma")))
    assert tasks_of([told], "minusma", ()).lines == ()


def test_every_turn_and_fate_has_words_in_both_languages() -> None:
    for turn in TURNS:
        assert turn_words(turn) and turn_words(turn, "fr")
    for fate in FATES:
        assert fate_words(fate) and fate_words(fate, "fr") and fate_words(fate, "fr") != fate_words(fate)
