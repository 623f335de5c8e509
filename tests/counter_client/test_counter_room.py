"""What a clerk knows of the room, and says for others: notes, all lines, "ready", notifications of the desktop."""

import pytest
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.axe import findings
from tests.counter_client.counter_page import opened, show
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, picture

pytestmark = pytest.mark.browser
NOBODY = o.counter(next=None, queue=(), waiting=0)
NEXT = {"type": "call_next", "counter": "3"}


def presses_nothing(stage: Stage, board: wire.Counter) -> None:
    """Shows a board. If the page presses anything because of it, the press comes before the report that the board is shown."""
    stage.show(board)
    stage.until(lambda: any(f.get("kind") == "shown" and f["seq"] == stage.seq for f in stage.heard))
    assert stage.pressed == []


def test_a_note_is_written_on_whom_i_serve_and_deleted(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current()))
    page.keyboard.press("n")
    page.get_by_label("Für Kolleginnen und Kollegen").fill(" Urkunde fehlt noch ")
    page.get_by_role("button", name="Notiz behalten").click()
    stage.until(lambda: stage.notes == {"t-A017": "Urkunde fehlt noch"})

    show(stage, page, o.counter(o.current(note="Urkunde fehlt noch")))
    expect(page.get_by_role("region", name="Wen ich bediene")).to_contain_text("Urkunde fehlt noch")
    page.get_by_role("button", name="Notiz ändern").click()
    expect(page.get_by_label("Für Kolleginnen und Kollegen")).to_have_value("Urkunde fehlt noch")
    page.get_by_label("Für Kolleginnen und Kollegen").fill("")
    page.get_by_role("button", name="Notiz behalten").click()
    stage.until(lambda: stage.notes == {})


def test_the_note_of_a_ticket_in_a_list_is_read_with_its_card(stage: Stage, visitor: Visitor) -> None:
    stage.notes["t-A009"] = "Foto fehlt"
    page = opened(stage, visitor, o.counter())
    page.locator("[data-ticket='t-A009']").click()
    field = page.get_by_label("Für Kolleginnen und Kollegen")

    expect(field).to_have_value("Foto fehlt")
    field.fill("Foto ist da")
    page.locator("[data-offer='note']").click()
    stage.until(lambda: stage.notes == {"t-A009": "Foto ist da"})
    assert stage.pressed == []


def test_ready_calls_whoever_comes_once(stage: Stage, visitor: Visitor) -> None:
    stage.answer = lambda _: {"result": {"ticket": {"id": "t-T209", "number": "T209"}}}
    page = opened(stage, visitor, NOBODY)
    page.keyboard.press("g")
    expect(page.get_by_role("region", name="Wen ich bediene")).to_contain_text("wird sofort aufgerufen")
    presses_nothing(stage, o.counter(next=None, queue=(), waiting=0, parked=()))

    stage.show(o.counter())
    stage.expect(NEXT)
    show(stage, page, o.counter(o.current("called")))
    show(stage, page, NOBODY)
    expect(page.get_by_role("button", name="Bereit: wer kommt, wird gerufen")).to_be_visible()
    presses_nothing(stage, o.counter())


def test_ready_is_taken_back_and_ends_with_a_break(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, NOBODY)
    page.keyboard.press("g")
    page.get_by_role("button", name="Doch nicht von selbst rufen").click()
    presses_nothing(stage, o.counter())
    expect(page.locator("[data-act='ready-for']")).to_have_count(0)

    show(stage, page, NOBODY)
    page.keyboard.press("g")
    show(stage, page, o.counter(counter=o.face(state="paused", holder_is_me=True, reason="mittag")))
    presses_nothing(stage, o.counter())


def test_all_lines_of_the_office_are_one_press_away(stage: Stage, visitor: Visitor) -> None:
    lines = (("ausweis", 9), ("melden", 4), ("kfz", 12), ("zeugnis", 0), ("trauung", 1))
    stage.desk = {"services": [{"id": id, "letter": o.SERVICES[id][0], "waiting": waiting, "longest_wait": instant(minutes=9)}
                               for id, waiting in lines]}  # fmt: skip
    page = opened(stage, visitor, o.counter())
    shown = page.get_by_role("region", name="Alle Reihen des Büros")
    expect(shown.locator("li")).to_have_count(0)
    shown.get_by_role("button", name="alle 5 zeigen").click()

    expect(shown.locator("li")).to_have_count(5)
    expect(shown.locator("li").nth(2)).to_contain_text("K Auto und Führerschein")
    expect(shown.locator("li").nth(2)).to_contain_text("12, längste 9 min")
    expect(shown.locator("li").nth(3)).to_contain_text("niemand")


COUNTS = """
window.told = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { return (Notification.permission = "granted"); }
  constructor(title, { tag }) { told.push([title, tag]); }
};
document.hasFocus = () => window.focused ?? true;
"""
"""A headless browser shows no notifications: what the page asks for is noted."""


def test_the_desktop_tells_what_is_new_if_the_clerk_asked_and_looks_elsewhere(stage: Stage, visitor: Visitor) -> None:
    stage.show(NOBODY)
    page = visitor.open("counter/3")
    page.add_init_script(COUNTS)
    page.reload()
    expect(page.locator(".acts[data-settled=true]")).to_be_visible()
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Auf dem Bildschirm melden").check()
    page.keyboard.press("Escape")
    show(stage, page, o.counter())
    assert page.evaluate("told") == []

    page.evaluate("window.focused = false")
    show(stage, page, NOBODY)
    note = wire.Note(id="m1", text={"de": "Bitte Formular B nutzen."}, at=instant(), until=None, speak=False)
    asks = wire.HelpCall(id="h1", device="entrance", at=instant(), accepted_by=None, name="Automat am Eingang")
    show(stage, page, o.counter(messages=(note,), help=(asks,)))
    assert page.evaluate("told") == [
        ["Schalter 3: Aufsicht: Bitte Formular B nutzen.", "3/message/m1"],
        ["Schalter 3: Automat am Eingang: Jemand braucht Hilfe.", "3/help/h1"],
        ["Schalter 3: T209 wartet.", "3/next"],
    ]
    show(stage, page, o.counter(messages=(note,), help=(asks,)))
    assert len(page.evaluate("told")) == 3


def test_every_key_is_listed_and_each_user_may_have_another(stage: Stage, visitor: Visitor) -> None:
    """K for a break, as the clerk is used to: parking gets the P, on the buttons too; it lasts over a reload."""
    page = opened(stage, visitor, o.counter(o.current(), undo=o.takeback(left=36_000)))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    for said in ("Ist da", "Schalter öffnen", "Nicht erschienen", "Rückgängig", "Strg+Alt+A", "Geparkt"):
        expect(dialog.locator(".keys")).to_contain_text(said)
    picture(page, "counter-keys")
    assert findings(page) == []
    dialog.locator("[data-learn='P']").click()
    page.keyboard.press("k")
    expect(dialog.locator("tr").filter(has_text="Parken").locator("kbd")).to_have_text("P")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("[data-act='park']")).to_have_attribute("aria-keyshortcuts", "P")
    page.keyboard.press("p")
    stage.until(lambda: stage.pressed == [{"type": "park_ticket", "counter": "3"}])
    stage.heard.clear()

    page.keyboard.press("?")
    with page.expect_popup() as strip:
        page.get_by_role("button", name="Als schmalen Streifen öffnen").click()
    assert strip.value.url == page.url
    page.get_by_role("button", name="Alle Tasten wie am Anfang").click()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    stage.until(lambda: stage.pressed == [{"type": "park_ticket", "counter": "3"}])
