"""Asks the sound process: is this file good, and make one announcement of these. The only door to numpy from the server."""

import msgspec

from audio.sound_jobs import Check, Mix, Mixed
from audio.worker import Worker, WorkerFault

LIMIT = 10.0
"""Seconds. A call in two languages takes 0.1 s, 0.3 s with busy cores, 1 s when the process must start first."""


class Mixing:
    """One sound process. `check` → a complaint or ""; `mix` → the finished file. WorkerFault after one second try."""

    def __init__(self) -> None:
        self._worker = Worker("audio.sound_process")

    @property
    def worker(self) -> Worker:
        return self._worker

    async def check(self, wav: bytes, text: str) -> str:
        return (await self._ask(Check(wav, text))).decode()

    async def mix(self, gong: str, spoken: tuple[bytes, ...], form: str) -> Mixed:
        return msgspec.msgpack.decode(await self._ask(Mix(gong, spoken, form)), type=Mixed)

    async def close(self) -> None:
        await self._worker.close()

    async def _ask(self, job: Check | Mix) -> bytes:
        request = msgspec.msgpack.encode(job)
        try:
            return await self._worker.ask(request, LIMIT)
        except WorkerFault as fault:
            if fault.reason != "died":
                raise
            return await self._worker.ask(request, LIMIT)
