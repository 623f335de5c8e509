"""A backup of an office year while people press, and its restore on an empty machine."""

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.gathering import gathering
from bench.measuring import median, quantile
from bench.pressing import Counter, join_displays
from bench.result import Claim, Result
from bench.running import OFFICE, Presser, running
from server.backup.archive import DATABASE
from server.history.database import close_database, default_url, open_database
from server.messages.instants import DAY, MINUTE

VISITS_A_DAY, YEAR, RAW_DAYS, EVENTS = 1_200, 250, 30, 6
"""An office year: 300,000 visits on 250 days; the raw entries of the last 30 days, as `keeping` has it by default."""
DISPLAYS = 50
HOW = """An office year is written into the database of an installation: 300,000 visits with their calls, and the raw
entries of its last 30 days (216,000). `aufruf up` in its own process, 50 displays of the hall in one client process, one counter
pressing: the last display knows, as in "From the press to the last display", first without a backup, then while `aufruf backup`
runs in a process of its own, again and again. Then the server is stopped; the last backup is checked, and restored into an empty
folder."""


async def measure(*, quick: bool) -> Result:
    days, presses = (3, 3) if quick else (YEAR, 40)
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as scratch:
        folder = Path(scratch)
        data = folder / "data"
        await _past(data, days)
        async with running(data) as server:
            presser = Presser(server, await server.token("supervisor"))
            counter = Counter(presser, 0.05 if quick else 0.3)
            counter.open()
            with gathering() as displays:
                join_displays(displays, server, DISPLAYS)
                await counter.call(displays)
                alone = [(await counter.call(displays))[0].last for _ in range(presses)]
                backups = asyncio.create_task(_backups(data, folder))
                beside = [(await counter.call(displays))[0].last for _ in range(presses)]
                backups.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await backups
            presser.close()
        taken = await asyncio.to_thread(_timed, "backup", str(folder / "last.tar.gz"), "--data", str(data))
        size = (folder / "last.tar.gz").stat().st_size / 2**20
        checked = await asyncio.to_thread(_timed, "restore", str(folder / "last.tar.gz"), "--check")
        put = await asyncio.to_thread(_timed, "restore", str(folder / "last.tar.gz"), "--data", str(folder / "new"))
    return Result(
        name="backup",
        title="A backup of an office year",
        how=HOW,
        claims=(
            Claim(what="an office year is backed up in", value=taken, unit="s", limit=60),
            Claim(what="the last of 50 displays, while it runs to without it, p50",
                  value=median(beside) / median(alone), unit="times", limit=1.2),
            Claim(what="the same, p99", value=quantile(beside, 0.99) / quantile(alone, 0.99), unit="times"),
            Claim(what="size of the file", value=size, unit="MiB"),
            Claim(what="checked in", value=checked, unit="s"),
            Claim(what="restored in", value=put, unit="s"),
        ),
    )  # fmt: skip


async def _past(data: Path, days: int) -> None:
    """Writes the past into a new database, as a generation of the log that is over."""
    data.mkdir()
    await close_database(await open_database(default_url(data)))
    with contextlib.closing(sqlite3.connect(data / DATABASE)) as opened, opened:
        for table, rows in (
            ("visits", _visits(days)),
            ("calls", _calls(days)),
            ("entries", _entries(min(days, RAW_DAYS))),
        ):
            columns = [
                (name, kind, needed) for _, name, kind, needed, *_ in opened.execute(f"PRAGMA table_info({table})")
            ]
            for row in rows:
                full = {name: row.get(name, _empty(kind) if needed else None) for name, kind, needed in columns}
                holes = ", ".join(f":{name}" for name in full)
                opened.execute(f"INSERT INTO {table} VALUES ({holes})", full)


def _empty(kind: str) -> object:
    return 0 if kind.startswith(("BIGINT", "INTEGER", "BOOLEAN", "FLOAT")) else ""


def _visits(days: int) -> Iterator[dict[str, object]]:
    for number in range(days * VISITS_A_DAY):
        day = number // VISITS_A_DAY
        at = int(time.time() * 1000) - (days - day) * DAY + number % VISITS_A_DAY * MINUTE // 3
        yield {
            "office": OFFICE, "generation": 0, "ticket": f"t{number:08}", "epoch": "past", "day": f"2025-{day:03}",
            "number": f"A{number % 999:03}", "service": "ausweis", "services": '["ausweis"]', "done": '["ausweis"]',
            "category": "walk_in", "persons": 1, "state": "served", "outcome": "done", "issued_at": at, "since": at,
            "first_called_at": at + 9 * MINUTE, "ended_at": at + 20 * MINUTE, "waited_ms": 9 * MINUTE, "counters": '["3"]',
        }  # fmt: skip


def _calls(days: int) -> Iterator[dict[str, object]]:
    for number in range(days * VISITS_A_DAY):
        yield {"office": OFFICE, "generation": 0, "ticket": f"t{number:08}", "seq": number, "counter": "3"}


def _entries(days: int) -> Iterator[dict[str, object]]:
    now = int(time.time() * 1000)
    body = '{"type":"ticket_called","v":1,"ticket":"t%08d","number":"A017","counter":"3","services":["ausweis"],"held_ms":540000}'
    for seq in range(days * VISITS_A_DAY * EVENTS):
        yield {
            "office": OFFICE, "generation": 0, "seq": seq, "mark": f"{seq:012}", "epoch": "past", "v": 1,
            "type": "ticket_called", "at": now, "by": "counter:3", "ticket": f"t{seq:08}", "body": body % seq,
        }  # fmt: skip


async def _backups(data: Path, folder: Path) -> None:
    """One backup after the other."""
    number = 0
    while True:
        number += 1
        file = folder / f"{number}.tar.gz"
        process = await asyncio.create_subprocess_exec(
            *_command("backup", str(file), "--data", str(data)), stderr=subprocess.DEVNULL
        )
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        file.unlink(missing_ok=True)


def _command(*words: str) -> list[str]:
    """As the unit runs it: presses come first."""
    return ["nice", "-n", "10", sys.executable, "-m", "server.command_line", *words]


def _timed(*words: str) -> float:
    begin = time.monotonic()
    subprocess.run(_command(*words), check=True, capture_output=True)
    return time.monotonic() - begin
