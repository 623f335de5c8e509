"""The wall display's board: all that the public sees."""

from collections.abc import Iterator

from msgspec.structs import replace

from server.messages import boards as b
from server.messages.facts import Counter, Message, Ticket
from server.messages.instants import MINUTE, SECOND, at_or_none, rfc3339
from server.messages.office import Display, Media, Office, ServicePlan
from server.messages.terms import Phrase
from server.messages.texts import in_language
from server.office import hours
from server.office.boards import parts
from server.office.boards.announced import in_force
from server.office.boards.parts import ROOM
from server.office.boards.queues import ordered
from server.office.boards.sheet import Sheet
from server.office.boards.sight import Sight
from server.office.shown import hidden
from server.office.state import Shown, State

MOVED_FOR_MS = 10 * MINUTE
"""How long walls say which numbers were moved to another service, ms."""
MOVED_LISTED = 5
"""The most moved numbers that a wall names."""


ABOUT_PAPERS: frozenset[Phrase] = frozenset({"papers", "come_back"})


def display_of(office: Office, name: str) -> Display | None:
    return next((display for display in office.displays if display.id == name), None)


def wall(sheet: Sheet, name: str, sight: Sight) -> b.Display | None:
    """Calls newest first, people waiting per public service, next and missed numbers, messages."""
    state, now = sheet.state, sheet.now
    display = display_of(state.office, name)
    if display is None:
        return None
    here, beside = _halves(state, display, now)
    return b.Display(
        office=state.office.id,
        name=state.office.name,
        display=display.id,
        title=display.name,
        time_zone=state.office.time_zone,
        languages=display.languages or state.office.languages,
        open=state.day is not None and hours.open_now(state.office, None, now),
        zones=display.zones,
        lines=display.lines,
        calls=_calls(state, display, here, now),
        waiting=_waiting(sheet),
        messages=tuple(parts.note(m) for m in state.messages.values() if _for_display(m, display, now)),
        numbers_waiting=_next_numbers(sheet),
        missed=_missed(sheet),
        hide_after=state.office.calls.hide_after,
        moved=_moved(sheet),
        room=_room(state, display),
        diagonal=display.diagonal,
        distance=display.distance,
        aspect=display.aspect,
        wakes=display.wakes,
        sleeps=display.sleeps,
        desk=_desk(state, display),
        silent=tuple(zone for zone in display.zones if zone in state.silences),
        said=tuple(id for zone in display.zones for id in in_force(state, zone)),
        logo=_logo(state.office),
        media=any(shows(media, display.id) for media in state.office.media) and display.counter is None,
        newest_beside=bool(beside) and _newest(state, beside, now) > _newest(state, here, now),
        # on a public display whoever is at home could read it
        door=sight.door(now) if display.door_code and not display.public else None,
    )


def shows(media: Media, display: str) -> bool:
    return not media.displays or display in media.displays


def _logo(office: Office) -> b.Logo | None:
    """Its address changes with the office file: browsers that know the old picture ask for the new one."""
    name = office.theme.logo
    if name is None:
        return None
    kind = name.rpartition(".")[2]
    address = f"/static/theme/{office.id}/logo-{office.revision}.{kind}"
    return b.Logo(address=address, text=office.theme.logo_text)


def _desk(state: State, display: Display) -> b.OverDesk | None:
    """The counter over which it hangs; one that is not there any more counts as closed."""
    if display.counter is None or display.counter not in state.places:
        return None
    counter = state.counters.get(display.counter)
    return b.OverDesk(
        counter=_place(state, display.counter),
        state=counter.state if counter is not None else "closed",
        back_at=at_or_none(counter.back_at) if counter is not None else None,
        sentence=_sentence(state, counter) if counter is not None else None,
    )


def _sentence(state: State, counter: Counter) -> b.SentenceShown | None:
    ticket, phrase, known = state.ticket_at(counter), counter.phrase, state.office.languages
    if ticket is None or phrase is None:
        return None
    language = ticket.language or known[0]
    plans = (state.plans[name] for name in ticket.services if name in state.plans)
    papers = (paper for plan in plans for paper in in_language(plan.papers, language, known, ()))
    return b.SentenceShown(phrase=phrase, language=language, papers=tuple(papers) if phrase in ABOUT_PAPERS else ())


def _room(state: State, display: Display) -> dict[str, str]:
    """The name of the first of its zones: people look for the room they are in, not for the name of a screen."""
    return _named(state, display.zones[0]) if display.zones else {}


def _other_room(state: State, display: Display, call: Shown) -> dict[str, str]:
    zone = state.places[call.counter].zone
    return _named(state, zone) if zone in display.zones[1:] else {}


def _named(state: State, zone: str) -> dict[str, str]:
    found = state.zones.get(zone)
    return {} if found is None else found.names | found.sign


def _halves(state: State, display: Display, now: int) -> tuple[list[Shown], list[Shown]]:
    """The calls of this display, and those of the screen beside it; newest first."""
    newest_first = reversed(state.shown.values())  # the sort below is stable: calls of the same ms stay newest first
    up = [call for call in newest_first if _up(state, call, display, now)]
    up.sort(key=lambda call: -call.at)
    first = display_of(state.office, display.continues) if display.continues is not None else display
    then = next((one for one in state.office.displays if first is not None and one.continues == first.id), None)
    if first is None or then is None:
        return up, []
    mine = [call for call in up if _goes_on(state, call, first, then) == (display is then)]
    return mine, [call for call in up if call not in mine]


def _goes_on(state: State, call: Shown, first: Display, then: Display) -> bool:
    """Whether a call stands on the second of two screens. A call keeps its line, so it never changes from one to the other. What
    has no line goes to both in turn, where it takes turns with the others."""
    zones = first.zones
    line = call.line * len(zones) + zones.index(state.places[call.counter].zone)
    above = line - first.lines - then.lines
    return bool(above % 2) if above >= 0 else line >= first.lines


def _newest(state: State, up: list[Shown], now: int) -> tuple[int, int]:
    """When the newest call that is highlighted was made, and which of the same ms it was."""
    order = {call.ticket: place for place, call in enumerate(state.shown.values())}
    return max(((call.at, order[call.ticket]) for call in up if _fresh(state, call, now)), default=(0, 0))


def _fresh(state: State, call: Shown, now: int) -> bool:
    return now - call.at < state.office.calls.fresh * SECOND and not call.withdrawn and not call.calm


def _calls(state: State, display: Display, up: list[Shown], now: int) -> tuple[b.Call, ...]:
    return tuple(
        b.Call(
            number=call.number,
            counter=_place(state, call.counter),
            called_at=rfc3339(call.at),
            attempt=call.attempt,
            fresh=_fresh(state, call, now),
            withdrawn=call.withdrawn,
            room=_other_room(state, display, call),
        )
        for call in up
    )


def _place(state: State, counter: str) -> b.Place:
    place = parts.place(state, counter)
    return replace(place, label=state.places[counter].sign or place.label)


def _up(state: State, call: Shown, display: Display, now: int) -> bool:
    ticket = state.tickets[call.ticket]
    if hidden(state, ticket) or not (call.withdrawn or _is_there(ticket, call)):
        return False
    here = state.places[call.counter].zone in display.zones or call.counter == display.counter
    return here and (call.until is None or now < call.until)


def _is_there(ticket: Ticket, call: Shown) -> bool:
    """Whether the ticket's owner must still come to the place that the call named: not once it is parked, or resumed
    elsewhere."""
    return ticket.state != "parked" and ticket.counter == call.counter


def _waiting(sheet: Sheet) -> tuple[b.Waiting, ...]:
    plans = (one for one in sheet.state.office.services if not one.back_office and not one.retired)
    return tuple(_service(sheet, plan) for plan in plans)


def _service(sheet: Sheet, plan: ServicePlan) -> b.Waiting:
    state = sheet.state
    expected, reason = sheet.outlook.of_service(plan)
    return b.Waiting(
        service=plan.id,
        letter=plan.letter,
        names=_names(plan),
        count=state.waiting(plan.id),
        expected=expected,
        expected_reason=reason,
        open=not state.services[plan.id].closed and hours.open_now(state.office, plan, sheet.now),
        reachable_today=sheet.outlook.reached(plan),
        pictogram=plan.pictogram if plan.public_name else None,
    )


def _names(plan: ServicePlan) -> dict[str, str]:
    return plan.names | plan.sign if plan.public_name else {}


def _for_display(message: Message, display: Display, now: int) -> bool:
    if "displays" not in (message.places or ROOM):
        return False
    everywhere = not (message.displays or message.zones or message.counters)
    wanted = everywhere or display.id in message.displays or any(zone in display.zones for zone in message.zones)
    return wanted and (message.until is None or now < message.until)


def _next_numbers(sheet: Sheet) -> tuple[str, ...]:
    """The next few of each line, in the order of call; without those whom no open counter could call, for they are not next,
    and without back-office work, which is on no public board.
    """
    state, now = sheet.state, sheet.now
    names = [name for line in state.lines.all() for _, _, name in line.places[:6]]
    heads = (state.tickets[name] for name in (*names, *state.lines.due(now)))
    served = [ticket for ticket in heads if sheet.reach.hindrance(ticket) is None]
    shown = [ticket for ticket in ordered(state, served, now) if not hidden(state, ticket)]
    return tuple(ticket.number for ticket in shown[:6])


def _missed(sheet: Sheet) -> tuple[str, ...]:
    state, shown_for = sheet.state, sheet.state.office.calls.missed_shown * SECOND
    missed = (ticket for ticket in sheet.others("missed") if not hidden(state, ticket))
    return tuple(ticket.number for ticket in missed if sheet.now - (ticket.missed_at or 0) < shown_for)


def _moved(sheet: Sheet) -> tuple[b.Moved, ...]:
    """By service, who was moved there lately and still waits."""
    state, since = sheet.state, sheet.now - MOVED_FOR_MS
    if not any(at > since for at in moves_at(state)):
        return ()
    found: dict[str, list[str]] = {}
    for ticket in state.waiting_tickets():
        if ticket.moved_at is not None and ticket.moved_at > since and not hidden(state, ticket):
            found.setdefault(ticket.services[0], []).append(ticket.number)
    plans = [plan for plan in state.office.services if plan.id in found]
    return tuple(
        b.Moved(
            service=plan.id,
            letter=plan.letter,
            names=_names(plan),
            numbers=tuple(sorted(found[plan.id])[:MOVED_LISTED]),
            total=len(found[plan.id]),
        )
        for plan in plans
    )


def moves_at(state: State) -> Iterator[int]:
    """When waiting tickets were moved today, and moved back."""
    rows = (row for row in state.book.values() if any(deed.type == "tickets_moved" for deed in row.did))
    return (at for row in rows for at in (row.at, row.ended_at) if at is not None)
