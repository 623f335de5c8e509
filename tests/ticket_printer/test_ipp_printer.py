"""Print queues that are faulty: no ticket or one, never two; and the bytes read by CUPS's own printer, where it is installed."""

import asyncio
import re
import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.certificates import certificate
from tests.ticket_printer.ipp_queue import IppQueue
from ticket_printer import ipp_printer
from ticket_printer.ipp_printer import IppPrinter
from ticket_printer.picture import picture
from ticket_printer.ticket import PaperTicket
from ticket_printer.transport import Outcome, PrinterState


@pytest.fixture
async def queue() -> AsyncIterator[IppQueue]:
    one = await IppQueue().start()
    yield one
    await one.stop()


@pytest.fixture
def paper(a_ticket: Callable[..., PaperTicket]) -> Image.Image:
    return picture(a_ticket())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ipp_printer, "ANSWER_S", 1)
    monkeypatch.setattr(ipp_printer, "DONE_S", 0.6)
    monkeypatch.setattr(ipp_printer, "LOOK_S", 0.05)


@pytest.mark.parametrize(
    ("reasons", "state"),
    [
        (("none",), "ok"),
        (("media-low-warning",), "paper_low"),
        (("media-empty-error",), "paper_out"),
        (("media-needed",), "paper_out"),
        (("cover-open-error", "media-low"), "cover_open"),
        (("cutter-near-end",), "cutter"),
        (("media-jam",), "error"),
        (("offline-report",), "offline"),
    ],
)
async def test_a_queue_says_how_its_printer_is_and_gets_nothing_if_it_cannot_print(
    queue: IppQueue, paper: Image.Image, reasons: tuple[str, ...], state: PrinterState
) -> None:
    queue.reasons = reasons
    printer = IppPrinter(queue.address)

    assert await printer.status() == state
    outcome = await printer.print("j", paper)
    if state in ("ok", "paper_low"):
        assert outcome == Outcome("confirmed", paper_low=state == "paper_low")
    else:
        assert outcome == Outcome("failed", state)  # type: ignore[arg-type]
    assert len(queue.papers) == (state in ("ok", "paper_low"))
    assert queue.faults == []


@pytest.mark.parametrize("stopped", [{"state": 5}, {"accepting": False}])
async def test_a_queue_that_was_stopped_is_offline(
    queue: IppQueue, paper: Image.Image, stopped: dict[str, bool]
) -> None:
    for name, value in stopped.items():
        setattr(queue, name, value)

    assert await IppPrinter(queue.address).print("j", paper) == Outcome("failed", "offline")
    assert queue.papers == []


@pytest.mark.parametrize(
    ("fault", "outcome", "papers"),
    [
        ("refuses_job", Outcome("failed", "error"), 0),
        ("hangs_up_in_job", Outcome("unknown", "no_answer"), 0),
        ("hangs_up_behind_job", Outcome("unknown", "no_answer"), 1),
        ("aborts_job", Outcome("unknown", "error"), 0),
        ("silent", Outcome("failed", "no_answer"), 0),
    ],
)
async def test_every_fault_of_a_queue_is_told_with_no_ticket_or_one(
    queue: IppQueue, paper: Image.Image, fault: str, outcome: Outcome, papers: int
) -> None:
    setattr(queue, fault, True)

    assert await IppPrinter(queue.address).print("j", paper) == outcome
    assert len(queue.papers) == papers


async def test_a_ticket_that_waits_in_the_queue_is_called_back(queue: IppQueue, paper: Image.Image) -> None:
    """Else it came out when somebody fills in paper, an hour after its number was called."""
    queue.holds_job = True

    assert (await IppPrinter(queue.address).print("j", paper)).state == "unknown"
    assert queue.canceled == [7]


async def test_something_that_is_no_queue_gets_nothing(queue: IppQueue, paper: Image.Image) -> None:
    queue.garbage = b"<html>Hello</html>"

    assert await IppPrinter(queue.address).print("j", paper) == Outcome("failed", "no_answer")


async def test_nobody_at_the_address_is_refused(queue: IppQueue, paper: Image.Image) -> None:
    await queue.stop()

    assert await IppPrinter(queue.address).print("j", paper) == Outcome("failed", "refused")


@pytest.mark.skipif(shutil.which("ippeveprinter") is None, reason="Debian's cups-ipp-utils is not installed")
async def test_the_printer_of_cups_takes_the_ticket_as_a_pdf(tmp_path: Path, paper: Image.Image) -> None:
    """It needs dbus and avahi even with registration off; where it cannot run, it says so and nothing is tried."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = tmp_path / "spool"
    kept.mkdir()
    command = ["ippeveprinter", "-r", "off", "-k", "-d", str(kept), "-f", "application/pdf", "-p", str(port), "Ticket"]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    printer = IppPrinter(f"ipp://127.0.0.1:{port}/ipp/print")
    try:
        async with asyncio.timeout(20):
            while process.returncode is None and await printer.status() != "ok":
                await asyncio.sleep(0.1)
        if process.returncode is not None:
            assert process.stderr is not None
            pytest.skip((await process.stderr.read()).decode().strip() or "ippeveprinter does not run here")
        outcome = await printer.print("ticket", paper)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()

    assert outcome.state in ("confirmed", "unknown")  # it has no command that prints, so it may call the job aborted
    (document,) = [file for file in kept.iterdir() if file.suffix == ".pdf"]
    assert re.match(rb"%PDF-", document.read_bytes())


@pytest.fixture
async def behind_tls(tmp_path: Path) -> AsyncIterator[tuple[IppQueue, Path]]:
    """A queue with a certificate that its own authority made, as an office's printer has it."""
    cert, key = certificate(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(cert, key)
    one = await IppQueue().start(tls)
    yield one, cert
    await one.stop()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_a_queue_whose_certificate_nobody_vouches_for_gets_no_ticket(
    behind_tls: tuple[IppQueue, Path], paper: Image.Image, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    queue, _ = behind_tls
    printer = IppPrinter(queue.address.replace("ipp://127.0.0.1", f"ipps://{host}"))

    assert await printer.status() == "untrusted"
    assert await printer.print("j", paper) == Outcome("failed", "untrusted")
    assert (queue.papers, queue.faults) == ([], [])
    said = {record.getMessage() for record in caplog.records if record.name == "aufruf.ticket_printer"}
    (line,) = said
    assert line == (
        f"the certificate of the print queue at {host} is not trusted (self-signed certificate):"
        " name its authority in SSL_CERT_FILE"
    )


async def test_a_queue_of_the_offices_own_authority_prints_if_the_machine_knows_it(
    behind_tls: tuple[IppQueue, Path], paper: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, authority = behind_tls
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))

    assert await IppPrinter(queue.address.replace("ipp:", "ipps:")).print("j", paper) == Outcome("confirmed")
    assert len(queue.papers) == 1


async def test_a_certificate_for_another_name_gets_no_ticket(
    behind_tls: tuple[IppQueue, Path], paper: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, authority = behind_tls
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    other = queue.address.replace("ipp://127.0.0.1", "ipps://127.0.0.2")

    assert (await IppPrinter(other).print("j", paper)).state == "failed"
    assert queue.papers == []


async def test_a_queue_without_tls_gets_no_ticket_at_ipps(queue: IppQueue, paper: Image.Image) -> None:
    assert (await IppPrinter(queue.address.replace("ipp:", "ipps:")).print("j", paper)).state == "failed"
    assert queue.papers == []
