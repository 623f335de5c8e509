"""The interface of channels: one way in which a letter is sent. `Mail` and `AlertHook` tell staff, `Push` tells phones,
`VisitMail` and `WishMail` tell citizens of their appointments."""

from typing import Protocol

from server.letters.outbox import Letter
from server.messages.office import Office


class NotTaken(Exception):
    """The other side did not take a letter; the text says why, in one line, without a secret."""


class Undeliverable(NotTaken):
    """The other side will never take this letter: it is not tried again."""


class Channel(Protocol):
    """Sends one letter. It raises `NotTaken` for every failure that it knows, and takes a bounded time.

    `at_once`: how many letters of an office may be on their way at the same time.
    """

    at_once: int

    async def send(self, office: Office, letter: Letter) -> None: ...
