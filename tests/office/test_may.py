"""What boards offer is what `decide` accepts: each act in `may`, and no other, whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.json import encode
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import HOUR
from server.messages.problems import Refusal
from server.office import grid, office_grid
from server.office.boards import Sight, board
from server.office.decide import Press, decide
from server.office.equipped import able
from server.office.standing import is_on, rules_of
from tests.office.room import Room

if TYPE_CHECKING:
    from server.office.state import State

Live = Callable[..., Room]
PAGE_OF_DESK = Actor(role="desk", principal="page:rita", holder="day-rita", page=True)
LOOKERS = (Room.supervisor, Room.clerk, Room.anna, Room.bert, Room.at_three, Room.desk, PAGE_OF_DESK, Room.observer)
STATIONS = (Room.booth, Room.cash, Room.supervisor)
Asked = Callable[[Actor, c.Command], bool | None]
"""True: it would have an effect. False: it is refused. None: it is accepted and changes nothing."""


def answered(room: Room, by: Actor, command: c.Command) -> bool | None:
    answer = decide(room.state, command, Press(actor=by, key="asked", now=room.now, nonce="n" * 16))  # type: ignore[arg-type]
    return False if isinstance(answer, Refusal) else bool(answer) or None


def once(room: Room) -> Asked:
    """Asks each command only once for each person, because several boards offer the same ones."""
    known: dict[tuple[str, bytes], bool | None] = {}

    def ask(by: Actor, command: c.Command) -> bool | None:
        key = by.principal, encode(command)
        if key not in known:
            known[key] = answered(room, by, command)
        return known[key]

    return ask


def at_counter(state: State, counter: str) -> dict[str, c.Command]:
    """Every command about a counter, as its page presses it; those that name somebody or somewhere are asked elsewhere."""
    place = state.places[counter]
    known = [name for name in able(place) | set(state.counters[counter].services) if not state.plans[name].retired]
    types = {
        tag: c.COMMANDS[tag]
        for tag in grid.AT.keys()
        - {"call_ticket", "resume_ticket", "send_to_station", "serve_direct", "assign_counter", "acknowledge_message"}
    }
    made = {tag: kind(counter=counter) for tag, kind in types.items()}
    unread = next((one.id for one in state.messages.values() if counter not in one.acknowledged), "nothing")
    made["acknowledge_message"] = c.AcknowledgeMessage(counter=counter, message=unread)
    able_to = [name for name in able(place) if not state.plans[name].retired]
    made["assign_counter"] = c.AssignCounter(counter=counter, services=tuple(able_to[:1]) or ("nothing",))
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
        "print_ticket": c.PrintTicket(ticket=ticket),
    }


def of_service(service: str) -> dict[str, c.Command]:
    return {
        "open_service": c.OpenService(service=service),
        "close_service": c.CloseService(service=service),
        "limit_service": c.LimitService(service=service, tickets=3),
        "boost_service": c.BoostService(service=service, minutes=10),
    }


def _rule(state: State) -> c.SetRule:
    """Writes a rule, so that it is accepted whether the office file has one or not."""
    counter = next(one for one in state.office.counters if not one.retired and one.services)
    on = not any(rule.id == "written" and is_on(state, rule) for rule in rules_of(state))
    says = c.RuleText(service=counter.services[0], over_minutes=40, under_minutes=20, counters=(counter.id,))
    return c.SetRule(rule="written", on=on, says=says)


def of_office(state: State) -> dict[str, c.Command]:
    """Every command about the office, with values that fit it as it is now."""
    office = state.office
    service = next(plan.id for plan in office.services if not plan.retired)
    loud = next((name for name in state.zones if name not in state.silences), next(iter(state.zones)))
    unheard = next((call.id for call in state.help.values() if call.accepted_by is None), "nothing")
    held = any(ticket.state in ("called", "serving") for ticket in state.tickets.values())
    expected = next((state.appointments[name].code for _, name in state.coming), "nothing")
    open_moves = (key for key, one in state.moves.items() if office_grid.can_be_taken_back(state, one))
    return {
        "open_day": c.OpenDay(),
        "close_day": c.CloseDay(force=held),
        "correct_clock": c.CorrectClock(),
        "issue_ticket": c.IssueTicket(services=(service,)),
        "check_in": c.CheckIn(code=expected),
        "set_policy": c.SetPolicy(preset="plain"),
        "set_roster": c.SetRoster(weekday="mon", duty=()),
        "set_walk_ins": c.SetWalkIns(date="2027-03-01", shares=None),
        "call_helper": c.CallHelper(helper=next((one.id for one in office.helpers), "nobody")),
        "apply_moves": c.ApplyMoves(moves=(c.BoostService(service=service, minutes=5),)),
        "revert_moves": c.RevertMoves(key=next(open_moves, "nothing")),
        "set_rule": _rule(state),
        "start_situation": c.StartSituation(situation=next(iter(office_grid.idle_situations(state)), "nothing")),
        "post_message": c.PostMessage(text={"de": "Hallo"}),
        "clear_message": c.ClearMessage(message=next(iter(state.messages), "nothing")),
        "silence_zone": c.SilenceZone(zone=loud),
        "end_silence": c.EndSilence(zone=next(iter(state.silences), loud)),
        "test_call": c.TestCall(zone=loud),
        "request_help": c.RequestHelp(),
        "accept_help": c.AcceptHelp(help=unheard),
        "raise_alarm": c.RaiseAlarm(),
        "accept_alarm": c.AcceptAlarm(counter=next((name for name in state.alarms if name != "desk"), None)),
        "end_alarm": c.EndAlarm(counter=next((name for name in state.alarms if name != "desk"), None)),
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


def of_others(
    room: Room, ask: Asked, by: Actor, shown: b.Counter | b.Supervisor | b.Desk, listed: Iterable[b.Line]
) -> Iterator[str]:
    """Tickets that no counter holds."""
    for line in listed:
        if line.state not in ("called", "serving"):
            may = set(shown.may_of_tickets.get(line.state, ()))
            may -= {"print_ticket"} if line.id in shown.not_printed else set()
            yield from faults(ask, by, tuple(may), of_ticket(room.state, line.id), f"{line.number} {line.state}")


def of_undo(ask: Asked, by: Actor, undo: b.Takeback | None, may: tuple[str, ...]) -> Iterator[str]:
    if (undo is None) == ("undo" in may) or (undo is not None and ask(by, c.Undo(key=undo.key)) is not True):
        yield f"{by.principal}: undo {undo}"


def of_stations(room: Room, ask: Asked) -> Iterator[str]:
    for by, name in ((by, one.id) for by in STATIONS for one in room.state.office.stations):
        shown = board(room.state, "station", name, room.now, Sight(actor=by))
        assert isinstance(shown, b.Station)
        yield from of_one_counter(room, ask, by, name, shown.may)
        here = {"request_help": c.RequestHelp(station=name)}  # staff who opened its page say where help is needed
        yield from faults(ask, by, shown.may, of_office(room.state) | here, "office")


def listed(shown: b.Counter) -> Iterable[b.Line]:
    return *shown.queue, *shown.missed, *shown.away, *shown.parked


def at_one_counter(room: Room, ask: Asked, by: Actor, name: str, shown: b.Counter) -> Iterator[str]:
    """Whom it may call, and whom it may go on serving."""
    busy = room.state.counters[name].ticket is not None
    for line in listed(shown):
        may = () if line.id in shown.not_here else shown.may_of_tickets.get(line.state, ())
        call = c.CallTicket(counter=name, ticket=line.id, finish_current=busy)
        asked: dict[str, c.Command] = {
            "call_ticket": call,
            "resume_ticket": c.ResumeTicket(counter=name, ticket=line.id),
        }
        yield from faults(ask, by, may, asked, f"{name} {line.number} {line.state}")


def of_links(room: Room, ask: Asked) -> Iterator[str]:
    """The holder of a ticket's link, who asks for that ticket."""
    for ticket in room.state.tickets.values():
        by = Actor(role="holder", principal=f"ticket:{ticket.id}", device=ticket.id)
        shown = board(room.state, "ticket", ticket.id, room.now, Sight(actor=by))
        assert isinstance(shown, b.Ticket)
        yield from faults(ask, by, shown.may, of_ticket(room.state, ticket.id), ticket.state)


def all_faults(room: Room) -> list[str]:
    ask = once(room)
    found: list[str] = [*of_links(room, ask), *of_stations(room, ask)]
    state = room.state
    for by in LOOKERS:
        sight = Sight(actor=by)
        for one in state.office.counters:
            counter = board(state, "counter", one.id, room.now, sight)
            assert isinstance(counter, b.Counter)
            found += of_one_counter(room, ask, by, one.id, counter.may)
            found += of_others(room, ask, by, counter, listed(counter))
            found += faults(ask, by, counter.may, of_office(state), "office")
            found += of_undo(ask, by, counter.undo, counter.may)
            found += at_one_counter(room, ask, by, one.id, counter)
        for shown in (board(state, "supervisor", "", room.now, sight), board(state, "desk", "", room.now, sight)):
            assert isinstance(shown, b.Supervisor | b.Desk)
            for one in state.office.counters:
                found += of_one_counter(room, ask, by, one.id, shown.may_of_counters.get(one.id, ()))
            found += of_others(room, ask, by, shown, shown.tickets)
            found += faults(ask, by, shown.may, of_office(state), "office")
            found += of_undo(ask, by, shown.undo, shown.may)
            if isinstance(shown, b.Supervisor):
                for plan in state.office.services:
                    may = shown.may_of_services.get(plan.id, ())
                    found += faults(ask, by, may, of_service(plan.id), plan.id)
    return found


@pytest.mark.no_cover
@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(20, 90))
def test_a_board_offers_what_is_accepted_and_nothing_else(live: Live, seed: int, presses: int) -> None:
    """Wherever people got to, for whoever looks at the counter's, the supervisor's and the desk's board."""
    room = live(seed, presses)
    room.tick()

    assert all_faults(room) == []


@pytest.mark.parametrize("arrival", ["pressed", "assumed"])
@pytest.mark.parametrize("stands", ["closed", "free", "paused", "wrap_up", "called", "serving", "coming pause"])
def test_at_each_standing_of_a_counter(make_room: Callable[..., Room], arrival: str, stands: str) -> None:
    """On a clerk's own page, and on those of colleagues and the supervisor; also when the day ends meanwhile."""
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

    assert office_grid.of_office(empty.state, room.supervisor, room.now) == ()


def test_of_what_stands_in_the_office(room: Room) -> None:
    """A closed service, a message, a silence, a set of moves, calls for help, an alarm; tickets with and without a printer."""
    room.ticket("pass")
    room.ticket("pass", by=room.kiosk, kiosk="entrance")
    room.ticket("pass", kiosk="side")
    room.open("1").serve("1")
    for command in (
        c.CloseService(service="car"),
        c.PostMessage(text={"de": "Hallo"}),
        c.SilenceZone(zone="hall"),
        c.ApplyMoves(moves=(c.BoostService(service="pass", minutes=5),)),
        c.RaiseAlarm(counter="1"),
    ):
        room.does(command, room.supervisor)
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.RequestHelp(), room.booth)
    assert all_faults(room) == []

    for counter in room.state.counters:
        room.press(c.AcknowledgeMessage(counter=counter, message=next(iter(room.state.messages))), room.supervisor)
    for call in tuple(room.state.help):
        room.does(c.AcceptHelp(help=call), room.desk)
    room.does(c.SilenceZone(zone="up"), room.supervisor)
    assert all_faults(room) == []


def test_of_an_office_that_takes_no_more(room: Room) -> None:
    """As many messages and sets of moves as there can be, and nothing in the file that could be asked for."""
    for _ in range(office_grid.MESSAGES):
        room.does(c.PostMessage(text={"de": "Hallo"}), room.supervisor)
    for _ in range(office_grid.SETS):
        room.does(c.ApplyMoves(moves=(c.BoostService(service="pass", minutes=5),)), room.supervisor)
    office = room.state.office
    room.does(
        c.ConfigureOffice(office=replace(office, revision=office.revision + 1, helpers=(), kiosks=())), room.system
    )
    room.ticket("pass")
    assert all_faults(room) == []


def test_after_the_day_a_press_of_the_day_is_not_taken_back(room: Room) -> None:
    """And the reception, which may not undo, is not asked to."""
    room.does(c.BoostService(service="pass", minutes=5), room.supervisor)
    room.ticket("pass", by=room.desk)
    assert all_faults(room) == []

    room.does(c.CloseDay(), room.supervisor)
    assert all_faults(room) == []
