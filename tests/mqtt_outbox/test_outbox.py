"""The outbox at Debian's mosquitto: what lamps see, what survives a loss on either side, and that it always ends."""

import asyncio
import contextlib
import json
import socket
from typing import Any

import pytest

from device_line.line import NotLetIn
from mqtt_outbox.broker import Broker
from mqtt_outbox.outbox import MqttWishes, run
from tests.device_line.server import TOKEN, BoxServer
from tests.mqtt_outbox.broker import LIMIT_S, Ear, Mosquitto
from tests.mqtt_outbox.conftest import Outboxes, running
from tests.mqtt_outbox.test_topics import COUNTERS, board, held
from tests.web.conftest import House


async def test_a_lamp_follows_its_counter_and_a_door_sign_its_zone(house: House, ear: Ear, outbox: Outboxes) -> None:
    async with outbox():
        await ear.hears(status="online", open="yes", counter__1__state="closed", counter__1__number="-", waiting="0")
        ticket = await house.ticket()
        await ear.hears(waiting="1", service__ausweis__waiting="1")
        await house.call("1")
        await ear.hears(counter__1__state="called", counter__1__number=ticket["number"], waiting="0")
        await house.press(type="start_service", counter="1")
        await ear.hears(counter__1__state="serving")
        zone = next(one.zone for one in house.desk.state.office.counters if one.id == "1")
        call = json.loads(ear.said[f"aufruf/mitte/zone/{zone}/call"])
        await house.press(type="finish_service", counter="1")
        await ear.hears(counter__1__number="-")
    await ear.hears(status="offline")

    assert (call["number"], call["counter"]) == (ticket["number"], "1")
    assert json.loads(ear.said[f"aufruf/mitte/zone/{zone}/call"]) == call, "it outlives the ticket"
    assert ticket["id"] not in json.dumps(ear.all), "numbers only"


async def test_a_lamp_that_is_switched_on_later_knows_how_it_stands(
    house: House, broker: Mosquitto, ear: Ear, outbox: Outboxes
) -> None:
    await house.ticket()
    await house.call("2")
    async with outbox():
        await ear.hears(status="online", counter__2__state="called")
        late = Ear(broker)
        try:
            await late.hears(status="online", counter__2__state="called")
            assert all(kept for *_, kept in late.all)
        finally:
            late.close()


async def test_a_broker_that_was_away_is_told_everything_again(
    house: House, broker: Mosquitto, ear: Ear, outbox: Outboxes
) -> None:
    async with outbox(buttons=True):
        await ear.hears(status="online")
        ear.close()
        broker.end()
        await house.ticket()
        await house.press(type="open_counter", counter="1")
        broker.start()
        again = Ear(broker)
        try:
            await again.hears(status="online", waiting="1", counter__1__state="free")
            again.push("1", "next")
            await again.hears(counter__1__state="called")
        finally:
            again.close()


def frame(seq: int, epoch: str = "one", **changes: Any) -> dict[str, Any]:
    at = "2026-11-23T09:21:00.000Z"
    return {"type": "board", "epoch": epoch, "seq": seq, "at": at, "board": board(**changes)}


def wishes(server: BoxServer, broker: Mosquitto) -> MqttWishes:
    return MqttWishes(server.address.url, server.address.token, Broker("127.0.0.1", broker.port))


async def test_while_the_server_is_away_the_status_says_so(broker: Mosquitto, ear: Ear) -> None:
    async with BoxServer(frame(4)) as server:
        server.me = {"offices": ["mitte"], "for": None}
        async with running(wishes(server, broker)):
            await ear.hears(status="online", counter__1__state="free")
            server.me_status, server.says = server.me_status, ()
            await server.sockets.pop().close(1012)
            await ear.hears(status="offline", counter__1__state="free")
            await server.until(server.sockets.copy)
            await server.send(**frame(2, "two", waiting_total=0))
            await ear.hears(status="online", waiting="0")


async def test_a_counter_that_is_gone_takes_its_topics_away(broker: Mosquitto, ear: Ear) -> None:
    async with BoxServer(frame(4)) as server:
        server.me = {"offices": ["mitte"], "for": None}
        async with running(wishes(server, broker)):
            await ear.hears(status="online", counter__9__state="closed")
            await server.send(**frame(5, counters=COUNTERS[:2]))
            await ear.hears(counter__9__state="", counter__9__number="", counter__1__state="free", zone__floor__call="")
            await server.send(**frame(6, counters=COUNTERS))
            await ear.hears(counter__9__state="closed")


async def test_lost_entries_forget_the_last_call(broker: Mosquitto, ear: Ear) -> None:
    async with BoxServer(frame(4, tickets=[held("A001", "1", "09:00")])) as server:
        server.me = {"offices": ["mitte"], "for": None}
        async with running(wishes(server, broker)):
            await ear.until(lambda said: "A001" in said.get("aufruf/mitte/zone/hall/call", ""))
            await server.send(**frame(1, "two"))
            await ear.hears(zone__hall__call="")


async def test_a_token_that_may_not_look_ends_it(house: House, broker: Mosquitto) -> None:
    asked = MqttWishes(house.url, await house.token("kiosk", "entrance"), Broker("127.0.0.1", broker.port))
    with pytest.raises(NotLetIn, match="not for the supervisor"):
        await asyncio.wait_for(run(asked, asyncio.Event()), LIMIT_S)


@pytest.mark.parametrize("times", range(3))
async def test_it_ends_in_the_middle_of_a_storm(broker: Mosquitto, ear: Ear, times: int) -> None:
    """A board after every millisecond, and a stop: nothing that waits for the broker may swallow it."""
    async with BoxServer(frame(4)) as server:
        server.me = {"offices": ["mitte"], "for": None}

        async def storm() -> None:
            for seq in range(5, 100_000):
                await server.send(**frame(seq, waiting_total=seq))
                await asyncio.sleep(0.001)

        storming = asyncio.create_task(asyncio.sleep(0))
        async with running(wishes(server, broker)):
            await ear.hears(status="online")
            storming = asyncio.create_task(storm())
            await ear.until(lambda said: int(said["aufruf/mitte/waiting"]) > 10 + times)
        storming.cancel()
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await storming
    await ear.hears(status="offline")


@pytest.mark.parametrize("answers", [True, False], ids=["silent", "nobody"])
async def test_it_ends_while_the_broker_does_not_answer(answers: bool) -> None:
    """`silent`: something takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        if not answers:
            deaf.close()
        async with BoxServer(frame(4)) as server:
            server.me = {"offices": ["mitte"], "for": None}
            async with running(MqttWishes(server.address.url, TOKEN, Broker("127.0.0.1", port))):
                await server.until(server.sockets.copy)
