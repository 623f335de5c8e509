"""A Redis Cluster: which shard is asked, a slot that moves, a shard that dies, and who decides that a replica is left out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from redis.exceptions import ResponseError

from server.log import keys
from server.log.cluster import Cluster, ClusterLines, Shards, key_of
from server.log.examine import Examiner, StoreUnusable, check_url
from server.log.port import EMPTY, Appended, LogError, NotReplicated, StoreUnavailable, Tail
from server.log.redis_log import RedisLog
from server.log.rights import NEEDED, REPLICATED
from server.log.ways import lines_to
from tests.certificates import certificate
from tests.crash.cluster_site import ClusterSite, Shard, until

DEBIAN = Path("/usr/bin/redis-server")
MARK = "mark00000001"
LIMIT_S = 40.0
AGAIN_S = 0.1


@pytest.fixture
def site() -> Iterator[ClusterSite]:
    with ClusterSite() as site:
        yield site


@pytest.fixture(scope="module")
def paired() -> Iterator[ClusterSite]:
    """Each primary has a replica."""
    with ClusterSite(replicas=1) as site:
        yield site


@contextlib.asynccontextmanager
async def opened(url: str, replicas: int = 0, grace_s: float = 1.0) -> AsyncIterator[RedisLog]:
    log = RedisLog(url, replicas=replicas, replica_grace_s=grace_s)
    try:
        yield log
    finally:
        await log.close()


async def put(log: RedisLog, office: str, after: Tail, body: bytes) -> Tail:
    answer = await log.append(office, after, MARK, [body])
    assert isinstance(answer, Appended), answer
    return answer.tail


async def put_again(log: RedisLog, office: str, after: Tail, body: bytes) -> Tail:
    """As a desk does: what may have been written is looked for before it is tried again."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            with contextlib.suppress(LogError):
                answer = await log.append(office, after, MARK, [body])
                if isinstance(answer, Appended):
                    return answer.tail
                (row,) = await log.follow(office, after, 1)
                if row.body == body:
                    return row.tail
            await asyncio.sleep(AGAIN_S)


async def bodies(log: RedisLog, office: str) -> list[bytes]:
    """Read again while shards tell each other which of them is the primary now."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            with contextlib.suppress(StoreUnavailable):
                return [row.body for row in await log.read(office, 0, 1000)]
            await asyncio.sleep(AGAIN_S)


def another(site: ClusterSite, than: Shard) -> Shard:
    return next(shard for shard in site.primaries if shard is not than and shard.is_primary())


# Which shard


async def test_the_key_of_every_command_is_the_one_that_the_store_sees(redis_url: str) -> None:
    """A command that is missing in the table, or whose key stands elsewhere, would go to the wrong shard."""
    names = {"{key}": keys.probe("mitte"), "{channel}": keys.fence("mitte")}
    commands = [(name, *(names.get(str(arg), arg) for arg in args)) for name, args in {**NEEDED, **REPLICATED}.items()]
    commands += [
        ("EVALSHA", "0" * 40, 2, "{o:a}:devices", "{o:a}:device-times", "x"),
        ("HSET", "{o:a}:snapshot", "seq", 1),
    ]
    lines = lines_to(redis_url)
    for command in commands:
        (found,) = await lines.calls(("COMMAND", "GETKEYS", *command))
        if isinstance(found, ResponseError):
            assert "no key arguments" in str(found), command
            found = []
        assert key_of(command) == next((key.decode() for key in found), None), command
    await lines.close()


def test_a_command_nobody_knows_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="which shard"):
        key_of(("FLUSHALL",))


async def test_offices_lie_on_all_shards_and_are_found(site: ClusterSite) -> None:
    offices = [f"office-{number}" for number in range(12)]
    async with opened(site.url) as log:
        for office in offices:
            await put(log, office, EMPTY, office.encode())

        assert await log.offices() == sorted(offices)
        assert len({site.home(office).port for office in offices}) == len(site.primaries)
        assert len({await log.run_id(office) for office in offices}) == len(site.primaries)
        await log.rewrite()


async def test_a_shard_that_is_away_is_noticed_by_its_own_offices_only(site: ClusterSite) -> None:
    for shard in site.primaries:
        shard.told("CONFIG", "SET", "cluster-require-full-coverage", "no")
    home = site.home("mitte")
    other = next(name for number in range(100) if site.home(name := f"office-{number}") is not home)
    async with opened(site.url) as log:
        before = await log.run_id(other)
        home.end()

        with pytest.raises(StoreUnavailable):
            await log.run_id("mitte")
        assert await log.run_id(other) == before
        await put(log, other, EMPTY, b"goes on")


@pytest.mark.parametrize(
    "url",
    [
        "cluster://",
        "cluster://h:0",
        "cluster://h/1",
        "cluster://h?db=2",
        "cluster://h:x",
        "cluster://h?ssl_cert_reqs=none",
        "clusters://h?db=2",
        "clusters://h?socket_timeout=1",
        "clusters://h?ssl_ca_certs=/nowhere.pem",
    ],
)
def test_what_is_no_url_of_a_cluster_is_the_options_fault(url: str) -> None:
    with pytest.raises(StoreUnusable, match=r"^--redis: .*clusters?://"):
        check_url(url)


def test_the_credentials_are_those_of_every_shard() -> None:
    cluster = Cluster("cluster://office:w%40rd@one:7001,two,[::1]:7003")

    assert cluster.seeds == (("one", 7001), ("two", 6379), ("::1", 7003))
    assert [cluster.url_of(seed) for seed in cluster.seeds] == [
        "redis://office:w%40rd@one:7001",
        "redis://office:w%40rd@two:6379",
        "redis://office:w%40rd@[::1]:7003",
    ]
    safe = Cluster("clusters://office:w%40rd@one:7001,two?ssl_check_hostname=false")
    assert safe.url_of(safe.seeds[1]) == "rediss://office:w%40rd@two:6379?ssl_check_hostname=false"


@pytest.mark.skipif(not DEBIAN.exists(), reason="redis-server is not installed: make system")
async def test_a_cluster_over_tls_follows_to_the_other_shard(tmp_path: Path) -> None:
    """Shards that speak nothing but TLS, also with each other. The certificate is checked at each."""
    own, key = certificate(tmp_path)
    with ClusterSite(binary=DEBIAN, tls=(own, key)) as site:
        hosts = site.url.partition("://")[2].split(",")
        offices = [f"office-{number}" for number in range(12)]
        async with opened(f"clusters://{hosts[0]}?ssl_ca_certs={own}") as log:
            for office in offices:
                await put(log, office, EMPTY, office.encode())
            assert await log.offices() == sorted(offices)
        async with opened(f"clusters://{hosts[0]}") as distrustful:
            with pytest.raises(StoreUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
                await distrustful.tail("office-1")


# A slot that moves


async def test_a_slot_that_moves_is_followed(site: ClusterSite) -> None:
    office = "mitte"
    async with opened(site.url) as here, opened(site.url) as there:
        tail = await put(here, office, EMPTY, b"1")
        waiting = asyncio.create_task(there.wait(office, 1, 20_000))
        target = another(site, site.home(office))

        await asyncio.to_thread(site.move, office, target)
        await put(here, office, tail, b"2")

        assert site.home(office) is target
        assert await waiting, "who waits for an entry hears of it on the new shard"
        assert await bodies(here, office) == await bodies(there, office) == [b"1", b"2"]


@pytest.mark.parametrize("replicas", [0, 1])
async def test_a_slot_that_is_on_its_way_is_asked_where_the_key_is(paired: ClusterSite, replicas: int) -> None:
    """The log has moved already; the slot itself still belongs to the old shard, which answers ASK."""
    office = f"half-way-{replicas}"
    async with opened(paired.url, replicas) as log:
        tail = await put_again(log, office, EMPTY, b"1")
        source = paired.home(office)
        target = another(paired, source)
        slot = str(source.told("CLUSTER", "KEYSLOT", keys.log(office)))
        target.told("CLUSTER", "SETSLOT", slot, "IMPORTING", source.id)
        source.told("CLUSTER", "SETSLOT", slot, "MIGRATING", target.id)
        source.told("MIGRATE", "127.0.0.1", str(target.port), keys.log(office), "0", "5000")

        tail = await put_again(log, office, tail, b"2")
        assert await log.follow(office, tail, 10) == []
        assert await bodies(log, office) == [b"1", b"2"]
        await asyncio.to_thread(paired.move, office, target)
        await put_again(log, office, tail, b"3")

        assert await bodies(log, office) == [b"1", b"2", b"3"]


# A shard that dies


async def test_a_shard_that_dies_is_followed_by_its_replica(paired: ClusterSite) -> None:
    office = "mitte"
    async with opened(paired.url, replicas=1) as log:
        tail = await put_again(log, office, EMPTY, b"1")
        dying = paired.home(office)

        dying.kill()
        with pytest.raises((StoreUnavailable, NotReplicated)):
            await log.append(office, tail, MARK, [b"2"])
        until(lambda: any(shard.told("ROLE")[0] == b"master" for shard in paired.replicas), "a replica is promoted")
        assert await bodies(log, office) == [b"1"], "what was acknowledged is there"

        dying.start()  # it comes back as the replica of the one that followed it
        until(paired.whole, "the Cluster is whole again")
        await put_again(log, office, tail, b"2")
        assert await bodies(log, office) == [b"1", b"2"]


async def test_a_replica_that_is_down_is_left_out() -> None:
    with ClusterSite(replicas=2) as site:
        office = "mitte"
        async with opened(site.url, replicas=1) as log:
            tail = await put_again(log, office, EMPTY, b"1")
            home = site.home(office)
            next(shard for shard in site.replicas if shard.told("ROLE")[2] == home.port).kill()

            await put_again(log, office, tail, b"2")

            assert await bodies(log, office) == [b"1", b"2"]


async def test_most_primaries_must_agree_before_a_replica_is_left_out(site: ClusterSite) -> None:
    """A primary that is cut off from the others cannot know whether its replica was promoted."""
    lines = lines_to(site.url, limit_s=2.0)
    assert isinstance(lines, ClusterLines)
    witnesses = Shards(lines)
    home = site.home("mitte")
    run_id = home.told("INFO", "server")["run_id"]

    assert await witnesses.settled(run_id)
    assert not await witnesses.settled("of another process")
    first, second = (shard for shard in site.primaries if shard is not home)
    with first.stopped(), second.stopped():
        assert not await witnesses.settled(run_id)
    await lines.close()


# Examined before it is trusted


async def test_a_cluster_is_examined_shard_by_shard(site: ClusterSite) -> None:
    site.primaries[1].told("CONFIG", "SET", "appendfsync", "everysec")
    examiner = Examiner(site.url, ("mitte", "rathaus"), 0)

    assert await examiner.look()

    assert examiner.report.weak == ("appendfsync is everysec: a power cut takes the newest presses",)
    await examiner.close()


async def test_a_missing_right_on_a_cluster_is_named(site: ClusterSite) -> None:
    for shard in site.primaries:
        shard.told("ACL", "SETUSER", "office", "on", ">word", "~{o:*}*", "&*", "+@all")
    examiner = Examiner(site.url.replace("cluster://", "cluster://office:word@"), ("mitte", "rathaus"), 0)

    with pytest.raises(StoreUnusable, match=r"the right ~\{aufruf\}:notices"):
        await examiner.look()
    await examiner.close()


async def test_a_single_store_is_no_cluster(run_single: Callable[[], int]) -> None:
    examiner = Examiner(f"cluster://127.0.0.1:{run_single()}", ("mitte",), 0)

    with pytest.raises(StoreUnusable, match="cluster support disabled"):
        await examiner.look()
    await examiner.close()


@pytest.fixture
def run_single() -> Iterator[Callable[[], int]]:
    with contextlib.ExitStack() as ending:

        def run() -> int:
            one = Shard()
            one._options = (*one._options, "--cluster-enabled", "no")
            ending.callback(one.end)
            one.start()
            return one.port

        yield run
