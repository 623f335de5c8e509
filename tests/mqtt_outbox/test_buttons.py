"""Buttons at a whole server: one press a push, however often its message comes."""

import asyncio
import json
from typing import Any

import pytest

from aufruf_client import Client, NotTaken
from mqtt_outbox import buttons
from mqtt_outbox.buttons import Buttons
from mqtt_outbox.topics import Pushed
from tests.mqtt_outbox.broker import Ear
from tests.mqtt_outbox.conftest import Outboxes
from tests.web.conftest import House

NEXT = Pushed("1", "next")


@pytest.fixture(autouse=True)
def long_bounce(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a machine that stops for a second does not make two presses of one."""
    monkeypatch.setattr(buttons, "BOUNCE_S", 600.0)


async def test_a_contact_that_bounces_calls_once(house: House, ear: Ear, outbox: Outboxes) -> None:
    first, _ = await house.ticket(), await house.ticket()
    await house.press(type="open_counter", counter="1")
    async with outbox(buttons=True):
        await ear.hears(status="online", counter__1__state="free", waiting="2")
        for _ in range(5):
            ear.push("1", "next")
        await ear.answer("1", first["number"])
        await ear.hears(counter__1__state="called", counter__1__number=first["number"], waiting="1")
        ear.push("1", "arrived")
        await ear.hears(counter__1__state="serving")

    answers = [json.loads(text) for topic, text, _ in ear.all if topic.endswith("/pressed")]
    assert next(one["again"] for one in answers if one["press"] == "next") is False
    assert all(one["done"] for one in answers), "a second press would have been refused: the counter is busy"


async def test_a_press_that_is_refused_says_why(house: House, ear: Ear, outbox: Outboxes) -> None:
    async with outbox(buttons=True):
        await ear.hears(status="online")
        ear.push("1", "next")
        await ear.answer("1", '"done":false')
        ear.push("99", "next")
        await ear.answer("99", "unknown_counter")


async def test_what_the_broker_had_kept_is_no_press(house: House, ear: Ear, outbox: Outboxes) -> None:
    await house.ticket()
    await house.press(type="open_counter", counter="1")
    await house.press(type="open_counter", counter="2")
    ear.push("1", "next", retain=True)
    async with outbox(buttons=True):
        await ear.hears(status="online")
        ear.push("2", "rubbish")
        ear.push("2", "next")
        await ear.hears(counter__2__state="called", counter__1__state="free")


async def test_without_a_token_for_them_no_button_counts(house: House, ear: Ear, outbox: Outboxes) -> None:
    await house.ticket()
    await house.press(type="open_counter", counter="1")
    async with outbox():
        await ear.hears(status="online")
        ear.push("1", "next")
        await house.ticket()
        await ear.hears(waiting="2", counter__1__state="free")


class Late:
    """A client whose answers come when a test says so."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.may = asyncio.Event()

    async def press(self, command: Any, *, key: str) -> Any:
        self.keys.append(key)
        await self.may.wait()
        raise NotTaken({"code": "nobody_waiting", "detail": ""})


async def test_the_same_message_is_another_press_once_the_contact_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buttons, "BOUNCE_S", 1.0)
    late, now, told = Late(), [100.0], list[dict[str, Any]]()
    late.may.set()
    made = Buttons(late, lambda counter, said: told.append(said), lambda: now[0])  # type: ignore[arg-type]
    for at in (100.0, 100.6, 101.5, 103.0):
        now[0] = at
        made.push(NEXT)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    made.push(Pushed("2", "next"))
    made.push(Pushed("1", "next", "its-own"))
    await asyncio.sleep(0)

    assert len(set(late.keys[:3])) == 1, "each within a second after the one before"
    assert len({*late.keys}) == 4
    assert late.keys[-1] == "its-own"
    await made.end()
    assert told[0] == {"press": "next", "done": False, "code": "nobody_waiting"}


async def test_a_broken_button_does_not_fill_the_memory() -> None:
    late, told = Late(), list[dict[str, Any]]()
    made = Buttons(late, lambda counter, said: told.append(said))  # type: ignore[arg-type]
    for number in range(buttons.MOST_OPEN + 5):
        made.push(Pushed("1", "next", f"k{number}"))
    made.push(Pushed("1", "next", "k0"))
    await asyncio.sleep(0)

    assert len(late.keys) == buttons.MOST_OPEN
    assert [one["code"] for one in told] == ["too_many"] * 5
    await made.end()


async def test_a_press_with_a_key_of_its_own_counts_once_however_late_it_comes_again(house: House) -> None:
    await house.ticket()
    await house.press(type="open_counter", counter="1")
    told = list[dict[str, Any]]()
    async with Client(house.url, await house.token("clerk")) as client, asyncio.timeout(30):
        for _ in range(2):  # as if the outbox had been started again in between
            made = Buttons(client, lambda counter, said: told.append(said))
            made.push(Pushed("1", "next", "button-7"))
            while made._open:
                await asyncio.sleep(0.01)

    assert [(one["done"], one["again"]) for one in told] == [(True, False), (True, True)]


async def test_a_token_that_is_not_known_is_told_at_the_button(house: House) -> None:
    told = list[dict[str, Any]]()
    async with Client(house.url, "guessed", office="mitte") as client, asyncio.timeout(30):
        made = Buttons(client, lambda counter, said: told.append(said))
        made.push(NEXT)
        while not told:
            await asyncio.sleep(0.01)

    assert told == [{"press": "next", "done": False, "code": "unanswered"}]
