"""Stores learned models by version, and gives a node the one that is in force.

The learning process calls `keep`; a node has one `Models`: `models(office)` answers at once and never waits for the database.
"""

from collections.abc import Callable, Sequence

import structlog
from msgspec import DecodeError, ValidationError
from msgspec.json import Decoder, encode
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.forecast.model import Model
from server.history.tables import models
from server.messages.facts import TakenUp
from server.messages.value import Value
from server.tasks import Tasks

KEPT = 30
"""How many models of an office are kept. A promise made by a deleted model is not used to recalibrate."""

_log = structlog.get_logger("aufruf.history")
_decode = Decoder(Model).decode


class _OfAppointments(Value):
    """The only part of a model that the office itself goes by."""

    taken_up: TakenUp | None = None


_appointments = Decoder(_OfAppointments).decode


class Learned(Value):
    """The newest model of an office: its version, the date on which it was learned, and what it knows of appointments."""

    version: str
    day: str
    taken_up: TakenUp | None = None


async def keep(engine: AsyncEngine, office: str, model: Model, day: str, now: int) -> None:
    """Stores a model and deletes all but the newest `KEPT`. An equal model that is stored again is kept once."""
    body = encode(model).decode()
    row = {"office": office, "version": model.version, "day": day, "made_at": now, "body": body}
    here = models.c.office == office
    async with engine.begin() as connection:
        await connection.execute(delete(models).where(here, models.c.version == model.version))
        await connection.execute(models.insert().values(row))
        newest = select(models.c.version).where(here).order_by(models.c.made_at.desc(), models.c.version).limit(KEPT)
        stay = (await connection.execute(newest)).scalars().all()
        await connection.execute(delete(models).where(here, models.c.version.not_in(stay)))


async def kept(engine: AsyncEngine, office: str, versions: Sequence[str]) -> dict[str, Model]:
    """The stored models of these versions, without those that this release cannot read."""
    query = select(models.c.version, models.c.body).where(models.c.office == office, models.c.version.in_(versions))
    async with engine.execution_options(read_only=True).connect() as connection:
        rows = (await connection.execute(query)).all()
    found = {}
    for row in rows:
        try:
            found[row.version] = _decode(row.body)
        except (DecodeError, ValidationError) as fault:
            _log.warning("a model cannot be read", office=office, model=row.version, reason=str(fault))
    return found


async def newest(engine: AsyncEngine, office: str) -> Learned | None:
    query = select(models.c.version, models.c.day, models.c.body).where(models.c.office == office)
    async with engine.execution_options(read_only=True).connect() as connection:
        row = (await connection.execute(query.order_by(models.c.made_at.desc()).limit(1))).first()
    return None if row is None else Learned(version=row.version, day=row.day, taken_up=_taken_up(row.body))


def _taken_up(body: str) -> TakenUp | None:
    """None if an earlier release learned it, or a later one in a way that this one does not know."""
    try:
        return _appointments(body).taken_up
    except (DecodeError, ValidationError):
        return None


class Models:
    """`in_force(office)`: the version that the office's log names; empty: none.

    Until its content is read, the model before it is used.
    """

    def __init__(self, engine: AsyncEngine, in_force: Callable[[str], str]) -> None:
        self._engine, self._in_force = engine, in_force
        self._known: dict[str, Model] = {}
        self._asked: dict[str, str] = {}
        self._tasks = Tasks("models")

    def __call__(self, office: str) -> Model | None:
        version, known = self._in_force(office), self._known.get(office)
        if version and (known is None or known.version != version) and self._asked.get(office) != version:
            self._asked[office] = version
            self._tasks.start(self.read(office, version), f"model of {office}")
        return known if version else None

    async def read(self, office: str, version: str) -> None:
        """From the database, once; a database that is away is asked again."""
        try:
            found = (await kept(self._engine, office, [version])).get(version)
        except OSError as fault:
            _log.warning("a model was not read", office=office, model=version, reason=str(fault))
            self._asked.pop(office, None)
            return
        if found is None:
            _log.warning("a model that is in force is not in this database", office=office, model=version)
            return
        self._known[office] = found

    async def stop(self) -> None:
        await self._tasks.close()
