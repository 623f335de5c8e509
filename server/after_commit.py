"""What follows a commit besides push: the historian reads on, phones are told of calls, citizens of their appointments, other
systems of what they asked for, and what is kept for one day only is deleted when the day ends.

Wiring hands these to desks and tenders.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from server.access.known import Known
from server.deletion import Deletion
from server.desk.desk import Desk
from server.desk.entry import Entry
from server.history.historian import Historian
from server.letters.hooks import Hooks
from server.letters.post import Post
from server.messages.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    CallRepeated,
    DayClosed,
    EpochChanged,
    TicketCalled,
    TicketMissed,
)
from server.messages.office import Office
from server.tasks import Tasks

OF_VISITS = AppointmentBooked | AppointmentMoved | AppointmentCancelled

_log = structlog.get_logger("aufruf.server")


async def noted(known: Known, office: Office) -> None:
    """Notes what the command line checks tokens against. If the database is away, it is noted at the next change."""
    try:
        await known.note(office)
    except (OSError, SQLAlchemyError) as fault:
        _log.warning("the devices of an office were not noted", office=office.id, fault=type(fault).__name__)


def woken(historian: Historian, tasks: Tasks, deletion: Deletion, desk: Desk) -> Callable[[Sequence[Entry]], None]:
    """What a desk calls after each commit. The history follows only once the desk is ready: before that, the desk compares its
    log with what the history knew."""
    office = desk.office

    def listener(entries: Sequence[Entry]) -> None:
        if desk.health == "ready":
            historian.follow([office])
        if entries:
            historian.wake(office)
        for entry in entries:
            if isinstance(entry.event, EpochChanged) and entry.event.shift:
                tasks.start(deletion.set_right(office, entry.event.day), "set right")
            if isinstance(entry.event, DayClosed):
                tasks.start(deletion.day_over(office, entry.event.day), "forget the day")

    return listener


def tells(desks: Mapping[str, Desk], post: Post, hooks: Hooks) -> None:
    """Whoever tells others what happened hears of each commit."""
    for name, desk in desks.items():
        desk.watch(partial(rung, post.called, name))
        desk.watch(partial(visited, post.booked, name))
        desk.watch(partial(followed, hooks.wake, name))


def followed(wake: Callable[[str], None], office: str, entries: Sequence[Entry]) -> None:
    """Other systems are told without waiting for the next turn."""
    if entries:
        wake(office)


def rung(called: Callable[[str], None], office: str, entries: Sequence[Entry]) -> None:
    """Tells the post of a call, of its repeat and of a miss."""
    if any(isinstance(entry.event, TicketCalled | CallRepeated | TicketMissed) for entry in entries):
        called(office)


def visited(changed: Callable[[str, Iterable[str]], None], office: str, entries: Sequence[Entry]) -> None:
    """Tells the post which appointments were moved or cancelled, and by whomever."""
    if names := [entry.event.appointment for entry in entries if isinstance(entry.event, OF_VISITS)]:
        changed(office, names)
