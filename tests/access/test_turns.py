"""Very many sign-ins at once: a few wait, the others are refused before any work is done, and every place becomes free again."""

import asyncio

import pytest

from server.access.turns import MOST, MOST_OF_ADDRESS, Full, Queue


async def flood(queue: Queue, addresses: list[str]) -> tuple[int, int, int]:
    """(accepted, refused, most of one address at once)."""
    done, refused, inside, most = 0, 0, dict.fromkeys(addresses, 0), 0
    go_on = asyncio.Event()

    async def one(address: str) -> None:
        nonlocal done, refused, most
        try:
            async with queue.turn(address):
                inside[address] += 1
                most = max(most, inside[address])
                await go_on.wait()
                inside[address] -= 1
                done += 1
        except Full:
            refused += 1

    running = [asyncio.ensure_future(one(address)) for address in addresses]
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(*running)
    return done, refused, most


@pytest.mark.parametrize("addresses", [[f"192.0.2.{n}" for n in range(150)], [f"192.0.2.{n % 10}" for n in range(150)]])
async def test_beyond_twenty_nobody_waits(addresses: list[str]) -> None:
    queue = Queue()

    assert await flood(queue, addresses) == (MOST, 150 - MOST, 1)
    assert len(queue) == 0
    assert await flood(queue, addresses) == (MOST, 150 - MOST, 1), "every place was given back"


async def test_one_address_leaves_places_for_others() -> None:
    queue = Queue()

    assert await flood(queue, ["192.0.2.7"] * 150) == (MOST_OF_ADDRESS, 150 - MOST_OF_ADDRESS, 1)
    assert await flood(queue, ["192.0.2.7"] * 150 + ["192.0.2.8"]) == (MOST_OF_ADDRESS + 1, 150 - MOST_OF_ADDRESS, 1)


async def test_whom_we_know_finds_a_place_in_any_flood() -> None:
    queue, go_on = Queue(), asyncio.Event()

    async def stranger(address: str) -> None:
        async with queue.turn(address):
            await go_on.wait()

    running = [asyncio.ensure_future(stranger(f"192.0.2.{n}")) for n in range(MOST)]
    await asyncio.sleep(0)
    with pytest.raises(Full):
        async with queue.turn("192.0.2.200"):
            pass
    async with queue.turn("a browser that signed in before", known=True):
        assert len(queue) == MOST + 1
    go_on.set()
    await asyncio.gather(*running)
