"""The part of a display's board that the plain wall shows at one time. Pure; asked by `server.web.routes.plain`."""

import hashlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.messages.boards import Display
from server.messages.instants import SECOND

TURN_MS = 8 * SECOND
"""How long a picture stays, if calls or messages take turns."""
COLUMN = 6
"""The most rows below each other."""


def told(board: Display, languages: tuple[str, ...], now: int, seq: int) -> dict[str, Any]:
    """`languages`: of the screen, as far as there are words. `mark` differs where the picture differs, all but the clock, which
    the page's script moves on. `turns`: the picture changes by itself every `TURN_MS`."""
    turn = now // TURN_MS
    pages = -(-len(board.calls) // board.lines)
    start = max(0, min(turn % max(1, pages) * board.lines, len(board.calls) - board.lines))
    calls = board.calls[start : start + board.lines]
    messages = (*board.messages, *board.moved)
    line = messages[turn % len(messages)] if messages else None
    columns = 1 if len(calls) <= COLUMN else 2
    return {
        "board": board,
        "calls": calls,
        "newest": next((call for call in board.calls if call.fresh and not call.withdrawn), None),
        "more": len(board.calls) - len(calls),
        "rows": -(-len(calls) // columns),
        "columns": columns,
        "line": line,
        "second": next(iter(languages[1:]), None),
        "now": datetime.fromtimestamp(now / SECOND, ZoneInfo(board.time_zone)),
        "seq": seq,
        "mark": hashlib.sha256(repr((board, start, line, languages)).encode()).hexdigest()[:20],
        "spoken": board.languages,
        "turns": pages > 1 or len(messages) > 1,
    }
