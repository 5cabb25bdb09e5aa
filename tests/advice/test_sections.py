"""The cases that stand beside each section of advice, and what holds of every section."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from goodoffices.advice.language import PLAN, SECTIONS, section
from goodoffices.advice.written import Said, WrittenItem, rules_in

from .sectioncases import SectionCase, came, read_section_cases

ALL_SECTIONS = (*SECTIONS, PLAN)
ALL = [
    pytest.param(name, case, id=f"{name}: {case.name}") for name in ALL_SECTIONS for case in read_section_cases(name)
]
# Places, persons and missions that a general sentence may not name: what is particular comes from facts.
NAMED = re.compile(
    r"\b(Mali|Sudan|Soudan|Afghan\w*|Taliban|Niger|Tchad|Chad|Myanmar|Guin\w+|Gabon|Burkina|MINUSMA|UNITAMS|MINUATS|"
    r"UNAMA|MANUA|UNAMID|Wagner|Burhan|Hamdok|Goïta|Kaboul|Kabul|Bamako|Khartoum|Doha|(?:19|20)\d\d)\b"
)
# French sets a space that does not break before these signs, and within guillemets.
BARE = re.compile(r"[^\s\u00a0\u202f][:;!?»](?:\s|$)| [:;!?»]|« ")


@pytest.mark.parametrize(("name", "case"), ALL)
def test_case(name: str, case: SectionCase) -> None:
    found = came(name, case)
    wrong = {
        item: f"{found.get(item, 'absent')}, not {wanted}"
        for item, wanted in case.expect.items()
        if found.get(item, "absent") != wanted
    }
    assert not wrong, f"{case.where}: {wrong}"


def _given(name: str) -> list[WrittenItem]:
    written = section(name)
    return [*written.items, *(one for courses in written.courses for one in courses.courses)]


@pytest.mark.parametrize("name", ALL_SECTIONS)
def test_every_text_stands_in_both_languages_and_names_nobody(name: str) -> None:
    for one in _given(name):
        said = [getattr(one, field.name) for field in fields(one) if isinstance(getattr(one, field.name), Said)]
        for text in said:
            assert bool(text.en) == bool(text.fr), one.id
            assert text.en != text.fr or not text.en, f"{one.id}: not translated"
            assert not NAMED.search(text.en), f"{one.id}: {text.en}"
            assert not NAMED.search(text.fr), f"{one.id}: {text.fr}"
            assert "'" not in text.en + text.fr, f"{one.id}: a typewriter’s apostrophe"
            assert not re.search(r"[^\s\u00a0\u202f][:;!?»](?:\s|$)|« \w", text.fr), (
                f"{one.id}: French spaces: {text.fr}"
            )


@pytest.mark.parametrize("name", ALL_SECTIONS)
def test_every_item_with_a_condition_has_a_case_where_it_is_given_and_one_where_not(name: str) -> None:
    wanted = {one.id for one in section(name).items if one.when is not None}
    tried: dict[str, set[str]] = {}
    for case in read_section_cases(name):
        for item, standing in case.expect.items():
            tried.setdefault(item, set()).add(standing)
    lacking = {one for one in wanted if not {"applies"} <= tried.get(one, set())}
    assert not lacking, f"never given: {sorted(lacking)}"
    never_absent = {one for one in wanted if not tried.get(one, set()) - {"applies"}}
    assert not never_absent, f"never left out: {sorted(never_absent)}"


@pytest.mark.parametrize("name", ALL_SECTIONS)
def test_a_judgement_rests_on_no_article_and_every_group_has_items(name: str) -> None:
    written = section(name)
    groups = {one.group for one in written.items}
    assert groups == {one.id for one in written.groups}
    assert len({one.text.en for one in _given(name)}) == len(_given(name)), "a sentence stands twice"
    for one in _given(name):
        assert one.basis != "judgement" or not one.rules or one.when is not None, one.id
        assert one.basis == "judgement" or one.rules or one.sources or one.elsewhere, one.id
        assert list(rules_in(one.when)) is not None
