"""A wall as light and dark alone: what is new is shown without colour too, and nothing flashes."""

import io
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Locator, Page, expect

from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_wall import many
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser


def brightness(row: Locator) -> float:
    """0 to 255, of the middle shade of its picture without colours."""
    picture = Image.open(io.BytesIO(row.screenshot(animations="disabled"))).convert("L")
    return ImageStat.Stat(picture).median[0]


def test_r5_without_colour_the_newest_call_still_stands_out(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(many(boards, 3))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(3)
    newest, other = page.locator(".row.fresh"), page.locator(".row:not(.fresh)").first

    assert brightness(newest) > brightness(other) + 100


STEP_MS, BLOCK = 125, 20
HEAD = 3
"""Blocks from the top in which the clock of the wall may change meanwhile."""
DIFFERENCE, DARK = 0.1, 0.8
"""A flash is a change of a tenth of the largest luminance and back, if the darker side is below 0.8 (WCAG 2.3.1)."""
AT = """(now) => document.getAnimations().forEach((it) => {
  it.pause();
  it.began ??= now;
  it.currentTime = now - it.began;
})"""
"""Puts every animation where it is at this time of the page: a machine under load would take other frames each time."""


def luminances(page: Page) -> Any:
    """Relative luminance of each block of the screen, 0 to 1."""
    grey = Image.open(io.BytesIO(page.screenshot())).convert("RGB").reduce(BLOCK)
    part = np.asarray(grey, dtype=float) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def changes(frames: list[Any]) -> Any:
    """For each frame and block: 1 where it became lighter since it last turned, -1 where darker, 0 where neither."""
    last, turned = frames[0].copy(), np.zeros_like(frames[0])
    found = []
    for frame in frames[1:]:
        step = np.where(
            (np.abs(frame - last) >= DIFFERENCE) & (np.minimum(frame, last) < DARK), np.sign(frame - last), 0
        )
        found.append(np.where(step != turned, step, 0))
        turned, last = np.where(step, step, turned), np.where(step, frame, last)
    return np.array(found)


def test_r6_no_part_of_a_busy_wall_flashes_more_than_once_a_second(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    """By the difference of pictures of the page, eight a second: a call each second, then three seconds of rest."""
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall", width=960, height=540, clock=True)
    expect(page.locator(".quiet")).to_be_visible()
    calls: list[Any] = []
    frames = [luminances(page)]
    for step in range(6 * 1000 // STEP_MS):
        if step % (1000 // STEP_MS) == 0 and len(calls) < 3:
            calls.insert(0, boards.call(f"A{100 + len(calls)}", str(1 + len(calls))))
            stage.show(boards.display(*calls))
            expect(page.locator(".row.fresh .number")).to_have_text(calls[0].number)
        page.clock.run_for(STEP_MS)
        page.evaluate(AT, step * STEP_MS)
        frames.append(luminances(page))

    found = changes(frames)
    second = 1000 // STEP_MS
    most = max(np.abs(found[start : start + second]).sum(0).max() for start in range(len(found) - second))
    assert np.abs(found).max() == 1, "a call changes the picture"
    assert most <= 2, "there and back is one flash"
    still = np.array(frames[-second // 2 :])[:, HEAD:]
    assert np.ptp(still, axis=0).max() < DIFFERENCE, "after three seconds the picture stands still"
