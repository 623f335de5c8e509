"""Durable commands a second over HTTP from fifty callers, compared with the smallest durable HTTP server in the same run."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.measuring import cpu_s, median, quantile
from bench.result import Claim, Result, Table, number
from bench.running import OFFICE, free_port, running
from bench.stand import store

HOW = """`aufruf up` in its own process, fifty callers with a token and a kept-alive connection each in another. Half the
presses issue a ticket, half cancel it; each caller presses again as soon as it was answered. Beside it, in turn: uvicorn
with the same settings and no framework, one raw XADD (same fsync) a request, a constant answer. The server's threads share
one interpreter lock, so it never uses more than one core; the store, the historian's database and the callers share the
other."""


class Rate:
    """`core`: the share of a core that the server's process used."""

    def __init__(self, said: dict[str, Any], cpu: float) -> None:
        waits, seconds = said["waits"], said["seconds"]
        self.per_second, self.core = len(waits) / seconds, cpu / seconds
        self.p50, self.p99 = quantile(waits, 0.5), quantile(waits, 0.99)


async def measure(*, quick: bool) -> Result:
    callers, runs, seconds = (3, 1, 0.3) if quick else (50, 5, 4.0)
    ours: list[Rate] = []
    bare: list[Rate] = []
    async with running() as server, store() as url:
        tokens = [await server.token("desk") for _ in range(callers)]
        with _bare(url) as (pid, port):
            for _ in range(runs):
                ours.append(_press(server.pid, server.port, tokens, seconds))
                bare.append(_press(pid, port, tokens, seconds))
    return _result(ours, bare, callers)


def _press(pid: int, port: int, tokens: list[str], seconds: float) -> Rate:
    path = f"/api/v1/offices/{OFFICE}/commands"
    said = json.dumps({"path": path, "port": port, "tokens": tokens, "seconds": seconds})
    before = cpu_s(pid)
    done = subprocess.run(
        [sys.executable, "-m", "bench.callers"], input=said + "\n", capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Rate(json.loads(done.stdout), cpu_s(pid) - before)


@contextmanager
def _bare(url: str) -> Iterator[tuple[int, int]]:
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "bench.bare", url, str(port)]) as process:
        try:
            _until_it_listens(port)
            yield process.pid, port
        finally:
            process.kill()  # it stores nothing


def _until_it_listens(port: int) -> None:
    import socket

    give_up = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)


def _result(ours: list[Rate], bare: list[Rate], callers: int) -> Result:
    rates = {"aufruf": ours, "bare uvicorn + XADD": bare}
    rows = tuple(
        (name, *(number(median(getattr(one, what) for one in found)) for what in ("per_second", "p50", "p99")),
         number(100 * median(one.core for one in found)))
        for name, found in rates.items()
    )  # fmt: skip
    ratio = median(a.per_second / b.per_second for a, b in zip(ours, bare, strict=True))
    return Result(
        name="http_commands",
        title="Durable commands a second through HTTP",
        how=HOW,
        claims=(
            Claim(
                what=f"{callers} callers",
                value=median(one.per_second for one in ours),
                unit="commands/s",
                limit=1_500,
                most=False,
            ),
            Claim(what="p99", value=median(one.p99 for one in ours), unit="ms"),
            Claim(what="to the bare server of the same run", value=ratio, unit="of it"),
            Claim(
                what="per core of the server's own time",
                value=median(one.per_second / one.core for one in ours),
                unit="commands/s",
            ),
        ),
        tables=(
            Table(
                title="Medians of the runs", columns=("", "commands/s", "p50 ms", "p99 ms", "% of a core"), rows=rows
            ),
        ),
    )
