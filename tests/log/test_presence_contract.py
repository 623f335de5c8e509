"""What presence, leases and one-time things promise, over memory, the embedded Valkey and Debian's Redis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from redis.asyncio import Redis

from server.log import keys
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.log.presence_port import CHANNEL_AGE_MS
from server.log.redis_presence import RedisPresence
from server.messages.instants import MINUTE

AnyPresence = MemoryPresence | RedisPresence
MakePresence = Callable[..., AnyPresence]
LIMIT_S = 30


@pytest.fixture
async def make_presence(store_url: str | None) -> AsyncIterator[MakePresence]:
    made: list[AnyPresence] = []

    def make(age_ms: int = 30_000) -> AnyPresence:
        made.append(RedisPresence(store_url, age_ms) if store_url else MemoryPresence(age_ms=age_ms))
        return made[-1]

    yield make
    for presence in made:
        await presence.close()


@pytest.fixture
def presence(make_presence: MakePresence) -> AnyPresence:
    return make_presence()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Asks again until it is true: the store expires keys and reports nothing."""
    async with asyncio.timeout(LIMIT_S):
        while not await condition():
            await asyncio.sleep(0.005)


async def test_devices_are_seen_as_they_last_said(presence: AnyPresence, office: str) -> None:
    await presence.report(office, "display:hall", {"paper": None, "delay_ms": 12})
    await presence.report(office, "printer:ä", {"paper": "low", "at": "the door"})
    await presence.report(office, "display:hall", {"delay_ms": 9, "words": ["a", "ü"]})

    seen = await presence.seen(office)

    assert set(seen) == {"display:hall", "printer:ä"}
    assert seen["display:hall"] == {"delay_ms": 9, "words": ["a", "ü"], "at": seen["display:hall"]["at"]}
    assert isinstance(seen["printer:ä"]["at"], int), "when it came is the store's to say"
    assert await presence.seen(f"{office}-2") == {}


async def test_many_devices_report_in_one_go(presence: AnyPresence, office: str) -> None:
    await presence.report_all(office, {f"display:{number}": {"n": number} for number in range(1000)})
    await presence.report_all(office, {})

    seen = await presence.seen(office)

    assert len(seen) == 1000
    assert seen["display:7"]["n"] == 7


async def test_a_silent_device_is_not_seen(make_presence: MakePresence, office: str) -> None:
    presence = make_presence(age_ms=50)
    await presence.report(office, "display:hall", {})

    async def silent() -> bool:
        return await presence.seen(office) == {}

    async def only_the_other() -> bool:
        await presence.report(office, "display:yard", {})
        return set(await presence.seen(office)) == {"display:yard"}

    await until(silent)
    await until(only_the_other)


async def test_a_lease_has_one_holder(presence: AnyPresence, office: str) -> None:
    mine = await presence.take(office, "voice:hall", "node-1", MINUTE)
    theirs = await presence.take(office, "voice:hall", "node-2", MINUTE)
    other = await presence.take(office, "voice:yard", "node-2", MINUTE)

    assert mine.holder == theirs.holder == "node-1"
    assert abs(theirs.until_ms - mine.until_ms) <= 1
    assert other.holder == "node-2"


async def test_its_holder_renews_it(presence: AnyPresence, office: str) -> None:
    first = await presence.take(office, "historian", "node-1", 10_000)
    renewed = await presence.take(office, "historian", "node-1", MINUTE)

    assert renewed.holder == "node-1"
    assert renewed.until_ms - first.until_ms >= 50_000


async def test_only_its_holder_gives_it_back(presence: AnyPresence, office: str) -> None:
    await presence.take(office, "historian", "node-1", MINUTE)

    await presence.release(office, "historian", "node-2")
    assert (await presence.take(office, "historian", "node-2", MINUTE)).holder == "node-1"
    await presence.release(office, "historian", "node-1")
    await presence.release(office, "historian", "node-1")
    assert (await presence.take(office, "historian", "node-2", MINUTE)).holder == "node-2"


async def test_a_lease_that_ran_out_is_free(presence: AnyPresence, office: str) -> None:
    await presence.take(office, "historian", "node-1", 30)

    async def free() -> bool:
        return (await presence.take(office, "historian", "node-2", MINUTE)).holder == "node-2"

    await until(free)


async def test_of_many_who_take_at_once_one_holds(presence: AnyPresence, office: str) -> None:
    taken = await asyncio.gather(*(presence.take(office, "voice", f"node-{n}", MINUTE) for n in range(20)))

    assert len({lease.holder for lease in taken}) == 1


@pytest.mark.parametrize(("holder", "ttl_ms"), [("", 1000), ("node-1", 0), ("node-1", -5)])
async def test_a_lease_needs_a_holder_and_time(presence: AnyPresence, office: str, holder: str, ttl_ms: int) -> None:
    with pytest.raises(ValueError, match="a holder and some time"):
        await presence.take(office, "historian", holder, ttl_ms)


async def test_once_is_true_for_one(presence: AnyPresence, office: str) -> None:
    answers = await asyncio.gather(*(presence.once(f"{office}-nonce", MINUTE) for _ in range(10)))

    assert sum(answers) == 1
    assert await presence.once(f"{office}-other", MINUTE)


async def test_once_is_forgotten_after_its_time(presence: AnyPresence, office: str) -> None:
    assert await presence.once(office, 30)

    async def again() -> bool:
        return await presence.once(office, MINUTE)

    await until(again)


async def test_what_was_left_is_looked_at_and_collected_once(presence: AnyPresence, office: str) -> None:
    assert await presence.look(office) is None
    await presence.leave(office, b"\x00first", MINUTE)
    await presence.leave(office, b"\x00second", MINUTE)

    assert await presence.look(office) == b"\x00second"
    collected = await asyncio.gather(*(presence.collect(office) for _ in range(5)))

    assert collected.count(b"\x00second") == 1
    assert collected.count(None) == 4
    assert await presence.look(office) is None


async def test_what_was_left_expires(presence: AnyPresence, office: str) -> None:
    await presence.leave(office, b"secret", 30)

    async def gone() -> bool:
        return await presence.look(office) is None and await presence.collect(office) is None

    await until(gone)


async def test_notices_are_told_to_every_node(make_presence: MakePresence, office: str) -> None:
    here = make_presence()
    there = make_presence() if isinstance(here, RedisPresence) else here

    await here.tell({f"s:{office}": 1_795_345_200_000, f"t:{office} ä": 7})
    await here.tell({})
    await there.tell({f"s:{office}": 1_795_345_200_000})

    told = await there.told()
    assert {notice: number for notice, number in told.items() if office in notice} == {
        f"s:{office}": 1_795_345_200_000,
        f"t:{office} ä": 7,
    }


async def test_no_lease_is_longer_than_any_clock_may_be_wrong_by(presence: AnyPresence, office: str) -> None:
    with pytest.raises(ValueError, match="ten minutes at most"):
        await presence.take(office, "historian", "node-1", 600_001)


async def test_what_is_passed_on_is_heard_by_every_node_of_the_office(
    make_presence: MakePresence, store_url: str | None, office: str
) -> None:
    one = make_presence()
    other = make_presence() if store_url else one  # nodes in memory share one object
    await one.pass_on(office, "1f", b'{"a": 1}')
    await other.pass_on(office, "2f", b"\x00 with a space")

    assert await other.passed_on(office) == {"1f": b'{"a": 1}', "2f": b"\x00 with a space"}
    assert await one.passed_on(office) == await other.passed_on(office)
    assert await one.passed_on(f"{office}-2") == {}


async def test_what_was_passed_on_is_over_soon(office: str) -> None:
    now = [1_000_000]
    presence = MemoryPresence(MemoryStore(now=lambda: now[0]))
    await presence.pass_on(office, "1f", b"look")
    now[0] += CHANNEL_AGE_MS - 1
    assert await presence.passed_on(office) == {"1f": b"look"}
    now[0] += 1

    assert await presence.passed_on(office) == {}


async def test_a_store_forgets_a_channel_by_itself(redis_url: str, office: str) -> None:
    presence = RedisPresence(redis_url)
    await presence.pass_on(office, "1f", b"look")
    async with Redis.from_url(redis_url) as hand:
        left = await hand.pttl(keys.passed_on(office))
    await presence.close()

    assert 0 < left <= CHANNEL_AGE_MS
