"""A whole server on loopback, a broker, an ear at the broker, and an outbox between them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from mqtt_outbox.broker import Broker
from mqtt_outbox.outbox import MqttWishes, run
from tests.conftest import FreshDatabase
from tests.mqtt_outbox.broker import LIMIT_S, Ear, Mosquitto
from tests.web.conftest import House, Stand, standing

Outboxes = Callable[..., AbstractAsyncContextManager[asyncio.Event]]


@pytest.fixture
async def house(tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[House]:
    async with standing(fresh_database(tmp_path), Stand()) as house:
        yield house


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    made = Mosquitto(tmp_path / "broker").start()
    yield made
    made.end()


@pytest.fixture
def ear(broker: Mosquitto) -> Iterator[Ear]:
    made = Ear(broker)
    yield made
    made.close()


@asynccontextmanager
async def running(wishes: MqttWishes) -> AsyncIterator[asyncio.Event]:
    """An outbox as long as this lasts; yields what stops it. It ends by itself, or the test fails."""
    stop = asyncio.Event()
    task = asyncio.create_task(run(wishes, stop))
    try:
        yield stop
    finally:
        stop.set()
        done, _ = await asyncio.wait({task}, timeout=LIMIT_S)
        assert done, "the outbox did not end"
        task.result()


@pytest.fixture
def outbox(house: House, broker: Mosquitto) -> Outboxes:
    """An outbox of this house at this broker."""

    @asynccontextmanager
    async def made(*, buttons: bool = False) -> AsyncIterator[asyncio.Event]:
        known = Broker("127.0.0.1", broker.port)
        presses = await house.token("clerk") if buttons else None
        async with running(MqttWishes(house.url, await house.token("observer"), known, button_token=presses)) as stop:
            yield stop

    return made
