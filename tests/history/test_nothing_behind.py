"""A deleted row is in no file of the database: neither in the main file nor in the write-ahead log."""

from pathlib import Path

from server.clock import SystemClock
from server.history.database import close_database, default_url, folded, open_database
from server.notes.notes import Notes

SECRET = "Frau Beispiel, kommt wieder"


async def test_a_deleted_note_is_in_no_file(tmp_path: Path) -> None:
    engine = await open_database(default_url(tmp_path))
    try:
        notes = Notes(engine, SystemClock())
        for ticket in range(20):
            await notes.put("mitte", f"t{ticket}", "2026-11-22", SECRET)
        await folded(engine)
        assert SECRET.encode() in (tmp_path / "aufruf.db").read_bytes()

        await notes.forget_day("mitte", "2026-11-22")
        await folded(engine)

        assert not [file.name for file in tmp_path.iterdir() if SECRET.encode() in file.read_bytes()]
    finally:
        await close_database(engine)
