"""The register of states: names in three languages, codes, and who belongs to what, since when and until when."""

import re
from collections import defaultdict
from datetime import date

import pytest

from goodoffices.casebook.files import CASES, read_case, read_states
from goodoffices.core.facts import Fact

FACTS = read_states()
STATES = {fact.get("iso3"): fact for fact in FACTS if fact.kind == "state"}


def moves(organisation: str) -> dict[str, list[Fact]]:
    """Joinings and leavings by state, in the order in which the register has them."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in FACTS:
        if fact.kind == "membership" and fact.get("organisation") == organisation:
            found[fact.subject.removeprefix("state:")].append(fact)
    return found


def members(organisation: str) -> set[str]:
    return {state for state, acts in moves(organisation).items() if acts[-1].get("step") == "joined"}


def test_there_are_fifty_eight_states_each_named_once() -> None:
    assert len(STATES) == 58
    for field in ("country", "country_fr", "country_ar", "m49"):
        assert len({state.get(field) for state in STATES.values()}) == 58


@pytest.mark.parametrize("iso3", sorted(STATES))
def test_names_and_codes(iso3: str) -> None:
    state = STATES[iso3]
    assert state.key == f"state:{iso3}/state"
    assert re.fullmatch(r"[A-Z]{3}", iso3) and re.fullmatch(r"\d{3}", state.get("m49"))
    assert re.fullmatch(r"[^\W\d_][\w ’().-]*", state.get("country"))
    assert re.fullmatch(r"[^\W\d_][\w ’().-]*", state.get("country_fr"))
    assert re.fullmatch(r"[\u0600-\u06ff ]+", state.get("country_ar"))


def test_a_state_is_known_from_the_first_day_anybody_may_ask_about() -> None:
    assert {state.known_at for state in STATES.values()} == {date(1945, 10, 24)}


def test_some_names() -> None:
    names = [STATES[iso3].get(field) for iso3 in ("MLI", "TCD", "CIV") for field in ("country", "country_fr")]
    assert names == ["Mali", "Mali", "Chad", "Tchad", "Côte d’Ivoire", "Côte d’Ivoire"]
    assert (STATES["MLI"].get("country_ar"), STATES["MLI"].get("m49")) == ("مالي", "466")


def test_every_case_is_about_a_state_of_the_register_under_its_name() -> None:
    for path in CASES.glob("*.yaml"):
        head = read_case(path).facts[0]
        assert head.get("country") == STATES[head.get("iso3")].get("country")


@pytest.mark.parametrize(
    ("organisation", "count"), [("au", 55), ("ecowas", 12), ("eccas", 11), ("sadc", 16), ("igad", 7)]
)
def test_how_many_members(organisation: str, count: int) -> None:
    assert len(members(organisation)) == count


def test_morocco_left_and_came_back() -> None:
    assert [(fact.get("step"), fact.span.begins.shown.year) for fact in moves("au")["MAR"]] == [
        ("joined", 1963),
        ("left", 1984),
        ("joined", 2017),
    ]


@pytest.mark.parametrize(
    ("organisation", "state", "day"),
    [
        ("ecowas", "MLI", "2025-01-29"),
        ("ecowas", "BFA", "2025-01-29"),
        ("ecowas", "NER", "2025-01-29"),
        ("ecowas", "MRT", "2000-12"),
        ("eccas", "RWA", "2007"),
        ("sadc", "SYC", "2004"),
        ("igad", "ERI", "2025-12-12"),
        ("au", "MAR", "1984-11-12"),
    ],
)
def test_when_memberships_ended(organisation: str, state: str, day: str) -> None:
    assert [fact.span.text for fact in moves(organisation)[state] if fact.get("step") == "left"] == [day]


def test_nobody_else_left() -> None:
    assert len([fact for fact in FACTS if fact.kind == "membership" and fact.get("step") == "left"]) == 8


@pytest.mark.parametrize("organisation", ["au", "ecowas", "eccas", "sadc", "igad"])
def test_joining_and_leaving_take_turns(organisation: str) -> None:
    for acts in moves(organisation).values():
        days = [fact.span.begins.shown for fact in acts]
        assert days == sorted(days)
        assert [fact.get("step") for fact in acts] == ["joined", "left", "joined"][: len(acts)]
        assert {fact.actor for fact in acts} == {organisation}


def test_states_outside_africa_belong_to_none_of_them() -> None:
    for state in ("MMR", "AFG", "SYR"):
        assert state in STATES
        assert not any(state in moves(organisation) for organisation in ("au", "ecowas", "eccas", "sadc", "igad"))


def test_what_is_known_of_the_african_charter_on_democracy() -> None:
    """What no page shows is not there: unknown, never false."""
    known = {(f.subject[6:], f.get("step"), f.span.text) for f in FACTS if f.kind == "treaty_action"}
    assert known == {
        ("CMR", "ratified", "2012-01-16"),
        ("ETH", "ratified", "2009-02-03~"),
        ("MRT", "ratified", "2009-02-03~"),
        ("ZWE", "signed", "2018-03-21"),
        ("ZWE", "not_ratified", "2021-05-27"),
    }
