"""Who asked, who decided, who acted, and whether the host consented: the chain behind each mission and operation.

Invariant: only what had begun by the day looked at. A link nobody recorded stays open and is drawn as not known; what a
register says in free words was written with later knowledge, so the caller shows it with hindsight only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.core.days import NEVER
from goodoffices.core.facts import Fact, order
from goodoffices.core.symbols import find_symbols

# What acts, by the sort of authority behind it: the article's three ways, and what falls between them.
SORTS: Final[dict[str, tuple[str, str]]] = {
    "un": ("Missions of the United Nations", "Missions des Nations Unies"),
    "regional": ("Operations of regional organisations", "Opérations d’organisations régionales"),
    "hybrid": ("Operations of several organisations", "Opérations de plusieurs organisations"),
    "single_state": ("Operations of a single state", "Opérations d’un seul État"),
    "coalition": ("Operations of a coalition of states", "Opérations d’une coalition d’États"),
    "private": ("Private military companies", "Sociétés militaires privées"),
}
CONSENT: Final[dict[str, tuple[str, str]]] = {
    "asked": ("asked for by the host", "demandée par l’hôte"),
    "given": ("given", "donné"),
    "limited": ("limited", "restreint"),
    "withdrawn": ("withdrawn", "retiré"),
    "said": ("told, without an act on record", "indiqué, sans acte au dossier"),
    "not_known": ("not known: no public record", "inconnu : aucune trace publique"),
}
_ACTS: Final = ("resolution", "decision", "statement", "press_statement", "presidential_statement", "recommendation")


@dataclass(frozen=True, slots=True)
class Chain:
    """One mission or operation with what leads to it, as far as it was known by the day looked at.

    `begins` and `ends` are days to draw it at in this country; `ends` is None while no end is known. `said` is the
    register's own words on law, authority and consent.
    """

    id: str
    name: str
    name_fr: str
    short: str
    sort: str
    lead: str
    lead_name: str
    acted: Fact
    begins: date
    ends: date | None
    asked: tuple[Fact, ...]
    decided: tuple[Fact, ...]
    votes: tuple[tuple[str, str], ...]
    consents: tuple[Fact, ...]
    limits: tuple[Fact, ...]
    ended: Fact | None
    consent: str
    said: tuple[tuple[str, str], ...] = ()

    def title(self, language: str = "en") -> str:
        """Its name."""
        return self.name_fr if language == "fr" else self.name

    def called(self, language: str = "en") -> str:
        """Its short name, for figures."""
        return _short(self.name_fr) if language == "fr" and self.sort != "un" else self.short

    def votes_of(self, fact: Fact) -> str:
        """The votes on a decision, as for-against-abstaining; empty where not known."""
        return dict(self.votes).get(fact.key, "")

    def backed(self, fact: Fact) -> bool:
        """Whether a decision only backs it: an organ that does not lead it welcomes or supports it."""
        if fact is self.acted or fact.kind in ("mandate", "force"):
            return False
        return fact.actor != self.lead

    @property
    def later(self) -> tuple[Fact, ...]:
        """Decisions on it that came after it had begun: a welcome, support, not what let it begin."""
        return tuple(fact for fact in self.decided if fact.span.begins.earliest > self.acted.span.begins.latest)


def so_by(fact: Fact, day: date) -> bool:
    """Whether a fact had surely begun by a day. One without a date counts from the day on which it became known."""
    if fact.span.begins.precision == "unknown":
        return fact.known_at <= day
    return fact.span.begins.latest <= day


def chains(facts: Iterable[Fact], iso3: str, as_of: date, names: dict[str, str]) -> tuple[Chain, ...]:
    """The chains of a country, in order of their beginning. `facts` are those of its cases, missions and operations;
    `names` are what actors are called."""
    known = [fact for fact in facts if not fact.competes_with]
    heads = [fact for fact in known if fact.kind in ("mission", "operation") and so_by(fact, as_of)]
    found = [_chain(head, known, iso3, as_of, names) for head in heads]
    return tuple(sorted(found, key=lambda one: (one.begins, one.id)))


def _chain(head: Fact, facts: Sequence[Fact], iso3: str, as_of: date, names: dict[str, str]) -> Chain:
    id = head.subject.partition(":")[2]
    mine = [fact for fact in facts if fact.subject == head.subject and fact is not head]
    about = [fact for fact in facts if fact.subject != head.subject and fact.get("mission") == id]
    begun = sorted((fact for fact in (*mine, *about) if so_by(fact, as_of)), key=order)
    consents = tuple(fact for fact in _once(begun) if fact.kind == "consent")
    short = head.get("short") or _short(head.get("title"))
    limits = _limits(facts, short, as_of) if head.kind == "mission" else ()
    ended = _ended(head, mine, facts, as_of)
    decided = _decided(head, begun, facts, as_of)
    asking = tuple(fact for fact in begun if fact.kind in _ACTS and fact.get("verb") == "call")
    sort = "un" if head.kind == "mission" else head.get("lead_type")
    return Chain(
        id=id,
        name=head.get("title"),
        name_fr=head.get("title_fr") or head.get("title"),
        short=short,
        sort=sort,
        lead=head.get("lead") if head.kind == "operation" else "un-security-council",
        lead_name=head.get("lead_name") or names.get(head.get("lead"), head.get("lead")),
        acted=head,
        begins=head.span.begins.shown,
        ends=_last_day(ended),
        asked=tuple(sorted((*(one for one in consents if one.get("step") == "requested"), *asking), key=order)),
        decided=decided,
        votes=_votes(decided, facts),
        consents=consents,
        limits=limits,
        ended=ended,
        consent=_consent(head, consents, limits, as_of),
        said=tuple((name, head.get(name)) for name in ("legal_basis", "authority", "host_consent") if head.get(name)),
    )


def _short(title: str) -> str:
    """What an operation is called in a figure: "Operation Serval" is Serval, "Unified Force (FU-AES)" is FU-AES."""
    acronym = re.search(r"\(([A-Z][A-Z0-9-]{2,})\)", title)
    if acronym:
        return acronym[1]
    bare = re.split(r" \(| in | au (?=[A-Z])", title)[0]
    return re.sub(r"^(Operation|Opération|Task Force) ", "", bare)


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """Each act once, where a case and a register tell it both."""
    seen: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        seen.setdefault((fact.kind, fact.span.text, fact.get("step")), fact)
    return list(seen.values())


def _decided(head: Fact, begun: Sequence[Fact], facts: Sequence[Fact], as_of: date) -> tuple[Fact, ...]:
    """What an organ decided: of a mission its first mandate, of an operation what stands about it; else a resolution
    that its legal basis cites and that is older than the operation."""
    if head.kind == "mission":
        mandates = [fact for fact in begun if fact.kind == "mandate" and fact.get("direction") == "start"]
        return tuple(mandates[:1]) or ((head,) if head.get("document") else ())
    own = [
        fact for fact in begun if fact.kind in ("resolution", "decision", "statement") and fact.get("verb") != "call"
    ]
    own += [fact for fact in begun if fact.kind == "force" and fact.get("step") == "authorised"]
    if own:
        return tuple(sorted(own, key=order))
    cited = {symbol.printed for symbol in find_symbols(head.get("legal_basis"))}
    named = [
        fact for fact in facts if fact.get("document") in cited and fact.kind in ("resolution", "mandate", "force")
    ]
    before = [fact for fact in named if fact.span.begins.latest <= min(as_of, head.span.begins.latest)]
    first: dict[str, Fact] = {}
    for fact in sorted(before, key=order):
        first.setdefault(fact.get("document"), fact)
    return tuple(first.values())


def _votes(decided: Sequence[Fact], facts: Sequence[Fact]) -> tuple[tuple[str, str], ...]:
    """The votes on each decision, perhaps told by another fact about the same document."""
    told = {fact.get("document"): fact.get("votes") for fact in facts if fact.get("votes") and fact.get("document")}
    pairs = ((fact.key, fact.get("votes") or told.get(fact.get("document"), "")) for fact in decided)
    return tuple(pair for pair in pairs if pair[1])


def _limits(facts: Sequence[Fact], short: str, as_of: date) -> tuple[Fact, ...]:
    """Restrictions on the mission and expulsions of its people that had begun, ended or not."""
    if not short:
        return ()
    named = (
        fact
        for fact in facts
        if fact.kind in ("restriction", "expulsion") and short.casefold() in fact.get("target").casefold()
    )
    return tuple(sorted((fact for fact in named if so_by(fact, as_of)), key=order))


def in_force(limit: Fact, limits: Sequence[Fact], as_of: date) -> bool:
    """Whether a restriction that began still held on a day, as far as it was known."""
    if limit.kind != "restriction" or limit.get("direction") == "end" or limit.span.begins.precision == "unknown":
        return False
    if limit.span.period:
        return limit.span.begins.shown <= as_of < limit.span.end_latest
    if limit.get("direction") != "start":
        return False
    matter = limit.get("subject_matter")
    return not any(
        one.get("direction") == "end"
        and one.get("subject_matter") == matter
        and limit.span.begins.shown <= one.span.begins.shown <= as_of
        for one in limits
    )


def _consent(head: Fact, consents: Sequence[Fact], limits: Sequence[Fact], as_of: date) -> str:
    """Where consent stood: its last act; limited while a restriction lies on a mission that still has it."""
    last = ""
    if consents:
        last = {"withdrawn": "withdrawn", "given": "given", "requested": "asked"}[consents[-1].get("step")]
    if last != "withdrawn" and any(in_force(one, limits, as_of) for one in limits):
        return "limited"
    return last or ("said" if head.get("host_consent") else "not_known")


def _ended(head: Fact, mine: Sequence[Fact], facts: Sequence[Fact], as_of: date) -> Fact | None:
    """What ended it in this country: its own end, or an earlier leaving of one that worked in several."""
    own = [fact for fact in mine if fact.kind == "mission_exit"] if head.kind == "mission" else []
    if head.kind == "operation":
        own = [fact for fact in mine if fact.kind == "foreign_forces" and fact.get("direction") == "end"]
    ends = sorted((fact for fact in own if so_by(fact, as_of)), key=order)[:1]
    if head.kind == "operation" and ", " in head.get("iso3"):
        limit = own[0].span.begins.latest if own else NEVER
        ends = _left(head, facts, limit, as_of) or ends
    return ends[0] if ends else None


def _left(head: Fact, facts: Sequence[Fact], limit: date, as_of: date) -> list[Fact]:
    """The last of its soldiers leave this country, or the country leaves the organisation behind it."""
    lead, since = head.get("lead"), head.span.begins.earliest
    gone = [
        fact
        for fact in facts
        if not fact.subject.startswith("operation:")
        and since <= fact.span.begins.shown <= limit
        and so_by(fact, as_of)
        and (
            (fact.kind == "foreign_forces" and fact.actor == lead and fact.get("direction") == "end")
            or (fact.kind == "organisation_exit" and fact.get("organisation") == lead)
        )
    ]
    return sorted(gone, key=order)[-1:]


def _last_day(ended: Fact | None) -> date | None:
    return ended.span.begins.shown if ended else None
