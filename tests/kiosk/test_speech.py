"""The kiosk reads itself aloud: how that begins and ends, that nothing is left out, and that a switch is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from config.words import Words
from tests.kiosk.test_kiosk_page import ISSUE, given, opened
from tests.kiosk.test_several_matters import several
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser
PLUGS = """() => {
  window.heads = [{ kind: 'audiooutput', deviceId: 'speaker' }];
  navigator.mediaDevices.enumerateDevices = async () => window.heads;
  window.plug = (...ids) => { window.heads = ids.map(deviceId => ({ kind: 'audiooutput', deviceId }));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange')); };
}"""
SHOWN = """() => {
  const visible = n => n.checkVisibility() && !n.closest('[aria-hidden=true]');
  const walk = document.createTreeWalker(document.querySelector('#page'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.data.trim() && visible(node.parentElement)) found.push(node.data.trim().replace(/\\s+/g, ' '));
  }
  return found;
}"""


def until(page: Page, true: str) -> None:
    page.evaluate(f"async () => {{ while (!({true})) await new Promise(requestAnimationFrame) }}")


def said(stage: Stage) -> str:
    return " | ".join(text for _, text in stage.said)


def begun(page: Page, stage: Stage) -> None:
    page.keyboard.press("ArrowDown")
    stage.until(lambda: "Sprachausgabe an" in said(stage))


def hears_all(page: Page, stage: Stage) -> None:
    """Every text that is seen on this screen is said. Commas and spaces may differ, and a number is spelled."""
    plain = lambda text: "".join(sign for sign in text if sign.isalnum())  # noqa: E731
    left = [text for text in page.evaluate(SHOWN) if plain(text)]

    def heard() -> bool:
        left[:] = [text for text in left if plain(text) not in plain(said(stage))]
        return not left

    try:
        stage.until(heard)
    except AssertionError:
        raise AssertionError(f"never said: {left}; said: {said(stage)}") from None


def test_r15_everything_on_every_screen_is_read_aloud(stage: Stage, visitor: Visitor) -> None:
    """EN 301 549, 5.1.3: services with waits and reasons, needs, papers, how many, code, what is refused."""
    page = opened(stage, visitor, several())
    begun(page, stage)
    hears_all(page, stage)
    for act in ("needs", "back", "appointment", "back", "mine", "back", "several"):
        stage.said.clear()
        page.locator(f"[data-act={act}]").first.click()
        if act in ("needs", "appointment", "mine"):
            hears_all(page, stage)
    page.locator("[data-act=several]").click()
    stage.said.clear()
    page.locator("[data-service=kfz]").click()
    hears_all(page, stage)
    stage.answer = refused("limit_reached")
    stage.said.clear()
    page.locator("[data-act=have]").click()
    hears_alert = page.get_by_role("alert").inner_text()
    stage.until(lambda: hears_alert.split(".")[0] in said(stage))


@pytest.mark.parametrize("printer", ["ok", None])
def test_r16_the_ticket_is_read_aloud(stage: Stage, visitor: Visitor, printer: str | None) -> None:
    """Number letter by letter, service, how many are before, how long, what to bring: 5.1.3.16."""
    page = opened(stage, visitor, o.kiosk(printer=printer))
    begun(page, stage)
    stage.said.clear()
    page.locator("[data-service=ausweis]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    hears_all(page, stage)

    for text in ("A 019", "Ausweis und Pass", "3 Personen sind vor Ihnen", "20–30 min"):
        stage.until(lambda text=text: text in said(stage))  # type: ignore[misc]


def test_r15_a_key_of_the_pad_begins_and_the_pad_alone_draws_a_number(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    begun(page, stage)
    for _ in range(20):
        stage.said.clear()
        page.keyboard.press("ArrowDown")
        if "Ausweis und Pass" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")

    stage.expect(ISSUE)
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")


def test_r15_home_says_it_again_and_a_key_interrupts(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    begun(page, stage)
    hears_all(page, stage)
    page.keyboard.press("ArrowDown")
    page.evaluate(
        "() => { window.played = []; const play = Audio.prototype.play;"
        "Audio.prototype.play = function () { window.played.push(this.volume); return play.call(this); } }"
    )
    page.keyboard.press("Home")

    until(page, "window.played.length > 2")
    page.keyboard.press("-")
    until(page, "window.played.at(-1) < .7")
    stage.until(lambda: "Lautstärke 60 Prozent" in said(stage))


def test_r15_volume_and_speech_are_reset_for_the_next_person(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    begun(page, stage)
    page.keyboard.press("-")
    stage.until(lambda: "Lautstärke 60 Prozent" in said(stage))
    page.locator("[data-service=ausweis]").click()
    page.get_by_role("button", name="Fertig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")
    stage.said.clear()
    page.locator("[data-act=needs]").click()
    expect(page.locator("[data-need]").first).to_be_visible()
    assert stage.said == []
    page.locator("[data-act=back]").click()
    begun(page, stage)
    page.keyboard.press("-")
    stage.until(lambda: "Lautstärke 60 Prozent" in said(stage))  # from the usual one again


def test_r15_a_headset_begins_and_its_plug_pulled_ends(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.add_init_script(f"({PLUGS})()")
    page.reload()
    expect(page.locator("footer")).to_be_visible()
    page.evaluate("plug('speaker', 'headset')")
    stage.until(lambda: "Sprachausgabe an" in said(stage))
    page.evaluate("plug('speaker')")
    stage.said.clear()
    page.locator("[data-act=needs]").click()
    expect(page.locator("[data-need]").first).to_be_visible()

    assert stage.said == []


def test_r15_a_corner_held_for_two_seconds_begins_and_a_touch_does_not(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    page.mouse.move(20, 1900)
    for held, begins in ((1_500, False), (2_100, True)):
        page.mouse.down()
        page.clock.run_for(held)
        page.mouse.up()
        page.clock.run_for(1_000)
        if begins:
            stage.until(lambda: "Sprachausgabe an" in said(stage))
        else:
            assert stage.said == []


def test_a_language_without_a_voice_stays_silent_and_the_kiosk_works(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    stage.voiceless = True
    begun(page, stage)
    hears_all(page, stage)
    page.locator("[data-service=ausweis]").click()

    stage.expect(ISSUE)


@pytest.mark.parametrize("language", ["en", "ar", "de-simple"])
def test_it_speaks_the_language_that_was_chosen(stage: Stage, visitor: Visitor, language: str) -> None:
    words = Words(language)
    page = opened(stage, visitor, o.kiosk(languages=("de", "en", "ar", "de-simple")))
    stage.answer = given
    page.get_by_role("button", name=words.text("common-language-name"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.text("kiosk-question"))
    page.keyboard.press("ArrowDown")

    stage.until(lambda: (language, words.text("kiosk-question")) in stage.said)
    assert {spoken for spoken, _ in stage.said} == {language}
