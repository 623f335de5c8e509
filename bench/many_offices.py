"""A city: two hundred offices on one to three nodes and one Redis Cluster. Printed, not judged: all of it shares two cores."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from bench.cluster import Shard, cluster, url
from bench.measuring import cpu_s, family_cpu_s, ms, now_ns, quantile, rss_kib
from bench.office_file import office_file
from bench.result import Claim, Plot, Result, Table, number
from bench.running import Presser, Server, start
from server.keys import create_token
from server.messages import commands as c

HOW = """One Redis Cluster of three shards (`appendfsync always`), a shared database in a file, and one, two, three processes of
`aufruf up`, each serving every office: one counter and one wall each, whose wall is open at one of the nodes. At rest: nobody
presses. Press to display: tickets are called one after another at one node, and the wall of that office hangs on the next node
(the same one, if there is only one); timed from before the press until the wall's socket has the board. Under load: two callers
for each node, each at offices of its own, live whole visits (issued, called, served, finished) as fast as they are answered, at
least 2,000 presses. Processor time is that of the processes; a node's workers (forecast, voices) are counted apart. Bytes: what
the shards count in and out, and what reaches the walls. Of both, what they use at rest is taken off; a dash: on a machine busy
with other work, where nodes get less than they ask for, a press cannot be told apart from the rest. Memory is resident. Client,
nodes and shards share two cores, so throughput is that of this machine and not of three."""

SHARDS, CALLERS = 3, 2
WAKE_S = 0.05
MOST_S = 90.0
"""A busy machine ends the load here; what its nodes use at rest then hides what a press costs."""
Frame = dict[str, object]


class Sizes(NamedTuple):
    offices: int
    nodes: int
    rest_s: float
    calls: int
    load_s: float
    presses: int


class Spent(NamedTuple):
    """Seconds of processor time, and bytes: of all nodes, their workers, all shards; into and out of the shards, to walls."""

    nodes: float
    workers: float
    shards: float
    came: float
    went: float
    shown: float

    def since(self, before: "Spent") -> "Spent":
        return Spent(*(now - then for now, then in zip(self, before, strict=True)))


class Found(NamedTuple):
    """What so many nodes use at rest and under load; press to display in ms; memory of one node and of its workers in MiB."""

    nodes: int
    ready_s: float
    rest: Spent
    rest_s: float
    load: Spent
    presses: int
    load_s: float
    delays: list[float]
    node_mib: float
    workers_mib: float

    def a_press(self, name: str) -> float:
        """Seconds or bytes, above those at rest."""
        used, resting = float(getattr(self.load, name)), float(getattr(self.rest, name)) / self.rest_s * self.load_s
        return max(0.0, used - resting) / max(1, self.presses)

    def ms_a_press(self, name: str) -> float:
        return self.a_press(name) * 1000


class Walls:
    """One socket for each office. `seen`: the newest entry on each, and when it came."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[int, int]] = {}
        self.bytes = 0
        self._moved = asyncio.Event()

    async def hang(self, office: str, server: Server, token: str, ending: contextlib.AsyncExitStack) -> None:
        place = f"ws://127.0.0.1:{server.port}/api/v1/offices/{office}/live"
        head = {"Authorization": f"Bearer {token}"}
        socket = await ending.enter_async_context(
            connect(place, additional_headers=head, compression=None, max_size=None)
        )
        await socket.send(msgspec.json.encode({"type": "hello", "board": "display", "id": "hall"}).decode())
        listening = asyncio.create_task(self._listen(office, socket))
        ending.callback(listening.cancel)
        await self.showed(office, 0)

    async def _listen(self, office: str, socket: ClientConnection) -> None:
        async for frame in socket:
            came = now_ns()
            self.bytes += len(frame)
            said: Frame = msgspec.json.decode(frame)
            if said["type"] == "board":
                self.seen[office] = (int(str(said["seq"])), came)
                self._moved.set()

    async def showed(self, office: str, seq: int) -> int:
        """When a board at or after this entry came."""
        async with asyncio.timeout(60):
            while office not in self.seen or self.seen[office][0] < seq:
                self._moved.clear()
                await self._moved.wait()
        return self.seen[office][1]


async def measure(*, quick: bool) -> Result:
    sizes = Sizes(4, 2, 0.5, 4, 0.5, 1) if quick else Sizes(200, 3, 20.0, 60, 10.0, 2_000)
    names = [f"office-{at}" for at in range(sizes.offices)]
    found: list[Found] = []
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder, cluster(SHARDS) as shards:
        place = Path(folder)
        for name in names:
            (place / f"{name}.toml").write_text(office_file(name, [["ausweis"]]))
        nodes: list[Server] = []
        try:
            while len(nodes) < sizes.nodes:
                nodes.append(_start(place, len(nodes), names, shards))
                await asyncio.to_thread(nodes[-1].until_ready)
                found.append(await _measured(place, nodes, shards, names, sizes))
        finally:
            for node in nodes:
                await asyncio.to_thread(node.stop)
    return _result(found, sizes)


def _database(place: Path) -> str:
    return f"sqlite:///{place / 'shared.db'}"


def _start(place: Path, at: int, names: Sequence[str], shards: list[Shard]) -> Server:
    files = [str(place / f"{name}.toml") for name in names]
    return start(place / f"node-{at}", *files, more=("--redis", url(shards), "--database", _database(place)))


async def _measured(place: Path, nodes: list[Server], shards: list[Shard], names: Sequence[str], sizes: Sizes) -> Found:
    token = await create_token(nodes[0].data, _database(place), "supervisor", tuple(names), None, "bench", None)
    async with _hung(nodes, names, token) as walls:
        with contextlib.closing(_Callers(nodes, token)) as callers:
            if len(nodes) == 1:
                for name in names:
                    await asyncio.to_thread(callers.press, 0, name, c.OpenCounter(counter="1"))
            before = _spent(nodes, shards, walls)
            await asyncio.sleep(sizes.rest_s)
            rest = _spent(nodes, shards, walls).since(before)
            delays = [
                await _called(callers, walls, at, names[at % len(names)], len(nodes)) for at in range(sizes.calls)
            ]
            before, began = _spent(nodes, shards, walls), time.monotonic()
            presses = await _load(nodes, token, names, sizes)
            load, lasted = _spent(nodes, shards, walls).since(before), time.monotonic() - began
    family = [_children(node.pid) for node in nodes]
    return Found(
        nodes=len(nodes),
        ready_s=nodes[-1].ready_s,
        rest=rest,
        rest_s=sizes.rest_s,
        load=load,
        presses=presses,
        load_s=lasted,
        delays=delays,
        node_mib=sum(rss_kib(node.pid) for node in nodes) / len(nodes) / 1024,
        workers_mib=sum(rss_kib(child) for children in family for child in children) / len(nodes) / 1024,
    )


@asynccontextmanager
async def _hung(nodes: list[Server], names: Sequence[str], token: str) -> AsyncIterator[Walls]:
    """The wall of the office `at` hangs at the node `at`, counted round."""
    walls = Walls()
    async with contextlib.AsyncExitStack() as ending:
        for at, name in enumerate(names):
            await walls.hang(name, nodes[at % len(nodes)], token, ending)
        yield walls


class _Callers:
    """A connection to each node for each office that was pressed at."""

    def __init__(self, nodes: list[Server], token: str) -> None:
        self._nodes, self._token = nodes, token
        self._lines: dict[tuple[int, str], Presser] = {}

    def press(self, node: int, office: str, command: c.Command) -> Frame:
        line = self._lines.get((node, office))
        if line is None:
            line = self._lines[node, office] = Presser(self._nodes[node], self._token, office)
        return line.press(command)

    def close(self) -> None:
        for line in self._lines.values():
            line.close()


async def _called(callers: _Callers, walls: Walls, at: int, office: str, nodes: int) -> float:
    """Milliseconds from the press of a call to the wall. It is pressed at another node than the wall's, if there is one."""
    node = (at + 1) % nodes
    await asyncio.to_thread(callers.press, node, office, c.IssueTicket(services=("ausweis",)))
    await asyncio.sleep(WAKE_S)
    began = now_ns()
    answer = await asyncio.to_thread(callers.press, node, office, c.CallNext(counter="1"))
    came = await walls.showed(office, int(str(answer["seq"])))
    for command in (c.StartService(counter="1"), c.FinishService(counter="1")):
        await asyncio.to_thread(callers.press, node, office, command)
    return ms(began, came)


async def _load(nodes: list[Server], token: str, names: Sequence[str], sizes: Sizes) -> int:
    """Visits for so long, until there are so many presses. Each caller has offices of its own, so that no press is refused."""
    many = len(nodes) * CALLERS
    least = sizes.presses // many
    began = time.monotonic()
    until, end = began + sizes.load_s, began + MOST_S
    living = [
        asyncio.to_thread(_live, nodes, at % len(nodes), token, names[at::many], least, (until, end))
        for at in range(many)
    ]
    return sum(await asyncio.gather(*living))


def _live(
    nodes: list[Server], node: int, token: str, names: Sequence[str], least: int, times: tuple[float, float]
) -> int:
    """`times`: not before the first one, and with at least so many presses; at the second one in any case."""
    presses, (until, end) = 0, times
    visit = (c.IssueTicket(services=("ausweis",)), c.CallNext(counter="1"), c.StartService(counter="1"))
    with contextlib.closing(_Callers(nodes, token)) as callers:
        while names:
            for name in names:
                for command in (*visit, c.FinishService(counter="1")):
                    callers.press(node, name, command)
                    presses += 1
                now = time.monotonic()
                if now > end or (now > until and presses >= least):
                    return presses
    return 0


def _spent(nodes: list[Server], shards: list[Shard], walls: Walls) -> Spent:
    families = [family_cpu_s(node.pid) for node in nodes]
    moved = [shard.moved() for shard in shards]
    return Spent(
        nodes=sum(one["self"] for one in families),
        workers=sum(used for one in families for name, used in one.items() if name != "self"),
        shards=sum(cpu_s(shard.pid) for shard in shards),
        came=sum(came for came, _ in moved),
        went=sum(went for _, went in moved),
        shown=walls.bytes,
    )


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _result(found: list[Found], sizes: Sizes) -> Result:
    last = found[-1]
    many = f"{sizes.offices} offices, {last.nodes} nodes"
    names = ("nodes ms", "their workers ms", "shards ms", "into shards B", "out of shards B", "to walls B")
    return Result(
        name="many_offices",
        title="A city of many offices",
        how=HOW,
        claims=(
            Claim(what=f"{many}: processor time of all nodes a press", value=last.ms_a_press("nodes"), unit="ms"),
            Claim(what=f"{many}: processor time of all shards a press", value=last.ms_a_press("shards"), unit="ms"),
            Claim(what=f"{many}: press to display, p50", value=quantile(last.delays, 0.5), unit="ms"),
            Claim(what=f"{many}: at rest, share of a core for each node", value=_at_rest(last), unit="%"),
            Claim(what=f"{many}: memory of a node", value=last.node_mib, unit="MiB"),
        ),
        tables=(
            Table(
                title="A press, by the number of nodes: processor time and bytes",
                columns=("nodes", *names),
                rows=tuple(
                    (
                        str(one.nodes),
                        *(_told(one, name, 1000) for name in ("nodes", "workers", "shards")),
                        *(_told(one, name, 1) for name in ("came", "went", "shown")),
                    )
                    for one in found
                ),
            ),
            Table(
                title="All together, by the number of nodes",
                columns=(
                    "nodes",
                    "ready s",
                    "display p50 ms",
                    "display p95 ms",
                    "presses/s here",
                    "node at rest % of a core",
                    "its workers %",
                    "a shard at rest %",
                    "node MiB",
                    "its workers MiB",
                ),
                rows=tuple(
                    (
                        str(one.nodes),
                        *map(
                            _dashed,
                            (
                                one.ready_s,
                                quantile(one.delays, 0.5),
                                quantile(one.delays, 0.95),
                                one.presses / one.load_s,
                                _at_rest(one),
                                100 * one.rest.workers / one.rest_s / one.nodes,
                                100 * one.rest.shards / one.rest_s / SHARDS,
                                one.node_mib,
                                one.workers_mib,
                            ),
                        ),
                    )
                    for one in found
                ),
            ),
        ),
        plots=(
            Plot(
                name="many_offices",
                title="Processor time a press",
                x="nodes",
                y="ms",
                series={
                    "all nodes": tuple((one.nodes, one.ms_a_press("nodes")) for one in found),
                    "all shards": tuple((one.nodes, one.ms_a_press("shards")) for one in found),
                },
            ),
        ),
    )


def _told(one: Found, name: str, times: int) -> str:
    return _dashed(one.a_press(name) * times)


def _dashed(value: float) -> str:
    """A dash for what cannot be told: a press apart from the rest, or the time of a worker that ended meanwhile."""
    return "-" if value <= 0 else number(value)


def _at_rest(one: Found) -> float:
    return 100 * one.rest.nodes / one.rest_s / one.nodes
