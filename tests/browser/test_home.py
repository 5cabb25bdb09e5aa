"""The first page and the figures of the list in a browser: links in drawings, the form without script, dark colours."""

import re

import pytest

from browser.conftest import Open

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_form_finds_cases_and_its_address_can_be_kept(window: Open, script: bool) -> None:
    at = window(script=script)
    page = at.page
    at.open("/cases?lang=fr&sort=title")
    page.get_by_label("Nom ou dirigeant").fill("Goïta")
    page.locator("select[name=kind]").select_option("military_coup")
    at.follow(page.get_by_role("button", name="Choisir"))
    assert re.fullmatch(rf"{at.host}/cases\?(.*)#table", page.url)
    asked = set(page.url.partition("?")[2].partition("#")[0].split("&"))
    assert asked == {"lang=fr", "sort=title", "q=Go%C3%AFta", "kind=military_coup"}
    assert page.locator("table.cases tbody tr").count() == 1
    assert page.locator("table.cases tbody th").inner_text() == "Mali, mai 2021"
    at.follow(page.get_by_role("link", name="Tout afficher"))
    assert page.locator("table.cases tbody tr").count() > 50


@pytest.mark.parametrize("width", [1280, 390])
def test_marks_of_the_figures_lead_to_their_cases(window: Open, width: int) -> None:
    at = window(width=width, height=844)
    page = at.page
    for mark, says in (
        (".yearly a.bar[href*='from=2021'][href*='military_coup']", r"2021: (\d+) case"),
        (".yearly a.sum[href*='from=2012']", r"2012: (\d+) case"),
        (".tiles a[href*='state=BFA']", r"Burkina Faso: (\d+) case"),
    ):
        at.open("/cases")
        link = page.locator(mark)
        count = re.match(says, link.locator("title").text_content())
        assert count is not None
        link.scroll_into_view_if_needed()
        at.follow(link.locator("text").first)
        assert page.locator("table.cases tbody tr").count() == int(count[1])
        assert page.locator(".brick.faint").count() > 0
    at.follow(page.get_by_role("link", name="On a map of the world"))
    assert "state=BFA" in page.url
    page.locator(".world a[href*='state=FJI'] circle").last.click(force=True)
    assert page.locator("table.cases tbody th").first.inner_text().startswith("Fiji")


def test_marks_can_be_reached_by_keyboard_and_say_what_they_are(window: Open) -> None:
    at = window()
    page = at.page
    at.open("/cases?as_of=2005-01-01")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('svg a')?.querySelector('title')?.textContent ?? ''"))
    named = [one for one in seen if one]
    assert any(one.startswith("2000: 1 case, military coup, completed") for one in named)
    assert any(one.startswith("Algeria: no case") for one in named)
    page.locator(".yearly a.bar").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("kind="))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_follow_the_colours_of_the_page(window: Open, scheme: str) -> None:
    at = window(scheme=scheme)
    page = at.page
    colour = "one => getComputedStyle(one).fill"
    for address, mark in (
        ("/cases", ".yearly rect.y-accent"),
        ("/cases", ".tiles rect.t-some"),
        ("/cases/map", ".world path.w-some"),
    ):
        at.open(address)
        accent = page.locator(".jump a, .crumb a").first.evaluate("one => getComputedStyle(one).color")
        assert page.locator(mark).first.evaluate(colour) == accent
    at.open("/cases")
    letter = page.locator(".yearly text.y-on").first.evaluate(colour)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert letter == paper
    assert page.evaluate("window.refused") == []


def test_the_days_ahead_can_be_narrowed(window: Open) -> None:
    at = window()
    page = at.page
    address = "/?as_of=2021-06-15&known_at=2021-06-15"
    page.request.get(at.host + address, timeout=60_000)  # the first time all cases are looked through
    at.open(address)
    every = page.locator("table.ahead tbody tr").count()
    at.follow(page.get_by_role("link", name="next 90 days"))
    assert "within=90" in page.url
    assert 0 < page.locator("table.ahead tbody tr").count() < every
    at.follow(page.locator("table.ahead td.what a").first)
    assert "/facts/" in page.url
    assert "as_of=2021-06-15" in page.url
