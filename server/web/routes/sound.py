"""Announcements as files, tickets as pictures. Their names are hashes and job ids, which nobody can guess."""

import asyncio
import re
from contextlib import suppress

from starlette.responses import FileResponse, Response

from server.desk.desk import Desk
from server.messages.boards import Printer
from server.messages.facts import Print
from server.messages.rights import BOARDS, LINKS, SAY
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.drawn import Drawn
from server.web.refused import invalid, refuse, too_many
from server.web.way import Open, Query, Way

MEDIA = {"wav": "audio/wav", "flac": "audio/flac", "ogg": "audio/ogg", "opus": "audio/ogg", "mp3": "audio/mpeg"}
LIMIT_S = 12.0
"""Seconds for one text; then the screen goes on without it."""
LONGEST = 400
"""Characters of a text that is read aloud."""
SPOKEN = ("kiosk-", "common-")
_NAME = re.compile(r"[A-Za-z0-9_-]{8,128}")


async def announcement(ask: Ask) -> Response:
    """`GET /audio/{hash}.{ext}`: the file never changes, so browsers may keep it."""
    hash, ext = ask.values["hash"], ask.values["ext"]
    path = ask.site.sounds(f"{hash}.{ext}") if _NAME.fullmatch(hash) and ext in MEDIA else None
    if path is None:
        raise refuse("unknown_route", "there is no such announcement")
    headers = {"cache-control": "private, max-age=86400, immutable"}
    return FileResponse(path, headers=headers, media_type=MEDIA[ext])


async def say(ask: Ask) -> Response:
    """`GET /audio/say/{office}/{language}?text=`: where this text can be heard; null if no voice speaks the language."""
    text = ask.request.query_params.get("text", "").strip()
    if not 1 <= len(text) <= LONGEST:
        raise invalid("text", f"1 to {LONGEST} characters")
    if (language := ask.values["language"]) not in ready(ask.desk).state.office.languages:
        raise invalid("language", "not a language of this office")
    if wait := ask.site.limits.sayings.wait(ask.actor.principal):
        raise too_many(wait, "too many texts")
    url = await _aloud(ask, ask.office, language, text)
    return json({"url": url}, headers={"cache-control": "private, max-age=3600"})


async def catalogued(ask: Ask) -> Response:
    """`GET /audio/say/{language}/{id}.{ext}`: one text of the pages of citizens, by its name, as a sound."""
    language, id, ext = (ask.values[name] for name in ("language", "id", "ext"))
    asker, text = ask.asker, _text(ask, language, id)
    offices = ask.site.desks.items() if asker is not None else ()
    mine = (name for name, desk in offices if asker is not None and asker.role(name) in SAY and _speaks(desk, language))
    office = next(mine, None)
    if asker is None or text is None or office is None or ext not in MEDIA:
        raise refuse("unknown_route", "there is no such text")
    if wait := ask.site.limits.sayings.wait(asker.asker):
        raise too_many(wait, "too many texts")
    url = await _aloud(ask, office, language, text)
    path = ask.site.sounds(url.rpartition("/")[2]) if url is not None and url.endswith(f".{ext}") else None
    if path is None:
        raise refuse("unknown_route", "no voice says this here")
    headers = {"cache-control": "private, max-age=3600"}
    return FileResponse(path, headers=headers, media_type=MEDIA[ext])


async def _aloud(ask: Ask, office: str, language: str, text: str) -> str | None:
    """Where a text can be heard; None if no voice says it in time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LIMIT_S):
            return await ask.site.hub.aloud(office, language, text)
    return None


def _speaks(desk: Desk, language: str) -> bool:
    return desk.health in ("ready", "stale") and language in desk.state.office.languages


def _text(ask: Ask, language: str, id: str) -> str | None:
    """None for a text that is none of the citizens', or one with blanks that only a page can fill in."""
    if not id.startswith(SPOKEN):
        return None
    with suppress(KeyError, ValueError):
        return ask.site.say(language, id)
    return None


async def ticket(ask: Ask) -> Response:
    """`GET /print/{job}.png`: the ticket as its printer prints it, as long as it waits to be printed. For programs with a
    printer of their own: they load it before they report `sent`."""
    for office, desk in ask.site.desks.items():
        made = desk.state.prints.get(ask.values["job"]) if desk.health in ("ready", "stale") else None
        drawn = await _drawn(ask, office, made) if made is not None else None
        if drawn is not None:
            return Response(drawn.png, headers={"cache-control": "private, no-store"}, media_type="image/png")
    raise refuse("unknown_route", "there is no such ticket to print")


async def _drawn(ask: Ask, office: str, made: Print) -> Drawn | None:
    """None if it is not waiting, or not for whoever asks: the picture holds the ticket's link, so a printer sees its own only."""
    gate = ask.site.access.gate
    actor = None if ask.asker is None else await gate.actor(ask.asker, office)
    if actor is None or actor.role not in LINKS or actor.role not in BOARDS["printer"]:
        return None
    if actor.role == "printer" and actor.device not in (None, made.printer):
        return None
    board = ask.site.hub.board(office, "printer", made.printer, actor)
    if not isinstance(board, Printer):
        return None
    job = next((one for one in board.jobs if one.job == made.job), None)
    return None if job is None else await ask.site.drawing.drawn(job.ticket, board.width_mm, board.large_print)


WAYS = (
    Way(
        "GET",
        "/audio/{hash}.{ext}",
        announcement,
        Open.DEVICES,
        "An announcement",
        result=schemas.BYTES,
        codes=("unknown_route",),
    ),
    Way(
        "GET",
        "/audio/say/{language}/{id}.{ext}",
        catalogued,
        SAY,
        "A text of the kiosk's pages, spoken",
        result=schemas.BYTES,
        codes=("unknown_route", "too_many"),
    ),
    Way(
        "GET",
        "/audio/say/{office}/{language}",
        say,
        SAY,
        "Where a text of the screen can be heard",
        result=schemas.OBJECT,
        codes=("invalid", "starting", "too_many"),
        query=(Query("text", f"what is said, at most {LONGEST} characters"),),
    ),
    Way(
        "GET",
        "/print/{job}.png",
        ticket,
        Open.DEVICES,
        "A ticket as it is printed",
        result=schemas.BYTES,
        codes=("unknown_route",),
    ),
)
