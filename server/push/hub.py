"""Every socket of this node: an audience per office, the leases of voices, the reports of devices.

Made by `server.wiring`, fed by `server.web.live`.
"""

import asyncio
import itertools
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial

from server.log.port import StoreUnavailable
from server.messages import boards, frames
from server.messages.actor import Actor
from server.messages.problems import Refusal
from server.messages.terms import BoardKind, Role
from server.office.boards import Wanted
from server.push.audience import Audience
from server.push.beats import Beats, beat, welcome
from server.push.beside import Beside
from server.push.city import City
from server.push.connection import AtOnce, Connection, Send
from server.push.drawing import FAULT
from server.push.orders import DeviceOrder, Orders
from server.push.reports import Reports, device_of
from server.push.source import Source, Surroundings
from server.push.tally import Tally
from server.push.voices import Voices, able, hear
from server.push.waiting import PairingNow, shown_while_waiting
from server.tasks import Tasks

VOICES: frozenset[Role] = frozenset({"display", "announcer"})
"""Only these roles may claim a zone's voice; a supervisor who watches a wall's board may not."""


class Hub:
    """`connect`, `join`, `leave` for a socket's life; `report` and `speak` for what a device sends."""

    def __init__(self, desks: Mapping[str, Source], surroundings: Surroundings) -> None:
        self._desks, self._around = desks, surroundings
        self.tally = Tally()
        self.tasks = Tasks("push")
        self._beside = Beside("push", most=64)
        self.reports = Reports(
            surroundings.presence,
            self.tally,
            lambda office: self._bulkhead(office, "reports"),
            lambda office: desks[office].ahead,
        )
        self._voices = Voices(surroundings.leases, secrets.token_hex(6), self._leased, self._voiced)
        self._audiences: dict[str, Audience] = {}
        self._city = City(desks, surroundings)
        self._connections: dict[int, Connection] = {}
        self._signed_in: dict[int, Connection] = {}  # announcers and displays with a token of their own
        self._numbers = itertools.count(1)
        self._orders = Orders(
            surroundings.channel, self._connections, lambda office: self._bulkhead(office, "orders"), self._renamed
        )
        self.tokens_changed: Callable[[], None] = lambda: None
        self._beats = Beats(desks, self.reports, lambda office: self._bulkhead(office, "beats"))

    def __len__(self) -> int:
        return len(self._connections)

    async def start(self) -> None:
        for office in self._desks:
            self._audience(office)
            self.reports.follow(office)
        self.tasks.forever(partial(self.reports.run, self._presence_changed), "reports")
        self._orders.changed = self.tokens_changed
        self.tasks.forever(self._orders.run, "orders")
        self._beats.start()

    async def stop(self) -> None:
        """Closes every socket, then ends."""
        self._beats.stop()
        for connection in list(self._connections.values()):
            connection.close("restarting")
        await asyncio.sleep(0)
        audiences, self._audiences = self._audiences, {}
        for audience in audiences.values():
            audience.stop()
            await audience.renderings.close()
        await self._city.close()
        await self._beside.close()
        await self.tasks.close()

    async def aloud(self, office: str, language: str, text: str) -> str | None:
        """The address of a sound that says this text, for a screen that reads itself aloud; None if no voice can."""
        base = language.split("-")[0]
        if not self._around.voiced(base):
            return None
        voices = self._desks[office].state.office.voices
        return await self._around.studio.render({base: text}, "none", voices)

    # a socket's life

    def connect(
        self,
        office: str,
        kind: BoardKind,
        id: str,
        actor: Actor,
        send: Send,
        cut: Callable[[], None] | None = None,
        *,
        at_once: AtOnce | None = None,
    ) -> Connection:
        """A socket whose actor is known. It is sent nothing until it has joined."""
        connection = Connection(
            office, kind, id, actor, send, tasks=self.tasks, tally=self.tally, cut=cut, at_once=at_once
        )
        connection.number = next(self._numbers)
        return connection

    def join(self, connection: Connection) -> Refusal | None:
        """Sends welcome, the whole board, and from now on every change. No change is lost between the board and the next one."""
        desk = self._desks[connection.office]
        connection.floor = desk.state.seq
        refused = self._audience(connection.office).join(connection, welcome(desk, self._around.version))
        if refused is not None:
            return refused
        self._connections[connection.number] = connection
        self._beats.add(connection)
        if connection.actor.role in VOICES and connection.actor.principal:
            self._signed_in[connection.number] = connection
        if desk.stale_since is not None:
            connection.beat(beat(desk))
        if not connection.actor.principal and not self._outranked(connection):
            self.reports.nameless(connection)
        self.reports.present(connection, desk.now())
        return None

    def join_city(self, connection: Connection, sees: frozenset[str]) -> None:
        """The same for the table of a city: `sees` are the offices that it shows. Its beat is that of the connection's office."""
        connection.tell(welcome(self._desks[connection.office], self._around.version))
        self._connections[connection.number] = connection
        self._beats.add(connection)
        self._city.join(connection, sees)

    def join_waiting(self, connection: Connection, told: PairingNow) -> None:
        """The same for a device that waits to be paired: it is shown what `told` says, until that is over."""
        desk = self._desks[connection.office]
        connection.tell(welcome(desk, self._around.version))
        self._connections[connection.number] = connection
        self._beats.add(connection)
        self.tasks.start(shown_while_waiting(connection, told, desk), "pairing")

    async def order(self, office: str, order: DeviceOrder) -> None:
        """Asks a device for something, at whichever node it is. ConnectionError: here it was asked, but other nodes cannot be."""
        try:
            await self._orders.give(office, order)
        except StoreUnavailable as fault:
            raise ConnectionError("the store does not answer") from fault

    def leave(self, connection: Connection) -> None:
        connection.gone()
        self._city.leave(connection)
        self._connections.pop(connection.number, None)
        self._beats.remove(connection)
        self._signed_in.pop(connection.number, None)
        if (audience := self._audiences.get(connection.office)) is not None:
            audience.leave(connection)
        if self._voices.holds(connection):
            self.tasks.start(self._voices.left(connection), "release")

    def board(self, office: str, kind: BoardKind, id: str, actor: Actor) -> boards.Part | Refusal:
        """The board as a socket would get it: HTTP and push use the same drawing."""
        audience = self._audience(office)
        with audience.faults.bulkhead(kind, "" if kind == "ticket" else id):
            return audience.drawing.part(kind, id, actor)
        return FAULT

    def found(self, office: str, wanted: Wanted, actor: Actor) -> boards.Found | Refusal:
        """The tickets that somebody looks for."""
        audience = self._audience(office)
        with audience.faults.bulkhead("search", ""):
            return audience.drawing.found(wanted, actor)
        return FAULT

    def worries(self, office: str) -> tuple[boards.Worry, ...]:
        """What cannot be made for an office at present, and zones in which no device can be heard."""
        return self._audience(office).drawing.worries()

    def noted(self, office: str, notes: Mapping[str, str]) -> None:
        """Takes the notes of staff on an office's tickets. Only staff boards show them."""
        self._audience(office).noted(notes)

    def watched(self, office: str) -> bool:
        """Whether anybody watches a board of this office, or its row on the table of a city."""
        return self._audience(office).watched or self._city.watches(office)

    def waits_changed(self, office: str) -> None:
        """There is a new forecast: boards that show waits are drawn again."""
        self._audience(office).waits_changed()

    def table_changed(self, office: str) -> None:
        """Alerts came, went or changed: the supervisor's table is drawn again at once."""
        self._audience(office).look("supervisor")

    def outlook_changed(self, office: str) -> None:
        """The advice or the curve came, went or changed: the table is drawn again with the next forecast, or soon."""
        self._audience(office).outlook_changed()

    def connections(self) -> Iterator[Connection]:
        yield from list(self._connections.values())

    # what a device sends

    def answered(self, connection: Connection) -> None:
        """Its press was taken; the board that it shows comes before all others."""
        if (audience := self._audiences.get(connection.office)) is not None:
            audience.answered(connection)

    def report(self, connection: Connection, report: frames.Report) -> None:
        now = self._desks[connection.office].now()
        hear(connection, report, now)
        if not able(connection, now):
            self._let_go(connection, now)
        if not self._outranked(connection) and self.reports.heard(connection, report, now):
            self._presence_changed(connection.office)

    def polled(self, office: str, device: str, state: str, reason: str | None) -> None:
        """What a printer says of itself that fetches its tickets by HTTP."""
        if self.reports.polled(office, device, state, reason, self._desks[office].now()):
            self._presence_changed(office)

    def speak(self, connection: Connection, zone: str) -> None:
        """A device asks to be its zone's voice. It must be audible; and a screen that nobody signed in gets no voice while a
        signed-in device can have it."""
        now = self._desks[connection.office].now()
        if not able(connection, now):
            self._let_go(connection, now)
        connection.speaks = True
        may = able(connection, now) and self._may_speak(connection, zone) and not self._outranked(connection, zone)
        if not may or not self._beside.offer(self._voices.ask(connection, zone, now), "lease"):
            self._voices.refuse(connection, zone, now)

    def _let_go(self, connection: Connection, now: int) -> None:
        if self._voices.holds(connection):
            self.tasks.start(self._voices.let_go(connection, now), "release")

    def _may_speak(self, connection: Connection, zone: str) -> bool:
        if connection.board == "announcer":
            return connection.id == zone
        displays = self._desks[connection.office].state.office.displays
        return connection.board == "display" and any(d.id == connection.id and zone in d.zones for d in displays)

    def _outranked(self, connection: Connection, zone: str | None = None) -> bool:
        """Whether this socket is not signed in, but another one of the same device (or one that may speak in `zone`) is.

        Anybody can open a display's page: such a page must not speak for the real device.
        """
        if connection.actor.principal:
            return False
        now = self._desks[connection.office].now()
        return any(
            device_of(other) == device_of(connection)
            if zone is None
            else self._may_speak(other, zone) and able(other, now)
            for other in self._signed_in.values()
            if other.office == connection.office
        )

    # offices

    def _audience(self, office: str) -> Audience:
        audience = self._audiences.get(office)
        if audience is None:
            audience = self._audiences[office] = Audience(self._desks[office], self.reports, self._around, self.tally)
        return audience

    def _bulkhead(self, office: str, what: str) -> AbstractContextManager[None]:
        return self._audience(office).faults.bulkhead(what, "")

    def _voiced(self, connection: Connection, zone: str) -> None:
        self._audience(connection.office).voiced(connection, zone)

    def _leased(self, office: str, zone: str, until: int) -> None:
        audience, now = self._audience(office), self._desks[office].now()
        spoken_for = audience.drawing.leases.get(zone, 0) > now
        audience.drawing.leases[zone] = until
        if spoken_for != (until > now):
            audience.look("announcer")

    def _renamed(self, connection: Connection) -> None:
        self.reports.present(connection, self._desks[connection.office].now())
        self._presence_changed(connection.office)

    def _presence_changed(self, office: str) -> None:
        if (audience := self._audiences.get(office)) is not None:
            audience.presence_changed()
