"""Case files: what the head of a file makes, what a fact's fields become, what stands for a file's content."""

from datetime import date
from pathlib import Path

import pytest

from goodoffices.casebook.files import CASES, digest_of, own_fact, read_case, read_casebook, read_states
from goodoffices.casebook.reader import OURSELVES
from goodoffices.casebook.registers import read_registers
from goodoffices.core.facts import Fact, fact_from_record
from goodoffices.core.markings import Marking

CASE = """case: mali-2021
title: {en: "Mali, May 2021", fr: "Mali, mai 2021"}
country: Mali
iso3: MLI
marking: confidential
searched_until: 2026-06-21
unknowns:
  - "Who gave the order."
  - {text: "Who voted how.", since: 2021-06}
  - {text: "Who holds the north?", since: 2026-04-25~}
sources:
  un: {title: "A press release", publisher: United Nations, published: 2021-05-26, address: "https://press.un.org/x"}
  ipi: {title: "A report", mirror: "http://example.org/report", language: fr}
facts:
  early: {kind: context, when: 2013-07-01, actor: us, text: "Before.", confidence: high, sources: [un]}
  seizure:
    kind: seizure
    when: 2021-05-24
    actor: armed-forces
    text: "Soldiers come."
    text_fr: "Des soldats viennent."
    category: military_coup
    victim: transitional
    outcome: completed
    confidence: high
    marking: unclassified
    note: "A note."
    sources:
      - un
      - {source: ipi, at: "Box 4"}
  told-later:
    kind: promise_outcome
    when: unknown
    known: 2025-03
    actor: authorities
    of: early
    result: missed
    text: "They do not."
    confidence: low
    sources: ipi
    competes_with: early
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mali-2021.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture
def facts(path: Path) -> dict[str, Fact]:
    return {fact.name: fact for fact in read_case(path).facts}


def test_the_head_comes_first_then_gaps_then_facts_in_their_order(path: Path) -> None:
    case = read_case(path)
    assert (case.case, case.path) == ("mali-2021", "mali-2021.yaml")
    names = ["case", "gap-1", "gap-2", "gap-3", "early", "seizure", "told-later"]
    assert [fact.key for fact in case.facts] == [f"mali-2021/{name}" for name in names]


def test_the_head_opens_on_the_day_the_seizure_was_known(facts: dict[str, Fact]) -> None:
    head = facts["case"]
    assert (head.kind, head.known_at, head.span.text) == ("case", date(2021, 5, 24), "2021-05-24")
    assert dict(head.value) == {
        "title": "Mali, May 2021",
        "title_fr": "Mali, mai 2021",
        "country": "Mali",
        "iso3": "MLI",
        "searched_until": "2026-06-21",
    }
    assert head.text == "Mali, May 2021: a case of the record."
    assert head.marking is Marking.CONFIDENTIAL and head.citations[0].source is OURSELVES


def test_a_case_without_seizure_opens_with_the_first_thing_known(tmp_path: Path) -> None:
    path = tmp_path / "mali-2021.yaml"
    text = CASE.replace("kind: seizure", "kind: context")
    for field in ("category: military_coup", "victim: transitional", "outcome: completed"):
        text = text.replace(f"    {field}\n", "")
    path.write_text(text, encoding="utf-8")
    assert read_case(path).facts[0].known_at == date(2013, 7, 1)


def test_a_gap_shows_from_its_day_or_from_the_seizure(facts: dict[str, Fact]) -> None:
    gaps = [facts[f"gap-{number}"] for number in (1, 2, 3)]
    assert [(gap.text, gap.known_at.isoformat()) for gap in gaps] == [
        ("Who gave the order.", "2021-05-24"),
        ("Who voted how.", "2021-06-30"),
        ("Who holds the north?", "2026-04-26"),
    ]
    assert {(gap.kind, gap.actor, gap.marking) for gap in gaps} == {("gap", "un", Marking.CONFIDENTIAL)}


def test_a_title_may_be_one_sentence_for_all_languages(tmp_path: Path) -> None:
    path = tmp_path / "mali-2021.yaml"
    path.write_text(CASE.replace('{en: "Mali, May 2021", fr: "Mali, mai 2021"}', "Mali, May 2021"), encoding="utf-8")
    head = read_case(path).facts[0]
    assert (head.get("title"), head.get("title_fr")) == ("Mali, May 2021", "")


def test_the_fields_of_a_fact(facts: dict[str, Fact]) -> None:
    fact = facts["seizure"]
    assert (fact.actor, fact.confidence, fact.note) == ("armed-forces", "high", "A note.")
    assert (fact.said(), fact.said("fr"), fact.said("ar")) == (
        "Soldiers come.",
        "Des soldats viennent.",
        "Soldiers come.",
    )
    assert [(one.source.id, one.locator) for one in fact.citations] == [("un", ""), ("ipi", "Box 4")]
    assert fact.citations[0].source.publisher == "United Nations" and fact.citations[1].source.language == "fr"
    assert dict(fact.value) == {"category": "military_coup", "victim": "transitional", "outcome": "completed"}


def test_a_fact_may_be_marked_otherwise_than_its_file(facts: dict[str, Fact]) -> None:
    assert facts["seizure"].marking is Marking.UNCLASSIFIED
    assert facts["early"].marking is Marking.CONFIDENTIAL


def test_known_is_the_last_possible_first_day_unless_given(facts: dict[str, Fact]) -> None:
    assert (facts["seizure"].known_at, facts["seizure"].known_assumed) == (date(2021, 5, 24), True)
    assert (facts["told-later"].known_at, facts["told-later"].known_assumed) == (date(2025, 3, 31), False)


def test_links_become_full_keys(facts: dict[str, Fact]) -> None:
    assert facts["told-later"].get("of") == facts["told-later"].competes_with == "mali-2021/early"


def test_a_link_into_another_case_is_written_in_full(tmp_path: Path) -> None:
    path = tmp_path / "mali-2021.yaml"
    path.write_text(CASE.replace("of: early", "of: mali-2020/promise"), encoding="utf-8")
    assert read_case(path).facts[-1].get("of") == "mali-2020/promise"


def test_reading_twice_gives_the_same_facts_and_versions(path: Path) -> None:
    first, second = read_case(path).facts, read_case(path).facts
    assert first == second
    assert [fact.version for fact in first] == [fact.version for fact in second]


def test_a_version_changes_with_its_fact_alone(path: Path, facts: dict[str, Fact]) -> None:
    path.write_text(CASE.replace("Des soldats viennent.", "Des soldats arrivent."), encoding="utf-8")
    changed = {fact.name for fact in read_case(path).facts if fact.version != facts[fact.name].version}
    assert changed == {"seizure"}


def test_comments_order_and_quotes_change_no_version(path: Path, facts: dict[str, Fact]) -> None:
    text = CASE.replace("kind: seizure\n", "kind: 'seizure'  # day 0\n").replace('    note: "A note."\n', "")
    path.write_text(
        text.replace("    actor: armed-forces\n", "    note: A note.\n    actor: armed-forces\n"), encoding="utf-8"
    )
    assert {fact.name: fact.version for fact in read_case(path).facts} == {name: f.version for name, f in facts.items()}


def test_the_versions_are_pinned(facts: dict[str, Fact]) -> None:
    """A changed version makes every ledger record a correction of every fact: it must be meant."""
    assert {name: fact.version for name, fact in facts.items()} == {
        "case": "1014ef514d56b929",
        "gap-1": "4c268700c1d18d1e",
        "gap-2": "bd74a713151f9849",
        "gap-3": "8605e0508fb33142",
        "early": "562014aff15ef701",
        "seizure": "627458be51779b80",
        "told-later": "42df802cf852f643",
    }


def test_own_facts_carry_only_what_their_kind_names() -> None:
    fact = own_fact("x-2021/gap-1", "gap", "What.", {"title": "no", "country": ""}, "2021-06", Marking.UNCLASSIFIED)
    assert (fact.value, fact.known_at, fact.known_assumed) == ((), date(2021, 6, 30), True)


def test_facts_come_back_from_their_records() -> None:
    for fact in read_casebook().facts:
        assert fact_from_record(fact.record()) == fact


def test_the_digest_stands_for_names_and_content(tmp_path: Path) -> None:
    states = tmp_path / "states"
    states.write_text("states: {}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("x", encoding="utf-8")
    first = digest_of(tmp_path, states)
    assert digest_of(tmp_path, states) == first and len(first) == 64
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    renamed = digest_of(tmp_path, states)
    (tmp_path / "b.yaml").write_text("y", encoding="utf-8")
    changed = digest_of(tmp_path, states)
    states.write_text("states: {} # changed\n", encoding="utf-8")
    assert len({first, renamed, changed, digest_of(tmp_path, states)}) == 4


def test_the_casebook_is_its_cases_and_its_registers() -> None:
    book = read_casebook()
    facts = [fact for path in sorted(CASES.glob("*.yaml")) for fact in read_case(path).facts]
    assert book.facts == (*facts, *read_states(), *read_registers())
    assert len({fact.key for fact in book.facts}) == len(book.facts)
    assert book.digest == digest_of()
