"""The conditions of alerts: what is true now and needs somebody to act, from the state and from what boards are handed.

Pure. `server.letters` asks every few seconds; there a condition that has lasted long enough becomes an alert.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from server.messages.boards import ALERTS, Alert, OverbookedVisit, Worry
from server.messages.facts import Ticket
from server.messages.instants import rfc3339
from server.messages.terms import AlertCode
from server.office import hours
from server.office.boards.sheet import Sheet
from server.office.boards.sight import Sight, presence
from server.office.boards.voices import silent_zones
from server.office.overbooked import overbooked
from server.office.state import State

FULL_LINE = 3
"""Staff may have reasons to let one or two people wait; three or more are a line."""
LISTED = 20
"""The most bookings without room that an alert lists, the next ones first; its count says how many there are."""
OF_WORRIES: dict[str, AlertCode] = {
    "durability": "durability",
    "replicas": "durability",
    "one_store": "durability",
    "clock": "clock",
}
AWAITED = frozenset({"waiting", "called", "away"})
"""States of a ticket whose owner may still have to come to a counter."""
PRINTS = frozenset({"ok", "paper_low", "no_status"})
"""States of a printer in which it prints, as far as anybody knows."""


class Condition(NamedTuple):
    """True now; `place` is empty for the whole office. The fields are those of an alert; `people`: its `count`; `visits` are not
    written down."""

    code: AlertCode
    place: str = ""
    detail: str | None = None
    people: int | None = None
    minutes: int | None = None
    target: int | None = None
    visits: tuple[OverbookedVisit, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.code}:{self.place}" if self.place else self.code

    def alert(self, since: int) -> Alert:
        return Alert(
            id=self.id,
            code=self.code,
            place=self.place or None,
            since=rfc3339(since),
            detail=self.detail,
            count=self.people,
            minutes=self.minutes,
            target=self.target,
            visits=self.visits,
        )


def rank(alert: Alert) -> tuple[int, str, str]:
    """The order on the table: the worst first, among equals the oldest."""
    return ALERTS.index(alert.code), alert.since, alert.id


def conditions(state: State, now: int, sight: Sight, standing: Collection[str] = ()) -> dict[str, Condition]:
    """By id.

    `standing`: ids of the alerts that are on. They tell apart two devices without a report: one that has been silent so long
    that its last report is forgotten, and one that never reported and may not have been set up yet.
    """
    found = (
        *_of_worries(sight.worries),
        *_of_lines(Sheet(state, now, sight.waits)),
        *_of_bookings(state, now),
        *_of_devices(state, now, sight, standing),
    )
    return {one.id: one for one in found}


def _of_worries(worries: tuple[Worry, ...]) -> Iterator[Condition]:
    for worry in worries:
        if worry.code in OF_WORRIES:
            yield Condition(OF_WORRIES[worry.code], detail=worry.detail)


def _of_lines(sheet: Sheet) -> Iterator[Condition]:
    state, reach = sheet.state, sheet.reach
    for service, (count, why) in reach.unreached().items():
        yield Condition("no_counter", service, detail=why, people=count)
    for line, late in sheet.over_target():
        wait = line.expected
        predicted = wait.median if wait is not None and wait.median > line.target else None
        yield Condition("over_target", line.id, people=late or None, minutes=predicted, target=line.target)
    for counter in (state.counters[plan.id] for plan in state.office.counters):
        if counter.state != "open" or counter.coming_pause or state.ticket_at(counter) is not None:
            continue
        if (count := sheet.queues.in_lines(counter)) >= FULL_LINE:
            yield Condition("idle_counter", counter.id, people=count)


def _of_bookings(state: State, now: int) -> Iterator[Condition]:
    found = [*overbooked(state, now)]
    visits = (
        OverbookedVisit(
            appointment=one.id,
            code=one.code,
            start=rfc3339(one.start),
            services=one.services,
            persons=one.persons,
            reason=reason,
        )
        for one, reason in found[:LISTED]
    )
    if found:
        yield Condition("overbooked", people=len(found), visits=tuple(visits))


def _of_devices(state: State, now: int, sight: Sight, standing: Collection[str]) -> Iterator[Condition]:
    """Only while the office is open: in the evening people switch screens off."""
    office = state.office
    if state.day is None or not hours.open_now(office, None, now):
        return
    for printer in office.printers:
        said = sight.seen.get(f"printer:{printer.id}", {}).get("state")
        if said is not None and said not in PRINTS:
            yield Condition("printer", printer.id, detail=str(said))
    for zone in silent_zones(state, now, sight.seen):
        yield Condition("mute", zone)
    seen_by = _of_eyes(state)
    for device in _devices(state):
        if not _is_lost(device, now, sight, standing):
            continue
        if people := seen_by.get(device, 0):
            yield Condition("visual_call", device, people=people)
        else:
            yield Condition("device", device)


def _is_lost(device: str, now: int, sight: Sight, standing: Collection[str]) -> bool:
    how = presence(sight.seen.get(device), now)
    told = f"device:{device}" in standing or f"visual_call:{device}" in standing
    return how in ("late", "offline") or (how == "unknown" and told)


def _of_eyes(state: State) -> dict[str, int]:
    """By display: how many people who must see their call may be called in one of its zones."""
    looking = [one for one in state.living() if one.state in AWAITED and "visual_call" in one.needs]
    zones = [_zones_of(state, ticket) for ticket in looking]
    return {f"display:{one.id}": sum(not zone.isdisjoint(one.zones) for zone in zones) for one in state.office.displays}


def _zones_of(state: State, ticket: Ticket) -> set[str]:
    """The zones in which a ticket may be called: that of its call now, else those of all open counters that serve what it
    wants."""
    if ticket.counter is not None:
        return {state.places[ticket.counter].zone}
    serving = (one for one in state.counters.values() if one.state != "closed")
    return {state.places[one.id].zone for one in serving if not set(one.services).isdisjoint(ticket.services)}


def _devices(state: State) -> Iterator[str]:
    office = state.office
    yield from (f"display:{one.id}" for one in office.displays)
    yield from (f"kiosk:{one.id}" for one in office.kiosks)
    yield from (f"printer:{one.id}" for one in office.printers)
    yield from (f"announcer:{one.id}" for one in office.zones)
    yield from (f"station:{one.id}" for one in office.stations)
