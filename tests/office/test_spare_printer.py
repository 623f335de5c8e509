"""The spare printer: gets what the first one could not print, once, and never what may have come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import pytest

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.agreed import JOB_LIFE_MS
from server.messages.office import Kiosk, Printer
from server.office.boards import Sight, board

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]
BACK = Actor(role="printer", principal="device:back", device="back")


@pytest.fixture
def office(make_room: Make) -> Room:
    return make_room(
        kiosks=(Kiosk(id="entrance", name="Eingang", printer="paper"), Kiosk(id="side", name="Seite")),
        printers=(Printer(id="paper", name="Eins", spare="back"), Printer(id="back", name="Zwei", spare="paper")),
    )


def jobs(room: Room) -> list[tuple[str, str]]:
    return [(made.printer, made.state) for made in room.state.prints.values()]


def newest(room: Room) -> str:
    return next(reversed(room.state.prints))


def report(room: Room, state: Any, reason: str | None = None, by: Actor | None = None) -> list[str]:
    return room.does(c.ReportPrint(job=newest(room), state=state, reason=reason), by or room.printer)


def test_what_one_printer_could_not_print_comes_out_of_its_spare(office: Room) -> None:
    ticket = office.ticket("pass", by=office.kiosk)

    assert report(office, "failed", "paper_out") == ["print_reported", "print_requested"]
    assert jobs(office) == [("paper", "failed"), ("back", "requested")]
    made = board(office.state, "printer", "back", office.now, Sight(actor=BACK))
    assert isinstance(made, b.Printer)
    assert [one.ticket["number"] for one in made.jobs] == [office.state.tickets[ticket].number]
    kiosk = board(office.state, "kiosk", "entrance", office.now)
    assert isinstance(kiosk, b.Kiosk)
    assert kiosk.prints == (b.Printed(ticket=ticket, state="requested"),), "paper still comes"


def test_a_ticket_goes_on_once_although_each_is_the_others_spare(office: Room) -> None:
    office.ticket("pass", by=office.kiosk)
    report(office, "failed", "offline")

    assert report(office, "failed", "paper_out", BACK) == ["print_reported"]
    assert jobs(office) == [("paper", "failed"), ("back", "failed")]


@pytest.mark.parametrize("state", ["unknown", "sent", "confirmed"])
def test_what_may_have_come_out_is_never_printed_again(
    office: Room, state: Literal["unknown", "sent", "confirmed"]
) -> None:
    office.ticket("pass", by=office.kiosk)

    assert report(office, state) == ["print_reported"]
    assert len(jobs(office)) == 1


def test_nobody_stands_there_any_more(office: Room) -> None:
    office.ticket("pass", by=office.kiosk)
    office.now += JOB_LIFE_MS

    assert report(office, "failed", "too_old") == ["print_reported"]


def test_a_ticket_that_ended_is_not_printed(office: Room) -> None:
    ticket = office.ticket("pass", by=office.kiosk)
    office.does(c.CancelTicket(ticket=ticket), office.desk)

    assert report(office, "failed", "offline") == ["print_reported"]


def test_without_a_spare_it_failed(make_room: Make) -> None:
    room = make_room()
    room.ticket("pass", by=room.kiosk)

    assert report(room, "failed", "paper_out") == ["print_reported"]


@pytest.mark.parametrize(
    ("own", "other", "prints_at", "shown"),
    [
        ("ok", "ok", None, "ok"),
        ("paper_low", "ok", None, "paper_low"),
        ("paper_out", "ok", "back", "ok"),
        ("paper_out", "paper_low", "back", "paper_low"),
        ("paper_out", "cover_open", None, "paper_out"),
        (None, "ok", "back", "ok"),
        (None, None, None, "offline"),
    ],
)
def test_the_kiosk_prints_where_paper_comes(
    office: Room, own: str | None, other: str | None, prints_at: str | None, shown: str
) -> None:
    states = {"printer:paper": own, "printer:back": other}
    seen = {name: {"state": state, "at": office.now} for name, state in states.items() if state}
    made = board(office.state, "kiosk", "entrance", office.now, Sight(seen=seen))
    without = board(office.state, "kiosk", "side", office.now, Sight(seen=seen))

    assert isinstance(made, b.Kiosk)
    assert isinstance(without, b.Kiosk)
    assert (made.prints_at, made.printer) == (prints_at, shown)
    assert (without.prints_at, without.printer) == (None, None)
