"""On whose word an operation rests: clauses under their grounds, and what an early day may not tell."""

from datetime import date

import pytest

from goodoffices.briefs.grounds import (
    AGREED,
    GROUNDS,
    Limits,
    agreed,
    agreed_words,
    clauses,
    ground_words,
    grounds_of,
    limits,
    named_in,
    split,
)
from goodoffices.briefs.missions import operations
from goodoffices.casebook.registers import read_registers

FREE = Limits(9999, 9999, frozenset(), True)
OPERATIONS = operations(read_registers(), {})


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("S/RES/2085 (2012), Chapter VII", {"council"}),
        ("Council authorised the AU", {"council"}),
        ("EU Council decision", {"own"}),
        ("host request", {"host"}),
        ("welcomed in S/RES/2100", {"noted"}),
        ("Council welcomed, did not authorise", {"noted"}),
        ("Council later authorised French support to MINUSMA", {"noted"}),
        ("S/RES/2337 (2017) expressed support without authorising force", {"noted"}),
        ("ECOWAS without prior Council authority", {"own"}),
        ("AU did not endorse", set()),
        ("NATO at host invitation", {"host", "own"}),
        ("part of Barkhane", set()),
    ],
)
def test_a_clause_names_its_grounds(text: str, grounds: set[str]) -> None:
    (clause,) = clauses(text, FREE)
    assert set(clause.grounds) == grounds


@pytest.mark.parametrize(
    ("text", "asks"),
    [("Mali asked", True), ("host request", True), ("host invitation", True), ("Council asked for more detail", False)],
)
def test_who_asked(text: str, asks: bool) -> None:
    assert clauses(text, FREE)[0].asks is asks


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.id)
def test_every_operation_on_record_has_a_ground_and_consent(one: object) -> None:
    basis = clauses(getattr(one, "legal_basis"), FREE) + clauses(getattr(one, "authority"), FREE)  # noqa: B009
    assert grounds_of(basis)
    assert agreed(getattr(one, "host_consent")) in AGREED  # noqa: B009


def test_grounds_stand_in_one_order() -> None:
    found = clauses("ECOWAS decision; host request; S/RES/2085 (2012)", FREE)
    assert grounds_of(found) == ("council", "host", "own")
    assert grounds_of(()) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("yes, requested", "yes"),
        ("Kuwait asked", "yes"),
        ("yes, contested", "unclear"),
        ("no", "no"),
        ("no meaningful government", "no"),
        ("refused", "no"),
        ("partly", "unclear"),
        ("", ""),
    ],
)
def test_whether_the_host_agreed(text: str, code: str) -> None:
    assert agreed(text) == code


EARLY = limits(["S/RES/2085 (2012)", "S/PRST/2013/1"], ["AFISMA"], ["AFISMA", "MINUSMA"], date(2013, 2, 1), False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("host request; welcomed in S/RES/2100", "host request"),
        ("Mali asked; Council later authorised French support to MINUSMA", "Mali asked"),
        ("parallel to AFISMA and MINUSMA", ""),
        ("parallel to AFISMA", "parallel to AFISMA"),
        ("S/RES/2085 (2012), Chapter VII", "S/RES/2085 (2012), Chapter VII"),
        ("S/RES/940 (1994)", "S/RES/940 (1994)"),
        ("S/RES/2090 (2013)", ""),  # of that year, and of a number that nobody had seen
        ("S/RES/2085 and 2127", ""),
        ("S/RES/1551 and 1575 (2004)", "S/RES/1551 and 1575 (2004)"),
        ("yes from 2004", "yes from 2004"),
        ("confederation treaty 2024", ""),
        ("hands over to ONUB", ""),
        ("replaced by AMISOM", ""),
    ],
)
def test_an_early_day_leaves_out_what_came_later(text: str, kept: str) -> None:
    assert EARLY.cut(text) == kept


def test_hindsight_keeps_everything() -> None:
    late = limits([], [], ["MINUSMA"], date(2026, 11, 21), True)
    for one in OPERATIONS:
        for text in (one.legal_basis, one.authority, one.host_consent, one.relation):
            assert late.cut(text) == "; ".join(split(text))


def test_a_ledger_without_resolutions_knows_of_none() -> None:
    assert limits([], [], [], date(2013, 2, 1), False).cut("S/RES/2085 (2013)") == ""


def test_names_in_a_text() -> None:
    names = {"UNAVEM I": "one", "UNAVEM II": "two", "MINUSMA": "m", "AFISMA": "a", "": "nothing"}
    assert named_in("parallel to AFISMA and MINUSMA", names) == ("a", "m")
    assert named_in("before UNAVEM II", names) == ("two",)
    assert named_in("MINUSMAX", names) == ()
    assert named_in("", names) == ()


def test_words_in_both_languages() -> None:
    for ground in GROUNDS:
        assert ground_words(ground) != ground_words(ground, "fr")
    for code in AGREED:
        assert agreed_words(code) != agreed_words(code, "fr")
    assert agreed_words("") == "not known"
    assert agreed_words("", "fr") == "non connu"
