"""The verbs of the desk over the whole casebook."""

from pathlib import Path

import pytest

from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.desk import Desk, NewCase, printed_head
from record import day

NOTE = {"s": {"title": "A note"}}


def fields(kind: str, when: str, actor: str, text: str, **more: str) -> dict[str, object]:
    return {"kind": kind, "when": when, "actor": actor, "text": text, "confidence": "medium", "sources": ["s"], **more}


def state(desk: Desk, case: str, rule: str, as_of: str = "", known_at: str = "", **readings: str) -> str:
    moment = desk.moment(day(as_of) if as_of else None, day(known_at) if known_at else None)
    found = desk.check(
        case, moment, readings={name.replace("__", ".").replace("_", "-"): value for name, value in readings.items()}
    )
    finding = found.finding(rule)
    assert finding is not None
    return finding.state


# asking


def test_chad_rests_on_the_verified_articles_and_on_the_decision_not_to_suspend(desk: Desk) -> None:
    checked = desk.check("chad-2021", desk.moment())
    duty = checked.finding("au.suspend")
    assert duty is not None
    assert duty.state == "deviation"
    assert duty.verified
    assert "art. 30" in duty.citation
    assert "37(4)" in duty.citation
    assert "chad-2021/au-no-suspension" in duty.facts
    assert any(node.code.startswith("absent") and "suspension" in dict(node.args)["what"] for node in duty.tree.walk())
    charter = checked.finding("au.charter-suspend")
    assert charter is not None
    assert charter.state == "undetermined"
    assert any(node.code == "party_unknown" for node in charter.tree.walk())


def test_mali_differs_by_what_was_known(desk: Desk) -> None:
    today = desk.check("mali-2021", desk.moment(day("2021-06-15"))).finding("au.suspend")
    then = desk.check("mali-2021", desk.moment(day("2021-06-15"), day("2021-05-26"))).finding("au.suspend")
    assert today is not None
    assert then is not None
    assert (today.state, today.day) == ("fulfilled", 8)
    assert then.state in ("open", "undetermined")  # asked beyond what was known
    assert state(desk, "mali-2021", "au.suspend", "2021-05-26", "2021-05-26") == "open"
    assert "mali-2021/au-suspension" in then.known_later
    assert "mali-2021/au-suspension" not in then.facts


def test_the_24_hours_are_not_known_and_never_a_deviation(desk: Desk) -> None:
    finding = desk.check("mali-2021", desk.moment(day("2021-06-15"))).finding("un.working-group")
    assert finding is not None
    assert finding.state == "undetermined"
    assert finding.due == day("2021-05-25")
    assert not finding.verified


def test_a_reading_flips_what_hangs_on_it_and_nothing_else(desk: Desk) -> None:
    moment = desk.moment(day("2021-06-15"))
    plain = {finding.rule: finding.state for finding in desk.check("mali-2021", moment).findings}
    strict = {
        finding.rule: finding.state
        for finding in desk.check("mali-2021", moment, readings={"au.suspension-term": "7"}).findings
    }
    assert plain["au.suspend"] == "fulfilled"
    assert strict["au.suspend"] == "fulfilled_late"
    assert {rule for rule in plain if plain[rule] != strict[rule]} <= {"au.suspend", "au.charter-suspend"}


def test_no_finding_is_a_bare_deviation_without_a_verified_article(desk: Desk) -> None:
    for case in desk.case_ids():
        for finding in desk.check(case, desk.moment()).findings:
            if finding.state in ("deviation", "overdue", "fulfilled_late"):
                assert any(reference.verified for reference in finding.references), (case, finding.rule)


def test_observed_medians_rest_only_on_what_was_known(desk: Desk) -> None:
    early = desk.observed(day("2021-05-30"))["au.suspend"]
    late = desk.observed(day("2026-11-21"))["au.suspend"]
    assert set(early.cases) < set(late.cases)
    assert "niger-2023" not in desk.observed(day("2023-08-15"))["au.suspend"].cases
    # Already suspended when the second coup came: no lag to count.
    assert "burkina-faso-2022-09" not in late.cases


def test_unknown_case_names_the_nearest(desk: Desk) -> None:
    with pytest.raises(NoAnswer, match="mali-2021") as refused:
        desk.check("mali2021", desk.moment())
    assert "mali-2021" in refused.value.nearest


def test_unknown_rule_and_reading(desk: Desk) -> None:
    with pytest.raises(NoAnswer, match=r"au\.suspend"):
        desk.why("mali-2021", "au.suspends", desk.moment())
    with pytest.raises(BadRecord, match="no reading"):
        desk.check("mali-2021", desk.moment(), readings={"au.nonsense": "1"})
    with pytest.raises(BadRecord, match="no term"):
        desk.check("mali-2021", desk.moment(), readings={"au.suspension-term": "soon"})


def test_before_day_0_nothing_is_known(desk: Desk) -> None:
    view = desk.case("mali-2021", desk.moment(day("2021-05-01"), day("2021-05-01")))
    assert not any(fact.kind == "seizure" for fact in view.facts)
    assert not view.lead
    quiet = ("not_triggered", "not_met", "not_in_force", "undetermined", "not_available")
    seizures = {fact.key for fact in desk.case("mali-2021", desk.moment()).facts if fact.kind == "seizure"}
    for finding in view.checked.findings:
        # A standing norm holds for every member, a mission and an agenda stand for years, coup or none: duties do not.
        if finding.kind == "obligation":
            assert finding.state in quiet, finding.rule
        assert not seizures & set(finding.facts), finding.rule


def test_cases_known_later_are_not_listed(desk: Desk) -> None:
    ids = {row.id for row in desk.cases(desk.moment(known_at=day("2021-09-01")))}
    assert "mali-2021" in ids
    assert "guinea-2021" not in ids


def test_the_next_change_in_the_country_is_told(desk: Desk) -> None:
    turned = desk.case("mali-2020", desk.moment()).turn
    assert turned is not None
    assert turned.case == "mali-2021"
    assert desk.case("mali-2020", desk.moment(day("2021-01-01"))).turn is None
    assert desk.case("mali-2020", desk.moment(day("2021-06-01"), day("2021-05-01"))).turn is None


def test_changes_since_a_day(desk: Desk) -> None:
    keys = {change.fact.key for change in desk.changes(day("2021-05-26"), day("2021-06-15"), "mali-2021")}
    assert "mali-2021/au-suspension" in keys
    assert "mali-2021/seizure" not in keys
    with pytest.raises(BadRecord, match="earlier day"):
        desk.changes(day("2021-06-15"), day("2021-05-26"))


def test_an_empty_record_answers(empty_desk: Desk) -> None:
    assert empty_desk.cases(empty_desk.moment()) == ()
    assert empty_desk.case_ids() == ()
    assert empty_desk.observed(day("2026-01-01")) == {}
    with pytest.raises(NoAnswer):
        empty_desk.case("mali-2021", empty_desk.moment())


# writing


def test_a_new_case_from_four_answers_checks_and_prints_at_once(desk: Desk) -> None:
    case = desk.new_case(NewCase("Togo", "2026-11-19", "military_coup", "Radio Lomé"))
    assert case == "togo-2026"
    desk.record(
        case,
        "sg",
        fields("statement", "2026-11-20", "un-secretary-general", "The Secretary-General condemns it.", verb="condemn"),
        NOTE,
    )
    desk.record(case, "au-suspension", fields("suspension", "2026-11-21", "au-psc", "The Council suspends Togo."), NOTE)
    checked = desk.check(case, desk.moment())
    duty = checked.finding("au.suspend")
    assert duty is not None
    assert (duty.state, duty.day) == ("fulfilled", 2)
    brief = desk.brief(case, desk.moment())
    assert desk.printed(brief, "pdf").startswith(b"%PDF")
    assert "Togo" in desk.printed(brief, "html").decode()


@pytest.mark.parametrize(
    ("country", "iso3"),
    [
        *(("Côte d’Ivoire", "CIV"), ("Tchad", "TCD"), ("السودان", "SDN"), ("guinea-bissau", "GNB")),
        *(("Túnez", "TUN"), ("Сирия", "SYR"), ("也门", "YEM"), ("iran", "IRN")),
    ],
)
def test_names_of_states_in_other_scripts_find_their_code(desk: Desk, country: str, iso3: str) -> None:
    assert desk.iso3_of(country) == iso3


@pytest.mark.parametrize(
    ("country", "case"), [("Tchad", "chad-2026"), ("السودان", "sudan-2026"), ("Sénégal", "senegal-2026")]
)
def test_a_case_is_named_for_the_country_in_english(desk: Desk, country: str, case: str) -> None:
    assert desk.new_case(NewCase(country, "2026-11-19", "military_coup", "A note")) == case


def test_a_country_outside_the_register_needs_its_code(desk: Desk) -> None:
    with pytest.raises(BadRecord, match="register"):
        desk.new_case(NewCase("Ruritania", "2026-11-19", "military_coup", "A note"))
    assert desk.new_case(NewCase("Ruritania", "2026-11-19", "military_coup", "A note", iso3="RUR")) == "ruritania-2026"
    found = desk.check("ruritania-2026", desk.moment()).finding("au.suspend")
    assert found is not None
    assert found.state == "undetermined"  # nobody knows whether it is a member


def test_several_cases_of_one_country_and_day_get_ids_of_their_own(desk: Desk) -> None:
    answers = NewCase("Togo", "2026-11-19", "military_coup", "A note")
    assert [desk.new_case(answers) for _ in range(3)] == ["togo-2026", "togo-2026-11", "togo-2026-11-2"]
    assert desk.new_case(NewCase("Mali", "2021-05-24", "other", "A note")) == "mali-2021-05"


def test_bad_answers_are_told_together_and_nothing_is_written(desk: Desk) -> None:
    head = desk.head()
    with pytest.raises(BadRecord) as refused:
        desk.new_case(NewCase(" ", "2026-02-30", "revolution", ""))
    assert len(refused.value.problems) == 4
    assert desk.head() == head


def test_a_bad_fact_is_told_whole_and_nothing_is_written(desk: Desk) -> None:
    head = desk.head()
    with pytest.raises(BadRecord) as refused:
        desk.record("mali-2021", "x", fields("suspensio", "2021-02-30", "nobody", "no stop"), NOTE)
    assert "suspension" in str(refused.value)
    with pytest.raises(BadRecord) as refused:
        desk.record("mali-2021", "x", fields("suspension", "2021-02-30", "nobody", "no stop"), NOTE)
    assert len(refused.value.problems) == 3
    assert desk.head() == head


def test_a_used_key_is_refused(desk: Desk) -> None:
    with pytest.raises(BadRecord, match="correct"):
        desk.record("mali-2021", "seizure", fields("meeting", "2021-05-25", "au-psc", "The Council meets."), NOTE)
    assert desk.free_key("mali-2021", "seizure") == "seizure-2"


def test_correcting_from_a_day_keeps_what_was_known_before(desk: Desk) -> None:
    case = desk.new_case(NewCase("Togo", "2026-11-01", "military_coup", "A note"))
    desk.record(case, "dead", fields("violence", "2026-11-01", "armed-forces", "Three people die.", amount="3"), NOTE)
    desk.correct(f"{case}/dead", {"text": "Five people die.", "amount": "5"}, "a later count", day("2026-11-10"))
    then = desk.fact(f"{case}/dead", desk.moment(day("2026-11-05"), day("2026-11-05")))
    now = desk.fact(f"{case}/dead", desk.moment())
    assert (then.get("amount"), now.get("amount")) == ("3", "5")
    assert now.citations[0].source.title == "A note"


def test_correcting_keeps_the_sources_and_flips_findings(desk: Desk) -> None:
    before = desk.fact("mali-2021/au-suspension", desk.moment())
    desk.correct("mali-2021/au-suspension", {"when": "2021-06-11"}, "a test")
    after = desk.fact("mali-2021/au-suspension", desk.moment())
    assert after.citations == before.citations
    found = desk.check("mali-2021", desk.moment()).finding("au.suspend")
    assert found is not None
    assert found.day == 18
    assert [entry.verb for entry in desk.history(before.key)] == ["assert", "correct"]
    assert desk.verify().whole


def test_a_withdrawn_fact_leaves_every_answer_and_stays_in_its_history(desk: Desk) -> None:
    desk.retract("mali-2021/au-suspension", "a test")
    assert state(desk, "mali-2021", "au.suspended", "2021-06-15") == "not_in_force"
    assert desk.history("mali-2021/au-suspension")[-1].verb == "retract"
    with pytest.raises(NoAnswer):
        desk.correct("mali-2021/au-suspension", {"when": "2021-06-02"}, "again")


def test_corrections_and_withdrawals_need_a_reason(desk: Desk) -> None:
    with pytest.raises(BadRecord, match="reason"):
        desk.correct("mali-2021/seizure", {"victim": "contested"}, " ")
    with pytest.raises(BadRecord, match="reason"):
        desk.retract("mali-2021/seizure", "")


def test_changes_of_the_record_itself(desk: Desk) -> None:
    """What stood in this ledger by the end of two days, whatever was known when."""
    desk.correct("mali-2021/seizure", {"victim": "contested"}, "a test")
    assert desk.changes(day("2026-11-20"), day("2026-11-21"), "mali-2021", recorded=True)
    assert not desk.changes(day("2026-11-21"), day("2026-11-22"), "mali-2021", recorded=True)


def test_a_printed_head_is_a_witness(desk: Desk) -> None:
    head = desk.head()
    desk.new_case(NewCase("Togo", "2026-11-19", "military_coup", "A note"))
    assert desk.verify((printed_head(head.printed),)).whole
    assert not desk.verify((printed_head(f"{head.seq}:{'0' * 16}"),)).whole
    assert not desk.verify((printed_head(f"{head.seq + 50}:{'0' * 16}"),)).whole
    with pytest.raises(BadRecord):
        printed_head("yesterday")


def test_a_read_only_ledger_still_answers(ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    from goodoffices.core.errors import Broken
    from goodoffices.desk.desk import open_desk
    from record import clock

    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if mode == os.W_OK else real(path, mode))
    desk = open_desk(ledger_file, clock, recorder="tests")
    assert desk.case("mali-2021", desk.moment()).title == "Mali, May 2021"
    with pytest.raises(Broken, match="could not be written"):
        desk.retract("mali-2021/seizure", "a test")
    desk.close()
