"""The four questions of a country, as of a day and as known on a day; and the terms with where they are used."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.involvement import Involvement, countries, involvement, slug
from goodoffices.desk.involvement_records import involvement_record, noted
from goodoffices.desk.terms import glossary, term_record
from goodoffices.desk.views import Moment
from record import clock, day


@pytest.fixture(scope="module")
def reader(casebook_ledger: Path) -> Iterator[Desk]:
    """A desk over the casebook, looked at only."""
    opened = open_desk(casebook_ledger, clock, recorder="tests", take_in=False)
    yield opened
    opened.close()


def of_mali(desk: Desk, as_of: str = "", known: str = "", language: str = "en") -> Involvement:
    return involvement(desk, "mali", moment(desk, as_of, known), language)


def moment(desk: Desk, as_of: str = "", known: str = "") -> Moment:
    return desk.moment(day(as_of) if as_of else None, day(known) if known else None)


def test_every_case_and_every_code_of_the_registers_has_its_country(reader: Desk) -> None:
    rows = countries(reader, reader.moment())
    assert sum(row.cases for row in rows) == len(reader.case_ids())
    facts = reader.everything(reader.moment()).facts
    codes = {code for fact in facts for code in fact.get("iso3").split(", ") if fact.kind in ("mission", "operation")}
    assert {row.iso3 for row in rows} >= codes - {""}
    assert len({row.id for row in rows}) == len(rows)


def test_ids_are_those_of_the_cases_on_every_day(reader: Desk) -> None:
    ids = {row.iso3: row.id for row in countries(reader, reader.moment())}
    assert (ids["CIV"], ids["STP"], ids["SYR"]) == ("cote-divoire", "sao-tome-and-principe", "syria")
    early = {row.iso3: row.id for row in countries(reader, moment(reader, "1995-01-01", "1995-01-01"))}
    assert early and set(early.items()) <= set(ids.items())
    assert slug("Côte d’Ivoire") == "cote-divoire"


def test_rows_count_what_had_begun(reader: Desk) -> None:
    def mali(as_of: str) -> tuple[int, ...]:
        row = next(row for row in countries(reader, moment(reader, as_of)) if row.id == "mali")
        return row.cases, row.missions, row.consents

    assert mali("2012-04-01")[0] == 1
    assert mali("2020-08-17")[0] == 1 and mali("2020-08-18")[0] == 2
    assert mali("2013-04-24")[1] + 1 == mali("2013-04-25")[1]
    assert mali("2023-06-15")[2] < mali("2023-06-16")[2]


@pytest.mark.parametrize("country", ["atlantis", "", "MALI", "mali-2021", "../etc", "مالي", "côte d’ivoire"])
def test_an_unknown_country_is_no_answer(reader: Desk, country: str) -> None:
    with pytest.raises(NoAnswer) as caught:
        involvement(reader, country, reader.moment())
    assert "mali" in caught.value.nearest or country not in ("MALI", "mali-2021")


def test_an_empty_record_has_no_country(empty_desk: Desk) -> None:
    assert countries(empty_desk, empty_desk.moment()) == ()
    with pytest.raises(NoAnswer):
        involvement(empty_desk, "mali", empty_desk.moment())
    assert all(use.facts == 0 for view in glossary(empty_desk, empty_desk.moment()) for use in view.kinds)


@pytest.mark.parametrize("as_of", ["1900-01-01", "1992-01-01", "2012-03-22", "2013-01-11", "2023-06-16", "2199-12-31"])
def test_nothing_known_later_is_in_any_answer(reader: Desk, as_of: str) -> None:
    asked = moment(reader, as_of, as_of)
    for row in countries(reader, asked):
        if row.id not in ("mali", "sudan", "haiti", "somalia"):
            continue
        view = involvement(reader, row.id, asked)
        facts: list[Fact] = [*view.shown, *view.gaps, *(fact for _, fact in view.days)]
        facts += [one.fact for one in view.cases]
        assert all(fact.known_at <= asked.known_at for fact in facts)


def test_what_lies_after_the_day_shows_in_the_chronology_alone(reader: Desk) -> None:
    view = of_mali(reader, "2013-07-15")
    limit = date(2013, 7, 15)
    told = [fact for chain in view.chains for fact in (*chain.asked, *chain.decided, *chain.consents, chain.acted)]
    told += [fact for one in view.principles for fact in one.facts]
    told += [fact for edge in view.network.edges for fact in edge.facts]
    told += [*view.surveys, *view.gaps, *(one.fact for one in view.promises)]
    told += [one.last for _, lines in view.sorts for one in lines]
    assert [fact.key for fact in told if fact.span.begins.earliest > limit] == []
    assert [fact for fact in view.events if fact.span.begins.earliest > limit]
    ordered = [fact.span.begins.latest > limit for fact in view.events]
    assert ordered == sorted(ordered), "what is later comes last"


def test_mali_today(reader: Desk) -> None:
    view = of_mali(reader)
    assert [one.id for one in view.cases] == ["mali-2012", "mali-2020", "mali-2021"]
    assert view.latest == "mali-2021"
    assert dict((one.id, bool(one.facts)) for one in view.principles) == dict.fromkeys(
        ("consent", "impartiality", "force"), True
    )
    standing = {f"{edge.source} {edge.kind} {edge.target}" for edge in view.standing}
    assert "au suspended authorities" in standing and "ecowas suspended authorities" not in standing
    assert "minusma" not in [chain.id for chain, _ in view.mandates]
    assert {one.state for one in view.promises} <= {"kept", "missed", "postponed", "ahead", "no_outcome", "undated"}
    assert len({one.fact.get("subject_matter") + one.fact.span.text for one in view.promises}) == len(view.promises)
    assert view.gaps and view.surveys
    sorts = [sort for sort, _ in view.sorts]
    assert sorts[:4] == ["host", "armed_groups", "neighbours", "regional"]


def test_mali_on_the_day_after_france_came(reader: Desk) -> None:
    view = of_mali(reader, "2013-01-12", "2013-01-12")
    said = {f"{edge.source} {edge.kind} {edge.target}" for edge in view.network.edges}
    assert {"france leads serval", "authorities asked france", "authorities hosts serval"} <= said
    assert "minusma" not in str(involvement_record(view))
    assert {chain.id for chain in view.chains} <= {"unowa", "micema", "serval"}


def test_an_operation_of_two_organisations_is_told_without_a_leader_in_the_register(reader: Desk) -> None:
    afisma = next(chain for chain in of_mali(reader).chains if chain.id == "afisma")
    assert afisma.lead_name == "ECOWAS and the African Union"


def test_key_days_are_of_the_country_and_not_to_come(reader: Desk) -> None:
    view = of_mali(reader, "2013-02-01")
    days = [when for when, _ in view.days]
    assert days == sorted(set(days)) and max(days) <= reader.today() and 8 <= len(days) <= 14
    assert {date(2012, 3, 22), date(2013, 4, 25), date(2020, 8, 18), date(2023, 6, 16)} <= set(days)


def test_notes_number_each_source_once(reader: Desk) -> None:
    view = of_mali(reader)
    sources, numbers = noted(view.shown)
    assert sorted({number for mine in numbers.values() for number in mine}) == list(range(1, len(sources) + 1))
    assert all(numbers[fact.key] for fact in view.shown)
    assert noted(())[0] == []


def test_words_of_the_register_are_hidden_from_an_earlier_day(reader: Desk) -> None:
    now = involvement_record(of_mali(reader))["involved"]
    assert any(chain["register_says"] for chain in now)
    then = involvement_record(of_mali(reader, "2014-01-01", "2014-01-01"))["involved"]
    assert then and not any(chain["register_says"] for chain in then)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_country_has_its_page(reader: Desk, language: str) -> None:
    asked = reader.moment()
    for row in countries(reader, asked):
        view = involvement(reader, row.id, asked, language)
        assert view.name and view.facts == row.facts
        assert (row.missions or row.operations) == 0 or view.chains
        assert bool(view.cells) == bool(row.cases)


def test_terms_say_where_they_are_used(reader: Desk) -> None:
    views = {view.term.id: view for view in glossary(reader, reader.moment())}
    everything = reader.everything(reader.moment()).facts
    kinds = {use.kind: use.facts for use in views["host-consent"].kinds}
    assert 0 < kinds["consent"] <= sum(fact.kind == "consent" for fact in everything)
    assert {rule.id for _, rule in views["veto"].rules} == {"council.veto"}
    assert term_record(views["veto"])["facts"] == {"veto": views["veto"].kinds[0].facts}


def test_terms_keep_to_the_day_of_knowledge(reader: Desk) -> None:
    then = {view.term.id: view for view in glossary(reader, moment(reader, "2013-01-01", "2013-01-01"))}
    assert "crisis-management-policy" not in then and "mandate" in then
    years = [one.source.published[:4] for view in then.values() for one in view.rests if one.source.published]
    assert max(years) <= "2013"
    for view in then.values():
        assert all(use.last is None or use.last.known_at <= date(2013, 1, 1) for use in view.kinds)


def test_terms_stand_in_the_alphabet_of_the_language(reader: Desk) -> None:
    for language in ("en", "fr"):
        letters = [view.letter for view in glossary(reader, reader.moment(), language)]
        assert letters == sorted(letters)
