"""The part of a display's board that the plain wall shows at one time. Pure; asked by `server.web.routes.plain`."""

import hashlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.messages.boards import Call, Display
from server.messages.instants import SECOND
from server.messages.legible import DIGIT_EM, needed_mm, size_mm

TURN_MS = 8 * SECOND
"""How long a picture stays, if calls or messages take turns."""
COLUMN = 6
"""The most rows below each other."""
WIDE_VH = (27.0, 20.0, 18.0, 15.0, 12.6, 10.4, 9.0)
"""Font size of numbers in one column of one to six rows, and in two columns, as `plain.css` says; here 16:9."""
NARROW_VH = (27.0, 15.0, 14.0, 15.0, 12.6, 10.4, 6.4)
"""At most 3:2."""
HIGH_VH = (17.0, 9.0, 9.0, 6.4, 6.4, 6.4, 4.2)
"""Higher than wide."""


def told(board: Display, languages: tuple[str, ...], now: int, seq: int) -> dict[str, Any]:
    """`languages`: of the screen, as far as there are words. `mark` differs where the picture differs, all but the clock, which
    the page's script moves on. `turns`: the picture changes by itself every `TURN_MS`."""
    turn = now // TURN_MS
    newest = next((call for call in board.calls if call.fresh and not call.withdrawn), None)
    calls, pages = _page(board, newest, turn)
    messages = (*board.messages, *board.moved)
    line = messages[turn % len(messages)] if messages else None
    columns = 1 if len(calls) <= COLUMN else 2
    here = datetime.fromtimestamp(now / SECOND, ZoneInfo(board.time_zone))
    asleep = _asleep(board, here.strftime("%H:%M"))
    return {
        "board": board,
        "asleep": asleep,
        "calls": calls,
        "newest": newest,
        "more": len(board.calls) - len(calls),
        "rows": -(-len(calls) // columns),
        "columns": columns,
        "line": line,
        "second": next(iter(languages[1:]), None),
        "now": here,
        "seq": seq,
        "mark": hashlib.sha256(repr((board, calls, line, languages, asleep)).encode()).hexdigest()[:20],
        "spoken": board.languages,
        "turns": pages > 1 or len(messages) > 1,
    }


def _asleep(board: Display, clock: str) -> bool:
    """Whether the panel is dark, as `care.js` says it."""
    if not (board.wakes or board.sleeps) or board.calls:
        return False
    start, end = board.wakes or "00:00", board.sleeps or "24:00"
    return not start <= clock < end if start <= end else end <= clock < start


def _page(board: Display, newest: Call | None, turn: int) -> tuple[tuple[Call, ...], int]:
    """The calls of this turn, and how many turns there are. The newest is on top of each of them as long as it is fresh."""
    lines = _lines(board)
    if len(board.calls) <= lines:
        return board.calls, 1
    first = (newest,) if newest is not None and lines > 1 else ()
    others, room = [call for call in board.calls if call not in first], lines - len(first)
    pages = -(-len(others) // room)
    start = min(turn % pages * room, len(others) - room)
    return (*first, *others[start : start + room]), pages


def _lines(board: Display) -> int:
    """How many of its lines can be read at once from the farthest seat; one at least."""
    width, height = size_mm(board)
    needed = needed_mm(board.distance) / DIGIT_EM / height * 100
    numbers = HIGH_VH if width < height else NARROW_VH if width / height <= 1.5 else WIDE_VH
    fits = (rows for rows in range(1, board.lines + 1) if numbers[min(rows, COLUMN + 1) - 1] >= needed)
    return max(fits, default=1)
