"""The page that describes the interface for programs: each operation with its parameters, a call, and its answer now.

Invariant: what it says is what the document says. Answers are made from the record, and only those that are asked for.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request

from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.answering import Listed
from goodoffices.desk.desk import Desk
from goodoffices.desk.serving import LOOPBACK
from goodoffices.web.api_operations import Operation, operations
from goodoffices.web.api_parameters import Parameter, read_question
from goodoffices.web.language import message, say

_LONG: Final = 140  # letters of a text in an example
_DEEP: Final = 4  # levels of an example
_KEPT: Final = 200
_MADE: Final[dict[tuple[str, ...], str]] = {}


@dataclass(frozen=True, slots=True)
class Described:
    """A parameter as the page shows it: what it takes, in words; where that is a list of words, which."""

    parameter: Parameter
    takes: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An operation as the page shows it; `answer` is empty where it was not asked for."""

    operation: Operation
    parameters: tuple[Described, ...]
    address: str
    call: str
    answer: str


def sheets(desk: Desk, host: str, language: str, shown: str = "") -> list[tuple[str, list[Sheet]]]:
    """All operations by group, in their order. `shown` names the one whose answer is made, or is "all"; NoAnswer, with
    the nearest, for another."""
    names = [one.id for one in operations()]
    if shown not in ("", "all", *names):
        near = get_close_matches(shown, names, 3, 0.4)
        raise NoAnswer(f"there is no operation {shown!r}.", near)
    found: dict[str, list[Sheet]] = {}
    for one in operations():
        address = example_address(one)
        takes = tuple(describe(parameter, language) for parameter in one.parameters)
        call = f"curl -s {shlex.quote(host + address)}"
        answer = _answer(desk, one) if shown in ("all", one.id) else ""
        found.setdefault(one.group, []).append(Sheet(one, takes, address, call, answer))
    return list(found.items())


def describe(parameter: Parameter, language: str) -> Described:
    """What a parameter takes."""
    schema = parameter.schema["items"] if parameter.many else parameter.schema
    words = tuple(schema.get("enum", ()))
    if words:
        takes = say(message("one of these words"), language)
    elif schema["type"] == "boolean":
        takes = say(message("true or false"), language)
    elif schema["type"] == "integer":
        bounds = {"least": schema["minimum"], "most": schema["maximum"]}
        takes = say(message("a whole number from %(least)s to %(most)s"), language, **bounds)
    elif schema.get("format") == "date":
        takes = say(message("a day, as year-month-day"), language)
    else:
        takes = say(message("a text"), language)
    return Described(parameter, takes, words)


def example_address(operation: Operation) -> str:
    """The address of an operation's example."""
    path = operation.address
    for one in operation.parts:
        path = path.replace("{" + one.name + "}", quote(str(one.example), safe=":"))
    asked = [(name, text) for name, given in operation.example.items() for text in _texts(given)]
    return path + (f"?{urlencode(asked)}" if asked else "")


def _texts(given: Any) -> list[str]:
    if isinstance(given, bool):
        return ["true" if given else "false"]
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


def _answer(desk: Desk, operation: Operation) -> str:
    """The answer of an example, made once for each state of the record and day."""
    key = (operation.id, desk.head().hash, desk.today().isoformat(), desk.clearance.words)
    found = _MADE.get(key)
    if found is None:
        while len(_MADE) >= _KEPT:
            _MADE.pop(next(iter(_MADE)), None)
        found = _MADE[key] = answer_of(desk, operation)
    return found


def answer_of(desk: Desk, operation: Operation) -> str:
    """The answer of an operation's example, cut short for people: what is left out is said."""
    asked = [(name, text) for name, given in operation.example.items() for text in _texts(given)]
    question = read_question(operation.asked, asked)
    both = question.get("then")
    moment = desk.moment(both or question.get("as_of"), both or question.get("known_at"))
    parts = {one.name: one.example for one in operation.parts}
    try:
        value = operation.answer(desk, moment, question | parts)
    except (BadRecord, NoAnswer) as fault:  # a record of one's own need not have what the example asks for
        value = {"error": str(fault)}
    if isinstance(value, Listed):
        limit, total = question["limit"], len(value.items)
        page = {"total": total, "limit": limit, "offset": 0}
        value = {**value.about, **page, "items": [value.record(one) for one in value.items[:limit]]}
    return json.dumps(shortened(value), ensure_ascii=False, indent=1)


def shortened(value: Any, deep: int = 0) -> Any:
    """A value with its lists cut after their first item, its long texts after some words, and its depths folded."""
    if isinstance(value, dict):
        if deep >= _DEEP and value:
            return {"…": f"{len(value)}"}
        return {name: shortened(one, deep + 1) for name, one in value.items()}
    if isinstance(value, list):
        left = [f"… {len(value) - 1}"] if len(value) > 1 else []
        return [*(shortened(one, deep + 1) for one in value[:1]), *left]
    if isinstance(value, str) and len(value) > _LONG:
        return value[:_LONG].rpartition(" ")[0] + " …"
    return value


def host_of(request: Request) -> str:
    """The address of this server. Not the name it was asked under: pages are kept, whoever asked first."""
    host, port = request.scope.get("server") or (LOOPBACK, None)
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" + (f":{port}" if port not in (None, 80) else "")
