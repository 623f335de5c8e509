"""What people see and hear of an office: every board, the paper, the voices, the history. Two lives that differ in anything
that matters differ in this. Things that only the log says are left out: a field that is in an event and nowhere else has no
effect.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec

from server.forecast.model import cold
from server.forecast.promise import Pace, forecast
from server.history.derive import Book
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import MINUTE
from server.messages.problems import Refusal
from server.messages.terms import Role
from server.office.boards import Sight, board
from server.office.hours import local
from server.office.result import result
from server.office.slots import Slots, Visitors
from server.sounds import said
from tests.office.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server.messages.terms import BoardKind
    from server.office.state import State

LATER = (0, 5, 16, 59)
"""Minutes after which people go on and all is looked at again: what ends after 10, 20 or 60 minutes ends between two looks."""


NUMBERS = re.compile(rb'"(first_|last_)?seq":[0-9]+|"id":"m[0-9]{13,}"')
"""What is left out of a comparison: how many entries there were before is no effect."""


class Played(Room):
    """A room in which ids and keys follow from what is pressed and when, not from how much happened before."""

    step = 0

    def nonce(self) -> str:
        return blake2b(f"{self.now} {self.last_key}".encode(), digest_size=8).hexdigest()


def outcome(room: Played) -> Iterator[Any]:
    """What is seen of the office while it goes on for some hours. A comparison of two may stop at the first difference."""
    yield shown(room.state, room.now)
    for minutes in LATER:
        room.after(minutes * MINUTE)
        room.step = 100  # the presses before have lower numbers
        yield [*_go_on(room)]
        yield shown(room.state, room.now)
    yield _history(room)


def shown(state: State, now: int) -> dict[str, bytes]:
    """Every board that the office can show, as it is seen by the devices and people who may see it."""
    seen = {f"{kind}:{id}": {"at": now, "sound": "ready", "state": "ok"} for kind, id in _boards(state)}
    sight = Sight(actor=_by("clerk"), texts=said, link=lambda ticket: f"https://amt.example/t/{ticket}", seen=seen)
    found: dict[str, bytes] = {}
    for kind, id in _boards(state):
        actor = _by("kiosk" if kind == "printer" else "clerk")
        found[f"{kind} {id}"] = _plain(board(state, kind, id, now, msgspec.structs.replace(sight, actor=actor)))
    found["slots"] = _plain(
        Slots(state, now).free(Visitors((state.office.services[0].id,)), local(state.office, now).date())
    )
    return found


def foreseen(room: Room) -> str:
    """What a forecast says about the office: the roster, and how long services take, are seen only there."""
    return repr(forecast(room.state, cold(room.state.office), Pace(), room.now, seed=1, rows=40))


def _by(role: Role) -> Actor:
    return Actor(role=role, principal="page:anna", holder="day-anna", page=True)


def _boards(state: State) -> Iterator[tuple[BoardKind, str]]:
    office = state.office
    yield from (("display", one.id) for one in office.displays)
    yield from (("counter", one.id) for one in office.counters)
    yield from (("station", one.id) for one in office.stations)
    yield from (("announcer", one.id) for one in office.zones)
    yield from (("kiosk", one.id) for one in office.kiosks)
    yield from (("printer", one.id) for one in office.printers)
    yield from (("ticket", name) for name in state.tickets)
    yield from (("supervisor", ""), ("desk", ""))


def _go_on(room: Played) -> Iterator[Any]:
    """People take tickets, book what they hold, and check in; every counter and station finishes, calls and serves."""
    for service in room.state.office.services:
        yield answered(room, c.IssueTicket(services=(service.id,)), room.kiosk)
    for counter in room.state.office.counters:
        for command in (
            c.StartService(counter=counter.id),
            c.FinishService(counter=counter.id),
            c.CallNext(counter=counter.id),
        ):
            yield answered(room, command, room.supervisor)
    for station in room.state.office.stations:
        actor = Actor(role="station", principal=f"device:{station.id}", device=station.id)
        for command in (
            c.StartService(counter=station.id),
            c.FinishService(counter=station.id),
            c.CallNext(counter=station.id),
        ):
            yield answered(room, command, actor)
    for hold in [*room.state.holds.values()]:
        start = datetime.fromtimestamp(hold.start / 1000, UTC)
        yield answered(room, c.BookAppointment(services=("pass",), start=start, hold=hold.id), room.booking)
    for code, name in [*room.state.codes.items()]:
        booked = room.state.appointments[name]
        if booked.start < room.now + 3 * MINUTE:
            yield answered(room, c.CheckIn(code=code), room.kiosk)


def answered(room: Played, command: c.Command, by: Actor) -> Any:
    """The answer to a command that people press in the scene or after it."""
    room.step += 1
    answer = room.press(command, by, key=f"{room.now}:{room.step}")
    return answer.code if isinstance(answer, Refusal) else result(command, answer, lambda kind, id: id)


def _history(room: Room) -> bytes:
    book = Book()
    for seq, _, event in room.entries:
        book.fold(event, seq)
    return _plain(book.visits)


def _plain(found: Any) -> bytes:
    return NUMBERS.sub(b"", msgspec.json.encode(found))
