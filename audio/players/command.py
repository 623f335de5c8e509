"""Plays with a program of the system: PipeWire, ALSA, ffplay, macOS. Its exit code or its error text tells of a missing card."""

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
"""The programs, in the order in which they are tried. Each gets the path of one WAV file."""


def installed_commands() -> list[str]:
    return [name for name in COMMANDS if shutil.which(name)]


class CommandPlayer:
    """See `Player`. `command`: runs this instead of the named program with its usual options."""

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
        # ffplay exits with 0 even if there is no card, but then it writes an error.
        if process.returncode != 0 or (said and self.name == "ffplay"):
            raise PlayFault(self.name, said or f"ended with {process.returncode}")

    async def close(self) -> None:
        """Nothing to do: every process ends with its sound."""


def _last_line(complaints: bytes) -> str:
    with contextlib.suppress(IndexError):
        return complaints.decode(errors="replace").strip().splitlines()[-1][:200]
    return ""
