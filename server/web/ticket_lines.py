"""What the phone's page says of a ticket before any script runs: one line each, as `displays/pages/phone_view.js` says it too.

Pure; asked by `server.web.ticket_page`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from server.messages.boards import Expected, Ticket

Saying = Callable[..., str]
"""`say(name, **args)`: a word in the page's language."""
Weight = Literal["big", "soft"]
ACTS = ("return_ticket", "pause_ticket", "cancel_ticket")
"""The commands of a link, in the order of their buttons."""
ONLY_THE_FORECAST = ("stale",)
"""Reasons for which only the forecast is missing; for every other one nobody serves."""


class Sentence(NamedTuple):
    """`big`: the one line that matters."""

    look: Weight
    text: str


def told(board: Ticket, say: Saying, now: str, *, here: bool = False) -> dict[str, Any]:
    """What the page's template gets besides its board."""
    made = Sentences(board, say, now, here=here)
    return {"lines": made.lines(), "clock": made.clock, "acts": [act for act in ACTS if act in board.may]}


class Sentences:
    """The lines of one board. `here`: its owner has just said that they are there."""

    def __init__(self, board: Ticket, say: Saying, now: str, *, here: bool = False) -> None:
        self._board, self._say, self._now, self._here = board, say, now, here

    def lines(self) -> list[Sentence]:
        """What the state means for its owner. Where to go is drawn beside it."""
        state = self._board.state
        made = {"waiting": self._waiting, "away": self._away, "missed": self._missed, "called": self._called}
        found = made[state]() if state in made else [_big(self._say(f"phone-state-{state}")), *self._how(state)]
        return [line for line in found if line.text]

    def _how(self, state: str) -> list[Sentence]:
        """What to do next, where a state does not say it."""
        words = {
            "parked": "phone-parked-how",
            "finished": "phone-goodbye",
            "cancelled": "phone-cancelled-how",
            "expired": "phone-expired-how",
        }
        return [_soft(self._say(words[state]))] if state in words else []

    def _called(self) -> list[Sentence]:
        return [_big(self._say("phone-state-called")), _soft(self._say("phone-come"))]

    def _waiting(self) -> list[Sentence]:
        board, say = self._board, self._say
        held = board.not_before is not None and board.not_before > self._now
        again = say("phone-not-before", time=self.clock(board.not_before)) if board.not_before and held else ""
        if board.missed_at is None:
            return [_big(again)] if again else self._in_line()
        called = say("phone-called-at", time=self.clock(board.called_at or board.missed_at))
        if not again:
            return [*self._in_line(), _soft(called)]
        how = say("phone-here-how") if self._here else say("phone-missed-once-how")
        return [_big(called), _soft(how), _soft(again)]

    def _in_line(self) -> list[Sentence]:
        board, say = self._board, self._say
        if board.ahead is None:
            return [_big(say("phone-state-waiting"))]
        place = say("phone-ahead", count=board.ahead) if board.ahead else say("phone-you-are-next")
        reason = board.expected_reason
        if reason and reason not in ONLY_THE_FORECAST:
            return [_big(self._why_not(reason)), *([_soft(place)] if board.ahead else []), *self._passed()]
        wait = self._wait(board.expected)
        lines = [_big(wait), _soft(place)] if wait else [_big(place)]
        if board.leave_until and board.leave_until > self._now:
            lines.append(_soft(say("phone-leave", time=self.clock(board.leave_until))))
        if wait and board.longer:
            lines.append(_soft(say(f"phone-longer-{board.longer}".replace("_", "-"))))
        if board.expected is not None and board.expected.learning:
            lines.append(_soft(say("common-learning")))
        if reason and board.ahead:
            lines.append(_soft(self._why_not(reason)))
        return [*lines, *self._passed()]

    def _away(self) -> list[Sentence]:
        until = self._board.away_until
        said = self._say("phone-away-until", time=self.clock(until)) if until else self._say("phone-state-away")
        return [_big(said), _soft(self._say("phone-away-how"))]

    def _missed(self) -> list[Sentence]:
        board, say = self._board, self._say
        at = board.called_at or board.missed_at
        said = say("phone-called-at", time=self.clock(at)) if at else say("phone-state-missed")
        return [_big(said), _soft(say("phone-missed-how" if "return_ticket" in board.may else "phone-missed-desk"))]

    def _passed(self) -> list[Sentence]:
        """Who went before, although they came later."""
        known = {"appointment": "phone-passed-appointment"}
        return [
            _soft(self._say(known.get(reason, "phone-passed-other"), count=count))
            for reason, count in self._board.passed_by.items()
            if count
        ]

    def _wait(self, expected: Expected | None) -> str:
        if expected is None:
            return ""
        if expected.high <= 0:
            return self._say("common-wait-none")
        if expected.low == expected.high:
            return self._say("common-wait-about", minutes=expected.high)
        return self._say("common-wait-range", low=expected.low, high=expected.high)

    def _why_not(self, reason: str) -> str:
        return self._say(f"common-no-wait-{reason}".replace("_", "-"))

    def clock(self, instant: str | None) -> str:
        """The time of day in the office's zone; empty for none."""
        if instant is None:
            return ""
        return datetime.fromisoformat(instant).astimezone(ZoneInfo(self._board.time_zone)).strftime("%H:%M")


def _big(text: str) -> Sentence:
    return Sentence("big", text)


def _soft(text: str) -> Sentence:
    return Sentence("soft", text)
