"""Computing claims: a claim and a record in, a result out.

Invariant: a result's verdict follows from the record and the table of tolerances alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.claims.file import Claim, Report
from goodoffices.claims.queries import query_named
from goodoffices.claims.reading import FINDING_QUERIES
from goodoffices.claims.record import Found, Given, Record
from goodoffices.claims.verdicts import ClaimVerdict, Expect, Value, judge
from goodoffices.core.facts import Fact


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one claim, and everything it rests on.

    `independent` says that every fact that decides has a source other than the report. `off_by` says by how much a
    claim misses; `competing` are accounts beside the facts used.
    """

    claim: Claim
    computed_by: str
    meaning: str
    found: Found
    verdict: ClaimVerdict
    independent: bool
    off_by: str
    competing: tuple[Fact, ...]

    @property
    def found_words(self) -> str:
        """What was found, for people."""
        if not self.found.values:
            return "not known"
        if self.found.shown:
            return self.found.shown
        return Expect("equals", self.found.values[0], self.claim.expect.unit).words

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """Keys of the facts that decide, each once."""
        return tuple(dict.fromkeys(fact.key for fact in self.found.facts))

    @property
    def found_value(self) -> float | int | bool | str | list[str] | None:
        """What was found, for programs: a number, yes or no, a list; a length of time as people say it."""
        if not self.found.values:
            return None
        value = self.found.values[0]
        if isinstance(value, frozenset):
            return sorted(value)
        if isinstance(value, bool):
            return value
        if self.claim.expect.unit in ("day", "week", "month", "year") and self.found.shown:
            return self.found.shown
        return int(value) if value == int(value) else value


def compute(claim: Claim, report: Report, record: Record) -> Result:
    """Compute one claim."""
    given = Given(claim.given, claim.expect.unit)
    query = query_named(claim.query, claim.id)
    found = query.answer(record, given)
    verdict = judge(claim.expect, found.values, found.coarse)
    if verdict is ClaimVerdict.UNKNOWN and not found.missing:
        found = Found(found.values, found.shown, found.facts, _coarse_dates(found.facts), found.coarse)
    return Result(
        claim=claim,
        computed_by=query.words(given),
        meaning=query.meaning,
        found=found,
        verdict=verdict,
        independent=_independent(found, report),
        off_by=off_by(claim.expect, found.values) if verdict in (ClaimVerdict.FAILS, ClaimVerdict.BORDERLINE) else "",
        competing=record.rivals(found.facts),
    )


def compute_all(claims: Iterable[Claim], report: Report, record: Record) -> tuple[Result, ...]:
    """Compute several claims, in their order."""
    return tuple(compute(claim, report, record) for claim in claims)


def cases_with_findings(claims: Iterable[Claim]) -> frozenset[str]:
    """The cases whose findings these claims ask for: the record must be given them."""
    return frozenset(Given(claim.given).text("case") for claim in claims if claim.query in FINDING_QUERIES)


def _independent(found: Found, report: Report) -> bool:
    decided = bool(found.values and found.facts) and not found.unread
    return decided and all(stands_alone(one, report) for one in found.facts)


def stands_alone(fact: Fact, report: Report) -> bool:
    """Whether a fact has a source other than the report, and was not first disclosed by it."""
    sources = {citation.source.id for citation in fact.citations}
    disclosed = report.source in sources and not fact.known_assumed and fact.known_at >= report.published
    return bool(sources - {report.source, *report.no_page}) and not disclosed


def _coarse_dates(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(f"a closer date than {one.span.text} for {one.key}" for one in facts if not one.span.begins.precise)


def off_by(expect: Expect, values: tuple[Value, ...]) -> str:
    """By how much the values miss what is expected: "4.8 months less", "also Mali; not Chad"."""
    if isinstance(expect.figure, frozenset):
        found = values[0]
        if not isinstance(found, frozenset):
            return ""
        more, less = sorted(found - expect.figure), sorted(expect.figure - found)
        parts = [f"also {', '.join(more)}"] * bool(more) + [f"not {', '.join(less)}"] * bool(less)
        return "; ".join(parts)
    if isinstance(expect.figure, bool):
        return ""
    misses = [float(value) - expect.figure for value in values if not isinstance(value, frozenset)]
    return " to ".join(dict.fromkeys(_miss(one, expect.unit) for one in (min(misses), max(misses))))


def _miss(miss: float, unit: str) -> str:
    size = f"{abs(miss):.1f}".removesuffix(".0")
    unit = f" {unit}{'' if size == '1' else 's'}" if unit else ""
    return f"{size}{unit} {'less' if miss < 0 else 'more'}" if size != "0" else "nothing"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many claims came to each verdict: of all, and of the independent ones."""

    all: dict[str, int]
    independent: dict[str, int]


def totals(results: Iterable[Result]) -> Totals:
    """Count verdicts."""
    listed = list(results)

    def count(some: list[Result]) -> dict[str, int]:
        return {verdict.value: sum(one.verdict is verdict for one in some) for verdict in ClaimVerdict} | {
            "total": len(some)
        }

    return Totals(count(listed), count([one for one in listed if one.independent]))
