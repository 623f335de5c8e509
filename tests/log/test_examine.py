"""An external store before an office trusts it: refused in one line, waited for, or warned about. Real stores of each kind."""

from __future__ import annotations

import asyncio
import secrets
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
import structlog

from server.log.examine import Examiner, StoreReport, StoreUnusable, StoreUrlUnusable, check_url
from server.log.redis_log import RedisLog
from server.log.store import bundled_binary

DEBIAN = Path("/usr/bin/redis-server")
DURABLE = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction")
LIMIT_S = 20.0
Run = Callable[..., int]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts a store with its own options on a port, and returns the port when it answers."""
    running: list[subprocess.Popen[bytes]] = []

    def start(*options: str, port: int | None = None, binary: Path | None = None) -> int:
        chosen = port or free_port()
        folder = tmp_path / str(chosen)
        folder.mkdir()
        settings = ("--port", str(chosen), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "")
        command = [str(binary or bundled_binary()), *settings, *options]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for _ in range(1000):
            try:
                client(chosen).ping()
            except redis.AuthenticationError:
                return chosen
            except redis.RedisError:
                continue
            return chosen
        raise AssertionError("the store does not answer")

    yield start
    for process in running:
        process.kill()
        process.wait(LIMIT_S)


def client(port: int) -> redis.Redis:
    return redis.Redis(port=port, socket_timeout=LIMIT_S)


async def look(url: str, replicas: int = 0, offices: tuple[str, ...] = ("mitte",)) -> StoreReport:
    examiner = Examiner(url, offices, replicas)
    try:
        assert await examiner.look(), "it is away"
        return examiner.report
    finally:
        await examiner.close()


async def refusal(url: str, replicas: int = 0, offices: tuple[str, ...] = ("mitte",)) -> str:
    with pytest.raises(StoreUnusable) as refused:
        await look(url, replicas, offices)
    said = str(refused.value)
    assert "\n" not in said
    assert said.startswith("--redis: ")
    return said


@pytest.mark.parametrize(
    "url",
    [
        "localhost:6379",
        "http://x",
        "redis://",
        "redis://h:70000",
        "redis://h/one",
        "redis+cluster://h",
        "",
        "sentinel://",
    ],
)
def test_what_is_no_url_of_a_store_is_the_option_s_fault(url: str) -> None:
    with pytest.raises(StoreUrlUnusable, match=r"^--redis: ") as refused:
        check_url(url)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "redis://h",
        "redis://h:6379/1",
        "rediss://u:p%40ss@h:1/0",
        "unix:///run/s?db=2",
        "sentinel://a,b:1/office",
        "cluster://u:p@a,b:1",
        "clusters://u:p@a,b:1?ssl_cert_reqs=none",
    ],
)
def test_what_is_one_is_taken(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize("binary", [None, DEBIAN])
async def test_a_durable_store_has_nothing_against_it_and_is_left_as_it_was(run: Run, binary: Path | None) -> None:
    if binary is not None and not binary.exists():
        pytest.skip("redis-server is not installed: make system")
    port = run(*DURABLE, binary=binary)
    report = await look(f"redis://127.0.0.1:{port}")

    assert report.version >= "7."
    assert (report.weak, report.replicas) == ((), "")
    assert client(port).dbsize() == 0


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--appendonly", "no", "--maxmemory-policy", "noeviction"), "appendonly is no"),
        (("--appendonly", "yes", "--appendfsync", "everysec"), "appendfsync is everysec"),
        (("--appendonly", "yes", "--appendfsync", "no"), "appendfsync is no"),
        ((*DURABLE[:4], "--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru"), "maxmemory-policy is allkeys-lru"),
        ((*DURABLE[:4], "--maxmemory-policy", "volatile-ttl"), "maxmemory-policy is volatile-ttl"),
    ],
)
async def test_a_store_that_may_forget_is_taken_and_warned_about(
    run: Run, options: tuple[str, ...], reason: str
) -> None:
    with structlog.testing.capture_logs() as said:
        report = await look(f"redis://127.0.0.1:{run(*options)}")

    assert [weak for weak in report.weak if reason in weak]
    assert [line for line in said if reason in str(line.get("reason"))]


async def test_a_wrong_password_and_none_at_all_are_refused(run: Run) -> None:
    port = run(*DURABLE, "--requirepass", "right")

    for url in (f"redis://127.0.0.1:{port}", f"redis://:wrong@127.0.0.1:{port}", f"redis://who:right@127.0.0.1:{port}"):
        said = await refusal(url)
        assert "does not let us in" in said
        assert "wrong@" not in said
    assert (await look(f"redis://:right@127.0.0.1:{port}")).weak == ()


async def test_a_database_that_is_not_there_is_refused(run: Run) -> None:
    assert "no database of that number" in await refusal(f"redis://127.0.0.1:{run(*DURABLE)}/99")


async def test_a_cluster_that_is_named_as_one_store_is_refused(run: Run) -> None:
    port = run(*DURABLE, "--cluster-enabled", "yes")

    assert "say so: --redis cluster://" in await refusal(f"redis://127.0.0.1:{port}")
    client(port).execute_command("ACL", "SETUSER", "office", "on", ">word", "~*", "&*", "+@all", "-info")  # type: ignore[no-untyped-call]
    assert "Cluster" in await refusal(f"redis://office:word@127.0.0.1:{port}")


@pytest.mark.parametrize("right", ["evalsha", "xadd", "xrange", "pexpire", "scan", "time"])
async def test_a_missing_right_is_refused_by_its_name(run: Run, right: str) -> None:
    port = run(*DURABLE)
    client(port).execute_command("ACL", "SETUSER", "office", "on", ">word", "~*", "&*", "+@all", f"-{right}")  # type: ignore[no-untyped-call]

    said = await refusal(f"redis://office:word@127.0.0.1:{port}")
    assert f"may not {right.upper()}" in said


OFFICES = ("mitte", "rathaus")
NARROW = ("~{o:mitte}:*", "~{o:rathaus}:*", "~{aufruf}:notices", "~once:*", "~left:*", "&{o:*")


@pytest.mark.parametrize("binary", [None, DEBIAN])
async def test_a_right_to_fewer_keys_than_all_offices_use_is_refused_by_the_right_and_a_key(
    run: Run, binary: Path | None
) -> None:
    if binary is not None and not binary.exists():
        pytest.skip("redis-server is not installed: make system")
    port = run(*DURABLE, binary=binary)
    url = f"redis://office:word@127.0.0.1:{port}"

    def allow(*rights: str) -> None:
        client(port).execute_command("ACL", "SETUSER", "office", "reset", "on", ">word", "+@all", *rights)  # type: ignore[no-untyped-call]

    allow(*NARROW)
    assert (await look(url, 1, OFFICES)).weak == ()
    for right, key in {
        "~{o:mitte}:*": "{o:mitte}:log",
        "~{o:rathaus}:*": "{o:rathaus}:log",
        "~{aufruf}:notices": "{aufruf}:notices",
        "~once:*": "once:probe",
        "~left:*": "left:probe",
    }.items():
        allow(*(other for other in NARROW if other != right))
        assert f"may not use {key}; the office needs the right {right}" in await refusal(url, offices=OFFICES)
    allow(*NARROW[:-1], "&{o:mitte}:*")
    said = await refusal(url, 1, OFFICES)
    assert "may not use {o:rathaus}:fence; the office needs the right &{o:rathaus}:fence" in said
    allow(*NARROW, "-xadd")
    assert "may not XADD; " in await refusal(url, offices=OFFICES)
    allow(*NARROW[1:], "%R~{o:mitte}:*")
    assert "may not use {o:mitte}:log; " in await refusal(url, offices=OFFICES)
    assert client(port).dbsize() == 0


@pytest.mark.parametrize("forbidden", [("-info",), ("-config",), ("-@dangerous",)])
async def test_who_may_not_ask_how_the_store_is_may_still_use_it(run: Run, forbidden: tuple[str, ...]) -> None:
    """Hosted stores forbid INFO and CONFIG: this is reported, and the log works."""
    port = run(*DURABLE)
    client(port).execute_command("ACL", "SETUSER", "office", "on", ">word", "~*", "&*", "+@all", *forbidden)  # type: ignore[no-untyped-call]
    url = f"redis://office:word@127.0.0.1:{port}"
    report = await look(url)
    log = RedisLog(url)
    office = f"office-{secrets.token_hex(4)}"
    before = await log.run_id(office)
    tail, _ = await log.tail(office)
    await log.append(office, tail, "m" * 12, [b"{}"])
    again = await log.run_id(office)
    await log.close()

    if forbidden != ("-info",):
        assert any("does not tell us" in weak for weak in report.weak)
    assert before == again


@pytest.mark.parametrize("version", ["6.2.5", "5.0.14", "6.0"])
async def test_a_store_too_old_is_refused(version: str) -> None:
    """Such an old store cannot be installed here beside a newer one: this server answers as Redis 6 does, byte by byte."""
    info = f"redis_version:{version}\r\nredis_mode:standalone\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readline():
            words = [await _word(reader) for _ in range(int(head[1:]))]
            known = words[0] == b"INFO"
            writer.write(b"$%d\r\n%s\r\n" % (len(info), info.encode()) if known else b"+OK\r\n")
        writer.close()
        await writer.wait_closed()
        left.set()

    left = asyncio.Event()
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert f"version {version}" in await refusal(f"redis://127.0.0.1:{port}")
        await left.wait()


async def _word(reader: asyncio.StreamReader) -> bytes:
    length = int((await reader.readline())[1:])
    return (await reader.readexactly(length + 2))[:-2]


async def test_one_that_is_away_is_waited_for_and_that_is_said_once(run: Run) -> None:
    port = free_port()
    examiner = Examiner(f"redis://127.0.0.1:{port}", ("mitte",))
    with structlog.testing.capture_logs() as said:
        assert not await examiner.look()
        assert not await examiner.look()
        run(*DURABLE, port=port)
        assert await examiner.look()
    await examiner.close()

    assert [line["event"] for line in said] == ["waiting for the store"]


async def test_one_that_was_waited_for_and_does_not_do_ends_the_waiting(run: Run) -> None:
    port = free_port()
    examiner = Examiner(f"redis://127.0.0.1:{port}", ("mitte",))
    assert not await examiner.look()
    keeping = asyncio.ensure_future(examiner.keep())
    run(*DURABLE, "--requirepass", "right", port=port)

    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(StoreUnusable, match="does not let us in"):
            await examiner.refused()
    keeping.cancel()
    await examiner.close()


async def test_a_pair_of_stores_is_too_few_for_one_replica(run: Run) -> None:
    primary = run(*DURABLE)
    replica = run(*DURABLE, "--replicaof", f"127.0.0.1 {primary}")
    while client(primary).info("replication")["connected_slaves"] < 1:
        assert client(replica).ping()
    report = await look(f"redis://127.0.0.1:{primary}", replicas=1)

    assert "needs 3 stores, and 2 are there" in report.replicas
    assert (await look(f"redis://127.0.0.1:{primary}")).replicas == ""


async def accepted(url: str) -> StoreReport:
    """Where one store may go on alone."""
    examiner = Examiner(url, ("mitte",), 1, one_store=True)
    try:
        assert await examiner.look()
        return examiner.report
    finally:
        await examiner.close()


async def test_where_one_store_may_go_on_a_pair_is_enough_and_one_is_said(run: Run) -> None:
    primary = run(*DURABLE)
    url = f"redis://127.0.0.1:{primary}"
    alone = await accepted(url)
    run(*DURABLE, "--replicaof", f"127.0.0.1 {primary}")
    while client(primary).info("replication").get("slave0", {}).get("state") != "online":
        await asyncio.sleep(0.02)
    together = await accepted(url)

    assert (alone.alone, alone.replicas) == (True, "")
    assert (together.alone, together.replicas, together.weak) == (False, "", ())


async def test_one_store_that_may_not_write_alone_is_refused(run: Run) -> None:
    primary = run(*DURABLE, "--min-replicas-to-write", "1")

    with pytest.raises(StoreUnusable, match=r"^--accept-one-store: .* has min-replicas-to-write 1, .* set it to 0$"):
        await accepted(f"redis://127.0.0.1:{primary}")


async def test_one_store_has_to_sync_every_write(run: Run) -> None:
    """With a second place, once a second is enough."""
    primary = run("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction")
    url = f"redis://127.0.0.1:{primary}"

    assert (await look(url, replicas=1)).weak == ()
    assert (await accepted(url)).weak == ("appendfsync is everysec: a power cut takes the newest presses",)


async def test_replicas_are_counted_while_it_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.log.examine.COUNT_S", 0.05)
    primary = run(*DURABLE)
    examiner = Examiner(f"redis://127.0.0.1:{primary}", ("mitte",), 1, one_store=True)
    assert await examiner.look()
    assert examiner.report.alone
    keeping = asyncio.create_task(examiner.keep())
    run(*DURABLE, "--replicaof", f"127.0.0.1 {primary}")
    async with asyncio.timeout(LIMIT_S):
        while examiner.report.alone:
            await asyncio.sleep(0.02)
    keeping.cancel()
    await examiner.close()
