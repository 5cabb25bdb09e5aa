"""A third opinion: random rulebooks told to clingo as a logic program, and its states held against both evaluators'.

    python tools/oracle.py [HISTORIES] [SEED]        by default 16000, 1: `make oracle`

The logic program knows nothing of the evaluators: it states what each kind of rule means, day by day, as
`docs/reference/rule-file.md` has it. Left out, since a logic program of this size cannot weigh it: dates of more than a
day, references nobody has read, competing accounts, hours, working days and months. Every rulebook here has a
definition, a status, a duty, a prohibition and a permission, with exceptions; every history some acts within twelve
days, many on one day, some known only later. Exit status 1 where the three do not agree; each difference is printed
with the rules and the acts, the first twenty in full.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import clingo

from goodoffices.norms.histories import EventType, Histories, columns
from goodoffices.norms.program import STATES, compile_rules
from goodoffices.norms.rules import (
    AllOf,
    AnyOf,
    Condition,
    Exemption,
    InForce,
    Met,
    Not,
    Pattern,
    Recorded,
    Rule,
    Rulebook,
    Term,
)
from goodoffices.norms.sweep import explained, states_on
from norms.small import READ, book, rule

FIRST: Final = date(2021, 3, 1)
DAYS: Final = 12
KINDS: Final = ("seizure", "suspension", "suspension_lifted", "suspension_declined", "constitutional_order", "dialogue")
TYPES: Final = tuple(EventType(kind, "au-psc") for kind in KINDS)
NAMES: Final = ("t.met", "t.status", "t.duty", "t.ban", "t.leave")

# One step a day, from 1 to the day asked about, and day 0 before all; c(C,D): condition C holds at the end of day D.
LAW: Final = """
step(1..today). day(0..today).
did(K,D) :- act(K,D), D <= today.
c(C,D) :- seen(C,K), did(K,E), day(D), E <= D.
c(C,D) :- none(C,P), day(D), not c(P,D).
c(C,D) :- both(C,P,Q), c(P,D), c(Q,D).
c(C,D) :- either(C,P), c(P,D).
c(C,D) :- standing(C), lasts(D).
c(C,D) :- defined(C), met(D).
free(R,D) :- except(R,C), c(C,D).

% The day on which a condition begins to hold; it begins anew where a status within it was ended and begun on one day.
fresh(C,D) :- c(C,D), not c(C,D-1), day(D).
fresh(C,D) :- standing(C), starts(D), stops(D), lasts(D).
fresh(C,D) :- both(C,P,Q), c(C,D), fresh(P,D).
fresh(C,D) :- both(C,P,Q), c(C,D), fresh(Q,D).
fresh(C,D) :- either(C,P), c(P,D), fresh(P,D), not stale(C,D).
stale(C,D) :- either(C,P), c(P,D), not fresh(P,D).

met(D) :- main(definition,C), c(C,D), not free(definition,D).

% A status: what begins it on a day on which it is also ended loses or wins, as the rule says.
starts(D) :- begins(K), did(K,D).   stops(D) :- ends(K), did(K,D).
lasts(D) :- starts(D), not stops(D).
lasts(D) :- starts(D), stops(D), tie(begins_last).
lasts(D) :- lasts(D-1), step(D), not stops(D).
ever :- starts(_).

% A duty arises on the first day on which its trigger holds.
arose(D) :- main(duty,C), c(C,D), not c(C,D-1), step(D).
done(D) :- arose(S), must(K), did(K,D), D >= S.
done(D) :- arose(_), must(K), did(K,D), early.
performed(D) :- D = #min{E : done(E)}, done(D).
no(D) :- arose(S), refuses(K), did(K,D), D >= S.
refused(D) :- D = #min{E : no(E)}, no(D).
over(D) :- arose(S), closes(K), did(K,D), D >= S.
closed(D) :- D = #min{E : over(E)}, over(D).
loose(D) :- arose(S), free(duty,D), D >= S.
freed(D) :- D = #min{E : loose(E)}, loose(D).
due(S+N) :- arose(S), term(N).

toolate :- performed(P), closed(E), P > E.
counts(P) :- performed(P), not toolate.
late :- counts(P), due(L), P > L.
missed :- freed(F), due(L), F > L.
missed :- freed(F), refused(R), F > R.
missed :- freed(F), closed(E), F > E.
intime :- freed(_), not missed.
done_at_all :- counts(_).

raw(duty,not_triggered) :- not arose(_).
raw(duty,fulfilled) :- done_at_all, not late.
raw(duty,discharged) :- done_at_all, late, intime.
raw(duty,fulfilled_late) :- done_at_all, late, not intime, cures, persists.
raw(duty,deviation) :- done_at_all, late, not intime, not cures.
raw(duty,deviation) :- done_at_all, late, not intime, not persists.
left :- arose(_), not done_at_all.
raw(duty,discharged) :- left, intime.
broken :- left, not intime, refused(_).
broken :- left, not intime, closed(_).
broken :- left, not intime, freed(_).
broken :- left, not intime, due(L), L < today, not persists.
raw(duty,deviation) :- broken.
raw(duty,overdue) :- left, not intime, not broken, due(L), L < today.
raw(duty,pending) :- left, not intime, not broken, due(L), L >= today.
raw(duty,open) :- left, not intime, not broken, not due(_).

% What is forbidden or allowed is judged on the day of the act.
binds(R,D) :- main(R,C), c(C,D), not free(R,D).
crossed :- forbids(K), did(K,D), binds(ban,D).
used :- uses(K), did(K,D), binds(leave,D).
raw(ban,deviation) :- crossed.
raw(ban,in_force) :- not crossed, binds(ban,today).
raw(ban,not_in_force) :- not crossed, not binds(ban,today).
state(leave,exercised) :- used.
state(leave,available) :- not used, binds(leave,today).
state(leave,not_available) :- not used, not binds(leave,today).
state(definition,met) :- met(today).
state(definition,not_met) :- not met(today).
state(status,in_force) :- lasts(today).
state(status,ended) :- ever, not lasts(today).
state(status,not_in_force) :- not ever.

% A duty to do what is forbidden, and nothing says which goes before: neither is answered. A prohibition broken before
% stays broken, and so does a duty breached before the prohibition stood.
meet :- must(K), forbids(K).
crossing(D) :- D = #min{E : forbids(K), did(K,E), binds(ban,E)}, crossed.
breach(D) :- left, D = #min{E : refused(E); E : closed(E); L+1 : due(L), L < today}, broken.
breach(L+1) :- raw(duty,overdue), due(L).
breach(D) :- raw(duty,fulfilled_late), D = #min{E : refused(E); L+1 : due(L)}.
stood(D) :- D = #max{E : fresh(C,E)}, main(ban,C), binds(ban,today).
before :- breach(B), stood(D), B <= D.
live(pending). live(open). live(overdue). live(deviation).
against :- meet, left, raw(duty,S), live(S), binds(ban,today), not over_and_before.
over_and_before :- before, raw(duty,deviation).
clash(duty) :- against, not before, not crossed.
clash(duty) :- against, not before, not performed(_).
clash(ban) :- against, not crossed.
did_it(fulfilled). did_it(fulfilled_late).
clash(ban) :- meet, raw(duty,S), did_it(S), performed(P), crossing(P).
clash(duty) :- clash(ban), not left, not before.
state(R,disputed) :- clash(R).
state(R,S) :- raw(R,S), not clash(R).
#show state/2.
"""
TOLD: Final = {"t.met": "definition", "t.status": "status", "t.duty": "duty", "t.ban": "ban", "t.leave": "leave"}


def _seen(dice: random.Random) -> Recorded:
    return Recorded(Pattern((dice.choice(KINDS),)), "fails")


def _growing(dice: random.Random, *leaning: Condition) -> Condition:
    """A condition that never ceases to hold."""
    parts = tuple(dice.choice((_seen(dice), _seen(dice), *leaning)) for _ in range(dice.randint(1, 2)))
    return parts[0] if len(parts) == 1 else dice.choice((AllOf, AnyOf))(parts)


def _any(dice: random.Random, *leaning: Condition) -> Condition:
    parts = tuple(
        dice.choice((_seen(dice), Not(_seen(dice)), *leaning, *(Not(one) for one in leaning)))
        for _ in range(dice.randint(1, 2))
    )
    return parts[0] if len(parts) == 1 else dice.choice((AllOf, AnyOf))(parts)


def _exception(dice: random.Random, condition: Condition) -> tuple[Exemption, ...]:
    return (Exemption(condition, "freed", (READ,)),) if dice.random() < 0.5 else ()


def _pattern(dice: random.Random) -> Pattern:
    return Pattern((dice.choice(KINDS),))


def drawn(dice: random.Random) -> Rulebook:
    """A definition, a status, and a duty, a prohibition and a permission that lean on them."""
    met, standing = Met("t.met"), InForce("t.status")
    asked, forbidden = _pattern(dice), _pattern(dice)
    clashing = asked == forbidden  # then the day since which each stands matters, and that is told of simple ones only
    rules: list[Rule] = [
        rule("definition", "t.met", holds_if=_growing(dice)),
        rule(
            "status",
            "t.status",
            begins=(_pattern(dice),),
            ends=(_pattern(dice),),
            on_tie=dice.choice(("ends_last", "begins_last")),
        ),
        rule(
            "obligation",
            "t.duty",
            trigger=_growing(dice, met),
            must=asked,
            within=Term("calendar_day", dice.randint(1, 5)) if dice.random() < 0.7 else None,
            preemptive=dice.random() < 0.2,
            after_deadline=dice.choice(("persists", "persists", "lapses")),
            late_performance=dice.choice(("cures", "cures", "none")),
            refused_by=_pattern(dice) if dice.random() < 0.4 else None,
            ended_by=_pattern(dice) if dice.random() < 0.4 else None,
            unless=_exception(dice, _growing(dice, met)),
        ),
        rule(
            "prohibition",
            "t.ban",
            holds_if=(_growing if clashing else _any)(dice, met, standing),
            forbids=forbidden,
            unless=() if clashing else _exception(dice, _any(dice, met, standing)),
        ),
        rule(
            "permission",
            "t.leave",
            holds_if=_any(dice, met, standing),
            exercised_by=_pattern(dice),
            unless=_exception(dice, _any(dice, met, standing)),
        ),
    ]
    return book(*rules)


def acts(dice: random.Random) -> list[tuple[int, int, int]]:
    """Some acts within the twelve days, by kind, day and the day from which each is known."""
    found = []
    for _ in range(dice.randint(0, 9)):
        when = FIRST.toordinal() + dice.randrange(DAYS)
        found.append((dice.randrange(len(TYPES)), when, when + dice.choice((0, 0, 0, 0, 2))))
    return found


# ---------------------------------------------------------------- as a logic program


def _told(condition: Condition, lines: list[str]) -> int:
    """The number of a condition, told in further lines."""
    match condition:
        case Recorded(pattern, _):
            said = [f"seen({{n}},{pattern.kinds[0]})."]
        case Not(part):
            said = [f"none({{n}},{_told(part, lines)})."]
        case AllOf((one, other)):
            said = [f"both({{n}},{_told(one, lines)},{_told(other, lines)})."]
        case AnyOf(parts):
            said = [f"either({{n}},{_told(part, lines)})." for part in parts]
        case Met():
            said = ["defined({n})."]
        case InForce():
            said = ["standing({n})."]
        case _:
            raise TypeError(type(condition))
    number = len(lines)
    lines.append("".join(said).replace("{n}", str(number)))
    return number


def program(one: Rulebook) -> str:
    """A rulebook as facts of the logic program."""
    lines: list[str] = []
    said = []
    for each in one.rules:
        name = TOLD[each.id]
        main = each.trigger or each.holds_if
        if main is not None:
            said.append(f"main({name},{_told(main, lines)}).")
        said += [f"except({name},{_told(exemption.when, lines)})." for exemption in each.unless]
        for word, pattern in (
            *(("begins", begun) for begun in each.begins),
            *(("ends", ended) for ended in each.ends),
            ("must", each.must),
            ("refuses", each.refused_by),
            ("closes", each.ended_by),
            ("forbids", each.forbids),
            ("uses", each.exercised_by),
        ):
            if pattern is not None:
                said.append(f"{word}({pattern.kinds[0]}).")
        if each.id == "t.status":
            said.append(f"tie({each.on_tie}).")
        if each.id == "t.duty":
            said.append(f"term({each.within.amount})." if each.within is not None else "")
            said.append("early." if each.preemptive else "")
            said.append("cures." if each.late_performance == "cures" else "")
            said.append("persists." if each.after_deadline == "persists" else "")
    return "\n".join((*lines, *said))


def by_clingo(one: Rulebook, history: list[tuple[int, int, int]], as_of: date) -> dict[str, str]:
    """The state of each rule as of a day, known that day."""
    today = as_of.toordinal()
    seen = [(kind, day) for kind, day, known in history if day <= today and known <= today]
    facts = "".join(f"act({KINDS[kind]},{day - FIRST.toordinal() + 1})." for kind, day in seen)
    control = clingo.Control(["--warn=none", "-c", f"today={today - FIRST.toordinal() + 1}"])
    control.add("base", [], "\n".join((LAW, program(one), facts)))
    control.ground([("base", [])])
    told: dict[str, list[str]] = {}
    models = 0
    with control.solve(yield_=True) as answers:
        for model in answers:
            models += 1
            for symbol in model.symbols(shown=True):
                told.setdefault(symbol.arguments[0].name, []).append(symbol.arguments[1].name)
    if models != 1:
        raise RuntimeError(f"the logic program has {models} answers, not one")
    return {name: " and ".join(told.get(TOLD[name], ["no state"])) for name in NAMES}


# ---------------------------------------------------------------- side by side


def by_both(one: Rulebook, histories: Histories, as_of: date) -> tuple[dict[str, str], dict[str, str]]:
    """The states the case evaluator and the kernel give the first history; the kernel's only where it judges it."""
    evaluated = {finding.rule: finding.state for finding in explained(one, histories, 0, (as_of, as_of))}
    compiled = compile_rules(one, TYPES)
    states = states_on(compiled, histories, as_of, as_of)
    swept = {} if states.hard[0] else {name: STATES[states.state[0, row]] for row, name in enumerate(compiled.rules)}
    return evaluated, swept


def main(count: int, seed: int) -> int:
    """Compare so many histories, each under a rulebook of its own; the exit status."""
    dice = random.Random(seed)
    began, cpu = time.monotonic(), time.process_time()
    met: Counter[tuple[str, str]] = Counter()
    differing = swept_too = 0
    for number in range(count):
        one, history = drawn(dice), acts(dice)
        as_of = FIRST + timedelta(days=dice.randrange(DAYS))
        told = by_clingo(one, history, as_of)
        evaluated, swept = by_both(one, columns(TYPES, [history]), as_of)
        swept_too += len(swept)
        met.update(told.items())
        for name in NAMES:
            answers = (told[name], evaluated[name], swept.get(name, evaluated[name]))
            if len(set(answers)) > 1:
                differing += 1
                if differing <= 20:
                    print(f"history {number}, {name} as of {as_of}: clingo, evaluator, kernel say {answers}")
                    print(f"  {next(each for each in one.rules if each.id == name)}")
                    days = [(KINDS[kind], day - FIRST.toordinal(), seen - day) for kind, day, seen in history]
                    print(f"  {days}, day {(as_of - FIRST).days}")
        if sys.stderr.isatty():
            print(f"\r{number + 1:,} of {count:,}", end="", file=sys.stderr)
    for (name, state), times in sorted(met.items()):
        print(f"{name:10} {state:15} {times:6,}")
    spent = f"{time.process_time() - cpu:.0f} s CPU, {time.monotonic() - began:.0f} s"
    print(f"{count:,} histories, {count * len(NAMES):,} findings, {swept_too:,} of them by the kernel too, {spent}")
    print(f"{differing:,} differ" if differing else "all agree")
    return 1 if differing else 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [16000, 1][len(given) :])))
