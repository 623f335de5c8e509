"""A server with its whole data folder on a disk of 224 MB, which is filled to the last byte and freed again.

Run by test_store_in_trouble in a mount namespace of its own. Usage: python -m tests.crash.full_disk_day FOLDER
"""

import asyncio
import contextlib
import functools
import subprocess
import sys
from pathlib import Path

from tests.crash.room import Room, live
from tests.crash.walls import until

DISK = 224 * 1024 * 1024
CHUNK = bytes(1024 * 1024)


async def day(one: Room, disk: Path) -> None:
    for _ in range(10):
        await one.hand.press(type="issue_ticket", services=["ausweis"])
    fill(disk / "ballast")
    presses = [asyncio.create_task(one.hand.press(type="issue_ticket", services=["kfz"])) for _ in range(40)]
    await until(lambda: one.record.again["store_unavailable"] > 0, 60, "a refusal")
    await one.alarm()
    await until(lambda: one.wall.stale_since, 10, "a beat that says the data is old")
    assert one.wall.connected, "the last truth stays up"
    assert one.wall.board is not None

    (disk / "ballast").unlink()
    answers = await asyncio.gather(*presses)
    assert len({answer["result"]["ticket"]["number"] for answer in answers}) == len(answers)
    called = await one.hand.press(type="call_next", counter="1")
    assert called["result"]["ticket"], called
    await until(lambda: one.wall.stale_since is None, 15, "a beat that says all is well")
    await one.agrees()


def fill(ballast: Path) -> None:
    """Uses up every byte that is left."""
    with ballast.open("wb", buffering=0) as file:
        for piece in (CHUNK, CHUNK[:4096], CHUNK[:1]):
            with contextlib.suppress(OSError):
                while file.write(piece):
                    pass


def main() -> None:
    disk = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)], check=True)
    asyncio.run(live(disk / "data", functools.partial(day, disk=disk)))


if __name__ == "__main__":
    main()
