"""Controls a crowd process: join, poll, report. The bench's end of the pipe."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

LONG = 120.0
PEEK_S = 0.02


class Came(NamedTuple):
    """When a board with a seq reached a crowd: how many clients, first, last and mean instant in ns."""

    number: int
    first: int
    last: int
    mean: float


class Gathering:
    """One crowd. `size`: clients that joined; `received`, `frames`: bytes and frames that reached them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._came: dict[int, Came] = {}
        self.size = self.received = self.frames = 0
        self.length = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def join(
        self, port: int, path: str, hellos: Sequence[dict[str, Any]], doors: Sequence[str] = ("127.0.0.1",)
    ) -> None:
        """Connects sockets, each with its hello; returns when each has its first board. `doors`: addresses of the server,
        taken in turn; of one pair of addresses the system gives 14,000 ports quickly, and each further one by a long search."""
        texts = [json.dumps(hello) for hello in hellos]
        self._say(do="join", host=f"127.0.0.1:{port}", port=port, path=path, hellos=texts, doors=list(doors))
        self.size = self._heard()["open"]

    def poll(self, port: int, path: str, count: int, every_s: float, headers: dict[str, str]) -> None:
        """Starts clients that ask for a board every `every_s` seconds on a kept-alive connection."""
        self._say(do="poll", host=f"127.0.0.1:{port}", port=port, path=path, hellos=[""] * count, every_s=every_s,
                  headers=headers, doors=["127.0.0.1"])  # fmt: skip
        self.size = self._heard()["open"]

    def report(self) -> None:
        """Fetches what came; kept until `forget`."""
        self._say(do="report")
        said = self._heard()
        self.length = said["length"]
        self.received += said["received"]
        self.frames += said["frames"]
        if said["lost"]:
            raise RuntimeError(f"{said['lost']} sockets were lost")
        for seq, (count, first, last, total) in said["came"].items():
            known = self._came.get(int(seq))
            if known is None:
                self._came[int(seq)] = Came(count, first, last, total / count)
            else:
                mean = (known.mean * known.number + total) / (known.number + count)
                self._came[int(seq)] = Came(known.number + count, known.first, last, mean)

    def forget(self) -> None:
        self.report()
        self._came.clear()

    def everybody_saw(self, seq: int, timeout: float = 30.0) -> Came:
        """When every client had a board at or after entry `seq`."""
        give_up = time.monotonic() + timeout
        while time.monotonic() < give_up:
            self.report()
            if found := self._complete(seq):
                return found
            time.sleep(PEEK_S)
        raise TimeoutError(f"entry {seq} did not reach everybody: {self._came}")

    def _complete(self, seq: int) -> Came | None:
        """The first board at or after the entry that reached all clients; one that was replaced on the way reached only some."""
        later = (came for number, came in sorted(self._came.items()) if number >= seq)
        return next((came for came in later if came.number >= self.size), None)

    def _say(self, **said: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the crowd's process ended")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def gathering() -> Iterator[Gathering]:
    """A crowd in its own process; it ends with its stdin."""
    command = [sys.executable, "-m", "bench.crowd"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        try:
            yield Gathering(process)
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
