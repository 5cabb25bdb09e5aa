"""What only shows across files: each check finds its contradiction, names it by key, and leaves the harmless alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from goodoffices.casebook.checks import CHECKS, check_facts, membership
from goodoffices.casebook.files import read_casebook
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Citation, Source

PAGE = (Citation(Source("page", "A page")),)
GENERAL = Citation(Source("general", "General knowledge"))
INSTALLED = read_casebook().facts


def made(name: str, kind: str, when: str, actor: str = "authorities", **value: str) -> Fact:
    """A fact of Utopia's case; `key_` puts it elsewhere. The rest is its value."""
    key = value.pop("key_", "") or f"utopia-2024/{name}"
    competes, confidence = value.pop("competes_with", ""), value.pop("confidence", "high")
    text = value.pop("text", f"What {name} says.")
    return Fact(
        key=key,
        kind=kind,
        actor=actor,
        span=read_span(when),
        known_at=date(2024, 3, 1),
        text=text,
        citations=PAGE,
        confidence=confidence,
        value=tuple(value.items()),
        competes_with=competes,
    )


CASE = made("case", "case", "2024-03-01", country="Utopia", iso3="UTO", searched_until="2024-12-31")
SEIZURE = made("seizure", "seizure", "2024-03-01", "armed-forces", outcome="completed")
STATE = made("", "state", "1945-10-24", "states", key_="state:UTO/state", country="Utopia")
JOINED = made(
    "", "membership", "1999-01-01", "au", key_="state:UTO/au-member", organisation="au", step="joined", text="It joins."
)
LEFT = replace(
    JOINED,
    key="state:UTO/au-left",
    span=read_span("2010-06-01"),
    value=(("organisation", "au"), ("step", "left")),
    text="It leaves.",
)
AGAIN = replace(JOINED, key="state:UTO/au-again", span=read_span("2017-01-31"), text="It joins again.")
WHOLE = (CASE, SEIZURE, STATE, JOINED)
SUSPENDED = made("suspended", "suspension", "2024-03-05", "au-psc")
LIFTED = made("lifted", "suspension_lifted", "2024-09-05", "au-psc", of="utopia-2024/suspended")
MISSION = made("", "mission", "2005-01-01", "un-dpo", key_="mission:unmit/mission", title="UNMIT")
MANDATE = made("", "mandate", "2006-01-01", "un-security-council", key_="mission:unmit/res-1", direction="renew")
EXIT = made("", "mission_exit", "2010-12-31", "un", key_="mission:unmit/exit", mission="unmit")
PRESENT = made("present", "mission_present", "2005-01-01/2008-12-31", "un", mission="unmit")
CODE = made("", "code", "1960-01-01/1990-12-31", "states", key_="state:UTO/code-gw-1", system="gw", code="998")


def found(*facts: Fact, beside: Sequence[Fact] = WHOLE) -> dict[str, str]:
    """What the checks say of these facts beside the small casebook, by where it stands."""
    problems = check_facts([*beside, *facts])
    assert all(one.found and one.remedy for one in problems)
    return {one.where: one.found for one in problems}


def on(fact: Fact, when: str, name: str = "") -> Fact:
    """The same on another day, under another name where one is given."""
    subject = fact.subject
    return replace(fact, span=read_span(when), key=f"{subject}/{name}" if name else fact.key)


def test_the_installed_casebook_does_not_contradict_itself() -> None:
    assert [str(problem) for problem in check_facts(INSTALLED)] == []


def test_the_small_casebook_of_these_tests_does_not_contradict_itself() -> None:
    later = (on(PRESENT, "2009-01-01/2010-12-31", "present-2"), on(CODE, "1991-01-01/2016-12-31", "code-gw-2"))
    assert found(SUSPENDED, LIFTED, MISSION, MANDATE, EXIT, PRESENT, CODE, *later) == {}


def test_nothing_is_checked_where_there_is_nothing() -> None:
    assert check_facts([]) == ()


# Each contradiction: the check that must find it, what is planted, where it is told and a word of what is told.
PLANTED = [
    ("_seizures", (on(SEIZURE, "2024-03-02", "seizure-2"),), "utopia-2024", "2 seizures"),
    ("_links", (replace(LIFTED, value=(("of", "utopia-2024/nothing"),)),), LIFTED.key, "utopia-2024/nothing"),
    ("_links", (replace(SUSPENDED, competes_with="utopia-2024/nothing"),), SUSPENDED.key, "utopia-2024/nothing"),
    ("_links", (replace(SUSPENDED, competes_with=SEIZURE.key),), SUSPENDED.key, "another kind"),
    ("_links", (replace(LIFTED, value=(("of", SEIZURE.key),)),), LIFTED.key, "answers utopia-2024/seizure"),
    ("_order", (SUSPENDED, on(LIFTED, "2024-03-04")), LIFTED.key, SUSPENDED.key),
    ("_order", (SUSPENDED, on(LIFTED, "2024-02")), LIFTED.key, SUSPENDED.key),
    ("_duplicates", (SUSPENDED, replace(SUSPENDED, key="utopia-2024/twin")), "utopia-2024/twin", SUSPENDED.key),
    ("_symbols", (made("prst", "presidential_statement", "2024-03-04", document="S/PRST/2024"),), "prst", "S/PRST"),
    ("_citations", (replace(SUSPENDED, citations=(GENERAL,)),), SUSPENDED.key, "general knowledge"),
    ("_members", (on(SUSPENDED, "1998-12-31"),), SUSPENDED.key, "au acts on UTO"),
    ("_members", (LEFT, SUSPENDED), SUSPENDED.key, "au acts on UTO"),
    ("_members", (made("ecowas", "suspension", "2024-03-05", "ecowas-authority"),), "ecowas", "ecowas acts on UTO"),
    ("_members", (made("no", "suspension_declined", "2024-03-05", "ecowas"),), "no", "ecowas acts on UTO"),
    ("_memberships", (on(JOINED, "2001-01-01", "au-twice"),), "state:UTO/au-twice", "au again"),
    ("_memberships", (LEFT, on(LEFT, "2012-01-01", "au-left-2")), "state:UTO/au-left-2", "left au again"),
    ("_memberships", (on(LEFT, "1990-01-01"),), LEFT.key, "never joined"),
    ("_overlaps", (PRESENT, on(PRESENT, "2008-12-31/2010-12-31", "present-2")), "present-2", "utopia-2024/present"),
    ("_overlaps", (CODE, on(CODE, "1980-01-01/2016-12-31", "code-gw-2")), "state:UTO/code-gw-2", CODE.key),
    ("_exits", (MISSION, on(EXIT, "2004-12-31")), EXIT.key, "before it began"),
    ("_exits", (MISSION, EXIT, on(MANDATE, "2011-01-01")), MANDATE.key, "after its end"),
]


@pytest.mark.parametrize(("check", "planted", "where", "word"), PLANTED)
def test_a_contradiction_is_found_and_named(check: str, planted: tuple[Fact, ...], where: str, word: str) -> None:
    told = found(*planted)
    places = [place for place in told if place == where or place.partition("/")[2].startswith(where)]
    assert places, told
    assert word in told[places[0]]
    # It is that check which finds it: without it the same facts pass.
    name = next(one.__name__ for one in CHECKS if one.__name__ == check)
    others = [one for one in CHECKS if one.__name__ != name]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("goodoffices.casebook.checks.CHECKS", others)
        assert places[0] not in found(*planted)


def test_every_check_has_a_contradiction_here() -> None:
    assert {check.__name__ for check in CHECKS} == {check for check, *_ in PLANTED}


HARMLESS = {
    "another account of the seizure": (replace(on(SEIZURE, "2024-03-02", "seizure-2"), competes_with=SEIZURE.key),),
    "lifted on the same day": (SUSPENDED, on(LIFTED, "2024-03-05")),
    "lifted in the month of the suspension": (SUSPENDED, on(LIFTED, "2024-03")),
    "lifted on a day nobody knows": (SUSPENDED, on(LIFTED, "unknown")),
    "a promise with a deadline set by others": (
        made("deadline", "deadline_set", "2024-03-06", "ecowas", until="2024-06-01"),
        made("kept", "promise_outcome", "2024-06-01", of="utopia-2024/deadline", result="kept"),
    ),
    "two acts of one day, told apart by their sentences": (
        made("meeting-1", "meeting", "2024-03-04", "au-psc", text="The Council meets."),
        made("meeting-2", "meeting", "2024-03-04", "au-psc", text="The Council meets again."),
    ),
    "two documents of one day under one sentence": (
        made("letter-1", "statement", "2024-03-04", "un", text="A letter.", document="S/2024/1"),
        made("letter-2", "statement", "2024-03-04", "un", text="A letter.", document="S/2024/2"),
    ),
    "the same told as another account": (
        SUSPENDED,
        replace(SUSPENDED, key="utopia-2024/twin", competes_with=SUSPENDED.key),
    ),
    "the same act in two cases": (
        SUSPENDED,
        replace(CASE, key="utopia-2025/case"),
        replace(SEIZURE, key="utopia-2025/seizure"),
        replace(SUSPENDED, key="utopia-2025/suspended"),
    ),
    "a symbol and a word beside it": (
        made("res", "resolution", "2024-03-04", document="S/RES/2719 (2023), annex"),
        made("page", "statement", "2024-03-04", document="Communiqué of the summit"),
    ),
    "general knowledge beside a page": (replace(SUSPENDED, citations=(GENERAL, *PAGE)),),
    "general knowledge of medium confidence": (replace(SUSPENDED, citations=(GENERAL,), confidence="medium"),),
    "a member again": (LEFT, AGAIN, SUSPENDED),
    "a suspension on the day of joining": (on(SUSPENDED, "1999-01-01"),),
    "a suspension in a year of which it was a member for a part": (LEFT, on(SUSPENDED, "2010")),
    "a suspension on a day nobody knows": (on(SUSPENDED, "unknown"),),
    "a body whose members the register does not know": (made("oif", "suspension", "2024-03-05", "oif"),),
    "an account of a suspension that competes": (
        made("told", "suspension", "2024-03-05", "ecowas", competes_with="utopia-2024/told-2"),
        made("told-2", "suspension", "2024-03-06", "ecowas", competes_with="utopia-2024/told"),
    ),
    "another account of the joining": (replace(on(JOINED, "2000-01-01", "au-else"), competes_with=JOINED.key),),
    "two missions at once": (PRESENT, made("other", "mission_present", "2006-01-01/2009-01-01", mission="unoca")),
    "numbers in two lists": (CODE, replace(CODE, key="state:UTO/code-cow-1", value=(("code", "1"), ("system", "cow")))),
    "another account of a presence": (
        PRESENT,
        replace(on(PRESENT, "2005-06-01/2008-12-31", "present-2"), competes_with=PRESENT.key),
    ),
    "a mandate that ends the mission": (
        *(MISSION, EXIT),
        replace(on(MANDATE, "2011-06-30"), value=(("direction", "end"),)),
    ),
    "a mandate in the month of the end": (MISSION, EXIT, on(MANDATE, "2010-12")),
}


@pytest.mark.parametrize("facts", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_let_pass(facts: tuple[Fact, ...]) -> None:
    assert found(*facts) == {}


def test_a_case_without_a_seizure_and_without_its_state_is_told() -> None:
    assert "no seizure" in found(beside=(CASE, STATE))["utopia-2024"]
    assert "register of states" in found(beside=(CASE, SEIZURE))["utopia-2024"]


def test_every_contradiction_is_told_at_once() -> None:
    told = found(on(SEIZURE, "2024-03-02", "seizure-2"), on(SUSPENDED, "1998-01-01"), on(LEFT, "1990-01-01"))
    assert {"utopia-2024", SUSPENDED.key, LEFT.key} <= set(told)


def real(key: str) -> Fact:
    return next(fact for fact in INSTALLED if fact.key == key)


@pytest.mark.parametrize(
    ("key", "changed", "word"),
    [
        ("mali-2020/au-suspension-lifted", {"span": read_span("2020-01-01")}, "mali-2020/au-suspension"),
        ("mali-2021/ecowas-suspension", {"span": read_span("1950-01-01")}, "MLI"),
        ("mali-2021/seizure", {"kind": "context"}, "no seizure"),
    ],
)
def test_an_edit_of_the_real_casebook_is_found(key: str, changed: dict[str, object], word: str) -> None:
    edited = [replace(fact, **changed) if fact.key == key else fact for fact in INSTALLED]  # type: ignore[arg-type]
    told = {one.where: one.found for one in check_facts(edited)}
    assert word in (told.get(key) or told.get(real(key).subject, ""))


# ---------------------------------------------------------------- who was a member when


def test_membership_from_joining_to_leaving_and_again() -> None:
    assert membership([JOINED], "au") == ((date(1999, 1, 1), date.max),)
    assert membership([LEFT, JOINED], "au") == ((date(1999, 1, 1), date(2010, 6, 1)),)
    assert membership([AGAIN, LEFT, JOINED], "au") == (
        (date(1999, 1, 1), date(2010, 6, 1)),
        (date(2017, 1, 31), date.max),
    )


def test_membership_of_a_body_never_joined_is_empty() -> None:
    assert membership([], "au") == ()
    assert membership([JOINED], "ecowas") == ()
    assert membership([LEFT], "au") == ()


def test_membership_leaves_competing_accounts_out() -> None:
    assert membership([replace(JOINED, competes_with="state:UTO/other")], "au") == ()
    assert membership([JOINED, replace(LEFT, competes_with="state:UTO/other")], "au") == ((date(1999, 1, 1), date.max),)


def test_morocco_left_and_came_back() -> None:
    facts = [fact for fact in INSTALLED if fact.subject == "state:MAR"]
    spells = membership(facts, "au")
    assert [(since.year, until.year) for since, until in spells] == [(1963, 1984), (2017, 9999)]


def test_mali_left_ecowas() -> None:
    ((since, until),) = membership([fact for fact in INSTALLED if fact.subject == "state:MLI"], "ecowas")
    assert (since.year, until.year) == (1975, 2025)
