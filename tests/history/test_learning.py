"""Learning each night: by whoever writes the history, once a day, in a real process, and put in force by an event of the log."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from msgspec.msgpack import decode, encode
from msgspec.structs import replace
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from audio.worker import Worker, WorkerFault
from server.clock import StoreClock
from server.desk.desk import Desk
from server.forecast.model import Model
from server.history import models, tables
from server.history.historian import Historian
from server.history.models import newest
from server.learning import LIMIT_S, Learner
from server.learning_process import Ask, Taught, taught
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.messages.actor import SYSTEM
from server.messages.commands import OpenDay
from server.messages.facts import TakenUp, Told
from server.messages.instants import DAY
from server.messages.office import Office
from tests.clocks import StandingClock
from tests.history.conftest import EIGHT
from tests.history.test_past import Diary

TOLD = Told(low=5, median=10, high=20, model="cold", p10=7.0, p90=14.0)


class Here:
    """Does the work of the learning process in this one; counts what was asked. `fails`: the fault that it ends with."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine, self.asked, self.fails = engine, list[str](), ""

    async def ask(self, request: bytes, limit: float) -> bytes:
        ask = decode(request, type=Ask)
        self.asked.append(ask.office)
        if self.fails:
            raise WorkerFault(self.fails)
        return encode(await taught(self._engine, ask.office, ask.now))

    async def close(self) -> None:
        pass


@pytest.fixture
def diary(office: Office) -> Diary:
    """Yesterday: 40 visits of nine to eleven minutes, promised too narrowly."""
    diary = Diary(office)
    for number in range(40):
        diary.visit(number * 10, number * 10 + number % 20 + 1, 9 + number % 3, told=TOLD)
    return diary


Node = tuple[Desk, Historian, Here, Learner]


@pytest.fixture
async def node(engine: AsyncEngine, url: str, office: Office, diary: Diary) -> AsyncIterator[Node]:
    """The next morning: the desk is open, and the history has read up to it."""
    clock = StandingClock(EIGHT + DAY)
    log = MemoryLog(MemoryStore(clock.now_ms))
    log.store.add(office.id, diary.rows())
    desk = Desk(office.id, log, StoreClock(clock), lambda kind, id: id, alone=True)
    historian = Historian(engine, log, clock)
    here = Here(engine)
    await desk.start()
    await desk.caught_up(1, 30)
    await desk.submit(SYSTEM, OpenDay(), "open")
    historian.follow([office.id])
    async with asyncio.timeout(30):
        while not historian.stands_at(office.id, "2026-11-23"):  # it follows by itself: nobody else may read meanwhile
            await asyncio.sleep(0)
    yield desk, historian, here, Learner({office.id: desk}, historian, engine, url, here)
    await historian.stop()
    await desk.stop()


async def test_a_missed_night_is_made_up_for_and_the_model_is_in_force(engine: AsyncEngine, node: Node) -> None:
    desk, _, here, learner = node

    await learner.look(["mitte"])
    await learner.look(["mitte"])

    found = await newest(engine, "mitte")
    assert found is not None
    assert (found.day, here.asked) == ("2026-11-23", ["mitte"])
    assert desk.state.model == found.version
    assert found.version.startswith("2026-11-23-")
    (model,) = (await models.kept(engine, "mitte", [found.version])).values()
    assert model.finished == 40
    assert model.bands[1].high > 1.0, "the promises were too narrow"
    assert model.learning


async def test_what_the_verb_learned_is_taken_up(engine: AsyncEngine, node: Node) -> None:
    desk, _, here, learner = node
    await learner.look(["mitte"])
    first = desk.state.model
    (model,) = (await models.kept(engine, "mitte", [first])).values()
    await models.keep(engine, "mitte", _named(model, "2026-11-23-other"), "2026-11-23", EIGHT + 2 * DAY)

    await learner.look(["mitte"])

    assert (desk.state.model, here.asked) == ("2026-11-23-other", ["mitte"])


async def test_what_came_of_appointments_goes_into_the_log_with_the_model(engine: AsyncEngine, node: Node) -> None:
    """A model that does not know it, of an earlier release, says nothing of them; one that says it wrongly neither."""
    desk, _, _, learner = node
    await learner.look(["mitte"])
    assert desk.state.taken_up is None
    (model,) = (await models.kept(engine, "mitte", [desk.state.model])).values()
    for number, said in enumerate((TakenUp(booked=400, came=350, in_time=340), None)):
        changed = replace(model, version=f"2026-11-23-{number}", taken_up=said)
        await models.keep(engine, "mitte", changed, "2026-11-23", EIGHT + (2 + number) * DAY)
        await learner.look(["mitte"])
        assert (desk.state.model, desk.state.taken_up) == (changed.version, said)

    async with engine.begin() as connection:
        await connection.execute(update(tables.models).values(body='{"taken_up": 3}'))
    found = await newest(engine, "mitte")
    assert found is not None
    assert found.taken_up is None


async def test_a_process_that_fails_is_left_alone_for_a_while(engine: AsyncEngine, node: Node) -> None:
    desk, _, here, learner = node
    here.fails = "hung"

    await learner.look(["mitte"])
    await learner.look(["mitte"])

    assert (here.asked, desk.state.model) == (["mitte"], "")


async def test_only_whoever_writes_the_history_learns(engine: AsyncEngine, url: str, node: Node) -> None:
    desk, _, here, _ = node
    other = Historian(engine, MemoryLog(), StandingClock(EIGHT))

    await Learner({"mitte": desk}, other, engine, url, here).look(["mitte"])

    assert here.asked == []


async def test_the_process_itself_reads_learns_and_keeps(engine: AsyncEngine, url: str, node: Node) -> None:
    worker = Worker("server.learning_process")

    said = decode(await worker.ask(encode(Ask(url, "mitte", EIGHT + DAY)), LIMIT_S), type=Taught)
    nothing = decode(await worker.ask(encode(Ask(url, "nowhere", EIGHT + DAY)), LIMIT_S), type=Taught)
    await worker.close()

    found = await newest(engine, "mitte")
    assert found is not None
    assert said == Taught(found.version, 40, 1, 40)
    assert nothing == Taught()


def _named(model: Model, version: str) -> Model:
    return Model(**{name: getattr(model, name) for name in model.__struct_fields__} | {"version": version})
