"""Files that pages load: the kit, each participant's page files, the words. Read from packages, never outside them."""

import asyncio
import re
from pathlib import Path

from starlette.responses import Response

from server.web.ask import Ask
from server.web.documents import schemas
from server.web.files import MARK, Files
from server.web.page_words import PAGES
from server.web.refused import refuse
from server.web.way import Open, Way

ROOT = Path(__file__).resolve().parents[3]
KIT = ROOT / "server/web/static"
PARTICIPANTS = ("displays", "counter_client", "supervisor", "ticket_printer", "booking")
STAFF = "staff"
"""The part of the kit that only pages of staff load."""
MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".ftl": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
"""The kinds of files that may be served; templates (.html) are not among them."""
WORKERS = {"displays/phone_worker.js": "/t/"}
"""Service workers, with the beginning of the paths of their pages; a browser lets a worker serve others only if we say so."""
_VERSIONED = re.compile(r"-\d+\.\d+\.\d+\.[a-z0-9]+$")


class Static:
    """`GET /static/{file}`. `words`: the folder of Fluent files; `fallback`: the language that has them all.

    `only`: the folders of the citizens' listener.
    """

    def __init__(self, words: Path, fallback: str, only: frozenset[str] | None = None) -> None:
        self._fallback = fallback
        self._folders = {name: ROOT / name / "pages" for name in PARTICIPANTS} | {"words": words, STAFF: KIT / STAFF}
        self._closed = frozenset() if only is None else frozenset(self._folders) - only
        self._files = Files((KIT, *self._folders.values()), MEDIA)

    @property
    def version(self) -> str:
        """Of all files together. A page that names its files by it loads each only once."""
        return self._files.version

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "GET",
                "/static/{file*}",
                self.file,
                Open.ALL,
                "Files of pages",
                result=schemas.BYTES,
                codes=("unknown_route",),
                citizens=True,
            ),
        )

    async def file(self, ask: Ask) -> Response:
        """Under its plain name a file may change at any time; under the present version it never does."""
        name, version = _parted(ask.values["file"])
        page, name = _of_page(name)
        path, current = self._path(name), version == self.version
        if path is not None and page:
            found = await asyncio.to_thread(self._files.words, page, self._chain(path))
        else:
            found = None if path is None else await asyncio.to_thread(self._files.get, path, version if current else "")
        if path is None or found is None:
            raise refuse("unknown_route", "there is no such file")
        body, encoding = found.encoded(ask.request.headers.get("accept-encoding", ""))
        tag = f'"{found.tag}{encoding and "-"}{encoding}"'
        forever = current or _VERSIONED.search(path.name) is not None
        headers = {"etag": tag, "cache-control": "public, max-age=31536000, immutable" if forever else "no-cache"}
        if found.packed:
            headers["vary"] = "accept-encoding"
        if (scope := WORKERS.get(name)) is not None:
            headers["service-worker-allowed"] = scope
        if ask.request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["content-encoding"] = encoding
        return Response(body, headers=headers, media_type=MEDIA[path.suffix])

    def _chain(self, path: Path) -> tuple[Path, ...]:
        """The file of a language, of its base language, and of the one in which everything is said."""
        names = (path.name, f"{path.stem.split('-')[0]}.ftl", f"{self._fallback}.ftl")
        return tuple(path.with_name(name) for name in dict.fromkeys(names) if path.with_name(name).exists())

    def _path(self, name: str) -> Path | None:
        """The file of this name, if it lies inside its folder and is of a kind that may be served."""
        parts = name.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            return None
        if parts[0] in self._closed:
            return None
        folder, rest = (self._folders[parts[0]], parts[1:]) if parts[0] in self._folders else (KIT, parts)
        path = folder.joinpath(*rest)
        if path.suffix not in MEDIA or not path.resolve().is_relative_to(folder.resolve()):
            return None
        return path


def _parted(name: str) -> tuple[str, str]:
    """`@0123456789ab/page.js` → the file and the version under which it is asked for."""
    if not name.startswith(MARK):
        return name, ""
    version, _, rest = name.removeprefix(MARK).partition("/")
    return rest, version


def _of_page(name: str) -> tuple[str, str]:
    """`words/phone/de.ftl` → the page whose words are asked for, and the whole file of the language."""
    folder, _, rest = name.partition("/")
    page, _, file = rest.partition("/")
    return (page, f"{folder}/{file}") if folder == "words" and page in PAGES else ("", name)
