"""Giving advice: a written section and a situation make a section of items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from goodoffices.advice.changing import would_change
from goodoffices.advice.items import Ground, Group, Item, Section
from goodoffices.advice.judging import Judged, judge
from goodoffices.advice.language import rules_known, title_of
from goodoffices.advice.situation import Situation, matching
from goodoffices.advice.written import Origin, WrittenItem, WrittenSection
from goodoffices.core.days import read_day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Reference
from goodoffices.core.reading import begun
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.rules import Pattern

MOST_PRECEDENTS: Final = 4
_MOST_FACTS: Final = 8
UNKNOWN: Final = "unknown"
_DESCRIBED: Final = "ipi-2025"


def give(section: WrittenSection, situation: Situation) -> Section:
    """The section’s items whose conditions hold, or may, in the situation. Empty groups are left out."""
    language = situation.language
    found = [item for one in section.items if (item := _item(section.id, one, situation)) is not None]
    groups = tuple(
        Group(one.id, one.title(language), one.lead(language), mine)
        for one in section.groups
        if (mine := tuple(item for item in found if item.group == one.id))
    )
    return Section(section.id, section.title(language), section.lead(language), groups)


def _item(section: str, one: WrittenItem, situation: Situation) -> Item | None:
    judged = judge(one.when, situation)
    if judged.verdict is Verdict.FAILS:
        return None
    elsewhere = precedents(situation, one.elsewhere)
    if one.basis == "precedent" and not elsewhere:
        return None
    return made(section, one, situation, judged, elsewhere)


def made(
    section: str, one: WrittenItem, situation: Situation, judged: Judged, elsewhere: Sequence[Fact] | None = None
) -> Item:
    """A written item as an item of advice, once its condition was judged."""
    language = situation.language
    shown = dict.fromkeys((*judged.facts, *(fact.key for fact in situation.matching(one.facts)[-_MOST_FACTS:])))
    return Item(
        id=one.id,
        section=section,
        group=one.group,
        text=one.text(language),
        basis=one.basis,
        standing="applies" if judged.verdict is Verdict.HOLDS else "perhaps",
        side=one.side,
        grounds=tuple(grounds(one, situation)),
        hangs_on=judged.hangs_on,
        facts=tuple(shown),
        precedents=tuple(precedents(situation, one.elsewhere) if elsewhere is None else elsewhere),
        would_change=would_change(one, judged, language),
        owner=one.owner,
        clock=one.clock(language),
        course=one.course,
        tell=one.tell(language),
    )


def precedents(situation: Situation, patterns: Sequence[Pattern]) -> tuple[Fact, ...]:
    """Facts of other cases that the patterns mean, as known that day: of the cases most alike first, two a case."""
    if not patterns:
        return ()
    found: list[Fact] = []
    for other in situation.likest:
        facts = begun(other.snapshot, *{kind for one in patterns for kind in one.kinds})
        found += matching([one for one in facts if one.subject == other.case], patterns)[:2]
        if len(found) >= MOST_PRECEDENTS:
            break
    return tuple(found[:MOST_PRECEDENTS])


def grounds(one: WrittenItem, situation: Situation) -> Iterable[Ground]:
    """What an item rests on: the articles of its rules, and its sources."""
    language = situation.language
    for rule in one.rules:
        known = rules_known()[rule]
        later = known.in_force.begins.earliest > situation.snapshot.known_at
        for reference in known.references:
            yield _article(rule, reference, later, language)
    for origin, at in one.sources:
        yield Ground(
            title=origin.title(language),
            at=at,
            public=origin.public,
            published="" if origin.published == UNKNOWN else origin.published,
            afterwards=_afterwards(origin, situation),
            described_by="" if origin.public else _DESCRIBED,
        )


def _article(rule: str, reference: Reference, later: bool, language: str) -> Ground:
    """An article; `later`: the norm bound only after the day of knowledge."""
    public = not reference.attribution
    return Ground(
        title_of(rule, reference, language),
        reference.article,
        public,
        rule=rule,
        afterwards=later,
        published=rules_known()[rule].in_force.begins.text if later else "",
        checked=reference.verified,
        described_by="" if public else reference.attribution,
    )


def _afterwards(origin: Origin, situation: Situation) -> bool:
    """Whether the source was surely published after the day of knowledge."""
    if origin.published == UNKNOWN:
        return False
    return read_day(origin.published).earliest > situation.snapshot.known_at
