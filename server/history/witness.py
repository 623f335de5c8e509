"""What the history knows of a log, for a desk that compares the two before it decides anything. Wiring hands it to desks."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.position import Position, position
from server.history.tables import entries
from server.history.writing import living
from server.log.port import Row, Tail
from server.messages.events import DayOpened, decode


class HistoryWitness:
    """Only reads. Raises ConnectionError while the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(read_only=True)

    async def position(self, office: str) -> Tail | None:
        stands = await position(self._engine, office)
        return None if stands is None or stands.seq == 0 else Tail(stands.seq, stands.mark)

    async def oldest(self, office: str) -> int:
        return int(await self._number(office, func.min(entries.c.seq)) or 1)

    async def opening(self, office: str) -> int:
        return int(await self._number(office, func.max(entries.c.seq), entries.c.type == "day_opened") or 0)

    async def row(self, office: str, seq: int) -> Row | None:
        found = await self._rows(office, entries.c.seq == seq)
        return found[0] if found else None

    async def since(self, office: str, after: int, kinds: Sequence[str] = ()) -> Sequence[Row]:
        more = (entries.c.type.in_(kinds),) if kinds else ()
        return await self._rows(office, entries.c.seq > after, *more)

    async def next(self, office: str, after: int, most: int) -> Sequence[Row]:
        """The entries with a higher number, `most` at most: for readers who were away for longer than the log is kept."""
        return await self._rows(office, entries.c.seq > after, most=most)

    async def busy_day(self, office: str, today: str | None) -> Sequence[Row]:
        """The entries of the last day before `today` on which somebody was called, from its opening on; none if none is kept."""
        ends = await self.opening(office)
        while ends:
            before = entries.c.seq < ends
            last = await self._number(office, func.max(entries.c.seq), before, entries.c.type == "ticket_called") or 0
            opened = await self._number(
                office, func.max(entries.c.seq), entries.c.seq < last, entries.c.type == "day_opened"
            )
            if opened is None:
                break
            closes = await self._number(
                office, func.min(entries.c.seq), entries.c.seq > last, entries.c.type == "day_opened"
            )
            rows = await self._rows(office, entries.c.seq >= opened, entries.c.seq < (closes or ends))
            opening = decode(rows[0].body)
            if isinstance(opening, DayOpened) and opening.day != today:  # else this day was closed and opened again
                return rows
            ends = opened
        return ()

    async def _rows(self, office: str, *where: ColumnElement[bool], most: int | None = None) -> list[Row]:
        stands = await self._stands(office)
        query = select(entries.c.seq, entries.c.mark, entries.c.body).where(living(stands), *where)
        async with self._engine.connect() as connection:
            found = await connection.execute(query.order_by(entries.c.seq).limit(most))
            return [Row(seq, mark, body.encode()) for seq, mark, body in found]

    async def _number(self, office: str, what: ColumnElement[int], *where: ColumnElement[bool]) -> int | None:
        async with self._engine.connect() as connection:
            query = select(what).where(living(await self._stands(office)), *where)
            number: int | None = (await connection.execute(query)).scalar()
            return number

    async def _stands(self, office: str) -> Position:
        return await position(self._engine, office) or Position(office=office)
