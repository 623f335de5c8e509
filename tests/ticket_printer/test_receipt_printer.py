"""Every way in which a receipt printer can fail, on every wire and in both languages: 0 or 1 paper, never 2."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image, ImageChops

from tests.ticket_printer.cable import Cable
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.star_printer import StarPrinter
from ticket_printer.address import printer_at
from ticket_printer.bytes import escpos_bytes, slim_bytes
from ticket_printer.escpos import EscPos, SlimEscPos
from ticket_printer.picture import picture
from ticket_printer.receipt_printer import Limits, ReceiptPrinter
from ticket_printer.star_line import StarLine
from ticket_printer.ticket import PaperTicket
from ticket_printer.transport import Outcome, PrinterState
from ticket_printer.wires import Device, TcpPort

# Long enough for a busy machine if an answer comes, short if none will come.
QUICK = Limits(connect=5, status=0.8, stall=0.5, confirm=0.5, close=0.3)


Way = Literal["escpos", "star", "serial", "usb"]
WAYS: tuple[Way, ...] = ("escpos", "star", "serial", "usb")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """How the printer is reached: every fault is tried on each."""
    found: Way = request.param
    return found


@pytest.fixture
async def fake(way: Way) -> AsyncIterator[FakePrinter]:
    printer = await (StarPrinter() if way == "star" else FakePrinter()).start()
    yield printer
    await printer.stop()


@pytest.fixture
async def receipt() -> AsyncIterator[FakePrinter]:
    """A printer on the network that speaks ESC/POS."""
    printer = await FakePrinter().start()
    yield printer
    await printer.stop()


@pytest.fixture
def paper(a_ticket: Callable[..., PaperTicket]) -> Image.Image:
    return picture(a_ticket())


Reach = Callable[..., "Reached"]


class Reached:
    """A `ReceiptPrinter` whose cable is plugged in at its first use: a printer may be made faulty before."""

    def __init__(self, way: Way, fake: FakePrinter, one_way: bool) -> None:
        self._way, self._fake, self._one_way = way, fake, one_way
        self.cable: Cable | None = None
        self._printer: ReceiptPrinter | None = None

    async def _ready(self) -> ReceiptPrinter:
        if self._printer is None:
            self._printer = await self._made()
        return self._printer

    async def _made(self) -> ReceiptPrinter:
        more = {"one_way": self._one_way, "limits": QUICK}
        if self._way in ("escpos", "star"):
            language = StarLine if self._way == "star" else EscPos
            return ReceiptPrinter(TcpPort("127.0.0.1", self._fake.port), language, **more)  # type: ignore[arg-type]
        self.cable = await Cable(self._fake).plug_in()
        slow = self._way == "serial"
        device = Device(self.cable.path, 19200 if slow else None, "xon")
        return ReceiptPrinter(device, SlimEscPos if slow else EscPos, **more)  # type: ignore[arg-type]

    async def status(self) -> PrinterState:
        return await (await self._ready()).status()

    async def print(self, job: str, image: Image.Image) -> Outcome:
        return await (await self._ready()).print(job, image)


@pytest.fixture
async def reach(way: Way, fake: FakePrinter) -> AsyncIterator[Reach]:
    made: list[Reached] = []

    def make(*, one_way: bool = False) -> Reached:
        made.append(Reached(way, fake, one_way))
        return made[-1]

    yield make
    for one in made:
        if one.cable is not None:
            await one.cable.remove()


async def test_the_paper_is_the_picture_and_cut_once(fake: FakePrinter, reach: Reach, paper: Image.Image) -> None:
    await reach().print("j", paper)

    (printed,) = fake.papers
    assert ImageChops.difference(_whole(printed), _whole(paper)).getbbox() is None
    assert fake.most_at_once == 1
    assert fake.faults == []


def _whole(paper: Image.Image) -> Image.Image:
    """As wide as the roll: what is white at the edge may not have been sent."""
    roll = Image.new("L", (576, paper.height), 255)
    roll.paste(paper.convert("L"))
    return roll


@pytest.mark.parametrize("state", ["paper_out", "cover_open", "cutter", "error", "offline"])
async def test_a_printer_that_says_it_cannot_gets_nothing(
    fake: FakePrinter, reach: Reach, paper: Image.Image, state: PrinterState
) -> None:
    fake.state = state

    printer = reach()

    assert await printer.status() == state
    assert await printer.print("j", paper) == Outcome("failed", state)  # type: ignore[arg-type]
    assert (fake.paper_count, fake.jobs_begun) == (0, 0)


async def test_low_paper_prints_and_warns(fake: FakePrinter, reach: Reach, paper: Image.Image) -> None:
    fake.state = "paper_low"

    printer = reach()

    assert await printer.print("j", paper) == Outcome("confirmed", paper_low=True)
    assert await printer.status() == "paper_low"


async def test_a_printer_that_talks_unasked_is_understood(fake: FakePrinter, reach: Reach, paper: Image.Image) -> None:
    fake.talks_unasked = True

    assert await reach().print("j", paper) == Outcome("confirmed")


async def test_nobody_there_is_refused(receipt: FakePrinter, paper: Image.Image) -> None:
    await receipt.stop()
    printer = ReceiptPrinter(TcpPort("127.0.0.1", receipt.port), EscPos, limits=QUICK)

    assert await printer.status() == "refused"
    assert await printer.print("j", paper) == Outcome("failed", "refused")


async def test_a_device_that_is_not_plugged_in_is_offline(paper: Image.Image) -> None:
    printer = printer_at("usb:/dev/usb/lp-none")

    assert await printer.status() == "offline"
    assert await printer.print("j", paper) == Outcome("failed", "offline")


@pytest.mark.parametrize("baud", [None, 19200])
async def test_a_file_on_a_disk_is_no_printer(tmp_path: Path, paper: Image.Image, baud: int | None) -> None:
    (tmp_path / "lp0").touch()
    printer = ReceiptPrinter(Device(str(tmp_path / "lp0"), baud), EscPos, limits=QUICK)

    assert await printer.status() in ("offline", "no_answer")
    assert (await printer.print("j", paper)).state == "failed"


async def test_a_device_that_another_program_uses_gets_no_byte(receipt: FakePrinter, paper: Image.Image) -> None:
    """Two agents that both think the printer is theirs: their tickets are never mixed."""
    cable = await Cable(receipt).plug_in()
    held = await Device(cable.path).open()
    printer = ReceiptPrinter(Device(cable.path), EscPos, limits=QUICK)

    assert await printer.print("j", paper) == Outcome("failed", "refused")
    assert receipt.jobs_begun == 0
    await held.close(1)
    assert await printer.print("j", paper) == Outcome("confirmed")
    assert receipt.paper_count == 1
    await cable.remove()


def test_a_serial_line_gets_far_fewer_bytes(paper: Image.Image) -> None:
    """A slow line carries 1,920 bytes a second: what is white is not sent."""
    assert len(slim_bytes(paper)) < 0.65 * len(escpos_bytes(paper))


async def test_a_host_that_takes_no_connection_is_offline(paper: Image.Image) -> None:
    """A listener whose backlog is full: the connection is neither accepted nor refused."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        place = TcpPort("127.0.0.1", listener.getsockname()[1])
        printer = ReceiptPrinter(place, EscPos, limits=Limits(connect=0.2))

        assert await printer.print("j", paper) == Outcome("failed", "offline")


def never_reads(fake: FakePrinter) -> None:
    fake.never_reads = True


def closes_at_once(fake: FakePrinter) -> None:
    fake.closes_at_once = True


def talks_another_language(fake: FakePrinter) -> None:
    fake.garbage = b"HTTP/1.1 400 Bad Request\r\nServer: print\r\n"


def answers_late(fake: FakePrinter) -> None:
    fake.may_answer.clear()


def never_answers(fake: FakePrinter) -> None:
    fake.one_way = True


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (never_reads, "no_answer"),
        (closes_at_once, "died"),
        (talks_another_language, "no_answer"),
        (answers_late, "no_answer"),
        (never_answers, "no_answer"),
    ],
)
async def test_a_printer_that_does_not_answer_before_gets_no_byte_of_the_ticket(
    way: Way,
    fake: FakePrinter,
    reach: Reach,
    paper: Image.Image,
    fault: Callable[[FakePrinter], None],
    reason: PrinterState,
) -> None:
    fault(fake)
    if way == "serial" and fault is talks_another_language:
        return  # what came before the line was opened is thrown away: see the next test
    outcome = await reach().print("j", paper)

    assert outcome.state == "failed"
    assert outcome.reason in (reason, "offline")  # a cable whose printer is dead is not there any more
    assert (fake.paper_count, fake.jobs_begun) == (0, 0)


async def test_what_a_serial_line_held_before_it_was_opened_is_thrown_away(
    receipt: FakePrinter, paper: Image.Image
) -> None:
    receipt.garbage = b"HTTP/1.1 400 Bad Request\r\n"
    cable = await Cable(receipt).plug_in()
    async with asyncio.timeout(5):
        await cable.carried.wait()
    printer = ReceiptPrinter(Device(cable.path, 19200, "xon"), EscPos, limits=QUICK)

    assert await printer.print("j", paper) == Outcome("confirmed")
    assert receipt.paper_count == 1
    await cable.remove()


@pytest.mark.parametrize("after", [1, 3000, 10_000])
async def test_a_printer_that_dies_in_the_middle_leaves_it_unknown(
    fake: FakePrinter, reach: Reach, paper: Image.Image, after: int
) -> None:
    fake.dies_after = after

    assert await reach().print("j", paper) == Outcome("unknown", "died")
    assert fake.papers == []  # at most a piece of paper that hangs out, without a cut
    assert fake.paper_count <= 1
    assert fake.connections == 1


async def test_dead_behind_the_last_byte_is_unknown_with_one_paper(
    fake: FakePrinter, reach: Reach, paper: Image.Image
) -> None:
    fake.dies_before_confirmation = True

    assert await reach().print("j", paper) == Outcome("unknown", "died")
    assert fake.paper_count == 1


async def test_no_confirmation_is_unknown_with_one_paper(fake: FakePrinter, reach: Reach, paper: Image.Image) -> None:
    fake.no_confirmation = True

    assert await reach().print("j", paper) == Outcome("unknown", "no_answer")
    assert fake.paper_count == 1


async def test_paper_that_runs_out_in_the_middle_is_unknown_and_says_why(
    fake: FakePrinter, reach: Reach, paper: Image.Image
) -> None:
    fake.stops_after = 10_000

    assert await reach().print("j", paper) == Outcome("unknown", "paper_out")
    assert fake.papers == []


async def test_a_one_way_print_server_is_sent_to_and_never_confirmed(
    fake: FakePrinter, reach: Reach, paper: Image.Image
) -> None:
    fake.one_way = True
    printer = reach(one_way=True)

    assert await printer.status() == "no_status"
    assert await printer.print("j", paper) == Outcome("sent")
    async with asyncio.timeout(5):
        await fake.cut.wait()
    assert fake.paper_count == 1


async def test_a_one_way_print_server_that_dies_is_unknown(fake: FakePrinter, reach: Reach, paper: Image.Image) -> None:
    fake.one_way, fake.dies_after = True, 100

    assert await reach(one_way=True).print("j", paper) == Outcome("unknown", "died")
    assert fake.papers == []


async def test_a_one_way_print_server_that_stops_reading_is_unknown(receipt: FakePrinter, paper: Image.Image) -> None:
    """Bytes that are still in our own kernel were not delivered."""
    receipt.never_reads = True
    printer = ReceiptPrinter(TcpPort("127.0.0.1", receipt.port), EscPos, one_way=True, limits=QUICK)

    assert await printer.print("j", paper) == Outcome("unknown", "no_answer")
    assert receipt.paper_count == 0


async def test_a_picture_wider_than_the_paper_is_not_sent(receipt: FakePrinter) -> None:
    printer = ReceiptPrinter(TcpPort("127.0.0.1", receipt.port), EscPos, limits=QUICK)

    assert await printer.print("j", Image.new("1", (1240, 100), 1)) == Outcome("failed", "undrawable")
    assert receipt.connections == 0


@pytest.mark.parametrize("interface", ["short blocks", "an old count"])
async def test_a_star_printer_is_confirmed_only_by_its_own_new_count(paper: Image.Image, interface: str) -> None:
    printer = StarPrinter()
    printer.short_blocks, printer.slow_zero = interface == "short blocks", 2
    await printer.start()

    assert await printer_at(printer.address).print("j", paper) == Outcome("confirmed")
    assert (printer.paper_count, printer.faults) == (1, [])
    await printer.stop()
