"""What is vendored is what its VENDOR.json says: name, version, licence, package, and the hash of every file."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[1]
ROOTS = (TOP / "src", TOP / "tests" / "vendor")
RECORDS = sorted(record for root in ROOTS for record in root.rglob("VENDOR.json"))
VENDORED_SUFFIXES = {".woff2", ".woff", ".ttf", ".otf"}


def entries(record: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(record.read_text(encoding="utf-8"))
    return found


def where(record: Path) -> str:
    return record.parent.relative_to(TOP).as_posix()


def test_there_is_something_to_check() -> None:
    assert RECORDS


@pytest.mark.parametrize("record", RECORDS, ids=where)
def test_files_have_the_recorded_hash(record: Path) -> None:
    for entry in entries(record):
        assert entry["files"], f"{record}: {entry['name']} lists no file"
        for listed in entry["files"]:
            found = hashlib.sha256((record.parent / listed["file"]).read_bytes()).hexdigest()
            assert found == listed["sha256"], f"{record.parent / listed['file']} is not the file that was vendored"


@pytest.mark.parametrize("record", RECORDS, ids=where)
def test_each_entry_names_its_origin_and_licence(record: Path) -> None:
    for entry in entries(record):
        assert entry["name"]
        assert entry["version"]
        assert entry["licence"]
        assert (record.parent / entry["licence_file"]).is_file()
        assert set(entry["source"]) == {"registry", "package", "version"}
    assert "://" not in record.read_text(encoding="utf-8"), (
        "a package is named by registry, name and version, not by address"
    )


def test_no_vendored_file_goes_unrecorded() -> None:
    recorded = {
        record.parent / listed["file"] for record in RECORDS for entry in entries(record) for listed in entry["files"]
    }
    present = {
        path
        for root in ROOTS
        for path in root.rglob("*")
        if path.suffix in VENDORED_SUFFIXES or path.name.endswith(".min.js")
    }
    assert present <= recorded
