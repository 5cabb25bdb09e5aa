"""What is looked for: words folded alike in question and text, symbols in any spelling, marks where they stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.errors import BadRecord
from goodoffices.core.symbols import read_symbol
from goodoffices.desk.looked_up import (
    LONGEST,
    MARK,
    is_found,
    pieces,
    read_sought,
    symbols_of_source,
    terms_in,
    words_in,
    words_of_symbol,
)


def ways(question: str) -> set[str]:
    """The symbols and meetings a question is read as."""
    return {
        way[0].removeprefix(MARK)
        for term in read_sought(question).terms
        for way in term.ways
        if way[0].startswith(MARK)
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’État, c’est moi", ["l", "etat", "c", "est", "moi"]),
        ("Goïta", ["goita"]),
        (unicodedata.normalize("NFD", "Goïta"), ["goita"]),
        ("مَالِي", ["مالي"]),
        ("أفغانستان", ["افغانستان"]),
        ("马里", ["马里"]),
        ("the 1001st meeting", ["the", "1001", "meeting"]),
        ("la 1001e réunion", ["la", "1001", "reunion"]),
        ("le 1er juin", ["le", "1", "juin"]),
        ("S/RES/2584 (2021)", ["s", "res", "2584", "2021"]),
        ("Œuvre, straße, Łódź", ["oeuvre", "strasse", "lodz"]),
        ("½", ["1", "2"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("§ … —", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@given(st.text(max_size=40))
def test_words_hold_no_mark_and_are_folded_once_and_for_all(text: str) -> None:
    for word in words_in(text):
        assert MARK not in word
        assert word == word.casefold() or not word.isascii()
        assert words_in(word) in ([word], words_in(word))


@pytest.mark.parametrize(
    ("question", "symbol"),
    [
        ("S/RES/2584 (2021)", "S/RES/2584"),
        ("S/RES/2584", "S/RES/2584"),
        ("s/res/2584(2021)", "S/RES/2584"),
        ("S / RES / 2584 (2021)", "S/RES/2584"),
        ("resolution 2584", "S/RES/2584"),
        ("Resolution 2584 (2021)", "S/RES/2584"),
        ("Résolution n° 2584", "S/RES/2584"),
        ("UNSCR 2584", "S/RES/2584"),
        ("resolution 75/287", "A/RES/75/287"),
        ("A/RES/75/287", "A/RES/75/287"),
        ("SC/14532", "SC/14532"),
        ("sc/14532", "SC/14532"),
        ("S/PRST/2020/10", "S/PRST/2020/10"),
        ("A/76/328-S/2021/759", "A/76/328"),
        ("PSC/PR/COMM.1001 (2021)", "PSC/1001"),
        ("PSC/PR/COMM 1001", "PSC/1001"),
        ("PSC/PR/COMM.(MI)", "PSC/1001"),
        ("PSC/MIN/COMM.1001", "PSC/1001"),
        ('"S/RES/2584 (2021)"', "S/RES/2584"),
    ],
)
def test_symbols_in_any_spelling(question: str, symbol: str) -> None:
    assert ways(question) == {symbol}
    assert symbol in ways(f"Mali {question} coup")
    assert {"mali", "coup"} <= {term.said for term in read_sought(f"Mali {question} coup").terms}


@pytest.mark.parametrize(
    "question",
    ["1001st meeting", "1001 meeting", "1001e réunion", "meeting 1001", "the 1001st meeting", "PSC 1001", "CPS 1001"],
)
def test_meetings_by_number(question: str) -> None:
    assert ways(question) == {"meeting 1001"}
    assert f"{MARK}meeting 1001" in words_of_symbol(read_symbol("PSC/PR/COMM.(MI)"))


def test_a_number_after_a_symbol_is_no_part_of_it() -> None:
    assert ways("S/RES/2584 1") == {"S/RES/2584"}
    assert "1" in {term.said for term in read_sought("S/RES/2584 1").terms}


def test_a_half_of_a_joint_symbol_finds_it() -> None:
    words = words_of_symbol(read_symbol("A/76/328-S/2021/759"))
    assert ways("A/76/328") | ways("S/2021/759") == {word.removeprefix(MARK) for word in words}


def test_phrases_and_words() -> None:
    terms = read_sought('Mali “coup d’État” « Union africaine » "the"').terms
    assert {term.ways[0] for term in terms} == {("mali",), ("coup", "d", "etat"), ("union", "africaine"), ("the",)}
    assert [term.whole for term in terms] == [True, True, True, False]


@pytest.mark.parametrize("question", ["", "   ", '"', '""', "“ ”", "(-)", "\x00\x1f", "\u200f"])
def test_what_holds_no_word_asks_nothing(question: str) -> None:
    assert read_sought(question).terms == ()


def test_small_words_are_passed_over_unless_they_are_all_there_is() -> None:
    assert [term.said for term in read_sought("the coup in Mali").terms] == ["coup", "mali"]
    assert [term.said for term in read_sought("the").terms] == ["the"]
    assert "au" not in {term.said for term in read_sought("le coup au Mali").terms}
    assert "AU" in {term.said for term in read_sought("le coup au Mali, AU").terms}, "in capitals it is the Union"


def test_a_question_has_an_end() -> None:
    assert read_sought("a" * LONGEST).terms
    with pytest.raises(BadRecord, match="at most 200"):
        read_sought("a" * (LONGEST + 1))


@given(st.text(max_size=60), st.text(max_size=20))
def test_pieces_together_are_the_text(text: str, question: str) -> None:
    sought = read_sought(question)
    found = pieces(text, sought)
    assert "".join(piece for piece, _ in found) == text
    assert all(piece for piece, _ in found)
    assert is_found(found) == bool(terms_in(text, sought))


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        ("Assimi Goïta takes power", "goita", ["Goïta"]),
        ("le coup d’État au Mali", '"coup d’etat"', ["coup d’État"]),
        ("suspended, suspends, suspect", "suspend", ["suspended", "suspends"]),
        ("suspended, suspend", '"suspend"', ["suspend"]),
        ("By S/RES/2584 (2021) the Council", "resolution 2584", ["S/RES/2584"]),
        ("resolution 2584 and 25845", "resolution 2584", ["resolution 2584"]),
        ("At its 1001st meeting", "meeting 1001", ["1001st meeting"]),
        ("في مَالِي", "مالي", ["مَالِي"]),
        ("½ of it", "1", ["½"]),
        ("nothing of it", "mali", []),
    ],
)
def test_marks(text: str, question: str, marked: list[str]) -> None:
    assert [piece for piece, hit in pieces(text, read_sought(question)) if hit] == marked


@pytest.mark.parametrize(
    ("title", "address", "symbols"),
    [
        ("UN press release SC/14532", "https://press.un.org/en/2021/sc14532.doc.htm", ["SC/14532"]),
        ("A statement", "https://press.un.org/en/2021/sc14532.doc.htm", ["SC/14532"]),
        ("A statement", "https://press.un.org/en/2021/sgsm20748.doc.htm", ["SG/SM/20748"]),
        ("A statement", "https://example.org/sc14532.html", []),
        ("Resolution S/RES/2584 (2021)", "", ["S/RES/2584 (2021)"]),
    ],
)
def test_symbols_of_a_source(title: str, address: str, symbols: list[str]) -> None:
    assert [one.printed for one in symbols_of_source(title, address)] == symbols
