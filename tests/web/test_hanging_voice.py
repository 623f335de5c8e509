"""A voice that hangs costs the room its words, and no display a moment."""

import statistics
import time
from functools import partial
from typing import Any

from tests.web.conftest import House

ROUNDS = 25


def calls(number: str, board: dict[str, Any]) -> bool:
    return any(call["number"] == number for call in board["calls"])


async def test_a_number_is_on_the_wall_as_soon_when_the_voice_hangs(house: House) -> None:
    """From the press to the frame with its number; both ways in turn, so that what else the machine does counts for both."""
    took: dict[bool, list[float]] = {True: [], False: []}
    await house.press("clerk", type="open_counter", counter="1")
    async with (
        house.talk("announcer", "hall", token=await house.token("announcer", "hall")),
        house.talk("display", "hall") as wall,
    ):
        await wall.board()
        for nth in range(2 * ROUNDS):
            hangs = nth % 2 == 1
            house.studio.may.clear() if hangs else house.studio.may.set()
            number = (await house.ticket())["number"]
            begin = time.perf_counter()
            await house.press("clerk", type="call_next", counter="1")
            await wall.board(partial(calls, number))
            took[hangs].append(time.perf_counter() - begin)
            await house.press("clerk", type="start_service", counter="1")
            await house.press("clerk", type="finish_service", counter="1")
    house.studio.may.set()
    hanging, free = (statistics.median(took[hangs]) for hangs in (True, False))

    assert len(house.studio.asked) >= ROUNDS
    assert hanging < 1.5 * free, (hanging, free)
