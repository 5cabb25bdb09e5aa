"""The status line of a case: six cells that say where things stand on a day, each with the facts behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.days import day_words, read_day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.names import fold
from goodoffices.core.reading import begun, day_label, day_zero, seizure, state_fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.kindwords import office_words

_IN_OFFICE: Final = ("took_power", "appointed", "sworn_in", "elected", "reinstated", "extended")
_TOP: Final = ("president", "head of", "chair", "leader", "head of state", "junta", "sovereign")
_BELOW: Final = ("prime minister", "vice", "minister", "mission", "commander", "member")
_REGIONAL: Final = ("ecowas", "eccas", "sadc", "igad", "asean", "oas")
_RANK: Final = ("condemn", "reject", "concern", "regret", "call", "support", "none", "not_shown")

_SAID: Final[dict[str, tuple[str, str]]] = {
    "unknown": ("Not known", "Non connu"),
    "suspended": ("Suspended", "Suspendu"),
    "not_suspended": ("Not suspended", "Non suspendu"),
    "declined": ("Not suspended", "Non suspendu"),
    "no_act": ("No act known", "Aucun acte connu"),
    "lifted": ("Suspension lifted", "Suspension levée"),
    "condemn": ("Condemned", "Condamné"),
    "reject": ("Rejected", "Rejeté"),
    "concern": ("Concern", "Préoccupation"),
    "regret": ("Regret", "Regret"),
    "call": ("Called for return", "Appel au retour"),
    "support": ("Support", "Soutien"),
    "none": ("No position", "Sans position"),
    "not_shown": ("Words not shown", "Termes non vus"),
    "silent": ("No product known", "Aucun document connu"),
    "de_facto": ("De facto authorities", "Autorités de facto"),
    "transitional": ("Transitional authorities", "Autorités de transition"),
    "government": ("Government", "Gouvernement"),
    "not_member": ("No membership known", "Aucune appartenance connue"),
}
_PRODUCTS: Final = {
    "press_statement": ("press statement", "déclaration à la presse"),
    "presidential_statement": ("presidential statement", "déclaration du Président"),
    "resolution": ("resolution", "résolution"),
}
_CREDENTIALS: Final = {
    "accepted": ("credentials accepted", "pouvoirs acceptés"),
    "deferred": ("credentials deferred", "décision sur les pouvoirs reportée"),
    "no_competing_claim": ("credentials not contested", "pouvoirs non contestés"),
    "competing_claims": ("two claims to the seat", "deux prétentions au siège"),
    "seat_kept": ("the former envoy keeps the seat", "l’ancien envoyé garde le siège"),
    "rejected": ("credentials rejected", "pouvoirs refusés"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it is about, what holds, a line of detail, and the keys of the facts it rests on."""

    name: str
    label: str
    value: str
    detail: str = ""
    facts: tuple[str, ...] = ()
    ours: bool = False


def status_line(snapshot: Snapshot, findings: Sequence[Finding], language: str = "en") -> tuple[Cell, ...]:
    """The six cells: who governs, the term to use, African Union, regional organisation, Council, mission."""
    return (
        _governs(snapshot, language),
        _term(snapshot, language),
        _african_union(snapshot, findings, language),
        _regional(snapshot, language),
        _council(snapshot, language),
        _mission(snapshot, language),
    )


def _pick(pair: tuple[str, str], language: str) -> str:
    return pair[language == "fr"]


def _word(name: str, language: str) -> str:
    return _pick(_SAID[name], language)


def _on(fact: Fact, snapshot: Snapshot, language: str) -> str:
    day = day_label(fact.span.begins, day_zero(snapshot), language)
    return fact.span.begins.words(language) + (f", {day}" if day else "")


def _governs(snapshot: Snapshot, language: str) -> Cell:
    label = "Gouverne" if language == "fr" else "Governs"
    heads = [fact for fact in begun(snapshot, "leadership") if fact.get("manner") in _IN_OFFICE and _is_top(fact)]
    if not heads:
        return Cell("governs", label, _word("unknown", language))
    last = heads[-1]
    # Who later stays on or is confirmed governs since the first of an unbroken run.
    first = last
    for fact in reversed(heads):
        if fold(fact.get("person")) != fold(last.get("person")):
            break
        first = fact
    since = ("depuis le " if language == "fr" else "since ") + first.span.begins.words(language)
    if first.get("office") != last.get("office"):
        since = ("au pouvoir " if language == "fr" else "in power ") + since
    keys = (last.key,) if first is last else (last.key, first.key)
    return Cell("governs", label, last.get("person"), f"{office_words(last.get('office'), language)}, {since}", keys)


def _is_top(fact: Fact) -> bool:
    office = fact.get("office").lower()
    return any(word in office for word in _TOP) and not any(word in office for word in _BELOW)


def _term(snapshot: Snapshot, language: str) -> Cell:
    """Which term to use for those in power: de facto authorities until credentials settle it (IPI report, Box 2)."""
    label = "Terme à employer" if language == "fr" else "Term to use"
    taken = seizure(snapshot)
    if taken is None or taken.span.begins.earliest > snapshot.as_of:
        return Cell("term", label, _word("unknown", language))
    if taken.get("outcome") == "failed":
        return Cell("term", label, _word("government", language), _on(taken, snapshot, language), (taken.key,), True)
    order = begun(snapshot, "constitutional_order")
    if order:
        return Cell(
            "term", label, _word("government", language), _on(order[-1], snapshot, language), (order[-1].key,), True
        )
    seat = begun(snapshot, "credentials")
    if not seat:
        detail = "aucune décision connue sur les pouvoirs" if language == "fr" else "no credentials decision known"
        return Cell("term", label, _word("de_facto", language), detail, (), True)
    last = seat[-1]
    settled = last.get("credentials") in ("accepted", "no_competing_claim")
    value = _word("transitional" if settled else "de_facto", language)
    return Cell("term", label, value, _pick(_CREDENTIALS[last.get("credentials")], language), (last.key,), True)


def _african_union(snapshot: Snapshot, findings: Sequence[Finding], language: str) -> Cell:
    label = "Union africaine" if language == "fr" else "African Union"
    status = next((finding for finding in findings if finding.rule == "au.suspended"), None)
    if status is None or not _member(snapshot, "au"):
        return Cell("au", label, _word("not_member", language))
    if status.state == "undetermined":
        return Cell("au", label, _word("unknown", language), "", status.facts)
    return _suspension(snapshot, ("au", "au-psc"), label, "au", language)


def _member(snapshot: Snapshot, organisation: str) -> bool:
    if state_fact(snapshot) is None:
        return True  # not in the register: do not pretend to know
    moves = [
        fact
        for fact in snapshot.of_kind("membership")
        if fact.get("organisation") == organisation
        and fact.subject.startswith("state:")
        and fact.span.begun_by(snapshot.as_of) is Verdict.HOLDS
    ]
    return bool(moves) and moves[-1].get("step") == "joined"


def _suspension(snapshot: Snapshot, organs: tuple[str, ...], label: str, name: str, language: str) -> Cell:
    acts = [
        fact
        for fact in begun(snapshot, "suspension", "suspension_declined", "suspension_lifted")
        if fact.actor in organs
    ]
    sanctions = [fact for fact in begun(snapshot, "sanction", "sanction_lifted") if fact.actor in organs]
    extra = ""
    if sanctions:
        if sanctions[-1].kind == "sanction":
            extra = "; sanctions"
        else:
            extra = " ; sanctions allégées" if language == "fr" else "; sanctions eased"
    if not acts and not sanctions:
        return _said_of_it(snapshot, organs, label, name, language)
    if not acts:
        keys = tuple(fact.key for fact in sanctions[-1:])
        return Cell(name, label, _word("not_suspended", language), extra.lstrip(" ;"), keys)
    last = acts[-1]
    word = {"suspension": "suspended", "suspension_declined": "declined", "suspension_lifted": "lifted"}[last.kind]
    detail = _on(last, snapshot, language)
    if word == "declined":
        detail = ("décidé le " if language == "fr" else "so decided ") + detail
    keys = (last.key, *(fact.key for fact in sanctions[-1:]))
    return Cell(name, label, _word(word, language), detail + extra, keys)


def _said_of_it(snapshot: Snapshot, organs: tuple[str, ...], label: str, name: str, language: str) -> Cell:
    """What an organisation that neither suspended nor declined to has said of the change, its strongest word first."""
    zero = day_zero(snapshot)
    said = [
        fact
        for fact in begun(snapshot, "statement", "decision", "determination")
        if not fact.get("subject_matter")
        and fact.get("verb") in _RANK
        and (zero is None or fact.span.begins.latest >= zero.earliest)
    ]
    # Its organs first; where they said nothing, who else speaks for it, such as its commission.
    words = [fact for fact in said if fact.actor in organs]
    words = words or [fact for fact in said if actors()[fact.actor].part_of in organs]
    if not words:
        return Cell(name, label, _word("no_act", language))
    best = min(words, key=lambda fact: (_RANK.index(fact.get("verb")), fact.span.begins.shown))
    more = " ; pas de suspension connue" if language == "fr" else "; no suspension known"
    return Cell(name, label, _word(best.get("verb"), language), _on(best, snapshot, language) + more, (best.key,))


def _regional(snapshot: Snapshot, language: str) -> Cell:
    label = "Région" if language == "fr" else "Region"
    register = actors()
    mine = [
        one
        for one in _REGIONAL
        if any(
            fact.get("organisation") == one
            for fact in snapshot.of_kind("membership")
            if fact.subject.startswith("state:")
        )
    ]
    acting = {
        register[fact.actor].part_of or fact.actor
        for fact in begun(snapshot, "suspension", "suspension_declined", "sanction", "statement", "decision")
    }
    ranked = [one for one in _REGIONAL if one in acting] or mine
    if not ranked:
        return Cell("region", label, _word("not_member", language))
    chosen = ranked[0]
    name = brief_name(chosen, language)
    if (
        state_fact(snapshot) is not None
        and chosen in ("ecowas", "eccas", "sadc", "igad")
        and not _member(snapshot, chosen)
    ):
        left = [
            fact
            for fact in snapshot.of_kind("membership")
            if fact.get("organisation") == chosen and fact.get("step") == "left"
        ]
        detail = left[-1].span.begins.words(language) if left else ""
        gone = "N’est plus membre" if language == "fr" else "No longer a member"
        return Cell(
            "region",
            name,
            gone if left else _word("not_member", language),
            detail,
            tuple(fact.key for fact in left[-1:]),
        )
    organs = tuple(actor.id for actor in register.values() if chosen in (actor.id, actor.part_of))
    return _suspension(snapshot, organs, name, "region", language)


def _council(snapshot: Snapshot, language: str) -> Cell:
    label = "Conseil de sécurité" if language == "fr" else "Security Council"
    zero = day_zero(snapshot)
    products = [
        fact
        for fact in begun(snapshot, "press_statement", "presidential_statement", "resolution")
        if fact.actor == "un-security-council"
        and not fact.get("subject_matter")  # a verb aimed at something else, such as an attack
        and (zero is None or fact.span.begins.latest >= zero.earliest)
    ]
    if not products:
        nothing = begun(snapshot, "no_product")
        return Cell("council", label, _word("silent", language), "", tuple(fact.key for fact in nothing[-1:]))
    best = min(products, key=lambda fact: (_RANK.index(fact.get("verb", "not_shown")), fact.span.begins.shown))
    detail = f"{_pick(_PRODUCTS[best.kind], language)}, {day_label(best.span.begins, zero, language)}".rstrip(", ")
    return Cell("council", label, _word(best.get("verb", "not_shown"), language), detail, (best.key,))


def _mission(snapshot: Snapshot, language: str) -> Cell:
    label = "Mission de l’ONU" if language == "fr" else "UN mission"
    present = [
        fact for fact in snapshot.of_kind("mission_present") if fact.span.covers(snapshot.as_of) is Verdict.HOLDS
    ]
    if not present:
        return Cell("mission", label, _word("unknown", language))
    fact = present[0]
    name = brief_name(fact.get("mission"), language)
    closed = [one for one in begun(snapshot, "mission_exit") if one.get("mission") == fact.get("mission")]
    if closed:
        gone = "fermée le " if language == "fr" else "closed "
        return Cell("mission", label, name, gone + closed[-1].span.begins.words(language), (fact.key, closed[-1].key))
    mandates = [one for one in begun(snapshot, "mandate") if one.get("mission") == fact.get("mission")]
    detail = ""
    if mandates and mandates[-1].get("until"):
        end = read_day(mandates[-1].get("until"))
        left = (end.latest - snapshot.as_of).days
        detail = ("mandat jusqu’au " if language == "fr" else "mandate ends ") + end.words(language)
        if left >= 0:
            detail += f" : {left} jours" if language == "fr" else f": {left} days"
    elif mandates and mandates[-1].get("direction") == "end":
        detail = ("mandat terminé le " if language == "fr" else "mandate ended ") + day_words(
            mandates[-1].span.begins.latest, language
        )
    return Cell("mission", label, name, detail, (fact.key, *(one.key for one in mandates[-1:])))
