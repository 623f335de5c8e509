"""The fence: an answer counts only when the replicas hold the entries it depends on. The Redis log puts it around its commands.

Its questions are sent with the command itself, on the same connection.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from redis.exceptions import ResponseError

from server.log import keys
from server.log.faults import unavailable
from server.log.machine import Machine, StoreCommand
from server.log.port import NotReplicated
from server.log.replicas import GRACE_S, Count, Replicas, fields, seen
from server.log.script import Script

_touch = Script("fence")

AGREED_S = 1.0
"""Seconds for which the witnesses' word counts that a primary without replicas is still the only one. A replica would show by
its silence that it was promoted; without one, only they know."""


class Witnesses(Protocol):
    """Those who decide on a failover: Sentinels, or the shards of a Cluster."""

    async def settled(self, run_id: str) -> bool:
        """Whether they name this process as a primary, and know of no failover."""
        ...


def published(office: str) -> StoreCommand:
    """Publishing to nobody is a write that leaves no trace."""
    return ("PUBLISH", keys.fence(office), "")


def touched(office: str) -> StoreCommand:
    """In a Cluster a publish goes to the other shards and not to the replicas' offsets (measured on Valkey 9.1).

    The log's own key is touched: another one could lie on another shard while the slot moves.
    """
    return _touch.whole((keys.log(office),))


class Fence:
    """Waits `limit_ms` for all replicas that the primary has; `least`: the number that must hold an entry in any case.

    A replica that is away for `grace_s` is then left out, if the witnesses agree (or if there are none). One fence for each
    primary, since each has replicas of its own. `one_store`: a primary may even go on alone, as long as the witnesses agree.
    """

    def __init__(
        self,
        witnesses: Witnesses | None,
        least: int,
        limit_ms: int,
        grace_s: float = GRACE_S,
        write: Callable[[str], StoreCommand] = published,
        *,
        one_store: bool = False,
    ) -> None:
        """`write`: for an office, a command that the replicas hear of and that changes nothing."""
        self._witnesses, self._write = witnesses, write
        self._replicas = Replicas(least, one_store=one_store and witnesses is not None)
        self._limit_ms, self._grace_s = limit_ms, grace_s
        self._agreed = ("", 0.0)

    async def answer(self, primary: Machine, office: str, command: StoreCommand) -> Any:
        """The command's answer, which may be a ResponseError. Raises NotReplicated."""
        answers, count = await self._ask(primary, office, self._replicas.asked, command)
        if count is None:
            return answers[0]
        if count.worth_asking_again:
            _, again = await self._ask(primary, office, self._replicas.asked)
            if again is not None and again.reign == count.reign:
                count = again
        if not count.enough:
            await self._go_on_without(primary, count)
            raise NotReplicated(max(len(count.wanted), count.least), len(count.hold))
        if count.alone and not await self._still_agreed(primary, count.reign):
            raise NotReplicated(self._replicas.least, len(count.hold))
        return answers[0]

    async def _ask(
        self, primary: Machine, office: str, many: int, *commands: StoreCommand
    ) -> tuple[list[Any], Count | None]:
        """The commands' answers, and which replicas hold the entries they depend on; None if the store refused a command.

        WAIT counts from the last *write* of the connection, and neither a read nor an append of nothing is one (measured on
        Valkey 9.1; Redis 7.0 counts from any command). So the fence is a write of its own. WAIT says how many replicas, INFO
        says which.
        """
        before = self._replicas.last
        wait: StoreCommand = ("WAIT", many, self._limit_ms)
        look: StoreCommand = ("INFO", "replication")
        asked = (*commands, self._write(office), look, wait, look)
        *answers, _, fence, said, after = await primary.calls(*asked, extra_s=self._limit_ms / 1000)
        if any(isinstance(answer, ResponseError) for answer in answers):
            return answers, None
        _sure(fence, said, after)
        return answers, self._replicas.heard(before, many, seen(fence).offset, said, seen(after), _now())

    async def _go_on_without(self, primary: Machine, count: Count) -> None:
        """From now on wait for fewer replicas, if the missing ones are down and not promoted."""
        if self._replicas.short_for(count, _now()) >= self._grace_s and await self._settled(primary, count.reign):
            self._replicas.go_on_with(count)

    async def _still_agreed(self, primary: Machine, reign: str) -> bool:
        """The witnesses' word, not older than AGREED_S; asked after the append, which it is to confirm."""
        now = _now()
        whose, at = self._agreed
        if whose == reign and now - at < AGREED_S:
            return True
        if agreed := await self._settled(primary, reign):
            self._agreed = (reign, now)
        return agreed

    async def _settled(self, primary: Machine, reign: str) -> bool:
        """Whether the witnesses name the primary of this reign and no other."""
        if self._witnesses is None:
            return True
        server, replication = await primary.calls(("INFO", "server"), ("INFO", "replication"))
        _sure(server, replication)
        run_id = fields(server).get("run_id", "")
        return seen(replication).reign == reign and await self._witnesses.settled(run_id)


def _sure(*answers: Any) -> None:
    for answer in answers:
        if isinstance(answer, ResponseError):
            raise unavailable(answer) from answer


def _now() -> float:
    return asyncio.get_running_loop().time()
