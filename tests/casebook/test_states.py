"""The register of states: names in six languages, codes by date, and who belongs to what, since when and until when."""

import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from goodoffices.casebook.files import CASES, read_case, read_states
from goodoffices.casebook.states import NAMES
from goodoffices.core.days import is_zone
from goodoffices.core.errors import BadRecord
from goodoffices.core.facts import Fact

FACTS = read_states()
STATES = {fact.get("iso3"): fact for fact in FACTS if fact.kind == "state"}
CODES = [fact for fact in FACTS if fact.kind == "code"]
NO_MEMBERS = {"PSE", "VAT", "ESH", "XKX", "TWN"}  # observers and others that the casebook or the scholars' lists name
MEMBERS = sorted(set(STATES) - NO_MEMBERS)
COUNCIL = "un-security-council"
PERMANENT = {"CHN", "FRA", "GBR", "RUS", "USA"}


def moves(organisation: str) -> dict[str, list[Fact]]:
    """Joinings and leavings by state, in the order in which the register has them."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in FACTS:
        if fact.kind == "membership" and fact.get("organisation") == organisation:
            found[fact.subject.removeprefix("state:")].append(fact)
    return found


def members(organisation: str) -> set[str]:
    return {state for state, acts in moves(organisation).items() if acts[-1].get("step") == "joined"}


def code(iso3: str, system: str, day: str) -> list[str]:
    """The numbers a state has in a list on a day."""
    asked = date.fromisoformat(day)
    return [
        fact.get("code")
        for fact in CODES
        if fact.subject == f"state:{iso3}" and fact.get("system") == system and holds(fact, asked)
    ]


def holds(fact: Fact, day: date) -> bool:
    return fact.span.begins.earliest <= day and (fact.span.ends is None or day <= fact.span.ends.latest)


def test_every_member_of_the_united_nations_is_there_and_named_once() -> None:
    assert len(MEMBERS) == 193 and set(STATES) >= NO_MEMBERS
    for field in (*NAMES.values(), "m49"):
        given = [state.get(field) for state in STATES.values() if state.get(field)]
        assert len(given) == len(set(given)), field
        assert len(given) >= len(MEMBERS)


@pytest.mark.parametrize("iso3", MEMBERS)
def test_names_and_codes(iso3: str) -> None:
    state = STATES[iso3]
    assert state.key == f"state:{iso3}/state"
    assert re.fullmatch(r"[A-Z]{3}", iso3) and re.fullmatch(r"\d{3}", state.get("m49"))
    for field in ("country", "country_fr", "country_es"):
        assert re.fullmatch(r"[A-ZÀ-ÞŒ][A-Za-zÀ-ÿœ ’()-]*", state.get(field)), field
    assert re.fullmatch(r"[\u0600-\u06ff ()-]+", state.get("country_ar"))
    assert re.fullmatch(r"[Ѐ-ӿ ’()—-]+", state.get("country_ru"))
    assert re.fullmatch(r"[\u4e00-\u9fff]+", state.get("country_zh"))


def test_who_is_there_beside_the_members() -> None:
    assert {iso3: STATES[iso3].get("country") for iso3 in NO_MEMBERS} == {
        "PSE": "State of Palestine",
        "VAT": "Holy See",
        "ESH": "Sahrawi Arab Democratic Republic",
        "XKX": "Kosovo",
        "TWN": "Taiwan (Province of China)",
    }
    assert not STATES["XKX"].get("m49")


def test_namibia_is_no_gap() -> None:
    assert (STATES["NAM"].get("country"), STATES["NAM"].get("m49")) == ("Namibia", "516")
    assert code("NAM", "gw", "2020-01-01") == code("NAM", "cow", "2020-01-01") == ["565"]


# ---------------------------------------------------------------- codes by date


def test_every_member_has_both_codes_today() -> None:
    for iso3 in MEMBERS:
        for system in ("gw", "cow"):
            assert len(code(iso3, system, "2026-01-01")) == 1, (iso3, system)


def test_codes_are_known_throughout_and_cite_their_list() -> None:
    for fact in CODES:
        assert fact.known_at == date(1945, 10, 24) and fact.span.period
        assert fact.citations[0].source.id == fact.get("system")
        assert re.fullmatch(r"code-(?:gw|cow)-\d", fact.name)


@pytest.mark.parametrize("shared", ["subject", "code"])
def test_spans_of_codes_do_not_overlap(shared: str) -> None:
    """A state has one number a list and day, and a number stands for one state."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in CODES:
        groups[fact.get("system"), fact.subject if shared == "subject" else fact.get("code")].append(fact)
    for group in groups.values():
        for one, other in combinations(group, 2):
            first, second = sorted((one, other), key=lambda fact: fact.span.begins.earliest)
            assert first.span.ends is not None, (first.key, second.key)
            assert first.span.ends.latest < second.span.begins.earliest, (first.key, second.key)


@pytest.mark.parametrize(
    ("iso3", "system", "day", "expected"),
    [
        ("YEM", "gw", "1989-01-01", ["678"]),
        ("YEM", "gw", "2015-01-01", ["678"]),
        ("YEM", "cow", "1990-05-21", ["678"]),
        ("YEM", "cow", "1990-05-22", ["679"]),
        ("SDN", "gw", "2011-07-08", ["625"]),
        ("SDN", "gw", "2011-07-09", ["625"]),
        ("SDN", "cow", "2023-04-15", ["625"]),
        ("SSD", "gw", "2011-07-08", []),
        ("SSD", "gw", "2011-07-09", ["626"]),
        ("SSD", "cow", "2011-07-09", ["626"]),
        ("DEU", "gw", "1948-01-01", []),
        ("DEU", "gw", "1989-11-09", ["260"]),
        ("DEU", "gw", "2020-01-01", ["260"]),
        ("DEU", "cow", "1990-10-02", ["260"]),
        ("DEU", "cow", "1990-10-03", ["255"]),
        ("SRB", "gw", "2006-06-04", ["345"]),
        ("SRB", "gw", "2006-06-05", ["340"]),
        ("SRB", "cow", "2020-01-01", ["345"]),
        ("ETH", "cow", "1992-01-01", ["530"]),
        ("ERI", "gw", "1993-05-24", ["531"]),
        ("CZE", "gw", "1992-12-31", []),
        ("CZE", "gw", "1993-01-01", ["316"]),
        ("SVK", "cow", "1993-01-01", ["317"]),
        ("SYR", "cow", "1960-01-01", []),
        ("SYR", "gw", "1960-01-01", ["652"]),
        ("VNM", "gw", "2020-01-01", ["816"]),
        ("KIR", "gw", "2020-01-01", ["970"]),
        ("KIR", "cow", "2020-01-01", ["946"]),
        ("NRU", "cow", "2020-01-01", ["970"]),
        ("MLI", "gw", "2021-05-24", ["432"]),
        ("ESH", "gw", "2021-05-24", []),
    ],
)
def test_codes_by_date(iso3: str, system: str, day: str, expected: list[str]) -> None:
    assert code(iso3, system, day) == expected


@pytest.mark.parametrize(
    "codes",
    [
        "gw",
        "[{system: gw, code: '432'}]",
        "[{system: gw, code: '432', from: 1960}]",
        "[{system: gw, code: '432', from: 1960-09-22, to: 1960-09-21}]",
        "[{system: gw, code: MLI, from: 1960-09-22}]",
        "[{system: cow, code: '432', from: 1960-06-20}]",  # the list is not among the sources
        "[{system: iso, code: '432', from: 1960-09-22}]",
        "[{system: gw, code: '432', from: 1960-09-22, until: 1970-01-01}]",
    ],
)
def test_a_code_with_a_mistake_is_refused_with_its_line(tmp_path: Path, codes: str) -> None:
    path = tmp_path / "states.yaml"
    path.write_text(
        f"sources:\n  gw: {{title: A list of states}}\nstates:\n  MLI:\n    name: {{en: Mali}}\n    codes: {codes}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadRecord) as refused:
        read_states(path)
    assert [problem.where for problem in refused.value.problems] == ["states.yaml, line 6"]


# ---------------------------------------------------------------- what stands beside them


def test_a_state_is_known_from_the_first_day_anybody_may_ask_about() -> None:
    assert {state.known_at for state in STATES.values()} == {date(1945, 10, 24)}


def test_some_names() -> None:
    names = [STATES[iso3].get(field) for iso3 in ("MLI", "TCD", "CIV") for field in ("country", "country_fr")]
    assert names == ["Mali", "Mali", "Chad", "Tchad", "Côte d’Ivoire", "Côte d’Ivoire"]
    assert (STATES["MLI"].get("country_ar"), STATES["MLI"].get("m49")) == ("مالي", "466")


def test_every_case_is_about_a_state_of_the_register_under_its_name() -> None:
    for path in CASES.glob("*.yaml"):
        head = read_case(path).facts[0]
        said = head.get("country").replace("'", "’").removeprefix("The ")
        assert said == STATES[head.get("iso3")].get("country"), path.name


AFRICAN = ("au", "ecowas", "eccas", "sadc", "igad")


@pytest.mark.parametrize(
    ("organisation", "count"),
    [
        *(("au", 55), ("ecowas", 12), ("eccas", 11), ("sadc", 16), ("igad", 7)),
        *(("oas", 34), ("commonwealth", 56), ("asean", 11), ("arab-league", 22), ("oif", 48)),
    ],
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
    left = [fact for fact in FACTS if fact.kind == "membership" and fact.get("step") == "left"]
    assert len([fact for fact in left if fact.get("organisation") in AFRICAN]) == 8


@pytest.mark.parametrize("organisation", [*AFRICAN, "oas", "commonwealth", "oif", "asean", "arab-league"])
def test_joining_and_leaving_take_turns(organisation: str) -> None:
    for acts in moves(organisation).values():
        days = [fact.span.begins.shown for fact in acts]
        assert days == sorted(days)
        assert [fact.get("step") for fact in acts] == ["joined", "left", "joined"][: len(acts)]
        assert {fact.actor for fact in acts} == {organisation}


def test_states_outside_africa_belong_to_none_of_them() -> None:
    for state in ("MMR", "AFG", "SYR"):
        assert state in STATES
        assert not any(state in moves(organisation) for organisation in AFRICAN)


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


# ---------------------------------------------------------------- the Security Council


def seated(year: int) -> set[str]:
    """Who sits in the Council through a year."""
    day = date(year, 6, 30)
    found = set()
    for state, acts in moves(COUNCIL).items():
        done = [fact for fact in acts if fact.span.begins.latest <= day]
        if done and done[-1].get("step") == "joined":
            found.add(state)
    return found


@pytest.mark.parametrize("year", range(2008, 2027))
def test_ten_elected_members_a_year(year: int) -> None:
    assert seated(year) >= PERMANENT
    assert len(seated(year) - PERMANENT) == 10


def test_some_seats() -> None:
    assert {"NER", "TUN", "VNM", "EST", "VCT"} <= seated(2021)
    assert "ITA" in seated(2017) - seated(2018) and "NLD" in seated(2018) - seated(2017)
    assert {"COD", "LBR", "BHR", "COL", "LVA"} <= seated(2026)
    assert not {"MLI", "AFG", "MMR"} & set(moves(COUNCIL))


def test_permanent_members_joined_once_and_never_left() -> None:
    for state in PERMANENT:
        assert [(fact.name, fact.span.text) for fact in moves(COUNCIL)[state]] == [("council-permanent", "1945-10-24")]


def test_an_elected_term_begins_and_ends_on_the_first_of_january() -> None:
    for state, acts in moves(COUNCIL).items():
        if state in PERMANENT:
            continue
        assert [fact.get("step") for fact in acts] == ["joined", "left"] * (len(acts) // 2)
        for joined, left in zip(acts[::2], acts[1::2], strict=True):
            first, after = joined.span.begins.shown, left.span.begins.shown
            assert (first.month, first.day, after.month, after.day) == (1, 1, 1, 1)
            assert after.year - first.year in (1, 2)
            assert (joined.name, left.name) == (f"council-{first.year}", f"council-{first.year}-left")


# ---------------------------------------------------------------- other organisations


@pytest.mark.parametrize(
    ("organisation", "state", "days"),
    [
        ("commonwealth", "GMB", ["1965-02-18", "2013-10-03", "2018-02-08"]),
        ("commonwealth", "MDV", ["1982", "2016-10-13", "2020-02-01"]),
        ("commonwealth", "ZWE", ["1980-04-18", "2003-12-07"]),
        ("commonwealth", "GAB", ["2022-06-25"]),
        ("oas", "HND", ["1948-04-30"]),  # a suspension is no end of membership
        ("oas", "NIC", ["1948-04-30", "2023-11-19"]),
        ("commonwealth", "ZAF", ["1931", "1961-05-31", "1994-06-01"]),
        ("asean", "MMR", ["1997-07-23"]),
        ("arab-league", "SYR", ["1945-03-22"]),
        ("oif", "MLI", ["1970-03-20", "2025"]),
    ],
)
def test_who_came_and_went(organisation: str, state: str, days: list[str]) -> None:
    assert [fact.span.text for fact in moves(organisation)[state]] == days


def test_every_state_counts_its_days_in_a_zone() -> None:
    assert all(is_zone(fact.get("zone")) for fact in STATES.values())
    assert STATES["MMR"].get("zone") == "Asia/Yangon" and STATES["MLI"].get("zone") == "Africa/Bamako"
    assert not is_zone("Africa/Timbuktu-Airport") and not is_zone("../etc/passwd") and not is_zone("")
