"""Two stores and three Sentinels on loopback: the smallest site that can go on with one store."""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import redis

from tests.crash.stores import DEBIAN, RunningStore
from tests.crash.up import free_port

LIMIT_S = 40.0
DOWN_AFTER_MS = 1000
SERVICE = "office"
SETTINGS = ("--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0")


class PairSite:
    """`first` starts as the primary of `second`. Ends with `with`."""

    def __init__(self) -> None:
        self._ports = [free_port(), free_port()]
        self._watchers = [free_port() for _ in range(3)]
        self._folder = tempfile.TemporaryDirectory(prefix="aufruf-pair-")
        self._processes: list[subprocess.Popen[bytes]] = []
        self._ending = contextlib.ExitStack()
        self.first = self._store(0)
        self.second = self._store(1, "--replicaof", "127.0.0.1", str(self._ports[0]))

    @property
    def url(self) -> str:
        return "sentinel://" + ",".join(f"127.0.0.1:{port}" for port in self._watchers) + f"/{SERVICE}"

    def __enter__(self) -> Self:
        with self._ending:
            self._ending.callback(self._folder.cleanup)
            for store in (self.first, self.second):
                self._ending.callback(store.end)
                store.start()
            until(lambda: self.followers(self.first) == 1, "the second store follows the first")
            for port in self._watchers:
                self._watch(port)
            until(self._all_know, "the Sentinels know both stores and each other")
            self._ending = self._ending.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def primary(self) -> RunningStore:
        """As most Sentinels name it."""
        named = [self._asked(port, "GET-MASTER-ADDR-BY-NAME", SERVICE)[1] for port in self._watchers]
        ports = [int(port) for port in named]
        return (self.first, self.second)[self._ports.index(max(ports, key=ports.count))]

    @staticmethod
    def followers(store: RunningStore) -> int:
        return sum(replica["state"] == "online" for replica in _replicas(store.told("INFO", "replication")))

    def back(self) -> None:
        """The first store starts again on its files, as a replica of the second."""
        self.first = self._store(0, "--replicaof", "127.0.0.1", str(self._ports[1]), folder=self.first.folder)
        self._ending.callback(self.first.end)
        self.first.start()

    def _store(self, number: int, *options: str, folder: Path | None = None) -> RunningStore:
        made = RunningStore(DEBIAN, "--port", str(self._ports[number]), *SETTINGS, *options)
        if folder is not None:
            made.folder.rmdir()
            made.folder, made.socket = folder, folder / "s"
        return made

    def _watch(self, port: int) -> None:
        config = Path(self._folder.name) / f"sentinel-{port}.conf"
        config.write_text(
            f"port {port}\nbind 127.0.0.1\ndir {self._folder.name}\n"
            f"sentinel monitor {SERVICE} 127.0.0.1 {self._ports[0]} 2\n"
            f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}\n"
            f"sentinel failover-timeout {SERVICE} 3000\n"
        )
        process = subprocess.Popen([str(DEBIAN), str(config), "--sentinel"], stdout=subprocess.DEVNULL)
        self._ending.callback(process.wait, LIMIT_S)
        self._ending.callback(process.kill)
        self._processes.append(process)

    def lose_watchers(self, many: int) -> None:
        for process in self._processes[:many]:
            process.kill()

    def _all_know(self) -> bool:
        told = [
            (self._asked(port, "SENTINELS", SERVICE), self._asked(port, "REPLICAS", SERVICE)) for port in self._watchers
        ]
        return all(len(others) == 2 and len(replicas) == 1 for others, replicas in told)

    @staticmethod
    def _asked(port: int, *question: str) -> Any:
        with redis.Redis(port=port, socket_timeout=5, protocol=2) as sentinel:
            sentinel.response_callbacks.clear()
            return sentinel.execute_command("SENTINEL", *question)


def _replicas(info: dict[str, Any]) -> list[dict[str, Any]]:
    return [info[f"slave{number}"] for number in range(info["connected_slaves"])]


def until(good: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while True:
        with contextlib.suppress(redis.RedisError, OSError):
            if good():
                return
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.05)
