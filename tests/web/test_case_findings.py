"""The findings of a case page: under the body whose rules they are; those that ask nothing link to their reasons."""

import re
from collections import Counter

from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from goodoffices.norms.wording import state_words


def test_every_finding_stands_once_under_the_body_whose_rule_it_is(client: TestClient, desk: Desk) -> None:
    text = client.get("/cases/chad-2021").text
    books = {book.title: book for book in desk.rules()}
    seen: list[str] = []
    for part in text.split('<details class="body"')[1:]:
        title = re.search(r"<summary><b>([^<]+)</b>", part)
        assert title is not None
        rules = set(re.findall(r"/cases/chad-2021/why/([a-z0-9.-]+)", part.split("<aside")[0]))
        assert rules, title[1]
        assert all(books[title[1]].rule(rule) for rule in rules), title[1]
        seen += rules
    assert sorted(seen) == sorted(rule.id for book in books.values() for rule in book.rules)


def test_the_line_of_a_body_counts_its_findings_by_state(client: TestClient, desk: Desk) -> None:
    findings = desk.check("chad-2021", desk.moment(), "au").findings
    told = [one for one in findings if not one.quiet and one.kind != "definition"]
    counted = Counter(state_words(one.called).partition(",")[0].partition(":")[0] for one in told)
    text = client.get("/cases/chad-2021").text
    line = re.search(r"<details class=\"body\" open><summary><b>African Union</b> <span>([^<]+)</span>", text)
    assert line is not None  # an apparent deviation unfolds it
    said = {word: int(number) for number, word in (one.split(" ", 1) for one in line[1].split(", "))}
    assert said == counted
    assert line[1].startswith("1 apparent deviation")


def test_rules_that_ask_nothing_link_to_their_reasons(client: TestClient) -> None:
    text = client.get("/cases/chad-2021").text
    loud, quiet = text.split("rules that ask nothing here")
    assert '<details class="reasons">' in loud
    assert '<details class="reasons">' not in quiet.split("</section>")[0]
    address = re.search(r"/cases/chad-2021/why/[a-z0-9.-]+", quiet)
    assert address is not None
    assert client.get(address[0]).status_code == 200


def test_bodies_without_a_rule_are_named_where_the_state_belongs_to_them(client: TestClient) -> None:
    text = client.get("/cases/chad-2021").text
    assert "No rule on such changes found:" in text and "Searched:" in text
    myanmar = client.get("/cases/myanmar-2021").text
    assert re.search("No rule on such changes found: <a[^>]*>Association of Southeast Asian Nations</a>", myanmar)
