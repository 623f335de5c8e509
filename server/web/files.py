"""Files of pages in memory: read once, packed once, and named by the version of all of them together. For `routes.static`.

A page that names its files by their version loads each only once, however often it is opened: such a name never changes its
meaning. Ten thousand phones then ask for a page and nothing else.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from server.web.page_words import page_words

try:
    import brotli
except ImportError:  # packed a little less well
    brotli = None

PACKED = frozenset({".js", ".css", ".svg", ".ftl", ".txt", ".json", ".webmanifest"})
"""Kinds that become smaller."""
LEAST = 200
"""Bytes below which packing gains nothing."""
LOOK_S = 2.0
"""How long the version is believed before the files are looked at again."""
MARK = "@"
"""Begins the part of an address that is a version: `/static/@0123456789ab/page.js`."""
_COMMENT = re.compile(rb"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment that fills whole lines. It is left out, because nobody reads it in a browser."""
_NAMED = re.compile(rb"""(["'`(])/static/(?!fonts/)""")
"""Where a script or style sheet names another file.

Fonts are left out: their names have a version already, and they are large.
"""


@dataclass(frozen=True)
class File:
    """A file as it was read; `mark` shows whether it has changed since. `packed`: its body by content encoding."""

    body: bytes
    tag: str
    mark: tuple[int, int]
    packed: Mapping[str, bytes] = field(default_factory=dict)

    def encoded(self, accepted: str) -> tuple[bytes, str]:
        """The body in the best encoding that a browser takes, and the name of that encoding; empty for none."""
        wished = {
            part.split(";")[0].strip() for part in accepted.split(",") if not part.replace(" ", "").endswith("q=0")
        }
        best = next((name for name in ("br", "gzip") if name in wished and name in self.packed), "")
        return (self.packed[best], best) if best else (self.body, "")


class Files:
    """`get(path)` and `get(path, version)`. `folders`: everything that counts for the version."""

    def __init__(self, folders: Iterable[Path], kinds: Iterable[str]) -> None:
        self._folders, self._kinds = tuple(folders), frozenset(kinds)
        self._read: dict[tuple[Path, str], File] = {}
        self._marks: tuple[tuple[Path, int, int], ...] = ()
        self._version, self._looked = "", -LOOK_S

    @property
    def version(self) -> str:
        """Of all files together. Nodes with the same files say the same."""
        if time.monotonic() - self._looked >= LOOK_S:
            found = sorted(path for folder in self._folders for path in folder.rglob("*") if path.suffix in self._kinds)
            marks = tuple((path, *_mark(path)) for path in found)
            if marks != self._marks:
                self._version, self._marks = _of(found), marks
            self._looked = time.monotonic()
        return self._version

    def get(self, path: Path, version: str = "") -> File | None:
        """From memory until the file on disk changes; the files are few and small. With a version, it names others by it."""
        try:
            mark = _mark(path)
            known = self._read.get((path, version))
            if known is None or known.mark != mark:
                known = self._read[path, version] = _file(path, version, mark)
        except (OSError, ValueError):
            return None
        return known

    def words(self, page: str, chain: tuple[Path, ...]) -> File | None:
        """What a page needs of a language, the first of the chain, filled up from the others."""
        try:
            marks = [_mark(path) for path in chain]
            mark = (sum(one for one, _ in marks), sum(size for _, size in marks))
            known = self._read.get((chain[0], page))
            if known is None or known.mark != mark:
                text = page_words(page, *(path.read_text(encoding="utf-8") for path in chain))
                known = self._read[chain[0], page] = _made(text.encode(), mark)
        except (OSError, ValueError):
            return None
        return known


def _mark(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _of(paths: Iterable[Path]) -> str:
    sums = hashlib.sha256()
    for path in paths:
        sums.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()[:12]


def _file(path: Path, version: str, mark: tuple[int, int]) -> File:
    body = path.read_bytes()
    if version and path.suffix in (".js", ".css"):
        if path.parent.name != "vendor":  # their comments are licences
            body = _COMMENT.sub(b"", body)
        body = _NAMED.sub(rb"\1/static/" + f"{MARK}{version}/".encode(), body)
    return _made(body, mark, pack=path.suffix in PACKED)


def _made(body: bytes, mark: tuple[int, int], *, pack: bool = True) -> File:
    tag = hashlib.sha256(body).hexdigest()[:20]
    packed = {} if not pack or len(body) < LEAST else _packed(body)
    return File(body, tag, mark, {name: made for name, made in packed.items() if len(made) < len(body)})


def _packed(body: bytes) -> dict[str, bytes]:
    packed = {"gzip": gzip.compress(body, 9, mtime=0)}
    if brotli is not None:
        packed["br"] = brotli.compress(body, quality=11)
    return packed
