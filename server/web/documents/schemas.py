"""Shapes of answers for the API documents. The values come from boards, events and the desk; a test compares them with these."""

from typing import Any

from msgspec import Struct, field

from server.messages import boards
from server.messages.media import Slide
from server.messages.problems import FaultyField
from server.messages.slots import BookedVisit, FreeSlots
from server.messages.terms import Role

OBJECT = dict[str, Any]


class Text:
    """An answer that is plain text."""


class Bytes:
    """An answer that is a file."""


TEXT, BYTES = Text, Bytes


class Me(Struct):
    """What a token may. `for`: the one device or counter it acts for."""

    role: Role
    offices: list[str]
    for_: str | None = field(name="for")


class OfficeListed(Struct):
    """One office of this server."""

    id: str
    name: str
    open: bool


class ServiceWait(Struct):
    """One service now. `expected` is in minutes; null if nobody can serve (`expected_reason` says why) or nothing is known."""

    id: str
    name: str
    names: dict[str, str]
    open: bool
    waiting: int
    expected: boards.Expected | None
    expected_reason: str | None
    reachable_today: str | None
    by_features: list[boards.SpecialWait]


class Waits(Struct):
    """Per service."""

    at: str
    services: list[ServiceWait]


class DoneAnswer(Struct):
    """The outcome of a command. `replayed`: the key was used before, and this repeats the first answer."""

    epoch: str
    seq: int
    replayed: bool
    events: list[dict[str, Any]]
    result: dict[str, Any]


class EventsAnswer(Struct):
    """Entries of the log; each has office, epoch, seq, mark, v, type, at, by, key and its own fields. `upto`: only where types
    were asked for: the seq of the last entry that was looked at, from which to go on."""

    epoch: str
    events: list[dict[str, Any]]
    upto: int | None = None


class NoteAnswer(Struct):
    """The note on a ticket, or null."""

    ticket: str
    text: str | None


class DeviceToken(Struct):
    """What a paired device gets. `for`: the id of the device."""

    token: str
    role: Role
    office: str
    for_: str = field(name="for")


class PairedDevice(Struct):
    """A device with a token of its own. `since`: when it was paired."""

    kind: Role
    id: str
    name: str
    since: str
    used_at: str | None


class Problem(Struct):
    """RFC 9457. `retry`: the same request with the same key may succeed later. Further members depend on the code."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    retry: bool
    errors: list[FaultyField] = []


class WantedVisit(Struct):
    """What is booked by a reference. `hold`: the slot was held before."""

    services: list[str]
    start: str
    persons: int = 1
    language: str | None = None
    hold: str | None = None


ME, OFFICES, WAITS, DONE, EVENTS, NOTE = Me, list[OfficeListed], Waits, DoneAnswer, EventsAnswer, NoteAnswer
SLOTS, SLIDES, APPOINTMENT, WANTED = FreeSlots, list[Slide], BookedVisit, WantedVisit
TICKET, FOUND = boards.Ticket, boards.Found
DEVICE_TOKEN, DEVICES = DeviceToken, list[PairedDevice]
BOARD = tuple(board for board in boards.BOARDS.values() if board is not boards.Ticket)
"""Several types: any of them."""
