"""The supervisor of a simulated day: sometimes a message, a counter that helps out, a service closed for a while.

Every such press has an end, so nothing stays even if the demo is killed.
"""

from datetime import UTC, datetime, timedelta
from random import Random

from config.words import Words, languages
from server.messages import boards
from server.messages import commands as c
from server.rehearsal.contract import Contract, Taken
from server.rehearsal.pace import Pace
from server.rehearsal.plan import Deed, Scene
from server.rehearsal.watch import Watch

MESSAGES = ("demo-message-briefly", "demo-message-papers", "demo-message-photo")
SHORTEST_S = 20.0


class Supervision:
    """Presses of one supervisor, only for counters with clerks of the demo."""

    def __init__(self, contract: Contract, watch: Watch, pace: Pace, scene: Scene) -> None:
        self._contract, self._watch, self._pace, self._scene = contract, watch, pace, scene
        self._rng = Random(0)  # noqa: S311
        self._messages: list[str] = []
        self._closed: list[str] = []

    async def live(self, deeds: tuple[Deed, ...], seed: int) -> None:
        self._rng = Random(f"{seed} supervisor")  # noqa: S311
        acts = {"message": self._message, "assign": self._assign, "close_service": self._close_service}
        for deed in deeds:
            await self._pace.until(deed.at)
            await acts[deed.what](self._until(deed))

    async def tidy(self) -> None:
        """Removes its messages."""
        for message in self._messages:
            await self._contract.press(c.ClearMessage(message=message))
        for service in self._closed:
            await self._contract.press(c.OpenService(service=service))
        self._messages.clear()
        self._closed.clear()

    def _until(self, deed: Deed) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=max(SHORTEST_S, self._pace.seconds(deed.minutes)))

    async def _message(self, until: datetime) -> None:
        name = self._rng.choice(MESSAGES)
        wanted = [one for one in self._scene.languages if one in languages()] or [self._scene.languages[0]]
        text = {language: Words(language).text(name) for language in wanted}
        taken = await self._contract.press(c.PostMessage(text=text, until=until))
        if isinstance(taken, Taken):
            self._messages.append(taken.events[0]["message"]["id"])

    async def _assign(self, until: datetime) -> None:
        """The service with the most people waiting gets a counter whose clerk can do it too."""
        board = self._watch.board
        if board is None:
            return
        for service in sorted(board.services, key=lambda one: -one.waiting):
            helper = next((face for face in board.counters if self._can_help(face, service.id)), None)
            if helper is not None and service.waiting:
                services = (service.id, *helper.services)
                await self._contract.press(c.AssignCounter(counter=helper.id, services=services, until=until))
                return

    def _can_help(self, face: boards.CounterFace, service: str) -> bool:
        ours = any(place.id == face.id for place in self._scene.staffed)
        return ours and face.holder_is_me and service in face.skills and service not in face.services

    async def _close_service(self, until: datetime) -> None:
        service = self._rng.choice([wish.id for wish in self._scene.services])
        if isinstance(await self._contract.press(c.CloseService(service=service, until=until)), Taken):
            self._closed.append(service)
