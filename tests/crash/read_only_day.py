"""A server with its whole data folder on a disk that becomes read-only from one write to the next.

An ext4 of its own, aborted as the kernel does it after an error of the disk. Then what an operator does: stop, check the
disk, mount it, start. Run by test_store_in_trouble in a mount namespace. Usage: python -m tests.crash.read_only_day FOLDER
"""

import asyncio
import functools
import subprocess
import sys
from pathlib import Path

from tests.crash.room import Room, live
from tests.crash.walls import Wall, until

DISK = 256 * 1024 * 1024
REFUSED = {"store_unavailable", "starting", "stopping", "ConnectError", "ReadError", "RemoteProtocolError"}
"""Refused with a reason, or nobody answers."""


class Disk:
    """A file system in a file."""

    def __init__(self, folder: Path) -> None:
        self.image, self.place = folder / "disk.img", folder / "data"
        self.place.mkdir()
        with self.image.open("wb") as file:
            file.truncate(DISK)
        run("mkfs.ext4", "-q", "-F", str(self.image))

    def mount(self) -> None:
        run("mount", "-o", "loop", str(self.image), str(self.place))

    def fail(self) -> None:
        """From now on every write is refused ("read-only file system"), whatever is open."""
        run("mount", "-o", "remount,abort", str(self.place))

    def mend(self) -> None:
        run("umount", str(self.place))
        run("e2fsck", "-f", "-p", str(self.image), good=(0, 1))
        self.mount()


def run(*command: str, good: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode in good, f"{command}: {done.stdout}{done.stderr}"


async def day(one: Room, disk: Disk) -> None:
    for _ in range(10):
        await one.hand.press(type="issue_ticket", services=["ausweis"])
    disk.fail()
    presses = [asyncio.create_task(one.hand.press(type="issue_ticket", services=["kfz"])) for _ in range(40)]
    await until(lambda: sum(one.record.again.values()) >= len(presses), 20, "refusals")
    await one.alarm()
    await until(lambda: one.wall.stale_since, 10, "a beat that says the data is old")
    assert one.wall.connected, "the last truth stays up"
    assert one.wall.board is not None

    assert await one.up.terminate() == 0, "it goes down in order, disk or no disk"
    disk.mend()
    await one.up.start()
    answers = await asyncio.gather(*presses)
    assert len({answer["result"]["ticket"]["number"] for answer in answers}) == len(answers)
    called = await one.hand.press(type="call_next", counter="1")
    assert called["result"]["ticket"], called
    await until(lambda: well(one.wall), 15, "a beat that says all is well")
    await one.agrees()
    assert set(one.record.again) <= REFUSED, "each with a reason, or nobody there"


def well(wall: Wall) -> bool:
    return wall.connected and wall.stale_since is None


def main() -> None:
    disk = Disk(Path(sys.argv[1]))
    disk.mount()
    asyncio.run(live(disk.place, functools.partial(day, disk=disk)))


if __name__ == "__main__":
    main()
