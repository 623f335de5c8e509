"""The broker as an operator names it, and one connection to it.

aiomqtt must never be cancelled while it waits: a confirmation that comes in the same moment swallows the cancellation (asyncio's
`wait_for` in Python 3.11), and whoever waits for the task waits for ever. So everything here ends by itself: each wait has a time
limit, and the reader of messages ends because the connection does.
"""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiomqtt import Client, Message, MqttError, Will
from aiomqtt.exceptions import MqttConnectError

ANSWER_S = 5.0
"""The longest time that the broker may take to answer."""
LEAVE_S = 2.0
"""The longest time that saying goodbye may take: the broker sends the last will if we do not manage."""
KEEPALIVE_S = 15
"""The broker sends the last will after one and a half times as many seconds of silence."""
MOST_UNREAD = 100
"""Messages that wait to be read; more are dropped."""
AT_LEAST_ONCE = 1
REFUSALS = (4, 5, 134, 135)
"""Answers of a broker that mean: this user or password is not known here. 4 and 5 are those of MQTT 3.1.1."""

_log = logging.getLogger("aufruf.mqtt_outbox")


@dataclass(frozen=True)
class Broker:
    """`trust`: None without TLS. `user`: None for a broker that lets anybody in."""

    host: str
    port: int
    trust: ssl.SSLContext | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"


class BrokerGone(Exception):
    """There is no connection to the broker, or none any more; it may come back."""


class BrokerRefused(Exception):
    """The broker does not let us in; trying again does not help."""


class BrokerLine:
    """One connection. `heard` gets every message of `reads`; `gone` is done as soon as the connection has ended."""

    def __init__(self, broker: Broker, name: str, will: tuple[str, bytes]) -> None:
        self._broker = broker
        topic, payload = will
        self._client = Client(
            broker.host,
            broker.port,
            username=broker.user,
            password=broker.password,
            identifier=name,
            will=Will(topic, payload, AT_LEAST_ONCE, retain=True),
            tls_context=broker.trust,
            timeout=ANSWER_S,
            keepalive=KEEPALIVE_S,
            max_queued_incoming_messages=MOST_UNREAD,
        )
        self._reader: asyncio.Task[None] | None = None

    @property
    def gone(self) -> "asyncio.Task[None]":
        assert self._reader is not None
        return self._reader

    async def open(self, stop: asyncio.Event, reads: str | None, heard: Callable[[Message], None]) -> bool:
        """Connects; False if `stop` was set before it was. Raises BrokerGone or BrokerRefused. `close` it in any case."""
        entering = asyncio.ensure_future(self._client.__aenter__())
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait({entering, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not entering.done():
            # The thread that connects ends by paho's own limit of 5 s, the wait for the broker's answer by ours.
            await asyncio.wait({entering}, timeout=2 * ANSWER_S)
            entering.add_done_callback(_looked_at)
            if not entering.done():
                return False
        try:
            entering.result()
        except MqttConnectError as refused:
            reason = f"the broker {self._broker.name} does not let us in: {refused}"
            raise (BrokerRefused(reason) if _code(refused) in REFUSALS else BrokerGone(reason)) from None
        except (MqttError, ValueError) as fault:
            raise BrokerGone(
                f"no line to the broker {self._broker.name}: {str(fault) or type(fault).__name__}"
            ) from None
        self._reader = asyncio.create_task(self._read(heard))
        if reads is not None:
            await self._asked(self._client.subscribe(reads, AT_LEAST_ONCE))
        return not stop.is_set()

    async def publish(self, topic: str, payload: bytes, *, retain: bool) -> None:
        """Returns when the broker has it. Raises BrokerGone."""
        await self._asked(self._client.publish(topic, payload, AT_LEAST_ONCE, retain))

    async def close(self) -> None:
        """Says goodbye, and waits for the reader; neither for longer than LEAVE_S."""
        if self._reader is None:  # it was never open
            return
        leaving = asyncio.ensure_future(self._client.__aexit__(None, None, None))
        leaving.add_done_callback(_looked_at)
        await asyncio.wait({leaving, self._reader}, timeout=LEAVE_S)

    async def _asked(self, work: Awaitable[object]) -> None:
        try:
            await work
        except (MqttError, ValueError) as fault:
            raise BrokerGone(f"the broker {self._broker.name} is gone: {str(fault) or type(fault).__name__}") from None

    async def _read(self, heard: Callable[[Message], None]) -> None:
        with suppress(MqttError):  # this is how it says that the connection has ended
            async for message in self._client.messages:
                heard(message)


def _looked_at(task: "asyncio.Future[Any]") -> None:
    """How a goodbye ended matters to nobody; asyncio would complain of an exception that nobody has looked at."""
    if not task.cancelled():
        task.exception()


def _code(refused: MqttConnectError) -> int:
    code = refused.rc
    return code if isinstance(code, int) else int(getattr(code, "value", 0))
