"""The advice room: what a mission’s own rules and experience suggest on a case, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from goodoffices.advice.advise import Advice
from goodoffices.advice.items import COURSES, Item, Section
from goodoffices.advice.language import SECTIONS, section
from goodoffices.advice.turning import Difference, differences
from goodoffices.advice.wording import CHANGE_WORDS, FAILED, ground_words
from goodoffices.core.days import read_date
from goodoffices.desk.advice_document import advice_document
from goodoffices.desk.advice_records import advice_record, section_record
from goodoffices.desk.advising import advice_on, missions_of
from goodoffices.web.advice_words import item_words
from goodoffices.web.language import language_of
from goodoffices.web.printing import printed
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page

router = APIRouter()
CaseId = Annotated[str, Path(max_length=120)]
SectionId = Annotated[str, Path(max_length=40)]
_SIDES: Final = ("for", "against", "limit")


@dataclass(frozen=True, slots=True)
class Card:
    """A section in the overview: how many items apply and may, and the few that say most."""

    section: Section
    sure: int
    perhaps: int
    first: tuple[Item, ...]


def _advice(request: Request, case: str, names: Sequence[str] = SECTIONS) -> Advice:
    wanted = request.query_params.get("mission", "")
    return advice_on(desk_of(request), case, moment_of(request), wanted, names, language_of(request))


@router.get("/cases/{case}/advice.json")
def advice_json(request: Request, case: CaseId) -> Response:
    """All advice on a case as JSON."""
    return as_json(advice_record(_advice(request, case)))


@router.get("/cases/{case}/advice/{section}.json")
def section_json(request: Request, case: CaseId, section: SectionId) -> Response:
    """One section as JSON."""
    return as_json(section_record(_advice(request, case, (section,)).sections[0]))


@router.get("/cases/{case}/advice/{section}.csv")
def section_csv(request: Request, case: CaseId, section: SectionId) -> Response:
    """One section’s items as CSV, one a row."""
    language = language_of(request)
    found = _advice(request, case, (section,)).sections[0]
    return as_csv([_flat(item, language) for item in found.items], f"{case}-{section}")


def _flat(item: Item, language: str) -> dict[str, str]:
    return {
        "id": item.id,
        "group": item.group,
        "side": item.side,
        "course": item.course,
        "task": item.task,
        "text": item.text,
        "standing": item.standing,
        "basis": item.basis,
        "references": "; ".join(ground_words(one, language) for one in item.grounds),
        "facts": " ".join(item.facts),
        "precedents": " ".join(one.key for one in item.precedents),
        "would_change": item.would_change,
        "tell_the_council": item.tell,
        "owner": item.owner,
        "clock": item.clock,
    }


@router.get("/cases/{case}/advice.{form}")
def advice_printed(request: Request, case: CaseId, form: str) -> Response:
    """The advice as a document; sections are chosen by `section`, all where none is named."""
    return printed(request, lambda made: advice_document(_chosen(request, case), made), form, f"{case}-advice")


def _chosen(request: Request, case: str) -> Advice:
    return _advice(request, case, tuple(dict.fromkeys(request.query_params.getlist("section"))) or SECTIONS)


@router.get("/cases/{case}/advice")
def overview(request: Request, case: CaseId) -> Response:
    """The sections of the advice, each with what says most."""
    advice = _advice(request, case)
    cards = tuple(_card(one) for one in advice.sections)
    courses = [item for one in advice.sections for item in one.items if item.course]
    tally = tuple((one, count) for one in COURSES if (count := sum(item.course == one for item in courses)))
    place = f"/cases/{case}/advice"
    return _page(request, "advice.html", advice, case, place, cards=cards, tally=tally)


def _card(section: Section) -> Card:
    mine = [item for item in section.items if not item.course]
    # What hangs on the facts of the day says more than what always holds.
    hung = [item for item in mine if item.sure and item.hangs_on]
    return Card(section, sum(item.sure for item in mine), sum(not item.sure for item in mine), tuple(hung[:3]))


@router.get("/cases/{case}/advice/{section}")
def section_page(request: Request, case: CaseId, section: SectionId) -> Response:
    """One section: its tables, and its items by group."""
    advice = _advice(request, case, (section,))
    place = f"/cases/{case}/advice/{section}"
    return _page(request, "advice_section.html", advice, case, place, part=advice.sections[0])


def _differences(request: Request, case: str, advice: Advice) -> tuple[date, tuple[Difference, ...]] | None:
    """What changed in these sections since the day asked for, as then known; None where none is asked for."""
    given = request.query_params.get("since", "")
    if not given:
        return None
    day = read_date(given, "since")
    desk, wanted = desk_of(request), request.query_params.get("mission", "")
    names = [one.id for one in advice.sections]
    before = advice_on(desk, case, desk.moment(day, day), wanted, names, language_of(request))
    return day, differences(before, advice)


def _page(request: Request, template: str, advice: Advice, case: str, place: str, **values: Any) -> Response:
    desk, moment, language = desk_of(request), moment_of(request), language_of(request)
    links = Links(request, moment)
    situation = advice.situation
    told = {fact.key: fact for fact in situation.known}
    told |= {fact.key: fact for fact in (*situation.earlier, situation.later) if fact is not None}
    twins = _twins(links, case, place)
    chosen = int(language == "fr")
    return page(
        request,
        template,
        moment,
        advice=advice,
        failed=FAILED[chosen] if situation.failed else "",
        case=case,
        names=[(name, section(name).title(language)) for name in SECTIONS],
        told=told,
        present=missions_of(situation.snapshot),
        wanted=request.query_params.get("mission", ""),
        sides=lambda items: [(one, mine) for one in _SIDES if (mine := [item for item in items if item.side == one])],
        twins=twins,
        changed=_differences(request, case, advice),
        change_words={key: words[chosen] for key, words in CHANGE_WORDS.items()},
        **item_words(desk, language),
        **values,
    )


def _twins(links: Links, case: str, place: str) -> tuple[tuple[str, str], ...]:
    """The page in other forms: a section’s own, or those of all advice."""
    name = place.rpartition("/")[2]
    asked = {} if name == "advice" else {"section": name}
    documents = ((form.upper(), links.to(f"/cases/{case}/advice.{form}", **asked)) for form in ("pdf", "docx"))
    data = ("JSON",) if name == "advice" else ("CSV", "JSON")
    return (*documents, *((form, links.to(f"{place}.{form.lower()}")) for form in data))
