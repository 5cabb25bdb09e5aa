"""Six simple rules and random histories: what the rule kernel and its rivals are measured on."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from goodoffices.core.days import Span, on
from goodoffices.core.findings import Reference
from goodoffices.norms.histories import EventType, Histories
from goodoffices.norms.rules import AllOf, InForce, Met, Not, Pattern, Recorded, Rule, Rulebook, Term

FIRST = date(2020, 1, 1)
LENGTH = 730  # days
LAST = FIRST + timedelta(days=LENGTH - 1)
SEIZURE, SUSPENSION, LIFTING, ORDER, ENGAGEMENT, SANCTION, STATEMENT = range(7)
TYPES = (
    EventType("seizure", "armed-forces"),
    EventType("suspension", "au-psc"),
    EventType("suspension_lifted", "au-psc"),
    EventType("constitutional_order", "authorities"),
    EventType("dialogue", "un"),
    EventType("sanction", "au-psc"),
    EventType("statement", "un"),  # no rule looks at it
)
_SHARES = (2, 4, 4, 2, 6, 4, 8)  # of thirty events
_FEWEST, _MOST = 20, 40  # events a history
TERMS = 14, 30

_READ = (Reference("made-up", "Made-up rules", "art. 1", True),)
_ALWAYS = Span("1900/..", on(date(1900, 1, 1)), None, True)


def _rule(rule_id: str, kind: str, **more: object) -> Rule:
    return Rule(rule_id, "made-up", kind, rule_id, rule_id, "au", _READ, _ALWAYS, **more)  # type: ignore[arg-type]


def six_rules() -> Rulebook:
    """A status, a definition, two duties, a prohibition and a power."""
    seized, ordered = Recorded(Pattern(("seizure",))), Recorded(Pattern(("constitutional_order",)))
    suspended, lifted = Pattern(("suspension",)), Pattern(("suspension_lifted",))
    rules = (
        _rule("m.suspended", "status", begins=(suspended,), ends=(lifted,), on_tie="ends_last"),
        _rule("m.seized", "definition", holds_if=seized),
        _rule("m.suspend", "obligation", trigger=seized, must=suspended, within=Term("calendar_day", TERMS[0])),
        _rule(
            "m.lift",
            "obligation",
            trigger=AllOf((seized, ordered)),
            must=lifted,
            within=Term("calendar_day", TERMS[1]),
        ),
        _rule(
            "m.no-engagement",
            "prohibition",
            holds_if=AllOf((Met("m.seized"), Not(ordered))),
            forbids=Pattern(("dialogue",)),
        ),
        _rule("m.sanction", "power", holds_if=InForce("m.suspended"), exercised_by=Pattern(("sanction",))),
    )
    return Rulebook("made-up", "Made-up rules", "Règles inventées", "1", (), (), rules)


def random_histories(count: int, seed: int) -> Histories:
    """Histories of about thirty events over two years, many on one day, one in ten known only later."""
    draw = np.random.default_rng(seed)
    lengths = draw.integers(_FEWEST, _MOST + 1, count)
    offsets = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    total = int(offsets[-1])
    key = np.repeat(np.arange(count, dtype=np.int64) * 1024, lengths)
    key += draw.integers(0, LENGTH, total, dtype=np.int64)
    key.sort()
    day = (key % 1024 + FIRST.toordinal()).astype(np.int32)
    del key
    late = draw.integers(0, 10, total, dtype=np.int8) == 0
    known = day + np.where(late, draw.integers(1, 60, total, dtype=np.int32), np.int32(0))
    table = np.repeat(np.arange(len(TYPES), dtype=np.int16), _SHARES)
    kinds = table[draw.integers(0, len(table), total, dtype=np.int8)]
    return Histories(TYPES, offsets, day, known, kinds)
