"""Departures over all cases: what texts asked and practice did not do, and what is never said to be one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.core.errors import NoAnswer
from goodoffices.core.findings import DEPARTURES, Finding
from goodoffices.desk.asking import is_member
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.records import checked_record, deviation_record, finding_record, no_rule_record
from goodoffices.norms.rules import NoRule, Rulebook
from record import clock, day

Found = tuple[tuple[str, Finding], ...]
EARLY = day("2021-06-15")
# What a duty without a term can be breached by: an organ's refusal, an end of the situation, an act that breaks it; or
# an act whose day is too coarse to tell.
DECIDED = {"refused", "ended_without", "broken", "performed"}


@pytest.fixture(scope="module")
def looking(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing here writes."""
    path = tmp_path_factory.mktemp("deviations") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(casebook_ledger.with_name("ledger.db.heads"), path.with_name("ledger.db.heads"))
    opened = open_desk(path, clock, recorder="tests")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def now(looking: Desk) -> Found:
    """Every departure on what is known today."""
    return looking.deviations(looking.moment())


@pytest.fixture(scope="module")
def then(looking: Desk) -> Found:
    """Every departure as known in June 2021."""
    return looking.deviations(looking.moment(EARLY, EARLY))


def pairs(found: Found) -> list[tuple[str, str]]:
    return [(case, finding.rule) for case, finding in found]


def test_the_union_that_did_not_suspend_chad_is_there_with_its_day(now: Found) -> None:
    duty = dict(zip(pairs(now), now, strict=True))["chad-2021", "au.suspend"][1]
    assert duty.state == "deviation"
    assert duty.breached_on is not None and duty.breached_on.text == "2021-05-14"
    assert "chad-2021/au-no-suspension" in duty.facts
    assert not duty.divergence


def test_every_finding_is_a_departure_and_stands_once_in_order(now: Found) -> None:
    assert {finding.state for _, finding in now} <= set(DEPARTURES)
    assert {"deviation", "fulfilled_late"} <= {finding.state for _, finding in now}
    order = [(finding.rule, case) for case, finding in now]
    assert order == sorted(set(order))
    assert any(finding.divergence for _, finding in now)


def test_silence_under_a_text_without_a_term_is_never_among_them(now: Found, then: Found) -> None:
    without = [(case, finding) for case, finding in (*now, *then) if finding.open_term]
    assert without
    for case, finding in without:
        assert finding.state not in ("overdue", "fulfilled_late"), (case, finding.rule)
        acts = [node for node in finding.tree.walk() if node.code in DECIDED]
        assert any(leaf.facts for node in acts for leaf in node.walk()), (case, finding.rule)


def test_the_duty_nobody_refused_is_open_and_not_among_them(looking: Desk, now: Found) -> None:
    duty = looking.check("chad-2021", looking.moment(), "au").finding("au.condemn")
    assert duty is not None and duty.state == "open"
    assert ("chad-2021", "au.condemn") not in pairs(now)


def test_no_departure_stands_on_a_reference_nobody_has_read(now: Found, then: Found) -> None:
    for case, finding in (*now, *then):
        assert any(reference.verified for reference in finding.references), (case, finding.rule)


def test_no_departure_rests_on_what_became_known_later(looking: Desk, then: Found) -> None:
    known = {fact.key: fact.known_at for fact in looking.everything(looking.moment()).facts}
    assert then
    for case, finding in then:
        late = [key for key in finding.facts if known[key] > EARLY]
        assert not late, (case, finding.rule)
        assert finding.known_later == ()


def test_fewer_are_known_on_an_early_day(looking: Desk, now: Found, then: Found) -> None:
    assert 0 < len(then) < len(now)
    assert {case for case, _ in then} <= set(looking.case_ids())
    assert not {"guinea-2021", "gabon-2023", "niger-2023"} & {case for case, _ in then}
    assert looking.deviations(looking.moment(day("1999-01-01"), day("1999-01-01"))) == ()


def test_the_refusal_counts_from_the_day_it_was_known(looking: Desk) -> None:
    duty = ("chad-2021", "au.suspend")
    before, after = (looking.moment(day(one), day(one)) for one in ("2021-05-19", "2021-05-20"))
    assert duty not in pairs(looking.deviations(before, "au"))
    assert duty in pairs(looking.deviations(after, "au"))


def test_one_rulebook_is_a_part_of_all(looking: Desk, now: Found) -> None:
    moment = looking.moment()
    for book in ("au", "commonwealth"):
        mine = looking.deviations(moment, book)
        assert mine == tuple((case, one) for case, one in now if one.rule.startswith(f"{book}."))
    with pytest.raises(NoAnswer, match="au"):
        looking.deviations(moment, "nowhere")


@pytest.mark.parametrize("case", ["chad-2021", "mali-2020", "gabon-2023", "afghanistan-2021"])
def test_they_are_what_check_says_of_each_case(looking: Desk, now: Found, case: str) -> None:
    checked = looking.check(case, looking.moment())
    departed = [one for one in checked.findings if one.state in DEPARTURES]
    expected = {one.rule: one.state for one in departed if any(article.verified for article in one.references)}
    assert {one.rule: one.state for mine, one in now if mine == case} == expected


def test_the_record_of_a_departure(now: Found) -> None:
    for case, finding in now:
        told = deviation_record(case, finding)
        assert tuple(told) == ("case", *finding_record(finding))
        assert told["case"] == case
        assert told["breached_on"] == (finding.breached_on.text if finding.breached_on else None)


def test_an_empty_record_has_none(empty_desk: Desk) -> None:
    assert empty_desk.deviations(empty_desk.moment()) == ()


# ---------------------------------------------------------------- no rule found

SEARCHED = ("The treaty of 1989", "Communiqués to 2025")


def made_up(body: str) -> Rulebook:
    """A rulebook that only says that a body has no rule."""
    found = NoRule(body, "The body has no rule on such changes.", "L’organisation n’a pas de règle.", SEARCHED, ())
    return Rulebook("none", "A body without rules", "Un organe sans règles", "1", (), (), (), found)


def shelved(monkeypatch: pytest.MonkeyPatch, *books: Rulebook) -> None:
    for room in ("asking", "kept"):  # answers are kept by the versions of the rulebooks they came from
        monkeypatch.setattr(f"goodoffices.desk.{room}.rulebooks", lambda: books)


def test_that_a_body_has_no_rule_is_told_of_its_members(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shelved(monkeypatch, made_up("ecowas"))
    checked = desk.check("mali-2021", desk.moment())
    told = checked_record(checked)
    assert tuple(told)[-1] == "no_rule_found"
    assert told["findings"] == []
    assert told["no_rule_found"] == [
        {
            "rulebook": "none",
            "title": "A body without rules",
            "body": "ecowas",
            "says": "The body has no rule on such changes.",
            "searched": list(SEARCHED),
        }
    ]
    assert checked_record(desk.check("chad-2021", desk.moment()))["no_rule_found"] == []
    assert desk.deviations(desk.moment()) == ()


def test_membership_counts_on_day_0(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mali left ECOWAS in January 2025: of 2021 it is told as a member, whatever day is looked at."""
    shelved(monkeypatch, made_up("ecowas"))
    for as_of in ("2021-06-15", "2026-06-15"):
        assert desk.check("mali-2021", desk.moment(day(as_of))).no_rule
    assert is_member(desk.snapshot("mali-2021", desk.moment()), "ecowas")
    assert not is_member(desk.snapshot("mali-2021", desk.moment()), "sadc")
    # No day 0 is known yet: the day looked at counts.
    early = desk.moment(day("2026-06-15"), day("2021-05-01"))
    assert is_member(desk.snapshot("mali-2021", early), "ecowas")


def test_a_rulebook_with_rules_may_say_so_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with_rules = desk.rules("au")[0]
    shelved(monkeypatch, with_rules, made_up("au"))
    checked = desk.check("chad-2021", desk.moment())
    assert [book.id for book in checked.no_rule] == ["none"]
    assert len(checked.findings) == len(with_rules.rules)


def test_the_record_of_a_rulebook_that_has_rules_is_empty(desk: Desk) -> None:
    told = no_rule_record(desk.rules("au")[0])
    assert (told["rulebook"], told["body"], told["says"], told["searched"]) == ("au", "", "", [])
