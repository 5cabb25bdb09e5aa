"""Cases side by side in a browser: chosen without script, stacked on a phone, followed with the keyboard."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from browser.conftest import Open

pytestmark = pytest.mark.browser
TWO = "/compare?case=mali-2021&case=guinea-2021"
OVERLAPS = """
[...document.querySelectorAll('table.matrix tbody tr:not(.group)')].flatMap(row => {
  const cells = [...row.children].filter(one => getComputedStyle(one).display !== 'none');
  return cells.slice(1).filter((one, place) =>
    one.getBoundingClientRect().top < cells[place].getBoundingClientRect().bottom - 1).map(one => one.textContent);
})
"""


def test_cases_are_chosen_without_script(window: Open) -> None:
    at = window(script=False)
    at.open("/compare?as_of=2023-12-31&lang=fr")
    for case in ("mali-2021", "niger-2023"):
        at.page.locator(f"input[value='{case}']").check()
    at.follow(at.page.locator("main form button"))
    asked = parse_qs(urlsplit(at.page.url).query)
    assert sorted(asked["case"]) == ["mali-2021", "niger-2023"]
    assert (asked["as_of"], asked["lang"]) == (["2023-12-31"], ["fr"])
    assert at.page.locator("table.matrix thead th").count() == 3
    more = at.page.locator("table.matrix details.more").first
    assert not more.locator("a").first.is_visible()
    more.locator("summary").click()
    assert more.locator("a").first.is_visible()
    at.page.locator("details.fold summary").first.click()
    assert at.page.locator("table.marks tbody tr").first.is_visible()


def test_the_matrix_is_stacked_by_case_on_a_phone(window: Open) -> None:
    at = window(width=390, height=844)
    at.open(f"{TWO}&case=central-african-republic-2013")
    assert at.page.locator("table.matrix td.none:visible").count() == 0
    cell = at.page.locator("table.matrix td:not(.none)").first
    label = cell.evaluate("one => getComputedStyle(one, '::before').content").strip('"')
    assert label == cell.get_attribute("data-label")
    assert at.page.evaluate(OVERLAPS) == []
    frame, names = at.page.locator(".tl-scroll"), at.page.locator(".tl-fixed")
    before = names.bounding_box()["x"]
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth + 100")
    frame.evaluate("one => one.scrollLeft = 300")
    assert names.bounding_box()["x"] == before
    for text in names.locator("text").all():
        box, lane = text.bounding_box(), names.bounding_box()
        assert box["x"] + box["width"] <= lane["x"] + lane["width"] + 1, f"{text.text_content()} is cut off"


def test_a_mark_is_reached_with_the_keyboard_and_leads_to_its_fact(window: Open) -> None:
    at = window()
    at.open(TWO)
    mark = at.page.locator(".al-plot a.mark").first
    mark.focus()
    assert mark.evaluate("one => one === document.activeElement")
    address = mark.get_attribute("href")
    at.page.keyboard.press("Enter")
    at.page.wait_for_url(f"**{address}")
    assert at.page.locator("h1").count() == 1


def test_departures_are_filtered_without_script(window: Open) -> None:
    at = window(script=False, width=390, height=844)
    at.open("/deviations")
    at.page.locator("select[name=rulebook]").select_option("au")
    at.follow(at.page.locator("main form button"))
    shown = at.page.locator("table.departures td.what a").evaluate_all("all => all.map(one => one.pathname)")
    assert shown
    assert all("/why/au." in one for one in shown)
    at.follow(at.page.locator("table.departures td.what a").first)
    assert "/why/au." in at.page.url


def test_a_dot_of_the_strip_leads_to_its_fact(window: Open) -> None:
    at = window()
    at.open("/patterns/lags")
    dots = at.page.locator("svg.strips a.mark")
    assert dots.count() > 20
    dots.first.focus()
    at.page.keyboard.press("Enter")
    at.page.wait_for_url("**/facts/**")
