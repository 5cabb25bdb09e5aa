"""The words of claims in both languages: nothing stays English in French, and the rule said is the rule used."""

from __future__ import annotations

import re
from datetime import date

import pytest

from claims.making import ALPHA, ALPHA_AGAIN, REPORT, record
from goodoffices.claims.compute import Result, compute
from goodoffices.claims.file import Claim, Report, read_claims
from goodoffices.claims.queries import QUERIES
from goodoffices.claims.verdicts import EXACT, FORMS, ClaimVerdict, Expect
from goodoffices.claims.wording import (
    expected_words,
    found_words,
    instead_words,
    lacking_words,
    listed,
    meaning_words,
    off_words,
    question_words,
    rule_words,
    said_words,
    verdict_words,
)
from goodoffices.desk.desk import Desk
from record import casebook_ledger, desk, ledger_file

__all__ = ["casebook_ledger", "desk", "ledger_file"]
ENGLISH = re.compile(r"\b(days?|weeks?|months?|years?|more|less|than|about|within|at least|and|also|not|the)\b")
OURS = Report(REPORT, date(2025, 3, 31), ())


def test_every_claim_and_note_has_its_french() -> None:
    for claim in read_claims().claims:
        assert claim.text_fr, claim.id
        assert claim.said("fr") == claim.text_fr != claim.said()
        assert bool(claim.note_fr) == bool(claim.note), claim.id
        assert " '" not in claim.text_fr
        assert "'" not in claim.text_fr + claim.note_fr, claim.id  # French writes ’
        for mark in ";:?!":
            assert not re.search(rf"[^\s\u202f]{re.escape(mark)}(\s|$)", claim.text_fr + " " + claim.note_fr), claim.id


def test_every_query_is_told_in_french(desk: Desk) -> None:
    told = {result.claim.query: meaning_words(result, "fr") for result in desk.claims(desk.moment())}
    assert set(told) == set(QUERIES)
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("then", ["2026-11-21", "2022-06-01", "2020-01-01", "2000-01-01"])
def test_nothing_stays_english(desk: Desk, then: str) -> None:
    day = date.fromisoformat(then)
    for result in desk.claims(desk.moment(day, day)):
        for missing in result.found.missing:
            assert lacking_words(missing, "fr") != missing, missing
            assert lacking_words(missing) == missing
        for said in (expected_words(result.claim.expect, "fr"), rule_words(result.claim.expect, "fr")):
            assert not ENGLISH.search(said), said
        found = found_words(result, "fr")
        if not found.startswith("“"):
            assert not ENGLISH.search(found), found
        if not isinstance(result.claim.expect.figure, frozenset):
            assert not ENGLISH.search(off_words(result, "fr")), result.off_by


@pytest.mark.parametrize(("english", "french"), [
    ("4.8 months less", "4,8 mois de moins"),
    ("1 day more", "1 jour de plus"),
    ("0.5 months less to 0.5 months more", "0,5 mois de moins à 0,5 mois de plus"),
    ("at most 16 months and 19 days", "au plus 16 mois et 19 jours"),
    ("1 year and 8 months", "1 an et 8 mois"),
    ("2 years and 10 months", "2 ans et 10 mois"),
    ("13 after 4", "13, après 4 auparavant"),
    ("2: 2007, 2012", "2 : 2007, 2012"),
    ("2007 or 2012", "2007 ou 2012"),
    ("nothing", "rien"),
    ("“coup d’État”", "“coup d’État”"),
])  # fmt: skip
def test_lengths_and_misses(english: str, french: str) -> None:
    assert said_words(english, "fr") == french
    assert said_words(english) == english


def numbers(text: str) -> list[float]:
    return [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:[.,]\d+)?", text)]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in EXACT])
def test_the_rule_said_names_the_bounds_of_the_verdict(form: str) -> None:
    expect = Expect(form, 20.0, "day")
    for language in ("en", "fr"):
        said = numbers(rule_words(expect, language))
        assert said
        for bound in said:
            near = {
                verdict
                for step in (-0.001, 0.001)
                for verdict in [compute_one(expect, bound + step)]
            }  # fmt: skip
            assert len(near) == 2, (form, bound)  # the verdict turns at each bound that is named


def compute_one(expect: Expect, value: float) -> ClaimVerdict:
    from goodoffices.claims.verdicts import one_verdict

    return one_verdict(expect, value)


def test_lists_and_verdicts() -> None:
    assert listed({"Mali", "Chad"}, False) == "Chad, Mali"
    assert listed({"Mali, May 2021", "Chad"}, False) == "Chad; Mali, May 2021"
    assert listed({"Mali, mai 2021", "Tchad"}, True) == "Mali, mai 2021 ; Tchad"
    assert expected_words(Expect("same", frozenset()), "fr") == "aucun"
    assert {verdict_words(one.value, "fr") for one in ClaimVerdict}.isdisjoint(one.value for one in ClaimVerdict)


def test_a_list_that_misses_says_what_is_too_much_and_what_is_missing() -> None:
    expect = Expect("same", frozenset({"Chad"}))
    claim = Claim("T", "x", "y", "list_cases", {"category": "military_coup"}, expect)
    result: Result = compute(claim, OURS, record(*ALPHA, *ALPHA_AGAIN))
    assert off_words(result) == "also Alpha; not Chad"
    assert off_words(result, "fr") == "aussi : Alpha ; manque : Chad"
    assert off_words(result, "en", str.upper) == "also ALPHA; not CHAD"


def test_why_something_does_not_count() -> None:
    for question in (
        "named",
        "period",
        "category",
        "outcome",
        "member_of",
        "actor",
        "until",
        "plain",
        "another",
        "aid",
    ):
        assert question_words(question) != question_words(question, "fr")
    assert instead_words("period", "2019-04-11") == "11 April 2019"
    assert instead_words("within_days", "99", "fr") == "99 jours"
    assert instead_words("until", "2019-04-11") == instead_words("outcome", "") == ""
