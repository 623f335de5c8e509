"""Answers kept for two seconds: a caller who asks all the time never waits for the database, and gets no older answer."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from server.access.recent import Recent
from server.clock import Clock

Later = Callable[[int], None]


class Database:
    """Answers with the number of questions so far, as soon as the test lets it."""

    def __init__(self) -> None:
        self.asked = 0
        self.open = asyncio.Event()
        self.open.set()
        self.away = False

    async def read(self, key: str) -> int:
        self.asked += 1
        answer = self.asked
        await self.open.wait()
        if self.away:
            raise ConnectionError("the database does not answer")
        return answer


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
async def recent(clock: Clock) -> AsyncIterator[Recent[str, int]]:
    made: Recent[str, int] = Recent(clock)
    yield made
    await made.close()


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def asked_anew(recent: Recent[str, int], database: Database, later: Later) -> None:
    """An answer in the second half of its life was used again; the next answer is on its way and waits for the database."""
    await recent.get("k", database.read)
    later(1_500)
    database.open.clear()
    assert await recent.get("k", database.read) == 1
    await settled()


async def test_a_young_answer_is_repeated(recent: Recent[str, int], database: Database, later: Later) -> None:
    await recent.get("k", database.read)
    later(999)

    assert await recent.get("k", database.read) == 1
    await settled()
    assert database.asked == 1


async def test_an_older_one_is_repeated_and_asked_for_anew_beside_it(
    recent: Recent[str, int], database: Database, later: Later
) -> None:
    await recent.get("k", database.read)
    later(1_000)
    database.open.clear()

    assert [await recent.get("k", database.read) for _ in range(3)] == [1, 1, 1], "nobody waits"
    await settled()
    assert database.asked == 2, "asked once"
    database.open.set()
    await settled()
    assert await recent.get("k", database.read) == 2


async def test_nothing_older_than_two_seconds_is_repeated(
    recent: Recent[str, int], database: Database, later: Later
) -> None:
    await recent.get("k", database.read)
    later(2_000)

    assert await recent.get("k", database.read) == 2


async def test_the_new_answer_is_as_old_as_its_question(
    recent: Recent[str, int], database: Database, later: Later
) -> None:
    await asked_anew(recent, database, later)
    later(1_000)
    database.open.set()
    await settled()
    later(1_000)

    assert await recent.get("k", database.read) == 3, "the second was asked for two seconds ago"


async def test_what_was_asked_before_a_change_does_not_outlive_it(
    recent: Recent[str, int], database: Database, later: Later
) -> None:
    await asked_anew(recent, database, later)
    recent.forget("k")
    database.open.set()
    await settled()

    assert await recent.get("k", database.read) == 3


@pytest.mark.parametrize("known", [False, True], ids=["never asked", "too old"])
async def test_many_who_ask_for_the_same_at_once_are_one_question(
    recent: Recent[str, int], database: Database, later: Later, known: bool
) -> None:
    if known:
        await recent.get("k", database.read)
        later(2_000)
    before = database.asked
    database.open.clear()
    asking = [asyncio.create_task(recent.get("k", database.read)) for _ in range(200)]
    await settled()
    asking.pop().cancel()
    database.open.set()

    assert await asyncio.gather(*asking) == [before + 1] * 199
    assert database.asked == before + 1


async def test_who_asks_after_a_change_does_not_wait_for_what_was_asked_before(
    recent: Recent[str, int], database: Database
) -> None:
    database.open.clear()
    before = asyncio.create_task(recent.get("k", database.read))
    await settled()
    recent.forget("k")
    after = asyncio.create_task(recent.get("k", database.read))
    await settled()

    assert database.asked == 2
    database.open.set()
    assert (await before, await after) == (1, 2)


async def test_while_the_database_is_away_who_was_known_goes_on_for_ten_minutes(
    recent: Recent[str, int], database: Database, later: Later
) -> None:
    await recent.get("k", database.read)
    later(1_500)
    database.away = True

    assert await recent.get("k", database.read) == 1
    await settled()
    later(500)
    assert await recent.get("k", database.read) == 1, "known, and the database was asked in vain"
    later(599_000)
    assert await recent.get("k", database.read) == 1
    with pytest.raises(ConnectionError):
        await recent.get("stranger", database.read)
    later(2_000)
    with pytest.raises(ConnectionError):
        await recent.get("k", database.read)


async def test_a_database_that_says_nothing_is_asked_once_a_second_for_all(
    recent: Recent[str, int], database: Database, later: Later
) -> None:
    """Fifty callers at once do not wait one after another."""
    await recent.get("k", database.read)
    later(2_000)
    database.away = True
    await recent.get("k", database.read)
    database.open.clear()

    for _ in range(50):
        assert await recent.get("k", database.read) == 1


async def test_who_is_unknown_is_not_known_for_longer_while_the_database_is_away(
    clock: Clock, database: Database, later: Later
) -> None:
    """A token that was made meanwhile must not be called unknown: its caller is told to try again."""
    recent: Recent[str, int | None] = Recent(clock)

    async def nobody(key: str) -> int | None:
        await database.read(key)
        return None

    assert await recent.get("k", nobody) is None
    later(2_000)
    database.away = True
    with pytest.raises(ConnectionError):
        await recent.get("k", nobody)
    await recent.close()
