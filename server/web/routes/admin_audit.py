"""`/admin/audit`: what administrators and supervisors did, by account; filtered, and as a file for a spreadsheet."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from server.access.audit import ActsWanted, Entry
from server.messages.instants import rfc3339
from server.web.admin import ADMIN, framed, offices_of, scope
from server.web.ask import Ask
from server.web.documents import schemas
from server.web.reading import whole_number
from server.web.refused import invalid
from server.web.templates import Templates
from server.web.way import Query, Way

SHOWN, EXPORTED = 100, 50_000
RISKY = "=+-@\t\r"
"""A cell that begins with one of these is run as a formula by a spreadsheet."""
QUERY = (
    Query("office", "only acts in this office"),
    Query("by", "only acts of this account or token, by its id"),
    Query("act", "only acts of this kind"),
    Query("from", "from this day on, 2026-11-22"),
    Query("to", "until the end of this day"),
    Query("before", "only entries with a lower number", True),
)


class AdminAudit:
    """The page `/admin/audit` and its file. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                *("GET", "/admin/audit", self.page, ADMIN, "Who did what: administrators and supervisors"),
                codes=("invalid",),
                page=True,
                query=QUERY,
            ),
            Way(
                *("GET", "/admin/audit.csv", self.file, ADMIN, "The same as a CSV file"),
                codes=("invalid",),
                result=schemas.BYTES,
                query=QUERY,
            ),
        )

    async def page(self, ask: Ask) -> Response:
        audit, asked = ask.site.access.audit, {name: ask.request.query_params.get(name, "") for name, *_ in QUERY}
        entries = await audit.read(_wanted(ask), SHOWN + 1)
        shown, names = entries[:SHOWN], await _names(ask)
        about: dict[str, Any] = {"asked": asked, "people": names, "acts": await audit.acts()}
        about |= {"says": partial(_says, ask), "plain": plain}
        about["older"] = shown[-1].number if len(entries) > SHOWN else None
        return framed(*(self._templates, ask, "audit", "audit"), entries=shown, offices=await offices_of(ask), **about)

    async def file(self, ask: Ask) -> Response:
        entries, names = await ask.site.access.audit.read(_wanted(ask), EXPORTED), await _names(ask)
        head = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"}
        return Response(as_csv(entries, names), 200, head, media_type="text/csv; charset=utf-8")


def plain(about: str) -> str:
    """What an entry tells, as people read it: "service: kfz"."""
    try:
        said = json.loads(about or "{}")
    except ValueError:  # it was too long, and cut
        return about
    return ", ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in said.items()
    )


def _says(ask: Ask, act: str) -> str:
    """An act in words; one of a later release as it is written."""
    try:
        return ask.site.say(ask.language, f"admin-act-{act.replace('_', '-')}")
    except KeyError:
        return act


def as_csv(entries: list[Entry], names: Mapping[str, str]) -> str:
    """The oldest first. Semicolons and a byte order mark: so a German spreadsheet opens it with a double click."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(("number", "at", "by", "name", "office", "act", "about"))
    for one in reversed(entries):
        cells = (one.number, rfc3339(one.at), one.by, names.get(one.by, ""), one.office, one.act, one.about)
        rows.writerow([_harmless(str(cell)) for cell in cells])
    return "\ufeff" + text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple(RISKY)) else cell


def _wanted(ask: Ask) -> ActsWanted:
    query, mine = ask.request.query_params, scope(ask).offices
    chosen = query.get("office", "")[:64]
    offices = mine if not chosen else frozenset({chosen} if mine is None or chosen in mine else ())
    before = whole_number(ask.request, "before", 0, 2**53)
    zone = ZoneInfo(next((desk.state.office.time_zone for desk in ask.site.desks.values()), "UTC"))
    return ActsWanted(
        offices=offices,
        by=query.get("by", "")[:64],
        act=query.get("act", "")[:40],
        since=_midnight(query.get("from", ""), "from", zone, 0),
        until=_midnight(query.get("to", ""), "to", zone, 1),
        before=before or None,
    )


def _midnight(text: str, name: str, zone: ZoneInfo, later: int) -> int | None:
    """The beginning of a day, `later` days on, in ms; None if none is named."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=later)
        return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
    except (ValueError, OverflowError):
        raise invalid(name, "a day, such as 2026-11-22") from None


async def _names(ask: Ask) -> dict[str, str]:
    """What people call an account or token, by its id."""
    access = ask.site.access
    tokens = {
        token.id: token.name or f"{token.role} {token.device or ''}".strip() for token in await access.tokens.list()
    }
    return tokens | {account.id: account.name or "" for account in await access.accounts.list()}
