"""Pages of facts that belong to no case: missions and operations."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("key", "register", "said"),
    [
        ("mission:minusma/mission", "Register of missions", "S/RES/2100 (2013)"),
        ("mission:minusma/res-2584", "Register of missions", "five weeks after the second coup"),
        ("operation:serval/operation", "Register of operations", "France sends troops to Mali"),
        ("state:MLI/state", "Register of states", "Mali"),
    ],
)
def test_a_fact_of_a_register_has_a_page(reader: TestClient, key: str, register: str, said: str) -> None:
    answer = reader.get(f"/facts/{key}")
    assert answer.status_code == 200
    assert register in answer.text and said in answer.text
    assert reader.get(f"/facts/{key}.json").json()["key"] == key


def test_a_mission_is_no_case(reader: TestClient) -> None:
    assert reader.get("/cases/mission:minusma").status_code == 404
