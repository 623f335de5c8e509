"""One office with a real mail server and a real receiver of webhooks on loopback, and nodes that look and send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from config.words import Words
from server.letters.mail import Mail
from server.letters.outbox import Outbox
from server.letters.post import Post
from server.letters.settings import MailServer
from server.letters.watch import Watch
from server.letters.webhook import Webhook
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.instants import SECOND
from server.messages.office import Alerts
from tests.letters.desk import Desk
from tests.letters.sinks import MailSink, WebSink
from tests.office.room import small_office

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from server.letters.channel import Channel
    from server.letters.post import Shared
    from tests.office.room import Make, Room

SECRET = b"0123456789abcdef0123456789abcdef"
TO = ("leitung@example.de", "technik@example.de")


class Clock:
    """Follows the room."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def now_ms(self) -> int:
        return self.room.now

    def monotonic(self) -> float:
        return self.room.now / 1000


class Place:
    """One office, a mail server, a receiver of webhooks, one database; `node()` makes one more node."""

    def __init__(self, make_room: Make, engine: AsyncEngine, mail: MailSink, web: WebSink) -> None:
        self.engine, self.mail, self.web = engine, mail, web
        self.room = make_room(office=replace(small_office(), alerts=Alerts(to=TO, webhook=web.url)))
        self.clock = Clock(self.room)
        self.presence = MemoryPresence(MemoryStore(self.clock.now_ms))
        self.nodes: list[Node] = []

    def node(self, shared: Shared | None = None) -> Node:
        made = Node(self, shared or self.presence)
        self.nodes.append(made)
        return made


class Node:
    """What a node does about alerts."""

    def __init__(self, place: Place, shared: Shared) -> None:
        def say(language: str, name: str, **args: object) -> str:
            return Words(language).text(name, **args)

        desks = {"amt": Desk(place.room)}
        server = MailServer(host="127.0.0.1", port=place.mail.port, sender="aufruf@example.de")
        self._room = place.room
        self.watch = Watch(desks)
        channels: dict[str, Channel] = {
            "mail": Mail(server, say, place.clock),
            "webhook": Webhook(SECRET, say, place.clock),
        }
        self.post = Post(desks, self.watch, Outbox(place.engine), shared, channels)

    async def live(self, minutes: float = 0) -> None:
        """Looks and sends as a running node does, every ten seconds for some minutes."""
        for _ in range(1 + round(minutes * 6)):
            self._room.now += 10 * SECOND
            self.watch.look("amt")
            await self.post.turn("amt")
            await self.post.delivered()
