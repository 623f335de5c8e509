"""pyttsx3: the voices of the operating system; the best choice on Windows and macOS. It runs in a worker of its own."""

import importlib.util
import subprocess
import sys
from functools import cached_property
from importlib.metadata import version

import msgspec

from audio.voices.requests import Utterance
from audio.voices.voice import VoiceFault
from audio.worker import Worker, WorkerFault

PROCESS = "audio.voices.system_process"
ASK_S = 10.0
"""The longest that the system may need to list its voices: 0.3 s with espeak-ng."""


def installed() -> bool:
    return importlib.util.find_spec("pyttsx3") is not None


class SystemVoice:
    """See `Voice`. On Linux some of its files are empty (3 of 300): the studio checks them and asks again."""

    name = "pyttsx3"
    limit = 5.0
    at_once = 1
    whole = False

    def __init__(self) -> None:
        self.edition = version("pyttsx3")
        self._worker = Worker(PROCESS)

    @cached_property
    def languages(self) -> frozenset[str]:
        """Those for which the system has a voice; none if it cannot list them. The first question takes a moment."""
        asked = (sys.executable, "-P", "-m", PROCESS, "--languages")
        try:
            said = subprocess.run(asked, capture_output=True, text=True, timeout=ASK_S, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            return frozenset()
        return frozenset(said.split())

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
