"""The Sentinels that watch one primary and its replicas: where it is, and whether they agree. Asked by dial and fence."""

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio.client import Redis
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

LIMIT_S = 2.0
"""Seconds for one Sentinel. They are on the same site; a dead address must not delay a press longer."""
OTHERS_S = 0.25
"""Seconds that the others still get when most have agreed: one whose machine is dead must not delay a press by LIMIT_S."""
ONCE = Retry(NoBackoff(), 0)
SCHEMES = ("sentinel://", "sentinels://")
"""The second one with TLS, to Sentinels and stores alike; its certificates are named behind a "?", as in rediss://."""
Reported = dict[str, str]


class Sentinels:
    """The Sentinels named in a URL, and the name of the service they watch."""

    def __init__(self, url: str) -> None:
        """`sentinel://[user:password@]host[:port][,host[:port]...]/service[?db=N]`, `sentinels://`. ValueError if none."""
        parts = urlsplit(url)
        hosts = parts.netloc.rpartition("@")[2]
        self._service = parts.path.strip("/")
        if not hosts or not self._service:
            raise ValueError("a sentinel URL is sentinel://host:port,host:port/service")
        self._addresses = [_address(each) for each in hosts.split(",")]
        self._tls: dict[str, Any] = {"ssl": True, **tls_of(url)} if is_secure(url) else {}

    async def primary(self) -> tuple[str, int]:
        """The primary's address, as the first Sentinel that answers gives it."""
        limits: dict[str, Any] = {"socket_timeout": LIMIT_S, "retry": ONCE, **self._tls}
        sentinels = Sentinel(self._addresses, sentinel_kwargs=limits)  # type: ignore[no-untyped-call]
        try:
            host, port = await sentinels.discover_master(self._service)
            return str(host), int(port)
        finally:
            for each in sentinels.sentinels:
                await each.aclose()

    async def settled(self, run_id: str) -> bool:
        """Whether most Sentinels answer, and all that do name this process as the primary and know of no failover."""
        heard: list[bool] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(2 * LIMIT_S) as limit:
                await asyncio.gather(*(self._hear(address, run_id, heard, limit) for address in self._addresses))
        return self._most(heard) and all(heard)

    async def _hear(self, address: tuple[str, int], run_id: str, heard: list[bool], limit: asyncio.Timeout) -> None:
        if (agrees := await self._agrees(address, run_id)) is None:
            return
        heard.append(agrees)
        if self._most(heard):
            limit.reschedule(asyncio.get_running_loop().time() + OTHERS_S)

    def _most(self, heard: list[bool]) -> bool:
        return 2 * len(heard) > len(self._addresses)

    async def _agrees(self, address: tuple[str, int], run_id: str) -> bool | None:
        """None if it does not answer."""
        host, port = address
        try:
            known: dict[str, Any] = {"host": host, "port": port, "protocol": 2, "retry": ONCE, **self._tls}
            async with asyncio.timeout(LIMIT_S), Redis(**known) as sentinel:
                primary = _words(await sentinel.execute_command("SENTINEL", "MASTER", self._service))  # type: ignore[no-untyped-call]
                replicas = await sentinel.execute_command("SENTINEL", "REPLICAS", self._service)  # type: ignore[no-untyped-call]
                return _rules(primary, run_id) and not any(_is_primary(_words(replica)) for replica in replicas)
        except (RedisError, OSError, TimeoutError):
            return None


def is_secure(url: str) -> bool:
    return url.startswith("sentinels://")


def tls_of(url: str) -> dict[str, Any]:
    """How certificates are checked and shown: what stands behind the "?", as redis-py has it."""
    options = dict(parse_url(f"rediss://store/0?{urlsplit(url).query}"))
    return {name: value for name, value in options.items() if name.startswith("ssl_")}


def _rules(primary: Reported, run_id: str) -> bool:
    """Its only flag is `master`. Other flags say that it is being replaced or may be down."""
    return primary["runid"] == run_id and primary["flags"] == "master" and _is_primary(primary)


def _is_primary(instance: Reported) -> bool:
    return instance["role-reported"] == "master"


def _words(pairs: list[bytes]) -> Reported:
    """[name, value, name, value, ...] as a dict."""
    words = [each.decode() for each in pairs]
    return dict(zip(words[::2], words[1::2], strict=True))


def _address(host: str) -> tuple[str, int]:
    parts = urlsplit(f"//{host}")
    if not parts.hostname or parts.port == 0:
        raise ValueError(f"{host!r} is no Sentinel's host:port")
    return parts.hostname, parts.port or 26379
