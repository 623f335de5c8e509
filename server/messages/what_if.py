"""The question of `POST what-if`, and its answer: what moves would change, in minutes, before they are made."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from server.messages.boards import Advice
from server.messages.commands import DateTime, Move, SetRoster
from server.messages.value import Value

MOST_MOVES = 20


class WhatIf(Value, forbid_unknown_fields=True):
    """Moves as they would be sent, made now one after another. `until`: they end then, as a set of moves does."""

    moves: Annotated[tuple[Move | SetRoster, ...], Meta(max_length=MOST_MOVES)]
    until: DateTime | None = None


class Change(Value):
    """Minutes. `diff` is below zero if the wait becomes shorter: half of the futures are below `median`, four of five within."""

    low: float
    median: float
    high: float


class Effect(Value):
    """`now`, `then`: about how long, without the moves and with them; `chance`: that it becomes shorter."""

    now: float
    then: float
    diff: Change
    chance: float


class WhatIfFound(Value):
    """The office as of entry `seq`, and everybody who is here or comes within `minutes`. `services`: the mean wait of
    those who come for it; `turned_away`: how many more find the intake closed. With a roster among the moves the look goes on
    until the office closes, and `unserved` is an effect counted in people: those who are not called before that."""

    seq: int
    minutes: float
    longest: Effect
    p95: Effect
    mean: Effect
    services: dict[str, Effect]
    turned_away: float = 0.0
    unserved: Effect | UnsetType = UNSET


class AdviceFound(Value):
    """What the last look found. `advice_none`: moves were tried, and none helps; `advice_short`: nobody is expected to wait long,
    so none was tried; `advice_rests`: from when on counters may be moved again that were moved so lately that nobody tried to
    move them. Null and all false: nobody looked lately, or it was overtaken."""

    advice: Advice | None = None
    advice_none: bool = False
    advice_short: bool = False
    advice_rests: str | None = None
