"""The pages in French: every message has its French, and no page shows English where it has."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.web.language import catalogue, say, translations, written
from web.reading import read

PAGES = (
    *("/", "/cases", "/cases/mali-2021", "/cases/mali-2021/facts", "/cases/chad-2021/why/au.suspend"),
    *("/facts/mali-2021/au-suspension", "/rulebooks", "/rulebooks/au", "/record", "/cases/mali-2091"),
)


def texts(found: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def test_every_message_has_its_french_and_no_french_is_left_over() -> None:
    messages = {texts(one)[0]: texts(one) for _, one in written()}
    assert len(messages) > 100
    french = {texts(one.id)[0]: texts(one.string) for one in catalogue("fr") if one.id}
    missing = {one for one in messages if not all(french.get(one, ("",)))}
    assert missing == set()
    assert set(french) - set(messages) == set()
    for one, given in messages.items():
        assert len(french[one]) == len(given), one
        assert {name for text in french[one] for name in placeholders(text)} == {
            name for text in given for name in placeholders(text)
        }, one
        assert re.findall(r"</?\w+", given[0]) == re.findall(r"</?\w+", french[one][0]), one


def test_french_is_set_as_french_is() -> None:
    for one in catalogue("fr"):
        for text in texts(one.string) if one.id else ():
            plain = re.sub(r"<[^>]+>|%\(\w+\)s", "", text)
            assert not re.search(r"\w[;!?]", plain), text
            assert not re.search(r"[a-zé]:(?!//|[A-Z]{3}\b)", plain), text
            assert "'" not in plain, text
            assert '"' not in plain, text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_french(reader: TestClient, address: str) -> None:
    answer = reader.get(address, params={"lang": "fr"}, follow_redirects=True)
    page = read(answer.text)
    assert ("html", {"lang": "fr"}) in page.tags
    # A BibTeX entry is for programs, in one language.
    words = read(re.sub(r'(?s)<pre[^>]* id="bibtex".*?</pre>', "", answer.text)).words
    english = [texts(one)[0] for _, one in written()]
    for text in english:
        if len(text.split()) > 2 and "%(" not in text and "<" not in text and say(text, "fr") != text:
            assert text not in words, text
    links = [given["href"] for tag, given in page.tags if tag == "a" and given.get("hreflang") != "en"]
    inside = [one for one in links if one.startswith("/") and "/static/" not in one and "key today" not in one]
    assert inside
    assert [one for one in inside if parse_qs(urlsplit(one).query).get("lang") != ["fr"] and "known" not in one] == []
    back = next(given["href"] for tag, given in page.tags if given.get("hreflang") == "en")
    assert "lang" not in parse_qs(urlsplit(back).query)
    assert reader.get(back, follow_redirects=True).status_code == answer.status_code


def test_forms_keep_the_language(reader: TestClient) -> None:
    page = read(reader.get("/cases/mali-2021?lang=fr&as_of=2021-06-15").text)
    hidden = [(given["name"], given["value"]) for tag, given in page.tags if given.get("type") == "hidden"]
    assert hidden.count(("lang", "fr")) == 2  # of the clocks, and of the search
    assert ("as_of", "2021-06-15") in hidden


def test_days_actors_states_and_rules_are_french(reader: TestClient) -> None:
    words = read(reader.get("/cases/mali-2021?lang=fr").text).words
    for french in ("Mali, mai 2021", "CEDEAO", "1er juin 2021", "faite, jour 8", "en vigueur depuis le"):
        assert french in words
    for english in ("done, day", "ECOWAS may suspend", "apparent deviation", "in force since"):
        assert english not in words


def test_short_names_and_titles_of_like_cases_are_french(reader: TestClient) -> None:
    text = reader.get("/cases/guinea-2021?lang=fr").text
    words = read(text).words.replace("\u00a0", " ")
    for french in ("CPS 1030 : suspend", "UE : condamne", "CEDEAO : condamne", "Commission de l’UA : condamne"):
        assert french in words, french
    for english in ("PSC 10", "EU:", "ECOWAS:", "penholder", "AU:"):
        assert english not in words, english
    likely = text[text.index('id="alike"') :].partition("</section>")[0]
    assert re.search(r">Guinée-Bissau, novembre 2025<", likely)
    assert not re.search(r">[^<]*(March|August|September|November|January)[^<]*<", likely)


def test_what_lies_ahead_is_french(reader: TestClient) -> None:
    words = read(reader.get("/?lang=fr").text).words.replace("\u00a0", " ")
    assert "fin du mandat du BRENUAC" in words
    assert "promis : élections générales" in words
    for english in ("general elections", "de la UN", "periodic updates"):
        assert english not in words, english


def test_another_language_is_answered_in_english(reader: TestClient) -> None:
    page = read(reader.get("/cases?lang=xx").text)
    assert ("html", {"lang": "en"}) in page.tags


def test_translations_are_read_once() -> None:
    assert translations("fr") is translations("fr")
    assert say("Cases", "fr") == "Cas"
    assert say("Cases", "en") == "Cases"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/cases/mali-2021?as_of=2021-13-01&lang=fr", "« 2021-13-01 » n’est pas un jour du calendrier"),
        ("/cases/mali-2021?since=2030-01-01&lang=fr", "2030-01-01 vient après le"),
        ("/cases?sort=colour&lang=fr", "il n’y a pas de colonne « colour »"),
        ("/cases/mali-2021?zoom=11&lang=fr", "il n’y a pas d’étendue « 11 »"),
        ("/record?from=2021-06-02&to=2021-06-01&lang=fr", "2021-06-02 vient après le 2021-06-01"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_french(reader: TestClient, address: str, said: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 400
    assert said in answer.text
    assert '<p class="lead">' in answer.text, "it is not marked as English"
    plain = reader.get(address.replace("&lang=fr", "")).text
    assert "n’est pas" not in plain
    assert "vient après" not in plain
