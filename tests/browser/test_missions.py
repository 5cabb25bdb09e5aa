"""Missions in a browser: the Gantt scrolls in its own frame, every bar can be reached by keyboard, the form asks."""

from itertools import pairwise

import pytest

from browser.conftest import Open

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/missions", "/operations", "/missions?figure=all&by=type"])
def test_the_gantt_scrolls_in_its_own_frame(window: Open, address: str) -> None:
    at = window(width=390, height=844)
    at.open(address)
    frame, names = at.page.locator(".gantt .tl-scroll"), at.page.locator(".gantt .tl-fixed")
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth + 300")
    before = names.bounding_box()["x"]
    frame.evaluate("one => one.scrollLeft = 400")
    assert frame.evaluate("one => one.scrollLeft") == 400
    assert names.bounding_box()["x"] == before
    lane = names.bounding_box()
    for name in names.locator("text").all():
        box = name.bounding_box()
        assert box["x"] + box["width"] <= lane["x"] + lane["width"] + 1, name.text_content()
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_names_and_bars_stand_at_one_height(window: Open) -> None:
    at = window()
    at.open("/missions")
    tall = [at.page.locator(f".gantt svg.{one}").bounding_box() for one in ("gantt-names", "gantt-plot")]
    assert tall[0]["y"] == tall[1]["y"]
    assert tall[0]["height"] == tall[1]["height"]


def test_labels_do_not_run_into_the_next_bar(window: Open) -> None:
    """As the browser measures them, not as we guess."""
    at = window()
    for address in ("/missions?figure=all", "/missions?figure=all&by=type", "/operations?figure=all"):
        at.open(address)
        boxes = at.page.evaluate("""
            [...document.querySelectorAll('.gantt .bar')].map(bar => {
              const text = bar.querySelector('text').getBoundingClientRect();
              const rects = [...bar.querySelectorAll('rect')].map(one => one.getBoundingClientRect());
              return {name: bar.querySelector('text').textContent, top: Math.round(rects[0].top),
                      low: Math.min(text.left, ...rects.map(one => one.left)),
                      high: Math.max(text.right, ...rects.map(one => one.right)), text: text.left};
            })""")
        rows: dict[int, list[dict[str, float]]] = {}
        for one in boxes:
            near = next((top for top in rows if abs(top - one["top"]) <= 1), one["top"])
            rows.setdefault(near, []).append(one)
        for row in rows.values():
            row.sort(key=lambda one: one["low"])
            for left, right in pairwise(row):
                assert left["high"] <= right["low"] + 2, (address, left["name"], right["name"])


def test_a_bar_is_reached_by_keyboard_and_leads_to_its_mission(window: Open) -> None:
    at = window()
    at.open("/missions")
    bar = at.page.locator('.gantt a.bar[href="/missions/minusma"]')
    bar.focus()
    at.page.keyboard.press("Enter")
    at.page.wait_for_url("**/missions/minusma")
    assert at.page.locator("h1").text_content() == "MINUSMA"


def test_the_form_asks_without_script(window: Open) -> None:
    at = window(script=False)
    at.open("/missions?as_of=2021-06-01&known_at=2021-06-01&lang=fr")
    at.page.fill("input[name=expires_within]", "90")
    at.follow(at.page.locator("form.ask button"))
    assert "expires_within=90" in at.page.url
    assert "as_of=2021-06-01" in at.page.url
    assert "lang=fr" in at.page.url
    shown = at.page.locator("table.missions tbody th a").all_text_contents()
    assert shown[:2] == ["UNITAMS", "MINUSMA"]


def test_who_authorised_serval_is_two_clicks_away(window: Open) -> None:
    at = window()
    at.open("/cases")
    at.follow(at.page.get_by_role("link", name="Missions", exact=True))
    at.follow(at.page.get_by_role("link", name="Operations of others"))
    row = at.page.locator("table.operations tr", has_text="Operation Serval")
    assert "Mali asked" in (row.text_content() or "")
