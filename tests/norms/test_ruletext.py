"""Rules in words: every rule of the shelf has its words in both languages, and they follow the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from goodoffices.desk.desk import Desk
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Met, Pattern, Recorded, Rule, Rulebook, leans_on
from goodoffices.norms.ruletext import (
    Clause,
    Pen,
    act,
    condition,
    exception,
    own_readings,
    parts_of,
    reading_words,
    readings_behind,
)
from goodoffices.rulebooks.shelf import rulebook, rulebooks
from record import casebook_ledger, desk, ledger_file

__all__ = ["casebook_ledger", "desk", "ledger_file"]
ALL = [(book, rule) for book in rulebooks() for rule in book.rules]
IDS = [rule.id for _, rule in ALL]


def walk(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    for one in clauses:
        yield one
        yield from walk(one.parts)


def clauses_of(book: Rulebook, rule: Rule, language: str = "en", **readings: str) -> list[Clause]:
    pen = Pen(book, language, str, {name.replace("__", "."): value for name, value in readings.items()})
    found = [one for part in parts_of(rule, pen) for one in walk(part.clauses)]
    return found + [one for exemption in rule.unless for one in walk((exception(exemption, pen),))]


@pytest.mark.parametrize(("book", "rule"), ALL, ids=IDS)
def test_every_rule_is_told_in_both_languages(book: Rulebook, rule: Rule) -> None:
    english, french = clauses_of(book, rule), clauses_of(book, rule, "fr")
    assert len(english) == len(french) > 0
    for one, other in zip(english, french, strict=True):
        assert one.text.strip()
        assert other.text.strip()
        assert (one.rule, one.readings) == (other.rule, other.readings)
        assert not re.search(r"\w[;:?!](\s|$)", re.sub(r"“[^”]*”|« [^»]* »|\S+://\S+", "", other.text)), other.text


@pytest.mark.parametrize(("book", "rule"), ALL, ids=IDS)
def test_the_words_name_the_rules_and_readings_that_the_rule_uses(book: Rulebook, rule: Rule) -> None:
    told = clauses_of(book, rule)
    assert set(leans_on(rule)) <= {one.rule for one in told}
    assert set(rule.overrides) <= {one.rule for one in told}
    assert {name for one in told for name in one.readings} == set(own_readings(rule))
    for one in told:
        assert not one.rule or book.rule(one.rule) is not None
        assert all(book.parameter(name) is not None for name in one.readings)


@pytest.mark.slow
def test_a_finding_uses_no_reading_that_is_not_behind_its_rule(desk: Desk) -> None:
    moment = desk.moment()
    behind = {rule.id: set(readings_behind(book, rule)) for book, rule in ALL}
    for case in ("mali-2021", "gabon-2023", "niger-2023", "gambia-2016"):
        snapshot = desk.snapshot(case, moment)
        for book in rulebooks():
            for finding in evaluate(book, snapshot):
                assert set(finding.interpretation) <= behind[finding.rule], finding.rule


def test_another_reading_shows_where_it_is_used() -> None:
    book = rulebook("au")
    rule = book.rule("au.suspend")
    assert rule is not None
    plain = " ".join(one.text for one in clauses_of(book, rule))
    read = " ".join(one.text for one in clauses_of(book, rule, **{"au__suspension-term": "14"}))
    assert "14 days" not in plain
    assert "14 days" in read


def test_the_words_follow_the_rule() -> None:
    book = rulebook("au")
    pen = Pen(book, "en", {"au-psc": "the Council"}.get)  # type: ignore[arg-type]
    pattern = Pattern(("suspension", "decision"), ("au-psc",), (("step", ("issued", "-")),))
    assert act(pattern, pen).text == "suspension or decision by the Council (step: issued or left out)"
    said = condition(Recorded(pattern, "unknown"), pen).text
    assert said.endswith("; where nothing is found, it is not known")
    assert not condition(Recorded(pattern), pen).text.endswith("known")
    met = condition(Met("au.ucg"), Pen(book, "fr"))
    assert (met.rule, met.title) == ("au.ucg", dict(book.rule("au.ucg").titles)["fr"])  # type: ignore[union-attr]


def test_a_duty_says_its_term_and_how_it_runs() -> None:
    book = rulebook("au")
    rule = book.rule("au.suspend")
    assert rule is not None
    plain = [one.text for one in clauses_of(book, rule)]
    late = [one.text for one in clauses_of(book, replace(rule, late_performance="partial", soft=True))]
    assert [one for one in late if one not in plain] == [
        "a late act makes up in part only",
        "soft law or a body’s own practice: a departure is an apparent divergence",
    ]
    assert "the text gives no term" in [one.text for one in clauses_of(book, replace(rule, within=None))]


def test_values_of_readings() -> None:
    book = rulebook("au")
    term, words = book.parameter("au.suspension-term"), book.parameter("au.victims")
    assert term is not None
    assert words is not None
    assert reading_words(term, "none") == "no number"
    assert reading_words(term, "7", "fr") == "7 jours"
    assert reading_words(words, "elected,transitional") == "elected or transitional"
    for one_book in rulebooks():
        for parameter in one_book.parameters:
            for value in (parameter.value, *parameter.alternatives):
                assert reading_words(parameter, value, "fr").strip()
