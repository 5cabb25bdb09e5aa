"""A case recorded in a browser, without script: from nothing to a printed brief; and only from our own pages."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from browser.conftest import Window
from goodoffices.desk.desk import open_desk
from goodoffices.web.app import create
from record import clock

pytestmark = pytest.mark.browser
CASE = "togo-2026"


@pytest.fixture
def desk_served(casebook_ledger: Path, tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """Pages over a record of the test's own."""
    path = tmp_path / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(f"{casebook_ledger}.heads", f"{path}.heads")
    desk = open_desk(path, clock, recorder="tests")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(create(desk), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", desk
    server.should_exit = True
    thread.join(10)
    listener.close()
    desk.close()


@pytest.fixture
def plain(chromium: Any, desk_served: tuple[str, Any]) -> Iterator[Window]:
    """A window without script over that record."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    context.set_default_timeout(15_000)
    made = Window(context.new_page(), desk_served[0])
    yield made
    context.close()


def test_from_nothing_to_a_printed_brief_without_script(plain: Window, desk_served: tuple[str, Any]) -> None:
    page, desk = plain.page, desk_served[1]
    plain.open("/new-case")
    page.get_by_label("Country").fill("Togo")
    page.get_by_label("Day 0").fill("2026-13-20")
    page.get_by_label("Kind of change").select_option("military_coup")
    plain.follow(page.get_by_role("button", name="Open the case"))
    assert page.get_by_text("2 things to mend").is_visible()
    assert page.get_by_label("Country").input_value() == "Togo"
    assert page.evaluate("document.activeElement.id") == "problems"
    page.locator("#problems a").first.click()
    assert page.url.partition("#")[2] in ("f-day", "f-source")
    page.get_by_label("Day 0").fill("2026-11-20")
    page.get_by_label("Source").fill("Agence togolaise")
    plain.follow(page.get_by_role("button", name="Open the case"))
    assert f"/cases/{CASE}/record?written=" in page.url
    assert page.get_by_text("2 entries written").is_visible()

    page.get_by_label("Kind of fact").select_option("suspension")
    plain.follow(page.get_by_role("button", name="Show its fields"))
    page.get_by_label("When").fill("2026-11-21")
    page.get_by_label("What, in one sentence").fill("Half a thought")
    plain.follow(page.get_by_role("button", name="Keep as a draft"))
    assert page.get_by_text("Kept as a draft").is_visible()
    page.get_by_label("Who needed").fill("AU PSC")
    page.get_by_label("What, in one sentence").fill("The Council suspends Togo")
    page.get_by_label("Source needed").fill("Communiqué")
    plain.follow(page.get_by_role("button", name="Record this fact"))
    assert page.get_by_text("The Council suspends Togo.").first.is_visible()
    assert desk.current(f"{CASE}/au-psc-suspension").text == "The Council suspends Togo."
    assert "done, day 1" in page.locator("aside").inner_text()

    plain.follow(page.get_by_role("link", name="Pasted"))
    page.get_by_label("Pasted text").fill(
        "2026-11-21; ecowas; statement; ECOWAS condemns it; A page; verb=condemn\nnot a line"
    )
    plain.follow(page.get_by_role("button", name="See what is understood"))
    assert page.get_by_text("One thing to mend; nothing was written").is_visible()
    plain.follow(page.get_by_role("button", name="Record the one fact"))
    assert page.get_by_text("ECOWAS condemns it.").first.is_visible()
    plain.follow(page.get_by_role("link", name="open it"))
    assert page.get_by_label("Pasted text").input_value() == "not a line"

    plain.open(f"/cases/{CASE}/record")
    plain.follow(page.get_by_role("link", name="Correct or withdraw: ecowas-statement"))
    page.get_by_label("Reason").last.fill("never was")
    plain.follow(page.get_by_role("button", name="Withdraw the fact"))
    assert "ecowas-statement" not in page.locator("table.events").first.inner_text()

    plain.follow(page.locator("aside").get_by_role("link", name="page", exact=True))
    assert page.locator("h1").inner_text().startswith("Togo")
    assert "The Council suspends Togo" in page.inner_text("body")
    assert "Half a thought" not in page.inner_text("body")
    assert "ECOWAS condemns it" not in page.inner_text("body")
    printed = page.request.get(f"{plain.host}/cases/{CASE}/brief.pdf")
    assert printed.body().startswith(b"%PDF-")
    assert desk.verify().whole


def test_a_page_of_another_site_writes_nothing(chromium: Any, desk_served: tuple[str, Any], tmp_path: Path) -> None:
    """A form that stands elsewhere, and one on another port of this machine, sent by a real browser."""
    host, desk = desk_served
    before = desk.head()
    fields = {"country": "Togo", "day": "2026-11-20", "category": "military_coup", "source": "x", "do": "open"}
    inside = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    trap = f'<form method="post" action="{host}/new-case">{inside}<button>win</button></form>'
    context = chromium.new_context()
    context.route("http://evil.example/**", lambda route: route.fulfill(body=trap, content_type="text/html"))
    other = f"http://127.0.0.1:{_free_port()}"
    context.route(f"{other}/**", lambda route: route.fulfill(body=trap, content_type="text/html"))
    for place in ("http://evil.example/", f"{other}/"):
        page = context.new_page()
        page.goto(place)
        with page.expect_response(f"{host}/new-case") as answer:
            page.get_by_role("button", name="win").click()
        assert answer.value.status == 403, place
        page.close()
    context.close()
    assert desk.head() == before


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def test_the_sandbox_and_the_tour_are_walked_without_script(plain: Window) -> None:
    page = plain.page
    plain.open("/tour")
    plain.follow(page.get_by_role("link", name="Begin"))
    for _ in range(5):
        plain.follow(page.locator("a[rel=next]"))
    assert page.url.endswith("/tour/6")
    plain.follow(page.get_by_role("link", name="To the sandbox"))
    plain.follow(page.get_by_role("button", name="Make the sandbox"))
    assert "/sandbox/cases/meridia-made-up-2026/record" in page.url
    assert page.get_by_text("Sandbox: nothing here is real.").is_visible()
    plain.follow(page.get_by_role("link", name="The case on its page"))
    assert page.url.startswith(f"{plain.host}/sandbox/cases/")
    page.get_by_text("change", exact=True).click()
    page.get_by_label("as known on").fill("2026-11-19")
    plain.follow(page.get_by_role("button", name="Look"))
    assert page.url.startswith(f"{plain.host}/sandbox/cases/")
    plain.follow(page.get_by_role("link", name="Back to the record"))
    assert "/sandbox" not in page.url
