"""Leaves of the trees of reasons: facts, absences, and facts known only later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Reason, reason
from goodoffices.core.names import fold
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.matching import fits
from goodoffices.norms.rules import Pattern, Rule, patterns_of

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation

ABSENT: Final = {Verdict.FAILS: "absent_public", Verdict.UNKNOWN: "absent_unknown"}


def fact_reason(fact: Fact, verdict: Verdict | None) -> Reason:
    """The leaf that a fact is."""
    french = fact.said("fr")
    more = {"text_fr": french} if french != fact.text else {}
    args: dict[str, Any] = {
        "kind": fact.kind,
        "day": fact.span.text,
        "confidence": fact.confidence,
        "text": fact.text,
        **more,
    }
    return reason("fact", verdict=verdict, facts=(fact.key,), **args)


def absence(run: Evaluation, pattern: Pattern, day: date, verdict: Verdict, since: date | None = None) -> Reason:
    """The leaf that says nothing of this kind was known, and where it was looked for.

    Beyond what is known, silence says nothing: then the leaf is of that sort, whatever was asked.
    """
    code = "absent_beyond" if day > run.known_at else ABSENT[verdict]
    return reason(
        code,
        *later_leaves(run, pattern),
        verdict=Verdict.UNKNOWN if day > run.known_at else verdict,
        what=",".join(pattern.kinds),
        who=",".join(pattern.actors),
        value=";".join(_asked(run, pattern)),
        since=since.isoformat() if since else "",
        day=day.isoformat(),
        known_at=run.known_at.isoformat(),
        searched=searched_until(run),
    )


def _asked(run: Evaluation, pattern: Pattern) -> list[str]:
    asked = [f"{name}={'|'.join(run.words_in(choice))}" for name, choice in pattern.value]
    return asked + [f"same={same.field}" for same in pattern.same]


def searched_until(run: Evaluation) -> str:
    """Up to which day the case's authors could see pages, as its head says."""
    return next((fact.get("searched_until") for fact in run.of_kind("case")), "")


def later_leaves(run: Evaluation, pattern: Pattern) -> tuple[Reason, ...]:
    """Leaves for facts a pattern means that became known only after the snapshot's day.

    Those that may have been so by the day looked at, and of what came after that day the first alone.
    """
    later = [fact for fact in run.later if fact.kind in pattern.kinds]
    if not later:
        return ()

    def ever(*kinds: str) -> list[Fact]:
        return run.of_kind(*kinds) + [fact for fact in run.later if fact.kind in kinds]

    found = sorted((fact for fact in later if fits(fact, pattern, ever, run.words) is not Verdict.FAILS), key=order)
    after = [fact for fact in found if fact.span.begun_by(run.as_of) is Verdict.FAILS]
    return tuple(_later(fact) for fact in found if fact not in after[1:])


def _later(fact: Fact) -> Reason:
    french = fact.said("fr")
    more: dict[str, Any] = {"text_fr": french} if french != fact.text else {}
    return reason("known_later", facts=(fact.key,), known_at=fact.known_at, text=fact.text, **more)


def beyond(run: Evaluation) -> tuple[Reason, ...]:
    """A note where one asks about a day later than what is known."""
    if run.as_of <= run.known_at:
        return ()
    return (reason("beyond_known", verdict=Verdict.UNKNOWN, known_at=run.known_at, as_of=run.as_of),)


def companions(run: Evaluation, rule: Rule, rests: Sequence[str]) -> tuple[Reason, ...]:
    """Where a finding rests on a fact of the same person or thing as another fact, that other one."""
    found: dict[str, Reason] = {}
    for pattern in patterns_of(rule):
        for same in pattern.same:
            named = {fold(fact.get(same.field)) for fact in run.known_of(pattern) if fact.key in rests}
            for other in run.known_of(same.as_in):
                if other.key not in rests and fold(other.get(same.field)) in named:
                    found[other.key] = reason("same_as", fact_reason(other, None), field=same.field)
    return tuple(found.values())


_ONCE: Final = frozenset(("applies_if", "applies_to_all", "rule"))


def without_repeats(tree: Reason) -> Reason:
    """The tree with each guard, and each rule leaned on, explained once: where it first stands."""
    seen: set[tuple[object, ...]] = set()

    def walk(node: Reason) -> Reason | None:
        if node.code in _ONCE:
            # What tells two guards apart stands at their heads; comparing whole trees would cost more than making them.
            head = (node.code, node.args, node.verdict, *((one.code, one.args, one.facts) for one in node.parts))
            if head in seen:
                return None if node.code != "rule" else Reason(node.code, node.args, node.verdict)
            seen.add(head)
        if not node.parts:
            return node
        parts = tuple(kept for part in node.parts if (kept := walk(part)) is not None)
        if len(parts) == len(node.parts) and all(a is b for a, b in zip(parts, node.parts, strict=True)):
            return node
        return Reason(node.code, node.args, node.verdict, node.facts, parts)

    return walk(tree) or tree
