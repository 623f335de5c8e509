"""The log in Redis or Valkey: a stream per office, written by one Lua script. Twin of the memory log; made by wiring.

Its promises are the port's; here is only how Redis keeps them.
"""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

from redis.exceptions import ResponseError

from server.log import keys
from server.log.cluster import ClusterLines, Shards
from server.log.dial import sentinels_of
from server.log.faults import unavailable
from server.log.fence import Fence, published, touched
from server.log.lines import LIMIT_S, Lines
from server.log.machine import Machine, StoreCommand
from server.log.port import (
    EMPTY,
    AppendAnswer,
    Appended,
    LogError,
    NotContinuous,
    Row,
    StoreUnavailable,
    Tail,
    compared,
    first_of,
)
from server.log.replicas import GRACE_S, fields
from server.log.script import Script
from server.log.ways import lines_to

_append = Script("append")
_trim = Script("trim")

MOST_WAITING = 512
"""Blocking reads hold a connection each: one per office on this node."""


class RedisLog:
    """All offices' logs in the store at `url` (redis://, rediss://, unix://, sentinel(s)://, cluster(s)://).

    replicas: at least how many must hold an entry before it counts; if there are more, all of them. They get
    `replica_limit_ms` to confirm; a replica that is away is waited for during `replica_grace_s`. 0: none are asked.
    one_store: after that a primary goes on without any, as long as Sentinels or shards agree that it is the primary.
    limit_s: how long any call may take before the store counts as away.
    """

    def __init__(
        self,
        url: str,
        replicas: int = 0,
        replica_limit_ms: int = 500,
        replica_grace_s: float = GRACE_S,
        limit_s: float = LIMIT_S,
        *,
        one_store: bool = False,
    ) -> None:
        self._lines = lines_to(url, limit_s=limit_s)
        self._waiting = lines_to(url, most=MOST_WAITING, limit_s=limit_s)
        self._replicas = replicas
        shards = Shards(self._lines) if isinstance(self._lines, ClusterLines) else None
        witnesses, write = (shards, touched) if shards else (sentinels_of(url), published)
        self._new_fence = partial(
            Fence, witnesses, replicas, replica_limit_ms, replica_grace_s, write, one_store=one_store
        )
        self._fences: dict[object, Fence] = {}

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        pairs: list[bytes | str] = []
        for body in bodies:
            pairs += (mark, body)
        return await self._put(office, after, after.seq + 1, pairs)

    async def put_back(self, office: str, after: Tail, rows: Sequence[Row]) -> AppendAnswer:
        first = first_of(after, rows)
        pairs: list[bytes | str] = []
        for row in rows:
            pairs += (row.mark, row.body)
        return await self._put(office, after, first, pairs)

    async def _put(self, office: str, after: Tail, first: int, pairs: list[bytes | str]) -> AppendAnswer:
        answer = await self._run(_append, office, (keys.log(office),), after.seq, after.mark, first, *pairs)
        same, seq, mark, now_ms = answer
        tail = Tail(seq, mark.decode())
        return Appended(tail, now_ms) if same else compared(after, tail, now_ms)

    async def read(self, office: str, after: int, limit: int) -> list[Row]:
        found = await self._lines.call(*_range(office, after + 1, limit))
        return [_row(entry) for entry in found]

    async def follow(self, office: str, after: Tail, limit: int) -> list[Row]:
        """Reads `after` itself too: an equal number with another mark is another history."""
        found = await self._fenced(office, _range(office, max(after.seq, 1), limit + 1))
        rows = [_row(entry) for entry in found]
        if after == EMPTY:
            if rows and rows[0].seq != 1:
                raise NotContinuous(after)
            return rows[:limit]
        if not rows or rows[0].tail != after:
            raise NotContinuous(after)
        return rows[1:]

    async def row(self, office: str, seq: int) -> Row | None:
        found = await self._lines.call("XRANGE", keys.log(office), f"{seq}-0", f"{seq}-0")
        return _row(found[0]) if found else None

    async def tail(self, office: str) -> tuple[Tail, int]:
        last, (seconds, micros) = await self._all(("XREVRANGE", keys.log(office), "+", "-", "COUNT", 1), ("TIME",))
        return (_row(last[0]).tail if last else EMPTY), int(seconds) * 1000 + int(micros) // 1000

    async def wait(self, office: str, after: int, timeout_ms: int) -> bool:
        block = max(timeout_ms, 1)  # 0 would wait for ever
        command = ("XREAD", "COUNT", 1, "BLOCK", block, "STREAMS", keys.log(office), f"{after}-0")
        return await self._waiting.call(*command, extra_s=block / 1000) is not None

    async def trim(self, office: str, before: int) -> int:
        return int(await self._run(_trim, office, (keys.log(office),), before))

    async def note_checkpoint(self, office: str, seq: int) -> None:
        await self._lines.call("SET", keys.checkpoint(office), seq)

    async def checkpoint(self, office: str) -> int | None:
        found = await self._lines.call("GET", keys.checkpoint(office))
        return int(found) if found is not None and found.isdigit() else None

    async def save_snapshot(self, office: str, tail: Tail, blob: bytes) -> None:
        await self._lines.call("HSET", keys.snapshot(office), "seq", tail.seq, "mark", tail.mark, "blob", blob)

    async def load_snapshot(self, office: str) -> tuple[Tail, bytes] | None:
        seq, mark, blob = await self._lines.call("HMGET", keys.snapshot(office), "seq", "mark", "blob")
        if seq is None or mark is None or blob is None:
            return None
        return Tail(int(seq), mark.decode()), blob

    async def offices(self) -> list[str]:
        return sorted({office for lines in await self._lines.every() async for office in _offices(lines)})

    async def rewrite(self) -> None:
        """Make the store rewrite its file in the background; until then it contains trimmed and replaced data."""
        for lines in await self._lines.every():
            await lines.call("BGREWRITEAOF")

    async def run_id(self, office: str) -> str:
        async def ask(primary: Machine) -> list[Any]:
            return await primary.calls(("INFO", "server"))

        (info,) = await self._lines.at(keys.log(office), ask)
        if isinstance(info, ResponseError):
            if (fault := unavailable(info)).kind != "refused":
                raise fault from info
            return f"hung up {self._lines.hung_up} times"  # a hosted store that forbids the question
        if not (found := fields(info).get("run_id")):
            raise StoreUnavailable("INFO without run_id", "fault")
        return found

    async def close(self) -> None:
        await self._lines.close()
        await self._waiting.close()

    async def _run(self, script: Script, office: str, its_keys: tuple[str, ...], *args: bytes | str | int) -> Any:
        answer = await self._fenced_or_error(office, script.by_digest(its_keys, *args))
        if script.unknown(answer):
            answer = await self._fenced_or_error(office, script.whole(its_keys, *args))
        if isinstance(answer, ResponseError):
            raise unavailable(answer) from answer
        return answer

    async def _fenced(self, office: str, command: StoreCommand) -> Any:
        answer = await self._fenced_or_error(office, command)
        if isinstance(answer, ResponseError):
            raise unavailable(answer) from answer
        return answer

    async def _fenced_or_error(self, office: str, command: StoreCommand) -> Any:
        """The answer, if the entries it depends on have reached the replicas."""

        async def ask(primary: Machine) -> Any:
            if primary.place not in self._fences:
                self._fences[primary.place] = self._new_fence()
            return await self._fences[primary.place].answer(primary, office, command)

        if not self._replicas:
            (answer,) = await self._lines.calls(command)
            return answer
        try:
            return await self._lines.at(keys.log(office), ask)
        except LogError:  # perhaps it is no longer the primary; the next call asks again which store is
            await self._lines.hang_up()
            await self._waiting.hang_up()
            raise

    async def _all(self, *commands: StoreCommand) -> list[Any]:
        answers = await self._lines.calls(*commands)
        for answer in answers:
            if isinstance(answer, ResponseError):
                raise unavailable(answer) from answer
        return answers


async def _offices(lines: Lines) -> AsyncIterator[str]:
    cursor = b"0"
    while True:
        command = ("SCAN", cursor, "MATCH", keys.EVERY_LOG, "COUNT", 1000, "TYPE", "stream")
        cursor, names = await lines.call(*command)
        for name in names:
            if office := keys.office_of(name.decode()):
                yield office
        if cursor == b"0":
            return


def _range(office: str, first: int, count: int) -> StoreCommand:
    return ("XRANGE", keys.log(office), f"{first}-0", "+", "COUNT", count)


def _row(entry: Any) -> Row:
    """A stream entry as Redis gives it: [id, [b"m", mark, b"b", body]]."""
    (number, (_, mark, _, body)) = entry
    return Row(int(number.partition(b"-")[0]), mark.decode(), body)
