"""The boards of people who work: a counter's, the supervisor's, the desk's, a station's."""

from server.messages import boards as b
from server.messages.facts import Counter, Ticket
from server.messages.instants import rfc3339
from server.messages.office import StationPlan
from server.messages.rights import NOTES
from server.office import grid, hours, office_grid
from server.office.boards import parts
from server.office.boards.book import helpers, moved, shift_book
from server.office.boards.public import kiosk_services
from server.office.boards.roster import on_duty
from server.office.boards.sheet import QUEUE, Sheet
from server.office.boards.sight import Sight, presence
from server.office.boards.stranded import uncallable
from server.office.boards.voices import heard
from server.office.equipped import in_hand
from server.office.order import presets
from server.office.shown import hidden
from server.office.state import Said, State
from server.office.who_next import may_take, who_next

LISTED = 500
"""The most tickets that the supervisor's table and the reception list."""
ALERTED = 20
"""The most alerts that the table lists: with more, one looks at the first ones anyway."""


def counter(sheet: Sheet, name: str, sight: Sight) -> b.Counter | None:
    state, now = sheet.state, sheet.now
    mine = state.counters.get(name)
    place = state.places.get(name)
    if mine is None or place is None or isinstance(place, StationPlan):
        return None
    queue = sheet.queue(mine)
    stranded, stranded_total = uncallable(sheet, sight)
    by_state = {how: [t for t in sheet.living() if t.state == how] for how in ("parked", "missed", "away")}
    may = grid.of_counter(state, mine, sight.actor)
    listed = (*queue[:QUEUE], *by_state["parked"], *by_state["missed"], *by_state["away"])
    undo = parts.takeback(state, sight, now, "counter", name)
    return b.Counter(
        **parts.heading(state),
        away_minutes=state.office.policy.away_minutes,
        arrival=state.office.policy.arrival,
        counter=parts.face(state, mine, sight),
        current=current(state, mine, now, sight),
        next=_next(state, mine, now),
        waiting=len(queue),
        queue=sheet.lines(queue[:QUEUE]),
        parked=sheet.lines(by_state["parked"]),
        missed=sheet.lines(by_state["missed"]),
        away=sheet.lines(by_state["away"]),
        lines=sheet.services(mine.services),
        colleagues=tuple(face for face in sheet.faces(sight) if face.id != name),
        stations=tuple(b.Reasoned(id=s.id, names={state.office.languages[0]: s.label}) for s in state.office.stations),
        services=sheet.words(),
        messages=tuple(
            parts.note(m)
            for m in state.messages.values()
            if "counters" in (m.places or parts.ROOM)
            if (not m.counters or name in m.counters) and name not in m.acknowledged
        ),
        assignment=parts.given(mine.assignment) if mine.assignment else None,
        break_reasons=parts.reasons(state.office.breaks),
        picking=state.office.policy.picking,
        undo=undo,
        alarms=parts.alarms(state),
        uncallable=stranded,
        uncallable_total=stranded_total,
        reasons=parts.reasons(state.office.reasons),
        help=parts.help_calls(state, now),
        may=(*may, *_may(sheet, sight, undo)),
        may_of_tickets=grid.of_tickets(state, sight.actor, may),
        not_here=_not_here(sheet, mine, may, by_state),
        helpers=helpers(state, called=True),
        moved=moved(state, name),
        not_printed=grid.not_printed(state, sight.actor, listed),
    )


def _may(sheet: Sheet, sight: Sight, undo: b.Takeback | None = None) -> grid.May:
    found = office_grid.of_office(sheet.state, sight.actor, sheet.now)
    return found if undo is None else (*found, "undo")


def _not_here(sheet: Sheet, counter: Counter, may: grid.May, listed: dict[str, list[Ticket]]) -> tuple[str, ...]:
    """Of the queue only tickets for later can be listed here: this counter may call all others."""
    later = sheet.later(counter) if "call_ticket" in may else ()
    asked = [one for how in ("missed", "away") for one in listed[how] if "call_ticket" in may]
    parked = listed["parked"] if "resume_ticket" in may else ()
    return tuple(grid.not_here(sheet.state, counter, (*later, *asked, *parked), sheet.now))


def _may_of_counters(state: State, sight: Sight) -> dict[str, grid.May]:
    found = ((one.id, grid.of_counter(state, state.counters[one.id], sight.actor)) for one in state.office.counters)
    return {name: may for name, may in found if may}


def _next(state: State, counter: Counter, now: int) -> b.Next | None:
    found = who_next(state, counter, now) if counter.state != "closed" else None
    if found is None:
        return None
    ticket, why = found
    return b.Next(id=ticket.id, number=ticket.number, services=ticket.services, why=parts.why_next(why))


def current(state: State, counter: Counter, now: int, sight: Sight) -> b.Current | None:
    """The ticket a counter holds, and whether its call was seen and heard."""
    ticket = state.ticket_at(counter)
    if ticket is None:
        return None
    announced = (s for s in reversed(state.said) if s.ticket == ticket.id and not hidden(state, ticket))
    said = next(announced, None)
    walls = [d.id for d in state.office.displays if state.places[counter.id].zone in d.zones]
    return b.Current(
        ticket=ticket.id,
        number=ticket.number,
        state=ticket.state,
        services=ticket.services,
        in_hand=in_hand(counter, ticket),
        needs=ticket.needs,
        category=ticket.category,
        persons=ticket.persons,
        language=ticket.language,
        since=rfc3339((ticket.started_at if ticket.state == "serving" else ticket.called_at) or ticket.issued_at),
        waited=ticket.waited // 1000,
        attempt=ticket.attempt,
        why=parts.why(ticket.why),
        issued_at=rfc3339(ticket.issued_at),
        note=sight.notes.get(ticket.id) if sight.actor.role in NOTES else None,
        seen_on=tuple(wall for wall in walls if _saw(sight, wall, said)),
        displays=len(walls),
        spoken=heard(state, said, sight.seen),
    )


def _saw(sight: Sight, wall: str, said: Said | None) -> bool:
    report = sight.seen.get(f"display:{wall}")
    return said is not None and report is not None and int(report.get("seq") or 0) >= said.seq


def supervisor(sheet: Sheet, sight: Sight) -> b.Supervisor:
    state, now = sheet.state, sheet.now
    others = [t for t in sheet.living() if t.state != "waiting"]
    stranded, stranded_total = uncallable(sheet, sight)
    listed = (*others, *sheet.order())[:LISTED]
    undo = parts.takeback(state, sight, now, "supervisor")
    return b.Supervisor(
        **parts.heading(state),
        open=state.day is not None and hours.open_now(state.office, None, now),
        services=sheet.services(state.plans),
        counters=sheet.faces(sight),
        assignments={c.id: parts.given(c.assignment) for c in state.counters.values() if c.assignment},
        tickets=sheet.lines(listed),
        devices=devices(state, now, sight),
        alarms=parts.alarms(state),
        help=parts.help_calls(state, now),
        messages=tuple(parts.note(m) for m in state.messages.values()),
        policy=state.preset or state.office.policy.preset,
        presets=tuple(presets(state.office)),
        moves=tuple(parts.set_of_moves(moves) for moves in state.moves.values() if not moves.single),
        break_reasons=parts.reasons(state.office.breaks),
        reasons=parts.reasons(state.office.reasons),
        lost=state.lost,
        lost_more=state.lost_more,
        clock_jump=None if sight.clock_jump is None else round(sight.clock_jump / 1000),
        worries=sight.worries,
        curve=None,
        fairness=None,
        last_ticket_at={name: rfc3339(at) for name, at in state.last_issued.items()},
        advice=None,
        undo=undo,
        uncallable=stranded,
        uncallable_total=stranded_total,
        may=_may(sheet, sight, undo),
        may_of_counters=_may_of_counters(state, sight),
        may_of_tickets=grid.of_tickets(state, sight.actor),
        roster=on_duty(state),
        shift_book=shift_book(state),
        helpers=helpers(state, called=False),
        may_of_services=office_grid.of_services(state, sight.actor),
        not_printed=grid.not_printed(state, sight.actor, listed),
        alerts=sight.alerts[:ALERTED],
        alerts_total=len(sight.alerts),
    )


def devices(state: State, now: int, sight: Sight) -> tuple[b.Device, ...]:
    """Every device of the office file, in its order; one never seen is `unknown`."""
    office = state.office
    listed = (
        *(("display", d.id, d.name) for d in office.displays),
        *(("kiosk", k.id, k.name) for k in office.kiosks),
        *(("printer", p.id, p.name) for p in office.printers),
        *(("announcer", z.id, z.names.get(office.languages[0], z.id)) for z in office.zones),
        *(("station", s.id, s.label) for s in office.stations),
    )
    return tuple(_device(kind, name, title, now, sight) for kind, name, title in listed)


def _device(kind: str, name: str, title: str, now: int, sight: Sight) -> b.Device:
    report = sight.seen.get(f"{kind}:{name}")
    state = presence(report, now)
    report = report or {}
    return b.Device(
        id=name,
        kind=kind,
        name=title,
        state=state,
        seen_at=rfc3339(int(report["at"])) if "at" in report else None,
        seq=int(report["seq"]) if report.get("seq") is not None else None,
        delay_ms=int(report["delay_ms"]) if report.get("delay_ms") is not None else None,
        sound=report.get("sound"),
        detail=report.get("reason") or report.get("state"),
    )


def desk(sheet: Sheet, sight: Sight) -> b.Desk:
    state, now = sheet.state, sheet.now
    stranded, stranded_total = uncallable(sheet, sight)
    listed = parts.ordered(state, sheet.living(), now)[:LISTED]
    undo = parts.takeback(state, sight, now, "desk")
    return b.Desk(
        **parts.heading(state),
        away_minutes=state.office.policy.away_minutes,
        services=kiosk_services(sheet, tuple(state.plans)),
        tickets=sheet.lines(listed),
        counters=sheet.faces(sight),
        messages=tuple(parts.note(m) for m in state.messages.values()),
        help=parts.help_calls(state, now),
        alarms=parts.alarms(state),
        devices=devices(state, now, sight),
        undo=undo,
        uncallable=stranded,
        uncallable_total=stranded_total,
        may=_may(sheet, sight, undo),
        may_of_counters=_may_of_counters(state, sight),
        may_of_tickets=grid.of_tickets(state, sight.actor),
        not_printed=grid.not_printed(state, sight.actor, listed),
        helpers=helpers(state, called=True),
    )


def station(sheet: Sheet, name: str, sight: Sight) -> b.Station | None:
    state, now = sheet.state, sheet.now
    here = state.counters.get(name)
    place = state.places.get(name)
    if here is None or not isinstance(place, StationPlan):
        return None
    waiting = sum(may_take(state, here, t, now) for t in state.waiting_tickets())
    return b.Station(
        office=state.office.id,
        station=name,
        label=place.label,
        current=current(state, here, now, sight),
        waiting=waiting,
        may=(*grid.of_counter(state, here, sight.actor), *_may(sheet, sight)),
    )
