"""What an edit would change: facts, findings, claims, and what loading it does; the user's ledger stays as it was."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from goodoffices.casebook.files import CASES
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.comparisons import difference_record
from goodoffices.desk.differing import Difference, difference
from record import clock

from .test_intake import CASE, MORE, STATES

SUSPENDED = """\
  au-suspension:
    kind: suspension
    when: {day}
    actor: au-psc
    text: "The Council suspends Utopia."
    confidence: high
    sources: [radio]
"""
DAY = "2024-03-05"


def case(day: str = DAY, text: str = "Soldiers take the palace.", more: str = MORE) -> str:
    """Utopia's case file."""
    return CASE.format(text=text, more=more + SUSPENDED.format(day=day))


def erewhon(day: str = "2020-01-10") -> str:
    """A second case, of the same state."""
    return case(day).replace("utopia-2024", "erewhon-2020").replace("2024-03-01", "2020-01-01").replace(MORE, "")


@pytest.fixture
def installed(tmp_path: Path) -> tuple[Path, Path]:
    """A small casebook as it is: two cases and a state."""
    root = tmp_path / "installed"
    (root / "cases").mkdir(parents=True)
    (root / "states.yaml").write_text(STATES, encoding="utf-8")
    (root / "cases" / "utopia-2024.yaml").write_text(case(), encoding="utf-8")
    (root / "cases" / "erewhon-2020.yaml").write_text(erewhon(), encoding="utf-8")
    return root / "cases", root / "states.yaml"


def edited(tmp_path: Path, text: str, name: str = "utopia-2024") -> Path:
    """A file that a person edited, in a folder of their own."""
    path = tmp_path / "mine" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def diff(given: Path, installed: tuple[Path, Path], day: date | None = None) -> Difference:
    return difference(given, clock, (day, day), installed=installed)


def facts(found: Difference) -> dict[str, str]:
    return {change.fact.key: change.what for change in found.facts}


def loading(found: Difference) -> tuple[int, int, int]:
    return found.taken_in.added, found.taken_in.corrected, found.taken_in.retracted


def test_an_unchanged_copy_changes_nothing(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    found = diff(edited(tmp_path, case()), installed)
    assert (found.facts, found.findings, found.claims) == ((), (), ())
    assert not found.taken_in.anything
    whole = tmp_path / "whole"
    shutil.copytree(installed[0].parent, whole)
    for place in (installed[0], whole):
        again = diff(place, installed)
        assert (again.facts, again.findings, again.claims, again.taken_in.anything) == ((), (), (), False)


def test_a_comment_and_another_order_change_nothing(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    moved = "# Looked over.\n" + CASE.format(text="Soldiers take the palace.", more=SUSPENDED.format(day=DAY) + MORE)
    found = diff(edited(tmp_path, moved), installed)
    assert (found.facts, found.findings, loading(found)) == ((), (), (0, 0, 0))


def test_a_moved_day_is_a_correction_and_changes_findings(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    found = diff(edited(tmp_path, case("2024-05-05")), installed)
    assert facts(found) == {"utopia-2024/au-suspension": "corrected"}
    assert loading(found) == (0, 1, 0)
    change = found.facts[0]
    assert change.before and change.after
    assert (change.before.span.text, change.after.span.text) == (DAY, "2024-05-05")
    suspend = next(one for one in found.findings if one.rule == "au.suspend")
    assert suspend.before and suspend.after
    assert (suspend.before.day, suspend.after.day) == (4, 65)
    assert {one.case for one in found.findings} == {"utopia-2024"}


def test_what_is_not_done_any_more_flips_the_finding(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    without = case().replace(SUSPENDED.format(day=DAY), "")
    found = diff(edited(tmp_path, without), installed)
    assert facts(found) == {"utopia-2024/au-suspension": "withdrawn"}
    assert loading(found) == (0, 0, 1)
    assert {"au.suspend", "au.suspended"} <= {one.rule for one in found.findings if one.flips}
    suspend = next(one for one in found.findings if one.rule == "au.suspend")
    assert suspend.before and suspend.after
    assert suspend.before.state == "fulfilled" != suspend.after.state


def test_a_changed_sentence_changes_no_finding(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    found = diff(edited(tmp_path, case(text="Soldiers take the palace at dawn.")), installed)
    assert facts(found) == {"utopia-2024/seizure": "corrected"}
    assert not any(one.flips for one in found.findings)
    assert found.claims == ()


def test_as_of_an_earlier_day_a_later_act_changes_no_finding(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    path = edited(tmp_path, case("2024-05-05"))
    early = diff(path, installed, date(2024, 3, 2))
    assert facts(early) == {"utopia-2024/au-suspension": "corrected"}
    assert not any(one.flips for one in early.findings)
    between = diff(path, installed, date(2024, 4, 1))
    assert {"au.suspend", "au.suspended"} <= {one.rule for one in between.findings if one.flips}
    assert (between.moment.as_of, between.moment.known_at) == (date(2024, 4, 1), date(2024, 4, 1))


def test_a_new_case_file_gives_new_facts_and_findings(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    new = erewhon().replace("erewhon-2020", "ruritania-2020")
    found = diff(edited(tmp_path, new, "ruritania-2020"), installed)
    assert set(facts(found).values()) == {"new"}
    assert {key.partition("/")[0] for key in facts(found)} == {"ruritania-2020"}
    assert loading(found) == (len(found.facts), 0, 0)
    mine = [one for one in found.findings if one.case == "ruritania-2020"]
    assert mine
    assert all(one.before is None and one.after and one.flips for one in mine)


def test_a_folder_of_files_is_compared_at_once(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    edited(tmp_path, case("2024-05-05"))
    folder = edited(tmp_path, erewhon("2020-02-10"), "erewhon-2020").parent
    found = diff(folder, installed)
    assert facts(found) == {"erewhon-2020/au-suspension": "corrected", "utopia-2024/au-suspension": "corrected"}
    assert {one.case for one in found.findings} == {"erewhon-2020", "utopia-2024"}


def test_a_folder_leaves_alone_the_cases_it_does_not_hold(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    found = diff(edited(tmp_path, case("2024-05-05")).parent, installed)
    assert "withdrawn" not in facts(found).values()


def test_a_case_left_out_of_a_whole_casebook_is_withdrawn(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(installed[0].parent, whole)
    (whole / "cases" / "erewhon-2020.yaml").unlink()
    found = diff(whole, installed)
    assert set(facts(found).values()) == {"withdrawn"}
    assert {key.partition("/")[0] for key in facts(found)} == {"erewhon-2020"}
    assert loading(found) == (0, 0, len(found.facts))
    mine = [one for one in found.findings if one.case == "erewhon-2020"]
    assert mine
    assert all(one.before and one.after is None and one.flips for one in mine)


def test_the_register_of_states_of_a_whole_casebook_counts(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(installed[0].parent, whole)
    (whole / "states.yaml").write_text(STATES.replace("1999-01-01", "2024-06-01"), encoding="utf-8")
    found = diff(whole, installed)
    assert facts(found) == {"state:UTO/au-member": "corrected"}
    assert {"au.suspend"} <= {one.rule for one in found.findings if one.flips}


# ---------------------------------------------------------------- what cannot be compared


def test_a_broken_file_is_told_with_file_and_line_and_all_its_problems(
    tmp_path: Path, installed: tuple[Path, Path]
) -> None:
    broken = case("2024-02-30").replace("kind: leadership", "kind: rumour")
    with pytest.raises(BadRecord) as refused:
        diff(edited(tmp_path, broken), installed)
    said = [str(problem) for problem in refused.value.problems]
    assert len(said) >= 2
    assert all(one.startswith("utopia-2024.yaml, line ") for one in said)
    assert any("2024-02-30" in one for one in said)
    assert any("rumour" in one for one in said)


def test_problems_of_every_file_of_a_folder_are_told_at_once(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    edited(tmp_path, case("2024-02-30"))
    folder = edited(tmp_path, "case: dystopia-2024\nfoo: bar\n", "dystopia-2024").parent
    with pytest.raises(BadRecord) as refused:
        diff(folder, installed)
    assert {problem.where.partition(",")[0] for problem in refused.value.problems} == {
        "utopia-2024.yaml",
        "dystopia-2024.yaml",
    }


def test_a_broken_file_of_a_whole_casebook_is_told(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(installed[0].parent, whole)
    (whole / "cases" / "utopia-2024.yaml").write_text(case("2024-02-30"), encoding="utf-8")
    (whole / "states.yaml").unlink()
    with pytest.raises(BadRecord) as refused:
        diff(whole, installed)
    assert any("2024-02-30" in str(problem) for problem in refused.value.problems)
    assert any("states.yaml" in str(problem) for problem in refused.value.problems)


def test_a_file_that_is_not_there_has_no_answer(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    with pytest.raises(NoAnswer, match=r"utopia-2099\.yaml"):
        diff(tmp_path / "utopia-2099.yaml", installed)


def test_an_empty_folder_is_refused(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(BadRecord, match="no case file"):
        diff(tmp_path / "nothing", installed)


def test_a_file_under_another_name_is_refused(tmp_path: Path, installed: tuple[Path, Path]) -> None:
    with pytest.raises(BadRecord, match="utopia-2024"):
        diff(edited(tmp_path, case(), "my-edit"), installed)


# ---------------------------------------------------------------- the installed casebook


@pytest.fixture(scope="module")
def mali(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """Two files of Mali edited: the coup of 2020 a month and more earlier, the suspension of 2021 later."""
    folder = tmp_path_factory.mktemp("mali")
    moved = {"mali-2020": ("seizure", "2020-06-01"), "mali-2021": ("au-suspension", "2021-07-20")}
    for name, (key, day) in moved.items():
        text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
        head, mark, rest = text.partition(f"\n  {key}:\n")
        line = next(one for one in rest.splitlines() if one.startswith("    when: "))
        (folder / f"{name}.yaml").write_text(head + mark + rest.replace(line, f"    when: {day}", 1), encoding="utf-8")
    return difference(folder, clock)


def test_two_moved_days_of_mali_are_two_corrections(mali: Difference) -> None:
    changed = facts(mali)
    assert {"mali-2020/seizure", "mali-2021/au-suspension"} <= set(changed)
    assert set(changed.values()) == {"corrected"}
    # The head and the gaps of a case open on the day of its seizure and move with it.
    assert {key for key in changed if "gap" not in key} - {"mali-2020/case"} == {
        "mali-2020/seizure",
        "mali-2021/au-suspension",
    }
    assert loading(mali) == (0, len(changed), 0)


def test_a_later_suspension_shows_in_the_finding(mali: Difference) -> None:
    suspend = next(one for one in mali.findings if (one.case, one.rule) == ("mali-2021", "au.suspend"))
    assert suspend.before and suspend.after
    assert suspend.before.day is not None and suspend.after.day is not None
    assert suspend.before.day < suspend.after.day == 57


def test_a_moved_seizure_flips_a_claim(mali: Difference) -> None:
    flipped = {one.before.claim.id: one for one in mali.claims if one.flips}
    assert "SC032" in flipped  # the Council's statement came two months after the coup of 2020
    one = flipped["SC032"]
    assert one.before.claim == one.after.claim
    assert one.before.verdict is not one.after.verdict


def test_the_record_of_a_difference_is_json(mali: Difference) -> None:
    record = json.loads(json.dumps(difference_record(mali)))
    assert tuple(record) == ("as_of", "known_at", "facts", "findings", "claims", "loading")
    assert set(record["facts"][0]) == {"change", "key", "before", "after"}
    assert set(record["findings"][0]) == {"case", "rule", "flips", "before", "after"}
    assert set(record["claims"][0]) == {"id", "text", "flips", "before", "after"}
    assert record["loading"] == {"new": 0, "corrected": len(mali.facts), "withdrawn": 0}
    assert {one["id"] for one in record["claims"] if one["flips"]} >= {"SC032"}


def test_no_ledger_is_touched(
    tmp_path: Path, installed: tuple[Path, Path], ledger_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODOFFICES_DATABASE_URL", str(ledger_file))
    kept = {path: path.read_bytes() for path in (ledger_file, ledger_file.with_name("ledger.db.heads"))}
    before = sorted(installed[0].rglob("*"))
    diff(edited(tmp_path, case("2024-05-05")), installed)
    assert {path: path.read_bytes() for path in kept} == kept
    assert sorted(installed[0].rglob("*")) == before
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["utopia-2024.yaml"]
