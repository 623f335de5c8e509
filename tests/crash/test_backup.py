"""The disk is lost. From a backup that was taken while people pressed, another machine goes on."""

import asyncio
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.crash.callers import Caller
from tests.crash.conftest import MakeUp
from tests.crash.evidence import Record
from tests.crash.reading import log_of
from tests.crash.up import OFFICE, ROOT, Up

BEFORE, WHILE, AFTER = 20, 15, 20


def aufruf(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server.command_line", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


async def asked(up: Up, token: str, path: str) -> Any:
    async with httpx.AsyncClient(
        trust_env=False, headers={"Authorization": f"Bearer {token}"} if token else {}
    ) as client:
        answer = await client.get(f"{up.url}{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()


async def issued(caller: Caller, many: int) -> list[dict[str, Any]]:
    answers = [await caller.press(type="issue_ticket", services=["ausweis"]) for _ in range(many)]
    return [answer["result"]["ticket"] for answer in answers]


async def test_a_lost_disk_is_replaced_from_a_backup(make_up: MakeUp, rng: random.Random, tmp_path: Path) -> None:
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    caller = Caller([up.url], token, Record(), rng)
    before = await issued(caller, BEFORE)
    backup, key = tmp_path / "backup.tar.gz", tmp_path / "aufruf.key"
    taking = asyncio.create_task(
        asyncio.to_thread(aufruf, "backup", str(backup), "--data", str(up.data), "--key-file", str(key))
    )
    during = await issued(caller, WHILE)
    said = await taking
    assert said.returncode == 0, said.stderr
    after = await issued(caller, AFTER)
    epoch = (await log_of(up, token))[-1]["epoch"]
    await caller.close()
    up.kill()
    await up.end()
    shutil.rmtree(up.data)

    checked = aufruf("restore", str(backup), "--check")
    restored = aufruf("restore", str(backup), "--data", str(up.data), "--key-file", str(key))
    again = aufruf("restore", str(backup), "--data", str(up.data))
    assert (checked.returncode, restored.returncode) == (0, 0), checked.stderr + restored.stderr
    assert again.returncode == 2
    assert "is not empty" in again.stderr
    await up.start()
    caller = Caller([up.url], token, Record(), rng)
    new = await issued(caller, AFTER)
    await caller.close()

    known = {one["number"] for one in (*before, *during, *after)}
    assert not known & {one["number"] for one in new}
    assert (await log_of(up, token))[-1]["epoch"] != epoch
    table = await asked(up, token, f"/api/v1/offices/{OFFICE}/boards/supervisor")
    assert any(line.startswith("everything after ") for line in table["lost"])
    for one in before:  # the installation key came back too: the links on paper still open
        found = await asked(up, "", f"/api/v1/tickets/{one['secret']}")
        assert (found["number"], found["state"]) == (one["number"], "waiting")
