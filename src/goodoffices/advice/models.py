"""What an advice file may say: the shapes that its YAML is checked against, and the values they turn into."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from goodoffices.advice import written
from goodoffices.advice.written import Said, When
from goodoffices.core.kinds import MISSION_TYPES
from goodoffices.norms.models import PatternModel

_STRICT: Final = ConfigDict(extra="forbid", frozen=True)
_ID: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_KEYS: Final = "Write one of rule, all, any, not, days, mission, later_change, earlier_changes, overdue, opinion, task."
_Words = str | list[str]


def _list(words: _Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


class FromTo(BaseModel):
    """A number of days; either end may be left out."""

    model_config = _STRICT
    from_: Annotated[int | None, Field(alias="from")] = None
    to: int | None = None

    @model_validator(mode="after")
    def _some(self) -> FromTo:
        if self.from_ is None and self.to is None:
            raise ValueError("from and to are both missing.\nWrite {from: 0, to: 14}.")
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise ValueError("from lies after to.\nSwap them.")
        return self


class AtLeast(BaseModel):
    """So many or more."""

    model_config = _STRICT
    from_: Annotated[int, Field(alias="from", ge=1)]


class TaskModel(BaseModel):
    """Which tasks a course is for."""

    model_config = _STRICT
    matter: _Words = []
    with_: Annotated[_Words, Field(alias="with")] = []


class WhenModel(BaseModel):
    """A condition: exactly one of its keys, and `is` beside `rule`."""

    model_config = _STRICT
    rule: str | None = None
    is_: Annotated[_Words | None, Field(alias="is")] = None
    all: list[WhenModel] | None = None
    any: list[WhenModel] | None = None
    not_: Annotated[WhenModel | None, Field(alias="not")] = None
    days: FromTo | None = None
    mission: _Words | None = None
    later_change: Literal["yes"] | None = None
    earlier_changes: AtLeast | None = None
    overdue: Literal["yes"] | None = None
    opinion: _Words | None = None
    task: TaskModel | None = None

    @model_validator(mode="after")
    def _one(self) -> WhenModel:
        given = [name for name in type(self).model_fields if name != "is_" and getattr(self, name) is not None]
        if len(given) != 1:
            found = ", ".join(repr(name.rstrip("_")) for name in given) or "nothing"
            raise ValueError(f"a condition says one thing; here stands {found}.\n{_KEYS}")
        if (self.rule is None) != (self.is_ is None):
            raise ValueError("rule and is go together.\nWrite {rule: un.limited-contact, is: in_force}.")
        for word in _list(self.mission or []):
            if word not in (*MISSION_TYPES, "none"):
                raise ValueError(f"there is no mission type {word!r}.\nTypes: {', '.join((*MISSION_TYPES, 'none'))}.")
        for word in _list(self.opinion or []):
            if word not in ("majority", "minority", "unknown"):
                raise ValueError(f"opinion cannot be {word!r}.\nWrite majority, minority or unknown.")
        return self

    def value(self) -> When:
        """The value it stands for."""
        if self.all is not None:
            return written.All(tuple(part.value() for part in self.all))
        if self.any is not None:
            return written.Any(tuple(part.value() for part in self.any))
        if self.not_ is not None:
            return written.Not(self.not_.value())
        return self._simple()

    def _simple(self) -> When:
        if self.rule is not None:
            return written.RuleIs(self.rule, _list(self.is_ or []))
        if self.days is not None:
            return written.Days(self.days.from_, self.days.to)
        if self.mission is not None:
            return written.MissionIs(_list(self.mission))
        if self.earlier_changes is not None:
            return written.EarlierChanges(self.earlier_changes.from_)
        if self.opinion is not None:
            return written.OpinionIs(_list(self.opinion))
        if self.task is not None:
            return written.TaskIs(_list(self.task.matter), _list(self.task.with_))
        return written.LaterChange() if self.later_change else written.Overdue()


class CitedModel(BaseModel):
    """A source, by its id, and the place in it."""

    model_config = _STRICT
    id: str
    at: str = ""


class GivenModel(BaseModel):
    """What items and courses have in common."""

    model_config = _STRICT
    text: Annotated[str, Field(min_length=1)]
    text_fr: Annotated[str, Field(min_length=1)]
    basis: Literal["rule", "guidance", "precedent", "judgement"]
    when: WhenModel | None = None
    rules: list[str] = []
    sources: list[CitedModel] = []
    facts: list[PatternModel] = []
    elsewhere: list[PatternModel] = []
    changes: str = ""
    changes_fr: str = ""

    @model_validator(mode="after")
    def _based(self) -> GivenModel:
        if self.basis == "rule" and not self.rules:
            raise ValueError("its basis is a rule, and it names none.\nAdd rules:, a list of rule ids.")
        if self.basis == "guidance" and not (self.rules or self.sources):
            raise ValueError("its basis is guidance, and it names none.\nAdd sources: or rules:.")
        if self.basis == "precedent" and not self.elsewhere:
            raise ValueError("its basis is a precedent, and it says none.\nAdd elsewhere:, a list of patterns.")
        if bool(self.changes) != bool(self.changes_fr):
            raise ValueError("changes and changes_fr go together.\nWrite both languages.")
        return self


class ItemModel(GivenModel):
    """An item."""

    id: Annotated[str, Field(pattern=_ID)]
    group: str
    side: Literal["for", "against", "limit", ""] = ""
    owner: str = ""
    clock: str = ""
    clock_fr: str = ""

    @model_validator(mode="after")
    def _timed(self) -> ItemModel:
        if bool(self.clock) != bool(self.clock_fr):
            raise ValueError("clock and clock_fr go together.\nWrite both languages.")
        return self


class CourseModel(GivenModel):
    """A course for a kind of task."""

    course: Literal["continue", "adapt", "redirect", "suspend", "stop"]
    tell: str = ""
    tell_fr: str = ""

    @model_validator(mode="after")
    def _told(self) -> CourseModel:
        if bool(self.tell) != bool(self.tell_fr):
            raise ValueError("tell and tell_fr go together.\nWrite both languages.")
        return self


class CoursesModel(BaseModel):
    """The courses for some kinds of task; the last must hold always."""

    model_config = _STRICT
    matters: Annotated[list[str], Field(min_length=1)]
    courses: Annotated[list[CourseModel], Field(min_length=1)]

    @model_validator(mode="after")
    def _ends(self) -> CoursesModel:
        if self.courses[-1].when is not None:
            raise ValueError(
                "the last course has a condition, so that a task may find none.\nEnd with one without when:."
            )
        return self


class GroupModel(BaseModel):
    """A part of a section."""

    model_config = _STRICT
    title: str
    title_fr: str
    lead: str = ""
    lead_fr: str = ""

    def value(self, name: str) -> written.WrittenGroup:
        """The value it stands for."""
        return written.WrittenGroup(name, Said(self.title, self.title_fr), Said(self.lead, self.lead_fr))


class SectionModel(BaseModel):
    """A section's file."""

    model_config = _STRICT
    section: Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
    title: str
    title_fr: str
    lead: str
    lead_fr: str
    groups: dict[str, GroupModel]
    items: list[ItemModel] = []
    courses: list[CoursesModel] = []


class OriginModel(BaseModel):
    """A source of advice."""

    model_config = _STRICT
    title: str
    title_fr: str
    published: str
    public: Literal["yes", "no"]


class OriginsModel(BaseModel):
    """The file of sources."""

    model_config = _STRICT
    sources: dict[str, OriginModel]
