"""Names on the consolidated list: what is read of its file, what is refused, and which names are alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.advice.listed import Listed, matches, plain, read_list
from goodoffices.core.errors import BadRecord

LIST = """<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-01">
<INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID>
<FIRST_NAME>ABDEL</FIRST_NAME><SECOND_NAME>RAHMAN</SECOND_NAME><THIRD_NAME>AL-MERIDI</THIRD_NAME>
<UN_LIST_TYPE>Meridia</UN_LIST_TYPE><REFERENCE_NUMBER>MDi.001</REFERENCE_NUMBER><LISTED_ON>2021-02-03</LISTED_ON>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Général Kouamé N’Dri</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Tigre</ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL>
</INDIVIDUALS>
<ENTITIES>
<ENTITY><FIRST_NAME>Front of the Dunes</FIRST_NAME><REFERENCE_NUMBER>MDe.001</REFERENCE_NUMBER></ENTITY>
</ENTITIES>
</CONSOLIDATED_LIST>
"""


@pytest.fixture
def entries(tmp_path: Path) -> tuple[Listed, ...]:
    path = tmp_path / "list.xml"
    path.write_text(LIST, encoding="utf-8")
    return read_list(path)


def test_persons_entities_and_aliases_are_read(entries: tuple[Listed, ...]) -> None:
    first, second = entries
    assert first.names == ("ABDEL RAHMAN AL-MERIDI", "Général Kouamé N’Dri", "Tigre")
    assert (first.reference, first.regime, first.listed_on) == ("MDi.001", "Meridia", "2021-02-03")
    assert second.names == ("Front of the Dunes",)


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("Abdel Rahman al-Meridi", "MDi.001"),
        ("al Meridi, Abdelrahman", "MDi.001"),  # written in one word, and turned round
        ("Kouame N'Dri Général", "MDi.001"),
        ("tigre", "MDi.001"),
        ("Abdel Rahman", ""),  # two words of three
        ("Meridi", ""),  # one word says too little
        ("Le Tigre Blanc", ""),
        ("Jean Dupont", ""),
        ("", ""),
        ("???", ""),
    ],
)
def test_which_names_are_alike(entries: tuple[Listed, ...], person: str, found: str) -> None:
    assert [one.entry.reference for one in matches([person], entries)] == ([found] if found else [])


def test_accents_signs_particles_and_order_make_no_difference() -> None:
    assert plain("Abd al-Fattah") == plain("Abdelfattah") == plain("Abdul Fattah")
    assert plain("Général Kouamé") == plain("kouame GENERAL")
    assert plain("Abdel-Fattah AL BURHAN") == plain("Burhan, Abdel Fattah al")
    assert plain("Al") == "al", "a name of particles alone is kept"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no xml", "line 1: is not well-formed XML."),
        ("<OTHER/>", "has the root element 'OTHER', not 'CONSOLIDATED_LIST'."),
        ("<CONSOLIDATED_LIST/>", "lists nobody."),
        ('<!DOCTYPE a [<!ENTITY b "b">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>', "declares a document type"),
    ],
)
def test_another_file_is_refused_by_what_is_wrong_with_it(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRecord, match="Give the XML file") as caught:
        read_list(path)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="cannot be read"):
        read_list(tmp_path / "none.xml")
