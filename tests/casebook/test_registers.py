"""The registers of missions and operations: what they hold, and that they are read strictly."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from goodoffices.casebook.files import FOLDER, STATES, digest_of, read_casebook
from goodoffices.casebook.registers import FILES, REGISTERS, paths_of, read_registers
from goodoffices.core.days import read_day
from goodoffices.core.errors import BadRecord
from goodoffices.core.facts import Fact, fact_from_record
from goodoffices.core.kinds import FATES, MISSION_TYPES
from goodoffices.core.symbols import read_symbol

TABLES = Path(__file__).parents[3] / "shared" / "facts"  # ../shared/facts, beside the checkout
FACTS = read_registers()
BY_KEY = {fact.key: fact for fact in FACTS}
MISSIONS = {fact.subject.removeprefix("mission:"): fact for fact in FACTS if fact.kind == "mission"}
OPERATIONS = {fact.subject.removeprefix("operation:"): fact for fact in FACTS if fact.kind == "operation"}
BODIES = {fact.subject.removeprefix("body:"): fact for fact in FACTS if fact.kind == "body"}
MAPPED = list(csv.DictReader((FOLDER / "mapping" / "registers.csv").read_text("utf-8").splitlines()))
# Tasks that no table has: found on pages since.
FOUND = {"mission:unitams/task-2579-hrmon", "mission:unitams/task-2636-hrmon"}
# Who asked, who decided, who consented and how the mission was taken in Mali: found on pages since.
MALI = {
    *(f"operation:afisma/{name}" for name in ("asked-by-mali", "ecowas-concept", "au-endorses", "authorised")),
    *(f"operation:serval/{name}" for name in ("asked-by-mali", "council-urges-help", "france-decides", "welcomed")),
    *(f"operation:{name}/consent-withdrawn" for name in ("barkhane", "takuba")),
    *("operation:barkhane/treaty", "operation:takuba/declared", "operation:eutm-mali/invited"),
    *("operation:eutm-mali/decided", "operation:eucap-sahel-mali/invited", "operation:wagner-mali/asked-by-mali"),
    *(f"operation:g5-sahel-joint-force/{n}" for n in ("members-agree", "au-concept", "welcomed", "mission-support")),
    *("operation:fu-aes/charter", "operation:micema/end"),
    *(f"mission:minusma/{name}" for name in ("asked-by-mali", "ecowas-asks", "au-asks")),
    *(f"mission:minusma/{name}" for name in ("force-tabankort", "rebels-call-it-partial")),
}

# Where the new mandate does not take over from the one before it; the fact's note says why.
NOT_IN_LINE = {"mission:unamid/res-2523", "mission:unoca/letters-2024-09"}

GOOD = {
    "missions": """\
sources: {page: {title: "A page about missions"}}
missions:
  unmit:
    name: {en: "UN Mission in Utopia", fr: "Mission en Utopie"}
    acronym: UNMIT
    mission_type: political
    lead: un-dppa
    country: Utopia
    iso3: [UTO]
    established: 2020-01-01
    deployed: 2020-02-01
    founding: S/RES/9999 (2020)
    text: "The United Nations establishes UNMIT."
    confidence: high
    sources: [page]
    facts:
      exit: {kind: mission_exit, when: 2022, actor: un, text: "Off.", mission: unmit, confidence: low, sources: [page]}
""",
    "mandates": """\
sources: {page: {title: "A page about mandates"}}
mandates:
  unmit:
    res-9999:
      kind: mandate
      when: 2020-01-01
      actor: un-security-council
      text: "The Council creates UNMIT."
      mission: unmit
      direction: start
      document: S/RES/9999 (2020)
      until: 2021-01-01
      confidence: high
      sources: [page]
""",
    "tasks": """\
sources: {page: {title: "A page about tasks"}}
tasks:
  unmit:
    task-1: {kind: mission_task, when: 2020, actor: un, text: "On.", fate: continued, confidence: low, sources: [page]}
""",
    "operations": """\
sources: {page: {title: "A page about operations"}}
operations:
  dawn:
    name: {en: "Operation Dawn"}
    lead_name: Ruritania
    lead_type: single_state
    country: Utopia
    start: 2020
    text: "Ruritania sends troops."
    confidence: low
    sources: [page]
""",
    "bodies": """\
sources: {page: {title: "A page about bodies"}}
bodies:
  igad:
    name: {en: "A body", fr: "Un organe"}
    since: 1986
    text: "A body."
    confidence: low
    sources: [page]
    facts:
      act-signed:
        kind: instrument
        when: 1987
        actor: igad
        text: "Signed."
        instrument: Act
        step: adopted
        confidence: low
        sources: [page]
""",
}


def folder_of(tmp_path: Path, **changed: str) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    for name, text in (GOOD | changed).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def of(subject: str, kind: str) -> list[Fact]:
    return [fact for fact in FACTS if fact.subject == subject and fact.kind == kind]


# what is in them


def test_seventy_one_peacekeeping_operations_and_the_others() -> None:
    counts = Counter(head.get("mission_type") for head in MISSIONS.values())
    assert counts == {"peacekeeping": 71, "political": 31, "envoy": 7, "regional_office": 5}
    assert set(counts) == set(MISSION_TYPES) and len(MISSIONS) == 114


def test_counts_of_the_other_registers() -> None:
    assert len(OPERATIONS) == 77
    assert Counter(fact.kind for fact in FACTS)["mission_task"] == 142 + len(FOUND)
    rows = Counter(row["table"] for row in MAPPED if row["fact"].partition("/")[2] in ("mission", "operation"))
    assert rows == {"missions": 114, "operations": 77}


def test_every_fact_is_of_a_subject_that_is_opened_and_has_its_own_key() -> None:
    opened = {head.subject for head in (*MISSIONS.values(), *OPERATIONS.values(), *BODIES.values())}
    assert {fact.subject for fact in FACTS} == opened
    assert len(BY_KEY) == len(FACTS)


@pytest.mark.parametrize(
    ("table", "count"), [("missions", 114), ("mandate_cycles", 197), ("mandate_tasks", 142), ("operations", 77)]
)
def test_every_row_of_the_tables_is_mapped(table: str, count: int) -> None:
    mine = [row for row in MAPPED if row["table"] == table]
    assert {row["row"] for row in mine} == {str(number) for number in range(1, count + 1)}
    assert all(row["outcome"] == "fact" and row["fact"] in BY_KEY for row in mine)
    if TABLES.is_dir():
        with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == count


def test_every_fact_of_the_registers_comes_from_a_row() -> None:
    # What stands about bodies comes from the texts themselves, too.
    registered = {key for key in BY_KEY if not key.startswith("body:")}
    assert {row["fact"] for row in MAPPED} == registered - FOUND - MALI


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_sentences_and_sources(fact: Fact) -> None:
    assert fact.text.endswith(".") and "  " not in fact.text and not re.search(r"['\"]", fact.text)
    assert fact_from_record(fact.record()) == fact
    unseen = "eneral knowledge" in fact.note or any("eneral knowledge" in one.source.title for one in fact.citations)
    assert fact.citations and not (unseen and fact.confidence == "high")


def test_what_no_page_shows_of_a_mandate_is_not_high() -> None:
    for fact in FACTS:
        if fact.note.startswith("No page found shows"):
            assert fact.confidence != "high", fact.key


def test_symbols_of_documents_are_symbols() -> None:
    for fact in FACTS:
        if fact.get("document"):
            assert read_symbol(fact.get("document")).normal == fact.get("document").replace(" ", "").upper()


def test_a_head_is_known_from_its_beginning_and_says_nothing_of_the_end() -> None:
    for head in MISSIONS.values():
        begun = read_day(head.get("established"), head.key)
        assert head.span.begins == begun and head.known_at == begun.latest
        if head.get("deployed"):
            assert begun.earliest <= read_day(head.get("deployed"), head.key).earliest
    for head in (*MISSIONS.values(), *OPERATIONS.values()):
        assert not head.span.period


def test_an_end_comes_after_its_beginning() -> None:
    heads = {head.subject: head for head in (*MISSIONS.values(), *OPERATIONS.values())}
    ends = [fact for fact in FACTS if fact.kind in ("mission_exit", "foreign_forces")]
    assert len(ends) > 120
    for fact in ends:
        assert fact.span.begins.latest >= heads[fact.subject].span.begins.earliest, fact.key
        assert fact.known_at <= date(2026, 6, 21), fact.key  # nothing later was seen


def test_established_and_deployed_are_two_days() -> None:
    minusma = MISSIONS["minusma"]
    assert (minusma.get("established"), minusma.get("deployed")) == ("2013-04-25", "2013-07-01")
    assert (minusma.get("short"), minusma.get("iso3"), minusma.get("document")) == (
        "MINUSMA",
        "MLI",
        "S/RES/2100 (2013)",
    )
    assert MISSIONS["unmogip"].get("iso3") == "IND, PAK" and not MISSIONS["minurso"].get("iso3")


# mandates


@pytest.mark.parametrize("mission", sorted({fact.subject for fact in FACTS if fact.kind == "mandate"}))
def test_mandates_follow_one_another(mission: str) -> None:
    cycles = [fact for fact in of(mission, "mandate") if fact.get("until")]
    days = [fact.span.begins.earliest for fact in of(mission, "mandate")]
    assert days == sorted(days)
    assert cycles[0].get("direction") == "start"
    assert all(fact.get("direction") != "start" for fact in cycles[1:])
    assert all(fact.get("direction") != "end" for fact in cycles[:-1])
    for old, new in pairwise(cycles):
        ran_out, runs = read_day(old.get("until"), old.key), read_day(new.get("until"), new.key)
        in_time = new.span.begins.earliest <= ran_out.latest + timedelta(1)
        ended = new.get("direction") == "end"  # an end may fall on the last day, or cut a mandate short
        later = ended or runs.latest > ran_out.latest
        assert (in_time and later) != (new.key in NOT_IN_LINE), new.key
        assert new.note or new.key not in NOT_IN_LINE


@pytest.mark.parametrize(
    ("mission", "symbols"),
    [
        ("minusma", [2100, 2164, 2227, 2295, 2364, 2423, 2480, 2531, 2584, 2640, 2690]),
        ("unitams", [2524, 2579, 2636, 2685, 2715]),
        (
            "unama",
            [
                *(1401, 1471, 1536, 1589, 1662, 1746, 1806, 1868, 1917, 1974, 2041, 2096, 2145, 2210, 2274, 2344, 2405),
                *(2460, 2489, 2543, 2596, 2626, 2678, 2727, 2777, None),
            ],
        ),
    ],
)
def test_complete_missions(mission: str, symbols: list[int | None]) -> None:
    found = [fact.get("document") for fact in of(f"mission:{mission}", "mandate")]
    assert [int(re.findall(r"\d+", one)[0]) if one else None for one in found] == symbols


def test_minusma_from_its_start_to_its_end() -> None:
    first, *_, last = of("mission:minusma", "mandate")
    assert (first.span.text, first.get("until"), first.get("direction")) == ("2013-04-25", "2014-06-30", "start")
    assert (last.span.text, last.get("until"), last.get("direction")) == ("2023-06-30", "2023-06-30", "end")
    assert BY_KEY["mission:minusma/exit"].span.text == "2023-12-31"
    assert [fact.name for fact in of("mission:minusma", "resolution")] == ["res-2056", "res-2071", "res-2085"]


def test_what_was_not_decided_is_no_mandate() -> None:
    assert BY_KEY["mission:unowas/no-renewal-2026-02"].kind == "no_product"
    assert BY_KEY["mission:unmiss/draft-2026-04"].kind == "context"


# tasks


def test_tasks_by_mission_and_fate() -> None:
    tasks = [fact for fact in FACTS if fact.kind == "mission_task"]
    assert Counter(fact.get("mission") for fact in tasks) == {"minusma": 62, "unama": 37, "unitams": 45}
    assert {fact.get("fate") for fact in tasks} == set(FATES)
    for fact in tasks:
        assert fact.subject == f"mission:{fact.get('mission')}"
        assert fact.get("task") and fact.get("subject_matter") and fact.get("document").startswith("S/RES/")


def test_a_task_that_a_case_tells_too_has_the_same_fate() -> None:
    told = {fact.key: fact for fact in read_casebook().facts}
    differ = set()
    for fact in FACTS:
        if fact.kind == "mission_task" and "cases too: " in fact.note:
            keys = fact.note.partition("cases too: ")[2].rstrip(".").split(", ")
            assert all(key in told for key in keys), fact.key
            fates = {told[key].get("fate") for key in keys if told[key].kind == "mission_task"}
            if fates and fact.get("fate") not in fates:
                differ.add(fact.key)
    assert differ == set()


# Rows that set no task: a condition that a later ban made, and the end of all tasks.
SET_BY_NOBODY = {"mission:unama/task-2678-staff", "mission:unitams/task-2636-end"}


def test_what_became_of_a_task_and_that_it_was_set_are_two_facts_of_one_row() -> None:
    became = {row["fact"] for row in MAPPED if "/task-" in row["fact"]} - SET_BY_NOBODY
    given = {row["fact"] for row in MAPPED if "/set-" in row["fact"]}
    assert given == {key.replace("/task-", "/set-") for key in became} and len(given) == 140
    assert given == {fact.key for fact in FACTS if fact.kind == "mandated_task"}
    for key in given:
        one, other = BY_KEY[key], BY_KEY[key.replace("/set-", "/task-")]
        same = ("task", "mission", "with", "document", "subject_matter")
        assert [one.get(name) for name in same] == [other.get(name) for name in same], key


def test_a_task_is_known_from_the_day_its_resolution_sets_it_and_lasts_as_long_as_that_grants() -> None:
    mandates = {fact.get("document"): fact for fact in FACTS if fact.kind == "mandate"}
    for fact in FACTS:
        if fact.kind != "mandated_task":
            continue
        set_by = mandates[fact.get("document")]
        assert fact.actor == "un-security-council" and fact.confidence in ("high", "medium", "low")
        assert (fact.span.begins, fact.known_at) == (set_by.span.begins, set_by.known_at), fact.key
        assert fact.span.period and ("no end is given" in fact.note) == (fact.span.text.endswith("/..")), fact.key
        assert fact.span.text.endswith(("/..", f"/{set_by.get('until')}")), f"{fact.key}: not known then"
        assert fact.said("fr") != fact.text and fact.said("fr").endswith(".")


# operations


def test_operations_say_who_leads_and_by_whose_leave() -> None:
    for head in OPERATIONS.values():
        assert head.get("lead") or head.get("lead_name"), head.key
        assert head.get("legal_basis") and head.get("authority") and head.get("host_consent"), head.key
    serval = OPERATIONS["serval"]
    assert (serval.get("lead"), serval.span.text, serval.get("iso3")) == ("france", "2013-01-11", "MLI")
    assert BY_KEY["operation:serval/end"].span.text == "2014-08-01"


# reading


def test_good_registers_are_read(tmp_path: Path) -> None:
    facts = read_registers(folder_of(tmp_path))
    assert [fact.key for fact in facts] == [
        *("mission:unmit/mission", "mission:unmit/exit", "mission:unmit/res-9999", "mission:unmit/task-1"),
        *("operation:dawn/operation", "body:igad/body", "body:igad/act-signed"),
    ]
    by_key = {fact.key: fact for fact in facts}
    assert (facts[0].get("title_fr"), facts[0].actor) == ("Mission en Utopie", "un-dppa")
    assert by_key["operation:dawn/operation"].actor == "states"
    assert by_key["body:igad/body"].actor == "igad", "a body opens in its own name"


def test_a_casebook_may_do_without_registers(tmp_path: Path) -> None:
    assert read_registers(tmp_path / "registers") == () and paths_of(tmp_path / "registers") == ()


def test_the_registers_are_part_of_the_casebook_and_of_its_digest(tmp_path: Path) -> None:
    assert STATES.parent / "registers" == REGISTERS
    assert sorted(path.name for path in REGISTERS.iterdir()) == sorted(f"{one.name}.yaml" for one in FILES)
    states = tmp_path / "states.yaml"
    states.write_text("states: {}\n", encoding="utf-8")
    before = digest_of(tmp_path / "cases", states)
    folder = folder_of(tmp_path)
    between = digest_of(tmp_path / "cases", states)
    (folder / "tasks.yaml").write_text(GOOD["tasks"] + "# more\n", encoding="utf-8")
    assert len({before, between, digest_of(tmp_path / "cases", states)}) == 3
    (folder / "tasks.yaml").unlink()
    digest_of(tmp_path / "cases", states)  # what is missing is said when the files are read


BAD = [
    (
        "missions",
        "    acronym: UNMIT\n",
        "    acronim: UNMIT\n",
        "missions.yaml, line 5: the key 'acronim' is not known",
    ),
    ("missions", "    acronym: UNMIT\n", "", "a fact of kind mission needs 'short'"),
    ("missions", "political", "war", "missions.yaml, line 6: mission: mission_type is 'war'"),
    ("missions", "un-dppa", "un-dpaa", "missions.yaml, line 7: mission: there is no actor 'un-dpaa'"),
    ("missions", "[UTO]", "[uto]", "missions.yaml, line 9: 'uto' is no ISO 3166 code"),
    ("missions", "[UTO]", "UTO", "missions.yaml, line 9: iso3 is no list of codes"),
    ("missions", "established: 2020-01-01", "established: 01/01/2020", "missions.yaml, line 10: mission: '01/01/2020'"),
    ("missions", "    established: 2020-01-01\n", "", "a fact of kind mission needs 'established'"),
    ("missions", "deployed: 2020-02-01", "deployed: soon", "missions.yaml, line 11: mission: 'soon' is no date"),
    ("missions", "S/RES/9999 (2020)", "S/RES/x", "missions.yaml, line 12: 'S/RES/x' is no document symbol"),
    (
        "missions",
        'establishes UNMIT."',
        'establishes UNMIT"',
        "missions.yaml, line 13: mission: the sentence has no full",
    ),
    (
        "missions",
        "confidence: high",
        "confidence: sure",
        "missions.yaml, line 14: mission: the confidence 'sure' is none",
    ),
    (
        "missions",
        "    sources: [page]\n",
        "    sources: [book]\n",
        "missions.yaml, line 15: mission: there is no source 'book'",
    ),
    ("missions", "mission: unmit", "mission: unmitt", "missions.yaml, line 17: exit: there is no actor 'unmitt'"),
    ("missions", "      exit:", "      mission:", "missions.yaml, line 17: the key 'mission' is taken"),
    ("missions", "  unmit:", "  UNMIT:", "missions.yaml, line 3: 'UNMIT' is no id"),
    ("missions", 'en: "UN Mission in Utopia", ', "", "missions.yaml, line 4: the name is not written as en: and fr:."),
    ("missions", "missions:\n", "missons: {}\nmissions:\n", "missions.yaml, line 2: the key 'missons' is not known"),
    ("missions", "missions:\n", "offices:\n", "missions.yaml, line 1: is no register."),
    ("mandates", "  unmit:", "  unmitt:", "mandates.yaml, line 3: there is no entry 'unmitt' in missions.yaml."),
    ("mandates", "until: 2021-01-01", "until: later", "mandates.yaml, line 12: res-9999: 'later' is no date"),
    (
        "mandates",
        "document: S/RES/9999 (2020)",
        "document: S/RES",
        "mandates.yaml, line 11: 'S/RES' is no document symbol",
    ),
    ("mandates", "direction: start", "direction: begin", "mandates.yaml, line 10: res-9999: direction is 'begin'"),
    ("tasks", "fate: continued", "fate: lost", "tasks.yaml, line 4: task-1: fate is 'lost'"),
    ("tasks", "kind: mission_task", "kind: mission", "tasks.yaml, line 4: task-1: 'mission' is no kind of fact here"),
    ("operations", "  dawn:", "  dawn: text\n  dusk:", "operations.yaml, line 3: dawn has no fields"),
    ("operations", "single_state", "bilateral", "operations.yaml, line 6: operation: lead_type is 'bilateral'"),
    ("operations", "start: 2020", "begins: 2020", "operations.yaml, line 8: the key 'begins' is not known"),
    ("operations", "sources: {page", "sauces: {page", "operations.yaml, line 1: the file has no sources"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), BAD)
def test_bad_registers(name: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in GOOD[name]
    folder = folder_of(tmp_path, **{name: GOOD[name].replace(old, new, 1)})
    with pytest.raises(BadRecord) as caught:
        read_registers(folder)
    assert said in str(caught.value)
    for problem in caught.value.problems:
        assert problem.found.endswith(".") and problem.remedy.endswith((".", "?"))


def test_all_problems_of_all_registers_come_at_once(tmp_path: Path) -> None:
    changed = {name: text.replace("sources: [page]", "sources: []") for name, text in GOOD.items()}
    folder = folder_of(tmp_path, **changed)
    (folder / "more.yaml").write_text("more: {}\n", encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_registers(folder)
    assert [problem.where for problem in caught.value.problems] == [
        *("more.yaml", "missions.yaml, line 15", "missions.yaml, line 17", "mandates.yaml, line 14"),
        *("tasks.yaml, line 4", "operations.yaml, line 11", "bodies.yaml, line 8", "bodies.yaml, line 18"),
    ]


def test_a_register_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "missions.yaml").unlink()
    with pytest.raises(BadRecord, match=r"^missions\.yaml: cannot be read: No such file") as caught:
        read_registers(folder)
    assert len(caught.value.problems) == 1  # not every mandate a second time
