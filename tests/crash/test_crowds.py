"""Behaviours 27, 28, 39: very many useless sockets, a screen that stops reading, a thousand screens back at once."""

import contextlib
import random
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import psutil  # type: ignore[import-untyped]
import pytest

from tests.crash.beside import beside
from tests.crash.callers import Load
from tests.crash.conftest import MakeUp
from tests.crash.figures import Figures
from tests.crash.room import AT_ONCE_S, Room, room
from tests.crash.walls import Wall, until, watching, wrong

KINDS = ("silent", "half-head", "no-hello", "no-reading")
LINES, SOAK_LINES = 2_000, 10_000
SCREENS, SOAK_SCREENS = 300, 1_000
RIGHT_S = 5.0
STUCK = "127.0.1.1"
"""The address of the first thousand useless connections."""


@contextlib.asynccontextmanager
async def crowd(port: int, count: int, kind: str) -> AsyncIterator[Callable[[], Awaitable[tuple[int, int]]]]:
    """`count` sockets from another process. Yields a function that ends it and tells how many were open, how many closed."""
    async with beside("many_sockets", port, count, kind) as program:
        opened = int((await program.hear())[1])

        async def end() -> tuple[int, int]:
            (last,) = await program.end()
            return opened, int(last.split()[1])

        yield end


async def others_are_fine(one: Room) -> float:
    """A press is answered, the wall shows it, a new screen is let in. Returns the longest answer in seconds."""
    slowest = 0.0
    for _ in range(5):
        begun = time.monotonic()
        await one.hand.press(type="issue_ticket", services=["ausweis"])
        slowest = max(slowest, time.monotonic() - begun)
    newcomer = Wall(one.up.live, "display", "upstairs")
    async with watching([newcomer]):
        assert (await wrong([one.wall, one.counter, newcomer], one.up, time.monotonic() + AT_ONCE_S)).walls == []
    assert one.wall.lives == one.counter.lives == 1, "others were cut off"
    return slowest


@pytest.fixture
async def narrow(make_up: MakeUp, rng: random.Random) -> AsyncIterator[Room]:
    """Started as most systems start a program: with 1,024 descriptors, and the right to have more."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    up = make_up(before=("prlimit", f"--nofile=1024:{hard}"))
    await up.start()
    async with room(up, rng) as one:
        yield one


async def test_very_many_sockets_that_lead_nowhere(narrow: Room, soak: bool, figures: Figures) -> None:
    """Four kinds from four processes and many addresses.

    All of them are closed and leave nothing behind, and everybody else is served.
    """
    each = (SOAK_LINES if soak else LINES) // 4
    server = psutil.Process(narrow.up.pid)
    before = server.num_fds()
    async with contextlib.AsyncExitStack() as stack:
        crowds = [await stack.enter_async_context(crowd(narrow.up.port, each, kind)) for kind in KINDS]
        most = server.num_fds() - before
        slowest = await others_are_fine(narrow)
        await until(lambda: server.num_fds() < before + 50, 60, "all of them to be ended")
        ended = [await end() for end in crowds]
    await until(lambda: server.num_fds() <= before + 20, 40, "every descriptor to be given back")

    figures.note(
        "Sockets that lead nowhere",
        sockets={kind: opened for kind, (opened, _) in zip(KINDS, ended, strict=True)},
        descriptors_at_most=most,
        hung_up_on_by_the_server={kind: hung_up for kind, (_, hung_up) in zip(KINDS, ended, strict=True)},
        slowest_press_meanwhile_s=round(slowest, 3),
        memory_afterwards_MB=server.memory_info().rss // 2**20,
    )
    assert sum(opened for opened, _ in ended) >= 4 * each * 0.95
    assert not narrow.record.again, "somebody else's press was held up or refused"
    await narrow.agrees()


async def test_a_display_that_stops_reading(make_up: MakeUp, rng: random.Random, figures: Figures) -> None:
    """Twenty healthy walls stay up to date while it hangs under load, and the stuck one is cut off."""
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    walls = [Wall(up.live, "display", "hall") for _ in range(20)]
    server = psutil.Process(up.pid)
    async with crowd(up.port, 1, "no-reading") as end, watching(walls), Load([up.url], token, 1) as load:
        before = server.memory_info().rss
        load.gate.open()
        begun = time.monotonic()
        await until(lambda: not lines_of(server, STUCK), 90, "the stuck one to be cut")
        cut_s = time.monotonic() - begun
        await load.gate.close()
        late = (await wrong(walls, up, time.monotonic() + RIGHT_S)).walls
        grown = (server.memory_info().rss - before) / 2**20
        await end()

    figures.note(
        "A display that stops reading",
        healthy_walls_late=len(late),
        cut_after_s=round(cut_s, 1),
        acknowledged_meanwhile=len(load.record.acknowledged),
        server_memory_grown_MB=round(grown, 1),
    )
    assert late == []
    assert all(wall.lives == 1 for wall in walls)


def lines_of(server: psutil.Process, address: str) -> int:
    """Connections from this address that the server has open. The server's own limit or the kernel's may end one first."""
    return sum(bool(one.raddr) and one.raddr.ip == address for one in server.net_connections("tcp"))


async def test_a_houseful_of_screens_back_at_once(make_up: MakeUp, soak: bool, figures: Figures) -> None:
    """The server is killed and starts again: within five seconds after it is ready, every screen is right."""
    count = SOAK_SCREENS if soak else SCREENS
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    walls = [Wall(up.live, "display", ("hall", "upstairs")[n % 2]) for n in range(count)]
    async with watching(walls), Load([up.url], token, 1) as load:
        load.gate.open()
        await load.acknowledged(30)
        up.kill()
        begun = time.monotonic()
        up.launch()
        await up.ready()
        ready_s = time.monotonic() - begun
        await load.gate.close()
        found = await wrong(walls, up, time.monotonic() + RIGHT_S)

    figures.note(
        "Screens back at once",
        screens=count,
        ready_after_s=round(ready_s, 2),
        all_right_after_s=round(found.at - begun, 2),
        wrong=len(found.walls),
    )
    assert found.walls == []
