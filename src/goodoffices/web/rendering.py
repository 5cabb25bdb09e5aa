"""What every page shares: the two clocks in its address, templates, tables as CSV and JSON."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from goodoffices.casebook.edition import edition
from goodoffices.core.days import on, read_date
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import CASE_ID
from goodoffices.desk.desk import Desk
from goodoffices.desk.tables import csv_text
from goodoffices.desk.views import Moment
from goodoffices.web.language import LANGUAGES, language_of, translations
from goodoffices.web.words import words_in

FOLDER: Final = Path(__file__).parent
FIRST_YEAR, LAST_YEAR = 1900, 2199


@functools.lru_cache(maxsize=len(LANGUAGES))
def environment(language: str) -> Environment:
    """The templates in a language: their messages, and the words that are made rather than written."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(asset=_asset, lang=language, on=on, **words_in(language))
    made.filters["tex"] = _tex
    made.filters["svg"] = Markup  # drawn by us, every text in it escaped
    return made


@functools.lru_cache(maxsize=64)
def _asset(name: str) -> str:
    """Address of a static file, with its content's hash: a changed file is another address."""
    digest = hashlib.sha256((FOLDER / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


_TEX: Final = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}"}


def _tex(text: str) -> str:
    """A text inside a BibTeX field: the signs that TeX takes for its own are escaped."""
    return "".join(_TEX.get(sign, sign) for sign in str(Markup(text).unescape()))


def desk_of(request: Request) -> Desk:
    """The desk behind the pages."""
    desk: Desk = request.app.state.desk
    return desk


def root_of(request: Request) -> str:
    """What stands before every address of these pages: nothing, or where they are kept apart."""
    return str(getattr(request.app.state, "root", ""))


def moment_of(request: Request) -> Moment:
    """Both clocks from the page's address. BadRecord for a day that is none, or lies outside the record's centuries."""
    given = request.query_params
    if given.get("then"):
        day = _asked_day(given["then"], "then")
        return desk_of(request).moment(day, day)
    as_of = _asked_day(given["as_of"], "as_of") if given.get("as_of") else None
    known_at = _asked_day(given["known_at"], "known_at") if given.get("known_at") else None
    return desk_of(request).moment(as_of, known_at)


def _asked_day(text: str, where: str) -> date:
    day = read_date(text, where)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        said = f"the record knows days from {FIRST_YEAR} to {LAST_YEAR}, not {text!r}."
        raise BadRecord([Problem(where, said, "Ask for another day.")])
    return day


class Links:
    """Addresses that keep the two clocks of the page one is on."""

    def __init__(self, request: Request, moment: Moment):
        # Where these pages stand under another address than the root of the host: the sandbox.
        self.root = root_of(request)
        # One slash at the front: "//name/..." would be an address on another machine.
        self.path = self.root + quote("/" + request.scope["path"].lstrip("/"), safe="/:")
        self._host = str(request.base_url).rstrip("/")  # the guard lets no other name through than this desk's own
        self.moment = moment
        self.language = language_of(request)
        # A name may stand more than once: ?case=mali-2021&case=chad-2021.
        self._extra = {
            name: request.query_params.getlist(name)
            for name in request.query_params
            if name not in ("as_of", "known_at", "then", "lang")
        }

    def time(self, as_of: date | None = None, known_at: date | None = None) -> dict[str, str]:
        """The clocks as they stand in an address; today is left out."""
        day, known = as_of or self.moment.as_of, known_at or self.moment.known_at
        found = {}
        if day != self.moment.today:
            found["as_of"] = day.isoformat()
        if known != self.moment.today:
            found["known_at"] = known.isoformat()
        return found

    def to(self, path: str, **more: str) -> str:
        """Address of another page, at the same moment unless `more` says otherwise."""
        place, mark, fragment = path.partition("#")
        asked = urlencode(self.time() | self._spoken | more)
        return self.root + quote(place, safe="/:") + (f"?{asked}" if asked else "") + mark + fragment

    def here(self, as_of: date | None = None, known_at: date | None = None, **more: str) -> str:
        """This page at another moment, or sorted otherwise."""
        return self._this(self._extra | more | self.time(as_of, known_at) | self._spoken)

    def without(self, *names: str, **more: str) -> str:
        """This page without some of what its address asks for."""
        left = {name: values for name, values in self._extra.items() if name not in names}
        return self._this(left | more | self.time() | self._spoken)

    @property
    def pinned(self) -> str:
        """This page with both days in its address, today's too: whoever follows it later sees what was seen."""
        days = {"as_of": self.moment.as_of.isoformat(), "known_at": self.moment.known_at.isoformat()}
        return self._host + self._this(self._extra | days | self._spoken)

    def spoken(self, language: str) -> str:
        """This page in another language."""
        return self._this(self._extra | self.time() | ({} if language == "en" else {"lang": language}))

    def _this(self, asked: Mapping[str, str | list[str]]) -> str:
        return self.path + (f"?{urlencode(asked, doseq=True)}" if asked else "")

    @property
    def _spoken(self) -> dict[str, str]:
        return {} if self.language == "en" else {"lang": self.language}

    @property
    def kept(self) -> dict[str, list[str]]:
        """What else stands in the address, to be kept by the form of the clocks; a name may have several values."""
        return self._extra | {name: [value] for name, value in self._spoken.items()}

    @property
    def clocked(self) -> dict[str, str]:
        """Clocks and language, to be kept by every other form."""
        return self.time() | self._spoken


def page(request: Request, template: str, moment: Moment | None = None, status: int = 200, **values: Any) -> Response:
    """A page from a template, with what every page needs."""
    if moment is None:
        try:
            moment = moment_of(request)
        except BadRecord:
            moment = desk_of(request).moment()
    links = Links(request, moment)
    section = request.scope["path"].strip("/").split("/")[0].split(".")[0]
    given = {"key_days": (), "twins": ()} | values
    template_of = environment(links.language).get_template(template)
    # Nothing is cited of what is made up, or of a page that says what is wrong.
    cited = None if links.root or status != 200 else (edition(), desk_of(request).head())
    body = template_of.render(moment=moment, links=links, section=section, cited=cited, **given)
    return HTMLResponse(body, status_code=status)


def problem_page(
    request: Request, status: int, title: str, said: str, nearest: Sequence[str] = (), spoken: str = "en"
) -> Response:
    """What is wrong, and the nearest right thing; as JSON where JSON was asked for."""
    if request.scope["path"].startswith("/api/v1"):  # the one shape of a refusal there
        return as_json({"error": said, "where": "", "expected": "", "nearest": list(nearest)}, status)
    if request.scope["path"].endswith((".json", ".csv")):
        return as_json({"error": said, "nearest": list(nearest)}, status)
    given = [(one, _nearest_place(request.scope["path"], one)) for one in nearest]
    title = translations(language_of(request)).gettext(title)
    # The page lists the nearest as links; the sentence need not name them, too.
    short = said.partition(" Nearest: ")[0] if nearest else said
    return page(request, "problem.html", status=status, title=title, said=short, spoken=spoken, nearest=given)


def _nearest_place(path: str, one: str) -> str:
    """Where a proposed id is to be found: a rulebook, a rule of the case asked for, or a case."""
    if "/rules/" in path and "." in one:  # a rule of a rulebook; its id has a dot
        return f"{path.partition('/rules/')[0]}/rules/{one}"
    if path.startswith(("/rulebooks/", "/missions/", "/operations/", "/how-it-works/", "/claims/")):
        return f"/{path.split('/')[1]}/{one}"
    if path.startswith("/patterns/"):
        return f"/patterns/{one}"
    if CASE_ID.match(one):
        return f"/cases/{one}"
    case, _, rule = path.removeprefix("/cases/").partition("/why/")
    return f"/cases/{case}/why/{one}" if rule else "/cases"


def as_json(value: Any, status: int = 200) -> Response:
    """A JSON answer, letters as they are."""
    return Response(
        json.dumps(value, ensure_ascii=False, indent=1), status, media_type="application/json; charset=utf-8"
    )


def as_csv(rows: Iterable[Mapping[str, Any]], name: str) -> Response:
    """A CSV answer with a header line, safe to open in a spreadsheet."""
    headers = {"Content-Disposition": f'inline; filename="{name}.csv"'}
    return Response(csv_text(rows), media_type="text/csv; charset=utf-8", headers=headers)


def sorted_rows(
    request: Request, rows: Sequence[Any], columns: Sequence[str], default: str, reverse: bool = False
) -> tuple[list[Any], str, bool]:
    """Rows in the order the address asks for; an unknown column is refused."""
    wanted = request.query_params.get("sort", default)
    if wanted not in columns:
        raise BadRecord([Problem("sort", f"there is no column {wanted!r}.", f"Columns: {', '.join(columns)}.")])
    order = request.query_params.get("order", "desc" if reverse and wanted == default else "asc")
    if order not in ("asc", "desc"):
        raise BadRecord([Problem("order", f"there is no order {order!r}.", "Write asc or desc.")])

    def value(row: Any) -> Any:
        return row[wanted] if isinstance(row, Mapping) else getattr(row, wanted)

    told = sorted((row for row in rows if value(row) not in ("", None)), key=value, reverse=order == "desc")
    return [*told, *(row for row in rows if value(row) in ("", None))], wanted, order == "desc"
