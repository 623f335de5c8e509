"""A press is sent as often as needed and counts once: one key, the true age, and an end of waiting."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import hears

pytestmark = pytest.mark.browser

PRESS = "Ich brauche 45 Minuten mehr Zeit"


@pytest.fixture
def page(stage: Stage, boards: Boards, browser: Visitor) -> Page:
    """A ticket on the phone, with a clock that the test moves."""
    stage.board = msgspec.to_builtins(boards.ticket())
    stage.context = {"board": boards.ticket(), "id": "secret"}
    opened: Page = browser.open("phone", width=390, height=844, clock=True)
    expect(opened.get_by_role("button", name=PRESS)).to_be_enabled()
    return opened


def keys(stage: Stage) -> set[str]:
    return {frame["key"] for frame in stage.commands()}


def test_a_press_cut_off_before_its_answer_is_sent_again_with_its_key_and_its_age(page: Page, stage: Stage) -> None:
    stage.answer = lambda frame: None
    page.get_by_role("button", name=PRESS).click()
    stage.until(lambda: len(stage.commands()) == 1)
    page.clock.run_for(2000)
    stage.answer = stage.accept
    hears(page, stage.cut)
    page.clock.run_for(1000)
    stage.until(lambda: len(stage.commands()) == 2)
    expect(page.get_by_role("button", name=PRESS)).to_be_enabled()
    first, second = stage.commands()

    assert first["key"] == second["key"]
    assert second["age_ms"] >= first["age_ms"] + 2000
    assert second["command"] == first["command"]
    pressed = [datetime.fromisoformat(frame["pressed_at"]) for frame in (first, second)]
    assert abs(pressed[1] - pressed[0]) < timedelta(seconds=1), "the same press, however often it is sent"


def test_a_press_made_while_cut_off_is_carried_by_the_next_line(page: Page, stage: Stage) -> None:
    hears(page, stage.cut)
    page.get_by_role("button", name=PRESS).click()
    page.clock.run_for(1000)
    stage.until(lambda: len(stage.commands()) == 1)

    expect(page.get_by_role("button", name=PRESS)).to_be_enabled()


def test_a_refusal_that_says_retry_is_tried_again_with_the_same_key(page: Page, stage: Stage) -> None:
    def once_not(frame: dict[str, Any]) -> dict[str, Any]:
        stage.answer = stage.accept
        return {"type": "refused", "key": frame["key"], "problem": {"code": "store_unavailable", "retry": True}}

    stage.answer = once_not
    page.get_by_role("button", name=PRESS).click()
    stage.until(lambda: len(stage.commands()) == 1)
    page.wait_for_function("() => document.querySelector('[aria-busy=true]') !== null")
    page.clock.run_for(1500)
    stage.until(lambda: len(stage.commands()) == 2)
    expect(page.get_by_role("button", name=PRESS)).to_be_enabled()

    assert len(keys(stage)) == 1
    assert page.locator("main [role=alert]").count() == 0


def test_a_press_nobody_answers_ends_after_fifteen_seconds_with_a_word(page: Page, stage: Stage) -> None:
    stage.answer = lambda frame: None
    button = page.get_by_role("button", name=PRESS)
    button.click()
    expect(button).to_be_disabled()
    for _ in range(3):
        hears(page, stage.beat)
        page.clock.run_for(5000)

    expect(button).to_be_enabled()
    expect(page.locator("main [role=alert]")).to_contain_text("Keine Antwort vom Server")


def test_two_presses_have_two_keys_that_fit_the_wire(page: Page, stage: Stage) -> None:
    for count in (1, 2):
        page.get_by_role("button", name=PRESS).click()
        stage.until(lambda wanted=count: len(stage.commands()) == wanted)  # type: ignore[misc]
        expect(page.get_by_role("button", name=PRESS)).to_be_enabled()

    assert len(keys(stage)) == 2
    assert all(1 <= len(key) <= 64 and key.isascii() and key.isprintable() for key in keys(stage))


def test_keys_are_made_on_pages_without_tls_too(page: Page, stage: Stage) -> None:
    """crypto.randomUUID is missing there."""
    made = page.evaluate(
        "async () => { crypto.randomUUID = undefined; const { newKey } = await import('/static/presses.js');"
        " return [newKey('kiosk'), newKey('kiosk')]; }"
    )

    assert len(set(made)) == 2
    assert all(key.startswith("kiosk~") and len(key) == 38 for key in made)


def test_the_servers_clock_is_known_from_its_frames_whatever_the_device_believes(page: Page, stage: Stage) -> None:
    off = page.evaluate(
        "async () => { const { ServerClock } = await import('/static/clock.js'); const clock = new ServerClock();"
        " clock.note('2030-01-01T00:00:00.500Z'); clock.note('2030-01-01T00:00:00.100Z');"
        " return clock.now() - Date.parse('2030-01-01T00:00:00.500Z'); }"
    )

    assert 0 <= off < 200
