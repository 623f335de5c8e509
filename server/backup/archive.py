"""The backup file: a packed tar archive that any computer can open. Its first member says what the others must be.

backup.json      format, release, time, the offices with their last entries, size and SHA-256 of every other member
aufruf.db        accounts, tokens, history; without what is gone with the day, and without the installation key
logs/<n>.jsonl   one office's log: a line [seq, mark, body] for each entry, the body byte for byte as it was stored
offices/*.toml   the office files of the data folder
"""

import gzip
import hashlib
import io
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from server.log.port import Row
from server.messages.value import Value

FORMAT = 1
CONTENTS = "backup.json"
DATABASE = "aufruf.db"
LARGEST_CONTENTS = 16 << 20
"""Bytes of `backup.json`: a larger one is no backup of ours."""
_NAME = re.compile(r"aufruf\.db|logs/\d+\.jsonl|offices/[^/\\]+\.toml")
"""The only members that are unpacked: nothing in a strange file can be written outside its folder."""
_PACKING = 1
"""The fastest level of gzip: a better one takes three times as long and saves a tenth."""
_PIECE = 1 << 20


class NoBackup(Exception):
    """The file is no backup, or not a whole one; the message says what is wrong."""


class Member(Value):
    """`bytes`, `sha256` of a member of the archive."""

    bytes: int
    sha256: str


class OfficeLog(Value):
    """The log of one office: where it is in the archive, how many entries it has, and the last one."""

    office: str
    member: str
    entries: int
    seq: int
    mark: str


class Contents(Value, kw_only=True):
    """What `backup.json` says. `made_at`: ms; `revision`: of the database; `key`: which installation key fits (see `keyfile`)."""

    format: int
    release: str
    made_at: int
    revision: str
    key: str
    logs: tuple[OfficeLog, ...]
    members: dict[str, Member]

    @property
    def entries(self) -> int:
        return sum(one.entries for one in self.logs)


def measured(file: Path, rest: Callable[[], object] = lambda: None) -> Member:
    """`rest` is called between pieces."""
    digest = hashlib.sha256()
    with file.open("rb") as read:
        while piece := read.read(_PIECE):
            digest.update(piece)
            rest()
    return Member(bytes=file.stat().st_size, sha256=digest.hexdigest())


class _Resting:
    """A file that is read with rests between its pieces."""

    def __init__(self, file: BinaryIO, rest: Callable[[], object]) -> None:
        self._file, self._rest = file, rest

    def read(self, size: int) -> bytes:
        self._rest()
        return self._file.read(size)


def pack(folder: Path, contents: Contents, target: Path, rest: Callable[[], object] = lambda: None) -> None:
    """Writes the archive. `target` appears whole or not at all, readable by its owner only, and durable when this returns.

    `rest` is called between pieces.
    """
    part = target.with_name(target.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with (
                gzip.GzipFile("", "wb", _PACKING, file, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|") as tar,
            ):
                said = msgspec.json.format(msgspec.json.encode(contents))
                tar.addfile(_entry(CONTENTS, len(said)), io.BytesIO(said))
                for name, member in contents.members.items():
                    with (folder / name).open("rb") as read:
                        tar.addfile(_entry(name, member.bytes), cast(BinaryIO, _Resting(read, rest)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path) -> Contents:
    """Unpacks a backup into `folder` and compares every member with what `backup.json` says of it. Raises NoBackup."""
    try:
        with tarfile.open(archive, "r|gz") as tar:
            members = iter(tar)
            contents = _contents(tar, next(members, None))
            for member in members:
                _unpacked(tar, member, contents, folder)
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as fault:
        raise NoBackup(f"it is damaged or was never a backup ({fault})") from fault
    for name, wanted in contents.members.items():
        if not (folder / name).is_file():
            raise NoBackup(f"{name} is missing in it")
        if measured(folder / name) != wanted:
            raise NoBackup(f"{name} in it is not what was backed up: the file has changed")
    return contents


def write_rows(file: Any, rows: list[Row]) -> None:
    for row in rows:
        file.write(msgspec.json.encode((row.seq, row.mark, row.body.decode())) + b"\n")


def rows_of(file: Path) -> Iterator[Row]:
    """The entries of a log, in order. Raises NoBackup for a line that is none, or a gap."""
    before = None
    with file.open("rb") as lines:
        for line in lines:
            try:
                seq, mark, body = msgspec.json.decode(line, type=tuple[int, str, str])
            except msgspec.DecodeError as fault:
                raise NoBackup(f"{file.name} holds a line that is no entry ({fault})") from fault
            if before is not None and seq != before + 1:
                raise NoBackup(f"{file.name}: entry {seq} follows entry {before}")
            before = seq
            yield Row(seq, mark, body.encode())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _contents(tar: tarfile.TarFile, first: tarfile.TarInfo | None) -> Contents:
    read = tar.extractfile(first) if first is not None and first.name == CONTENTS and first.isreg() else None
    if read is None or first is None or first.size > LARGEST_CONTENTS:
        raise NoBackup("it does not begin with backup.json")
    text = read.read()
    try:
        found = msgspec.json.decode(text, type=dict[str, Any]).get("format")
        if isinstance(found, int) and found > FORMAT:
            raise NoBackup("a newer release made it; install that release to restore it")
        contents = msgspec.json.decode(text, type=Contents)
    except msgspec.DecodeError as fault:
        raise NoBackup(f"backup.json in it cannot be read ({fault})") from fault
    if strange := [name for name in contents.members if not _NAME.fullmatch(name)]:
        raise NoBackup(f"it names {strange[0]!r}, which no backup has")
    return contents


def _unpacked(tar: tarfile.TarFile, member: tarfile.TarInfo, contents: Contents, folder: Path) -> None:
    read = tar.extractfile(member) if member.isreg() and member.name in contents.members else None
    if read is None or member.size != contents.members[member.name].bytes:
        raise NoBackup(f"{member.name!r} in it is not what backup.json says")
    target = folder / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(read, file, _PIECE)


def _sync_folder(folder: Path) -> None:
    """Makes a new name in a folder survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
