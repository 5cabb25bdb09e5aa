"""How the record is made, in figures computed from it: facts, sources, rules, claims, audits, and how to cite it.

Invariant: no figure here is typed; each is counted in the record, the rulebooks or the audits of the moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any, Final

from goodoffices.casebook.edition import Edition, edition
from goodoffices.claims.verdicts import EXACT, TOLERANCES
from goodoffices.core.days import read_day
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import KINDS, OWN_KINDS
from goodoffices.core.sources import CONFIDENCE
from goodoffices.desk.asking import Asking
from goodoffices.desk.auditing import Audit, audited, sheets
from goodoffices.desk.kept import Kept
from goodoffices.desk.source_list import opened, source_list
from goodoffices.desk.views import Moment
from goodoffices.norms.rules import Rulebook
from goodoffices.rulebooks.shelf import rulebooks


@dataclass(frozen=True, slots=True)
class FactFigures:
    """Facts known by the moment. `assumed`: nobody wrote down when they became known, and the day of the act stands for
    it. `coarse`: the day itself is known to the month, the year or less well. `competing`: other accounts of a fact."""

    facts: int
    confidence: tuple[tuple[str, int], ...]
    cases: int
    kinds: int
    assumed: int
    coarse: int
    competing: int
    gaps: int
    determinations: int
    sources: int


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """The rulebooks: rules by kind, articles, of which so many were verified; readings, where a text leaves something
    open."""

    books: int
    rules: int
    kinds: tuple[tuple[str, int], ...]
    references: int
    verified: int
    readings: int
    without_rule: int


@dataclass(frozen=True, slots=True)
class WordRead:
    """A word of a claim, and how it is read; bounds as shares of the figure, None where there is none. `open_low` and
    `open_high`: the bound itself is left out."""

    word: str
    holds_from: float | None
    holds_to: float | None
    borderline_from: float | None
    borderline_to: float | None
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True)
class Method:
    """Everything the page of the method says in figures."""

    facts: FactFigures
    rules: RuleFigures
    claims: tuple[tuple[str, int], ...]
    words: tuple[WordRead, ...]
    exact: tuple[str, ...]
    audits: tuple[Audit, ...]
    edition: Edition
    head: str
    example: Fact | None
    licence: str


_METHODS: Final[Kept[Method]] = Kept(4)
_FAR: Final = float("inf")


def method(desk: Asking, moment: Moment) -> Method:
    """The method in figures, at a moment."""
    return _METHODS.get(desk, moment, lambda: _made(desk, moment))


def _made(desk: Asking, moment: Moment) -> Method:
    facts = opened(desk.everything(moment).facts)
    claims = Counter(result.verdict.value for result in desk.claims(moment))
    # An audit is no news of the days before it was made.
    audits = {month: rows for month, rows in sheets().items() if read_day(month).earliest <= moment.known_at}
    return Method(
        _fact_figures(facts, len(source_list(desk, moment).rows)),
        rule_figures(rulebooks()),
        tuple((verdict, claims[verdict]) for verdict in ("holds", "borderline", "fails", "unknown")),
        words_read(),
        EXACT,
        tuple(audited(month, rows, facts) for month, rows in audits.items()),
        edition(),
        desk.head().printed,
        _example(facts),
        licence(),
    )


def licence() -> str:
    """Under which licence the program and its casebook are given, as the package declares it."""
    try:
        told = dict(metadata("goodoffices").json)
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""
    return str(told.get("license_expression", ""))


def _fact_figures(facts: Sequence[Fact], sources: int) -> FactFigures:
    told = [fact for fact in facts if fact.kind not in OWN_KINDS]
    confidence = Counter(fact.confidence for fact in told)
    return FactFigures(
        facts=len(told),
        confidence=tuple((word, confidence[word]) for word in CONFIDENCE),
        cases=sum(fact.kind == "case" for fact in facts),
        kinds=len(KINDS) - len(OWN_KINDS),
        assumed=sum(fact.known_assumed for fact in told),
        coarse=sum(not fact.span.begins.precise for fact in told),
        competing=sum(bool(fact.competes_with) for fact in told),
        gaps=sum(fact.kind == "gap" for fact in facts),
        determinations=sum(KINDS[fact.kind].organ_act for fact in told),
        sources=sources,
    )


def rule_figures(books: Sequence[Rulebook]) -> RuleFigures:
    """What the rulebooks hold, counted. A reference is counted once in each rulebook, as often as it is cited."""
    rules = [rule for book in books for rule in book.rules]
    references = {
        (book.id, one.words, one.verified) for book in books for rule in book.rules for one in rule.references
    }
    kinds = Counter(rule.kind for rule in rules)
    return RuleFigures(
        books=len(books),
        rules=len(rules),
        kinds=tuple(sorted(kinds.items(), key=lambda one: (-one[1], one[0]))),
        references=len(references),
        verified=sum(verified for _, _, verified in references),
        readings=sum(one.certainty == "interpretation" for book in books for one in book.parameters),
        without_rule=sum(book.no_rule is not None for book in books),
    )


def words_read() -> tuple[WordRead, ...]:
    """How the words of claims are read, in the order of the one table of tolerances."""

    def bound(share: float) -> float | None:
        return None if share in (_FAR, -_FAR) else share

    return tuple(
        WordRead(
            word,
            holds_from=bound(one.low),
            holds_to=bound(one.high),
            borderline_from=bound(one.low_borderline),
            borderline_to=bound(one.high_borderline),
            open_low=one.open_low,
            open_high=one.open_high,
        )
        for word, one in TOLERANCES.items()
    )


def _example(facts: Sequence[Fact]) -> Fact | None:
    """A fact to show how one is cited: the newest suspension with a document; else the newest fact there is."""
    told = [fact for fact in facts if fact.kind not in OWN_KINDS and ":" not in fact.subject]
    shown = [fact for fact in told if fact.kind == "suspension" and fact.get("document")] or told
    return shown[-1] if shown else None


def method_record(found: Method) -> dict[str, Any]:
    """The JSON of the method."""
    return {
        "facts": asdict(found.facts) | {"confidence": dict(found.facts.confidence)},
        "rules": asdict(found.rules) | {"kinds": dict(found.rules.kinds)},
        "claims": dict(found.claims),
        "words": [asdict(one) for one in found.words],
        "taken_exactly": list(found.exact),
        "audits": [
            {
                "month": one.month,
                "facts": one.facts,
                "drawn": one.drawn,
                "rate": one.rate,
                "interval": [one.low, one.high],
            }
            | {"by_confidence": [asdict(part) | {"found": dict(part.found)} for part in one.strata]}
            for one in found.audits
        ],
        "edition": {"version": found.edition.version, "citation": found.edition.citation()},
        "head": found.head,
        "example": f"{found.example.key}@{found.example.version}" if found.example else None,
        "licence": found.licence,
    }


def method_rows(found: Method) -> list[dict[str, Any]]:
    """The figures of the method as a table: name and value."""

    def flat(name: str, value: Any) -> list[tuple[str, Any]]:
        if isinstance(value, dict):
            return [pair for key, part in value.items() for pair in flat(f"{name}.{key}" if name else key, part)]
        if isinstance(value, list):
            return [pair for number, part in enumerate(value, 1) for pair in flat(f"{name}.{number}", part)]
        return [(name, value)]

    return [{"figure": name, "value": value} for name, value in flat("", method_record(found))]
