"""SVOX Pico by py-nanotts: the best German voice that exists as a package. It blocks the interpreter, so it runs in a worker."""

import importlib.util
from importlib.metadata import version

import msgspec

from audio.voices.requests import Utterance
from audio.voices.voice import VoiceFault
from audio.worker import Worker, WorkerFault

VOICES = {"de": "de-DE", "en": "en-GB", "fr": "fr-FR", "it": "it-IT", "es": "es-ES"}


def installed() -> bool:
    return importlib.util.find_spec("py_nanotts") is not None


class PicoVoice:
    """See `Voice`. 20 ms per call; 0.3 s for the first call of a new process."""

    name = "pico"
    languages = frozenset(VOICES)
    limit = 3.0
    at_once = 1
    whole = False

    def __init__(self) -> None:
        self.edition = version("py-nanotts")
        self._worker = Worker("audio.voices.pico_process")

    @property
    def worker(self) -> Worker:
        return self._worker

    async def speak(self, text: str, language: str) -> bytes:
        if language not in VOICES:
            raise VoiceFault(self.name, f"does not speak {language}")
        request = msgspec.msgpack.encode(Utterance(text, VOICES[language]))
        try:
            return await self._worker.ask(request, self.limit)
        except WorkerFault as fault:
            raise VoiceFault(self.name, str(fault), hung=fault.reason == "hung") from fault

    async def close(self) -> None:
        await self._worker.close()
