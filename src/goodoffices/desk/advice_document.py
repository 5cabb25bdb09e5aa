"""Advice and plans as documents: the values that HTML, PDF and DOCX print.

Invariant: every sentence carries a note: its article, its source, the facts behind it, or that it is our judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from goodoffices.advice.advise import Advice
from goodoffices.advice.items import Group, Item
from goodoffices.advice.language import cited
from goodoffices.advice.planning import Foreseen, Plan
from goodoffices.advice.situation import Situation
from goodoffices.advice.triage import course_words
from goodoffices.advice.wording import basis_words, ground_words, perhaps_words, side_words
from goodoffices.briefs.document import Block, Brief, Grid, Listing, Note, Paragraph, Section, Sentence
from goodoffices.casebook.actors import brief_name
from goodoffices.casebook.edition import edition
from goodoffices.core.days import day_words
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.markings import Marking
from goodoffices.norms.kindwords import colon

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "plan": ("Contingency plan: {country}", "Plan d’urgence : {country}"),
    "advice": ("Advice: {case}", "Conseils : {case}"),
    "as_of": ("As of {day}, as known on {known}", "Au {day}, tel que connu le {known}"),
    "mission": ("Mission: {mission}.", "Mission : {mission}."),
    "no_mission": (
        "No mission is on record in the country: the plan is for the country team and headquarters.",
        "Aucune mission n’est au dossier dans ce pays : le plan s’adresse à l’équipe de pays et au Siège.",
    ),
    "never": (
        "Nothing here is an order. What is marked as judgement is that of the authors of Good Offices.",
        "Rien ici n’est un ordre. Ce qui est marqué comme appréciation est celle des auteurs de Good Offices.",
    ),
    "record": ("The Good Offices record", "Le registre de Good Offices"),
    "judgement": ("Judgement of the authors of Good Offices.", "Appréciation des auteurs de Good Offices."),
    "history": ("Changes of government on record", "Changements de gouvernement au dossier"),
    "no_history": ("None is on record since 2000.", "Aucun au dossier depuis 2000."),
    "if": ("If it came today: {title}", "S’il survenait aujourd’hui : {title}"),
    "supposed": ("Supposed, not on record.", "Supposé, absent du dossier."),
    "duties": ("Who must do what", "Qui doit faire quoi"),
    "by": ("By", "Avant le"),
    "article": ("Article", "Article"),
    "same": ("The rules would ask the same as above.", "Les règles demanderaient la même chose que ci-dessus."),
    "no_term": ("no term", "aucun délai fixé"),
    "task": ("Task", "Tâche"),
    "course": ("Course", "Conduite"),
    "how": ("Why, and how", "Pourquoi, et comment"),
    "no_tasks": (
        "No task of a mandate is on record: the tasks could not be triaged.",
        "Aucune tâche d’un mandat n’est au dossier : le tri n’a pu être fait.",
    ),
    "would": ("Would change it", "Ce qui le changerait"),
    "snapshot": ("Snapshot", "Instantané"),
    "casebook": ("Casebook", "Recueil de cas"),
    "head": ("Chain head", "Tête de chaîne"),
    "made": ("Made", "Établi"),
}


class _Writer:
    """Numbers notes in the order in which they are first cited."""

    def __init__(self, situation: Situation):
        self.situation = situation
        self.language = situation.language
        self._notes: dict[str, Note] = {}
        self._facts = {fact.key: fact for fact in situation.known}

    def word(self, name: str, **given: str) -> str:
        return _WORDS[name][self.language == "fr"].format(**given)

    def note(self, text: str, address: str = "") -> int:
        return self._notes.setdefault(text, Note(len(self._notes) + 1, text, address)).number

    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())

    def by_record(self, text: str) -> Sentence:
        return Sentence(text, (self.note(f"{self.word('record')}, {self.situation.snapshot.id}."),))

    def told(self, fact: Fact) -> Sentence:
        when = fact.span.words(self.language)
        numbers = [self.note(one.words, one.source.address or one.source.mirror) for one in fact.citations[:2]]
        said = f"{when[:1].upper()}{when[1:]}{colon(self.language)}{fact.said(self.language)}"
        return Sentence(said, tuple(dict.fromkeys(numbers)))

    def item(self, item: Item, lead: str = "") -> Sentence:
        """An item with notes for its grounds and the facts behind it."""
        numbers = [self.note(ground_words(one, self.language)) for one in item.grounds[:3]]
        if item.basis == "judgement" or not item.grounds:
            numbers.append(self.note(self.word("judgement")))
        for fact in (*(self._facts[key] for key in item.facts[:2] if key in self._facts), *item.precedents[:2]):
            numbers += [self.note(one.words, one.source.address or one.source.mirror) for one in fact.citations[:1]]
        marks = [basis_words(item.basis, self.language)]
        if not item.sure:
            marks.append(perhaps_words(self.language))
        side = f"{side_words(item.side, item.section, self.language)}{colon(self.language)}" if item.side else ""
        owner = brief_name(item.owner, self.language) if item.owner else ""
        who = ", ".join(part for part in (owner, item.clock) if part)
        text = f"{lead}{side}{item.text}" + (f" ({who})" if who else "") + f" [{'; '.join(marks)}]"
        return Sentence(text, tuple(dict.fromkeys(numbers)), "" if item.sure else "open")

    def group(self, group: Group) -> Iterable[Block]:
        yield (
            Paragraph((self.by_record(f"{group.title}."),))
            if not group.items
            else Listing(tuple(self.item(one) for one in group.items))
        )


def plan_document(plan: Plan, made: datetime) -> Brief:
    """A contingency plan as a document."""
    writer = _Writer(plan.situation)
    sections = [_opening(plan, writer), *(_foreseen(one, plan.foreseen[0], writer) for one in plan.foreseen)]
    sections += [Section(group.title, tuple(writer.group(group))) for group in plan.groups]
    title = writer.word("plan", country=plan.name)
    return _brief(writer, plan.country or "plan", title, sections, made)


def advice_document(advice: Advice, made: datetime) -> Brief:
    """The advice on a case as a document: each section with its items by group."""
    writer = _Writer(advice.situation)
    sections = []
    for one in advice.sections:
        for group in one.groups:
            blocks: tuple[Block, ...] = (
                (_tasks(group.items, writer),) if group.id.startswith("course-") else tuple(writer.group(group))
            )
            sections.append(Section(f"{one.title}{colon(writer.language)}{group.title}", blocks))
    title = writer.word("advice", case=advice.situation.title)
    return _brief(writer, advice.situation.snapshot.subjects[0], title, sections, made)


def _opening(plan: Plan, writer: _Writer) -> Section:
    mission = writer.word("mission", mission=plan.mission_name) if plan.mission_name else writer.word("no_mission")
    lead = Paragraph((writer.by_record(mission), writer.by_record(writer.word("never"))))
    if plan.history:
        history: Block = Listing(tuple(writer.told(fact) for fact in plan.history))
    else:
        history = Paragraph((writer.by_record(writer.word("no_history")),))
    return Section(writer.word("history"), (lead, history))


def _foreseen(one: Foreseen, first: Foreseen, writer: _Writer) -> Section:
    french = writer.language == "fr"
    facts = Listing(tuple(writer.told(fact) for fact in one.facts))
    blocks: list[Block] = [Paragraph((writer.by_record(writer.word("supposed")),)), facts]
    if one is not first and one.asks_as(first):
        blocks.append(Paragraph((writer.by_record(writer.word("same")),)))
    elif one.duties:
        columns = (writer.word("duties"), writer.word("by"), writer.word("article"))
        blocks.append(Grid(columns, tuple(_duty(finding, writer) for finding in one.duties)))
    if one.tasks:
        blocks.append(_tasks(one.tasks, writer))
    else:
        blocks.append(Paragraph((writer.by_record(writer.word("no_tasks")),)))
    title = one.title[:1].lower() + one.title[1:] if french else one.title
    return Section(writer.word("if", title=title), tuple(blocks))


def _duty(finding: Finding, writer: _Writer) -> tuple[Sentence, ...]:
    due = day_words(finding.due, writer.language) if finding.due else writer.word("no_term")
    return (
        Sentence(finding.said(writer.language), (writer.note(cited(finding, writer.language)),)),
        Sentence(due),
        Sentence("; ".join(one.article for one in finding.references[:2])),
    )


def _tasks(tasks: Sequence[Item], writer: _Writer) -> Grid:
    columns = (writer.word("task"), writer.word("course"), writer.word("how"))
    rows = tuple(
        (
            Sentence(one.task),
            Sentence(course_words(one.course, writer.language)),
            writer.item(one),
        )
        for one in tasks
    )
    return Grid(columns, rows, told=True)


def _brief(writer: _Writer, case: str, title: str, sections: Sequence[Section], made: datetime) -> Brief:
    snapshot = writer.situation.snapshot
    days = {"day": day_words(snapshot.as_of, writer.language), "known": day_words(snapshot.known_at, writer.language)}
    return Brief(
        case=case,
        title=title,
        subtitle=writer.word("as_of", **days),
        marking=max((fact.marking for fact in snapshot.facts), default=Marking.UNCLASSIFIED),
        language=writer.language,
        sections=tuple(sections),
        notes=writer.notes(),
        colophon=(
            (writer.word("snapshot"), snapshot.id),
            (writer.word("casebook"), edition().version),
            (writer.word("head"), snapshot.head),
            (writer.word("made"), made.strftime("%Y-%m-%d %H:%M %Z").strip()),
        ),
        made=made,
    )
