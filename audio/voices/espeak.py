"""espeak-ng: sounds like a robot, but speaks every language. A new process per call; the text goes to stdin."""

import asyncio
import contextlib
import re
import shutil
import subprocess
from asyncio.subprocess import PIPE

from audio.processes import dying_with_parent, end, start, tell
from audio.voices.requests import riff
from audio.voices.voice import VoiceFault

WORDS_A_MINUTE = 140
AT_ONCE = 2
"""The most processes at a time: one takes 16 ms, and more processes than cores only wait for each other."""


def installed() -> bool:
    return shutil.which("espeak-ng") is not None


class EspeakVoice:
    """See `Voice`. `program` is the path of espeak-ng."""

    name = "espeak"
    limit = 3.0
    at_once = AT_ONCE

    def __init__(self, program: str | None = None) -> None:
        self._program = program or shutil.which("espeak-ng") or "espeak-ng"
        self._guard = dying_with_parent()
        self._room = asyncio.Semaphore(AT_ONCE)
        self.edition = _said(self._program, "--version").split("Data at")[0].strip() or "?"
        self.languages = _languages(_said(self._program, "--voices"))

    async def speak(self, text: str, language: str) -> bytes:
        if language not in self.languages:
            raise VoiceFault(self.name, f"does not speak {language}")
        command = (*self._guard, self._program, "-v", language, "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout")
        async with self._room:
            said = await self._run(command, text.encode())
        return riff(*_samples(said))

    async def close(self) -> None:
        """Nothing to do: every process ends with its call."""

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
