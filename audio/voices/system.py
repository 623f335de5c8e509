"""pyttsx3: the voices of the operating system; the best choice on Windows and macOS. It runs in a worker of its own."""

import contextlib
import importlib.util
import subprocess
import sys
from importlib.metadata import version
from threading import Thread

import msgspec

from audio.voices.requests import Utterance
from audio.voices.voice import VoiceFault
from audio.worker import Worker, WorkerFault

PROCESS = "audio.voices.system_process"
ASK_S = 10.0
"""The longest that the system may need to list its voices: 0.3 s with espeak-ng."""
PATIENCE_S = 3.0
"""The longest that a caller waits for the list; until it is there, the voice speaks no language."""


def installed() -> bool:
    return importlib.util.find_spec("pyttsx3") is not None


class SystemVoice:
    """See `Voice`. On Linux some of its files are empty (3 of 300): the studio checks them and asks again."""

    name = "pyttsx3"
    limit = 5.0
    at_once = 1

    def __init__(self) -> None:
        self.edition = version("pyttsx3")
        self._worker = Worker(PROCESS)
        self._languages: frozenset[str] = frozenset()
        # the answer takes a third of a second, and nobody is called in the first one: so the start does not wait for it
        self._asks = Thread(target=self._ask, daemon=True)
        self._asks.start()

    def _ask(self) -> None:
        asked = (sys.executable, "-P", "-m", PROCESS, "--languages")
        with contextlib.suppress(OSError, subprocess.SubprocessError):  # a system without voices speaks no language
            said = subprocess.run(asked, capture_output=True, text=True, timeout=ASK_S, check=True).stdout
            self._languages = frozenset(said.split())

    @property
    def languages(self) -> frozenset[str]:
        """Those for which the system has a voice."""
        self._asks.join(PATIENCE_S)
        return self._languages

    @property
    def worker(self) -> Worker:
        return self._worker

    async def speak(self, text: str, language: str) -> bytes:
        if language not in self.languages:
            raise VoiceFault(self.name, f"does not speak {language}")
        try:
            return await self._worker.ask(msgspec.msgpack.encode(Utterance(text, language)), self.limit)
        except WorkerFault as fault:
            raise VoiceFault(self.name, str(fault), hung=fault.reason == "hung") from fault

    async def close(self) -> None:
        await self._worker.close()
