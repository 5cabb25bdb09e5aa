"""What an advice file may say and what is refused, with the words of each refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.advice.language import CONTENT, SECTIONS, read_section, section, signs
from goodoffices.core.errors import BadRule, NoAnswer

HEAD = """\
section: guidance
title: Words
title_fr: Mots
lead: What to say.
lead_fr: Que dire.
groups:
  terms: {title: Terms, title_fr: Termes}
items:
"""
GOOD = "{id: one, group: terms, text: Ask., text_fr: Demander., basis: judgement"
COURSES = """\
section: guidance
title: Words
title_fr: Mots
lead: What to say.
lead_fr: Que dire.
groups: {}
courses:
"""


def refused(tmp_path: Path, text: str, name: str = "guidance.yaml") -> list[tuple[str, str]]:
    """Where and what, of every problem; each has a remedy."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRule) as caught:
        read_section(path, CONTENT / "sources.yaml")
    assert all(one.remedy for one in caught.value.problems)
    return [(one.where, one.found) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (GOOD + ", colour: red}", "the key 'colour' is not known here."),
        (GOOD.replace("group: terms", "group: words") + "}", "there is no group 'words'."),
        (GOOD + ", owner: nobody}", "there is no actor 'nobody'."),
        (GOOD + ", rules: [un.none]}", "there is no rule 'un.none'."),
        (GOOD + ", sources: [{id: none}]}", "there is no source 'none'."),
        (GOOD + ", when: {rule: sign.none, is: met}}", "there is no rule 'sign.none'."),
        (
            GOOD + ", when: {rule: un.ucg, is: fulfilled}}",
            "un.ucg is a definition and has no state 'fulfilled'.",
        ),
        (GOOD + ", when: {rule: un.ucg}}", "rule and is go together."),
        (GOOD + ", when: {}}", "a condition says one thing; here stands nothing."),
        (
            GOOD + ", when: {overdue: 'yes', later_change: 'yes'}}",
            "a condition says one thing; here stands 'later_change', 'overdue'.",
        ),
        (GOOD + ", when: {days: {}}}", "from and to are both missing."),
        (GOOD + ", when: {days: {from: 9, to: 3}}}", "from lies after to."),
        (GOOD + ", when: {mission: army}}", "there is no mission type 'army'."),
        (GOOD + ", when: {opinion: good}}", "opinion cannot be 'good'."),
        (GOOD + ", when: {task: {matter: police}}}", "asks for a task."),
        (GOOD + ", changes: More.}", "changes and changes_fr go together."),
        (GOOD + ", clock: soon}", "clock and clock_fr go together."),
        (GOOD + ", facts: [{kind: rumour}]}", "'rumour' is no kind of fact."),
        (GOOD.replace("judgement", "rule") + "}", "its basis is a rule, and it names none."),
        (GOOD.replace("judgement", "guidance") + "}", "its basis is guidance, and it names none."),
        (GOOD.replace("judgement", "precedent") + "}", "its basis is a precedent, and it says none."),
        (GOOD.replace("id: one", "id: One") + "}", "id cannot be 'One'."),
        (GOOD.replace(", text_fr: Demander.", "") + "}", "'text_fr' is missing."),
    ],
)
def test_a_bad_item_is_refused_in_these_words(tmp_path: Path, item: str, found: str) -> None:
    assert refused(tmp_path, f"{HEAD}  - {item}\n") == [("guidance.yaml, line 9", found)]


def test_all_problems_of_a_file_are_told_together(tmp_path: Path) -> None:
    bad = GOOD + ", owner: nobody, rules: [un.none]}"
    found = refused(tmp_path, f"{HEAD}  - {bad}\n  - {GOOD}}}\n")
    assert [what for _, what in found] == [
        "there is no actor 'nobody'.",
        "there is no rule 'un.none'.",
        "the item 'one' stands twice.",
    ]


def test_the_file_is_named_as_its_section(tmp_path: Path) -> None:
    assert refused(tmp_path, f"{HEAD}  - {GOOD}}}\n", "options.yaml") == [("options.yaml, line 1", "is 'guidance'.")]


@pytest.mark.parametrize(
    ("courses", "found"),
    [
        ("[{course: wait, text: A., text_fr: B., basis: judgement}]", "course cannot be 'wait'."),
        (
            "[{course: stop, text: A., text_fr: B., basis: judgement, when: {task: {with: authorities}}}]",
            "the last course has a condition, so that a task may find none.",
        ),
        ("[{course: stop, text: A., text_fr: B., basis: judgement, tell: C.}]", "tell and tell_fr go together."),
        ("[]", "'courses' is empty."),
    ],
)
def test_bad_courses_are_refused(tmp_path: Path, courses: str, found: str) -> None:
    text = f"{COURSES}  - {{matters: [police], courses: {courses}}}\n"
    assert [what for _, what in refused(tmp_path, text)] == [found]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "guidance.yaml"
    path.write_text(f"{HEAD}  - {GOOD}, when: {{task: {{}}}}}}\n".replace(", when: {task: {}}", ""), encoding="utf-8")
    found = read_section(path, CONTENT / "sources.yaml")
    assert [(one.id, one.text.en, one.text("fr")) for one in found.items] == [("one", "Ask.", "Demander.")]


def test_a_section_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoAnswer) as caught:
        section("horoscope")
    assert caught.value.nearest == SECTIONS


def test_the_signs_stand_on_no_shelf() -> None:
    from goodoffices.rulebooks.shelf import rulebooks

    assert signs().id == "sign"
    assert "sign" not in {book.id for book in rulebooks()}, "they are ours, and no body’s rules"
