"""Reasons, findings and errors: small values that the whole house passes on."""

import pytest

from goodoffices.core.errors import BadRecord, BadRule, Broken, GoodOfficesError, NoAnswer, NotAllowed, Problem
from goodoffices.core.findings import STATES, Finding, Reference, reason
from goodoffices.core.kinds import FIELDS, KINDS, LASTING_KINDS, OWN_KINDS, STEPS, steps_of
from goodoffices.core.verdicts import Verdict


def test_a_tree_of_reasons_separates_what_counts_from_what_came_later() -> None:
    tree = reason(
        "all",
        reason("fact", facts=("a", "b"), verdict=Verdict.HOLDS),
        reason("any", reason("fact", facts=("b",)), reason("known_later", facts=("c", "c"))),
        reason("absent", organ="au-psc", by=3),
    )
    assert [node.code for node in tree.walk()] == ["all", "fact", "any", "fact", "known_later", "absent"]
    assert tree.rests_on() == ("a", "b")
    assert tree.known_later() == ("c",)
    assert tree.parts[2].args == (("organ", "au-psc"), ("by", "3"))


def test_a_finding_is_verified_when_all_its_references_are() -> None:
    act = Reference("au-act", "Constitutive Act of the African Union", "art. 30", True)
    charter = Reference("acdeg", "African Charter on Democracy", "", False)
    finding = Finding(
        "au.x", "Title", "status", "au", "in_force", (act, charter), reason("x"), titles=(("fr", "Titre"),)
    )
    assert finding.citation == "Constitutive Act of the African Union, art. 30; African Charter on Democracy"
    assert not finding.verified
    assert finding.said("fr") == "Titre" and finding.said("ar") == "Title"


def test_states_of_findings_are_lists_without_doubles() -> None:
    for states in STATES.values():
        assert len(set(states)) == len(states)
        assert "disputed" in states or "undetermined" in states


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_kinds_name_fields_that_exist(kind: object) -> None:
    fields = [*kind.needs, *kind.may]  # type: ignore[attr-defined]
    assert len(set(fields)) == len(fields)
    assert set(fields) <= set(FIELDS)
    if "step" in fields:
        assert steps_of(kind.name, "step")  # type: ignore[attr-defined]


def test_lists_of_kinds_name_kinds() -> None:
    assert {*OWN_KINDS, *LASTING_KINDS, *STEPS} <= set(KINDS)
    assert steps_of("statement", "verb") == FIELDS["verb"].choices
    for field in FIELDS.values():
        assert bool(field.choices) == (field.form == "choice"), field.name


def test_errors_say_where_what_and_the_remedy() -> None:
    fault = BadRecord([Problem("x.yaml, line 3", "is odd.", "Mend it."), Problem("y.yaml", "is empty.")])
    assert str(fault) == "x.yaml, line 3: is odd. Mend it.\ny.yaml: is empty."
    assert BadRule("a sentence").problems == (Problem("input", "a sentence"),)
    assert NoAnswer("no such case", ["mali-2021"]).nearest == ("mali-2021",)
    for kind in (BadRecord, BadRule, NotAllowed, NoAnswer, Broken):
        assert issubclass(kind, GoodOfficesError)
