"""Three machines with a store and a Sentinel each, as network namespaces on two switches: one for data, one for presses.

Runs inside a network and mount namespace of its own (`unshare -n -m`), so that nothing of it outlives the test.
"""

import contextlib
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import redis

DATA, HANDS = "10.77.1", "10.77.2"
PORT, SENTINEL = 6379, 26379
SERVICE = "office"
LIMIT_S = 30.0
DOWN_AFTER_MS = 2000
"""After how long a Sentinel considers a silent store down. All these machines share a real one: if it stalls for a second, all
stall, and Sentinels that wait for less than that replace primary after primary."""
LAST_WORDS = 60
WITH_REPLICAS = ["--min-replicas-to-write", "1", "--min-replicas-max-lag", "2", "--repl-diskless-sync-delay", "0"]


def sh(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=10)


class Machine:
    """`number` from 1; `address` on the data switch, `hand` on the switch for presses."""

    def __init__(self, number: int, folder: Path) -> None:
        self.number, self.folder = number, folder
        self.name = f"m{number}"
        self.address, self.hand = f"{DATA}.{number}", f"{HANDS}.{number}"
        self.inside = ("ip", "netns", "exec", self.name)
        self._store: subprocess.Popen[bytes] | None = None
        self._sentinel: subprocess.Popen[bytes] | None = None
        folder.mkdir()

    def words(self) -> str:
        """The last log lines of its store and its Sentinel."""
        told = []
        for name in ("store", "sentinel"):
            lines = (self.folder / f"{name}.words").read_text(errors="replace").splitlines()[-LAST_WORDS:]
            told += [f"== {self.name} {self.address} {name}", *lines]
        return "\n".join(told)

    def connect(self) -> None:
        sh("ip", "netns", "add", self.name)
        sh(*self.inside, "ip", "link", "set", "lo", "up")
        for switch, address in (("data", self.address), ("hands", self.hand)):
            port = f"{switch}{self.number}"
            sh("ip", "link", "add", port, "type", "veth", "peer", "name", switch, "netns", self.name)
            sh("ip", "link", "set", port, "master", switch, "up")
            sh(*self.inside, "ip", "address", "add", f"{address}/24", "dev", switch)
            sh(*self.inside, "ip", "link", "set", switch, "up")

    def cut_off(self) -> None:
        """Cuts it off from the other machines; presses still reach it."""
        sh("ip", "link", "set", f"data{self.number}", "down")

    def reconnect(self) -> None:
        sh("ip", "link", "set", f"data{self.number}", "up")

    def start_store(self, primary: str | None) -> None:
        settings = ["--bind", "0.0.0.0", "--protected-mode", "no", "--port", str(PORT), "--dir", str(self.folder)]
        settings += ["--save", "", "--appendonly", "yes", "--appendfsync", "always", *WITH_REPLICAS]
        settings += ["--replica-announce-ip", self.address]
        settings += ["--replicaof", primary, str(PORT)] if primary else []
        self._store = self._run("store", "redis-server", *settings)
        self._until_it_answers(PORT)

    def start_sentinel(self, primary: str, down_after_ms: int) -> None:
        config = self.folder / "sentinel.conf"
        config.write_text(
            f"port {SENTINEL}\nbind 0.0.0.0\nprotected-mode no\nsentinel announce-ip {self.address}\n"
            f"sentinel monitor {SERVICE} {primary} {PORT} 2\n"
            f"sentinel down-after-milliseconds {SERVICE} {down_after_ms}\n"
            f"sentinel failover-timeout {SERVICE} 3000\nsentinel parallel-syncs {SERVICE} 2\ndir {self.folder}\n"
        )
        self._sentinel = self._run("sentinel", "redis-sentinel", str(config))
        self._until_it_answers(SENTINEL)

    def _run(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.words").open("ab") as words:
            return subprocess.Popen([*self.inside, *command], stdout=words, stderr=words)

    def told(self, *command: str, port: int = PORT) -> Any:
        with redis.Redis(host=self.hand, port=port, socket_timeout=5, protocol=2) as client:
            return client.execute_command(*command)

    def _until_it_answers(self, port: int) -> None:
        until(lambda: self.told("PING", port=port), f"{self.name}:{port}")

    def kill_store(self) -> None:
        assert self._store
        self._store.kill()
        self._store.wait(LIMIT_S)

    def end(self) -> None:
        for process in (self._sentinel, self._store):
            if process and process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait(LIMIT_S)


class Site:
    """Machine 1 starts as the primary; this program is on both switches, as .254."""

    def __init__(self, folder: Path, down_after_ms: int) -> None:
        self.machines = [Machine(number, folder / str(number)) for number in (1, 2, 3)]
        for switch, net in (("data", DATA), ("hands", HANDS)):
            sh("ip", "link", "add", switch, "type", "bridge")
            sh("ip", "address", "add", f"{net}.254/24", "dev", switch)
            sh("ip", "link", "set", switch, "up")
        for machine in self.machines:
            machine.connect()
        first = self.machines[0].address
        for machine in self.machines:
            machine.start_store(None if machine.address == first else first)
        until(lambda: b"connected_slaves:2" in _raw(self.machines[0].told("INFO", "replication")), "two replicas")
        for machine in self.machines:
            machine.start_sentinel(first, down_after_ms)
        until(lambda: all(self._knows(machine) for machine in self.machines), "Sentinels that know each other")

    @staticmethod
    def _knows(machine: Machine) -> bool:
        others = machine.told("SENTINEL", "SENTINELS", SERVICE, port=SENTINEL)
        replicas = machine.told("SENTINEL", "REPLICAS", SERVICE, port=SENTINEL)
        return len(others) == 2 and len(replicas) == 2

    @staticmethod
    def follow(asked: Machine) -> bool:
        """Whether this machine's Sentinel knows of two replicas."""
        replicas = asked.told("SENTINEL", "REPLICAS", SERVICE, port=SENTINEL)
        words = [[each.decode() if isinstance(each, bytes) else each for each in replica] for replica in replicas]
        said = [dict(zip(each[::2], each[1::2], strict=True)) for each in words]
        return [(each["role-reported"], each["flags"]) for each in said] == [("slave", "slave")] * 2

    def url(self, first: Machine) -> str:
        """Every Sentinel, the machine's own first, as a node is configured."""
        ordered = [first, *(machine for machine in self.machines if machine is not first)]
        return "sentinel://" + ",".join(f"{machine.address}:{SENTINEL}" for machine in ordered) + f"/{SERVICE}"

    def primary(self, asked: Machine) -> Machine:
        """The primary according to this machine's Sentinel."""
        address, _ = asked.told("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE, port=SENTINEL)
        name = address.decode() if isinstance(address, bytes) else address
        return next(machine for machine in self.machines if machine.address == name)

    def replace_primary(self, asked: Machine) -> None:
        """`asked`'s Sentinel promotes another store, as Sentinels do when a primary only stalled and they think it is dead."""
        until(
            lambda: asked.told("SENTINEL", "FAILOVER", SERVICE, port=SENTINEL), "a Sentinel that replaces the primary"
        )

    def words(self) -> str:
        return "\n".join(machine.words() for machine in self.machines)

    def end(self) -> None:
        for machine in self.machines:
            machine.end()


def _raw(info: Any) -> bytes:
    """The text of INFO, however the client parsed it."""
    if isinstance(info, dict):
        return "\n".join(f"{name}:{value}" for name, value in info.items()).encode()
    return info if isinstance(info, bytes) else str(info).encode()


def until(good: Callable[[], object], what: str, limit_s: float = LIMIT_S) -> None:
    deadline = time.monotonic() + limit_s
    while True:
        with contextlib.suppress(redis.RedisError, OSError):
            if good():
                return
        assert time.monotonic() < deadline, f"waited {limit_s:g} s for {what}"
        time.sleep(0.05)


@contextlib.contextmanager
def site(down_after_ms: int = DOWN_AFTER_MS) -> Iterator[Site]:
    """A site of this test's own. The names of its machines are on a file system that ends with the process."""
    sh("mkdir", "-p", "/run/netns")
    sh("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
    sh("ip", "link", "set", "lo", "up")
    with tempfile.TemporaryDirectory(prefix="aufruf-site-") as folder:
        built = Site(Path(folder), down_after_ms)
        try:
            yield built
        finally:
            built.end()
