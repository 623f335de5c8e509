"""Asks the sound process to check a file and find its phrases, or to join files. Only through here the server uses numpy."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from audio.sound_jobs import Hear, Heard, Mix, Mixed, SoundJob
from audio.worker import Worker, WorkerFault

LIMIT_S = 10.0
"""Seconds. A call in two languages takes 0.1 s, 0.3 s if the cores are busy, 1 s if the process must be started first."""


class Mixing:
    """One sound process. `hear` → a complaint, or the sounds of a text's phrases; `mix` → a finished file.

    Requests and answers are in `audio.sound_jobs`. WorkerFault if the second try fails too.
    """

    def __init__(self) -> None:
        self._worker = Worker("audio.sound_process")

    @property
    def worker(self) -> Worker:
        return self._worker

    async def hear(self, wav: bytes, phrases: Sequence[str]) -> Heard:
        return msgspec.msgpack.decode(await self._ask(Hear(wav, tuple(phrases))), type=Heard)

    async def mix(self, gong: str, spoken: Iterable[Sequence[Path]], form: str, into: Path) -> Mixed:
        paths = tuple(tuple(map(str, sentence)) for sentence in spoken)
        return msgspec.msgpack.decode(await self._ask(Mix(gong, paths, form, str(into))), type=Mixed)

    async def close(self) -> None:
        await self._worker.close()

    async def _ask(self, job: SoundJob) -> bytes:
        request = msgspec.msgpack.encode(job)
        try:
            return await self._worker.ask(request, LIMIT_S)
        except WorkerFault as fault:
            if fault.reason != "died":
                raise
            return await self._worker.ask(request, LIMIT_S)
