"""A whole machine boots with a wrong clock, then with the right one: `aufruf up` and its store under libfaketime."""

import asyncio
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from server.messages.instants import DAY, MINUTE
from tests.crash.callers import Caller
from tests.crash.conftest import MakeUp
from tests.crash.evidence import Record
from tests.crash.reading import log_of
from tests.crash.stores import FAKETIME
from tests.crash.up import OFFICE, ROOT, Up

HOUR_S = 3_600
HERE = ZoneInfo("Europe/Berlin")
"""The office's day is that of its place, which after 23:00 UTC is another one than the day of UTC."""
WRONG = [HOUR_S, 50 * 365 * 24 * HOUR_S, -400 * 24 * HOUR_S]

pytestmark = [
    pytest.mark.calm,
    pytest.mark.skipif(FAKETIME is None, reason="faketime is not installed: make system"),
]


def clock(seconds: int) -> list[str]:
    """The command that runs a process with a clock that is this many seconds off."""
    return ["env", f"LD_PRELOAD={FAKETIME}", f"FAKETIME={seconds:+d}"]


async def asked(up: Up, token: str, path: str) -> Any:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{up.url}{path}", headers={"Authorization": f"Bearer {token}"})).json()


def told(table: Any) -> list[str]:
    """The worries of the server. "Deletion has stopped after a leap" appears some time after the start."""
    return [worry["code"] for worry in table["worries"] if worry["code"] != "deletion"]


@pytest.mark.parametrize("seconds", WRONG)
async def test_a_boot_with_a_wrong_clock_and_one_with_the_right_one(
    seconds: int, make_up: MakeUp, rng: random.Random
) -> None:
    up = make_up(before=clock(seconds))
    await up.start()
    token = await up.token("supervisor")
    caller = Caller([up.url], token, Record(), rng)
    await caller.press(type="issue_ticket", services=["ausweis"])
    assert await up.terminate() == 0

    up.runs_under()
    await up.start()
    issued = await caller.press(type="issue_ticket", services=["ausweis"])
    table = await asked(up, token, f"/api/v1/offices/{OFFICE}/boards/supervisor")
    ready = await asked(up, token, "/health/ready")
    assert told(table) == (["clock"] if seconds > 0 else [])
    assert any(line.startswith("clock:") for line in ready["degraded"]) == (seconds > 0)
    assert ("the log is ahead of the store's clock" in up.words()) == (seconds > 0)

    await caller.press(type="correct_clock")
    after = await asked(up, token, f"/api/v1/offices/{OFFICE}/boards/supervisor")
    event = (await log_of(up, token))[-1]
    await caller.close()
    now = datetime.now(UTC)

    assert told(after) == []
    assert abs((datetime.fromisoformat(event["at"]) - now).total_seconds()) < 60 or seconds < 0
    assert after["day"] == now.astimezone(HERE).date().isoformat()
    assert issued["result"]["ticket"]["number"] in [line["number"] for line in after["tickets"]]


async def test_no_number_of_the_true_day_goes_out_twice(make_up: MakeUp, rng: random.Random) -> None:
    """A morning under the right clock, then a boot fifty years ahead with a day of its own, then the right clock again."""
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    caller = Caller([up.url], token, Record(), rng)

    async def drawn(many: int) -> list[str]:
        answers = [await caller.press(type="issue_ticket", services=["ausweis"]) for _ in range(many)]
        return [answer["result"]["ticket"]["number"] for answer in answers]

    morning = await drawn(4)
    assert await up.terminate() == 0
    up.runs_under(*clock(WRONG[1]))
    await up.start()
    wrong = await drawn(2)
    assert await up.terminate() == 0
    up.runs_under()
    await up.start()
    await caller.press(type="correct_clock")
    after = await drawn(4)
    await caller.close()

    assert wrong == morning[:2], "a day of its own"
    assert not {*after} & {*morning, *wrong}


def latest(up: Up) -> dict[str, int]:
    """By name: the latest instants that access keeps, in ms, and the last day of notes as a number."""
    asked = {
        "made": "SELECT max(made_at) FROM tokens WHERE role = 'clerk'",
        "used": "SELECT max(used_at) FROM tokens WHERE role = 'clerk'",
        "expires": "SELECT max(expires_at) FROM tokens WHERE role = 'clerk'",
        "first link": "SELECT max(expires_at) FROM first_links",
        "note": "SELECT max(replace(day, '-', '')) FROM notes",
    }
    with closing(sqlite3.connect(f"file:{up.data / 'aufruf.db'}?mode=ro", uri=True)) as database:
        return {name: int(database.execute(query).fetchone()[0] or 0) for name, query in asked.items()}


async def test_what_was_stored_fifty_years_ahead_ends_in_time_once_the_clock_is_corrected(
    make_up: MakeUp, rng: random.Random
) -> None:
    """A token made by `aufruf token` on that machine for an hour, its uses, the link for the first sign-in, and a note."""
    ahead = clock(WRONG[1])
    up = make_up(before=ahead)
    await up.start()
    verb = ["token", "--data", str(up.data), "--role", "clerk", "--office", OFFICE, "--expires", "1h"]
    made = await asyncio.to_thread(
        subprocess.run,
        [*ahead, sys.executable, "-m", "server.command_line", *verb],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    token = made.stdout.strip()
    clerk = Caller([up.url], token, Record(), rng)
    ticket = (await clerk.press(type="issue_ticket", services=["ausweis"]))["result"]["ticket"]["id"]
    note = f"{up.url}/api/v1/offices/{OFFICE}/tickets/{ticket}/note"
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {token}"}) as client:
        assert (await client.put(note, json={"text": "kommt um elf wieder"})).status_code == 200
        assert await up.terminate() == 0
        now = round(time.time() * 1000)
        assert all(latest(up)[name] > now + 40 * 365 * DAY for name in ("made", "used", "expires"))

        up.runs_under()
        await up.start()
        supervisor = Caller([up.url], await up.token("supervisor"), Record(), rng)
        await supervisor.press(type="correct_clock")
        tomorrow = int((datetime.now(HERE) + timedelta(days=1)).strftime("%Y%m%d"))
        async with asyncio.timeout(60):
            while (found := latest(up))["note"] > tomorrow or found["made"] > now + 600_000:
                await asyncio.sleep(0.1)
        me = await client.get(f"{up.url}/api/v1/me")
        kept = await client.get(note)
    await clerk.close()
    await supervisor.close()

    now = round(time.time() * 1000)
    assert found["used"] <= now + MINUTE
    assert found["expires"] <= now + 3_660_000
    assert found["first link"] <= now + 86_460_000
    assert (me.status_code, kept.json().get("text")) == (200, "kommt um elf wieder")
