"""The pages of advice: what they show, where it leads, and that nothing known later stands on them."""

from __future__ import annotations

import re

import pytest
import yaml
from fastapi.testclient import TestClient

from goodoffices.advice.language import SECTIONS, SIGNS
from web.reading import read

HOST = "http://127.0.0.1"


def said(text: str) -> str:
    """The words of a page."""
    return read(text).words


def links(text: str) -> set[str]:
    """The addresses on this host that a page leads to."""
    return {one.removeprefix(HOST) for one in read(text).links(HOST) if one.startswith(HOST)}


SUDAN = "as_of=2021-11-25&known_at=2021-11-25"


def test_the_overview_leads_to_every_section(reader: TestClient) -> None:
    page = reader.get(f"/cases/sudan-2021/advice?{SUDAN}")
    for name in SECTIONS:
        assert f"/cases/sudan-2021/advice/{name}?" in page.text
    assert "UNITAMS" in read(page.text).words
    assert "Day 31 after the seizure." in read(page.text).words


@pytest.mark.parametrize("name", SECTIONS)
def test_every_item_shows_its_basis_and_what_it_hangs_on_can_be_opened(reader: TestClient, name: str) -> None:
    page = reader.get(f"/cases/sudan-2021/advice/{name}?{SUDAN}")
    items = re.findall(r'<li class="advice".*?</details>\s*</li>|<tr id="i-.*?</tr>', page.text, re.DOTALL)
    assert items
    for one in items:
        assert 'class="basis b-' in one
    for address in sorted({one for one in links(page.text) if "/why/" in one or "/rules/" in one})[:12]:
        assert reader.get(address).status_code == 200, address


def test_no_page_of_advice_leads_to_a_fact_not_known_then(reader: TestClient) -> None:
    for name in SECTIONS:
        page = reader.get(f"/cases/afghanistan-2021/advice/{name}?as_of=2021-08-25&known_at=2021-08-25")
        for address in sorted({one for one in links(page.text) if one.startswith("/facts/")}):
            assert reader.get(address).status_code == 200, f"{name}: {address}"


def test_another_mission_may_be_asked_for(reader: TestClient) -> None:
    page = reader.get("/cases/guinea-2021/advice/triage?mission=unowas")
    assert page.status_code == 200
    refused = reader.get("/cases/guinea-2021/advice/triage?mission=minusma")
    assert refused.status_code == 404
    assert "unowas" in refused.text


def test_a_wrong_section_is_refused_with_the_right_ones(reader: TestClient) -> None:
    page = reader.get("/cases/mali-2021/advice/horoscope")
    assert page.status_code == 404
    assert "first_hours" in page.text


def test_a_plan_supposes_and_says_so(reader: TestClient) -> None:
    page = said(reader.get("/plans/Mali").text)
    assert "Supposed, not on record:" in page
    assert "Bah Ndaw" in page
    assert reader.get("/plans/nowhere").status_code == 404
    assert reader.get("/plans/MLI.odt").status_code == 404


def test_a_drill_goes_step_by_step(reader: TestClient) -> None:
    first = said(reader.get("/drills/signing-ceremony").text)
    assert "What comes next" in first
    assert "To talk about at the end" not in first
    assert "To talk about at the end" in said(reader.get("/drills/signing-ceremony?step=4").text)
    assert reader.get("/drills/signing-ceremony?step=9").status_code == 400
    assert reader.get("/drills/none").status_code == 404


def test_a_failed_attempt_is_told_first(reader: TestClient) -> None:
    assert "The attempt failed or was undone" in said(reader.get("/cases/benin-2025/advice").text)
    assert "The attempt failed or was undone" not in said(reader.get("/cases/mali-2021/advice/options").text)


def test_the_signs_count_the_cases_beside_them(reader: TestClient) -> None:
    beside = len(yaml.safe_load((SIGNS / "cases.yaml").read_text(encoding="utf-8"))["cases"])
    assert f"{beside} made-up and decided examples stand beside it" in " ".join(
        said(reader.get("/rulebooks/sign").text).split()
    )
