"""A colleague's note on a ticket: kept in its own table, deleted with the day, shown only on boards of staff."""

import asyncio

import structlog
from msgspec import Struct
from starlette.responses import Response

from server.messages.rights import NOTES
from server.messages.terms import FreeText
from server.web import reading
from server.web.ask import Ask, json, nothing, ready
from server.web.documents import schemas
from server.web.refused import refuse
from server.web.site import Site
from server.web.way import OFFICE, Way

READ_EVERY_S = 5.0
"""Seconds until a note written on another node is on the boards of this one."""

_log = structlog.get_logger("aufruf.web")


class NoteBody(Struct, forbid_unknown_fields=True):
    """The body of PUT."""

    text: FreeText


async def read(ask: Ask) -> Response:
    ticket = _ticket(ask)
    return json({"ticket": ticket, "text": await ask.site.notes.get(ask.office, ticket)})


async def write(ask: Ask) -> Response:
    ticket = _ticket(ask)
    note = reading.read(await reading.json_body(ask.request), NoteBody)
    day = ready(ask.desk).state.day
    if day is None:
        raise refuse("day_closed", "the day is not open")
    await ask.site.notes.put(ask.office, ticket, day, note.text)
    await show(ask.site, ask.office)
    return json({"ticket": ticket, "text": note.text})


async def delete(ask: Ask) -> Response:
    await ask.site.notes.delete(ask.office, _ticket(ask))
    await show(ask.site, ask.office)
    return nothing()


async def show(site: Site, office: str) -> None:
    """Put the notes of an office on its boards."""
    site.hub.noted(office, await site.notes.all_of(office))


async def keep_shown(site: Site) -> None:
    """Read the notes again and again, because other nodes write some; ends when it is cancelled."""
    while True:
        for office in site.desks:
            try:
                async with asyncio.timeout(READ_EVERY_S):
                    await show(site, office)
            except Exception as fault:  # without a database the notes are missing, and nothing else
                _log.warning("the notes were not read", office=office, fault=type(fault).__name__)
        await asyncio.sleep(READ_EVERY_S)


def _ticket(ask: Ask) -> str:
    if ask.values["ticket"] not in ready(ask.desk).state.tickets:
        raise refuse("unknown_ticket", f"there is no ticket {ask.values['ticket'][:64]}")
    return ask.values["ticket"]


PATH = OFFICE + "/tickets/{ticket}/note"
WAYS = (
    Way(
        "GET",
        PATH,
        read,
        NOTES,
        "The note on a ticket",
        result=schemas.NOTE,
        codes=("unknown_ticket", "starting"),
    ),
    Way(
        "PUT",
        PATH,
        write,
        NOTES,
        "Write the note on a ticket",
        body=NoteBody,
        result=schemas.NOTE,
        codes=("unknown_ticket", "day_closed", "malformed", "too_large", "not_json", "invalid", "starting"),
    ),
    Way("DELETE", PATH, delete, NOTES, "Delete the note on a ticket", codes=("unknown_ticket", "starting")),
)
