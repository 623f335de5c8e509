"""A clerk's whole day at the terminal counter of a real office, by keys alone, under Textual's own pilot."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from config.words import Words
from counter_client.acts import mode
from counter_client.terminal import TerminalCounter
from device_line.address import Address
from tests.counter_client.terminal_line import until
from tests.story.conftest import OpenOffice

Counter = tuple[TerminalCounter, Pilot[None]]


@pytest.fixture
async def counter(office: OpenOffice) -> AsyncIterator[Counter]:
    """Counter 1, closed; four people wait for it."""
    for _ in range(4):
        office.press("issue_ticket", services=["ausweis"])
    token = office.token("clerk", "--office", "mitte")
    app = TerminalCounter(Address(office.base, token), "mitte", "1", Words("de"))
    app.settle_s = 0.0
    async with app.run_test(size=(80, 40)) as pilot:
        await until(pilot, lambda: app.board is not None)
        yield app, pilot
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        await asyncio.wait(left, timeout=5)  # a program would end here; its line still says good-bye


def stands(app: TerminalCounter) -> tuple[str, str | None]:
    """How the counter stands, and the number it holds."""
    assert app.board is not None
    return mode(app.board), app.board.current.number if app.board.current else None


async def day(counter: Counter, *steps: tuple[str, str, str | None]) -> None:
    """Presses keys ("t enter": several), and waits each time until the counter stands so."""
    app, pilot = counter
    for keys, how, number in steps:
        await until(pilot, lambda: not app.pressing)
        await pilot.press(*keys.split())
        await stand(counter, keys, (how, number))


async def stand(counter: Counter, keys: str, wanted: tuple[str, str | None]) -> None:
    app, pilot = counter
    try:
        await until(pilot, lambda: stands(app) == wanted)
    except TimeoutError:
        raise AssertionError(f"after {keys}: {stands(app)}, not {wanted}") from None


def says(app: TerminalCounter, where: str, text: str) -> Callable[[], bool]:
    return lambda: text in str(app.screen_stack[0].query_one(where, Static).content)


async def test_a_day_at_the_terminal(office: OpenOffice, counter: Counter) -> None:
    app, pilot = counter
    await day(counter, ("enter", "free", None), ("enter", "called", "A001"), ("r", "called", "A001"))
    await until(pilot, says(app, "#now", "zum 2. Mal"))
    await day(counter, ("enter", "serving", "A001"))
    await pilot.press("n", *"Foto fehlt", "enter")
    await until(pilot, says(app, "#now", "Notiz: Foto fehlt"))

    await day(counter, ("enter", "called", "A002"))
    await until(pilot, says(app, "#acts", "Rückgängig: A001 fertig, A002 aufgerufen"))
    await day(counter, ("u", "serving", "A001"), ("n", "serving", "A001"))
    await pilot.press("ctrl+u", "ctrl+k", *(["backspace"] * 10), "enter")
    await until(pilot, lambda: app.board is not None and app.board.current is not None and not app.board.current.note)

    await day(
        counter,
        ("f", "free", None),
        ("enter", "called", "A002"),
        ("m down enter", "free", None),  # no display runs here, so it asks first
        ("enter", "called", "A003"),
        ("enter", "serving", "A003"),
        ("k", "free", None),
        ("1", "serving", "A003"),
        ("v enter", "free", None),
        ("enter", "called", "A004"),
        ("z", "free", None),
        ("w", "wrap_up", None),
        ("w", "free", None),
        ("p enter down enter", "paused", None),
        ("enter", "free", None),
    )
    await pilot.press("d", "enter", "down", "enter")
    await until(pilot, lambda: app.board is not None and app.board.current is not None)
    assert app.board is not None
    assert app.board.current is not None
    assert app.board.current.channel == "phone"
    await day(counter, ("f", "free", None), ("x", "closed", None), ("v enter", "free", None), ("x", "closed", None))
    assert [ticket["number"] for ticket in office.board("supervisor")["tickets"]] == ["A002", "A004"]
