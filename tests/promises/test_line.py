"""Who has the next turn at the second worker: people first, but not for ever, and nobody who has gone."""

from __future__ import annotations

import asyncio

import pytest

from server.promises.line import IN_A_ROW, Line


class Turns:
    """`order`: who had a turn. `held` keeps the first turn until it is set."""

    def __init__(self) -> None:
        self.line, self.order, self.held = Line(), list[str](), asyncio.Event()

    async def takes(self, name: str, *, first: bool) -> None:
        async with self.line.turn(first=first):
            self.order.append(name)
            await self.held.wait()


@pytest.fixture
async def turns() -> Turns:
    return Turns()


async def _come(turns: Turns, *names: str) -> list[asyncio.Task[None]]:
    """In this order; people's names begin with a capital letter."""
    found = [asyncio.ensure_future(turns.takes(name, first=name.istitle())) for name in names]
    await asyncio.sleep(0)
    return found


async def test_people_first_and_otherwise_in_the_order_in_which_they_came(turns: Turns) -> None:
    tasks = await _come(turns, "table", "advice", "curve", "Anna", "Bert")
    turns.held.set()
    await asyncio.gather(*tasks)

    assert turns.order == ["table", "Anna", "Bert", "advice", "curve"]


async def test_after_some_people_in_a_row_a_table_has_its_turn(turns: Turns) -> None:
    people = [f"P{letter}" for letter in "abcdefghi"]
    tasks = await _come(turns, "table", *people, "advice", "curve")
    turns.held.set()
    await asyncio.gather(*tasks)

    assert turns.order == ["table", *people[:IN_A_ROW], "advice", *people[IN_A_ROW : 2 * IN_A_ROW], "curve", people[-1]]


async def test_people_are_not_kept_waiting_for_nobody(turns: Turns) -> None:
    people = [f"P{letter}" for letter in "abcdefghi"]
    tasks = await _come(turns, *people)
    turns.held.set()
    await asyncio.gather(*tasks)

    assert turns.order == people


async def test_whoever_leaves_the_line_takes_nobodys_turn(turns: Turns) -> None:
    tasks = await _come(turns, "table", "Anna", "Bert")
    tasks[1].cancel()
    turns.held.set()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert turns.order == ["table", "Bert"]
    assert tasks[1].cancelled()


async def test_whoever_leaves_at_the_moment_of_their_turn_passes_it_on(turns: Turns) -> None:
    """Cancelled after it was their turn, and before they could begin."""
    people: list[asyncio.Task[None]] = []

    async def ends() -> None:
        await turns.takes("table", first=False)
        people[0].cancel()

    table = asyncio.ensure_future(ends())
    await asyncio.sleep(0)
    people += await _come(turns, "Anna", "Bert")
    turns.held.set()
    await asyncio.gather(table, *people, return_exceptions=True)
    await asyncio.gather(*await _come(turns, "later"))

    assert people[0].cancelled()
    assert turns.order == ["table", "Bert", "later"]


async def test_a_turn_that_fails_is_over(turns: Turns) -> None:
    with pytest.raises(ValueError, match="no answer"):
        async with turns.line.turn(first=True):
            raise ValueError("no answer")
    turns.held.set()
    await asyncio.gather(*await _come(turns, "table"))

    assert turns.order == ["table"]
