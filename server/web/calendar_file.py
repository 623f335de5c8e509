"""An appointment as a calendar file (RFC 5545), for the citizen's own calendar. Pure.

The same appointment keeps its UID, and SEQUENCE rises each time it was moved, so that a calendar replaces what it has.
"""

from datetime import UTC, datetime

from server.messages.instants import MINUTE

LONGEST = 75
"""Bytes of a line; what is longer goes on in the next line, after a space."""


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
) -> bytes:
    """`address`: of the page on which it is changed or cancelled; None without a public address."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Aufruf//Aufruf//DE",
        "METHOD:PUBLISH",
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
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


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
