"""Makes what an installation of an older release leaves behind: its data folder, a backup, the key, and what was in it.

    .venv/bin/python -m tests.release.kept.make COMMIT

Run once for a release, when it is out: the files beside this are what later releases must open, and are never made anew. The
release is that commit's own code, taken from the repository's history and run with today's environment.
"""

import asyncio
import json
import random
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from tests.crash.callers import Caller
from tests.crash.evidence import Record
from tests.crash.up import OFFICE, ROOT, Up

KEPT = Path(__file__).parent
LEFT_OUT = {"audio", "tickets"}
"""Sound and pictures are made again."""


def taken(commit: str, folder: Path) -> Path:
    """The code of a commit in `folder`. Raises CalledProcessError if this clone has no such commit."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    folder.mkdir()
    subprocess.run(["tar", "--extract", "--directory", str(folder)], input=packed, check=True)
    return folder


def under(code: Path) -> tuple[str, ...]:
    """The command under which Python finds that code and not ours."""
    return ("env", "-C", str(code), f"PYTHONPATH={code}")


def verb(code: Path, *words: str) -> str:
    command = [*under(code), sys.executable, "-m", "server.command_line", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


async def lived(code: Path, folder: Path) -> None:
    up = Up(folder / "data", before=under(code))
    await up.start()
    data = ("--data", str(up.data))
    token = verb(code, "token", *data, "--role", "supervisor", "--office", OFFICE)
    verb(code, "account", "add", "m.meyer", "--role", f"clerk:{OFFICE}", *data)
    caller = Caller([up.url], token, Record(), random.Random(1))
    for counter in ("1", "2"):
        await caller.press(type="open_counter", counter=counter)
    tickets = [await issued(caller) for _ in range(6)]
    await called(caller, "1", finish=True)
    await called(caller, "2", finish=False)
    await asyncio.sleep(8)  # the history is up to five seconds behind
    told: dict[str, Any] = {"token": token, "tickets": tickets, "backup": await waiting(up, token)}
    backing = ("backup", str(folder / "backup.tar.gz"), *data, "--key-file", str(folder / "aufruf.key"))
    await asyncio.to_thread(verb, code, *backing)
    told["tickets"] = [*tickets, await issued(caller), await issued(caller)]
    told["data"] = await waiting(up, token)
    told["at"] = int(time.time())
    await caller.close()
    assert await up.terminate() == 0
    (folder / "told.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


async def issued(caller: Caller) -> dict[str, Any]:
    ticket = (await caller.press(type="issue_ticket", services=["ausweis"]))["result"]["ticket"]
    return {"number": ticket["number"], "secret": ticket["secret"]}


async def called(caller: Caller, counter: str, finish: bool) -> None:
    await caller.press(type="call_next", counter=counter)
    if finish:
        await caller.press(type="start_service", counter=counter)
        await caller.press(type="finish_service", counter=counter)


async def waiting(up: Up, token: str) -> list[str]:
    """The numbers that wait, as the supervisor's table lists them."""
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {token}"}) as client:
        table = (await client.get(f"{up.url}/api/v1/offices/{OFFICE}/boards/supervisor")).json()
    return [one["number"] for one in table["tickets"] if one["state"] == "waiting"]


def main(commit: str) -> None:
    target = KEPT / commit
    target.mkdir()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(lived(taken(commit, folder / "code"), folder))
        for file in ("backup.tar.gz", "aufruf.key", "told.json"):
            (target / file).write_bytes((folder / file).read_bytes())
        with tarfile.open(target / "data.tar.gz", "w:gz") as packed:
            packed.add(folder / "data", "data", filter=lambda one: None if LEFT_OUT & {*Path(one.name).parts} else one)


if __name__ == "__main__":
    main(sys.argv[1])
