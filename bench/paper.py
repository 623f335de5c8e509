"""A ticket on paper: how long its picture takes, how soon the printer has its last byte, and two hundred kiosks at once."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from bench.measuring import quantile, rss_kib
from bench.result import Claim, Result, spread
from bench.running import OFFICE, Presser, Server, running
from bench.stand import desk_on, pressed, sample, store
from config.office_files import find
from server.log.redis_log import RedisLog
from server.messages.actor import Actor
from server.messages.commands import IssueTicket
from server.messages.office import Office
from ticket_printer.picture import picture
from ticket_printer.preview import sample_ticket

HOW = """The picture: the sample office's ticket with everything on it, 80 mm, in each of its languages in turn, each with a
number and a link of its own; in the first round fonts are read, and lines drawn that later tickets have too. From the touch to
the last byte: `aufruf up` and `aufruf printer` each in a process of its own, a printer on loopback that answers at once; from the
moment at which a kiosk's command is sent over HTTP until the printer has read the question behind the ticket. Two hundred kiosks
press at the same moment at one desk on an embedded store."""

WELL, DONE = b"\x12", b"\x00"
KIOSKS = 200
TOUCHES = 55
"""A kiosk may press sixty times at once."""
LATE_S = 30.0


async def measure(*, quick: bool) -> Result:
    drawn = await _pictures(2 if quick else 40)
    printed, memory = await _touches(3 if quick else TOUCHES)
    waits, numbers = await _kiosks(20 if quick else KIOSKS)
    assert len(set(numbers)) == len(numbers), "a number was given twice"
    crowd = f"{len(numbers)} kiosks at once, different numbers, p95"
    return Result(
        name="paper",
        title="A ticket on paper",
        how=HOW,
        claims=(
            Claim(what="the picture, p95", value=quantile(drawn, 0.95), unit="ms", limit=25),
            Claim(what="from the touch to the last byte, p95", value=quantile(printed, 0.95), unit="ms", limit=150),
            Claim(what=crowd, value=quantile(waits, 0.95), unit="ms", limit=500),
            Claim(what="memory of the printer's agent", value=memory, unit="MiB", limit=120),
        ),
        tables=(
            spread(
                "Milliseconds",
                ("", "p50", "p95"),
                {"picture": drawn, "touch to last byte": printed, "issued": waits},
            ),
        ),
    )  # fmt: skip


async def _pictures(rounds: int) -> list[float]:
    office, at = sample(), datetime.now(UTC)
    drawn: list[float] = []
    for turn in range(rounds + 1):
        for language in office.languages:
            ticket = replace(sample_ticket(office, language, at), **_own(office, len(drawn)))
            begin = time.perf_counter()
            picture(ticket)
            if turn:  # in the first round fonts are read
                drawn.append((time.perf_counter() - begin) * 1000)
    return drawn


def _own(office: Office, at: int) -> dict[str, str]:
    """Number and link of the ticket `at`, as long as real ones."""
    return {"number": f"A{at % 900 + 100}", "url": f"https://warten.example/t/{office.id}.t-{at:08}.{at:016x}"}


class _Printer:
    """One that is well: it answers each status question, and the question behind the data once it has read all of it."""

    def __init__(self) -> None:
        self.done: asyncio.Queue[float] = asyncio.Queue()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                if data.startswith(b"\x10\x04"):
                    writer.write(WELL * data.count(b"\x10\x04"))
                elif data.endswith(b"\x1dr\x01"):
                    self.done.put_nowait(time.perf_counter())
                    writer.write(DONE)
                await writer.drain()
        writer.close()


async def _touches(many: int) -> tuple[list[float], float]:
    """Milliseconds, and the MiB of the agent behind them."""
    printer, waits = _Printer(), []
    listening = await asyncio.start_server(printer.talk, "127.0.0.1", 0)
    address = f"tcp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        office = Path(folder) / "mitte.toml"
        text = find(OFFICE).read_text(encoding="utf-8")
        office.write_text(text.replace('kind = "file" ', 'kind = "escpos" ').replace("file:tickets", address))
        async with listening, running(None, str(office)) as server, _agent(server) as agent:
            presser = Presser(server, await server.token("kiosk", "entrance"))
            for turn in range(many + 2):
                begin = time.perf_counter()
                touch = IssueTicket(services=("ausweis",), kiosk="entrance")
                await asyncio.to_thread(presser.press, touch)
                async with asyncio.timeout(LATE_S):
                    end = await printer.done.get()
                if turn > 1:  # fonts are read, and the lines stand
                    waits.append((end - begin) * 1000)
            presser.close()
            return waits, rss_kib(agent.pid) / 1024


@asynccontextmanager
async def _agent(server: Server) -> AsyncIterator["subprocess.Popen[bytes]"]:
    token = server.data / "printer.token"
    token.write_text(await server.token("printer", "entrance"))
    verb = [sys.executable, "-m", "server.command_line", "printer", "--server", f"http://127.0.0.1:{server.port}"]
    who = ["--printer", "entrance", "--token-file", str(token), "--data", str(server.data / "box")]
    with (server.data / "agent.log").open("wb") as log:
        process = subprocess.Popen([*verb, *who], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 15)


async def _kiosks(many: int) -> tuple[list[float], list[str]]:
    waits: list[float] = []
    async with store() as url:
        log = RedisLog(url)
        async with desk_on(log) as desk:
            services = [plan.id for plan in desk.state.office.services if not plan.back_office]

            async def press(kiosk: int) -> str:
                actor = Actor(role="kiosk", principal=f"kiosk:{kiosk}", device="entrance")
                begin = time.perf_counter()
                done = await pressed(desk, IssueTicket(services=(services[kiosk % len(services)],)), actor)
                waits.append((time.perf_counter() - begin) * 1000)
                return str(done.result["ticket"]["number"])

            numbers = list(await asyncio.gather(*(press(kiosk) for kiosk in range(many))))
        await log.close()
    return waits, numbers
