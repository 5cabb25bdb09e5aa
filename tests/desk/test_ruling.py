"""Rulebooks over all cases: what is tallied is what the evaluator finds in each, with readings of one's own, too."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.findings import QUIET
from goodoffices.desk.desk import Desk
from goodoffices.desk.kept import Kept
from goodoffices.desk.rule_records import book_record, book_table, rule_record
from goodoffices.desk.ruling import articles_of, book_view, own_readings, rule_view, ruled, shelf, years_of
from goodoffices.norms.ruletext import Pen
from goodoffices.rulebooks.shelf import rulebook, rulebooks

CASES = ("mali-2021", "chad-2021", "niger-2023", "guinea-2008")


@pytest.mark.parametrize("name", ["au", "ecowas", "un-council"])
def test_each_state_is_the_finding_of_the_case(desk: Desk, name: str) -> None:
    moment = desk.moment()
    found = ruled(desk, moment, rulebook(name))
    for case in CASES:
        for finding in desk.check(case, moment, name).findings:
            (one,) = [row for row in found[finding.rule] if row.case == case]
            assert (one.state, one.day, one.due, one.since) == (
                finding.called, finding.day, finding.due, finding.since,
            )  # fmt: skip
            assert one.quiet == finding.quiet


def test_every_case_is_tallied_once_a_rule(desk: Desk) -> None:
    moment = desk.moment(date(2021, 6, 15), date(2021, 6, 15))
    known = {row.id for row in desk.cases(moment)}
    for row in book_view(desk, moment, "au").rules:
        cases = [one.case for _, ones in row.tally for one in ones]
        assert sorted(cases) == sorted(known)
        quiet = [state in QUIET for state, _ in row.tally]
        assert quiet == sorted(quiet)


def test_cases_it_bound_are_those_of_which_it_asks_something(desk: Desk) -> None:
    bound = {one.case: one for one in book_view(desk, desk.moment(), "ecowas").bound}
    assert "mali-2021" in bound
    assert "myanmar-2021" not in bound
    checked = desk.check("mali-2021", desk.moment(), "ecowas").findings
    assert bound["mali-2021"].rules == sum(not one.quiet for one in checked)
    assert bound["mali-2021"].unknown == sum(one.state in ("undetermined", "disputed") for one in checked)


def test_a_reading_flips_what_the_evaluator_finds_with_it(desk: Desk) -> None:
    moment = desk.moment()
    readings = {"au.suspension-term": "7"}
    view = book_view(desk, moment, "au", ["au.suspension-term=7"])
    assert dict(view.readings) == readings
    for case in CASES:
        before = {one.rule: one for one in desk.check(case, moment, "au").findings}
        after = {one.rule: one for one in desk.check(case, moment, "au", readings).findings}
        wanted = {rule for rule in before if before[rule].called != after[rule].called}
        assert {flip.rule.id for flip in view.flips if flip.before.case == case and flip.flips} == wanted
    assert [flip.flips for flip in view.flips] == sorted((flip.flips for flip in view.flips), reverse=True)
    mali = next(flip for flip in view.flips if (flip.before.case, flip.rule.id) == ("mali-2021", "au.suspend"))
    assert (mali.before.state, mali.after.state) == ("fulfilled", "fulfilled_late")


def test_the_rulebooks_own_reading_flips_nothing(desk: Desk) -> None:
    view = book_view(desk, desk.moment(), "au", ["au.suspension-term=none", "", " "])
    assert (dict(view.readings), view.flips) == ({}, ())


@pytest.mark.parametrize(("given", "said"), [
    (["au.suspension-term"], "NAME=VALUE"),
    (["=7"], "NAME=VALUE"),
    (["au.suspension-term="], "NAME=VALUE"),
    (["au.suspension-term=7", "au.suspension-term=8"], "two values"),
    (["au.suspension-term=soon"], "is no term"),
    (["au.suspension-term=0"], "is no term"),
    (["au.victims=<script>"], "not among its values"),
    (["au.nothing=7"], "there is no reading"),
    (["ecowas.practice-term=7"], "there is no reading"),
    ([f"au.suspension-term={number}" for number in range(1, 60)], "At most"),
])  # fmt: skip
def test_readings_that_are_none(given: list[str], said: str) -> None:
    with pytest.raises(BadRecord, match=said):
        own_readings(given, rulebook("au"))


def test_one_rule(desk: Desk) -> None:
    moment = desk.moment()
    book = rulebook("au")
    view = rule_view(desk, moment, "au", "au.suspend", Pen(book), ["au.suspension-term=7"])
    assert view.row.rule.id == "au.suspend"
    assert {flip.rule.id for flip in view.flips} == {"au.suspend"}
    assert view.observed == desk.observed(moment.known_at, ("au.suspend",))["au.suspend"]
    assert "au.suspension-term" in [one.name for one in view.parameters]
    record = rule_record(view, moment)
    assert sum(len(cases) for cases in record["states"].values()) == len(record["cases"]) == len(view.cases)
    assert record["own_readings"] == {"au.suspension-term": "7"}
    leaning = rule_view(desk, moment, "au", "au.ucg", Pen(book))
    assert "au.suspend" in [one.id for one in leaning.resting]


def test_a_rule_of_another_rulebook_is_not_there(desk: Desk) -> None:
    with pytest.raises(NoAnswer, match=r"no rule 'au\.suspendx'") as refused:
        rule_view(desk, desk.moment(), "au", "au.suspendx", Pen(rulebook("au")))
    assert "au.suspend" in refused.value.nearest
    with pytest.raises(NoAnswer):
        rule_view(desk, desk.moment(), "ecowas", "au.suspend", Pen(rulebook("ecowas")))
    with pytest.raises(NoAnswer):
        book_view(desk, desk.moment(), "nothing")


def test_articles_with_the_rules_that_rest_on_them() -> None:
    for book in rulebooks():
        rows = articles_of(book)
        keys = [(row.reference.instrument, row.reference.article) for row in rows]
        assert len(keys) == len(set(keys))
        for rule in book.rules:
            for cited in rule.references:
                row = rows[keys.index((cited.instrument, cited.article))]
                assert rule in row.rules
                assert rule.in_force.text in [span.text for span in row.spans]


def test_the_shelf_says_how_much_was_read() -> None:
    for row in shelf():
        assert 0 <= row.verified <= row.articles
        assert bool(row.book.rules) or row.book.no_rule is not None
    au = next(row for row in shelf() if row.book.id == "au")
    assert au.articles == len(articles_of(au.book))


def test_the_scale_holds_every_rule_and_the_day_looked_at(desk: Desk) -> None:
    for book in rulebooks():
        for as_of in (date(1950, 1, 1), date(2026, 11, 21), date(2150, 1, 1)):
            first, last = years_of(book, desk.moment(as_of))
            assert first <= as_of <= last
            assert all(rule.in_force.begins.earliest >= first for rule in book.rules)


def test_records_agree_with_the_page(desk: Desk) -> None:
    moment = desk.moment()
    view = book_view(desk, moment, "ecowas")
    record = book_record(view, moment)
    assert {rule: sum(map(len, states.values())) for rule, states in record["states"].items()} == dict.fromkeys(
        (rule.id for rule in view.book.rules), len(desk.cases(moment))
    )
    assert [row["rule"] for row in book_table(view)] == [rule.id for rule in view.book.rules]
    assert book_record(book_view(desk, moment, "igad"), moment)["no_rule_found"]["searched"]


def test_what_is_recorded_is_seen_at_once(desk: Desk) -> None:
    moment = desk.moment()
    (before,) = [one for one in ruled(desk, moment, rulebook("au"))["au.suspend"] if one.case == "chad-2021"]
    fields = {"kind": "suspension", "actor": "au-psc", "when": "2021-04-25", "text": "x.", "confidence": "low",
              "sources": ["s"]}  # fmt: skip
    desk.record("chad-2021", "made-up", fields, {"s": {"title": "x"}})
    (after,) = [one for one in ruled(desk, moment, rulebook("au"))["au.suspend"] if one.case == "chad-2021"]
    assert before.state == "deviation"
    assert after.state == "fulfilled"


def test_nothing_known_binds_nobody(empty_desk: Desk) -> None:
    for book in rulebooks():
        view = book_view(empty_desk, empty_desk.moment(), book.id)
        assert view.bound == ()
        assert all(row.tally == () for row in view.rules)


def test_answers_are_kept_by_what_they_depend_on(desk: Desk, empty_desk: Desk) -> None:
    kept: Kept[int] = Kept(2)
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    now, then = desk.moment(), desk.moment(date(2020, 1, 1))
    assert [kept.get(desk, now, make), kept.get(desk, now, make)] == [0, 0]
    assert kept.get(desk, then, make) == 1
    assert kept.get(empty_desk, now, make) == 2  # another record
    assert kept.get(desk, now, make) == 3  # the oldest was let go of
    assert kept.get(desk, now, make, "a reading") == 4
