"""The report's claims for a reader: each with its verdict and how far off it is; one with all its arithmetic.

Invariant: a claim is a question that the report puts; only the answer follows the two clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from goodoffices.briefs.gauge_svg import Gauge
from goodoffices.casebook.actors import actors
from goodoffices.claims.compute import Result, Totals, compute, totals
from goodoffices.claims.considered import Considered, LeftOut, considered, fields_read
from goodoffices.claims.file import Claim, ClaimsFile, Report, claims_named, read_claims
from goodoffices.claims.measure import Miss, bounds_of, miss_of
from goodoffices.claims.places import TOPICS, Place, place_of
from goodoffices.claims.reading import FINDING_QUERIES
from goodoffices.claims.record import Given, Record
from goodoffices.claims.verdicts import ClaimVerdict
from goodoffices.claims.wording import expected_words, found_words
from goodoffices.core.days import day_words
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.desk.asking import Asking
from goodoffices.desk.kept import Kept
from goodoffices.desk.records import claim_record, fact_record
from goodoffices.desk.views import Moment
from goodoffices.norms.kindwords import value_words

_ORDER: Final = {verdict.value: number for number, verdict in enumerate(ClaimVerdict)}
_MISSED: Final = (ClaimVerdict.FAILS, ClaimVerdict.BORDERLINE)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the list: what became of it, where it stands, and how far off it is where it does not hold."""

    result: Result
    place: Place
    miss: Miss | None

    @property
    def id(self) -> str:
        """Its id."""
        return self.result.claim.id

    @property
    def slip(self) -> bool:
        """Whether it is a slip, found beside the claims proper: they are counted apart."""
        return self.id.startswith("SX")

    @property
    def verdict(self) -> int:
        """What became of it, as a place in the order of verdicts, to sort by."""
        return _ORDER[self.result.verdict.value]

    @property
    def page(self) -> int | None:
        """The page of the report on which its section begins; None where it is not from the report."""
        return self.place.first or None

    @property
    def topic(self) -> str:
        """Its subject."""
        return self.place.topic

    @property
    def days(self) -> int | None:
        """How far off in whole days, where it is about a length of time."""
        return round(self.miss.days) if self.miss and self.miss.days is not None else None

    @property
    def share(self) -> int | None:
        """How far off in percent of what its own words allow."""
        return round(self.miss.share) if self.miss and self.miss.share is not None else None

    @property
    def independent(self) -> bool:
        """Whether every fact that decides has a source besides the report."""
        return self.result.independent


@dataclass(frozen=True, slots=True)
class Step:
    """From a day of knowledge on: what the claim came to. `day` is None for the time before anything was known."""

    day: date | None
    result: Result


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Everything the page of one claim shows."""

    row: ClaimRow
    considered: Considered
    steps: tuple[Step, ...]
    report: Report


_ROWS: Final[Kept[tuple[ClaimRow, ...]]] = Kept()
_VIEWS: Final[Kept[ClaimView]] = Kept(128)
_RECORDS: Final[Kept[Record]] = Kept(4)


def report() -> Report:
    """The report the claims are from."""
    return read_claims().report


def claim_rows(desk: Asking, moment: Moment) -> tuple[ClaimRow, ...]:
    """All claims, slips included, in the order of the file."""
    return _ROWS.get(desk, moment, lambda: tuple(_row(result) for result in desk.claims(moment)))


def _row(result: Result) -> ClaimRow:
    claim = result.claim
    miss = miss_of(claim.expect, result.found.values) if result.verdict in _MISSED else None
    return ClaimRow(result, place_of(claim.locator), miss)


def chosen(rows: Iterable[ClaimRow], verdict: str, topic: str) -> tuple[ClaimRow, ...]:
    """Those of a verdict and a subject, where they are given. BadRecord, with those there are, for another."""
    problems = []
    if verdict and verdict not in _ORDER:
        problems.append(Problem("verdict", f"there is no verdict {verdict!r}.", f"Verdicts: {', '.join(_ORDER)}."))
    if topic and topic not in TOPICS:
        problems.append(Problem("topic", f"there is no topic {topic!r}.", f"Topics: {', '.join(TOPICS)}."))
    if problems:
        raise BadRecord(problems)
    return tuple(
        row for row in rows if (not verdict or row.result.verdict.value == verdict) and topic in ("", row.topic)
    )


def counted(rows: Iterable[ClaimRow]) -> Totals:
    """How many came to each verdict: of all, and of the independent ones."""
    return totals(row.result for row in rows)


def furthest(rows: Sequence[ClaimRow]) -> tuple[ClaimRow | None, ClaimRow | None]:
    """The claim that is off by the most days, and the one that is off by most for what its words allow."""
    days = [row for row in rows if row.days and row.result.verdict is ClaimVerdict.FAILS]
    shares = [row for row in rows if row.share and row.result.verdict is ClaimVerdict.FAILS]
    return (
        max(days, key=lambda row: row.days or 0, default=None),
        max(shares, key=lambda row: row.share or 0, default=None),
    )


def claim_view(desk: Asking, moment: Moment, claim_id: str) -> ClaimView:
    """One claim with its arithmetic. NoAnswer, with the nearest ids, where there is none."""
    file = read_claims()
    (claim,) = claims_named(file, claim_id)
    return _VIEWS.get(desk, moment, lambda: _view(desk, moment, file, claim), claim.id)


def _view(desk: Asking, moment: Moment, file: ClaimsFile, claim: Claim) -> ClaimView:
    row = next(one for one in claim_rows(desk, moment) if one.id == claim.id)
    record = _record_at(desk, moment)
    return ClaimView(row, considered(row.result, record), _steps(row.result, record, file.report), file.report)


def _record_at(desk: Asking, moment: Moment) -> Record:
    return _RECORDS.get(desk, moment, lambda: _record(desk.everything(moment).facts, moment.as_of, moment.known_at))


def _record(facts: tuple[Fact, ...], as_of: date, known_at: date) -> Record:
    return Record(facts, as_of, known_at, {actor.id: actor.part_of for actor in actors().values()})


def _steps(result: Result, record: Record, source: Report) -> tuple[Step, ...]:
    """How the verdict came about: the days on which something that decides became known, up to the day asked about,
    where the verdict changed. A fact that was corrected is taken as it counts now."""
    claim = result.claim
    if claim.query in FINDING_QUERIES:
        return ()
    days = {fact.known_at for fact in (*result.found.facts, *result.competing)} | _ends(claim, record.known_at)
    found: list[Step] = []
    for day in [None, *sorted(days)]:
        known = day or min(days, default=record.known_at) - timedelta(days=1)
        step = Step(day, compute(claim, source, _record(record.facts, record.as_of, known)))
        if not found or step.result.verdict is not found[-1].result.verdict:
            found.append(step)
    return tuple(found) if len(found) > 1 else ()


def _ends(claim: Claim, latest: date) -> set[date]:
    """The last days of the periods a claim speaks of: before them it cannot be decided."""
    given = Given(claim.given)
    ends = (given.day(name, date.max) for name in ("until", "on"))
    return {day for day in ends if day <= latest}


def gauge_of(result: Result, language: str, names: Callable[[str], str]) -> Gauge | None:
    """The figure and what was found, to be drawn; None where they are no numbers, or nothing was found."""
    expect = result.claim.expect
    bounds = bounds_of(expect)
    found = tuple(float(value) for value in result.found.values if not isinstance(value, frozenset))
    if isinstance(expect.figure, bool | frozenset) or bounds is None or not found:
        return None
    return Gauge(
        float(expect.figure),
        *bounds,
        (min(found), max(found)),
        expected_words(expect, language, names),
        found_words(result, language, names),
    )


def names_in(desk: Asking, moment: Moment, language: str) -> Callable[[str], str]:
    """What the words of a list are called: cases by their titles, countries, actors, values, days."""
    facts = _record_at(desk, moment).facts
    french = language == "fr"
    heads = (fact for fact in facts if fact.kind == "case")
    called = {fact.subject: (fact.get("title_fr") if french else "") or fact.get("title") for fact in heads}
    if french:
        states = (fact for fact in facts if fact.kind == "state")
        called |= {fact.get("country"): fact.get("country_fr") or fact.get("country") for fact in states}

    def one(word: str) -> str:
        if word in called:
            return called[word]
        if word in actors():
            return actors()[word].name_fr if french else actors()[word].name
        return value_words(word, language)

    def words(text: str) -> str:
        if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal():
            return day_words(date.fromisoformat(text), language)
        return one(text) if text in called else " ".join(one(part) for part in text.split(" "))

    return words


def by_question(left_out: Iterable[LeftOut]) -> tuple[tuple[str, tuple[LeftOut, ...]], ...]:
    """What does not count, by the question it fails; most first."""
    found: dict[str, list[LeftOut]] = {}
    for one in left_out:
        found.setdefault(one.why.question, []).append(one)
    return tuple((name, tuple(found[name])) for name in sorted(found, key=lambda name: (-len(found[name]), name)))


def beside(rows: Sequence[ClaimRow], claim_id: str) -> tuple[str, str]:
    """The ids of the claim before and after one; empty where there is none."""
    ids = [row.id for row in rows]
    place = ids.index(claim_id)
    return ids[place - 1] if place else "", ids[place + 1] if place + 1 < len(ids) else ""


# as JSON and CSV


def claim_row_record(row: ClaimRow) -> dict[str, Any]:
    """A claim in the list, as JSON: that of `goodoffices claims`, and where it stands and how far off it is."""
    return claim_record(row.result) | {
        "text_fr": row.result.claim.text_fr,
        "topic": row.topic,
        "page": row.place.first or None,
        "page_to": row.place.last or None,
        "slip": row.slip,
        "off_days": row.days,
        "off_percent_of_tolerance": row.share,
    }


def shown(record: dict[str, Any], moment: Moment) -> dict[str, Any]:
    """The record without what was written with later knowledge, on an earlier day."""
    return record if moment.hindsight else record | {"note": ""}


def claim_view_record(view: ClaimView, moment: Moment) -> dict[str, Any]:
    """The page of a claim as JSON."""
    row = view.row
    return shown(claim_row_record(row), moment) | {
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat(),
        "report_published": view.report.published.isoformat(),
        "tried": [
            {"case": one.case.id, "in_the_answer": one.answers, "facts": [fact.key for fact in one.facts]}
            for one in view.considered.cases
        ],
        "left_out": [
            {"case": one.case.id, "fact": one.fact.key if one.fact else None, "fails": one.why.question,
             "has": one.why.found}
            for one in (*view.considered.cases_out, *view.considered.facts_out)
        ],
        "verdict_from": [
            {"known_at": step.day.isoformat() if step.day else None, "verdict": step.result.verdict.value}
            for step in view.steps
        ],
        "facts_used": [fact_record(fact, moment.hindsight) for fact in facts_used(view)],
    }  # fmt: skip


def facts_used(view: ClaimView) -> tuple[Fact, ...]:
    """The facts that decide, each once."""
    return tuple({fact.key: fact for fact in view.row.result.found.facts}.values())


def values_read(claim: Claim, fact: Fact) -> tuple[tuple[str, str], ...]:
    """The fields on which the claim turns, with what the fact says there."""
    names = fields_read(claim)
    if fact.kind == "seizure" and "category" in claim.given:
        names = tuple(dict.fromkeys((*names, "category", "outcome")))
    return tuple((name, fact.get(name)) for name in names if fact.get(name))


def working_table(view: ClaimView) -> list[dict[str, Any]]:
    """What counted and what did not, one row a fact or case, for CSV."""
    claim = view.row.result.claim
    rows = [
        {"counts": True, "case": fact.subject, "fact": fact.key, "when": fact.span.text, "text": fact.text,
         "reads": [f"{name}: {value}" for name, value in values_read(claim, fact)], "fails": "", "has": ""}
        for fact in facts_used(view)
    ]  # fmt: skip
    rows += [
        {"counts": False, "case": one.case.id, "fact": one.fact.key if one.fact else "", "when":
         (one.fact or one.case.seizure).span.text, "text": one.fact.text if one.fact else "", "reads": [],
         "fails": one.why.question, "has": one.why.found}
        for one in (*view.considered.cases_out, *view.considered.facts_out)
    ]  # fmt: skip
    rows += [
        {"counts": False, "case": fact.subject, "fact": fact.key, "when": fact.span.text, "text": fact.text,
         "reads": [], "fails": "competing", "has": fact.competes_with}
        for fact in view.row.result.competing
    ]  # fmt: skip
    return rows
