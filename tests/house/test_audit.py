"""The audit of the casebook: the same draw for everybody, by strata, and told without flattery."""

from __future__ import annotations

import csv
import functools
import importlib.util
import io
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from goodoffices.casebook.files import read_casebook
from goodoffices.core.kinds import OWN_KINDS

ROOT = Path(__file__).parents[2]
KEYS = {fact.key: fact for fact in read_casebook().facts}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """tools/audit.py as a module."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.population = functools.cache(module.population)  # the casebook is read once for all tests
    return module


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes what an audit filled in: so many rows a confidence and verdict."""

    def filled(**counts: int) -> Path:
        path = tmp_path / "audit.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, ("key", "confidence", "verdict"))
            out.writeheader()
            for words, count in counts.items():
                confidence, _, verdict = words.partition("_")
                row = {"confidence": confidence, "verdict": verdict.replace("__", " ")}
                out.writerows({"key": f"{words}/{number}", **row} for number in range(count))
        return path

    return filled


def cells(told: str, stratum: str) -> list[str]:
    """The cells of one line of the table."""
    line = next(one for one in told.splitlines() if one.startswith(f"| {stratum} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


# ---------------------------------------------------------------- the draw


def test_one_seed_draws_the_same_facts_and_another_others(audit: ModuleType) -> None:
    first = [fact.key for fact in audit.drawn(20261121)]
    assert [fact.key for fact in audit.drawn(20261121)] == first
    assert [fact.key for fact in audit.drawn(1)] != first


def test_the_draw_is_stratified_and_draws_no_fact_twice(audit: ModuleType) -> None:
    for seed in range(3):
        facts = audit.drawn(seed)
        assert Counter(fact.confidence for fact in facts) == audit.DRAWN
        assert len({fact.key for fact in facts}) == sum(audit.DRAWN.values()) == 100


def test_only_facts_that_cite_a_page_are_drawn(audit: ModuleType) -> None:
    for word, among in audit.population().items():
        assert len(among) >= audit.DRAWN[word]
        for fact in among:
            assert fact.confidence == word
            assert fact.kind not in OWN_KINDS
            assert not fact.subject.startswith("state:")
            assert fact.citations
    every = {fact.key for among in audit.population().values() for fact in among}
    assert {"mali-2021/au-suspension", "mission:minusma/res-2584"} <= every
    assert not every & {"mali-2021/case", "mali-2021/gap-1", "state:MLI/au-member"}


def test_the_draw_is_written_as_a_sheet_to_fill_in(audit: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    audit.draw(7)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == audit.COLUMNS
    assert [row["key"] for row in rows] == [fact.key for fact in audit.drawn(7)]
    for row in rows:
        assert (row["verdict"], row["found"], row["mended"]) == ("", "", "")
        assert row["text"] == KEYS[row["key"]].text
        assert row["source"]


def test_a_sheet_nobody_filled_in_cannot_be_told(
    audit: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    audit.draw(7)
    path = tmp_path / "sheet.csv"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    with pytest.raises(SystemExit, match="no verdict"):
        audit.tell(path)


# ---------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("wrong", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(audit: ModuleType, wrong: int, of: int, low: float, high: float) -> None:
    assert audit.interval(wrong, of) == pytest.approx((low, high), abs=0.0001)


def test_the_interval_of_nothing_says_nothing(audit: ModuleType) -> None:
    assert audit.interval(0, 0) == (0.0, 1.0)


def test_the_interval_is_the_same_from_either_side(audit: ModuleType) -> None:
    for wrong, of in ((0, 10), (3, 10), (17, 60), (60, 60)):
        low, high = audit.interval(wrong, of)
        assert 0.0 <= low <= wrong / of <= high <= 1.0
        other = audit.interval(of - wrong, of)
        assert (1 - other[1], 1 - other[0]) == pytest.approx((low, high))


def test_what_was_found_is_told_by_confidence(audit: ModuleType, sheet: Callable[..., Path]) -> None:
    told = audit.tell(
        sheet(high_right=55, high_wrong=3, high_unsupported=1, high_not_found=1, medium_right=25, low_right=15)
    )
    high = cells(told, "high")
    assert high[2:8] == ["60", "55", "3", "1", "1", f"{4 / 59:.1%}"]
    low, up = audit.interval(4, 59)
    assert high[8] == f"{low:.1%} to {up:.1%}"
    assert cells(told, "medium")[2:8] == ["25", "25", "0", "0", "0", "0.0%"]
    assert cells(told, "low")[2] == "15"


def test_the_whole_is_weighed_by_how_many_facts_there_are(audit: ModuleType, sheet: Callable[..., Path]) -> None:
    sizes = {word: len(among) for word, among in audit.population().items()}
    told = cells(audit.tell(sheet(high_right=60, medium_right=25, low_wrong=15)), "all, weighed")
    assert told[1] == f"{sum(sizes.values()):,}"
    assert told[2] == "100"
    assert told[7] == f"{sizes['low'] / sum(sizes.values()):.1%}"  # of the sample it would be 15 %


def test_a_page_not_found_again_decides_nothing(audit: ModuleType, sheet: Callable[..., Path]) -> None:
    few = cells(audit.tell(sheet(high_right=9, high_wrong=1, high_not_found=50, medium_right=1, low_right=1)), "high")
    assert few[7] == "10.0%"
    none = cells(audit.tell(sheet(high_not_found=60, medium_right=25, low_right=15)), "high")
    assert none[8] == "0.0% to 100.0%"


@pytest.mark.parametrize("verdict", ["maybe", "Right", "right__", ""])
def test_an_unknown_verdict_is_refused_by_the_fact_it_is_about(
    audit: ModuleType, sheet: Callable[..., Path], verdict: str
) -> None:
    path = sheet(high_right=2, **{f"low_{verdict}": 1})
    with pytest.raises(SystemExit) as refused:
        audit.tell(path)
    said = str(refused.value)
    assert f"low_{verdict}/0" in said
    assert "high_right" not in said
    assert all(word in said for word in audit.VERDICTS)


def test_the_command_asks_for_a_seed(audit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["audit.py", "draw"])
    with pytest.raises(SystemExit) as refused:
        audit.main()
    assert refused.value.code == 2


def test_the_command_draws_and_tells(
    audit: ModuleType,
    sheet: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["audit.py", "draw", "--seed", "7"])
    audit.main()
    assert len(capsys.readouterr().out.splitlines()) == 1 + sum(audit.DRAWN.values())
    path = sheet(high_right=1, medium_right=1, low_right=1)
    monkeypatch.setattr(sys, "argv", ["audit.py", "tell", str(path)])
    audit.main()
    assert capsys.readouterr().out == audit.tell(path) + "\n"
