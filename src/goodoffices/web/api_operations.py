"""The operations of the interface for programs: address, parameters, what it answers, and the desk's answer behind it.

Invariant: this table is the only place where an operation stands; routes, checks, the OpenAPI document and the page for
people all follow from it. What version 1 promises is only ever added to.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from goodoffices.casebook.actors import actors
from goodoffices.claims.verdicts import ClaimVerdict
from goodoffices.core.findings import DEPARTURES, STATES
from goodoffices.core.kinds import CATEGORIES, KINDS, LEAD_TYPES, MISSION_TYPES, OUTCOMES
from goodoffices.desk import answering
from goodoffices.desk.answering import Answer
from goodoffices.desk.between import SORTS
from goodoffices.desk.finds import SORTS as FOUND
from goodoffices.desk.shapes import ALL_STATES
from goodoffices.rulebooks.shelf import rulebooks
from goodoffices.web.api_parameters import (
    CLOCKS,
    LANG,
    PAGES,
    SINCE_UNTIL,
    Parameter,
    by_actor,
    by_reading,
    by_rulebook,
    choices,
    day,
    fact_filters,
    number,
    part,
    phrase,
    texts,
    yes,
)
from goodoffices.web.language import message

BASE: Final = "/api/v1"
VERSION: Final = "1.0"
_CASE_ID: Final = r"^[a-z]+(-[a-z]+)*-[0-9]{4}(-(0[1-9]|1[0-2]))?(-([1-9]|attempt))?$"
_SUBJECT: Final = r"^[a-z0-9]+([:-][A-Za-z0-9]+)*$"
CASES, FACTS, RULES = message("Cases"), message("Facts and sources"), message("Rules")
TABLES, RECORD = message("Comparison, claims and registers"), message("The record")


@dataclass(frozen=True, slots=True)
class Operation:
    """One question a program may ask.

    `shape` names what it answers; of a list, one item of it. `around` names what is said beside the list. `example` are
    values for the parameters of an example; parts of the address take their own.
    """

    id: str
    path: str
    group: str
    summary: str
    says: str
    parameters: tuple[Parameter, ...]
    answer: Answer
    shape: str
    lists: bool = False
    around: tuple[str, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Its whole address, with its parts in braces."""
        return BASE + self.path

    @property
    def parts(self) -> tuple[Parameter, ...]:
        """The parameters that are parts of the address."""
        return tuple(one for one in self.parameters if one.place == "path")

    @property
    def asked(self) -> tuple[Parameter, ...]:
        """The parameters that stand behind the question mark."""
        return tuple(one for one in self.parameters if one.place == "query")


def _case() -> Parameter:
    return part("case", message("The id of a case."), "mali-2021", f"{BASE}/cases")


def _rule() -> Parameter:
    return part("rule", message("The id of a rule."), "au.suspend", f"{BASE}/rules")


def _bearer() -> Parameter:
    bearers = sorted({rule.bearer for book in rulebooks() for rule in book.rules} & actors().keys())
    return choices(
        "bearer", bearers, message("Only what binds or allows this body; may be given repeatedly."), "au-psc"
    )


def _rule_kinds() -> Parameter:
    return choices("kind", list(STATES), message("Only rules of this kind; may be given repeatedly."), "obligation")


def _iso3() -> Parameter:
    says = message("Only of this country, by its ISO 3166-1 code; may be given repeatedly.")
    return texts("iso3", "^[A-Z]{3}$", says, ["MLI"])


def _changes() -> tuple[Parameter, ...]:
    return (
        *_two_days(),
        CLOCKS[1],
        choices("change", SORTS, message("Only changes of this sort; may be given repeatedly."), "new"),
        choices("kind", sorted(KINDS), message("Only facts of this kind; may be given repeatedly."), "suspension"),
        *PAGES,
    )


def _two_days() -> tuple[Parameter, ...]:
    return (
        day("from", message("The earlier day of knowledge."), "2021-05-25", required=True),
        day("to", message("The later day of knowledge; the day of `known_at` where it is left out."), "2021-06-10"),
    )


_DAYS: Final = {"from": "2021-05-25", "to": "2021-06-10"}


def _of_cases() -> tuple[Operation, ...]:
    return (
        Operation(
            "cases", "/cases", CASES, message("List the cases"),
            message("Newest first: when, what, who governs, and how each organisation answered."),
            (*CLOCKS,
             choices("category", CATEGORIES, message("Only this kind of change; may be given repeatedly."),
                     "military_coup"),
             choices("outcome", OUTCOMES, message("Only with this outcome; may be given repeatedly."), "completed"),
             _iso3(), *SINCE_UNTIL, *PAGES),
            answering.cases, "CaseRow", True, ("Clocks",), {"category": ["military_coup"], "limit": 1},
        ),
        Operation(
            "case", "/cases/{case}", CASES, message("One case"),
            message("Everything its page shows: status line, findings, timeline, facts, what is not known."),
            (_case(), *CLOCKS, LANG, by_reading()), answering.case, "Case", example={"then": "2021-06-15"},
        ),
    )  # fmt: skip


def _of_one_case() -> tuple[Operation, ...]:
    return (
        Operation(
            "case-facts", "/cases/{case}/facts", CASES, message("The facts of a case"),
            message("In order of time, each with its sources and its confidence."),
            (_case(), *CLOCKS, *fact_filters(), *PAGES), answering.case_facts, "Fact", True, ("OfCase", "Clocks"),
            {"kind": ["suspension"], "limit": 1},
        ),
        Operation(
            "findings", "/cases/{case}/findings", CASES, message("What the rules make of a case"),
            message("One finding a rule, in the order of the rulebooks. A departure is an apparent one."),
            (_case(), *CLOCKS, by_rulebook(), _rule_kinds(), _bearer(),
             choices("state", ALL_STATES, message("Only findings in this state; may be given repeatedly."),
                     "fulfilled"),
             yes("quiet", message("true: only rules that ask nothing of the case; false: only the others.")),
             by_reading(), *PAGES),
            answering.findings, "Finding", True, ("Checked",), {"rulebook": ["au"], "quiet": False, "limit": 1},
        ),
        Operation(
            "finding", "/cases/{case}/findings/{rule}", CASES, message("One finding with its reasons"),
            message("The tree of reasons: facts, articles, readings, absences, and what was known only later."),
            (_case(), _rule(), *CLOCKS, LANG, by_reading()), answering.finding, "Why",
        ),
        Operation(
            "timeline", "/cases/{case}/timeline", CASES, message("The timeline of a case"),
            message("The data behind the figure: marks and bands by lane."),
            (_case(), *CLOCKS, LANG), answering.timeline, "Timeline",
        ),
        Operation(
            "precedents", "/cases/{case}/precedents", CASES, message("The cases most like one"),
            message("With the features that make them alike, their weights, and how each was answered."),
            (_case(), *CLOCKS, number("limit", 1, 50, 5, message("At most so many cases."))),
            answering.precedents, "Precedents", example={"limit": 1},
        ),
        Operation(
            "case-changes", "/cases/{case}/changes", CASES, message("What became known of a case"),
            message("Facts that were new, corrected or withdrawn between two days of knowledge."),
            (_case(), *_changes()), answering.changes, "Change", True, ("Days",), {**_DAYS, "limit": 1},
        ),
        Operation(
            "turned", "/cases/{case}/turned", CASES, message("Which findings turned"),
            message(
                "Findings of a case that two days of knowledge tell apart, with the facts that turned them. Each side "
                "is asked as of `as_of`, or as of its own day where that is earlier."
            ),
            (_case(), *_two_days(), *CLOCKS), answering.turned, "Between", example=_DAYS,
        ),
    )  # fmt: skip


def _of_facts() -> tuple[Operation, ...]:
    subject = message("A case, or an entry of a register, such as state:MLI; may be given repeatedly.")
    return (
        Operation(
            "facts", "/facts", FACTS, message("Facts of every case and register"),
            message("Of cases, states, missions, operations and bodies, in order of time."),
            (*CLOCKS, texts("subject", _SUBJECT, subject, ["mali-2021"]), *fact_filters(), *PAGES),
            answering.facts, "Fact", True, ("Clocks",), {"subject": ["state:MLI"], "limit": 1},
        ),
        Operation(
            "fact", "/facts/{subject}/{name}", FACTS, message("One fact with its history"),
            message("As known on the day, with every entry of the ledger about it that counts by then."),
            (part("subject", message("What the fact is about."), "mali-2021", f"{BASE}/facts"),
             part("name", message("The fact's name there."), "au-suspension", f"{BASE}/facts"), *CLOCKS),
            answering.fact, "FactWithHistory",
        ),
        Operation(
            "source", "/sources/{case}/{source}", FACTS, message("One source"),
            message("With the facts that cite it."),
            (_case(), part("source", message("The source's id, as facts give it."), "ipi-2025",
                           f"{BASE}/cases/{{case}}/facts"), *CLOCKS),
            answering.source, "SourceWithFacts",
        ),
    )  # fmt: skip


def _of_rules() -> tuple[Operation, ...]:
    return (
        Operation(
            "rulebooks", "/rulebooks", RULES, message("The rulebooks"),
            message("Each with its rules, their articles and its readings."),
            PAGES, answering.books, "Rulebook", True, example={"limit": 1},
        ),
        Operation(
            "rulebook", "/rulebooks/{book}", RULES, message("One rulebook"),
            message("Its rules with their articles, and its readings with their values."),
            (part("book", message("The id of a rulebook."), "au", f"{BASE}/rulebooks"),), answering.book, "Rulebook",
        ),
        Operation(
            "rules", "/rules", RULES, message("The rules of all rulebooks"),
            message("In the order of the rulebooks."),
            (by_rulebook(), _rule_kinds(), _bearer(),
             day("in_force_on", message("Only rules in force on this day, or that may have been."), "2021-05-24"),
             *PAGES),
            answering.rules, "Rule", True, example={"rulebook": ["au"], "limit": 1},
        ),
        Operation(
            "rule", "/rules/{rule}", RULES, message("One rule"), message("With the articles it rests on."),
            (_rule(),), answering.rule, "Rule",
        ),
        Operation(
            "deviations", "/deviations", RULES, message("Where practice departed from a text"),
            message("Over all cases: apparent deviations, acts done late or made good, divergences from soft law."),
            (*CLOCKS, by_rulebook(),
             texts("case", _CASE_ID, message("Only of this case; may be given repeatedly."), ["mali-2021"]),
             choices("state", DEPARTURES, message("Only findings in this state; may be given repeatedly."),
                     "deviation"),
             _bearer(),
             yes("divergence", message("true: only divergences from soft law or practice; false: only the others.")),
             *PAGES),
            answering.deviations, "Deviation", True, ("Clocks",), {"rulebook": ["au"], "limit": 1},
        ),
    )  # fmt: skip


def _of_tables() -> tuple[Operation, ...]:
    verdicts = [one.value for one in ClaimVerdict]
    return (
        Operation(
            "compare", "/compare", TABLES, message("Cases side by side"),
            message("For each organisation and sort of act, on which day after the seizure it first came."),
            (texts("case", _CASE_ID, message("The cases, each given once: two to eight."),
                   ["mali-2021", "chad-2021"], least=2, most=8), *CLOCKS),
            answering.compare, "Comparison", example={"case": ["mali-2021", "chad-2021"]},
        ),
        Operation(
            "patterns", "/patterns", TABLES, message("The tables over all cases"),
            message("Their names and what each shows."), PAGES, answering.tables, "TableName", True,
        ),
        Operation(
            "pattern", "/patterns/{name}", TABLES, message("One table over all cases"),
            message("Its rows with the cases each counts. A blank says that no act is known."),
            (part("name", message("The name of a table."), "lags", f"{BASE}/patterns"), *CLOCKS),
            answering.table, "Table",
        ),
        Operation(
            "claims", "/claims", TABLES, message("The report’s claims, computed"),
            message("What each says, what was found in the record, and whether it holds."),
            (*CLOCKS, choices("verdict", verdicts, message("Only with this verdict; may be given repeatedly."),
                             "fails"),
             yes("independent", message("true: only where every fact that decides has a source besides the report.")),
             *PAGES),
            answering.claims, "Claim", True, ("Clocks",), {"verdict": ["fails"], "limit": 1},
        ),
        Operation(
            "claim", "/claims/{claim}", TABLES, message("One claim, computed"),
            message("With the facts that decide, what was left out and why, and accounts that were not used."),
            (part("claim", message("The id of a claim."), "SC001", f"{BASE}/claims"), *CLOCKS),
            answering.claim, "ClaimView",
        ),
        Operation(
            "missions", "/missions", TABLES, message("Missions of the United Nations"),
            message("Peacekeeping operations, political missions, offices and envoys of the register."),
            (*CLOCKS, choices("type", MISSION_TYPES, message("Only of this type; may be given repeatedly."),
                              "peacekeeping"),
             by_actor("lead", message("Only led by this department; may be given repeatedly."), "un-dpo"),
             _iso3(), *PAGES),
            answering.missions, "Mission", True, ("Clocks",), {"iso3": ["MLI"], "limit": 1},
        ),
        Operation(
            "operations", "/operations", TABLES, message("Other operations"),
            message("Led by regional bodies, single states, coalitions and companies."),
            (*CLOCKS, choices("type", LEAD_TYPES, message("Only led by this sort of body; may be given repeatedly."),
                              "regional"), _iso3(), *PAGES),
            answering.operations, "Operation", True, ("Clocks",), {"iso3": ["MLI"], "limit": 1},
        ),
    )  # fmt: skip


def _of_the_record() -> tuple[Operation, ...]:
    return (
        Operation(
            "search", "/search", RECORD, message("Search the record"),
            message("Cases, people, missions, facts, rules, articles and sources, sort by sort, best first."),
            (phrase("q", message("Words, “phrases”, symbols of documents."), "suspension Mali"), *CLOCKS, LANG,
             choices("kind", FOUND, message("Only things of this sort; may be given repeatedly."), "facts"), *PAGES),
            answering.search, "Find", True, ("Clocks",), {"q": "suspension Mali", "limit": 1},
        ),
        Operation(
            "changes", "/changes", RECORD, message("What became known between two days"),
            message("Facts of every case and register that were new, corrected or withdrawn."),
            _changes(), answering.changes, "Change", True, ("Days",), {**_DAYS, "limit": 1},
        ),
        Operation(
            "casebook", "/casebook", RECORD, message("Which casebook this is"),
            message("Its version, how to cite it, the versions of the rulebooks, and the end of the chain."),
            (), answering.casebook, "Casebook",
        ),
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """All operations, in the order in which they are described."""
    return (*_of_cases(), *_of_one_case(), *_of_facts(), *_of_rules(), *_of_tables(), *_of_the_record())
