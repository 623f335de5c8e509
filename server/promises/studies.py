"""The work of the second worker: it follows the log as the first one does, and answers the questions that take longer."""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.msgpack import Decoder, encode

from server.forecast.advice import Advice, looked
from server.forecast.aftermath import Aftermath, Row, happened
from server.forecast.ahead import Basis, horizon
from server.forecast.curve import curve, fairness
from server.forecast.model import cold
from server.forecast.promise import seed_of
from server.forecast.what_if import Difference, Gap, what_if
from server.log.port import Log, Tail
from server.messages import boards
from server.messages.commands import SetRoster
from server.messages.instants import millis_or_none, rfc3339
from server.messages.problems import Refusal
from server.messages.what_if import Change, Effect, WhatIfFound
from server.promises.follower import Follower, Followers
from server.promises.questions import (
    AdviceAnswer,
    AdviceQuestion,
    AnyQuestion,
    EffectAnswer,
    EffectQuestion,
    Question,
    TableAnswer,
    TableQuestion,
    TrialQuestion,
    WhatIfAnswer,
    WhatIfQuestion,
)
from server.promises.yesterday import trial

DAY_MIN = 720.0
"""How far ahead a change of the roster is simulated: until the office closes."""

_question: Callable[[bytes], AnyQuestion] = Decoder(AnyQuestion).decode


class Studies:
    """`connect(url)`: the log of a store."""

    def __init__(self, connect: Callable[[str], Log]) -> None:
        self._followers = Followers(connect)

    async def answer(self, request: bytes) -> bytes:
        if not request:
            return b""
        question = _question(request)
        tail = Tail(question.seq, question.mark)
        if isinstance(question, EffectQuestion):
            past = Aftermath(Row(question.key, question.by, question.at), question.until)
            follower = self._followers.again(question.store, question.office, past.note)
            await follower.to(tail)
            return encode(_effect_of(follower, question, past))
        follower = self._followers.of(question.store, question.office)
        await follower.to(tail)
        if isinstance(question, TrialQuestion):
            return encode(await trial(follower.log, follower.state.day, question))
        return encode(ANSWERS[type(question)](follower, question))


def basis(follower: Follower, question: Question, minutes: float | None = None) -> Basis:
    """What all simulations for one question share. `minutes`: how far ahead they go."""
    state, today = follower.state, follower.today
    model = question.model or cold(state.office)
    seed = seed_of(question.office, state.epoch, state.seq)
    return Basis(state, model, today.pace(model), question.now, seed, today.came, minutes=minutes)


def _what_if(follower: Follower, question: WhatIfQuestion) -> WhatIfAnswer:
    asked = question.asked
    roster = any(isinstance(move, SetRoster) for move in asked.moves)
    minutes = horizon(follower.state, question.now, DAY_MIN) if roster else None
    found = what_if(basis(follower, question, minutes), asked.moves, millis_or_none(asked.until))
    if isinstance(found, Refusal):
        return WhatIfAnswer(refusal=found)
    unserved = _effect(found.unserved) if roster and found.unserved is not None else UNSET
    return WhatIfAnswer(found=_said(question.seq, found, unserved))


def _said(seq: int, found: Difference, unserved: Effect | UnsetType) -> WhatIfFound:
    return WhatIfFound(
        seq=seq,
        minutes=round(found.minutes, 1),
        longest=_effect(found.longest),
        p95=_effect(found.p95),
        mean=_effect(found.mean),
        services={name: _effect(gap) for name, gap in found.services.items()},
        turned_away=round(found.turned, 1),
        unserved=unserved,
    )


def _effect(gap: Gap) -> Effect:
    low, median, high = (round(minutes, 1) for minutes in gap.range)
    now, then = gap.levels
    return Effect(
        now=round(now, 1),
        then=round(then, 1),
        diff=Change(low=low, median=median, high=high),
        chance=round(gap.chance, 3),
    )


def _table(follower: Follower, question: TableQuestion) -> TableAnswer:
    state, today = follower.state, follower.today
    whole = curve(basis(follower, question), today)
    return TableAnswer(curve=whole, fairness=fairness(state, today.called, question.now))


def _advice(follower: Follower, question: AdviceQuestion) -> AdviceAnswer:
    state, today = follower.state, follower.today
    model = question.model or cold(state.office)
    seed = seed_of(question.office, state.epoch, state.seq)
    found = looked(state, model, today.pace(model), question.now, seed, today.given, today.came)
    said = None if found.advice is None else _advised(question.seq, found.advice)
    return AdviceAnswer(question.seq, said, found.short, found.tried, found.rests)


def _advised(seq: int, found: Advice) -> boards.Advice:
    return boards.Advice(
        id=found.id,
        kind=found.kind,
        moves=found.moves,
        gain=boards.Gained(low=round(found.low, 1), median=round(found.median, 1), high=round(found.high, 1)),
        chance=round(found.chance, 3),
        until=rfc3339(found.until),
        minutes=round(found.minutes, 1),
        turned=round(found.turned, 1),
        seq=seq,
    )


def _effect_of(follower: Follower, question: EffectQuestion, past: Aftermath) -> EffectAnswer:
    model = question.model or cold(follower.state.office)
    return EffectAnswer(happened(past, model, follower.today.pace(model)))


ANSWERS: dict[type[Question], Callable[[Follower, Any], Struct]] = {
    WhatIfQuestion: _what_if,
    TableQuestion: _table,
    AdviceQuestion: _advice,
}
"""How each kind of question about the office as it is now is answered."""
