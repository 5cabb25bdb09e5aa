"""Facts pasted as text: what is understood of each line, all problems with their lines, nothing written by reading."""

from pathlib import Path

import pytest

from goodoffices.casebook.files import CASES
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk import pasting
from goodoffices.desk.desk import Desk
from goodoffices.desk.pasting import MOST, kind_named, record_paste, sample, understand
from record import day

CASE = "mali-2021"
GOOD = '2026-11-20; ECOWAS; statement; "ECOWAS condemns it; again"; Communiqué, https://ecowas.example/x; verb=condemn'


def test_a_line_is_a_fact(desk: Desk) -> None:
    before = desk.head()
    found = understand(desk, CASE, f"# a remark\n\n{GOOD}\n", "2026-11-21")
    assert (found.form, found.refused, found.rest) == ("lines", (), "")
    one = found.good[0]
    assert (one.line, one.already) == (3, False)
    fact = one.fact
    assert (fact.kind, fact.actor, fact.get("verb"), fact.confidence) == ("statement", "ecowas", "condemn", "medium")
    assert fact.text == "ECOWAS condemns it; again."
    assert fact.known_at == day("2026-11-21")
    source = fact.citations[0].source
    assert (source.title, source.address) == ("Communiqué", "https://ecowas.example/x")
    assert desk.head() == before
    assert record_paste(desk, found) == (fact,)
    assert desk.current(fact.key) == fact
    assert desk.history(fact.key)[0].reason == "pasted"


def test_without_a_day_of_knowledge_each_counts_from_its_own(desk: Desk) -> None:
    fact = understand(desk, CASE, GOOD).good[0].fact
    assert (fact.known_at, fact.known_assumed) == (day("2026-11-20"), True)
    other = understand(desk, CASE, f"{GOOD}; known=2026-11-21; confidence=low", "2026-11-22").good[0].fact
    assert (other.known_at, other.confidence) == (day("2026-11-21"), "low")
    with pytest.raises(BadRecord, match="pasted_known"):
        understand(desk, CASE, GOOD, "soon")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("suspension", "suspension"),
        ("Press statement", "press_statement"),
        ("press-statement", "press_statement"),
        ("déclaration à la presse", "press_statement"),
        ("decision not to suspend", "suspension_declined"),
        ("gap", "gap"),
        ("state", "state"),  # no kind one may record: refused by the form
        ("", ""),
    ],
)
def test_kinds_go_by_their_words(typed: str, kind: str) -> None:
    assert kind_named(typed) == kind


def test_thirty_problems_come_together_each_with_its_line(desk: Desk) -> None:
    lines = []
    for number in range(10):
        lines += [f"2026-11-{number + 40}; nobody-{number}; statement; Says something; A page; verb=shout", GOOD]
    before = desk.head()
    found = understand(desk, CASE, "\n".join(lines))
    assert len(found.refused) == 30
    assert {one.line for one in found.refused} == set(range(1, 21, 2))
    for line in range(1, 21, 2):
        assert {one.problem.where for one in found.refused if one.line == line} == {"when", "actor", "verb"}
    assert found.rest.splitlines() == lines[::2]
    assert desk.head() == before


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("2026-11-20; ecowas; statement; Words", "line"),
        ("one word", "line"),
        ("2026-11-20; ecowas; statement; Words; ; verb=condemn", "source_title"),
        ("2026-11-20; ecowas; statement; Words; A page; verb=condemn; loose end", "line"),
        ("2026-11-20; ecowas; statement; Words; A page; verb=condemn; when=2026-11-21", "when"),
        ("2026-11-20; ecowas; statement; Words; A page; verb=condemn; colour=red", "colour"),
        ("2026-11-20; ecowas; statement; Words; A page; verb=condemn; marking=confidential", "marking"),
        ("2026-11-20; ecowas; suspension_lifted; Words; A page; of=no-such-fact", "of"),
        ("2026-11-20; ecowas; case; Words; A page", "kind"),
        ("2026-11-20; ecowas; statement; Wo\x01rds; A page; verb=condemn", "line"),
        ("2026-11-20; ecowas; statement; " + "w" * 1_001 + "; A page; verb=condemn", "text"),
    ],
)
def test_a_line_that_does_not_fit_says_where(desk: Desk, line: str, where: str) -> None:
    found = understand(desk, CASE, f"{GOOD}\n{line}")
    assert [one.line for one in found.good] == [1]
    assert {one.line for one in found.refused} == {2}
    assert where in {one.problem.where for one in found.refused}


def test_what_is_recorded_already_is_said_and_not_written_again(desk: Desk) -> None:
    record_paste(desk, understand(desk, CASE, GOOD))
    before = desk.head()
    again = understand(desk, CASE, f"{GOOD}\n{GOOD}")
    assert [one.already for one in again.good] == [True, True]
    assert again.new == ()
    record_paste(desk, again)
    assert desk.head() == before


def test_two_lines_of_one_body_have_keys_of_their_own(desk: Desk) -> None:
    other = GOOD.replace("again", "a third time")
    found = understand(desk, CASE, f"{GOOD}\n{other}\n{GOOD}")
    assert len({one.key for one in found.new}) == 2
    assert [one.already for one in found.good] == [False, False, True]
    record_paste(desk, found)
    assert {desk.current(one.key).text for one in found.new} == {one.text for one in found.new}


def test_the_sample_is_understood(desk: Desk) -> None:
    for language in ("en", "fr"):
        found = understand(desk, CASE, sample(language), "2026-11-22")
        assert (len(found.good), found.refused) == (2, ())


YAML = """
sources:
  au: {title: "A communiqué", address: "https://au.example/1"}
facts:
  au-again:
    kind: decision
    when: 2026-11-20
    actor: au-psc
    text: "The Council meets: and decides."
    confidence: high
    sources: [{source: au, at: "para 3"}]
  au-lifted:
    kind: suspension_lifted
    when: 2026-11-21
    of: au-again-2
    actor: au-psc
    text: The suspension ends.
    sources: [au]
  au-again-2: {kind: suspension, when: 2026-11-20, actor: au-psc, text: "It suspends.", sources: [au]}
"""


def test_the_form_of_a_case_file(desk: Desk) -> None:
    found = understand(desk, CASE, YAML)
    assert (found.form, found.refused) == ("yaml", ())
    assert [(one.line, one.fact.name) for one in found.good] == [(5, "au-again"), (12, "au-lifted"), (19, "au-again-2")]
    assert found.good[0].fact.citations[0].locator == "para 3"
    record_paste(desk, found)
    assert desk.current(f"{CASE}/au-lifted").get("of") == f"{CASE}/au-again-2"
    assert desk.verify().whole


def test_facts_alone_may_cite_the_sources_the_case_has(desk: Desk) -> None:
    known = desk.current(f"{CASE}/au-suspension").citations[0].source
    text = f"new-one: {{kind: decision, when: 2026-11-20, actor: au-psc, text: It decides., sources: [{known.id}]}}"
    found = understand(desk, CASE, text)
    assert found.refused == ()
    assert found.good[0].fact.citations[0].source == known


def test_a_whole_case_file_pasted_back_is_there_already(desk: Desk) -> None:
    text = Path(CASES / f"{CASE}.yaml").read_text(encoding="utf-8")
    found = understand(desk, CASE, text)
    assert found.refused == ()
    assert len(found.good) > 100
    assert found.new == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (YAML.replace("decision", "decission"), 6),
        (YAML.replace("2026-11-21", "2026-11-31"), 14),
        (YAML.replace("au-again-2\n", "nothing\n"), 15),
        (YAML.replace("sources: [au]}", "sources: [eu]}"), 19),
        (YAML.replace('title: "A communiqué", ', ""), 3),
        (YAML.replace("facts:", "fakts:"), 4),
        (YAML + "\ncase: chad-2021\n", 21),
        (YAML.replace("  au-again-2:", "  case:"), 19),
        ("facts: [1, 2]", 1),
        ("facts:\n", 1),
        ("a: [", 2),
        ("a:\n  b: &x c\n  d: *x\n", 3),
        ("au-suspension: {kind: suspension, when: 2021-06-01, actor: au-psc, text: Other., sources: [casebook]}", 1),
        ("seizure-x:\n  - a", 1),
    ],
)
def test_yaml_that_does_not_fit_names_its_line(desk: Desk, text: str, line: int) -> None:
    before = desk.head()
    found = understand(desk, CASE, text)
    assert line in {one.line for one in found.refused}, found.refused
    assert desk.head() == before


@pytest.mark.parametrize("text", ["", "   \n\n", "# only a remark"])
def test_nothing_pasted(desk: Desk, text: str) -> None:
    with pytest.raises(BadRecord, match="nothing was pasted"):
        understand(desk, CASE, text)


def test_no_such_case(desk: Desk) -> None:
    with pytest.raises(NoAnswer):
        understand(desk, "mali-2091", GOOD)


def test_a_paste_has_an_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST >= 100
    monkeypatch.setattr(pasting, "MOST", 2)
    lines = [GOOD.replace("again", f"again {number}") for number in range(4)]
    found = understand(desk, CASE, "\n".join(lines))
    assert [one.line for one in found.good] == [1, 2]
    assert {one.line for one in found.refused} == {3, 4}
    assert found.rest.splitlines() == lines[2:]
