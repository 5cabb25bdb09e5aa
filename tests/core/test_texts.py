"""Texts: what no document can carry, and the full stop that was left out."""

import pytest

from goodoffices.core.texts import ENDS, sentence, uncarried


@pytest.mark.parametrize("text", ["Words", "Words)", 'He said "no"', "And so on…", "كلمات", "Words,"])
def test_a_sentence_gets_the_stop_it_lacks(text: str) -> None:
    assert sentence(f" {text} ") == f"{text}."
    assert sentence(text).endswith(ENDS)


@pytest.mark.parametrize("text", ["Words.", "Words!", "Words?", "« Non »", "He said “no”", ""])
def test_one_that_has_it_stays(text: str) -> None:
    assert sentence(text) == text


@pytest.mark.parametrize(
    ("text", "found"), [("a\tb\n", ""), ("a\x00", "U+0000"), ("\ud800", "U+D800"), ("é\ufffe", "U+FFFE")]
)
def test_what_no_document_can_carry(text: str, found: str) -> None:
    assert uncarried(text) == found
