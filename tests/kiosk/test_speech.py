"""The kiosk reads itself aloud: how that begins and ends, that nothing is left out, and that a switch is enough."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from config.words import Words
from tests.kiosk.test_kiosk_page import ISSUE, opened
from tests.kiosk.test_several_matters import several
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser
NOTES_PLAYS = """() => { window.played = []; const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    window.played.push([decodeURIComponent(this.src.split('?')[1]), this.volume]); return play.call(this); } }"""
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
    if (node.data.trim() && visible(node.parentElement) && !node.parentElement.closest('[aria-label]:not(div,output)'))
      found.push(node.data);
  }
  return found;
}"""
LEFT = """async () => {
  const plain = text => text.replace(/[^\\p{L}\\p{N}]/gu, '');
  const shown = SHOWN();
  const left = () => { const all = plain(window.played.map(([text]) => text).join());
    return shown.filter(text => plain(text) && !all.includes(plain(text))); };
  const end = Date.now() + 25000;
  while (left().length && Date.now() < end) await new Promise(requestAnimationFrame);
  return left();
}""".replace("SHOWN", f"({SHOWN})")


def listening(page: Page) -> Page:
    """From now on the page notes what it plays: the text, and how loud."""
    page.evaluate(NOTES_PLAYS)
    return page


def until(page: Page, true: str) -> None:
    page.evaluate(f"async () => {{ while (!({true})) await new Promise(requestAnimationFrame) }}")


def hears(page: Page, text: str) -> None:
    until(page, f"window.played.some(([said]) => said.includes({json.dumps(text)}))")


def forget(page: Page) -> None:
    page.evaluate("window.played = []")


def hears_all(page: Page) -> None:
    """Every text that is seen on this screen is said. Commas and spaces may differ, and a number is spelled."""
    assert page.evaluate(LEFT) == []


def begun(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    hears(page, "Sprachausgabe an")


def test_r15_everything_on_every_screen_is_read_aloud(stage: Stage, visitor: Visitor) -> None:
    """EN 301 549, 5.1.3: services with waits and reasons, needs, papers, how many, codes, what is refused."""
    page = listening(opened(stage, visitor, several()))
    begun(page)
    hears_all(page)
    for act, back in (("needs", "back"), ("appointment", "back"), ("mine", "back")):
        forget(page)
        page.locator(f"[data-act={act}]").first.click()
        expect(page.locator("footer")).to_have_count(0)
        hears_all(page)
        page.locator(f"[data-act={back}]").click()
    for service in ("kfz", "melden"):
        forget(page)
        page.locator(f"[data-service={service}]").click()
        expect(page.locator("footer")).to_have_count(0)
        hears_all(page)
        page.locator("[data-act=back]").click()
    page.locator("[data-service=kfz]").click()
    stage.answer = refused("limit_reached")
    forget(page)
    page.locator("[data-act=have]").click()
    hears(page, page.get_by_role("alert").inner_text().split(".")[0])


@pytest.mark.parametrize("printer", ["ok", None])
def test_r16_the_ticket_is_read_aloud(stage: Stage, visitor: Visitor, printer: str | None) -> None:
    """Number letter by letter, service, how many are before, how long: 5.1.3.16."""
    page = listening(opened(stage, visitor, o.kiosk(printer=printer)))
    begun(page)
    forget(page)
    page.locator("[data-service=ausweis]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    for text in ("A 019", "Ausweis und Pass", "3 Personen sind vor Ihnen", "20–30 min"):
        hears(page, text)

    hears_all(page)


def test_r15_a_key_of_the_pad_begins_and_the_pad_alone_draws_a_number(stage: Stage, visitor: Visitor) -> None:
    page = listening(opened(stage, visitor))
    begun(page)
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        if "Ausweis und Pass" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")

    stage.until(lambda: stage.pressed == [ISSUE])
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")


def test_r15_home_says_it_again_softer_if_wanted_and_a_key_interrupts(stage: Stage, visitor: Visitor) -> None:
    page = listening(opened(stage, visitor))
    begun(page)
    hears_all(page)
    forget(page)
    page.keyboard.press("Home")
    until(page, "window.played.length > 2")
    page.keyboard.press("-")

    hears(page, "Lautstärke 60 Prozent")
    assert page.evaluate("window.played.length") < 10, "the screen is not read to its end"
    assert page.evaluate("window.played.at(-1)[1]") == pytest.approx(0.6)


def test_r15_volume_and_speech_are_reset_for_the_next_person(stage: Stage, visitor: Visitor) -> None:
    page = listening(opened(stage, visitor))
    begun(page)
    page.keyboard.press("-")
    hears(page, "Lautstärke 60 Prozent")
    page.locator("[data-service=ausweis]").click()
    page.get_by_role("button", name="Fertig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")
    forget(page)
    page.locator("[data-act=needs]").click()
    expect(page.locator("[data-need]").first).to_be_visible()
    assert page.evaluate("window.played") == []
    page.locator("[data-act=back]").click()
    begun(page)
    page.keyboard.press("-")

    hears(page, "Lautstärke 60 Prozent")  # from the usual one again


def test_r15_a_headset_begins_and_its_plug_pulled_ends(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.add_init_script(f"({PLUGS})()")
    page.reload()
    expect(page.locator("footer")).to_be_visible()
    listening(page).evaluate("plug('speaker', 'headset')")
    hears(page, "Sprachausgabe an")
    page.evaluate("plug('speaker')")
    page.evaluate("new Promise((done) => setTimeout(done))")
    forget(page)
    page.locator("[data-act=needs]").click()
    expect(page.locator("[data-need]").first).to_be_visible()

    assert page.evaluate("window.played") == []


def test_r15_a_corner_held_for_two_seconds_begins_and_a_touch_does_not(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    page.mouse.move(20, 1900)
    for held, begins in ((1_500, False), (2_100, True)):
        page.mouse.down()
        page.clock.run_for(held)
        page.mouse.up()
        page.clock.run_for(1_000)
        if begins:
            stage.until(lambda: any("Sprachausgabe an" in text for _, text in stage.said))
        else:
            assert stage.said == []


def test_a_language_without_a_voice_stays_silent_and_the_kiosk_works(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    stage.voiceless = True
    page.keyboard.press("ArrowDown")
    stage.until(lambda: any("Ausweis und Pass" in text for _, text in stage.said))
    page.locator("[data-service=ausweis]").click()

    stage.until(lambda: stage.pressed == [ISSUE])


@pytest.mark.parametrize("language", ["en", "ar", "de-simple"])
def test_it_speaks_the_language_that_was_chosen(stage: Stage, visitor: Visitor, language: str) -> None:
    words = Words(language)
    page = opened(stage, visitor, o.kiosk(languages=("de", "en", "ar", "de-simple")))
    page.get_by_role("button", name=words.text("common-language-name"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.text("kiosk-question"))
    page.keyboard.press("ArrowDown")

    stage.until(lambda: (language, words.text("kiosk-question")) in stage.said)
    assert {spoken for spoken, _ in stage.said} == {language}
