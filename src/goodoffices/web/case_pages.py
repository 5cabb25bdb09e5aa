"""The case room: one case on one page, all its facts, and the reasons behind each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from goodoffices.briefs.compose import TONES, state_sentence
from goodoffices.briefs.course import Course, fate_words
from goodoffices.briefs.precedents import Precedent, Precedents
from goodoffices.briefs.timeline_svg import draw_parts, legend
from goodoffices.briefs.zoom import ALL, SPANS
from goodoffices.core.days import read_date
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.reading import day_zero, state_fact
from goodoffices.core.sources import Source
from goodoffices.desk.between import Since, findings_between, new_since
from goodoffices.desk.desk import Desk
from goodoffices.desk.records import finding_record, reason_record
from goodoffices.desk.since import changed_in
from goodoffices.desk.views import Checked, Moment
from goodoffices.norms.rules import Rulebook
from goodoffices.norms.wording import state_words
from goodoffices.web.changed_pages import seen_number
from goodoffices.web.pages import facts_table, zoom_of
from goodoffices.web.rendering import Links, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
CaseId = Annotated[str, Path(max_length=120)]
RuleId = Annotated[str, Path(max_length=120)]
_FACT_COLUMNS: Final = ("when", "kind", "actor", "confidence", "known_at")
_SHOWN: Final = 14  # answers shown before the fold
_ALIKE: Final = 3
_MOST_ALIKE: Final = 6
# Findings in these states unfold a body: something is asked, late, or not settled.
_PRESSING: Final = frozenset(
    ("deviation", "overdue", "fulfilled_late", "possible_deviation", "compensated", "pending", "open", "disputed")
)
# Findings in these states stand in a fold of their own: what may be done, and what nobody knows.
_SECOND: Final = frozenset(("available", "undetermined", "discharged"))
# In which order states are counted in the line of a body.
_ORDER: Final = (
    *("deviation", "divergence", "possible_deviation", "overdue", "fulfilled_late", "compensated", "disputed"),
    *("pending", "open", "projected", "fulfilled", "in_force", "available", "exercised", "ended", "discharged", "met"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as the table shows it."""

    finding: Finding
    tone: str
    said: str
    observed: Any
    counted: str = ""  # the day of the act, and from when days are counted where that is not day 0


@dataclass(frozen=True, slots=True)
class Body:
    """The findings of one rulebook: what was asked, done or left undone; `more` is what one may do, or nobody knows.

    `sum` counts all by state; `opened` says whether they stand unfolded.
    """

    book: Rulebook
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    sum: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """What the page marks as new since an earlier day of knowledge: facts, and findings as they stood then."""

    since: Since
    turned: dict[str, str]
    record: str

    def mark(self, key: str) -> str:
        """How a fact is to be marked: "new", "corrected", or nothing."""
        return self.since.mark(key)


@router.get("/cases/{case}/why/{rule}.json")
def why_json(request: Request, case: CaseId, rule: RuleId) -> Response:
    """One finding with its tree, as JSON."""
    finding, _ = desk_of(request).why(case, rule, moment_of(request))
    language = Links(request, moment_of(request)).language
    return as_json({"case": case, "finding": finding_record(finding), "tree": reason_record(finding.tree, language)})


@router.get("/cases/{case}/why/{rule}")
def why(request: Request, case: CaseId, rule: RuleId) -> Response:
    """One finding with its reasons, on a page of its own."""
    moment = moment_of(request)
    desk, links = desk_of(request), Links(request, moment)
    view = desk.case(case, moment, links.language)
    finding = view.checked.finding(rule) or desk.why(case, rule, moment)[0]
    return page(
        request,
        "why.html",
        moment,
        view=view,
        finding=finding,
        row=_row(finding, view.checked, links.language),
        shelf={one.name: book.id for book in desk.rules_of_advice() for one in book.parameters},
        readings={
            one.name: dict(one.titles).get(links.language) or one.title
            for book in desk.rules_of_advice()
            for one in book.parameters
        },
        titles=_titles(desk, finding, moment, links.language),
        key_days=view.key_days,
        twins=(("JSON", links.to(f"/cases/{case}/why/{rule}.json")),),
    )


def _titles(desk: Desk, finding: Finding, moment: Moment, language: str) -> dict[str, str]:
    """The titles of the cases a median is over. Only an open term has one: the list of all cases is not worked out for
    the others."""
    if not finding.open_term:
        return {}
    return {one.id: one.title_fr if language == "fr" else one.title for one in desk.cases(moment)}


@router.get("/cases/{case}/facts")
def facts(request: Request, case: CaseId) -> Response:
    """All facts of a case, sortable, with their sources."""
    moment = moment_of(request)
    desk, links = desk_of(request), Links(request, moment)
    if request.query_params.get("since") == "":
        return RedirectResponse(links.without("since"), 307)
    view = desk.case(case, moment, links.language)
    rows, wanted, down = sorted_rows(request, facts_table(view), _FACT_COLUMNS, "when")
    by_key = {fact.key: fact for fact in view.facts}
    sources = _sources(view.facts)
    return page(
        request,
        "facts.html",
        moment,
        view=view,
        facts=[by_key[row["key"]] for row in rows],
        sources=list(sources.values()),
        numbers={one: number for number, one in enumerate(sources, 1)},
        fresh=_marked(request, desk, case, moment, links),
        sort=wanted,
        down=down,
        key_days=view.key_days,
        twins=(("CSV", links.to(f"/cases/{case}.csv")), ("JSON", links.to(f"/cases/{case}.json"))),
    )


@router.get("/cases/{case}")
def case_page(request: Request, case: CaseId) -> Response:
    """The case room."""
    moment = moment_of(request)
    desk, links = desk_of(request), Links(request, moment)
    if request.query_params.get("since") == "":  # the form of the clocks sends its empty field, too
        return RedirectResponse(links.without("since"), 307)
    view = desk.case(case, moment, links.language)
    closer = zoom_of(request, view, links.language)
    names, plot = draw_parts(closer.figure, links.language, lambda key: links.to(f"/facts/{key}"))
    # Its marks are links: a group of them, which "img" may not be.
    plot = plot.replace('role="img"', 'role="group"', 1)
    sources = _sources([*view.lead, *_told(view.course)])
    rows = [_row(finding, view.checked, links.language) for finding in view.checked.findings]
    loud = [one for one in rows if not one.finding.quiet]
    books = desk.rules()
    return page(
        request,
        "case.html",
        moment,
        view=view,
        course=view.course,
        most=_SHOWN,
        fate_words=lambda fate: fate_words(fate, links.language),
        alike=_likest(view.alike),
        names=names,
        plot=plot,
        closer=closer,
        spans=(*map(str, SPANS), ALL),
        fresh=_marked(request, desk, case, moment, links),
        looked=_since_last_look(request, desk, case, moment, links.language),
        legend=legend(links.language),
        state=state_fact(view.checked.snapshot),
        duties=_bodies(books, [one for one in loud if one.finding.kind != "definition"], links.language),
        definitions=_bodies(books, [one for one in loud if one.finding.kind == "definition"], links.language),
        quiet=_bodies(books, [one for one in rows if one.finding.quiet], links.language),
        quiet_count=len(rows) - len(loud),
        sources=list(sources.values()),
        numbers={one: number for number, one in enumerate(sources, 1)},
        key_days=view.key_days,
        twins=(("CSV", links.to(f"/cases/{case}.csv")), ("JSON", links.to(f"/cases/{case}.json"))),
    )


def _marked(request: Request, desk: Desk, case: str, moment: Moment, links: Links) -> Marked | None:
    """What is new since the day the address names; None where it names none. BadRecord where that is not earlier."""
    given = request.query_params.get("since", "")
    if not given:
        return None
    since = new_since(desk, case, read_date(given, "since"), moment)
    between = findings_between(desk, case, since.day, moment.known_at, moment.as_of)
    asked = {"case": case, "from": since.day.isoformat(), "to": moment.known_at.isoformat()}
    turned = {
        one.rule: tuple(state_sentence(side, "", links.language) for side in (one.before, one.after))
        for one in (*between.loud, *between.moved)
    }
    said = {rule: before for rule, (before, after) in turned.items() if before != after}
    return Marked(since, said, links.to("/record", **asked))


def _since_last_look(request: Request, desk: Desk, case: str, moment: Moment, language: str) -> str:
    """ "changed since you last looked: 3 facts, 1 finding"; "" where nothing did or the reader never said."""
    number = seen_number(request)
    return "" if number is None else changed_in(desk, case, number, moment).words(language)


def _bodies(books: Iterable[Rulebook], rows: Sequence[Row], language: str) -> list[Body]:
    """Findings under the rulebook they come from, in the order of the shelf; a rulebook without any is left out."""
    by_rule = {row.finding.rule: row for row in rows}
    found = []
    for book in books:
        mine = tuple(by_rule[rule.id] for rule in book.rules if rule.id in by_rule)
        if mine:
            pressing = any(row.finding.state in _PRESSING for row in mine)
            first = tuple(row for row in mine if row.finding.state not in _SECOND)
            rest = tuple(row for row in mine if row.finding.state in _SECOND)
            found.append(Body(book, first or rest, rest if first else (), _summed(mine, language), pressing))
    return found


def _summed(rows: Sequence[Row], language: str) -> str:
    """How many findings stand in which state: "1 apparent deviation, 3 done"."""
    counted = Counter(row.finding.called for row in rows)
    listed = sorted(counted, key=lambda state: _ORDER.index(state) if state in _ORDER else len(_ORDER))
    return ", ".join(f"{counted[state]} {_brief(state, language)}" for state in listed)


def _brief(state: str, language: str) -> str:
    """A state in as few words as it has: without what follows its comma or colon."""
    return state_words(state, language).partition(",")[0].partition(":")[0].strip()


def _row(finding: Finding, checked: Checked, language: str) -> Row:
    observed = checked.observed.get(finding.rule)
    said = state_sentence(finding, observed.words if observed else "", language)
    return Row(finding, TONES.get(finding.state, ""), said, observed, _counted(finding, checked, language))


def _counted(finding: Finding, checked: Checked, language: str) -> str:
    """The day on which it was done; and from when the days are counted, where the duty arose later than day 0."""
    if finding.performed_on is None or finding.state not in ("fulfilled", "fulfilled_late"):
        return ""
    done, zero = finding.performed_on.words(language), day_zero(checked.snapshot)
    if finding.since is None or not finding.day or (zero is not None and finding.since.shown == zero.shown):
        return done
    since = finding.since.words_after("depuis") if language == "fr" else f"counted from {finding.since.words()}"
    return f"{done}, {since}"


def _likest(found: Precedents | None) -> tuple[Precedent, ...]:
    """The few cases most like this one, with all that are as like as the last of them, six at most."""
    if found is None or not found.found:
        return ()
    last = found.found[:_ALIKE][-1]
    rest = found.found[_ALIKE:_MOST_ALIKE]
    ties = (one for one in rest if (one.likeness, one.weighed) == (last.likeness, last.weighed))
    return (*found.found[:_ALIKE], *ties)


def _told(course: Course) -> list[Fact]:
    """The facts the page tells, in the order in which it does."""
    answers = [one.fact for one in course.answers]
    promised = [fact for one in course.promises for fact in (one.fact, *one.outcomes)]
    tasks = [fact for one in course.tasks for fact in one.fates]
    return [*answers, *promised, *course.terms, *course.votes, *course.mandates, *tasks, *course.opinion]


def _sources(facts: Iterable[Fact]) -> dict[str, Source]:
    """The sources by id, in the order in which the page cites them: their numbers in the notes."""
    return {one.source.id: one.source for fact in facts for one in fact.citations}
