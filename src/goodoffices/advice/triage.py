"""Triage of a mandate: for each task, the first course whose condition holds, what others did with such a task, and
what to tell the Council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from goodoffices.advice.giving import made
from goodoffices.advice.items import COURSES, Group, Item
from goodoffices.advice.judging import Judged, judge
from goodoffices.advice.situation import Situation
from goodoffices.advice.written import Courses, WrittenItem, WrittenSection
from goodoffices.core.errors import Broken
from goodoffices.core.facts import Fact
from goodoffices.core.verdicts import Verdict

OTHER: Final = "other"
MOST_ELSEWHERE: Final = 4
COURSE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "continue": ("Continue", "Poursuivre"),
    "adapt": ("Adapt", "Adapter"),
    "redirect": ("Redirect", "Réorienter"),
    "suspend": ("Suspend", "Suspendre"),
    "stop": ("Stop", "Arrêter"),
}


def course_words(course: str, language: str = "en") -> str:
    """What a course is called."""
    return COURSE_WORDS[course][language == "fr"]


def triage(section: WrittenSection, situation: Situation) -> tuple[Group, ...]:
    """The tasks of the mandate in force, by what is advised for them; groups without a task are left out."""
    items = [advised(section, situation, task) for task in situation.tasks]
    return tuple(
        Group(f"course-{course}", course_words(course, situation.language), "", mine)
        for course in COURSES
        if (mine := tuple(item for item in items if item.course == course))
    )


def advised(section: WrittenSection, situation: Situation, task: Fact) -> Item:
    """The course advised for one task. Courses before it of which nobody can say are named as possible."""
    perhaps: list[WrittenItem] = []
    for one in _courses(section, task.get("subject_matter")).courses:
        judged = judge(one.when, situation, task)
        if judged.verdict is Verdict.HOLDS:
            return _item(situation, task, one, judged, perhaps)
        if judged.verdict is not Verdict.FAILS:
            perhaps.append(one)
    raise Broken(f"no course for the task {task.key!r}")  # the last course of a list has no condition


def _courses(section: WrittenSection, matter: str) -> Courses:
    """The courses for such tasks; those for other tasks where nobody wrote any."""
    found = {name: one for one in section.courses for name in one.matters}
    if OTHER not in found:
        raise Broken(f"the triage has no courses for {matter!r} and none for other tasks")
    return found.get(_plain(matter), found[OTHER])


def _plain(matter: str) -> str:
    """A kind of task as the triage spells it: a form may have been filled in with capital letters."""
    return " ".join(matter.casefold().split())


def _item(situation: Situation, task: Fact, one: WrittenItem, judged: Judged, perhaps: Sequence[WrittenItem]) -> Item:
    language = situation.language
    found = made("triage", one, situation, judged)
    possible = dict.fromkeys(course_words(other.course, language) for other in perhaps if other.course != one.course)
    return replace(
        found,
        id=task.key,
        group=f"course-{one.course}",
        task=task.get("task"),
        facts=tuple(dict.fromkeys((task.key, *found.facts, *_fate_here(situation, task)))),
        precedents=fates_elsewhere(situation, task) or found.precedents,
        perhaps=tuple(possible),
    )


def _fate_here(situation: Situation, task: Fact) -> tuple[str, ...]:
    """What the record already says became of the same task."""
    return tuple(
        fact.key
        for fact in situation.of_kind("mission_task")
        if fact.get("task") == task.get("task") and fact.get("mission") == task.get("mission")
    )


def fates_elsewhere(situation: Situation, task: Fact) -> tuple[Fact, ...]:
    """What became of tasks of this kind in other missions, as known that day, latest first."""
    found = [
        fact
        for fact in situation.other_missions
        if _plain(fact.get("subject_matter")) == _plain(task.get("subject_matter"))
        and fact.get("mission") != task.get("mission")
    ]
    seen: dict[tuple[str, str], Fact] = {}
    for fact in reversed(found):
        seen.setdefault((fact.get("mission"), fact.get("fate")), fact)
    return tuple(seen.values())[:MOST_ELSEWHERE]
