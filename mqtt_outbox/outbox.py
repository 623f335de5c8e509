"""Keeps a broker up to date with one office, and passes buttons on, until it is told to stop.

One task follows the office and notes what each topic must say. Another one owns the connection to the broker and says what it has
not said yet; after every loss it says everything again. They share only the notes, so neither ever waits for the other's network.
"""

import asyncio
import logging
import random
import signal
from collections import deque
from typing import Any

import msgspec
from aiomqtt import Message
from msgspec import Struct

from aufruf_client import Client
from device_line.line import LIVE
from device_line.presses import GIVE_UP_S
from device_line.stopping import or_stopped
from mqtt_outbox.broker import Broker, BrokerGone, BrokerLine, BrokerRefused
from mqtt_outbox.buttons import Buttons
from mqtt_outbox.topics import (
    OFFLINE,
    ONLINE,
    PRESSES,
    STATUS,
    LastCalls,
    Topics,
    WrongPress,
    answer_topic,
    pushed,
    told,
)
from server.messages.instants import DAY, SECOND

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 10.0
"""Between two tries to reach the broker; doubled every time, up to the second."""
MOST_ANSWERS = 64
"""Answers to buttons that wait for the broker; older ones are dropped, for nobody stands there any more."""
WAIT_FOR_SERVER_S = DAY / SECOND
"""How long the first look waits for a server that is away. Then the process ends, and whoever started it starts it again."""

_log = logging.getLogger("aufruf.mqtt_outbox")


class MqttWishes(Struct, frozen=True):
    """What an operator said. `button_token`: None, no buttons are taken. `office`: None, the token's."""

    server: str
    token: str
    broker: Broker
    prefix: str = "aufruf"
    office: str | None = None
    button_token: str | None = None


async def run(wishes: MqttWishes, stop: asyncio.Event | None = None) -> None:
    """Until `stop`, SIGTERM or SIGINT. Raises NotLetIn, Unreachable (the server's no) or BrokerRefused (the broker's)."""
    if stop is None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Client(wishes.server, wishes.token, office=wishes.office, patience_s=WAIT_FOR_SERVER_S) as reader:
        office = await or_stopped(reader.office(), stop)
        if office is None:
            return
        outbox = MqttOutbox(wishes, office, stop)
        following = asyncio.create_task(outbox.follow())
        sending = asyncio.create_task(outbox.send())
        # Only the follower is ever cancelled: it waits for the server alone. The sender ends by itself once `stop` is set.
        await asyncio.wait({following, sending}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.wait({sending})
        following.cancel()
        await asyncio.wait({following})
        for task in (sending, following):
            if not task.cancelled():
                task.result()


class MqttOutbox:
    """One office at one broker. `follow` and `send` run until `stop`; each raises what ends it for good."""

    def __init__(self, wishes: MqttWishes, office: str, stop: asyncio.Event) -> None:
        self._wishes, self._office, self._stop = wishes, office, stop
        self._base = f"{wishes.prefix}/{office}"
        self._must: Topics = {STATUS: OFFLINE}
        self._answers: deque[tuple[str, bytes]] = deque(maxlen=MOST_ANSWERS)
        self._changed = asyncio.Event()
        self._buttons: Buttons | None = None
        self._let_in, self._failures = False, 0

    async def follow(self) -> None:
        """The office's board after every change. While it cannot be seen, the status is offline and the rest stays as it was."""
        calls, wishes = LastCalls(), self._wishes
        async with (
            Client(wishes.server, wishes.token, office=self._office, stands=self._stands) as client,
            client.watch("supervisor") as looks,
        ):
            async for look in looks:
                self._must = {STATUS: ONLINE, **told(look.board, calls.note(look.epoch, look.board))}
                self._changed.set()

    def _stands(self, state: str) -> None:
        if state != LIVE:  # back on the line, the next look says so
            self._must[STATUS] = OFFLINE
            self._changed.set()

    async def send(self) -> None:
        """Owns the connection to the broker. Raises BrokerRefused if the broker does not let us in before it ever did."""
        wishes = self._wishes
        async with Client(
            wishes.server, wishes.button_token or "", office=self._office, patience_s=GIVE_UP_S
        ) as presser:
            self._buttons = Buttons(presser, self._answer) if wishes.button_token else None
            while not self._stop.is_set():
                try:
                    await self._session()
                except (BrokerRefused, BrokerGone) as fault:
                    if isinstance(fault, BrokerRefused) and not self._let_in:
                        raise
                    self._failures += 1
                    level = logging.WARNING if self._failures == 1 else logging.DEBUG
                    _log.log(level, "%s; trying again", fault)
                    await self._pause()
            if self._buttons is not None:
                await self._buttons.end()

    async def _session(self) -> None:
        """One connection, until it is lost (raises BrokerGone) or `stop` is set."""
        status = f"{self._base}/{STATUS}"
        connection = BrokerLine(self._wishes.broker, f"aufruf-{self._base.replace('/', '-')}", (status, OFFLINE))
        try:
            reads = f"{self._base}/{PRESSES}" if self._buttons is not None else None
            if not await connection.open(self._stop, reads, self._heard):
                return
            _log.info("on the line to the broker %s", self._wishes.broker.name)
            self._let_in, self._failures, said = True, 0, Topics()
            while not self._stop.is_set():
                self._changed.clear()
                await self._say(connection, said)
                await _first(self._changed, self._stop, connection.gone)
                if connection.gone.done():
                    raise BrokerGone(f"the broker {self._wishes.broker.name} is gone")
            await connection.publish(status, OFFLINE, retain=True)
        finally:
            await connection.close()

    async def _say(self, connection: BrokerLine, said: Topics) -> None:
        """Whatever `said` is not yet, the status last: who reads it knows that the rest is true."""
        must = dict(self._must)
        for topic in (*must, *(gone for gone in said if gone not in must), STATUS):
            # of a counter that the office file has no longer: an empty text takes its topic away
            text = must.get(topic, b"")
            if self._stop.is_set():
                return
            if said.get(topic) != text and (topic != STATUS or said.keys() >= must.keys() - {STATUS}):
                await connection.publish(f"{self._base}/{topic}", text, retain=True)
                said[topic] = text
            if topic not in must:
                said.pop(topic, None)
        while self._answers and not self._stop.is_set():
            topic, text = self._answers.popleft()
            await connection.publish(f"{self._base}/{topic}", text, retain=False)

    def _heard(self, message: Message) -> None:
        """A button. What the broker had kept from before was pressed some other day: it is passed over."""
        if self._buttons is None or message.retain or self._stop.is_set():
            return
        try:
            self._buttons.push(pushed(self._base, str(message.topic), message.payload))
        except WrongPress as wrong:
            _log.warning("a message of a button is none: %s", wrong)

    def _answer(self, counter: str, said: dict[str, Any]) -> None:
        self._answers.append((answer_topic(counter), msgspec.json.encode(said)))
        self._changed.set()

    async def _pause(self) -> None:
        pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(self._failures - 1, 16))
        pause *= random.uniform(0.5, 1)  # noqa: S311
        stopped = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({stopped}, timeout=pause)
        stopped.cancel()


async def _first(changed: asyncio.Event, stop: asyncio.Event, gone: "asyncio.Task[None]") -> None:
    """Returns as soon as there is anything to do. `gone` is only looked at, never cancelled."""
    waits = [asyncio.ensure_future(changed.wait()), asyncio.ensure_future(stop.wait())]
    await asyncio.wait({*waits, gone}, return_when=asyncio.FIRST_COMPLETED)
    for one in waits:
        one.cancel()
