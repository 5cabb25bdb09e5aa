"""The advice held against the report, line by line: what a row says the advice came to is what it comes to."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from goodoffices.advice.items import COURSES
from goodoffices.advice.language import ROOM, SECTIONS, section
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.yamlfile import read_yaml
from goodoffices.desk.advising import advice_on
from goodoffices.desk.desk import Desk
from goodoffices.desk.views import Moment
from goodoffices.norms.language import explain
from record import TODAY

from .test_sections import BARE

REPORT = ROOM / "report.yaml"
ZEROS = {
    "mali-2020": date(2020, 8, 18),
    "mali-2021": date(2021, 5, 24),
    "sudan-2021": date(2021, 10, 25),
    "afghanistan-2021": date(2021, 8, 15),
}
DAYS = (1, 10, 100, 500)
ABSENT = "absent"
_STRICT = ConfigDict(extra="forbid", frozen=True)
_Text = Annotated[str, Field(min_length=1)]
_Case = Literal["mali-2020", "mali-2021", "sudan-2021", "afghanistan-2021"]
_Came = Literal["applies", "perhaps", "absent", "continue", "adapt", "redirect", "suspend", "stop"]


class Line(BaseModel):
    """One row: what the report says, which advice it is held against, and how the two stand to each other."""

    model_config = _STRICT
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    case: _Case
    day: int
    report: _Text
    report_fr: _Text
    at: Annotated[str, Field(min_length=1)]
    advice: Annotated[str, Field(min_length=1)]
    came: _Came
    verdict: Literal["agrees", "differs", "silent"]
    why: str = ""
    why_fr: str = ""

    @model_validator(mode="after")
    def _reasons(self) -> Line:
        if bool(self.why) != bool(self.why_fr):
            raise ValueError("why stands in one language alone.\nWrite why and why_fr.")
        if self.verdict != "agrees" and not self.why:
            raise ValueError(f"{self.id} {self.verdict} and no reason is given.\nWrite why and why_fr.")
        return self

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Each text in both languages."""
        return tuple(one for one in ((self.report, self.report_fr), (self.why, self.why_fr)) if one[0])


class Lines(BaseModel):
    """The file."""

    model_config = _STRICT
    lines: list[Line]


def read_lines(path: Path = REPORT) -> list[Line]:
    """All rows. BadRecord with every problem in the file."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    try:
        return Lines.model_validate(located.data).lines
    except ValidationError as fault:
        raise BadRecord(explain(fault, located)) from fault


ALL = read_lines()
QUESTIONS = sorted({(one.case, one.day) for one in ALL})


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    text = REPORT.read_text(encoding="utf-8")
    path.write_text(text.replace("verdict: differs", "verdict: wrong", 1).replace("    at:", "    page:", 1), "utf-8")
    with pytest.raises(BadRecord) as refused:
        read_lines(path)
    told = [str(one) for one in refused.value.problems]
    assert any("verdict cannot be 'wrong'" in one for one in told), told
    assert any("the key 'page' is not known here" in one for one in told), told
    assert all(re.match(r"report\.yaml, line \d+", one.where) for one in refused.value.problems)


def test_every_case_day_and_section_is_covered() -> None:
    assert len(ALL) >= 60
    twice = [one for one, count in Counter(line.id for line in ALL).items() if count > 1]
    assert not twice
    assert set(QUESTIONS) == set(product(ZEROS, DAYS))
    by_case = {(line.case, line.advice.partition("/")[0]) for line in ALL}
    assert {name for _, name in by_case} == set(SECTIONS)
    assert {line.verdict for line in ALL} == {"agrees", "differs", "silent"}


def test_every_row_is_in_both_languages() -> None:
    for line in ALL:
        for english, french in line.texts:
            assert english != french, line.id
            assert "'" not in english + french, f"{line.id}: a typewriter’s apostrophe"
            assert not BARE.search(french), f"{line.id}: French spaces: {french}"
            assert english.endswith(".") and french.endswith("."), line.id


def test_no_two_rows_hold_the_same_against_the_same() -> None:
    held = Counter((line.case, line.day, line.advice, line.report) for line in ALL)
    assert max(held.values()) == 1


def test_the_advice_is_one_that_is_written() -> None:
    """An item that there is not would be absent on every day."""
    for line in ALL:
        name, _, item = line.advice.partition("/")
        written = item in {one.id for one in section(name).items}
        assert written is (line.came not in COURSES), line.id
        assert written or name == "triage", line.id


@pytest.mark.parametrize(("case", "day"), QUESTIONS, ids=str)
def test_the_advice_came_as_the_rows_say(advised: Desk, case: str, day: int) -> None:
    moment = ZEROS[case] + timedelta(days=day)
    advice = advice_on(advised, case, Moment(moment, moment, TODAY.date()))
    came: dict[str, str] = {f"{item.section}/{item.id}": item.standing for item in advice.items if not item.course}
    came |= {f"triage/{item.id.partition('/')[2]}": item.course for item in advice.items if item.course}
    wrong = {
        line.id: f"{line.advice} is {came.get(line.advice, ABSENT)}, not {line.came}"
        for line in ALL
        if (line.case, line.day) == (case, day) and came.get(line.advice, ABSENT) != line.came
    }
    assert not wrong
