"""Two nodes that ask for the same entry, model and instant get equal bytes, however they came to that entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import pytest
from msgspec.msgpack import decode, encode
from msgspec.structs import replace

from audio.worker import Worker
from server.forecast.model import cold
from server.log.port import NotContinuous, Tail
from server.log.redis_log import RedisLog
from server.messages import commands as c
from server.messages.facts import Told
from server.messages.instants import MINUTE
from server.promises.runs import Runs
from server.promises.wire import AGAIN_MS, Ask, Forecasted, instant
from tests.promises.conftest import LONG, Written

if TYPE_CHECKING:
    from server.log.port import Log
    from tests.office.room import Room


async def said(runs: Runs, ask: Ask) -> Forecasted:
    return decode(await runs.answer(encode(ask)), type=Forecasted)


def asking(room: Room, tail: Tail, store: str = "", after: int = 0) -> Ask:
    return Ask(store=store, office="amt", seq=tail.seq, mark=tail.mark, now=room.state.at + after)


def served(room: Room, minutes: int) -> None:
    room.serve("1")
    room.after(minutes * MINUTE)
    room.finish("1")


async def test_a_worker_that_begins_in_the_middle_of_the_day_says_the_same(room: Room, log: Log) -> None:
    """The day's pace comes from the entries of the day, not from the worker's memory."""
    written, steady = Written(room, log), Runs(lambda url: log)
    room.open("1")
    for _ in range(4):
        room.ticket("pass")
    for minutes in (31, 28):
        served(room, minutes)
        tail = await written.save()
        kept = await steady.answer(encode(asking(room, tail)))

    assert await Runs(lambda url: log).answer(encode(asking(room, tail))) == kept
    slow = decode(kept, type=Forecasted)
    assert [one.median for one in slow.tickets.values()] == sorted(one.median for one in slow.tickets.values())
    assert set(slow.tickets) == {one.id for one in room.state.waiting_tickets()}


async def test_the_forecast_is_of_the_entry_that_was_asked_for_not_of_the_newest(room: Room, log: Log) -> None:
    written, runs = Written(room, log), Runs(lambda url: log)
    room.open("1")
    room.ticket("pass")
    earlier = asking(room, await written.save())
    room.ticket("pass")
    later = asking(room, await written.save())

    first = await runs.answer(encode(earlier))

    assert len(decode(first, type=Forecasted).tickets) == 1
    assert len((await said(runs, later)).tickets) == 2
    assert await runs.answer(encode(earlier)) == first, "also when it has gone further meanwhile"


async def test_who_waits_longer_and_what_else_people_may_draw_is_the_same_on_every_node(room: Room, log: Log) -> None:
    written = Written(room, log)
    room.open("1", "2", "3")
    room.promise = lambda *of: Told(low=0, median=3, high=5)
    tickets = [room.ticket(*services) for services in (("pass",), ("pass", "car"), ("pass",), ("pass",))]
    for counter in ("2", "3"):
        room.does(c.CloseCounter(counter=counter))
    ask = replace(asking(room, await written.save()), why=True)

    one, other = [await Runs(lambda url: log).answer(encode(ask)) for _ in range(2)]

    assert one == other
    found = decode(one, type=Forecasted)
    assert found.fewer
    assert set(found.fewer) < set(tickets)
    assert (("car", "pass"), "walk_in", ()) in [other[:3] for other in found.others]
    assert (await said(Runs(lambda url: log), replace(ask, why=False))).fewer is None


async def test_an_entry_that_the_log_does_not_hold_is_a_fault_and_the_next_one_is_answered(
    room: Room, log: Log
) -> None:
    written, runs = Written(room, log), Runs(lambda url: log)
    room.open("1")
    ask = asking(room, await written.save())

    for wrong in (replace(ask, mark="another"), replace(ask, seq=ask.seq + 5)):
        with pytest.raises(NotContinuous):
            await runs.answer(encode(wrong))
    assert (await said(runs, ask)).seq == ask.seq


async def test_a_fold_may_begin_at_the_checkpoint_of_the_day(room: Room, log: Log) -> None:
    written = Written(room, log)
    room.open("1")
    room.ticket("pass")
    await written.save()
    opened = next(seq for seq, _, event in room.entries if type(event).__name__ == "DayOpened")
    ask = encode(asking(room, written.tail))
    whole = await Runs(lambda url: log).answer(ask)
    for hint in (
        opened,
        written.tail.seq,
        written.tail.seq + 9,
    ):  # right, of another entry, and of one that does not exist
        await log.note_checkpoint("amt", hint)
        assert await Runs(lambda url: log).answer(ask) == whole
    await log.trim("amt", opened)

    assert await Runs(lambda url: log).answer(ask) == whole


async def test_two_worker_processes_say_the_same_and_let_others_go_first(room: Room, redis_url: str) -> None:
    log = RedisLog(redis_url)
    written = Written(room, log, "amt")
    room.open("1", "2")
    for _ in range(5):
        room.ticket("pass")
    served(room, 9)
    ask = asking(room, await written.save(), store=redis_url)
    one, two = Worker("server.promises.worker"), Worker("server.promises.worker")
    try:
        first = await one.ask(encode(ask), LONG)
        assert await two.ask(encode(ask), LONG) == first
        assert decode(first, type=Forecasted).tickets
        learned = encode(replace(ask, model=replace(cold(room.state.office), version="m1", finished=500)))
        assert decode(await one.ask(learned, LONG), type=Forecasted).learning is False
        assert one.pid is not None
        assert psutil.Process(one.pid).nice() == 10
    finally:
        await one.close()
        await two.close()
        await log.close()


def test_without_a_new_entry_the_instant_moves_every_ten_seconds() -> None:
    at = 1_000_000

    assert [instant(at, at + ms) - at for ms in (-5, 0, AGAIN_MS - 1, AGAIN_MS, 25_000)] == [0, 0, 0, AGAIN_MS, 20_000]
