"""The pages that set cases side by side: what they say, what they link to, in both languages, on any day."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from zlib import crc32

import pytest
from fastapi.testclient import TestClient

from goodoffices.briefs.pattern_cells import NAMES
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.web.language import written
from record import clock
from web.conftest import HERE, client_of
from web.reading import Page, read
from web.test_hostile_texts import FORMULAS, TOGETHER, sourced
from web.test_markup import is_safe
from web.test_what_was_known import AFTER, BEFORE, CANARY, at, clocks

THREE = "case=mali-2020&case=mali-2021&case=guinea-2021"
PAGES = (
    "/compare",
    f"/compare?{THREE}",
    f"/compare?{THREE}&days=all&rows=shared",
    "/compare?case=mali-2021",
    "/cases/mali-2021/precedents",
    "/patterns",
    *(f"/patterns/{name}" for name in NAMES),
    "/patterns/categories?row=military_coup&column=au",
    "/patterns/alignment?case=mali-2021",
    "/deviations",
    "/deviations?rulebook=au&state=deviation",
)
OURS = ("/facts/", "/cases/", "/rulebooks/", "/compare", "/patterns", "/deviations")
EARLY = "as_of=2021-06-15&known_at=2021-06-15"


@pytest.fixture(scope="module")
def looking(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Pages over the casebook, for all here that writes nothing."""
    path = tmp_path_factory.mktemp("compare") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(f"{casebook_ledger}.heads", f"{path}.heads")
    opened = open_desk(path, clock, recorder="tests")
    yield client_of(opened)
    opened.close()


def page(client: TestClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return read(answer.text)


def more(address: str, asked: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{asked}"


def table(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


# ---------------------------------------------------------------- every page


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("asked", ["", "lang=fr", EARLY, f"{EARLY}&lang=fr", "as_of=1995-01-01&known_at=1995-01-01"])
def test_pages_are_whole(looking: TestClient, address: str, asked: str) -> None:
    where = more(address, asked) if asked else address
    answer = looking.get(where)
    nothing = "1995" in asked and ("mali-2021/precedents" in address or "row=" in address or "alignment?" in address)
    assert answer.status_code == (404 if nothing else 200), answer.text[:400]
    found = read(re.sub(r'<details class="citing".*?</details>', "", answer.text, flags=re.DOTALL))
    is_safe(found)
    assert found.unclosed == []
    assert sum(tag == "h1" for tag, _ in found.tags) == 1
    ids = [given["id"] for _, given in found.tags if "id" in given]
    assert len(ids) == len(set(ids))
    assert "None" not in found.words
    assert "fr" in asked or "violation" not in found.words.lower()  # what bodies wrote may use the word in French
    assert nothing or "_" not in re.sub(r"\S+\.(csv|json)", "", re.sub(r"\s+", " ", found.words)), "an identifier shows"


@pytest.mark.parametrize("address", PAGES)
def test_every_link_leads_somewhere(looking: TestClient, address: str) -> None:
    for one in sorted(set(page(looking, address).links(HERE + address))):
        place = urlsplit(one)
        if place.netloc != urlsplit(HERE).netloc or not place.path.startswith(OURS):
            continue
        if place.path.startswith(("/facts/", "/cases/", "/rulebooks/")) and crc32(place.path.encode()) % 8:
            continue  # a sample: they are many and alike
        assert looking.get(one).status_code == 200, one


@pytest.mark.parametrize("address", PAGES)
def test_links_keep_both_clocks_and_the_language(looking: TestClient, address: str) -> None:
    here = HERE + more(at(address, "2021-07-15", "2021-06-15"), "lang=fr")
    found = page(looking, here)
    kept = [given["href"] for tag, given in found.tags if tag == "a" and given["href"].startswith("/")]
    other = [one for one in kept if clocks(one) != ("2021-06-15", "2021-07-15")]
    for one in other:
        assert urlsplit(one).path == urlsplit(address).path, one
    english = [one for one in kept if parse_qs(urlsplit(one).query).get("lang") != ["fr"]]
    assert [urlsplit(one).path for one in english] == [urlsplit(address).path]
    hidden = [(given["name"], given["value"]) for tag, given in found.tags if given.get("type") == "hidden"]
    forms = sum(tag == "form" for tag, _ in found.tags)
    assert hidden.count(("lang", "fr")) == forms  # search, clocks, and the page's own


def test_several_cases_are_kept_by_clocks_and_language(looking: TestClient) -> None:
    found = page(looking, f"/compare?{THREE}&days=year")
    asked = parse_qs(THREE)["case"]
    french = next(given["href"] for tag, given in found.tags if given.get("hreflang") == "fr")
    assert parse_qs(urlsplit(french).query)["case"] == asked
    hidden = [
        given["value"] for tag, given in found.tags if (given.get("type"), given.get("name")) == ("hidden", "case")
    ]
    assert hidden == asked
    checked = [given["value"] for tag, given in found.tags if given.get("type") == "checkbox" and "checked" in given]
    assert sorted(checked) == sorted(asked)


TEMPLATES = ("compare", "compare_parts", "precedents", "patterns", "pattern", "deviations")


def phrases() -> set[str]:
    """What the templates of these pages say in English, in pieces without values, long enough to be nothing else."""
    mine = {f"templates/{one}.html" for one in TEMPLATES}
    found = [
        text for name, texts in written() if name in mine for text in ((texts,) if isinstance(texts, str) else texts)
    ]
    pieces = {piece.strip() for text in found for piece in re.split(r"%\(\w+\)s", text)}
    return {one for one in pieces if len(one) > 10 and " " in one}


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_left_in_english(looking: TestClient, address: str) -> None:
    english, french = (re.sub(r"\s+", " ", page(looking, more(address, f"lang={one}")).words) for one in ("en", "fr"))
    said = {one for one in phrases() if one in english}
    assert len(said) >= 2
    assert {one for one in said if one in french} == set()


# ---------------------------------------------------------------- side by side


def test_without_a_case_there_is_what_to_choose_from(looking: TestClient) -> None:
    found = page(looking, "/compare")
    boxes = [given["value"] for tag, given in found.tags if given.get("type") == "checkbox"]
    known = {row["id"] for row in looking.get("/cases.json").json() if row["day"]}
    assert set(boxes) == known
    assert len(boxes) == len(known)
    record = looking.get("/compare.json").json()
    links = [given["href"] for tag, given in found.tags if tag == "a" and given["href"].startswith("/compare?case=")]
    assert [parse_qs(urlsplit(one).query)["case"] for one in links] == [one["cases"] for one in record["sets"]]
    assert "One case is chosen" in page(looking, "/compare?case=mali-2021").words


def test_a_form_sent_with_empty_fields_is_understood(looking: TestClient) -> None:
    assert "Set side by side" in page(looking, "/compare?case=&case=").words
    assert "Mali, May 2021" in page(looking, "/compare?case=&case=mali-2021&case=chad-2021").words


def test_matrix_page_json_and_csv_say_the_same(looking: TestClient) -> None:
    record = looking.get(f"/compare.json?{THREE}").json()
    listed = table(looking, f"/compare.csv?{THREE}")
    text = looking.get(f"/compare?{THREE}").text
    cells = {
        (row["organisation"], row["act"], case): cell for row in record["rows"] for case, cell in row["cells"].items()
    }
    told = {key: cell for key, cell in cells.items() if cell}
    assert {(row["organisation"], row["act"], row["case"]) for row in listed} == set(told)
    matrix = text.partition('<table class="stack matrix')[2].partition("</table>")[0]
    for key, cell in told.items():
        for fact in cell["facts"]:
            assert f'href="/facts/{fact}"' in matrix, key
    assert matrix.count('class="none"') == len(cells) - len(told)
    assert matrix.count("no act known") == len(cells) - len(told)
    assert f">{told['au', 'suspension', 'mali-2021']['day']}</a>" in matrix


def test_rows_known_in_two_cases_or_more(looking: TestClient) -> None:
    record = looking.get(f"/compare.json?{THREE}").json()
    shared = sum(sum(cell is not None for cell in row["cells"].values()) > 1 for row in record["rows"])
    found = page(looking, f"/compare?{THREE}&rows=shared")
    rows = [given for tag, given in found.tags if tag == "th" and given.get("scope") == "row"]
    assert len(rows) == shared
    assert f"({shared})" in found.words


def test_the_figure_and_its_table_say_the_same(looking: TestClient) -> None:
    for days in ("month", "year", "all"):
        marks = table(looking, f"/compare/sequences.csv?{THREE}&days={days}")
        text = looking.get(f"/compare?{THREE}&days={days}").text
        below = text.partition('<table class="stack events marks">')[2].partition("</table>")[0]
        assert re.findall(r'href="/facts/([^"]+)"', below) == [one["fact"] for one in marks]
        plot = text.partition('class="al-plot"')[2].partition("</svg>")[0]
        drawn = re.findall(r'href="/facts/([^"]+)"', plot)
        left = sum(int(one) for one in re.findall(r"\+ (\d+) in the table", plot))
        assert set(drawn) <= {one["fact"] for one in marks}
        assert len(drawn) + left == len(marks)
        assert marks == table(looking, f"/compare/sequences.csv?{THREE}&days={days}")
    drawing = looking.get(f"/compare/sequences.svg?{THREE}").text
    assert read(drawing).unclosed == []
    assert "href" not in drawing


def test_ranges_stand_for_days_that_are_not_exact(looking: TestClient) -> None:
    cell = next(
        row["cells"]["mali-2020"]
        for row in looking.get(f"/compare.json?{THREE}").json()["rows"]
        if (row["organisation"], row["act"]) == ("ecowas", "suspension_lifted")
    )
    assert cell["day"] is None
    text = looking.get(f"/compare?{THREE}").text
    assert f">{cell['first']} to {cell['last']}</a>" in text
    assert f">{cell['first']} à {cell['last']}</a>" in looking.get(f"/compare?{THREE}&lang=fr").text


# ---------------------------------------------------------------- bad questions


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/compare?case=mali-2021&case=mali-2091", 404, "mali-2091"),
        ("/compare?case=mali-2091", 404, "mali-2091"),
        ("/compare?case=mali-2021&case=mali-2021", 400, "twice"),
        ("/compare?" + "&".join(f"case=x-{n}" for n in range(2000, 2013)), 400, "at most 12"),
        (f"/compare?{THREE}&days=fortnight", 400, "fortnight"),
        (f"/compare?{THREE}&rows=few", 400, "few"),
        (f"/compare?{THREE}&as_of=2021-02-30", 400, "2021-02-30"),
        ("/compare.csv", 400, "no case"),
        ("/compare.json?case=mali-2021", 400, "mali-2021"),
        ("/compare/sequences.svg?case=mali-2021", 400, "needs two"),
        ("/cases/mali-2091/precedents", 404, "mali-2091"),
        ("/cases/mali-2021/precedents?most=0", 400, "most"),
        ("/cases/mali-2021/precedents?most=12", 400, "1 to 11"),
        ("/cases/mali-2021/precedents?most=٣", 400, "most"),
        ("/cases/niger-2023/precedents?known_at=2021-06-15", 404, "niger-2023"),
        ("/patterns/lagz", 404, "lags"),
        ("/patterns/lags.json?known_at=x", 400, "x"),
        ("/patterns/lags?sort=nothing", 400, "nothing"),
        ("/patterns/lags?sort=au&order=up", 400, "up"),
        ("/patterns/categories?row=military_coup", 404, "has no"),
        ("/patterns/categories?row=x&column=au", 404, "has no"),
        ("/patterns/alignment?case=mali-2091", 404, "mali-2091"),
        ("/deviations?rulebook=nowhere", 404, "nowhere"),
        ("/deviations?organisation=nobody", 404, "nobody"),
        ("/deviations?state=guilty", 400, "guilty"),
        ("/deviations?year=MMXXI", 400, "MMXXI"),
        ("/deviations?country=Malí", 400, "Malí"),
        ("/deviations?sort=guilt", 400, "guilt"),
    ],
)
def test_what_cannot_be_asked_is_said(looking: TestClient, address: str, status: int, said: str) -> None:
    for one in (address, more(address, "lang=fr")):
        answer = looking.get(one)
        assert answer.status_code == status
        assert said in answer.text
        assert "Traceback" not in answer.text
    if address.startswith("/patterns/lagz"):
        assert 'href="/patterns/lags"' in looking.get(address).text


def test_nothing_in_an_address_comes_alive(looking: TestClient) -> None:
    for payload in TOGETHER:
        quoted = quote(payload, safe="")
        for place in ("/compare?case={}", "/compare?case={}&case=x", "/patterns/{}", "/deviations?rulebook={}",
                      "/deviations?organisation={}", "/cases/{}/precedents", "/patterns/lags?row={}&column={}",
                      "/patterns/lags?sort={}", f"/compare?{THREE}&days={{}}"):  # fmt: skip
            answer = looking.get(place.replace("{}", quoted))
            assert answer.status_code in (400, 404)
            found = read(answer.text)
            is_safe(found)
            assert "1337" not in found.words


# ---------------------------------------------------------------- likenesses


def test_likenesses_page_and_twins(looking: TestClient) -> None:
    record = looking.get("/cases/mali-2021/precedents.json").json()
    listed = table(looking, "/cases/mali-2021/precedents.csv")
    assert [row["case"] for row in listed] == ["mali-2021", *(one["case"] for one in record["precedents"])]
    found = page(looking, "/cases/mali-2021/precedents")
    for one in record["precedents"]:
        assert one["title"] in found.words
        assert f"{one['shared']} of {one['weighed']}" in found.words
    for one in record["features"]:
        assert one["why"] in found.words
    links = [given["href"] for tag, given in found.tags if tag == "a"]
    together = "/compare?" + "&".join(f"case={row['case']}" for row in listed)
    assert together in links
    for step in record["next"].values():
        for cell in step.values():
            assert cell is None or f"/facts/{cell['fact']}" in links
    eleven = looking.get("/cases/mali-2021/precedents.json?most=11").json()
    assert len(eleven["precedents"]) == 11
    assert eleven["precedents"][:5] == record["precedents"]


def test_likenesses_of_an_early_day_know_no_later_case(looking: TestClient) -> None:
    text = looking.get(f"/cases/mali-2021/precedents?most=11&{EARLY}").text
    assert "guinea-2021" not in text
    assert "niger-2023" not in text
    assert "mali-2020" in text


# ---------------------------------------------------------------- patterns


@pytest.mark.parametrize("name", ["categories", "council"])
def test_every_number_leads_to_as_many_cases(looking: TestClient, name: str) -> None:
    record = looking.get(f"/patterns/{name}.json").json()
    links = {given["href"] for tag, given in page(looking, f"/patterns/{name}").tags if tag == "a"}
    for row in record["rows"]:
        for column, cell in row["cells"].items():
            address = f"/patterns/{name}?row={quote(row['row'])}&column={column}".replace("%20", "+")
            assert (f"{address}#behind" in links) == (cell["number"] > 0)
            assert cell["number"] == len(cell["cases"])
    first = record["rows"][0]
    behind = looking.get(f"/patterns/{name}?row={first['row']}&column=cases").text
    part = behind.partition('<section aria-labelledby="behind"')[2].partition("</section>")[0]
    assert re.findall(r'href="/cases/([^"]+)"', part) == first["cells"]["cases"]["cases"]


@pytest.mark.parametrize("name", ["lags", "alignment", "category-5"])
def test_every_word_leads_to_its_fact(looking: TestClient, name: str) -> None:
    record = looking.get(f"/patterns/{name}.json").json()
    links = {given["href"] for tag, given in page(looking, f"/patterns/{name}").tags if tag == "a"}
    for row in record["rows"]:
        for cell in row["cells"].values():
            assert {f"/facts/{one}" for one in cell["facts"]} <= links
            assert {f"/cases/{row['row']}/why/{one}" for one in cell["rules"]} <= links


def test_a_table_is_sorted_by_its_columns(looking: TestClient) -> None:
    def shown(asked: str) -> list[str]:
        text = looking.get(f"/patterns/lags?{asked}").text
        return re.findall(r'<th scope="row"><a href="/cases/([^"?]+)', text)

    days = {row["row"]: row["cells"]["au"]["number"] for row in looking.get("/patterns/lags.json").json()["rows"]}
    up, down = shown("sort=au"), shown("sort=au&order=desc")
    exact = [days[one] for one in up if days[one] is not None]
    assert exact == sorted(exact)
    assert [days[one] for one in down if days[one] is not None] == sorted(exact, reverse=True)
    assert set(up) == set(down) == set(days)
    assert shown("") == [row for row in days]


def test_tables_as_csv_have_stable_columns(looking: TestClient) -> None:
    for name in NAMES:
        english, french = (table(looking, f"/patterns/{name}.csv{asked}") for asked in ("", "?lang=fr"))
        assert [set(row) for row in english] == [set(row) for row in french]
        assert [row["row"] for row in english] == [row["row"] for row in french]
    assert [row["table"] for row in table(looking, "/patterns.csv")] == list(NAMES)


# ---------------------------------------------------------------- departures


def test_departures_page_json_and_csv_say_the_same(looking: TestClient) -> None:
    for asked in ("", "rulebook=au", "state=divergence", "country=MLI", "year=2021", "organisation=au&state=deviation"):
        record = looking.get(f"/deviations.json?{asked}").json()["deviations"]
        listed = table(looking, f"/deviations.csv?{asked}")
        assert [(row["case"], row["rule"]) for row in listed] == [(one["case"], one["rule"]) for one in record]
        text = looking.get(f"/deviations?{asked}").text
        body = text.partition('<table class="stack departures">')[2].partition("</table>")[0]
        assert re.findall(r'href="/cases/([^"?]+/why/[^"?]+)"', body) == [
            f"{one['case']}/why/{one['rule']}" for one in record
        ]
    assert looking.get("/deviations?year=1950").text.count("None of them is of this sort") == 1


def test_the_page_says_what_is_never_among_them(looking: TestClient) -> None:
    found = page(looking, "/deviations").words
    assert "Silence under a text that sets no term is never among them" in found
    for book in looking.get("/deviations.json").json()["no_rule_found"]:
        assert book["title"] in found
        assert all(one in found for one in book["searched"])
    assert "au.condemn" not in looking.get("/deviations?country=TCD").text


def test_departures_are_sorted_and_counted(looking: TestClient) -> None:
    record = looking.get("/deviations.json?sort=state&order=asc").json()["deviations"]
    states = ["divergence" if one["divergence"] and one["state"] == "deviation" else one["state"] for one in record]
    assert states == sorted(states)
    words = re.sub(r"\s+", " ", page(looking, "/deviations").words)
    assert f"apparent deviation ({states.count('deviation')})" in words
    assert f"apparent divergence ({states.count('divergence')})" in words
    days = [one["day_zero"] for one in looking.get("/deviations.json").json()["deviations"]]
    assert days == sorted(days, reverse=True)


def test_departures_of_an_early_day(looking: TestClient) -> None:
    text = looking.get(f"/deviations?{EARLY}").text
    for later in ("guinea-2021", "niger-2023", "Niger, July 2023", "gabon-2023"):
        assert later not in text
    assert "chad-2021" in text
    assert "No departure" in looking.get("/deviations?then=1999-01-01").text


# ---------------------------------------------------------------- what was known


@pytest.fixture
def planted(desk: Desk) -> TestClient:
    """Facts of 2021 that became known on 1 January 2022, and a case that opened then."""
    source = {"s": {"title": f"{CANARY} Gazette"}}
    common = {"known": AFTER, "confidence": "high", "sources": ["s"]}
    facts: dict[str, dict[str, str]] = {
        "canary-sanction": {"kind": "sanction", "actor": "eu", "when": "2021-06-01", "measure": "package"},
        "canary-condemns": {"kind": "statement", "actor": "ecowas", "when": "2021-05-25", "verb": "condemn"},
        "canary-suspends": {"kind": "suspension", "actor": "commonwealth", "when": "2021-05-29", "label": CANARY},
        "canary-leader": {
            **{"kind": "leadership", "actor": "authorities", "when": "2021-06-02", "manner": "took_power"},
            **{"person": f"{CANARY} تراوري", "office": "president"},
        },
    }
    for name, fields in facts.items():
        desk.record("mali-2021", name, {"text": f"The {CANARY} in {name}.", **fields, **common}, source)
    return client_of(desk)


CANARIES = (
    "/compare?case=mali-2021&case=chad-2021",
    "/compare.json?case=mali-2021&case=chad-2021",
    "/compare.csv?case=mali-2021&case=chad-2021",
    "/compare/sequences.csv?case=mali-2021&case=chad-2021",
    "/compare/sequences.svg?case=mali-2021&case=chad-2021",
    "/patterns/lags",
    "/patterns/lags.json",
    "/patterns/alignment?case=mali-2021&days=year",
)


@pytest.mark.parametrize("address", CANARIES)
def test_later_knowledge_is_nowhere_and_then_there(planted: TestClient, address: str) -> None:
    before, after = (planted.get(at(address, known)).text.lower() for known in (BEFORE, AFTER))
    assert "canary" not in before
    assert "canary" in after


@pytest.mark.parametrize("address", ["/cases/mali-2021/precedents", "/deviations", "/patterns/categories", "/compare"])
def test_a_later_fact_changes_nothing_before_its_day(planted: TestClient, looking: TestClient, address: str) -> None:
    assert planted.get(at(address, BEFORE)).text == looking.get(at(address, BEFORE)).text


# ---------------------------------------------------------------- hostile texts, an empty record


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_nothing_comes_alive(empty_desk: Desk, payload: str) -> None:
    case = sourced(empty_desk, payload)
    other = sourced_again(empty_desk)
    client = client_of(empty_desk)
    words = ""
    for address in (
        *("/compare", f"/compare?case={case}&case={other}", f"/cases/{case}/precedents", "/patterns/lags"),
        *("/patterns/alignment", f"/patterns/alignment?case={case}", "/patterns/categories", "/deviations"),
    ):
        found = page(client, address)
        is_safe(found)
        assert found.unclosed == [], address
        words += found.words
    assert payload in words
    assert "1337" not in words
    drawing = client.get(f"/compare/sequences.svg?case={case}&case={other}").text
    assert {tag for tag, _ in read(drawing).tags} <= {"svg", "g", "path", "circle", "rect", "text", "title"}


def sourced_again(desk: Desk) -> str:
    """A second case, in another country and in plain words."""
    from goodoffices.desk.desk import NewCase

    return desk.new_case(NewCase("Chad", "2024-10-20", "military_coup", "Somebody", "", "Power is taken.", "TCD"))


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_is_a_formula(empty_desk: Desk, payload: str) -> None:
    case, other = sourced(empty_desk, payload), sourced_again(empty_desk)
    client = client_of(empty_desk)
    for address in (
        *(f"/compare.csv?case={case}&case={other}", f"/compare/sequences.csv?case={case}&case={other}"),
        *("/patterns/lags.csv", "/patterns/alignment.csv", f"/cases/{case}/precedents.csv", "/deviations.csv"),
    ):
        rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
        for cell in (cell for row in rows for cell in row if not re.fullmatch(r"-?\d+", cell)):
            assert not cell.lstrip(" \u00a0\u200b\ufeff").startswith(("=", "+", "-", "@", "|", "%", "＝")), cell


def test_an_empty_record_says_so(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert "No case was known" in page(client, "/compare").words
    assert "No departure from a text" in page(client, "/deviations").words
    for name in NAMES:
        assert page(client, f"/patterns/{name}").unclosed == []
        assert client.get(f"/patterns/{name}.csv").status_code == 200
    assert client.get("/compare.json").json() == {"sets": [], "cases": []}
    assert client.get("/deviations.json").json()["deviations"] == []
