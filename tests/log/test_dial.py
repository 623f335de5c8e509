"""Every kind of address, and replicas: TCP, TLS, Sentinel and a failover, with Debian's redis-server."""

import asyncio
import contextlib
import datetime
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import redis.asyncio
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.log.port import EMPTY, Appended, NotReplicated, Row, StoreUnavailable
from server.log.redis_log import RedisLog
from server.log.store import bundled_binary
from tests.log.redis_hand import opened, told

StartStore = Callable[..., str]
OFFICE = "mitte"
MARK = "mark00000001"
DEBIAN = Path("/usr/bin/redis-server")
LIMIT_S = 30

needs_debian = pytest.mark.skipif(not DEBIAN.exists(), reason="redis-server is not installed: make system")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def on_port(port: int, *more: str) -> list[str]:
    return ["--port", str(port), "--bind", "127.0.0.1", *more]


async def until_replicated(url: str) -> None:
    """Waits until the primary's link to its replica is up and one write has crossed it."""
    async with asyncio.timeout(LIMIT_S):
        while await told(url, "INFO", "replication") and not await crossed(url):
            await asyncio.sleep(0.02)


async def crossed(url: str) -> bool:
    async with redis.asyncio.from_url(url, single_connection_client=True) as client:
        await client.set("crossing", "1")
        return bool(await client.wait(1, 500) == 1)


# Addresses


async def test_a_store_over_tcp_in_its_own_database(start_store: StartStore) -> None:
    port = free_port()
    start_store(bundled_binary(), *on_port(port))

    async with opened(f"redis://127.0.0.1:{port}/3") as log, opened(f"redis://127.0.0.1:{port}/4") as other:
        assert isinstance(await log.append(OFFICE, EMPTY, MARK, [b"one"]), Appended)
        assert await log.offices() == [OFFICE]
        assert await other.offices() == []


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A self-signed certificate for localhost, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "store")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    certificate, its_key = tmp_path / "store.crt", tmp_path / "store.key"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    its_key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, its_key


@needs_debian
async def test_a_store_over_tls(start_store: StartStore, certificate: tuple[Path, Path]) -> None:
    """The certificate is checked: the trusted one works, and no other."""
    port = free_port()
    files = ["--tls-cert-file", str(certificate[0]), "--tls-key-file", str(certificate[1])]
    trust = ["--tls-ca-cert-file", str(certificate[0]), "--tls-auth-clients", "no"]
    start_store(DEBIAN, "--bind", "127.0.0.1", "--tls-port", str(port), *files, *trust)

    async with opened(f"rediss://localhost:{port}?ssl_ca_certs={certificate[0]}") as log:
        assert isinstance(await log.append(OFFICE, EMPTY, MARK, [b"one"]), Appended)
    async with opened(f"rediss://localhost:{port}") as distrustful:
        with pytest.raises(StoreUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
            await distrustful.tail(OFFICE)


# Replicas


@pytest.fixture(params=["valkey", pytest.param("redis", marks=needs_debian)])
def pair(request: pytest.FixtureRequest, start_store: StartStore) -> tuple[str, str]:
    """A primary and its replica."""
    binary = bundled_binary() if request.param == "valkey" else DEBIAN
    port = free_port()
    primary = start_store(binary, *on_port(port, "--repl-diskless-sync-delay", "0"))
    return primary, start_store(binary, "--replicaof", "127.0.0.1", str(port))


async def test_with_replicas_an_append_counts_when_they_have_it(pair: tuple[str, str]) -> None:
    primary, replica = pair
    await until_replicated(primary)

    async with opened(primary, replicas=1) as log, opened(replica) as copy:
        answer = await log.append(OFFICE, EMPTY, MARK, [b"one"])
        assert isinstance(answer, Appended)
        assert await copy.read(OFFICE, 0, 10) == [Row(1, MARK, b"one")]


async def test_what_no_replica_has_is_neither_acknowledged_nor_handed_on(pair: tuple[str, str]) -> None:
    """The replica hangs. The append is an error; so is an append of nothing after it, and following it from another node."""
    primary, replica = pair
    await until_replicated(primary)
    pid = (await told(replica, "INFO", "server"))["process_id"]

    async with (
        opened(primary, replicas=1, replica_limit_ms=50) as here,
        opened(primary, replicas=1, replica_limit_ms=50) as there,
    ):
        assert isinstance(await here.append(OFFICE, EMPTY, MARK, []), Appended)
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(NotReplicated) as missing:
                await here.append(OFFICE, EMPTY, MARK, [b"one"])
            assert (missing.value.wanted, missing.value.got) == (1, 0)
            tail, _ = await there.tail(OFFICE)
            with pytest.raises(NotReplicated):
                await there.follow(OFFICE, EMPTY, 10)
            with pytest.raises(NotReplicated):
                await there.append(OFFICE, tail, MARK, [])
        finally:
            os.kill(pid, signal.SIGCONT)

        async with asyncio.timeout(LIMIT_S):
            while not (rows := await patiently(there)):
                pass
        assert rows == [Row(1, MARK, b"one")]


async def patiently(log: RedisLog) -> list[Row]:
    with contextlib.suppress(NotReplicated):
        return await log.follow(OFFICE, EMPTY, 10)
    return []


# Sentinel


@needs_debian
async def test_after_a_failover_the_log_finds_the_new_primary(
    start_store: StartStore, start_sentinel: Callable[[int], int]
) -> None:
    first_port, second_port = free_port(), free_port()
    quickly = ["--repl-diskless-sync-delay", "0"]
    first = start_store(DEBIAN, *on_port(first_port, *quickly))
    start_store(DEBIAN, *on_port(second_port, *quickly, "--replicaof", "127.0.0.1", str(first_port)))
    await until_replicated(first)
    watcher = start_sentinel(first_port)

    async with opened(f"sentinel://127.0.0.1:1,127.0.0.1:{watcher}/office", limit_s=2) as log:
        async with asyncio.timeout(LIMIT_S):
            while not await attempt(log, b"one"):
                pass
            before = await log.run_id(OFFICE)
            while not await told(f"redis://127.0.0.1:{watcher}?protocol=2", "SENTINEL", "REPLICAS", "office"):
                await asyncio.sleep(0.05)
            with contextlib.suppress(redis.ConnectionError):
                await told(first, "SHUTDOWN", "NOSAVE", "NOW", "FORCE")
            while not await attempt(log, b"two"):
                pass

        assert await log.run_id(OFFICE) != before
        assert [row.body for row in await log.read(OFFICE, 0, 10)] == [b"one", b"two"]


async def attempt(log: RedisLog, body: bytes) -> bool:
    """One append after the present tail; False while there is no primary."""
    with contextlib.suppress(StoreUnavailable):
        tail, _ = await log.tail(OFFICE)
        return isinstance(await log.append(OFFICE, tail, MARK, [body]), Appended)
    await asyncio.sleep(0.05)
    return False
