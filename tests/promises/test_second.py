"""The second worker: the same office gets the same answer, few questions may wait at once, and one that is away says so."""

from __future__ import annotations

import asyncio
import ctypes
import platform
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]
import pytest
from msgspec import to_builtins

from audio.worker import Worker, WorkerFault
from server.log.redis_log import RedisLog
from server.messages import commands as c
from server.messages.problems import Refusal
from server.messages.what_if import WhatIf, WhatIfFound
from server.promises.aside import SLICE_NS, WORK_S
from server.promises.questions import AdviceQuestion, EffectQuestion, Question, TableQuestion, WhatIfQuestion
from server.promises.second import OF_NODE, OF_OFFICE, Away, Second
from server.promises.studies import Studies
from tests.promises.conftest import Desk, Written

if TYPE_CHECKING:
    from server.log.port import Log
    from tests.office.room import Room

MORE = WhatIf(moves=(c.OpenCounter(counter="2"),))


class Here:
    """The second worker in this process. `may`: its runs wait for it; `fails`: how they end."""

    pid: int | None = None

    def __init__(self, log: Log) -> None:
        self._studies = Studies(lambda url: log)
        self.may, self.fails, self.begun = asyncio.Event(), "", 0
        self.may.set()

    async def ask(self, request: bytes, limit: float) -> bytes:
        if not request:
            self.pid, self.begun = 1, self.begun + 1
        elif self.fails:
            self.pid = None
            raise WorkerFault(self.fails)
        await self.may.wait()
        return await self._studies.answer(request)

    async def close(self) -> None:
        self.pid = None


@pytest.fixture
async def busy(room: Room, log: Log) -> Room:
    room.open("1")
    for _ in range(8):
        room.ticket("pass")
    room.serve("1")
    await Written(room, log).save()
    return room


@pytest.fixture
def here(log: Log) -> Here:
    return Here(log)


@pytest.fixture
def second(busy: Room, here: Here) -> Second:
    return Second({"amt": Desk(busy)}, "", worker=here)


async def test_two_nodes_say_the_same_of_the_same_entry(second: Second, busy: Room, log: Log) -> None:
    first = await second.what_if("amt", MORE)
    other = await Second({"amt": Desk(busy)}, "", worker=Here(log)).what_if("amt", MORE)

    assert isinstance(first, WhatIfFound)
    assert first == other
    assert first.seq == busy.state.seq
    assert first.longest.diff.low <= first.longest.diff.median <= first.longest.diff.high < 0
    assert first.longest.then < first.longest.now
    assert first.services.keys() == {"pass"}
    assert first.longest.chance == 1


async def test_nothing_changed_is_a_difference_of_nothing(second: Second) -> None:
    found = await second.what_if("amt", WhatIf(moves=()))

    assert isinstance(found, WhatIfFound)
    for effect in (found.longest, found.p95, found.mean):
        assert (effect.diff.low, effect.diff.median, effect.diff.high, effect.chance) == (0, 0, 0, 0)
        assert effect.now == effect.then


async def test_a_roster_is_followed_until_the_office_closes(second: Second, busy: Room) -> None:
    """From nine until six; a move alone is followed for three hours, and the end of the day is not looked at."""
    plan = c.SetRoster(date="2026-11-23", duty=(c.DutySpan(counter="2", from_="08:00", to="18:00"),))
    whole, part = [await second.what_if("amt", WhatIf(moves=moves)) for moves in ((plan,), MORE.moves)]

    assert isinstance(whole, WhatIfFound)
    assert isinstance(part, WhatIfFound)
    assert (round(whole.minutes / 60), round(part.minutes / 60)) == (9, 3)
    assert "unserved" in to_builtins(whole)
    assert "unserved" not in to_builtins(part)


async def test_a_move_that_is_impossible_is_the_refusal_of_production(second: Second) -> None:
    found = await second.what_if("amt", WhatIf(moves=(c.OpenCounter(counter="9"),)))

    assert isinstance(found, Refusal)
    assert (found.code, found.more) == ("unknown_counter", {"move": 0})


async def test_few_questions_of_an_office_wait_at_once(second: Second, here: Here) -> None:
    here.may.clear()
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(second.what_if("amt", MORE)) for _ in range(OF_OFFICE)]
        await asyncio.sleep(0)
        found = await second.what_if("amt", MORE)
        here.may.set()

    assert isinstance(found, Refusal)
    assert (found.code, found.retry) == ("too_many", True)
    assert all(isinstance(one.result(), WhatIfFound) for one in waiting)
    assert isinstance(await second.what_if("amt", MORE), WhatIfFound), "afterwards there is room again"


async def test_what_the_node_asks_by_itself_takes_no_place_from_people(second: Second, here: Here) -> None:
    """The curve, the advice and an effect are under way: three what-ifs have room, the fourth has none."""
    here.may.clear()
    past: dict[str, Any] = {"key": "k1", "by": "supervisor:7", "at": 0, "until": 1}
    own: list[tuple[type[Question], dict[str, Any]]] = [
        (TableQuestion, {}),
        (AdviceQuestion, {}),
        (EffectQuestion, past),
    ]
    async with asyncio.TaskGroup() as group:
        for kind, more in own:
            group.create_task(second.ask("amt", kind, **more))
        await asyncio.sleep(0)
        waiting = [group.create_task(second.what_if("amt", MORE)) for _ in range(OF_OFFICE)]
        await asyncio.sleep(0)
        found = await second.what_if("amt", MORE)
        here.may.set()

    assert all(isinstance(one.result(), WhatIfFound) for one in waiting)
    assert isinstance(found, Refusal)
    assert found.code == "too_many"


async def test_what_the_node_asks_by_itself_is_bounded_too(second: Second, here: Here) -> None:
    here.may.clear()
    async with asyncio.TaskGroup() as group:
        for _ in range(OF_OFFICE):
            group.create_task(second.ask("amt", AdviceQuestion))
        await asyncio.sleep(0)
        with pytest.raises(Away, match="already"):
            await second.ask("amt", AdviceQuestion)
        here.may.set()


async def test_people_go_before_what_the_node_asks_by_itself(second: Second, here: Here) -> None:
    """Whatever the order in which they came."""
    order: list[str] = []

    async def asks(kind: type[Question], name: str, **more: Any) -> None:
        await second.ask("amt", kind, **more)
        order.append(name)

    here.may.clear()
    async with asyncio.TaskGroup() as group:
        group.create_task(asks(TableQuestion, "first table"))
        await asyncio.sleep(0)
        for name in ("an advice", "another"):
            group.create_task(asks(AdviceQuestion, name))
        await asyncio.sleep(0)
        for nth in range(OF_OFFICE):
            group.create_task(asks(WhatIfQuestion, f"person {nth}", asked=MORE))
        await asyncio.sleep(0)
        here.may.set()

    assert order == ["first table", "person 0", "person 1", "person 2", "an advice", "another"]


async def test_every_office_of_a_city_has_its_table(busy: Room, here: Here, log: Log) -> None:
    """Tables of many offices are opened at once: none is refused, and somebody who asks still finds room."""
    offices = [f"amt{nth}" for nth in range(OF_NODE + 2)]
    for name in offices:
        await Written(busy, log, name).save()
    second = Second({name: Desk(busy) for name in ("amt", *offices)}, "", worker=here)
    here.may.clear()
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(second.ask(name, AdviceQuestion)) for name in offices]
        await asyncio.sleep(0)
        person = group.create_task(second.what_if("amt", MORE))
        await asyncio.sleep(0)
        here.may.set()

    assert all(one.result() for one in asked)
    assert isinstance(person.result(), WhatIfFound)


async def test_a_worker_that_dies_is_started_by_the_next_question(second: Second, here: Here) -> None:
    here.fails = "died"
    found = await second.what_if("amt", MORE)
    assert isinstance(found, Refusal)
    assert (found.code, found.status, found.retry) == ("starting", 503, True)

    here.fails = ""
    assert isinstance(await second.what_if("amt", MORE), WhatIfFound)
    assert here.begun == 2


async def test_without_the_packages_of_a_server_it_says_what_is_missing(busy: Room, here: Here) -> None:
    lacking = Second({"amt": Desk(busy)}, "", worker=here, needs=("no_such_package",))
    found = await lacking.what_if("amt", MORE)

    assert isinstance(found, Refusal)
    assert "no_such_package is not installed" in found.detail
    assert here.begun == 0


def slice_ns(pid: int) -> int | None:
    """The slice of time that a process asked for; None where Linux is older than 6.12, or another system says nothing."""
    told, call = ctypes.create_string_buffer(48), {"x86_64": 315, "aarch64": 275}.get(platform.machine())
    if call is None or ctypes.CDLL(None).syscall(call, pid, told, len(told), 0):
        return None
    runtime: int = struct.unpack("IIQiIQQQ", told.raw)[5]
    return runtime or None


async def test_the_process_answers_and_lets_the_forecast_go_first(room: Room, redis_url: str) -> None:
    log = RedisLog(redis_url)
    room.open("1")
    for _ in range(4):
        room.ticket("pass")
    await Written(room, log, "second").save()
    worker = Worker("server.promises.second_worker")
    second = Second({"second": Desk(room)}, redis_url, worker=worker)
    try:
        assert isinstance(await second.what_if("second", MORE), WhatIfFound)
        assert worker.pid is not None
        assert psutil.Process(worker.pid).nice() == 15
        assert slice_ns(worker.pid) in (SLICE_NS, None)
    finally:
        await second.stop()
        await log.close()


def test_a_process_that_stands_aside_rests() -> None:
    """A process that only counts never gives up the processor by itself; one that rests does so once for each piece of work."""
    code = f"""
import psutil, time
from server.promises.aside import stands_aside
stands_aside(0)
while time.process_time() < {50 * WORK_S}: pass
print(psutil.Process().num_ctx_switches().voluntary)
"""
    rested = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert int(rested) > 25
