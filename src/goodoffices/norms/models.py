"""What a rule file may say: the shapes that its YAML is checked against, and the values they turn into."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from goodoffices.core.kinds import FIELDS, KINDS, steps_of
from goodoffices.norms.matching import NOTHING
from goodoffices.norms.rules import (
    AllOf,
    Already,
    AnyOf,
    Breached,
    Condition,
    During,
    InForce,
    Member,
    Met,
    Not,
    Party,
    Pattern,
    Performed,
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
        "mode",
        "broken_by",
        "compensated_by",
        "on_retrigger",
        "on_breach",
        "unless",
        "overrides",
    ),
    "status": ("begins", "ends", "on_tie", "overrides"),
    "definition": ("met_if", "unless"),
    "prohibition": ("while", "forbids", "unless", "overrides"),
    "permission": ("if", "exercised_by", "unless", "overrides"),
    "power": ("if", "exercised_by", "unless", "overrides"),
}
_NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "obligation": ("trigger",),
    "status": ("begins",),
    "definition": ("met_if",),
    "prohibition": ("while",),
    "permission": ("if",),
    "power": ("if",),
}


# What only a duty to do something can have.
_ACHIEVED: Final = frozenset(
    ("must", "already", "preemptive", "after_deadline", "late_performance", "refused_by", "on_retrigger")
)
_CONDITION: Final = (
    "Write one of all, any, not, recorded, during, member, party, met, in_force, breached, performed, reading; join "
    "several with all or any."
)


_SIMPLE: Final = (
    *(("member", Member), ("party", Party), ("met", Met), ("in_force", InForce)),
    *(("breached", Breached), ("performed", Performed)),
)


def _nearest(word: str, words: Iterable[str]) -> str:
    known = list(words)
    close = get_close_matches(word, known, 1, 0.6)
    return f"Did you mean {close[0]!r}?" if close else f"Possible: {', '.join(known)}."


def _one(kind: str) -> str:
    return f"an {kind}" if kind == "obligation" else f"a {kind}"


def _list(words: _Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


class SameModel(BaseModel):
    """A field that must say the same as in another fact."""

    model_config = _STRICT
    field: str
    as_in: PatternModel

    @model_validator(mode="after")
    def _known(self) -> SameModel:
        if self.field not in FIELDS:
            raise ValueError(f"{self.field!r} is no field of a fact.\n{_nearest(self.field, FIELDS)}")
        return self

    def value(self) -> Same:
        """The value it stands for."""
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
                raise ValueError(f"{kind!r} is no kind of fact.\n{_nearest(kind, KINDS)}")
        for name, words in (self.model_extra or {}).items():
            if name not in FIELDS:
                raise ValueError(f"{name!r} is no field of a fact.\n{_nearest(name, FIELDS)}")
            for kind in _list(self.kind):
                may = KINDS[kind].needs + KINDS[kind].may
                if name not in may:
                    raise ValueError(f"facts of kind {kind!r} have no field {name!r}.\nThey have: {', '.join(may)}.")
                allowed = steps_of(kind, name)
                for word in _list(words):
                    if allowed and not word.startswith("$") and word not in (*allowed, NOTHING):
                        raise ValueError(f"{name} cannot be {word!r}.\n{_nearest(word, allowed)}")
        return self

    def value(self) -> Pattern:
        """The value it stands for."""
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
    """A parameter and the value it must have."""

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
    breached: str | None = None
    performed: str | None = None
    reading: ReadingModel | None = None

    @model_validator(mode="after")
    def _one(self) -> ConditionModel:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            found = ", ".join(repr(name.rstrip("_")) for name in given) or "nothing"
            raise ValueError(f"a condition says one thing; here stands {found}.\n{_CONDITION}")
        return self

    def value(self) -> Condition:
        """The value it stands for."""
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
        for name, make in _SIMPLE:
            word = getattr(self, name)
            if word is not None:
                return make(word)
        raise ValueError("an empty condition")


class TermModel(BaseModel):
    """How long there is to act."""

    model_config = _STRICT
    unit: Literal["hour", "calendar_day", "working_day", "month"]
    amount: int | None = None
    parameter: str | None = None
    rounding: Literal["exact", "next_working_day", "month_end"] = "exact"

    @model_validator(mode="after")
    def _one(self) -> TermModel:
        if (self.amount is None) == (self.parameter is None):
            raise ValueError(
                "a term has an amount or a parameter, one of the two.\nWrite {unit: calendar_day, amount: 7}."
            )
        if self.amount is not None and self.amount < 1:
            raise ValueError("a term is at least 1.\nWrite a whole number from 1.")
        return self

    def value(self) -> Term:
        """The value it stands for."""
        return Term(self.unit, self.amount, self.parameter or "", self.rounding)


class AlreadyModel(BaseModel):
    """A status that, standing when the duty arises, leaves nothing to do."""

    model_config = _STRICT
    status: str
    is_: Annotated[Literal["in_force", "ended"], Field(alias="is")]

    def value(self) -> Already:
        """The value it stands for."""
        return Already(self.status, self.is_)


class ExemptionModel(BaseModel):
    """A situation that frees the bearer."""

    model_config = _STRICT
    when: ConditionModel
    title: str
    title_fr: str
    citations: Annotated[list[str], Field(min_length=1)]


class InstrumentModel(BaseModel):
    """A text that rules cite."""

    model_config = _STRICT
    title: str
    title_fr: str
    reference: str
    force: Literal["treaty", "rules", "declaration", "policy", "practice"]
    adopted: str
    in_force: str
    attribution: str = ""


class ArticleModel(BaseModel):
    """An article of a text; `checked` says that wording and number were read."""

    model_config = _STRICT
    instrument: str
    article: str
    checked: Literal["yes", "no"]
    seen_at: str = ""
    note: str = ""


class RuleModel(BaseModel):
    """One norm; which keys it takes depends on its kind."""

    model_config = _STRICT
    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$")]
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
    late_performance: Literal["cures", "partial", "none"] = "cures"
    mode: Literal["achievement", "maintenance", "punctual"] = "achievement"
    broken_by: PatternModel | None = None
    compensated_by: PatternModel | None = None
    on_retrigger: Literal["ignore", "restart", "new"] = "ignore"
    on_breach: list[str] = []
    overrides: list[str] = []
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
            takes = ", ".join(_ONLY[self.kind])
            raise ValueError(f"{_one(self.kind)} has no {foreign[0]!r}.\nIt takes {takes}.")
        missing = [name for name in _NEEDS[self.kind] if name not in given]
        if missing:
            raise ValueError(f"{_one(self.kind)} needs {missing[0]!r}.\nAdd {missing[0]}:.")
        if self.kind == "obligation":
            self._act(given)
        return self

    def _act(self, given: set[str]) -> None:
        """A duty to do something says what; a duty to keep something says what breaks it."""
        kept = self.mode == "maintenance"
        if "must" not in given and not kept:
            raise ValueError("an obligation needs 'must'.\nAdd must:.")
        if kept and "broken_by" not in given:
            raise ValueError("a duty of maintenance needs 'broken_by'.\nAdd broken_by:, the act that breaks it.")
        strange = _ACHIEVED & given if kept else {"broken_by"} & given
        if strange:
            said = "maintenance" if kept else self.mode
            raise ValueError(f"a duty of {said} has no {min(strange)!r}.\nTake it out, or change mode:.")


class NoRuleModel(BaseModel):
    """The finding that a body has no rule on such changes."""

    model_config = _STRICT
    body: str
    text: str
    text_fr: str
    searched: Annotated[list[str], Field(min_length=1)]
    citations: list[str] = []


class RulesFile(BaseModel):
    """The whole of rules.yaml."""

    model_config = _STRICT
    rulebook: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z0-9]+)*$")]
    title: str
    title_fr: str
    version: str
    instruments: dict[str, InstrumentModel]
    articles: dict[str, ArticleModel]
    rules: list[RuleModel] = []
    no_rule: NoRuleModel | None = None
    zone: str = ""

    @model_validator(mode="after")
    def _something(self) -> RulesFile:
        if not self.rules and self.no_rule is None:
            raise ValueError("there is neither a rule nor no_rule.\nAdd rules:, or no_rule: with what was searched.")
        return self


class ParameterModel(BaseModel):
    """A number or word that rules need."""

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
    """The whole of values.yaml."""

    model_config = _STRICT
    values: dict[str, ParameterModel]
