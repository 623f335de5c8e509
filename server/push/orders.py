"""What supervisors ask of devices: show your name, load again, be called something else, be another one. On all nodes.

A device may be connected to any node, so an order is passed on through the office's channel in the store; every node looks there
each second. It may be lost with the store: whoever asked sees that nothing happens, and asks again.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping

import structlog
from msgspec import MsgspecError, json

from server.log.port import StoreUnavailable
from server.log.presence_port import Passing
from server.messages import frames
from server.messages.value import Value
from server.push.connection import Connection
from server.push.packets import packet
from server.push.reports import BulkheadOf, device_of

LOOK_S = 1.0
REMEMBERED = 500
"""More than an office's channel ever holds."""

_log = structlog.get_logger("aufruf.push")


class DeviceOrder(Value):
    """`device`: "display:hall". `frame`: what its sockets are told. `tokens`: only sockets that are signed in with one of these;
    empty: all that show it, for a public display may be opened without a token."""

    device: str
    frame: frames.Device
    tokens: tuple[str, ...] = ()

    def is_for(self, connection: Connection) -> bool:
        if device_of(connection) != self.device:
            return False
        return not self.tokens or connection.actor.principal.removeprefix("token:") in self.tokens


class Orders:
    """`give` for the node at which somebody asks; `run` obeys what was asked elsewhere. Owned by the hub."""

    def __init__(
        self,
        channel: Passing | None,
        connections: Mapping[int, Connection],
        bulkhead: BulkheadOf,
        renamed: Callable[[Connection], None],
    ) -> None:
        self._channel, self._connections = channel, connections
        self._bulkhead, self._renamed = bulkhead, renamed
        self.changed: Callable[[], None] = lambda: None
        """Called when another node has changed tokens of devices: what is known of them here may be two seconds old."""
        self._obeyed: OrderedDict[str, None] = OrderedDict()
        self._deaf = False

    async def give(self, office: str, order: DeviceOrder) -> None:
        """Obeys it here, and passes it on. Raises `StoreUnavailable` if other nodes cannot be told."""
        id = secrets.token_hex(8)
        self._obey(office, id, order)
        if self._channel is not None:
            await self._channel.pass_on(office, id, json.encode(order))

    async def run(self) -> None:
        """Looks each second what other nodes passed on; runs until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            await self.look()

    async def look(self) -> None:
        """Obeys what was passed on since the last look, for every office that has a device here."""
        if self._channel is None:
            return
        for office in {one.office for one in self._connections.values() if device_of(one) is not None}:
            with self._bulkhead(office):
                await self._look(office, self._channel)

    async def _look(self, office: str, channel: Passing) -> None:
        try:
            passed = await channel.passed_on(office)
            self._deaf = False
        except StoreUnavailable:
            if not self._deaf:
                _log.warning("what devices are asked to do was not read", office=office)
            self._deaf = True
            return
        for id, said in passed.items():
            try:
                order = json.decode(said, type=DeviceOrder)
            except MsgspecError:  # another release knows other orders
                continue
            if order.tokens and id not in self._obeyed:
                self.changed()
            self._obey(office, id, order)

    def _obey(self, office: str, id: str, order: DeviceOrder) -> None:
        if id in self._obeyed:
            return
        self._obeyed[id] = None
        while len(self._obeyed) > REMEMBERED:
            self._obeyed.popitem(last=False)
        made = packet(order.frame)
        for connection in list(self._connections.values()):
            if connection.office == office and order.is_for(connection):
                if order.frame.do == "rename":
                    connection.named = order.frame.name
                    self._renamed(connection)
                connection.tell(made)
