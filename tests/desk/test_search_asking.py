"""Questions as people put them: little words, short names in capitals, a country and its year, one word too many."""

import re

import pytest

from goodoffices.desk.desk import Desk
from goodoffices.desk.looked_up import Sought, read_sought, terms_in
from goodoffices.desk.searching import everything_found, found_record, search
from record import day


def said(asked: str) -> list[str]:
    return [term.said for term in read_sought(asked).terms]


def first(desk: Desk, asked: str, known: str = "", language: str = "en") -> list[tuple[str, str]]:
    moment = desk.moment(day(known), day(known)) if known else desk.moment()
    found = search(desk, asked, moment, language)
    return [(group.sort, find.key) for group in found.groups for find in group.finds]


# ---------------------------------------------------------------- words that ask, and little words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("who authorised Operation Serval", ["authorised", "operation", "serval"]),
        ("Which department leads?", ["department", "leads"]),
        ("what did the AU do in Mali in 2021", ["AU", "mali", "2021"]),
        ("qui a suspendu le Mali", ["suspendu", "mali"]),
        ("Quelles sont les sanctions de l’Union au Mali ?", ["sanctions", "union", "mali"]),
        ("Quand est-ce que la CEDEAO a levé ses sanctions", ["cedeao", "leve", "sanctions"]),
        ("who", ["who"]),
        ("the who", ["the", "who"]),
        ('"who did it" mali', ["“who did it”", "mali"]),
    ],
)
def test_words_that_only_ask_are_passed_over(asked: str, words: list[str]) -> None:
    assert said(asked) == words


def test_questions_find_what_they_ask_for(desk: Desk) -> None:
    assert first(desk, "who authorised Operation Serval")[0] == ("operations", "serval")
    assert ("rules", "un.lead-dpo") in first(desk, "which department leads")[:2]
    lead = first(desk, "DPO lead Mali")
    assert ("missions", "minusma") in lead
    assert ("facts", "mali-2021/mission-present") in lead


def test_one_word_too_many_shows_what_has_most(desk: Desk) -> None:
    found = search(desk, "suspends Mali zzzzqqq", desk.moment())
    assert found.partly
    assert found.total
    both = {find.key for find in everything_found(desk, "suspends Mali", desk.moment())}
    assert {find.key for group in found.groups for find in group.finds} <= both
    assert dict(found.alone).keys() == {"suspends", "mali"}
    record = found_record(found, desk.moment())
    assert record["has_all"] is False
    assert all(find["lacks"] == ["zzzzqqq"] for find in record["results"])
    whole = search(desk, "suspends Mali", desk.moment())
    assert not whole.partly
    assert found_record(whole, desk.moment())["has_all"] is True


def test_more_words_come_before_fewer_and_rare_ones_before_common(desk: Desk) -> None:
    finds = everything_found(desk, "Goïta Bamako Council 2021 zzzzqqq", desk.moment(), kind="facts")
    assert finds
    lacking = [len(find.lacks) for find in finds]
    assert lacking == sorted(lacking)
    assert max(lacking) <= 2


def test_half_is_not_most(desk: Desk) -> None:
    found = search(desk, "mali zzzzqqq", desk.moment())
    assert (found.total, found.partly) == (0, False)
    assert dict(found.alone).keys() == {"mali"}


def test_a_mended_word_is_proposed_beside_what_has_most(desk: Desk) -> None:
    found = search(desk, "mali suspension goyta", desk.moment())
    assert found.partly
    assert found.nearest


def test_what_is_quoted_and_documents_are_never_left_out(desk: Desk) -> None:
    assert search(desk, '"zzz qqq" mali suspension', desk.moment()).total == 0
    assert search(desk, "S/RES/9999 mali suspension", desk.moment()).total == 0


def test_most_of_the_words_as_known_on_the_day(desk: Desk) -> None:
    moment = desk.moment(day("2021-05-01"), day("2021-05-01"))
    keys = {find.key for find in everything_found(desk, "suspends Mali zzzzqqq", moment)}
    assert keys
    assert not [key for key in keys if (match := re.match(r"[a-z-]+-(20\d\d)", key)) and match[1] > "2021"]
    assert "mali-2021/au-suspension" not in keys


# ---------------------------------------------------------------- short names in capitals


def stands(asked: str, text: str) -> bool:
    sought: Sought = read_sought(asked)
    return len(terms_in(text, sought)) == len(sought.terms)


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("AU", "The authorities in August", False),
        ("AU", "un coup au Mali", False),
        ("AU", "The AU suspends Mali", True),
        ("AU", "L’Union africaine suspend le Mali", True),
        ("UA", "The African Union suspends Mali", True),
        ("ONU", "The UN leaves", True),
        ("UN", "un coup", False),
        ("UN", "under Resolution 2584", False),
        ("EU", "cela a eu lieu", False),
        ("EU", "L’UE réagit", True),
        ("UE", "The EU acts", True),
        ("DPO", "The Department of Peace Operations leads", True),
        ("OIF", "L’OIF suspend", True),
        ("IBK", "ibkoulou", False),
        ("IBK", "Ibk", True),
        ("au", "The authorities", True),
        ("S/RES/2584", "S/RES/2584 (2021)", True),
        ('"AU Peace"', "the AU Peace and Security Council", True),
        ("au peace", "the AU Peace and Security Council", True),
    ],
)
def test_short_words_in_capitals(asked: str, text: str, expected: bool) -> None:
    assert stands(asked, text) == expected


@pytest.mark.parametrize("asked", ["AU", "UA"])
def test_a_body_finds_what_it_did(desk: Desk, asked: str) -> None:
    keys = {find.key for find in everything_found(desk, asked, desk.moment(), kind="facts")}
    mine = {fact.key for fact in desk.everything(desk.moment()).facts if fact.actor in ("au", "au-psc")}
    assert mine
    assert {key for key in mine if key.partition("/")[0][-4:].isdigit()} <= keys
    assert keys == {find.key for find in everything_found(desk, "AU", desk.moment(), kind="facts")}
    for find in everything_found(desk, asked, desk.moment(), kind="facts")[:60]:
        marked = [*find.title, *find.text, *(piece for one in find.also for piece in one.text)]
        assert {text.lower() for text, hit in marked if hit} <= {"au", "ua", "african union", "union africaine"}


def test_a_body_by_its_french_short_name(desk: Desk) -> None:
    keys = {find.key for find in everything_found(desk, "CEDEAO Mali", desk.moment(), kind="facts")}
    assert "mali-2021/ecowas-suspension" in keys


def test_a_body_that_leads_is_found(desk: Desk) -> None:
    for asked in ("DPO lead Mali", "DOP Mali MINUSMA"):
        finds = everything_found(desk, asked, desk.moment())
        mine = [find for find in finds if find.key == "mali-2021/mission-present"]
        assert mine, asked
        assert [one.field for one in mine[0].also if any(hit for _, hit in one.text)]


# ---------------------------------------------------------------- a case, a mission, an operation by its name


@pytest.mark.parametrize(
    ("asked", "case"),
    [
        ("Guinea 2021", "guinea-2021"),
        ("Mali 2020", "mali-2020"),
        ("Niger 2023", "niger-2023"),
        ("AU Guinea 2021", "guinea-2021"),
        ("African Union Guinea 2021", "guinea-2021"),
        ("AU suspends Mali 2021", "mali-2021"),
        ("Guinée 2021 sanctions CEDEAO", "guinea-2021"),
        ("2012 Guinea-Bissau", "guinea-bissau-2012"),
        ("Côte d’Ivoire 2010", "cote-divoire-2010"),
        ("coup in Mali in 2021 zzzzqqq", "mali-2021"),
    ],
)
def test_a_case_named_by_country_and_year_is_first_then_its_facts(desk: Desk, asked: str, case: str) -> None:
    found = first(desk, asked)
    assert found[0] == ("cases", case)
    facts = [key for sort, key in found if sort == "facts"]
    assert facts[0].startswith(f"{case}/")
    assert found[[sort for sort, _ in found].index("facts") - 1][0] == "cases"
    ours = [key.startswith(f"{case}/") for key in facts]
    assert ours == sorted(ours, reverse=True)


def test_the_act_asked_for_is_the_first_fact(desk: Desk) -> None:
    facts = [key for sort, key in first(desk, "AU suspends Mali 2021") if sort == "facts"]
    assert facts[0] == "mali-2021/au-suspension"


def test_a_longer_name_is_another_country(desk: Desk) -> None:
    assert first(desk, "马里 2021")[0] == ("cases", "mali-2021")
    assert ("cases", "guinea-2021") not in first(desk, "Equatorial Guinea 2021")[:10]
    assert first(desk, "Guinea-Bissau 2012")[0] == ("cases", "guinea-bissau-2012")
    assert ("cases", "sudan-2021") not in first(desk, "South Sudan 2021")
    assert ("cases", "mali-2021") not in first(desk, "S/RES/2584 (2021) Mali")[:1]


@pytest.mark.parametrize(
    ("asked", "sort", "key"),
    [
        ("Operation Serval", "operations", "serval"),
        ("Opération Serval", "operations", "serval"),
        ("MINUSMA", "missions", "minusma"),
        ("minusma withdrawal", "missions", "minusma"),
        ("UNITAF", "operations", "unitaf"),
    ],
)
def test_a_mission_or_operation_named_is_first(desk: Desk, asked: str, sort: str, key: str) -> None:
    assert first(desk, asked)[0] == (sort, key)


def test_what_is_named_shows_once_it_was_known(desk: Desk) -> None:
    assert ("cases", "guinea-2021") not in first(desk, "AU Guinea 2021", "2021-05-01")
    assert ("missions", "minusma") not in first(desk, "minusma mali 2012", "2012-06-01")


# ---------------------------------------------------------------- where a fact belongs


def test_a_fact_says_its_case_by_its_title(desk: Desk) -> None:
    for language, title in (("en", "Mali, May 2021"), ("fr", "Mali, mai 2021")):
        finds = everything_found(desk, "AU suspends Mali 2021", desk.moment(), language, "facts")
        mine = next(find for find in finds if find.key == "mali-2021/au-suspension")
        assert "".join(text for text, _ in mine.within) == title
        assert all(find.within for find in finds)
        shown = ["".join(text for text, _ in one.text) for find in finds for one in find.also if one.field == "case"]
        assert not [one for one in shown if re.search(r"[a-z]-\d{4}", one)]


def test_json_keeps_ids_and_adds_titles(desk: Desk) -> None:
    record = found_record(search(desk, "suspends mali 2021", desk.moment(), "fr", "facts", None), desk.moment())
    mine = next(find for find in record["results"] if find["id"] == "mali-2021/au-suspension")
    assert mine["within"] == "Mali, mai 2021"
    stood = [one["text"] for find in record["results"] for one in find["stands_in"] if one["field"] == "case"]
    assert "mali-2021" in stood


def test_registers_are_named_too(desk: Desk) -> None:
    finds = everything_found(desk, "mali", desk.moment(), "fr", "facts")
    titles = {find.key.partition("/")[0]: "".join(text for text, _ in find.within) for find in finds}
    assert titles["mission:minusma"] == "MINUSMA"
    assert titles["state:MLI"] == "Mali"
    assert not [title for title in titles.values() if ":" in title]
