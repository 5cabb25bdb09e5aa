"""Who asked, who decided, who acted and who consented: from facts made for it, and over the casebook."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.made import fact, mission, operation
from goodoffices.briefs.authorisation import CONSENT, SORTS, Chain, chains, in_force, so_by
from goodoffices.casebook.actors import actors
from goodoffices.casebook.files import read_casebook
from goodoffices.core.facts import Fact

NAMES = {one.id: one.name for one in actors().values()}
BOOK = read_casebook().facts
ASKED = fact("utopia-2001/asked", "consent", "2001-01-10", step="requested", mission="unmu")
START = fact(
    "mission:unmu/start",
    "mandate",
    "2001-02-20",
    "un-security-council",
    **{"mission": "unmu", "direction": "start", "document": "S/RES/1400 (2001)", "votes": "14-0-1"},
)
GONE = fact("utopia-2001/gone", "consent", "2003-05-01", step="withdrawn", mission="unmu")
STOP = fact(
    *("utopia-2001/stop", "restriction", "2002-04-01"),
    **{"subject_matter": "flights", "direction": "start", "target": "flights of UNMU"},
)
AGAIN = fact(
    *("utopia-2001/again", "restriction", "2002-06-01"),
    **{"subject_matter": "flights", "direction": "end", "target": "flights of UNMU"},
)


def one(facts: list[Fact], on: str, id: str = "unmu") -> Chain:
    found = {chain.id: chain for chain in chains(facts, "UTO", date.fromisoformat(on), NAMES)}
    return found[id]


def of_mali(on: str = "2026-11-21") -> dict[str, Chain]:
    subjects = {f.subject for f in BOOK if f.kind in ("case", "mission", "operation") and "MLI" in f.get("iso3")}
    mine = [f for f in BOOK if f.subject in subjects and f.known_at <= date.fromisoformat(on)]
    return {chain.id: chain for chain in chains(mine, "MLI", date.fromisoformat(on), NAMES)}


def test_a_mission_has_who_asked_who_decided_and_the_votes() -> None:
    chain = one([mission(), ASKED, START], "2002-01-01")
    assert chain.asked == (ASKED,)
    assert chain.decided == (START,)
    assert chain.votes_of(START) == "14-0-1"
    assert (chain.sort, chain.consent, chain.ends) == ("un", "asked", None)


def test_a_link_that_nobody_recorded_is_not_known() -> None:
    chain = one([mission()], "2002-01-01")
    assert (chain.asked, chain.decided, chain.consent) == ((), (), "not_known")
    assert one([operation(host_consent="yes")], "2002-01-01", "aid").consent == "said"


def test_a_mission_without_a_first_mandate_shows_the_document_that_founded_it() -> None:
    head = mission(document="S/RES/1400 (2001)")
    assert one([head], "2002-01-01").decided == (head,)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2001-03-01", "asked"),
        ("2002-04-01", "limited"),
        ("2002-05-31", "limited"),
        ("2002-06-01", "asked"),
        ("2003-04-30", "asked"),
        ("2003-05-01", "withdrawn"),
    ],
)
def test_consent_follows_the_host_day_by_day(on: str, state: str) -> None:
    assert one([mission(), ASKED, START, STOP, AGAIN, GONE], on).consent == state


def test_what_came_after_the_day_is_no_part_of_the_chain() -> None:
    facts = [mission(), ASKED, START, GONE]
    assert chains(facts, "UTO", date(2001, 2, 28), NAMES) == ()
    assert GONE not in one(facts, "2003-04-30").consents


def test_a_limit_holds_while_it_lasts_and_an_expulsion_is_none() -> None:
    period = fact("utopia-2001/flights", "restriction", "2002-01/2002-03", subject_matter="flights", target="UNMU")
    told = fact("utopia-2001/told", "expulsion", "2002-01-05", target="the spokesman of UNMU")
    assert in_force(period, (period,), date(2002, 2, 1))
    assert not in_force(period, (period,), date(2002, 4, 1))
    assert not in_force(told, (told,), date(2002, 2, 1))
    assert one([mission(), period, told], "2002-02-01").limits == (period, told)


def test_leave_to_act_is_told_from_mere_backing() -> None:
    leave = fact("operation:aid/leave", "force", "2001-05-01", "un-security-council", step="authorised")
    warm = fact("operation:aid/warm", "resolution", "2001-05-02", "un-security-council", verb="support")
    own = fact("operation:aid/own", "decision", "2001-05-03", "france", verb="support")
    chain = one([operation(), leave, warm, own], "2002-01-01", "aid")
    assert [chain.backed(each) for each in chain.decided] == [False, True, False]
    assert chain.later == ()


def test_a_welcome_after_the_beginning_is_not_what_let_it_begin() -> None:
    warm = fact("operation:aid/warm", "statement", "2001-09-01", "un-security-council", verb="support")
    assert one([operation(), warm], "2002-01-01", "aid").later == (warm,)


def test_a_legal_basis_is_found_among_what_was_decided_before_it() -> None:
    before = fact("mission:unmu/old", "resolution", "2001-05-01", "un-security-council", document="S/RES/1410 (2001)")
    after = fact("mission:unmu/new", "resolution", "2001-09-01", "un-security-council", document="S/RES/1420 (2001)")
    head = operation(legal_basis="S/RES/1410 (2001); welcomed in S/RES/1420 (2001)")
    assert one([head, before, after], "2002-01-01", "aid").decided == (before,)


def test_who_asks_is_the_host_and_organs_that_call_for_it() -> None:
    called = fact("operation:aid/called", "decision", "2001-05-01", "au-psc", verb="call")
    host = fact("operation:aid/host", "consent", "2001-04-01", step="requested")
    chain = one([operation(), called, host], "2002-01-01", "aid")
    assert [each.actor for each in chain.asked] == ["authorities", "au-psc"]
    assert chain.decided == ()


def test_an_operation_in_several_countries_ends_here_when_it_leaves_here() -> None:
    head = operation(iso3="UTO, ARC")
    end = fact("operation:aid/end", "foreign_forces", "2009-01-01", "france", direction="end")
    left = fact("utopia-2001/left", "foreign_forces", "2005-03-01", "france", direction="end")
    assert one([head, end, left], "2010-01-01", "aid").ends == date(2005, 3, 1)
    assert one([head, end], "2010-01-01", "aid").ends == date(2009, 1, 1)
    assert one([operation(), end, left], "2010-01-01", "aid").ends == date(2009, 1, 1)


def test_a_country_that_leaves_an_organisation_leaves_its_force() -> None:
    head = operation(lead="g5-sahel", lead_type="regional", iso3="UTO, ARC")
    left = fact("utopia-2001/exit", "organisation_exit", "2004-05-05", step="announced", organisation="g5-sahel")
    assert one([head, left], "2006-01-01", "aid").ends == date(2004, 5, 5)


def test_names_are_short_in_figures() -> None:
    titles = {
        "Task Force Takuba": "Takuba",
        "Wagner Group in Utopia": "Wagner Group",
        "AMU (African Mission in Utopia)": "AMU",
        "Unified Force of Friends (FU-AES)": "FU-AES",
    }
    for title, short in titles.items():
        assert one([operation(title=title)], "2002-01-01", "aid").called() == short
    french = operation(title_fr="Opération Aide")
    assert one([french], "2002-01-01", "aid").called("fr") == "Aide"


def test_an_act_told_by_two_files_counts_once() -> None:
    twin = fact("mission:unmu/asked", "consent", "2001-01-10", step="requested", mission="unmu")
    assert len(one([mission(), ASKED, twin], "2002-01-01").consents) == 1


def test_competing_accounts_do_not_count() -> None:
    other = fact("utopia-2001/other", "consent", "2001-01-11", step="withdrawn", mission="unmu")
    rival = replace(other, confidence="low", competes_with="utopia-2001/asked")
    assert one([mission(), ASKED, rival], "2002-01-01").consent == "asked"


@given(st.dates(date(2000, 12, 1), date(2003, 12, 31)))
def test_every_fact_of_a_chain_had_begun_by_the_day(day: date) -> None:
    for chain in chains([mission(), ASKED, START, STOP, AGAIN, GONE], "UTO", day, NAMES):
        for each in (*chain.asked, *chain.decided, *chain.consents, *chain.limits, chain.acted):
            assert so_by(each, day)
        assert chain.consent in CONSENT and chain.sort in SORTS


def test_mali_is_complete() -> None:
    found = of_mali()
    assert {"minusma", "afisma", "serval", "barkhane", "takuba", "g5-sahel-joint-force", "eutm-mali"} <= set(found)
    assert {"misahel", "wagner-mali", "africa-corps-mali", "eucap-sahel-mali", "fu-aes"} <= set(found)
    assert {found[id].sort for id in found} == {"un", "regional", "single_state", "coalition", "private"}
    un = found["minusma"]
    assert [each.actor for each in un.asked] == ["authorities", "ecowas", "au"]
    assert un.votes_of(un.decided[0]) == "15-0-0"
    assert un.decided[0].get("document") == "S/RES/2100 (2013)"
    assert (un.consent, found["takuba"].consent, found["barkhane"].consent) == ("withdrawn",) * 3
    assert [chain.id for chain in found.values() if not chain.asked and chain.consent == "not_known"] == []
    assert found["afisma"].votes_of(found["afisma"].decided[0]) == "15-0-0"
    assert found["barkhane"].ends == date(2022, 8, 15)
    assert found["g5-sahel-joint-force"].ends == date(2022, 5, 15)


def test_consent_in_mali_as_it_was_known_then() -> None:
    assert of_mali("2022-08-01")["minusma"].consent == "limited"
    assert of_mali("2022-09-01")["minusma"].consent == "asked"
    assert of_mali("2023-06-16")["minusma"].consent == "withdrawn"
    assert "minusma" not in of_mali("2013-04-24")
