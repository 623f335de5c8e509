"""The agent as a separate process: asked to stop, killed, refused."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.messages.instants import millis, rfc3339
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.fake_server import TOKEN, FakeServer
from ticket_printer.ticket import PaperTicket

SCRIPT = """
import sys
from pathlib import Path
from ticket_printer.running import serve
server, token, data = sys.argv[1:]
sys.exit(serve(server, token, "entrance", Path(data)))
"""


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    one = await FakeServer(lambda: time.time_ns() // 1_000_000).start()
    yield one
    await one.stop()


Start = Callable[[str], Any]


@pytest.fixture
async def start(server: FakeServer, tmp_path: Path) -> AsyncIterator[Start]:
    begun: list[asyncio.subprocess.Process] = []

    async def begin(token: str) -> asyncio.subprocess.Process:
        arguments = [server.url, token, str(tmp_path / "data")]
        root = str(Path(__file__).parents[2])
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SCRIPT, *arguments, cwd=root, stderr=asyncio.subprocess.PIPE
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def exit_of(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    async with asyncio.timeout(15):
        _, said = await process.communicate()
    return process.returncode, said.decode()


def a_job(server: FakeServer, ticket: PaperTicket) -> None:
    wire = msgspec.to_builtins(ticket) | {"issued_at": rfc3339(millis(ticket.issued_at))}
    server.job("j1", wire)


async def test_asked_to_stop_it_ends_well(
    server: FakeServer, fake: FakePrinter, start: Start, a_ticket: Callable[..., PaperTicket]
) -> None:
    a_job(server, a_ticket())
    process = await start(TOKEN)
    await server.until(lambda: bool(server.reports))
    process.send_signal(signal.SIGTERM)

    assert (await exit_of(process))[0] == 0
    assert fake.paper_count == 1


async def test_killed_between_paper_and_report_its_next_life_says_unknown_and_prints_nothing(
    server: FakeServer, fake: FakePrinter, start: Start, a_ticket: Callable[..., PaperTicket]
) -> None:
    fake.no_confirmation = True
    a_job(server, a_ticket())
    process = await start(TOKEN)
    async with asyncio.timeout(15):
        await fake.cut.wait()
    os.kill(process.pid, signal.SIGKILL)
    await exit_of(process)
    fake.no_confirmation = False
    await start(TOKEN)
    await server.until(lambda: bool(server.reports))

    (report,) = server.reports
    assert (report["state"], report["reason"]) == ("unknown", "interrupted")
    assert fake.paper_count == 1


async def test_a_wrong_token_ends_it_with_a_line_that_says_why(server: FakeServer, start: Start) -> None:
    code, said = await exit_of(await start("wrong"))

    assert code == 1
    assert "does not know this token" in said
    assert "wrong" not in said
    assert "Traceback" not in said
