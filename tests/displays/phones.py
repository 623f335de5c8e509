"""The ticket's page on a phone, with a board for every state that a ticket can have. For its tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from playwright.sync_api import Page

from config.words import Words
from server.messages.boards import Ticket
from server.web.ticket_lines import told
from tests.displays.boards import Boards, rfc3339
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

SECRET = "mitte.t1.abcdefghijklmnopqrstuvwx"
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def at(**before: float) -> str:
    return (datetime.now(UTC) - timedelta(**before)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def open_phone(stage: Stage, browser: Visitor, board: Ticket, **options: Any) -> Page:
    stage.board = msgspec.to_builtins(board)
    query = options.pop("query", "")
    say = Words(query.partition("lang=")[2] or "de").text
    shown = told(board, say, rfc3339(datetime.now(UTC)))
    stage.context = {"board": board, "id": SECRET, "languages": list(board.languages), "key": "k", **shown}
    page: Page = browser.open(f"phone{query}", width=390, height=844, **options)
    return page


def states(boards: Boards) -> dict[str, Any]:
    """A board for every state that a ticket can have."""
    holding = {"counter": boards.place(), "called_at": at(), "attempt": 1}
    return {
        "waiting": boards.ticket(passed_by={"appointment": 2, "boost": 1}),
        "next": boards.ticket(ahead=0),
        "crowd": boards.ticket(ahead=31, expected=None),
        "unknown": boards.ticket(ahead=None, expected=None),
        "held": boards.ticket(not_before=at(minutes=-5)),
        "again": boards.ticket(
            missed_at=at(minutes=1),
            called_at=at(minutes=3),
            not_before=at(minutes=-5),
            may=("return_ticket", "pause_ticket", "cancel_ticket"),
        ),
        "called": boards.ticket(state="called", may=("cancel_ticket",), **holding),
        "serving": boards.ticket(state="serving", may=(), **holding),
        "parked": boards.ticket(state="parked", may=("return_ticket", "cancel_ticket")),
        "away": boards.ticket(
            state="away", ahead=None, away_until=at(minutes=-20), may=("return_ticket", "pause_ticket", "cancel_ticket")
        ),
        "missed": boards.ticket(state="missed", missed_at=at(minutes=2), may=("return_ticket", "cancel_ticket")),
        "finished": boards.ticket(state="finished", may=()),
        "cancelled": boards.ticket(state="cancelled", may=()),
        "expired": boards.ticket(state="expired", may=()),
    }


STATES = "waiting next crowd unknown held again called serving parked away missed finished cancelled expired".split()  # noqa: SIM905
