"""The parts that boards share: a ticket in a list, a counter's face, a service's line, messages, alarms, the undo bar."""

from collections.abc import Iterable
from itertools import chain
from typing import TypedDict, TypeVar

from server.messages import boards as b
from server.messages import facts
from server.messages.instants import at_or_none, rfc3339
from server.messages.office import Named, Office, StationPlan
from server.messages.rights import COMMANDS
from server.office import hours, with_set
from server.office.boards.outlook import Outlook
from server.office.boards.queues import returned
from server.office.boards.sight import Sight
from server.office.reach import Reach
from server.office.state import UNDO_FOR_MS, Act, State
from server.office.undoable import overtaken, undoable

PAGES = ("counter", "supervisor", "desk", "kiosk", "station")
"""Pages that begin their keys with their own name: `counter~<anything>`.

Keys of other programs name no page, so every page offers the undo.
"""
ROOM = ("displays", "counters")
"""The kinds of screens that show a message which names none."""
ANSWERED_FOR_MS = 300_000
"""How long a call for help stays listed after somebody accepted it, ms."""


Row = TypeVar("Row", bound=b.Line)


class Heading(TypedDict):
    """What the boards of counter, supervisor and reception begin with."""

    office: str
    name: str
    languages: tuple[str, ...]
    time_zone: str
    day: str | None
    practice: bool


def heading(state: State) -> Heading:
    office = state.office
    return Heading(
        office=office.id,
        name=office.name,
        languages=office.languages,
        time_zone=office.time_zone,
        day=state.day,
        practice=office.practice,
    )


def why(said: facts.Why | None) -> b.Why | None:
    return None if said is None else b.Why(code=said.code, waited=said.waited // 1000, slot=at_or_none(said.slot))


def why_next(said: facts.Why) -> b.Why:
    """Why somebody is likely to be next. `waited` is 0 until the call: an age here would change the board each second."""
    return b.Why(code=said.code, waited=0, slot=at_or_none(said.slot))


def why_order(ticket: facts.Ticket) -> b.Why | None:
    """Why a waiting ticket has its place in the order, if something other than its time of issue decides."""
    if returned(ticket):
        return b.Why(code="returned", waited=0, slot=None)
    if ticket.slot is not None:
        return b.Why(code="appointment", waited=0, slot=rfc3339(ticket.slot))
    if ticket.boost:
        return b.Why(code="boost", waited=0, slot=None)
    if ticket.category == "priority":
        return b.Why(code="priority", waited=0, slot=None)
    return None


def line(reach: Reach, outlook: Outlook, ticket: facts.Ticket, kind: type[Row]) -> Row:
    expected, reason = outlook.of_ticket(ticket)
    since = ticket.called_at or ticket.missed_at or ticket.away_until
    not_before = ticket.not_before if ticket.not_before and ticket.not_before > reach.now else None
    return kind(
        id=ticket.id,
        number=ticket.number,
        services=ticket.services,
        category=ticket.category,
        needs=ticket.needs,
        language=ticket.language,
        persons=ticket.persons,
        state=ticket.state,
        waiting_since=rfc3339(reach.state.waits_since(ticket)),
        expected=expected,
        expected_reason=reason,
        why_order=why_order(ticket) if ticket.state == "waiting" else None,
        not_before=at_or_none(not_before),
        since=at_or_none(since),
        counter=ticket.counter,
        slot=at_or_none(ticket.slot),
        misses=ticket.misses,
        quantities=ticket.quantities,
    )


def place(state: State, counter: str, *, step_free: bool = False) -> b.Place:
    """A place, and the way to it: that without steps in every language that has one, for who needs it."""
    place = state.places[counter]
    way = place.way | place.way_step_free if step_free else place.way
    return b.Place(id=place.id, label=place.label, way=way, zone=place.zone, arrow=place.arrow)


def face(state: State, counter: facts.Counter, sight: Sight) -> b.CounterFace:
    """A counter as staff see it. It never says who holds it, only whether that is the person who looks."""
    place = state.places[counter.id]
    ticket = state.ticket_at(counter)
    extra = () if isinstance(place, StationPlan) else place.skills
    return b.CounterFace(
        id=place.id,
        label=place.label,
        zone=place.zone,
        state=counter.state,
        services=counter.services,
        skills=tuple(dict.fromkeys((*place.services, *extra))),
        features=place.features,
        since=rfc3339(counter.since) if counter.since else None,
        current=ticket.number if ticket else None,
        current_state=ticket.state if ticket else None,
        reason=counter.reason,
        back_at=at_or_none(counter.back_at),
        coming_pause=counter.coming_pause,
        held=counter.state != "closed" and counter.holder is not None,
        holder_is_me=sight.actor.holds(counter.holder),
    )


def service_line(reach: Reach, outlook: Outlook, name: str, oldest: int | None) -> b.ServiceLine:
    """`oldest`: when the longest wait of its tickets began."""
    state, now = reach.state, reach.now
    plan, service = state.plans[name], with_set.service(state, state.services[name])
    expected, reason = outlook.of_service(plan)
    return b.ServiceLine(
        id=name,
        letter=plan.letter,
        names=plan.names,
        open=not service.closed and hours.open_now(state.office, plan, now),
        reason=service.reason if service.closed else None,
        until=at_or_none(service.until) if service.closed else None,
        waiting=state.waiting(name),
        longest_wait=at_or_none(oldest),
        expected=expected,
        expected_reason=reason,
        served=reach.of((name,)) is None,
        target=plan.target_minutes,
    )


def oldest(state: State) -> dict[str, int]:
    """By service, when the longest wait of its tickets began. It may lie ahead, if somebody came early for an appointment."""
    found: dict[str, int] = {}
    lines = state.lines
    outside = (state.tickets[place.ticket] for places in (lines.later, *lines.bound.values()) for place in places)
    for services, at in chain(
        ((line.services, line.since[0]) for line in lines.all()),
        ((one.services, state.waits_since(one)) for one in outside),
    ):
        for name in services:
            if at < found.get(name, at + 1):
                found[name] = at
    return found


def service_words(state: State, names: Iterable[str]) -> tuple[b.ServiceWords, ...]:
    plans = (state.plans[name] for name in names if name in state.plans)
    return tuple(
        b.ServiceWords(
            id=plan.id, letter=plan.letter, names=plan.names, back_office=plan.back_office, pictogram=plan.pictogram
        )
        for plan in plans
    )


def note(message: facts.Message) -> b.Note:
    return b.Note(
        id=message.id,
        text=message.text,
        at=rfc3339(message.at),
        until=at_or_none(message.until),
        speak=message.speak,
        places=message.places,
    )


def alarms(state: State) -> tuple[b.Alarm, ...]:
    return tuple(_alarm(state, alarm) for alarm in state.alarms.values())


def _alarm(state: State, alarm: facts.Alarm) -> b.Alarm:
    place = state.places.get(alarm.place)
    return b.Alarm(
        place=alarm.place,
        label=place.label if place else "",
        way=place.way if place else {},
        at=rfc3339(alarm.at),
        accepted_by=alarm.accepted_by,
    )


def help_calls(state: State, now: int) -> tuple[b.HelpCall, ...]:
    recent = (call for call in state.help.values() if call.accepted_by is None or now - call.at < ANSWERED_FOR_MS)
    return tuple(help_call(state, call) for call in recent)


def help_call(state: State, call: facts.Help) -> b.HelpCall:
    names = {kiosk.id: kiosk.name for kiosk in state.office.kiosks} | {
        one.id: one.label for one in state.office.stations
    }
    name, comes = names.get(call.device, ""), call.accepted_by
    if comes is not None and comes.startswith("supervisor:"):
        comes = "supervisor"  # everybody in front of a kiosk may read this: not which account it was
    return b.HelpCall(id=call.id, device=call.device, at=rfc3339(call.at), accepted_by=comes, name=name)


def reasons(named: Iterable[Named]) -> tuple[b.Reasoned, ...]:
    return tuple(b.Reasoned(id=one.id, names=one.names) for one in named)


def profiles(office: Office) -> tuple[b.ProfileWords, ...]:
    return tuple(b.ProfileWords(id=one.id, names=one.names, services=one.services) for one in office.profiles)


def given(assignment: facts.Assignment) -> b.Given:
    return b.Given(
        services=assignment.services,
        by=assignment.by,
        reason=assignment.reason,
        until=at_or_none(assignment.until),
        before=assignment.before,
    )


def set_of_moves(moves: facts.Moves, key: str) -> b.MovesSet:
    return b.MovesSet(
        key=key,
        at=rfc3339(moves.at),
        services=tuple(service.id for service in moves.services),
        before=(),
        counters=tuple(counter.id for counter in moves.counters),
        policy=moves.policy is not None,
        by=moves.by,
        reason=moves.reason,
        until=at_or_none(moves.until),
    )


def _elsewhere(key: str, page: str) -> bool:
    """Whether a page of another kind made this key: one browser may show a kiosk, a counter and the supervisor's table."""
    kind, mark, _ = key.partition("~")
    return bool(mark) and kind in PAGES and kind != page


def latest(state: State, sight: Sight, now: int, page: str) -> list[tuple[str, Act]]:
    """The presses of the person who looks, on this kind of page, that are young enough to be undone: key and press, the newest
    first."""
    if state.day is None or sight.actor.role not in COMMANDS["undo"]:
        return []
    found = []
    for (who, key), act in reversed(state.acts.items()):
        if now - act.at > UNDO_FOR_MS:
            break  # acts are in the order of time: all that follow here are older
        if who == sight.actor.principal and undoable(act) and not _elsewhere(key, page):
            found.append((key, act))
    return found


def takeback(state: State, key: str, act: Act) -> b.Takeback | None:
    """One of these as the undo bar offers it; None if it was overtaken."""
    if overtaken(state, act):
        return None
    until = rfc3339(act.at + UNDO_FOR_MS)
    did = tuple(did_of(state, deed) for deed in act.did)
    return b.Takeback(key=key, at=rfc3339(act.at), until=until, type=act.type, number=act.number, did=did)


def undo(state: State, sight: Sight, now: int, page: str) -> b.Takeback | None:
    """The latest press of the person who looks that can still be undone, on this kind of page."""
    offered = (takeback(state, key, act) for key, act in latest(state, sight, now, page))
    return next((one for one in offered if one is not None), None)


def did_of(state: State, deed: facts.Deed) -> b.Did:
    before = deed.before if deed.type == "counter_assigned" else deed.services
    return b.Did(
        type=deed.type,
        number=deed.number,
        counter=state.places[deed.counter].label if deed.counter in state.places else None,
        service=deed.service,
        added=tuple(name for name in deed.services if name not in before),
        removed=tuple(name for name in before if name not in deed.services),
        until=at_or_none(deed.until),
        to_service=deed.to_service,
        helper=deed.helper,
        preset=deed.preset,
        minutes=deed.minutes,
        tickets=deed.tickets,
    )
