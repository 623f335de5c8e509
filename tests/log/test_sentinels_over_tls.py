"""A primary, its replica and three Sentinels that speak TLS alone: found, trusted or not, found again after a death."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.log.dial import sentinels_of
from server.log.port import EMPTY, Appended, StoreUnavailable
from tests.certificates import certificate
from tests.crash.up import free_port
from tests.log.redis_hand import opened
from tests.log.test_dial import DEBIAN, MARK, OFFICE, needs_debian

pytestmark = needs_debian
LIMIT_S = 60.0
SERVICE = "office"


class SecureSite:
    """`stores`, `sentinels`: their ports. Each is a process with a certificate for 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self.folder, (self.ca, self._key) = folder, certificate(folder)
        self.stores, self.sentinels = [free_port() for _ in range(2)], [free_port() for _ in range(3)]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        return "sentinels://" + ",".join(f"127.0.0.1:{port}" for port in self.sentinels) + f"/{SERVICE}"

    @property
    def trusting(self) -> str:
        return f"{self.url}?ssl_ca_certs={self.ca}"

    async def start(self) -> None:
        first, second = self.stores
        self._run(first)
        self._run(second, f"replicaof 127.0.0.1 {first}")
        await self.until(first, "INFO", "replication", holds=b"connected_slaves:1")
        for port in self.sentinels:
            watching = (
                f"sentinel monitor {SERVICE} 127.0.0.1 {first} 2",
                f"sentinel down-after-milliseconds {SERVICE} 1000",
                f"sentinel failover-timeout {SERVICE} 3000",
            )
            self._run(port, *watching, sentinel=True)
        for port in self.sentinels:
            await self.until(port, "SENTINEL", "MASTER", SERVICE, holds=b"num-other-sentinels 2")
            await self.until(port, "SENTINEL", "MASTER", SERVICE, holds=b"num-slaves 1")

    def _run(self, port: int, *more: str, sentinel: bool = False) -> None:
        home = self.folder / str(port)
        home.mkdir()
        lines = [
            "port 0", f"tls-port {port}", "bind 127.0.0.1", f"dir {home}", f"tls-cert-file {self.ca}",
            f"tls-key-file {self._key}", f"tls-ca-cert-file {self.ca}", "tls-auth-clients no", "tls-replication yes", *more,
        ]  # fmt: skip
        if not sentinel:
            lines += ['save ""', "appendonly yes", "appendfsync always", "repl-diskless-sync-delay 0"]
        (home / "conf").write_text("\n".join(lines) + "\n")
        command = [str(DEBIAN), str(home / "conf"), *(["--sentinel"] if sentinel else [])]
        with (home / "words").open("ab") as words:
            self._processes[port] = subprocess.Popen(command, stdout=words, stderr=words)

    async def until(self, port: int, *command: str, holds: bytes) -> None:
        known: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": port,
            "ssl": True,
            "ssl_ca_certs": str(self.ca),
            "protocol": 2,
        }
        async with asyncio.timeout(LIMIT_S):
            while True:
                try:
                    async with Redis(**known) as client:
                        client.response_callbacks.clear()
                        said = await client.execute_command(*command)  # type: ignore[no-untyped-call]
                    if holds in (b" ".join(said) if isinstance(said, list) else said):
                        return
                except (RedisError, OSError):
                    pass
                await asyncio.sleep(0.1)

    def kill(self, port: int) -> None:
        self._processes[port].kill()
        self._processes[port].wait(LIMIT_S)

    def end(self) -> None:
        for port in self._processes:
            self.kill(port)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[SecureSite]:
    made = SecureSite(tmp_path)
    try:
        await made.start()
        yield made
    finally:
        made.end()


async def test_the_primary_is_found_and_found_again_when_it_died(site: SecureSite) -> None:
    async with opened(site.trusting) as log:
        assert isinstance(await log.append(OFFICE, EMPTY, MARK, [b"one"]), Appended)
        first, _ = await log.tail(OFFICE)
        site.kill(site.stores[0])
        async with asyncio.timeout(LIMIT_S):
            while True:
                try:
                    assert (await log.tail(OFFICE))[0] == first, "what was acknowledged is on the other store"
                    break
                except StoreUnavailable:
                    await asyncio.sleep(0.1)


async def test_sentinels_agree_over_tls(site: SecureSite) -> None:
    asked = sentinels_of(site.trusting)
    assert asked is not None
    assert await asked.primary() == ("127.0.0.1", site.stores[0])
    assert not await asked.settled("another process")


async def test_a_certificate_that_is_not_trusted_is_no_store(site: SecureSite) -> None:
    async with opened(site.url) as log:
        with pytest.raises(StoreUnavailable):
            await log.tail(OFFICE)


@pytest.mark.parametrize(
    ("query", "says"),
    [("ssl_ca_certs=nope.pem", "cannot be read"), ("nonsense=1", "there is no option 'nonsense'")],
)
async def test_a_wrong_option_is_said_before_anything_is_asked(query: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        async with opened(f"sentinels://127.0.0.1:1/{SERVICE}?{query}"):
            pass
