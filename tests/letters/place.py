"""One office with a real mail server and a real receiver of webhooks on loopback, and nodes that look and send."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from sqlalchemy import select

from config.words import Words
from server.letters.mail import Mail
from server.letters.outbox import Outbox
from server.letters.phones import PhoneBook
from server.letters.post import Post
from server.letters.push import Push
from server.letters.ringing import Ringing
from server.letters.settings import MailServer
from server.letters.vapid import Vapid
from server.letters.visit_mail import VisitMail
from server.letters.visits import VISITS, Visits
from server.letters.watch import Watch
from server.letters.webhook import AlertHook
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.instants import SECOND
from server.messages.office import Alerts
from server.persons.contacts import Contacts
from server.persons.sealing import Sealing
from tests.letters.desk import Desk
from tests.letters.sinks import MailSink, WebSink
from tests.office.room import small_office

if TYPE_CHECKING:
    from sqlalchemy import Row, Table
    from sqlalchemy.ext.asyncio import AsyncEngine

    from server.letters.channel import Channel
    from server.letters.post import Shared
    from tests.office.room import Make, Room

SECRET = b"0123456789abcdef0123456789abcdef"
DAY = "2026-11-23"
"""The office's day."""
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
    """One office, a mail server, a receiver of webhooks, a push service, one database; `node()` makes one more node."""

    def __init__(self, make_room: Make, engine: AsyncEngine, mail: MailSink, web: WebSink, service: WebSink) -> None:
        self.engine, self.mail, self.web, self.service = engine, mail, web, service
        self.room = make_room(office=replace(small_office(), alerts=Alerts(to=TO, webhook=web.url)))
        self.clock = Clock(self.room)
        self.presence = MemoryPresence(MemoryStore(self.clock.now_ms))
        self.nodes: list[Node] = []
        self.key_file = Path(mkdtemp()) / "contacts.key"

    def node(self, shared: Shared | None = None) -> Node:
        made = Node(self, shared or self.presence)
        self.nodes.append(made)
        return made

    def alone(self) -> Shared:
        """Leases that nobody else knows."""
        return MemoryPresence(MemoryStore(self.clock.now_ms))

    async def rows(self, table: Table) -> list[Row[Any]]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(select(table))).all())


class Node:
    """What a node does about alerts and phones."""

    def __init__(self, place: Place, shared: Shared) -> None:
        def say(language: str, name: str, **args: object) -> str:
            return Words(language).text(name, **args)

        self.desk = Desk(place.room)
        desks = {"amt": self.desk}
        server = MailServer(host="127.0.0.1", port=place.mail.port, sender="aufruf@example.de")
        self._room = place.room
        self.watch = Watch(desks)
        channels: dict[str, Channel] = {
            "mail": Mail(server, say, place.clock),
            "webhook": AlertHook(SECRET, say, place.clock),
        }
        phones = PhoneBook(place.engine)
        self.contacts = Contacts(place.engine, Sealing(place.key_file))
        self.visits = Visits(self.contacts, place.engine)
        channels[VISITS] = VisitMail(
            server, self.contacts, desks, say, place.clock, "https://aufruf.example/a/{}.{}".format
        )
        vapid = Vapid(SECRET, "mailto:aufruf@example.de", place.clock)
        self.push = channels["push"] = Push(phones, vapid, desks, say, "/t/{}.{}".format, loopback=True)
        self.post = Post(desks, self.watch, Outbox(place.engine), shared, channels, Ringing(phones), self.visits)

    async def live(self, minutes: float = 0) -> None:
        """Looks and sends as a running node does, every ten seconds for some minutes."""
        for _ in range(1 + round(minutes * 6)):
            self._room.now += 10 * SECOND
            self.watch.look("amt")
            await self.post.look()
            await self.post.turn("amt")
            await self.post.delivered()
