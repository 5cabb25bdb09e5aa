"""Questions that cannot be answered: a page with a sentence and a 4xx status, never a fault, never a trace."""

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from web.conftest import HERE, client_of
from web.reading import read

LONG = "x" * 5000
BAD = [
    ("/cases?as_of=2021-02-30", "2021-02-30"),
    ("/cases?known_at=never", "never"),
    ("/cases?then=2021-13-01", "2021-13-01"),
    ("/cases?as_of=2021", "2021"),
    ("/cases?as_of=0000-00-00", "0000"),
    ("/cases?as_of=-0001-01-01", "as_of"),
    ("/cases?as_of=99999-01-01", "99999"),
    ("/cases?as_of=%F0%9F%95%8A", "as_of"),
    ("/cases?as_of=2021-06-15%00", "as_of"),
    ("/cases?as_of=1899-12-31", "1900"),
    ("/cases?known_at=2200-01-01", "2199"),
    ("/cases/mali-2021?then=9999-12-31", "2199"),
    ("/cases?sort=password", "password"),
    ("/cases?sort=%3Cscript%3E", "column"),
    ("/cases?order=sideways", "sideways"),
    ("/cases/mali-2021/facts?sort=text", "column"),
    ("/cases/mali-2021?as_of=%27%20OR%201=1", "as_of"),
    ("/cases/mali-2091", "mali-2091"),
    ("/cases/%00", "no case"),
    ("/cases/mali-2021%00", "no case"),
    ("/cases/%E0%A4%A", "no case"),
    ("/cases/%D9%85%D8%A7%D9%84%D9%8A", "no case"),
    ("/cases/' OR 1=1 --", "no case"),
    ("/cases/state:MLI", "no case"),
    (f"/cases/{LONG}", "120"),
    ("/cases/..%2f..%2fetc%2fpasswd", ""),
    ("/cases/mali-2021/brief.exe", "pdf"),
    ("/cases/mali-2091/brief.pdf", "mali-2091"),
    ("/cases/mali-2091/timeline.svg", "mali-2091"),
    ("/cases/mali-2021/why/au.suspendx", "au.suspendx"),
    (f"/cases/mali-2021/why/{LONG}", "120"),
    ("/facts/mali-2021/nothing", "mali-2021/nothing"),
    ("/facts/mali-2091/nothing", "mali-2091/nothing"),
    ("/facts/mali-2021/%00", ""),
    ("/facts/x/y/z", "no page"),
    (f"/facts/{LONG}/x", "160"),
    ("/sources/mali-2021/nothing", "nothing"),
    ("/sources/mali-2091/nothing", "mali-2091"),
    ("/rulebooks/nothing", "nothing"),
    (f"/rulebooks/{LONG}", "60"),
    ("/record?from=2021-02-30", "2021-02-30"),
    ("/record?to=soon", "soon"),
    ("/record?to=0001-01-01", "1900"),
    ("/record?from=2021-01-01&to=9999-12-31", "2199"),
    ("/record?from=2022-01-01&to=2021-01-01", "2022-01-01"),
    ("/record?case=mali-2091", "mali-2091"),
    ("/nowhere", "no page"),
    ("//evil.example/x", "no page"),
]
# Odd, but with an answer.
ODD = [
    "/cases?as_of=1900-01-01",
    "/cases?known_at=1900-01-01",
    "/cases?as_of=2199-12-31",
    "/cases?known_at=2199-12-31",
    "/cases?as_of=&known_at=",
    "/cases?x=%00&y=%3Cscript%3E",
    "/cases?as_of=2021-06-15&as_of=2021-06-16",
    "/cases/mali-2021?as_of=1900-01-01",
    "/cases/mali-2021?as_of=2199-12-31",
    "/cases/mali-2021?known_at=1900-01-01",
    "/cases/mali-2021?then=1900-01-01",
    "/cases/mali-2021?then=2199-12-31",
    "/cases/mali-2021/brief.html?then=1900-01-01",
    "/cases/mali-2021/timeline.svg?as_of=2199-12-31",
    "/cases/mali-2021/timeline.svg?then=1900-01-01",
    "/cases/mali-2021/findings.csv?then=1900-01-01",
    "/cases/mali-2021/why/au.suspend?then=1900-01-01",
    "/record?to=1900-01-01",
    "/record?from=1900-01-01&to=2199-12-31&case=chad-2021",
    "/record?then=1900-01-01",
]


@pytest.mark.parametrize(("address", "word"), BAD, ids=lambda one: str(one)[:40])
def test_a_sentence_and_no_fault(reader: TestClient, address: str, word: str) -> None:
    answer = reader.get(HERE + address)
    assert 400 <= answer.status_code < 500
    page = read(answer.text)
    assert word.lower() in page.words.lower()
    assert "Traceback" not in answer.text
    assert "sqlalchemy" not in answer.text.lower()
    assert [one for tag, one in page.tags if tag == "h1"]
    for link in page.links(HERE + "/"):
        assert link.startswith(HERE), link


@pytest.mark.parametrize("address", ODD)
def test_odd_questions_have_an_answer(reader: TestClient, address: str) -> None:
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/cases/mali-2091.json", "/cases/mali-2021.csv?as_of=never", "/facts/a/b.json"])
def test_programs_get_their_sentence_as_json(reader: TestClient, address: str) -> None:
    answer = reader.get(address)
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/cases/mali-2091", "/cases/mali-2021"),
        ("/cases/mali-2091/why/au.suspend", "/cases/mali-2021"),
        ("/cases/mali-2021/why/au.suspendx", "/cases/mali-2021/why/au.suspend"),
        ("/rulebooks/oass", "/rulebooks/oas"),
    ],
)
def test_the_nearest_right_thing_is_a_link_that_leads_there(reader: TestClient, address: str, place: str) -> None:
    links = [one for one in read(reader.get(address).text).links(HERE + address) if "#" not in one]
    links = [one for one in links if "lang=fr" not in one]  # the page itself in French is as wrong
    assert HERE + place in links
    assert [one for one in links if reader.get(one).status_code not in (200, 307)] == []


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    page = client.get("/cases")
    assert page.status_code == 200
    assert "No case was known" in page.text
    assert client.get("/cases.json").json() == []
    assert client.get("/cases.csv").status_code == 200
    assert client.get("/record").status_code == 200
    assert client.get("/rulebooks/au").status_code == 200
    assert client.get("/cases/mali-2021").status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_fault_of_ours_is_a_page_that_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("goodoffices.web.case_pages.draw_parts", broken)
    answer = client.get(f"/cases/mali-2021?lang={language}")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert ("Une faute de notre part" if language == "fr" else "A fault of ours") in answer.text
    assert 'href="/cases' in answer.text, "there is a way back"
    assert client.get("/glossary").status_code == 200


def test_where_no_page_can_be_made_the_sentence_stands_alone(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("goodoffices.web.case_pages.draw_parts", broken)
    monkeypatch.setattr("goodoffices.web.app.problem_page", broken)
    answer = client.get("/cases/mali-2021")
    assert answer.status_code == 500
    assert "The page could not be made." in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_a_brief_is_in_the_language_of_the_page_that_leads_to_it(reader: TestClient, form: str) -> None:
    english, french = (reader.get(f"/cases/chad-2021/brief.{form}?lang={one}") for one in ("en", "fr"))
    assert english.status_code == french.status_code == 200
    assert english.content != french.content
    if form == "html":
        assert '<html lang="fr"' in french.text
        assert '<html lang="en"' in english.text
