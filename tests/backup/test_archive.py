"""The backup file: what goes in comes out byte for byte, and nothing that was changed, cut or forged is taken for a backup."""

import gzip
import io
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from server.backup.archive import (
    CONTENTS,
    FORMAT,
    Contents,
    NoBackup,
    OfficeLog,
    measured,
    pack,
    rows_of,
    unpack,
    write_rows,
)
from server.log.port import Row

ROWS = [Row(7, "m" * 12, '{"name":"Bürgeramt \u2028 Mitte"}'.encode()), Row(8, "n" * 12, b'{"v":1}')]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a backup is made of: a database and one log."""
    made = tmp_path / "made"
    (made / "logs").mkdir(parents=True)
    (made / "aufruf.db").write_bytes(bytes(range(256)) * 40)
    with (made / "logs" / "1.jsonl").open("wb") as file:
        write_rows(file, ROWS)
    return made


@pytest.fixture
def packed(folder: Path, tmp_path: Path) -> Callable[..., Path]:
    """Packs `folder`: `packed(format=2)` with another table of contents."""

    def pack_it(**changes: object) -> Path:
        members = {name: measured(folder / name) for name in ("aufruf.db", "logs/1.jsonl")}
        log = OfficeLog(office="mitte", member="logs/1.jsonl", entries=2, seq=8, mark="n" * 12)
        said = Contents(
            format=FORMAT, release="0.1.0", made_at=1, revision="0007", key="k", logs=(log,), members=members
        )
        pack(folder, msgspec.structs.replace(said, **changes), tmp_path / "backup.tar.gz")
        return tmp_path / "backup.tar.gz"

    return pack_it


def rewritten(archive: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """The archive with every member changed by `change`; None leaves it out."""
    target = archive.with_name("other.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            read = old.extractfile(member)
            assert read is not None
            kept = change(member.name, read.read())
            if kept is not None:
                entry = tarfile.TarInfo(kept[0])
                entry.size = len(kept[1])
                new.addfile(entry, io.BytesIO(kept[1]))
    return target


def test_what_was_packed_comes_out_byte_for_byte(folder: Path, packed: Callable[..., Path], tmp_path: Path) -> None:
    contents = unpack(packed(), tmp_path / "out")

    assert [one.office for one in contents.logs] == ["mitte"]
    assert (tmp_path / "out" / "aufruf.db").read_bytes() == (folder / "aufruf.db").read_bytes()
    assert list(rows_of(tmp_path / "out" / "logs" / "1.jsonl")) == ROWS


def test_only_its_owner_may_read_it(packed: Callable[..., Path], tmp_path: Path) -> None:
    archive = packed()

    unpack(archive, tmp_path / "out")

    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "out").rglob("*") if file.is_file()} == {0o600}


def test_a_pack_that_fails_leaves_no_file(folder: Path, packed: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        packed(members={"gone": measured(folder / "aufruf.db")})

    assert [file.name for file in tmp_path.iterdir()] == ["made"]


@pytest.mark.parametrize("length", [0, 1, 40, 200])
def test_a_file_that_was_cut_is_no_backup(packed: Callable[..., Path], tmp_path: Path, length: int) -> None:
    archive = packed()
    archive.write_bytes(archive.read_bytes()[:length])

    with pytest.raises(NoBackup, match="damaged or was never a backup"):
        unpack(archive, tmp_path / "out")


def test_a_changed_member_is_found(packed: Callable[..., Path], tmp_path: Path) -> None:
    other = rewritten(
        packed(), lambda name, body: (name, body.replace(b"v", b"w") if name.startswith("logs") else body)
    )

    with pytest.raises(NoBackup, match=r"logs/1\.jsonl in it is not what was backed up"):
        unpack(other, tmp_path / "out")


def test_a_missing_member_is_found(packed: Callable[..., Path], tmp_path: Path) -> None:
    other = rewritten(packed(), lambda name, body: None if name == "aufruf.db" else (name, body))

    with pytest.raises(NoBackup, match=r"aufruf\.db is missing"):
        unpack(other, tmp_path / "out")


def test_nothing_is_written_outside_its_folder(packed: Callable[..., Path], tmp_path: Path) -> None:
    """Neither by a member nor by the table of contents."""
    (tmp_path / "outside.db").write_bytes(b"from another place")
    for archive in (
        rewritten(packed(), lambda name, body: ("../aufruf.db" if name == "aufruf.db" else name, body)),
        packed(members={"../outside.db": measured(tmp_path / "outside.db")}),
    ):
        with pytest.raises(NoBackup, match=r"in it is not what|which no backup has|is missing"):
            unpack(archive, tmp_path / "deep" / "out")

    assert not (tmp_path / "deep" / "aufruf.db").exists()
    assert not (tmp_path / "deep" / "outside.db").exists()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[]", "cannot be read"),
        (b"{", "cannot be read"),
        (b'{"format":1}', "cannot be read"),
        (b'{"format":99,"what":"else"}', "a newer release made it"),
    ],
)
def test_strange_contents_are_named(packed: Callable[..., Path], tmp_path: Path, body: bytes, reason: str) -> None:
    other = rewritten(packed(), lambda name, old: (name, body if name == CONTENTS else old))

    with pytest.raises(NoBackup, match=reason):
        unpack(other, tmp_path / "out")


def test_another_archive_is_no_backup(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "photos.tar.gz", "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("photo.jpg"))
    (tmp_path / "text.gz").write_bytes(gzip.compress(b"no archive" * 100))

    for name, reason in (("photos.tar.gz", "does not begin with backup.json"), ("text.gz", "never a backup")):
        with pytest.raises(NoBackup, match=reason):
            unpack(tmp_path / name, tmp_path / "out")


@pytest.mark.parametrize(
    ("lines", "reason"), [(b'[1,"m","{}"]\n[3,"m","{}"]\n', "entry 3 follows entry 1"), (b"{}\n", "no entry")]
)
def test_a_log_with_a_hole_or_a_strange_line_is_refused(tmp_path: Path, lines: bytes, reason: str) -> None:
    (tmp_path / "1.jsonl").write_bytes(lines)

    with pytest.raises(NoBackup, match=reason):
        list(rows_of(tmp_path / "1.jsonl"))
