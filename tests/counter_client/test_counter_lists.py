"""The counter page with much to show: long lists, many messages, help, and what a press did."""

from typing import Any

import pytest
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.counter_client.counter_page import opened, show
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser


CROWD: dict[str, Any] = {
    "queue": tuple(o.line(f"A{number:03}") for number in range(1, 97)),
    "parked": tuple(o.line(f"B{number:03}", "melden", state="parked", since=instant(minutes=2)) for number in range(1, 8)),
    "missed": (o.line("K001", "kfz", state="missed", since=instant(minutes=2), misses=1),),
    "away": (o.line("K002", "kfz", state="away", since=instant(minutes=-2)),),
    "colleagues": tuple(o.face(str(number)) for number in range(10, 40)),
}  # fmt: skip


MESSAGES = tuple(
    wire.Note(id=f"m{number}", text={"de": f"Nachricht {number}"}, at=instant(), until=None, speak=False)
    for number in range(100)
)


def test_no_list_is_without_a_bound_and_all_stay_in_sight(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(waiting=96, **CROWD), width=1920, height=1080)

    sizes = page.locator(".list").evaluate_all("lists => lists.map((one) => one.querySelectorAll('li').length)")
    assert max(sizes) == 5
    for name in ("Geparkt", "Nicht erschienen", "Kommt später"):
        expect(page.get_by_role("region", name=name).locator("li").first).to_be_in_viewport()
    page.get_by_role("button", name="alle 96 zeigen").click()
    expect(page.locator("[data-ticket=t-A096]")).to_have_count(1)
    for name in ("Geparkt", "Nicht erschienen", "Kommt später"):
        expect(page.get_by_role("region", name=name).locator("li").first).to_be_in_viewport()
    page.get_by_role("button", name="weniger zeigen").click()
    expect(page.locator("[data-ticket=t-A096]")).to_have_count(0)

    show(stage, page, o.counter(messages=MESSAGES))
    notices = page.locator(".notice.message")
    expect(notices.locator("p")).to_contain_text(["Nachricht 99", "Nachricht 98", "Nachricht 97"])
    expect(page.locator(".acts .big")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="alle 100 zeigen").click()
    expect(notices).to_have_count(100)
    expect(page.locator(".acts .big")).to_be_in_viewport(ratio=1)


def test_a_note_is_marked_in_the_list_and_the_next_step_of_a_visit_is_named(stage: Stage, visitor: Visitor) -> None:
    both = o.current(services=("ausweis", "zeugnis"), in_hand=("ausweis",))
    page = opened(stage, visitor, o.counter(both, noted=("t-A018",)))

    expect(page.locator("[data-ticket=t-A018]")).to_contain_text("Notiz")
    expect(page.locator("[data-ticket=t-A019]")).not_to_contain_text("Notiz")
    expect(page.locator(".ticks")).to_contain_text("Führungszeugnis danach: Fotoautomat")


def test_the_queue_says_that_its_waits_still_learn(stage: Stage, visitor: Visitor) -> None:
    wait = wire.Expected(low=10, median=14, high=20, at=instant(), learning=True)
    page = opened(stage, visitor, o.counter(queue=(o.line("A017", expected=wait),), waiting=1))

    queue = page.get_by_role("region", name="Als Nächstes")
    expect(queue).to_contain_text("noch 10–20 min")
    expect(queue).to_contain_text("Schätzung, lernt noch")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_the_big_button_is_whole_on_the_screen_whatever_stands_above(
    stage: Stage, visitor: Visitor, width: int, height: int
) -> None:
    page = opened(stage, visitor, o.counter(o.current(), assignment=o.GIVEN, **CROWD), width=width, height=height)

    expect(page.locator(".acts .big")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Abmelden", exact=True)).to_be_in_viewport(ratio=1)


def test_a_key_and_a_link_lead_to_each_list(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(waiting=96, **CROWD))

    for key, name in (("1", "queue"), ("2", "parked"), ("3", "missed"), ("4", "away")):
        page.keyboard.press(key)
        expect(page.locator(f"#list-{name}")).to_be_focused()
        page.locator(f".skips a[href='#list-{name}']").click()
        expect(page.locator(f"#list-{name}")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-ticket=t-K002]")).to_be_focused()


def test_help_and_whom_nobody_can_call_are_told(stage: Stage, visitor: Visitor) -> None:
    asks = wire.HelpCall(
        id="h1", device="entrance", at=instant(seconds=20), accepted_by=None, name="Automat am Eingang"
    )
    lost = wire.Stranded(id="t1", number="K071", services=("kfz",), needs=(), place=None, reason="no_hearing_loop")
    page = opened(stage, visitor, o.counter(help=(asks,), uncallable=(lost,), uncallable_total=1))

    expect(page.get_by_text("K071: kein Schalter mit Hörschleife dafür offen")).to_be_visible()
    page.get_by_role("alert").filter(has_text="Automat am Eingang").get_by_role("button").click()
    stage.expect({"type": "accept_help", "help": "h1"})


def test_the_undo_bar_names_everything_that_the_press_did(stage: Stage, visitor: Visitor) -> None:
    did = (
        wire.Did(type="service_started", number="A001"),
        wire.Did(type="service_finished", number="A001"),
        wire.Did(type="counter_resumed", counter="Schalter 3"),
        wire.Did(type="ticket_called", number="A002"),
    )
    board = o.counter(o.current("called"), undo=o.takeback(*did, left=36_000))
    page = opened(stage, visitor, board)

    expect(page.locator(".undo b")).to_have_text("A001 fertig, A002 aufgerufen")
    finished = (did[1], wire.Did(type="wrap_up_begun", counter="Schalter 3"))
    show(stage, page, o.counter(undo=o.takeback(*finished, left=36_000)))
    expect(page.locator(".undo b")).to_have_text("A001 fertig, Nacharbeit")
