"""One office whose events another system is told of: a real receiver on loopback, a database, nodes that send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from standardwebhooks.webhooks import Webhook as Reference

from server.clock import SystemClock
from server.letters.hook_letter import HookSender
from server.letters.hook_places import HookPlaces
from server.letters.hooks import Followed, Hooks
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages import commands as c
from server.messages.events import EpochChanged
from server.messages.instants import SECOND
from server.messages.office import Webhook
from tests.letters.desk import Desk
from tests.letters.sinks import WebSink
from tests.office.room import small_office

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.office.room import Make, Room

SECRET = b"0123456789abcdef0123456789abcdef"
WANTED = ("ticket_issued", "ticket_called", "appointment_booked")


class Site:
    """One office, a receiver, a database; `node()` makes one more node."""

    def __init__(self, make_room: Make, engine: AsyncEngine, sink: WebSink) -> None:
        self.engine, self.sink = engine, sink
        self.room = make_room(office=small_office())
        self.shared = MemoryPresence(MemoryStore(lambda: self.room.now))
        self.secret: bytes | Exception = SECRET
        self.revision = 1

    def file(self, *hooks: Webhook) -> None:
        """The office file is changed."""
        self.revision += 1
        file = replace(self.room.state.office, webhooks=hooks, revision=self.revision)
        self.room.does(c.ConfigureOffice(office=file), self.room.system, key=f"office:{self.revision}")

    def node(self, shared: MemoryPresence | None = None) -> Node:
        return Node(self, shared or self.shared)

    def told(self) -> list[dict[str, Any]]:
        """What the receiver has, checked with the reference library, each letter once."""
        reference = Reference(SECRET)
        found: dict[str, Any] = {}
        for headers, body in self.sink.posts:
            found.setdefault(headers["webhook-id"], reference.verify(body, headers))
        return list(found.values())

    def kinds(self) -> list[tuple[int, str]]:
        return [(one["data"]["seq"], one["type"]) for one in self.told()]


class Node:
    """What a node does about webhooks."""

    def __init__(self, site: Site, shared: MemoryPresence) -> None:
        def secret(office: str, hook: str) -> bytes:
            if isinstance(site.secret, Exception):
                raise site.secret
            return site.secret

        self.site, self.desk = site, Desk(site.room)
        self.places = HookPlaces(site.engine)
        self.hooks = Hooks({"amt": self.desk}, self.places, shared, self, HookSender(secret, SystemClock()).send)

    async def entries(self, office: str, after: int, most: int) -> Sequence[Followed]:
        rows = [Followed(seq=seq, mark=mark, event=event) for seq, mark, event in self.site.room.entries]
        return [row for row in rows if after < row.seq <= self.desk.state.seq][:most]

    async def epoch_began(self, office: str) -> int:
        return max(seq for seq, _, event in self.site.room.entries if isinstance(event, EpochChanged))

    async def live(self, minutes: float = 0) -> None:
        """Works as a running node does, every ten seconds for some minutes."""
        for _ in range(1 + round(minutes * 6)):
            self.site.room.now += 10 * SECOND
            await self.hooks.turn("amt")
            await self.hooks.delivered()


def wanted(room: Room, after: int) -> list[tuple[int, str]]:
    """What the log has for the receiver."""
    kinds = [(seq, event.__struct_config__.tag) for seq, _, event in room.entries if seq > after]
    return [(seq, str(kind)) for seq, kind in kinds if kind in WANTED]
