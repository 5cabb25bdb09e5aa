"""Opening the workbench for readers: the hall starts the web application by its import string."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Final

from goodoffices.core.errors import Broken
from goodoffices.desk.desk import Desk

APPLICATION: Final = "goodoffices.web.app:create"
LOOPBACK: Final = "127.0.0.1"


def serve(
    desk: Desk,
    host: str = LOOPBACK,
    port: int = 8000,
    opened: Callable[[], None] | None = None,
    names: Sequence[str] = (),
) -> None:
    """Serve the pages until stopped, to this machine only unless told otherwise. Broken where the port is taken.

    Requests are answered under the machine's own names, `host` and `names`; any other name is refused.
    """
    import socket

    import uvicorn

    module, _, name = APPLICATION.partition(":")
    application = getattr(importlib.import_module(module), name)(desk, hosts=(host, *names))
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
