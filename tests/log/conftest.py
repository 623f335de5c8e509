"""The logs under one contract: in memory, on the embedded Valkey, on Debian's Redis 7.0, on a Cluster of three shards."""

import contextlib
import secrets
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import Log
from server.log.redis_log import RedisLog
from server.log.store import EmbeddedStore, StoreState
from tests.crash.cluster_site import ClusterSite
from tests.log.keepers import MakeStore

STORES = ["memory", "valkey", "redis", "cluster"]


@pytest.fixture(scope="session")
def cluster_url() -> Iterator[str]:
    with ClusterSite() as site:
        yield site.url


@pytest.fixture(params=STORES)
def store_url(request: pytest.FixtureRequest) -> str | None:
    """The URL of a running store; None for the one in memory."""
    fixture = {"memory": None, "valkey": "redis_url", "redis": "debian_redis_url", "cluster": "cluster_url"}[
        request.param
    ]
    return request.getfixturevalue(fixture) if fixture else None


@pytest.fixture
async def make_log(store_url: str | None) -> AsyncIterator[Callable[[], Log]]:
    """Makes nodes on one store: each call a new client."""
    store = MemoryStore()
    made: list[Log] = []

    def make() -> Log:
        made.append(RedisLog(store_url) if store_url else MemoryLog(store))
        return made[-1]

    yield make
    for log in made:
        await log.close()


@pytest.fixture
def log(make_log: Callable[[], Log]) -> Log:
    return make_log()


@pytest.fixture
def office() -> str:
    """An office that no other test uses."""
    return f"office-{secrets.token_hex(6)}"


@pytest.fixture
def mark() -> Callable[[], str]:
    """New marks, made as the desk makes them."""
    return lambda: secrets.token_urlsafe(9)


@pytest.fixture
def start_sentinel(tmp_path: Path) -> Iterator[Callable[[int], int]]:
    """Starts one of Debian's Sentinels for a primary's port and returns the Sentinel's port."""
    with contextlib.ExitStack() as ending:

        def start(primary_port: int) -> int:
            with socket.create_server(("127.0.0.1", 0)) as probe:
                port = int(probe.getsockname()[1])
            config = tmp_path / "sentinel.conf"
            config.write_text(
                f"port {port}\nbind 127.0.0.1\ndir {tmp_path}\n"
                f"sentinel monitor office 127.0.0.1 {primary_port} 1\n"
                "sentinel down-after-milliseconds office 300\nsentinel failover-timeout office 2000\n"
            )
            command = ["/usr/bin/redis-server", str(config), "--sentinel"]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            ending.callback(process.wait, 10)
            ending.callback(process.kill)
            return port

        yield start


@pytest.fixture
async def make_store(tmp_path: Path) -> AsyncIterator[MakeStore]:
    """Makes keepers; all are stopped afterwards, and none of their processes is left."""
    made: list[EmbeddedStore] = []
    pids: set[int] = set()

    def make(folder: Path = tmp_path / "store", **options: object) -> EmbeddedStore:
        def note(state: StoreState) -> None:
            pids.update({state.pid} if state.pid else ())

        made.append(EmbeddedStore(folder, **{"on_change": note, **options}))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for store in made:
        await store.stop()
        assert store.state.state == "down"
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
