"""The sandbox: a made-up case by real rules, in a ledger that never meets the record."""

import pytest

from goodoffices.casebook.checks import check_facts
from goodoffices.casebook.states import read_states
from goodoffices.core.errors import BadRecord
from goodoffices.desk.case_so_far import so_far
from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.sandbox import STATES, Sandbox


def test_there_is_none_until_it_is_made(desk: Desk) -> None:
    sandbox = Sandbox(desk)
    assert sandbox.desk() is None
    assert not sandbox.path.exists()
    case = sandbox.make()
    made = sandbox.desk()
    assert made is not None
    assert made.case_ids() == (case,)
    assert made.verify().whole
    assert sandbox.desk() is made
    assert Sandbox(desk).desk().case_ids() == (case,)  # type: ignore[union-attr]  # after a restart


def test_it_and_the_record_never_meet(desk: Desk) -> None:
    before = desk.head()
    cases = desk.case_ids()
    sandbox = Sandbox(desk)
    case = sandbox.make()
    made = sandbox.desk()
    assert made is not None
    assert (desk.head(), desk.case_ids()) == (before, cases)
    ours = {fact.key for fact in desk.everything(desk.moment()).facts}
    theirs = {fact.key for fact in made.everything(made.moment()).facts}
    assert ours & theirs == set()
    assert made.place() != desk.place()
    made.retract(f"{case}/junta-chief", "a game")
    assert desk.head() == before


def test_made_anew_everything_played_is_gone(desk: Desk) -> None:
    sandbox = Sandbox(desk)
    case = sandbox.make()
    first = sandbox.desk()
    assert first is not None
    first.retract(f"{case}/junta-chief", "a game")
    played = first.head()
    assert sandbox.make() == case
    second = sandbox.desk()
    assert second is not None
    assert second is not first
    assert second.head() != played
    assert second.verify().whole
    assert second.current(f"{case}/junta-chief")
    assert not list(sandbox.path.parent.glob("*.new*"))


def test_its_case_has_something_to_play_with(desk: Desk) -> None:
    sandbox = Sandbox(desk)
    case = sandbox.make()
    made = sandbox.desk()
    assert made is not None
    found = so_far(made, case, made.moment())
    assert found.checks == ()
    assert any(one.state in ("open", "pending") for one in found.asks)
    assert any(one.rule == "au.suspend" and one.state == "open" for one in found.asks)
    key = f"{case}/au-suspends"
    given = {"kind": "suspension", "when": made.today().isoformat(), "actor": "au-psc", "text": "It suspends."}
    made.record(case, "au-suspends", given | {"confidence": "high", "sources": ["s"]}, {"s": {"title": "x"}})
    after = next(one for one in so_far(made, case, made.moment()).asks if one.rule == "au.suspend")
    assert (after.state, after.facts) == ("fulfilled", (key,)) or key in after.facts


def test_whatever_is_printed_says_that_nothing_is_real(desk: Desk) -> None:
    sandbox = Sandbox(desk)
    case = sandbox.make()
    made = sandbox.desk()
    assert made is not None
    for language, said in (("en", "nothing in this document is real"), ("fr", "rien dans ce document n’est réel")):
        brief = made.brief(case, made.moment(), language)
        assert said in brief.subtitle
        assert "made up" in brief.title or "inventée" in brief.title
        page = made.printed(brief, "html").decode()
        assert said in page
    assert all("(made up)" in row.title for row in made.cases(made.moment()))


def test_only_made_up_countries_have_cases(desk: Desk) -> None:
    sandbox = Sandbox(desk)
    sandbox.make()
    made = sandbox.desk()
    assert made is not None
    for country, iso3 in (("Mali", ""), ("Mali", "MLI"), ("Atlantis", "XAT"), ("", "")):
        with pytest.raises(BadRecord) as fault:
            made.new_case(NewCase(country, "2026-11-20", "military_coup", "x", iso3=iso3))
        assert any("Meridia" in one.remedy for one in fault.value.problems)
    for country in made.countries():
        case = made.new_case(NewCase(country, "2026-11-20", "military_coup", "x"))
        assert "(made up)" in so_far(made, case, made.moment()).title


def test_the_made_up_states_are_nobodys_and_fit_together() -> None:
    facts = read_states(STATES)
    codes = {fact.get("iso3") for fact in facts if fact.kind == "state"}
    real = {fact.get("iso3") for fact in read_states() if fact.kind == "state"}
    assert codes & real == set()
    assert all(code[0] == "X" for code in codes)  # left to whoever needs one by ISO 3166
    assert check_facts(facts) == ()
    for fact in facts:
        if fact.kind == "state":
            assert "made up" in fact.get("country")
            assert "inventée" in fact.get("country_fr")
        else:
            assert "does not exist" in fact.text
            assert "n’existe pas" in fact.said("fr")


def test_a_half_made_one_is_no_sandbox(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = Sandbox(desk)

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("goodoffices.desk.sandbox._play", killed)
    with pytest.raises(KeyboardInterrupt):
        sandbox.make()
    assert sandbox.desk() is None
    monkeypatch.undo()
    assert sandbox.make()
