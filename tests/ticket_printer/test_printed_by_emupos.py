"""Our bytes, decoded, answered and drawn by a printer we did not write (emupos, an Epson TM-T20III)."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from ticket_printer.escpos import EscPos, SlimEscPos
from ticket_printer.picture import PaperLanguage, picture
from ticket_printer.receipt_printer import ReceiptPrinter
from ticket_printer.ticket import PaperTicket
from ticket_printer.transport import Outcome, PrinterState
from ticket_printer.wires import TcpPort

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".build" / "emupos"


@pytest.fixture(scope="session")
def emupos() -> Path:
    """The package, downloaded once, its hash checked; it claims to need a newer Python than it really needs."""
    if not (FOLDER / "emupos").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
        how = ["--ignore-requires-python", "--require-hashes", "-r", str(HERE / "emupos.txt")]
        done = subprocess.run(
            [*pip, *how, "--target", str(FOLDER)], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"emupos, the independent printer of this test, cannot be fetched: {done.stderr}"
    return FOLDER


class Emupos:
    """The process: its port, its tray of papers, its faults, and everything it printed."""

    def __init__(self, process: asyncio.subprocess.Process, tray: Path) -> None:
        self._process, self.tray = process, tray
        self.said: list[str] = []
        self.port = 0

    async def until(self, start: str) -> str:
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            while line := (await self._process.stdout.readline()).decode():
                self.said.append(line.strip())
                if line.startswith(start):
                    return line.strip()
        raise AssertionError(f"emupos ended; it said {self.said}")

    async def fault(self, name: str, state: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name} {state}\n".encode())
        await self.until("done")

    async def paper(self, number: int) -> Image.Image:
        await self.until(f"paper {number} cut")
        return Image.open(self.tray / f"{number}.png").convert("L")


@pytest.fixture
async def printer(emupos: Path, tmp_path: Path) -> AsyncIterator[Emupos]:
    command = [sys.executable, str(HERE / "emupos_printer.py"), str(emupos), str(tmp_path)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    one = Emupos(process, tmp_path)
    one.port = int((await one.until("port")).split()[1])
    yield one
    process.terminate()
    await process.wait()


async def test_every_ticket_comes_out_dot_for_dot_cut_once_with_its_code(
    printer: Emupos, a_ticket: Callable[..., PaperTicket], words_of: Callable[[str], PaperLanguage]
) -> None:
    transport = ReceiptPrinter(TcpPort("127.0.0.1", printer.port), EscPos)
    kinds = [(language, width_mm) for language in ("de", "en", "ar", "uk", "tr") for width_mm in (58, 80)]
    for number, (language, width_mm) in enumerate(kinds, start=1):
        ticket = a_ticket(language=language)
        drawn = picture(ticket, width_mm, words_of(language))
        outcome = await transport.print("j", drawn)
        paper = await printer.paper(number)

        assert outcome == Outcome("confirmed")
        assert paper.width == 576
        whole = Image.new("L", paper.size, 255)
        whole.paste(drawn.convert("L"))
        assert ImageChops.difference(whole, paper).getbbox() is None, (language, width_mm)
        assert [code.text for code in zxingcpp.read_barcodes(paper)] == [ticket.url]
    assert not [line for line in printer.said if line.startswith("event")]
    assert len(list(printer.tray.glob("*.png"))) == len(kinds)


async def test_a_ticket_longer_than_one_raster_is_one_paper(
    printer: Emupos, a_ticket: Callable[..., PaperTicket]
) -> None:
    drawn = picture(a_ticket(text="Bitte warten Sie im zweiten Stock. " * 40))

    assert drawn.height > 960
    assert await ReceiptPrinter(TcpPort("127.0.0.1", printer.port), EscPos).print("j", drawn) == Outcome("confirmed")
    paper = await printer.paper(1)
    assert ImageChops.difference(paper.crop((0, 0, *drawn.size)), drawn.convert("L")).getbbox() is None


@pytest.mark.parametrize(
    ("fault", "state"), [("paper-out", "paper_out"), ("cover-open", "cover_open"), ("offline", "offline")]
)
async def test_its_faults_are_understood_and_print_nothing(
    printer: Emupos, a_ticket: Callable[..., PaperTicket], fault: str, state: PrinterState
) -> None:
    transport = ReceiptPrinter(TcpPort("127.0.0.1", printer.port), EscPos)
    await printer.fault(fault, "on")

    assert await transport.status() == state
    assert await transport.print("j", picture(a_ticket())) == Outcome("failed", state)  # type: ignore[arg-type]
    await printer.fault(fault, "off")
    assert await transport.print("j", picture(a_ticket())) == Outcome("confirmed")
    await printer.paper(1)
    assert len(list(printer.tray.glob("*.png"))) == 1


async def test_low_paper_is_a_warning(printer: Emupos, a_ticket: Callable[..., PaperTicket]) -> None:
    transport = ReceiptPrinter(TcpPort("127.0.0.1", printer.port), EscPos)
    await printer.fault("paper-near-end", "on")

    assert await transport.status() == "paper_low"
    assert await transport.print("j", picture(a_ticket())) == Outcome("confirmed", paper_low=True)


async def test_the_short_bytes_of_a_serial_line_are_the_same_paper(
    printer: Emupos, a_ticket: Callable[..., PaperTicket]
) -> None:
    drawn = picture(a_ticket())
    transport = ReceiptPrinter(TcpPort("127.0.0.1", printer.port), SlimEscPos)

    assert await transport.print("j", drawn) == Outcome("confirmed")
    paper = await printer.paper(1)
    whole = Image.new("L", paper.size, 255)
    whole.paste(drawn.convert("L"))
    assert ImageChops.difference(whole, paper).getbbox() is None
