"""Settings are found in the history, also since the last checkpoint; `aufruf check --explain` names them beside the file."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.main import get_command

from config.loader import load
from server.clock import SystemClock
from server.command_line import app
from server.history.database import close_database, default_url, open_database
from server.history.historian import Historian
from server.history.set_on_pages import settings_of
from server.log.memory_log import MemoryLog
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.instants import DAY
from server.messages.office import Office
from tests.history.conftest import EIGHT, Day

ADMIN = Actor(role="admin", principal="token:admin", account="leitung")
FILE = """[office]
id = "mitte"
name = "Mitte"

[[services]]
id = "pass"
names = { de = "Reisepass" }
letter = "A"

[[counters]]
id = "1"
"""


def lay(path: str, value: str, day: str) -> c.LaySetting:
    return c.LaySetting(path=path, value=value, from_day=day)


async def written(engine: AsyncEngine, day: Day) -> None:
    log = MemoryLog()
    log.store.add("mitte", day.rows)
    await Historian(engine, log, SystemClock()).catch_up("mitte")


@pytest.fixture
def day(office: Office) -> Day:
    return Day(office, 1, EIGHT)


async def test_it_is_what_the_office_itself_knows(engine: AsyncEngine, day: Day) -> None:
    today, later = day.state.day or "", "2026-12-24"
    assert await settings_of(engine) == {}
    day.said(ADMIN, lay("services.pass.names.de", '"Pass"', today))
    day.said(ADMIN, lay("services.meld.names.de", '"Ummelden"', later))
    day.said(ADMIN, lay("services.fund.names.de", '"Funde"', later))
    day.said(ADMIN, c.TakeBackSetting(path="services.meld.names.de"))

    await written(engine, day)

    assert await settings_of(engine) == {"mitte": day.state.settings}
    assert [(one.path, one.on) for one in day.state.settings] == [
        ("services.pass.names.de", True),
        ("services.fund.names.de", False),
    ]


async def test_a_new_day_carries_them(engine: AsyncEngine, day: Day) -> None:
    day.said(ADMIN, lay("services.pass.names.de", '"Pass"', day.state.day or ""))
    day.now += DAY
    day.said(SYSTEM, c.OpenDay())

    await written(engine, day)

    found = (await settings_of(engine))["mitte"]
    assert (found, len(found)) == (day.state.settings, 1)


def test_check_explains_both_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mitte.toml"
    file.write_text(FILE, encoding="utf-8")

    async def fill() -> str:
        day = Day(load(file), 1, EIGHT)
        today = day.state.day or ""
        day.said(ADMIN, lay("services.pass.names.de", '"Pass und Visum"', today))
        engine = await open_database(default_url(tmp_path))
        await written(engine, day)
        await close_database(engine)
        return today

    since = asyncio.run(fill())
    with pytest.raises(SystemExit) as end:
        get_command(app).main(["check", str(file), "--explain", "--data", str(tmp_path)], "aufruf")

    said = capsys.readouterr().out
    wanted = f"services.pass.names.de = 'Pass und Visum'  (set on /admin since {since} by leitung; {file}:7 says 'Reisepass')"
    assert (end.value.code, wanted in said.splitlines()) == (0, True), said
