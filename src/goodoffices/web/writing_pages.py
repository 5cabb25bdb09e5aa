"""Recording by page: a new case, its facts one by one or pasted, corrections, withdrawals, and drafts.

Invariant: what is typed is never lost. A form that cannot be recorded, for whatever reason, comes back with everything
in it; one that is not finished can be kept as a draft. Nothing is written by GET.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from goodoffices.briefs.compose import TONES, state_sentence
from goodoffices.briefs.timeline_svg import draw_parts, legend
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import BadRecord, Broken, GoodOfficesError, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import CATEGORIES, KINDS, LASTING_KINDS
from goodoffices.core.sources import CONFIDENCE
from goodoffices.desk.case_so_far import SoFar, so_far
from goodoffices.desk.desk import Desk
from goodoffices.desk.drafts import Draft, Drafts
from goodoffices.desk.pasting import FIELDS_AFTER, Paste, record_paste, sample, understand
from goodoffices.desk.recording import (
    correct_fact,
    correction_of,
    kinds_to_choose,
    open_case,
    record_fact,
    retract_fact,
    wanted,
)
from goodoffices.desk.views import Moment
from goodoffices.web.form_words import label, refused
from goodoffices.web.language import language_of, message
from goodoffices.web.posted import Posted, may_write, posted, writes
from goodoffices.web.rendering import Links, as_json, desk_of, moment_of, page, root_of

router = APIRouter()
CaseId = Annotated[str, Path(max_length=120)]
Name = Annotated[str, Path(max_length=120)]
Given = Annotated[Posted, Depends(posted)]
WRITES: Final = [Depends(may_write)]
_MOST_NOTED: Final = 400  # entries one note may tell of
_GROUPS: Final = {
    "country": message("What happened in the country"),
    "organs": message("What organs decided and said"),
    "ground": message("The United Nations on the ground"),
    "else": message("Background, and what is not known"),
}


# a new case


@router.get("/new-case")
def new_case(request: Request) -> Response:
    """The short form that opens a case."""
    return _case_form(request, _draft_fields(request, "case"))


@router.post("/new-case", dependencies=WRITES)
def open_new_case(request: Request, given: Given) -> Response:
    """Open a case, or keep the form as a draft."""
    desk, links = desk_of(request), Links(request, moment_of(request))
    try:
        if given.said("do") == "draft":
            return _kept(request, "case", "", given)
        case = open_case(desk, given)
    except (BadRecord, Broken) as fault:
        return _case_form(request, given, fault)
    forgotten = _forget(desk, given)
    entry = desk.history(f"{case}/case")[-1].seq
    return RedirectResponse(links.to(f"/cases/{case}/record", written=f"{entry}-{entry + 1}", **forgotten), 303)


def _case_form(request: Request, given: Mapping[str, str], fault: GoodOfficesError | None = None) -> Response:
    moment = moment_of(request)
    desk, language = desk_of(request), language_of(request)
    states = desk.everything(desk.moment()).of_kind("state")
    field = "country_fr" if language == "fr" else "country"
    names = sorted((fact.get(field) or fact.get("country"), fact.get("iso3")) for fact in states)
    values: dict[str, Any] = {"states": names, "categories": CATEGORIES, "drafts": _drafts(request, "")}
    return _form(request, "new_case.html", moment, given, fault, **values)


# facts, one by one


@router.get("/cases/{case}/record")
def record_room(request: Request, case: CaseId) -> Response:
    """The form of a fact, its kind chosen first, beside the case so far."""
    given = _draft_fields(request, "fact")
    asked = request.query_params.get("kind", "")
    return _room(request, case, given if not asked else {**given, "kind": asked})


@router.post("/cases/{case}/record", dependencies=WRITES)
def record_one(request: Request, case: CaseId, given: Given) -> Response:
    """Record a fact, or keep it as a draft though it is not finished."""
    desk, links = desk_of(request), Links(request, moment_of(request))
    try:
        if given.said("do") == "draft":
            return _kept(request, "fact", case, given)
        fact, new = record_fact(desk, case, given)
    except (BadRecord, Broken) as fault:
        return _room(request, case, given, fault)
    forgotten = _forget(desk, given)
    entry = desk.history(fact.key)[-1].seq
    said = {"written": str(entry)} if new else {"already": fact.name}
    return RedirectResponse(links.to(f"/cases/{case}/record", **said, **forgotten), 303)


def _room(
    request: Request, case: str, given: Mapping[str, str], fault: GoodOfficesError | None = None, **more: Any
) -> Response:
    moment = moment_of(request)
    desk = desk_of(request)
    kind = given.get("kind", "")
    try:
        fields = wanted(kind) if kind else ()
    except NoAnswer as wrong:
        if fault is None:
            raise BadRecord([Problem("kind", str(wrong), "Choose one of the list.")]) from wrong
        fields, kind = (), ""
    values: dict[str, Any] = {"kind": kind, "fields": fields, "lasting": kind in LASTING_KINDS, "pasting": False} | more
    values |= {"known": given.get("known", "" if fault else desk.today().isoformat())}
    return _form(request, "record_case.html", moment, given, fault, **_beside(request, case, moment), **values)


def _beside(request: Request, case: str, moment: Moment) -> dict[str, Any]:
    """What grows beside the form of a case."""
    language = language_of(request)
    desk, links = desk_of(request), Links(request, moment)
    found: SoFar = so_far(desk, case, moment, language)
    names, plot = draw_parts(found.figure, language, lambda key: links.to(f"/facts/{key}"))
    return {
        "view": found,
        "groups": [(_GROUPS[name], kinds) for name, kinds in kinds_to_choose().items()],
        "meanings": {name: kind.meaning for name, kind in KINDS.items()},
        "actors": sorted((one.said(language), one.id) for one in actors().values()),
        "confidences": CONFIDENCE,
        "names": names,
        # Its marks are links: a group of them, which "img" may not be.
        "plot": plot.replace('role="img"', 'role="group"', 1),
        "legend": legend(language),
        "asks": [(one, state_sentence(one, "", language), TONES.get(one.state, "")) for one in found.asks],
        "drafts": _drafts(request, case),
        "key_days": found.key_days,
        "written": _written(request),
        "already": _already(request, case),
        "twins": (("CSV", links.to(f"/cases/{case}.csv")), ("JSON", links.to(f"/cases/{case}.json"))),
    }


# facts, pasted


@router.get("/cases/{case}/paste")
def paste_room(request: Request, case: CaseId) -> Response:
    """The box that takes facts as text."""
    return _paste_room(request, case, _draft_fields(request, "paste"))


@router.post("/cases/{case}/paste", dependencies=WRITES)
def paste(request: Request, case: CaseId, given: Given) -> Response:
    """Say what is understood of a pasted text; record the good ones once the reader says so."""
    desk = desk_of(request)
    try:
        if given.said("do") == "draft":
            return _kept(request, "paste", case, given)
        found = understand(desk, case, given.said("pasted"), given.said("pasted_known"))
        if given.said("do") != "record":
            return _paste_room(request, case, given, found=found)
        if not found.new:
            return _paste_room(request, case, given, found=found)
        return _pasted(request, case, given, found)
    except (BadRecord, Broken) as fault:
        return _paste_room(request, case, given, fault)


def _pasted(request: Request, case: str, given: Posted, found: Paste) -> Response:
    """Record what was good; what was not is kept as a draft, so that nothing typed goes."""
    desk, links = desk_of(request), Links(request, moment_of(request))
    left: dict[str, str] = {}
    if found.refused:
        rest = {"pasted": found.rest or given.said("pasted"), "pasted_known": given.said("pasted_known")}
        left = {"left": str(Drafts(desk).keep("paste", case, rest, _number(given.said("draft"))).id)}
    facts = record_paste(desk, found)
    entries = sorted(desk.history(fact.key)[-1].seq for fact in facts)
    if not left:
        left = _forget(desk, given)
    return RedirectResponse(links.to(f"/cases/{case}/record", written=f"{entries[0]}-{entries[-1]}", **left), 303)


def _paste_room(
    request: Request,
    case: str,
    given: Mapping[str, str],
    fault: GoodOfficesError | None = None,
    found: Paste | None = None,
) -> Response:
    moment = moment_of(request)
    language = language_of(request)
    values: dict[str, Any] = {
        "kind": "",
        "fields": (),
        "pasting": True,
        "known": given.get("pasted_known", "" if given.get("pasted") else desk_of(request).today().isoformat()),
        "found": found,
        "lines": [
            (one.line, label(one.problem.where, language), *_refused(one.problem, language))
            for one in (found.refused if found else ())
        ],
        "sample": sample(language),
        "after": FIELDS_AFTER,
    }
    status = 400 if found is not None and found.refused else 200
    return _form(request, "record_case.html", moment, given, fault, status, **_beside(request, case, moment), **values)


# corrections and withdrawals


@router.get("/cases/{case}/correct/{name}")
def correction(request: Request, case: CaseId, name: Name) -> Response:
    """The form that corrects a fact, or withdraws it."""
    return _correction(request, case, name, {})


@router.post("/cases/{case}/correct/{name}", dependencies=WRITES)
def correct(request: Request, case: CaseId, name: Name, given: Given) -> Response:
    """Correct a fact, or withdraw it."""
    desk, links = desk_of(request), Links(request, moment_of(request))
    key = f"{case}/{name}"
    before = desk.head().seq
    try:
        if given.said("do") == "retract":
            retract_fact(desk, key, {"reason": given.said("why"), "since": given.said("why_since")})
        else:
            correct_fact(desk, key, given)
    except (BadRecord, Broken) as fault:
        return _correction(request, case, name, given, fault)
    entry = max((one.seq for one in desk.history(key)), default=0)
    said = {"written": str(entry)} if entry > before else {"already": name}
    return RedirectResponse(links.to(f"/cases/{case}/record", **said), 303)


def _correction(
    request: Request, case: str, name: str, given: Mapping[str, str], fault: GoodOfficesError | None = None
) -> Response:
    moment = moment_of(request)
    desk = desk_of(request)
    if not moment.hindsight:  # a fact is mended as it stands now: the form would tell an earlier day too much
        spoken = "?lang=fr" if language_of(request) == "fr" else ""
        return RedirectResponse(f"{root_of(request)}/cases/{quote(case)}/correct/{quote(name)}{spoken}", 303)
    now = correction_of(desk, f"{case}/{name}")
    if ":" in case or now.fact.kind not in {one for kinds in kinds_to_choose().values() for one in kinds}:
        raise NoAnswer(f"{now.fact.key} is an entry of the record itself: it is not corrected by page.")
    # What was typed stays; the version is that of the fact as it is shown now.
    shown = {**(given or now.fields), "version": now.fact.version, "kind": now.fact.kind}
    values: dict[str, Any] = {
        "fact": now.fact,
        "fields": wanted(now.fact.kind),
        "kind": now.fact.kind,
        "lasting": now.fact.kind in LASTING_KINDS,
        "known": shown.get("known", ""),
        "retracting": given.get("do") == "retract",
    }
    beside = _beside(request, case, moment)
    return _form(request, "correct_fact.html", moment, shown, fault, **beside, **values)


# drafts


@router.get("/drafts", dependencies=WRITES)
def drafts(request: Request) -> Response:
    """All drafts, newest first."""
    moment = moment_of(request)
    twins = (("JSON", Links(request, moment).to("/drafts.json")),)
    found = Drafts(desk_of(request)).all()
    heads = (fact for one in {one.subject for one in found} for fact in desk_of(request).everything_of(one))
    titles = {fact.subject: fact.get("title") for fact in heads if fact.kind == "case"}
    values: dict[str, Any] = {"drafts": found, "titles": titles, "twins": twins}
    gone = request.query_params.get("deleted", "")
    return _private(page(request, "drafts.html", moment, deleted=gone if gone.isdecimal() else "", **values))


@router.get("/drafts.json", dependencies=WRITES)
def drafts_json(request: Request) -> Response:
    """All drafts as JSON."""
    return _private(
        as_json(
            [
                {
                    "id": one.id,
                    "form": one.form,
                    "case": one.subject or None,
                    "kept_at": one.kept_at,
                    "by": one.keeper,
                    "fields": dict(one.fields),
                }
                for one in Drafts(desk_of(request)).all()
            ]
        )
    )


@router.get("/drafts/{draft}", dependencies=WRITES)
def draft(request: Request, draft: Annotated[str, Path(max_length=12)]) -> Response:
    """Opens a draft: the form it fills."""
    found = Drafts(desk_of(request)).find(_number(draft) or 0)
    links = Links(request, moment_of(request))
    place = {"case": "/new-case", "fact": f"/cases/{found.subject}/record", "paste": f"/cases/{found.subject}/paste"}
    return RedirectResponse(links.to(place[found.form], draft=str(found.id)), 303)


@router.post("/drafts/{draft}/delete", dependencies=WRITES)
def delete_draft(request: Request, draft: Annotated[str, Path(max_length=12)], _given: Given) -> Response:
    """Deletes a draft for good."""
    Drafts(desk_of(request)).delete(_number(draft) or 0)
    return RedirectResponse(Links(request, moment_of(request)).to("/drafts", deleted=draft), 303)


def _kept(request: Request, form: str, subject: str, given: Posted) -> Response:
    """Keep a form as a draft, and come back to it."""
    desk, links = desk_of(request), Links(request, moment_of(request))
    if subject:
        desk.snapshot(subject, desk.moment())  # NoAnswer where there is no such case
    fields = {name: value for name, value in given.items() if name not in ("do", "draft")}
    found = Drafts(desk).keep(form, subject, fields, _number(given.said("draft")))
    place = {"case": "/new-case", "fact": f"/cases/{subject}/record", "paste": f"/cases/{subject}/paste"}[form]
    return RedirectResponse(links.to(place, draft=str(found.id), kept="1"), 303)


def _forget(desk: Desk, given: Mapping[str, str]) -> dict[str, str]:
    """Delete the draft that was recorded. What is recorded is recorded, even where the draft cannot be deleted."""
    number = _number(given.get("draft", ""))
    try:
        if number is not None:
            Drafts(desk).delete(number)
    except NoAnswer:
        return {}
    except Broken:
        return {"left": str(number)}
    return {}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _drafts(request: Request, subject: str) -> tuple[Draft, ...]:
    """The drafts of a case, where one may write; a damaged file of drafts must not stand in the way of recording."""
    if not writes(request):
        return ()
    try:
        return Drafts(desk_of(request)).all(subject)
    except Broken:
        return ()


def _draft_fields(request: Request, form: str) -> Mapping[str, str]:
    """The fields of the draft that the address names, with its number."""
    asked = request.query_params.get("draft", "")
    if not asked or not writes(request):
        return {}
    found = Drafts(desk_of(request)).find(_number(asked) or 0)
    if found.form != form:
        raise NoAnswer(f"the draft {asked} is of another form; /drafts lists them.")
    return {**found.fields, "draft": str(found.id)}


# what every form shares


def _form(
    request: Request,
    template: str,
    moment: Moment,
    given: Mapping[str, str],
    fault: GoodOfficesError | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """A form, with what was typed in it and what is wrong with it."""
    language = language_of(request)
    problems: list[tuple[str, str, str, str]] = []
    broken = str(fault) if isinstance(fault, Broken) else ""
    if isinstance(fault, BadRecord):
        problems = [(one.where, label(one.where, language), *_refused(one, language)) for one in fault.problems]
        status = 400
    elif broken:
        status = 503
    by_field: dict[str, list[tuple[str, str]]] = {}
    for field, _, said, tongue in problems:
        by_field.setdefault(field, []).append((said, tongue))
    shared = {
        "given": given,
        "problems": problems,
        "wrong": by_field,
        "broken": broken,
        "writes": writes(request),
        "label": lambda field: label(field, language),
        "kept": request.query_params.get("kept") == "1" and bool(given.get("draft")),
        "left": request.query_params.get("left", "") if _number(request.query_params.get("left", "")) else "",
    }
    return _private(page(request, template, moment, status, **(shared | values)))


def _refused(problem: Problem, language: str) -> tuple[str, str]:
    return refused(problem.found, problem.remedy, language)


def _private(answer: Response) -> Response:
    """A page that follows from more than the record: drafts, what was typed."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _written(request: Request) -> list[Any]:
    """The entries that a note tells of, as the ledger has them: no address makes the page say what was not written."""
    first, _, last = request.query_params.get("written", "").partition("-")
    begin, end = _number(first), _number(last or first)
    if begin is None or end is None or not begin or not 0 <= end - begin < _MOST_NOTED:
        return []
    moment = moment_of(request)
    return [one for one in desk_of(request).entries_after(begin - 1) if one.seq <= end and _shown(one.fact, moment)]


def _already(request: Request, case: str) -> Fact | None:
    name, moment = request.query_params.get("already", ""), moment_of(request)
    found = (one for one in desk_of(request).everything_of(case) if one.name == name and _shown(one, moment))
    return next(found, None)


def _shown(fact: Fact, moment: Moment) -> bool:
    """Whether a note may tell of a fact: on an earlier day of knowledge nothing that came later does."""
    return moment.hindsight or fact.known_at <= moment.known_at
