"""The folder of an embedded store: one keeper at a time, nobody else's files, room on its disk."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.log.store_folder import FolderTaken, has_room, make_private, socket_path, write_config
from tests.log.keepers import DEBIAN, MakeStore, numbered, run_keeper, runs


async def test_two_keepers_never_share_a_folder(make_store: MakeStore) -> None:
    first, second = make_store(), make_store(lock_wait_s=0.2)
    await first.start()

    with pytest.raises(FolderTaken) as refused:
        await second.start()

    assert refused.value.pid == os.getpid()
    assert str(first.folder) in str(refused.value)
    await second.stop()
    assert first.state.state == "ready"
    assert await numbered(first) == 1, "the one that was refused took nothing with it"


async def test_the_second_keeper_waits_for_one_that_is_ending(make_store: MakeStore) -> None:
    first, second = make_store(), make_store()
    await first.start()
    waiting = asyncio.create_task(second.start())
    await asyncio.sleep(0)

    await first.stop()
    await waiting

    assert await numbered(second) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
async def test_a_store_that_outlives_its_keeper_still_holds_the_folder(make_store: MakeStore, tmp_path: Path) -> None:
    """It hangs, so the signal cannot end it: with a second store on its folder, two stores would write one file."""
    keeper, orphan = await asyncio.to_thread(run_keeper, tmp_path / "store")
    orphan.suspend()
    keeper.kill()
    keeper.wait()

    with pytest.raises(FolderTaken):
        await make_store(lock_wait_s=0.2).start()
    assert runs(orphan)
    orphan.resume()
    await make_store().start()

    assert not runs(orphan)


def test_somebody_elses_folder_is_not_trusted(tmp_path: Path) -> None:
    """In /tmp anybody may have made it before us: as a link, or as a file."""
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "file").touch()

    with pytest.raises(PermissionError):
        make_private(tmp_path / "link")
    with pytest.raises(FileExistsError):
        make_private(tmp_path / "file")


def test_the_config_is_left_alone_if_it_is_right(tmp_path: Path) -> None:
    """A full disk must not be a reason not to start."""
    path = write_config(tmp_path, socket_path(tmp_path))
    os.utime(path, (1, 1))

    assert write_config(tmp_path, socket_path(tmp_path)) == path
    assert path.stat().st_mtime == 1
    write_config(tmp_path, tmp_path / "elsewhere")
    assert path.stat().st_mtime > 1


def test_room_is_tried_not_believed(tmp_path: Path) -> None:
    assert has_room(tmp_path, 4096)
    assert not has_room(tmp_path, 1 << 60)
    assert list(tmp_path.iterdir()) == []


def may_mount() -> bool:
    probe = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(probe, capture_output=True, timeout=10).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not may_mount(), reason="needs root and unshare: a disk of its own to fill")
@pytest.mark.parametrize("binary", ["", str(DEBIAN)], ids=["valkey", "redis"])
def test_a_full_disk(tmp_path: Path, binary: str) -> None:
    """Refused while it is full; everything acknowledged is there, reading works, writing works again later: see the story."""
    if binary and not Path(binary).exists():
        pytest.skip("redis-server is not installed: make system")
    story = Path(__file__).with_name("full_disk_story.py")

    told = subprocess.run(
        ["unshare", "-m", sys.executable, "-W", "error", str(story), str(tmp_path), binary],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert told.returncode == 0, told.stdout + told.stderr
