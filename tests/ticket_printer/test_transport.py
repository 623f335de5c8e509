"""The same tests for every transport."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from tests.ticket_printer.cable import Cable
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.ipp_queue import IppQueue
from tests.ticket_printer.star_printer import StarPrinter
from ticket_printer.address import printer_at
from ticket_printer.bytes import escpos_bytes
from ticket_printer.picture import picture
from ticket_printer.receipt_printer import Limits
from ticket_printer.ticket import PaperTicket
from ticket_printer.transport import Outcome, PrinterState, Transport

# Long enough for a busy machine if an answer comes, short if none will come.
QUICK = Limits(connect=5, status=0.3, stall=0.5, confirm=0.5, close=0.3)


@pytest.fixture
def paper(a_ticket: Callable[..., PaperTicket]) -> Image.Image:
    return picture(a_ticket())


ENDS: dict[str, tuple[Outcome, PrinterState]] = {
    "escpos": (Outcome("confirmed"), "ok"),
    "file": (Outcome("confirmed"), "ok"),
    "serial": (Outcome("confirmed"), "ok"),
    "usb": (Outcome("confirmed"), "ok"),
    "star": (Outcome("confirmed"), "ok"),
    "ipp": (Outcome("confirmed"), "ok"),
}
"""By kind: how a good print ends, and the state of a printer with paper. One that never answers: `sent` and `no_status`."""


class AnyPrinter(NamedTuple):
    """A transport of one kind; how many papers lie in its tray, how a good print ends there, and the printer's state then."""

    transport: Transport
    papers: Callable[[], int]
    good: Outcome
    state: PrinterState


@pytest.fixture(params=ENDS)
async def any_printer(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyPrinter]:
    kind, ends = request.param, ENDS[request.param]
    if kind == "file":
        folder = tmp_path / "tray"
        yield AnyPrinter(printer_at(folder.as_uri()), lambda: len(list(folder.glob("*.png"))), *ends)
        return
    if kind == "ipp":
        queue = await IppQueue().start()
        yield AnyPrinter(printer_at(queue.address), lambda: len(queue.papers), *ends)
        await queue.stop()
        return
    one = await (StarPrinter() if kind == "star" else FakePrinter()).start()
    cable = await Cable(one).plug_in() if kind in ("serial", "usb") else None
    transport = printer_at(f"{kind}:{cable.device}" if cable else one.address)
    yield AnyPrinter(transport, lambda: one.paper_count, *ends)
    if cable is not None:
        await cable.remove()
    await one.stop()


class TestContract:
    async def test_a_print_is_one_paper_and_ends_well(self, any_printer: AnyPrinter, paper: Image.Image) -> None:
        printer, count, good, _ = any_printer

        assert await printer.print("j1", paper) == good
        assert count() == 1

    async def test_status_is_as_it_is_and_prints_nothing(self, any_printer: AnyPrinter) -> None:
        printer, count, _, state = any_printer

        assert await printer.status() == state
        assert count() == 0

    async def test_calls_that_overlap_wait_for_each_other(self, any_printer: AnyPrinter, paper: Image.Image) -> None:
        printer, count, good, state = any_printer
        jobs = [printer.print(f"j{i}", paper) for i in range(3)]
        *outcomes, found = await asyncio.gather(*jobs, printer.status())

        assert outcomes == [good] * 3
        assert found == state
        assert count() == 3

    async def test_a_picture_higher_than_one_raster_is_still_one_paper(self, any_printer: AnyPrinter) -> None:
        printer, count, good, _ = any_printer

        assert await printer.print("j", Image.new("1", (384, 2500), 1)) == good
        assert count() == 1


async def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path, paper: Image.Image) -> None:
    (tmp_path / "file").write_text("in the way")
    printer = printer_at(f"file://{tmp_path}/file/tray")

    assert await printer.status() == "error"
    assert await printer.print("j", paper) == Outcome("failed", "error")


async def test_a_job_names_a_file_and_never_a_path(tmp_path: Path, paper: Image.Image) -> None:
    await printer_at(tmp_path.as_uri()).print("../../a b", paper)

    assert {file.name for file in tmp_path.iterdir()} == {"______a_b.png", "______a_b.bin"}
    assert (tmp_path / "______a_b.bin").read_bytes() == escpos_bytes(paper)


async def test_a_folder_of_the_office_file_lies_in_the_data_folder(tmp_path: Path, paper: Image.Image) -> None:
    await printer_at("file:tickets", base=tmp_path).print("j", paper)

    assert (tmp_path / "tickets" / "j.png").exists()


@pytest.mark.parametrize(
    "address",
    [
        *("", "http://printer", "tcp://", "tcp:printer", "file://", "printer:9100", "star://", "tcp://x:99999"),
        *("usb:lp0", "usb:/dev/../etc/passwd", "usb:/dev/usb/lp0?baud=9600", "serial:/dev/ttyS0?baud=1"),
        *("serial:/dev/ttyS0?flow=maybe", "serial:/dev/ttyS0?parity=odd", "ipp://", "ipp://user@host/x", "ipp://h:0/"),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_is_needed(address: str) -> None:
    with pytest.raises(ValueError, match="tcp://host:9100"):
        printer_at(address)
