"""A reader's way through the pages, with and without script, by mouse and by keyboard, on paper."""

import re

import pytest

from browser.conftest import Open, Window

pytestmark = pytest.mark.browser


def refused(window: Window) -> list[str]:
    found: list[str] = window.page.evaluate("window.refused")
    return found


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_list_to_a_source_and_back(window: Open, script: bool) -> None:
    at = window(script=script)
    page = at.page
    at.open("/")
    at.follow(page.get_by_label("Sections").get_by_role("link", name="Cases"))
    assert page.url == f"{at.host}/cases"
    at.follow(page.get_by_role("link", name="Mali, May 2021", exact=True))
    assert page.url == f"{at.host}/cases/mali-2021"
    row = page.locator(
        "tr", has=page.get_by_text("The Union suspends the state from its activities", exact=False)
    ).first
    reasons = row.locator("ul.why")
    assert not reasons.is_visible()
    row.locator("summary").click()
    assert reasons.is_visible()
    at.follow(reasons.get_by_role("link", name="source").first)
    assert "/facts/" in page.url
    page.wait_for_load_state()
    page.go_back()
    at.follow(page.get_by_role("link", name=re.compile(r"All \d+ facts")))
    at.follow(page.locator("tr#au-suspension a.plain"))
    assert page.url == f"{at.host}/facts/mali-2021/au-suspension"
    at.follow(page.locator("ul.sources a").first)
    assert "/sources/mali-2021/" in page.url
    assert page.locator("h1").inner_text()
    at.follow(page.get_by_role("link", name="Mali, May 2021"))
    page.get_by_text("change", exact=True).click()
    page.get_by_label("As of").fill("2021-06-15")
    page.get_by_label("as known on").fill("2021-05-26")
    at.follow(page.get_by_role("button", name="Look"))
    assert page.url == f"{at.host}/cases/mali-2021?as_of=2021-06-15&known_at=2021-05-26"
    assert page.get_by_text("What was known on 26 May 2021").is_visible()
    at.follow(page.get_by_role("link", name="now", exact=True))
    assert page.url == f"{at.host}/cases/mali-2021"
    if script:
        assert refused(at) == []


def test_the_cases_own_key_days_are_steps(window: Open) -> None:
    at = window()
    at.open("/cases/mali-2021")
    at.follow(at.page.locator(".steps a", has_text="1 June 2021"))
    assert at.page.url.endswith("/cases/mali-2021?as_of=2021-06-01")
    assert at.page.locator(".steps a[aria-current]").inner_text() == "1 June 2021"
    at.follow(at.page.get_by_role("link", name="as then known"))
    assert at.page.url.endswith("?as_of=2021-06-01&known_at=2021-06-01")


def test_by_keyboard_alone(window: Open) -> None:
    at = window()
    page = at.page
    at.open("/cases/mali-2021")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.evaluate("document.activeElement.blur()")
    at.open("/cases/mali-2021")
    names = []
    for _ in range(9):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
        )
        assert style[0] != "none", f"no focus to be seen on {names[-1]}"
    sections = ["Cases", "Compare", "Rulebooks", "Missions", "Claims", "How it works", "Record"]
    assert [name for name in names if name in sections] == sections
    page.locator(".findings summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".findings details[open]").count() == 1
    page.locator(".tl-scroll").focus()
    assert page.evaluate("document.activeElement.className") == "tl-scroll"


def test_marks_of_the_timeline_lead_to_their_facts(window: Open) -> None:
    at = window()
    at.open("/cases/mali-2021?as_of=2021-06-15")
    mark = at.page.locator("svg a.mark").first
    target = mark.get_attribute("href")
    at.follow(mark.locator("path, circle, rect").first)
    assert at.page.url == at.host + target


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(window: Open, scheme: str) -> None:
    at = window(scheme=scheme)
    at.open("/cases/mali-2021")
    paper = at.page.evaluate("getComputedStyle(document.body).backgroundColor")
    red = int(re.findall(r"\d+", paper)[0])
    assert (red < 60) == (scheme == "dark")


def test_on_paper_reasons_are_unfolded_and_the_way_around_is_gone(window: Open) -> None:
    at = window()
    at.open("/cases/mali-2021?as_of=2021-06-15")
    at.page.emulate_media(media="print")
    assert not at.page.locator("nav").first.is_visible()
    folded = at.page.locator(".findings ul.why")
    assert folded.count() > 3
    for number in range(folded.count()):
        assert folded.nth(number).evaluate("one => one.getBoundingClientRect().height") > 0
    notes = at.page.locator("ol.notes li")
    assert notes.first.evaluate("one => one.getBoundingClientRect().height") > 0
    assert at.page.locator(".time b").first.is_visible()
    assert not at.page.locator(".time form").is_visible()
    at.page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 718
    edge = at.page.locator(".tl-plot").evaluate("one => one.getBoundingClientRect().right")
    assert edge <= 718
    assert at.page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize(
    "address", ["/cases", "/cases/chad-2021", "/rulebooks/au", "/record?from=2021-05-20&to=2021-06-10"]
)
def test_the_fonts_are_ours_and_arrive(window: Open, address: str) -> None:
    at = window()
    at.open(address)
    at.page.evaluate("document.fonts.ready")
    faces = at.page.evaluate("[...document.fonts].filter(one => one.status === 'loaded').map(one => one.family)")
    assert {one.strip('"') for one in faces} >= {"Inter", "Source Serif 4"}
    assert refused(at) == []


@pytest.mark.parametrize("script", [True, False])
def test_looking_closer_at_the_timeline(window: Open, script: bool) -> None:
    """With script the figure alone is changed, and the control keeps the focus; without it the page is opened anew."""
    at = window(script=script)
    page = at.page
    at.open("/cases/mali-2021?as_of=2021-06-15")
    if script:
        page.evaluate("window.mine = true")
    page.locator("#zoom-10").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#zoom-10[aria-current]")
    assert "zoom=10" in page.url
    assert "as_of=2021-06-15" in page.url
    ticks = page.locator("#figure text.tick").all_text_contents()
    assert any(tick.endswith("May") for tick in ticks)
    if script:
        assert page.evaluate("window.mine"), "the page was not opened anew"
        assert page.evaluate("document.activeElement.id") == "zoom-10"
    page.locator("#zoom-later").click()
    page.wait_for_url("**zoom_from=**")
    page.wait_for_selector("#zoom-10[aria-current]")
    assert page.locator("#figure").count() == 1
    page.go_back()
    page.wait_for_selector("#zoom-later")
    assert "zoom_from" not in page.url
    address = page.get_by_role("link", name="CSV", exact=True).first.get_attribute("href")
    assert "zoom=10" in address


def test_a_citation_is_copied_or_chosen_with_one_click(window: Open) -> None:
    at = window(permissions=["clipboard-read", "clipboard-write"])
    at.open("/facts/mali-2021/au-suspension")
    at.page.get_by_text("Cite this page").click()
    at.page.get_by_role("button", name="Copy", exact=True).click()
    at.page.get_by_role("button", name="Copied").wait_for()
    copied = at.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“The African Union") or copied.startswith("“The AU")
    assert "known_at=" in copied
    bare = window(script=False)
    bare.open("/facts/mali-2021/au-suspension")
    bare.page.get_by_text("Cite this page").click()
    assert bare.page.get_by_role("button", name="Copy").count() == 0
    assert bare.page.locator("#cited").is_visible()


def test_a_wide_figure_opens_where_it_matters(window: Open) -> None:
    """At the day looked at, or at the last year; without script at the first."""
    at = window(width=390, height=844)
    at.open("/cases")
    frame = at.page.locator(".tl-scroll.newest")
    assert frame.evaluate("one => one.scrollLeft + one.clientWidth >= one.scrollWidth - 2")
    at.open("/missions")
    line = at.page.locator(".gantt .asofl").bounding_box()
    assert 0 < line["x"] < 390
    at.open("/cases/mali-2021")
    assert at.page.locator("#figure .tl-scroll").evaluate("one => one.scrollLeft") == 0
    bare = window(width=390, height=844, script=False)
    bare.open("/cases")
    assert bare.page.locator(".tl-scroll.newest").evaluate("one => one.scrollLeft") == 0
