"""Plays by a program of the system: PipeWire, ALSA, ffplay, macOS. A missing card is its exit code or its complaint."""

import asyncio
import contextlib
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from audio.players.player import PATIENCE_S, PlayFault
from audio.processes import dying_with_parent, end, start

COMMANDS: dict[str, tuple[str, ...]] = {
    "pw-play": ("pw-play",),
    "aplay": ("aplay", "--quiet"),
    "ffplay": ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    "afplay": ("afplay",),
}
"""In the order of trying. Each is given the path of one WAV file."""


def installed_commands() -> list[str]:
    return [name for name in COMMANDS if shutil.which(name)]


class CommandPlayer:
    """See `Player`. `command`: what to run instead of the named program's usual options."""

    def __init__(self, name: str, command: tuple[str, ...] | None = None) -> None:
        self.name = name
        self._command = command or COMMANDS[name]

    async def play(self, file: Path, seconds: float) -> None:
        try:
            process = await start(
                *dying_with_parent(), *self._command, str(file), stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
            )
        except OSError as fault:
            raise PlayFault(self.name, f"cannot start: {fault}") from fault
        try:
            async with asyncio.timeout(seconds + PATIENCE_S):
                _, complaints = await process.communicate()
        except TimeoutError:
            raise PlayFault(self.name, "still not finished") from None
        finally:
            await end(process)
        said = _last_line(complaints)
        # ffplay ends with 0 even when there is no card, but not without a word.
        if process.returncode != 0 or (said and self.name == "ffplay"):
            raise PlayFault(self.name, said or f"ended with {process.returncode}")

    async def close(self) -> None:
        """Nothing stays: every process ends with its sound."""


def _last_line(complaints: bytes) -> str:
    with contextlib.suppress(IndexError):
        return complaints.decode(errors="replace").strip().splitlines()[-1][:200]
    return ""
