"""Chromium over the casebook's pages: a server on a free loopback port, a browser that tells what it dislikes."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from goodoffices.desk.desk import open_desk
from goodoffices.web.app import create
from record import casebook_ledger, clock

__all__ = ["casebook_ledger"]
FLAGS = (
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
CHROMIUM = os.environ.get("GOODOFFICES_CHROMIUM", "/usr/bin/chromium")
LISTEN = """
window.refused = [];
document.addEventListener('securitypolicyviolation', event => window.refused.push(event.violatedDirective));
"""


@pytest.fixture(scope="session")
def served(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pages over the casebook, with a clock that stands still."""
    path = tmp_path_factory.mktemp("served") / "ledger.db"
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
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()
    desk.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests here; where there is none they are skipped, with one sentence."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}: install it or set GOODOFFICES_CHROMIUM.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Window:
    """A browser window at the pages, and all that went wrong in it."""

    page: Any
    host: str
    troubles: list[str] = field(default_factory=list)

    def open(self, address: str) -> Any:
        """Go to an address of the pages."""
        answer = self.page.goto(self.host + address)
        assert answer is not None
        return answer

    def follow(self, control: Any) -> None:
        """Use a link or a button that leads to another page, and wait until that has arrived whole."""
        with self.page.expect_navigation():
            control.click()

    def watch(self) -> None:
        """Write down what the browser complains of, and each request that fails or leaves this host."""
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda fault: self.troubles.append(f"error: {fault}"))
        self.page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.troubles.append(f"{kind}: {text}")

    def _failed(self, address: str, why: str | None) -> None:
        if why != "net::ERR_ABORTED":  # the reader went on before all had arrived
            self.troubles.append(f"failed: {address}: {why}")

    def _asked(self, address: str) -> None:
        if not address.startswith((self.host, "data:")):
            self.troubles.append(f"off the host: {address}")

    def _answered(self, status: int, address: str) -> None:
        if status >= 400 and "mali-2091" not in address:
            self.troubles.append(f"{status}: {address}")


Open = Callable[..., Window]


@pytest.fixture
def window(chromium: Any, served: str) -> Iterator[Open]:
    """Opens windows; at the end none of them may have complained."""
    opened: list[tuple[Any, Window]] = []

    def new(width: int = 1280, height: int = 900, scheme: str = "light", script: bool = True, **more: Any) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script, **more
        )
        context.set_default_timeout(10_000)
        if script:
            context.add_init_script(LISTEN)
        made = Window(context.new_page(), served)
        made.watch()
        opened.append((context, made))
        return made

    yield new
    troubles: list[str] = []
    for context, made in opened:
        troubles += [one for one in made.troubles if "status of 404" not in one]
        context.close()
    assert troubles == []
