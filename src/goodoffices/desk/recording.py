"""Recording by form: what a form asks for each kind of fact, and how what was typed becomes a fact.

Invariant: a fact that comes in by form is read by the same FactForm as one in a file. A problem names the field of the
form it stands at, all problems come at once, and nothing is written while there is one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from goodoffices.casebook.actors import LANES, actors
from goodoffices.casebook.factform import LONGEST_TEXT, FactForm, read_source
from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import CASE_ID, Fact
from goodoffices.core.kinds import FIELDS, KINDS, OWN_KINDS, steps_of
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.sources import Citation, Source
from goodoffices.core.texts import sentence, uncarried
from goodoffices.desk.desk import Desk
from goodoffices.desk.forms import NewCase, fields_of

# Kinds one may choose, in the order of the list of kinds, under what they tell of. What is not known may be told too.
GROUPS: Final = (("country", "seizure"), ("organs", "determination"), ("ground", "mission_present"), ("else", "gap"))
PLAIN: Final = ("when", "known", "actor", "text", "text_fr", "confidence", "note", "competes_with")
SOURCE: Final = ("source_title", "source_publisher", "source_published", "source_address", "source_at")
_LINKS: Final = ("of", "competes_with")
_TRIES: Final = 5
_LONG: Final = 240  # characters: a remedy that lists everything there is helps nobody on a page
_ELSEWHERE: Final = {
    "kind": "The form that takes facts one by one lists the kinds.",
    "sources": "Cite one that the case has, or give it under sources:.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field of the form of a kind: `form` is text, choice, number, day, key or actor; `choices` are its words."""

    name: str
    form: str
    choices: tuple[str, ...]
    needed: bool


def kinds_to_choose() -> dict[str, tuple[str, ...]]:
    """The kinds of facts one may record, by what they tell of."""
    found: dict[str, list[str]] = {name: [] for name, _ in GROUPS}
    starts = {first: name for name, first in GROUPS}
    group = GROUPS[0][0]
    for kind in KINDS:
        group = starts.get(kind, group)
        if kind == "gap" or kind not in OWN_KINDS:
            found[group].append(kind)
    return {name: tuple(kinds) for name, kinds in found.items()}


def wanted(kind: str) -> tuple[Wanted, ...]:
    """What a fact of a kind says beside when, who and one sentence: what it must say first. NoAnswer for no kind."""
    if not any(kind in kinds for kinds in kinds_to_choose().values()):
        raise NoAnswer(f"there is no kind of fact {kind!r} to record.")
    found = []
    for name in (*KINDS[kind].needs, *KINDS[kind].may):
        choices = steps_of(kind, name)
        found.append(Wanted(name, "choice" if choices else FIELDS[name].form, choices, name in KINDS[kind].needs))
    return tuple(found)


def actor_named(text: str) -> str:
    """The id of an actor given by its id, its name or its short name in English or French; the text where none fits."""
    word = text.strip()
    if word in actors():
        return word
    plain = fold(word)
    return next((key for name, key in _actor_names() if plain and plain == name), word)


def _actor_names() -> list[tuple[str, str]]:
    """Every name an actor goes by, folded, with its id; that of an organ also behind its organisation's: AU PSC."""
    found = []
    for actor in actors().values():
        whole = actors().get(actor.part_of)
        behind = f"{whole.short} {actor.short}" if whole and whole.short and actor.short else ""
        names = (actor.id, actor.name, actor.name_fr, actor.short, behind, *LANES.get(actor.id, ()))
        found += [(fold(name), actor.id) for name in names if name]
    return found


def _actor_meant(problem: Problem, word: str) -> Problem:
    """A problem with an actor, with the nearest by name rather than all there are."""
    names = dict(_actor_names())
    near = get_close_matches(fold(word), names, 1, 0.6)
    remedy = f"Did you mean {names[near[0]]!r}?" if near else "Its names come up as you type."
    return replace(problem, remedy=remedy)


def plainly(problems: Sequence[Problem], name: str, fields: Mapping[str, Any]) -> list[Problem]:
    """Problems of a fact's fields as a form shows them: without the key that nobody chose, and with short remedies."""
    found = []
    for one in problems:
        said = replace(one, found=one.found.removeprefix(f"{name}: "))
        if said.found.startswith("there is no actor"):
            said = _actor_meant(said, str(fields.get(one.where, "")))
        elif len(said.remedy) > _LONG:
            said = replace(said, remedy=_ELSEWHERE.get(one.where, said.remedy))
        found.append(said)
    return found


def source_read(given: Mapping[str, str], kept: Collection[Source], problems: list[Problem]) -> Source | None:
    """The source a form names: one that the case cites already where all that the form asks is the same, or a new one.
    None, and problems at its fields, where it is not fit."""
    plain = {name.removeprefix("source_"): given.get(name, "").strip() for name in SOURCE if name != "source_at"}
    before = len(problems)
    if not plain["title"]:
        remedy = "Say who reports it: every fact has a source."
        problems.append(Problem("source_title", "the source is missing.", remedy))
    for name in ("published", "address"):
        if plain[name]:  # each by itself, so that a problem knows its field
            read_source("given", {"title": "-", name: plain[name]}, f"source_{name}", problems)
    for name, text in plain.items():
        if odd := uncarried(text):
            problems.append(Problem(f"source_{name}", f"holds the character {odd}.", "Remove it."))
    if len(problems) > before:
        return None
    same = (one for one in kept if all(getattr(one, name) == text for name, text in plain.items()))
    return next(same, None) or Source(_source_id(plain), **plain)


def _source_id(plain: Mapping[str, str]) -> str:
    """Words of the title, and digits that stand for all of it: two sources are never taken for one."""
    digits = hashlib.sha256("\0".join(plain.values()).encode("utf-8", "replace")).hexdigest()[:8]
    words = re.sub(r"[^a-z0-9]+", "-", fold(plain["title"]))[:40].strip("-")
    return f"{words}-{digits}" if words else digits


def sources_of(desk: Desk, case: str) -> dict[str, Source]:
    """The sources that a case cites, by id."""
    facts = desk.snapshot(case, desk.moment(date.max, date.max)).facts
    return {one.source.id: one.source for fact in facts if fact.subject == case for one in fact.citations}


def record_fact(desk: Desk, case: str, given: Mapping[str, str]) -> tuple[Fact, bool]:
    """Record the fact that a form tells, and say whether it is new: the same content again is not written twice.
    BadRecord with every problem, each at its field; nothing is written then."""
    fact = _read(desk, case, given)
    for _ in range(_TRIES):
        same = _same(desk, fact)
        if same is not None:
            return same, False
        try:
            desk.record_facts((fact,))
            return fact, True
        except BadRecord as fault:
            # Somebody took the key meanwhile: the next free one is ours.
            if all("is recorded already" not in problem.found for problem in fault.problems):
                raise BadRecord([Problem(_field(one), one.found, one.remedy) for one in fault.problems]) from fault
            fact = replace(fact, key=f"{case}/{desk.free_key(case, _name(fact.actor, fact.kind))}")
    raise BadRecord([Problem("text", "others record at this moment.", "Send it once more.")])


def _field(problem: Problem) -> str:
    return "text" if "/" in problem.where else problem.where


def _same(desk: Desk, fact: Fact) -> Fact | None:
    """A fact of the case with this very content, under whatever key."""
    found = desk.snapshot(fact.subject, desk.moment(date.max, date.max)).facts
    return next((one for one in found if replace(fact, key=one.key) == one), None)


def _name(actor: str, kind: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{actor}-{kind}".lower()).strip("-") or "fact"


def _read(desk: Desk, case: str, given: Mapping[str, str]) -> Fact:
    problems: list[Problem] = []
    kind = given.get("kind", "")
    fields: dict[str, Any] = {"kind": kind, **typed(kind, given)}
    sources = sources_of(desk, case)
    source = source_read(given, sources.values(), problems)
    stands_in = source or Source("given", "-")
    fields["sources"] = [{"source": stands_in.id, "at": given.get("source_at", "").strip()}]
    problems += unlinked(desk, case, fields)
    name = desk.free_key(case, _name(fields.get("actor", ""), kind))
    form = FactForm(case, name, fields, lambda field: field, problems)
    fact = form.fact({stands_in.id: stands_in}, Marking.UNCLASSIFIED, gaps=True)
    if problems or fact is None:
        raise BadRecord(plainly(problems, name, fields))
    return fact


def typed(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """The fields of a fact as they were typed: those its kind may have, what is empty left out."""
    names = (*PLAIN, *(one.name for one in wanted(kind))) if kind in KINDS else PLAIN
    fields = {name: given[name].strip() for name in names if given.get(name, "").strip()}
    for name, said in fields.items():
        if name == "actor" or (name in FIELDS and FIELDS[name].form == "actor"):
            fields[name] = actor_named(said)
    for name in ("text", "text_fr"):
        if name in fields:
            fields[name] = sentence(" ".join(fields[name].split()))
    return fields


def unlinked(desk: Desk, case: str, fields: Mapping[str, Any], more: Collection[str] = ()) -> list[Problem]:
    """Fields that point at a fact the record does not have. `more` are names of facts that come with this one."""
    problems = []
    for name in _LINKS:
        target = str(fields.get(name, ""))
        if not target or target in more:
            continue
        key = target if "/" in target else f"{case}/{target}"
        subject = key.partition("/")[0]
        known = desk.everything_of(subject)
        if key not in {fact.key for fact in known}:
            problems.append(Problem(name, f"there is no fact {target!r}.", "Choose one of the facts of the case."))
    return problems


@dataclass(frozen=True, slots=True)
class Correction:
    """The form of a correction as the record fills it: the fact as it is, its fields and its first source."""

    fact: Fact
    fields: Mapping[str, str]


def correction_of(desk: Desk, key: str) -> Correction:
    """What the form of a correction shows. NoAnswer where there is no such fact."""
    fact = desk.current(key)
    fields = {name: value for name, value in fields_of(fact).items() if isinstance(value, str)}
    if fact.citations:
        first = fact.citations[0]
        fields |= {f"source_{name}": getattr(first.source, name) for name in ("title", "publisher", "published")}
        fields |= {"source_address": first.source.address, "source_at": first.locator}
    return Correction(fact, fields | {"version": fact.version})


def correct_fact(desk: Desk, key: str, given: Mapping[str, str]) -> Fact:
    """Correct a fact as a form says. BadRecord with every problem, each at its field, also where somebody corrected it
    since the form was filled."""
    before = desk.current(key)
    if before.kind not in KINDS or (before.kind in OWN_KINDS and before.kind != "gap"):
        raise NoAnswer(f"{key} is an entry of the record itself: it is not corrected by page.")
    problems: list[Problem] = []
    if given.get("version") and given["version"] != before.version:
        found = "the fact was corrected while this form was open."
        problems.append(Problem("version", found, "Compare with what it says now, below, and send it again."))
    if not given.get("reason", "").strip():
        problems.append(Problem("reason", "a correction needs a reason.", "Say in a few words what was wrong."))
    since = _since(given, problems)
    fields = typed(before.kind, given)
    changes: dict[str, Any] = {name: "" for name in fields_of(before) if name not in ("kind", "marking", "sources")}
    changes |= fields
    cited, sources = _cited(before, given, problems)
    changes["sources"] = cited
    problems += unlinked(desk, before.subject, fields)
    known = {f"s{number}": one.source for number, one in enumerate(before.citations)} | sources
    trial = fields_of(before) | changes
    FactForm(before.subject, before.name, trial, lambda field: field, problems).fact(
        known, Marking.UNCLASSIFIED, gaps=True
    )
    if problems:
        raise BadRecord(plainly(problems, before.name, trial))
    records = {name: one.record() for name, one in sources.items()}
    for one in records.values():
        one.pop("id")
    return desk.correct(key, changes, given["reason"].strip(), since, records)


def _since(given: Mapping[str, str], problems: list[Problem]) -> date | None:
    try:
        return read_date(given["since"], "since") if given.get("since", "").strip() else None
    except BadRecord as fault:
        problems += fault.problems
        return None


def _cited(
    before: Fact, given: Mapping[str, str], problems: list[Problem]
) -> tuple[list[dict[str, str]], dict[str, Source]]:
    """The citations after a correction: the first as the form has it, the others as they were."""
    cited = fields_of(before)["sources"]
    first: Citation | None = before.citations[0] if before.citations else None
    source = source_read(given, [first.source] if first else [], problems)
    if source is None:
        return cited, {}
    at = given.get("source_at", "").strip()
    same = first is not None and source == first.source
    head = {"source": "s0" if same else source.id, "at": at}
    return [head, *cited[1:]], {} if same else {source.id: source}


def retract_fact(desk: Desk, key: str, given: Mapping[str, str]) -> Fact:
    """Withdraw a fact as a form says. BadRecord where the reason is missing."""
    problems: list[Problem] = []
    since = _since(given, problems)
    if not given.get("reason", "").strip():
        problems.append(Problem("reason", "a withdrawal needs a reason.", "Say in a few words why."))
    if problems:
        raise BadRecord(problems)
    fact = desk.current(key)
    if fact.kind in OWN_KINDS and fact.kind != "gap":
        raise NoAnswer(f"{key} is an entry of the record itself: it is not withdrawn by page.")
    return desk.retract(key, given["reason"].strip(), since)


_PLACES: Final = {"the country": "country", "the day": "day", "the kind of change": "category", "the source": "source"}


def open_case(desk: Desk, given: Mapping[str, str]) -> str:
    """Open a case from the short form. BadRecord with every problem, each at its field; where the record has a case of
    the same country near that day, the reader must say that it is another."""
    answers = new_case_of(given)
    problems = _unfit(answers)
    try:
        day, iso3 = desk.heard(answers)
        if not given.get("again"):
            problems += _near(desk, iso3, day.shown)
    except BadRecord as fault:
        problems += [_on_the_form(one, answers) for one in fault.problems]
    if problems:
        raise BadRecord(problems)
    for _ in range(_TRIES):
        try:
            return desk.new_case(answers)
        except BadRecord as fault:
            if all("is recorded already" not in problem.found for problem in fault.problems):
                places = {"when": "day", "text": "what"} | _PLACES
                found = [replace(one, where=places.get(one.where, "what")) for one in fault.problems]
                raise BadRecord(found) from fault
    raise BadRecord([Problem("country", "others open cases at this moment.", "Send it once more.")])


def new_case_of(given: Mapping[str, str]) -> NewCase:
    """The short form as answers."""
    said = {name: given.get(name, "").strip() for name in ("country", "day", "category", "source", "address", "iso3")}
    what = sentence(" ".join(given.get("what", "").split()))
    return NewCase(what=what, **(said | {"iso3": said["iso3"].upper()}))


def _unfit(answers: NewCase) -> list[Problem]:
    """What no fact could carry, before the answers are looked at one by one."""
    problems: list[Problem] = []
    if answers.address:
        read_source("first", {"title": "-", "address": answers.address}, "address", problems)
    for field in ("country", "what", "source"):
        if odd := uncarried(getattr(answers, field)):
            problems.append(Problem(field, f"holds the character {odd}.", "Remove it."))
    if len(answers.what) > LONGEST_TEXT:
        found = f"the sentence has {len(answers.what)} characters."
        problems.append(Problem("what", found, f"At most {LONGEST_TEXT}."))
    return problems


def _on_the_form(problem: Problem, answers: NewCase) -> Problem:
    """A problem with an answer, at the field it was given in, with a remedy that can be had there."""
    if problem.where == "the kind of change" and not answers.category:
        return Problem("category", "is missing.", "Choose one.")
    if "register of states" in problem.found:
        remedy = "Check how it is written, or give its code of three letters below."
        return Problem("country", problem.found, remedy)
    return replace(problem, where=_PLACES.get(problem.where, problem.where))


_SAME_AFFAIR: Final = 31  # days within which two seizures in one country may be one


def _near(desk: Desk, iso3: str, day: date) -> list[Problem]:
    found = []
    for case, title, zero in desk.seizures_of(iso3):
        if abs((zero - day).days) <= _SAME_AFFAIR and CASE_ID.match(case):
            remedy = "Add your facts there, or say below that this is another case."
            found.append(Problem("again", f"the record has {title} ({case}) already.", remedy))
    return found
