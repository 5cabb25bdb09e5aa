"""Searching the casebook: what must be found is found, best first; nothing that was not known or may not be seen."""

import re
from datetime import date

import pytest

from goodoffices.core.errors import BadRecord
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.symbols import find_symbols
from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.finds import SORTS
from goodoffices.desk.searching import PAGE, everything_found, examples, find_record, search, suggest
from goodoffices.desk.source_list import opened
from record import day


def keys(desk: Desk, asked: str, kind: str = "facts", moment: object = None, language: str = "en") -> list[str]:
    found = everything_found(desk, asked, moment or desk.moment(), language, kind)  # type: ignore[arg-type]
    return [find.key for find in found]


def test_every_fact_is_found_by_its_own_sentence(desk: Desk) -> None:
    facts = [fact for fact in desk.everything(desk.moment()).facts if fact.kind not in ("case", "mission", "operation")]
    for fact in facts[:: len(facts) // 60]:
        asked = " ".join(fact.text.split()[:9])
        if len(asked) < 200:
            assert fact.key in keys(desk, asked), asked


@pytest.mark.parametrize("kind", ["resolution", "mandate", "suspension", "press_statement"])
def test_a_document_is_found_by_its_symbol_in_any_spelling(desk: Desk, kind: str) -> None:
    facts = [fact for fact in desk.everything(desk.moment()).facts if fact.kind == kind and fact.get("document")]
    assert facts
    for fact in facts[::7]:
        for symbol in find_symbols(fact.get("document")):
            spelled = [symbol.printed, symbol.printed.lower(), symbol.printed.replace(" ", "")]
            if symbol.series == "S/RES":
                spelled += [f"resolution {symbol.number}", f"résolution {symbol.number} ({symbol.year})", symbol.number]
            for one in spelled:
                assert fact.key in keys(desk, one), one


def test_a_meeting_is_found_by_its_number_however_the_document_writes_it(desk: Desk) -> None:
    for fact in desk.everything(desk.moment()).facts:
        if fact.actor == "au-psc" and fact.get("meeting").isdigit():
            assert fact.key in keys(desk, f"{fact.get('meeting')}th meeting")
    roman = next(fact for fact in desk.everything(desk.moment()).facts if "COMM.(" in fact.get("document"))
    number = find_symbols(roman.get("document"))[0].ordinal
    assert roman.key in keys(desk, f"PSC/PR/COMM.{number}")


def test_persons_with_the_facts_that_name_them(desk: Desk) -> None:
    named: dict[str, set[str]] = {}
    for fact in desk.everything(desk.moment()).facts:
        if fact.get("person"):
            named.setdefault(fold(fact.get("person")), set()).add(fact.key)
    assert named
    for person, facts in list(named.items())[::15]:
        found = search(desk, f'"{person}"', desk.moment(), kind="people").groups[0].finds
        mine = next(find for find in found if fold(find.key) == person)
        assert mine.count == len(facts)
        assert {fact.key for fact in mine.facts} <= facts
        assert len(mine.facts) == min(6, len(facts))


@pytest.mark.parametrize("name", ["Mali", "Malí", "مالي", "مَالِي", "Мали", "马里", "mali 2021"])
def test_a_case_is_found_by_its_country_in_six_languages(desk: Desk, name: str) -> None:
    assert "mali-2021" in keys(desk, name, "cases")


def test_rules_articles_and_rulebooks_in_both_languages(desk: Desk) -> None:
    book = next(book for book in desk.rules() if book.id == "au")
    for rule in book.rules[::6]:
        for text in (rule.title, dict(rule.titles)["fr"]):
            assert rule.id in keys(desk, text, "rules")
        for one in rule.references:
            assert f"au/{one.words}" in keys(desk, f'"{one.words}"', "articles")
    for one in desk.rules():
        assert one.id in keys(desk, one.title, "rulebooks")
        assert one.id in keys(desk, one.title_fr, "rulebooks")


def test_missions_and_operations(desk: Desk) -> None:
    moment = desk.moment()
    for mission in desk.missions(moment)[::12]:
        assert mission.id in keys(desk, mission.name, "missions")
        assert mission.id in keys(desk, mission.name_fr, "missions")
        assert mission.id in keys(desk, mission.short, "missions")
    for operation in desk.operations(moment)[::12]:
        assert operation.id in keys(desk, operation.name, "operations")


def test_everything_asked_for_must_be_found(desk: Desk) -> None:
    both = set(keys(desk, "mali suspension"))
    assert both
    assert both <= set(keys(desk, "mali")) & set(keys(desk, "suspension"))
    assert set(keys(desk, '"coup d’état"')) <= set(keys(desk, "coup etat"))


def test_each_find_shows_what_was_looked_for_or_says_where_it_stands(desk: Desk) -> None:
    for asked in ("goita", "mali suspension", "SC/14532", "african union", "etat", "马里", "1001st meeting", "2584"):
        for language in ("en", "fr"):
            for find in everything_found(desk, asked, desk.moment(), language)[:80]:
                marked = [*find.title, *find.text, *(piece for one in find.also for piece in one.text)]
                # Where a symbol stands in an address or in Roman numbers, the field is named all the same.
                assert any(hit for _, hit in marked) or find.also, (asked, find.key)


def test_best_first(desk: Desk) -> None:
    for asked in ("mali", "goita", "suspension", "etat"):
        found = search(desk, asked, desk.moment())
        for group in found.groups:
            points = [find.points for find in group.finds]
            assert points == sorted(points, reverse=True)
            if group.sort == "facts":
                days = [(-find.points, -find.span.begins.shown.toordinal()) for find in group.finds if find.span]
                assert days == sorted(days)
        sorts = [group.sort for group in found.groups]
        assert "sources" not in sorts[:-1]
        best = [group.finds[0].points for group in found.groups if group.sort != "sources"]
        assert best == sorted(best, reverse=True)


def test_pages_hold_each_find_once(desk: Desk) -> None:
    found = search(desk, "mali", desk.moment(), kind="facts")
    assert found.pages > 2
    shown = [
        find.key
        for number in range(1, found.pages + 1)
        for find in search(desk, "mali", desk.moment(), kind="facts", page=number).groups[0].finds
    ]
    assert len(shown) == len(set(shown)) == dict(found.counts)["facts"]
    assert shown == keys(desk, "mali")
    assert shown == [find.key for find in search(desk, "mali", desk.moment(), kind="facts", page=None).groups[0].finds]
    assert len(found.groups[0].finds) == PAGE
    for number in (0, -1, found.pages + 1):
        with pytest.raises(BadRecord, match="Pages: 1 to"):
            search(desk, "mali", desk.moment(), kind="facts", page=number)


def test_an_unknown_kind_is_refused_with_those_there_are(desk: Desk) -> None:
    for asked in ("mali", ""):
        with pytest.raises(BadRecord) as refused:
            search(desk, asked, desk.moment(), kind="rumours")
        assert all(sort in str(refused.value) for sort in SORTS)


@pytest.mark.parametrize("known", ["2000-02-01", "2013-01-01", "2021-05-26", "2023-08-01", "2026-06-30"])
def test_what_is_found_is_what_was_known(desk: Desk, known: str) -> None:
    moment = desk.moment(day(known), day(known))
    there_are = {fact.key for fact in opened(desk.everything(moment).facts)}
    found = set(keys(desk, "a", "facts", moment)) | set(keys(desk, "e", "facts", moment))
    assert found <= there_are
    assert found >= {key for key in there_are if key.endswith("-suspension")}
    assert not [key for key in found if (match := re.match(r"[a-z-]+-(20\d\d)", key)) and match[1] > known[:4]]
    cases = {fact.subject for fact in desk.everything(moment).facts if fact.kind == "case"}
    assert set(keys(desk, "2", "cases", moment)) == cases
    people = {fold(find.key) for find in everything_found(desk, "a", moment, kind="people")}
    named = {fold(fact.get("person")) for fact in opened(desk.everything(moment).facts) if fact.get("person")}
    assert people <= {part for one in named for part in (one, *one.split(" and "))}
    assert {find.key for find in everything_found(desk, "un", moment, kind="missions")} <= {
        mission.id for mission in desk.missions(moment)
    }


def test_a_correction_is_found_from_its_day_on_and_its_past_before(desk: Desk) -> None:
    desk.correct("mali-2021/au-suspension", {"text": "Zanzibarine wording."}, "read again", date(2022, 1, 1))
    before, after = desk.moment(day("2021-12-31"), day("2021-12-31")), desk.moment(day("2022-01-01"), day("2022-01-01"))
    assert keys(desk, "zanzibarine", moment=before) == []
    assert keys(desk, "zanzibarine", moment=after) == ["mali-2021/au-suspension"]
    assert "mali-2021/au-suspension" in keys(desk, "suspends 1001st", moment=before)
    assert search(desk, "zanzibarinne", before).nearest == ()
    assert search(desk, "zanzibarinne", after).nearest == ("zanzibarine",)
    desk.retract("mali-2021/au-suspension", "withdrawn", date(2023, 1, 1))
    assert keys(desk, "zanzibarine", moment=after) == ["mali-2021/au-suspension"]
    assert keys(desk, "zanzibarine") == []


def test_what_is_marked_is_nowhere_for_a_reader_without_clearance(desk: Desk) -> None:
    fields = {
        "kind": "statement",
        "actor": "ecowas",
        "when": "2021-06-02",
        "verb": "condemn",
        "text": "Zanzibarine secret of Qwfpgj.",
        "confidence": "low",
        "sources": ["s"],
    }
    fact = desk.record("mali-2021", "secret", fields, {"s": {"title": "Zanzibarine Gazette"}})
    assert keys(desk, "zanzibarine") == [fact.key]
    from dataclasses import replace

    desk._ledger.correct(replace(fact, marking=Marking.CONFIDENTIAL), "tests", "raised")
    for asked in ("zanzibarine", "qwfpgj", "zanzibarinne", "gazette zanzibarine"):
        found = search(desk, asked, desk.moment())
        assert (found.total, found.nearest) == (0, ())
        assert not [one for one in found.alone if "zanz" in one[0]]
    assert suggest(desk, "zanz", desk.moment()) == ()
    cleared = Desk(desk._ledger, desk._clock, "tests", Marking.CONFIDENTIAL)
    assert keys(cleared, "zanzibarine") == [fact.key]
    assert keys(desk, "zanzibarine") == []


def test_what_lies_after_the_day_looked_at_says_so(desk: Desk) -> None:
    moment = desk.moment(day("2021-05-26"))
    finds = everything_found(desk, "mali", moment, kind="facts")
    assert {find.later for find in finds} == {True, False}
    for find in finds:
        assert find.span
        assert find.later == (find.span.begins.earliest > moment.as_of)


def test_a_mission_or_operation_is_found_once_it_has_begun(desk: Desk) -> None:
    assert "minusma" in keys(desk, "minusma", "missions")
    assert keys(desk, "minusma", "missions", desk.moment(day("2012-01-01"))) == []


def test_nothing_is_never_an_empty_answer(desk: Desk) -> None:
    found = search(desk, "mali goyta", desk.moment())
    assert found.total == 0
    assert found.nearest == ("mali goita",)
    assert dict(found.alone).keys() == {"mali"}
    for one in found.nearest:
        assert search(desk, one, desk.moment()).total
    apart = search(desk, "mali zzzzqqq", desk.moment())
    assert apart.nearest == ()
    assert dict(apart.alone)["mali"] == search(desk, "mali", desk.moment()).total
    for one in examples(desk, desk.moment()):
        assert search(desk, one, desk.moment()).total
    early = desk.moment(day("2010-01-01"), day("2010-01-01"))
    assert examples(desk, early)
    for one in examples(desk, early):
        assert search(desk, one, early).total


def test_the_sentence_is_in_the_language_asked_for_and_found_by_either(desk: Desk) -> None:
    fact = next(
        one
        for one in desk.everything(desk.moment()).facts
        if dict(one.texts).get("fr") and one.subject == "mali-2021" and one.kind == "suspension"
    )
    french = " ".join(fact.said("fr").split()[:6])
    for language in ("en", "fr"):
        found = everything_found(desk, french, desk.moment(), language, "facts")
        mine = next(find for find in found if find.key == fact.key)
        assert mine.plain == fact.said(language)
        assert bool(mine.also) == (language == "en")


def test_suggestions_are_few_and_of_several_sorts(desk: Desk) -> None:
    found = suggest(desk, "mal", desk.moment())
    assert 0 < len(found) <= 8
    sorts = [find.sort for find in found]
    assert all(sorts.count(one) <= 3 for one in sorts)
    assert len(set(sorts)) > 1
    assert suggest(desk, "", desk.moment()) == ()
    assert suggest(desk, "zzzzqqq", desk.moment()) == ()


def test_a_record_of_nothing_but_rules(empty_desk: Desk) -> None:
    found = search(empty_desk, "suspension", empty_desk.moment())
    assert {sort for sort, _ in found.counts} <= {"rules", "articles", "rulebooks"}
    assert examples(empty_desk, empty_desk.moment()) == ()
    assert search(empty_desk, "laputa", empty_desk.moment()).total == 0


def test_a_case_opened_today_is_found_at_once(empty_desk: Desk) -> None:
    assert keys(empty_desk, "laputa", "cases") == []
    empty_desk.new_case(NewCase("Laputa", "2026-11-20", "military_coup", "A bulletin", "", "Soldiers take it.", "LPT"))
    assert keys(empty_desk, "laputa", "cases") == ["laputa-2026"]
    assert keys(empty_desk, "soldiers") == ["laputa-2026/seizure"]


def test_the_json_of_a_find(desk: Desk) -> None:
    find = everything_found(desk, "SC/14532", desk.moment(), kind="facts")[0]
    told = find_record(find)
    fact = desk.fact(find.key, desk.moment())
    assert (told["kind"], told["id"], told["title"]) == ("facts", fact.key, fact.text)
    assert told["address"] == f"/facts/{fact.key}"
    assert told["when"] == fact.span.text
    assert {"field": "document", "text": fact.get("document")} in told["stands_in"]
