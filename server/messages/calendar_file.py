"""An appointment as a calendar file (RFC 5545), for the citizen's own calendar; many, as a feed for an office's. Pure. Drawn by
the web and by letters.

The same appointment keeps its UID, and SEQUENCE rises each time it was moved, so that a calendar replaces what it has.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from server.messages.instants import MINUTE
from server.messages.value import Value

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

LONGEST = 75
"""Bytes of a line; what is longer goes on in the next line, after a space."""


class Between(Value):
    """Who writes to whom, as mail has it (RFC 5546): addresses."""

    office: str
    name: str
    citizen: str


def uid(office: str, appointment: str) -> str:
    return f"{appointment}@{office}.aufruf"


def calendar_file(
    uid: str,
    sequence: int,
    now: int,
    start: int,
    minutes: int,
    *,
    summary: str,
    place: str,
    text: str,
    address: str | None,
    method: Method = "PUBLISH",
    between: Between | None = None,
) -> bytes:
    """`address`: of the page on which it is changed or cancelled; None without a public address. `between`: in a mail, where
    the file asks a calendar to note, change or drop the appointment."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Aufruf//Aufruf//DE",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(start)}",
        f"DTEND:{_instant(start + minutes * MINUTE)}",
        f"SUMMARY:{_escaped(summary)}",
        f"LOCATION:{_escaped(place)}",
        f"DESCRIPTION:{_escaped(text)}",
        *([f"URL:{address}"] if address else []),
        *(_people(between) if between is not None else []),
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


class FeedEntry(NamedTuple):
    """An appointment in a feed."""

    uid: str
    sequence: int
    start: int
    minutes: int
    summary: str


def calendar_feed(name: str, now: int, entries: Iterable[FeedEntry]) -> bytes:
    """Many appointments, for a calendar that subscribes to them: what is not there any more disappears from it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Aufruf//Aufruf//DE",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    ]
    for one in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"SEQUENCE:{one.sequence}",
            f"DTSTAMP:{_instant(now)}",
            f"DTSTART:{_instant(one.start)}",
            f"DTEND:{_instant(one.start + one.minutes * MINUTE)}",
            f"SUMMARY:{_escaped(one.summary)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _people(between: Between) -> list[str]:
    """Nobody is asked for an answer: the booking is the answer."""
    name = "".join(sign for sign in between.name if sign.isprintable() and sign not in '";:,')
    return [
        f'ORGANIZER;CN="{name}":mailto:{between.office}',
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{between.citizen}",
    ]


def _instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Cut between characters, never within one."""
    pieces: list[str] = []
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > LONGEST - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
