"""What is new between two days of knowledge is marked on the case; and so is what changed since the reader looked."""

import re

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk, NewCase
from record import day
from web.reading import read
from web.test_changed import add, see
from web.test_markup import is_safe

TWO = "/cases/mali-2021?as_of=2021-06-15&known_at=2021-06-15&since=2021-05-26"


def marked_keys(text: str) -> set[str]:
    """The facts whose sentence is followed by a mark."""
    return set(re.findall(r'href="/facts/([^"?]+)[^>]*>[^<]*</a>(?:</span>)?<sup>(?:(?!</sup>).)*</sup> <mark>', text))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_facts_known_since_then_are_marked_and_no_others(reader: TestClient, desk: Desk, language: str) -> None:
    spoken = "" if language == "en" else "&lang=fr"
    text = reader.get(TWO + spoken).text
    is_safe(read(text))
    facts = desk.snapshot("mali-2021", desk.moment(day("2021-06-15"), day("2021-06-15"))).facts
    known = {fact.key: fact.known_at for fact in facts}
    marked = marked_keys(text)
    assert marked
    assert all(known[key] > day("2021-05-26") for key in marked)
    shown = set(re.findall(r'<td class="what"><a class="plain"[^>]*href="/facts/(mali-2021/[^"?]+)', text))
    late = {key for key in shown if known[key] > day("2021-05-26")}
    assert late == marked & shown
    assert late < shown, "some of what is shown was known before"
    assert ("nouveau" if language == "fr" else "new") in re.findall(r"<mark>([^<]+)</mark>", text)


def test_findings_that_turned_say_what_they_were(reader: TestClient) -> None:
    text = reader.get(TWO).text
    suspended = next(row for row in text.split("<tr>") if "/why/au.suspend?" in row)
    assert "<mark>turned</mark> on 26 May 2021: open, no term in the text, day 2" in suspended
    condemned = next(row for row in text.split("<tr>") if "/why/au.condemn?" in row)
    assert "<mark>" not in condemned


def test_the_note_counts_them_and_leads_to_the_reasons(reader: TestClient) -> None:
    page = read(reader.get(TWO).text)
    counts = re.search(r"New facts: (\d+); corrected: 0; withdrawn: 0; findings that turned: (\d+)", page.words)
    assert counts
    text = reader.get(TWO).text
    assert int(counts[2]) == text.count("<mark>turned</mark>")
    links = [given["href"] for tag, given in page.tags if tag == "a"]
    address = next(one for one in links if one.startswith("/record?") and "from=" in one)
    assert reader.get(address).status_code == 200
    for part in ("from=2021-05-26", "to=2021-06-15", "case=mali-2021"):
        assert part in address


def test_the_table_of_facts_marks_each_new_one(reader: TestClient, desk: Desk) -> None:
    text = reader.get(TWO.replace("mali-2021?", "mali-2021/facts?")).text
    counts = re.search(r"New facts: (\d+)", text)
    assert counts
    assert text.count("<mark>new</mark>") + new_gaps(desk) == int(counts[1])


def new_gaps(desk: Desk) -> int:
    """Gaps are no rows of the table: the case lists them."""
    snapshot = desk.snapshot("mali-2021", desk.moment(day("2021-06-15"), day("2021-06-15")))
    return sum(one.kind == "gap" and one.known_at > day("2021-05-26") for one in snapshot.facts)


def test_unasked_nothing_is_marked(reader: TestClient) -> None:
    for address in ("/cases/mali-2021", "/cases/mali-2021?since=", "/cases/mali-2021/facts"):
        text = reader.get(address).text
        assert "<mark>" not in text
        assert "since=" not in text.replace('name="since"', "")


def test_a_correction_and_a_withdrawal_are_told(client: TestClient, desk: Desk) -> None:
    key = "mali-2021/au-suspension"
    before = desk.today()
    add(desk, "then")
    same = f"/cases/mali-2021?since={before}"
    assert "Nothing of this case is new since." in client.get(same).text
    desk.retract(key, "made for this test", before)
    text = client.get(f"/cases/mali-2021?since={before.replace(year=before.year - 1)}").text
    assert re.search(r"withdrawn: 1;", text)
    assert re.search(r"<del [^>]*>[^<]+</del> \(withdrawn\)", text)


@pytest.mark.parametrize("since", ["2021-06-16", "2030-01-01", "yesterday", "2021-13-01", "0000-00-00"])
def test_a_day_that_is_not_earlier_is_refused(reader: TestClient, since: str) -> None:
    answer = reader.get(TWO.replace("2021-05-26", since))
    assert answer.status_code == 400
    assert "Since: " in read(answer.text).words


def test_zoom_stands_in_the_address_of_page_and_data(reader: TestClient) -> None:
    text = reader.get("/cases/mali-2021?zoom=30&as_of=2021-06-15").text
    assert re.search(r'id="zoom-30"[^>]*aria-current="true"', text)
    assert "/cases/mali-2021/timeline.csv?as_of=2021-06-15&amp;zoom=30" in text
    record = reader.get("/cases/mali-2021/timeline.json?zoom=30").json()
    assert (day(record["to"]) - day(record["from"])).days == 30
    later = re.search(r'id="zoom-later" href="([^"#]+)', text)
    assert later
    assert reader.get(later[1].replace("&amp;", "&")).status_code == 200
    refused = reader.get("/cases/mali-2021?zoom=11")
    assert refused.status_code == 400
    assert "10, 30, 100, 365" in refused.text


def test_the_figure_alone_speaks_the_language_of_its_page(reader: TestClient) -> None:
    assert "Union africaine" in reader.get("/cases/mali-2021/timeline.svg?lang=fr").text
    assert "African Union" in reader.get("/cases/mali-2021/timeline.svg").text


# ---------------------------------------------------------------- since the reader looked


def test_home_and_case_tell_what_changed_since(client: TestClient, desk: Desk) -> None:
    assert "how far you have read" in client.get("/").text
    see(client, desk)
    assert "Nothing was recorded" in read(client.get("/").text).words
    assert "since you last looked" not in client.get("/cases/sudan-2021").text
    add(desk, "one")
    add(desk, "two")
    home = read(client.get("/").text)
    assert "2 facts have changed since you last looked, in Sudan, October 2021" in " ".join(home.words.split())
    assert "Changed since you last looked: 2 facts" in client.get("/cases/sudan-2021").text
    assert "modifié depuis votre dernière visite" in client.get("/cases/sudan-2021?lang=fr").text.lower()
    assert "last looked" not in client.get("/cases/mali-2021").text
    desk.new_case(NewCase("Mali", "2024-11-20", "military_coup", "x", "", "y.", "MLI"))
    assert "Mali, November 2024" in client.get("/").text.partition("since you last looked")[2][:400]


def test_another_reader_is_told_nothing_of_it(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    add(desk, "one")
    assert "have changed" in client.get("/").text or "has changed" in client.get("/").text
    client.cookies.clear()
    assert "how far you have read" in client.get("/").text
