"""Tables over all cases, each against a count made another way: over the flat list of all facts of the record."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goodoffices.briefs.patterns import NAMES, SUSPENDERS, TABLES, Table, Told, lags
from goodoffices.casebook.actors import actors
from goodoffices.core.days import read_span
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source
from goodoffices.desk.comparisons import table_record
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.views import Moment
from record import clock, day

TODAY = "2026-11-21"
THEN = "2021-05-26"
PRODUCTS = ("press_statement", "presidential_statement", "resolution")
SHARED_OTHERWISE = ("commonwealth", "oif", "cplp")  # in the lane of regional bodies, and of no region


@pytest.fixture(scope="module")
def looking(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing here writes."""
    path = tmp_path_factory.mktemp("patterns") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(casebook_ledger.with_name("ledger.db.heads"), path.with_name("ledger.db.heads"))
    opened = open_desk(path, clock, recorder="tests")
    yield opened
    opened.close()


class Recount:
    """The flat list of facts, grouped anew: heads, seizures, and acts from the eve of the seizure on."""

    def __init__(self, desk: Desk, moment: Moment):
        self.heads: dict[str, Fact] = {}
        self.seizures: dict[str, Fact] = {}
        self.acts: dict[str, list[Fact]] = defaultdict(list)
        self.agenda: dict[str, list[Fact]] = defaultdict(list)
        facts = [one for one in desk.everything(moment).facts if ":" not in one.subject and not one.competes_with]
        for one in facts:
            if one.kind == "case":
                self.heads[one.subject] = one
            elif one.kind == "seizure":
                self.seizures.setdefault(one.subject, one)
        for one in facts:
            if one.kind == "council_agenda" and one.get("agenda_item") and one.span.begins.latest <= moment.as_of:
                self.agenda[one.subject].append(one)
            zero = self.seizures.get(one.subject)
            eve = date.min if zero is None else zero.span.begins.earliest - timedelta(days=1)
            if eve <= one.span.begins.latest <= moment.as_of:
                self.acts[one.subject].append(one)

    def of(self, case: str, *kinds: str) -> list[Fact]:
        return [one for one in self.acts[case] if one.kind in kinds]

    def category(self, case: str) -> str:
        return self.seizures[case].get("category") if case in self.seizures else "not known"

    def after(self, one: Fact) -> str:
        """The day after the seizure, or the date where either is coarse."""
        zero = self.seizures.get(one.subject)
        days = [one.span.begins, *([zero.span.begins] if zero else [])]
        if zero is None or any(when.earliest != when.latest or when.uncertain or when.approximate for when in days):
            return one.span.begins.text
        return str(one.span.begins.earliest.toordinal() - zero.span.begins.earliest.toordinal())

    def suspended(self, case: str) -> dict[str, Fact]:
        """By organisation, its first suspension."""
        found: dict[str, Fact] = {}
        for one in self.of(case, "suspension"):
            body = actors()[one.actor].part_of or one.actor
            if body not in found or one.span.begins.earliest < found[body].span.begins.earliest:
                found[body] = one
        return found

    def condemned(self, case: str, actor: str) -> bool:
        kinds = ("statement", "determination", *PRODUCTS)
        mine = [one for one in self.of(case, *kinds) if one.actor == actor and not one.get("subject_matter")]
        return bool({one.get("verb") for one in mine} & {"condemn", "reject"})

    def products(self, case: str) -> set[str]:
        spoken = [one for one in self.of(case, *PRODUCTS) if one.actor == "un-security-council"]
        return {one.kind for one in spoken if not one.get("subject_matter")}


def named(body: str) -> str:
    return actors()[body].short or actors()[body].name


def by_name(found: Table) -> dict[str, dict[str, str]]:
    """The rows by their first cell, each by column."""
    rows = {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows}
    assert len(rows) == len(found.rows) == len(found.cases)
    return rows


@pytest.fixture(scope="module", params=[TODAY, THEN])
def moment(request: pytest.FixtureRequest, looking: Desk) -> Moment:
    """Today, and a day in 2021 as then known."""
    return looking.moment(day(request.param), day(request.param))


@pytest.fixture(scope="module")
def recount(looking: Desk, moment: Moment) -> Recount:
    return Recount(looking, moment)


# ---------------------------------------------------------------- recounts


def test_lags(looking: Desk, moment: Moment, recount: Recount) -> None:
    rows = by_name(looking.patterns("lags", moment))
    expected = {case: found for case in recount.heads if (found := recount.suspended(case))}
    assert set(rows) == set(expected)
    for case, found in expected.items():
        for body in SUSPENDERS:
            assert rows[case][named(body)] == (recount.after(found[body]) if body in found else ""), (case, body)
        others = {f"{named(body)} {recount.after(one)}" for body, one in found.items() if body not in SUSPENDERS}
        assert set(filter(None, rows[case]["others"].split("; "))) == others


def test_categories(looking: Desk, moment: Moment, recount: Recount) -> None:
    found = looking.patterns("categories", moment)
    rows = by_name(found)
    groups: dict[str, set[str]] = defaultdict(set)
    for case in recount.heads:
        groups[recount.category(case).replace("_", " ")].add(case)
    assert {row[0]: set(cases) for row, cases in zip(found.rows, found.cases, strict=True)} == groups
    for category, cases in groups.items():
        row = rows[category]
        assert row["cases"] == str(len(cases))
        for body in SUSPENDERS:
            assert row[f"{named(body)} suspended"] == str(sum(body in recount.suspended(case) for case in cases))
        condemned = [case for case in cases if recount.condemned(case, "un-secretary-general")]
        assert row["Secretary-General condemned"] == str(len(condemned))
        assert row["Council spoke"] == str(sum(bool(recount.products(case)) for case in cases))
    sizes = [int(row["cases"]) for row in rows.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(recount.heads)


def test_changes_of_law(looking: Desk, moment: Moment, recount: Recount) -> None:
    rows = by_name(looking.patterns("category-5", moment))
    cases = {case for case in recount.heads if recount.category(case) == "constitutional_manipulation"}
    assert set(rows) == cases and cases
    kinds = ("suspension", "suspension_declined", "determination", "statement", "press_statement")
    for case in cases:
        done = {
            f"{named(actors()[one.actor].part_of or one.actor)}: "
            + (one.get("verb") if one.kind == "statement" and one.get("verb") else one.kind).replace("_", " ")
            for one in recount.of(case, *kinds)
        }
        assert set(rows[case]["what was done"].split("; ")) == (done or {"no act known"})
        met = {one.rule for one in looking.check(case, moment).findings if one.state == "met"}
        shown = set(filter(None, rows[case]["definitions met"].split(", ")))
        assert shown <= met
        assert {one for one in met if one.startswith("au.")} <= shown


def test_the_council_by_its_agenda(looking: Desk, moment: Moment, recount: Recount) -> None:
    found = looking.patterns("council", moment)
    rows = by_name(found)
    words = {"own": "an item of its own", "regional": "under a regional item", "": "not known"}
    groups: dict[str, set[str]] = {name: set() for name in words.values()}
    for case in recount.heads:
        marks = sorted(recount.agenda[case], key=lambda one: one.span.begins.earliest)
        groups[words[marks[-1].get("agenda_item") if marks else ""]].add(case)
    assert {row[0]: set(cases) for row, cases in zip(found.rows, found.cases, strict=True)} == groups
    for name, cases in groups.items():
        row = rows[name]
        assert row["cases"] == str(len(cases))
        for kind in PRODUCTS:
            assert row[kind.replace("_", " ")] == str(sum(kind in recount.products(case) for case in cases))
        assert row["condemned"] == str(sum(recount.condemned(case, "un-security-council") for case in cases))
        silent = [case for case in cases if recount.of(case, "no_product") and not recount.products(case)]
        assert row["silent"] == str(len(silent))


def test_who_was_in_line_with_whom(looking: Desk, moment: Moment, recount: Recount) -> None:
    rows = by_name(looking.patterns("alignment", moment))
    assert set(rows) == set(recount.heads)
    kinds = ("suspension", "suspension_declined", "determination", "decision", "statement", *PRODUCTS)
    for case, row in rows.items():
        assert row["country"] == recount.heads[case].get("country")
        groups: dict[str, list[Fact]] = {name: [] for name in list(row)[2:]}
        for one in recount.of(case, *kinds):
            body = actors()[one.actor].part_of or one.actor
            if body == "au":
                groups["African Union"].append(one)
            elif one.actor == "un-security-council":
                groups["Security Council"].append(one)
            elif one.actor == "un-secretary-general":
                groups["Secretary-General"].append(one)
            elif actors()[one.actor].lane in ("ecowas", "rec") and body not in SHARED_OTHERWISE:
                groups["region"].append(one)
        for name, acts in groups.items():
            weighty = [one for one in acts if one.kind.startswith("suspension")]
            first = min((one.span.begins.earliest for one in weighty or acts), default=None)
            possible = {cell(one, recount) for one in weighty or acts if one.span.begins.earliest == first} or {""}
            assert row[name] in possible, (case, name)


def cell(one: Fact, recount: Recount) -> str:
    word = one.get("verb") if one.kind == "statement" and one.get("verb") else one.kind
    after = recount.after(one)
    return f"{word.replace('_', ' ')} ({after if after == one.span.begins.text else f'day {after}'})"


# ---------------------------------------------------------------- what is known of them


@pytest.mark.parametrize(
    ("case", "column", "days"),
    [
        ("mali-2021", "AU", "8"),
        ("mali-2021", "ECOWAS", "6"),
        ("guinea-2021", "AU", "5"),
        ("gabon-2023", "AU", "1"),
        ("niger-2023", "AU", "19"),
        ("chad-2021", "AU", None),
        ("central-african-republic-2003", "AU", "2003-03"),
        ("mali-2021", "SADC", ""),
    ],
)
def test_known_lags(looking: Desk, case: str, column: str, days: str | None) -> None:
    row = by_name(looking.patterns("lags", looking.moment())).get(case)
    assert (row[column] if row else None) == days


def test_a_suspension_on_record_from_an_earlier_change_has_no_lag(looking: Desk) -> None:
    assert "burkina-faso-2022-09" not in by_name(looking.patterns("lags", looking.moment()))


def test_blank_is_blank_and_no_row_is_blank_throughout(looking: Desk) -> None:
    found = looking.patterns("lags", looking.moment())
    cells = [one for row in found.rows for one in row[1:]]
    assert "" in cells and not {"None", "-", "0", "no"} & (set(cells) - {"0"})
    assert all(any(row[1:]) for row in found.rows)
    assert by_name(found)["mali-2020"]["ECOWAS"] == "0"  # the same day is a number, and not a blank


def test_what_was_not_known_then_is_in_no_table(looking: Desk) -> None:
    then = looking.moment(day(THEN), day(THEN))
    for name in TABLES:
        found = looking.patterns(name, then)
        cases = {case for behind in found.cases for case in behind}
        assert not cases & {"guinea-2021", "gabon-2023", "niger-2023"}, name
    assert "mali-2021" not in by_name(looking.patterns("lags", then))
    assert by_name(looking.patterns("alignment", then))["mali-2021"]["African Union"] != ""
    after = looking.moment(day("2021-06-01"), day("2021-06-01"))
    assert by_name(looking.patterns("lags", after))["mali-2021"]["AU"] == "8"


def test_every_table_has_its_form(looking: Desk, moment: Moment) -> None:
    assert list(NAMES) == list(TABLES)
    for name, title in NAMES.items():
        found = looking.patterns(name, moment)
        assert (found.name, found.title) == (name, title)
        assert len(set(found.columns)) == len(found.columns)
        assert all(len(row) == len(found.columns) for row in found.rows)
        assert all(isinstance(one, str) for row in found.rows for one in row)
        told = json.loads(json.dumps(table_record(found, moment)))
        assert list(told) == ["table", "title", "as_of", "known_at", "columns", "rows"]
        assert [(tuple(row["cells"].values()), tuple(row["cases"])) for row in told["rows"]] == list(
            zip(found.rows, found.cases, strict=True)
        )


def test_an_unknown_table_is_refused_with_the_names_there_are(looking: Desk) -> None:
    for name in ("lag", "", "LAGS", "<b>"):
        with pytest.raises(NoAnswer) as refused:
            looking.patterns(name, looking.moment())
        assert refused.value.nearest == tuple(NAMES)
        assert all(one in str(refused.value) for one in NAMES)


def test_an_empty_record_gives_empty_tables(empty_desk: Desk) -> None:
    for name in TABLES:
        found = empty_desk.patterns(name, empty_desk.moment())
        assert not any(found.cases)
        assert name == "council" or found.rows == ()


# ---------------------------------------------------------------- made-up records


def fact(name: str, kind: str, actor: str, when: str, **value: str) -> Fact:
    span = read_span(when)
    seen = (Citation(Source("test", "Test")),)
    return Fact(f"a-2021/{name}", kind, actor, span, date(2022, 1, 1), "A.", seen, "high", tuple(value.items()))


def told(*facts: Fact, as_of: str = "2025-01-01") -> Told:
    coup = {"category": "military_coup", "victim": "elected", "outcome": "completed"}
    seized = fact("seizure", "seizure", "armed-forces", "2021-03-05", **coup)
    ordered = tuple(sorted((seized, *facts), key=lambda one: one.span.begins.earliest))
    return Told(Snapshot(("a-2021",), day(as_of), day("2025-01-01"), Marking.UNCLASSIFIED, ordered), ())


def test_a_coarse_day_is_told_as_written_and_never_counted() -> None:
    row = by_name(lags([told(fact("s", "suspension", "au-psc", "2021-03"))]))["a-2021"]
    assert row["AU"] == "2021-03"
    row = by_name(lags([told(fact("s", "suspension", "au-psc", "2021-03-09~"))]))["a-2021"]
    assert row["AU"] == "2021-03-09~"
    assert lags([told(fact("s", "suspension", "au-psc", "2021-02"))]).rows == ()


def test_the_eve_counts_and_what_came_before_does_not() -> None:
    assert by_name(lags([told(fact("s", "suspension", "au-psc", "2021-03-04"))]))["a-2021"]["AU"] == "-1"
    assert lags([told(fact("s", "suspension", "au-psc", "2021-03-03"))]).rows == ()
    assert lags([told(fact("s", "suspension", "au-psc", "2021-04-01"), as_of="2021-03-31")]).rows == ()


def test_the_first_of_several_counts_and_another_account_does_not() -> None:
    first, second = (fact(name, "suspension", "au-psc", when) for name, when in (("b", "2021-03-09"), ("c", "2021-04")))
    other = replace(fact("d", "suspension", "au-psc", "2021-03-06"), competes_with="a-2021/b")
    assert by_name(lags([told(first, second, other)]))["a-2021"]["AU"] == "4"


def test_an_organisation_without_a_column_stands_among_the_others() -> None:
    row = by_name(lags([told(fact("s", "suspension", "mercosur", "2021-03-09"))]))["a-2021"]
    assert row["others"] == "MERCOSUR 4"
    assert not any(row[named(body)] for body in SUSPENDERS)
