"""A code is typed once, by somebody who sees it; its token is collected once, by the device that showed it."""

from collections.abc import Callable

import pytest

from server.access.access import Access
from server.access.pairings import LETTERS, OPEN_MS, PairedAs, Pairings
from server.clock import Clock
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.names import typed_code

HALL = PairedAs(office="mitte", kind="display", id="hall", name="Über der Tür")


@pytest.fixture
def pairings(access: Access, clock: Clock) -> Pairings:
    return Pairings(MemoryPresence(MemoryStore(now=clock.now_ms)), access.tokens, clock)


async def test_a_device_shows_a_code_and_collects_the_token_of_what_it_is(pairings: Pairings, access: Access) -> None:
    made = await pairings.open(("display",))
    assert await pairings.collect(made.claim) is None
    assert await pairings.pair(made.code, HALL)
    told = await pairings.told(made.claim)
    assert told is not None
    assert told.place == HALL
    found = await pairings.collect(made.claim)

    assert found is not None
    secret, token, place = found
    assert place == HALL
    assert (token.role, token.offices, token.device, token.name) == ("display", ("mitte",), "hall", "Über der Tür")
    known = await access.tokens.verify(secret)
    assert known is not None
    assert known.id == token.id


async def test_a_code_is_typed_once_and_a_token_is_collected_once(pairings: Pairings) -> None:
    made = await pairings.open(("display",))

    assert await pairings.pair(made.code, HALL)
    assert not await pairings.pair(made.code, HALL)
    assert await pairings.collect(made.claim) is not None
    assert await pairings.collect(made.claim) is None
    assert await pairings.told(made.claim) is None


async def test_a_code_ends_by_itself(pairings: Pairings, later: Callable[[int], None]) -> None:
    made = await pairings.open(("display",))
    later(OPEN_MS + 1)

    assert await pairings.kinds(made.code) is None
    assert not await pairings.pair(made.code, HALL)
    assert await pairings.told(made.claim) is None


async def test_a_claim_cannot_be_made_from_a_code(pairings: Pairings) -> None:
    made = await pairings.open(("display",))
    await pairings.pair(made.code, HALL)

    assert await pairings.collect(made.code) is None
    assert await pairings.collect(made.claim[:-1]) is None
    assert await pairings.collect(made.claim) is not None


async def test_codes_are_read_across_the_room_and_typed_as_people_type(pairings: Pairings) -> None:
    codes = [(await pairings.open(("display",))).code for _ in range(50)]

    assert {len(code) for code in codes} == {6}
    assert len(set(codes)) == 50
    assert set("".join(codes)) <= set(LETTERS)
    assert not set(LETTERS) & set("0O1IL5S2Z8BQ6GUV")
    assert typed_code(" acd-34 7\t") == "ACD347"
