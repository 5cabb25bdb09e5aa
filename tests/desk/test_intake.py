"""Taking in the casebook: once, again, changed, vanished, and against a hand's correction."""

from pathlib import Path

import pytest

from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.desk import Desk, open_desk
from record import clock, day

CASE = """\
case: utopia-2024
title: {{en: "Utopia, March 2024", fr: "Utopie, mars 2024"}}
country: Utopia
iso3: UTO
marking: unclassified
searched_until: 2024-12-31
unknowns: ["Who gave the order: not known."]
sources:
  radio: {{title: "Radio Utopia"}}
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
{more}"""
MORE = """\
  leader:
    kind: leadership
    when: 2024-03-02
    actor: authorities
    text: "Colonel Émile Ndèye takes power."
    person: Émile Ndèye
    office: president of the council
    manner: took_power
    confidence: medium
    sources: [radio]
"""
STATES = """\
sources: {list: {title: "A list of members"}}
states:
  UTO:
    name: {en: Utopia, fr: Utopie, ar: يوتوبيا}
    m49: "999"
    facts:
      au-member:
        {kind: membership, when: 1999-01-01, actor: au, organisation: au, step: joined, text: "It joins.",
         confidence: high, sources: [list]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cases = tmp_path / "cases"
    cases.mkdir()
    (tmp_path / "states.yaml").write_text(STATES, encoding="utf-8")
    write(cases)
    return cases


def write(cases: Path, text: str = "Soldiers take the palace.", more: str = MORE) -> None:
    (cases / "utopia-2024.yaml").write_text(CASE.format(text=text, more=more), encoding="utf-8")


def take_in(desk: Desk, cases: Path) -> tuple[int, int, int, tuple[str, ...]]:
    done = desk.take_in_casebook(None, cases, cases.parent / "states.yaml")
    return done.added, done.corrected, done.retracted, done.clashes


def test_the_installed_casebook_is_taken_in_once(ledger_file: Path) -> None:
    first = open_desk(ledger_file, clock, recorder="tests")
    head = first.head()
    assert head.seq > 1000
    first.close()
    again = open_desk(ledger_file, clock, recorder="tests")
    assert again.head() == head
    assert again.verify().whole
    again.close()


def test_unchanged_files_write_nothing(empty_desk: Desk, folder: Path) -> None:
    assert take_in(empty_desk, folder)[:3] == (6, 0, 0)
    head = empty_desk.head()
    assert take_in(empty_desk, folder) == (0, 0, 0, ())
    assert empty_desk.head() == head


def test_a_changed_sentence_is_a_correction_with_its_past_kept(empty_desk: Desk, folder: Path) -> None:
    take_in(empty_desk, folder)
    write(folder, "Soldiers take the palace and the radio.")
    assert take_in(empty_desk, folder)[:3] == (0, 1, 0)
    entries = empty_desk.history("utopia-2024/seizure")
    assert [entry.verb for entry in entries] == ["assert", "correct"]
    assert entries[0].fact.text == "Soldiers take the palace."
    # A file mends the record for every day of knowledge: the old sentence is shown on none of them.
    known = empty_desk.fact("utopia-2024/seizure", empty_desk.moment(day("2024-03-01"), day("2024-03-01")))
    assert known.text == "Soldiers take the palace and the radio."


def test_a_vanished_fact_is_withdrawn_and_comes_back(empty_desk: Desk, folder: Path) -> None:
    take_in(empty_desk, folder)
    write(folder, more="")
    assert take_in(empty_desk, folder)[:3] == (0, 0, 1)
    with pytest.raises(NoAnswer):
        empty_desk.fact("utopia-2024/leader", empty_desk.moment())
    write(folder)
    assert take_in(empty_desk, folder)[:3] == (1, 0, 0)
    assert empty_desk.fact("utopia-2024/leader", empty_desk.moment()).get("person") == "Émile Ndèye"
    assert [entry.verb for entry in empty_desk.history("utopia-2024/leader")] == ["assert", "retract", "assert"]


def test_a_correction_by_hand_is_not_overwritten(empty_desk: Desk, folder: Path) -> None:
    take_in(empty_desk, folder)
    empty_desk.correct("utopia-2024/seizure", {"victim": "contested"}, "the vote of 2022 was disputed")
    write(folder, "Soldiers take the palace at dawn.")
    assert take_in(empty_desk, folder) == (0, 0, 0, ("utopia-2024/seizure",))
    assert empty_desk.fact("utopia-2024/seizure", empty_desk.moment()).get("victim") == "contested"


def test_a_fact_recorded_by_hand_survives_the_next_intake(empty_desk: Desk, folder: Path) -> None:
    take_in(empty_desk, folder)
    fields = {
        "kind": "meeting",
        "when": "2024-03-03",
        "actor": "au-psc",
        "text": "The Council meets.",
        "confidence": "low",
        "sources": ["s"],
    }
    empty_desk.record("utopia-2024", "au-meeting", fields, {"s": {"title": "A note"}})
    write(folder, more="")
    take_in(empty_desk, folder)
    assert empty_desk.fact("utopia-2024/au-meeting", empty_desk.moment()).kind == "meeting"


def test_one_bad_file_takes_in_nothing(empty_desk: Desk, folder: Path) -> None:
    (folder / "dystopia-2024.yaml").write_text("case: dystopia-2024\nfoo: bar\n", encoding="utf-8")
    with pytest.raises(BadRecord) as refused:
        take_in(empty_desk, folder)
    assert any("dystopia-2024.yaml, line 2" in problem.where for problem in refused.value.problems)
    assert empty_desk.head().seq == 0
