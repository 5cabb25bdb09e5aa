"""Compiling to machine code, kept on disk for as long as no module of the rules has changed.

Invariant: a kept function is never older than what was compiled into it. The compiler itself looks at the one file a
function stands in; most of the kernel is inlined from others.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from platformdirs import user_cache_path

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HERE: Final = Path(__file__).parent
_NAME: Final = "compiled-"
_SETTINGS: Final[Any] = numba.config  # its names are made when it is imported


def stamp(sources: Path = _HERE) -> str:
    """What the modules of a folder say, as 16 hexadecimal digits: another for each change in any of them."""
    read = hashlib.blake2b(digest_size=8)
    for path in sorted(sources.glob("*.py")):
        said = path.read_bytes()
        read.update(f"{path.name} {len(said)}\n".encode() + said)
    return read.hexdigest()


def folder(sources: Path = _HERE, given: str = "") -> Path:
    """Where compiled functions are kept: beside the modules, or with the user where those may not be written.

    `given` is the folder named in NUMBA_CACHE_DIR. What was kept for an earlier state of the modules is removed.
    """
    beside = sources / "__pycache__"
    parent = Path(given) if given else beside
    if not given:
        with suppress(OSError):
            beside.mkdir(exist_ok=True)
        if not os.access(beside, os.W_OK):
            parent = user_cache_path("goodoffices")
    kept = parent / f"{_NAME}{stamp(sources)}"
    if parent == beside and not kept.exists():
        for old in beside.glob(f"{_NAME}*"):
            shutil.rmtree(old, ignore_errors=True)
    return kept


_KEPT: Final = folder(given=_SETTINGS.CACHE_DIR)


def compiled(function: _Function, **options: Any) -> _Function:
    """The function, compiled when it is first called with such arguments, and then kept on disk."""
    before = _SETTINGS.CACHE_DIR
    _SETTINGS.CACHE_DIR = str(_KEPT)  # looked at now, not when the function is called
    try:
        return cast(_Function, numba.njit(cache=True, **options)(function))
    finally:
        _SETTINGS.CACHE_DIR = before
