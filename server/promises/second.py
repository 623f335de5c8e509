"""The second worker of this node, for questions that take longer than a forecast, such as what moves would change. The first
question starts it.

Only a few questions of an office may wait at the same time. Questions that the node asks by itself never take the place of
questions that people ask, and wait for them. A rule is tried in a process of its own, which ends with the trial: a day lived
twice may take a minute, and nobody who asks what a move would change waits for it. A worker that dies or hangs is started again
by the next question. Made by wiring.
"""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import structlog
from msgspec.msgpack import Decoder, encode

from audio.worker import Worker, WorkerFault
from server.forecast.model import Model
from server.log.port import Row
from server.messages.actor import Actor
from server.messages.commands import SetRule
from server.messages.office import Rule
from server.messages.problems import FaultyField, Refusal
from server.messages.rule_trial import RuleTrial, TrialFound
from server.messages.what_if import WhatIf, WhatIfFound
from server.office.decide import Press, decide
from server.office.state import State
from server.promises.keeper import NEEDS, START_S, ForecastWorker, Source, no_model
from server.promises.line import Line
from server.promises.questions import Question, TrialAnswer, TrialQuestion, WhatIfAnswer, WhatIfQuestion
from server.promises.wire import instant

RUN_S, TRIAL_S = 20.0, 240.0
"""Seconds for an answer, and for a rule trial, which lives a whole day twice. A worker that takes longer is killed; it rests
three quarters of the time."""
OF_OFFICE, OF_NODE = 3, 12
"""The most questions at the same time: one is answered, the others wait. The node tries one rule at a time."""
BY_PEOPLE: frozenset[type[Question]] = frozenset({WhatIfQuestion, TrialQuestion})
"""The kinds of questions that people ask: they share the places of an office and of the node. The kinds that the node asks by
itself have places of their own in each office, and go after them."""
PROCESS = "server.promises.second_worker"
TRIAL_NICE = 19
"""The niceness of the process that tries a rule: what-if and advice go first."""

TRIED = "tried"
"""The id of a rule that is only tried."""

BusyDay = Callable[[str, str | None], Awaitable[Sequence[Row]]]
"""(office, today) → the entries of the last day before today on which somebody was called; none if none is kept."""


async def no_day(office: str, today: str | None) -> Sequence[Row]:
    return ()


_log = structlog.get_logger("aufruf.promises")
_what_if = Decoder(WhatIfAnswer).decode
_trial = Decoder(TrialAnswer).decode


class Away(Exception):
    """No answer: `refusal` says why, and that the same question may be answered later."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


def _away(detail: str, code: str = "starting") -> Away:
    return Away(Refusal(code=code, detail=detail))


class Second:
    """`store`: the URL of the log. `models(office)`: the learned model in use. `busy_day`: asked where the log holds none."""

    def __init__(
        self,
        desks: Mapping[str, Source],
        store: str,
        worker: ForecastWorker | None = None,
        models: Callable[[str], Model | None] = no_model,
        needs: Sequence[str] = NEEDS,
        busy_day: BusyDay = no_day,
        trials: ForecastWorker | None = None,
    ) -> None:
        self._desks, self._store, self._models, self._busy_day = desks, store, models, busy_day
        self._worker: ForecastWorker = worker or Worker(PROCESS)
        self._trials: ForecastWorker = trials or Worker(PROCESS, str(TRIAL_NICE))
        self._line = Line()
        self._lacking = next((name for name in needs if find_spec(name) is None), "")
        self._asked: defaultdict[type[Question], Counter[str]] = defaultdict(Counter)
        self._trying = False

    async def what_if(self, office: str, asked: WhatIf) -> WhatIfFound | Refusal:
        """What these moves would change; a refusal if they are impossible, or if nobody can answer now."""
        try:
            said = _what_if(await self.ask(office, WhatIfQuestion, asked=asked))
        except Away as away:
            return away.refusal
        found = said.found or said.refusal
        assert found is not None, "one of both"
        return found

    async def rule_trial(self, office: str, asked: RuleTrial) -> TrialFound | Refusal:
        """What this rule would have changed on the last day on which somebody was called. The log keeps a day or two, the history
        more of them."""
        refusal = _refused(self._desks[office].state, asked)
        if refusal is not None:
            return refusal
        if self._trying:
            return _away("a rule is being tried already; ask again in a moment", "too_many").refusal
        rule = Rule(id=TRIED, **{name: getattr(asked, name) for name in asked.__struct_fields__})
        self._trying = True
        try:
            said = await self._tried(office, rule)
        except Away as away:
            return away.refusal
        finally:
            await self._trials.close()  # it has folded the log of an office, and is seldom needed
            self._trying = False
        return said.found or Refusal(
            code="log_trimmed", detail="no day before today on which somebody was called is kept any more"
        )

    async def _tried(self, office: str, rule: Rule) -> TrialAnswer:
        said = _trial(await self.ask(office, TrialQuestion, rule=rule))
        rows = () if said.found is not None else await self._busy_day(office, self._desks[office].state.day)
        if not rows:
            return said
        day = tuple(row.body for row in rows)
        return _trial(await self.ask(office, TrialQuestion, rule=rule, first=rows[0].seq, day=day))

    async def ask(self, office: str, kind: type[Question], **more: Any) -> bytes:
        """The answer to a question about an office as it is now. `Away` if nobody can answer."""
        if self._lacking:
            raise _away(f"{self._lacking} is not installed; pip install 'aufruf[server]'")
        people = kind in BY_PEOPLE
        asked = self._asked[Question if people else kind]
        if asked[office] >= OF_OFFICE or (people and asked.total() >= OF_NODE):
            raise _away(f"{OF_OFFICE} such questions are being answered already; ask again in a moment", "too_many")
        asked[office] += 1
        try:
            if kind is TrialQuestion:
                return await self._answered(self._trials, TRIAL_S, office, kind, more)
            async with self._line.turn(first=people):
                return await self._answered(self._worker, RUN_S, office, kind, more)
        except WorkerFault as fault:
            _log.warning("no answer of the second worker", office=office, reason=str(fault))
            raise _away("the simulation does not answer; ask again in a moment") from fault
        finally:
            asked[office] -= 1

    async def _answered(
        self, worker: ForecastWorker, limit: float, office: str, kind: type[Question], more: dict[str, Any]
    ) -> bytes:
        """Asks about the office as it is once it is this question's turn."""
        if worker.pid is None:
            await worker.ask(b"", START_S)
        desk = self._desks[office]
        state = desk.state
        now = instant(state.at, desk.now())
        question = kind(
            store=self._store,
            office=office,
            seq=state.seq,
            mark=state.mark,
            now=now,
            model=self._models(office),
            **more,
        )
        return await worker.ask(encode(question), limit)

    async def stop(self) -> None:
        await self._trials.close()
        await self._worker.close()


def _refused(state: State, asked: RuleTrial) -> Refusal | None:
    """Why this rule could not be written."""
    who = Actor(role="supervisor", principal=TRIED)
    found = decide(
        state, SetRule(rule=TRIED, on=False, says=asked), Press(actor=who, key=TRIED, now=state.at, nonce="")
    )
    if not isinstance(found, Refusal):
        return None
    errors = tuple(FaultyField(field=one.field.removeprefix("says."), reason=one.reason) for one in found.errors)
    return Refusal(code=found.code, detail=found.detail, more=found.more, errors=errors)
