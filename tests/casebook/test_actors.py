"""The register of actors: lanes, organisations, missions; and a register with mistakes."""

import re
from pathlib import Path

import pytest

from goodoffices.casebook.actors import LANES, actors, brief_name, of_name
from goodoffices.casebook.files import read_casebook
from goodoffices.core.errors import BadRecord
from goodoffices.core.kinds import MISSION_TYPES


def test_every_actor_has_a_lane_and_both_names() -> None:
    for key, actor in actors().items():
        assert actor.id == key and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key)
        assert actor.lane in LANES and actor.name and actor.name_fr
        assert "'" not in actor.name_fr


def test_every_lane_has_actors_and_both_names() -> None:
    assert {actor.lane for actor in actors().values()} == set(LANES)
    assert all(english and french for english, french in LANES.values())


@pytest.mark.parametrize(
    ("actor", "lane"),
    [
        ("authorities", "authorities"),
        ("public", "society"),
        ("ecowas-authority", "ecowas"),
        ("uemoa", "ecowas"),
        ("eccas", "rec"),
        ("au-psc", "au"),
        ("un-security-council", "council"),
        ("un-credentials-committee", "assembly"),
        ("un-secretary-general", "secretariat"),
        ("minusma", "mission"),
        ("world-bank", "states"),
    ],
)
def test_lanes(actor: str, lane: str) -> None:
    assert actors()[actor].lane == lane


def test_organs_are_part_of_an_organisation_that_is_an_actor() -> None:
    for actor in actors().values():
        if actor.part_of:
            assert actors()[actor.part_of].part_of == ""
    assert (actors()["au-psc"].part_of, actors()["ecowas-commission"].part_of) == ("au", "ecowas")


def test_missions_say_of_which_type_they_are() -> None:
    types = {actor.id: actor.mission_type for actor in actors().values() if actor.mission_type}
    assert set(types.values()) == set(MISSION_TYPES)
    assert (types["minusma"], types["unitams"], types["unowas"]) == ("peacekeeping", "political", "regional_office")
    for fact in read_casebook().facts:
        if fact.kind == "mission_present":
            assert fact.get("mission_type") == types[fact.get("mission")]


def test_short_names_fall_back_on_the_name() -> None:
    assert (actors()["au-psc"].brief_name, actors()["france"].brief_name) == ("PSC", "France")


@pytest.mark.parametrize(
    ("actor", "english", "french"),
    [
        ("au-psc", "PSC", "CPS"),
        ("au", "AU", "UA"),
        ("ecowas", "ECOWAS", "CEDEAO"),
        ("eccas", "ECCAS", "CEEAC"),
        ("eu", "EU", "UE"),
        ("un", "UN", "ONU"),
        ("oif", "OIF", "OIF"),
        ("igad", "IGAD", "IGAD"),
        ("un-security-council", "Council", "Conseil de sécurité"),
        ("us", "United States", "États-Unis"),
        ("au-commission", "AU Commission", "Commission de l’UA"),
    ],
)
def test_short_names_in_both_languages(actor: str, english: str, french: str) -> None:
    assert (brief_name(actor), brief_name(actor, "fr")) == (english, french)


def test_a_short_name_in_french_is_another_than_the_english_one() -> None:
    for key, actor in actors().items():
        assert actor.short or brief_name(key, "fr") == actor.name_fr


def test_missions_after_a_french_noun() -> None:
    said = {of_name(key) for key, actor in actors().items() if actor.mission_type}
    assert {"de la MINUSMA", "du BRENUAC", "de l’ONUCI", "du BINUCA", "de l’Envoyé spécial pour la Syrie"} <= said
    assert not [one for one in said if one.startswith(("de la U", "de la É", "du É"))]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("a: {name: A, name_fr: A, lane: au, color: red}", "has the unknown key 'color'."),
        ("a: {name: A, name_fr: A}", "lacks 'lane'."),
        ('a: {name: A, name_fr: "", lane: au}', "lacks 'name_fr'."),
        ("a: {name: A, name_fr: A, lane: street}", "has no lane 'street'."),
        ("a: {name: A, name_fr: A, lane: au, part_of: b}", "is part of 'b', which is no actor."),
        ("a: {name: A, name_fr: A, lane: au, mission_type: war}", "has no mission type 'war'."),
        ("a: only words", "is not written as key: value."),
        ("a: {name: [A], name_fr: A, lane: au}", "is not written as key: value."),
    ],
)
def test_a_bad_register(entry: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "actors.yaml"
    path.write_text(f"ok: {{name: Ok, name_fr: Ok, lane: au}}\n{entry}\n", encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        actors(path)
    (problem,) = caught.value.problems
    assert (problem.where, problem.found) == ("actors.yaml, line 2", f"the actor a {said}")
    assert problem.remedy


def test_a_register_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "actors.yaml"
    for text, said in (("- a\n", "is no register of actors."), ("a: {\n", "is not well-formed YAML")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadRecord, match=said):
            actors(path)
        actors.cache_clear()
