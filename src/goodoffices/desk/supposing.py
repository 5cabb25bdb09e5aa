"""What if: a case with facts added or taken away, and a case that stands in a file alone. Nothing is recorded.

Invariant: what is supposed is marked with its own source, so that no finding can be taken for one of the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from goodoffices.casebook.factform import FactForm, read_source
from goodoffices.casebook.files import OUR_NAMES, read_case
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Finding
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source
from goodoffices.core.yamlfile import Located, read_yaml
from goodoffices.desk.asking import Asking
from goodoffices.desk.views import Checked, Moment

KEYS: Final = ("sources", "facts", "remove")
SUPPOSED: Final = "supposed"
_OURS: Final = Source(SUPPOSED, "Supposed, not on record")
_PLAIN: Final = {"text": "Supposed.", "text_fr": "Supposé."}
_LINKS: Final = ("of", "competes_with")
_REMEDY: Final = "It has facts:, as in a case file, and remove:, a list of keys; sources: where the facts cite any."


@dataclass(frozen=True, slots=True)
class Flip:
    """A finding as the record has it, and as it would be."""

    rule: str
    before: Finding
    after: Finding

    @property
    def flips(self) -> bool:
        """Whether the state itself would change, not only its days."""
        return self.before.state != self.after.state


@dataclass(frozen=True, slots=True)
class Supposed:
    """Findings under an assumption, what they were without it, and which facts were added and taken away."""

    checked: Checked
    flips: tuple[Flip, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def suppose(
    desk: Asking,
    case: str,
    moment: Moment,
    path: Path,
    book: str | None = None,
    readings: Mapping[str, str] | None = None,
) -> Supposed:
    """Check a case with the facts of a file added to it, or put in the place of those with the same key, and those it
    names under `remove` taken away. BadRecord with every problem of the file."""
    found = desk.snapshot(case, moment)
    added, removed = _read(path, case, found)
    gone = {fact.key for fact in added} | set(removed)
    kept = [fact for fact in found.facts if fact.key not in gone]
    known = [fact for fact in added if fact.known_at <= moment.known_at]
    later = [fact for fact in found.later if fact.key not in gone]
    later += [fact for fact in added if fact.known_at > moment.known_at]
    snapshot = replace(
        found,
        facts=tuple(sorted((*kept, *known), key=order)),
        later=tuple(sorted(later, key=order)),
    )
    before = desk.checked(found, moment, book, readings)
    after = desk.checked(snapshot, moment, book, readings)
    flips = tuple(
        Flip(one.rule, one, other)
        for one, other in zip(before.findings, after.findings, strict=True)
        if _told(one) != _told(other)
    )
    return Supposed(after, flips, tuple(fact.key for fact in added), removed)


def _told(finding: Finding) -> tuple[object, ...]:
    days = finding.since, finding.until, finding.due, finding.performed_on, finding.breached_on
    return finding.state, *days


def _read(path: Path, case: str, snapshot: Snapshot) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    if not isinstance(located.data, dict):
        raise BadRecord([Problem(located.where(()), "is no assumption.", _REMEDY)])
    for key in located.data:
        if key not in KEYS:
            problems.append(Problem(located.where((key,)), f"the key {key!r} is not known in an assumption.", _REMEDY))
    if not {"facts", "remove"} & set(located.data):
        problems.append(Problem(located.where(()), "supposes nothing.", _REMEDY))
    known = {fact.key for fact in (*snapshot.facts, *snapshot.later)}
    facts = _facts(located, case, known, problems)
    removed = _removed(located, case, known, problems)
    if problems:
        raise BadRecord(problems)
    return facts, removed


def _sources(located: Located, problems: list[Problem]) -> dict[str, Source]:
    found: dict[str, Source] = {SUPPOSED: _OURS}
    for key, fields in _mapping(located, "sources", problems).items():
        where = located.where(("sources", key))
        if key == SUPPOSED:
            problems.append(Problem(where, f"the source id {key!r} is taken.", "Choose another."))
            continue
        source = read_source(key, fields, where, problems)
        if source is not None:
            found[key] = source
    return found


def _facts(located: Located, case: str, known: Collection[str], problems: list[Problem]) -> tuple[Fact, ...]:
    sources = _sources(located, problems)
    given = _mapping(located, "facts", problems)
    found = []
    for name, fields in given.items():
        if not isinstance(fields, dict):
            problems.append(
                Problem(located.where(("facts", name)), f"{name} has no fields.", "Give kind, when, actor.")
            )
            continue
        if OUR_NAMES.match(name):
            remedy = "Choose another key: the head of the case makes this one."
            problems.append(Problem(located.where(("facts", name)), f"the key {name!r} is taken.", remedy))
        # What is supposed needs no more than what the rules look at.
        plain = ({} if "text" in fields else _PLAIN) | {"confidence": "low", "sources": [SUPPOSED]} | fields

        def where(field: str, name: str = name) -> str:
            return located.where(("facts", name, field))

        fact = FactForm(case, name, plain, where, problems).fact(sources, Marking.UNCLASSIFIED)
        for link in _LINKS:
            target = plain.get(link)
            if isinstance(target, str) and target and target not in given and _whole(case, target) not in known:
                problems.append(Problem(where(link), f"{name}: there is no fact {target!r}.", "Check the key."))
        if fact is not None:
            found.append(_marked(fact))
    return tuple(found)


def _marked(fact: Fact) -> Fact:
    """The fact with what says that it is supposed, whatever else it cites."""
    ours = Citation(_OURS)
    return fact if ours in fact.citations else replace(fact, citations=(ours, *fact.citations))


def _whole(case: str, key: str) -> str:
    return key if "/" in key else f"{case}/{key}"


def _mapping(located: Located, key: str, problems: list[Problem]) -> dict[str, object]:
    given = located.data.get(key, {})
    if isinstance(given, dict):
        return given
    problems.append(Problem(located.where((key,)), f"{key} is no mapping.", "Write NAME: and its fields."))
    return {}


def _removed(located: Located, case: str, known: Collection[str], problems: list[Problem]) -> tuple[str, ...]:
    given = located.data.get("remove", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        problems.append(Problem(located.where(("remove",)), "remove is no list of keys.", "Write [au-suspension]."))
        return ()
    keys = tuple(_whole(case, one) for one in given)
    for place, key in enumerate(keys):
        if key not in known:
            remedy = f"`goodoffices facts {case}` lists them."
            problems.append(Problem(located.where(("remove", place)), f"there is no fact {key!r}.", remedy))
    return keys


def check_file(
    desk: Asking,
    path: Path,
    moment: Moment,
    book: str | None = None,
    readings: Mapping[str, str] | None = None,
) -> Checked:
    """Check a case that is in a file alone, in the form of the casebook. Its state is read from the record's register.
    BadRecord with every problem of the file."""
    return desk.checked(snapshot_of(desk, path, moment), moment, book, readings)


def snapshot_of(desk: Asking, path: Path, moment: Moment) -> Snapshot:
    """The case of a file as a snapshot: what it says was known by the moment, and what only later."""
    case = read_case(path)
    opened = next(fact for fact in case.facts if fact.kind == "case")
    state = desk.state(opened.get("iso3"), moment)
    known = [fact for fact in case.facts if fact.known_at <= moment.known_at]
    later = [fact for fact in case.facts if fact.known_at > moment.known_at]
    return replace(
        state,
        subjects=(case.case, *state.subjects),
        facts=tuple(sorted((*known, *state.facts), key=order)),
        later=tuple(sorted((*later, *state.later), key=order)),
    )
