"""A rule in words: what it looks at, asks and allows, from the rule itself, in English and French.

Invariant: nothing here is typed in for one rule. Another condition in a rules file gives another sentence, and a
reader's reading shows where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from goodoffices.core.findings import reason
from goodoffices.norms.kindwords import WORD_WORDS, field_words, kind_words, value_words
from goodoffices.norms.matching import NOTHING
from goodoffices.norms.rules import (
    AllOf,
    AnyOf,
    Breached,
    Condition,
    During,
    Exemption,
    InForce,
    Member,
    Met,
    Not,
    Parameter,
    Party,
    Pattern,
    Performed,
    ReadingIs,
    Recorded,
    Rule,
    Rulebook,
    Term,
    all_conditions,
    leans_on,
    overriders,
    patterns_of,
)
from goodoffices.norms.wording import either, say, state_words

Names = Callable[[str], str]
_LEANING: Final = {
    Met: ("the definition is met: ", "la définition est remplie : "),
    InForce: ("the status is in force: ", "le statut est en vigueur : "),
    Breached: ("the duty was breached: ", "il a été manqué à l’obligation : "),
    Performed: ("the duty was done: ", "l’obligation a été accomplie : "),
}
_TREATIES: Final[dict[str, tuple[str, str]]] = {
    "african-charter-democracy": (
        "African Charter on Democracy, Elections and Governance",
        "Charte africaine de la démocratie, des élections et de la gouvernance",
    ),
    "cotonou-agreement": ("Cotonou Agreement", "Accord de Cotonou"),
    "samoa-agreement": ("Samoa Agreement", "Accord de Samoa"),
    "protocol-of-washington": ("Protocol of Washington", "Protocole de Washington"),
    "un-personnel-safety-convention": (
        "Convention on the Safety of United Nations and Associated Personnel",
        "Convention sur la sécurité du personnel des Nations Unies et du personnel associé",
    ),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a rule, the rule or reading it names, and what stands under it."""

    text: str
    parts: tuple[Clause, ...] = ()
    rule: str = ""
    title: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One question a rule answers, such as when it arises, with its clauses."""

    question: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """What the words depend on: the rulebook, the language, names of actors, and readings other than its own."""

    book: Rulebook
    language: str = "en"
    names: Names = str
    readings: Mapping[str, str] | None = None

    def pick(self, english: str, french: str) -> str:
        """The text of the language."""
        return french if self.language == "fr" else english

    def title(self, rule: Rule) -> str:
        """A rule's title."""
        return dict(rule.titles).get(self.language) or rule.title

    def reading(self, name: str) -> tuple[str, str]:
        """A reading's title, and its value in words."""
        found = self.book.parameter(name)
        if found is None:
            return name, name
        title = dict(found.titles).get(self.language) or found.title
        value = (self.readings or {}).get(name, found.value)
        return title, reading_words(found, value, self.language)


_UNITS: Final = {
    "hour": ("hours", "heures"),
    "calendar_day": ("calendar days", "jours"),
    "working_day": ("working days", "jours ouvrables"),
    "month": ("months", "mois"),
}


def reading_words(parameter: Parameter, value: str, language: str = "en") -> str:
    """A value of a reading: "7 calendar days", "elected or transitional", "none: the text gives no number"."""
    french = language == "fr"
    if parameter.unit and value == "none":
        return "aucun nombre" if french else "no number"
    if parameter.unit:
        return f"{value} {_UNITS[parameter.unit][french]}"
    return either([value_words(word.strip(), language) for word in value.split(",")], language)


def parts_of(rule: Rule, pen: Pen) -> tuple[Part, ...]:
    """The rule as questions and answers; exceptions are apart (see `exception`)."""
    asked: list[tuple[str, list[Clause]]] = [
        (pen.pick("It binds where", "Elle lie là où"), [_guard(rule, pen)]),
        *_BY_KIND[rule.kind](rule, pen),
        (pen.pick("Further", "En outre"), _further(rule, pen)),
    ]
    return tuple(Part(question, tuple(clauses)) for question, clauses in asked if clauses)


def exception(exemption: Exemption, pen: Pen) -> Clause:
    """A situation that frees from the rule."""
    title = exemption.title_fr if pen.language == "fr" and exemption.title_fr else exemption.title
    return Clause(title, (condition(exemption.when, pen),))


def own_readings(rule: Rule) -> tuple[str, ...]:
    """Names of the readings that a rule itself uses."""
    found = [word[1:] for one in patterns_of(rule) for _, words in one.value for word in words if word.startswith("$")]
    found += [one.parameter for one in all_conditions(rule) if isinstance(one, ReadingIs)]
    found += [rule.within.parameter] if rule.within and rule.within.parameter else []
    return tuple(dict.fromkeys(found))


def readings_behind(book: Rulebook, rule: Rule) -> tuple[str, ...]:
    """Names of the readings on which a rule turns, those of the rules that it leans on or yields to included."""
    over, seen, left = overriders(book.rules), set[str](), [rule.id]
    found: dict[str, None] = {}
    while left:
        name = left.pop(0)
        one = book.rule(name)
        if one is None or name in seen:
            continue
        seen.add(name)
        found.update(dict.fromkeys(own_readings(one)))
        left += [*leans_on(one), *over.get(name, ())]
    return tuple(found)


def condition(given: Condition, pen: Pen) -> Clause:
    """A condition in words, with what stands under it."""
    match given:
        case AllOf(parts) | AnyOf(parts):
            code = "all_of" if isinstance(given, AllOf) else "any_of"
            return Clause(say(reason(code), pen.language), tuple(condition(part, pen) for part in parts))
        case Not(part):
            return Clause(say(reason("not"), pen.language), (condition(part, pen),))
        case Recorded(pattern, silence):
            return _looked_for(pen.pick("on record by then: ", "consigné à cette date : "), pattern, silence, pen)
        case During(pattern, silence):
            return _looked_for(pen.pick("so on the day: ", "en cours ce jour-là : "), pattern, silence, pen)
        case Member(organisation):
            return Clause(pen.pick("the state is a member of: ", "l’État est membre de : ") + pen.names(organisation))
        case Party(instrument):
            said = _TREATIES.get(instrument, (instrument, instrument))[pen.language == "fr"]
            return Clause(pen.pick("the state is a party to the treaty: ", "l’État est partie au traité : ") + said)
        case ReadingIs(parameter, value):
            title, now = pen.reading(parameter)
            wanted = value_words(value, pen.language)
            said = pen.pick(
                f"the reading “{title}” is to be: {wanted} (it is: {now})",
                f"la lecture « {title} » doit être : {wanted} (elle est : {now})",
            )
            return Clause(said, readings=(parameter,))
        case Met(name) | InForce(name) | Breached(name) | Performed(name):
            rule = pen.book.rule(name)
            said = _LEANING[type(given)][pen.language == "fr"]
            return Clause(said, rule=name, title=pen.title(rule) if rule else name)


def _looked_for(lead: str, pattern: Pattern, silence: str, pen: Pen) -> Clause:
    clause = act(pattern, pen)
    open_end = pen.pick("; where nothing is found, it is not known", " ; si rien n’est trouvé, ce n’est pas connu")
    return Clause(
        lead + clause.text + (open_end if silence == "unknown" else ""), clause.parts, "", "", clause.readings
    )


def act(pattern: Pattern, pen: Pen) -> Clause:
    """Which facts count, in words: kind, by whom, and what they must say."""
    language = pen.language
    said = either([kind_words(kind, language) for kind in pattern.kinds], language)
    if pattern.actors:
        said += pen.pick(" by ", " par : ") + either([pen.names(one) for one in pattern.actors], language)
    fields = [
        f"{field_words(name, language)}{pen.pick(': ', ' : ')}{_choice(words, pen)}" for name, words in pattern.value
    ]
    if fields:
        said += f" ({pen.pick('; ', ' ; ').join(fields)})"
    readings = tuple(word[1:] for _, words in pattern.value for word in words if word.startswith("$"))
    parts = []
    for same in pattern.same:
        other = act(same.as_in, pen)
        named = field_words(same.field, language)
        lead = pen.pick(f"the same {named} as in: ", f"même élément ({named}) que dans : ")
        parts.append(Clause(lead + other.text, other.parts, "", "", other.readings))
    return Clause(said, tuple(parts), "", "", readings)


def _choice(words: tuple[str, ...], pen: Pen) -> str:
    said = []
    for word in words:
        if word == NOTHING:
            said.append(pen.pick("left out", "absent"))
        else:
            said.append(_word(word, pen))
    return either(said, pen.language)


def _word(word: str, pen: Pen) -> str:
    if word.startswith("$"):
        title, now = pen.reading(word[1:])
        return pen.pick(f"{now}, by the reading “{title}”", f"{now}, selon la lecture « {title} »")
    if word in WORD_WORDS:
        return value_words(word, pen.language)
    named = pen.names(word)
    # Words that a fact must have exactly as recorded stand in quotes, in the language they are recorded in.
    return named if named != word else pen.pick(f"“{word}”", f"« {word} »")


def _guard(rule: Rule, pen: Pen) -> Clause:
    if rule.applies_if is None:
        return Clause(say(reason("applies_to_all"), pen.language))
    return condition(rule.applies_if, pen)


def _duty(rule: Rule, pen: Pen) -> Iterator[tuple[str, list[Clause]]]:
    kept = rule.mode == "maintenance"
    yield pen.pick("It arises when", "Elle naît quand"), [condition(rule.trigger, pen)] if rule.trigger else []
    must = (
        pen.pick("What must stay so", "Ce qui doit rester ainsi")
        if kept
        else pen.pick("The act asked for", "L’acte demandé")
    )
    yield must, [act(rule.must, pen)] if rule.must else []
    yield pen.pick("It is broken by", "Elle est rompue par"), [act(rule.broken_by, pen)] if rule.broken_by else []
    yield pen.pick("Term", "Délai"), [_term(rule, pen)]
    yield pen.pick("The organ decides otherwise by", "L’organe en décide autrement par"), _acts(rule.refused_by, pen)
    yield pen.pick("The situation ends with", "La situation prend fin avec"), _acts(rule.ended_by, pen)
    yield pen.pick("A breach is made good by", "Un manquement est compensé par"), _acts(rule.compensated_by, pen)


def _acts(pattern: Pattern | None, pen: Pen) -> list[Clause]:
    return [act(pattern, pen)] if pattern else []


def _term(rule: Rule, pen: Pen) -> Clause:
    term: Term | None = rule.within
    if rule.mode == "punctual":
        return Clause(say(reason("that_day"), pen.language))
    if term is None:
        return Clause(say(reason("no_term"), pen.language))
    if not term.parameter:
        return Clause(say(reason("term", amount=term.amount, unit=term.unit), pen.language))
    found = pen.book.parameter(term.parameter)
    value = (pen.readings or {}).get(term.parameter, found.value if found else "none")
    title = pen.reading(term.parameter)[0]
    code = "no_term_reading" if value == "none" else "term_reading"
    if code == "term_reading" and found and found.certainty == "text":
        code = "term"
    return Clause(
        say(reason(code, title=title, amount=value, unit=term.unit), pen.language), readings=(term.parameter,)
    )


def _status(rule: Rule, pen: Pen) -> Iterator[tuple[str, list[Clause]]]:
    yield pen.pick("It begins with", "Il commence par"), [act(one, pen) for one in rule.begins]
    yield pen.pick("It ends with", "Il prend fin par"), [act(one, pen) for one in rule.ends]


def _holding(rule: Rule, pen: Pen) -> Iterator[tuple[str, list[Clause]]]:
    asked = {
        "definition": pen.pick("It is met where", "Elle est remplie là où"),
        "prohibition": pen.pick("It stands while", "Elle vaut tant que"),
    }.get(rule.kind, pen.pick("It may be used where", "On peut en user là où"))
    yield asked, [condition(rule.holds_if, pen)] if rule.holds_if else []
    yield pen.pick("It forbids", "Elle interdit"), _acts(rule.forbids, pen)
    yield pen.pick("It is used by", "On en use par"), _acts(rule.exercised_by, pen)


_BY_KIND: Final[dict[str, Callable[[Rule, Pen], Iterator[tuple[str, list[Clause]]]]]] = {
    "obligation": _duty,
    "status": _status,
    **dict.fromkeys(("definition", "prohibition", "permission", "power"), _holding),
}


def _further(rule: Rule, pen: Pen) -> list[Clause]:
    """What else the rule says of itself: how it runs, and which rules it gives rise to or goes before."""
    said = [
        (rule.preemptive, "an act done before it arises counts", "un acte antérieur à sa naissance compte"),
        (rule.after_deadline == "lapses", "it lapses with its term", "elle s’éteint avec son délai"),
        (
            rule.late_performance == "partial",
            "a late act makes up in part only",
            "un acte tardif ne répare qu’en partie",
        ),
        (
            rule.late_performance == "none",
            "a late act does not undo the delay",
            "un acte tardif n’efface pas le retard",
        ),
        (
            rule.on_retrigger == "restart",
            "a further occasion starts the term anew",
            "une nouvelle occasion relance le délai",
        ),
        (
            rule.on_retrigger == "new",
            "each further occasion gives a duty of its own",
            "chaque occasion crée une obligation",
        ),
        (
            not rule.public_record,
            "such acts are not always published: silence is no answer",
            "ces actes ne sont pas toujours publiés : le silence n’est pas une réponse",
        ),
        (
            rule.soft,
            "soft law or a body’s own practice: a departure is an apparent divergence",
            "droit souple ou pratique de l’organe : s’en écarter est une divergence apparente",
        ),
    ]
    clauses = [Clause(pen.pick(english, french)) for so, english, french in said if so]
    if rule.already:
        stands = state_words(rule.already.state, pen.language)
        lead = pen.pick(
            f"nothing is left to do where this is already {stands}: ",
            f"rien ne reste à faire si ceci est déjà {stands} : ",
        )
        clauses.append(_naming(lead, rule.already.status, pen))
    breach = pen.pick("its breach gives rise to: ", "y manquer fait naître : ")
    clauses += [_naming(breach, other, pen) for other in rule.on_breach]
    over = pen.pick("it goes before: ", "elle l’emporte sur : ")
    clauses += [_naming(over, other, pen) for other in rule.overrides]
    under = pen.pick("it yields to: ", "elle cède devant : ")
    return clauses + [_naming(under, other, pen) for other in overriders(pen.book.rules).get(rule.id, ())]


def _naming(lead: str, name: str, pen: Pen) -> Clause:
    rule = pen.book.rule(name)
    return Clause(lead, rule=name, title=pen.title(rule) if rule else name)
