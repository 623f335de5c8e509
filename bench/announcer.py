"""From a press to the first sample in a loudspeaker, when the announcement was made before; an announcer's memory; many zones."""

import asyncio
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.gathering import gathering
from bench.measuring import family_cpu_s, quantile, rss_kib
from bench.office_file import SERVICES, office_file
from bench.pressing import LIVE
from bench.result import Claim, Result
from bench.running import OFFICE, Presser, Server, running
from server.messages.commands import Command, TestCall

ZONE = "hall"
PAUSE_S = 0.8
"""Seconds between two presses: longer than the gap between two announcements."""
FIRST_S = 30.0
WARM = 5
HOW = """`aufruf up` in its own process, `aufruf announcer` in another one, whose player writes down when it is given a file and
plays nothing (what a sound card needs after that does not count). A supervisor presses a test announcement over HTTP, again and
again: its sound was made at the first press. Timed from before the press is sent until the file lies there as a WAV at the rate
of the card and the player is called (CLOCK_MONOTONIC, the same in all processes): the press is stored, pushed, fetched and
unpacked in that time. Memory: the announcer's process after all of them. Zones: an announcement a second in each of 20 rooms,
made before; each room has an announcer's connection. Processor time of the server with its store and all its other
processes, for each second."""


async def measure(*, quick: bool) -> Result:
    presses, zones, seconds = (2, 2, 1) if quick else (60, 20, 30)
    async with _house(zones) as server:
        presser = Presser(server, await server.token("supervisor"))
        speaker = await _speaker(server)
        try:
            for _ in range(WARM):  # the first waits for the announcer, and for a voice that starts
                await _spoken(presser, speaker, TestCall(zone=ZONE))
            times = [await _spoken(presser, speaker, TestCall(zone=ZONE)) for _ in range(presses)]
            memory = rss_kib(speaker.pid) / 1024
            cores = await _everywhere(server, presser, zones, seconds)
        finally:
            speaker.kill()
            await speaker.wait()
            presser.close()
    return Result(
        name="announcer",
        title="From a press to the loudspeaker",
        how=HOW,
        claims=(
            Claim(what="an announcement that was made before, until its first sample, p50", value=quantile(times, 0.5),
                  unit="ms", limit=50),
            Claim(what="the same, p95", value=quantile(times, 0.95), unit="ms"),
            Claim(what="memory of the announcer", value=memory, unit="MiB", limit=200),
            Claim(what="20 zones, an announcement a second in each: processor time", value=cores, unit="of a core", limit=1),
        ),
    )  # fmt: skip


@asynccontextmanager
async def _house(zones: int) -> AsyncIterator[Server]:
    """A server of an office with so many rooms: the hall, and others."""
    others = "".join(f'[[zones]]\nid = "{name}"\n' for name in _others(zones))
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as scratch:
        file = Path(scratch) / "office.toml"
        file.write_text(office_file(OFFICE, [SERVICES]) + others)
        async with running(None, str(file)) as server:
            yield server


def _others(zones: int) -> list[str]:
    return [f"zone{number}" for number in range(1, zones)]


async def _everywhere(server: Server, presser: Presser, zones: int, seconds: int) -> float:
    """Seconds of processor time in each second. The announcer in the hall goes on to play."""
    names = [ZONE, *_others(zones)]
    tokens = [(name, await server.token("announcer", name)) for name in names]
    with gathering() as rooms:
        rooms.join(server.port, LIVE, [
            {"type": "hello", "board": "announcer", "id": name, "token": token} for name, token in tokens
        ])  # fmt: skip
        rooms.report()
        frames, used, begin = rooms.frames, sum(family_cpu_s(server.pid).values()), time.monotonic()
        await asyncio.to_thread(_press_all, presser, names, seconds)
        took, used = time.monotonic() - begin, sum(family_cpu_s(server.pid).values()) - used
        rooms.report()
        if rooms.frames - frames < len(names) * seconds:
            raise RuntimeError(f"only {rooms.frames - frames} frames reached {len(names)} announcers in {seconds} s")
    return used / took


def _press_all(presser: Presser, names: list[str], seconds: int) -> None:
    begin = time.monotonic()
    for nth in range(seconds * len(names)):
        time.sleep(max(0.0, begin + nth / len(names) - time.monotonic()))
        presser.press(TestCall(zone=names[nth % len(names)]))


async def _speaker(server: Server) -> Process:
    address, token = f"http://127.0.0.1:{server.port}", await server.token("announcer", ZONE)
    command = (sys.executable, "-m", "bench.loudspeaker", address, token, ZONE)
    return await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE)


async def _spoken(presser: Presser, speaker: Process, command: Command) -> float:
    """Milliseconds from the press until the player has its file."""
    assert speaker.stdout is not None
    begin = time.monotonic()
    await asyncio.to_thread(presser.press, command)
    async with asyncio.timeout(FIRST_S):
        heard = float((await speaker.stdout.readline()).split()[0])
    await asyncio.sleep(PAUSE_S)
    return (heard - begin) * 1000
