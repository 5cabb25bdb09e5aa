"""What the record does not know and the program cannot do: gaps, coverage, unverified references, missing memberships,
ratifications nobody showed.

Invariant: a blank never says that something did not happen; here blanks are counted, and called blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from goodoffices.casebook.actors import actors
from goodoffices.casebook.coverage import FIELDS, Row, coverage
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import OWN_KINDS
from goodoffices.core.reading import gaps
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.kept import Kept
from goodoffices.desk.source_list import SourceList, opened, source_list
from goodoffices.desk.views import Moment
from goodoffices.norms.rules import Member, Party, Rulebook, all_conditions
from goodoffices.norms.worlds import MOST_WORLDS
from goodoffices.rulebooks.shelf import rulebooks

# What each field of the coverage table asks, in French; the English stands in the table itself.
_ASKED_FR: Final = {
    "ousted": "qui a été renversé",
    "leader": "qui a pris le pouvoir",
    "AU": "comment l’Union africaine a répondu",
    "region": "comment l’organisation régionale a répondu",
    "Council": "ce que le Conseil de sécurité a dit, ou qu’il n’a rien dit",
    "agenda": "si le pays était à l’ordre du jour du Conseil",
    "SG": "ce que le Secrétaire général a dit",
    "P5": "la position des membres permanents",
    "US law": "ce que les États-Unis ont constaté, ou fait de leur aide",
    "EU": "comment l’Union européenne a répondu",
    "seat": "qui occupait le siège à l’Assemblée générale",
    "sanctions": "quelles mesures ont été prises",
    "mission": "quelle mission de l’ONU couvrait le pays",
    "promise": "ce que les nouvelles autorités ont promis",
    "vote": "quels scrutins ont eu lieu",
    "end": "comment la transition a pris fin",
    "opinion": "ce que pensait le public",
}


_GENERAL: Final = "general"  # the source of what was known without a page
_TREATIES: Final = {
    "african-charter-democracy": (
        "African Charter on Democracy, Elections and Governance",
        "Charte africaine de la démocratie, des élections et de la gouvernance",
    ),
    "cotonou-agreement": ("Cotonou Partnership Agreement", "Accord de partenariat de Cotonou"),
    "samoa-agreement": ("Samoa Agreement", "Accord de Samoa"),
    "protocol-of-washington": ("Protocol of Washington", "Protocole de Washington"),
    "un-personnel-safety-convention": (
        "Convention on the Safety of United Nations and Associated Personnel",
        "Convention sur la sécurité du personnel des Nations Unies et du personnel associé",
    ),
}


@dataclass(frozen=True, slots=True)
class CaseGaps:
    """A case: the fields that can apply and those answered, what is not even asked yet, what we know we do not know,
    and until when its sources were searched."""

    case: str
    title: str
    title_fr: str
    answered: int
    asked: int
    blank: tuple[str, ...]
    gaps: tuple[Fact, ...]
    searched_until: str

    @property
    def open(self) -> int:
        """How many fields nothing answers."""
        return self.asked - self.answered

    @property
    def told(self) -> int:
        """How many gaps are on record."""
        return len(self.gaps)


@dataclass(frozen=True, slots=True)
class FieldGaps:
    """A field of the coverage table: in how many cases it is answered, of those in which it can apply."""

    name: str
    asks: str
    asks_fr: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class BookGaps:
    """A rulebook: its references, those verified, and those that nobody has read in wording and number."""

    book: Rulebook
    references: int
    unverified: tuple[str, ...]

    @property
    def verified(self) -> int:
        """How many were verified."""
        return self.references - len(self.unverified)


@dataclass(frozen=True, slots=True)
class BodyGaps:
    """A body of which rules ask whether a state is a member: what the register of states knows of that."""

    body: str
    name: str
    name_fr: str
    rules: int
    states: int

    @property
    def missing(self) -> bool:
        """Whether no membership is on record at all: the rules then cannot tell whom they bind."""
        return not self.states


@dataclass(frozen=True, slots=True)
class TreatyGaps:
    """A treaty of which rules ask whether a state is a party: of how many states with a case that is known, and of
    which it is not."""

    instrument: str
    title: str
    title_fr: str
    books: tuple[str, ...]
    known: int
    unknown: tuple[tuple[str, str], ...]  # names of the states, in English and French


@dataclass(frozen=True, slots=True)
class Weak:
    """Facts that carry less: by confidence, from general knowledge (no page was found), with a coarse day, known on an
    assumed day, without a French text; and sources seen as a copy only, or with no address."""

    facts: int
    medium: int
    low: int
    general: int
    coarse: int
    assumed: int
    no_french: int
    sources: int
    mirrored: int
    no_address: int
    alone: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything the page of limits says."""

    cases: tuple[CaseGaps, ...]
    fields: tuple[FieldGaps, ...]
    books: tuple[BookGaps, ...]
    bodies: tuple[BodyGaps, ...]
    treaties: tuple[TreatyGaps, ...]
    weak: Weak
    most_worlds: int
    fast_rules: int
    rules: int

    @property
    def gaps(self) -> int:
        """How many gaps are on record."""
        return sum(one.told for one in self.cases)

    @property
    def unverified(self) -> int:
        """How many references nobody has verified."""
        return sum(len(one.unverified) for one in self.books)

    @property
    def references(self) -> int:
        """How many references there are."""
        return sum(one.references for one in self.books)


_LIMITS: Final[Kept[Limits]] = Kept(4)


def limits(desk: Asking, moment: Moment) -> Limits:
    """What is not known at a moment, and what the program cannot do."""
    return _LIMITS.get(desk, moment, lambda: _made(desk, moment))


def _made(desk: Asking, moment: Moment) -> Limits:
    books, everything = rulebooks(), desk.everything(moment)
    everything = replace(everything, facts=opened(everything.facts))
    return Limits(
        case_gaps(everything, moment.hindsight),
        field_gaps(coverage(everything.facts)),
        tuple(_book(book) for book in books),
        body_gaps(books, everything.facts),
        treaty_gaps(books, everything.facts, moment.as_of),
        _weak(everything.facts, source_list(desk, moment)),
        MOST_WORLDS,
        *_fast(books),
    )


def _fast(books: Sequence[Rulebook]) -> tuple[int, int]:
    """How many rules the fast evaluator can run, and how many there are."""
    from goodoffices.norms.program import refusals  # numpy: only this page waits for it

    rules = sum(len(book.rules) for book in books)
    return rules - sum(len(refusals(book)) for book in books), rules


def case_gaps(everything: Snapshot, hindsight: bool = True) -> tuple[CaseGaps, ...]:
    """Each case with what is blank and what is known not to be known, the least answered first. Until when it was
    searched is no news of an earlier day: without `hindsight` it is left out."""
    told: dict[str, list[Fact]] = {}
    for fact in gaps(everything):
        told.setdefault(fact.subject, []).append(fact)
    heads = {fact.subject: fact for fact in everything.facts if fact.kind == "case"}
    found = []
    for row in coverage(everything.facts):
        head = heads[row.case]
        blank = tuple(field.name for field, count in zip(FIELDS, row.counts, strict=True) if count == 0)
        title = head.get("title")
        mine = tuple(told.get(row.case, ()))
        french = head.get("title_fr") or title
        until = row.searched_until if hindsight else ""
        found.append(CaseGaps(row.case, title, french, row.known, row.asked, blank, mine, until))
    return tuple(sorted(found, key=lambda one: (-one.open, -one.told, one.case)))


def field_gaps(rows: Iterable[Row]) -> tuple[FieldGaps, ...]:
    """The fields of the coverage table, those answered in the smallest share of cases first."""
    counts = [row.counts for row in rows]
    found = []
    for place, field in enumerate(FIELDS):
        mine = [one[place] for one in counts if one[place] is not None]
        found.append(FieldGaps(field.name, field.asks, _ASKED_FR[field.name], sum(1 for one in mine if one), len(mine)))
    return tuple(sorted(found, key=lambda one: (one.answered / one.asked if one.asked else 1.0, one.name)))


def _book(book: Rulebook) -> BookGaps:
    references = {one.words: one.verified for rule in book.rules for one in rule.references}
    return BookGaps(book, len(references), tuple(words for words, verified in references.items() if not verified))


def body_gaps(books: Iterable[Rulebook], facts: Iterable[Fact]) -> tuple[BodyGaps, ...]:
    """The bodies whose membership some rule asks for, and those whose rulebook says only that there is no rule."""
    asked: dict[str, int] = {}
    for book in books:
        if book.no_rule:
            asked.setdefault(book.no_rule.body, 0)
        for rule in book.rules:
            for body in {one.organisation for one in all_conditions(rule) if isinstance(one, Member)}:
                asked[body] = asked.get(body, 0) + 1
    members: dict[str, set[str]] = {}
    for fact in facts:
        if fact.kind == "membership":
            members.setdefault(fact.get("organisation"), set()).add(fact.subject)
    found = (
        BodyGaps(body, actors()[body].name, actors()[body].name_fr, count, len(members.get(body, ())))
        for body, count in asked.items()
    )
    return tuple(sorted(found, key=lambda one: (one.states, one.body)))


def treaty_gaps(books: Iterable[Rulebook], facts: Sequence[Fact], as_of: date) -> tuple[TreatyGaps, ...]:
    """The treaties some rule asks about, for the states that had a case: those of the body alone whose rules they
    are, where its rules ask for membership."""
    states = {fact.get("iso3"): (fact.get("country"), fact.get("country")) for fact in facts if fact.kind == "case"}
    states |= {
        code: (fact.get("country"), fact.get("country_fr") or fact.get("country"))
        for fact in facts
        if fact.kind == "state" and (code := fact.get("iso3")) in states
    }
    acts: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    for fact in facts:
        code = fact.subject.partition(":")[2]
        if fact.kind == "treaty_action" and fact.span.begins.earliest <= as_of:
            acts.setdefault(fact.get("instrument"), set()).add(code)
        elif fact.kind == "membership":
            members.setdefault(fact.get("organisation"), set()).add(code)
    asking: dict[str, list[Rulebook]] = {}
    for book in books:
        conditions = [one for rule in book.rules for one in all_conditions(rule)]
        for instrument in dict.fromkeys(one.instrument for one in conditions if isinstance(one, Party)):
            asking.setdefault(instrument, []).append(book)
    found = []
    for instrument, mine in asking.items():
        concerned = {code for book in mine for code in _concerned(book, members, states)}
        unknown = sorted(states[code] for code in concerned - acts.get(instrument, set()))
        known = len(concerned) - len(unknown)
        title, title_fr = _TREATIES.get(instrument, (instrument.replace("-", " "),) * 2)
        found.append(TreatyGaps(instrument, title, title_fr, tuple(book.id for book in mine), known, tuple(unknown)))
    return tuple(sorted(found, key=lambda one: (-len(one.unknown), one.instrument)))


def _concerned(book: Rulebook, members: Mapping[str, set[str]], states: Mapping[str, object]) -> set[str]:
    conditions = [one for rule in book.rules for one in all_conditions(rule)]
    bodies = {one.organisation for one in conditions if isinstance(one, Member)}
    if not bodies:
        return set(states)
    return {code for body in bodies for code in members.get(body, ()) if code in states}


def _weak(facts: Iterable[Fact], sources: SourceList) -> Weak:
    told = [fact for fact in facts if fact.kind not in OWN_KINDS]
    return Weak(
        facts=len(told),
        medium=sum(fact.confidence == "medium" for fact in told),
        low=sum(fact.confidence == "low" for fact in told),
        general=sum(all(one.source.id == _GENERAL for one in fact.citations) for fact in told),
        coarse=sum(not fact.span.begins.precise for fact in told),
        assumed=sum(fact.known_assumed for fact in told),
        no_french=sum("fr" not in dict(fact.texts) for fact in told),
        sources=len(sources.rows),
        mirrored=sum(not row.address and bool(row.mirror) for row in sources.rows),
        no_address=sum(not row.address and not row.mirror for row in sources.rows),
        alone=sources.alone,
    )


def limits_record(found: Limits) -> dict[str, Any]:
    """The JSON of the limits."""
    return {
        "gaps": found.gaps,
        "cases": [asdict(one) | {"gaps": [fact.text for fact in one.gaps]} for one in found.cases],
        "fields": [asdict(one) for one in found.fields],
        "references": {"all": found.references, "unverified": found.unverified},
        "rulebooks": [
            {"rulebook": one.book.id, "references": one.references, "unverified": list(one.unverified)}
            for one in found.books
        ],
        "bodies": [asdict(one) for one in found.bodies],
        "treaties": [asdict(one) for one in found.treaties],
        "facts": asdict(found.weak),
        "engine": {"most_worlds": found.most_worlds, "fast_rules": found.fast_rules, "rules": found.rules},
    }


def limits_rows(found: Limits) -> list[dict[str, Any]]:
    """The limits as a table: of what sort, where, what, and the fact or article behind it."""
    rows: list[dict[str, Any]] = []
    for case in found.cases:
        rows += [{"sort": "gap", "where": case.case, "what": fact.text, "behind": fact.key} for fact in case.gaps]
        rows += [{"sort": "blank", "where": case.case, "what": name, "behind": ""} for name in case.blank]
    for book in found.books:
        rows += [{"sort": "unverified", "where": book.book.id, "what": one, "behind": one} for one in book.unverified]
    for body in found.bodies:
        rows += [{"sort": "membership", "where": body.body, "what": body.name, "behind": ""}] if body.missing else []
    for treaty in found.treaties:
        rows += [
            {"sort": "ratification", "where": state, "what": treaty.title, "behind": ""} for state, _ in treaty.unknown
        ]
    return rows
