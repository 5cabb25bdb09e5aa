"""What a rule file may say: the shapes that its YAML is checked against, and the values they turn into."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from goodoffices.core.kinds import FIELDS, KINDS, steps_of
from goodoffices.norms.rules import (
    AllOf,
    Already,
    AnyOf,
    Condition,
    During,
    InForce,
    Member,
    Met,
    Not,
    Party,
    Pattern,
    ReadingIs,
    Recorded,
    Same,
    Term,
)

_STRICT: Final = ConfigDict(extra="forbid", frozen=True)
_Words = str | list[str]

_ONLY: Final[dict[str, tuple[str, ...]]] = {
    "obligation": (
        "trigger",
        "must",
        "within",
        "already",
        "preemptive",
        "after_deadline",
        "late_performance",
        "refused_by",
        "ended_by",
        "record",
        "soft",
    ),
    "status": ("begins", "ends", "on_tie"),
    "definition": ("met_if",),
    "prohibition": ("while", "forbids"),
    "permission": ("if", "exercised_by"),
    "power": ("if", "exercised_by"),
}
_NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "obligation": ("trigger", "must"),
    "status": ("begins",),
    "definition": ("met_if",),
    "prohibition": ("while",),
    "permission": ("if",),
    "power": ("if",),
}


def _list(words: _Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


class SameModel(BaseModel):
    model_config = _STRICT
    field: str
    as_in: PatternModel

    def value(self) -> Same:
        return Same(self.field, self.as_in.value())


class PatternModel(BaseModel):
    """A fact pattern: kind, actor, and any value field of the kind."""

    model_config = ConfigDict(extra="allow", frozen=True)
    kind: _Words
    actor: _Words = ()  # type: ignore[assignment]
    same: list[SameModel] = []

    @model_validator(mode="after")
    def _known(self) -> PatternModel:
        for kind in _list(self.kind):
            if kind not in KINDS:
                raise ValueError(f"{kind!r} is no kind of fact; the kinds are listed in goodoffices/core/kinds.py")
        for name, words in (self.model_extra or {}).items():
            if name not in FIELDS:
                raise ValueError(f"{name!r} is no field of a fact")
            for kind in _list(self.kind):
                if name not in KINDS[kind].needs + KINDS[kind].may:
                    raise ValueError(f"facts of kind {kind!r} have no field {name!r}")
                allowed = steps_of(kind, name)
                for word in _list(words):
                    if allowed and not word.startswith("$") and word not in allowed:
                        raise ValueError(f"{name} is one of {', '.join(allowed)}, not {word!r}")
        return self

    def value(self) -> Pattern:
        extra = tuple((name, _list(words)) for name, words in (self.model_extra or {}).items())
        return Pattern(_list(self.kind), _list(self.actor), extra, tuple(one.value() for one in self.same))


class LookModel(PatternModel):
    """A pattern in a condition, with what finding none means."""

    silence: Literal["fails", "unknown"] | None = None

    def quiet(self) -> str:
        """Silence of acts that are published means they were not done; of others, nothing."""
        public = all(KINDS[kind].public_record for kind in _list(self.kind))
        return self.silence or ("fails" if public else "unknown")


class ReadingModel(BaseModel):
    model_config = _STRICT
    parameter: str
    is_: Annotated[str, Field(alias="is")]


class ConditionModel(BaseModel):
    """Exactly one of these keys."""

    model_config = _STRICT
    all: list[ConditionModel] | None = None
    any: list[ConditionModel] | None = None
    not_: Annotated[ConditionModel | None, Field(alias="not")] = None
    recorded: LookModel | None = None
    during: LookModel | None = None
    member: str | None = None
    party: str | None = None
    met: str | None = None
    in_force: str | None = None
    reading: ReadingModel | None = None

    @model_validator(mode="after")
    def _one(self) -> ConditionModel:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                "a condition has exactly one of all, any, not, recorded, during, member, party, met, in_force, reading"
            )
        return self

    def value(self) -> Condition:
        if self.all is not None:
            return AllOf(tuple(part.value() for part in self.all))
        if self.any is not None:
            return AnyOf(tuple(part.value() for part in self.any))
        if self.not_ is not None:
            return Not(self.not_.value())
        if self.recorded is not None:
            return Recorded(self.recorded.value(), self.recorded.quiet())
        if self.during is not None:
            return During(self.during.value(), self.during.quiet())
        if self.reading is not None:
            return ReadingIs(self.reading.parameter, self.reading.is_)
        return self._simple()

    def _simple(self) -> Condition:
        for name, make in (("member", Member), ("party", Party), ("met", Met), ("in_force", InForce)):
            word = getattr(self, name)
            if word is not None:
                return make(word)
        raise ValueError("an empty condition")


class TermModel(BaseModel):
    model_config = _STRICT
    unit: Literal["hour", "calendar_day", "working_day", "month"]
    amount: int | None = None
    parameter: str | None = None

    @model_validator(mode="after")
    def _one(self) -> TermModel:
        if (self.amount is None) == (self.parameter is None):
            raise ValueError("a term has an amount or a parameter, not both")
        if self.amount is not None and self.amount < 1:
            raise ValueError("a term is at least 1")
        return self

    def value(self) -> Term:
        return Term(self.unit, self.amount, self.parameter or "")


class AlreadyModel(BaseModel):
    """A status that, standing when the duty arises, leaves nothing to do."""

    model_config = _STRICT
    status: str
    is_: Annotated[Literal["in_force", "ended"], Field(alias="is")]

    def value(self) -> Already:
        return Already(self.status, self.is_)


class ExemptionModel(BaseModel):
    model_config = _STRICT
    when: ConditionModel
    title: str
    citations: Annotated[list[str], Field(min_length=1)]


class InstrumentModel(BaseModel):
    model_config = _STRICT
    title: str
    title_fr: str
    reference: str
    force: Literal["treaty", "rules", "declaration", "policy", "practice"]
    adopted: str
    in_force: str
    attribution: str = ""


class ArticleModel(BaseModel):
    model_config = _STRICT
    instrument: str
    article: str
    checked: Literal["yes", "no"]
    seen_at: str = ""
    note: str = ""


class RuleModel(BaseModel):
    model_config = _STRICT
    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Literal["obligation", "prohibition", "permission", "power", "status", "definition"]
    title: str
    title_fr: str
    text: str
    text_fr: str
    bearer: str
    citations: Annotated[list[str], Field(min_length=1)]
    in_force: str
    applies_if: ConditionModel | None = None
    unless: list[ExemptionModel] = []
    trigger: ConditionModel | None = None
    must: PatternModel | None = None
    within: TermModel | None = None
    already: AlreadyModel | None = None
    preemptive: Literal["yes", "no"] = "no"
    after_deadline: Literal["persists", "lapses"] = "persists"
    late_performance: Literal["cures", "none"] = "cures"
    refused_by: PatternModel | None = None
    ended_by: PatternModel | None = None
    record: Literal["public", "not_public"] = "public"
    soft: Literal["yes", "no"] = "no"
    begins: list[PatternModel] = []
    ends: list[PatternModel] = []
    on_tie: Literal["ends_last", "begins_last"] = "ends_last"
    met_if: ConditionModel | None = None
    while_: Annotated[ConditionModel | None, Field(alias="while")] = None
    forbids: PatternModel | None = None
    if_: Annotated[ConditionModel | None, Field(alias="if")] = None
    exercised_by: PatternModel | None = None

    @model_validator(mode="after")
    def _fitting(self) -> RuleModel:
        given = {("while" if name == "while_" else "if" if name == "if_" else name) for name in self.model_fields_set}
        foreign = [
            name for kind, names in _ONLY.items() for name in names if name in given and name not in _ONLY[self.kind]
        ]
        if foreign:
            raise ValueError(f"{self.kind} has no {foreign[0]!r}; it takes {', '.join(_ONLY[self.kind])}")
        missing = [name for name in _NEEDS[self.kind] if name not in given]
        if missing:
            raise ValueError(f"{self.kind} needs {missing[0]!r}")
        return self


class RulesFile(BaseModel):
    model_config = _STRICT
    rulebook: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    title: str
    title_fr: str
    version: str
    instruments: dict[str, InstrumentModel]
    articles: dict[str, ArticleModel]
    rules: Annotated[list[RuleModel], Field(min_length=1)]


class ParameterModel(BaseModel):
    model_config = _STRICT
    title: str
    title_fr: str
    value: str
    certainty: Literal["text", "interpretation"]
    unit: str = ""
    alternatives: list[str] = []
    citation: str = ""
    note: str = ""


class ValuesFile(BaseModel):
    model_config = _STRICT
    values: dict[str, ParameterModel]
