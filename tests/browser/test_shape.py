"""The shape of every page: nothing scrolls sideways on a phone, nothing is cut off, and axe finds nothing serious."""

import re
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import Open
from web.test_routes import HTML, ROUTES

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
TWELVE = (
    *("guinea-bissau-2025", "madagascar-2025", "gabon-2023", "niger-2023", "burkina-faso-2022-09"),
    *("burkina-faso-2022-01", "sudan-2021", "guinea-2021", "mali-2021", "chad-2021", "mali-2020"),
    "central-african-republic-2013",
)
PAGES = {
    "home": "/",
    "home, days ahead of then": "/?as_of=2021-06-15&known_at=2021-06-15&within=90",
    "new case": "/new-case",
    "record a fact": "/cases/chad-2021/record?kind=transition_term",
    "record a fact in French": "/cases/chad-2021/record?kind=suspension&lang=fr",
    "paste facts": "/cases/chad-2021/paste?lang=fr",
    "correct a fact": "/cases/chad-2021/correct/au-993",
    "drafts": "/drafts",
    "changed": "/changed?lang=fr",
    "tour": "/tour",
    "a step of the tour": "/tour/2?lang=fr",
    "sandbox": "/sandbox",
    "cases": "/cases",
    "cases searched": "/cases?kind=military_coup&region=western-africa&lang=fr",
    "map": "/cases/map",
    "case": "/cases/chad-2021",
    "facts": "/cases/chad-2021/facts",
    "case as then known": "/cases/mali-2021?as_of=2021-06-15&known_at=2021-05-26",
    "case with marks": "/cases/mali-2021?as_of=2021-07-01&known_at=2021-07-01&since=2021-06-01",
    "case looked at closer": "/cases/mali-2021?zoom=30",
    "why": "/cases/chad-2021/why/au.suspend",
    "advice": "/cases/sudan-2021/advice?as_of=2021-11-30&known_at=2021-11-30",
    "guidance": "/cases/sudan-2021/advice/guidance",
    "first hours": "/cases/afghanistan-2021/advice/first_hours?as_of=2021-08-20",
    "interlocutors": "/cases/mali-2021/advice/interlocutors?as_of=2022-01-15&lang=fr",
    "legitimation": "/cases/myanmar-2021/advice/legitimation",
    "options": "/cases/sudan-2021/advice/options?as_of=2023-05-01",
    "triage": "/cases/mali-2021/advice/triage?as_of=2021-09-01",
    "assumptions": "/cases/mali-2021/advice/assumptions?as_of=2022-10-01&lang=fr",
    "one UN": "/cases/afghanistan-2021/advice/one_un?as_of=2023-05-01",
    "partners": "/cases/niger-2023/advice/partners",
    "lessons": "/cases/sudan-2021/advice/lessons?lang=fr",
    "why of a sign": "/cases/sudan-2021/why/sign.partners-detained",
    "signs": "/rulebooks/sign",
    "a sign": "/rulebooks/sign/rules/sign.contentious-act",
    "plans": "/plans",
    "plan": "/plans/CAF",
    "plan in French": "/plans/MLI?lang=fr",
    "drills": "/drills",
    "a drill": "/drills/signing-ceremony?step=4&lang=fr",
    "fact": "/facts/mali-2021/au-suspension",
    "state": "/facts/state:MLI/state",
    "source": "",
    "choose cases": "/compare",
    "two cases": "/compare?case=mali-2021&case=guinea-2021&days=year",
    "twelve cases": "/compare?" + "&".join(f"case={one}" for one in TWELVE),
    "precedents": "/cases/mali-2021/precedents",
    "patterns": "/patterns",
    "days to a suspension": "/patterns/lags",
    "kinds of change": "/patterns/categories?row=military_coup&column=au",
    "text and practice": "/patterns/category-5",
    "one case aligned": "/patterns/alignment?case=niger-2023&lang=fr",
    "deviations": "/deviations",
    "how it works": "/how-it-works",
    "how it works in Mali": "/how-it-works/mali?as_of=2022-06-15",
    "how it works in Somalia": "/how-it-works/somalia?lang=fr",
    "glossary": "/glossary?lang=fr",
    "deviations in French": "/deviations?rulebook=ecowas&lang=fr",
    "rulebooks": "/rulebooks",
    "rulebook": "/rulebooks/au",
    "rule with a reading": "/rulebooks/au/rules/au.suspend?reading=au.suspension-term%3D7",
    "body without a rule": "/rulebooks/igad",
    "claims": "/claims",
    "claims in French": "/claims?lang=fr&verdict=fails",
    "claim": "/claims/SC033",
    "claim of a list": "/claims/SC045",
    "missions": "/missions",
    "missions that expire": "/missions?expires_within=90&as_of=2021-06-01",
    "mission": "/missions/minusma",
    "mission with little": "/missions/untso",
    "operations": "/operations",
    "operation": "/operations/serval?as_of=2013-02-01&known_at=2013-02-01",
    "record": "/record?from=2021-05-20&to=2021-06-10&case=mali-2021",
    "record of all cases in French": "/record?from=2021-05-20&to=2021-06-10&lang=fr",
    "for programs": "/api?answer=finding",
    "for programs in French": "/api?lang=fr",
    "problem": "/cases/mali-2091",
    "nothing known": "/cases/mali-2021?as_of=2000-01-01&known_at=2000-01-01",
    "search": "/search?q=mali+suspension",
    "search, nothing": "/search?q=mali+goyta",
    "sources": "/sources",
    "method": "/method",
    "limits": "/limits",
}
# A source's address is asked for; a brief is a document, looked at where briefs are made; suggestions are a part of
# another page.
ELSEWHERE = ("/sources/{case}/{source}", "/cases/{case}/brief.{form}", "/search/suggest")
CUT_OFF = """
[...document.querySelectorAll('main *, .time *')].filter(one => {
  const box = one.getBoundingClientRect();
  if (!box.width || one.closest('.tl-scroll, .tl-fixed, thead')) return false;
  if (getComputedStyle(one).position === 'absolute') return false;
  return box.right > innerWidth + 1 || box.left < -1;
}).map(one => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40))
"""


def test_every_page_there_is_is_looked_at() -> None:
    """A page that a route answers with, and that stands in no line above, fails here."""
    looked = {address.partition("?")[0] for address in PAGES.values()}
    for route, _, form in ROUTES:
        if form != HTML or route.endswith(".html") or route in ELSEWHERE:
            continue
        pattern = re.compile(re.sub(r"{[^}]+}", "[^/]+", route) + r"\Z")
        assert any(pattern.match(one) for one in looked), route


def address_of(page: Any, host: str, name: str) -> str:
    if PAGES[name]:
        return PAGES[name]
    fact = page.request.get(f"{host}/facts/mali-2021/au-suspension.json").json()
    return f"/sources/mali-2021/{fact['sources'][0]['id']}"


@pytest.mark.parametrize(("width", "pages"), [(390, tuple(PAGES)), (320, ("cases", "rulebook")), (1280, tuple(PAGES))])
def test_no_page_scrolls_sideways_and_nothing_is_cut_off(window: Open, width: int, pages: tuple[str, ...]) -> None:
    at = window(width=width, height=844)
    for name in pages:
        at.open(address_of(at.page, at.host, name))
        wide = at.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}"
        at.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert at.page.evaluate("document.documentElement.scrollWidth") <= width, f"{name}, unfolded"
        assert at.page.evaluate(CUT_OFF) == [], name


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_opens_in_both_languages(window: Open, script: bool, width: int) -> None:
    """The window complains at the end of anything on its console, of requests that fail or leave this host; here of
    what the content policy refused, and of a page that is not in its language."""
    at = window(width=width, height=844, script=script)
    for name in PAGES:
        for language in ("en", "fr"):
            place, _, asked = address_of(at.page, at.host, name).partition("?")
            kept = [one for one in asked.split("&") if one and not one.startswith("lang=")]
            at.open(f"{place}?{'&'.join([*kept, f'lang={language}'])}")
            assert at.page.locator("html").get_attribute("lang") == language, name
            assert at.page.locator("main h1").is_visible(), name
            if script:
                assert at.page.evaluate("window.refused") == [], name


def test_the_timeline_scrolls_in_its_own_frame_with_the_names_fixed(window: Open) -> None:
    at = window(width=390, height=844)
    at.open("/cases/mali-2021")
    frame = at.page.locator(".tl-scroll")
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth + 100")
    names = at.page.locator(".tl-fixed")
    before = names.bounding_box()["x"]
    frame.evaluate("one => one.scrollLeft = 200")
    assert frame.evaluate("one => one.scrollLeft") == 200
    assert names.bounding_box()["x"] == before
    for name in at.page.locator(".tl-fixed text").all():
        box, lane = name.bounding_box(), names.bounding_box()
        assert box["x"] + box["width"] <= lane["x"] + lane["width"] + 1, f"{name.text_content()} is cut off"


def test_stacked_rows_carry_their_labels(window: Open) -> None:
    at = window(width=390, height=844)
    for address in ("/cases", "/rulebooks/au", "/record?from=2021-05-20&to=2021-06-10"):
        at.open(address)
        label = at.page.locator("table.stack tbody td[data-label]").first
        assert label.evaluate("one => getComputedStyle(one, '::before').content").strip('" ') in (
            label.get_attribute("data-label"),
            f'{label.get_attribute("data-label")}" "',
        )
        assert (
            at.page.evaluate(
                "document.querySelectorAll('table.stack td:not([data-label]):not(.name):not(.what)').length"
            )
            == 0
        )


def test_very_long_words_wrap(window: Open) -> None:
    at = window(width=390, height=844)
    at.open("/cases/" + "mali-2091" * 12)
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(window: Open, scheme: str) -> None:
    # The content policy of our pages lets no script of a test in, either: it is set aside for axe alone.
    at = window(scheme=scheme, bypass_csp=True)
    grave = []
    for name in PAGES:
        at.open(address_of(at.page, at.host, name))
        at.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        at.page.add_script_tag(path=AXE)
        found = at.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave += [
            (name, one["id"], [node["target"] for node in one["nodes"][:4]], one["nodes"][0].get("failureSummary"))
            for one in found["violations"]
            if one["impact"] in ("moderate", "serious", "critical")
        ]
    assert grave == []
