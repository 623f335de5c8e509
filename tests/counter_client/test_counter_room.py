"""What a clerk knows of the room, and says for others: notes, all lines, "ready", notifications of the desktop."""

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route, expect

from server.messages import boards as wire
from tests.axe import findings
from tests.counter_client.counter_page import opened, settled, show
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


OTHERS: dict[str, object] = {
    "/api/v1/me": {"role": "desk", "offices": ["mitte", "nord"], "for": None},
    "/api/v1/offices": [{"id": id, "name": f"Bürgerbüro {id.title()}", "open": True} for id in ("mitte", "nord", "west")],
    "/api/v1/offices/nord/waits": {
        "services": [{"names": o.names("ausweis"), "open": True, "waiting": 4,
                      "expected": {"low": 5, "high": 10}, "expected_reason": None}],
    },
}  # fmt: skip
"""What the other offices of the account answer."""


def answering(said: object) -> Callable[[Route], None]:
    return lambda route: route.fulfill(json=said)


def at_reception(stage: Stage, visitor: Visitor, board: wire.Desk) -> Page:
    stage.answer = lambda _: {
        "result": {"ticket": {"id": "t-A020", "number": "A020", "services": ["ausweis"], "ahead": 9}}
    }
    stage.show(board)
    page = visitor.open("desk/-")
    for path, answer in OTHERS.items():
        page.route(f"**{path}", answering(answer))
    page.reload()
    expect(page.locator(".draws button")).to_have_count(5)
    stage.heard.clear()
    return page


def test_reception_gives_out_a_number_in_three_keystrokes_and_prints_at_any_printer(
    stage: Stage, visitor: Visitor
) -> None:
    page = at_reception(stage, visitor, o.desk())
    draws = {"type": "issue_ticket", "services": ["ausweis"]}
    for key in ("n", "a", "Enter"):
        page.keyboard.press(key)
    stage.expect({**draws, "printer": "entrance"})
    given = page.get_by_role("region", name="Zuletzt ausgegeben")
    expect(given).to_contain_text("A020")
    page.locator(".given select").select_option("door")
    page.locator(".given [data-offer=print-at]").click()
    stage.expect({"type": "print_ticket", "ticket": "t-A020", "printer": "door"})

    page.locator("[data-service=ausweis]").click()
    dialog = page.get_by_role("dialog", name="Neue Nummer")
    for key in ("m", "1", "0"):  # M is no letter of a service
        page.keyboard.press(key)
    dialog.get_by_label("Personen").fill("2")
    dialog.get_by_label("Sprache").select_option("en")
    dialog.get_by_label("Drucker").select_option("")
    dialog.get_by_role("button", name="Nummer ausgeben").click()
    more = {"category": "priority", "needs": ["step_free"], "persons": 2, "language": "en"}
    stage.expect({**draws, **more})
    page.get_by_role("button", name="Schließen").click()
    expect(given).to_have_count(0)


def test_reception_checks_in_finds_a_lost_number_comes_to_help_and_knows_other_offices(
    stage: Stage, visitor: Visitor
) -> None:
    asks = wire.HelpCall(id="h1", device="entrance", at=instant(), accepted_by=None, name="Automat am Eingang")
    page = at_reception(stage, visitor, o.desk(help=(asks,)))
    page.keyboard.press("c")
    page.get_by_label("Code der Bestätigung").fill("K7P 2QX")
    page.keyboard.press("Enter")
    stage.expect({"type": "check_in", "code": "K7P 2QX"})
    page.get_by_role("button", name="Es kommt jemand").click()
    stage.expect({"type": "accept_help", "help": "h1"})
    page.locator("[data-act=return-t-B038]").click()
    stage.expect({"type": "return_ticket", "ticket": "t-B038"})

    found = (o.line("A011", waited=70), o.line("B012", "melden", waited=71))
    stage.found = wire.Found(total=2, offset=0, tickets=found, not_here=(), not_printed=("t-A011",))
    page.keyboard.press("f")
    page.locator("#find-service").select_option("ausweis")
    page.get_by_label("Gezogen etwa um").fill("10:15")
    expect(page.locator("[aria-labelledby=found] .number")).to_have_text(["A011"])
    stage.until(lambda: "issued" in stage.asked[-1])
    assert {**stage.asked[-1], "issued": ""} == {"query": "ausweis", "limit": "100", "issued": ""}
    assert stage.asked[-1]["issued"].endswith(":15:00.000Z")
    page.locator("[data-ticket=t-A011]").click()
    page.get_by_role("dialog").locator("[data-offer=print-at]").click()
    stage.expect({"type": "print_ticket", "ticket": "t-A011", "printer": "entrance"})

    others = page.get_by_role("region", name="Andere Ämter")
    others.get_by_role("button", name="alle 1 zeigen").click()
    expect(others).to_contain_text("Bürgerbüro Nord")
    expect(others).to_contain_text("4 warten · 5–10 min")
    expect(others).not_to_contain_text("West")


def test_reception_shows_everybody_who_waits_also_those_whom_its_board_leaves_out(
    stage: Stage, visitor: Visitor
) -> None:
    """The board lists the first of them and says how many there are."""
    page = at_reception(stage, visitor, o.desk())
    waiting = page.get_by_role("region", name="Als Nächstes (30 warten)")
    tickets = tuple(o.line(f"A{number:03}") for number in range(1, 31))
    stage.found = wire.Found(total=30, offset=0, tickets=tickets, not_here=(), not_printed=())

    waiting.get_by_role("button", name="alle 30 zeigen").click()

    expect(waiting.locator(".number")).to_have_count(30)
    assert stage.asked[-1] == {"state": "waiting", "limit": "500"}


def test_a_sentence_is_shown_over_the_counter_in_the_language_of_whom_i_serve(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current(language="tr"), over_desk=True))
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog", name="Auf der Anzeige zu A017 sagen")
    expect(dialog).to_contain_text("Türkçe")
    expect(dialog).to_contain_text("maschinell übersetzt, noch nicht geprüft")
    expect(dialog.locator("[data-phrase=sign]")).to_contain_text("Lütfen burayı imzalayın.")
    picture(page, "counter-phrases")
    assert findings(page) == []
    dialog.locator("[data-phrase=sign]").click()
    stage.expect({"type": "show_phrase", "counter": "3", "phrase": "sign"})

    show(stage, page, o.counter(o.current(language="tr", phrase="sign"), over_desk=True))
    page.keyboard.press("h")
    dialog.get_by_role("button", name="Nichts mehr zeigen").click()
    stage.expect({"type": "show_phrase", "counter": "3"})
    show(stage, page, o.counter(o.current()))
    expect(page.locator("[data-act=phrase]")).to_have_count(0)


def test_opening_with_a_profile(stage: Stage, visitor: Visitor) -> None:
    profile = wire.ProfileWords(id="neu", names={"de": "Einarbeitung"}, services=("zeugnis", "kfz"))
    page = opened(stage, visitor, o.counter(counter=o.face(state="closed", held=False), profiles=(profile,)))
    page.get_by_role("button", name="Einarbeitung").click()
    expect(page.get_by_role("button", name="Einarbeitung")).to_have_attribute("aria-pressed", "true")

    page.locator(".acts .big").click()
    stage.expect({"type": "open_counter", "counter": "3", "services": ["zeugnis"]})


def test_a_station_calls_serves_reports_back_and_asks_for_help(stage: Stage, visitor: Visitor) -> None:
    """By the board's `may`: it has no breaks, no transfer and no note; it has nothing to tick, and the whole width."""
    of_staff = ("serve_direct", "transfer_ticket", "park_ticket")
    may = ("call_next", "request_help", *of_staff)
    plain = wire.Station(
        office="mitte", station="foto", label="Fotoautomat", current=None, waiting=1, may=may, languages=("de", "en"),
        time_zone="Europe/Berlin", services=o.counter().services, next=o.counter().next,
    )  # fmt: skip
    stage.show(plain)
    page = visitor.open("station/foto")
    expect(page.get_by_role("heading", name="T209")).to_be_visible()
    expect(page.locator(".acts button")).to_have_text(re.compile("^\\s*Nächste Nummer"))
    page.get_by_role("button", name="Jemand soll kommen").click()
    stage.expect({"type": "request_help", "station": "foto"})
    page.locator(".acts .big").click()
    stage.expect({"type": "call_next", "counter": "foto"})

    asked = wire.HelpCall(id="h1", device="foto", at=instant(seconds=70), accepted_by=None)
    acts = ("start_service", "repeat_call", "mark_missed", "withdraw_call", "call_next", "finish_service")
    stage.show(replace(plain, current=o.current("called"), help=asked, may=acts[:4]))
    expect(page.get_by_role("heading", name="A017")).to_be_visible()
    expect(page.get_by_text("Bitte gehen Sie zum Empfang")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("a")
    stage.expect({"type": "start_service", "counter": "foto"})
    stage.show(replace(plain, current=o.current(in_hand=()), may=acts[4:]))
    expect(page.locator(".acts .big")).to_contain_text("Fertig, nächste Nummer")
    expect(page.locator(".acts .big")).to_be_enabled()
    assert page.locator("main").evaluate("(main) => main.clientWidth === document.documentElement.clientWidth")
    page.keyboard.press("f")
    stage.expect({"type": "finish_service", "counter": "foto"})
    settled(page)
    page.keyboard.press("b")
    page.get_by_role("dialog").get_by_role("radio", name="Ist gegangen").check()
    page.get_by_role("dialog").get_by_role("button", name="Ohne Ergebnis beenden").click()
    stage.expect({"type": "finish_service", "counter": "foto", "outcome": "left"})


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
