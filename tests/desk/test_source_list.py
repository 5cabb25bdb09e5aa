"""The list of sources: each once, with what rests on it alone, as known on a day."""

import re
from collections import Counter

import pytest

from goodoffices.core.facts import Fact
from goodoffices.core.sources import Citation, Source
from goodoffices.desk.desk import Desk
from goodoffices.desk.finds import source_key
from goodoffices.desk.source_list import chosen, host_of, listed, source_list, source_list_record
from ledger.making import fact
from record import day


def cites(name: str, *sources: Source, **more: object) -> Fact:
    return fact(name, citations=tuple(Citation(one) for one in sources), **more)


A = Source("a", "A page", "Somebody", "2021-06", "https://www.example.org/a")
A_ELSEWHERE = Source("other-id", "A page", "", "", "https://www.example.org/a")
B = Source("b", "B page", mirror="https://copies.example/b")
C = Source("c", "C book")
OURS = Source("casebook", "The record itself")


def test_one_source_however_it_is_called() -> None:
    found = listed([cites("mali-2021/x", A, B), cites("chad-2021/y", A_ELSEWHERE), cites("mali-2021/z", A, A, C)])
    rows = {row.title: row for row in found.rows}
    assert set(rows) == {"A page", "B page", "C book"}
    first = rows["A page"]
    assert (first.facts, first.alone, first.cases, first.host) == (3, 1, 2, "example.org")
    assert [(one.subject, one.facts, one.address) for one in first.cited] == [
        ("mali-2021", 2, "/sources/mali-2021/a"),
        ("chad-2021", 1, "/sources/chad-2021/other-id"),
    ]
    assert (rows["B page"].alone, rows["B page"].host) == (0, "copies.example")
    assert rows["C book"].host == ""
    assert found.resting == (("high", 3, 1), ("medium", 0, 0), ("low", 0, 0))
    assert (found.facts, found.alone) == (3, 1)
    assert {(one.name, one.sources, one.facts) for one in found.hosts} == {
        ("example.org", 1, 3),
        ("copies.example", 1, 1),
        ("", 1, 1),
    }


def test_what_the_record_says_of_itself_is_no_source() -> None:
    found = listed([cites("mali-2021/x", OURS), cites("mali-2021/y", A, OURS)])
    assert [row.title for row in found.rows] == ["A page"]
    assert (found.facts, found.alone) == (1, 1)
    assert listed([]).rows == ()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.un.org/en/x", "un.org"),
        ("http://UN.org:80", "un.org"),
        ("", ""),
        ("no address", ""),
        ("http://[broken", ""),
    ],
)
def test_hosts(address: str, host: str) -> None:
    assert host_of(address) == host


def test_rows_are_chosen_by_words_and_host() -> None:
    rows = listed([cites("mali-2021/x", A, B, C)]).rows
    assert [row.title for row in chosen(rows, "PAGE some")] == ["A page"]
    assert [row.title for row in chosen(rows, "", "")] == ["C book"]
    assert len(chosen(rows, "")) == 3
    assert chosen(rows, "zzz") == []


def test_the_casebook_counted_again(desk: Desk) -> None:
    moment = desk.moment()
    facts = desk.everything(moment).facts
    told = Counter(
        key
        for fact in facts
        for key in {source_key(one.source) for one in fact.citations if one.source.title != "The Good Offices casebook"}
    )
    found = source_list(desk, moment)
    assert {row.key: row.facts for row in found.rows} == dict(told)
    assert sum(row.alone for row in found.rows) == found.alone <= found.facts
    assert sum(one.sources for one in found.hosts) == len(found.rows)
    record = source_list_record(found, found.rows)
    assert record["facts_resting_on_one_source"] == found.alone
    assert len(record["sources"]) == record["sources_in_all"] == len(found.rows)


def test_every_address_of_a_source_is_there(desk: Desk) -> None:
    for row in source_list(desk, desk.moment()).rows[::97]:
        for one in row.cited:
            subject, name = one.address.removeprefix("/facts/").removeprefix("/sources/").split("/")
            if one.address.startswith("/facts/"):
                assert desk.fact(f"{subject}/{name}", desk.moment())
            else:
                cited = {
                    part.source.id for fact in desk.snapshot(subject, desk.moment()).facts for part in fact.citations
                }
                assert name in cited


def test_a_source_first_cited_later_is_not_listed_yet(desk: Desk) -> None:
    early = source_list(desk, desk.moment(day("2010-01-01"), day("2010-01-01")))
    late = source_list(desk, desk.moment())
    assert 0 < len(early.rows) < len(late.rows)
    assert {row.key for row in early.rows} < {row.key for row in late.rows}
    told = {one.title for row in early.rows for one in row.cited}
    assert not [title for title in told if re.search(r"20[12]\d", title) and not title.endswith("2010")]
