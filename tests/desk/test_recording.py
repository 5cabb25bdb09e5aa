"""Recording by form: the fields each kind asks for, what typed words become, and all that is wrong at once."""

from threading import Barrier, Thread

import pytest

from goodoffices.casebook.actors import actors
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.kinds import FIELDS, KINDS, OWN_KINDS, STEPS
from goodoffices.desk.case_so_far import so_far
from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.recording import (
    actor_named,
    correct_fact,
    correction_of,
    kinds_to_choose,
    open_case,
    record_fact,
    retract_fact,
    wanted,
)
from record import day

CASE = "mali-2021"
GOOD = {
    "kind": "suspension",
    "when": "2026-11-20",
    "actor": "ecowas",
    "text": "ECOWAS suspends it once more",
    "confidence": "high",
    "known": "2026-11-20",
    "source_title": "Communiqué final",
    "source_publisher": "ECOWAS",
    "source_published": "2026-11-20",
    "source_address": "https://ecowas.example/c",
    "source_at": "para 4",
}


def fields_of(fault: pytest.ExceptionInfo[BadRecord]) -> set[str]:
    return {one.where for one in fault.value.problems}


def test_every_kind_can_be_chosen_once_and_asks_what_it_needs() -> None:
    offered = [kind for kinds in kinds_to_choose().values() for kind in kinds]
    assert len(offered) == len(set(offered))
    assert set(offered) == set(KINDS) - set(OWN_KINDS) | {"gap"}
    for kind in offered:
        asked = {one.name: one for one in wanted(kind)}
        assert set(asked) == {*KINDS[kind].needs, *KINDS[kind].may}
        assert {name for name, one in asked.items() if one.needed} == set(KINDS[kind].needs)
        for name, one in asked.items():
            if name == "step":
                assert one.choices == STEPS.get(kind, ())
            elif one.form == "choice":
                assert one.choices == FIELDS[name].choices


@pytest.mark.parametrize("kind", ["case", "state", "mission", "nothing", ""])
def test_no_other_kind_is_offered(kind: str) -> None:
    with pytest.raises(NoAnswer):
        wanted(kind)


@pytest.mark.parametrize(
    ("typed", "actor"),
    [
        ("au-psc", "au-psc"),
        ("AU PSC", "au-psc"),
        ("ecowas", "ecowas"),
        ("ECOWAS", "ecowas"),
        ("Union européenne", "eu"),
        ("union europeenne", "eu"),
        ("European Union", "eu"),
        ("  minusma ", "minusma"),
        ("nobody", "nobody"),
        ("", ""),
    ],
)
def test_actors_go_by_many_names(typed: str, actor: str) -> None:
    assert actor_named(typed) == actor


def test_every_actor_is_found_by_its_own_names() -> None:
    names = [one.name for one in actors().values()]
    for one in actors().values():
        assert actor_named(one.id) == one.id
        if names.count(one.name) == 1:
            assert actor_named(one.name.upper()) == one.id


def test_a_fact_is_recorded_with_all_that_was_typed(desk: Desk) -> None:
    fact, new = record_fact(desk, CASE, GOOD)
    assert new
    found = desk.current(fact.key)
    assert found == fact
    assert found.text == "ECOWAS suspends it once more."
    assert (found.known_at, found.known_assumed, found.confidence) == (day("2026-11-20"), False, "high")
    cited = found.citations[0]
    assert (cited.source.title, cited.source.publisher, cited.locator) == ("Communiqué final", "ECOWAS", "para 4")
    assert cited.source.address == "https://ecowas.example/c"


def test_every_kind_can_be_recorded_by_its_form(desk: Desk) -> None:
    samples = {"number": "3", "day": "2026-12-01", "actor": "minusma", "key": "au-suspension", "text": "some words"}
    for kind in (kind for kinds in kinds_to_choose().values() for kind in kinds):
        values = {one.name: one.choices[0] if one.choices else samples[one.form] for one in wanted(kind)}
        plain = GOOD | {"kind": kind, "when": "2026-11-20/..", "text": f"About {kind}."} | values
        fact, new = record_fact(desk, CASE, plain)
        assert new, kind
        for name, value in values.items():
            said = fact.get(name)
            assert said == (f"{CASE}/{value}" if FIELDS[name].form == "key" else value), (kind, name)


def test_the_same_content_is_not_written_twice(desk: Desk) -> None:
    first, _ = record_fact(desk, CASE, GOOD)
    before = desk.head()
    again, new = record_fact(desk, CASE, GOOD | {"text": " ECOWAS  suspends it once more. "})
    assert (again, new) == (first, False)
    assert desk.head() == before


def test_the_same_source_is_one_source_and_another_another(desk: Desk) -> None:
    first, _ = record_fact(desk, CASE, GOOD)
    second, _ = record_fact(desk, CASE, GOOD | {"text": "Something else.", "source_at": "para 9"})
    third, _ = record_fact(desk, CASE, GOOD | {"text": "A third thing.", "source_published": "2026-11-21"})
    ids = [one.citations[0].source.id for one in (first, second, third)]
    assert ids[0] == ids[1] != ids[2]
    known = desk.current(f"{CASE}/au-suspension").citations[0].source
    typed = {"source_title": known.title, "source_publisher": known.publisher, "source_published": known.published}
    given = GOOD | typed | {"source_address": known.address, "text": "A fourth thing."}
    fourth, _ = record_fact(desk, CASE, given)
    expected = known.id if not known.mirror and known.language == "en" else None
    assert expected is None or fourth.citations[0].source.id == expected


def test_everything_wrong_comes_at_once_each_at_its_field(desk: Desk) -> None:
    before = desk.head()
    bad = {
        "kind": "statement",
        "when": "2026-02-30",
        "known": "soon",
        "actor": "ECOWAS Comission",
        "text": "",
        "verb": "shout",
        "confidence": "sure",
        "of": "ignored: no field of this kind",
        "competes_with": "no-such-fact",
        "source_title": "",
        "source_address": "ftp://x",
        "source_published": "yesterday",
    }
    with pytest.raises(BadRecord) as fault:
        record_fact(desk, CASE, bad)
    assert fields_of(fault) == {
        *("when", "known", "actor", "text", "verb", "confidence", "competes_with"),
        *("source_title", "source_address", "source_published"),
    }
    actor = next(one for one in fault.value.problems if one.where == "actor")
    assert "ecowas-commission" in actor.remedy
    assert all("ecowas-comission-statement" not in one.found for one in fault.value.problems)
    assert desk.head() == before


@pytest.mark.parametrize("name", ["text", "source_title", "note", "source_publisher", "source_at"])
def test_what_no_document_can_carry_is_refused(desk: Desk, name: str) -> None:
    before = desk.head()
    with pytest.raises(BadRecord):
        record_fact(desk, CASE, GOOD | {name: "a\x00b \ud800"})
    assert desk.head() == before


def test_a_case_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NoAnswer):
        record_fact(desk, "mali-2091", GOOD)


def test_two_people_record_at_one_moment(desk: Desk) -> None:
    gate = Barrier(4)
    kept: list[str] = []

    def record(number: int) -> None:
        gate.wait()
        fact, _ = record_fact(desk, CASE, GOOD | {"text": f"Account {number}."})
        kept.append(fact.key)

    threads = [Thread(target=record, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(kept)) == 4
    assert {desk.current(key).text for key in kept} == {f"Account {number}." for number in range(4)}
    assert desk.verify().whole


# corrections


def test_a_correction_keeps_what_was_not_touched(desk: Desk) -> None:
    fact, _ = record_fact(desk, CASE, GOOD)
    form = dict(correction_of(desk, fact.key).fields)
    mended = correct_fact(desk, fact.key, form | {"text": "Other words.", "reason": "wording"})
    assert mended.text == "Other words."
    assert mended.citations == fact.citations
    assert (mended.span, mended.known_at, mended.value) == (fact.span, fact.known_at, fact.value)
    assert desk.history(fact.key)[-1].reason == "wording"


def test_a_form_sent_back_unchanged_changes_nothing(desk: Desk) -> None:
    ours = [one.name for one in desk.everything_of(CASE) if one.kind != "case"]
    for key in ours[::9]:
        form = dict(correction_of(desk, f"{CASE}/{key}").fields)
        before = desk.head()
        correct_fact(desk, f"{CASE}/{key}", form | {"reason": "none"})
        assert desk.head() == before, key


def test_a_source_can_be_mended(desk: Desk) -> None:
    fact, _ = record_fact(desk, CASE, GOOD)
    form = dict(correction_of(desk, fact.key).fields) | {"source_title": "Another title", "reason": "title"}
    mended = correct_fact(desk, fact.key, form)
    assert [one.source.title for one in mended.citations] == ["Another title"]
    assert mended.citations[0].source.id != fact.citations[0].source.id
    assert mended.citations[0].locator == "para 4"


def test_a_field_can_be_emptied(desk: Desk) -> None:
    fact, _ = record_fact(desk, CASE, GOOD | {"note": "a note", "label": "coup"})
    form = {
        name: value for name, value in correction_of(desk, fact.key).fields.items() if name not in ("note", "label")
    }
    mended = correct_fact(desk, fact.key, form | {"reason": "x"})
    assert (mended.note, mended.get("label")) == ("", "")


def test_a_correction_needs_a_reason_and_the_fact_as_it_was_seen(desk: Desk) -> None:
    fact, _ = record_fact(desk, CASE, GOOD)
    form = dict(correction_of(desk, fact.key).fields)
    with pytest.raises(BadRecord) as fault:
        correct_fact(desk, fact.key, form | {"reason": "", "when": "never", "since": "x", "source_title": ""})
    assert fields_of(fault) == {"reason", "when", "since", "source_title"}
    correct_fact(desk, fact.key, form | {"text": "First.", "reason": "a"})
    with pytest.raises(BadRecord) as fault:
        correct_fact(desk, fact.key, form | {"text": "Second.", "reason": "b"})
    assert fields_of(fault) == {"version"}
    assert desk.current(fact.key).text == "First."


def test_a_correction_may_count_from_a_day_on(desk: Desk) -> None:
    fact, _ = record_fact(desk, CASE, GOOD | {"known": "2026-11-18", "when": "2026-11-18"})
    form = dict(correction_of(desk, fact.key).fields)
    form |= {"text": "Mended.", "reason": "news", "since": "2026-11-20", "known": "2026-11-20"}
    correct_fact(desk, fact.key, form)
    assert desk.fact(fact.key, desk.moment(None, day("2026-11-19"))).text.startswith("ECOWAS suspends")
    assert desk.fact(fact.key, desk.moment(None, day("2026-11-20"))).text == "Mended."


def test_a_withdrawal(desk: Desk) -> None:
    fact, _ = record_fact(desk, CASE, GOOD)
    with pytest.raises(BadRecord) as fault:
        retract_fact(desk, fact.key, {"reason": " ", "since": "x"})
    assert fields_of(fault) == {"reason", "since"}
    retract_fact(desk, fact.key, {"reason": "never was"})
    with pytest.raises(NoAnswer):
        desk.current(fact.key)
    assert desk.history(fact.key)[-1].verb == "retract"


@pytest.mark.parametrize("key", [f"{CASE}/case", "state:MLI/state"])
def test_the_records_own_entries_are_not_mended_by_form(desk: Desk, key: str) -> None:
    with pytest.raises(NoAnswer, match="by page"):
        correct_fact(desk, key, {"reason": "x"})
    with pytest.raises(NoAnswer, match="by page"):
        retract_fact(desk, key, {"reason": "x"})


# a new case

NEW = {"country": "Sénégal", "day": "2026-11-20", "category": "military_coup", "source": "APS"}


@pytest.mark.parametrize("country", ["Senegal", "Sénégal", "SEN", "senegal", "السنغال"])
def test_a_case_is_opened_by_any_name_of_the_country(desk: Desk, country: str) -> None:
    case = open_case(desk, NEW | {"country": country})
    assert case == "senegal-2026"
    assert so_far(desk, case, desk.moment()).title == "Senegal, November 2026"


def test_all_that_is_wrong_with_a_new_case_comes_at_once(desk: Desk) -> None:
    before = desk.head()
    with pytest.raises(BadRecord) as fault:
        open_case(desk, {"country": "Atlantis", "day": "20/11/2026", "address": "x", "what": "w" * 1_001})
    assert fields_of(fault) == {"country", "day", "address", "what", "category", "source"}
    assert all("--" not in one.remedy for one in fault.value.problems)
    assert desk.head() == before


def test_a_second_case_of_one_country_within_a_month_is_asked_about(desk: Desk) -> None:
    open_case(desk, NEW)
    with pytest.raises(BadRecord) as fault:
        open_case(desk, NEW | {"day": "2026-11-21"})
    assert fields_of(fault) == {"again"}
    assert "senegal-2026" in fault.value.problems[0].found
    other = open_case(desk, NEW | {"day": "2026-11-21", "again": "1"})
    assert other == "senegal-2026-11"


def test_two_people_open_the_same_case_at_one_moment(desk: Desk) -> None:
    gate, opened, refused = Barrier(3), [], []

    def open_it(number: int) -> None:
        gate.wait()
        try:
            opened.append(open_case(desk, NEW | {"what": f"Account {number}.", "again": "1"}))
        except BadRecord as fault:
            refused.append(fault)

    threads = [Thread(target=open_it, args=(number,)) for number in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert refused == []
    assert len(set(opened)) == 3
    assert desk.verify().whole


def test_a_case_in_an_empty_record(empty_desk: Desk) -> None:
    with pytest.raises(BadRecord) as fault:
        open_case(empty_desk, NEW)
    assert fields_of(fault) == {"country"}
    case = open_case(empty_desk, NEW | {"iso3": "sen"})
    found = so_far(empty_desk, case, empty_desk.moment())
    assert len(found.facts) == 1
    assert any("register of states" in one.found for one in found.checks)


# what grows beside the form


def test_the_case_so_far_grows_with_each_fact(desk: Desk) -> None:
    case = open_case(desk, NEW)
    first = so_far(desk, case, desk.moment())
    assert (len(first.facts), first.checks) == (1, ())
    assert any(one.rule == "au.suspend" and one.state == "open" for one in first.asks)
    record_fact(desk, case, GOOD | {"actor": "au-psc", "text": "The Council suspends."})
    second = so_far(desk, case, desk.moment())
    assert len(second.facts) == 2
    assert next(one for one in second.asks if one.rule == "au.suspend").state == "fulfilled"


def test_what_presses_comes_first_by_its_day(desk: Desk) -> None:
    asks = so_far(desk, open_case(desk, NEW), desk.moment()).asks
    pressing = [
        one.state in ("overdue", "pending", "open", "deviation", "possible_deviation", "disputed") for one in asks
    ]
    assert pressing == sorted(pressing, reverse=True)
    dated = [one.due for one, presses in zip(asks, pressing, strict=True) if presses and one.due]
    assert dated == sorted(dated)


def test_contradictions_within_the_case_are_told(desk: Desk) -> None:
    assert so_far(desk, CASE, desk.moment()).checks == ()
    record_fact(desk, CASE, GOOD | {"actor": "sadc", "text": "SADC suspends a stranger."})
    assert any("no member" in one.found for one in so_far(desk, CASE, desk.moment()).checks)


def test_nothing_known_later_stands_beside_the_form(desk: Desk) -> None:
    early = desk.moment(day("2021-06-15"), day("2021-05-26"))
    found = so_far(desk, CASE, early)
    assert found.ahead == ()
    assert all(fact.known_at <= early.known_at for fact in (*found.facts, *found.gaps))
    record_fact(desk, CASE, GOOD | {"known": "2026-12-24"})
    assert [fact.known_at for fact in so_far(desk, CASE, desk.moment()).ahead] == [day("2026-12-24")]


def test_a_case_before_anything_was_known_of_it(desk: Desk) -> None:
    found = so_far(desk, CASE, desk.moment(day("2000-01-01"), day("2000-01-01")))
    assert (found.facts, found.gaps, found.checks) == ((), (), ())
    assert [one for one in found.asks if one.facts and f"{CASE}/" in one.facts[0]] == []


def test_the_desk_opens_a_case_for_others_too(empty_desk: Desk) -> None:
    case = empty_desk.new_case(NewCase("Mali", "2024-11-20", "military_coup", "x", "", "y.", "MLI"))
    assert empty_desk.seizures_of("MLI") == ((case, "Mali, November 2024", day("2024-11-20")),)
