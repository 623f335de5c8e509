"""The office's own logo, pictures and videos, from beside its office file. A wall shows them; nobody else's files are sent."""

import asyncio
from functools import partial

from starlette.responses import FileResponse, Response

from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.refused import refuse
from server.web.routes.static import MEDIA
from server.web.way import Open, Way

KINDS = MEDIA | {".jpeg": "image/jpeg", ".mp4": "video/mp4", ".webm": "video/webm"}
FOR_A_WHILE = {"cache-control": "private, max-age=600"}


async def logo(ask: Ask) -> Response:
    path = await asyncio.to_thread(ask.site.own_files.logo, ask.office)
    if path is None or not ask.values["file"].startswith("logo-"):
        raise refuse("unknown_route", "this office has no logo that can be shown")
    return FileResponse(path, headers={"cache-control": "no-cache"}, media_type=KINDS[path.suffix])


async def slides(ask: Ask) -> Response:
    ready(ask.desk)
    return json(await asyncio.to_thread(ask.site.own_files.slides, ask.office, ask.values["id"]))


async def slide(ask: Ask) -> Response:
    asked = partial(ask.site.own_files.slide, ask.office, ask.values["id"], ask.values["media"], ask.values["file"])
    path = await asyncio.to_thread(asked)
    if path is None:
        raise refuse("unknown_route", "there is no such picture")
    return FileResponse(path, headers=FOR_A_WHILE, media_type=KINDS[path.suffix.lower()])


WAYS = (
    Way(
        "GET",
        "/static/theme/{office}/{file}",  # below /static/, so that a display without its server still has it
        logo,
        Open.ALL,
        "An office's logo",
        result=schemas.BYTES,
        codes=("unknown_route",),
    ),
    Way(
        "GET",
        "/media/{office}/{id}",
        slides,
        Open.BY_BOARD,
        "What a wall shows while nobody is called",
        result=schemas.SLIDES,
        board="display",
        codes=("unknown_display", "starting"),
    ),
    Way(
        "GET",
        "/media/{office}/{id}/{media}/{file}",
        slide,
        Open.BY_BOARD,
        "A picture or video of a wall",
        result=schemas.BYTES,
        board="display",
        codes=("unknown_display", "unknown_route"),
    ),
)
