"""A press on its way to a decision: what came with the command, and the events said so far. Used by every rule of `decide`."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from server.messages.actor import SYSTEM, Actor, by
from server.messages.commands import AnyCommand, Command, SystemCommand
from server.messages.events import VERSION, Event
from server.messages.problems import CODES, FaultyField, Refusal
from server.messages.value import Value
from server.office.state import State
from server.office.waits import Promise

AnyAsked = AnyCommand | SystemCommand
E = TypeVar("E", bound=Event)


class Press(Value, kw_only=True):
    """`now`: the log's time, ms; `clock`: the store's, where that is another. `nonce`: fresh entropy, 16 letters and digits.
    `age_ms`: since the finger came down.

    `promise`: tells the wait of somebody who takes a ticket now; None in a house without a forecast.
    """

    actor: Actor = SYSTEM
    key: str = ""
    now: int
    nonce: str
    digest: str = ""
    age_ms: int = 0
    clock: int | None = None
    promise: Promise | None = None


class No(Exception):
    """A refusal on its way out of a rule."""

    def __init__(self, code: str, detail: str, /, *, errors: tuple[FaultyField, ...] = (), **more: Any) -> None:
        assert code in CODES, code
        super().__init__(code)
        self.refusal = Refusal(code=code, detail=detail, more=more, errors=errors)


def invalid(field: str, reason: str) -> NoReturn:
    """A field's value that no rule could accept."""
    raise No("invalid", f"{field}: {reason}", errors=(FaultyField(field=field, reason=reason),))


Rules = dict[type[Command], Callable[["Case", Any], None]]
"""What to do with each command: the table every module of `decide` ends with."""


class Case:
    """One command before its state: rules read `state`, ask `actor` and `now`, and `say` events."""

    __slots__ = ("_ids", "actor", "clock", "command", "events", "now", "press", "state")

    def __init__(self, state: State, command: Command, press: Press) -> None:
        self.state, self.command, self.press, self.actor = state, command, press, press.actor
        self.now = max(press.now, state.at)
        self.clock = press.now - state.ahead if press.clock is None else press.clock
        self.events: list[Event] = []
        self._ids = 0

    def say(self, kind: type[E], **fields: Any) -> E:
        """Says that something now is true."""
        event = kind(
            v=VERSION,
            at=self.now,
            by=by(self.actor, self.command),
            key=self.press.key,
            who=self.actor.principal,
            digest=self.press.digest,
            **fields,
        )
        self.events.append(event)
        return event

    def fresh(self) -> str:
        """A new id from the nonce: unguessable, unlike any other."""
        self._ids += 1
        return self.press.nonce if self._ids == 1 else f"{self.press.nonce}{self._ids}"
