"""Piper: natural voices, from a file that the office brings along. A process of its own runs it: piper is GPL, and slow."""

import hashlib
import importlib.util
import json
from pathlib import Path

import msgspec

from audio.voices.requests import Utterance
from audio.voices.voice import VoiceFault
from audio.worker import Worker, WorkerFault

SUFFIX = ".onnx"
"""Ends the name of a voice file. Beside it lies its description, <file>.json."""


def installed() -> bool:
    return importlib.util.find_spec("piper") is not None


class PiperVoice:
    """See `Voice`. 0.3 to 1 s per call, and 3 to 7 s to read its file at the start.

    `checksum`: the SHA-256 of its file in hexadecimal digits, or "" for any file.
    """

    limit = 9.0
    at_once = 1
    whole = False

    def __init__(self, model: Path, checksum: str, language: str) -> None:
        self.name = model.stem
        self.languages = frozenset({language})
        self._model, self._checksum = model, checksum
        self._worker = Worker("audio.voices.piper_process", str(model), checksum, language)

    @property
    def worker(self) -> Worker:
        return self._worker

    @property
    def edition(self) -> str:
        if self._checksum:
            return self._checksum
        try:
            stat = self._model.stat()
        except OSError:
            return ""
        return f"{stat.st_size} {stat.st_mtime_ns}"

    async def speak(self, text: str, language: str) -> bytes:
        if language not in self.languages:
            raise VoiceFault(self.name, f"does not speak {language}")
        if not installed():
            raise VoiceFault(self.name, "piper is not installed: pip install 'aufruf[piper]'", hung=True)
        try:
            return await self._worker.ask(msgspec.msgpack.encode(Utterance(text, language)), self.limit)
        except WorkerFault as fault:
            raise VoiceFault(self.name, fault.detail or str(fault), hung=fault.reason in ("hung", "died")) from fault

    async def close(self) -> None:
        await self._worker.close()


def complaint(model: Path, checksum: str, language: str) -> str:
    """Why this voice file is not the one that the office means; "" if it is. Also asked by `check`."""
    try:
        described = json.loads(Path(f"{model}.json").read_bytes())
        with model.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as fault:
        return f"its file or the description beside it cannot be read: {fault}"
    if checksum and found != checksum:
        return f"its file is not the one with this checksum; it has {found}"
    spoken = str(described.get("espeak", {}).get("voice", "")).partition("-")[0]
    return "" if spoken == language else f"its file speaks {spoken}, not {language}"
