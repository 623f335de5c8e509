"""The kiosk reads itself aloud: how that begins and ends, that nothing is left out, and that a switch is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from config.words import Words
from tests.kiosk.test_kiosk_page import ISSUE, opened
from tests.kiosk.test_several_matters import several
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser
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

PLUGS = """() => {
  window.heads = [{ kind: 'audiooutput', deviceId: 'speaker' }];
  navigator.mediaDevices.enumerateDevices = async () => window.heads;
  window.plug = (...ids) => { window.heads = ids.map(deviceId => ({ kind: 'audiooutput', deviceId }));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange')); };
}"""
SLOW_HEADSET = """() => { window.asked = []; window.found = [];
  HTMLMediaElement.prototype.setSinkId = function () {
    asked.push(this); return new Promise((done) => found.push(done)); } }"""
"""A headset to which the browser takes a while to connect: until the test lets it."""
PLAYS = """() => { window.played = []; const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    window.played.push([decodeURIComponent(this.src.split('?')[1]), this.volume]); return play.call(this); } }"""


def plain(text: str) -> str:
    """Commas and spaces may differ, and a number is spelled."""
    return "".join(sign for sign in text if sign.isalnum())


def until(page: Page, true: str) -> None:
    page.evaluate(f"async () => {{ while (!({true})) await new Promise(requestAnimationFrame) }}")


def hears(stage: Stage, text: str) -> None:
    stage.beat()  # reading a whole screen takes longer than a line may be silent
    try:
        stage.until(lambda: plain(text) in plain(" ".join(said for _, said in stage.said)))
    except AssertionError:
        raise AssertionError(f"never said: {text}, but {stage.said[-12:]}") from None


def hears_all(page: Page, stage: Stage) -> None:
    """Every text that is seen on this screen is asked of the voices, now or earlier: a page keeps what it has asked for."""
    for text in page.evaluate(SHOWN):
        hears(stage, text)


def begun(page: Page, stage: Stage) -> None:
    page.keyboard.press("ArrowDown")
    hears(stage, "Sprachausgabe an")


@pytest.mark.parametrize("printer", ["ok", None])
def test_r16_the_ticket_is_read_aloud(stage: Stage, visitor: Visitor, printer: str | None) -> None:
    """Number letter by letter, service, how many are before, how long: 5.1.3.16."""
    page = opened(stage, visitor, o.kiosk(printer=printer))
    begun(page, stage)
    page.locator("[data-service=ausweis]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    for text in ("A 019", "Ausweis und Pass", "3 Personen sind vor Ihnen", "20–30 min"):
        hears(stage, text)

    hears_all(page, stage)


def test_r15_everything_on_every_screen_is_read_aloud(stage: Stage, visitor: Visitor) -> None:
    """EN 301 549, 5.1.3: services with waits and reasons, needs, papers, how many, codes, what is refused."""
    page = opened(stage, visitor, several())
    begun(page, stage)
    hears_all(page, stage)
    for act in ("needs", "appointment", "mine"):
        page.locator(f"[data-act={act}]").first.click()
        expect(page.locator("footer")).to_have_count(0)
        hears_all(page, stage)
        page.locator("[data-act=back]").click()
    for service in ("kfz", "melden"):
        page.locator(f"[data-service={service}]").click()
        expect(page.locator("footer")).to_have_count(0)
        hears_all(page, stage)
        page.locator("[data-act=back]").click()
    page.locator("[data-service=kfz]").click()
    stage.answer = refused("limit_reached")
    page.locator("[data-act=have]").click()
    hears(stage, page.get_by_role("alert").inner_text().split(".")[0])


def test_r15_a_key_of_the_pad_begins_and_the_pad_alone_draws_a_number(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    begun(page, stage)
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        if page.locator("[data-service=ausweis]").evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")

    stage.until(lambda: stage.pressed == [ISSUE])
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")


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


def test_r15_a_headset_begins_and_its_plug_pulled_ends(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.add_init_script(f"({PLUGS})()")
    page.reload()
    expect(page.locator("footer")).to_be_visible()
    page.evaluate("plug('speaker', 'headset')")
    hears(stage, "Sprachausgabe an")
    hears_all(page, stage)
    page.evaluate("plug('speaker')")
    page.evaluate("new Promise((done) => setTimeout(done))")
    before = len(stage.said)
    page.locator("[data-act=needs]").click()
    expect(page.locator("[data-need]").first).to_be_visible()
    page.evaluate("new Promise((done) => setTimeout(done, 300))")

    assert len(stage.said) == before


def test_r15_it_is_made_softer_and_the_next_person_finds_it_as_loud_as_always(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.evaluate(PLAYS)
    for _ in range(2):
        begun(page, stage)
        page.keyboard.press("-")
        hears(stage, "Lautstärke 60 Prozent")
        until(page, "played.some(([text, volume]) => text.startsWith('Lautstärke') && Math.abs(volume - .6) < .01)")
        page.keyboard.press("Escape")
        page.evaluate("played.length = 0")


def test_r15_every_text_is_heard_to_its_end_and_home_says_the_screen_again(stage: Stage, visitor: Visitor) -> None:
    """Also with texts that the page has fetched already: the end of one sound must not end the next."""
    page = opened(stage, visitor)
    begun(page, stage)
    hears_all(page, stage)
    page.evaluate(PLAYS)
    page.evaluate("""() => { window.ended = 0; const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        this.addEventListener('ended', () => { ended += 1; }); return play.call(this); } }""")
    page.keyboard.press("Home")
    until(page, "played.length > 5 && ended >= played.length - 1")
    until(page, "ended === played.length")

    assert page.evaluate("played.map(([text]) => text)")[0] == "Bürgerbüro Mitte"


def test_r15_a_key_while_the_headset_is_still_being_connected_leaves_one_voice(stage: Stage, visitor: Visitor) -> None:
    """The sound that was about to begin must stay silent: else it speaks over the one that the key asked for."""
    page = opened(stage, visitor)
    page.add_init_script(f"({PLUGS})()")
    page.reload()
    expect(page.locator("footer")).to_be_visible()
    page.evaluate(SLOW_HEADSET)
    page.evaluate(PLAYS)
    page.evaluate("plug('speaker', 'headset')")
    until(page, "asked.length === 1")
    page.keyboard.press("Home")
    until(page, "asked.length === 2")
    page.evaluate("found.forEach((done) => done())")
    until(page, "played.length")

    assert page.evaluate("played.map(([text]) => text)") == [
        page.evaluate("decodeURIComponent(asked[1].src.split('?')[1])")
    ]


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
