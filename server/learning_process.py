"""The process that learns from the history, `python -P -m server.learning_process`. `server.learning` starts it, asks it
and ends it; it dies with its node. The verb `aufruf learn` does the same in its own process."""

import asyncio
import os
import sys

from msgspec import Struct
from msgspec.msgpack import Decoder, encode
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

NICE = 10
"""Niceness: presses, boards and voices come first."""


class Ask(Struct, array_like=True, frozen=True):
    """Learn this office from the database at `url`, as of `now` (ms)."""

    url: str
    office: str
    now: int


class Taught(Struct, array_like=True, frozen=True):
    """The result, and the number of visits and days behind it. An empty `version`: nothing was learned."""

    version: str = ""
    visits: int = 0
    days: int = 0
    promises: int = 0


async def taught(engine: AsyncEngine, office: str, now: int) -> Taught:
    """Reads the past of an office, learns from it, and keeps the model beside the history, named by date and content."""
    from server.forecast.learn import kept, learn, recalibrated
    from server.forecast.model import cold
    from server.history import models
    from server.history.past import past

    found = await past(engine, office, now)
    if found is None:
        return Taught()
    start = cold(found.office)
    model = learn(found.visits, start, found.breaks)
    if not model.finished:
        return Taught()
    makers = await models.kept(engine, office, sorted({told.model for told, _ in found.told}))
    makers[start.version] = start
    judged = [kept(told, makers[told.model], waited) for told, waited in found.told if told.model in makers]
    promises = [one for one in judged if one is not None]
    model = recalibrated(model, promises)
    model = replace(model, version=f"{found.day}-{model.version}")
    await models.keep(engine, office, model, found.day, now)
    return Taught(model.version, model.finished, len({one.day for one in found.visits}), len(promises))


async def answer(request: Ask) -> Taught:
    from server.history.database import close_database, open_database

    engine = await open_database(request.url)
    try:
        return await taught(engine, request.office, request.now)
    finally:
        await close_database(engine)


def main() -> None:
    from audio.child import die_with_parent, serve

    die_with_parent(int(sys.argv[1]))
    os.nice(NICE)
    decode = Decoder(Ask).decode
    serve(lambda request: encode(asyncio.run(answer(decode(request)))))


if __name__ == "__main__":
    main()
