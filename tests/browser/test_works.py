"""How it works in a browser: words explain themselves to the keyboard, figures keep to their frames, without script."""

import pytest

from browser.conftest import Open

pytestmark = pytest.mark.browser
MALI = "/how-it-works/mali?as_of=2022-06-15"


def test_a_word_explains_itself_when_the_keyboard_reaches_it_without_script(window: Open) -> None:
    at = window(script=False)
    at.open("/how-it-works")
    word = at.page.locator("a.term").first
    assert word.evaluate("one => getComputedStyle(one, '::after').content") == "none"
    for _ in range(40):
        at.page.keyboard.press("Tab")
        if word.evaluate("one => one === document.activeElement"):
            break
    said = word.evaluate("one => getComputedStyle(one, '::after').content").strip('"')
    assert said == word.get_attribute("data-said")
    word.click()
    at.page.wait_for_load_state()
    assert at.page.url.endswith("/glossary#security-council")


def test_figures_scroll_in_their_own_frames(window: Open) -> None:
    at = window(width=390, height=844)
    at.open(MALI)
    for name in ("svg.chain", "svg.net"):
        frame = at.page.locator(f".tl-scroll:has({name})")
        assert frame.evaluate("one => one.scrollWidth > one.clientWidth + 100")
        frame.focus()
        assert frame.evaluate("one => one === document.activeElement"), "the keyboard can scroll it"
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_two_names_of_the_network_lie_upon_each_other(window: Open) -> None:
    at = window()
    for address in (MALI, "/how-it-works/mali?lang=fr", "/how-it-works/sudan", "/how-it-works/afghanistan"):
        at.open(address)
        boxes = [one.bounding_box() for one in at.page.locator("svg.net text.lab").all()]
        assert boxes
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = (
                    one["x"] + one["width"] <= other["x"] + 1
                    or other["x"] + other["width"] <= one["x"] + 1
                    or one["y"] + one["height"] <= other["y"] + 4
                    or other["y"] + other["height"] <= one["y"] + 4
                )
                assert apart, address


def test_the_words_of_the_chain_stay_in_their_boxes(window: Open) -> None:
    at = window()
    for address in ("/how-it-works/mali", "/how-it-works/mali?lang=fr", "/how-it-works/somalia?lang=fr"):
        at.open(address)
        over = at.page.evaluate(
            """[...document.querySelectorAll('svg.chain a, svg.chain g')].filter(one => {
                 const box = one.querySelector('rect').getBoundingClientRect();
                 return [...one.querySelectorAll('text')].some(text =>
                   text.getBoundingClientRect().right > box.right || text.getBoundingClientRect().bottom > box.bottom);
               }).map(one => one.textContent)"""
        )
        assert over == [], address


def test_the_edges_keep_their_places_from_day_to_day(window: Open) -> None:
    at = window()
    seen = []
    for day in ("2013-02-15", "2022-06-15"):
        at.open(f"/how-it-works/mali?as_of={day}")
        names = at.page.locator("svg.net .node")
        seen.append([(one.text_content(), one.locator("text").get_attribute("y")) for one in names.all()])
    assert seen[0] == seen[1]
