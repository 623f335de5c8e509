"""A rule tried on the last day: which day that is, and what is said if there is none or the rule cannot be tried."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]
import pytest

from audio.worker import Worker
from server.log.redis_log import RedisLog
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.messages.problems import Refusal
from server.messages.rule_trial import RuleTrial, TrialFound
from server.messages.what_if import WhatIf, WhatIfFound
from server.promises.questions import AdviceQuestion
from server.promises.second import PROCESS, RUN_S, TRIAL_NICE, TRIAL_S, Second
from tests.promises.conftest import Desk, Written
from tests.promises.test_second import Here

if TYPE_CHECKING:
    from server.log.port import Log, Row
    from tests.office.room import Make, Room

ASKED = RuleTrial(service="car", over_minutes=30, under_minutes=10, counters=("1",))


@pytest.fixture
def yesterday(make_room: Make) -> Room:
    room = make_room(rules=()).open("1", "3")
    for _ in range(8):
        room.ticket("car")
    for _ in range(8):
        room.does(c.CallNext(counter="3"))
        room.does(c.StartService(counter="3"))
        room.sleep(10 * MINUTE)
        room.does(c.FinishService(counter="3"))
    return room


def next_day(room: Room) -> None:
    room.does(c.CloseDay(), room.supervisor)
    room.sleep(24 * HOUR).does(c.OpenDay(), room.supervisor)


async def asked(room: Room, log: Log, rule: RuleTrial = ASKED) -> TrialFound | Refusal:
    if await log.checkpoint("amt") is None and not await log.read("amt", 0, 1):
        await Written(room, log).save()
    return await Second({"amt": Desk(room)}, "", worker=Here(log), trials=Here(log)).rule_trial("amt", rule)


async def test_it_is_tried_on_the_last_day_on_which_somebody_was_called(yesterday: Room, log: Log) -> None:
    day = yesterday.state.day
    next_day(yesterday)
    next_day(yesterday)
    yesterday.open("3").ticket("car")
    yesterday.does(c.CallNext(counter="3"))
    found = await asked(yesterday, log)

    assert isinstance(found, TrialFound)
    assert (found.day, found.people, len(found.acts)) == (day, 8, 1)
    assert found.service is not None
    assert found.longest.with_ < found.longest.without == pytest.approx(70, abs=1)
    assert found.service.with_ < found.service.without
    assert found.others is None


async def test_a_day_that_is_not_over_does_not_count(yesterday: Room, log: Log) -> None:
    found = await asked(yesterday, log)

    assert isinstance(found, Refusal)
    assert (found.code, found.status) == ("log_trimmed", 410)


async def test_a_rule_that_could_not_be_written_is_refused_as_it_would_be(yesterday: Room, log: Log) -> None:
    wrong = RuleTrial(service="car", over_minutes=10, under_minutes=10, counters=("1",))
    found = await asked(yesterday, log, wrong)

    assert isinstance(found, Refusal)
    assert [one.field for one in found.errors] == ["under_minutes"]
    found = await asked(yesterday, log, RuleTrial(service="car", over_minutes=30, under_minutes=10, counters=("2",)))
    assert isinstance(found, Refusal)
    assert found.code == "cannot_serve"


class Noted(Worker):
    """It notes the niceness of its process after each run."""

    nice: list[int]

    async def ask(self, request: bytes, limit: float) -> bytes:
        answer = await super().ask(request, limit)
        if request:
            self.nice = [*getattr(self, "nice", []), psutil.Process(self.pid).nice()]
        return answer


class Timed(Here):
    """It notes how long each run may take."""

    def __init__(self, log: Log) -> None:
        super().__init__(log)
        self.limits: list[float] = []

    async def ask(self, request: bytes, limit: float) -> bytes:
        if request:
            self.limits.append(limit)
        return await super().ask(request, limit)


async def test_nobody_who_asks_what_a_move_would_change_waits_for_a_trial(yesterday: Room, log: Log) -> None:
    """A trial may take a minute, and there is one at a time. What-if and the advice are answered while it goes on."""
    next_day(yesterday)
    await Written(yesterday, log).save()
    here, trials = Timed(log), Timed(log)
    second = Second({"amt": Desk(yesterday)}, "", worker=here, trials=trials)
    trials.may.clear()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(second.rule_trial("amt", ASKED))
        await asyncio.sleep(0)
        other = await second.what_if("amt", WhatIf(moves=()))
        advice = await second.ask("amt", AdviceQuestion)
        again = await second.rule_trial("amt", ASKED)
        assert not first.done()
        trials.may.set()

    assert isinstance(other, WhatIfFound)
    assert advice
    assert isinstance(again, Refusal)
    assert (again.code, again.retry) == ("too_many", True)
    assert isinstance(first.result(), TrialFound)
    assert (here.limits, trials.limits) == ([RUN_S, RUN_S], [TRIAL_S])
    assert trials.pid is None, "it ends with the trial"
    assert isinstance(await second.rule_trial("amt", ASKED), TrialFound)


async def test_the_process_of_a_trial_lets_all_others_go_first(yesterday: Room, redis_url: str) -> None:
    log = RedisLog(redis_url)
    next_day(yesterday)
    await Written(yesterday, log, "tried").save()
    worker, trials = Worker(PROCESS), Noted(PROCESS, str(TRIAL_NICE))
    second = Second({"tried": Desk(yesterday)}, redis_url, worker=worker, trials=trials)
    try:
        assert isinstance(await second.rule_trial("tried", ASKED), TrialFound)
        assert trials.nice == [TRIAL_NICE]
        assert (worker.pid, trials.pid) == (None, None), "what-if needs no process for it, and its own has ended"
    finally:
        await second.stop()
        await log.close()


async def test_where_the_log_holds_no_such_day_the_one_that_the_history_kept_is_taken(
    yesterday: Room, log: Log
) -> None:
    """After a day on which the office was closed, the log has been trimmed to that day. The answer says which day it is about."""
    day = yesterday.state.day
    next_day(yesterday)
    next_day(yesterday)
    await Written(yesterday, log).save()
    openings = [row.seq for row in await log.read("amt", 0, 10_000) if b'"day_opened"' in row.body]
    kept = [row for row in await log.read("amt", 0, 10_000) if openings[0] <= row.seq < openings[1]]
    await log.trim("amt", openings[1])
    asked_for: list[tuple[str, str | None]] = []

    async def busy_day(office: str, today: str | None) -> list[Row]:
        asked_for.append((office, today))
        return kept

    def second(**more: Any) -> Second:
        return Second({"amt": Desk(yesterday)}, "", worker=Here(log), trials=Here(log), **more)

    found = await second(busy_day=busy_day).rule_trial("amt", ASKED)
    nothing = await second().rule_trial("amt", ASKED)

    assert asked_for == [("amt", yesterday.state.day)]
    assert isinstance(found, TrialFound)
    assert (found.day, found.people, len(found.acts)) == (day, 8, 1)
    assert isinstance(nothing, Refusal)
    assert nothing.code == "log_trimmed"
