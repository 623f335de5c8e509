"""The voices of zones, as devices report them: which calls were heard, which zones are silent. Asked by staff boards and push."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.messages.boards import ZoneSound
from server.messages.facts import Message
from server.messages.instants import at_or_none
from server.office import loudness
from server.office.addressed import zones_of
from server.office.boards.announced import again
from server.office.boards.sheet import Sheet
from server.office.boards.sight import presence
from server.office.state import SpokenCall, State

Seen = Mapping[str, Mapping[str, Any]]
"""The last report of each device by "kind:id"."""
AUDIBLE = ("ready", "playing")


def voices(state: State, zone: str) -> tuple[str, ...]:
    """The names under which the devices that may speak in a zone report."""
    return (f"announcer:{zone}", *(f"display:{d.id}" for d in state.office.displays if zone in d.zones))


def zone_sounds(sheet: Sheet, seen: Seen) -> Iterator[ZoneSound]:
    """How each zone sounds, for the supervisor."""
    state, now = sheet.state, sheet.now
    for zone in state.zones.values():
        reports = _reports(state, zone.id, seen)
        yield ZoneSound(
            zone=zone.id,
            names=sheet.for_staff(zone.names),
            silent=zone.id in state.silences,
            until=at_or_none(state.silences.get(zone.id)),
            quiet_until=at_or_none(loudness.quiet_until(state.office, zone.id, now)),
            volume=loudness.volume(state.office, zone.id, now),
            heard=any(_audible(report, now) for report in reports) if reports else None,
        )


def _reports(state: State, zone: str, seen: Seen) -> list[Mapping[str, Any]]:
    """What the devices of a zone said of their sound."""
    return [report for device in voices(state, zone) if "sound" in (report := seen.get(device, {}))]


def silent_zones(state: State, now: int, seen: Seen) -> Iterator[str]:
    """Zones whose devices reported on their sound, and none can be heard now.

    A device that never did so is no voice: a zone without a voice is silent on purpose, until a message is to be spoken there.
    """
    if state.day is None:
        return
    spoken = {zone for one in state.messages.values() if _is_spoken(one, now) for zone in _zones(state, one)}
    for zone in state.zones:
        reports = _reports(state, zone, seen)
        if (
            (reports or zone in spoken)
            and zone not in state.silences
            and not any(_audible(report, now) for report in reports)
        ):
            yield zone


def _is_spoken(message: Message, now: int) -> bool:
    return message.speak and (message.until is None or now < message.until)


def _zones(state: State, message: Message) -> tuple[str, ...]:
    return zones_of(state, message.zones, message.displays, message.counters)


def _audible(report: Mapping[str, Any], now: int) -> bool:
    return presence(report, now) in ("online", "late") and report.get("sound") in AUDIBLE


def heard(state: State, said: SpokenCall | None, seen: Seen) -> bool | None:
    """Whether a call was spoken by one of the zone's devices; None while none of them has reported on it."""
    if said is None:
        return None
    told = {
        _outcome(seen.get(device) or {}, id) for device in voices(state, said.zone) for id in (said.id, again(said.id))
    }
    if "spoken" in told:
        return True
    return False if "failed" in told else None


def _outcome(report: Mapping[str, Any], id: str) -> str | None:
    """A report's `said` has the outcomes of the last announcements; `announcement` and `state` are about the last one only."""
    said: Mapping[str, str] = report.get("said", {})
    return said.get(id) or (report.get("state") if report.get("announcement") == id else None)
