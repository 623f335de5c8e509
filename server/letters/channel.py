"""The interface of channels: one way in which a letter is sent. There are two, `Mail` and `Webhook`."""

from typing import Protocol

from server.letters.outbox import Letter
from server.messages.office import Office


class NotTaken(Exception):
    """The other side did not take a letter; the text says why, in one line, without a secret."""


class Channel(Protocol):
    """Sends one letter. It raises `NotTaken` for every failure that it knows, and takes a bounded time."""

    async def send(self, office: Office, letter: Letter) -> None: ...
