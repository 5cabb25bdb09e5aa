"""What became of the tables the casebook was built from: a file of mapping/ for each case, and three for the rest."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from goodoffices.casebook.files import CASES, FOLDER, read_casebook

TABLES = Path(__file__).parents[3] / "shared" / "facts"  # ../shared/facts, beside the checkout
CASE_NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
NUMBERED = ("ucg_facts", "ucg_facts_more")  # rows go by their number; those of report_facts by their own id
# The tables write some cases otherwise: the casebook has the country's full name, and no word for the outcome.
IN_TABLES = {
    "benin-2025": "benin-2025-attempt",
    "central-african-republic-2003": "car-2003",
    "central-african-republic-2013": "car-2013",
    "sao-tome-and-principe-2003": "sao-tome-2003",
}
# Beside the cases: what became entries of registers, facts of states, facts of bodies.
OF_NO_CASE = {
    "registers": ("missions", "mandate_cycles", "mandate_tasks", "operations"),
    "states": ("membership_africa", "council_members"),
    "bodies": ("ucg_facts", "ucg_facts_more", "report_facts"),
}
Rows = list[dict[str, str]]
KEYS = {fact.key for fact in read_casebook().facts}


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mapping(case: str) -> Rows:
    return rows_of(FOLDER / "mapping" / f"{case}.csv")


def test_every_case_has_a_mapping_and_every_mapping_a_case() -> None:
    found = {path.name for path in (FOLDER / "mapping").iterdir()}
    assert found == {f"{name}.csv" for name in (*CASE_NAMES, *OF_NO_CASE)}


@pytest.mark.parametrize("case", [*CASE_NAMES, *OF_NO_CASE])
def test_every_row_has_an_outcome_and_its_fact_exists(case: str) -> None:
    for row in mapping(case):
        assert list(row) == ["table", "row", "outcome", "fact", "reason"], row
        assert row["table"] and row["row"], row
        if row["outcome"] == "refused":
            assert row["reason"] and not row["fact"], row
        else:
            assert row["outcome"] in ("fact", "merged"), row
            full = row["fact"] if "/" in row["fact"] or case in OF_NO_CASE else f"{case}/{row['fact']}"
            assert full in KEYS, row


@pytest.mark.parametrize("case", [*CASE_NAMES, *OF_NO_CASE])
def test_a_row_may_become_several_facts_but_is_not_refused_as_well(case: str) -> None:
    outcomes = defaultdict(set)
    seen = set()
    for row in mapping(case):
        outcomes[row["table"], row["row"]].add(row["outcome"])
        entry = (row["table"], row["row"], row["fact"])
        assert entry not in seen, f"{entry} stands twice"
        seen.add(entry)
    assert not [key for key, found in outcomes.items() if "refused" in found and len(found) > 1]


@pytest.mark.skipif(not TABLES.is_dir(), reason="The tables the casebook was built from are not beside this checkout.")
@pytest.mark.parametrize("table", ["ucg_facts", "ucg_facts_more", "report_facts"])
@pytest.mark.parametrize("case", CASE_NAMES)
def test_every_row_of_the_tables_about_a_case_is_mapped(case: str, table: str) -> None:
    rows = rows_of(TABLES / f"{table}.csv")
    name = IN_TABLES.get(case, case)
    if table in NUMBERED:
        wanted = {str(number) for number, row in enumerate(rows, 1) if row["case_id"] == name}
        shared = set()
    else:
        wanted = {row["id"] for row in rows if row["case"] == name}
        shared = {row["id"] for row in rows if row["case"] == "general"}  # the report names several cases at once
    mapped = {row["row"] for row in mapping(case) if row["table"] == table}
    assert wanted <= mapped <= wanted | shared


@pytest.mark.parametrize("name", OF_NO_CASE)
def test_what_is_of_no_case_is_mapped_from_its_own_tables(name: str) -> None:
    assert {row["table"] for row in mapping(name)} == set(OF_NO_CASE[name])


def test_rows_of_registers_become_missions_and_operations_and_those_of_states_memberships() -> None:
    subjects = {
        "missions": "mission:",
        "mandate_cycles": "mission:",
        "mandate_tasks": "mission:",
        "operations": "operation:",
    }
    for row in mapping("registers"):
        assert row["outcome"] == "refused" or row["fact"].startswith(subjects[row["table"]]), row
    for row in mapping("states"):
        assert row["outcome"] == "refused" or row["fact"].startswith("state:"), row


@pytest.mark.skipif(not TABLES.is_dir(), reason="The tables the casebook was built from are not beside this checkout.")
@pytest.mark.parametrize(
    ("name", "table"), [(name, table) for name in ("registers", "states") for table in OF_NO_CASE[name]]
)
def test_every_row_of_the_tables_of_registers_and_states_is_mapped(name: str, table: str) -> None:
    wanted = {str(number) for number, _ in enumerate(rows_of(TABLES / f"{table}.csv"), 1)}
    assert {row["row"] for row in mapping(name) if row["table"] == table} == wanted


@pytest.mark.skipif(not TABLES.is_dir(), reason="The tables the casebook was built from are not beside this checkout.")
@pytest.mark.parametrize("table", OF_NO_CASE["bodies"])
def test_every_general_row_is_mapped_to_a_body(table: str) -> None:
    """What the tables tell of no one case. A case may map such a row, too, where the report names the case in it."""
    rows = rows_of(TABLES / f"{table}.csv")
    if table in NUMBERED:
        wanted = {str(number) for number, row in enumerate(rows, 1) if row["case_id"] == "general"}
    else:
        wanted = {row["id"] for row in rows if row["case"] == "general"}
    assert wanted
    assert {row["row"] for row in mapping("bodies") if row["table"] == table} == wanted
