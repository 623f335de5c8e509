"""The boards of people who work: the supervisor's, the desk's, a station's; and what they share with a counter's (`counter`)."""

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from server.messages import boards as b
from server.messages.actor import Actor
from server.messages.facts import Counter, Ticket
from server.messages.instants import at_or_none, rfc3339
from server.messages.office import StationPlan
from server.messages.rights import BOARDS, COMMANDS, DEVICES, DEVICES_KEPT, NOTES
from server.office import grid, hours, office_grid
from server.office.boards import parts
from server.office.boards.book import helpers, rules, sets, shift_book, situations
from server.office.boards.public import kiosk_services, last_help
from server.office.boards.queues import ordered
from server.office.boards.roster import on_duty
from server.office.boards.sheet import Sheet
from server.office.boards.sight import ONLINE_MS, Sight, presence
from server.office.boards.stranded import uncallable
from server.office.boards.voices import heard, zone_sounds
from server.office.equipped import in_hand
from server.office.order import presets
from server.office.shown import hidden
from server.office.state import SpokenCall, State
from server.office.who_next import who_next

ALERTED = 20
"""The most alerts that the table lists: of more, people look at the first ones anyway."""
AT_COUNTERS, ABSENT = 100, 20
"""The most tickets that the supervisor's table and reception list: at counters, and in each state other than "waiting"."""
WHOLE = 2_000
"""The most tickets of the board `line`."""


def breaks(sheet: Sheet) -> tuple[b.Reasoned, ...]:
    return sheet.kept("breaks", lambda: parts.reasons(sheet.state.office.breaks))


def reasons(sheet: Sheet) -> tuple[b.Reasoned, ...]:
    return sheet.kept("reasons", lambda: tuple(_for_staff(sheet)))


def _for_staff(sheet: Sheet) -> Iterator[b.Reasoned]:
    """In the languages of staff only: citizens read it too, in more languages."""
    for one in parts.reasons(sheet.state.office.reasons):
        yield replace(one, names=sheet.for_staff(one.names))


def alarms(sheet: Sheet) -> tuple[b.Alarm, ...]:
    return sheet.kept("alarms", lambda: parts.alarms(sheet.state))


def help_calls(sheet: Sheet) -> tuple[b.HelpCall, ...]:
    return sheet.once("help", lambda: parts.help_calls(sheet.state, sheet.now))


def may_of_office(sheet: Sheet, sight: Sight, undo: b.Takeback | None = None) -> grid.May:
    role, device = sight.actor.role, sight.actor.device  # the grid asks nothing else about the actor
    found = sheet.once(("may", role, device), lambda: office_grid.of_office(sheet.state, sight.actor, sheet.now))
    return found if undo is None else (*found, "undo")


def _may_of_counters(sheet: Sheet, sight: Sight) -> dict[str, grid.May]:
    state = sheet.state
    found = ((one.id, may_of_counter(sheet, state.counters[one.id], sight.actor)) for one in state.office.counters)
    return {name: may for name, may in found if may}


def may_of_counter(sheet: Sheet, counter: Counter, actor: Actor) -> grid.May:
    """What somebody may do at a counter: most presses change that for one counter only."""
    state = sheet.state
    since = (state.office, state.day, counter, state.ticket_at(counter), sheet.messages())
    return sheet.lasting(("may", counter.id, actor), since, lambda: grid.of_counter(state, counter, actor))


def current(state: State, counter: Counter, sight: Sight) -> b.Current | None:
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
        channel=ticket.channel,
        phrase=counter.phrase,
        quantities=ticket.quantities,
    )


def next_of(sheet: Sheet, counter: Counter) -> b.Next | None:
    """Who is likely to be next at a counter or station."""
    if (found := who_next(sheet.state, counter, sheet.now)) is None:
        return None
    ticket, why = found
    return b.Next(id=ticket.id, number=ticket.number, services=ticket.services, why=parts.why_next(why))


def _saw(sight: Sight, wall: str, said: SpokenCall | None) -> bool:
    report = sight.seen.get(f"display:{wall}")
    return said is not None and report is not None and int(report.get("seq") or 0) >= said.seq


def supervisor(sheet: Sheet, sight: Sight) -> b.Supervisor:
    state, now = sheet.state, sheet.now
    stranded, stranded_total = uncallable(sheet, sight)
    waiting = sheet.once("longest", sheet.queues.longest)
    listed = sheet.once("table", lambda: (*_others(sheet), *waiting.first))
    undo = parts.undo(state, sight, now, "supervisor")
    return b.Supervisor(
        **parts.heading(state),
        open=state.day is not None and hours.open_now(state.office, None, now),
        services=sheet.troubled(),
        counters=sheet.faces(sight),
        assignments=_assignments(sheet),
        tickets=sheet.lines(listed),
        waiting_total=waiting.total,
        tickets_total=len(state.alive),
        devices=_devices(sheet, sight),
        alarms=alarms(sheet),
        help=help_calls(sheet),
        messages=tuple(parts.note(m) for m in state.messages.values()),
        policy=state.preset or state.office.policy.preset,
        presets=tuple(presets(state.office)),
        moves=sets(state),
        break_reasons=breaks(sheet),
        reasons=reasons(sheet),
        lost=state.lost,
        lost_more=state.lost_more,
        clock_jump=None if sight.clock_jump is None else round(sight.clock_jump / 1000),
        worries=sight.worries,
        curve=sight.curve,
        fairness=sight.fairness,
        last_ticket_at={name: rfc3339(at) for name, at in state.last_issued.items()},
        advice=sight.advice.advice,
        advice_none=sight.advice.advice_none,
        advice_short=sight.advice.advice_short,
        advice_rests=sight.advice.advice_rests,
        undo=undo,
        uncallable=stranded,
        uncallable_total=stranded_total,
        may=may_of_office(sheet, sight, undo),
        may_of_counters=_may_of_counters(sheet, sight),
        may_of_tickets=grid.of_tickets(state, sight.actor),
        roster=on_duty(state),
        shift_book=shift_book(sheet),
        situations=situations(state),
        rules=rules(state),
        helpers=helpers(state, called=False),
        may_of_services=office_grid.of_services(state, sight.actor),
        not_printed=grid.not_printed(state, sight.actor, listed),
        alerts=sight.alerts[:ALERTED],
        alerts_total=len(sight.alerts),
        keeps_devices=sight.actor.role in DEVICES_KEPT,
        sound=tuple(zone_sounds(sheet, sight.seen)),
        speakers=sight.speakers,
    )


def _assignments(sheet: Sheet) -> dict[str, b.Given]:
    known = map(sheet.with_set, sheet.state.counters.values())
    return {one.id: parts.given(one.assignment) for one in known if one.assignment is not None}


def _others(sheet: Sheet) -> tuple[Ticket, ...]:
    """The tickets that do not wait, in the order of issue: not all, if there are very many."""
    kinds = (
        sheet.others("called", "serving")[:AT_COUNTERS],
        *(sheet.others(how)[:ABSENT] for how in ("parked", "away", "missed")),
    )
    return tuple(sorted(chain(*kinds), key=attrgetter("seq")))


def _devices(sheet: Sheet, sight: Sight) -> tuple[b.Device, ...]:
    return sheet.once("devices", lambda: devices(sheet.state, sheet.now, sight), sight.seen)


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
    seen_at = int(report["at"]) if "at" in report else None
    if seen_at is not None and state == "online":
        seen_at -= seen_at % ONLINE_MS  # the age itself would change the board at each beat of each device
    return b.Device(
        id=name,
        kind=kind,
        name=report.get("named") or title,
        state=state,
        seen_at=at_or_none(seen_at),
        seq=int(report["seq"]) if report.get("seq") is not None else None,
        delay_ms=int(report["delay_ms"]) if report.get("delay_ms") is not None else None,
        sound=report.get("sound"),
        detail=report.get("reason") or report.get("state"),
        paired=report.get("named") is not None,
        version=report.get("version"),
        outdated=report.get("version") not in (None, sight.version),
        keeps=report.get("keeps"),
    )


def desk(sheet: Sheet, sight: Sight) -> b.Desk:
    state, now = sheet.state, sheet.now
    stranded, stranded_total = uncallable(sheet, sight)
    waiting = sheet.queues.everybody()
    listed = ordered(state, (*_others(sheet), *waiting.first), now)
    undo = parts.undo(state, sight, now, "desk")
    return b.Desk(
        **parts.heading(state),
        away_minutes=state.office.policy.away_minutes,
        services=sheet.once("offered", lambda: tuple(_offered(sheet))),
        tickets=sheet.lines(listed),
        waiting_total=waiting.total,
        tickets_total=len(state.alive),
        counters=sheet.faces(sight),
        messages=tuple(parts.note(m) for m in state.messages.values()),
        help=help_calls(sheet),
        alarms=alarms(sheet),
        devices=_devices(sheet, sight),
        undo=undo,
        uncallable=stranded,
        uncallable_total=stranded_total,
        may=may_of_office(sheet, sight, undo),
        may_of_counters=_may_of_counters(sheet, sight),
        may_of_tickets=grid.of_tickets(state, sight.actor),
        not_printed=grid.not_printed(state, sight.actor, listed),
        helpers=helpers(state, called=True),
        break_reasons=breaks(sheet),
    )


def line(sheet: Sheet, service: str) -> b.WholeLine | None:
    """Everybody who waits for a service."""
    state = sheet.state
    if service not in state.plans:
        return None
    queue = sheet.queues.of_service(service, WHOLE)
    return b.WholeLine(
        **parts.heading(state),
        service=sheet.services((service,))[0],
        tickets=sheet.lines(queue.first),
        waiting_total=queue.total,
    )


def _offered(sheet: Sheet) -> Iterator[b.KioskService]:
    oldest = sheet.oldest()
    for one in kiosk_services(sheet, tuple(sheet.state.plans)):
        yield replace(one, longest_wait=at_or_none(oldest.get(one.id)))


def _help_here(sheet: Sheet, name: str, sight: Sight) -> grid.May:
    """The page of a station that staff have opened asks for help too; what the device itself may is in the office's grid."""
    role = sight.actor.role
    opens = COMMANDS["request_help"] & BOARDS["station"] - DEVICES
    asks = role in opens and office_grid.unheard(sheet.state, name)
    return ("request_help",) if asks else ()


def station(sheet: Sheet, name: str, sight: Sight) -> b.Station | None:
    state = sheet.state
    here = state.counters.get(name)
    place = state.places.get(name)
    if here is None or not isinstance(place, StationPlan):
        return None
    return b.Station(
        office=state.office.id,
        station=name,
        label=place.label,
        current=current(state, here, sight),
        waiting=sheet.queues.of_counter(here).total,
        may=(*grid.of_counter(state, here, sight.actor), *may_of_office(sheet, sight), *_help_here(sheet, name, sight)),
        languages=state.office.languages,
        time_zone=state.office.time_zone,
        services=sheet.words(),
        next=next_of(sheet, here) if here.state == "open" else None,
        help=last_help(sheet, name),
        practice=state.office.practice,
    )
