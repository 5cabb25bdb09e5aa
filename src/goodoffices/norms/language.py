"""The rule language at its door: what a rule file may say, and what is refused.

A rulebook folder has rules.yaml (instruments, articles, rules), values.yaml (parameters) and text.md (paraphrases, one
anchor an article). Everything wrong in a folder is collected and shown together, with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from goodoffices.core.days import is_zone, read_span
from goodoffices.core.errors import BadRecord, BadRule, Problem
from goodoffices.core.findings import Reference
from goodoffices.core.yamlfile import Located, read_yaml
from goodoffices.norms.fitting import cross_checks
from goodoffices.norms.models import ParameterModel, RuleModel, RulesFile, ValuesFile
from goodoffices.norms.rules import (
    Exemption,
    Instrument,
    NoRule,
    Parameter,
    Rule,
    Rulebook,
)

_ANCHOR: Final = re.compile(r"^###\s+(?P<title>.+?)\s+\{#(?P<anchor>[a-z0-9-]+)\}\s*$")
_CITE: Final = "Cite at least one article: a rule without article is refused."
_SHAPES: Final = {
    "list_type": "a list",
    "dict_type": "a mapping, key: value",
    "model_type": "a mapping, key: value",
    "string_type": "plain text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
}
M = TypeVar("M", bound=BaseModel)


def _line_of(located: Located, place: Sequence[Any]) -> str:
    # pydantic's places contain its own words for unions and aliases; keep what the file has.
    path: list[str | int] = []
    for step in place:
        if (*path, step) in located.lines:
            path.append(step)
    return located.where(path)


def explain(fault: ValidationError, located: Located) -> list[Problem]:
    """Pydantic's errors as problems with file and line."""
    unique: dict[tuple[str, str], Problem] = {}
    for error in fault.errors():
        problem = _explained(error, located)
        unique.setdefault((problem.where, problem.found), problem)
    return list(unique.values())


def _explained(error: Mapping[str, Any], located: Located) -> Problem:
    place, kind = error["loc"], error["type"]
    where = _line_of(located, place)
    name = next((str(step) for step in reversed(place) if isinstance(step, str)), "the file")
    found = error.get("input")
    if kind == "extra_forbidden":
        return Problem(where, f"the key {name!r} is not known here.", "Check its spelling, or take it out.")
    if kind in ("missing", "too_short"):
        remedy = _CITE if name == "citations" else f"Add {name}:."
        return Problem(where, f"{name!r} is {'missing' if kind == 'missing' else 'empty'}.", remedy)
    if kind == "string_pattern_mismatch":
        return Problem(
            where, f"{name} cannot be {found!r}.", "Write small letters and hyphens, as in au or au.suspend."
        )
    if kind == "value_error":
        said, _, remedy = error["msg"].removeprefix("Value error, ").partition("\n")
        whose = _rule_at(located, place)
        return Problem(where, f"{whose}: {said}" if whose else said, remedy)
    if kind == "literal_error":
        return Problem(where, f"{name} cannot be {found!r}.", f"Write {error['ctx']['expected']}.")
    return Problem(where, f"{name} is not what belongs here.", f"Write {_SHAPES.get(kind, 'something else')}.")


def _rule_at(located: Located, place: Sequence[Any]) -> str:
    """The id of the rule in which a place lies, where it has one."""
    if len(place) < 2 or place[0] != "rules" or not isinstance(place[1], int):
        return ""
    given = located.data["rules"][place[1]]
    return str(given.get("id", "")) if isinstance(given, dict) else ""


def read_model(path: Path, model: type[M], problems: list[Problem]) -> tuple[M | None, Located | None]:
    """A file read strictly as a model, and where everything stands in it. What is wrong goes into `problems`."""
    located = read_yaml(path, problems)
    if located is None:
        return None, None
    try:
        return model.model_validate(located.data), located
    except ValidationError as fault:
        problems += explain(fault, located)
        return None, located


def read_rulebook(folder: Path) -> Rulebook:
    """Read one rulebook folder. Raises BadRule with everything that is wrong in it; nothing is half-loaded."""
    problems: list[Problem] = []
    rules_file, located = read_model(folder / "rules.yaml", RulesFile, problems)
    values_file, values = read_model(folder / "values.yaml", ValuesFile, problems)
    paraphrases = _paraphrases(folder / "text.md", problems)
    if rules_file is None or values_file is None or located is None or values is None:
        raise BadRule(_named(folder, problems))
    references = _references(rules_file, paraphrases, located, problems)
    rules = _rules(rules_file, references, located, problems)
    parameters = tuple(
        _parameter(name, model, references, values.where(("values", name)), problems)
        for name, model in values_file.values.items()
    )
    if len(rules) == len(rules_file.rules):  # else what is missing would be missed again
        problems += cross_checks(rules, {one.name for one in parameters}, located)
    no_rule = _no_rule(rules_file, references, located, problems)
    if problems:
        raise BadRule(_named(folder, problems))
    instruments = tuple(
        Instrument(key, one.title, one.title_fr, one.reference, one.force, one.adopted, one.in_force, one.attribution)
        for key, one in rules_file.instruments.items()
    )
    return Rulebook(
        rules_file.rulebook,
        rules_file.title,
        rules_file.title_fr,
        rules_file.version,
        instruments,
        parameters,
        tuple(rules),
        no_rule,
        rules_file.zone,
    )


def _no_rule(
    file: RulesFile, references: Mapping[str, Reference], located: Located, problems: list[Problem]
) -> NoRule | None:
    if file.zone and not is_zone(file.zone):
        remedy = "Write one of the time zone database, such as Africa/Addis_Ababa."
        problems.append(Problem(located.where(("zone",)), f"{file.zone!r} is no time zone.", remedy))
    given = file.no_rule
    if given is None:
        return None
    cited = _cited(given.citations, references, located, ("no_rule",), problems)
    return NoRule(given.body, given.text, given.text_fr, tuple(given.searched), cited)


def _rules(
    file: RulesFile, references: Mapping[str, Reference], located: Located, problems: list[Problem]
) -> list[Rule]:
    rules = []
    for index, model in enumerate(file.rules):
        place = ("rules", index)
        cited = _cited(model.citations, references, located, place, problems)
        exempted = [
            Exemption(
                one.when.value(), one.title, _cited(one.citations, references, located, place, problems), one.title_fr
            )
            for one in model.unless
        ]
        where = located.where((*place, "in_force"))
        try:
            if read_span(model.in_force, where).period:
                rules.append(_rule(file.rulebook, model, cited, tuple(exempted)))
            else:
                found = f"{model.id}: in_force is one day, {model.in_force}."
                problems.append(Problem(where, found, f"A norm lasts: write {model.in_force}/.. or FIRST/LAST."))
        except BadRecord as fault:
            problems += fault.problems
    return rules


def _named(folder: Path, problems: list[Problem]) -> list[Problem]:
    return [Problem(f"{folder.name}/{one.where}", one.found, one.remedy) for one in problems]


def _paraphrases(path: Path, problems: list[Problem]) -> dict[str, tuple[int, str]]:
    """The sentences under each anchor of text.md, with the line of the anchor."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8 text"
        remedy = "Each rulebook has a text.md with one anchor an article."
        problems.append(Problem("text.md", f"cannot be read: {why}.", remedy))
        return {}
    found: dict[str, tuple[int, list[str]]] = {}
    current: list[str] | None = None
    for number, line in enumerate(lines, 1):
        match = _ANCHOR.match(line)
        if match:
            anchor = match["anchor"]
            if anchor in found:
                problems.append(Problem(f"text.md, line {number}", f"the anchor {anchor!r} stands twice.", "Keep one."))
            current = found.setdefault(anchor, (number, []))[1]
        elif line.startswith("#"):
            current = None
        elif current is not None:
            current.append(line.strip())
    return {anchor: (number, " ".join(part for part in parts if part)) for anchor, (number, parts) in found.items()}


def _references(
    file: RulesFile, paraphrases: Mapping[str, tuple[int, str]], located: Located, problems: list[Problem]
) -> dict[str, Reference]:
    references = {}
    for key, article in file.articles.items():
        where = located.where(("articles", key))
        instrument = file.instruments.get(article.instrument)
        if instrument is None:
            remedy = f"Instruments here: {', '.join(file.instruments)}."
            problems.append(Problem(where, f"no instrument {article.instrument!r}.", remedy))
        said = paraphrases.get(key, (0, ""))[1]
        if not said:
            remedy = f"Add a heading ending in {{#{key}}} and a sentence under it."
            problems.append(Problem(where, f"text.md has no paraphrase for {key!r}.", remedy))
        title, attribution = (instrument.title, instrument.attribution) if instrument else ("", "")
        read = article.checked == "yes"
        references[key] = Reference(article.instrument, title, article.article, read, said, attribution)
    for anchor, (number, _) in paraphrases.items():
        if anchor not in file.articles:
            found = f"the anchor {anchor!r} is not among the articles of rules.yaml."
            problems.append(Problem(f"text.md, line {number}", found, "Add it there with checked: yes or no."))
    return references


def _cited(
    keys: Sequence[str],
    references: Mapping[str, Reference],
    located: Located,
    place: tuple[str | int, ...],
    problems: list[Problem],
) -> tuple[Reference, ...]:
    for key in keys:
        if key not in references:
            remedy = "Add it under articles: with its instrument, article and whether it was checked."
            problems.append(
                Problem(located.where((*place, "citations")), f"the article {key!r} is not among the articles.", remedy)
            )
    return tuple(references[key] for key in keys if key in references)


def _rule(rulebook: str, model: RuleModel, cited: tuple[Reference, ...], exempted: tuple[Exemption, ...]) -> Rule:
    holds = model.met_if or model.while_ or model.if_
    return Rule(
        id=model.id,
        rulebook=rulebook,
        kind=model.kind,
        title=model.title,
        text=model.text,
        bearer=model.bearer,
        references=cited,
        in_force=read_span(model.in_force, "in_force"),
        titles=(("fr", model.title_fr),),
        texts=(("fr", model.text_fr),),
        applies_if=model.applies_if.value() if model.applies_if else None,
        unless=exempted,
        trigger=model.trigger.value() if model.trigger else None,
        must=model.must.value() if model.must else None,
        within=model.within.value() if model.within else None,
        already=model.already.value() if model.already else None,
        preemptive=model.preemptive == "yes",
        after_deadline=model.after_deadline,
        late_performance=model.late_performance,
        refused_by=model.refused_by.value() if model.refused_by else None,
        ended_by=model.ended_by.value() if model.ended_by else None,
        public_record=model.record == "public",
        soft=model.soft == "yes",
        begins=tuple(one.value() for one in model.begins),
        ends=tuple(one.value() for one in model.ends),
        on_tie=model.on_tie,
        holds_if=holds.value() if holds else None,
        forbids=model.forbids.value() if model.forbids else None,
        exercised_by=model.exercised_by.value() if model.exercised_by else None,
        mode=model.mode,
        broken_by=model.broken_by.value() if model.broken_by else None,
        compensated_by=model.compensated_by.value() if model.compensated_by else None,
        on_retrigger=model.on_retrigger,
        on_breach=tuple(model.on_breach),
        overrides=tuple(model.overrides),
    )


def _parameter(
    name: str, model: ParameterModel, references: Mapping[str, Reference], where: str, problems: list[Problem]
) -> Parameter:
    reference = references.get(model.citation)
    if model.citation and reference is None:
        found = f"{name}: the article {model.citation!r} is not among the articles."
        problems.append(Problem(where, found, "Cite one of rules.yaml."))
    if model.certainty == "text" and not model.citation:
        found = f"{name}: a value of the text needs its citation."
        problems.append(Problem(where, found, "Add citation:, or mark it interpretation."))
    for value in (model.value, *model.alternatives):
        if model.unit and value != "none" and not re.fullmatch(r"[1-9]\d{0,3}", value):
            found = f"{name}: {value!r} is no number of {model.unit}s."
            problems.append(Problem(where, found, "Write a whole number from 1, or none."))
    titles = (("fr", model.title_fr),)
    alternatives = tuple(model.alternatives)
    return Parameter(
        name, model.title, model.value, model.certainty, model.unit, alternatives, reference, model.note, titles
    )
