"""The kiosk's page with everything it loads, kept on its own disk, so that it opens also when the server is away.

What belongs to it is found by following the names of files from the page on, as a browser does. Used by `beside`.
"""

import asyncio
import json
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote

import httpx
import msgspec

from device_line.passing import Kept

_log = logging.getLogger("aufruf.ticket_printer")

MOST_FILES, MOST_BYTES = 600, 24 * 1024 * 1024
"""A kiosk's page has a hundred files, with fonts and the words of all languages."""
_NAMED = re.compile(r"""["'`(](/static/[\w@./-]+\.\w+)["'`)]""")
_BESIDE = re.compile(r"""["'](\./[\w./-]+\.js)["']""")
_NAMES = re.compile(r'data-names="([^"]*)"')
_STATIC = re.compile(r"/static/(@[0-9a-f]+/)?")


class KeptPage:
    """`files` by path. One file on disk holds all: a power cut leaves the old copy or the new one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.files: dict[str, Kept] = {}
        if path.exists():
            try:
                self.files = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, Kept])
            except msgspec.DecodeError:
                _log.warning("%s cannot be read; the page is kept again when the server answers", path)

    def __getitem__(self, path: str) -> Kept | None:
        return self.files.get(path.partition("?")[0])

    async def keep(self, client: httpx.AsyncClient, page: str, also: Iterable[str]) -> None:
        """Fetches the page and all it loads, and keeps it if that worked. `also`: files of the kit that the page names only when
        it is drawn, such as pictures. Raises httpx.HTTPError."""
        first = await _fetch(client, page)
        if first is None:
            return
        found, ahead = {page: first}, [*_names(page, first)]
        base = next(iter(_STATIC.findall(first.body.decode())), "")
        ahead += [f"/static/{base}{name}" for name in (*_words(first.body.decode()), *also)]
        size = len(first.body)
        while ahead:
            path = ahead.pop()
            if path in found:
                continue
            one = await _fetch(client, path)
            if one is None:
                continue
            size += len(one.body)
            if len(found) >= MOST_FILES or size > MOST_BYTES:
                _log.warning("the kiosk's page is too large to be kept")
                return
            found[path] = one
            ahead += _names(path, one)
        if found != self.files:
            self.files = found
            await asyncio.to_thread(self._write)

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(msgspec.msgpack.encode(self.files))
        fresh.replace(self._path)


async def _fetch(client: httpx.AsyncClient, path: str) -> Kept | None:
    answer = await client.get(path)
    if answer.status_code != httpx.codes.OK:
        return None
    headers = answer.headers
    return Kept(answer.content, headers.get("content-type", ""), headers.get("content-security-policy", ""))


def _names(path: str, file: Kept) -> Iterator[str]:
    """The files that this one names."""
    if not file.kind.startswith(("text/javascript", "text/css", "text/html")):
        return
    text = file.body.decode()
    yield from _NAMED.findall(text)
    yield from (normpath(f"{dirname(path)}/{name}") for name in _BESIDE.findall(text))


def _words(page: str) -> list[str]:
    """The words of every language that the page may choose."""
    found = _NAMES.search(page)
    names = json.loads(unquote(found[1]).replace("&#34;", '"').replace("&quot;", '"')) if found else {}
    return [f"words/{language}.ftl" for language in names]
