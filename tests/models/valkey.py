"""Nodes on a real store: the same methods as `Nodes` has in memory, as far as a real store allows them."""

import secrets
from collections.abc import Sequence

from msgspec.structs import replace

from server.clock import Clock, StoreClock
from server.desk.desk import Desk
from server.log.port import AppendAnswer, Row, StoreUnavailable, Tail
from server.log.redis_log import RedisLog
from tests.nodes.node import MITTE, Nodes, until


class CutLog(RedisLog):
    """A connection on which an answer may be lost after the write."""

    cut_next = False

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        answer = await super().append(office, after, mark, bodies)
        if self.cut_next:
            self.cut_next = False
            raise StoreUnavailable("the answer was cut off")
        return answer


class ValkeyNodes(Nodes):
    """An office of its own in the store at `url`."""

    def __init__(self, url: str) -> None:
        super().__init__(office=replace(MITTE, id=f"model-{secrets.token_hex(6)}"))
        self._url = url
        self._lines: dict[Desk, CutLog] = {}

    def made(self, desk_class: type[Desk] | None = None, machine: Clock | None = None) -> Desk:
        log = CutLog(self._url)
        desk = Desk(self.name, log, StoreClock(machine or self.clock), "{}.{}".format, alone=False)
        self.desks.append(desk)
        self._lines[desk] = log
        return desk

    async def crash(self, desk: Desk) -> None:
        await super().crash(desk)
        await self._lines.pop(desk).close()

    def cut_next_answer(self, desk: Desk) -> None:
        self._lines[desk].cut_next = True

    async def history(self) -> list[Row]:
        return await next(iter(self._lines.values())).read(self.name, 0, 100_000)

    async def caught_up(self, *desks: Desk) -> None:
        tail, _ = await next(iter(self._lines.values())).tail(self.name)
        for desk in desks or self.desks:
            await until(lambda d=desk: d.state.mark == tail.mark, "a desk catching up")  # type: ignore[misc]
