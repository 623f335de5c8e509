"""The demo with a real server: every screen shows work, no other counter is touched, and it ends cleanly."""

import asyncio
import io
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import msgspec
import pytest

from server.keys import create_token
from server.rehearsal.contract import Contract
from server.rehearsal.demo import Demo, prepare, run
from tests.rehearsal.conftest import Running

SPEED = 900.0
LONG = 60.0
RACES = {"wrong_state", "unknown_ticket", "unknown_message", "overtaken", "not_arrived", "counter_busy", "counter_idle"}
"""Refusals that happen in real life, because somebody else was faster. Any other refusal is a fault of the demo."""


class Hand:
    """Somebody who works beside the demo, with the same rights."""

    def __init__(self, url: str, token: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{url}/api/v1/offices/mitte", headers={"Authorization": f"Bearer {token}"}, trust_env=False
        )
        self._keys = iter(range(1_000))

    async def press(self, **command: Any) -> dict[str, Any]:
        key = {"Idempotency-Key": f"hand-{next(self._keys)}", "Content-Type": "application/json"}
        answer = await self._http.post("/commands", content=msgspec.json.encode(command), headers=key)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def events(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            after = found[-1]["seq"] if found else 0
            page = (await self._http.get("/events", params={"after": after, "limit": 1_000})).json()["events"]
            found += page
            if len(page) < 1_000:
                return found

    async def board(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self._http.get("/boards/desk")).json()
        return found

    async def close(self) -> None:
        await self._http.aclose()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not true():
            await asyncio.sleep(0.05)


async def lived(running: Running, token: str, enough: Callable[[Demo, Contract], bool]) -> tuple[Demo, Contract]:
    """Lets the demo run until enough has happened, then ends it as Ctrl-C does."""
    async with Contract(running.url, token) as contract:
        demo = await prepare(contract, token, SPEED, 3, None, io.StringIO())
        life = asyncio.create_task(demo.live())
        try:
            await until(lambda: life.done() or (hasattr(demo, "crowd") and enough(demo, contract)))
        finally:
            life.cancel()
            await life
        return demo, contract


async def test_a_day_through_the_public_contract(running: Running) -> None:
    """Tickets are issued, called and finished; only races are refused; the last counter stays free; it ends cleanly."""
    other = Hand(running.url, await _token(running))
    await other.press(type="open_counter", counter="2")
    mine = await other.press(type="issue_ticket", services=["soziales"])

    demo, contract = await lived(
        running, running.token, lambda demo, _: demo.crowd.told["finished"] >= 40 and demo.crowd.told["missed"] >= 1
    )
    events, board = await other.events(), await other.board()
    await other.close()

    types = {event["type"] for event in events}
    assert {code for _, code in contract.refused} <= RACES
    assert {"ticket_issued", "ticket_called", "service_started", "service_finished", "ticket_missed"} <= types
    assert {"counter_opened", "counter_closed", "call_repeated"} <= types
    pressed = {event["counter"] for event in events if "counter" in event}
    assert "8" not in pressed
    assert [event["type"] for event in events if event.get("counter") == "2"] == ["counter_opened"]
    assert {face["id"]: face["state"] for face in board["counters"] if face["state"] != "closed"} == {"2": "open"}
    left = {line["id"] for line in board["tickets"]}
    assert left <= {mine["result"]["ticket"]["id"]}
    assert demo.crowd.told["issued"] == contract.pressed["issue_ticket"]


async def test_a_counter_taken_over_is_left_alone(running: Running) -> None:
    other = Hand(running.url, await _token(running))
    async with Contract(running.url, running.token) as contract:
        demo = await prepare(contract, running.token, SPEED, 3, None, io.StringIO())
        life = asyncio.create_task(demo.live())
        await until(lambda: hasattr(demo, "crowd") and demo.crowd.told["finished"] >= 5)
        taken = await other.press(type="take_over_counter", counter="1")
        finished = demo.crowd.told["finished"]
        await until(lambda: demo.crowd.told["finished"] >= finished + 20)
        life.cancel()
        await life
    events, board = await other.events(), await other.board()
    await other.close()

    later = [event for event in events if event.get("counter") == "1" and event["seq"] > taken["seq"]]
    presses = {event["key"] for event in later}
    assert len(presses) <= 1, "only a press that was on its way"
    assert next(face for face in board["counters"] if face["id"] == "1")["state"] == "open"


async def test_sigterm_ends_it_kindly(running: Running, command: list[str]) -> None:
    token = running.data.parent / "token"
    token.write_text(running.token)
    arguments = ["demo", "--server", running.url, "--token-file", str(token), "--speed", "300"]
    with _process([*command, *arguments]) as process:
        hand = Hand(running.url, running.token)
        async with asyncio.timeout(LONG):
            while not any(face["current"] for face in (await hand.board())["counters"]):
                await asyncio.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, said = await asyncio.to_thread(process.communicate, timeout=LONG)
        board = await hand.board()
        await hand.close()

    assert process.returncode == 0
    assert b"Schalter 8" in said
    assert {face["state"] for face in board["counters"]} == {"closed"}
    assert not board["tickets"]


async def test_what_it_cannot_do_it_says(running: Running) -> None:
    """No server, a wrong token, a role that may not call: one line, exit code 1."""
    said = io.StringIO()
    assert await run("http://127.0.0.1:9", "secret", 20, 1, None, said) == 1
    assert await run(running.url, "secret", 20, 1, None, said) == 1
    assert await run(running.url, await _token(running, "display", "hall"), 20, 1, None, said) == 1

    lines = said.getvalue().splitlines()
    assert "127.0.0.1:9" in lines[0]
    assert "does not know this token" in lines[1]
    assert "--role supervisor" in lines[2]


@pytest.fixture(autouse=True)
def _nothing_left(running: Running) -> Iterator[None]:
    yield
    assert running.process.poll() is None, "the server fell"


async def _token(running: Running, role: str = "supervisor", device: str | None = None) -> str:
    return await create_token(running.data, None, role, ("mitte",), device, "", None)


@contextmanager
def _process(arguments: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
