"""Search as somebody types: suggestions while the page stays, under the strict policy; and all without script."""

import pytest

from browser.conftest import Open

pytestmark = pytest.mark.browser


def test_suggestions_while_typing(window: Open) -> None:
    at = window()
    at.open("/search?known_at=2022-01-01")
    at.page.locator("#find").press_sequentially("goï", delay=30)
    at.page.wait_for_selector("#suggested .suggest li")
    first = at.page.locator("#suggested a").first
    assert first.inner_text() == "Assimi Goïta"
    assert "known_at=2022-01-01" in first.get_attribute("href")
    assert at.page.locator("#suggested mark").first.inner_text() == "Goïta"
    assert at.page.evaluate("window.refused") == []
    assert at.page.evaluate("document.querySelectorAll('style').length") == 0  # the policy would refuse one
    first.click()
    at.page.wait_for_selector(".finds mark")
    assert "Goïta" in at.page.locator(".finds").inner_text()


def test_nothing_like_it_is_said(window: Open) -> None:
    at = window()
    at.open("/search")
    at.page.locator("#find").press_sequentially("zzzqq", delay=10)
    at.page.wait_for_selector("#suggested p")
    assert "Nothing begins like this" in at.page.locator("#suggested").inner_text()


def test_suggestions_fit_a_phone(window: Open) -> None:
    at = window(width=390, height=844)
    at.open("/search?lang=fr")
    at.page.locator("#find").press_sequentially("union", delay=10)
    at.page.wait_for_selector("#suggested .suggest li")
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_script_the_form_asks(window: Open) -> None:
    at = window(script=False)
    at.open("/cases?known_at=2022-01-01")
    at.page.locator("#find").fill("suspension mali")
    at.page.locator("#find").press("Enter")
    at.page.wait_for_url("**/search?**")
    assert "known_at=2022-01-01" in at.page.url
    assert at.page.locator("#find").input_value() == "suspension mali"
    assert at.page.locator(".finds mark").count() > 2
