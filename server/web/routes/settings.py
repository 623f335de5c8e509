"""What administrators lay over the office file: GET settings, PUT and DELETE of one. `/admin/settings` presses the same."""

from json import loads

from starlette.responses import Response

from server.messages.commands import LaySetting, TakeBackSetting
from server.messages.instants import rfc3339
from server.messages.laid import LaidSetting, SettingShown, SettingsShown, SettingState, SettingWanted
from server.messages.problems import FaultyField, Refusal
from server.messages.rights import SETTINGS
from server.web import reading
from server.web.answers import done_members
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.pressing import CODES, pressed
from server.web.reading import When
from server.web.refused import RefusedRequest
from server.web.way import OFFICE, Query, Way

NOW = When(None, None)


async def listed(ask: Ask) -> Response:
    """`GET /api/v1/offices/{office}/settings`."""
    return json(shown(ask))


async def put(ask: Ask) -> Response:
    """`PUT .../settings/{path}`: from a day on, this key has this value."""
    with ask.site.limits.press(ask.actor):
        wanted = reading.read(await reading.json_body(ask.request), SettingWanted)
        command = checked(ask, ask.values["path"], wanted.value, wanted.from_day)
        done = await pressed(ask.site, ask.desk, ask.actor, command, reading.key(ask.request), NOW)
    return json(done_members(ask.desk, done))


async def delete(ask: Ask) -> Response:
    """`DELETE .../settings/{path}`: the key is again what the office file says."""
    with ask.site.limits.press(ask.actor):
        command = TakeBackSetting(path=ask.values["path"], from_day=ask.request.query_params.get("from"))
        done = await pressed(ask.site, ask.desk, ask.actor, command, reading.key(ask.request), NOW)
    return json(done_members(ask.desk, done))


def checked(ask: Ask, path: str, written: object, from_day: str | None) -> LaySetting:
    """The command, if the value is good in the office as it is; else RefusedRequest with the sentence of `aufruf check`."""
    looked = ask.site.look_at_setting(ready(ask.desk).state.office, path, written)
    if looked.faults:
        errors = tuple(FaultyField(field=path, reason=fault.removeprefix(f"{path}: ")) for fault in looked.faults)
        raise RefusedRequest(Refusal(code="invalid", detail=looked.faults[0], errors=errors))
    return LaySetting(path=path, value=looked.value, from_day=from_day or ask.desk.today())


def shown(ask: Ask) -> SettingsShown:
    today = ask.desk.today()
    return SettingsShown(today=today, settings=tuple(_shown(one, today) for one in ready(ask.desk).state.settings))


def _shown(one: LaidSetting, today: str) -> SettingShown:
    state: SettingState = "counts" if one.on else "coming" if one.from_day > today else "idle"
    return SettingShown(
        path=one.path,
        value=loads(one.value),
        file=None if one.file is None else loads(one.file),
        from_day=one.from_day,
        at=rfc3339(one.at),
        by=one.by.removeprefix("supervisor:"),
        state=state,
    )


PATH = OFFICE + "/settings"
WAYS = (
    Way("GET", PATH, listed, SETTINGS, "What is set over the office file", result=SettingsShown, codes=("starting",)),
    Way(
        *("PUT", PATH + "/{path}", put, SETTINGS, "Set one key of the office file from a day on"),
        body=SettingWanted,
        result=schemas.DONE,
        codes=CODES,
        keyed=True,
    ),
    Way(
        *("DELETE", PATH + "/{path}", delete, SETTINGS, "Take a setting back: the office file counts again"),
        result=schemas.DONE,
        codes=CODES,
        keyed=True,
        query=(Query("from", "only what was set from this day on, 2026-12-01"),),
    ),
)
