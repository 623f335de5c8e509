"""`aufruf demo`: simulated days in a real office, one after the other, until Ctrl-C. Called by the command line.

The last counter of the office is left free for the person who watches; counters that somebody else opened are never touched.
"""

import asyncio
import contextlib
import itertools
import signal
from collections.abc import Iterator
from typing import Any, TextIO

from server.messages import boards
from server.rehearsal.clerk import CLOSES, LATEST, Clerk
from server.rehearsal.contract import Contract, Unreachable
from server.rehearsal.crowd import Crowd
from server.rehearsal.pace import Pace
from server.rehearsal.plan import CounterPlace, Scene, Wish, plan
from server.rehearsal.status import Status, greeting
from server.rehearsal.supervision import Supervision
from server.rehearsal.watch import Watch

MAY = frozenset({"clerk", "supervisor", "admin"})
"""Roles whose token can play clerks; a supervisor's token plays the supervisor too."""
FIRST_BOARD_S = 10.0
TIDY_S = 20.0
"""Seconds that tidying up may take."""
NIGHT_S = 15.0
"""Simulated minutes between two days."""


async def run(server: str, token: str, speed: float, seed: int, office: str | None, out: TextIO) -> int:
    """Runs until it is cancelled or gets SIGTERM or SIGHUP, then tidies up. 0: ended well; 1: could not."""
    async with Contract(server, token) as contract:
        try:
            demo = await prepare(contract, token, speed, seed, office, out)
            with _ended_by_signals():
                await demo.live()
        except Unreachable as fault:
            out.write(f"{fault}\n")
            return 1
    return 0


async def prepare(contract: Contract, token: str, speed: float, seed: int, office: str | None, out: TextIO) -> "Demo":
    """Asks the server for the token's role and for the office. Unreachable says why the demo cannot begin."""
    me = await contract.get("/api/v1/me")
    if me["role"] not in MAY or me.get("for"):
        raise Unreachable("the demo needs a token for a whole office: aufruf token --role supervisor --office ID")
    contract.office = office or next(iter(me["offices"]), "") or await _first_office(contract)
    about = await contract.get(f"/api/v1/offices/{contract.office}")
    watch = Watch(contract.server, contract.office, token)
    return Demo(contract, watch, about, speed=speed, seed=seed, supervises=me["role"] != "clerk", out=out)


async def _first_office(contract: Contract) -> str:
    return str((await contract.get("/api/v1/offices"))[0]["id"])


class Demo:
    """`about`: the answer of `GET offices/{office}`."""

    def __init__(
        self, contract: Contract, watch: Watch, about: Any, *, speed: float, seed: int, supervises: bool, out: TextIO
    ) -> None:
        self._contract, self._watch, self._about = contract, watch, about
        self._pace = Pace(speed)
        self._speed, self._seed, self._supervises, self._out = speed, seed, supervises, out
        self._clerks: list[Clerk] = []

    async def live(self) -> None:
        """Runs until cancelled. Whatever ends it, counters are closed and our people go home."""
        try:
            async with asyncio.TaskGroup() as around:
                following = around.create_task(self._watch.run(), name="demo:watch")
                try:
                    board = await self._first_board()
                    self.scene = describe(self._about, board)
                    self._out.write(greeting(self._contract.server, board, self.scene, self._speed))
                    await self._days()
                finally:
                    following.cancel()
        except BaseExceptionGroup as group:
            raise _first(group) from group

    async def _first_board(self) -> boards.Desk:
        try:
            return await self._watch.first(FIRST_BOARD_S)
        except TimeoutError:
            raise Unreachable("the live socket gives no board; is something between us that blocks sockets?") from None

    async def _days(self) -> None:
        around = (self._contract, self._watch, self._pace)
        self.crowd = Crowd(*around, self.scene)
        supervision = Supervision(*around, self.scene)
        self._clerks = [Clerk(*around, self.crowd, place) for place in self.scene.staffed]
        try:
            async with asyncio.TaskGroup() as beside:
                beside.create_task(Status(self._out, self._line).run(), name="demo:status")
                for seed in itertools.count(self._seed):
                    await self._day(seed, supervision)
        except asyncio.CancelledError:
            if (task := asyncio.current_task()) is not None:
                task.uncancel()
        finally:
            await self._tidy(supervision)

    async def _day(self, seed: int, supervision: Supervision) -> None:
        day = plan(self.scene, seed)
        self._pace.new_day()
        async with asyncio.TaskGroup() as life:
            people = life.create_task(self.crowd.live(day), name="demo:people")
            deeds = day.deeds if self._supervises else ()
            above = life.create_task(supervision.live(deeds, seed), name="demo:supervisor")
            clerks = [
                life.create_task(clerk.work(shift, seed), name=f"demo:counter {shift.counter}")
                for clerk, shift in zip(self._clerks, day.shifts, strict=True)
            ]
            await self._pace.until(CLOSES)
            if clerks:
                await asyncio.wait(clerks, timeout=self._pace.seconds(LATEST + 30 - CLOSES))
            for task in (people, above, *clerks):
                task.cancel()
        await self.crowd.go_home()
        await self._pace.minutes(NIGHT_S)

    async def _tidy(self, supervision: Supervision) -> None:
        self._out.write("Closing: finishing at the counters, sending people home ...\n")
        with contextlib.suppress(Unreachable, TimeoutError):
            async with asyncio.timeout(TIDY_S):
                await asyncio.gather(*(clerk.leave() for clerk in self._clerks))
                await self.crowd.go_home()
                await supervision.tidy()

    def _line(self) -> str:
        board = self._watch.board
        waiting = sum(line.state == "waiting" for line in board.tickets) if board is not None else 0
        busy = [clerk for clerk in self._clerks if clerk.number]
        told = self.crowd.told
        calls = ", ".join(f"{clerk.number} → {clerk.place.id}" for clerk in busy if clerk.doing == "calls")
        line = f"{self._pace.clock()}  {waiting} waiting, {len(busy)} at counters, {told['finished']} served"
        return f"{line}, {told['left'] + told['missed']} left or missed" + (f"   calling {calls}" if calls else "")


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The cause in a group of exceptions: that the server is away, if this is among them."""
    found = group.subgroup(Unreachable) or group
    first = found.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def describe(about: Any, board: boards.Desk) -> Scene:
    """The scene of an office: every closed counter gets a clerk, except the last one, which is left free."""
    bookable = {service.id for service in board.services}
    places = [
        CounterPlace(id=face.id, services=face.services, skills=face.skills, features=face.features)
        for face in board.counters
    ]
    staffed = tuple(
        place
        for place, face in zip(places[:-1], board.counters, strict=False)
        if face.state == "closed" and not face.held and place.services
    )
    return Scene(
        services=tuple(
            Wish(id=one["id"], minutes=float(one["minutes"])) for one in about["services"] if one["id"] in bookable
        ),
        staffed=staffed,
        free=tuple(places[-1:]),
        languages=tuple(about["languages"]),
    )


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Makes SIGTERM and a closed terminal end the demo like Ctrl-C."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    signals = (signal.SIGTERM, signal.SIGHUP) if hasattr(signal, "SIGHUP") else (signal.SIGTERM,)
    for name in signals if task is not None else ():
        assert task is not None
        loop.add_signal_handler(name, task.cancel)
    try:
        yield
    finally:
        for name in signals:
            loop.remove_signal_handler(name)
