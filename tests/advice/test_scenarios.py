"""Training scenarios: what the file may say, and what the ones that are shipped hold to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodoffices.advice.language import PLAN, SECTIONS, section
from goodoffices.advice.scenarios import Scenario, read_scenarios
from goodoffices.advice.written import Said
from goodoffices.core.errors import BadRule

INVENTED = ("Meridia", "Valdora", "Isla Serena")
GOOD = """scenarios:
  - id: quiet-night
    title: A quiet night
    title_fr: Une nuit calme
    setting: Meridia sleeps.
    setting_fr: La Meridia dort.
    injects:
      - at: hour 0
        at_fr: heure 0
        text: A call.
        text_fr: Un appel.
        asks: [Who answers?]
        asks_fr: ["Qui répond\u00a0?"]
        look_at: [plan/call-security, guidance]
    debrief: Who answered?
    debrief_fr: "Qui a répondu\u00a0?"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "scenarios.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def said(one: Scenario) -> list[Said]:
    mine = [part for inject in one.injects for part in (inject.at, inject.text, *inject.asks)]
    return [one.title, one.setting, one.debrief, *mine]


def test_a_scenario_is_read(tmp_path: Path) -> None:
    (one,) = read_scenarios(written(tmp_path, GOOD))
    (inject,) = one.injects
    assert one.id == "quiet-night"
    assert one.title("fr") == "Une nuit calme"
    assert inject.asks == (Said("Who answers?", "Qui répond\u00a0?"),)
    assert inject.look_at == ("plan/call-security", "guidance")


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("    title: A quiet night\n", "", 2, "'title' is missing."),
        ("    debrief: Who", "    mood: low\n    debrief: Who", 15, "the key 'mood' is not known here."),
        ("id: quiet-night", "id: Quiet night", 2, "id cannot be 'Quiet night'."),
        ("asks: [Who answers?]", "asks: []", 12, "'asks' is empty."),
        ("asks: [Who answers?]", "asks: [Who answers?, Who writes?]", 8, "asks and asks_fr are not of one length."),
        ("[plan/call-security, guidance]", "[plan/]", 14, "look_at cannot be 'plan/'."),
        ("text: A call.", "text: ''", 10, "text is not what belongs here."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, old: str, new: str, line: int, found: str) -> None:
    assert old in GOOD
    with pytest.raises(BadRule) as fault:
        read_scenarios(written(tmp_path, GOOD.replace(old, new, 1)))
    (problem,) = fault.value.problems
    assert problem.where == f"scenarios.yaml, line {line}"
    assert problem.found == found


def test_an_id_stands_once(tmp_path: Path) -> None:
    twice = GOOD + GOOD.removeprefix("scenarios:\n")
    with pytest.raises(BadRule, match=r"line 17: the scenario 'quiet-night' stands twice\."):
        read_scenarios(written(tmp_path, twice))


def test_a_key_twice_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRule, match="stands twice"):
        read_scenarios(written(tmp_path, GOOD.replace("    title:", "    title: X\n    title:", 1)))
    with pytest.raises(BadRule, match="cannot be read"):
        read_scenarios(tmp_path / "none.yaml")


def test_those_shipped_play_in_invented_countries_and_fill_an_hour() -> None:
    shipped = read_scenarios()
    assert len(shipped) == 8
    for one in shipped:
        assert any(country in one.setting.en for country in INVENTED), one.id
        assert any(country in one.setting.fr for country in INVENTED), one.id
        assert 2 <= len(one.injects) <= 4, one.id
        assert all(inject.look_at for inject in one.injects), one.id


def test_those_shipped_are_well_set_in_both_languages() -> None:
    for one in read_scenarios():
        for text in said(one):
            assert text.en != text.fr, f"{one.id}: not translated: {text.en}"
            assert "'" not in text.en + text.fr, f"{one.id}: a typewriter’s apostrophe"
            assert not re.search(r"[^\s\u00a0\u202f][:;!?»](?:\s|$)| [:;!?»]|« ", text.fr), f"{one.id}: {text.fr}"


def test_what_to_look_at_is_there() -> None:
    for one in read_scenarios():
        for place in (place for inject in one.injects for place in inject.look_at):
            name, _, item = place.partition("/")
            assert name in (*SECTIONS, PLAN), f"{one.id}: {place}"
            assert not item or item in {found.id for found in section(name).items}, f"{one.id}: {place}"
