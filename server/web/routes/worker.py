"""`/display/worker.js`: the service worker of displays, which may serve the pages below its own path, and no others."""

import json
from functools import cache

from starlette.responses import Response

from server.web.ask import Ask
from server.web.documents import schemas
from server.web.routes.static import MEDIA, ROOT
from server.web.way import Open, Way


@cache
def _text() -> str:
    return (ROOT / "displays/pages/worker.js").read_text(encoding="utf-8")


async def worker(ask: Ask) -> Response:
    """With the release in its first line: a browser takes up another worker when one byte of it differs."""
    text = f"const RELEASE = {json.dumps(ask.site.settings.version)};\n{_text()}"
    return Response(text, headers={"cache-control": "no-cache"}, media_type=MEDIA[".js"])


WAYS = (Way("GET", "/display/worker.js", worker, Open.ALL, "The service worker of displays", result=schemas.BYTES),)
