"""Places: every mission and operation has a region, and a French name where the registers allow one."""

import pytest

from goodoffices.briefs.missions import missions, operations
from goodoffices.briefs.places import REGIONS, place_words, region_of, region_words
from goodoffices.casebook.registers import read_registers
from goodoffices.casebook.states import read_states

FACTS = read_registers()
STATES = {fact.get("iso3"): fact.get("country_fr") for fact in read_states() if fact.kind == "state"}
PLACES = {(one.country, one.iso3) for one in missions(FACTS)} | {
    (one.country, one.iso3) for one in operations(FACTS, {})
}


@pytest.mark.parametrize(("country", "iso3"), sorted(PLACES))
def test_every_place_on_record(country: str, iso3: str) -> None:
    codes = iso3.split(", ") if iso3 else []
    assert region_of(country, codes) in REGIONS
    french = place_words(country, codes, STATES, "fr")
    assert french
    assert " and " not in french, "a place of several states is put into French state by state"
    assert place_words(country, codes, STATES) == country


@pytest.mark.parametrize("code", sorted(STATES))
def test_every_state_of_the_register_has_one_region(code: str) -> None:
    assert region_of("", [code]) in REGIONS


def test_places() -> None:
    assert (
        place_words("Mali, Burkina Faso and Niger", ("MLI", "BFA", "NER"), STATES, "fr")
        == "Mali, Burkina Faso et Niger"
    )
    assert place_words("Atlantis", (), STATES, "fr") == "Atlantis"
    assert place_words("Atlantis and Mali", ("ATL", "MLI"), STATES, "fr") == "Atlantis and Mali"
    assert region_of("Atlantis", ()) == ""
    assert region_words("africa", "fr") == "Afrique"
    assert region_words("") == ""
