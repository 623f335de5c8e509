"""Free slots and appointments as the pages of citizens show them: days by name, times by the office's clock."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from server.messages.slots import FreeSlots
from server.web.templates import Templates
from server.web.ticket_lines import Saying

NOON = 12
KEPT = 256
"""So many days of lists are kept drawn, of some ten thousand bytes each, and worked out."""


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


class DayPages:
    """Each day of a list, drawn by itself: a slot that is taken changes one of them."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._one = lru_cache(KEPT)(self._draw)

    def drawn(self, days: Iterable[FreeDay], language: str) -> list[str]:
        return [self._one(day, language) for day in days]

    def _draw(self, day: FreeDay, language: str) -> str:
        return self._templates.body("booking/day.html", language, day=day)


def slot_days(found: FreeSlots, say: Saying, zone: str) -> list[FreeDay]:
    words = (say("book-morning"), say("book-afternoon"))
    return [
        _day(one.day, one.starts, say("book-day", day=date.fromisoformat(one.day)), words, zone) for one in found.days
    ]


@lru_cache(KEPT)  # of a list of two weeks, a slot that was taken changes one day
def _day(day: str, starts: tuple[str, ...], text: str, words: tuple[str, str], zone: str) -> FreeDay:
    parts: dict[str, list[FreeTime]] = {}
    for start in starts:
        at = datetime.fromisoformat(start).astimezone(ZoneInfo(zone))
        parts.setdefault(words[at.hour >= NOON], []).append(FreeTime(start, at.strftime("%H:%M")))
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
