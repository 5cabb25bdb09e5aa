"""The same desk over PostgreSQL: the casebook taken in, asked, corrected, verified."""

import pytest

from goodoffices.desk.desk import NewCase, open_desk
from record import clock, day


@pytest.mark.postgres
def test_the_desk_works_over_postgresql(postgres_address: str) -> None:
    desk = open_desk(postgres_address, clock, recorder="tests")
    try:
        assert {"mali-2021", "chad-2021"} <= set(desk.case_ids())
        found = desk.check("mali-2021", desk.moment(day("2021-06-15"))).finding("au.suspend")
        assert found is not None
        assert (found.state, found.day) == ("fulfilled", 8)
        case = desk.new_case(NewCase("السودان", "2026-11-19", "military_coup", "إذاعة"))
        desk.correct(f"{case}/seizure", {"victim": "contested"}, "a test")
        assert desk.fact(f"{case}/seizure", desk.moment()).get("victim") == "contested"
        assert desk.verify().whole
    finally:
        desk.close()
    again = open_desk(postgres_address, clock, recorder="tests")
    assert not again.take_in_casebook().anything
    again.close()
