"""Only the reader's own browser may write, or a program; only where the server lets pages write; only so much."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from goodoffices.web.app import create
from goodoffices.web.posted import MOST
from web.conftest import HERE
from web.test_routes import under_policy

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"
FORM = {"country": "Senegal", "day": "2026-11-20", "category": "military_coup", "source": "APS", "do": "open"}
# What the request says of where it comes from, and whether it may write.
REQUESTS = [
    ({}, True),  # a program
    ({"user-agent": "curl/8.5"}, True),
    ({"user-agent": FIREFOX}, False),  # a browser that does not say
    ({"user-agent": FIREFOX, "sec-fetch-site": "same-origin"}, True),
    ({"user-agent": FIREFOX, "sec-fetch-site": "none"}, True),
    ({"sec-fetch-site": "Same-Origin"}, True),
    ({"sec-fetch-site": "same-site"}, False),  # another port of this machine
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": ""}, False),
    ({"sec-fetch-site": "same-origin, cross-site"}, False),
    ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"}, False),  # the browser's own word counts more
    ({"sec-fetch-site": "same-origin", "origin": "null"}, True),  # what Referrer-Policy: no-referrer makes of it
    ({"origin": "http://127.0.0.1"}, True),
    ({"user-agent": FIREFOX, "origin": "http://127.0.0.1"}, True),
    ({"origin": "http://127.0.0.1:80"}, True),
    ({"origin": "HTTP://127.0.0.1"}, True),
    ({"origin": "http://127.0.0.1:8001"}, False),
    ({"origin": "https://127.0.0.1"}, False),
    ({"origin": "http://localhost"}, False),  # another name of this machine is another origin
    ({"origin": "http://evil.example"}, False),
    ({"origin": "http://127.0.0.1.evil.example"}, False),
    ({"origin": "http://evil.example/127.0.0.1"}, False),
    ({"origin": "http://127.0.0.1@evil.example"}, False),
    ({"origin": "null"}, False),
    ({"origin": ""}, False),
    ({"origin": "http://[::1"}, False),
    ({"origin": "http://127.0.0.1:99999"}, False),
    ({"origin": "file://"}, False),
]


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create(desk), base_url=HERE, follow_redirects=False, raise_server_exceptions=False) as made:
        made.headers.pop("user-agent")
        yield made


@pytest.mark.parametrize(("headers", "may"), REQUESTS, ids=str)
def test_who_may_write(client: TestClient, desk: Desk, headers: dict[str, str], may: bool) -> None:
    before = desk.head()
    answer = client.post("/new-case", data=FORM, headers=headers)
    under_policy(answer.headers)
    if may:
        assert answer.status_code == 303
        assert desk.head() != before
    else:
        assert answer.status_code == 403
        assert "another site" in answer.text
        assert desk.head() == before


def test_two_headers_of_one_name_must_both_be_ours(client: TestClient, desk: Desk) -> None:
    before = desk.head()
    for name, values in (
        ("sec-fetch-site", ("same-origin", "cross-site")),
        ("origin", (HERE, "http://evil.example")),
    ):
        given = [(name, value) for value in values]
        assert client.post("/new-case", data=FORM, headers=given).status_code == 403
    assert desk.head() == before


POSTS = (
    *("/new-case", "/cases/mali-2021/record", "/cases/mali-2021/paste", "/cases/mali-2021/correct/au-suspension"),
    *("/drafts/1/delete", "/changed/seen", "/sandbox", "/sandbox/new-case", "/nowhere", "/cases"),
)


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_address_is_open_to_another_site(client: TestClient, address: str, method: str) -> None:
    answer = client.request(method, address, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("address", POSTS[:6])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_only_post_writes(client: TestClient, desk: Desk, address: str, method: str) -> None:
    before = desk.head()
    answer = client.request(method, address, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 405
    assert desk.head() == before


def test_looking_from_another_site_is_looking(client: TestClient) -> None:
    """A link to a page from anywhere leads to the page."""
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}, {"user-agent": FIREFOX}):
        assert client.get("/new-case", headers=headers).status_code == 200


def test_nothing_is_written_by_looking(client: TestClient, desk: Desk) -> None:
    before = desk.head()
    for address in ("/new-case", "/cases/mali-2021/record", "/changed/seen", "/drafts/1/delete", "/sandbox"):
        answer = client.get(address, params=FORM | {"do": "record", "head": "1.00"})
        assert "set-cookie" not in answer.headers
    assert desk.head() == before


# where pages may not write

LOOKED_AT = (
    *("/new-case", "/cases/mali-2021/record", "/cases/mali-2021/paste"),
    *("/cases/mali-2021/correct/au-suspension", "/sandbox"),
)


def closed(desk: Desk) -> TestClient:
    return TestClient(create(desk, write=False), base_url=HERE, follow_redirects=False)


@pytest.mark.parametrize("address", (*POSTS[:5], "/sandbox"))
def test_where_pages_may_not_write_the_routes_say_so(desk: Desk, address: str) -> None:
    before = desk.head()
    answer = closed(desk).post(address, data=FORM)
    assert answer.status_code == 403
    assert "goodoffices serve --write" in answer.text
    assert desk.head() == before


@pytest.mark.parametrize("language", ["", "?lang=fr"])
@pytest.mark.parametrize("address", LOOKED_AT)
def test_where_pages_may_not_write_the_forms_say_so(desk: Desk, address: str, language: str) -> None:
    answer = closed(desk).get(address + language)
    assert answer.status_code == 200
    assert "goodoffices serve --write" in answer.text
    assert 'method="post"' not in answer.text


def test_where_pages_may_not_write_no_draft_is_shown(desk: Desk) -> None:
    from goodoffices.desk.drafts import Drafts

    Drafts(desk).keep("fact", "mali-2021", {"text": "a half-thought"})
    client = closed(desk)
    for address in ("/drafts", "/drafts.json", "/drafts/1"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "half-thought" not in answer.text
    assert "half-thought" not in client.get("/cases/mali-2021/record").text
    assert "half-thought" not in client.get("/cases/mali-2021/record?draft=1&kind=statement").text


def test_having_seen_is_no_writing(desk: Desk) -> None:
    from goodoffices.desk.since import written

    answer = closed(desk).post("/changed/seen", data={"head": written(desk.head())})
    assert answer.status_code == 303
    assert "set-cookie" in answer.headers


def test_a_further_name_closes_the_pages_unless_the_owner_says_otherwise(desk: Desk) -> None:
    wanted = ((("desk.example",), None, 403), (("desk.example",), True, 303), ((), None, 303))
    for year, (hosts, write, status) in enumerate(wanted, 2011):
        client = TestClient(create(desk, hosts, write), base_url=HERE, follow_redirects=False)
        given = FORM | {"day": f"{year}-01-01"}
        assert client.post("/new-case", data=given).status_code == status


# how much


def test_a_form_that_is_too_long_is_refused_in_a_sentence(client: TestClient, desk: Desk) -> None:
    before = desk.head()
    for content in (b"what=" + b"x" * MOST, b"a=1&" * (MOST // 4 + 1)):
        answer = client.post(
            "/new-case", content=content, headers={"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 413
        assert "256 KB" in answer.text
        under_policy(answer.headers)

    def parts() -> Iterator[bytes]:
        for _ in range(MOST // 1024 + 2):
            yield b"x" * 1024

    answer = client.post("/new-case", content=parts(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert desk.head() == before


def test_a_form_just_short_enough_is_read(client: TestClient) -> None:
    pasted = "# " + "x" * (MOST - 100)
    answer = client.post("/cases/mali-2021/paste", data={"pasted": pasted, "do": "check"})
    assert answer.status_code == 400
    assert pasted in answer.text


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x", "text/plain", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"&".join(b"a%d=1" % number for number in range(300)), "application/x-www-form-urlencoded", 400),
        (b"country=\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"country=%ff%fe&do=open", "application/x-www-form-urlencoded; charset=utf-8", 400),
        (b"", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form(client: TestClient, desk: Desk, content: bytes, kind: str, status: int) -> None:
    before = desk.head()
    answer = client.post("/new-case", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert desk.head() == before
