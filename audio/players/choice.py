"""Chooses this machine's player: the sound card, else a program of the system, else `NoPlayer`."""

from collections.abc import Mapping
from pathlib import Path

from audio.players.card import CardPlayer, installed
from audio.players.command import CommandPlayer, installed_commands
from audio.players.player import Player, PlayFault


class NoPlayer:
    """See `Player`. Refuses every sound, with the reason why there is no player."""

    name = "none"

    def __init__(self, reason: str) -> None:
        self._reason = reason

    async def play(self, file: Path, seconds: float) -> None:
        raise PlayFault(self.name, self._reason)

    async def close(self) -> None:
        """Nothing to close."""


async def choose_player(name: str | None = None) -> Player:
    """The player called `name`, else the first that works here. Never raises: without one, every sound fails."""
    if name is not None and name != CardPlayer.name:
        return CommandPlayer(name) if name in installed_commands() else NoPlayer(f"{name} is not installed")
    reasons: dict[str, str] = {}
    if installed():
        card = CardPlayer()
        try:
            await card.probe()
        except PlayFault as fault:
            reasons[card.name] = fault.reason
            await card.close()
        else:
            return card
    if name is None and (commands := installed_commands()):
        return CommandPlayer(commands[0])
    return NoPlayer(_told(reasons))


def _told(reasons: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {reason}" for name, reason in reasons.items()) or "no player is installed"
