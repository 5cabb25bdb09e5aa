"""What if: facts supposed and taken away, and a case in a file alone. The record itself stays as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goodoffices.casebook.files import CASES
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.findings import Finding
from goodoffices.desk.comparisons import supposed_record
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.records import checked_record, finding_record
from goodoffices.desk.supposing import SUPPOSED, Flip, Supposed, check_file, snapshot_of, suppose
from goodoffices.norms.wording import lines
from record import clock, day

SUSPENDED = """\
facts:
  au-suspension: {kind: suspension, when: 2021-05-14, actor: au-psc}
"""
REFUSAL_AWAY = "remove: [au-no-suspension]\n"
CASE = """\
case: {case}
title: {{en: "{title}", fr: "Essai"}}
country: Utopia
iso3: {iso3}
marking: unclassified
searched_until: 2026-11-01
sources:
  radio: {{title: "Radio"}}
facts:
  seizure:
    kind: seizure
    when: 2024-03-01
    actor: armed-forces
    text: "{text}"
    category: military_coup
    victim: elected
    outcome: completed
    confidence: high
    sources: [radio]
"""
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def looking(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing here writes."""
    path = tmp_path_factory.mktemp("supposing") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(casebook_ledger.with_name("ledger.db.heads"), path.with_name("ledger.db.heads"))
    opened = open_desk(path, clock, recorder="tests")
    yield opened
    opened.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the test's own."""

    def written(text: str, name: str = "assume.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def flip(found: Supposed, rule: str) -> Flip:
    return next(one for one in found.flips if one.rule == rule)


def of(findings: tuple[Finding, ...], rule: str) -> Finding:
    return next(one for one in findings if one.rule == rule)


def case_text(case: str = "utopia-2024", iso3: str = "MLI", title: str = "Test", text: str = "Soldiers come.") -> str:
    return CASE.format(case=case, iso3=iso3, title=title, text=text)


def problems(desk: Desk, path: Path, case: str = "chad-2021") -> list[str]:
    """What is wrong with an assumption, all of it."""
    with pytest.raises(BadRecord) as refused:
        suppose(desk, case, desk.moment(), path, "au")
    return [str(one) for one in refused.value.problems]


# ---------------------------------------------------------------- facts added, taken away, replaced


def test_a_suspension_in_the_place_of_the_refusal_fulfils_the_duty(looking: Desk, write: Write) -> None:
    found = suppose(looking, "chad-2021", looking.moment(), write(SUSPENDED + REFUSAL_AWAY), "au")
    duty = flip(found, "au.suspend")
    assert duty.flips
    assert (duty.before.state, duty.after.state) == ("deviation", "fulfilled")
    assert (duty.after.day, duty.after.breached_on) == (24, None)
    assert "chad-2021/au-suspension" in duty.after.facts
    assert "chad-2021/au-no-suspension" in duty.before.facts
    assert "chad-2021/au-no-suspension" not in duty.after.facts
    assert flip(found, "au.suspended").after.state == "in_force"
    assert (found.added, found.removed) == (("chad-2021/au-suspension",), ("chad-2021/au-no-suspension",))
    assert found.checked.finding("au.suspend") == duty.after


def test_a_suspension_taken_away_leaves_the_duty_open(looking: Desk, write: Write) -> None:
    moment = looking.moment(day("2021-06-15"))
    found = suppose(looking, "mali-2021", moment, write("remove: [au-suspension]\n"), "au")
    duty = flip(found, "au.suspend")
    assert (duty.before.state, duty.after.state) == ("fulfilled", "open")
    whole = suppose(looking, "mali-2021", moment, write("remove: [mali-2021/au-suspension]\n"), "au")
    assert whole == found


def test_a_fact_of_the_same_key_replaces_the_one_on_record(looking: Desk, write: Write) -> None:
    path = write("facts:\n  au-suspension: {kind: suspension, when: 2021-06-11, actor: au-psc, text: Then.}\n")
    moment = looking.moment(day("2021-06-15"))
    found = suppose(looking, "mali-2021", moment, path, "au")
    duty = flip(found, "au.suspend")
    assert not duty.flips  # done all the same, on another day
    assert (duty.before.day, duty.after.day) == (8, 18)
    keys = [fact.key for fact in found.checked.snapshot.facts]
    assert len(keys) == len(set(keys))


def test_a_breach_on_another_day_is_a_change_and_no_flip(looking: Desk, write: Write) -> None:
    """Without the refusal the duty is breached when the situation ends without a suspension."""
    found = suppose(looking, "chad-2021", looking.moment(), write(REFUSAL_AWAY), "au")
    duty = flip(found, "au.suspend")
    assert not duty.flips and duty.before.breached_on and duty.after.breached_on
    assert (duty.before.state, duty.after.state) == ("deviation", "deviation")
    assert duty.before.breached_on.latest < duty.after.breached_on.earliest


def test_a_membership_of_the_state_can_be_taken_away(looking: Desk, write: Write) -> None:
    moment = looking.moment(day("2021-06-15"))
    keys = [
        fact.key
        for fact in looking.snapshot("mali-2021", moment).facts
        if fact.kind == "membership" and fact.get("organisation") == "au"
    ]
    found = suppose(looking, "mali-2021", moment, write(f"remove: {json.dumps(keys)}\n"), "au")
    assert keys and flip(found, "au.suspend").before.state == "fulfilled"
    assert flip(found, "au.suspend").after.state in ("not_triggered", "undetermined")


def test_what_bears_on_nothing_flips_nothing(looking: Desk, write: Write) -> None:
    path = write("facts:\n  talk: {kind: meeting, when: 2021-05-14, actor: us}\n")
    found = suppose(looking, "chad-2021", looking.moment(), path)
    assert found.flips == ()
    assert suppose(looking, "chad-2021", looking.moment(), write("remove: []\n")).flips == ()


@pytest.mark.parametrize(("case", "then"), [("mali-2021", "2021-05-30"), ("gabon-2023", "2023-08-30")])
def test_taking_away_what_became_known_later_gives_what_was_known_then(
    looking: Desk, write: Write, case: str, then: str
) -> None:
    known = looking.snapshot(case, looking.moment(day(then)))
    later = [fact.key for fact in known.facts if fact.known_at > day(then)]
    found = suppose(looking, case, looking.moment(day(then)), write(f"remove: {json.dumps(later)}\n"))
    as_then = looking.check(case, looking.moment(day(then), day(then)))
    assert later and found.flips
    assert [(one.rule, one.state) for one in found.checked.findings] == [
        (one.rule, one.state) for one in as_then.findings
    ]


def test_what_is_supposed_to_be_known_later_only_explains(looking: Desk, write: Write) -> None:
    moment = looking.moment(day("2021-06-15"), day("2021-06-15"))
    path = write(SUSPENDED.replace("actor:", "known: 2021-06-16, actor:") + REFUSAL_AWAY)
    duty = flip(suppose(looking, "chad-2021", moment, path, "au"), "au.suspend").after
    assert duty.state == "open"
    assert "chad-2021/au-suspension" in duty.known_later
    assert "chad-2021/au-suspension" not in duty.facts
    sooner = write(SUSPENDED.replace("actor:", "known: 2021-06-15, actor:") + REFUSAL_AWAY)
    assert flip(suppose(looking, "chad-2021", moment, sooner, "au"), "au.suspend").after.state == "fulfilled"


def test_what_is_known_later_on_record_can_be_taken_away_or_told_sooner(looking: Desk, write: Write) -> None:
    moment = looking.moment(day("2021-05-30"), day("2021-05-30"))
    later = of(looking.check("mali-2021", moment, "au").findings, "au.suspend").known_later
    away = suppose(looking, "mali-2021", moment, write("remove: [au-suspension]\n"), "au").checked.finding("au.suspend")
    assert away is not None and set(later) - set(away.known_later) == {"mali-2021/au-suspension"}
    path = write("facts:\n  au-suspension: {kind: suspension, when: 2021-05-30, actor: au-psc}\n")
    sooner = suppose(looking, "mali-2021", moment, path, "au")
    assert flip(sooner, "au.suspend").after.state == "fulfilled"
    assert "mali-2021/au-suspension" not in flip(sooner, "au.suspend").after.known_later


def test_readings_and_rulebook_hold_on_both_sides(looking: Desk, write: Write) -> None:
    moment = looking.moment(day("2021-06-15"))
    path = write("facts:\n  au-suspension: {kind: suspension, when: 2021-05-26, actor: au-psc}\n")
    found = suppose(looking, "mali-2021", moment, path, "au", {"au.suspension-term": "3"})
    duty = flip(found, "au.suspend")
    assert (duty.before.state, duty.after.state) == ("fulfilled_late", "fulfilled")
    assert set(found.checked.rulebooks) == {"au"}


def test_what_is_supposed_is_marked_so_whatever_else_it_cites(looking: Desk, write: Write) -> None:
    cited = SUSPENDED.replace("au-psc}", 'au-psc, sources: [memo], text: "As the memo has it."}')
    found = suppose(
        looking, "chad-2021", looking.moment(), write('sources:\n  memo: {title: "A memo"}\n' + cited), "au"
    )
    fact = found.checked.snapshot.find("chad-2021/au-suspension")
    assert fact is not None
    assert [one.source.id for one in fact.citations] == [SUPPOSED, "memo"]
    assert fact.confidence == "low"
    plain = suppose(looking, "chad-2021", looking.moment(), write(SUSPENDED), "au").checked.snapshot
    assert [one.source.id for one in plain.find("chad-2021/au-suspension").citations] == [SUPPOSED]  # type: ignore[union-attr]
    assert plain.id != looking.check("chad-2021", looking.moment(), "au").snapshot.id


def test_a_supposed_fact_is_told_in_french(looking: Desk, write: Write) -> None:
    found = suppose(looking, "chad-2021", looking.moment(), write(SUSPENDED + REFUSAL_AWAY), "au")
    tree = flip(found, "au.suspend").after.tree
    assert any("Supposé." in line for line in lines(tree, "fr"))
    assert any("Supposed." in line for line in lines(tree, "en"))


def test_nothing_is_written(looking: Desk, write: Write) -> None:
    head, facts = looking.head(), looking.everything(looking.moment()).id
    suppose(looking, "chad-2021", looking.moment(), write(SUSPENDED + REFUSAL_AWAY), "au")
    problems(looking, write("facts:\n  x: {kind: nonsense}\n"))
    check_file(looking, write(case_text(), "utopia-2024.yaml"), looking.moment(), "au")
    assert looking.head() == head
    assert looking.everything(looking.moment()).id == facts
    assert "utopia-2024" not in looking.case_ids()


def test_the_record_of_an_assumption(looking: Desk, write: Write) -> None:
    found = suppose(looking, "chad-2021", looking.moment(), write(SUSPENDED + REFUSAL_AWAY), "au")
    told = json.loads(json.dumps(supposed_record(found)))
    plain = checked_record(looking.check("chad-2021", looking.moment(), "au"))
    assert tuple(told) == (*plain, "assumed", "changes")
    assert told["assumed"] == {"added": ["chad-2021/au-suspension"], "removed": ["chad-2021/au-no-suspension"]}
    change = next(one for one in told["changes"] if one["rule"] == "au.suspend")
    assert tuple(change) == ("rule", "flips", "before", "after")
    assert change["before"]["state"] == "deviation" and change["after"]["state"] == "fulfilled"
    assert len(told["changes"]) == len({one["rule"] for one in told["changes"]})


# ---------------------------------------------------------------- files that are no assumption


def test_every_problem_is_told_at_once_with_its_line(looking: Desk, write: Write) -> None:
    path = write(
        "facts:\n"
        "  one: {kind: suspensio, when: 2021-05-14, actor: au-psc}\n"
        "  two: {kind: suspension, when: 2021-02-30, actor: nobody}\n"
        "  three: words\n"
        "  case: {kind: suspension, when: 2021-05-14, actor: au-psc}\n"
        "  Five: {kind: suspension, when: 2021-05-14, actor: au-psc}\n"
        "  six: {kind: suspension_lifted, when: 2021-05-14, actor: au-psc, of: nowhere}\n"
        "  seven: {kind: suspension, when: 2021-05-14, actor: au-psc, sources: [nobody]}\n"
        "remove: [nothing-there, au-no-suspension, mali-2021/seizure]\n"
        "sources:\n"
        "  supposed: {title: Mine}\n"
        "  bare: {}\n"
        "wishes: []\n"
    )
    said = problems(looking, path)
    wanted = (
        (2, "suspensio"),
        (3, "2021-02-30"),
        (3, "nobody"),
        (4, "three has no fields"),
        (5, "'case' is taken"),
        (6, "Five"),
        (7, "there is no fact 'nowhere'"),
        (8, "there is no source 'nobody'"),
        (9, "there is no fact 'chad-2021/nothing-there'"),
        (9, "there is no fact 'mali-2021/seizure'"),
        (11, "'supposed' is taken"),
        (12, "no title"),
        (13, "'wishes'"),
    )
    for line, words in wanted:
        assert any(one.startswith(f"assume.yaml, line {line}: ") and words in one for one in said), (line, words, said)
    assert len(said) == len(wanted)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("# only a remark\n", "is empty"),
        ("- facts\n", "is no assumption"),
        ("words\n", "is no assumption"),
        ("{}\n", "supposes nothing"),
        ("sources: {}\n", "supposes nothing"),
        ("facts: []\n", "facts is no mapping"),
        ("facts:\n", "facts is no mapping"),
        ("sources: []\nremove: []\n", "sources is no mapping"),
        ("remove: au-no-suspension\n", "remove is no list"),
        ("remove: {au-no-suspension: yes}\n", "remove is no list"),
        ("remove: [[au-no-suspension]]\n", "remove is no list"),
        ("facts: {a: [1\n", "not well-formed YAML"),
        ("facts: {}\nfacts: {}\n", "stands twice"),
        ("facts: &a {}\nremove: *a\n", "alias"),
        ('facts: {x: {kind: suspension, when: 2021-05-14, actor: au-psc, text: "\\0."}}\n', "character"),
        ("facts: {x: {kind: suspension, when: 2021-05-14, actor: au-psc, text: no stop}}\n", "no full stop"),
        ("facts: {x: {kind: suspension, when: 2021-05-14, actor: au-psc, colour: red}}\n", "colour"),
        ("facts: {x: {kind: suspension, when: unknown, actor: au-psc}}\n", "needs the day it became known"),
        ("facts: {x: {kind: suspension, when: 2021-05-14, known: 2021-05-01, actor: au-psc}}\n", "before it was so"),
        ("facts: {x: {kind: state, when: 2021-05-14, actor: au-psc}}\n", "no kind of fact here"),
        ("facts: {x: {kind: suspension, actor: au-psc}}\n", "the date is missing"),
        ("facts: {'<b>x</b>': {kind: suspension, when: 2021-05-14, actor: au-psc}}\n", "small letters"),
    ],
)
def test_what_is_no_assumption_is_refused(looking: Desk, write: Write, text: str, words: str) -> None:
    said = problems(looking, write(text))
    assert any(words in one for one in said), said
    assert all(one.startswith("assume.yaml") for one in said)


def test_files_that_cannot_be_read(looking: Desk, tmp_path: Path) -> None:
    assert "cannot be read" in problems(looking, tmp_path / "nowhere.yaml")[0]
    assert "cannot be read" in problems(looking, tmp_path)[0]
    (tmp_path / "latin.yaml").write_bytes(b"facts: {\xe9: 1}\n")
    assert "UTF-8" in problems(looking, tmp_path / "latin.yaml")[0]


def test_an_unknown_case_or_rulebook(looking: Desk, write: Write) -> None:
    with pytest.raises(NoAnswer, match="chad-2021"):
        suppose(looking, "chad-2091", looking.moment(), write(SUSPENDED))
    with pytest.raises(NoAnswer, match="au"):
        suppose(looking, "chad-2021", looking.moment(), write(SUSPENDED), "nowhere")


# ---------------------------------------------------------------- a case in a file alone


@pytest.mark.parametrize("case", ["mali-2021", "myanmar-2021"])
@pytest.mark.parametrize("then", ["", "2021-05-30"])
def test_a_file_alone_gives_what_the_same_case_gives_on_record(
    looking: Desk, write: Write, case: str, then: str
) -> None:
    moment = looking.moment(*([day(then)] * 2 if then else []))
    text = (CASES / f"{case}.yaml").read_text(encoding="utf-8")
    record = looking.check(case, moment)
    same = check_file(looking, write(text, f"{case}.yaml"), moment)
    assert same.findings == record.findings
    assert set(same.snapshot.facts) == set(record.snapshot.facts)
    assert [one.id for one in same.no_rule] == [one.id for one in record.no_rule]
    assert checked_record(same) == checked_record(record)
    other = check_file(looking, write(text.replace(f"case: {case}", "case: utopia-2021"), "utopia-2021.yaml"), moment)
    told = json.dumps([finding_record(one) for one in other.findings]).replace("utopia-2021/", f"{case}/")
    assert json.loads(told) == [finding_record(one) for one in record.findings]
    assert other.case == "utopia-2021"


def test_nothing_of_a_case_of_the_same_id_comes_from_the_record(looking: Desk, write: Write) -> None:
    path = write(case_text("mali-2021"), "mali-2021.yaml")
    facts = [fact.key for fact in snapshot_of(looking, path, looking.moment()).facts if "state:" not in fact.key]
    assert sorted(facts) == ["mali-2021/case", "mali-2021/seizure"]


def test_of_a_country_outside_the_register_no_membership_is_known(looking: Desk, write: Write) -> None:
    checked = check_file(looking, write(case_text(iso3="UTO"), "utopia-2024.yaml"), looking.moment())
    assert of(checked.findings, "au.suspend").state == "undetermined"
    assert checked.no_rule == ()
    member = check_file(looking, write(case_text(), "utopia-2024.yaml"), looking.moment())
    assert of(member.findings, "au.suspend").state == "open"


def test_before_the_file_knew_anything(looking: Desk, write: Write) -> None:
    path = write(case_text(), "utopia-2024.yaml")
    then = check_file(looking, path, looking.moment(day("2024-02-01"), day("2024-02-01")), "au")
    assert of(then.findings, "au.suspend").state in ("not_triggered", "undetermined")
    assert {fact.key for fact in then.snapshot.later} >= {"utopia-2024/seizure"}


def test_every_mistake_of_a_case_file_is_told_with_its_line(looking: Desk, write: Write) -> None:
    text = case_text().replace("2024-03-01", "2024-02-30").replace("military_coup", "coup").replace("[radio]", "[tv]")
    with pytest.raises(BadRecord) as refused:
        check_file(looking, write(text, "utopia-2024.yaml"), looking.moment())
    said = [str(one) for one in refused.value.problems]
    for words in ("2024-02-30", "'coup'", "'tv'"):
        assert any(words in one and one.startswith("utopia-2024.yaml, line ") for one in said), said


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("utopia-2024.yaml", "", "is empty"),
        ("utopia-2024.yaml", "- a list\n", "is no case file"),
        ("utopia-2024.yaml", "facts: {a: [1\n", "not well-formed"),
        ("another-2024.yaml", case_text(), "Name the file utopia-2024.yaml"),
        ("utopia-2024.yaml", SUSPENDED, "'case' is missing"),
    ],
)
def test_what_is_no_case_file_is_refused(looking: Desk, write: Write, name: str, text: str, words: str) -> None:
    with pytest.raises(BadRecord) as refused:
        check_file(looking, write(text, name), looking.moment())
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>.",
        "[bold red]Soldiers[/bold red] {come} %s {{ 7 * 7 }}.",
        "جنود يستولون على القصر \u202e.",
        "=1+1; DROP TABLE facts; --.",
    ],
)
def test_a_text_is_text(looking: Desk, write: Write, text: str) -> None:
    path = write(case_text(text=text, title=text), "utopia-2024.yaml")
    duty = of(check_file(looking, path, looking.moment(), "au").findings, "au.suspend")
    assert duty.state == "open"
    assert any(text in line for line in lines(duty.tree, "en"))
    supposed = write(f'facts:\n  seizure-2: {{kind: meeting, when: 2021-05-14, actor: au-psc, text: "{text}"}}\n')
    fact = suppose(looking, "chad-2021", looking.moment(), supposed, "au").checked.snapshot.find("chad-2021/seizure-2")
    assert fact is not None and fact.text == text
