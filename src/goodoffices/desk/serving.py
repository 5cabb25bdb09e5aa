"""Opening the workbench for readers: the hall starts the web application by its import string."""

from __future__ import annotations

import importlib
import ipaddress
from collections.abc import Callable, Sequence
from typing import Final

from goodoffices.core.errors import Broken
from goodoffices.desk.desk import Desk

APPLICATION: Final = "goodoffices.web.app:create"
LOOPBACK: Final = "127.0.0.1"


def may_write(host: str, names: Sequence[str] = ()) -> bool:
    """Whether pages may write when nobody says so: where the server listens on the machine's own address alone, under
    no further name. A further name means that others get there through something that stands in front."""
    try:
        own = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        own = host.lower().rstrip(".") == "localhost"
    return own and not names


def serve(
    desk: Desk,
    host: str = LOOPBACK,
    port: int = 8000,
    opened: Callable[[], None] | None = None,
    names: Sequence[str] = (),
    write: bool | None = None,
) -> None:
    """Serve the pages until stopped, to this machine only unless told otherwise. Broken where the port is taken.

    Requests are answered under the machine's own names, `host` and `names`; any other name is refused. Pages may write
    where only this machine can reach them (see `may_write`), unless `write` says otherwise.
    """
    import socket

    import uvicorn

    module, _, name = APPLICATION.partition(":")
    application = getattr(importlib.import_module(module), name)(
        desk, hosts=(host, *names), write=may_write(host, names) if write is None else write
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as fault:
        listener.close()
        raise Broken(
            f"{host} port {port} cannot be used: {fault.strerror}. Stop what holds it, or give another --port."
        ) from fault
    listener.listen()
    if opened:
        opened()
    config = uvicorn.Config(application, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
