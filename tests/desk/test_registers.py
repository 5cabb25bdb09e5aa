"""Missions and operations in the record: they can be asked for, and are no cases."""

from datetime import date

from goodoffices.desk.desk import Desk


def test_missions_and_operations_are_no_cases(desk: Desk) -> None:
    assert not [case for case in desk.case_ids() if ":" in case]
    assert not [row.id for row in desk.cases(desk.moment()) if ":" in row.id]


def test_a_mandate_is_found_by_its_mission(desk: Desk) -> None:
    fact = desk.fact("mission:minusma/res-2584", desk.moment())
    assert (fact.get("until"), fact.get("document")) == ("2022-06-30", "S/RES/2584 (2021)")


def test_an_end_is_not_known_before_it_comes(desk: Desk) -> None:
    early = desk.moment(date(2014, 1, 1), date(2014, 1, 1))
    assert desk.fact("operation:serval/operation", early).get("lead") == "france"
    changes = desk.changes(date(2014, 7, 31), date(2014, 8, 1))
    assert {"operation:serval/end", "operation:barkhane/operation"} <= {change.fact.key for change in changes}
