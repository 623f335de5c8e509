"""A backup leaves most of the time to whoever presses meanwhile."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from server.backup import taking
from server.backup.pace import Pace
from server.history.database import close_database, default_url, open_database
from server.log.memory_log import MemoryLog


def test_it_rests_three_times_as_long_as_it_has_worked() -> None:
    now = 0.0
    steps = Pace(lambda: now)

    assert steps.due() == 0
    now = 0.009
    assert steps.due() == 0
    now = 0.02
    rest = steps.due()
    assert rest == pytest.approx(0.06)
    now += rest
    assert steps.due() == pytest.approx(0), "a rest is no work"
    now += 0.02
    assert steps.due() == pytest.approx(0.06)


async def test_every_part_of_a_backup_asks_for_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    await close_database(await open_database(default_url(tmp_path / "data")))
    source = tmp_path / "data" / "aufruf.db"
    with contextlib.closing(sqlite3.connect(source)) as opened, opened:
        opened.execute("CREATE TABLE many AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) "
                       "SELECT i, hex(randomblob(50)) FROM n")  # fmt: skip
        opened.execute("INSERT INTO installation VALUES ('key', ?)", ("ab" * 32,))
    at, asked = "", []

    class Counted(Pace):
        def due(self) -> float:
            asked.append(at)
            return 0.0

    def noting(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def noted(*given: object) -> object:
            nonlocal at
            at = name
            return real(*given)

        return noted

    monkeypatch.setattr(taking, "Pace", Counted)
    for name in ("copied", "_logs", "_measured", "pack"):
        monkeypatch.setattr(taking, name, noting(name, getattr(taking, name)))
    log = MemoryLog()
    start, _ = await log.tail("mitte")
    await log.append("mitte", start, "m" * 12, [b"{}"])
    await taking.take(source, log, [], tmp_path / "backup.tar.gz", 1)

    assert set(asked) == {"copied", "_logs", "_measured", "pack"}
    assert asked.count("copied") > 5, "SQLite copies in many steps"
