"""Files that pages load: the kit, each participant's page files, the words. Read from packages, never outside them."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from server.web.ask import Ask
from server.web.documents import schemas
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


@dataclass(frozen=True)
class File:
    """A file as it was read; `mark` shows whether it has changed since."""

    body: bytes
    tag: str
    mark: tuple[int, int]


class Static:
    """`GET /static/{file}`. `words`: the folder of Fluent files. `only`: the folders of the citizens' listener."""

    def __init__(self, words: Path, only: frozenset[str] | None = None) -> None:
        self._folders = {name: ROOT / name / "pages" for name in PARTICIPANTS} | {"words": words, STAFF: KIT / STAFF}
        self._closed = frozenset() if only is None else frozenset(self._folders) - only
        self._read: dict[Path, File] = {}

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
        path = self._path(ask.values["file"])
        found = None if path is None else self._file(path)
        if path is None or found is None:
            raise refuse("unknown_route", "there is no such file")
        forever = _VERSIONED.search(path.name) is not None
        headers = {"etag": found.tag, "cache-control": "public, max-age=31536000, immutable" if forever else "no-cache"}
        if (scope := WORKERS.get(ask.values["file"])) is not None:
            headers["service-worker-allowed"] = scope
        if ask.request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        return Response(found.body, headers=headers, media_type=MEDIA[path.suffix])

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

    def _file(self, path: Path) -> File | None:
        """From memory until the file on disk changes; the files are few and small."""
        try:
            stat = path.stat()
            mark = (stat.st_mtime_ns, stat.st_size)
            known = self._read.get(path)
            if known is None or known.mark != mark:
                body = path.read_bytes()
                tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
                known = self._read[path] = File(body, tag, mark)
        except (OSError, ValueError):
            return None
        return known
