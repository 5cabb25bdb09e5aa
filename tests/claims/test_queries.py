"""Each query, over a record small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from claims.making import ALPHA, ALPHA_AGAIN, BETA, FAILED, FOUR, GAMMA, ask, fact, record
from goodoffices.claims.queries import QUERIES, query_named
from goodoffices.claims.record import Found
from goodoffices.core.errors import BadRecord
from goodoffices.core.findings import Finding, Reason

YEAR = {"since": "2021-01-01", "until": "2021-12-31"}


def value(found: Found) -> object:
    assert not found.missing, found.missing
    assert len(set(found.values)) == 1, found.values
    return found.values[0]


def finding(rule: str, state: str, due: date | None = None) -> Finding:
    return Finding(rule, rule, "obligation", "un", state, (), Reason("met"), due=due, facts=("alpha-2020/seizure",))


def test_every_query_says_what_it_counts_and_is_tested_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    for name, query in QUERIES.items():
        assert query.meaning.endswith("."), name
        assert f'"{name}"' in text, f"{name} has no test"


def test_a_query_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadRecord, match="no query"):
        query_named("guess", "here")


# ---------------------------------------------------------------- cases


def test_cases_are_counted_by_category_outcome_and_period() -> None:
    facts = record(*FOUR, *FAILED)
    assert value(ask("count_cases", facts)) == 4
    assert value(ask("count_cases", facts, **YEAR)) == 3
    assert value(ask("count_cases", facts, category="military_coup", **YEAR)) == 2
    assert value(ask("count_cases", facts, outcome="failed")) == 1


def test_cases_are_listed_by_country_or_by_id() -> None:
    facts = record(*FOUR)
    assert value(ask("list_cases", facts, category="military_coup")) == {"Alpha", "Beta"}
    assert value(ask("list_cases", facts, by="case", **YEAR)) == {"alpha-2021", "beta-2021", "gamma-2021"}
    assert ask("list_cases", facts, cases=["delta-2021"]).missing == ("the case delta-2021",)


def test_members_of_an_organisation_count_on_the_day() -> None:
    joined = fact("state:BBB/in", "membership", "2000-01-01", organisation="au", step="joined")
    left = fact("state:BBB/out", "membership", "2021-01-01", organisation="au", step="left")
    assert value(ask("list_cases", record(*FOUR, joined), member_of="au")) == {"Beta"}
    assert value(ask("list_cases", record(*FOUR, joined, left), member_of="au")) == frozenset()


def test_cases_are_grouped_and_compared() -> None:
    facts = record(*FOUR)
    assert value(ask("group_cases", facts, **YEAR)) == {"military_coup 2", "armed_takeover 1"}
    before = {"before_since": "2020-01-01", "before_until": "2020-12-31"}
    assert value(ask("more_cases_than_before", facts, **YEAR, **before)) is True
    swapped = {"since": "2020-01-01", "until": "2020-12-31", "before_since": "2021-01-01", "before_until": "2021-12-31"}
    assert value(ask("more_cases_than_before", facts, **swapped)) is False


def test_a_second_seizure_in_the_country_counts_and_a_failed_one_does_not() -> None:
    facts = record(*FOUR, *FAILED)
    assert value(ask("followed_by_another", facts)) == {"Alpha"}
    assert value(ask("followed_by_another", facts, cases=["beta-2021"])) == frozenset()
    late = record(*BETA, *(replace(one, key=one.key.replace("2021", "2025")) for one in BETA))
    assert value(ask("followed_by_another", late)) == frozenset()


def test_who_took_power_and_who_lost_it() -> None:
    took = fact("beta-2021/took", "leadership", "2021-04-20", person="B", office="head", manner="took_power")
    gone = fact("beta-2021/gone", "leadership", "2023-01-01", person="B", office="head", manner="removed")
    ask_on = {"cases": ["beta-2021"], "on": "2025-01-01"}
    assert value(ask("leaders_out_of_power", record(*BETA, took), **ask_on)) == frozenset()
    assert value(ask("leaders_out_of_power", record(*BETA, took, gone), **ask_on)) == {"Beta"}
    assert (
        value(ask("leaders_out_of_power", record(*BETA, took, gone), **(ask_on | {"on": "2022-01-01"}))) == frozenset()
    )
    assert ask("leaders_out_of_power", record(*BETA), **ask_on).missing == ("who took power in beta-2021",)


def test_order_under_whoever_took_power_is_no_handing_over() -> None:
    took = fact("beta-2021/took", "leadership", "2021-04-20", person="B", office="head", manner="took_power")
    same = fact("beta-2021/order", "constitutional_order", "2024-05-01", person="B")
    other = fact("beta-2021/order", "constitutional_order", "2024-05-01", person="C")
    for order, count in ((same, 0), (other, 1)):
        assert value(ask("handed_over", record(*BETA, took, order), until="2025-01-01")) == count
    assert value(ask("handed_over", record(*BETA, took, other), until="2024-01-01")) == 0


def test_registers_are_counted() -> None:
    mission = fact("mission:one/mission", "mission_present", "1948-05-29/..", mission_type="peacekeeping")
    envoy = fact("mission:two/mission", "mission_present", "2001-01-01/..", mission_type="envoy")
    where = {"mission_type": "peacekeeping"}
    assert value(ask("register_size", record(mission, envoy), register="mission", where=where)) == 1
    assert ask("register_size", record(*FOUR), register="mission").missing == ("a register of missions",)


# ---------------------------------------------------------------- answers


SUSPENDED = fact("alpha-2021/au", "suspension", "2021-06-01", "au-psc")
LATE = fact("beta-2021/au", "suspension", "2021-05-20", "au-psc")


def test_who_was_suspended_and_who_was_not() -> None:
    facts = record(*FOUR, SUSPENDED)
    given = {"kind": "suspension", "actor": "au", "category": "military_coup", "by": "case", **YEAR}
    assert value(ask("cases_with", facts, **given)) == {"alpha-2021"}
    assert value(ask("cases_without", facts, **given)) == {"beta-2021"}
    assert value(ask("cases_with", facts, **(given | {"actor": "ecowas"}))) == frozenset()


def test_competing_accounts_do_not_count() -> None:
    rival = replace(SUSPENDED, key="beta-2021/rival", competes_with="beta-2021/au")
    assert value(ask("cases_with", record(*FOUR, rival), kind="suspension")) == frozenset()


def test_suspensions_open_on_a_day() -> None:
    lifted = fact("alpha-2021/lifted", "suspension_lifted", "2022-06-01", "au-psc", of_="alpha-2021/au")
    facts = record(*FOUR, SUSPENDED, LATE, lifted)
    assert value(ask("suspended_on", facts, actor="au", on="2021-05-25")) == {"Beta"}
    assert value(ask("suspended_on", facts, actor="au", on="2022-01-01")) == {"Alpha", "Beta"}
    assert value(ask("suspended_on", facts, actor="au", on="2023-01-01")) == {"Beta"}
    assert value(ask("suspended_on", facts, actor="ecowas", on="2022-01-01")) == frozenset()


def test_silence_must_be_recorded() -> None:
    spoke = fact("alpha-2021/sc", "press_statement", "2021-05-26", "un-security-council", verb="condemn")
    silent = fact("beta-2021/sc", "no_product", "2021-04-20/2025-03", "un-security-council")
    given = {"actor": "un-security-council", "cases": ["alpha-2021", "beta-2021"]}
    assert value(ask("silent_cases", record(*FOUR, spoke, silent), **given)) == {"Beta"}
    lacking = ask("silent_cases", record(*FOUR, spoke), **given)
    assert lacking.missing == ("whether un-security-council spoke on beta-2021",)


def test_the_first_words_of_an_organ() -> None:
    first = fact("alpha-2021/sc", "press_statement", "2021-05-26", "un-security-council", verb="concern")
    later = fact("alpha-2021/sc-2", "press_statement", "2021-06-26", "un-security-council", verb="condemn")
    facts = record(*FOUR, first, later)
    assert value(ask("first_words", facts, kind="press_statement", verb="concern")) == {"Alpha"}
    assert value(ask("first_words", facts, kind="press_statement", verb="condemn")) == frozenset()


def test_facts_are_counted_by_field_matter_and_days() -> None:
    one = fact("alpha-2021/p", "presidential_statement", "2021-06-01", "un-security-council", verb="condemn")
    other = replace(one, key="alpha-2021/q", value=(("verb", "condemn"), ("subject_matter", "violence")))
    facts = record(*FOUR, one, other)
    given = {"kind": "presidential_statement", "where": {"verb": "condemn"}}
    assert value(ask("count_facts", facts, **given)) == 2
    assert value(ask("count_facts", facts, plain="true", **given)) == 1
    assert value(ask("count_facts", facts, within_days="3", **given)) == 0
    assert value(ask("count_facts", facts, until="2021-05-31", **given)) == 0


def test_late_answers_and_the_last_state_of_a_matter() -> None:
    aid = fact("beta-2021/us", "aid_measure", "2021-07-20", "us", aid="determination")
    given = {"kind": "aid_measure", "where": {"aid": "determination"}}
    assert value(ask("late_cases", record(*FOUR, aid), days="30", **given)) == 1
    assert value(ask("late_cases", record(*FOUR, aid), days="100", **given)) == 0
    kept = fact("beta-2021/c1", "credentials", "2021-12-06", credentials="deferred")
    taken = fact("beta-2021/c2", "credentials", "2022-12-06", credentials="accepted")
    asked = {"kind": "credentials", "field": "credentials", "values": ["deferred"]}
    assert value(ask("last_states", record(*FOUR, kept), **asked)) == {"Beta"}
    assert value(ask("last_states", record(*FOUR, kept, taken), **asked)) == frozenset()
    assert value(ask("last_states", record(*FOUR, kept, taken), until="2022-01-01", **asked)) == {"Beta"}


def test_one_value_and_never_another() -> None:
    no = fact("beta-2021/no", "aid_measure", "2021-04-21", "us", aid="no_determination")
    yes = fact("beta-2021/yes", "aid_measure", "2021-05-21", "us", aid="determination")
    given = {"kind": "aid_measure", "field": "aid", "has": "no_determination", "never": "determination"}
    assert value(ask("only_without", record(*FOUR, no), **given)) == {"Beta"}
    assert value(ask("only_without", record(*FOUR, no, yes), **given)) == frozenset()


def test_the_steps_an_organisation_took() -> None:
    ban = fact("alpha-2021/ban", "sanction", "2021-11-07", "au-psc", measure="travel_ban")
    facts = record(*FOUR, SUSPENDED, ban)
    given = {"actor": "au", "cases": ["alpha-2021"]}
    assert value(ask("steps_taken", facts, until="2021-07-01", **given)) == {"suspension"}
    assert value(ask("steps_taken", facts, until="2021-12-31", **given)) == {"suspension", "travel_ban"}


def test_what_became_of_a_task() -> None:
    task = fact("alpha-2021/t", "mission_task", "2021-06", mission="one", task="human rights", fate="continued")
    given = {"words": ["human rights"], "fates": ["continued"], "cases": ["alpha-2021"]}
    assert value(ask("missions_with_fate", record(*FOUR, task), missions=["one"], **given)) == {"one"}
    lacking = ask("missions_with_fate", record(*FOUR, task), missions=["one", "two"], **given)
    assert lacking.missing == ("what became of human rights in two",)


# ---------------------------------------------------------------- time


def test_time_is_counted_by_the_calendar() -> None:
    facts = record(*ALPHA, *ALPHA_AGAIN)
    keys = {"first": "alpha-2020/seizure", "last": "alpha-2021/seizure"}
    assert value(ask("time_between", facts, "day", **keys)) == 279
    months = ask("time_between", facts, "month", **keys)
    assert months.shown == "9 months and 6 days"
    assert value(months) == pytest.approx(9.194, abs=0.001)
    assert ask("time_between", record(*ALPHA), **keys).missing == ("the fact alpha-2021/seizure",)


def test_time_to_a_day_in_a_field() -> None:
    vote = fact("alpha-2021/vote", "promise", "2021-04-15", until="2022-02-27")
    keys = {"first": "alpha-2021/seizure", "last": "alpha-2021/vote", "field": "until"}
    assert ask("time_between", record(*ALPHA_AGAIN, vote), "month", **keys).shown == "9 months and 3 days"


def test_a_coarse_date_gives_every_length_it_allows() -> None:
    plan = fact("alpha-2021/plan", "assessment", "2021-11~", step="plan_adopted")
    year = fact("alpha-2021/frame", "assessment", "2022", step="plan_adopted")
    first = {"first": "alpha-2021/seizure"}
    found = ask("time_between", record(*ALPHA_AGAIN, plan), "day", last="alpha-2021/plan", **first)
    assert (min(found.values), max(found.values), found.coarse) == (161, 190, False)
    assert ask("time_between", record(*ALPHA_AGAIN, year), "day", last="alpha-2021/frame", **first).coarse
    unknown = fact("alpha-2021/some", "assessment", "unknown", step="requested", known="2022-01-01")
    lacking = ask("time_between", record(*ALPHA_AGAIN, unknown), "day", last="alpha-2021/some", **first)
    assert lacking.missing == ("the day of alpha-2021/some",)


def test_other_lengths() -> None:
    cut = fact("alpha-2021/cut", "staff_security", "2021-05-24/2021-06-20", step="blackout")
    facts = record(*FOUR, SUSPENDED, LATE, cut)
    assert value(ask("time_from_day", facts, "week", day="2021-05-25", last="alpha-2021/au")) == 1
    pairs = [["alpha-2021/seizure", "alpha-2021/au"], ["beta-2021/seizure", "beta-2021/au"]]
    assert value(ask("longest_time", facts, "day", pairs=pairs)) == 30
    assert value(ask("length_of", facts, "day", fact="alpha-2021/cut")) == 27
    assert ask("length_of", facts, "day", fact="alpha-2021/au").missing
    given = {"cases": ["alpha-2021"], "kind": "suspension", "actor": "au"}
    assert value(ask("time_to_first", facts, "day", **given)) == 8
    assert ask("time_to_first", facts, "day", **(given | {"actor": "ecowas"})).missing


def test_who_was_suspended_faster() -> None:
    facts = record(*FOUR, SUSPENDED, LATE)
    assert value(ask("faster_than", facts, cases=["alpha-2021"], than="beta-2021", actor="au")) is True
    assert value(ask("faster_than", facts, cases=["beta-2021"], than="alpha-2021", actor="au")) is False
    assert ask("faster_than", facts, cases=["alpha-2021"], than="gamma-2021", actor="au").missing


# ---------------------------------------------------------------- single facts


def test_numbers_are_read_from_fields() -> None:
    round_ = fact("alpha-2021/talks", "dialogue", "2022-01", amount="1,800 people, more than 100 meetings")
    facts = record(*FOUR, round_)
    assert value(ask("number_of", facts, fact="alpha-2021/talks", field="amount")) == 1800
    assert value(ask("numbers_of", facts, facts=["alpha-2021/talks"], field="amount")) == {"1800", "100"}
    assert ask("number_of", facts, fact="alpha-2021/seizure", field="amount").missing


def test_a_survey_falls_by_the_difference() -> None:
    survey = fact("beta-2021/survey", "opinion", "2022-02-01", percent="28", sample="some; 86 percent before")
    assert value(ask("fall", record(survey), "point", fact="beta-2021/survey")) == 58


def test_fields_actors_and_days_are_read() -> None:
    facts = record(*FOUR, SUSPENDED, LATE)
    both = ["alpha-2021/au", "beta-2021/au"]
    assert value(ask("values_of", facts, facts=both, field="actor")) == {"au-psc"}
    assert value(ask("values_of", facts, facts=both, field="day")) == {"2021-06-01", "2021-05-20"}
    assert ask("values_of", facts, facts=both, field="verb").missing[0] == "the field verb of alpha-2021/au"
    seizures = ["alpha-2021/seizure", "gamma-2021/seizure"]
    pairs = ask("pairs_of", facts, facts=seizures, field="category", beside="outcome")
    assert value(pairs) == {"military_coup completed", "armed_takeover completed"}


def test_sentences_and_labels_are_read() -> None:
    said = fact("beta-2021/ga", "resolution", "2021-06-18", text="They avoid the word.", label="state of emergency")
    facts = record(*BETA, said)
    assert value(ask("says", facts, facts=["beta-2021/ga"], words=["avoid"])) is True
    assert value(ask("says", facts, facts=["beta-2021/ga"], words=["coup"])) is False
    assert value(ask("label_has", facts, fact="beta-2021/ga", word="coup")) is False
    assert ask("label_has", facts, fact="beta-2021/seizure", word="coup").missing


def test_a_rollover_changes_no_mandate() -> None:
    old = fact("alpha-2020/m", "mandate", "2020-06-29", mission="one", subject_matter="peace", direction="renew")
    new = fact("alpha-2021/m", "mandate", "2021-06-29", mission="one", subject_matter="transition", direction="renew")
    same = fact("beta-2021/m", "mandate", "2021-06-03", mission="two", subject_matter="technical rollover")
    pairs = [["alpha-2020/m", "alpha-2021/m"], ["alpha-2020/m", "beta-2021/m"]]
    assert value(ask("mandates_changed", record(*FOUR, old, new, same), pairs=pairs)) == {"one"}


def test_a_finding_handed_in_is_read() -> None:
    group = finding("un.group", "pending", date(2020, 8, 19))
    lead = finding("un.lead", "met")
    facts = record(*ALPHA, alpha_2020=[group, lead])
    assert value(ask("days_allowed", facts, "day", case="alpha-2020", rule="un.group")) == 1
    assert ask("days_allowed", facts, "day", case="alpha-2020", rule="un.lead").missing


def test_what_nobody_recorded_is_named() -> None:
    assert ask("not_recorded", record(*FOUR), wants=["the size"]).missing == ("the size",)


# ---------------------------------------------------------------- the two clocks


def test_a_period_that_is_not_over_decides_nothing() -> None:
    assert ask("count_cases", record(*FOUR, as_of=date(2021, 6, 1)), **YEAR).missing
    assert ask("count_cases", record(*FOUR, known_at=date(2021, 6, 1)), **YEAR).missing
    assert value(ask("count_cases", record(*FOUR, as_of=date(2021, 12, 31), known_at=date(2022, 1, 1)), **YEAR)) == 3


def test_what_was_not_known_is_not_seen() -> None:
    later = fact("alpha-2021/late", "suspension", "2021-06-01", "au-psc", known="2025-03-31")
    given = {"kind": "suspension", "cases": ["alpha-2021"]}
    assert value(ask("cases_with", record(*GAMMA, *FOUR, later), **given)) == {"Alpha"}
    assert value(ask("cases_with", record(*FOUR, later, known_at=date(2022, 1, 1)), **given)) == frozenset()


# ---------------------------------------------------------------- texts, agendas, years


def test_a_text_asks_for_a_return_only_where_the_first_after_the_seizure_does() -> None:
    council = "un-security-council"
    before = fact("beta-2021/warning", "press_statement", "2021-01-05", council, verb="concern", asks_return="yes")
    first = fact("beta-2021/first", "press_statement", "2021-04-22", council, verb="concern", asks_return="no")
    second = fact("beta-2021/second", "press_statement", "2021-05-22", council, verb="concern")
    given = {"kind": "press_statement", "cases": ["beta-2021"]}
    assert value(ask("asks_for_return", record(*BETA, before, first, second), **given)) == frozenset()
    asking = replace(first, value=(("asks_return", "yes"), ("verb", "concern")))
    assert value(ask("asks_for_return", record(*BETA, asking), **given)) == {"Beta"}
    assert ask("asks_for_return", record(*BETA, second), **given).missing == (
        "whether beta-2021/second asks for a return to constitutional order",
    )
    # What was said before the coup is no answer to it.
    assert value(ask("first_words", record(*BETA, before, first), verb="concern", **given)) == {"Beta"}
    assert value(ask("first_words", record(*BETA, before), verb="concern", **given)) == frozenset()


def test_silence_is_off_the_agenda_where_no_silent_case_has_an_item_of_its_own() -> None:
    council = "un-security-council"
    silence = fact("beta-2021/silence", "no_product", "2021-04-20/2025-03", council)
    own = fact("beta-2021/item", "council_agenda", "2019", council, direction="start", agenda_item="own")
    regional = fact("beta-2021/item", "council_agenda", "2019", council, direction="start", agenda_item="regional")
    other = fact("beta-2021/other", "presidential_statement", "2024-11-01", council, verb="call", subject_matter="else")
    given = {"actor": council, "cases": ["beta-2021"]}
    assert value(ask("silent_off_agenda", record(*BETA, silence, own), **given)) is False
    assert value(ask("silent_off_agenda", record(*BETA, silence, regional), **given)) is True
    assert "agenda" in ask("silent_off_agenda", record(*BETA, silence), **given).missing[0]
    # A text on another matter breaks the silence only where all texts count.
    assert value(ask("silent_cases", record(*BETA, silence, other), plain="true", **given)) == {"Beta"}
    assert value(ask("silent_cases", record(*BETA, silence, other), **given)) == frozenset()


def test_years_are_read_and_counted() -> None:
    adopted = fact("body:au/adopted", "instrument", "2007-01-30", "au", instrument="Charter", step="adopted")
    bound = fact("body:au/bound", "instrument", "2012-02-15", "au", instrument="Charter", step="in_force")
    undated = fact("body:au/undated", "instrument", "unknown", "au", known="2020-01-01", instrument="X", step="issued")
    facts = record(adopted, bound, undated)
    assert value(ask("year_of", facts, fact="body:au/adopted")) == 2007
    assert ask("year_of", facts, fact="body:au/undated").missing == ("a date for body:au/undated",)
    assert ask("year_of", facts, fact="body:au/none").missing == ("the fact body:au/none",)
    coarse = fact("body:au/coarse", "instrument", "2007-12/2008-02", "au", instrument="X", step="issued")
    assert ask("year_of", record(coarse), fact="body:au/coarse").values == (2007,)
    assert value(ask("count_years", facts, facts=["body:au/adopted", "body:au/bound"])) == 2
    assert value(ask("count_years", facts, facts=["body:au/adopted"])) == 1
    assert ask("count_years", facts, facts=["body:au/undated"]).missing == ("a date for body:au/undated",)


def test_the_tasks_of_a_mission_s_own_register_count_from_the_seizure_on() -> None:
    before = fact(
        "mission:one/before", "mission_task", "2019", "un", task="human rights", fate="continued", mission="one"
    )
    after = fact(
        "mission:one/after",
        "mission_task",
        "2021-05/2021-12",
        "un",
        task="human rights",
        fate="continued",
        mission="one",
    )
    given = {"words": ["human rights"], "fates": ["continued"], "missions": ["one"], "cases": ["beta-2021"]}
    assert value(ask("missions_with_fate", record(*BETA, after), **given)) == {"one"}
    assert ask("missions_with_fate", record(*BETA, before), **given).missing == ("what became of human rights in one",)
