"""The morning release of slots: a thousand people open the slot page while a counter calls numbers to fifty displays."""

import asyncio
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.gathering import Gathering, gathering
from bench.measuring import median, quantile
from bench.pressing import Counter, Timed, join_displays
from bench.result import Claim, Result, Table, number
from bench.running import OFFICE, Presser, Server, running
from bench.stand import sample
from config.office_files import find

HOW = """`aufruf up` with the sample, whose office file releases the slots of a day a week before, at a full minute. From that
minute on 1,000 people, each from an address of their own (by a trusted proxy's header), open the slot page at a random moment of
half a minute, and choose the first slot that they see; whoever is too late for it gets the next ones. They are one lean client
process. The page is drawn once for all who ask. While slots are taken it is drawn at most five times a second, and whoever asks
meanwhile waits for the next one: no page is older than its question. Meanwhile, and before in quiet for as long, a counter calls
numbers over HTTP: from the press until the last of 50 displays in a third process has the board. A page is timed from the
connected socket to its last byte. All share the two cores."""

AHEAD = 7
"""Days before a day at which its slots are released."""


async def measure(*, quick: bool) -> Result:
    people, seconds, displays = (10, 1, 5) if quick else (1_000, 30, 50)
    zone = ZoneInfo(sample().time_zone)
    opens = datetime.now(zone).replace(second=0, microsecond=0) + timedelta(minutes=0 if quick else 2)
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        file = Path(folder) / "office.toml"
        release = f'\n[[appointments.releases]]\npercent = 100\ndays = {AHEAD}\nat = "{opens:%H:%M}"\n'
        file.write_text(find(OFFICE).read_text() + release)
        async with running(Path(folder) / "data", str(file), more=("--trusted-proxy", "127.0.0.1")) as server:
            presser = Presser(server, await server.token("supervisor"))
            counter = Counter(presser, 0.05 if quick else 0.3)
            counter.open()
            with gathering() as hall:
                join_displays(hall, server, displays)
                await counter.call(hall)
                before = await _calls(counter, hall, asyncio.create_task(asyncio.sleep(seconds)))
                await asyncio.sleep(max(0.0, (opens - datetime.now(zone)).total_seconds()))
                crowd = asyncio.create_task(asyncio.to_thread(_people, server, people, seconds))
                during = await _calls(counter, hall, crowd)
            presser.close()
    return _result(await crowd, before, during, people, displays)


async def _calls(counter: Counter, hall: Gathering, until: "asyncio.Task[Any]") -> list[Timed]:
    found: list[Timed] = []
    while not until.done() or not found:
        found += await counter.call(hall)
    return found


def _people(server: Server, people: int, seconds: int) -> dict[str, Any]:
    said = {"port": server.port, "path": f"/book/{OFFICE}?services=ausweis", "people": people, "seconds": seconds}
    command = [sys.executable, "-m", "bench.readers"]
    done = subprocess.run(command, input=json.dumps(said) + "\n", stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _result(found: dict[str, Any], before: list[Timed], during: list[Timed], people: int, displays: int) -> Result:
    quiet, crowded = ([one.last for one in timed] for timed in (before, during))
    rows = (("the slot page", found["pages"]), ("a choice", found["choices"] or [0.0]),
            ("press to display, in quiet", quiet), ("press to display, meanwhile", crowded))  # fmt: skip
    return Result(
        name="release",
        title="The morning release of slots",
        how=HOW,
        claims=(
            Claim(what=f"{people:,} people on the slot page, p95", value=quantile(found["pages"], 0.95), unit="ms", limit=500),
            Claim(what="a slot is chosen, p95", value=quantile(found["choices"] or [0.0], 0.95), unit="ms"),
            Claim(
                what=f"press to the last of {displays} displays, against quiet",
                value=median(crowded) / median(quiet), unit="times", limit=1.2,
            ),
            Claim(what="people who hold a slot", value=found["held"], unit="of them"),
        ),
        tables=(
            Table(
                title="Milliseconds",
                columns=("", "p50", "p95", "p99"),
                rows=tuple((name, *(number(quantile(its, share)) for share in (0.5, 0.95, 0.99))) for name, its in rows),
            ),
        ),
    )  # fmt: skip
