"""From a press to the first sample in a loudspeaker, when the announcement was made before; and an announcer's memory."""

import asyncio
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process

from bench.measuring import quantile, rss_kib
from bench.result import Claim, Result
from bench.running import Presser, Server, running
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
unpacked in that time. Memory: the announcer's process after all of them."""


async def measure(*, quick: bool) -> Result:
    presses = 2 if quick else 60
    async with running() as server:
        presser = Presser(server, await server.token("supervisor"))
        speaker = await _speaker(server)
        try:
            for _ in range(WARM):  # the first waits for the announcer, and for a voice that starts
                await _spoken(presser, speaker, TestCall(zone=ZONE))
            times = [await _spoken(presser, speaker, TestCall(zone=ZONE)) for _ in range(presses)]
            memory = rss_kib(speaker.pid) / 1024
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
        ),
    )  # fmt: skip


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
