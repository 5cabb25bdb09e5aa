"""The ledger as a plain list: slow, and short enough to be believed.

The two clocks: as known on day K, for each key, the last entry written whose `effective_from` is on or before K counts.
A retracted key, and one known only after K, is absent. A key whose last entry of all is marked above the clearance is
hidden, and so is a counting entry that is.
"""

from dataclasses import dataclass, field
from datetime import date

from goodoffices.core.facts import Fact, order
from goodoffices.core.markings import Marking


@dataclass
class Line:
    verb: str
    fact: Fact
    since: date
    time: int


@dataclass
class Reference:
    lines: list[Line] = field(default_factory=list)

    def of(self, key: str) -> list[Line]:
        return [line for line in self.lines if line.fact.key == key]

    def standing(self, key: str) -> Fact | None:
        lines = self.of(key)
        return lines[-1].fact if lines and lines[-1].verb != "retract" else None

    def first(self, key: str) -> date:
        return min(line.since for line in self.of(key))

    def assert_fact(self, fact: Fact, time: int) -> bool:
        """Whether it is allowed; the same content again is, and writes nothing."""
        standing = self.standing(fact.key)
        if standing is None:
            self.lines.append(Line("assert", fact, fact.known_at, time))
        return standing in (None, fact)

    def correct(self, fact: Fact, from_known: date | None, time: int) -> bool:
        if self.standing(fact.key) is None:
            return False
        since = from_known or min(fact.known_at, self.first(fact.key))
        last = self.of(fact.key)[-1]
        if last.fact != fact or since < last.since:
            self.lines.append(Line("correct", fact, since, time))
        return True

    def retract(self, key: str, from_known: date | None, time: int) -> bool:
        standing = self.standing(key)
        if standing is None:
            return False
        self.lines.append(Line("retract", standing, from_known or self.first(key), time))
        return True

    def known(self, known_at: date, clearance: Marking, until: int | None = None) -> tuple[list[Fact], list[Fact]]:
        """Facts known by then, and those that became known only later."""
        facts, later = [], []
        for key in {line.fact.key for line in self.lines}:
            if self.of(key)[-1].fact.marking > clearance:
                continue
            written = [line for line in self.of(key) if until is None or line.time <= until]
            then = [line for line in written if line.since <= known_at][-1:]
            found = [one.fact for one in then if one.verb != "retract" and one.fact.marking <= clearance]
            now = [fact for fact in found if fact.known_at <= known_at]
            at_last = [one.fact for one in written[-1:] if one.verb != "retract" and one.fact.marking <= clearance]
            facts += now
            if not now:
                later += [fact for fact in at_last if fact.known_at > known_at]
        return sorted(facts, key=order), sorted(later, key=order)
