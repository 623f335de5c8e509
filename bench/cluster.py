"""A Redis Cluster of some shards on loopback, each a process that syncs every write. For a line of the bench."""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from bench.running import free_port
from server.log.store import bundled_binary

SLOTS = 16_384
LIMIT_S = 30.0


class Shard:
    """One process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.port, self.bus = free_port(), free_port()
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": folder,
            "save": "",
            "appendonly": "yes",
            "appendfsync": "always",
        }
        options |= {"cluster-enabled": "yes", "cluster-port": self.bus, "cluster-config-file": "nodes.conf"}
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen([str(bundled_binary()), *words], stdout=subprocess.DEVNULL)

    @property
    def pid(self) -> int:
        return self._process.pid

    def told(self, *command: str) -> Any:
        with redis.Redis(port=self.port, socket_timeout=LIMIT_S) as client:
            return client.execute_command(*command)

    def moved(self) -> tuple[int, int]:
        """Bytes that came in and went out since its start."""
        said = self.told("INFO", "stats")
        return int(said["total_net_input_bytes"]), int(said["total_net_output_bytes"])

    def whole(self) -> bool:
        with contextlib.suppress(redis.RedisError):
            return b"cluster_state:ok" in _raw(self.told("CLUSTER", "INFO"))
        return False

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def cluster(many: int) -> Iterator[list[Shard]]:
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder, contextlib.ExitStack() as ending:
        shards = []
        for number in range(many):
            shards.append(Shard(Path(folder) / str(number)))
            ending.callback(shards[-1].end)
        share = SLOTS // many + 1
        for number, shard in enumerate(shards):
            _until(lambda one=shard: _answers(one))
            last = min((number + 1) * share, SLOTS) - 1
            shard.told("CLUSTER", "SET-CONFIG-EPOCH", str(number + 1))
            shard.told("CLUSTER", "ADDSLOTSRANGE", str(number * share), str(last))
            shard.told("CLUSTER", "MEET", "127.0.0.1", str(shards[0].port), str(shards[0].bus))
        _until(lambda: all(shard.whole() for shard in shards))
        yield shards


def url(shards: list[Shard]) -> str:
    return "cluster://" + ",".join(f"127.0.0.1:{shard.port}" for shard in shards)


def _answers(shard: Shard) -> bool:
    with contextlib.suppress(redis.RedisError):
        return bool(shard.told("PING"))
    return False


def _until(good: Any) -> None:
    give_up = time.monotonic() + LIMIT_S
    while not good():
        if time.monotonic() > give_up:
            raise TimeoutError("the Cluster did not come together")
        time.sleep(0.02)


def _raw(said: Any) -> bytes:
    return (
        said if isinstance(said, bytes) else "\n".join(f"{name}:{value}" for name, value in dict(said).items()).encode()
    )
