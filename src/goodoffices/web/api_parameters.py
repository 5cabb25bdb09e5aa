"""What a program may ask for: parameters with their bounds, and the strict reading of an address by them.

Invariant: what a parameter accepts is what its schema says in the published document; both come from the same value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from goodoffices.casebook.actors import actors
from goodoffices.core.days import read_date
from goodoffices.core.kinds import KINDS
from goodoffices.core.sources import CONFIDENCE
from goodoffices.norms.rules import Parameter as Reading
from goodoffices.rulebooks.shelf import rulebooks
from goodoffices.web.language import LANGUAGES, message

# Every day from 1900 to 2199, and nothing else: 29 February only where there was one.
DAY: Final = (
    r"^((19|20|21)[0-9]{2}-("
    r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    r"|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29)$"
)
MOST: Final = 1000
USUAL: Final = 100
FURTHEST: Final = 1_000_000
LONGEST: Final = 200  # of an address' part: what is longer is the name of nothing here
_DIGITS: Final = re.compile(r"0|-?[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a question: which parameter, what was found, what is expected, and the nearest that is."""

    where: str
    found: str
    expected: str
    nearest: tuple[str, ...] = ()


class BadQuestion(Exception):
    """A question that cannot be asked in this way, with everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        super().__init__(" ".join(f"{one.where}: {one.found}" for one in faults))


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address. `says` is what it does, in English; `many` says that it may be given repeatedly."""

    name: str
    schema: Mapping[str, Any]
    says: str
    example: Any = None
    place: str = "query"
    required: bool = False
    many: bool = False
    default: Any = None
    listed: str = ""  # of a part of the address: where the ids that there are stand

    def read(self, texts: Sequence[str], faults: list[Fault]) -> Any:
        """The value given, or the default; what is wrong with it goes to `faults`."""
        if not texts:
            if self.required:
                faults.append(Fault(self.name, "is missing.", self.expected()))
            return () if self.many else self.default
        if not self.many:
            if len(texts) > 1:
                faults.append(Fault(self.name, f"is given {len(texts)} times.", "Give it once."))
            return self._one(texts[0], faults)
        least, most = self.schema.get("minItems", 0), self.schema["maxItems"]
        if len(set(texts)) < len(texts):
            faults.append(Fault(self.name, "names the same twice.", "Name each once."))
        elif not least <= len(texts) <= most:
            faults.append(Fault(self.name, f"is given {len(texts)} times.", self.expected()))
        return tuple(self._one(text, faults) for text in texts)

    def _one(self, text: str, faults: list[Fault]) -> Any:
        """One value by the schema."""
        schema = self.schema["items"] if self.many else self.schema
        choices = schema.get("enum")
        if schema["type"] == "boolean":
            choices = ("true", "false")
        if choices is not None:
            if text not in choices:
                near = tuple(get_close_matches(text, choices, 5, 0.5))
                faults.append(Fault(self.name, f"{_shown(text)} is none of its values.", self.expected(), near))
                return None
            return text == "true" if schema["type"] == "boolean" else text
        if schema["type"] == "integer":
            number = int(text) if _DIGITS.fullmatch(text) else None
            if number is None or not schema["minimum"] <= number <= schema["maximum"]:
                faults.append(Fault(self.name, f"{_shown(text)} is no such number.", self.expected()))
            return number
        if len(text) > schema.get("maxLength", LONGEST) or not _fits(schema["pattern"], text):
            faults.append(Fault(self.name, f"{_shown(text)} cannot stand here.", self.expected()))
            return None
        return read_date(text, self.name) if schema.get("format") == "date" else text

    def expected(self) -> str:
        """What the parameter takes, as a sentence."""
        schema = self.schema["items"] if self.many else self.schema
        many = f"{self.schema.get('minItems', 1)} to {self.schema['maxItems']} of: " if self.many else ""
        if "enum" in schema:
            listed = schema["enum"]
            shown = ", ".join(str(one) for one in listed[:12]) + (", …" if len(listed) > 12 else "")
            return f"{many}{shown}."
        if schema["type"] == "boolean":
            return "true or false."
        if schema["type"] == "integer":
            return f"A whole number from {schema['minimum']} to {schema['maximum']}."
        if schema.get("format") == "date":
            return "A day from 1900-01-01 to 2199-12-31, as year-month-day, such as 2021-06-15."
        return f"{many}{self.example}, say."


def _fits(pattern: str, text: str) -> bool:
    """Whether a text has a form. Whole: "$" alone would let a line's end through."""
    return re.fullmatch(pattern.removeprefix("^").removesuffix("$"), text, re.ASCII) is not None


def _shown(text: str) -> str:
    """What was given, as it may be shown: short, and without characters that nobody sees."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return repr(short)


def read_question(parameters: Sequence[Parameter], asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The values of all parameters of an operation. BadQuestion with every fault: unknown names, values out of bounds,
    one given twice, both clocks set two ways."""
    faults: list[Fault] = []
    known = {one.name: one for one in parameters if one.place == "query"}
    given: dict[str, list[str]] = {}
    for name, text in asked:
        if name in known:
            given.setdefault(name, []).append(text)
        elif not any(fault.where == name for fault in faults):
            near = tuple(get_close_matches(name, known, 3, 0.5))
            listed = f"Parameters here: {', '.join(known)}." if known else "Nothing can be asked for here."
            faults.append(Fault(name[:60], "there is no such parameter here.", listed, near))
    values = {name: one.read(given.get(name, ()), faults) for name, one in known.items()}
    both = values.get("then")
    if both and any(values.get(name) not in (None, both) for name in ("as_of", "known_at")):
        faults.append(Fault("then", "sets both clocks, and one is set otherwise.", "Leave out one or the other."))
    for first, last in (("since", "until"), ("from", "to"), ("known_since", "known_until")):
        start, end = values.get(first), values.get(last)
        if isinstance(start, date) and isinstance(end, date) and start > end:
            faults.append(Fault(first, f"{start} lies after {end}.", f"Give a day on or before {last}."))
    if faults:
        raise BadQuestion(faults)
    return values


# the forms of values


def day(name: str, says: str, example: str, required: bool = False) -> Parameter:
    """A parameter that takes a day."""
    schema = {"type": "string", "format": "date", "pattern": DAY}
    return Parameter(name, schema, says, example, required=required)


def choice(name: str, words: Sequence[str], says: str, example: str, default: str | None = None) -> Parameter:
    """A parameter that takes one of these words."""
    schema: dict[str, Any] = {"type": "string", "enum": list(words)}
    if default is not None:
        schema["default"] = default
    return Parameter(name, schema, says, example, default=default)


def choices(name: str, words: Sequence[str], says: str, example: str) -> Parameter:
    """A parameter that takes any of these words, each once."""
    schema = {"type": "array", "items": {"type": "string", "enum": list(words)}, "uniqueItems": True, "maxItems": 20}
    return Parameter(name, schema, says, [example], many=True)


def texts(name: str, pattern: str, says: str, example: Sequence[str], least: int = 0, most: int = 20) -> Parameter:
    """A parameter that takes several texts of a form, each once; required where there must be some."""
    item = {"type": "string", "pattern": pattern, "maxLength": LONGEST}
    schema: dict[str, Any] = {"type": "array", "items": item, "uniqueItems": True, "maxItems": most}
    if least:
        schema["minItems"] = least
    return Parameter(name, schema, says, list(example), many=True, required=bool(least))


def phrase(name: str, says: str, example: str) -> Parameter:
    """A parameter that must be given and takes any text that is not too long."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"^[\s\S]+$"}
    return Parameter(name, schema, says, example, required=True)


def yes(name: str, says: str) -> Parameter:
    """A parameter that takes true or false."""
    return Parameter(name, {"type": "boolean"}, says, True)


def number(name: str, least: int, most: int, default: int, says: str) -> Parameter:
    """A parameter that takes a whole number."""
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return Parameter(name, schema, says, default, default=default)


def part(name: str, says: str, example: str, listed: str) -> Parameter:
    """A part of the address: the id of something; `listed` is the address that lists those there are."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"^[^/]+$"}
    return Parameter(name, schema, says, example, place="path", required=True, listed=listed)


# those that many operations take

CLOCKS: Final = (
    day("as_of", message("The day the question is about; today where it is left out."), "2021-06-15"),
    day("known_at", message("What was known on this day; today where it is left out."), "2021-06-15"),
    day("then", message("Both clocks at once: as of this day, as known on this day."), "2021-06-15"),
)
PAGES: Final = (
    number("limit", 1, MOST, USUAL, message("At most so many items in one answer.")),
    number("offset", 0, FURTHEST, 0, message("How many items to pass over; `next` gives the following address.")),
)
LANG: Final = choice(
    "lang", LANGUAGES, message("The language of what we say; facts keep the one they were recorded in."), "fr", "en"
)
SINCE_UNTIL: Final = (
    day("since", message("Only what may have begun on this day or later."), "2021-05-24"),
    day("until", message("Only what may have begun on this day or earlier."), "2021-12-31"),
)
KNOWN: Final = (
    day("known_since", message("Only what became known on this day or later."), "2021-05-24"),
    day("known_until", message("Only what became known on this day or earlier."), "2021-12-31"),
)


def fact_filters() -> tuple[Parameter, ...]:
    """What facts may be filtered by."""
    return (
        choices("kind", sorted(KINDS), message("Only facts of this kind; may be given repeatedly."), "suspension"),
        by_actor("actor", message("Only acts of this actor; may be given repeatedly.")),
        choices("confidence", CONFIDENCE, message("Only with this confidence; may be given repeatedly."), "high"),
        *SINCE_UNTIL,
        *KNOWN,
    )


def by_reading() -> Parameter:
    """Other readings of open terms and words, each as NAME=VALUE."""
    forms = (rf"{re.escape(one.name)}={_values(one)}" for book in rulebooks() for one in book.parameters)
    says = message("NAME=VALUE: another reading of an open term or word of a rulebook; may be given repeatedly.")
    return texts("reading", f"^({'|'.join(forms)})$", says, ["au.suspension-term=7"])


def _values(parameter: Reading) -> str:
    """The values of a reading, as a pattern: a term in its unit or none; any of its words."""
    if parameter.unit:
        return "(none|[1-9][0-9]{0,3})"
    listed = (parameter.value, *parameter.alternatives)
    words = sorted({word.strip() for one in listed for word in one.split(",")})
    any_of = f"({'|'.join(re.escape(word) for word in words)})"
    return f"{any_of}(, ?{any_of})*"


def by_actor(name: str, says: str, example: str = "au-psc") -> Parameter:
    """A filter by actors of the register."""
    return choices(name, sorted(actors()), says, example)


def by_rulebook() -> Parameter:
    """A filter by rulebook."""
    shelf = [book.id for book in rulebooks()]
    return choices("rulebook", shelf, message("Only rules of this rulebook; may be given repeatedly."), "au")
