"""Plays on a sound card through PortAudio, in its own process: a driver that hangs is killed with it."""

import importlib.util
from pathlib import Path

import msgspec

from audio.players.player import PATIENCE_S, PlayFault
from audio.worker import Worker, WorkerFault


def installed() -> bool:
    return importlib.util.find_spec("sounddevice") is not None


class CardPlayer:
    """See `Player`. `probe()` raises PlayFault if there is no card to play on."""

    name = "sounddevice"

    def __init__(self) -> None:
        self._worker = Worker("audio.players.card_process")

    async def probe(self) -> None:
        await self._ask("", PATIENCE_S)

    async def play(self, file: Path, seconds: float) -> None:
        await self._ask(str(file), seconds + PATIENCE_S)

    async def close(self) -> None:
        await self._worker.close()

    async def _ask(self, file: str, limit: float) -> None:
        try:
            await self._worker.ask(msgspec.msgpack.encode(file), limit)
        except WorkerFault as fault:
            raise PlayFault(self.name, fault.detail or str(fault)) from fault
