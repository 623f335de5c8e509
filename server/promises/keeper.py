"""Keeps the last forecast of each office of this node. One worker process makes the forecasts, office after office; boards
and presses read the last one at once and never wait.

A worker that dies is started again after a pause, and one that hangs is killed. A forecast older than 30 s is not shown. Made
by wiring, which passes `watched` (does anybody look?) and `changed` (tell the boards).
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Protocol

import structlog
from msgspec.msgpack import Decoder, encode

from audio.worker import Worker, WorkerFault
from server.forecast.model import Model
from server.messages.boards import Expected
from server.messages.facts import Told
from server.messages.instants import rfc3339
from server.office.boards.outlook import Outlook
from server.office.reach import Reach
from server.office.state import State
from server.office.waits import Newcomer, PromiseTo, Waits, expected
from server.promises.shown import same, shown
from server.promises.turns import FRESH_S, LOOKED_S, Turn, Wish
from server.promises.wire import AGAIN_MS, Ask, Forecasted, instant
from server.tasks import Tasks

START_S, RUN_S = 30.0, 5.0
"""Seconds that a worker may take to start, and for each run. One that takes longer is killed."""
EARLY_S = 0.05
"""Seconds by which a timer may fire too early."""
NEEDS = ("numpy", "scipy")
"""Packages without which the worker cannot run."""

_log = structlog.get_logger("aufruf.promises")
_answer = Decoder(Forecasted).decode


class Source(Protocol):
    """An office's desk, read only."""

    @property
    def health(self) -> str: ...

    @property
    def state(self) -> State: ...

    def now(self) -> int: ...

    def watch(self, listener: Callable[[Sequence[object]], None]) -> Callable[[], None]: ...


class ForecastWorker(Protocol):
    """The worker: `audio.worker.Worker`."""

    @property
    def pid(self) -> int | None: ...

    async def ask(self, request: bytes, limit: float) -> bytes: ...

    async def close(self) -> None: ...


def no_model(office: str) -> Model | None:
    """No model: nothing was learned yet."""
    return None


class Keeper:
    """`store`: the URL of the log. `models(office)`: the learned model in use; None: only the office file is known.

    `run_s`: seconds for a run; `needs`: packages that must be installed.
    """

    def __init__(
        self,
        desks: Mapping[str, Source],
        store: str,
        models: Callable[[str], Model | None] = no_model,
        worker: ForecastWorker | None = None,
        clock: Callable[[], float] = time.monotonic,
        run_s: float = RUN_S,
        needs: Sequence[str] = NEEDS,
    ) -> None:
        self._desks, self._store, self.models, self._clock = desks, store, models, clock
        self._worker: ForecastWorker = worker or Worker("server.promises.worker")
        self._run_s = run_s
        self._turns: dict[str, Turn] = {}
        self._began = False
        self._wake = asyncio.Event()
        self._tasks = Tasks("promises")
        self._fading: dict[str, asyncio.TimerHandle] = {}
        self._unwatch: list[Callable[[], None]] = []
        self._lacking = next((name for name in needs if find_spec(name) is None), "")
        self.watched: Callable[[str], bool] = lambda office: False
        self.changed: Callable[[str], None] = lambda office: None

    # asked by boards, presses and operators

    def waits(self, office: str) -> Waits:
        """The waits to show now. Each call keeps the forecast of this office running for a while."""
        turn, now = self._turn(office), self._clock()
        if not self._wanted(office, now):
            turn.wanted_since = None
            self._wake.set()
        turn.looked = now
        return self._fresh(office)

    def expected(self, office: str) -> dict[str, Expected]:
        """The wait, by service, for somebody who draws a ticket now. Asking does not keep the forecast running."""
        desk = self._desks[office]
        outlook = Outlook(Reach(desk.state, desk.now()), self._fresh(office))
        said = {plan.id: outlook.of_service(plan).expected for plan in desk.state.office.services}
        return {name: wait for name, wait in said.items() if wait is not None}

    def age(self, office: str) -> float | None:
        """Seconds since the run began whose waits are shown; None if none are."""
        turn, now = self._turn(office), self._clock()
        return now - turn.fresh_until + FRESH_S if turn.shown(now).known else None

    def last(self, office: str) -> Waits:
        """The same, without keeping the forecast running."""
        return self._fresh(office)

    def _fresh(self, office: str) -> Waits:
        found = self._turn(office).shown(self._clock())
        return found if found.seq <= self._desks[office].state.seq else Waits()

    def promise(self, office: str) -> PromiseTo:
        """For the desk: the promise to somebody who takes a ticket now. It never raises, whatever fails here."""

        def told(state: State, who: Newcomer) -> Told | str:
            try:
                return self.waits(office).told(state, who)
            except Exception:
                _log.exception("nothing could be promised", office=office)
                return "stale"

        return told

    def worry(self, office: str) -> str:
        """Why no waits are shown; empty if they are, or if nobody looks."""
        if self._lacking:
            return f"{self._lacking} is not installed; pip install 'aufruf[server]'"
        turn, now = self._turn(office), self._clock()
        missing = turn.missing_for(now)
        if missing < FRESH_S or not self._wanted(office, now):
            return ""
        return f"no forecast for more than {FRESH_S:g} s: {turn.fault or 'it is not finished'}"

    # start and stop

    async def start(self) -> None:
        """Returns at once; the worker is started when somebody first looks or draws a ticket."""
        if self._lacking:
            return
        for desk in self._desks.values():
            self._unwatch.append(desk.watch(lambda entries: self._wake.set()))
        self._tasks.forever(self._run, "run")

    async def stop(self) -> None:
        for unwatch in self._unwatch:
            unwatch()
        for timer in self._fading.values():
            timer.cancel()
        await self._tasks.close()
        await self._worker.close()

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            now = self._clock()
            due = {office: at for office in self._desks if (at := self._due(office, now)) is not None}
            office = min(due, key=due.__getitem__, default=None)
            if office is not None and due[office] <= now:
                await self._forecast(office)
                continue
            try:
                async with asyncio.timeout(None if office is None else due[office] - now):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def _turn(self, office: str) -> Turn:
        return self._turns.setdefault(office, Turn())

    def _wanted(self, office: str, now: float) -> bool:
        return now - self._turn(office).looked < LOOKED_S or self.watched(office)

    def _due(self, office: str, now: float) -> float | None:
        turn, wish = self._turn(office), self._wish(office)
        if wish is None or not self._wanted(office, now):
            turn.wanted_since = None
            return None
        if turn.wanted_since is None:
            turn.wanted_since = now
        return turn.due(wish, now)

    def _wish(self, office: str) -> Wish | None:
        desk = self._desks[office]
        state, now = desk.state, desk.now()
        if desk.health != "ready" or state.day is None:
            return None
        left = AGAIN_MS - max(0, now - state.at) % AGAIN_MS
        return Wish(state.seq, state.mark, instant(state.at, now), left / 1000)

    async def _forecast(self, office: str) -> None:
        turn, wish = self._turn(office), self._wish(office)
        if wish is None:
            return
        turn.begins(wish, self._clock())
        why = turn.asks_why(self._clock())
        ask = Ask(self._store, office, wish.seq, wish.mark, wish.now, self.models(office), why)
        try:
            await self._there()
            answer = await self._worker.ask(encode(ask), self._run_s)
        except WorkerFault as fault:
            self._failed(office, turn, fault)
            return
        self._take(office, turn, _answer(answer))

    async def _there(self) -> None:
        """Waits until the worker has started: that may take longer than a run."""
        if self._worker.pid is not None:
            return
        if self._began:
            self._began = False
            raise WorkerFault("died", "it ended by itself")
        await self._worker.ask(encode(Ask()), START_S)
        self._began = True

    def _failed(self, office: str, turn: Turn, fault: WorkerFault) -> None:
        turn.failed(str(fault), self._clock(), said=fault.reason == "fault")
        _log.warning("no forecast", office=office, reason=str(fault))
        if fault.reason == "fault":
            return
        self._began = False
        if fault.reason == "hung":  # the other offices go on at once, with a new worker
            self._tasks.stumbled("run", fault)
            return
        raise fault

    def _take(self, office: str, turn: Turn, found: Forecasted) -> None:
        before = turn.shown(self._clock())
        way_back = self._desks[office].state.office.policy.way_back
        turn.takes(shown(found, turn.waits, partial(self._told, office), way_back))
        if office in self._fading:
            self._fading[office].cancel()
        fades_in = max(0.0, turn.fresh_until - self._clock()) + EARLY_S
        self._fading[office] = asyncio.get_running_loop().call_later(fades_in, self._fade, office)
        if not same(before, turn.waits):
            self.changed(office)

    def _told(self, office: str, ticket: str) -> Expected | None:
        found = self._desks[office].state.tickets.get(ticket)
        return expected(found.told, rfc3339(found.issued_at)) if found is not None and found.told is not None else None

    def _fade(self, office: str) -> None:
        """The forecast is now too old to be shown."""
        if self._clock() >= self._turn(office).fresh_until:
            self.changed(office)
