"""The pages that set cases side by side: response matrix, sequences, likenesses, pattern tables, deviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs.act_words import feature_reason, feature_value, feature_words, flag_words
from goodoffices.briefs.aligned import STRETCHES, Aligned
from goodoffices.briefs.aligned_svg import draw_aligned, draw_aligned_parts
from goodoffices.briefs.case_sets import LEAST, MOST
from goodoffices.briefs.compose import TONES
from goodoffices.briefs.pattern_cells import NAMES, PatternRow, Sheet
from goodoffices.briefs.precedents import FEATURES
from goodoffices.briefs.strip import draw_strips, strips
from goodoffices.briefs.timeline_svg import legend
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.desk.departures import (
    FILTERS,
    STATES,
    DepartureRow,
    bodies_without_rule,
    checked_filters,
    counted,
    departed,
    departure_rows,
    departures_record,
    departures_table,
    filtered,
    options,
)
from goodoffices.desk.pattern_sheets import (
    alignment_of,
    behind,
    index_record,
    pattern_sheet,
    sheet_record,
    sheet_rows,
)
from goodoffices.desk.side_by_side import (
    SideBySide,
    checked_choice,
    checked_stretch,
    choices,
    likenesses,
    likenesses_record,
    likenesses_rows,
    marks_rows,
    matrix_rows,
    sets,
    sets_record,
    side_by_side,
    side_by_side_record,
)
from goodoffices.desk.views import Moment
from goodoffices.web.language import language_of, message, say
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
CaseId = Annotated[str, Path(max_length=120)]
TableName = Annotated[str, Path(max_length=60)]
_MOST_ALIKE: Final = MOST - 1  # with the case itself as many as a matrix can show
_ALIKE: Final = 5
_DEPARTURE_COLUMNS: Final = ("title", "day", "book_name", "organisation_name", "rule_title", "state", "on")
_STRETCH_WORDS: Final = {
    "month": message("the first 30 days"),
    "year": message("the first year"),
    "all": message("all that is known"),
}
_MARKS: Final = {
    "diamond": message("determination or decision"),
    "disc": message("event"),
    "ring": message("promised, not kept"),
    "box": message("date uncertain"),
}
_ROWS: Final = ("all", "shared")


# ---------------------------------------------------------------- side by side


def _cases(request: Request) -> list[str]:
    """The cases asked for; a form sends those left empty, too."""
    return [one for one in request.query_params.getlist("case") if one]


def _stretch(request: Request) -> str:
    return checked_stretch(request.query_params.get("days", "month"))


def _compared(request: Request) -> SideBySide:
    moment, language = moment_of(request), language_of(request)
    return side_by_side(desk_of(request), _cases(request), moment, _stretch(request), language)


def _with(links: Links, path: str, cases: Sequence[str], **more: str) -> str:
    """An address that names several cases, at the moment and in the language of the page."""
    return f"{path}?{urlencode({'case': list(cases)} | links.clocked | more, doseq=True)}"


@router.get("/compare")
def compare(request: Request) -> Response:
    """Cases side by side; without two cases, what there is to choose from."""
    moment, language, desk = moment_of(request), language_of(request), desk_of(request)
    links, asked = Links(request, moment), _cases(request)
    stretch, shown = _stretch(request), _shown_rows(request)
    chosen = checked_choice(asked, 0)
    for case in chosen:  # one that is not on record is refused before anything is offered
        desk.snapshot(case, moment)
    found = side_by_side(desk, chosen, moment, stretch, language) if len(chosen) >= LEAST else None
    offered = [(one, _with(links, "/compare", one.cases)) for one in sets(desk, moment)]
    values: dict[str, Any] = {
        "sets": offered,
        "choices": choices(desk, moment, chosen, language),
        "chosen": chosen,
        "most": MOST,
        "found": found,
    }
    if found is not None:
        values |= _figure(links, found.figure, "/compare", language, case=list(chosen), rows=shown)
        rows = [(name, [row for row in rows if shown == "all" or row.known_in > 1]) for name, rows in
                found.matrix.groups]  # fmt: skip
        values |= {
            "groups": [(name, mine) for name, mine in rows if mine],
            "shown": shown,
            "counts": {"all": len(found.matrix.rows), "shared": sum(one.known_in > 1 for one in found.matrix.rows)},
            "of_rows": {one: _with(links, "/compare", chosen, rows=one, days=stretch) + "#matrix" for one in _ROWS},
            "without": {
                one: _with(links, "/compare", [other for other in chosen if other != one], days=stretch)
                for one in chosen
            },
            "figure_twins": [
                (name, _with(links, f"/compare/sequences.{form}", chosen, days=stretch))
                for name, form in (("CSV", "csv"), ("SVG", "svg"))
            ],
        }
    twins = [(name, _with(links, f"/compare.{form}", chosen, days=stretch)) for name, form in
             (("CSV", "csv"), ("JSON", "json"))] if found else [("JSON", links.to("/compare.json"))]  # fmt: skip
    return page(request, "compare.html", moment, twins=twins, **values)


def _shown_rows(request: Request) -> str:
    shown = request.query_params.get("rows", "all")
    if shown not in _ROWS:
        raise BadRecord([Problem("rows", f"there are no rows {shown!r}.", f"Write {' or '.join(_ROWS)}.")])
    return shown


def _figure(links: Links, figure: Aligned, path: str, language: str, **kept: Any) -> dict[str, Any]:
    """The aligned figure in two parts, its words, and the links to its stretches."""
    names, plot = draw_aligned_parts(figure, language, link=lambda key: links.to(f"/facts/{key}"))
    asked = kept | links.clocked
    return {
        "figure": figure,
        "names": names,
        "plot": plot,
        "legend": [one for one in legend(language) if one[0] != "band"],
        "marks": {shape: say(said, language) for shape, said in _MARKS.items()},
        "stretches": [
            (
                one,
                say(_STRETCH_WORDS[one], language),
                f"{path}?{urlencode(asked | {'days': one}, doseq=True)}#sequences",
            )
            for one in STRETCHES
        ],
    }


@router.get("/compare.json")
def compare_json(request: Request) -> Response:
    """Cases side by side as JSON; without a case, the sets and the cases there are."""
    desk, moment = desk_of(request), moment_of(request)
    if not _cases(request):
        listed = [{"case": one.id, "title": one.title, "day_zero": one.day} for one in choices(desk, moment)]
        return as_json({"sets": sets_record(sets(desk, moment)), "cases": listed})
    return as_json(side_by_side_record(_compared(request)))


@router.get("/compare.csv")
def compare_csv(request: Request) -> Response:
    """The response matrix in long form, one row for each kind of act in each case."""
    return as_csv(matrix_rows(_compared(request)), "compare")


@router.get("/compare/sequences.csv")
def sequences_csv(request: Request) -> Response:
    """The marks of the figure, one row a mark."""
    return as_csv(marks_rows(_compared(request).figure), "sequences")


@router.get("/compare/sequences.svg")
def sequences_svg(request: Request) -> Response:
    """The figure by itself."""
    drawn = draw_aligned(_compared(request).figure, language_of(request))
    return Response(drawn, media_type="image/svg+xml")


# ---------------------------------------------------------------- likenesses


def _how_many(request: Request) -> int:
    given = request.query_params.get("most", str(_ALIKE))
    if not (given.isascii() and given.isdigit()) or not 1 <= int(given[:4]) <= _MOST_ALIKE:
        raise BadRecord([Problem("most", f"{given!r} is no number of cases.", f"Write 1 to {_MOST_ALIKE}.")])
    return int(given)


@router.get("/cases/{case}/precedents")
def precedents(request: Request, case: CaseId) -> Response:
    """The cases most like one, why, and what came next in them."""
    moment, language = moment_of(request), language_of(request)
    links, most = Links(request, moment), _how_many(request)
    found = likenesses(desk_of(request), case, moment, most, language)
    here = f"/cases/{case}/precedents"
    return page(
        request,
        "precedents.html",
        moment,
        case=case,
        found=found.found,
        titles=found.titles,
        ids=found.cases,
        courses=found.courses,
        features=FEATURES,
        values=dict(found.found.features),
        feature=lambda name: feature_words(name, language),
        reason=lambda one: feature_reason(one.name, one.why, language),
        value=lambda said: feature_value(said, language),
        flag=lambda said: flag_words(said, language),
        compared=_with(links, "/compare", found.cases),
        single={one: _with(links, "/compare", (case, one)) for one in found.cases[1:]},
        more=links.here(most=str(_MOST_ALIKE)) if most < _MOST_ALIKE and found.found.among > most else "",
        twins=[
            (name, links.to(f"{here}.{form}", **_most(request))) for name, form in (("CSV", "csv"), ("JSON", "json"))
        ],
    )


def _most(request: Request) -> dict[str, str]:
    return {"most": request.query_params["most"]} if request.query_params.get("most") else {}


@router.get("/cases/{case}/precedents.json")
def precedents_json(request: Request, case: CaseId) -> Response:
    """The cases most like one, as JSON."""
    return as_json(likenesses_record(likenesses(desk_of(request), case, moment_of(request), _how_many(request))))


@router.get("/cases/{case}/precedents.csv")
def precedents_csv(request: Request, case: CaseId) -> Response:
    """The cases most like one, as CSV, one row a case."""
    found = likenesses(desk_of(request), case, moment_of(request), _how_many(request))
    return as_csv(likenesses_rows(found), f"{case}-precedents")


# ---------------------------------------------------------------- pattern tables


def _sheets(request: Request, moment: Moment) -> list[Sheet]:
    return [pattern_sheet(desk_of(request), name, moment, language_of(request)) for name in NAMES]


@router.get("/patterns")
def patterns(request: Request) -> Response:
    """The pattern tables there are."""
    moment = moment_of(request)
    links = Links(request, moment)
    twins = (("CSV", links.to("/patterns.csv")), ("JSON", links.to("/patterns.json")))
    return page(request, "patterns.html", moment, sheets=_sheets(request, moment), twins=twins)


@router.get("/patterns.json")
def patterns_json(request: Request) -> Response:
    """The pattern tables there are, as JSON."""
    return as_json(index_record(_sheets(request, moment_of(request))))


@router.get("/patterns.csv")
def patterns_csv(request: Request) -> Response:
    """The pattern tables there are, as CSV."""
    return as_csv(index_record(_sheets(request, moment_of(request))), "patterns")


@router.get("/patterns/{name}.json")
def pattern_json(request: Request, name: TableName) -> Response:
    """One pattern table as JSON, each cell with what it stands on."""
    moment = moment_of(request)
    return as_json(sheet_record(pattern_sheet(desk_of(request), name, moment, language_of(request)), moment))


@router.get("/patterns/{name}.csv")
def pattern_csv(request: Request, name: TableName) -> Response:
    """One pattern table as CSV."""
    return as_csv(sheet_rows(pattern_sheet(desk_of(request), name, moment_of(request), language_of(request))), name)


@router.get("/patterns/{name}")
def pattern(request: Request, name: TableName) -> Response:
    """One pattern table; `row` and `column` ask what a number counts, `case` for one case's answers in detail."""
    moment, language, desk = moment_of(request), language_of(request), desk_of(request)
    links, given = Links(request, moment), request.query_params
    found = pattern_sheet(desk, name, moment, language)
    here = f"/patterns/{name}"
    values: dict[str, Any] = {"strips": (), "strip": "", "figure": None, "behind": None, "case": ""}
    if name == "lags":
        values["strips"] = strips(found)
        title = found.title + (" : " if language == "fr" else ": ") + found.about
        values["strip"] = draw_strips(values["strips"], title, language, lambda key: links.to(f"/facts/{key}"))
    if name == "alignment" and given.get("case"):
        case = given["case"]
        figure = alignment_of(desk, case, moment, _stretch(request), language)
        values |= _figure(links, figure, here, language, case=case) | {"case": case}
    elif given.get("row") or given.get("column"):
        values["behind"] = behind(found, given.get("row", ""), given.get("column", ""))
    rows, sort, down = _in_order(request, found)
    twins = (("CSV", links.to(f"{here}.csv")), ("JSON", links.to(f"{here}.json")))
    titles = {row.id: row.name for row in _names_of(request, moment).rows} if values["behind"] else {}
    values |= {"sheet": found, "rows": rows, "sort": sort, "down": down, "titles": titles, "twins": twins}
    return page(request, "pattern.html", moment, **values)


def _names_of(request: Request, moment: Moment) -> Sheet:
    """The table that has a row for every case, for the cases' names."""
    return pattern_sheet(desk_of(request), "alignment", moment, language_of(request))


def _in_order(request: Request, found: Sheet) -> tuple[list[PatternRow], str, bool]:
    """The rows as the table has them, or by the column asked for: numbers before words, blanks last."""
    if "sort" not in request.query_params:
        return list(found.rows), "", False
    listed = []
    for row in found.rows:
        cells = {
            column: (cell.number is None, cell.number or 0, cell.text) if cell.hits else ""
            for (column, _), cell in zip(found.columns, row.cells, strict=True)
        }
        listed.append({"name": row.name, "row": row} | cells)
    columns = ("name", *(column for column, _ in found.columns))
    rows, sort, down = sorted_rows(request, listed, columns, "name")
    return [one["row"] for one in rows], sort, down


# ---------------------------------------------------------------- departures


def _departures(request: Request, moment: Moment) -> tuple[dict[str, str], Sequence[DepartureRow], list[DepartureRow]]:
    """The filters asked for, every row, and the rows that the filters let through, sorted."""
    asked = checked_filters({name: request.query_params.get(name, "") for name in FILTERS})
    rows = departure_rows(departed(desk_of(request), moment), language_of(request))
    kept, _, _ = sorted_rows(request, filtered(rows, asked), _DEPARTURE_COLUMNS, "day", True)
    return asked, rows, kept


@router.get("/deviations")
def deviations(request: Request) -> Response:
    """Where practice departed from a text, over all cases."""
    moment, language = moment_of(request), language_of(request)
    links = Links(request, moment)
    asked, rows, kept = _departures(request, moment)
    _, sort, down = sorted_rows(request, kept, _DEPARTURE_COLUMNS, "day", True)
    states = [(state, number, links.to("/deviations", state=state)) for state, number in counted(rows)]
    return page(
        request,
        "deviations.html",
        moment,
        rows=kept,
        total=len(rows),
        cases=len({row.case for row in rows}),
        filters=asked,
        options=options(rows),
        states=states,
        all_states=STATES,
        tones=TONES | {"divergence": "late", "compensated": "done"},
        sort=sort,
        down=down,
        silent=bodies_without_rule(desk_of(request)),
        language=language,
        twins=[(name, links.to(f"/deviations.{form}", **asked)) for name, form in (("CSV", "csv"), ("JSON", "json"))],
    )


@router.get("/deviations.json")
def deviations_json(request: Request) -> Response:
    """The departures as JSON, in the form of `goodoffices deviations --json`, and the bodies without a rule."""
    desk, moment = desk_of(request), moment_of(request)
    _, _, kept = _departures(request, moment)
    return as_json(departures_record(departed(desk, moment), kept, bodies_without_rule(desk), moment))


@router.get("/deviations.csv")
def deviations_csv(request: Request) -> Response:
    """The departures as CSV."""
    return as_csv(departures_table(_departures(request, moment_of(request))[2]), "deviations")
