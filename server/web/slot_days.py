"""Free slots and appointments as the pages of citizens show them: days by name, times by the office's clock. Pure."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from server.messages.slots import FreeSlots
from server.web.ticket_lines import Saying

NOON = 12


class FreeTime(NamedTuple):
    """`start`: as the form names it; `clock`: as people read it."""

    start: str
    clock: str


class FreeDay(NamedTuple):
    """`parts`: the word of the part of the day, and its slots."""

    day: str
    text: str
    many: int
    parts: tuple[tuple[str, tuple[FreeTime, ...]], ...]


def slot_days(found: FreeSlots, say: Saying, zone: str) -> list[FreeDay]:
    return [_day(one.day, one.starts, say, ZoneInfo(zone)) for one in found.days]


def _day(day: str, starts: tuple[str, ...], say: Saying, zone: ZoneInfo) -> FreeDay:
    parts: dict[str, list[FreeTime]] = {}
    for start in starts:
        at = datetime.fromisoformat(start).astimezone(zone)
        word = "book-morning" if at.hour < NOON else "book-afternoon"
        parts.setdefault(say(word), []).append(FreeTime(start, at.strftime("%H:%M")))
    text = say("book-day", day=date.fromisoformat(day))
    return FreeDay(day, text, len(starts), tuple((word, tuple(slots)) for word, slots in parts.items()))


def key_for(key: str, start: str) -> str:
    """All slots of a page are one form with one key: another slot is another press."""
    return f"{key}-{''.join(filter(str.isdecimal, start))}"


def when(ms: int, say: Saying, zone: str) -> str:
    """Day and time: "Dienstag, 24. November 2026, 10:20"."""
    at = datetime.fromtimestamp(ms / 1000, ZoneInfo(zone))
    return say("book-when", day=at.date(), time=at.strftime("%H:%M"))


def when_of(start: str, say: Saying, zone: str) -> str:
    """The same of a slot as lists name it."""
    at = datetime.fromisoformat(start).astimezone(ZoneInfo(zone))
    return say("book-when", day=at.date(), time=at.strftime("%H:%M"))


def day_of(start: str, zone: str) -> date:
    """The day of a slot in its office."""
    return datetime.fromisoformat(start).astimezone(ZoneInfo(zone)).date()


def clock(ms: int, zone: str) -> str:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)).strftime("%H:%M")


def local_day(ms: int, zone: str) -> date:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)).date()
