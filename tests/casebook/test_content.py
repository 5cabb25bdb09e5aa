"""What the facts of the casebook may say: the rules of the house, tried on every file.

A sentence must be one that could have been written on the day on which its fact became known.
"""

import re
from collections import defaultdict
from datetime import date

import pytest

from goodoffices.casebook.factform import NAME
from goodoffices.casebook.files import CASES, read_case, read_states
from goodoffices.core.days import read_day
from goodoffices.core.facts import Fact
from goodoffices.core.names import fold

BOOK = {path.stem: read_case(path).facts for path in sorted(CASES.glob("*.yaml"))}
FACTS = [fact for facts in BOOK.values() for fact in facts]
TOLD = [fact for fact in FACTS if fact.kind not in ("case", "gap")]
BY_KEY = {fact.key: fact for fact in FACTS}
REPORT = date(2025, 3, 31)  # what the report of March 2025 disclosed was known by the end of that month
# Kinds that speak of the future by their nature: terms, promises, mandates that end, studies asked for.
AHEAD = ("promise", "promise_outcome", "transition_term", "deadline_set", "mandate", "assessment", "resolution")
# The word that says what a change was: a coup in any of the languages of the pages, or unconstitutional.
CALLED = re.compile(r"coup|putsch|unconstitutional|anticonstitutionnel|seizure of power|takeover", re.IGNORECASE)
# Missions that have closed: wherever one is present, its exit is told as well.
CLOSED = {
    *("binuca", "bonuca", "minusma", "minustah", "unamid", "uniogbis"),
    *("unitams", "unmin", "unoci", "unogbis", "unowa"),
}
# Force brought the change, but whoever governs next came by a vote of parliament or by the line of succession.
BY_FORM = ("honduras-2009", "solomon-islands-2000", "zimbabwe-2017")
IN_OFFICE = ("took_power", "appointed", "sworn_in", "elected", "reinstated", "extended")


def of_kind(*kinds: str) -> list[Fact]:
    return [fact for fact in TOLD if fact.kind in kinds]


def ids(fact: Fact) -> str:
    return fact.key


@pytest.mark.parametrize("case", BOOK)
def test_every_case_has_one_seizure_and_a_leader(case: str) -> None:
    facts = BOOK[case]
    (seizure,) = (fact for fact in facts if fact.kind == "seizure")
    assert seizure.name == "seizure" and seizure.span.begins.precise
    manners = {fact.get("manner") for fact in facts if fact.kind == "leadership"}
    forced = seizure.get("category") in ("military_coup", "armed_takeover")
    if forced and seizure.get("outcome") in ("completed", "reversed") and case not in BY_FORM:
        assert "took_power" in manners
    elif seizure.get("category") in ("refusal_to_leave", "constitutional_manipulation") and (
        seizure.get("outcome") != "failed"
    ):
        assert manners.intersection(("took_power", "extended", "reinstated"))
    else:
        assert manners.intersection(IN_OFFICE)
    assert case[-7:].startswith("-20") or str(seizure.span.begins.shown.year) in case


def test_keys_are_short_and_plain() -> None:
    for fact in FACTS:
        assert NAME.match(fact.name) and len(fact.name) <= 40, fact.key


def test_sentences_are_one_line_and_end() -> None:
    for fact in FACTS:
        for text in (fact.text, *dict(fact.texts).values()):
            assert text == " ".join(text.split(" ")) and "\n" not in text and "  " not in text, fact.key
            assert not re.search(r"[<>{}]|https?:", text), fact.key
            assert len(text) <= 330, f"{fact.key}: {len(text)} characters"


def test_french_is_set_as_french() -> None:
    for fact in FACTS:
        french = dict(fact.texts).get("fr", "")
        assert "'" not in french and '"' not in french, fact.key


def test_nobody_hears_of_later_years() -> None:
    early = []
    for fact in TOLD:
        years = set(re.findall(r"\b20\d\d\b", " ".join((fact.text, *dict(fact.texts).values()))))
        asked = re.findall(r"\b20\d\d\b", fact.get("until") + fact.get("subject_matter"))
        if fact.kind not in AHEAD and any(int(year) > fact.known_at.year for year in years.difference(asked)):
            early.append(fact.key)
    # Each of these speaks of a date agreed on or of a turn to come.
    assert early == [
        "burkina-faso-2022-09/au-statement",
        "burkina-faso-2022-09/sc-press-statement",
        "central-african-republic-2003/sc-statement-july",
        "chad-2021/au-panel-asked",
        "chad-2021/recommendation-2024",
        "ecuador-2000/constitutional-order",
        "gabon-2023/uk-council-2023",
        "gabon-2023/recommendation-2024",
        "gambia-2016/ecowas-50",
        "gambia-2016/sc-presidential-statement",
        "madagascar-2025/sadc-summit",
        "niger-2010/ecowas-observer",
        "paraguay-2012/mercosur-suspension-prolonged",
        "peru-2022/boluarte-removed",
        "sudan-2021/russia-stance-2022",
        "togo-2005/constitution-changed",
        "zimbabwe-2017/au-welcomes",
    ]


# Each of these warns of a coup, or calls by that name what somebody asked for before day 0.
FOREWARNED = ("algeria-2019/account-coup", "algeria-2019/account-coup-press", "fiji-2006/sg-warning")


def test_nothing_known_before_the_coup_tells_of_it() -> None:
    for case, facts in BOOK.items():
        (seizure,) = (fact for fact in facts if fact.kind == "seizure")
        for fact in facts:
            if fact.known_at < seizure.known_at and fact.key not in FOREWARNED:
                texts = (fact.text, *dict(fact.texts).values())
                assert not any(
                    re.search(r"\bcoup|second (?:coup|takeover)|take power|takeover", text) for text in texts
                ) or (case == "burkina-faso-2022-09" and fact.known_at > date(2022, 1, 24)), f"{fact.key}: {fact.text}"


def test_no_sentence_knows_how_it_goes_on() -> None:
    for fact in TOLD:
        assert not re.search(r"\b(not|n’\w+) \w+ yet\b|\bdoes not yet\b|\byet to\b", fact.text), fact.key


@pytest.mark.parametrize("fact", of_kind("no_product"), ids=ids)
def test_silence_is_known_only_afterwards(fact: Fact) -> None:
    assert not fact.known_assumed
    if fact.span.period:
        assert fact.known_at >= REPORT


@pytest.mark.parametrize("fact", [f for f in of_kind("aid_measure") if f.get("aid") == "no_determination"], ids=ids)
def test_the_lack_of_a_finding_is_known_only_afterwards(fact: Fact) -> None:
    assert not fact.known_assumed or not fact.span.period
    told = [read_day(citation.source.published).latest for citation in fact.citations if citation.source.published]
    if fact.span.period and told != [fact.known_at]:  # a page of that very day may tell it
        assert fact.known_at >= REPORT
    if fact.span.period and fact.span.ends is not None:
        assert fact.known_at >= fact.span.ends.latest


def test_what_only_the_report_tells_is_not_known_before_it() -> None:
    """Seats and silences: absences that look public but were seen by nobody until somebody wrote them down."""
    for fact in of_kind("credentials", "guidance", "working_group", "crisis_policy", "mission_task"):
        if {citation.source.id for citation in fact.citations} == {"ipi-2025"} and fact.kind != "credentials":
            assert fact.known_at >= REPORT, fact.key


@pytest.mark.parametrize("fact", of_kind("mission_present"), ids=ids)
def test_a_mission_lasts_with_its_end_open(fact: Fact) -> None:
    assert fact.span.period and fact.span.ends is None


def test_missions_that_closed_have_an_exit() -> None:
    gone = {(fact.subject, fact.get("mission")) for fact in of_kind("mission_exit")}
    present = {(fact.subject, fact.get("mission")) for fact in of_kind("mission_present")}
    assert gone == {(case, mission) for case, mission in present if mission in CLOSED}
    assert {mission for _, mission in gone} == CLOSED


@pytest.mark.parametrize("fact", of_kind("determination"), ids=ids)
def test_a_determination_says_what_the_change_was(fact: Fact) -> None:
    assert CALLED.search(fact.get("label")), fact.get("label")
    assert not fact.get("subject_matter")


@pytest.mark.parametrize("fact", [fact for fact in TOLD if fact.competes_with], ids=ids)
def test_a_losing_account_points_at_the_preferred_one(fact: Fact) -> None:
    preferred = BY_KEY[fact.competes_with]
    assert preferred.kind == fact.kind and not preferred.competes_with
    rank = ("low", "medium", "high")
    assert rank.index(preferred.confidence) >= rank.index(fact.confidence)


ANSWERS = {
    "promise_outcome": ("promise", "deadline_set", "transition_term"),
    "suspension_lifted": ("suspension",),
    "sanction_lifted": ("sanction",),
}


@pytest.mark.parametrize("fact", [fact for fact in TOLD if fact.get("of")], ids=ids)
def test_an_answer_comes_after_what_it_answers(fact: Fact) -> None:
    first = BY_KEY[fact.get("of")]
    assert first.kind in ANSWERS[fact.kind]
    assert first.span.begins.earliest <= fact.span.begins.latest
    if fact.kind in ("suspension_lifted", "sanction_lifted"):
        assert first.actor.split("-")[0] == fact.actor.split("-")[0]


def test_a_verb_that_aims_at_something_else_says_so() -> None:
    """Without subject matter, rules and the status line take a verb for one on the change of government."""
    aimed = re.compile(r"attack|airport|\bban\b|execution|killings|violence against|expulsion|persona|unwelcome")
    for fact in of_kind("statement", "press_statement", "presidential_statement", "resolution"):
        if fact.actor in ("un-security-council", "un-secretary-general") and aimed.search(fact.text):
            assert fact.get("subject_matter"), fact.key


def test_a_person_is_spelt_one_way_in_a_case() -> None:
    for case, facts in BOOK.items():
        spelt = defaultdict(set)
        for fact in facts:
            if fact.get("person"):
                spelt[fold(fact.get("person"))].add(fact.get("person"))
        assert not [names for names in spelt.values() if len(names) > 1], case
        surnames = defaultdict(set)
        for folded in spelt:
            surnames[folded.split()[-1], folded.split()[0]].add(folded)
        assert not [names for names in surnames.values() if len(names) > 1], case


# Those removed are many, not one person with a name.
GROUPS = ("fiji-2009/ousted", "sudan-2021/civilians-relieved")


def test_whoever_is_removed_or_takes_power_is_a_person_of_the_case() -> None:
    for fact in of_kind("ousted", "leadership"):
        assert fact.get("person")[0].isupper() or fact.key in GROUPS, fact.key


def test_sources_are_named_and_shown_without_copies_of_unknown_origin() -> None:
    copies = re.compile(r"tellerreport|pledgetimes|news-pravda|pages\.dev|newsflash\.city|exbulletin|boorsee|\.xyz/")
    for fact in TOLD:
        for citation in fact.citations:
            source = citation.source
            assert len(source.title) >= 8, (fact.key, source.id)
            assert not copies.search(source.address), (fact.key, source.address)


def test_what_no_page_shows_is_not_high() -> None:
    for fact in (*TOLD, *read_states()):
        unseen = "general knowledge" in fact.note or any("General knowledge" in c.source.title for c in fact.citations)
        assert fact.citations and not (unseen and fact.confidence == "high"), fact.key


def test_chad_was_not_suspended_and_when_that_could_be_known() -> None:
    fact = BY_KEY["chad-2021/au-no-suspension"]
    assert (fact.get("document"), fact.span.text, fact.known_at) == (
        "PSC/BR/COMM.(CMXCVI)",
        "2021-05-14",
        date(2021, 5, 20),
    )
    assert "20 May" in fact.note


def test_gaps_that_concern_later_days_do_not_show_before() -> None:
    for fact in FACTS:
        if fact.kind == "gap":
            years = [int(year) for year in re.findall(r"\b20\d\d\b", fact.text)]
            assert not years or max(years) <= fact.known_at.year, fact.key
