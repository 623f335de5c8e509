"""`aufruf learn --database`: learns at once what a server would learn at night, from a database of either kind."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from server.clock import SystemClock
from server.command_line import app
from server.history.database import close_database, open_database
from server.history.historian import Historian
from server.history.models import kept, newest
from server.log.memory_log import MemoryLog
from server.messages import events as e
from server.messages.instants import DAY, MINUTE
from server.messages.office import Office
from server.office import hours
from tests.history.conftest import EIGHT
from tests.history.test_past import Diary
from tests.postgres import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, url: str) -> Iterator[str]:
    """A fresh database."""
    if request.param == "sqlite":
        yield url
        return
    with postgres() as folder:
        yield f"postgresql://aufruf@/postgres?host={folder}"


class Yesterday(Diary):
    """A diary of yesterday by the clock of this machine, which the verb uses."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        ago = (SystemClock().now_ms() - EIGHT) // DAY - 1
        day = hours.day_of(office, EIGHT + ago * DAY)
        self.events[1:] = []
        self.shift = ago * DAY / MINUTE
        self.at(self.shift, e.DayOpened, day=day, epoch="one", office=office)


async def lived(engine: AsyncEngine, office: Office) -> None:
    diary = Yesterday(office)
    for number in range(40):
        issued = diary.shift + number * 10
        diary.visit(issued, issued + number % 20 + 1, 9 + number % 3)
    log = MemoryLog()
    log.store.add(office.id, diary.rows())
    await Historian(engine, log, SystemClock()).catch_up(office.id)


async def test_it_learns_from_the_database_and_keeps_the_model_there(place: str, office: Office) -> None:
    engine = await open_database(place)
    await lived(engine, office)
    await close_database(engine)

    done = await asyncio.to_thread(CliRunner().invoke, app, ["learn", "--database", place, "--office", office.id])

    engine = await open_database(place)
    learned = await newest(engine, office.id)
    made = {} if learned is None else await kept(engine, office.id, [learned.version])
    await close_database(engine)
    assert done.exit_code == 0, done.output
    assert learned is not None
    assert f"{office.id}: model {learned.version}, from 40 visits and 0 promises of 1 days" in done.output
    assert made[learned.version].services["pass"].mu == pytest.approx(2.3, abs=0.1), "ten minutes"
