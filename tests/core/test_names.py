"""Folding: what people type finds what the record writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.names import Actor, fold
from goodoffices.core.texts import uncarried


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("État", "etat"),
        ("E\u0301tat", "ETAT"),  # the accent apart
        ("Goïta", "goita"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Çatalhöyük", "catalhoyuk"),
        ("Łódź", "lodz"),
        ("Đà Nẵng", "da nang"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("œuvre Æthelred", "oeuvre aethelred"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("السـودان", "السودان"),
        ("№ 5 ﬁn", "no 5 fin"),
        ("S/RES/2584\u00a0(2021)", "s/res/2584 (2021)"),
    ],
)
def test_fold(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_folding_keeps_letters_apart() -> None:
    assert fold("مالي") == "مالي"
    assert fold("Mali") != fold("Malawi")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_actors_have_two_names_and_a_short_one() -> None:
    actor = Actor("au-psc", "Peace and Security Council", "Conseil de paix et de sécurité", "au", "PSC")
    assert actor.said("fr").startswith("Conseil") and actor.said() == actor.name
    assert actor.brief_name == "PSC" and Actor("x", "X", "X", "x").brief_name == "X"


@pytest.mark.parametrize(
    ("text", "found"), [("a\x00b", "U+0000"), ("\ud83d", "U+D83D"), ("\x1b[31m", "U+001B"), ("\uffff", "U+FFFF")]
)
def test_characters_no_document_can_carry(text: str, found: str) -> None:
    assert uncarried(text) == found


def test_characters_every_document_can_carry() -> None:
    assert uncarried("tab\t, line\r\n, État, \u202f, مالي, 🕊, \u200f") == ""
