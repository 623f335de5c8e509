"""A press on its way to a decision: what came with the command, and the events so far. Used by every rule of `decide`."""

from collections.abc import Callable
from itertools import count
from typing import Any, NoReturn, TypeVar

from server.messages.actor import SYSTEM, Actor, by
from server.messages.commands import AnyCommand, CheckedCommand, Command, SystemCommand
from server.messages.events import VERSION, Event
from server.messages.problems import CODES, FaultyField, Refusal
from server.messages.value import Value
from server.office.state import State
from server.office.waits import PromiseTo

EveryCommand = AnyCommand | CheckedCommand | SystemCommand
E = TypeVar("E", bound=Event)


class Press(Value, kw_only=True):
    """`now`: the log's time, ms; `clock`: the store's time if it differs. `nonce`: fresh entropy, 16 letters and digits.
    `age_ms`: time since the button was pressed.

    `promise`: tells the wait of somebody who takes a ticket now; None in an office without a forecast.
    """

    actor: Actor = SYSTEM
    key: str = ""
    now: int
    nonce: str
    digest: str = ""
    age_ms: int = 0
    clock: int | None = None
    promise: PromiseTo | None = None


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
"""The rule of each command. Every module of `decide` ends with such a table."""


class Case:
    """One command and the state it meets: rules read `state`, `actor` and `now`, and `say` events.

    `situation`: that of the office file to which this command belongs. `author`: `by` of its events.
    """

    __slots__ = ("_ids", "actor", "author", "clock", "command", "events", "now", "press", "situation", "state")

    def __init__(self, state: State, command: Command, press: Press) -> None:
        self.state, self.command, self.press, self.actor = state, command, press, press.actor
        # a node whose clock is behind the last entry's must not go back in time: events are folded in order of their instants
        self.now = max(press.now, state.at)
        # `press.now` is the store's clock plus the log's lead; correcting the log needs the clock itself
        self.clock = press.now - state.ahead if press.clock is None else press.clock
        self.events: list[Event] = []
        self.situation: str | None = None
        self.author = by(self.actor, command)
        self._ids = count(1)

    def say(self, kind: type[E], **fields: Any) -> E:
        """Adds an event: something is true now."""
        event = kind(
            v=VERSION,
            at=self.now,
            by=self.author,
            key=self.press.key,
            who=self.actor.principal,
            digest=self.press.digest,
            **fields,
        )
        self.events.append(event)
        return event

    def part(self, state: State, command: Command) -> "Case":
        """A part of this press: another command of it, decided on a later state."""
        other = Case(state, command, self.press)
        other.now, other._ids, other.situation = self.now, self._ids, self.situation
        if self.actor.role == "system":
            other.author = self.author
        return other

    def fresh(self) -> str:
        """A new id made from the nonce: nobody can guess it, and it is unique."""
        nth = next(self._ids)
        return self.press.nonce if nth == 1 else f"{self.press.nonce}{nth}"
