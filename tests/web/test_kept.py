"""Answers kept in memory: the same page, sent again; another one as soon as anything is recorded or asked otherwise."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import Response, StreamingResponse

from goodoffices.desk.desk import Desk
from goodoffices.web.kept import Kept
from web.conftest import HERE, client_of

PAGES = ("/cases", "/cases/mali-2021", "/cases/mali-2021.json", "/cases/mali-2021.csv", "/rulebooks/au")


class Counted:
    """An application that counts how often it was asked."""

    def __init__(self, answer: Any):
        self.times = 0
        self._answer = answer

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.times += 1
        await self._answer(self.times)(scope, receive, send)


def over(desk: Desk, answer: Any, **more: int) -> tuple[TestClient, Counted]:
    inner = Counted(answer)
    return TestClient(Kept(inner, desk, **more), base_url=HERE), inner


@pytest.mark.parametrize("address", PAGES)
def test_the_second_answer_is_the_first(desk: Desk, address: str) -> None:
    client = client_of(desk)
    first, second, other = client.get(address), client.get(address), client_of(desk).get(address)
    assert first.status_code == 200
    assert first.content == second.content == other.content
    assert dict(first.headers) == dict(second.headers) == dict(other.headers)
    assert first.headers["etag"]
    assert client.get(address, headers={"Accept-Encoding": "identity"}).text == first.text


@pytest.mark.parametrize("address", PAGES)
def test_what_the_reader_has_is_not_sent_again(desk: Desk, address: str) -> None:
    client = client_of(desk)
    tag = client.get(address).headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "content-security-policy" in again.headers
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    fresh = client_of(desk).get(address, headers={"If-None-Match": tag})
    assert fresh.status_code == 304  # the same record makes the same page, also in another process


def test_anything_recorded_makes_another_page(desk: Desk) -> None:
    client = client_of(desk)
    before = client.get("/cases/mali-2021/facts")
    desk.correct("mali-2021/au-suspension", {"text": "The Union suspends Mali, said otherwise."}, "a test")
    after = client.get("/cases/mali-2021/facts", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "said otherwise" in after.text


def test_another_day_another_question_another_form_are_other_pages(desk: Desk) -> None:
    days = [datetime(2026, 11, 21, 23, tzinfo=UTC)]
    desk._clock = lambda: days[-1]
    client, inner = over(desk, lambda times: Response(f"page {times}", media_type="text/plain"))
    assert [client.get("/a").text, client.get("/a").text, client.get("/a?b=1").text] == ["page 1", "page 1", "page 2"]
    assert client.get("/a", headers={"Accept-Encoding": "identity"}).text == "page 3"
    days.append(datetime(2026, 11, 22, 1, tzinfo=UTC))
    assert client.get("/a").text == "page 4"
    assert inner.times == 4


@pytest.mark.parametrize(
    "answer",
    [
        lambda times: Response(f"{times}", headers={"Cache-Control": "no-store"}),
        lambda times: Response(f"{times}", headers={"Set-Cookie": "seen=1"}),
        lambda times: Response(f"{times}", status_code=404),
        lambda times: Response(f"{times}", status_code=307, headers={"Location": "/b"}),
        lambda times: Response(f"{times}".rjust(2_000_000)),
        lambda times: StreamingResponse(iter([b"x" * 600_000, b"y" * 600_000, f"{times}".encode()])),
    ],
    ids=["no-store", "cookie", "404", "307", "long", "long and in parts"],
)
def test_what_is_not_kept(desk: Desk, answer: Any) -> None:
    client, inner = over(desk, answer)
    texts = [client.get("/a", follow_redirects=False).text.strip("xy ") for _ in range(2)]
    assert texts == ["1", "2"]
    assert inner.times == 2


def test_other_verbs_pass(desk: Desk) -> None:
    client, inner = over(desk, lambda times: Response(f"{times}"))
    assert [client.post("/a").text, client.post("/a").text] == ["1", "2"]
    assert inner.times == 2


def test_a_short_answer_in_parts_is_kept_whole(desk: Desk) -> None:
    client, inner = over(desk, lambda times: StreamingResponse(iter([b"one ", f"{times}".encode()])))
    assert [client.get("/a").text, client.get("/a").text] == ["one 1", "one 1"]
    assert inner.times == 1


def test_the_oldest_go_where_there_is_no_room(desk: Desk) -> None:
    client, inner = over(desk, lambda times: Response(f"{times}".rjust(400)), most_bytes=1000)
    for address in ("/a", "/b", "/a", "/c"):  # /b is asked for longest ago
        client.get(address)
    assert inner.times == 3
    assert client.get("/a").text.strip() == "1"
    assert client.get("/b").text.strip() == "4"


def test_a_fault_of_the_application_is_not_hidden(desk: Desk) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError, match="a fault"):
        TestClient(Kept(broken, desk), base_url=HERE).get("/a")
