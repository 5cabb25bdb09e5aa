"""Changes of government counted: every case once, in its year and its state; what a number says stands beside it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.briefs.subregions import SUBREGIONS, region_name, regions_of
from goodoffices.briefs.tally import (
    KINDS,
    OUTCOMES,
    Occurrence,
    State,
    by_state,
    by_year,
    kind_letter,
    kind_name,
    outcome_name,
    state_records,
    year_records,
)
from goodoffices.core import kinds

CODES = ("MLI", "FJI", "THA")


def occurrence(number: int, year: int | None, kind: str, outcome: str, iso3: str) -> Occurrence:
    return Occurrence(f"case-{number}", f"Case {number}", f"case-{number}/seizure", year, kind, outcome, iso3)


@st.composite
def occurrences(draw: st.DrawFn) -> list[Occurrence]:
    """Cases of nine years, a few with no known day."""
    rows = draw(
        st.lists(
            st.tuples(
                st.one_of(st.none(), st.integers(2000, 2008)),
                st.sampled_from(kinds.CATEGORIES),
                st.sampled_from(kinds.OUTCOMES),
                st.sampled_from(CODES),
            ),
            max_size=20,
        )
    )
    return [occurrence(number, *row) for number, row in enumerate(rows)]


@pytest.mark.parametrize(("listed", "named"), [(kinds.CATEGORIES, KINDS), (kinds.OUTCOMES, OUTCOMES)])
def test_every_word_of_the_record_has_its_words(listed: tuple[str, ...], named: dict[str, object]) -> None:
    assert set(listed) == set(named)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_letters_and_words_tell_kinds_apart(language: str) -> None:
    assert len({kind_letter(kind, language) for kind in KINDS}) == len(KINDS)
    assert len({kind_name(kind, language) for kind in KINDS}) == len(KINDS)
    assert len({outcome_name(one, language) for one in OUTCOMES}) == len(OUTCOMES)
    assert all(len(kind_letter(kind, language)) == 1 for kind in KINDS)
    assert len({outcome_name(one, language, kind="armed_takeover") for one in OUTCOMES}) == len(OUTCOMES)
    assert kind_name("", language) == {"en": "not known", "fr": "non connu"}[language]


def test_an_outcome_agrees_with_its_kind_in_french() -> None:
    assert outcome_name("failed", "fr", kind="constitutional_manipulation") == "échouée"
    assert outcome_name("failed", "fr", kind="military_coup") == outcome_name("failed", "fr") == "échoué"
    assert outcome_name("reversed", "fr") == "annulé"
    assert outcome_name("failed", kind="armed_takeover") == "failed"


@given(occurrences(), st.integers(1999, 2010))
def test_each_case_stands_once_in_its_year(found: list[Occurrence], last: int) -> None:
    years = by_year(found, last)
    dated = [one for one in found if one.year is not None]
    placed = [
        (year.year, part.kind, part.outcome, one.case) for year in years for part in year.parts for one in part.cases
    ]
    assert sorted(placed) == sorted((one.year, one.kind, one.outcome, one.case) for one in dated)
    assert Counter({year.year: year.total for year in years if year.total}) == Counter(one.year for one in dated)
    if dated:
        first = min(one.year or 0 for one in dated)
        end = max(last, *(one.year or 0 for one in dated))
        assert [year.year for year in years] == list(range(first, end + 1))
    else:
        assert years == ()


@given(occurrences())
def test_the_table_by_year_adds_up_and_has_a_row_for_an_empty_year(found: list[Occurrence]) -> None:
    rows = year_records(by_year(found, 2009))
    assert sum(row["cases"] for row in rows) == sum(one.year is not None for one in found)
    assert all(row["cases"] == len(row["ids"]) == len(row["facts"]) for row in rows)
    assert len({(row["year"], row["kind"], row["outcome"]) for row in rows}) == len(rows)
    for year in {row["year"] for row in rows if not row["cases"]}:
        assert not any(one.year == year for one in found)


@given(occurrences())
def test_each_case_stands_once_in_its_state(found: list[Occurrence]) -> None:
    states = {"MLI": State("MLI", "466", "Mali", "Mali"), "FJI": State("FJI", "242", "Fiji", "Fidji")}
    counts = by_state(found, states)
    assert sorted(one.case for count in counts for one in count.cases) == sorted(one.case for one in found)
    assert all(one.iso3 == count.state.iso3 for count in counts for one in count.cases)
    sizes = [len(count.cases) for count in counts]
    assert sizes == sorted(sizes, reverse=True)
    assert [row["cases"] for row in state_records(counts)] == sizes
    # One the register lacks is named by its code.
    assert [count.state.said("fr") for count in counts if count.state.iso3 == "THA"] in ([], ["THA"])
    assert [count.state.said("fr") for count in counts if count.state.iso3 == "FJI"] in ([], ["Fidji"])


def test_a_state_stands_in_one_subregion() -> None:
    listed = [code for one in SUBREGIONS.values() for code in one.states]
    assert len(listed) == len(set(listed))
    assert regions_of("MLI") == ("africa", "western-africa")
    assert regions_of("VEN") == ("americas", "south-america")
    assert regions_of("ZZZ") == ()
    assert region_name("western-africa", "fr") == "Afrique occidentale"
    assert region_name("africa") == "Africa"
    for one in SUBREGIONS.values():
        assert region_name(one.region)
