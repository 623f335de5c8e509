"""The counter page in a real Chromium: every state is drawn, every button is one command, one key is one press."""

import re

import pytest
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.counter_client.counter_page import opened, settled, show
from tests.live_sockets import Frame, instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, hears

pytestmark = pytest.mark.browser
CLOSED = o.face(state="closed", held=False, holder_is_me=False)
PAUSED = o.face(state="paused", holder_is_me=True, reason="mittag", back_at=instant(minutes=-20))
WRAPPING = o.face(state="wrap_up", holder_is_me=True)


def test_serving_shows_whom_what_is_left_and_what_the_big_button_does(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current()))

    held = page.get_by_role("region", name="Wen ich bediene")
    expect(held.get_by_role("heading")).to_have_text("A017")
    expect(held).to_contain_text("Türkçe")
    expect(held).to_contain_text("24 min")
    expect(held).to_contain_text("am längsten gewartet")
    expect(held).to_contain_text(re.compile(r"1:\d\d"))
    big = page.locator(".acts .big")
    expect(big).to_contain_text("Fertig, nächste Nummer")
    expect(big).to_contain_text("T209, Termin in 3 Minuten")
    expect(page.get_by_role("checkbox", name="Ausweis und Pass")).to_be_checked()
    expect(page).to_have_title("A017 · Schalter 3")


def test_called_says_whether_the_call_was_seen_and_heard(stage: Stage, visitor: Visitor) -> None:
    nobody_saw = o.current("called", seen_on=(), spoken=False, needs=("visual_call", "escort"), attempt=2)
    page = opened(stage, visitor, o.counter(nobody_saw))

    held = page.get_by_role("region", name="Wen ich bediene")
    for said in (
        "gezeigt auf 0 von 2",
        "nicht angesagt",
        "noch auf keiner Anzeige",
        "bitte länger warten",
        "zum 2. Mal",
    ):
        expect(held).to_contain_text(said)
    expect(held).to_contain_text("bitte abholen")


def test_not_here_asks_first_while_no_screen_has_shown_the_call(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current("called", seen_on=(), spoken=False)))
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="A017 nicht erschienen?")
    expect(dialog).to_contain_text("noch auf keiner Anzeige zu sehen")
    assert stage.pressed == []
    dialog.get_by_role("button", name="Noch einmal rufen").click()
    stage.expect({"type": "repeat_call", "counter": "3"})
    page.keyboard.press("m")
    dialog.get_by_role("button", name="Nicht erschienen").click()
    stage.expect({"type": "mark_missed", "counter": "3"})


def test_who_waits_is_listed_with_why(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())

    queue = page.get_by_role("region", name="Als Nächstes (14 warten)")
    expect(queue.locator("li .number")).to_have_text(["T209", "A018", "B043", "A019"])
    expect(queue.locator("li").nth(0)).to_contain_text("Termin in 3 Minuten")
    expect(queue.locator("li").nth(2)).to_contain_text("stufenlos, 3 Personen")
    expect(page.get_by_role("region", name="Geparkt")).to_contain_text("A009")
    expect(page.get_by_role("region", name="Andere Schalter")).to_contain_text("bedient B042")


CALLED = o.counter(o.current("called"))
SERVING = o.counter(o.current())
COUNTER = {"counter": "3"}
DONE_NEXT = {"type": "call_next", **COUNTER, "finish_current": True}
PRESSES: list[tuple[wire.Counter, str, list[Frame]]] = [
    (o.counter(), "Enter", [{"type": "call_next", **COUNTER}]),
    (o.counter(), "w", [{"type": "begin_wrap_up", **COUNTER}]),
    (o.counter(), "x", [{"type": "close_counter", **COUNTER}]),
    (CALLED, "Enter", [{"type": "start_service", **COUNTER}]),
    (CALLED, "a", [{"type": "start_service", **COUNTER}]),
    (CALLED, "r", [{"type": "repeat_call", **COUNTER}]),
    (CALLED, "m", [{"type": "mark_missed", **COUNTER}]),
    (CALLED, "z", [{"type": "withdraw_call", **COUNTER}]),
    (o.counter(o.current("called"), arrival="assumed"), "f", [DONE_NEXT]),
    (SERVING, "Enter", [DONE_NEXT]),
    (o.counter(o.current(), may=("call_next", "print_ticket")), "j", [{"type": "print_ticket", "ticket": "t-A017"}]),
    (SERVING, "f", [{"type": "finish_service", **COUNTER}]),
    (SERVING, "k", [{"type": "park_ticket", **COUNTER}]),
    (SERVING, "w", [{"type": "finish_service", **COUNTER, "wrap_up": True}]),
    (o.counter(counter=CLOSED), "Enter", [{"type": "open_counter", **COUNTER}]),
    (o.counter(counter=PAUSED), "Enter", [{"type": "resume_counter", **COUNTER}]),
    (o.counter(counter=PAUSED), "x", [{"type": "close_counter", **COUNTER}]),
    (o.counter(counter=WRAPPING), "Enter", [{"type": "call_next", **COUNTER}]),
    (o.counter(counter=WRAPPING), "w", [{"type": "resume_counter", **COUNTER}]),
    (o.counter(counter=o.face()), "Enter", [{"type": "take_over_counter", **COUNTER}]),
    (o.counter(o.current(), undo=o.takeback(left=36_000)), "u", [{"type": "undo", "key": "key-of-the-press"}]),
]


def test_each_key_presses_exactly_its_command(stage: Stage, visitor: Visitor) -> None:
    """One page goes through every state of a counter; each button shows its key."""
    page = opened(stage, visitor, o.counter())

    for board, key, commands in PRESSES:
        show(stage, page, board)
        page.keyboard.press(key)
        stage.expect(*commands)


def test_each_button_presses_the_same_command_as_its_key(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())

    for board, key, commands in PRESSES:
        if key in "au":  # the second key of a button; undo has its own test
            continue
        show(stage, page, board)
        page.locator(f"[aria-keyshortcuts='{key.upper() if len(key) == 1 else key}']").first.click()
        stage.expect(*commands)


def test_a_double_tap_is_one_press(stage: Stage, visitor: Visitor) -> None:
    stage.answer = lambda _: None
    page = opened(stage, visitor, o.counter())

    page.locator(".acts .big").dblclick()
    page.keyboard.press("Enter")
    expect(page.locator(".acts .big")).to_have_attribute("aria-busy", "true")
    stage.expect({"type": "call_next", "counter": "3"})

    assert len(set(stage.keys)) <= 1


def test_the_second_press_of_the_old_meaning_does_nothing(stage: Stage, visitor: Visitor) -> None:
    """Enter twice, and the call came in between: nobody is reported as arrived by accident."""

    def call(frame: Frame) -> Frame:
        return {"result": {"ticket": {"id": "t-T209", "number": "T209"}}}

    stage.answer = call
    page = opened(stage, visitor, o.counter(), clock=True)
    page.keyboard.press("Enter")
    stage.until(lambda: len(stage.pressed) == 1)
    stage.show(o.counter(o.current("called")))
    expect(page.locator(".acts[data-settled=false] .big")).to_contain_text("Ist da")
    page.keyboard.press("Enter")
    page.locator(".acts .big").dispatch_event("click")  # a real hand does not wait until a button is ready
    page.clock.run_for(700)

    settled(page)
    stage.expect({"type": "call_next", "counter": "3"})


def test_only_a_repeat_of_the_same_key_waits_and_the_button_shows_it(stage: Stage, visitor: Visitor) -> None:
    """A quick clerk presses F, then Enter: both count. Enter twice is one press, and the big button shows the pause."""
    page = opened(stage, visitor, o.counter(o.current()), clock=True)
    page.keyboard.press("f")
    stage.expect({"type": "finish_service", **COUNTER})
    hears(page, lambda: stage.show(o.counter()))
    expect(page.locator(".acts[data-settled=false] .big:not(.pausing)")).to_contain_text("Nächste Nummer")
    page.keyboard.press("Enter")
    stage.expect({"type": "call_next", **COUNTER})

    hears(page, lambda: stage.show(o.counter(o.current("called"))))
    expect(page.locator(".acts .big.pausing[aria-disabled=true]")).to_contain_text("Ist da")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    stage.expect({"type": "repeat_call", **COUNTER})
    page.clock.run_for(700)
    expect(page.locator(".acts .big.pausing")).to_have_count(0)


def test_when_somebody_else_changes_the_big_button_every_press_waits(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(), clock=True)
    hears(page, lambda: stage.show(o.counter(o.current("called"))))

    expect(page.locator(".acts .big.pausing")).to_contain_text("Ist da")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.clock.run_for(700)
    page.keyboard.press("a")
    stage.expect({"type": "start_service", **COUNTER})


def test_a_transfer_offers_first_what_makes_sense(stage: Stage, visitor: Visitor) -> None:
    """Open counters, then other services; its own service and closed counters at the end."""
    faces = (o.face("1", state="closed", held=False), o.face("5"))
    page = opened(stage, visitor, o.counter(o.current(services=("ausweis",)), colleagues=faces))
    page.keyboard.press("t")

    offered = page.get_by_role("dialog").get_by_role("radio").evaluate_all("all => all.map((one) => one.value)")
    assert offered == ["counter/5", "service/melden", "service/kfz", "service/zeugnis", "service/trauung",
                       "station/foto", "service/ausweis", "counter/1"]  # fmt: skip


def test_unticked_services_stay_for_later(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current()))
    page.get_by_role("checkbox", name="Wohnung an- oder abmelden").uncheck()
    finish = {"type": "finish_service", "counter": "3", "services_done": ["ausweis"]}

    page.keyboard.press("f")
    stage.expect(finish)
    settled(page)
    page.keyboard.press("Enter")

    stage.expect({"type": "call_next", "counter": "3", "finish_current": True, "services_done": ["ausweis"]})


def test_nothing_ticked_cannot_be_finished(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current(services=("ausweis", "kfz"), in_hand=("ausweis",))))

    expect(page.get_by_text("danach an einem anderen Schalter")).to_be_visible()
    page.get_by_role("checkbox", name="Ausweis und Pass").uncheck()
    expect(page.locator(".acts .big")).to_be_disabled()
    page.keyboard.press("f")
    page.keyboard.press("b")
    page.get_by_role("radio", name="Ist gegangen").check()
    page.get_by_role("button", name="Ohne Ergebnis beenden").last.click()

    stage.expect({"type": "finish_service", "counter": "3", "outcome": "left"})


def test_opening_with_other_services(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(counter=CLOSED))
    page.get_by_role("checkbox", name="Wohnung an- oder abmelden").uncheck()
    page.get_by_role("checkbox", name="Führungszeugnis").check()

    page.keyboard.press("Enter")

    stage.expect({"type": "open_counter", "counter": "3", "services": ["ausweis", "zeugnis"]})


def test_a_transfer_to_a_counter_later(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current()))
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Schalter 5").check()
    dialog.get_by_label("Frühestens aufrufen").select_option("10")
    dialog.get_by_role("button", name="Weiterleiten").click()

    stage.until(lambda: bool(stage.pressed))
    command = stage.pressed[0]
    assert command.pop("not_before") > instant(minutes=-9)
    assert command == {"type": "transfer_ticket", "ticket": "t-A017", "to_counter": "5"}


def test_send_to_a_station_and_transfer_to_a_service(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current()))

    for choice, command in (
        ("Fotoautomat", {"type": "send_to_station", "counter": "3", "station": "foto"}),
        ("Führungszeugnis", {"type": "transfer_ticket", "ticket": "t-A017", "to_service": "zeugnis"}),
    ):
        page.keyboard.press("t")
        page.get_by_role("dialog").get_by_role("radio", name=choice).check()
        page.keyboard.press("Enter")
        stage.expect(command)


def test_a_break_says_why_and_when_it_ends(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())
    page.keyboard.press("p")
    page.get_by_role("radio", name="Kurze Pause").check()
    page.get_by_label("Zurück in", exact=True).select_option("15")
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()

    stage.until(lambda: bool(stage.pressed))
    command = stage.pressed[0]
    assert instant(minutes=-14) < command.pop("back_at") < instant(minutes=-16)
    assert command == {"type": "pause_counter", "counter": "3", "reason": "kurz"}


def test_a_coming_pause_can_be_dropped(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current(), counter=o.face(holder_is_me=True, coming_pause=True)))

    expect(page.locator(".acts .big")).to_contain_text("Fertig, dann Pause")
    page.keyboard.press("p")
    stage.expect({"type": "resume_counter", "counter": "3"})
    settled(page)
    page.keyboard.press("Enter")
    stage.expect({"type": "finish_service", "counter": "3"})


def test_somebody_without_a_number(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())
    page.keyboard.press("d")
    page.get_by_label("Personen").fill("2")
    page.get_by_role("radio", name="am Telefon").check()
    page.get_by_role("dialog").get_by_role("button", name="Ohne Nummer bedienen").click()

    stage.expect({"type": "serve_direct", "counter": "3", "services": ["ausweis"], "persons": 2, "channel": "phone"})
    show(stage, page, o.counter(o.current(channel="phone")))
    expect(page.get_by_role("region", name="Wen ich bediene")).to_contain_text("am Telefon")


def test_another_service_for_whom_i_serve(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current()))
    page.keyboard.press("e")
    page.get_by_role("dialog").get_by_role("checkbox", name="Führungszeugnis").check()
    page.get_by_role("button", name="Hinzufügen", exact=True).click()

    stage.expect({"type": "set_services", "ticket": "t-A017", "services": ["ausweis", "melden", "zeugnis"]})


def test_the_card_of_a_waiting_number(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())
    offers: dict[str, Frame] = {
        "call": {"type": "call_ticket", "counter": "3", "ticket": "t-B043"},
        "away": {"type": "pause_ticket", "ticket": "t-B043"},
        "priority": {"type": "set_category", "ticket": "t-B043", "category": "priority"},
        "print": {"type": "print_ticket", "ticket": "t-B043"},
        "cancel": {"type": "cancel_ticket", "ticket": "t-B043"},
        "needs": {"type": "set_needs", "ticket": "t-B043", "needs": ["step_free"]},
    }
    for offer, command in offers.items():
        page.locator("[data-ticket='t-B043']").click()
        page.locator(f"[data-offer='{offer}']").click()
        stage.expect(command)

    for board in (o.counter(picking=False), o.counter(not_here=("t-B043",)), o.counter(may_of_tickets={})):
        show(stage, page, board)
        page.locator("[data-ticket='t-B043']").click()
        expect(page.locator("[data-offer='call']")).to_have_count(0)
        page.keyboard.press("Escape")


def test_what_the_board_does_not_say_may_be_done_is_not_offered(stage: Stage, visitor: Visitor) -> None:
    """The big button stays in its place, off; of the others nothing is left."""
    page = opened(stage, visitor, o.counter(may=()))
    expect(page.locator("[data-act='next']")).to_be_disabled()
    expect(
        page.locator("[data-act='direct'], [data-act='pause'], [data-act='close'], [data-act='wrap-up']")
    ).to_have_count(0)

    page.keyboard.press("Enter")
    show(stage, page, o.counter(o.current(), may=("finish_service",)))
    expect(page.locator("[data-act='finish']")).to_be_enabled()
    expect(page.locator("[data-act='park'], [data-act='transfer']")).to_have_count(0)
    assert stage.pressed == []


def test_one_press_brings_somebody_back(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())

    page.get_by_role("button", name="A009: Weiter").click()
    stage.expect({"type": "resume_ticket", "counter": "3", "ticket": "t-A009"})
    page.get_by_role("button", name="B038: Zurück in die Reihe").click()
    stage.expect({"type": "return_ticket", "ticket": "t-B038"})


def test_a_counter_somebody_else_holds_is_only_shown(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current(), counter=o.face()))

    expect(page.get_by_text("übernimmt auch diese Nummer")).to_be_visible()
    expect(page.locator(".acts button")).to_have_count(1)
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    stage.expect({"type": "take_over_counter", "counter": "3"})


def test_a_move_never_takes_the_open_case_out_of_the_clerks_hands(stage: Stage, visitor: Visitor) -> None:
    """The supervisor moved Ausweis away while the clerk serves it: it can still be finished here."""
    moved = o.face(services=("kfz",), holder_is_me=True)
    page = opened(stage, visitor, o.counter(o.current(services=("ausweis",), in_hand=("ausweis",)), counter=moved))

    expect(page.get_by_role("checkbox", name="Ausweis und Pass")).to_be_checked()
    for act in ("finish-next", "finish", "finish-wrap-up"):
        expect(page.locator(f"[data-act={act}]")).to_be_enabled()
    expect(page.get_by_text("Nichts erledigt")).to_have_count(0)
    page.locator("[data-act=finish]").click()
    stage.expect({"type": "finish_service", **COUNTER})


def test_all_of_a_list_is_asked_for_when_it_is_shown_whole(stage: Stage, visitor: Visitor) -> None:
    """The board has only the first of those who wait; a card of the others offers what this counter may do."""
    stage.found = wire.Found(
        total=30,
        offset=0,
        tickets=tuple(o.line(f"A{number:03}") for number in range(30)),
        not_here=("t-A029",),
        not_printed=(),
    )
    page = opened(stage, visitor, o.counter(waiting=30, waiting_total=30))
    queue = page.locator("section[aria-labelledby='list-queue']")
    queue.get_by_role("button", name="alle 30 zeigen").click()

    expect(queue.locator("[data-ticket]")).to_have_count(30)
    assert stage.asked[0] == {"state": "waiting", "counter": "3", "limit": "500"}
    for number, calls in (("A028", 1), ("A029", 0)):
        queue.locator(f"[data-ticket='t-{number}']").click()
        expect(page.locator("[data-offer='call']")).to_have_count(calls)
        page.keyboard.press("Escape")
    queue.get_by_role("button", name="weniger zeigen").click()
    expect(queue.locator("[data-ticket]")).to_have_count(4)
