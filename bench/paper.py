"""A ticket on paper: how long its picture takes, how soon the printer has its last byte, and two hundred kiosks at once."""

import asyncio
import os
import time
from contextlib import suppress
from datetime import UTC, datetime

from bench.measuring import quantile, rss_kib
from bench.result import Claim, Result, spread
from bench.stand import desk_on, pressed, sample, store
from server.log.redis_log import RedisLog
from server.messages.actor import Actor
from server.messages.commands import IssueTicket
from ticket_printer.escpos import EscPos
from ticket_printer.picture import picture
from ticket_printer.preview import sample_ticket
from ticket_printer.receipt_printer import ReceiptPrinter
from ticket_printer.wires import TcpPort

HOW = """The sample office's ticket with everything on it, 80 mm, in each of its languages in turn. To the last byte: picture,
status questions, stream and confirmation at a printer on loopback that answers at once; the way from the kiosk to the
printer's agent is measured with presses and displays. Two hundred kiosks press at the same moment at one desk on an
embedded store."""

WELL, DONE = b"\x12", b"\x00"
KIOSKS = 200


async def measure(*, quick: bool) -> Result:
    rounds = 2 if quick else 40
    drawn, printed = await _papers(rounds)
    memory = rss_kib(os.getpid()) / 1024
    waits, numbers = await _kiosks(20 if quick else KIOSKS)
    assert len(set(numbers)) == len(numbers), "a number was given twice"
    crowd = f"{len(numbers)} kiosks at once, different numbers, p95"
    return Result(
        name="paper",
        title="A ticket on paper",
        how=HOW,
        claims=(
            Claim(what="the picture, p95", value=quantile(drawn, 0.95), unit="ms", limit=25),
            Claim(what="picture and print to the confirmation, p95", value=quantile(printed, 0.95), unit="ms", limit=150),
            Claim(what=crowd, value=quantile(waits, 0.95), unit="ms", limit=500),
            Claim(what="memory of a process that prints", value=memory, unit="MiB", limit=120),
        ),
        tables=(
            spread(
                "Milliseconds",
                ("", "p50", "p95"),
                {"picture": drawn, "printed and confirmed": printed, "issued": waits},
            ),
        ),
    )  # fmt: skip


async def _papers(rounds: int) -> tuple[list[float], list[float]]:
    office, at = sample(), datetime.now(UTC)
    drawn: list[float] = []
    printed: list[float] = []
    server = await asyncio.start_server(_answering, "127.0.0.1", 0)
    printer = ReceiptPrinter(TcpPort("127.0.0.1", int(server.sockets[0].getsockname()[1])), EscPos)
    async with server:
        for turn in range(rounds + 1):
            for language in office.languages:
                begin = time.perf_counter()
                image = await asyncio.to_thread(picture, sample_ticket(office, language, at))
                between = time.perf_counter()
                outcome = await printer.print("job", image)
                end = time.perf_counter()
                assert outcome.state == "confirmed", outcome
                if turn:  # in the first round fonts are read
                    drawn.append((between - begin) * 1000)
                    printed.append((end - begin) * 1000)
    return drawn, printed


async def _answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A printer that is well: answers each status question, and the question behind the data once it has read all of it."""
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            if data.startswith(b"\x10\x04"):
                writer.write(WELL * data.count(b"\x10\x04"))
            elif data.endswith(b"\x1dr\x01"):
                writer.write(DONE)
            await writer.drain()
    writer.close()


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
