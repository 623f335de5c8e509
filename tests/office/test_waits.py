"""A forecast on every board and in every ticket: one truth, or a reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages import events as e
from server.messages.boards import Expected
from server.messages.facts import Told
from server.messages.instants import MINUTE
from server.messages.terms import BoardKind, Category, Need
from server.office.boards import Sight, board
from server.office.decide import Press, decide
from server.office.waits import Drawn, Newcomer, Waits

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room

EARLIER = Expected(low=10, median=14, high=20, at="2026-11-23T08:00:00.000Z", learning=False)
DRAWN = Expected(low=20, median=27, high=35, at="2026-11-23T08:00:00.000Z", learning=True)
STALE = Waits()


def forecast(room: Room, *tickets: str, **more: Any) -> Waits:
    """For the room as it is: these tickets wait 10 to 20 minutes, a new ticket 20 to 35."""
    drawn = {kind: Drawn(shown=DRAWN, low=21.0, high=33.0) for kind in (("pass", "walk_in"), ("urgent", "priority"))}
    told: dict[str, Any] = {
        "known": True, "seq": room.state.seq, "model": "m7", "tickets": dict.fromkeys(tickets, EARLIER), "drawn": drawn,
        "minutes": {"pass": 10.0, "car": 6.0},
    }  # fmt: skip
    return Waits(**(told | more))


def every(room: Room, waits: Waits | None, ticket: str) -> list[tuple[Expected | None, str | None]]:
    """The wait of the service `pass` and of a ticket, on every board that shows it."""
    sight = Sight(waits=waits)

    def shown(kind: BoardKind, id: str = "") -> Any:
        return board(room.state, kind, id, room.now, sight)

    services = [
        shown("kiosk", "entrance").services[0], shown("desk").services[0], shown("supervisor").services[0],
        shown("counter", "1").lines[0], shown("display", "hall").waiting[0],
    ]  # fmt: skip
    tickets = [
        shown("ticket", ticket), next(one for one in shown("counter", "1").queue if one.id == ticket),
        next(one for one in shown("supervisor").tickets if one.id == ticket),
        next(one for one in shown("desk").tickets if one.id == ticket),
    ]  # fmt: skip
    said = [{(one.expected, one.expected_reason) for one in found} for found in (services, tickets)]
    assert [len(one) for one in said] == [1, 1], "every board says the same"
    return [one.pop() for one in said]


def test_all_boards_draw_one_forecast(room: Room) -> None:
    ticket = room.open("1").ticket("pass")

    assert every(room, forecast(room, ticket), ticket) == [(DRAWN, None), (EARLIER, None)]


def test_without_a_fresh_forecast_the_reason_is_stale_and_without_any_there_is_none(room: Room) -> None:
    ticket = room.open("1").ticket("pass")

    assert every(room, STALE, ticket) == [(None, "stale"), (None, "stale")]
    assert every(room, None, ticket) == [(None, None), (None, None)]


def test_where_nobody_serves_no_forecast_is_shown_however_fresh(room: Room) -> None:
    ticket = room.open("1").ticket("pass")
    waits = forecast(room, ticket)
    room.does(c.CloseCounter(counter="1"))

    def said(kind: BoardKind, id: str) -> Any:
        return board(room.state, kind, id, room.now, Sight(waits=waits))

    phone, kiosk = said("ticket", ticket), said("kiosk", "entrance").services[0]

    assert (phone.expected, phone.expected_reason) == (None, "no_counter")
    assert (kiosk.expected, kiosk.expected_reason, kiosk.reachable_today) == (None, "no_counter", None)


def test_who_came_after_the_forecast_keeps_what_was_told_at_the_issue(room: Room, iso: Callable[[int], str]) -> None:
    room.open("1")
    waits = forecast(room)
    told = Told(low=5, median=8, high=15)
    room.promise = lambda *of: told
    ticket = room.ticket("pass")
    room.promise = None
    untold = room.ticket("pass")

    phone = board(room.state, "ticket", ticket, room.now, Sight(waits=waits))
    silent = board(room.state, "ticket", untold, room.now, Sight(waits=waits))
    late = board(room.state, "ticket", ticket, room.now, Sight(waits=STALE))
    passed = board(room.state, "ticket", ticket, room.now, Sight(waits=forecast(room)))

    assert isinstance(phone, b.Ticket)
    assert isinstance(silent, b.Ticket)
    assert phone.expected == Expected(low=5, median=8, high=15, at=iso(room.of(ticket).issued_at), learning=False)
    assert (silent.expected, silent.expected_reason) == (None, "stale")
    for shown, why in ((late, "stale"), (passed, "no_counter")):  # the later forecast sees no counter for it any more
        assert isinstance(shown, b.Ticket)
        assert (shown.expected, shown.expected_reason) == (None, why)


def test_who_is_called_waits_for_nothing_and_no_reason_is_due(room: Room) -> None:
    ticket = room.open("1").ticket("pass")
    waits = forecast(room, ticket)
    room.call("1")

    phone = board(room.state, "ticket", ticket, room.now, Sight(waits=waits))

    assert isinstance(phone, b.Ticket)
    assert (phone.expected, phone.expected_reason) == (None, None)


def test_a_service_that_is_priority_by_nature_is_forecast_as_such(room: Room) -> None:
    room.open("4")

    services = board(room.state, "kiosk", "entrance", room.now, Sight(waits=forecast(room)))

    assert isinstance(services, b.Kiosk)
    assert {one.id: one.expected for one in services.services if one.expected} == {"urgent": DRAWN}


def test_whether_today_still_reaches_somebody_is_told_as_the_forecast_has_it(room: Room) -> None:
    room.open("1", "3")
    waits = forecast(room, reached={"pass": "likely", "car": "no"})

    def reached(waits: Waits | None) -> dict[str, str | None]:
        shown = board(room.state, "kiosk", "entrance", room.now, Sight(waits=waits))
        assert isinstance(shown, b.Kiosk)
        return {one.id: one.reachable_today for one in shown.services if one.reachable_today}

    assert reached(waits) == {"pass": "likely", "car": "no"}
    assert reached(STALE) == reached(None) == {}


def test_the_promise_is_the_range_on_the_kiosk_until_somebody_came_since(room: Room) -> None:
    """Each ticket drawn before adds the minutes of a visit, divided by the counters that serve it."""
    room.open("1")
    waits = forecast(room)

    def told(*needs: Need, service: str = "pass", category: Category = "walk_in") -> Told | None:
        found = waits.told(room.state, Newcomer((service,), category, needs))
        return found if isinstance(found, Told) else None

    assert told() == Told(low=20, median=27, high=35, model="m7", learning=True, p10=21.0, p90=33.0)
    room.ticket("pass")
    assert told() == Told(low=25, median=37, high=50, model="m7", learning=True, p10=26.0, p90=49.0)
    room.open("2")
    assert told() == Told(low=20, median=32, high=45, model="m7", learning=True, p10=23.5, p90=41.0)
    room.ticket("car")
    assert told() == Told(low=20, median=32, high=45, model="m7", learning=True, p10=23.5, p90=41.0), (
        "nobody here is called before me"
    )
    room.does(c.CancelTicket(ticket=next(iter(room.state.tickets))))
    assert told() == Told(low=20, median=27, high=35, model="m7", learning=True, p10=21.0, p90=33.0)


def test_walk_ins_since_the_forecast_delay_no_priority(room: Room) -> None:
    room.open("4")
    waits = forecast(room, minutes={"small": 12.0, "urgent": 12.0})
    before = waits.told(room.state, Newcomer(("urgent",), "priority"))
    room.ticket("small")

    assert waits.told(room.state, Newcomer(("urgent",), "priority")) == before
    room.ticket("urgent")
    assert waits.told(room.state, Newcomer(("urgent",), "priority")) != before


@pytest.mark.parametrize(
    ("services", "category", "needs", "why"),
    [
        (("pass", "reg"), "walk_in", (), "stale"),
        (("reg",), "walk_in", (), "no_counter"),
        (("pass",), "appointment", (), "stale"),
        (("pass",), "walk_in", ("hearing_loop",), "no_counter"),
    ],
)
def test_where_nothing_fits_nothing_is_promised(
    room: Room, services: tuple[str, ...], category: Category, needs: tuple[Need, ...], why: str
) -> None:
    """Two services, a service without a forecast, another kind of visit, needs that not every counter covers."""
    room.open("1", "2")

    assert forecast(room).told(room.state, Newcomer(services, category, needs)) == why


def test_who_wants_several_services_or_a_special_counter_has_a_promise_of_their_own(room: Room) -> None:
    """Counters 1 and 2 give `pass`, only 1 has a hearing loop; 3 gives `car`.

    People who came since then count at the counters that may call them.
    """
    room.open("1", "2", "3")
    wait = Drawn(shown=DRAWN, low=21.0, high=33.0)
    both, loop = (("car", "pass"), "walk_in", ()), (("pass",), "walk_in", ("hearing_loop",))
    waits = forecast(room, others={both: wait, loop: wait})
    room.ticket("pass")

    def told(*services: str, needs: tuple[Need, ...] = ()) -> float | None:
        found = waits.told(room.state, Newcomer(services, "walk_in", needs))
        return found.p10 if isinstance(found, Told) else None

    assert told("pass", "car") == told("car", "pass", needs=("escort",)) == pytest.approx(21.0 + 5 / 3, abs=0.06)
    assert told("pass", needs=("hearing_loop",)) == 26.0
    assert told("pass", "reg") is None


def test_the_kiosk_shows_the_wait_of_those_who_need_what_not_every_counter_has(room: Room) -> None:
    room.open("1", "2", "3")
    wait = replace(DRAWN, low=40, high=60)
    waits = forecast(room, others={(("pass",), "walk_in", ("hearing_loop",)): Drawn(shown=wait, low=41.0, high=58.0)})

    def shown(service: str, waits: Waits | None) -> list[tuple[Any, Any, Any]]:
        kiosk = board(room.state, "kiosk", "entrance", room.now, Sight(waits=waits))
        assert isinstance(kiosk, b.Kiosk)
        found = next(one for one in kiosk.services if one.id == service)
        return [(one.features, one.expected, one.expected_reason) for one in found.by_features]

    assert shown("pass", waits) == [(("hearing_loop",), wait, None)]
    assert shown("pass", STALE) == [(("hearing_loop",), None, "stale")]
    assert shown("car", waits) == [
        (("step_free",), None, "no_step_free"),
        (("hearing_loop",), None, "no_counter"),
        (("step_free", "hearing_loop"), None, "no_step_free"),
    ]
    assert shown("pass", None) == []
    assert shown("small", waits) == []


def test_needs_that_every_serving_counter_covers_change_no_wait(room: Room) -> None:
    room.open("1", "2")

    for needs in (("step_free",), ("escort",)):
        told = forecast(room).told(room.state, Newcomer(("pass",), "walk_in", needs))
        assert told == Told(low=20, median=27, high=35, model="m7", learning=True, p10=21.0, p90=33.0)


def test_a_ticket_says_why_nothing_was_promised(room: Room) -> None:
    room.open("1")
    press = Press(actor=room.desk, key="k", now=room.now, nonce="n", promise=STALE.told)

    events = decide(room.state, c.IssueTicket(services=("pass",)), press)

    assert isinstance(events, list)
    assert [(one.told, one.expected_reason) for one in events] == [(None, "stale")]  # type: ignore[attr-defined]


def test_who_comes_after_the_last_counter_goes_is_told_what_the_boards_say(room: Room) -> None:
    """The forecast knows every counter and sees none for it any more; about a counter opened since, or a wish that it
    did not consider, it says nothing."""
    room.open("1")
    waits = forecast(room, drawn={})

    def said() -> tuple[str | None, Any, Any]:
        press = Press(actor=room.desk, key="k", now=room.now, nonce="n", promise=waits.told)
        events = decide(room.state, c.IssueTicket(services=("pass",)), press)
        assert isinstance(events, list)
        issued = events[0]
        assert isinstance(issued, e.TicketIssued)
        sight = Sight(waits=waits)
        kiosk, wall = (board(room.state, *at, room.now, sight) for at in (("kiosk", "entrance"), ("display", "hall")))
        assert isinstance(kiosk, b.Kiosk)
        assert isinstance(wall, b.Display)
        return issued.expected_reason, kiosk.services[0].expected_reason, wall.waiting[0].expected_reason

    assert said() == ("no_counter",) * 3
    room.ticket("pass")
    assert said() == ("no_counter",) * 3
    room.open("2")
    assert said() == ("stale",) * 3
    assert waits.told(room.state, Newcomer(("pass", "reg"))) == "stale"


def test_the_promise_counts_those_of_the_same_batch(room: Room) -> None:
    room.open("1")
    room.promise = forecast(room).told
    one, two = room.ticket("pass"), room.ticket("pass")

    assert [room.of(ticket).told for ticket in (one, two)] == [
        Told(low=20, median=27, high=35, model="m7", learning=True, p10=21.0, p90=33.0),
        Told(low=25, median=37, high=50, model="m7", learning=True, p10=26.0, p90=49.0),
    ]


def test_paper_says_what_was_told(room: Room, iso: Callable[[int], str]) -> None:
    room.open("1")
    room.promise = lambda *of: Told(low=5, median=8, high=15, model="m", learning=True)
    ticket = room.ticket("pass", kiosk="entrance")

    shown = board(room.state, "printer", "paper", room.now)

    assert isinstance(shown, b.Printer)
    paper = shown.jobs[0].ticket
    at = iso(room.of(ticket).issued_at)
    assert paper["expected"] == {"low": 5, "median": 8, "high": 15, "at": at, "learning": True}
    assert paper["expected_reason"] is None


def test_a_range_is_never_empty(room: Room) -> None:
    room.open("1")
    narrow = Drawn(shown=replace(DRAWN, low=0, high=5), low=0.0, high=0.0)
    waits = forecast(room, drawn={("pass", "walk_in"): narrow}, minutes={"pass": 10.0})
    room.ticket("pass")

    told = waits.told(room.state, Newcomer(("pass",)))

    assert isinstance(told, Told)
    assert (told.low, told.high) == (5, 20)


def test_a_holder_is_told_until_when_to_leave_while_a_range_is_shown(room: Room, iso: Callable[[int], str]) -> None:
    """From the forecast, or from the time of issue; nothing once that time has passed or somebody calls."""
    room.open("1")
    told = Told(low=40, median=50, high=60, leave=30)
    room.promise = lambda *of: told
    ticket = room.ticket("pass")
    issued = room.of(ticket).issued_at
    before, at = replace(forecast(room), seq=room.of(ticket).seq - 1), 300_000
    until = (room.now // at + 4) * at

    def leave(waits: Waits, now: int) -> str | None:
        phone = board(room.state, "ticket", ticket, now, Sight(waits=waits))
        assert isinstance(phone, b.Ticket)
        return phone.leave_until

    fresh = replace(forecast(room, ticket), leave={ticket: until})
    assert leave(before, room.now) == iso((issued + 30 * MINUTE) // at * at)
    assert leave(fresh, room.now) == iso(until)
    assert leave(forecast(room, ticket), room.now) is None
    assert leave(fresh, until) is None
    assert leave(STALE, room.now) is None
    room.call("1")
    assert leave(fresh, room.now) is None


def test_a_holder_is_told_why_it_takes_longer_while_a_range_is_shown(room: Room) -> None:
    room.open("1")
    ticket, other = room.ticket("pass"), room.ticket("pass")
    waits = replace(forecast(room, ticket, other), fewer=frozenset({ticket}))

    def longer(ticket: str, waits: Waits) -> str | None:
        phone = board(room.state, "ticket", ticket, room.now, Sight(waits=waits))
        assert isinstance(phone, b.Ticket)
        return phone.longer

    assert longer(ticket, waits) == "fewer_counters"
    assert longer(other, waits) is None
    assert longer(ticket, replace(waits, tickets={})) is None
    room.call("1")
    assert longer(ticket, waits) is None


def test_the_promise_at_the_issue_says_how_long_to_leave(room: Room) -> None:
    room.open("1")
    waits = forecast(room)
    drawn = {kind: replace(one, soonest=38.0) for kind, one in waits.drawn.items()}

    told = replace(waits, drawn=drawn).told(room.state, Newcomer(("pass",)))

    assert isinstance(told, Told)
    assert told.leave == 30
