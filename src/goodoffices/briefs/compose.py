"""Composes a brief from a snapshot and findings: what happened, who answered, what the rules ask, what nobody knows.

It fits two pages: where there is more than fits, the heaviest facts stay, and the brief says how many it leaves out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from goodoffices.briefs.ahead import NextDate
from goodoffices.briefs.document import Brief, Figure, Grid, Listing, Note, Paragraph, Section, Sentence
from goodoffices.briefs.status_line import Cell
from goodoffices.briefs.timeline import Timeline
from goodoffices.casebook.actors import actors
from goodoffices.core.days import day_words
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.kinds import KINDS
from goodoffices.core.markings import Marking
from goodoffices.core.reading import begun, day_label, day_zero, gaps, seizure
from goodoffices.core.snapshots import Snapshot
from goodoffices.norms.kindwords import colon
from goodoffices.norms.wording import state_words

MOST_EVENTS: Final = 5
MOST_ACTS: Final = 13
MOST_DUTIES: Final = 8
MOST_OF_A_BOOK: Final = 3  # duties of one rulebook, before others have had their turn
MOST_ARTICLES: Final = 2  # to one duty; its page has all
MOST_GAPS: Final = 6
MOST_AHEAD: Final = 4
MOST_NOTES: Final = 3  # to one sentence of ours
_EVENTS: Final = (
    "seizure",
    "ousted",
    "leadership",
    "constitutional_order",
    "promise_outcome",
    "vote_held",
    "consent",
    "violence",
)
_ACTS: Final[dict[str, int]] = {
    "suspension": 9,
    "suspension_declined": 9,
    "suspension_lifted": 8,
    "press_statement": 8,
    "presidential_statement": 7,
    "mandate": 7,
    "resolution": 6,
    "sanction": 6,
    "sanction_lifted": 5,
    "mission_exit": 7,
    "determination": 5,
    "credentials": 5,
    "statement": 4,
    "deadline_set": 4,
    "force": 5,
    "aid_measure": 3,
    "guidance": 4,
    "assessment": 3,
    "decision": 2,
}
# How a state is set: done, late, open; the others in plain ink.
TONES: Final = {
    "fulfilled": "done",
    "deviation": "late",
    "overdue": "late",
    "fulfilled_late": "late",
    "possible_deviation": "late",
    "open": "open",
    "pending": "open",
    "projected": "open",
    "undetermined": "open",
    "disputed": "open",
}
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "situation": ("Situation", "Situation"),
    "answered": ("What happened, and who answered", "Ce qui s’est passé, et qui a réagi"),
    "did": ("Who has done what", "Qui a fait quoi"),
    "rules": ("What the rules ask, and what was done", "Ce que demandent les règles, et ce qui a été fait"),
    "gaps": ("What we do not know", "Ce que nous ne savons pas"),
    "ahead": ("Next dates", "Prochaines échéances"),
    "where": ("Where things stand", "Où en est-on"),
    "who": ("Who", "Qui"),
    "what": ("What", "Quoi"),
    "when": ("When", "Quand"),
    "asks": ("Who must do what", "Qui doit faire quoi"),
    "by": ("By", "Avant le"),
    "state": ("State", "État"),
    "no_term": ("no term", "non fixé"),
    "nothing": ("Nothing is known of this case by this day.", "Rien n’est connu de ce cas à cette date."),
    "no_rules": (
        "No rule of the rulebooks was triggered on what is known.",
        "Aucune règle des recueils n’est déclenchée par ce qui est connu.",
    ),
    "no_gaps": (
        "The record names no gap for this day; that is not to say there is none.",
        "Le dossier ne signale aucune lacune à cette date, ce qui ne veut pas dire qu’il n’y en a pas.",
    ),
    "no_acts": ("No act of an organ is known by this day.", "Aucun acte d’un organe n’est connu à cette date."),
    "figure": (
        "Timeline by actor; what is faint lies after the day looked at.",
        "Chronologie par acteur ; ce qui est estompé est postérieur au jour considéré.",
    ),
    "record": ("The Good Offices record", "Le registre de Good Offices"),
    "unverified": ("reference not verified", "référence non vérifiée"),
    "ours": ("our finding", "notre constat"),
}


class _Notes:
    """Numbers sources and articles in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, Note] = {}

    def of_text(self, text: str, address: str = "") -> int:
        note = self._numbers.setdefault(text, Note(len(self._numbers) + 1, text, address))
        return note.number

    def of_fact(self, fact: Fact, most: int = 2) -> tuple[int, ...]:
        numbers = [self.of_text(one.words, one.source.address or one.source.mirror) for one in fact.citations[:most]]
        return tuple(dict.fromkeys(numbers))

    def all(self) -> tuple[Note, ...]:
        return tuple(self._numbers.values())


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief is made from: a snapshot, what the rules made of it, and the figures drawn from it.

    `observed` gives, for rules without a term, the median day of like cases; `figure` is the timeline to print;
    `casebook` and `rulebooks` are the versions it rests on.
    """

    snapshot: Snapshot
    title: str
    findings: Sequence[Finding]
    observed: Mapping[str, str]
    cells: Sequence[Cell]
    figure: Timeline
    ahead: Sequence[NextDate]
    rulebooks: Mapping[str, str]
    casebook: str = ""  # its version


class _Composer:
    def __init__(self, material: Material, language: str):
        self.snapshot, self.findings, self.observed = material.snapshot, material.findings, material.observed
        self.language = language
        snapshot = material.snapshot
        self.notes = _Notes()
        self.zero = day_zero(snapshot)

    def word(self, name: str) -> str:
        return _WORDS[name][self.language == "fr"]

    def said(self, fact: Fact) -> Sentence:
        return Sentence(fact.said(self.language), self.notes.of_fact(fact))

    def by_record(self, text: str, tone: str = "") -> Sentence:
        return Sentence(text, (self.notes.of_text(f"{self.word('record')}, {self.snapshot.id}."),), tone)

    def by_keys(self, text: str, keys: Sequence[str], tone: str = "") -> Sentence:
        """A sentence of ours that rests on facts."""
        numbers: list[int] = []
        for key in keys:
            fact = self.snapshot.find(key)
            if fact is not None and fact.kind not in ("case", "state", "membership") and len(numbers) < MOST_NOTES:
                numbers += [one for one in self.notes.of_fact(fact, 1) if one not in numbers]
        return Sentence(text, tuple(numbers), tone) if numbers else self.by_record(text, tone)

    def situation(self, cells: Sequence[Cell]) -> Section:
        taken = seizure(self.snapshot)
        events = [fact for fact in begun(self.snapshot, *_EVENTS) if fact is not taken]
        heads = sorted(events, key=lambda fact: -_weight(fact))[: MOST_EVENTS - 1]
        chosen = [
            fact
            for fact in ([taken] if taken and taken in begun(self.snapshot, "seizure") else [])
            + [one for one in events if one in heads]
        ]
        if not chosen:
            return Section(self.word("situation"), (Paragraph((self.by_record(self.word("nothing")),)),))
        text = Paragraph(tuple(self._dated(fact) for fact in chosen))
        stand = Grid(tuple(cell.label for cell in cells), (tuple(self._cell(cell) for cell in cells),))
        return Section(self.word("situation"), (text, stand))

    def _dated(self, fact: Fact) -> Sentence:
        day = fact.span.begins.words(self.language)
        return Sentence(
            f"{day[:1].upper()}{day[1:]}{colon(self.language)}{fact.said(self.language)}", self.notes.of_fact(fact)
        )

    def _cell(self, cell: Cell) -> Sentence:
        text = cell.value + (f" ({cell.detail})" if cell.detail else "")
        return self.by_keys(text, cell.facts)

    def acts(self) -> Section:
        found = [
            fact for fact in begun(self.snapshot, *_ACTS) if KINDS[fact.kind].organ_act or fact.kind == "mission_exit"
        ]
        if self.zero is not None:
            found = [fact for fact in found if fact.span.begins.latest >= self.zero.earliest]
        if not found:
            return Section(self.word("did"), (Paragraph((self.by_record(self.word("no_acts")),)),))
        heaviest = sorted(
            found, key=lambda fact: (-_ACTS[fact.kind], fact.confidence != "high", fact.span.begins.shown)
        )[:MOST_ACTS]
        rows = []
        for fact in (one for one in found if one in heaviest):
            day = day_label(fact.span.begins, self.zero, self.language)
            when = fact.span.begins.words(self.language) + (f" ({day})" if day else "")
            numbers = self.notes.of_fact(fact)
            actor = actors()[fact.actor].said(self.language)
            rows.append((Sentence(when), Sentence(actor), Sentence(fact.said(self.language), numbers)))
        blocks: list[Grid | Paragraph] = [Grid((self.word("when"), self.word("who"), self.word("what")), tuple(rows))]
        left = len(found) - len(rows)
        if left:
            more = (
                f"{left} autres actes figurent au dossier."
                if self.language == "fr"
                else f"{left} more acts are in the record."
            )
            blocks.append(Paragraph((self.by_record(more),)))
        return Section(self.word("did"), tuple(blocks))

    def duties(self) -> Section:
        shown = _chosen(self.findings)
        if not shown:
            return Section(self.word("rules"), (Paragraph((self.by_record(self.word("no_rules")),)),))
        rows = tuple(self._duty(finding) for finding in shown[:MOST_DUTIES])
        return Section(self.word("rules"), (Grid((self.word("asks"), self.word("by"), self.word("state")), rows),))

    def _duty(self, finding: Finding) -> tuple[Sentence, ...]:
        articles = tuple(
            self.notes.of_text(self._article(one.words, one.attribution, one.verified))
            for one in finding.references[:MOST_ARTICLES]
        )
        due = (
            day_words(finding.due, self.language)
            if finding.due
            else self.word("no_term")
            if finding.kind == "obligation"
            else "–"
        )
        return (
            Sentence(finding.said(self.language), articles),
            Sentence(due),
            self.by_keys(
                state_sentence(finding, self.observed.get(finding.rule, ""), self.language),
                self._resting(finding),
                TONES.get(finding.state, ""),
            ),
        )

    def _article(self, words: str, attribution: str, verified: bool) -> str:
        extra = ", ".join(part for part in (attribution, "" if verified else self.word("unverified")) if part)
        return f"{words} ({extra})" if extra else words

    def _resting(self, finding: Finding) -> tuple[str, ...]:
        """The facts that decide: acts of organs first, the seizure last."""
        facts = [fact for key in finding.facts if (fact := self.snapshot.find(key)) is not None]
        return tuple(
            fact.key for fact in sorted(facts, key=lambda fact: -_weight(fact) if fact.kind != "seizure" else 0)
        )

    def unknown(self) -> Section:
        found = gaps(self.snapshot)
        if not found:
            return Section(self.word("gaps"), (Paragraph((self.by_record(self.word("no_gaps")),)),))
        return Section(
            self.word("gaps"), (Listing(tuple(self.by_record(fact.said(self.language)) for fact in found[:MOST_GAPS])),)
        )

    def coming(self, ahead: Sequence[NextDate]) -> Section | None:
        if not ahead:
            return None
        items = tuple(
            self.by_keys(f"{one.when}{colon(self.language)}{one.what}.", one.facts) for one in ahead[:MOST_AHEAD]
        )
        return Section(self.word("ahead"), (Listing(items),))


def _chosen(findings: Sequence[Finding]) -> list[Finding]:
    """The findings a reader of two pages should not miss: departures first, then duties that run or were done, statuses
    in force, and what is not known last; of each rulebook a few before another has its turn."""
    shown = [finding for finding in findings if not finding.quiet and finding.kind != "definition"]
    ranked = sorted(shown, key=_rank)
    taken: Counter[str] = Counter()
    first: list[Finding] = []
    rest: list[Finding] = []
    for finding in ranked:
        book = finding.rule.partition(".")[0]
        late = TONES.get(finding.state, "") == "late"
        (first if late or taken[book] < MOST_OF_A_BOOK else rest).append(finding)
        taken[book] += 1
    return sorted([*first, *rest][:MOST_DUTIES], key=_rank)


def _rank(finding: Finding) -> int:
    if TONES.get(finding.state, "") == "late":
        return 0
    if finding.state in ("undetermined", "discharged"):
        return 4
    if finding.kind == "obligation":
        return 1
    return 2 if finding.kind == "status" and finding.state == "in_force" else 3


def _weight(fact: Fact) -> int:
    return _ACTS.get(
        fact.kind,
        {"leadership": 8, "ousted": 6, "constitutional_order": 9, "consent": 7, "promise_outcome": 5}.get(fact.kind, 3),
    )


# Why an answer is not known, in a few words; the first that applies.
_CAUSES: Final[tuple[tuple[str, tuple[str, str]], ...]] = (
    ("party_unknown", ("no page shows whether the state is a party", "aucune page ne montre si l’État est partie")),
    ("state_unknown", ("the state is not in the register", "l’État n’est pas au registre")),
    ("absent_beyond", ("asked beyond what is known", "au-delà de ce qui est connu")),
    ("beyond_known", ("asked beyond what is known", "au-delà de ce qui est connu")),
    ("absent_unknown", ("no public record", "aucune trace publique")),
    ("coarse_date", ("the dates are too coarse", "dates trop imprécises")),
    ("coarse_order", ("the dates are too coarse", "dates trop imprécises")),
)


def cause_of_doubt(finding: Finding, language: str = "en") -> str:
    """Why a finding is not known: "no public record"; nothing where the tree names no cause."""
    codes = {node.code for node in finding.tree.walk()}
    return next((words[language == "fr"] for code, words in _CAUSES if code in codes), "")


def state_sentence(finding: Finding, observed: str = "", language: str = "en") -> str:
    """The state for people, with its day: "done, day 8", "open, day 20 (like cases: median day 5)"."""
    french = language == "fr"
    said = state_words(finding.called, language)
    if finding.state == "fulfilled" and finding.until is not None:  # a duty to keep something so
        kept = f"jusqu’{finding.until.words_after('à')}" if french else f"until {finding.until.words()}"
        return f"respectée {kept}" if french else f"kept {kept}"
    cause = cause_of_doubt(finding, language) if finding.state == "undetermined" else ""
    if cause:
        said += f" : {cause}" if french else f": {cause}"
    if finding.day is not None and finding.state in (
        "fulfilled",
        "fulfilled_late",
        "open",
        "possible_deviation",
        "overdue",
    ):
        said += f", {'jour' if french else 'day'} {finding.day}"
    if finding.since is not None and finding.kind in ("status", "prohibition") and finding.state == "in_force":
        said += (" depuis le " if french else " since ") + finding.since.words(language)
    if finding.until is not None:
        said += (" le " if french else " ") + finding.until.words(language)
    if observed and finding.open_term and finding.state in ("open", "deviation"):
        said += f" ; cas semblables : médiane jour {observed}" if french else f"; like cases: median day {observed}"
    return said


def compose(material: Material, made: datetime, language: str = "en") -> Brief:
    """The brief of a case; `made` is the time it is made at."""
    snapshot, rulebooks = material.snapshot, material.rulebooks
    pen = _Composer(material, language)
    drawn = Figure(material.figure, pen.by_record(pen.word("figure")))
    sections = [
        pen.situation(material.cells),
        Section(pen.word("answered"), (drawn,)),
        pen.acts(),
        pen.duties(),
        pen.unknown(),
    ]
    coming = pen.coming(material.ahead)
    if coming:
        sections.append(coming)
    french = language == "fr"
    as_of, known_at = day_words(snapshot.as_of, language), day_words(snapshot.known_at, language)
    colophon = (
        ("Instantané" if french else "Snapshot", snapshot.id),
        *(((("Recueil de cas" if french else "Casebook"), material.casebook),) if material.casebook else ()),
        ("Recueils" if french else "Rulebooks", ", ".join(f"{name} {version}" for name, version in rulebooks.items())),
        ("Au" if french else "As of", f"{as_of} ({snapshot.as_of.isoformat()})"),
        ("Connu au" if french else "As known on", f"{known_at} ({snapshot.known_at.isoformat()})"),
        ("Tête de chaîne" if french else "Chain head", snapshot.head),
        ("Établi" if french else "Made", made.strftime("%Y-%m-%d %H:%M %Z").strip()),
    )
    subtitle = f"Au {as_of}, tel que connu le {known_at}" if french else f"As of {as_of}, as known on {known_at}"
    marking = max((fact.marking for fact in snapshot.facts), default=Marking.UNCLASSIFIED)
    case = snapshot.subjects[0] if snapshot.subjects else ""
    return Brief(case, material.title, subtitle, marking, language, tuple(sections), pen.notes.all(), colophon, made)
