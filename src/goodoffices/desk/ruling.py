"""Rulebooks over the whole record: what each rule comes to in every case, and what another reading would change.

Invariant: every state shown is a finding of the evaluator at the moment asked about. All cases are evaluated once a
rulebook, moment, chain head and set of readings; what is kept holds no tree of reasons, those are on the pages it
links to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from goodoffices.briefs.compose import TONES, state_sentence
from goodoffices.core.days import Day, Span
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.findings import DEPARTURES, DIVERGENCE, QUIET, STATES, Finding, Reference
from goodoffices.core.reading import case_fact, seizure
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.forms import known_readings
from goodoffices.desk.kept import Kept
from goodoffices.desk.looking import book_named, trials_of
from goodoffices.desk.side_by_side import each_case
from goodoffices.desk.views import Moment, Observed
from goodoffices.norms.evaluator import check_readings, evaluate
from goodoffices.norms.rules import Parameter, Rule, Rulebook, leans_on
from goodoffices.norms.ruletext import Clause, Part, Pen, exception, parts_of, readings_behind
from goodoffices.rulebooks.shelf import rulebooks
from goodoffices.rulebooks.trials import Trials, trials

_DOUBT: Final = ("undetermined", "disputed")
_DATED: Final = ("fulfilled", "fulfilled_late", "open", "possible_deviation", "overdue")
_MOST: Final = 40  # readings in one address


@dataclass(frozen=True, slots=True)
class RuledCase:
    """What a rule comes to in one case. `state` is what it is called: a deviation from soft law is a divergence."""

    case: str
    title: str
    title_fr: str
    day_zero: str
    state: str
    words: str
    words_fr: str
    since: Day | None
    until: Day | None
    due: date | None
    performed_on: Day | None
    day: int | None

    @property
    def quiet(self) -> bool:
        """Whether the rule asks nothing of the case."""
        return self.state in QUIET

    @property
    def departs(self) -> bool:
        """Whether practice departed from the text."""
        return self.state in DEPARTURES or self.state == DIVERGENCE

    @property
    def tone(self) -> str:
        """The tone in which the state is printed."""
        return "late" if self.state == DIVERGENCE else TONES.get(self.state, "")

    @property
    def counted_day(self) -> int | None:
        """The day on which it was done, or the day reached, where the state is told with one."""
        return self.day if self.state in _DATED else None

    def told(self) -> tuple[object, ...]:
        """What another reading can change of it."""
        return self.state, self.since, self.until, self.due, self.performed_on, self.day


@dataclass(frozen=True, slots=True)
class CaseFlip:
    """A case in which another reading changes what a rule comes to."""

    rule: Rule
    before: RuledCase
    after: RuledCase

    @property
    def flips(self) -> bool:
        """Whether the state itself changes, not only its days."""
        return self.before.state != self.after.state


Tally = tuple[tuple[str, tuple[RuledCase, ...]], ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with the states it comes to, each with its cases; quiet states last."""

    rule: Rule
    tally: Tally
    tried: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article, the rules that rest on it, and when they are in force."""

    reference: Reference
    rules: tuple[Rule, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class BoundCase:
    """A case of which a rulebook asks something: how many rules, in how many practice departed, in how many it is not
    known."""

    case: str
    title: str
    title_fr: str
    day_zero: str
    rules: int
    departures: int
    unknown: int


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A rulebook on the shelf: how many articles it rests on, how many of them were read, how many cases try it."""

    book: Rulebook
    articles: int
    verified: int
    cases: int


@dataclass(frozen=True, slots=True)
class BookView:
    """Everything the page of a rulebook shows. `flips` are those of the reader's own readings."""

    book: Rulebook
    rules: tuple[RuleRow, ...]
    articles: tuple[ArticleRow, ...]
    bound: tuple[BoundCase, ...]
    trials: Trials
    readings: Mapping[str, str]
    flips: tuple[CaseFlip, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """Everything the page of one rule shows."""

    book: Rulebook
    row: RuleRow
    cases: tuple[RuledCase, ...]
    parts: tuple[Part, ...]
    exceptions: tuple[tuple[Clause, tuple[Reference, ...]], ...]
    parameters: tuple[Parameter, ...]
    resting: tuple[Rule, ...]
    observed: Observed | None
    readings: Mapping[str, str]
    flips: tuple[CaseFlip, ...]


Ruled = Mapping[str, tuple[RuledCase, ...]]
_RULED: Final[Kept[Ruled]] = Kept(48)
_CASES: Final[Kept[tuple[Snapshot, ...]]] = Kept(1)  # rulebook after rulebook is asked about the same record


def ruled(desk: Asking, moment: Moment, book: Rulebook, readings: Mapping[str, str] | None = None) -> Ruled:
    """By rule, what it comes to in every case known by then, newest first."""
    chosen = tuple(sorted((readings or {}).items()))
    return _RULED.get(desk, moment, lambda: _ruled(desk, moment, book, dict(chosen)), book.id, chosen)


def _ruled(desk: Asking, moment: Moment, book: Rulebook, readings: Mapping[str, str]) -> Ruled:
    found: dict[str, list[RuledCase]] = {rule.id: [] for rule in book.rules}
    for snapshot in _CASES.get(desk, moment, lambda: each_case(desk, moment)):
        for finding in evaluate(book, snapshot, readings):
            found[finding.rule].append(_ruled_case(snapshot, finding))
    newest = {
        rule: sorted(cases, key=lambda one: (one.day_zero, one.case), reverse=True) for rule, cases in found.items()
    }
    return {rule: tuple(cases) for rule, cases in newest.items()}


def _ruled_case(snapshot: Snapshot, finding: Finding) -> RuledCase:
    opened, taken = case_fact(snapshot), seizure(snapshot)
    title = opened.get("title") if opened else snapshot.subjects[0]
    return RuledCase(
        case=snapshot.subjects[0],
        title=title,
        title_fr=(opened.get("title_fr") if opened else "") or title,
        day_zero=taken.span.text if taken else "",
        state=finding.called,
        words=state_sentence(finding),
        words_fr=state_sentence(finding, "", "fr"),
        since=finding.since,
        until=finding.until,
        due=finding.due,
        performed_on=finding.performed_on,
        day=finding.day,
    )


def own_readings(given: Sequence[str], book: Rulebook) -> dict[str, str]:
    """The reader's own readings, NAME=VALUE each, those left out that are the rulebook's. BadRecord, with every
    problem, for one that is not written so, that the rulebook does not have, or that cannot have the value."""
    found: dict[str, str] = {}
    problems = []
    for one in (text.strip() for text in given[:_MOST]):
        name, equals, value = (part.strip() for part in one.partition("="))
        if not one:
            continue
        if not (name and equals and value):
            problems.append(Problem("reading", f"{one!r} is no reading.", "Write NAME=VALUE."))
        elif found.setdefault(name, value) != value:
            problems.append(Problem("reading", f"{name!r} is given two values.", "Give each reading once."))
    if len(given) > _MOST:
        problems.append(Problem("reading", f"{len(given)} readings are given.", f"At most {_MOST}."))
    if problems:
        raise BadRecord(problems)
    known_readings(found, (book,))
    check_readings(book, found)
    own = {parameter.name: parameter.value for parameter in book.parameters}
    return {name: value for name, value in found.items() if own[name] != value}


def tally(rule: Rule, cases: Iterable[RuledCase]) -> Tally:
    """The states a rule comes to, each with its cases; those in which it asks nothing last."""
    found: dict[str, list[RuledCase]] = {}
    for one in cases:
        found.setdefault(one.state, []).append(one)
    states = [state for state in (*STATES[rule.kind], DIVERGENCE) if state in found]
    return tuple((state, tuple(found[state])) for state in sorted(states, key=lambda state: state in QUIET))


def flips_of(book: Rulebook, before: Ruled, after: Ruled, only: str = "") -> tuple[CaseFlip, ...]:
    """Where another reading changes what a rule comes to; changes of state before changes of days."""
    found = [
        CaseFlip(rule, one, other)
        for rule in book.rules
        if only in ("", rule.id)
        for one, other in zip(before[rule.id], after[rule.id], strict=True)
        if one.told() != other.told()
    ]
    return tuple(sorted(found, key=lambda flip: not flip.flips))


def book_view(desk: Asking, moment: Moment, name: str, given: Sequence[str] = ()) -> BookView:
    """A rulebook over all cases. NoAnswer where there is none of this id."""
    book = book_named(name)
    readings = own_readings(given, book)
    plain = ruled(desk, moment, book)
    shown = ruled(desk, moment, book, readings) if readings else plain
    tried = trials_of(book)
    rows = tuple(RuleRow(rule, tally(rule, shown[rule.id]), tried.by_rule.get(rule.id, 0)) for rule in book.rules)
    flips = flips_of(book, plain, shown) if readings else ()
    return BookView(book, rows, articles_of(book), _bound(shown), tried, readings, flips)


def articles_of(book: Rulebook) -> tuple[ArticleRow, ...]:
    """The articles that rules or readings rest on, in the order of the instruments, with their rules."""
    rules: dict[tuple[str, str], list[Rule]] = {}
    references: dict[tuple[str, str], Reference] = {}
    for rule in book.rules:
        cited = (*rule.references, *(one for exemption in rule.unless for one in exemption.references))
        for one in cited:
            references.setdefault((one.instrument, one.article), one)
            mine = rules.setdefault((one.instrument, one.article), [])
            mine += [rule] if rule not in mine else []
    others = [one.reference for one in book.parameters if one.reference]
    others += book.no_rule.references if book.no_rule else ()
    for one in others:
        references.setdefault((one.instrument, one.article), one)
    order = {instrument.id: number for number, instrument in enumerate(book.instruments)}
    rows = []
    for key in sorted(references, key=lambda key: order.get(key[0], len(order))):
        resting = tuple(rules.get(key, ()))
        spans = tuple({rule.in_force.text: rule.in_force for rule in resting}.values())
        rows.append(ArticleRow(references[key], resting, spans))
    return tuple(rows)


def years_of(book: Rulebook, moment: Moment) -> tuple[date, date]:
    """The scale on which a rulebook's strips of time are drawn: whole decades before, to the year looked at."""
    first = min((rule.in_force.begins.earliest.year for rule in book.rules), default=moment.as_of.year)
    first = min(first, moment.as_of.year) // 10 * 10
    return date(first, 1, 1), date(max(moment.as_of.year, moment.today.year), 12, 31)


def _bound(shown: Ruled) -> tuple[BoundCase, ...]:
    found: dict[str, list[RuledCase]] = {}
    for cases in shown.values():
        for one in cases:
            if not one.quiet:
                found.setdefault(one.case, []).append(one)
    rows = []
    for case, ones in found.items():
        doubt = sum(one.state in _DOUBT for one in ones)
        if doubt < len(ones):
            head = ones[0]
            departed = sum(one.departs for one in ones)
            rows.append(BoundCase(case, head.title, head.title_fr, head.day_zero, len(ones), departed, doubt))
    return tuple(sorted(rows, key=lambda row: (row.day_zero, row.case), reverse=True))


def rule_view(desk: Asking, moment: Moment, name: str, rule_id: str, pen: Pen, given: Sequence[str] = ()) -> RuleView:
    """One rule over all cases; `pen` says in which language it is worded. NoAnswer, with the nearest ids, where the
    rulebook has no such rule."""
    book = book_named(name)
    rule = book.rule(rule_id)
    if rule is None:
        ids = [one.id for one in book.rules]
        near = get_close_matches(rule_id, ids, 5, 0.4)
        hint = f" Nearest: {', '.join(near)}." if near else f" It has {len(ids)} rules."
        raise NoAnswer(f"the rulebook {book.id!r} has no rule {rule_id!r}.{hint}", near)
    readings = own_readings(given, book)
    plain = ruled(desk, moment, book)
    shown = ruled(desk, moment, book, readings) if readings else plain
    pen = Pen(book, pen.language, pen.names, readings)
    cases = shown[rule.id]
    row = RuleRow(rule, tally(rule, cases), trials_of(book).by_rule.get(rule.id, 0))
    behind = readings_behind(book, rule)
    return RuleView(
        book=book,
        row=row,
        cases=cases,
        parts=parts_of(rule, pen),
        exceptions=tuple((exception(one, pen), one.references) for one in rule.unless),
        parameters=tuple(one for one in book.parameters if one.name in behind),
        resting=tuple(one for one in book.rules if rule.id in leans_on(one)),
        observed=desk.observed(moment.known_at, (rule.id,)).get(rule.id),
        readings=readings,
        flips=flips_of(book, plain, shown, rule.id) if readings else (),
    )


def shelf() -> tuple[ShelfRow, ...]:
    """Every rulebook with its sizes."""
    rows = []
    for book in rulebooks():
        cited = [row.reference for row in articles_of(book)]
        rows.append(ShelfRow(book, len(cited), sum(one.verified for one in cited), trials(book.id).cases))
    return tuple(rows)
