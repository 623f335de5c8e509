"""espeak-ng: sounds like a robot, but speaks every language. Its library runs in a worker; else its program is run for each text.

A sentence costs the library 5 ms of processor time and the program 14, which reads its voice for every sentence.
"""

import asyncio
import contextlib
import re
import shutil
import subprocess
import sys
from asyncio.subprocess import PIPE

import msgspec

from audio.processes import dying_with_parent, end, start, tell
from audio.voices.requests import Utterance, riff
from audio.voices.voice import VoiceFault
from audio.worker import Worker, WorkerFault

PROCESS, LIBRARY = "audio.voices.espeak_process", "libespeak-ng.so.1"
WORDS_A_MINUTE = 140


def installed() -> bool:
    return shutil.which("espeak-ng") is not None


class EspeakVoice:
    """See `Voice`. `program`: the path of an espeak-ng that is used without its library."""

    name = "espeak"
    limit = 3.0
    at_once = 1
    whole = False

    def __init__(self, program: str | None = None, library: str = LIBRARY) -> None:
        self._program = program or shutil.which("espeak-ng") or "espeak-ng"
        self._guard = dying_with_parent()
        self._turn = asyncio.Lock()
        by_library = program is None and sys.platform.startswith("linux")
        self._library = library
        self._worker = Worker(PROCESS, library, str(WORDS_A_MINUTE)) if by_library else None
        self.edition = _said(self._program, "--version").split("Data at")[0].strip() or "?"
        self.languages = _languages(_said(self._program, "--voices"))

    @property
    def worker(self) -> Worker | None:
        """The process of the library; None if there is none."""
        return self._worker

    async def speak(self, text: str, language: str) -> bytes:
        if language not in self.languages:
            raise VoiceFault(self.name, f"does not speak {language}")
        if self._worker is not None:
            try:
                return await self._worker.ask(msgspec.msgpack.encode(Utterance(text, language)), self.limit)
            except WorkerFault as fault:
                if self._library not in fault.detail:
                    raise VoiceFault(self.name, str(fault), hung=fault.reason == "hung") from fault
                self._worker = None  # another version, or none: the program is there
        return await self._by_program(text, language)

    async def _by_program(self, text: str, language: str) -> bytes:
        command = (*self._guard, self._program, "-v", language, "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout")
        async with self._turn:
            said = await self._run(command, text.encode())
        return riff(*_samples(said))

    async def close(self) -> None:
        """Ends the library's process; the program ends with its text."""
        if self._worker is not None:
            await self._worker.close()

    async def _run(self, command: tuple[str, ...], text: bytes) -> bytes:
        try:
            process = await start(*command, stdin=PIPE, stdout=PIPE)
        except OSError as fault:
            raise VoiceFault(self.name, f"cannot start: {fault}") from fault
        try:
            async with asyncio.timeout(self.limit):
                with contextlib.suppress(OSError):  # if it has ended already, its exit code tells why
                    tell(process, text)
                assert process.stdin is not None
                process.stdin.close()
                said, _ = await process.communicate()
        except TimeoutError:
            raise VoiceFault(self.name, f"no answer in {self.limit:g} s", hung=True) from None
        finally:
            await end(process)
        if process.returncode != 0:
            raise VoiceFault(self.name, f"ended with {process.returncode}")
        return said


def _samples(file: bytes) -> tuple[bytes, int]:
    """The samples and the rate, read by hand: espeak-ng writes its header before it knows the length, and `wave` refuses that."""
    data = file.find(b"data")
    if file[:4] != b"RIFF" or data < 0:
        raise VoiceFault("espeak", "no WAV came back")
    pcm = file[data + 8 :]
    return pcm[: len(pcm) & ~1], int.from_bytes(file[24:28], "little")


def _languages(table: str) -> frozenset[str]:
    """The languages in the second column of its list of voices: " 5  en-gb  --/M  ..." speaks en."""
    return frozenset(re.findall(r"^ *[0-9]+ +([^\s-]+)", table, re.MULTILINE))


def _said(program: str, option: str) -> str:
    try:
        return subprocess.run((program, option), capture_output=True, timeout=5, check=False).stdout.decode(
            errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
