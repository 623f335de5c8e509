"""Announcements and phrases made before, as files named by their content. The size is bounded; the longest unused go first.

A folder on disk, used only by `audio.studio` and `audio.phrases`. An entry is `<hash>.<ext>` with `<hash>.json`.
"""

import contextlib
import hashlib
import os
import re
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

SCHEMA = 1
"""Raise it when the same words would give another sound: older files are then never found again."""

DEFAULT_LIMIT = 512 * 1024 * 1024
"""Bytes: about 2,000 calls in two languages, with the way, as FLAC, their phrases among them."""

_NAME = re.compile(r"([0-9a-f]{32})\.(flac|wav)")
_CARD = ".json"
_UNFINISHED = "unfinished-"
_OURS = re.compile(r"[0-9a-f]{32}\.(flac|wav|json)|unfinished-\w+")


class Rendering(msgspec.Struct, frozen=True):
    """The data of one file: seconds of sound, which voice spoke which language, bytes."""

    hash: str
    ext: str
    seconds: float
    voices: dict[str, str]
    size: int

    @property
    def name(self) -> str:
        return f"{self.hash}.{self.ext}"


def digest(*parts: object) -> str:
    """The name for something made of these parts: 128 bits, so that two calls never share a file."""
    return hashlib.sha256(msgspec.json.encode((SCHEMA, *parts))).hexdigest()[:32]


class Cache:
    """Files of one folder, at most `limit` bytes of them. Lookups use memory and one file's times, never its content.

    `open()` reads the folder and deletes incomplete files; `put()` writes whole files or none. Both wait for the disk:
    call them in a thread. An entry may be lost, but is never wrong; a lost one is made again.
    """

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self._entries: dict[str, Rendering] = {}
        self._size = 0
        # `put` runs in a thread, lookups on the loop. The lock is never held while waiting for the disk.
        self._guard = threading.Lock()

    @property
    def size(self) -> int:
        with self._guard:
            return self._size

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        found = sorted(self._whole_entries(), key=_age)
        self._entries = {entry.hash: entry for _, entry in found}
        self._size = sum(entry.size for entry in self._entries.values())
        for file in self.folder.iterdir():
            if _OURS.fullmatch(file.name) and file.stem not in self._entries:
                file.unlink(missing_ok=True)
        self._remove(self._victims())

    def get(self, key: str) -> Rendering | None:
        """The entry of a key, which is now the most recently used; None if there is none or somebody removed its file."""
        with self._guard:
            entry = self._entries.pop(key, None)
            if entry is None:
                return None
            try:
                os.utime(self.folder / entry.name)
            except OSError:
                self._size -= entry.size
                return None
            self._entries[key] = entry
            return entry

    def path(self, name: str) -> Path | None:
        """The file `<hash>.<ext>`; None for any other name, so that no path leads out of the folder."""
        asked = _NAME.fullmatch(name)
        if asked is None:
            return None
        with self._guard:
            entry = self._entries.get(asked[1])
        return self.folder / name if entry is not None and entry.name == name else None

    def put(self, entry: Rendering, file: bytes) -> None:
        """Stores a file; the longest unused ones are deleted to make room. One that is larger than the whole cache is
        kept alone."""
        self._write(entry.name, file)
        self._know(entry)

    def unfinished(self) -> Path:
        """A path at which another process may write a file for `take`; it is deleted at the next start if nobody takes it."""
        return self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}"

    def take(self, entry: Rendering, file: Path) -> None:
        """Stores a complete file that was written at a path from `unfinished`."""
        file.replace(self.folder / entry.name)
        self._know(entry)

    def _know(self, entry: Rendering) -> None:
        self._write(entry.hash + _CARD, msgspec.json.encode(entry))
        with self._guard:
            before = self._entries.pop(entry.hash, None)
            self._entries[entry.hash] = entry
            self._size += entry.size - (before.size if before else 0)
        self._remove(self._victims())

    def _victims(self) -> list[Rendering]:
        """The entries to delete, oldest first, but never the newest."""
        with self._guard:
            victims = []
            while self._size > self.limit and len(self._entries) > 1:
                oldest = self._entries.pop(next(iter(self._entries)))
                self._size -= oldest.size
                victims.append(oldest)
            return victims

    def _remove(self, victims: list[Rendering]) -> None:
        for entry in victims:
            for name in (entry.hash + _CARD, entry.name):
                (self.folder / name).unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> None:
        descriptor, unfinished = tempfile.mkstemp(dir=self.folder, prefix=_UNFINISHED)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(unfinished).replace(self.folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(unfinished).unlink()
            raise

    def _whole_entries(self) -> Iterator[tuple[float, Rendering]]:
        """(last use, entry) of every JSON file whose sound file is complete."""
        for card in self.folder.glob("*" + _CARD):
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                entry = msgspec.json.decode(card.read_bytes(), type=Rendering)
                there = (self.folder / entry.name).stat()
                if there.st_size == entry.size and entry.hash == card.stem:
                    yield min(there.st_mtime, time.time()), entry


def _age(aged: tuple[float, Rendering]) -> float:
    last_use, _ = aged
    return last_use
