"""The data folder is private: created so, and corrected if it was open to others."""

import stat
from pathlib import Path

import pytest

from server.data_folder import make_private
from tests.crash.conftest import MakeUp

pytestmark = pytest.mark.calm


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_wider_is_narrowed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "printers").mkdir(parents=True)
    for name in ("aufruf.db", "hall.token", "printer-entrance.jobs", "printers/entrance.token"):
        (folder / name).write_text("secret")
        (folder / name).chmod(0o644)
    folder.chmod(0o755)

    make_private(folder)

    assert mode(folder) == 0o700
    assert not [found for found in folder.rglob("*") if mode(found) & 0o077]


def test_a_place_of_everybody_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    make_private(tmp_path)
    assert mode(tmp_path) == 0o1777


def test_a_folder_is_made_private(tmp_path: Path) -> None:
    make_private(tmp_path / "new" / "data")
    assert mode(tmp_path / "new" / "data") == 0o700


async def test_nothing_that_a_server_writes_is_for_others(make_up: MakeUp) -> None:
    """Whatever the umask of the user who starts it, and also if the folder existed before."""
    up = make_up(before=("sh", "-c", 'umask 022; exec "$@"', "sh"))
    up.data.mkdir(parents=True, exist_ok=True)
    up.data.chmod(0o755)
    await up.start()

    wide = [found for found in (up.data, *up.data.rglob("*")) if found.exists() and mode(found) & 0o077]
    assert [found for found in wide if found.name != "log"] == []
