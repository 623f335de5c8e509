"""What boards say may be asked is what `decide` accepts: each act of `may`, and no other, for whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import HOUR
from server.messages.problems import Refusal
from server.messages.terms import TicketState
from server.office import grid
from server.office.boards import Sight, board
from server.office.decide import Press, decide
from server.office.equipped import able
from tests.office.room import Room

if TYPE_CHECKING:
    from server.office.state import State

Live = Callable[..., Room]
PAGE_OF_DESK = Actor(role="desk", principal="page:rita", holder="day-rita", page=True)
LOOKERS = (Room.supervisor, Room.clerk, Room.anna, Room.bert, Room.at_three, Room.desk, PAGE_OF_DESK, Room.observer)
OF_OFFICE = ("open_day", "close_day", "correct_clock", "issue_ticket")


Asked = Callable[[Actor, c.Command], bool | None]
"""True: something would become of it. False: refused. None: accepted, and nothing comes of it."""


def answered(room: Room, by: Actor, command: c.Command) -> bool | None:
    answer = decide(room.state, command, Press(actor=by, key="asked", now=room.now, nonce="n" * 16))  # type: ignore[arg-type]
    return False if isinstance(answer, Refusal) else bool(answer) or None


def at_counter(state: State, counter: str) -> dict[str, c.Command]:
    """Every command about a counter, as its page presses it; those that name somebody or somewhere are asked elsewhere."""
    place = state.places[counter]
    known = [name for name in able(place) | set(state.counters[counter].services) if not state.plans[name].retired]
    types = {
        tag: c.COMMANDS[tag]
        for tag in grid.AT.keys() - {"call_ticket", "resume_ticket", "send_to_station", "serve_direct"}
    }
    made = {tag: kind(counter=counter) for tag, kind in types.items()}
    made["call_next"] = c.CallNext(counter=counter, finish_current=state.counters[counter].ticket is not None)
    made["serve_direct"] = c.ServeDirect(counter=counter, services=tuple(known[:1]) or ("nothing",))
    return made


def of_ticket(state: State, ticket: str) -> dict[str, c.Command]:
    service = next(kind.id for kind in state.office.services if not kind.retired)
    return {
        "cancel_ticket": c.CancelTicket(ticket=ticket),
        "pause_ticket": c.PauseTicket(ticket=ticket),
        "return_ticket": c.ReturnTicket(ticket=ticket),
        "transfer_ticket": c.TransferTicket(ticket=ticket, to_service=service),
        "set_services": c.SetServices(ticket=ticket, services=(service,)),
        "set_needs": c.SetNeeds(ticket=ticket, needs=()),
        "set_category": c.SetCategory(ticket=ticket, category="priority"),
        "boost_ticket": c.BoostTicket(ticket=ticket, minutes=5),
        "move_tickets": c.MoveTickets(tickets=(ticket,), to_service=service),
    }


def faults(ask: Asked, by: Actor, may: tuple[str, ...], asked: dict[str, c.Command], where: str) -> Iterator[str]:
    for name, command in asked.items():
        said, so = name in may, ask(by, command)
        if so is False if said else so is True:
            yield f"{where}: {by.role} {by.principal} {name}: said {said}, answered {so}"


def of_one_counter(room: Room, ask: Asked, by: Actor, name: str, may: tuple[str, ...]) -> Iterator[str]:
    """The counter, whom it holds, and where it may send it."""
    state = room.state
    yield from faults(ask, by, may, at_counter(state, name), name)
    held = state.counters[name].ticket
    if held is not None:
        yield from faults(ask, by, may, of_ticket(state, held), f"{name} holds {state.tickets[held].state}")
    sent = [ask(by, c.SendToStation(counter=name, station=one.id)) for one in state.office.stations]
    if ("send_to_station" in may) != any(sent):
        yield f"{name}: {by.principal} send_to_station: {sent}"


def of_others(room: Room, ask: Asked, by: Actor, may_of: Mapping[TicketState, tuple[str, ...]]) -> Iterator[str]:
    """Tickets that no counter holds."""
    for ticket in room.state.living():
        if ticket.state not in ("called", "serving"):
            yield from faults(ask, by, may_of.get(ticket.state, ()), of_ticket(room.state, ticket.id), ticket.state)


def at_one_counter(room: Room, ask: Asked, by: Actor, name: str, shown: b.Counter) -> Iterator[str]:
    """Whom it may call and serve on."""
    busy = room.state.counters[name].ticket is not None
    for line in (*shown.queue, *shown.missed, *shown.away, *shown.parked):
        may = () if line.id in shown.not_here else shown.may_of_tickets.get(line.state, ())
        call = c.CallTicket(counter=name, ticket=line.id, finish_current=busy)
        asked: dict[str, c.Command] = {
            "call_ticket": call,
            "resume_ticket": c.ResumeTicket(counter=name, ticket=line.id),
        }
        yield from faults(ask, by, may, asked, f"{name} {line.number} {line.state}")


def of_links(room: Room, ask: Asked) -> Iterator[str]:
    """Whoever has a ticket's link, and asks for its own ticket."""
    for ticket in room.state.tickets.values():
        by = Actor(role="holder", principal=f"ticket:{ticket.id}", device=ticket.id)
        shown = board(room.state, "ticket", ticket.id, room.now, Sight(actor=by))
        assert isinstance(shown, b.Ticket)
        yield from faults(ask, by, shown.may, of_ticket(room.state, ticket.id), ticket.state)


def all_faults(room: Room) -> list[str]:
    ask = cache(lambda by, command: answered(room, by, command))  # several boards say the same of one command
    found: list[str] = list(of_links(room, ask))
    state = room.state
    for by in LOOKERS:
        sight = Sight(actor=by)
        for one in state.office.counters:
            counter = board(state, "counter", one.id, room.now, sight)
            assert isinstance(counter, b.Counter)
            found += of_one_counter(room, ask, by, one.id, counter.may)
            found += of_others(room, ask, by, counter.may_of_tickets)
            found += at_one_counter(room, ask, by, one.id, counter)
        for shown in (board(state, "supervisor", "", room.now, sight), board(state, "desk", "", room.now, sight)):
            assert isinstance(shown, b.Supervisor | b.Desk)
            for one in state.office.counters:
                found += of_one_counter(room, ask, by, one.id, shown.may_of_counters.get(one.id, ()))
            found += of_others(room, ask, by, shown.may_of_tickets)
            asked: dict[str, c.Command] = {name: c.COMMANDS[name]() for name in OF_OFFICE[:3]}
            service = next(kind.id for kind in state.office.services if not kind.retired)
            found += faults(ask, by, shown.may, asked | {"issue_ticket": c.IssueTicket(services=(service,))}, "office")
    return found


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.integers(20, 90))
def test_a_board_offers_what_is_accepted_and_nothing_else(live: Live, seed: int, presses: int) -> None:
    """Wherever people got to, for whoever looks at the counter's, the supervisor's and the desk's board."""
    room = live(seed, presses)
    room.tick()

    assert all_faults(room) == []


@pytest.mark.parametrize("arrival", ["pressed", "assumed"])
@pytest.mark.parametrize("stands", ["closed", "free", "paused", "wrap_up", "called", "serving", "coming pause"])
def test_at_each_standing_of_a_counter(make_room: Callable[..., Room], arrival: str, stands: str) -> None:
    """Of somebody's page, while colleagues and the supervisor look on; and when the day ends over it."""
    room = make_room(arrival=arrival)
    for service in ("pass", "reg", "car", "post"):
        room.ticket(service)
    room.ticket("pass", needs=("hearing_loop",))
    for service in ("pass", "car"):
        room.does(c.PauseTicket(ticket=room.ticket(service)))
    room.open("2", by=room.bert)
    if stands != "closed":
        room.open("1", by=room.anna)
    if stands in ("called", "serving", "coming pause"):
        room.call("1", room.anna)
    if stands in ("serving", "coming pause"):
        room.does(c.StartService(counter="1"), room.anna)
    if stands in ("paused", "coming pause"):
        room.does(c.PauseCounter(counter="1"), room.anna)
    if stands == "wrap_up":
        room.does(c.BeginWrapUp(counter="1"), room.anna)

    assert all_faults(room) == []

    room.does(c.CloseDay(force=True), room.supervisor)
    assert all_faults(room) == []


def test_what_an_office_file_took_away_is_not_offered(room: Room) -> None:
    """A counter that is gone does not open; nobody is picked where nobody picks; a clock ahead is set right."""
    office = room.state.office
    first, *others = office.counters
    changed = replace(
        office,
        revision=office.revision + 1,
        counters=(replace(first, retired=True), *others),
        policy=replace(office.policy, picking=False),
    )
    room.does(c.ConfigureOffice(office=changed), room.system)
    room.ticket("pass")
    assert all_faults(room) == []

    room.does(c.KeepTime(ahead=HOUR), room.system)
    assert all_faults(room) == []


def test_nobody_is_asked_for_ever(room: Room) -> None:
    """A call that was repeated as often as it may be is repeated no more."""
    room.open("1")
    room.ticket("pass")
    room.call("1")
    for _ in range(grid.ATTEMPTS - 1):
        room.does(c.RepeatCall(counter="1"))

    assert all_faults(room) == []


def test_before_there_is_an_office_file_nothing_is_offered(room: Room) -> None:
    empty = Room(room.state.office)

    assert grid.of_office(empty.state, room.supervisor, room.now) == ()
