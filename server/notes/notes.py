"""Notes of staff on tickets: at most 400 characters, deleted with the day, never in log or history.

Web reads and writes them, and puts them on the boards of staff; deletion forgets them. Made by wiring.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import Clock
from server.notes.tables import notes

MOST = 400


class Notes:
    """One note per ticket."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock = clock

    async def put(self, office: str, ticket: str, day: str, text: str) -> None:
        """Writes or replaces a note. `day`: the office's own. ValueError if it is empty or longer than 400 characters."""
        if not 0 < len(text) <= MOST:
            raise ValueError(f"a note has 1 to {MOST} characters")
        values = {"day": day, "text": text, "at": self._clock.now_ms()}
        change = update(notes).where(notes.c.office == office, notes.c.ticket == ticket).values(values)
        async with self._writes.begin() as connection:
            if (await connection.execute(change)).rowcount:
                return
            try:
                async with connection.begin_nested():
                    await connection.execute(notes.insert().values(office=office, ticket=ticket, **values))
            except IntegrityError:  # somebody wrote the first note meanwhile; the later one stays
                await connection.execute(change)

    async def get(self, office: str, ticket: str) -> str | None:
        query = select(notes.c.text).where(notes.c.office == office, notes.c.ticket == ticket)
        async with self._reads.connect() as connection:
            text: str | None = (await connection.execute(query)).scalar()
        return text

    async def all_of(self, office: str) -> dict[str, str]:
        """Every note of an office by ticket, for staff boards."""
        async with self._reads.connect() as connection:
            rows = await connection.execute(select(notes.c.ticket, notes.c.text).where(notes.c.office == office))
            return {row.ticket: row.text for row in rows}

    async def delete(self, office: str, ticket: str) -> bool:
        async with self._writes.begin() as connection:
            gone = await connection.execute(delete(notes).where(notes.c.office == office, notes.c.ticket == ticket))
        return gone.rowcount == 1

    async def forget_day(self, office: str, day: str) -> None:
        """Deletes the notes of `day` and of earlier days."""
        async with self._writes.begin() as connection:
            await connection.execute(delete(notes).where(notes.c.office == office, notes.c.day <= day))

    async def set_day_right(self, office: str, day: str) -> None:
        """The clock was ahead, and it is `day` again: notes of later dates become today's, so that they go with today."""
        async with self._writes.begin() as connection:
            await connection.execute(update(notes).where(notes.c.office == office, notes.c.day > day).values(day=day))
