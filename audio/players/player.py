"""The interface of players: plays one file to its end, or says why not."""

from pathlib import Path
from typing import Protocol


class PlayFault(Exception):
    """Nothing, or not all, was heard. `reason` in a few words: no card, the device is busy, the program's own error."""

    def __init__(self, player: str, reason: str) -> None:
        super().__init__(f"{player}: {reason}")
        self.player = player
        self.reason = reason


class Player(Protocol):
    """Plays sound in a room. `tests/audio/test_players.py` checks every player.

    `play(file, seconds)` returns when the WAV `file`, `seconds` long, has been played to its end; else PlayFault, at the
    latest `PATIENCE_S` seconds after the sound should have ended. One sound at a time. `close()` leaves no process behind.
    """

    @property
    def name(self) -> str: ...

    async def play(self, file: Path, seconds: float) -> None: ...

    async def close(self) -> None: ...


PATIENCE_S = 5.0
"""Seconds that a player may need besides the sound itself: opening a Bluetooth or HDMI device takes up to three."""
