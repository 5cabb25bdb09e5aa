"""Where things lie that belong to a record and are no part of it: drafts, the sandbox.

Beside the record's file, where it is one; for a database on a server, in the user's data folder, under a name that
stands for its address.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from goodoffices.core.errors import Broken


def beside(place: Path | str, what: str) -> Path:
    """The file for `what` beside a record."""
    if isinstance(place, Path):
        return place.with_name(f"{place.name}.{what}")
    from platformdirs import user_data_path

    stands_for = hashlib.sha256(place.encode()).hexdigest()[:16]
    return user_data_path("goodoffices", appauthor=False) / f"{stands_for}.{what}"


def made_ready(path: Path) -> None:
    """An empty file that only its owner may read, where there is none yet. Broken where it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as fault:
        raise Broken(f"{path} cannot be written: {fault.strerror}.") from fault
