"""`/admin/settings`: keys of an office file changed without the file: what is set, one form for a key, the difference that it
would make, one press to set it, one to take it back."""

import re
from collections.abc import Iterator
from functools import partial
from json import loads
from secrets import token_hex
from typing import Any, Literal, NamedTuple, get_args, get_origin

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.messages.commands import LaySetting, TakeBackSetting
from server.messages.laid import LONGEST, kind_of, place_of, said
from server.messages.office import WEEKDAYS, CounterPlan, Display, Office
from server.messages.rights import SETTINGS
from server.web import setting_faults
from server.web.admin import done, framed, offices_of, said_done
from server.web.ask import Ask, ready
from server.web.pressing import pressed
from server.web.refused import RefusedRequest, invalid
from server.web.routes.settings import NOW, checked, shown
from server.web.routes.sign_in import form_of, key_of, text_of
from server.web.templates import Templates
from server.web.way import Query, Way

ACTS = ("show", "lay", "back")
"""A form is sent to see the difference, then to make it."""
OFTEN = {
    "services": ("names", "target_minutes", "minutes", "daily_limit", "hints", "papers"),
    "counters": ("label", "services", "features", "way"),
    "zones": ("names",),
    "displays": ("zones",),
    "situations": ("displays", "phones", "counters"),
}
"""What the form offers of each row."""
BY_LANGUAGE = {
    ("services", "names"), ("services", "hints"), ("services", "papers"), ("counters", "way"), ("zones", "names"),
    ("situations", "displays"), ("situations", "phones"), ("situations", "counters"),
}  # fmt: skip
RECALLS = ("recall_limit", "recall_pause", "repeat_after", "missed_shown")
SENTENCES = ("call", "call_way", "call_brief")
"""What a voice says; easy German is German when it is spoken."""
SPECIAL = "hours.days"
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,3})?")


class Preview(NamedTuple):
    """What a setting would change, before it does. `before`, `after`: lines, each with whether the other one has it too."""

    before: list[tuple[str, bool]]
    after: list[tuple[str, bool]]
    warnings: list[str]


class AdminSettings:
    """The pages `/admin/settings` and `/admin/settings/{office}`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        path, forms = "/admin/settings/{office}", ("origin_refused", "malformed", "invalid", "too_large", "starting")
        about = (Query("path", "the key that the form changes"), Query("day", "the special day, 2026-12-24"))
        return (
            Way("GET", "/admin/settings", self.first, SETTINGS, "Settings of the first office", page=True),
            Way(
                *("GET", path, self.page, SETTINGS, "Settings of an office"),
                page=True,
                query=about,
                codes=("starting",),
            ),
            Way(
                *("POST", path, self.press, SETTINGS, "Set a key from a day on, or take it back"),
                page=True,
                codes=forms,
            ),
        )

    async def first(self, ask: Ask) -> Response:
        """Of offices that this node serves: only it knows what their files say."""
        mine = [office for office in await offices_of(ask) if office in ask.site.desks]
        return RedirectResponse(f"/admin/settings/{mine[0]}" if mine else "/admin", 303)

    async def page(self, ask: Ask) -> Response:
        query = ask.request.query_params
        path = query.get("path", "")[:200]
        path = f"{path}.{query.get('day', '')[:10]}" if path == SPECIAL else path
        return await self._page(ask, path if place_of(path) else "")

    async def press(self, ask: Ask) -> Response:
        form = await form_of(ask)
        path, act = text_of(form, "path", 200), form.get("do")
        if act not in ACTS:
            raise invalid("do", f"one of {', '.join(ACTS)}")
        typed = str(form.get("value") or "")[:LONGEST]
        from_day = text_of(form, "from_day", 10)
        try:
            with ask.site.limits.press(ask.actor):
                command = _command(ask, form, path, act != "back")
                if act == "show" and isinstance(command, LaySetting):
                    return await self._page(ask, path, typed=typed, shows=difference(ask, command), from_day=from_day)
                await pressed(ask.site, ask.desk, ask.actor, command, key_of(form), NOW)
        except RefusedRequest as refused:
            if refused.refusal.code not in ("invalid", "too_many"):
                raise
            return await self._page(ask, path, refused.refusal.detail, typed, from_day=from_day)
        return done(f"/admin/settings/{ask.office}", f"setting-{act}")

    async def _page(
        self,
        ask: Ask,
        path: str,
        fault: str = "",
        typed: str | None = None,
        shows: Preview | None = None,
        from_day: str = "",
    ) -> Response:
        office, place = ready(ask.desk).state.office, place_of(path) if path else None
        now = typed if typed is not None else as_text(said(office, path)) if place else ""
        people = {one.id: one.name for one in await ask.site.access.accounts.list()}
        about: dict[str, Any] = {
            "path": path,
            "fault": setting_faults.said(fault, partial(ask.site.say, ask.language)) if fault else "",
            "shows": shows,
            "from_day": from_day or ask.desk.today(),
            "now": now,
            "control": control(kind_of(place)) if place else "",
            "choices": get_args(kind_of(place)) if place else (),
            "set_on": shown(ask),
            "keys": list(keys_of(ask, office)),
            "special": SPECIAL,
            "people": people,
            "plain": as_lines,
            "office": ask.office,
            "press": token_hex(12),
            "offices": {id: name for id, name in (await offices_of(ask)).items() if id in ask.site.desks},
            "done": said_done(ask, ("setting-lay", "setting-back")),
        }
        return framed(self._templates, ask, "settings", "settings", 422 if fault else 200, **about)


def _command(ask: Ask, form: FormData, path: str, lays: bool) -> LaySetting | TakeBackSetting:
    if not lays:
        return TakeBackSetting(path=path, from_day=text_of(form, "from_day", 10))
    typed, place = form.get("value"), place_of(path)
    if not isinstance(typed, str) or len(typed) > LONGEST:
        raise invalid("value", f"a text of at most {LONGEST} characters")
    written = read(typed, control(kind_of(place))) if place else typed
    return checked(ask, path, written, text_of(form, "from_day", 10) or None)


def difference(ask: Ask, command: LaySetting) -> Preview:
    """Between what is in force and what would be, with what `aufruf check` would warn of."""
    office = ready(ask.desk).state.office
    before, after = (as_text(one).splitlines() for one in (said(office, command.path), command.value))
    warnings = ask.site.look_at_setting(office, command.path, loads(command.value)).warnings
    return Preview(
        [(line, line in after) for line in before],
        [(line, line in before) for line in after],
        [setting_faults.said(one, partial(ask.site.say, ask.language)) for one in warnings],
    )


def control(kind: Any) -> Literal["choice", "lines", "number", "text"]:
    """How a value of this type is typed."""
    if get_origin(kind) is Literal:
        return "choice"
    if get_origin(kind) is tuple:
        return "lines"
    return "text" if kind is str else "number"


def read(typed: str, control: str) -> object:
    """What somebody typed, as a file has it; what is no number stays text, and the check says so."""
    typed = typed.strip()
    if control == "lines":
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if control == "number":
        return None if not typed else float(typed) if _NUMBER.fullmatch(typed) else typed
    return typed


def as_text(value: str | None) -> str:
    return "" if value is None else as_lines(loads(value))


def as_lines(value: Any) -> str:
    """A value as it is typed: a line for each part, a span as 08:00-12:00."""
    if isinstance(value, list):
        return "\n".join("-".join(one) if isinstance(one, list) else str(one) for one in value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def keys_of(ask: Ask, office: Office) -> Iterator[tuple[str, str, str]]:
    """What the form offers: heading, path, words."""

    def say(name: str) -> str:
        return ask.site.say(ask.language, f"admin-set-{name.replace('_', '-')}")

    yield from ((say("hours"), f"hours.{day}", say(day)) for day in WEEKDAYS)
    yield say("hours"), SPECIAL, say("special")
    yield say("hours"), "holidays.dates", say("holidays")
    for table, keys in OFTEN.items():
        for row in getattr(office, table):
            for key in keys if _is_offered(row) else ():
                each = [f".{language}" for language in office.languages] if (table, key) in BY_LANGUAGE else [""]
                for language in each:
                    words = say(f"{table}-{key}") + (f" ({language[1:]})" if language else "")
                    yield f"{say(table)}: {_called(row, ask.language)}", f"{table}.{row.id}.{key}{language}", words
    for language in office.languages:
        yield say("texts"), f"ticket.{language}", f"{say('ticket')} ({language})"
        for name in SENTENCES if "-" not in language else ():
            yield say("texts"), f"texts.{name}.{language}", f"{say(name)} ({language})"
    yield say("texts"), "policy.close_intake", say("close_intake")
    yield from ((say("calls"), f"calls.{key}", say(key)) for key in RECALLS)


def _is_offered(row: Any) -> bool:
    """A display over a counter shows that counter alone, and what is retired is past."""
    return not getattr(row, "retired", False) and not (isinstance(row, Display) and row.counter is not None)


def _called(row: Any, language: str) -> str:
    if isinstance(row, CounterPlan | Display):
        return row.label if isinstance(row, CounterPlan) else row.name
    return str(row.names.get(language) or next(iter(row.names.values()), row.id))
