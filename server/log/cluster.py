"""Lines to a Redis Cluster: the shard that has an office's keys is asked; one that moved is followed. Made by `ways`.

All keys of an office lie in one slot (`keys`), so an office lives on one shard, and an append stays one write on one machine.
A shard that answers MOVED or ASK has done nothing with the command, so that sending it again elsewhere repeats nothing.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from redis.crc import key_slot
from redis.exceptions import AskError, MovedError, ResponseError

from server.log.dial import dialer
from server.log.lines import LIMIT_S, MOST, Lines
from server.log.machine import Machine, OneByOne, StoreCommand
from server.log.port import StoreUnavailable
from server.log.replicas import fields

SCHEMES = ("cluster://", "clusters://")
"""The second one with TLS to every shard."""
HOPS = 5
"""How often a command is sent on. One redirection is the rule; more come only while shards change hands."""
KEYLESS = {"ASKING", "BGREWRITEAOF", "CLUSTER", "CONFIG", "INFO", "PUBLISH", "SCAN", "TIME", "WAIT"}
"""Commands of any shard. They go where the others of the same call go: TIME is asked of the clock that stamps the key."""
HostPort = tuple[str, int]


class SlotRange(NamedTuple):
    """SlotRange from `first` to `last` have their primary at `primary`."""

    first: int
    last: int
    primary: HostPort


class Cluster:
    """The addresses in a URL, and how one shard is reached: `cluster://[user:password@]host[:port][,host[:port]...]`.

    `clusters://` with TLS; its certificates are named behind a "?", as in rediss://.
    """

    def __init__(self, url: str) -> None:
        """ValueError if that is no such URL."""
        parts = urlsplit(url)
        self._tls, self._query = parts.scheme == "clusters", parts.query
        self._credentials, at, hosts = parts.netloc.rpartition("@")
        self._credentials += at
        numbered = "db" in parse_qs(parts.query, keep_blank_values=True)
        if not hosts or parts.path.strip("/") or numbered or (parts.query and not self._tls):
            raise ValueError("a Cluster's URL is cluster://host:port,host:port; it has no database numbers")
        self.seeds = tuple(_address(each) for each in hosts.split(","))
        self.url_of(self.seeds[0])

    def url_of(self, shard: HostPort) -> str:
        host, port = shard
        scheme, options = ("rediss", f"?{self._query}" if self._query else "") if self._tls else ("redis", "")
        url = f"{scheme}://{self._credentials}{f'[{host}]' if ':' in host else host}:{port}{options}"
        dialer(url)
        return url


class ClusterLines(OneByOne):
    """`Lines` to every shard, and which shard has which slot. `most` and `limit_s` are those of each shard's lines."""

    def __init__(self, cluster: Cluster, most: int = MOST, limit_s: float = LIMIT_S) -> None:
        self._cluster, self._most, self._limit_s = cluster, most, limit_s
        self._shards: dict[HostPort, Lines] = {}
        self._slots: tuple[SlotRange, ...] = ()
        self._moved: dict[int, HostPort] = {}
        self._looking = asyncio.Lock()
        self._closed = False

    @property
    def hung_up(self) -> int:
        return sum(lines.hung_up for lines in self._shards.values())

    async def calls(self, *commands: StoreCommand, extra_s: float = 0.0) -> list[Any]:
        """Each command is answered by the shard of its key; commands without a key by that of the first key."""
        asked = [key_of(command) for command in commands]
        first = next((key for key in asked if key is not None), None)
        if first is None:
            (shard, *_) = await self.every()
            return await shard.calls(*commands, extra_s=extra_s)
        places = [_slot(first if key is None else key) for key in asked]
        answers: dict[int, Any] = {}
        for slot in dict.fromkeys(places):
            its = [number for number, place in enumerate(places) if place == slot]
            keyed = next(at for at, number in enumerate(its) if asked[number] is not None)
            sent = [commands[number] for number in its]

            async def ask(shard: Machine, sent: Sequence[StoreCommand] = sent) -> list[Any]:
                return await shard.calls(*sent, extra_s=extra_s)

            answers |= zip(its, await self._followed(slot, ask, keyed), strict=True)
        return [answers[number] for number in range(len(commands))]

    async def at(self, key: str, ask: Callable[[Machine], Awaitable[Any]]) -> Any:
        async def one(shard: Machine) -> list[Any]:
            return [await ask(shard)]

        (answer,) = await self._followed(_slot(key), one, 0)
        return answer

    async def every(self) -> tuple[Lines, ...]:
        """The lines to all primaries, as the shards name them now."""
        await self._look()
        return tuple(self._shard(address) for address in dict.fromkeys(each.primary for each in self._slots))

    async def close(self) -> None:
        self._closed = True
        await asyncio.gather(*(lines.close() for lines in self._shards.values()))

    async def hang_up(self) -> None:
        self._slots = ()  # the next call asks again who is whose primary
        await asyncio.gather(*(lines.hang_up() for lines in self._shards.values()))

    async def _followed(self, slot: int, ask: Callable[[Machine], Awaitable[list[Any]]], decides: int) -> list[Any]:
        """The answers of the shard that has the slot. `decides`: the number of the answer that may be a redirection."""
        shard: Machine = await self._owner(slot)
        answers: list[Any] = []
        for _ in range(HOPS):
            try:
                answers = await ask(shard)
            except StoreUnavailable as fault:
                if fault.kind == "lost":  # perhaps its replica follows it; the next call asks
                    self._slots = ()
                raise
            match answers[decides]:
                case MovedError() as moved:
                    self._moved[slot] = _told(moved)
                    shard = self._shard(_told(moved))
                case AskError() as ask_there:  # the slot is on its way, and this key is already there
                    shard = _Asking(self._shard(_told(ask_there)))
                case _:
                    break
        return answers

    async def _owner(self, slot: int) -> Lines:
        if not self._slots:
            await self._look()
        found = self._moved.get(slot) or next((s.primary for s in self._slots if s.first <= slot <= s.last), None)
        if found is None:
            self._slots = ()
            raise StoreUnavailable("no shard of the Cluster has this office's slot", "starting")
        return self._shard(found)

    async def _look(self) -> None:
        """Asks the shards who has which slot: any one knows, but one that is cut off may know what was."""
        async with self._looking:
            known = list(dict.fromkeys((*(each.primary for each in self._slots), *self._cluster.seeds, *self._shards)))
            random.shuffle(known)
            reason = StoreUnavailable("no shard of the Cluster answers")
            for address in known:
                try:
                    said = await self._shard(address).call("CLUSTER", "SLOTS")
                except StoreUnavailable as fault:
                    reason = fault
                    continue
                self._slots, self._moved = tuple(_slots(said, address)), {}
                await self._forget_others()
                return
            raise reason

    async def _forget_others(self) -> None:
        kept = {*self._cluster.seeds, *(each.primary for each in self._slots)}
        for address in [address for address in self._shards if address not in kept]:
            await self._shards.pop(address).close()

    def _shard(self, address: HostPort) -> Lines:
        if self._closed:
            raise StoreUnavailable("this log was closed")
        if address not in self._shards:
            self._shards[address] = Lines(dialer(self._cluster.url_of(address)), self._most, self._limit_s)
        return self._shards[address]


class Shards:
    """The witnesses of a failover: do most primaries still know this one as a primary? Asked by the fence."""

    def __init__(self, lines: ClusterLines) -> None:
        self._lines = lines

    async def settled(self, run_id: str) -> bool:
        """Whether most primaries answer, and all that do name this process as a healthy primary."""
        every = await self._lines.every()
        heard = [one for one in await asyncio.gather(*map(_sight, every)) if one is not None]
        name = next((one.name for one in heard if one.run_id == run_id), None)
        return name is not None and 2 * len(heard) > len(every) and all(_healthy(one.nodes, name) for one in heard)


class _Sight(NamedTuple):
    """What a primary says: its own name, its process, and its view of all nodes (`CLUSTER NODES`)."""

    name: str
    run_id: str
    nodes: str


async def _sight(lines: Lines) -> _Sight | None:
    """None if it does not answer."""
    try:
        name, server, nodes = await lines.calls(("CLUSTER", "MYID"), ("INFO", "server"), ("CLUSTER", "NODES"))
    except StoreUnavailable:
        return None
    if any(isinstance(answer, ResponseError) for answer in (name, server, nodes)):
        return None
    return _Sight(name.decode(), fields(server).get("run_id", ""), nodes.decode())


def _healthy(nodes: str, name: str) -> bool:
    flags = next((set(row.split()[2].split(",")) for row in nodes.splitlines() if row.startswith(name)), set[str]())
    return "master" in flags and not flags & {"fail", "fail?", "noaddr"}


class _Asking:
    """A shard that is taking a slot over: each command has to say that it knows."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.place = lines.place

    async def calls(self, *commands: StoreCommand, extra_s: float = 0.0) -> list[Any]:
        said = chain.from_iterable((("ASKING",), command) for command in commands)
        return (await self._lines.calls(*said, extra_s=extra_s))[1::2]


def key_of(command: StoreCommand) -> str | None:
    """The key that says which shard a command is for. (All keys of one of our commands lie in one slot.)"""
    match command:
        case (name, *_) if name in KEYLESS:
            return None
        case ("EVAL" | "EVALSHA", _, 0, *_):
            return None
        case ("EVAL" | "EVALSHA", _, _, key, *_):
            return str(key)
        case ("XREAD", *rest):
            return str(rest[rest.index("STREAMS") + 1])
        case (_, key, *_):
            return str(key)
    raise ValueError(f"nobody knows which shard {command!r} is for")


def _slots(said: Any, asked: HostPort) -> Iterator[SlotRange]:
    """From `CLUSTER SLOTS`. An empty host is that of the shard that was asked."""
    for first, last, (host, port, *_), *_ in said:
        yield SlotRange(first, last, ((host or b"").decode() or asked[0], int(port)))


def _told(redirection: AskError) -> HostPort:
    return str(redirection.host), int(redirection.port)


def _slot(key: str) -> int:
    return int(key_slot(key.encode()))


def _address(host: str) -> HostPort:
    parts = urlsplit(f"//{host}")
    if not parts.hostname or parts.port == 0:
        raise ValueError(f"{host!r} is no shard's host:port")
    return parts.hostname, parts.port or 6379
