"""What administrators have set over an office's file, as the history knows it: the last checkpoint and what was said since.

For verbs that run beside a server, or without one. Reads only.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.position import Position
from server.history.raw import event_of
from server.history.tables import entries, positions
from server.history.writing import living
from server.messages.events import DayOpened, Event, OfficeConfigured, SettingLaid, SettingTakenBack
from server.messages.laid import LaidSetting

WHOLE = ("day_opened", "office_configured")
SAID = ("setting_laid", "setting_taken_back")


async def settings_of(engine: AsyncEngine) -> dict[str, tuple[LaidSetting, ...]]:
    """By office, for every office of the history."""
    async with engine.execution_options(read_only=True).connect() as connection:
        rows = (await connection.execute(select(positions))).all()
        return {row.office: await _settings(connection, Position(**row._mapping)) for row in rows}


async def _settings(connection: AsyncConnection, stands: Position) -> tuple[LaidSetting, ...]:
    table = entries.c
    newest = select(table.seq, table.body).where(living(stands), table.type.in_(WHOLE))
    whole = (await connection.execute(newest.order_by(table.seq.desc()).limit(1))).first()
    if whole is None:
        return ()
    since = select(table.body).where(living(stands), table.type.in_(SAID), table.seq > whole.seq).order_by(table.seq)
    found = _whole(event_of(whole.body))
    for row in await connection.execute(since):
        event = event_of(row.body)
        if isinstance(event, SettingLaid | SettingTakenBack):
            found = event.into(found)
    return found


def _whole(event: Event) -> tuple[LaidSetting, ...]:
    return event.settings if isinstance(event, DayOpened | OfficeConfigured) else ()
