"""The record as CSV files: all of it, safe to open, whole or not at all, and never over what a person put there."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from goodoffices.casebook.coverage import coverage
from goodoffices.casebook.edition import Edition, edition
from goodoffices.core.errors import BadRecord, Broken
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FIELDS
from goodoffices.desk.desk import Desk, NewCase, open_desk
from goodoffices.desk.exporting import ABOUT, TABLES, Exported, export
from goodoffices.desk.tables import BOM, csv_text
from goodoffices.desk.views import Moment
from record import clock, day

Rows = list[dict[str, str]]
EARLY = day("2021-05-26")


@pytest.fixture(scope="module")
def reader(casebook_ledger: Path) -> Iterator[Desk]:
    """A desk over the casebook, looked at only."""
    opened = open_desk(casebook_ledger, clock, recorder="tests", take_in=False)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def whole(reader: Desk, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The record of today, written once."""
    return export(reader, reader.moment(), tmp_path_factory.mktemp("today") / "out", edition())


@pytest.fixture(scope="module")
def early(reader: Desk, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The record of two days after the coup in Mali, as it was known then."""
    return export(reader, reader.moment(EARLY, EARLY), tmp_path_factory.mktemp("early") / "out", edition())


@pytest.fixture
def small(empty_desk: Desk) -> Desk:
    """A desk with one short case, quick to export."""
    empty_desk.new_case(NewCase("Togo", "2026-11-19", "military_coup", "Radio Lomé", iso3="TGO"))
    return empty_desk


def put(desk: Desk, folder: Path, moment: Moment | None = None) -> Exported:
    return export(desk, moment or desk.moment(), folder, edition())


def rows(folder: Path, table: str) -> Rows:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def names() -> set[str]:
    return {ABOUT, *(f"{name}.csv" for name in TABLES)}


# ---------------------------------------------------------------- what is written


def test_a_folder_of_tables_and_a_page_about_them(whole: Exported) -> None:
    assert set(content(whole.folder)) == names()
    assert set(whole.rows) == set(TABLES)
    assert [path.name for path in whole.folder.parent.iterdir()] == [whole.folder.name]


def test_each_table_has_the_rows_that_the_desk_answers(whole: Exported, reader: Desk) -> None:
    moment = reader.moment()
    facts = reader.everything(moment).facts
    cases = [row.id for row in reader.cases(moment)]
    answered = {
        "cases": len(cases),
        "facts": len(facts),
        "sources": sum(len(fact.citations) for fact in facts),
        "findings": sum(len(reader.check(case, moment).findings) for case in cases),
        "missions": len(reader.missions(moment)),
        "operations": len(reader.operations(moment)),
        "claims": len(reader.claims(moment)),
        "coverage": len(coverage(facts)),
    }
    assert whole.rows == answered
    assert {name: len(rows(whole.folder, name)) for name in TABLES} == answered
    assert {row["id"] for row in rows(whole.folder, "cases")} == set(cases)
    assert {row["id"]: row["version"] for row in rows(whole.folder, "facts")} == {
        fact.key: fact.version for fact in facts
    }


def test_every_fact_has_its_sources(whole: Exported) -> None:
    cited = {row["fact"] for row in rows(whole.folder, "sources")}
    assert {row["id"] for row in rows(whole.folder, "facts")} == cited
    assert all(row["title"] and row["source"] for row in rows(whole.folder, "sources"))


def test_findings_name_facts_that_are_in_the_export(whole: Exported) -> None:
    ids = {row["id"] for row in rows(whole.folder, "facts")}
    named = {key for row in rows(whole.folder, "findings") for key in row["facts"].split("; ") if key}
    assert named
    assert named <= ids


def test_what_the_desk_finds_stands_in_the_findings(whole: Exported, reader: Desk) -> None:
    finding = reader.check("chad-2021", reader.moment()).finding("au.suspend")
    assert finding is not None
    row = next(
        one for one in rows(whole.folder, "findings") if (one["case"], one["rule"]) == ("chad-2021", "au.suspend")
    )
    assert (row["state"], row["citation"], row["verified"]) == (finding.state, finding.citation, "True")


def test_every_field_a_fact_may_carry_is_a_column(whole: Exported) -> None:
    fact = next(row for row in rows(whole.folder, "facts") if row["id"] == "mali-2021/au-suspension")
    assert set(FIELDS) <= set(fact)
    assert (fact["valid"], fact["actor"], fact["meeting"]) == ("2021-06-01", "au-psc", "1001")
    # No field of a value may write over a column of the fact itself.
    assert not set(FIELDS) & {field.name for field in fields(Fact)}
    assert not set(FIELDS) & {"id", "version", "case", "valid", "earliest", "latest", "text_fr"}


def test_letters_stay_as_they_are(whole: Exported) -> None:
    for name in TABLES:
        raw = (whole.folder / f"{name}.csv").read_bytes()
        assert raw.startswith(BOM.encode())
        assert raw.count(BOM.encode()) == 1
        raw.decode("utf-8")
    facts = {row["id"]: row for row in rows(whole.folder, "facts")}
    assert facts["state:MLI/state"]["country_ar"] == "مالي"
    assert facts["state:CIV/state"]["country_fr"] == "Côte d’Ivoire"
    assert "é" in facts["mali-2021/au-suspension"]["text_fr"]


def test_the_page_about_the_tables_says_which_casebook_and_which_days(whole: Exported, reader: Desk) -> None:
    about = (whole.folder / ABOUT).read_text(encoding="utf-8")
    assert edition().citation() in about
    assert "As of 2026-11-21, as known on 2026-11-21" in about
    assert reader.head().printed in about
    for name, count in whole.rows.items():
        assert f"{name}.csv ({count:,} rows)" in about


def test_the_same_moment_gives_the_same_bytes(whole: Exported, reader: Desk, tmp_path: Path) -> None:
    """ABOUT.txt too: it tells the days asked for and the end of the chain, and not when it was written."""
    again = put(reader, tmp_path / "again")
    assert content(again.folder) == content(whole.folder)


def test_an_empty_record_is_an_export_without_rows(empty_desk: Desk, tmp_path: Path) -> None:
    done = put(empty_desk, tmp_path / "out")
    assert set(content(done.folder)) == names()
    assert {name: count for name, count in done.rows.items() if name != "claims"} == dict.fromkeys(
        set(TABLES) - {"claims"}, 0
    )


# ---------------------------------------------------------------- as then known


def test_nothing_known_later_is_in_an_export_as_then_known(early: Exported, whole: Exported) -> None:
    facts = rows(early.folder, "facts")
    assert 1000 < len(facts) < len(rows(whole.folder, "facts"))
    assert all(row["known_at"] <= EARLY.isoformat() for row in facts)
    later = {row["id"]: row for row in rows(whole.folder, "facts") if row["known_at"] > EARLY.isoformat()}
    assert "mali-2021/au-suspension" in later
    assert not {row["fact"] for row in rows(early.folder, "sources")} & set(later)
    # Two facts may share a sentence, one of them known by then.
    sentences = {row["text"] for row in later.values()} - {row["text"] for row in facts}
    assert len(sentences) > 500
    for name in set(TABLES) - {"claims"}:  # claims are a later report's own words
        cells = {part for row in rows(early.folder, name) for cell in row.values() for part in cell.split("; ")}
        assert not cells & set(later), name
        assert not cells & sentences, name
    keys = {key for row in rows(early.folder, "claims") for key in row["facts"].split("; ")}
    assert not keys & set(later)


def test_cases_and_missions_of_later_days_are_not_in_it(early: Exported, whole: Exported) -> None:
    cases = {row["id"] for row in rows(early.folder, "cases")}
    assert "mali-2021" in cases
    assert not cases & {"guinea-2021", "niger-2023", "gabon-2023"}
    assert {row["case"] for row in rows(early.folder, "findings")} == cases
    assert {row["case"] for row in rows(early.folder, "coverage")} == cases
    ends = {row["id"]: row["end"] for row in rows(early.folder, "missions")}
    assert ends["minusma"] == ""
    assert {row["id"]: row["end"] for row in rows(whole.folder, "missions")}["minusma"].startswith("2023")


def test_notes_written_with_hindsight_are_left_out(early: Exported, whole: Exported) -> None:
    assert not any(row["note"] for row in rows(early.folder, "facts"))
    assert any(row["note"] for row in rows(whole.folder, "facts"))
    assert "as known on 2021-05-26" in (early.folder / ABOUT).read_text(encoding="utf-8")


# ---------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "|x", "%x", "＝1", " =1", "\u200b=1"])
def test_no_cell_is_run_as_a_formula(small: Desk, tmp_path: Path, text: str) -> None:
    note = {"s": {"title": f"{text} and more"}}
    said = {"kind": "context", "when": "2026-11-20", "actor": "authorities", "confidence": "low", "sources": ["s"]}
    small.record("togo-2026", "odd", {**said, "text": f"{text}.", "subject_matter": "odd"}, note)
    folder = put(small, tmp_path / "out").folder
    fact = next(row for row in rows(folder, "facts") if row["id"] == "togo-2026/odd")
    cited = next(row for row in rows(folder, "sources") if row["fact"] == "togo-2026/odd")
    for cell, meant in ((fact["text"], text), (cited["title"], text)):
        assert cell.startswith("'")
        assert meant.strip() in cell


def test_cells_of_a_table() -> None:
    table = [{"a": -1, "b": None, "c": ["=x", "y"], "d": True}, {"a": 0.5, "e": {"k": "v", "n": 2}}]
    text = csv_text(table)
    assert text.startswith(BOM)
    first, second = csv.DictReader(text.removeprefix(BOM).splitlines())
    assert (first["a"], first["b"], first["d"], first["e"]) == ("-1", "", "True", "")
    assert first["c"] == "'=x; y" or first["c"] == "''=x; y"
    assert (second["a"], second["b"], second["e"]) == ("0.5", "", "k: v; n: 2")
    assert csv_text([]) == BOM


# ---------------------------------------------------------------- where it is written


def test_an_earlier_export_is_replaced(small: Desk, tmp_path: Path) -> None:
    folder = put(small, tmp_path / "out").folder
    (folder / "facts.csv").write_text("old", encoding="utf-8")
    (folder / "claims.csv").unlink()
    put(small, folder)
    assert set(content(folder)) == names()
    assert len(rows(folder, "facts")) == len(small.everything(small.moment()).facts)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["out"]


def test_an_empty_folder_and_one_yet_to_be_made_are_filled(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "far" / "down" / "out"):
        assert put(small, folder).folder == folder
        assert set(content(folder)) == names()


def test_an_export_is_for_others_to_read(small: Desk, tmp_path: Path) -> None:
    folder = put(small, tmp_path / "out").folder
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_folder_with_a_file_of_another_is_refused_and_left_as_it_was(small: Desk, tmp_path: Path) -> None:
    folder = put(small, tmp_path / "out").folder
    (folder / "facts.csv").write_text("old", encoding="utf-8")
    (folder / "thesis.docx").write_bytes(b"years of work")
    before = content(folder)
    with pytest.raises(BadRecord, match=r"thesis\.docx"):
        put(small, folder)
    assert content(folder) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_many_foreign_files_are_named_in_short(small: Desk, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / "out").mkdir(exist_ok=True)
        (tmp_path / "out" / f"{number}.txt").touch()
    with pytest.raises(BadRecord, match=r"\(0\.txt, 1\.txt, 2\.txt …\)"):
        put(small, tmp_path / "out")


@pytest.mark.parametrize("name", ["facts.csv", "cases.csv"])
def test_a_table_of_a_persons_own_is_no_earlier_export(small: Desk, tmp_path: Path, name: str) -> None:
    """A folder is an earlier export only where its ABOUT.txt says so."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(BadRecord, match=name):
        put(small, tmp_path / "out")
    assert content(tmp_path / "out") == {name: b"mine"}


def test_a_folder_named_like_a_table_is_left_alone(small: Desk, tmp_path: Path) -> None:
    folder = put(small, tmp_path / "out").folder
    (folder / "facts.csv").unlink()
    (folder / "facts.csv").mkdir()
    (folder / "facts.csv" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadRecord, match=r"facts\.csv"):
        put(small, folder)
    assert (folder / "facts.csv" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_place_of_a_folder_is_refused(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a letter", encoding="utf-8")
    with pytest.raises(BadRecord, match="no folder"):
        put(small, tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a letter"


def test_a_link_is_not_followed(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(BadRecord, match="no folder"):
        put(small, tmp_path / "link")
    assert content(tmp_path / "real") == {}


def test_the_folder_one_stands_in_is_refused(small: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    for folder in (Path(), Path(".."), here):
        with pytest.raises(BadRecord, match="folder you are in"):
            put(small, folder)
    assert content(here) == {}
    assert set(content(put(small, Path("out")).folder)) == names()


@pytest.mark.parametrize("place", ["/proc/nowhere/out", "/dev/null/out"])
def test_where_no_folder_can_be(small: Desk, place: str) -> None:
    with pytest.raises(Broken, match="cannot be written"):
        put(small, Path(place))


def test_a_name_that_is_too_long(small: Desk, tmp_path: Path) -> None:
    with pytest.raises(Broken, match="cannot be"):
        put(small, tmp_path / ("x" * 300))


def test_a_folder_that_may_not_be_written(small: Desk, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("to root every folder is writable")
    parent = tmp_path / "closed"
    parent.mkdir()
    parent.chmod(0o500)
    try:
        with pytest.raises(Broken, match="cannot be written"):
            put(small, parent / "out")
        assert list(parent.iterdir()) == []
    finally:
        parent.chmod(0o700)


def test_a_disk_that_fills_up_leaves_the_earlier_export(
    small: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(small, tmp_path / "out").folder
    before = content(folder)
    real = Path.write_text

    def full(path: Path, *given: object, **named: object) -> int:
        if path.name == "missions.csv":
            raise OSError(28, "No space left on device")
        return real(path, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(Broken, match="No space left"):
        put(small, folder)
    assert content(folder) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_earlier_export(
    small: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(small, tmp_path / "out").folder
    before = content(folder)
    real = Path.rename

    def stuck(path: Path, target: Path) -> Path:
        if target == folder and path.name != "earlier":
            raise OSError(16, "Device or resource busy")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", stuck)
    with pytest.raises(Broken, match="busy"):
        put(small, folder)
    assert content(folder) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_the_edition_is_the_one_that_was_handed_in(small: Desk, tmp_path: Path) -> None:
    other = Edition(day("2030-01-01"), "0123456789abcdef")
    folder = export(small, small.moment(), tmp_path / "out", other).folder
    assert "version 2030-01-01.0123456789 " in (folder / ABOUT).read_text(encoding="utf-8")
