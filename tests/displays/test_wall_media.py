"""Pictures and silent videos of the office, while nobody is called: never over a number, never with sound, and held by a tap."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from server.messages.boards import Logo
from server.messages.instants import SECOND
from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser

OVER = """() => {
  const media = document.querySelector('#media').getBoundingClientRect();
  const others = ['.quiet', '#head', '#room', '#foot', '#sound:not([hidden])'].flatMap((name) =>
    [...document.querySelectorAll(name)]);
  return others.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < media.right - 1 && box.right > media.left + 1 && box.top < media.bottom - 1
      && box.bottom > media.top + 1;
  }).map((one) => one.id || one.className);
}"""
"""What the pictures lie over."""


def slide(name: str, seconds: int = 12) -> dict[str, Any]:
    kind = "video" if name.endswith(".webm") else "picture"
    return {"address": f"/media/mitte/hall/tips/{name}", "kind": kind, "seconds": seconds, "text": {"de": "Tipps"}}


def kept(page: Page, name: str) -> None:
    if folder := os.environ.get("AUFRUF_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920)])
def test_pictures_stand_beside_everything_and_a_call_pushes_them_aside(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int
) -> None:
    stage.slides = [slide("1.png", 3), slide("2.png", 3)]
    logo = Logo(address="/static/theme/mitte/logo-1.svg", text={"de": "Wappen"})
    stage.board = msgspec.to_builtins(boards.display(media=True, logo=logo))
    page = browser.open("wall", clock=True, width=width, height=height)
    picture = page.locator("#media img")
    expect(picture).to_have_attribute("alt", "Tipps")
    expect(page.get_by_role("img", name="Wappen")).to_be_visible()
    assert page.evaluate(OVER) == []
    expect(page.locator(".quiet")).to_contain_text("Bitte warten")
    kept(page, f"media-{width}")

    first = picture.get_attribute("src")
    page.clock.run_for(4 * SECOND)
    expect(picture).not_to_have_attribute("src", str(first))
    stage.show(boards.display(boards.call("A017"), media=True, logo=logo))
    expect(page.get_by_text("A017", exact=True)).to_be_visible()
    expect(page.locator("#media")).to_be_hidden()
    stage.show(boards.display(media=True, logo=logo, newest_beside=True))
    expect(page.locator(".quiet")).to_be_visible()
    expect(page.locator("#media")).to_be_hidden()  # the screen beside it calls somebody just now
    stage.show(boards.display(media=True, logo=logo))
    expect(page.locator("#media")).to_be_visible()


def test_r7_a_tap_or_its_button_holds_the_pictures(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.slides = [slide("1.png", 3), slide("2.png", 3)]
    stage.board = msgspec.to_builtins(boards.display(media=True))
    page = browser.open("wall", clock=True)
    picture = page.locator("#media img")
    expect(picture).to_be_visible()
    first = str(picture.get_attribute("src"))
    page.get_by_role("button", name="Bilder anhalten").press("Enter")
    page.clock.run_for(5 * SECOND)
    expect(picture).to_have_attribute("src", first)
    page.get_by_role("button", name="Bilder weiter").press("Enter")
    page.clock.run_for(4 * SECOND)
    expect(picture).not_to_have_attribute("src", first)


def test_a_video_is_silent_waits_while_somebody_is_called_and_is_not_shown_to_who_wants_less_motion(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.slides = [slide("1.webm"), slide("2.webm")]
    stage.board = msgspec.to_builtins(boards.display(media=True))
    page = browser.open("wall")
    video = page.locator("#media video")
    expect(video).to_have_attribute("src", slide("2.webm")["address"])  # the first was shown to its end
    assert video.evaluate("(it) => it.muted")
    stage.show(boards.display(boards.call("A017"), media=True))
    expect(page.locator("#media")).to_be_hidden()
    assert video.evaluate("(it) => it.paused")

    stage.board = msgspec.to_builtins(boards.display(media=True))
    calm = browser.open("wall", reduced_motion="reduce")
    expect(calm.locator(".quiet")).to_be_visible()
    expect(calm.locator("#media")).to_be_hidden()
    stage.slides = [slide("1.png")]
    pictured = browser.open("wall")
    expect(pictured.locator("#media img")).to_be_visible()
    assert findings(pictured) == []
