"""Texts of others are text everywhere: in pages, JSON, CSV, SVG and briefs nothing in them comes alive."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from goodoffices.core.errors import BadRecord
from goodoffices.desk.desk import Desk, NewCase
from goodoffices.web.rendering import as_csv
from web.conftest import client_of
from web.reading import read
from web.test_markup import is_safe

LIVE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)//",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><input name=x></form>",
    "<style>@import '//evil.example/x.css'</style>",
    "<details open ontoggle=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "{{ 7 * 191 }}",
    "{% for x in (1,) %}{{ 1336 + x }}{% endfor %}",
    "${7*191} #{7*191} <%= 7*191 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u202e<script>alert(1)</script>",
    "<ſcript>alert(1)</ſcript>",
    "javascript:alert(1)",
    '#import "x"; #eval("1") $ x $ \\ @cite',
)
# Many at once: what escapes one escapes all, and a text may hold several.
TOGETHER = [" ".join(LIVE[first::5]) for first in range(5)]
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "|calc",
    "%0A=1+1",
)
FIELDS = ("text", "note", "source", "person", "label", "locator")


def sourced(desk: Desk, payload: str) -> str:
    """A case whose every text field is the payload."""
    case = desk.new_case(NewCase("Mali", "2024-11-20", "military_coup", payload, "", f"{payload}.", "MLI"))
    source = {"given": {"title": payload, "publisher": payload}}
    cited = [{"source": "given", "at": payload}]
    common = {"when": "2024-11-21", "text": f"{payload}.", "note": payload, "confidence": "low", "sources": cited}
    desk.record(
        case,
        "a",
        {
            "kind": "leadership",
            "actor": "authorities",
            "person": payload,
            "office": f"president {payload}",
            "manner": "took_power",
            **common,
        },
        source,
    )
    desk.record(case, "b", {"kind": "suspension", "actor": "au-psc", "label": payload, **common}, source)
    desk.record(case, "c", {"kind": "statement", "actor": "ecowas", "verb": "condemn", **common}, source)
    desk.correct(f"{case}/b", {"note": f"again {payload}"}, payload)
    return case


def addresses(client: TestClient, case: str) -> list[str]:
    fact = client.get(f"/facts/{case}/b.json").json()
    source = fact["sources"][0]["id"]
    return [
        "/cases",
        f"/cases/{case}",
        f"/cases/{case}/facts",
        f"/cases/{case}/why/au.suspend",
        f"/cases/{case}/brief.html",
        f"/facts/{case}/a",
        f"/facts/{case}/b",
        f"/sources/{case}/{source}",
        f"/record?from=2024-11-01&to=2024-12-01&case={case}",
    ]


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_nothing_comes_alive(empty_desk: Desk, payload: str) -> None:
    client = client_of(empty_desk)
    case = sourced(empty_desk, payload)
    words = ""
    for address in addresses(client, case):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = read(answer.text)
        if "brief" in address:
            assert not [
                tag for tag, _ in page.tags if tag in ("script", "iframe", "object", "base", "form", "img", "math")
            ]
            assert not [name for _, given in page.tags for name in given if name.startswith("on")]
        else:
            is_safe(page)
            assert page.unclosed == [], address
        words += page.words
    assert payload in words
    assert "1337" not in words
    drawing = client.get(f"/cases/{case}/timeline.svg").text
    for tag, given in read(drawing).tags:
        assert tag in ("svg", "g", "path", "circle", "rect", "text", "title")
        assert not [name for name in given if name.startswith("on") or name in ("href", "xlink:href")]
    for address in (f"/cases/{case}.json", f"/facts/{case}/a.json", f"/cases/{case}/timeline.json", "/cases.json"):
        answer = client.get(address)
        assert answer.headers["content-type"].startswith("application/json")
        assert payload in json.dumps(answer.json(), ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_is_a_formula(empty_desk: Desk, payload: str) -> None:
    client = client_of(empty_desk)
    case = sourced(empty_desk, payload)
    for address in (
        f"/cases/{case}.csv",
        f"/cases/{case}/timeline.csv",
        "/cases.csv",
        f"/record.csv?from=2024-11-01&case={case}",
    ):
        rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
        assert len(rows) > 1
        for row in rows:
            assert len(row) == len(rows[0])
            for cell in row:
                assert not cell.lstrip(" \u00a0\u200b\ufeff").startswith(
                    ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝")
                ), cell
    assert payload in client.get(f"/cases/{case}.csv").text.replace('""', '"')


def test_a_number_below_zero_stays_a_number() -> None:
    body = bytes(as_csv([{"day": -3, "text": "-3"}], "x").body).decode("utf-8-sig")
    assert body == "day,text\r\n-3,'-3\r\n"


def test_nothing_in_an_address_comes_alive(reader: TestClient) -> None:
    for payload in LIVE:
        for place in (
            "/cases/{}",
            "/facts/mali-2021/{}",
            "/rulebooks/{}",
            "/{}",
            "/rulebooks?x={}",
            "/rulebooks?as_of={}",
        ):
            page = read(reader.get(place.format(quote(payload, safe=""))).text)
            is_safe(page)
            assert "1337" not in page.words
        is_safe(read(reader.get("/rulebooks", params={payload: payload}).text))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example", "ftp://x"]
)
def test_a_source_has_an_address_of_the_web_or_none(desk: Desk, address: str) -> None:
    fields = {
        "kind": "statement",
        "when": "2021-06-01",
        "actor": "ecowas",
        "verb": "condemn",
        "text": "x.",
        "confidence": "low",
        "sources": ["s"],
    }
    with pytest.raises(BadRecord, match="address"):
        desk.record("mali-2021", "hostile", fields, {"s": {"title": "x", "address": address}})
