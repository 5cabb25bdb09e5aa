"""What was recorded since: by case, with the findings it turned and which facts did it; never what is not known yet."""

from datetime import UTC, datetime, timedelta

import pytest

from goodoffices.core.errors import NoAnswer
from goodoffices.desk.desk import Desk
from goodoffices.desk.since import a_week_ago, changed_in, changed_since, seen_head, since_record, written
from record import TODAY, day

CASE = "senegal-2026"
SOURCE = {"s": {"title": "A page"}}


def opened(desk: Desk) -> str:
    from goodoffices.desk.desk import NewCase

    return desk.new_case(NewCase("Senegal", "2026-11-18", "military_coup", "APS"))


def add(desk: Desk, name: str, kind: str, actor: str, **more: str) -> str:
    given = {"kind": kind, "when": "2026-11-20", "actor": actor, "text": f"{name}.", "confidence": "high"}
    return desk.record(CASE, name, given | more | {"sources": ["s"]}, SOURCE).key


def rules(found: object) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {one.after.rule: (one.before.called, one.after.called, one.because) for one in found.flips}  # type: ignore[attr-defined]


def test_nothing_recorded_nothing_changed(desk: Desk) -> None:
    found = changed_since(desk, desk.head().seq, desk.moment())
    assert not found.anything
    assert not found.begun
    assert found.cases == found.elsewhere == ()
    assert changed_in(desk, "mali-2021", desk.head().seq, desk.moment()).words() == ""


def test_a_record_begun_since(desk: Desk) -> None:
    found = changed_since(desk, 0, desk.moment())
    assert found.begun
    assert found.head == desk.head()


def test_a_new_case_is_new_and_turns_nothing(desk: Desk) -> None:
    seen = desk.head().seq
    opened(desk)
    found = changed_since(desk, seen, desk.moment()).cases[0]
    assert (found.case, found.opened, found.turned) == (CASE, True, ())
    assert [one.what for one in found.changes] == ["new"]
    assert found.words() == "changed since you last looked: 1 fact"


def test_a_finding_turns_because_of_the_fact_that_turned_it(desk: Desk) -> None:
    opened(desk)
    seen = desk.head().seq
    key = add(desk, "au-suspends", "suspension", "au-psc")
    noise = [add(desk, f"noise-{number}", "statement", "eu", verb="concern") for number in range(3)]
    found = changed_in(desk, CASE, seen, desk.moment())
    turned = rules(found)
    assert turned["au.suspend"] == ("open", "fulfilled", (key,))
    assert all(set(because) <= {key, *noise} and because for _, _, because in turned.values())
    flips = len(found.flips)
    assert found.words() == f"changed since you last looked: 4 facts, {flips} findings"
    assert found.words("fr") == f"modifié depuis votre dernière visite : 4 faits, {flips} constats"


def test_a_withdrawn_fact_turns_it_back(desk: Desk) -> None:
    opened(desk)
    key = add(desk, "au-suspends", "suspension", "au-psc")
    seen = desk.head().seq
    desk.retract(key, "never was")
    found = changed_in(desk, CASE, seen, desk.moment())
    assert [one.what for one in found.changes] == ["withdrawn"]
    assert rules(found)["au.suspend"] == ("fulfilled", "open", (key,))


def test_two_facts_that_each_suffice_are_both_named(desk: Desk) -> None:
    opened(desk)
    seen = desk.head().seq
    keys = {add(desk, f"au-suspends-{number}", "suspension", "au-psc", when="2026-11-20") for number in (1, 2)}
    because = rules(changed_in(desk, CASE, seen, desk.moment()))["au.suspend"][2]
    assert set(because) <= keys
    assert because


def test_recorded_and_taken_back_is_no_change(desk: Desk) -> None:
    opened(desk)
    seen = desk.head().seq
    desk.retract(add(desk, "au-suspends", "suspension", "au-psc"), "no")
    assert not changed_since(desk, seen, desk.moment()).anything


def test_corrections_carry_both_versions_and_the_reason(desk: Desk) -> None:
    opened(desk)
    key = add(desk, "one", "statement", "eu", verb="concern")
    seen = desk.head().seq
    desk.correct(key, {"text": "Other words."}, "wording")
    found = changed_since(desk, seen, desk.moment())
    change = found.cases[0].changes[0]
    assert (change.what, change.before.text, change.after.text) == ("corrected", "one.", "Other words.")  # type: ignore[union-attr]
    assert found.entries[key].reason == "wording"
    record = since_record(found, True)["cases"][0]["facts"][0]
    assert (record["change"], record["reason"]) == ("corrected", "wording")


def test_what_is_not_known_yet_does_not_show(desk: Desk) -> None:
    seen = desk.head().seq
    opened(desk)
    add(desk, "unheard-of", "suspension", "au-psc", known="2026-11-20")
    then = desk.moment(day("2026-11-19"), day("2026-11-19"))
    found = changed_since(desk, seen, then)
    shown = [one.fact for case in found.cases for one in (*case.changes, *case.standing)]
    assert all(fact.known_at <= then.known_at for fact in shown)
    assert "unheard-of" not in str(since_record(found, False))
    before = desk.moment(day("2021-06-15"), day("2021-05-26"))
    assert not changed_since(desk, seen, before).anything
    desk.correct("mali-2021/seizure", {"text": "Mended."}, "x", day("2021-06-10"))
    assert not changed_since(desk, seen, before).anything  # it counts from June on
    assert changed_since(desk, seen, desk.moment(None, day("2021-06-10"))).anything


def test_facts_of_the_state_are_told_with_the_case_and_in_the_registers(desk: Desk) -> None:
    opened(desk)
    seen = desk.head().seq
    add(desk, "one", "statement", "eu", verb="concern")
    state = desk.everything_of("state:SEN")
    gone = next(fact for fact in state if fact.kind == "membership" and fact.get("organisation") == "au")
    desk.retract(gone.key, "a test")
    found = changed_since(desk, seen, desk.moment())
    case = found.cases[0]
    assert [one.fact.key for one in case.standing] == [gone.key]
    assert [one.fact.key for one in found.elsewhere] == [gone.key]
    assert "au.suspend" in rules(case)
    assert rules(case)["au.suspend"][2] == (gone.key,)


def test_only_so_many_cases_are_judged_at_once(desk: Desk) -> None:
    seen = desk.head().seq
    for case in ("mali-2021", "chad-2021", "niger-2023"):
        given = {"kind": "statement", "when": "2026-11-20", "actor": "eu", "text": "x.", "verb": "concern"}
        desk.record(case, "zz-late", given | {"confidence": "low", "sources": ["s"]}, SOURCE)
    found = changed_since(desk, seen, desk.moment(), judged=2)
    assert [one.turned is None for one in found.cases] == [False, False, True]
    assert {one.case for one in found.cases} == {"mali-2021", "chad-2021", "niger-2023"}


def test_a_week(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert a_week_ago(desk) == 0  # taken in today
    first = desk.head().seq
    monkeypatch.setattr(desk, "_clock", lambda: TODAY + timedelta(days=8))
    assert a_week_ago(desk) == first
    assert TODAY.tzinfo is UTC
    assert datetime.fromisoformat(desk.entries_after(first - 1)[0].recorded_at) == TODAY


def test_where_one_stands_is_a_place_in_this_chain_alone(desk: Desk, empty_desk: Desk) -> None:
    text = written(desk.head())
    head = seen_head(desk, text)
    assert head == desk.head()
    assert seen_head(empty_desk, text) is None
    for wrong in ("", "1", "x.y", "1.00000000", f"{text[:-1]}x", "-1." + "0" * 16, "9" * 30 + ".12345678", "5.ab"):
        assert seen_head(desk, wrong) is None, wrong


def test_a_case_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NoAnswer):
        changed_in(desk, "mali-2091", 1, desk.moment())


def test_an_empty_record(empty_desk: Desk) -> None:
    found = changed_since(empty_desk, a_week_ago(empty_desk), empty_desk.moment())
    assert (found.head.seq, found.anything) == (0, False)
