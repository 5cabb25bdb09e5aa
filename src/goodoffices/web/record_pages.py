"""The pages of the record: one fact with its history, one source, and what two days of knowledge tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs.compose import TONES, state_sentence
from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.findings import Finding
from goodoffices.core.kinds import FIELDS
from goodoffices.desk.answering import cited, fact_with_history
from goodoffices.desk.between import (
    SORTS,
    Between,
    Turned,
    between_record,
    chosen,
    findings_between,
    rows,
    tallies,
)
from goodoffices.desk.desk import Desk
from goodoffices.desk.records import change_record, fact_record
from goodoffices.desk.views import Moment
from goodoffices.web.paging import paged
from goodoffices.web.rendering import (
    FIRST_YEAR,
    LAST_YEAR,
    Links,
    as_csv,
    as_json,
    desk_of,
    moment_of,
    page,
    sorted_rows,
)

router = APIRouter()
Part = Annotated[str, Path(max_length=160)]
_A_WEEK: Final = 7
_PAGE: Final = 100
_COLUMNS: Final = ("change", "case", "when", "known")


@router.get("/facts/{subject}/{name}.json")
def fact_json(request: Request, subject: Part, name: Part) -> Response:
    """One fact with its history, as JSON."""
    return as_json(fact_with_history(desk_of(request), f"{subject}/{name}", moment_of(request)))


@router.get("/facts/{subject}/{name}")
def fact_page(request: Request, subject: Part, name: Part) -> Response:
    """One fact: what, when, known when, from where, and every entry about it."""
    moment = moment_of(request)
    desk = desk_of(request)
    found = desk.fact(f"{subject}/{name}", moment)
    links = Links(request, moment)
    case = None if ":" in subject else subject  # state:MLI, mission:minusma, operation:serval
    view = desk.case(case, moment) if case else None
    resting = [one for one in view.checked.findings if found.key in one.facts] if view else []
    return page(
        request,
        "fact.html",
        moment,
        fact=found,
        case=case,
        case_title=_title(view, links.language) if view else "",
        entries=fact_with_history(desk, found.key, moment)["history"],
        resting=resting,
        closed={name for name, _ in found.value if name == "step" or FIELDS[name].form == "choice"},
        twins=(("JSON", links.to(f"/facts/{found.key}.json")),),
    )


def _title(named: Any, language: str) -> str:
    """The title of a case in the page's language."""
    said: str = named.title_fr if language == "fr" else named.title
    return said


@router.get("/sources/{case}/{source}.json")
def source_json(request: Request, case: Part, source: Part) -> Response:
    """One source and the facts that cite it, as JSON."""
    moment = moment_of(request)
    found, facts = cited(desk_of(request), case, source, moment)
    return as_json(found.record() | {"facts": [fact_record(fact, moment.hindsight) for fact in facts]})


@router.get("/sources/{case}/{source}")
def source_page(request: Request, case: Part, source: Part) -> Response:
    """One source: where it is, and what we have from it."""
    moment = moment_of(request)
    found, facts = cited(desk_of(request), case, source, moment)
    links = Links(request, moment)
    title = _title(desk_of(request).case(case, moment), links.language)
    twins = (("JSON", links.to(f"/sources/{case}/{source}.json")),)
    return page(request, "source.html", moment, source=found, facts=facts, case=case, case_title=title, twins=twins)


# two days of knowledge


@dataclass(frozen=True, slots=True)
class Days:
    """What the page of the record is asked: two days of knowledge, one case or all, one sort of change or all."""

    start: date
    end: date
    case: str
    sort: str

    @property
    def span(self) -> tuple[date, date, str | None]:
        """The days and the case, as the desk is asked for changes."""
        return self.start, self.end, self.case or None

    @property
    def sorts(self) -> tuple[str, ...]:
        """The sorts of change that are asked for; none named is all."""
        return (self.sort,) if self.sort else ()

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address."""
        told = {"from": self.start.isoformat(), "to": self.end.isoformat(), "case": self.case, "change": self.sort}
        return {name: text for name, text in told.items() if text}


def _asked(request: Request, moment: Moment) -> Days:
    """The two days and the case; nothing later than the day of knowledge the page is on."""
    given = request.query_params
    end = min(_day(given["to"], "to"), moment.known_at) if given.get("to") else moment.known_at
    week = date.fromordinal(max(end.toordinal() - _A_WEEK, 1))
    start = _day(given["from"], "from") if given.get("from") else week
    if start > end:
        raise BadRecord([Problem("from", f"{start} lies after {end}.", "Give the earlier day first.")])
    sort = given.get("change", "")
    if sort and sort not in SORTS:
        raise BadRecord([Problem("change", f"there is no sort {sort!r}.", f"Sorts: {', '.join(SORTS)}.")])
    return Days(start, end, given.get("case", ""), sort)


def _day(text: str, where: str) -> date:
    found = read_date(text, where)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        said = f"the record knows days from {FIRST_YEAR} to {LAST_YEAR}, not {text!r}."
        raise BadRecord([Problem(where, said, "Ask for another day.")])
    return found


def _between(desk: Desk, days: Days, moment: Moment) -> Between:
    """The findings of the case. BadRecord where none is named."""
    if not days.case:
        raise BadRecord([Problem("case", "is missing.", "Name the case, such as case=mali-2021.")])
    return findings_between(desk, days.case, days.start, days.end, moment.as_of)


@router.get("/record")
def record(request: Request) -> Response:
    """What two days of knowledge tell apart: facts, and for one case the findings they turned."""
    moment, desk = moment_of(request), desk_of(request)
    days, links = _asked(request, moment), Links(request, moment)
    changes = desk.changes(*days.span)
    listed, wanted, down = sorted_rows(request, rows(chosen(changes, days.sorts)), _COLUMNS, "when")
    part = paged(request, listed, _PAGE)
    cases = desk.cases(moment)
    twins: tuple[tuple[str, str], ...] = (
        ("CSV", links.to("/record.csv", **days.asked)),
        ("JSON", links.to("/record.json", **days.asked)),
    )
    if days.case:
        where = "/record/findings"
        twins += tuple(
            (f"{name} (findings)", links.to(f"{where}.{name.lower()}", **days.asked)) for name in ("CSV", "JSON")
        )
    return page(
        request,
        "record.html",
        moment,
        days=days,
        sorts=SORTS,
        counts={sort: sum(one.what == sort for one in changes) for sort in SORTS},
        tallies=() if days.case else tallies(changes),
        between=_turned(desk, days, moment, links) if days.case else None,
        part=part,
        sort=wanted,
        down=down,
        titles={row.id: _title(row, links.language) for row in cases},
        ids=sorted(row.id for row in cases),
        head=desk.head(),
        twins=twins,
    )


def _turned(desk: Desk, days: Days, moment: Moment, links: Links) -> dict[str, Any]:
    """The findings that turned, as the page shows them: each side with its words and the address of its reasons."""
    found = _between(desk, days, moment)
    sides = (found.earlier, found.later)

    def side(finding: Finding, at: Moment) -> dict[str, str]:
        clocks = {"as_of": at.as_of.isoformat(), "known_at": at.known_at.isoformat()}
        return {
            "said": state_sentence(finding, "", links.language),
            "tone": TONES.get(finding.state, ""),
            "address": links.to(f"/cases/{days.case}/why/{finding.rule}", **clocks),
        }

    def row(one: Turned) -> dict[str, Any]:
        return {"one": one, "sides": [side(one.before, sides[0]), side(one.after, sides[1])]}

    books = {rule.id: book for book in desk.rules() for rule in book.rules}
    grouped: dict[str, list[dict[str, Any]]] = {}
    for one in found.loud:
        grouped.setdefault(books[one.rule].id, []).append(row(one))
    return {
        "found": found,
        "loud": [(books[mine[0]["one"].rule], mine) for mine in grouped.values()],
        "still": [row(one) for one in found.still],
        "moved": [row(one) for one in found.moved],
        "same_day": found.earlier.as_of == found.later.as_of,
    }


@router.get("/record.json")
def record_json(request: Request) -> Response:
    """What became known between two days, as JSON."""
    desk, moment = desk_of(request), moment_of(request)
    days = _asked(request, moment)
    changes = chosen(desk.changes(*days.span), days.sorts)
    return as_json([change_record(change, days.end >= moment.today) for change in changes])


@router.get("/record.csv")
def record_csv(request: Request) -> Response:
    """What became known between two days, as CSV."""
    moment = moment_of(request)
    days = _asked(request, moment)
    changes = chosen(desk_of(request).changes(*days.span), days.sorts)
    return as_csv(
        [
            {"change": change.what}
            | fact_record(change.fact, days.end >= moment.today)
            | {"sources": [one.words for one in change.fact.citations]}
            for change in changes
        ],
        "record",
    )


@router.get("/record/findings.json")
def turned_json(request: Request) -> Response:
    """The findings of a case that two days of knowledge tell apart, as JSON."""
    moment = moment_of(request)
    return as_json(between_record(_between(desk_of(request), _asked(request, moment), moment)))


@router.get("/record/findings.csv")
def turned_csv(request: Request) -> Response:
    """The same as CSV, one row a finding."""
    moment = moment_of(request)
    found = _between(desk_of(request), _asked(request, moment), moment)
    rows = [
        {
            "case": found.case,
            "rule": one.rule,
            "title": one.after.title,
            "flips": one.flips,
            "cause": one.cause,
            "before": one.before.called,
            "after": one.after.called,
            "before_as_of": found.earlier.as_of.isoformat(),
            "before_known_at": found.earlier.known_at.isoformat(),
            "after_as_of": found.later.as_of.isoformat(),
            "after_known_at": found.later.known_at.isoformat(),
            "facts": [change.fact.key for change in one.facts],
        }
        for one in found.turned
    ]
    return as_csv(rows, f"{found.case}-turned")
