"""Queries about who answered and how: which cases got which act, which got none, what was in force on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from goodoffices.claims.asking import MATCH, SELECT, Query, matching, named, selected
from goodoffices.claims.record import Case, Found, Given, Record, lacking
from goodoffices.core.facts import Fact

_PRODUCTS: Final = ("press_statement", "presidential_statement", "resolution")


def _unknown_cases(missing: tuple[str, ...]) -> Found:
    return lacking(*(f"the case {name}" for name in missing))


def cases_with(record: Record, given: Given) -> Found:
    """Which of these cases have a fact of a kind, by an organisation, with these fields."""
    return _sorted_by_act(record, given, with_act=True)


def cases_without(record: Record, given: Given) -> Found:
    """Which of these cases have no fact of a kind by an organisation, although such acts are made public."""
    return _sorted_by_act(record, given, with_act=False)


def _sorted_by_act(record: Record, given: Given, with_act: bool) -> Found:
    cases, facts, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    fitting = {case.id: matching(record, given, case) for case in cases}
    chosen = [case for case in cases if bool(fitting[case.id]) is with_act]
    acts = tuple(found[0] for found in fitting.values() if found)
    return Found((named(chosen, given),), "", acts if with_act else (*facts, *acts))


def silent_cases(record: Record, given: Given) -> Found:
    """On which of these cases the Security Council issued nothing by a day: no statement, no resolution; the record
    must say so, and not merely say nothing. With `plain`, a text on another matter is no text on the change."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    until, actor = given.day("until", record.as_of), given.text("actor")
    plain = given.text("plain")
    silent: list[Case] = []
    facts: list[Fact] = []
    lacks: list[str] = []
    for case in cases:
        said = [one for one in record.of(case.id, *_PRODUCTS) if one.actor == actor]
        said = [one for one in said if one.span.begins.shown <= until and not (plain and one.get("subject_matter"))]
        marks = [one for one in record.of(case.id, "no_product") if one.actor == actor]
        if said:
            facts.append(said[0])
        elif marks:
            silent.append(case)
            facts.append(marks[0])
        else:
            lacks.append(f"whether {actor} spoke on {case.id}")
    return lacking(*lacks) if lacks else Found((named(silent, given),), "", tuple(facts))


def silent_off_agenda(record: Record, given: Given) -> Found:
    """Whether each of these cases on which the Security Council issued nothing concerns a country without an item of
    its own on the Council's agenda."""
    silent = silent_cases(record, Given({**given.arguments, "by": "case"}))
    if silent.missing or not isinstance(silent.values[0], frozenset):
        return silent
    facts: list[Fact] = []
    lacks: list[str] = []
    for case in sorted(str(one) for one in silent.values[0]):
        marks = [one for one in record.of(case, "council_agenda") if one.get("agenda_item")]
        facts += marks[-1:]
        if not marks:
            lacks.append(f"whether the Council's agenda had an item on the country of {case}")
    if lacks:
        return lacking(*lacks)
    owned = [fact.subject for fact in facts if fact.get("agenda_item") == "own"]
    return Found((not owned,), f"no: {', '.join(owned)}" if owned else "yes", (*silent.facts, *facts))


def asks_for_return(record: Record, given: Given) -> Found:
    """In which of these cases the first text of this kind after the seizure asks for a return to constitutional order;
    the record must say of each such text whether it does."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    chosen: list[Case] = []
    facts: list[Fact] = []
    lacks: list[str] = []
    for case in cases:
        found = _since(case, matching(record, given, case))[:1]
        facts += found
        lacks += [
            f"whether {fact.key} asks for a return to constitutional order"
            for fact in found
            if not fact.get("asks_return")
        ]
        if any(fact.get("asks_return") == "yes" for fact in found):
            chosen.append(case)
    return lacking(*lacks) if lacks else Found((named(chosen, given),), "", tuple(facts))


def _since(case: Case, facts: list[Fact]) -> list[Fact]:
    """Those that may lie on the day of the seizure or after it; a day earlier on the other side of the world can."""
    return [fact for fact in facts if fact.span.begins.latest >= case.day - timedelta(days=1)]


def first_words(record: Record, given: Given) -> Found:
    """In which of these cases an organ's first fact of a kind after the seizure has a verb; a case without one is left
    out."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    chosen: list[Case] = []
    facts: list[Fact] = []
    for case in cases:
        found = _since(case, matching(record, given, case))
        if found:
            facts.append(found[0])
            if found[0].get("verb") == given.text("verb"):
                chosen.append(case)
    return Found((named(chosen, given),), "", tuple(facts))


def count_facts(record: Record, given: Given) -> Found:
    """How many facts of a kind, by an organisation, with these fields, these cases have; `beside` names facts that
    were looked at and say why none counts."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    facts = [fact for case in cases for fact in matching(record, given, case)]
    beside = tuple(fact for key in given.texts("beside") if (fact := record.fact(key)))
    return Found((len(facts),), "", (*facts, *beside))


def late_cases(record: Record, given: Given) -> Found:
    """How many of these cases got their first fact of a kind more than so many days after the seizure."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    limit, late = given.number("days", 0), []
    for case in cases:
        found = [fact for fact in matching(record, given, case) if fact.span.begins.precise]
        if found and (found[0].span.begins.shown - case.day).days > limit:
            late.append((case, found[0]))
    shown = ", ".join(f"{case.id} after {(fact.span.begins.shown - case.day).days} days" for case, fact in late)
    return Found((len(late),), shown, tuple(one for case, fact in late for one in (case.seizure, fact)))


def suspended_on(record: Record, given: Given) -> Found:
    """Which countries an organisation had suspended and not taken back on a day."""
    on, body = given.day("on", record.as_of), given.text("actor")
    chosen: list[Case] = []
    facts: list[Fact] = []
    for case in record.cases:
        begun = [one for one in record.of(case.id, "suspension") if record.belongs(one.actor, body)]
        begun = [one for one in begun if one.span.begins.latest <= on]
        ended = [one for one in record.of(case.id, "suspension_lifted") if record.belongs(one.actor, body)]
        if begun and not any(one.span.begins.latest <= on for one in ended):
            if given.text("since") and case.day < given.day("since", on):
                continue
            chosen.append(case)
            facts.append(begun[0])
    return Found((named(chosen, given),), "", tuple(facts))


def steps_taken(record: Record, given: Given) -> Found:
    """Which steps an organisation took against a case by a day: suspension, and the kinds of sanction."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    until, body = given.day("until", record.as_of), given.text("actor")
    facts = [
        fact
        for case in cases
        for fact in record.of(case.id, "suspension", "sanction")
        if record.belongs(fact.actor, body) and fact.span.begins.shown <= until
    ]
    return Found((frozenset(fact.get("measure") or fact.kind for fact in facts),), "", tuple(facts))


def last_states(record: Record, given: Given) -> Found:
    """In which of these cases the last fact of a kind up to a day has one of these values in a field; a case without
    such a fact counts as not disputed, because a dispute is public."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    wanted = given.texts("values")
    chosen: list[Case] = []
    facts: list[Fact] = []
    for case in cases:
        found = matching(record, given, case)
        if found:
            facts.append(found[-1])
            if found[-1].get(given.text("field")) in wanted:
                chosen.append(case)
    return Found((named(chosen, given),), "", tuple(facts))


def only_without(record: Record, given: Given) -> Found:
    """Which of these cases have a fact with one value in a field and never one with another value."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    field, has, never = given.text("field"), given.text("has"), given.text("never")
    chosen: list[Case] = []
    facts: list[Fact] = []
    for case in cases:
        found = matching(record, given, case)
        values = {fact.get(field) for fact in found}
        if has in values and never not in values:
            chosen.append(case)
            facts += [fact for fact in found if fact.get(field) == has]
    return Found((named(chosen, given),), "", tuple(facts))


def missions_with_fate(record: Record, given: Given) -> Found:
    """Which of these missions had a task whose name holds one of these words continue, freeze, end and so on in these
    cases, by the facts of the cases and by the missions' own that were so after the first of them; a mission without
    any such task is missing."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    words, fates = given.texts("words"), given.texts("fates")
    tasks = [fact for case in cases for fact in record.of(case.id, "mission_task")]
    first = min(case.day for case in cases)
    registered = (record.of(f"mission:{mission}", "mission_task") for mission in given.texts("missions"))
    tasks += [fact for mine in registered for fact in mine if fact.span.end_latest > first]
    tasks = [fact for fact in tasks if any(word in fact.get("task") for word in words)]
    seen = {fact.get("mission") for fact in tasks}
    lacks = [f"what became of {words[0]} in {mission}" for mission in given.texts("missions") if mission not in seen]
    if lacks:
        return lacking(*lacks)
    fitting = [fact for fact in tasks if fact.get("fate") in fates]
    chosen = {fact.get("mission") for fact in fitting} & set(given.texts("missions"))
    return Found((frozenset(chosen),), "", tuple(fitting or tasks))


QUERIES: Final = (
    Query("cases_with", ("kind",), (*SELECT, *MATCH, "by"), cases_with),
    Query("cases_without", ("kind",), (*SELECT, *MATCH, "by"), cases_without),
    Query("silent_cases", ("actor",), (*SELECT, "by", "plain"), silent_cases),
    Query("silent_off_agenda", ("actor",), (*SELECT, "plain"), silent_off_agenda),
    Query("asks_for_return", ("kind",), (*SELECT, *MATCH, "by"), asks_for_return),
    Query("first_words", ("kind", "verb"), (*SELECT, *MATCH, "by"), first_words),
    Query("count_facts", ("kind",), (*SELECT, *MATCH, "beside"), count_facts),
    Query("late_cases", ("kind", "days"), (*SELECT, *MATCH), late_cases),
    Query("suspended_on", ("actor", "on"), ("by", "since"), suspended_on),
    Query("steps_taken", ("actor", "cases"), ("until",), steps_taken),
    Query("last_states", ("kind", "field", "values"), (*SELECT, *MATCH, "by"), last_states),
    Query("only_without", ("kind", "field", "has", "never"), (*SELECT, *MATCH, "by"), only_without),
    Query("missions_with_fate", ("words", "fates", "missions", "cases"), (), missions_with_fate),
)
