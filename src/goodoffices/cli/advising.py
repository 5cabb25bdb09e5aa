"""Commands that advise a mission: advise, plan."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over, save
from goodoffices.cli.options import AsOf, Database, French, Json, KnownAt, ThenKnown, clocks
from goodoffices.core.days import day_words, read_date
from goodoffices.core.errors import BadRecord, Problem

_WIDE: Final = 110
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "basis": ("basis", "fondement"),
    "hangs": ("because", "car"),
    "facts": ("facts", "faits"),
    "elsewhere": ("elsewhere", "ailleurs"),
    "changes": ("would change", "changerait"),
    "who": ("who", "qui"),
    "tell": ("tell the Council", "dire au Conseil"),
    "perhaps": ("possible too", "possible aussi"),
    "duties": ("rule|who must do what|by", "règle|qui doit faire quoi|avant le"),
    "tasks": ("task|course|why, and how", "tâche|conduite|pourquoi, et comment"),
}
_HEAD: Final = (
    "as of {as_of}, as known on {known}; mission: {mission}",
    "au {as_of}, tel que connu le {known} ; mission : {mission}",
)
_MORE: Final = ("--why shows the facts behind each item.", "--why montre les faits derrière chaque point.")
_NO_MISSION: Final = ("none on record", "aucune au dossier")
_NOTHING: Final = ("Nothing changed.", "Rien n’a changé.")
_NEVER: Final = ("Advice, never an order.", "Des conseils, jamais un ordre.")

Mission = Annotated[
    str, typer.Option("--mission", metavar="MISSION", help="The mission advised, by its id. Default: the nearest one.")
]
CaseFile = Annotated[
    Path | None, typer.Option("--case-file", metavar="FILE", help="A case of your own, in the casebook's form.")
]
SanctionsList = Annotated[
    Path | None,
    typer.Option(
        "--sanctions-list",
        metavar="FILE",
        help="The UN consolidated list as XML: flags names on record that are like some on it. Default: the file that "
        "GOODOFFICES_SANCTIONS_LIST names, if any.",
    ),
]
Section = Annotated[
    list[str], typer.Option("--section", metavar="NAME", help="Only this section; may be repeated. See the reference.")
]
Since = Annotated[
    str, typer.Option("--since", metavar="DATE", help="What changed since the advice of that day, as then known.")
]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Write FILE.pdf, FILE.html or FILE.docx instead.")
]
Why = Annotated[bool, typer.Option("--why", help="Print below each item the facts it rests on, and its precedents.")]


def advise(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="The case's id, such as mali-2021.")] = "",
    *,
    case_file: CaseFile = None,
    mission: Mission = "",
    sanctions_list: SanctionsList = None,
    section: Section = [],  # noqa: B006  # typer copies it
    since: Since = "",
    output: Output = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    why: Why = False,
    fr: French = False,
    json: Json = False,
) -> None:
    """What a mission's own rules and experience suggest on the facts of a day, with reasons and precedents, and what
    would change it. Sections: guidance, first_hours, interlocutors, legitimation, options, triage, assumptions, one_un,
    partners, lessons."""
    from goodoffices.advice.language import SECTIONS
    from goodoffices.advice.turning import differences
    from goodoffices.desk.advice_document import advice_document
    from goodoffices.desk.advice_records import advice_record
    from goodoffices.desk.advising import advice_on, advice_on_file

    _one_of("CASE", case, case_file, "Name a case of the record, or a file with --case-file.")
    form, language = _form(output), "fr" if fr else "en"
    earlier = read_date(since, "--since") if since else None
    asked = (mission, tuple(dict.fromkeys(section)) or SECTIONS, language, sanctions_list)
    with desk_over(db) as desk:

        def ask(as_of: date | None, known_at: date | None) -> Any:
            moment = desk.moment(as_of, known_at)
            if case_file is not None:
                return advice_on_file(desk, case_file, moment, *asked)
            return advice_on(desk, case, moment, *asked)

        found = ask(*clocks(as_of, known_at, as_then_known))
        before = ask(earlier, earlier) if earlier else None
        printed = desk.printed(advice_document(found, desk.clock()), form) if output else b""
    if output:
        save(Path(output), printed)
        printing.aside(f"{output} written.")
    elif before is not None:
        _changed(differences(before, found), language, json)
    elif json:
        printing.as_json(advice_record(found))
    else:
        _print(found, language, why)


def _one_of(name: str, given: str, case_file: Path | None, remedy: str) -> None:
    """Either what the argument names or a file. BadRecord for both, and for neither."""
    if bool(given) == (case_file is not None):
        said = "is given beside --case-file." if given else "is missing."
        raise BadRecord([Problem(name, said, remedy)])


def _changed(found: Any, language: str, json: bool) -> None:
    """What changed in the advice, and which rules turned."""
    from goodoffices.advice.triage import course_words
    from goodoffices.advice.wording import CHANGE_WORDS
    from goodoffices.desk.advice_records import difference_record
    from goodoffices.norms.wording import state_words

    french = language == "fr"
    if json:
        printing.as_json([difference_record(one) for one in found])
        return
    if not found:
        printing.line(_NOTHING[french])
    for one in found:
        course = course_words(one.item.course, language) if one.item.course else ""
        was = f"{course_words(one.before, language)} → " if one.change == "course" and one.before else ""
        lead = f"{one.item.task}: {was}{course}. " if one.item.task else ""
        _paragraph(f"[{CHANGE_WORDS[one.change][french]}] {lead}{one.item.text}", "- ")
        for rule in one.turned:
            states = f"{state_words(rule.before, language)} → {state_words(rule.after, language)}"
            _under(_word("hangs", language), f"{rule.title} ({rule.rule}): {states}", language)


def _form(output: str) -> str:
    """The kind of document a file's name asks for. BadRecord for another."""
    form = Path(output).suffix.lower().lstrip(".")
    if output and form not in ("pdf", "html", "docx"):
        remedy = "End the name with .pdf, .html or .docx."
        raise BadRecord([Problem("--output", f"{output!r} is no kind of document we print.", remedy)])
    return form


def _print(advice: Any, language: str, why: bool) -> None:
    from goodoffices.advice.wording import FAILED

    french = language == "fr"
    situation = advice.situation
    snapshot = situation.snapshot
    printing.line(situation.title)
    days = {"as_of": day_words(snapshot.as_of, language), "known": day_words(snapshot.known_at, language)}
    printing.line(_HEAD[french].format(**days, mission=situation.mission.id or _NO_MISSION[french]))
    printing.line(_NEVER[french])
    if situation.failed:
        _paragraph(FAILED[french])
    told = {fact.key: fact for fact in (*situation.known, *situation.earlier, situation.later) if fact is not None}
    for section in advice.sections:
        printing.line(f"\n{section.title.upper()}")
        _paragraph(section.lead)
        for table in section.tables:
            printing.line(f"\n{table.title}")
            if table.rows:
                printing.table(table.columns, [row.cells for row in table.rows])
            else:
                printing.line(f"  {table.empty}")
        for group in section.groups:
            printing.line(f"\n{group.title}")
            if group.lead:
                _paragraph(group.lead)
            for item in group.items:
                _item(item, told if why else None, language)
    if not why:
        printing.aside(_MORE[french])


def _item(item: Any, told: dict[str, Any] | None, language: str) -> None:
    from goodoffices.advice.triage import course_words
    from goodoffices.advice.wording import basis_words, ground_words, perhaps_words, side_words
    from goodoffices.casebook.actors import brief_name

    lead = f"{item.task}: " if item.task else ""
    course = f"{course_words(item.course, language).upper()}. " if item.course else ""
    side = f"[{side_words(item.side, item.section, language)}] " if item.side else ""
    _paragraph(f"{side}{lead}{course}{item.text}", "- ")
    if not item.sure:
        _under("", perhaps_words(language), language)
    grounds = "; ".join(ground_words(one, language) for one in item.grounds)
    _under(_word("basis", language), basis_words(item.basis, language) + (f" – {grounds}" if grounds else ""), language)
    if told is not None:
        _reasons(item, told, language)
    if item.owner or item.clock:
        who = brief_name(item.owner, language) if item.owner else ""
        _under(_word("who", language), ", ".join(part for part in (who, item.clock) if part), language)
    if item.tell:
        _under(_word("tell", language), item.tell, language)
    if item.perhaps:
        _under(_word("perhaps", language), ", ".join(item.perhaps), language)
    if item.would_change:
        _under(_word("changes", language), item.would_change, language)


def _reasons(item: Any, told: dict[str, Any], language: str) -> None:
    """What an item hangs on, the facts below it, and its precedents."""
    from goodoffices.norms.wording import state_words

    if item.hangs_on:
        hung = (f"{one.title} ({one.rule}): {state_words(one.state, language)}" for one in item.hangs_on)
        _under(_word("hangs", language), "; ".join(hung), language)
    for key in item.facts:
        _under(_word("facts", language), f"{told[key].said(language)} [{key}]" if key in told else f"[{key}]", language)
    for fact in item.precedents:
        _under(_word("elsewhere", language), f"{fact.said(language)} [{fact.key}]", language)


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "fr"]


def _paragraph(text: str, lead: str = "") -> None:
    printing.line(textwrap.fill(text, _WIDE, initial_indent=lead, subsequent_indent=" " * len(lead)))


def _under(name: str, text: str, language: str) -> None:
    from goodoffices.norms.kindwords import colon

    lead = f"    {name}{colon(language)}" if name else "    "
    printing.line(textwrap.fill(text, _WIDE, initial_indent=lead, subsequent_indent="      "))


def plan(
    country: Annotated[
        str, typer.Argument(metavar="[COUNTRY]", help="A country, by a name in any UN language or its code.")
    ] = "",
    *,
    case_file: CaseFile = None,
    mission: Mission = "",
    why: Why = False,
    output: Output = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """A contingency plan for a mission in a country at risk: what to watch, who calls whom, what each supposed change
    would ask of whom, and what would become of each mandated task."""
    from goodoffices.desk.advice_document import plan_document
    from goodoffices.desk.advice_records import plan_record
    from goodoffices.desk.planning import plan_for, plan_for_file

    _one_of("COUNTRY", country, case_file, "Name a country, or a file with --case-file.")
    form = _form(output)
    language = "fr" if fr else "en"
    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        if case_file is not None:
            found = plan_for_file(desk, case_file, moment, mission, language)
        else:
            found = plan_for(desk, country, moment, mission, language)
        if output:
            save(Path(output), desk.printed(plan_document(found, desk.clock()), form))
            printing.aside(f"{output} written.")
            return
    if json:
        printing.as_json(plan_record(found))
        return
    _print_plan(found, language, why)


def _print_plan(plan: Any, language: str, why: bool) -> None:
    from goodoffices.advice.triage import course_words

    printing.line(plan.name)
    printing.line(plan.mission_name or _NO_MISSION[language == "fr"])
    printing.line(_NEVER[language == "fr"])
    for fact in plan.history:
        _paragraph(f"{fact.span.words(language)}: {fact.said(language)} [{fact.key}]", "- ")
    for one in plan.foreseen:
        printing.line(f"\n{one.title.upper()}")
        for fact in one.facts:
            _paragraph(f"{fact.span.text}: {fact.said(language)}", "- ")
        rows = [(finding.rule, finding.said(language), str(finding.due or "")) for finding in one.duties]
        if one is plan.foreseen[0] or not one.asks_as(plan.foreseen[0]):
            printing.table(_word("duties", language).split("|"), rows)
        tasks = [(item.task, course_words(item.course, language), item.text) for item in one.tasks]
        if tasks:
            printing.line()
            printing.table(_word("tasks", language).split("|"), tasks)
    told = {fact.key: fact for fact in plan.situation.known} | {fact.key: fact for fact in plan.history}
    for group in plan.groups:
        printing.line(f"\n{group.title}")
        if group.lead:
            _paragraph(group.lead)
        for item in group.items:
            _item(item, told if why else None, language)
