"""The supervisor's table in a real Chromium: what needs attention, and every change exactly one command of the contract."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from server.messages.commands import COMMANDS, AsSeen
from tests.axe import findings
from tests.live_sockets import Frame, instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser


def opened(
    stage: Stage, visitor: Visitor, board: wire.Supervisor | None = None, path: str = "supervisor/-", **options: Any
) -> Page:
    stage.show(board or o.supervisor())
    page = visitor.open(path, **({"width": 1280, "height": 720} | options))
    expect(page.get_by_role("grid")).to_be_visible()
    stage.heard.clear()
    return page


def timed(stage: Stage, field: str, low: float, high: float) -> Frame:
    """The one pressed command, without its instant, which is between `low` and `high` minutes ahead, and without the entry that
    was seen if it is the last one."""
    stage.until(lambda: bool(stage.pressed))
    command = dict(stage.pressed[0])
    assert ("seen_seq" in command) == issubclass(COMMANDS[command["type"]], AsSeen)
    if command.get("seen_seq") == stage.seq:
        del command["seen_seq"]
    assert instant(minutes=-low) < command.pop(field) < instant(minutes=-high)
    stage.heard.clear()
    return command


def test_the_figures_say_where_it_hurts(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)

    head = page.get_by_role("banner")
    for said in (
        "5 warten",
        "52 min längste Wartezeit",
        "K071",
        "7 von 8 Schaltern offen",
        "1 Gerät meldet sich nicht",
        "Stand: jetzt",
    ):
        expect(head).to_contain_text(said)


def test_services_stand_against_their_target_in_words(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    words = {
        "ausweis": "im Ziel",
        "zeugnis": "wird knapp",
        "kfz": "über dem Ziel",
        "trauung": "geschlossen: Fachverfahren gestört",
    }

    for service, word in words.items():
        expect(page.locator(f"[data-service={service}] .word")).to_have_text(word)
    expect(page.locator("[data-service=ausweis]")).to_contain_text("20–30 min")
    expect(page.locator("[data-service=kfz]")).to_contain_text("noch keine Schätzung")
    assert page.locator("[data-service=kfz] .bar").evaluate("bar => bar.style.getPropertyValue('--part')") == "1"


def test_every_cell_is_a_move(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)

    page.get_by_role("button", name="Schalter 5, Ausweis und Pass: könnte bedienen").click()
    stage.expect({"type": "assign_counter", "counter": "5", "services": ["kfz", "ausweis"]})
    page.get_by_role("button", name="Schalter 1, Ausweis und Pass: bedient").click()
    stage.expect({"type": "assign_counter", "counter": "1", "services": ["melden"]})


def test_a_move_can_take_itself_back(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    expect(page.get_by_role("button", name="Schalter 4, Auto und Führerschein: bedient, bis 11:15")).to_have_text(
        "11:15"
    )
    page.get_by_label("Gilt").select_option("30")
    page.get_by_role("button", name="Schalter 6, Wohnung an- oder abmelden: könnte bedienen").click()

    moved = {"type": "assign_counter", "counter": "6", "services": ["kfz", "zeugnis", "melden"]}
    assert timed(stage, "until", 29, 31) == moved


def test_what_a_counter_cannot_do_is_said_and_not_sent(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    said = page.get_by_role("status")

    page.get_by_role("button", name="Schalter 1, Auto und Führerschein: kann nicht bedienen").click(force=True)
    expect(said.filter(has_text="Schalter 1 kann „Auto und Führerschein“ nicht bedienen.")).to_be_visible()
    page.get_by_role("button", name="Schalter 5, Auto und Führerschein: bedient").click()
    expect(said.filter(has_text="das letzte Anliegen von Schalter 5")).to_be_visible()
    assert stage.pressed == []


def test_a_move_by_keyboard_alone(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_label("Gilt").focus()
    page.keyboard.press("Tab")  # the first counter
    page.keyboard.press("Tab")  # the grid: one tab stop
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)

    stage.expect({"type": "assign_counter", "counter": "4", "services": ["ausweis", "kfz", "melden"]})
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Schalter 4, Standesamt")).to_be_focused()


def test_closing_and_opening_intake(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("button", name="Ausweis und Pass: Ändern").click()
    dialog = page.get_by_role("dialog", name="A Ausweis und Pass")
    dialog.get_by_label("Grund").select_option("stoerung")
    dialog.get_by_label("Endet von selbst").select_option("60")
    dialog.get_by_role("button", name="Annahme schließen").click()
    assert timed(stage, "until", 59, 61) == {"type": "close_service", "service": "ausweis", "reason": "stoerung"}

    page.get_by_role("button", name="Standesamt: Ändern").click()
    page.get_by_role("button", name="Annahme öffnen").click()
    stage.expect({"type": "open_service", "service": "trauung"})


def test_limits_and_boosts_of_a_service(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    change = page.get_by_role("button", name="Führungszeugnis: Ändern")
    change.click()
    page.get_by_label("Höchstens so viele Nummern heute").fill("40")
    page.get_by_role("button", name="Begrenzen").click()
    stage.expect({"type": "limit_service", "service": "zeugnis", "tickets": 40})
    change.click()
    page.get_by_role("button", name="Begrenzen").click()
    stage.expect({"type": "limit_service", "service": "zeugnis", "tickets": None})
    change.click()
    page.get_by_role("button", name="20 Minuten früher").click()
    assert timed(stage, "until", 59, 61) == {"type": "boost_service", "service": "zeugnis", "minutes": 20}


def test_counters_are_opened_paused_and_closed_for_somebody(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    for counter, offer, command in (
        ("8", "open", "open_counter"), ("4", "close", "close_counter"),
        ("7", "resume", "resume_counter"), ("7", "close", "close_counter"),
    ):  # fmt: skip
        page.locator(f"[data-counter='{counter}']").click()
        page.locator(f"[data-offer={offer}]").click()
        stage.expect({"type": command, "counter": counter})

    page.locator("[data-counter='1']").click()
    expect(page.locator("[data-offer]")).to_have_count(0)  # it serves somebody
    page.get_by_label("Grund").select_option("kurz")
    page.get_by_label("Zurück in").select_option("30")
    page.get_by_role("button", name="In die Pause schicken").click()
    stage.until(lambda: bool(stage.pressed))
    ends = stage.pressed[0]["until"]
    pause = {"type": "pause_counter", "counter": "1", "reason": "kurz", "back_at": ends}
    assert timed(stage, "until", 29, 31) == {"type": "apply_moves", "moves": [pause]}


def test_one_tickets_card(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    offers: dict[str, Frame] = {
        "boost20": {"type": "boost_ticket", "ticket": "t-B043", "minutes": 20},
        "boost-10": {"type": "boost_ticket", "ticket": "t-B043", "minutes": -10},
        "priority": {"type": "set_category", "ticket": "t-B043", "category": "priority"},
        "print": {"type": "print_ticket", "ticket": "t-B043"},
        "cancel": {"type": "cancel_ticket", "ticket": "t-B043"},
    }
    for offer, command in offers.items():
        page.locator("[data-ticket='t-B043']").click()
        page.locator(f"[data-offer='{offer}']").click()
        stage.expect(command)
    page.locator("[data-ticket='t-B043']").click()
    page.get_by_label("Weiterleiten an").select_option("counter/6")
    page.get_by_role("dialog").get_by_role("button", name="Weiterleiten").click()
    stage.expect({"type": "transfer_ticket", "ticket": "t-B043", "to_counter": "6"})
    page.locator("[data-ticket='t-B038']").click()
    page.locator("[data-offer=return]").click()
    stage.expect({"type": "return_ticket", "ticket": "t-B038"})


def test_chosen_tickets_move_together(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("checkbox", name="Auswählen A018").check()
    page.get_by_role("checkbox", name="Auswählen A019").check()
    page.get_by_label("2 Nummern verschieben nach").select_option("zeugnis")
    page.get_by_role("button", name="Verschieben").click()

    stage.expect({"type": "move_tickets", "tickets": ["t-A018", "t-A019"], "to_service": "zeugnis"})
    expect(page.get_by_role("button", name="Verschieben")).to_have_count(0)


def test_a_ticket_is_found_by_its_number(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_label("Suchen").fill("b0")

    expect(page.locator(".tickets tbody tr")).to_have_count(2)
    page.keyboard.press("u")  # a letter that is typed into a field is no key
    expect(page.get_by_text("Keine Nummern.")).to_be_visible()
    assert stage.pressed == []


def test_a_message_on_chosen_screens(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("button", name="Neue Nachricht").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Deutsch").fill("Das Fachverfahren ist gestört.")
    dialog.get_by_role("checkbox", name="Wartehalle").check()
    dialog.get_by_role("checkbox", name="Auch ansagen").check()
    dialog.get_by_role("button", name="Zeigen").click()

    said = {"type": "post_message", "text": {"de": "Das Fachverfahren ist gestört."}}
    stage.expect({**said, "places": ["displays"], "displays": ["hall"], "speak": True})
    page.get_by_role("button", name="Neue Nachricht").click()
    dialog.get_by_label("Deutsch").fill("Das Fachverfahren ist gestört.")
    dialog.get_by_role("button", name="Zeigen").click()
    stage.expect({**said, "places": ["displays", "phones"]})
    page.get_by_role("button", name="Neue Nachricht").click()
    dialog.get_by_label("Deutsch").fill("Das Fachverfahren ist gestört.")
    dialog.get_by_role("radio", name="Für Kolleginnen").check()
    expect(dialog.get_by_role("checkbox", name="Wartehalle")).to_be_hidden()
    dialog.get_by_role("checkbox", name="Schalter 3").check()
    dialog.get_by_role("button", name="Zeigen").click()
    stage.expect({**said, "places": ["counters"], "counters": ["3"]})
    page.get_by_role("button", name="Entfernen").click()
    stage.expect({"type": "clear_message", "message": "m1"})


def test_the_order_of_call_and_the_day(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("button", name="Reihenfolge: ausgewogen").click()
    page.get_by_role("radio", name="der Reihe nach").check()
    page.get_by_role("button", name="Reihenfolge ändern").click()
    stage.expect({"type": "set_policy", "preset": "plain"})
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_role("checkbox", name="Auch wenn noch jemand").check()
    page.get_by_role("button", name="Tag schließen").click()
    stage.expect({"type": "close_day", "force": True})
    stage.show(o.supervisor(day=None))
    expect(page.get_by_text("Der Tag ist nicht eröffnet.")).to_be_visible()
    stage.heard.clear()
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_role("button", name="Tag eröffnen").click()
    stage.expect({"type": "open_day"})


def test_a_printers_dialog_shows_its_ticket_in_every_language(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.locator("[data-device='printer/entrance']").click()
    page.get_by_text("Ticket ansehen").press("Enter")
    paper = page.get_by_role("img", name="So sieht ein Ticket an diesem Drucker aus")
    drawn = "(image) => image.complete && image.naturalWidth"
    expect(paper).to_be_visible()
    page.wait_for_function(f"() => ({drawn})(document.querySelector('.paper img')) === 576")
    first = paper.get_attribute("src")
    page.get_by_label("Sprache", exact=True).select_option("en")
    expect(paper).not_to_have_attribute("src", str(first))
    page.wait_for_function(f"() => ({drawn})(document.querySelector('.paper img')) === 576")
    assert findings(page) == []
    if folder := os.environ.get("AUFRUF_PICTURES"):
        page.screenshot(path=Path(folder) / "printer-preview.png")


def test_devices_say_how_they_are(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    rows = page.get_by_role("region", name="Geräte").get_by_role("row")

    for text in (
        "da, 14 ms, Ton bereit",
        "meldet sich nicht, zuletzt vor 3 min",
        "da, 14 ms, Papier wird knapp",
        "noch nie gesehen",
    ):
        expect(rows.filter(has_text=text)).to_have_count(1)


def test_help_alarms_and_what_was_lost(stage: Stage, visitor: Visitor) -> None:
    asks = wire.HelpCall(id="h1", device="entrance", at=instant(seconds=20), accepted_by=None, name="Eingang")
    alarm = wire.Alarm(
        place="5", label="Schalter 5", way={"de": "rechts, 2. Tür"}, at=instant(), accepted_by=("counter:2",)
    )
    page = opened(stage, visitor, o.supervisor(help=(asks,), alarms=(alarm,), lost=("A018", "B044")))

    expect(
        page.get_by_role("alert").filter(has_text="durch einen Ausfall verloren gegangen: A018, B044")
    ).to_be_visible()
    page.get_by_role("alert").filter(has_text="Eingang: Jemand braucht Hilfe.").get_by_role(
        "button", name="Es kommt jemand"
    ).click()
    stage.expect({"type": "accept_help", "help": "h1"})
    ringing = page.get_by_role("alert").filter(has_text="Alarm: Schalter 5. rechts, 2. Tür Es geht hin: 2.")
    ringing.get_by_role("button", name="Ich gehe hin").click()
    stage.expect({"type": "accept_alarm", "counter": "5"})


def test_no_list_above_the_table_is_without_a_bound(stage: Stage, visitor: Visitor) -> None:
    numbers = tuple(f"A{number:03}" for number in range(1, 501))
    worries = tuple(wire.Worry(code="not_made", detail=f"speech {number}") for number in range(64))
    page = opened(stage, visitor, o.supervisor(lost=numbers, lost_more=59_500, worries=worries), height=1080)
    gone = page.get_by_role("alert").filter(has_text="durch einen Ausfall verloren")
    worried = page.get_by_role("alert").filter(has_text="speech")

    expect(gone).to_contain_text("A020 und 59.980 weitere")
    expect(worried).to_have_count(5)
    expect(page.get_by_role("grid")).to_be_in_viewport()
    gone.get_by_role("button", name="alle 500 zeigen").click()
    expect(gone).to_contain_text("A500 und 59.500 weitere")
    page.get_by_role("button", name="alle 64 zeigen").click()
    expect(worried).to_have_count(64)
    expect(page.get_by_role("grid")).to_be_in_viewport()


def test_a_clock_that_jumped_is_asked_about(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(clock_jump=3_600))
    asked = page.get_by_role("alert").filter(has_text="Die Uhr des Speichers ist um 60 Minuten vorgesprungen.")

    expect(asked).to_be_visible()
    stage.show(o.supervisor(clock_jump=-61))
    expect(page.get_by_role("alert").filter(has_text="um 1 Minute zurückgesprungen.")).to_be_visible()
    stage.show(o.supervisor())
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_weak_is_told_in_words(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor())
    page.route("**/api/v1/offices/*/webhooks", lambda route: route.fulfill(json=[]))
    told = page.get_by_role("alert")
    for code in wire.WORRIES:
        stage.show(o.supervisor(worries=(wire.Worry(code=code, detail="appendonly is no", seconds=7_200),)))
        stage.until(lambda: any(one.get("kind") == "shown" and one["seq"] == stage.seq for one in stage.heard))
        expect(told, code).to_have_count(1)
        expect(told, code).not_to_contain_text("supervisor-worry")
        if code == "clock":
            expect(told).to_contain_text("120 Minuten")


def test_another_hands_move_is_seen_and_said(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    other = (o.face("1", services=("zeugnis",)), *o.supervisor().counters[1:])
    stage.show(o.supervisor(counters=other))

    expect(page.get_by_role("button", name="Schalter 1, Führungszeugnis: bedient")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("#said")).to_have_text("Schalter 1 hat neue Anliegen.")


def test_a_refused_move_is_told_and_the_last_one_taken_back(stage: Stage, visitor: Visitor) -> None:
    stage.answer = refused("cannot_serve")
    page = opened(stage, visitor, o.supervisor(undo=o.takeback(o.MOVED, left=600)))
    page.get_by_role("button", name="Schalter 5, Ausweis und Pass: könnte bedienen").click()
    expect(page.locator(".refusal")).to_have_text(
        "Schalter 5, Ausweis und Pass: nicht möglich. Das kann dieser Schalter nicht bedienen. Schließen"
    )
    stage.heard.clear()
    page.keyboard.press("u")

    stage.expect({"type": "undo", "key": "key-of-the-press"})
    expect(page.get_by_role("region", name="Rückgängig")).to_contain_text(
        "Schalter 1: jetzt auch Standesamt, ohne Ausweis und Pass, bis 11:15"
    )


def test_cut_off_the_table_says_how_old_it_is(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    stage.silent = True
    stage.cut()
    page.clock.run_for(12_000)

    expect(page.locator(".line")).to_contain_text("Verbindung unterbrochen")
    expect(page.get_by_text("Stand: jetzt")).to_have_count(0)
    expect(page.get_by_role("grid")).to_be_visible()
