"""Training scenarios: an hour around a table, in an invented country, with news that comes as it would on the day.

They stand in `content/scenarios.yaml`, read strictly, with file and line for every mistake.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from goodoffices.advice.language import section
from goodoffices.advice.written import Said
from goodoffices.core.errors import BadRule, NoAnswer, Problem
from goodoffices.norms.language import read_model

SCENARIOS: Final = Path(__file__).parent / "content" / "scenarios.yaml"
_STRICT: Final = ConfigDict(extra="forbid", frozen=True)
_ID: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_PLACE: Final = r"^[a-z]+(_[a-z]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
_Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Inject:
    """News that reaches the table: when, what, what to ask, and where advice stands.

    `look_at` names sections, or items in them as `section/item`.
    """

    at: Said
    text: Said
    asks: tuple[Said, ...]
    look_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario: the setting, the news in order, and what to talk about at the end."""

    id: str
    title: Said
    setting: Said
    injects: tuple[Inject, ...]
    debrief: Said


class InjectModel(BaseModel):
    """News as its file has it."""

    model_config = _STRICT
    at: _Text
    at_fr: _Text
    text: _Text
    text_fr: _Text
    asks: Annotated[list[_Text], Field(min_length=1)]
    asks_fr: Annotated[list[_Text], Field(min_length=1)]
    look_at: list[Annotated[str, Field(pattern=_PLACE)]] = []

    @model_validator(mode="after")
    def _asked_alike(self) -> InjectModel:
        if len(self.asks) != len(self.asks_fr):
            raise ValueError("asks and asks_fr are not of one length.\nWrite each question in both languages.")
        return self

    def value(self) -> Inject:
        """The value it stands for."""
        asks = tuple(Said(en, fr) for en, fr in zip(self.asks, self.asks_fr, strict=True))
        return Inject(Said(self.at, self.at_fr), Said(self.text, self.text_fr), asks, tuple(self.look_at))


class ScenarioModel(BaseModel):
    """A scenario as its file has it."""

    model_config = _STRICT
    id: Annotated[str, Field(pattern=_ID)]
    title: _Text
    title_fr: _Text
    setting: _Text
    setting_fr: _Text
    injects: Annotated[list[InjectModel], Field(min_length=1)]
    debrief: _Text
    debrief_fr: _Text

    def value(self) -> Scenario:
        """The value it stands for."""
        return Scenario(
            self.id,
            Said(self.title, self.title_fr),
            Said(self.setting, self.setting_fr),
            tuple(one.value() for one in self.injects),
            Said(self.debrief, self.debrief_fr),
        )


class ScenariosModel(BaseModel):
    """The file of scenarios."""

    model_config = _STRICT
    scenarios: Annotated[list[ScenarioModel], Field(min_length=1)]


def read_scenarios(path: Path = SCENARIOS) -> tuple[Scenario, ...]:
    """All scenarios of a file, in order. Raises BadRule with everything that is wrong in it."""
    problems: list[Problem] = []
    read, located = read_model(path, ScenariosModel, problems)
    if read is None or located is None:
        raise BadRule(problems)
    given = read.scenarios
    ids = [one.id for one in given]
    for number, one in enumerate(ids):
        if one in ids[:number]:
            where = located.where(("scenarios", number, "id"))
            problems.append(Problem(where, f"the scenario {one!r} stands twice.", "Give it another id."))
    if problems:
        raise BadRule(problems)
    return tuple(one.value() for one in given)


@functools.lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    """The scenarios of this room, read once."""
    return read_scenarios()


def scenario(name: str) -> Scenario:
    """One scenario. NoAnswer, with the nearest, where there is none of this id."""
    ids = [one.id for one in scenarios()]
    if name not in ids:
        near = get_close_matches(name, ids, 3, 0.4)
        hint = f" Nearest: {', '.join(near)}." if near else f" There are: {', '.join(ids)}."
        raise NoAnswer(f"there is no exercise {name!r}.{hint}", near)
    return scenarios()[ids.index(name)]


def looked_at(inject: Inject, language: str = "en") -> tuple[tuple[str, str], ...]:
    """The advice an inject points at: the section’s title, and the sentence where one item is meant."""
    found = []
    for place in inject.look_at:
        name, _, wanted = place.partition("/")
        written = section(name)
        item = next((one for one in written.items if one.id == wanted), None)
        found.append((written.title(language), item.text(language) if item else ""))
    return tuple(found)
