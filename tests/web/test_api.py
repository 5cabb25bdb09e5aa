"""The interface for programs: the answers of the pages, asked strictly, in parts, with tags, refused in one shape."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from goodoffices.core.errors import Broken
from goodoffices.core.markings import Marking
from goodoffices.desk.comparisons import comparison_record, precedents_record, table_record
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.records import claim_record, deviation_record, fact_record
from goodoffices.web.api_operations import Operation, operations
from goodoffices.web.api_reference import example_address
from record import clock
from web.conftest import client_of
from web.reading import read
from web.test_routes import under_policy
from web.test_what_was_known import AFTER, BEFORE, CANARY, at, planted

__all__ = ["planted"]
API = "/api/v1"
THEN = "as_of=2021-06-15&known_at=2021-12-31"
LISTS = [one for one in operations() if one.lists]


def names(operation: Operation) -> str:
    return operation.id


def address(operation: Operation) -> str:
    """The address of its example, without what the example asks for; two days where they must be given."""
    path = example_address(operation).partition("?")[0]
    must = {"from": "2021-05-20", "to": "2021-06-10"} if any(one.name == "from" for one in operation.asked) else {}
    asked = [f"{name}={text}" for name, text in must.items()]
    if operation.id == "compare":
        asked = ["case=mali-2021", "case=chad-2021"]
    if operation.id == "search":
        asked = ["q=suspension+Mali"]
    return path + ("?" + "&".join(asked) if asked else "")


def more(where: str, asked: str) -> str:
    return f"{where}{'&' if '?' in where else '?'}{asked}"


def desk_of(reader: TestClient) -> Desk:
    """The desk behind the layers of the application."""
    layer: Any = reader.app
    while not hasattr(layer, "state"):
        layer = layer.app
    desk: Desk = layer.state.desk
    return desk


def everything(reader: TestClient, where: str) -> list[Any]:
    """All items of a list, part by part."""
    found: list[Any] = []
    following: str | None = more(where, "limit=1000")
    while following:
        answer = reader.get(following).json()
        found += answer["items"]
        following = answer["next"]
    assert len(found) == answer["total"]
    return found


# the same answers


@pytest.mark.parametrize(
    ("asked", "twin"),
    [
        ("/cases", "/cases.json"),
        ("/cases/mali-2021/findings", "/cases/mali-2021/findings.json"),
        ("/cases/mali-2021/facts", "/cases/mali-2021.json"),
        ("/rulebooks", "/rulebooks.json"),
        ("/claims", "/claims.json"),
        ("/missions", "/missions.json"),
        ("/operations", "/operations.json"),
        ("/changes?from=2021-05-20&to=2021-06-10", "/record.json?from=2021-05-20&to=2021-06-10"),
        (
            "/cases/mali-2021/changes?from=2021-05-20&to=2021-06-10",
            "/record.json?from=2021-05-20&to=2021-06-10&case=mali-2021",
        ),
    ],
)
def test_lists_hold_what_the_twins_hold(reader: TestClient, asked: str, twin: str) -> None:
    timed = "rulebooks" not in asked and "from=" not in asked
    asked, twin = (more(asked, THEN), more(twin, THEN)) if timed else (asked, twin)
    held = reader.get(twin).json()
    if isinstance(held, dict):
        held = held["findings" if "findings" in twin else "facts"]
    assert held
    assert everything(reader, API + asked) == held


@pytest.mark.parametrize(
    ("asked", "twin"),
    [
        ("/cases/mali-2021", "/cases/mali-2021.json"),
        ("/cases/mali-2021/timeline", "/cases/mali-2021/timeline.json"),
        ("/facts/mali-2021/au-suspension", "/facts/mali-2021/au-suspension.json"),
        ("/sources/mali-2021/ipi-2025", "/sources/mali-2021/ipi-2025.json"),
        ("/claims/SC001", "/claims/SC001.json"),
        ("/cases/mali-2021/turned?from=2021-05-20", "/record/findings.json?case=mali-2021&from=2021-05-20"),
    ],
)
def test_answers_are_those_of_the_twins(reader: TestClient, asked: str, twin: str) -> None:
    answer = reader.get(more(API + asked, THEN))
    assert answer.status_code == 200
    assert answer.json() == reader.get(more(twin, THEN)).json()


def test_one_finding_is_that_of_the_page(reader: TestClient) -> None:
    answer = reader.get(f"{API}/cases/mali-2021/findings/au.suspend?{THEN}").json()
    twin = reader.get(f"/cases/mali-2021/why/au.suspend.json?{THEN}").json()
    assert {name: answer[name] for name in twin} == twin
    assert (answer["as_of"], answer["known_at"]) == ("2021-06-15", "2021-12-31")


def test_one_rulebook_and_one_rule(reader: TestClient) -> None:
    book = reader.get(f"{API}/rulebooks/au").json()
    twin = reader.get("/rulebooks/au.json").json()
    assert {name: twin[name] for name in book} == book
    listed = everything(reader, f"{API}/rules?rulebook=au")
    assert listed == [{"rulebook": "au"} | rule for rule in book["rules"]]
    for rule in listed[:5]:
        assert reader.get(f"{API}/rules/{rule['rule']}").json() == rule


def test_what_the_commands_print(reader: TestClient) -> None:
    desk, then = desk_of(reader), date(2022, 3, 1)
    moment = desk.moment(then, then)
    asked = f"then={then}"

    def plain(value: Any) -> Any:
        return json.loads(json.dumps(value))

    def got(where: str) -> Any:
        return reader.get(more(API + where, asked)).json()

    assert got("/compare?case=mali-2021&case=chad-2021") == plain(
        comparison_record(desk.compare(["mali-2021", "chad-2021"], moment))
    )
    assert got("/cases/mali-2021/precedents?limit=3") == plain(
        precedents_record(desk.precedents("mali-2021", moment, 3))
    )
    assert got("/patterns/lags") == plain(table_record(desk.patterns("lags", moment), moment))
    assert everything(reader, f"{API}/deviations?{asked}") == plain(
        [deviation_record(case, one) for case, one in desk.deviations(moment)]
    )
    claims = [claim_record(one) for one in desk.claims(moment)]
    for one, record in zip(everything(reader, f"{API}/claims?{asked}"), claims, strict=True):
        kept = plain(record) | {"note": ""}  # written with later knowledge
        assert {name: one[name] for name in kept} == kept
    facts = desk.everything(moment).facts
    assert everything(reader, f"{API}/facts?{asked}") == plain([fact_record(one, moment.hindsight) for one in facts])


def test_what_is_found_is_what_the_page_finds(reader: TestClient) -> None:
    asked = "q=suspension+Mali&known_at=2023-01-01"
    found = everything(reader, f"{API}/search?{asked}")
    page = reader.get(f"/search.json?{asked}").json()
    assert len(found) == page["found"] > 3
    ids = {(one["kind"], one["id"]) for one in found}
    assert {(one["kind"], one["id"]) for one in page["results"]} <= ids
    facts = everything(reader, f"{API}/search?{asked}&kind=facts")
    assert facts == [one for one in found if one["kind"] == "facts"]


def test_the_casebook_says_what_it_is(reader: TestClient) -> None:
    from goodoffices.casebook.edition import edition

    answer = reader.get(f"{API}/casebook").json()
    assert (answer["version"], answer["citation"]) == (edition().version, edition().citation())
    assert answer["rulebooks"]["au"] == reader.get(f"{API}/rulebooks/au").json()["version"]
    assert answer["head"] == desk_of(reader).head().printed


def test_the_index_lists_every_operation(reader: TestClient) -> None:
    listed = reader.get(API).json()["operations"]
    assert [(one["id"], one["address"]) for one in listed] == [(one.id, one.address) for one in operations()]


# parts of lists


@pytest.mark.parametrize("operation", LISTS, ids=names)
def test_a_list_comes_whole_in_parts(reader: TestClient, operation: Operation) -> None:
    whole = everything(reader, address(operation))
    assert len(whole) > 2
    size = min(1000, max(1, len(whole) // 3))
    following: str | None = more(address(operation), f"limit={size}")
    found, parts = [], 0
    while following and parts < 10:
        part = reader.get(following).json()
        assert (part["total"], part["limit"], part["offset"]) == (len(whole), size, len(found))
        assert part["head"] == desk_of(reader).head().printed
        found += part["items"]
        following, parts = part["next"], parts + 1
    assert found == whole
    assert parts == -(-len(whole) // size)


def test_the_next_part_is_asked_under_the_same_clocks_and_filters(reader: TestClient) -> None:
    asked = f"{API}/cases/mali-2021/facts?{THEN}&kind=statement&kind=suspension&limit=2"
    following = reader.get(asked).json()["next"]
    for part in (*THEN.split("&"), "kind=statement", "kind=suspension", "limit=2", "offset=2"):
        assert part in following
    answer = reader.get(following)
    assert following in reader.get(asked).headers["link"]
    assert {one["kind"] for one in answer.json()["items"]} <= {"statement", "suspension"}


def test_past_the_end_there_is_nothing(reader: TestClient) -> None:
    answer = reader.get(f"{API}/cases?offset=1000000").json()
    assert (answer["items"], answer["next"]) == ([], None)
    assert answer["total"] > 50
    assert len(reader.get(f"{API}/facts").json()["items"]) == 100


# filters


def span_of(fact: Any, since: str, until: str) -> bool:
    return fact["latest"] >= since and fact["earliest"] <= until


FILTERS = [
    ("/cases", "category=popular_uprising", lambda one: one["category"] == "popular_uprising"),
    ("/cases", "outcome=failed&outcome=reversed", lambda one: one["outcome"] in ("failed", "reversed")),
    ("/cases", "iso3=MLI&iso3=TCD", lambda one: one["iso3"] in ("MLI", "TCD")),
    ("/cases", "since=2021-01-01&until=2021-12-31", lambda one: one["day"].startswith("2021")),
    ("/cases/mali-2021/facts", "kind=suspension", lambda one: one["kind"] == "suspension"),
    ("/cases/mali-2021/facts", "actor=ecowas&actor=au-psc", lambda one: one["actor"] in ("ecowas", "au-psc")),
    ("/cases/mali-2021/facts", "confidence=medium", lambda one: one["confidence"] == "medium"),
    (
        "/cases/mali-2021/facts",
        "since=2021-06-01&until=2021-06-30",
        lambda one: span_of(one, "2021-06-01", "2021-06-30"),
    ),
    (
        "/cases/mali-2021/facts",
        "known_since=2021-06-01&known_until=2021-06-30",
        lambda one: "2021-06-01" <= one["known_at"] <= "2021-06-30",
    ),
    ("/cases/mali-2021/findings", "state=fulfilled", lambda one: one["state"] == "fulfilled"),
    ("/cases/mali-2021/findings", "kind=definition", lambda one: one["kind"] == "definition"),
    ("/cases/mali-2021/findings", "bearer=au-psc", lambda one: one["bearer"] == "au-psc"),
    ("/cases/mali-2021/findings", "rulebook=ecowas", lambda one: one["rule"].startswith("ecowas.")),
    (
        "/cases/mali-2021/findings",
        "quiet=true",
        lambda one: one["state"] in ("not_triggered", "not_in_force", "not_met", "not_available"),
    ),
    ("/facts", "subject=state:MLI", lambda one: one["case"] == "state:MLI"),
    ("/rules", "kind=power&rulebook=au&rulebook=eu", lambda one: one["kind"] == "power" and one["rulebook"] in "au eu"),
    ("/deviations", "case=mali-2021", lambda one: one["case"] == "mali-2021"),
    ("/deviations", "rulebook=au", lambda one: one["rule"].startswith("au.")),
    ("/deviations", "divergence=true", lambda one: one["divergence"]),
    ("/claims", "verdict=fails", lambda one: one["verdict"] == "fails"),
    ("/claims", "independent=false", lambda one: not one["independent"]),
    ("/missions", "type=political", lambda one: one["type"] == "political"),
    ("/missions", "iso3=MLI", lambda one: "MLI" in one["iso3"]),
    ("/missions", "lead=un-dppa", lambda one: one["lead"] == "un-dppa"),
    ("/operations", "type=regional", lambda one: one["lead_type"] == "regional"),
]


@pytest.mark.parametrize(("where", "asked", "fits"), FILTERS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_filter_leaves_exactly_what_fits(reader: TestClient, where: str, asked: str, fits: Any) -> None:
    whole = everything(reader, API + where)
    found = everything(reader, f"{API}{where}?{asked}")
    assert found == [one for one in whole if fits(one)]
    assert 0 < len(found) < len(whole)


def test_changes_by_sort_and_kind(planted: TestClient) -> None:
    asked = f"{API}/cases/mali-2021/changes?from={BEFORE}&to={AFTER}"
    whole = everything(planted, asked)
    assert {one["change"] for one in whole} == {"new", "corrected"}
    assert everything(planted, asked + "&change=corrected") == [one for one in whole if one["change"] == "corrected"]
    assert everything(planted, asked + "&change=withdrawn") == []
    kinds = everything(planted, asked + "&kind=leadership&kind=promise")
    assert {one["after"]["kind"] for one in kinds} == {"leadership", "promise"}


def test_rules_in_force_on_a_day(reader: TestClient) -> None:
    whole = {one["rule"]: one for one in everything(reader, f"{API}/rules")}
    before = {one["rule"] for one in everything(reader, f"{API}/rules?in_force_on=1999-12-31")}
    later = {one["rule"] for one in everything(reader, f"{API}/rules?in_force_on=2025-01-01")}
    assert before < later
    assert all(whole[rule]["in_force"][:4] <= "1999" for rule in before)


def test_another_reading_flips_what_the_command_flips(reader: TestClient) -> None:
    desk = desk_of(reader)
    usual = everything(reader, f"{API}/cases/chad-2021/findings")
    given = everything(reader, f"{API}/cases/chad-2021/findings?reading=au.suspension-term%3D7")
    assert given != usual
    checked = desk.check("chad-2021", desk.moment(), readings={"au.suspension-term": "7"})
    assert [one["state"] for one in given] == [one.state for one in checked.findings]
    tree = reader.get(f"{API}/cases/chad-2021/findings/au.suspend?reading=au.suspension-term%3D7&lang=fr").json()
    mine = next(one for one in given if one["rule"] == "au.suspend")
    assert tree["finding"] | {"observed": None} == mine | {"observed": None}


def test_reasons_in_french(reader: TestClient) -> None:
    english, french = (
        reader.get(f"{API}/cases/mali-2021/findings/au.suspend?lang={one}").json() for one in ("en", "fr")
    )
    assert english["finding"] == french["finding"]
    assert english["tree"]["says"] != french["tree"]["says"]


# refusals

SHAPE = {"error", "where", "expected", "nearest"}
REFUSED = [
    ("/cases?knd=x", "knd", ""),
    ("/cases?catgory=military_coup", "catgory", "category"),
    ("/cases?category=military", "category", "military_coup"),
    ("/cases?as_of=2021-02-30", "as_of", ""),
    ("/cases?as_of=", "as_of", ""),
    ("/cases?as_of=2021-06-15%0A", "as_of", ""),
    ("/cases?as_of=%D9%A2021-06-15", "as_of", ""),
    ("/cases?known_at=1899-12-31", "known_at", ""),
    ("/cases?as_of=2021-06-15&as_of=2021-06-15", "as_of", ""),
    ("/cases?then=2021-06-15&as_of=2021-06-16", "then", ""),
    ("/cases?limit=0", "limit", ""),
    ("/cases?limit=1001", "limit", ""),
    ("/cases?limit=1.5", "limit", ""),
    ("/cases?limit=%2B5", "limit", ""),
    ("/cases?limit=٥", "limit", ""),
    ("/cases?limit=99999999999999999999", "limit", ""),
    ("/cases?offset=-1", "offset", ""),
    ("/cases?since=2022-01-01&until=2021-01-01", "since", ""),
    ("/cases?iso3=mli", "iso3", ""),
    ("/cases?iso3=MLI&iso3=MLI", "iso3", ""),
    ("/cases/mali-2021/facts?kind=suspensions", "kind", "suspension"),
    ("/cases/mali-2021/facts?actor=au-pcs", "actor", "au-psc"),
    ("/cases/mali-2021/facts?confidence=sure", "confidence", ""),
    ("/cases/mali-2021/findings?state=fulfiled", "state", "fulfilled"),
    ("/cases/mali-2021/findings?quiet=1", "quiet", ""),
    ("/cases/mali-2021/findings?reading=nonsense", "reading", ""),
    ("/cases/mali-2021/findings?reading=au.suspension-term%3D7&reading=au.suspension-term%3D14", "reading", ""),
    ("/cases/mali-2021/changes", "from", ""),
    ("/cases/mali-2021/changes?from=2021-06-10&to=2021-05-01", "from", ""),
    ("/cases/mali-2021/changes?from=2021-06-10&known_at=2021-05-01", "from", ""),
    ("/cases/mali-2021?lang=de", "lang", ""),
    ("/cases/mali-2021/precedents?limit=51", "limit", ""),
    ("/compare", "case", ""),
    ("/search", "q", ""),
    ("/search?q=", "q", ""),
    ("/search?q=" + "x" * 201, "q", ""),
    ("/compare?case=mali-2021", "case", ""),
    ("/rules?as_of=2021-06-15", "as_of", ""),
    ("/openapi.json?x=1", "x", ""),
    ("?x=1", "x", ""),
]


@pytest.mark.parametrize(("asked", "where", "near"), REFUSED)
def test_what_cannot_be_asked_is_refused(reader: TestClient, asked: str, where: str, near: str) -> None:
    answer = reader.get(API + asked)
    assert answer.status_code == 400
    said = answer.json()
    assert set(said) == SHAPE
    assert said["where"] == where
    assert said["expected"]
    assert not near or near in said["nearest"]
    assert "etag" not in answer.headers


def test_everything_wrong_is_said_at_once(reader: TestClient) -> None:
    said = reader.get(f"{API}/cases?limit=0&category=x&nonsense=1&as_of=never").json()
    assert set(said["where"].split(", ")) == {"limit", "category", "nonsense", "as_of"}


@pytest.mark.parametrize(
    ("asked", "where", "near"),
    [
        ("/cases/mali-2091", "case", "mali-2021"),
        ("/cases/mali-2091/findings", "case", "mali-2021"),
        ("/cases/mali-2021/findings/au.suspnd", "rule", "au.suspend"),
        ("/rules/au.suspnd", "rule", "au.suspend"),
        ("/rulebooks/african-union", "book", "au"),
        ("/claims/SC0010", "claim", "SC001"),
        ("/patterns/lag", "name", "lags"),
        ("/facts/mali-2021/nothing", "subject", ""),
        ("/sources/mali-2021/nothing", "source", ""),
        ("/compare?case=mali-2021&case=mali-2091", "", "mali-2021"),
        ("/deviations?case=mali-2091", "", "mali-2021"),
        ("/cases/mali-2021/precedents?then=2000-01-01", "case", ""),
        ("/case", "address", f"{API}/cases"),
        ("/cases/", "address", f"{API}/cases"),
        ("/cases/mali-2021/nothing", "address", ""),
    ],
)
def test_what_is_not_there(reader: TestClient, asked: str, where: str, near: str) -> None:
    answer = reader.get(API + asked)
    assert answer.status_code == 404
    said = answer.json()
    assert set(said) == SHAPE
    assert said["where"] == where
    assert "Nearest" not in said["error"]
    assert not near or near in said["nearest"]
    under_policy(answer.headers)


def test_a_case_of_later_days_is_not_proposed(reader: TestClient) -> None:
    assert "mali-2021" in reader.get(f"{API}/cases/mali-2022").json()["nearest"]
    early = reader.get(f"{API}/cases/mali-2022?known_at=2020-12-31").json()["nearest"]
    assert {"mali-2020", "mali-2012"} <= set(early)
    assert "mali-2021" not in early


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY", "NONSENSE"])
@pytest.mark.parametrize("where", ["", "/cases", "/cases/mali-2021", "/openapi.json"])
def test_nothing_is_written(reader: TestClient, method: str, where: str) -> None:
    answer = reader.request(method, API + where)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert set(answer.json()) == SHAPE
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/json", 200),
        ("application/*;q=0.5", 200),
        ("text/html, */*;q=0.1", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("text/html", 406),
        ("text/*, image/png", 406),
        ("application/json;q=0, */*", 406),
        ("application/xml", 406),
    ],
)
def test_only_json_is_answered(reader: TestClient, accept: str, status: int) -> None:
    answer = reader.get(f"{API}/rulebooks?limit=1", headers={"accept": accept})
    assert answer.status_code == status
    if status == 406:
        assert answer.json()["where"] == "Accept"
    assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError("the secret"), 500), (Broken("It is damaged."), 503)])
def test_a_fault_of_ours_has_the_same_shape(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def broken(*_given: object) -> None:
        raise fault

    monkeypatch.setattr(desk, "everything", broken)
    answer = client_of(desk).get(f"{API}/facts")
    assert answer.status_code == status
    assert set(answer.json()) == SHAPE
    assert "secret" not in answer.text
    under_policy(answer.headers)


def test_cors_stays_closed(reader: TestClient) -> None:
    answer = reader.get(f"{API}/cases?limit=1", headers={"origin": "https://evil.example"})
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert not [name for name in answer.headers if name.startswith("access-control")]


# tags


@pytest.fixture
def reopened(ledger_file: Path) -> Iterator[TestClient]:
    """Pages over another opening of a copy of the same ledger: as after a restart."""
    copied = ledger_file.with_name("again.db")
    shutil.copy(ledger_file, copied)
    shutil.copy(f"{ledger_file}.heads", f"{copied}.heads")
    desk = open_desk(copied, clock, recorder="tests")
    yield client_of(desk)
    desk.close()


def tag(client: TestClient, where: str, **headers: str) -> str:
    answer = client.get(API + where, headers=headers)
    assert answer.status_code == 200
    found = answer.headers["etag"]
    assert found.startswith('"')  # strong
    assert len(found) == 34
    assert found.endswith('"')
    return found


def test_a_tag_stands_for_the_answer(client: TestClient, reopened: TestClient, desk: Desk) -> None:
    here = tag(client, "/cases?limit=1")
    assert tag(client, "/cases?limit=1") == here
    assert tag(reopened, "/cases?limit=1") == here
    others = [
        tag(client, "/cases?limit=2"),
        tag(client, "/cases?limit=1&as_of=2021-06-15"),
        tag(client, "/cases?limit=1&known_at=2021-06-15"),
        tag(client, "/missions?limit=1"),
        tag(client, "/cases?limit=1", **{"accept-encoding": "identity"}),
    ]
    assert len({here, *others}) == 6
    desk.clearance = Marking.CONFIDENTIAL
    assert tag(client, "/cases?limit=1") != here
    desk.clearance = Marking.UNCLASSIFIED
    desk.retract("mali-2021/au-suspension", "a test")
    assert tag(client, "/cases?limit=1") != here


def test_what_did_not_change_is_not_sent_again(client: TestClient, desk: Desk) -> None:
    where = f"{API}/cases/mali-2021/facts?limit=3"
    first = client.get(where)
    known = first.headers["etag"]
    for given in (known, f'"x", {known}', f"W/{known}", "*"):
        again = client.get(where, headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == known
        assert again.headers["cache-control"] == "no-cache"
        under_policy(again.headers)
    assert client.get(where, headers={"if-none-match": '"x"'}).status_code == 200
    desk.retract("mali-2021/au-suspension", "a test")
    assert client.get(where, headers={"if-none-match": known}).status_code == 200


def test_nothing_is_worked_out_for_what_the_program_has(client: TestClient, desk: Desk, monkeypatch: Any) -> None:
    known = client.get(f"{API}/facts").headers["etag"]
    monkeypatch.setattr(desk, "everything", None)
    assert client.get(f"{API}/facts", headers={"if-none-match": known}).status_code == 304


def test_a_star_finds_only_what_is_there(client: TestClient) -> None:
    assert client.get(f"{API}/cases/mali-2091", headers={"if-none-match": "*"}).status_code == 404


def test_a_head_alone(reader: TestClient) -> None:
    whole, head = (reader.request(method, f"{API}/cases") for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "cache-control", "link", "vary"):
        assert head.headers[name] == whole.headers[name]
    assert reader.head(f"{API}/cases/mali-2091").status_code == 404


def test_answers_are_packed(reader: TestClient) -> None:
    packed = reader.get(f"{API}/cases", headers={"accept-encoding": "gzip"})
    plain = reader.get(f"{API}/cases", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert packed.headers["vary"] == "Accept, Accept-Encoding"


# what was known

KNOWN = [address(one) for one in operations() if any(given.name == "known_at" for given in one.asked)]


@pytest.mark.parametrize("where", [one for one in KNOWN if "/findings/" not in one])
def test_later_knowledge_is_nowhere(planted: TestClient, where: str) -> None:
    where = where.replace("to=2021-06-10", "to=2022-06-01")
    answer = planted.get(more(where, f"known_at={BEFORE}") if "/changes" in where else at(where, BEFORE))
    assert answer.status_code == 200
    assert "canary" not in answer.text.lower()


@pytest.mark.parametrize(
    "where", ["/cases", "/cases/mali-2021", "/cases/mali-2021/facts", "/facts?subject=mali-2021", "/search?q=canary"]
)
def test_and_from_its_day_on_it_is_there(planted: TestClient, where: str) -> None:
    assert "canary" in planted.get(at(API + where, AFTER)).text.lower()


def test_a_fact_not_yet_known_is_not_there(planted: TestClient) -> None:
    assert planted.get(at(f"{API}/facts/mali-2021/canary-leader", BEFORE)).status_code == 404
    assert CANARY in planted.get(at(f"{API}/facts/mali-2021/canary-leader", AFTER)).text


def test_then_sets_both_clocks(reader: TestClient) -> None:
    answer = reader.get(f"{API}/cases?then=2021-06-15").json()
    assert (answer["as_of"], answer["known_at"]) == ("2021-06-15", "2021-06-15")
    same = reader.get(f"{API}/cases?as_of=2021-06-15&known_at=2021-06-15").json()
    assert same["items"] == answer["items"]


# odd records


@pytest.mark.parametrize("operation", operations(), ids=names)
def test_an_empty_record_has_answers(empty_desk: Desk, operation: Operation) -> None:
    answer = client_of(empty_desk).get(address(operation))
    assert answer.status_code in (200, 404)
    if operation.lists and answer.status_code == 200 and operation.group != "Rules":
        assert min(answer.json()["total"], 100) == len(answer.json()["items"])


def test_texts_come_as_they_are(desk: Desk) -> None:
    said = 'Été à N’Djamena; الدولة; </script><script>alert(1)</script> \u2028 \u202e \\ "quoted".'
    fields = {"kind": "statement", "actor": "ecowas", "when": "2021-05-25", "verb": "condemn", "text": said}
    desk.record("mali-2021", "odd", fields | {"confidence": "low", "sources": ["s"]}, {"s": {"title": said}})
    answer = client_of(desk).get(f"{API}/facts/mali-2021/odd")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json()["text"] == said
    assert answer.json()["sources"][0]["title"] == said


# the page for people


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_describes_every_operation(reader: TestClient, language: str) -> None:
    page = read(reader.get(f"/api?answer=all&lang={language}").text)
    ids = {given.get("id") for _, given in page.tags}
    for one in operations():
        assert one.id in ids
        assert f"GET {one.address}" in page.words
        assert f"{example_address(one)}" in page.words
        assert (one.says.replace("`", "") in page.words) == (language == "en")
    assert '"nearest"' in page.words
    assert [given["src"].partition("?")[0] for tag, given in page.tags if tag == "script"] == ["/static/small.js"]
    assert not [tag for tag, _ in page.tags if tag == "iframe"]


def test_the_answers_it_shows_are_made_from_the_record(client: TestClient, desk: Desk) -> None:
    def shown() -> str:
        return read(client.get("/api?answer=fact").text).words

    assert "Suspended for a test." not in shown()
    desk.correct("mali-2021/au-suspension", {"text": "Suspended for a test."}, "a test")
    assert "Suspended for a test." in shown()


def test_without_being_asked_it_works_out_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "cases", None)
    assert client_of(desk).get("/api").status_code == 200


def test_an_unknown_answer_is_refused(reader: TestClient) -> None:
    answer = reader.get("/api?answer=finding-s")
    assert answer.status_code == 404
    assert "There is no operation" in read(answer.text).words


@pytest.mark.parametrize("operation", operations(), ids=names)
def test_every_example_is_answered(reader: TestClient, operation: Operation) -> None:
    assert reader.get(example_address(operation)).status_code == 200
