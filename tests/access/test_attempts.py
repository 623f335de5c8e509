"""Failed sign-ins count where they belong: attempts of one person never lock out another for more than seconds."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest

from server.access.access import Access
from server.access.accounts import TooMany
from server.access.attempts import HARD_MS, SOFT_MS, Attempts
from server.access.turns import MOST, MOST_OF_ADDRESS, Queue
from server.messages.instants import DAY

Later = Callable[[int], None]
OFFICE, HOME, FAR = "203.0.113.7", "198.51.100.9", "192.0.2.66"


@pytest.fixture
def attempts(access: Access) -> Attempts:
    return access.accounts._attempts


async def failed(attempts: Attempts, times: int, name: str, address: str, browser: str | None = None) -> int:
    """Makes as many failures as are accepted without waiting; returns how long the next one has to wait."""
    for _ in range(times):
        await attempts.begin(name, address, browser)
    return await attempts.begin(name, address, browser)


async def test_who_tries_one_account_from_one_place_waits_for_minutes(attempts: Attempts, later: Later) -> None:
    waited = 0
    for _ in range(14):
        waited = await failed(attempts, 5, "admin", FAR)
        later(waited)
    assert waited == HARD_MS


async def test_the_owner_of_an_account_is_not_locked_out_by_others(attempts: Attempts) -> None:
    """At once from another address; from any address in a known browser, even from the address that guesses."""
    assert await failed(attempts, 10, "admin", FAR)
    assert await attempts.begin("admin", HOME) == 0
    assert await attempts.begin("admin", FAR, "a browser") == 0


async def test_colleagues_behind_one_address_are_not_locked_out_by_a_phone_there(attempts: Attempts) -> None:
    await attempts.succeeded("meyer", OFFICE)
    for n in range(60):
        assert await attempts.begin(f"invented{n}", OFFICE) == 0
    assert await attempts.begin("schulz", OFFICE) == 0, "the first time here, with the right password"


async def test_a_strange_address_waits_after_twenty_names_but_only_for_seconds(attempts: Attempts) -> None:
    waits = [await attempts.begin(f"invented{n}", FAR) for n in range(25)]
    assert waits[:20] == [0] * 20
    assert 0 < waits[20] <= SOFT_MS


async def test_an_account_tried_from_everywhere_is_slow_for_strangers_and_not_for_its_own_places(
    attempts: Attempts,
) -> None:
    await attempts.succeeded("meyer", HOME)
    waits = [await attempts.begin("meyer", f"192.0.2.{n}") for n in range(80)]
    assert 0 < waits[-1] <= SOFT_MS
    assert await attempts.begin("meyer", HOME) == 0


async def test_strangers_who_race_for_every_pause_do_not_push_out_who_is_known_at_that_address(
    access: Access, attempts: Attempts, later: Later
) -> None:
    """She comes in a new browser. The strangers try invented names, and hers from everywhere; each pause is theirs as it ends."""
    await access.accounts.create("Meyer", "correct horse battery", [("clerk", "mitte")])
    assert await access.accounts.sign_in("Meyer", "correct horse battery", OFFICE)
    for n in range(1_000):
        wait = await attempts.begin(f"invented{n}", OFFICE)
        wait = max(wait, await attempts.begin("meyer", f"192.0.2.{n % 200}"))
    assert wait > 0
    later(SOFT_MS)
    assert await attempts.begin("invented", OFFICE) == 0
    assert await attempts.begin("other", OFFICE) > 0

    assert await access.accounts.sign_in("Meyer", "correct horse battery", OFFICE)
    assert await attempts.begin("other", OFFICE) > 0, "it is still their pause"


async def test_who_is_known_at_an_address_has_a_place_though_strangers_fill_the_queue(access: Access) -> None:
    await access.accounts.create("Meyer", "correct horse battery", [("clerk", "mitte")])
    await access.accounts.create("Schulz", "correct horse battery", [("clerk", "mitte")])
    assert await access.accounts.sign_in("Meyer", "correct horse battery", OFFICE)
    async with AsyncExitStack() as flood:
        queue = access.accounts._queue
        for place in range(MOST // MOST_OF_ADDRESS):  # the first of each address gets its turn and never gives it back
            await flood.enter_async_context(queue.turn((OFFICE, HOME)[place]))
        waiting = [asyncio.create_task(stand(queue, address)) for address in (OFFICE, HOME) for _ in range(9)]
        await asyncio.sleep(0)
        assert len(queue) == MOST

        with pytest.raises(TooMany):
            await access.accounts.sign_in("Schulz", "correct horse battery", OFFICE)
        assert await access.accounts.sign_in("Meyer", "correct horse battery", OFFICE)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def stand(queue: Queue, address: str) -> None:
    async with queue.turn(address):
        pass


async def test_a_known_browser_has_a_budget_and_no_more(attempts: Attempts) -> None:
    assert await failed(attempts, 9, "meyer", HOME, "a browser") == 0
    assert await attempts.begin("meyer", HOME, "a browser") > 0
    assert await attempts.begin("schulz", HOME, "a browser") == 0


async def test_a_place_is_known_for_ninety_days_and_tidying_leaves_it(attempts: Attempts, later: Later) -> None:
    await attempts.succeeded("meyer", OFFICE)
    later(89 * DAY)
    await attempts.forget()
    assert [await attempts.begin(f"n{n}", OFFICE) for n in range(30)] == [0] * 30
    later(2 * DAY)
    await attempts.forget()
    assert [await attempts.begin(f"n{n}", OFFICE) for n in range(30)][-1] > 0


def test_a_browser_is_known_for_the_accounts_that_signed_in_there(access: Access) -> None:
    known = access.known_browsers
    cookie = known.with_account(None, "meyer")
    both = known.with_account(cookie, "schulz")

    assert known.of(both, "meyer") == known.of(cookie, "meyer") is not None
    assert known.of(cookie, "schulz") is None
    forged = cookie[:-9] + ("A" if cookie[-9] != "A" else "B") + cookie[-8:]  # some bits of the last sign mean nothing
    assert known.of(forged, "meyer") is None
    assert known.of("x" * 2_000, "meyer") is None
    assert "meyer" not in both
