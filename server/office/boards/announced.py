"""A zone's announcements: what its voice says, in which languages, how loud, and what it says of several calls together."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from server.messages import boards as b
from server.messages.agreed import SPOKEN_FOR_MS, TOGETHER_OVER
from server.messages.facts import Message
from server.messages.instants import SECOND, rfc3339
from server.messages.office import Office
from server.office import loudness
from server.office.boards.sight import Sight, ToSay
from server.office.shown import hidden
from server.office.state import SpokenCall, State

TONE = "level"
"""The sound of a test with `tone`."""


def announcements(state: State, zone: str, now: int, sight: Sight) -> tuple[b.Announcement, ...]:
    """The calls of the last 30 s that were neither withdrawn nor served, oldest first."""
    if zone in state.silences:
        return ()
    due = sorted((said for said in _said(state, zone, now) if _due(state, said, now)), key=lambda said: said.at)
    calls = sum(bool(said.ticket) for said in due)
    return tuple(_announcement(state, said, sight, calls > TOGETHER_OVER) for said in due)


def _said(state: State, zone: str, now: int) -> Iterator[SpokenCall]:
    """All that was to be said in this zone, and calls again that nobody has answered for some time, if the office wants that."""
    after = state.office.calls.repeat_after * SECOND
    last = {said.ticket: said.id for said in state.said if said.ticket}
    for said in state.said:
        if said.zone != zone:
            continue
        yield said
        if after and said.ticket and last[said.ticket] == said.id and said.at + after <= now:
            yield replace(said, id=again(said.id), at=said.at + after)


def again(id: str) -> str:
    """The id under which an announcement is made once more without a press."""
    return f"{id}.again"


def in_force(state: State, zone: str) -> tuple[str, ...]:
    """The ids under which something may be said in a zone, however old it is: what waits for its turn and is not among them
    was withdrawn, or is served."""
    if zone in state.silences:
        return ()
    wanted = (said.id for said in state.said if said.zone == zone and _wanted(state, said))
    return tuple(id for name in wanted for id in (name, again(name)))


def _due(state: State, said: SpokenCall, now: int) -> bool:
    return now - said.at <= SPOKEN_FOR_MS and _wanted(state, said)


def _wanted(state: State, said: SpokenCall) -> bool:
    if not said.ticket:
        return not said.message or said.message in state.messages
    ticket = state.tickets.get(said.ticket)
    if ticket is None or ticket.state != "called" or hidden(state, ticket):
        return False
    return ticket.counter == said.counter and loudness.quiet_until(state.office, said.zone, said.at) is None


def _announcement(state: State, said: SpokenCall, sight: Sight, together: bool) -> b.Announcement:
    zone, gong = state.zones[said.zone], TONE if said.tone else None
    if said.message:
        texts = _read_out(state.messages[said.message], state.office)
        languages = tuple(texts)
    else:
        languages = () if said.tone else spoken_languages(state.office, said.language, sight.voiced)
        texts = sight.texts(_saying(state, said, languages)) if languages else {}
    brief = sight.texts(_saying(state, said, languages[:1], brief=True)) if together and said.ticket else {}
    return b.Announcement(
        id=said.id,
        seq=said.seq,
        at=rfc3339(said.at),
        zone=said.zone,
        number=said.number,
        counter=said.counter,
        languages=languages,
        texts=texts,
        audio=sight.audio(texts, gong or zone.begins_with),
        attempt=said.attempt,
        gong=gong,
        volume=loudness.volume(state.office, said.zone, said.at),
        brief=brief,
        brief_audio=sight.audio(brief, b.NO_GONG) if brief else None,
    )


def _saying(state: State, said: SpokenCall, languages: tuple[str, ...], *, brief: bool = False) -> ToSay:
    ticket = state.tickets.get(said.ticket)
    return ToSay(
        number=said.number,
        place=state.places.get(said.counter),
        languages=languages,
        step_free=ticket is not None and "step_free" in ticket.needs,
        brief=brief,
        own=state.office.texts,
    )


def _read_out(message: Message, office: Office) -> dict[str, str]:
    """What a voice reads of a message: its texts, in the order of the office's languages, then the others."""
    return {
        name: message.text[name] for name in dict.fromkeys((*office.languages, *message.text)) if name in message.text
    }


def spoken_languages(office: Office, own: str | None, voiced: Callable[[str], bool]) -> tuple[str, ...]:
    """The office's first language, then the ticket's own, else (none, or no voice speaks it) the office's second: two at most."""
    first = office.languages[0]
    second = own if own and voiced(own) else next(iter(office.languages[1:]), None)
    return tuple(dict.fromkeys(name for name in (first, second) if name))


def announcer(state: State, zone: str, now: int, sight: Sight) -> b.Announcer | None:
    if zone not in state.zones:
        return None
    until = state.silences.get(zone)
    return b.Announcer(
        office=state.office.id,
        zone=zone,
        gong=state.zones[zone].gong,
        announcements=announcements(state, zone, now, sight),
        lease=rfc3339(lease) if (lease := sight.leases.get(zone, 0)) > now else None,
        silence=rfc3339(until) if until else None,
        silent=zone in state.silences,
    )
