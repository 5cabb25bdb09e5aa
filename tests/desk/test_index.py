"""The index against a plain search through the same texts, on small words over nine days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.desk.index import ACT, AROUND, TEXT, TITLE, Builder, Index, When
from goodoffices.desk.looked_up import Term, read_sought, words_in

FIRST = date(2021, 6, 1)
words = st.sampled_from(["mali", "Malí", "malice", "coup", "état", "etat", "1001st", "1001", "a"])
texts = st.lists(words, max_size=4).map(" ".join)


@dataclass(frozen=True)
class Told:
    """An entry as the plain search sees it."""

    title: str
    text: str
    around: str
    since: int
    until: int
    begun: int
    day: int


entries = st.lists(
    st.builds(Told, texts, texts, texts, st.integers(0, 8), st.integers(0, 9), st.integers(0, 8), st.integers(0, 8)),
    max_size=6,
)
questions = st.lists(words, min_size=1, max_size=3).map(" ".join) | texts.map(lambda text: f'"{text}"')


def day(number: int) -> date:
    return FIRST + timedelta(number)


def place(text: str, term: Term) -> int:
    """Two where the term stands in a text as it is, one where it begins there, none else."""
    found = 0
    told = words_in(text)
    for way in term.ways:
        for start in range(len(told) - len(way) + 1):
            run = tuple(told[start : start + len(way)])
            if run == way:
                found = 2
            elif not term.whole and run[:-1] == way[:-1] and run[-1].startswith(way[-1]):
                found = max(found, 1)
    return found


def points(told: Told, terms: tuple[Term, ...]) -> int:
    """As the head of the search says them."""
    total = 0
    for term in terms:
        best = 0
        for text, worth in ((told.title, 4), (told.text, 2), (told.around, 0)):
            stands = place(text, term)
            best = max(best, worth + stands if stands else 0)
        if not best:
            return 0
        total += best
    return total


def best(index: Index, question: str, standing: Any) -> list[int]:
    """The numbers of what a question finds, best first."""
    rank = index.weighed(read_sought(question).terms, standing).rank((), "cases")
    numbers: list[int] = index.ranked(rank, standing).tolist()
    return numbers


def worth(index: Index, question: str) -> list[int]:
    """The points of each entry for a question, none for what does not hold all of it."""
    standing = index.standing(day(0), day(0))
    weighed = index.weighed(read_sought(question).terms, standing)
    found = best(index, question, standing) if weighed.whole else []
    return [weighed.points(number) if number in found else 0 for number in range(len(index.keys))]


def built(told: list[Told]) -> Builder:
    made = Builder()
    for one in told:
        when = When(day(one.since), day(one.until), day(one.begun), day(one.day))
        number = made.add("facts", str(len(made.sorts)), when)
        made.text(number, TITLE, one.title)
        made.text(number, TEXT, one.text)
        made.around(number, ACT, made.group((one.around,)))
    return made


@given(entries, questions, st.integers(-1, 9), st.integers(-1, 9))
def test_it_finds_what_a_plain_search_finds(told: list[Told], question: str, known: int, as_of: int) -> None:
    index = built(told).index()
    terms = read_sought(question).terms
    if not terms:
        return
    standing = index.standing(day(as_of), day(known))
    weighed = index.weighed(terms, standing)
    expected = {
        str(number * 2): (points(one, terms), one.day)
        for number, one in enumerate(told)
        if one.since <= known < one.until and one.begun <= as_of and points(one, terms)
    }
    assert weighed.whole == bool(expected)
    if not weighed.whole:  # what has most of it is told then; see test_search_asking
        return
    found = [(index.keys[number], weighed.points(number)) for number in best(index, question, standing)]
    assert dict(found) == {key: worth for key, (worth, _) in expected.items()}
    order = [(-expected[key][0], -expected[key][1]) for key, _ in found]
    assert order == sorted(order)


def test_no_phrase_reaches_from_one_text_into_the_next() -> None:
    made = Builder()
    first = made.add("facts", "first")
    made.text(first, TEXT, "the Council of")
    made.text(first, TEXT, "Peace")
    second = made.add("facts", "second")
    made.text(second, TEXT, "Peace and Security")
    index = made.index()
    assert not any(worth(index, '"Council of Peace"'))
    assert worth(index, '"peace and security"') == [0, 4]


def test_a_symbol_on_record_stands_for_itself_alone() -> None:
    made = Builder()
    for key in ("S/RES/258", "S/RES/2584"):
        made.symbols(made.add("facts", key), TITLE, (f"§{key}",))
    index = made.index()
    assert worth(index, "S/RES/258") == [6, 0]
    assert worth(index, "S/RES/25") == [5, 5]


def test_a_person_counts_on_days_on_which_a_fact_does() -> None:
    made = Builder()
    person, new = made.once("people", "Assimi Goïta", "assimi goita")
    assert new
    assert made.once("people", "Assimi Goita", "assimi goita") == (person, False)
    made.text(person, TITLE, "Assimi Goïta")
    for since, until, when in ((2, 4, 1), (6, 8, 5)):
        made.rests(person, made.add("facts", f"since {since}", When(day(since), day(until), day(0), day(when))))
    index = made.index()
    seen = {number: bool(index.standing(day(8), day(number))[person]) for number in range(9)}
    assert [number for number, stands in seen.items() if stands] == [2, 3, 6, 7]
    assert [index.keys[one] for one in index.rested_on(person, index.standing(day(8), day(6)))] == ["since 6"]


def test_what_is_told_of_a_case_counts_once_the_case_does() -> None:
    made = Builder()
    told = made.add("facts", "told", When(day(1)))
    alone = made.add("facts", "alone", When(day(1)))
    for since, until in ((3, 5), (5, 7)):
        made.under(told, made.add("cases", "head", When(day(since), day(until), begun=day(8))))
    index = made.index()
    seen = [number for number in range(9) if index.standing(day(0), day(number))[told]]
    assert seen == [3, 4, 5, 6]  # whether the case has begun is not asked of what is told of it
    assert [number for number in range(9) if index.standing(day(0), day(number))[alone]] == list(range(1, 9))


def test_the_newer_of_two_persons_is_the_one_of_the_newer_fact_that_counts() -> None:
    made = Builder()
    for name, since, when in (("old coup", 0, 1), ("new coup", 5, 8)):
        person, _ = made.once("people", name, name)
        made.text(person, TITLE, name)
        made.rests(person, made.add("facts", name, When(day(since), day(9), day(0), day(when))))
    index = made.index()
    for known, expected in ((8, ["new coup", "old coup"]), (4, ["old coup"])):
        standing = index.standing(day(8), day(known))
        assert [index.keys[number] for number in best(index, "coup", standing)] == expected


@pytest.mark.parametrize(("word", "near"), [("malli", "mali"), ("suspenson", "suspension"), ("goyta", "goita")])
def test_the_nearest_word_is_one_of_those_known_then(word: str, near: str) -> None:
    made = Builder()
    for number, text in enumerate(("Mali coup", "a suspension", "Goïta")):
        made.text(made.add("facts", str(number), When(day(3))), TEXT, text)
    index = made.index()
    assert index.nearest(word, index.standing(day(8), day(3)))[0] == near
    assert index.nearest(word, index.standing(day(8), day(2))) == ()
    assert index.nearest("2584", index.standing(day(8), day(3))) == ()


def test_words_around_an_entry_that_is_not_known_are_not_proposed() -> None:
    made = Builder()
    made.around(made.add("facts", "one", When(day(3))), ACT, made.group(("suspension",)))
    index = made.index()
    assert index.nearest("suspenson", index.standing(day(8), day(2))) == ()
    assert index.nearest("suspenson", index.standing(day(8), day(3))) == ("suspension",)


def test_an_empty_index_answers() -> None:
    index = Builder().index()
    standing = index.standing(day(0), day(0))
    assert best(index, "mali", standing) == []
    assert index.nearest("mali", standing) == ()
    assert AROUND < TEXT < TITLE
