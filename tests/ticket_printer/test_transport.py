"""The same tests for every transport, and every way in which a network printer can fail: 0 or 1 paper, never 2."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageChops

from server.messages.instants import MINUTE
from tests.ticket_printer.fake_printer import FakePrinter
from ticket_printer.address import printer_at
from ticket_printer.bytes import escpos_bytes
from ticket_printer.network_printer import Limits, NetworkPrinter
from ticket_printer.picture import picture
from ticket_printer.ticket import PaperTicket
from ticket_printer.transport import Outcome, PrinterState, Transport

# Long enough for a busy machine if an answer comes, short if none will come.
QUICK = Limits(connect=5, status=0.3, stall=0.5, confirm=0.5, close=0.3)


@pytest.fixture
async def fake() -> AsyncIterator[FakePrinter]:
    printer = await FakePrinter().start()
    yield printer
    await printer.stop()


@pytest.fixture
def paper(a_ticket: Callable[..., PaperTicket]) -> Image.Image:
    return picture(a_ticket())


def network(fake: FakePrinter, *, one_way: bool = False) -> NetworkPrinter:
    return NetworkPrinter("127.0.0.1", fake.port, one_way=one_way, limits=QUICK)


ENDS: dict[str, tuple[Outcome, PrinterState]] = {
    "escpos": (Outcome("confirmed"), "ok"),
    "file": (Outcome("confirmed"), "ok"),
}
"""By kind: how a good print ends, and the state of a printer with paper. One that never answers: `sent` and `no_status`."""


class AnyPrinter(NamedTuple):
    """A transport of one kind; how many papers lie in its tray, how a good print ends there, and the printer's state then."""

    transport: Transport
    papers: Callable[[], int]
    good: Outcome
    state: PrinterState


@pytest.fixture(params=ENDS)
def any_printer(request: pytest.FixtureRequest, fake: FakePrinter, tmp_path: Path) -> AnyPrinter:
    if request.param == "escpos":
        return AnyPrinter(printer_at(fake.address), lambda: fake.paper_count, *ENDS["escpos"])
    folder = tmp_path / "tray"
    return AnyPrinter(printer_at(folder.as_uri()), lambda: len(list(folder.glob("*.png"))), *ENDS["file"])


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


async def test_the_paper_is_the_picture_and_cut_once(fake: FakePrinter, paper: Image.Image) -> None:
    await network(fake).print("j", paper)

    (printed,) = fake.papers
    assert printed.size == paper.size
    assert ImageChops.difference(printed.convert("L"), paper.convert("L")).getbbox() is None
    assert fake.most_at_once == 1
    assert fake.faults == []


@pytest.mark.parametrize("state", ["paper_out", "cover_open", "cutter", "error", "offline"])
async def test_a_printer_that_says_it_cannot_gets_nothing(
    fake: FakePrinter, paper: Image.Image, state: PrinterState
) -> None:
    fake.state = state

    assert await network(fake).status() == state
    assert (await network(fake).print("j", paper)).state == "failed"
    assert (await network(fake).print("j", paper)).reason == state
    assert (fake.paper_count, fake.jobs_begun) == (0, 0)


async def test_low_paper_prints_and_warns(fake: FakePrinter, paper: Image.Image) -> None:
    fake.state = "paper_low"

    assert await network(fake).print("j", paper) == Outcome("confirmed", paper_low=True)
    assert await network(fake).status() == "paper_low"


async def test_a_printer_that_talks_unasked_is_understood(fake: FakePrinter, paper: Image.Image) -> None:
    fake.talks_unasked = True

    assert await network(fake).print("j", paper) == Outcome("confirmed")


async def test_nobody_there_is_refused(fake: FakePrinter, paper: Image.Image) -> None:
    await fake.stop()

    assert await network(fake).status() == "refused"
    assert await network(fake).print("j", paper) == Outcome("failed", "refused")


async def test_a_host_that_takes_no_connection_is_offline(paper: Image.Image) -> None:
    """A listener whose backlog is full: the connection is neither accepted nor refused."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        printer = NetworkPrinter("127.0.0.1", listener.getsockname()[1], limits=Limits(connect=0.2))

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
    fake: FakePrinter, paper: Image.Image, fault: Callable[[FakePrinter], None], reason: PrinterState
) -> None:
    fault(fake)

    assert await network(fake).print("j", paper) == Outcome("failed", reason)  # type: ignore[arg-type]
    assert (fake.paper_count, fake.jobs_begun) == (0, 0)


@pytest.mark.parametrize("after", [1, 3000, MINUTE])
async def test_a_printer_that_dies_in_the_middle_leaves_it_unknown(
    fake: FakePrinter, paper: Image.Image, after: int
) -> None:
    fake.dies_after = after

    assert await network(fake).print("j", paper) == Outcome("unknown", "died")
    assert fake.paper_count == 0
    assert fake.connections == 1


async def test_dead_behind_the_last_byte_is_unknown_with_one_paper(fake: FakePrinter, paper: Image.Image) -> None:
    fake.dies_before_confirmation = True

    assert await network(fake).print("j", paper) == Outcome("unknown", "died")
    assert fake.paper_count == 1


async def test_no_confirmation_is_unknown_with_one_paper(fake: FakePrinter, paper: Image.Image) -> None:
    fake.no_confirmation = True

    assert await network(fake).print("j", paper) == Outcome("unknown", "no_answer")
    assert fake.paper_count == 1


async def test_paper_that_runs_out_in_the_middle_is_unknown_and_says_why(fake: FakePrinter, paper: Image.Image) -> None:
    fake.stops_after = 20_000

    assert await network(fake).print("j", paper) == Outcome("unknown", "paper_out")
    assert fake.paper_count == 0


async def test_a_one_way_print_server_is_sent_to_and_never_confirmed(fake: FakePrinter, paper: Image.Image) -> None:
    fake.one_way = True
    printer = network(fake, one_way=True)

    assert await printer.status() == "no_status"
    assert await printer.print("j", paper) == Outcome("sent")
    async with asyncio.timeout(5):
        await fake.cut.wait()
    assert fake.paper_count == 1


async def test_a_one_way_print_server_that_dies_is_unknown(fake: FakePrinter, paper: Image.Image) -> None:
    fake.one_way, fake.dies_after = True, 100

    assert await network(fake, one_way=True).print("j", paper) == Outcome("unknown", "died")
    assert fake.paper_count == 0


async def test_a_one_way_print_server_that_stops_reading_is_unknown(fake: FakePrinter, paper: Image.Image) -> None:
    """Bytes that are still in our own kernel were not delivered."""
    fake.never_reads = True

    assert await network(fake, one_way=True).print("j", paper) == Outcome("unknown", "no_answer")
    assert fake.paper_count == 0


async def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path, paper: Image.Image) -> None:
    (tmp_path / "file").write_text("in the way")
    printer = printer_at(f"file://{tmp_path}/file/tray")

    assert await printer.status() == "error"
    assert await printer.print("j", paper) == Outcome("failed", "error")


async def test_a_job_names_a_file_and_never_a_path(tmp_path: Path, paper: Image.Image) -> None:
    await printer_at(tmp_path.as_uri()).print("../../a b", paper)

    assert {file.name for file in tmp_path.iterdir()} == {"______a_b.png", "______a_b.bin"}
    assert (tmp_path / "______a_b.bin").read_bytes() == escpos_bytes(paper)


async def test_a_picture_wider_than_the_paper_is_not_sent(fake: FakePrinter) -> None:
    assert await network(fake).print("j", Image.new("1", (1240, 100), 1)) == Outcome("failed", "undrawable")
    assert fake.connections == 0


async def test_a_folder_of_the_office_file_lies_in_the_data_folder(tmp_path: Path, paper: Image.Image) -> None:
    await printer_at("file:tickets", base=tmp_path).print("j", paper)

    assert (tmp_path / "tickets" / "j.png").exists()


@pytest.mark.parametrize("address", ["", "http://printer", "tcp://", "tcp:printer", "file://", "printer:9100"])
def test_an_address_that_is_none_is_refused_with_what_is_needed(address: str) -> None:
    with pytest.raises(ValueError, match="tcp://host:9100"):
        printer_at(address)
