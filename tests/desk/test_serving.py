"""Where pages may write when nobody says so: where no other machine gets in."""

import socket

import pytest

from goodoffices.desk.desk import Desk
from goodoffices.desk.serving import may_write, serve


@pytest.mark.parametrize(
    ("host", "names", "may"),
    [
        ("127.0.0.1", (), True),
        ("127.0.0.53", (), True),
        ("::1", (), True),
        ("[::1]", (), True),
        ("localhost", (), True),
        ("LocalHost.", (), True),
        ("0.0.0.0", (), False),
        ("::", (), False),
        ("192.168.1.4", (), False),
        ("10.0.0.1", (), False),
        ("fe80::1", (), False),
        ("::ffff:10.0.0.1", (), False),
        ("desk.mission.example", (), False),
        ("localhost.evil.example", (), False),
        ("", (), False),
        ("127.0.0.1", ("desk.mission.example",), False),
    ],
)
def test_by_default_only_the_machine_itself_writes(host: str, names: tuple[str, ...], may: bool) -> None:
    assert may_write(host, names) is may


@pytest.mark.parametrize(
    ("names", "write", "may"), [((), None, True), (("desk.example",), None, False), (("desk.example",), True, True)]
)
@pytest.mark.parametrize("closed", [False, True])
def test_the_owner_has_the_last_word(
    empty_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[str, ...],
    write: bool | None,
    may: bool,
    closed: bool,
) -> None:
    made: list[bool] = []

    def create(_desk: Desk, hosts: tuple[str, ...], write: bool) -> None:
        assert hosts == ("127.0.0.1", *names)
        made.append(write)

    monkeypatch.setattr("goodoffices.web.app.create", create)
    monkeypatch.setattr("uvicorn.Server.run", lambda _server, sockets: sockets[0].close())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve(empty_desk, "127.0.0.1", port, names=names, write=False if closed else write)
    assert made == [may and not closed]
