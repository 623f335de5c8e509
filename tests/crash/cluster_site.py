"""A Redis Cluster for tests: shards with replicas on loopback, made, moved and broken as an operator would do it."""

import contextlib
import random
import socket
import time
from pathlib import Path
from typing import Any, Self

import redis
from redis.crc import key_slot

from server.log import keys
from tests.crash.stores import RunningStore

SLOTS = 16_384
NODE_TIMEOUT_MS = 2_000
"""After how long a shard is thought to be down. All these processes share two cores: less than this would break healthy ones."""
LIMIT_S = 40.0


class Shard(RunningStore):
    """One process of a Cluster. It listens on TCP, because redirections name hosts and ports."""

    def __init__(self, binary: Path | None = None, tls: tuple[Path, Path] | None = None) -> None:
        """`tls`: certificate and key; then it speaks nothing else, also with the other shards."""
        self.port, bus = _free_port(), _free_port()
        options = [
            "--tls-port" if tls else "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            str(bus),
        ]
        options += ["--cluster-config-file", "nodes.conf", "--cluster-node-timeout", str(NODE_TIMEOUT_MS)]
        options += ["--repl-diskless-sync-delay", "0"]
        if tls:
            certificate, key = map(str, tls)
            options += ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate]
            options += ["--tls-auth-clients", "no", "--tls-cluster", "yes", "--tls-replication", "yes"]
        super().__init__(binary, *options)
        self.bus = bus

    @property
    def id(self) -> str:
        return str(self.told("CLUSTER", "MYID").decode())

    def is_primary(self) -> bool:
        return self.answers() and self.told("ROLE")[0] == b"master"

    def said(self, *command: str) -> Any:
        """The same as `told`, or the error that it is answered with."""
        try:
            return self.told(*command)
        except redis.RedisError as fault:
            return fault


class ClusterSite:
    """`primaries` shards with equal parts of the slots, and `replicas` of each. Ends with `with`."""

    def __init__(
        self,
        primaries: int = 3,
        replicas: int = 0,
        binary: Path | None = None,
        tls: tuple[Path, Path] | None = None,
    ) -> None:
        self.primaries = [Shard(binary, tls) for _ in range(primaries)]
        self.replicas = [Shard(binary, tls) for _ in range(primaries * replicas)]
        self.all = [*self.primaries, *self.replicas]

    @property
    def url(self) -> str:
        return "cluster://" + ",".join(f"127.0.0.1:{shard.port}" for shard in self.primaries)

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as undo:
            undo.callback(self._end)
            for shard in self.all:
                shard.start()
            share = SLOTS // len(self.primaries) + 1
            for number, shard in enumerate(self.primaries):
                shard.told("CLUSTER", "SET-CONFIG-EPOCH", str(number + 1))
                last = min((number + 1) * share, SLOTS) - 1
                shard.told("CLUSTER", "ADDSLOTSRANGE", str(number * share), str(last))
            for shard in self.all[1:]:
                shard.told("CLUSTER", "MEET", "127.0.0.1", str(self.all[0].port), str(self.all[0].bus))
            until(lambda: all(self._knows_all(shard) for shard in self.all), "every shard knows the others")
            for number, shard in enumerate(self.replicas):
                primary = self.primaries[number % len(self.primaries)]
                until(lambda s=shard, p=primary: s.said("CLUSTER", "REPLICATE", p.id) == b"OK", "a replica")
            until(self.whole, "the Cluster is whole")
            undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        for shard in self.all:
            with contextlib.suppress(AssertionError):
                shard.end()

    def _knows_all(self, shard: Shard) -> bool:
        rows = shard.told("CLUSTER", "NODES").decode().splitlines()
        return len(rows) == len(self.all) and not any("handshake" in row or "noaddr" in row for row in rows)

    def whole(self) -> bool:
        """Every slot has a living primary, as every living process says, and every replica has all."""
        alive = [shard for shard in self.all if shard.answers()]
        states = all(b"cluster_state:ok" in shard.told("CLUSTER", "INFO") for shard in alive)
        links = (shard.told("INFO", "replication") for shard in alive if not shard.is_primary())
        return states and all(link["master_link_status"] == "up" for link in links)

    def home(self, office: str) -> Shard:
        """The living primary that has the office's slot."""
        slot = key_slot(keys.log(office).encode())
        for shard in self.all:
            if not shard.is_primary():
                continue
            for first, last, (_, port, *_), *_ in shard.told("CLUSTER", "SLOTS"):
                if first <= slot <= last and port == shard.port:
                    return shard
        raise AssertionError(f"no living shard has {office}")

    def move(self, office: str, to: Shard, rest_s: float = 0.0) -> None:
        """Reshards the office's slot while it is in use. `rest_s`: pause after each key, in which half of them are elsewhere."""
        slot, source = str(key_slot(keys.log(office).encode())), self.home(office)
        assert source is not to
        to.told("CLUSTER", "SETSLOT", slot, "IMPORTING", source.id)
        source.told("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id)
        while found := source.told("CLUSTER", "GETKEYSINSLOT", slot, "100"):
            for key in found:
                source.told("MIGRATE", "127.0.0.1", str(to.port), key.decode(), "0", "5000")
                time.sleep(rest_s)
        for shard in [to, source, *(one for one in self.primaries if one.is_primary())]:
            shard.told("CLUSTER", "SETSLOT", slot, "NODE", to.id)


def until(done: Any, what: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not done():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.05)


def _free_port() -> int:
    """Below those that the system gives to outgoing connections, so that none takes it before the shard does."""
    while True:
        port = random.randrange(15_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
