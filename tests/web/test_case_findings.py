"""The findings of a case page: under the body whose rules they are; those that ask nothing link to their reasons."""

import re

from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk


def test_every_finding_stands_once_under_the_body_whose_rule_it_is(client: TestClient, desk: Desk) -> None:
    text = client.get("/cases/chad-2021").text
    books = {book.title: book for book in desk.rules()}
    seen: list[str] = []
    for part in text.split('<tr class="group">')[1:]:
        title = re.search(r"<a[^>]*>([^<]+)</a>", part)
        assert title is not None
        rules = set(re.findall(r"/cases/chad-2021/why/([a-z0-9.-]+)", part.split("</tbody>")[0]))
        assert rules, title[1]
        assert all(books[title[1]].rule(rule) for rule in rules), title[1]
        seen += rules
    assert sorted(seen) == sorted(rule.id for book in books.values() for rule in book.rules)


def test_rules_that_ask_nothing_link_to_their_reasons(client: TestClient) -> None:
    text = client.get("/cases/chad-2021").text
    loud, quiet = text.split("rules that ask nothing here")
    assert "<summary>Why</summary>" in loud
    assert "<summary>Why</summary>" not in quiet.split("</section>")[0]
    address = re.search(r"/cases/chad-2021/why/[a-z0-9.-]+", quiet)
    assert address is not None
    assert client.get(address[0]).status_code == 200


def test_bodies_without_a_rule_are_named_where_the_state_belongs_to_them(client: TestClient) -> None:
    assert "no rule found. Searched:" in client.get("/cases/chad-2021").text
    assert "Association of Southeast Asian Nations</a>: no rule found" in client.get("/cases/myanmar-2021").text
