"""The programs of docs/how-to/ask-from-a-program.md, run against the pages as they are served."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from goodoffices.desk.desk import Desk
from goodoffices.web.app import create

HOWTO = Path(__file__).parents[2] / "docs" / "how-to" / "ask-from-a-program.md"
SHOWN = dict(re.findall(r'```python title="([^"]+)"\n(.*?)```', HOWTO.read_text(encoding="utf-8"), re.DOTALL))


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the pages are served, on a free port of this machine."""
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


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("one.py", r"fulfilled .*'mali-2021/au-suspension'"),
        ("all.py", r"2021-06-01 au-psc "),
        ("again.py", r"304"),
    ],
)
def test_what_is_shown_works(address: str, name: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = SHOWN[name].replace("http://127.0.0.1:8000", address)
    assert program != SHOWN[name]
    exec(compile(program, name, "exec"), {"__name__": "__main__"})
    assert re.search(says, capsys.readouterr().out)


def test_every_program_shown_is_run() -> None:
    assert set(SHOWN) == {"one.py", "all.py", "again.py"}
