"""Days, the office file, epochs. A day lasts until the office's midnight; opening one is a checkpoint of the log."""

from typing import Any

from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Spent
from server.messages.laid import laid, plain
from server.messages.office import WEEKDAYS
from server.office import hours
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules
from server.office.decide.time import correct_clock
from server.office.keys import packed
from server.office.numbers import earlier
from server.office.overnight import Night
from server.office.retiring import retiring
from server.office.state import ALIVE, HELD, KEY_LIFE_MS

IN_ONE = {"appointments": 500, "holds": 1_000, "messages": 4, "moves": 2, "spent": 1_500}
"""How many things of one kind an entry of a checkpoint carries, so that it has 100 KB or less (the longest messages: 256
KB)."""


def configure_office(case: Case, command: c.ConfigureOffice) -> None:
    state, office = case.state, command.office
    guards.allowed(case)
    if not state.configured:
        if not state.epoch:  # after an emptied store the log has one: it begins with the report of the loss
            case.say(e.EpochChanged, epoch=case.press.nonce, reason="created")
    elif office.revision <= state.office.revision:
        return
    found = laid(office, state.settings, hours.day_of(office, case.now))
    kept, zone = retiring(state, found.office), None
    if office.time_zone != state.office.time_zone and state.configured and _running(case):
        # a new zone moves midnight, and during the day that could end the day at once: it waits until the date is over
        kept, zone = replace(kept, time_zone=state.office.time_zone), office.time_zone
    case.say(e.OfficeConfigured, office=kept, coming_zone=zone, settings=found.settings)


def _running(case: Case) -> bool:
    """Whether the date of the last day is not over yet, even if the day was closed."""
    state = case.state
    return state.last_day is not None and case.now < hours.midnight_after(state.office, state.last_day)


def open_day(case: Case, command: c.OpenDay) -> None:
    guards.allowed(case)
    if not case.state.configured:
        raise No("starting", "the office has no office file yet")
    if case.state.ahead and case.state.day is not None and case.actor.role != "system":
        # the log is ahead: whoever opens the day now means the clock's date, not the log's
        correct_clock(case, command)
        return
    today = hours.day_of(case.state.office, case.now)
    if case.state.day is not None and case.state.day >= today:
        return
    if case.state.day is not None:
        _close(case)
    begin(case)


def close_day(case: Case, command: c.CloseDay) -> None:
    guards.allowed(case)
    if case.state.day is None:
        return
    held = [t for t in case.state.tickets.values() if t.state in HELD]
    if held and not command.force:
        raise No(
            "counter_busy", f"{held[0].number} is {held[0].state} at counter {held[0].counter}", number=held[0].number
        )
    _close(case)


def _close(case: Case) -> None:
    for ticket in case.state.tickets.values():
        if ticket.state in ALIVE and ticket.state != "serving":
            case.say(e.TicketExpired, ticket=ticket.id, number=ticket.number)
    case.say(e.DayClosed, day=case.state.day)


def begin(case: Case) -> None:
    """Opens a day with all that it takes over from the last one. A new time zone that waited for the date's end counts now, and
    so does what was set from today on."""
    state = case.state
    office, coming = state.office, state.coming_zone
    if coming is not None and not _running(case):
        office, coming = replace(office, time_zone=coming), None
    today = max(hours.day_of(office, case.now), state.last_day or "")  # days never go back, even if the zone did
    settings = state.settings
    if settings:
        office, settings, _ = laid(plain(office, settings), settings, today)
    same_day = state.last_day == today
    serving = tuple(t for t in state.tickets.values() if t.state == "serving")
    night = Night(state, office, serving, case.now, same_day=same_day)
    first, *more = _pieces(case, today, night)
    lost_today = _today(case, state.lost_at, today)
    case.say(
        e.DayOpened,
        day=today,
        epoch=state.epoch,
        office=office,
        coming_zone=coming,
        settings=settings,
        tickets=serving,
        counters=night.counters(),
        services=night.services(),
        alarms=tuple(state.alarms.values()),
        silences=dict(state.silences),
        numbers=dict(state.numbers) if same_day else {},
        preset=state.preset or None,
        preset_until=state.preset_until,
        preset_before=state.preset_before or None,
        preset_seq=state.preset_seq,
        preset_before_seq=state.preset_before_seq,
        called=night.helpers(),
        book=night.book(),
        quiet=state.quiet if same_day else (),
        switched=dict(state.switched),
        written=tuple(state.written.values()),
        leases=tuple(state.leases.values()) if same_day else (),
        roster={day: duty for day, duty in state.roster.items() if day in WEEKDAYS or day >= today},
        walk_ins={day: shares for day, shares in state.walk_ins.items() if day >= today},
        lost=state.lost if lost_today else (),
        lost_at=state.lost_at if lost_today else 0,
        lost_more=state.lost_more if lost_today else 0,
        ahead=state.ahead,
        reserved=state.reserved if state.reserved is not None and state.reserved.day >= today else None,
        earlier=state.earlier if same_day else earlier(state),
        model=state.model,
        taken_up=state.taken_up,
        **first,
    )
    for piece in more:
        case.say(e.DayCarried, **piece)


def _pieces(case: Case, today: str, night: Night) -> list[dict[str, tuple[Any, ...]]]:
    """Everything that may be long, in pieces of some 100 KB; the first goes into `day_opened` itself.

    A store takes no entry above its `proto-max-bulk-len`. If that is 1 MiB, a checkpoint in one entry could not be written
    after a busy day, and no day would ever open again. All pieces are one batch, so nobody reads half of them.
    """
    state = case.state
    kept: dict[str, tuple[Any, ...]] = {
        "appointments": tuple(
            a for a in state.appointments.values() if a.start > case.now or _today(case, a.start, today)
        ),
        "holds": tuple(h for h in state.holds.values() if h.until > case.now),
        "messages": night.messages(),
        "moves": night.moves(),
        "spent": _keys(case),
    }
    count = max(1, *(-(-len(items) // IN_ONE[name]) for name, items in kept.items()))
    cut = [
        {name: items[at * IN_ONE[name] : (at + 1) * IN_ONE[name]] for name, items in kept.items()}
        for at in range(count)
    ]
    return [piece | {"spent": packed(piece["spent"])} for piece in cut]


def _today(case: Case, start: int, today: str) -> bool:
    return hours.day_of(case.state.office, start) == today


def _keys(case: Case) -> tuple[Spent, ...]:
    """The keys of the last 24 h, so that a press repeated after midnight is still recognised."""
    return tuple(spent for spent in case.state.keys.values() if spent.at + KEY_LIFE_MS > case.now)


def change_epoch(case: Case, command: c.ChangeEpoch) -> None:
    guards.allowed(case)
    case.say(
        e.EpochChanged,
        epoch=case.press.nonce,
        reason=command.reason,
        lost=command.lost,
        reserved=command.reserved,
        lost_more=command.lost_more,
    )


def set_model(case: Case, command: c.SetModel) -> None:
    guards.allowed(case)
    if (command.version, command.taken_up) != (case.state.model, case.state.taken_up):
        case.say(e.ModelSet, version=command.version, taken_up=command.taken_up)


RULES: Rules = {
    c.SetModel: set_model,
    c.ConfigureOffice: configure_office,
    c.OpenDay: open_day,
    c.CloseDay: close_day,
    c.ChangeEpoch: change_epoch,
}
