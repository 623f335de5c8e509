"""The table of docs/printing.md: every fault at every kind of printer that has an agent; what staff and log are told, and how
many papers there are. Printers that ask the server themselves are in `tests/web/test_polling_faults.py`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ticket_printer import test_receipt_printer as receipts
from tests.ticket_printer.agent_box import Box, told
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.fake_server import FakeServer
from tests.ticket_printer.ipp_queue import IppQueue
from tests.ticket_printer.star_printer import StarPrinter
from tests.ticket_printer.test_receipt_printer import Reached, Way
from ticket_printer import ipp_printer
from ticket_printer.escpos import EscPos
from ticket_printer.folder_printer import FolderPrinter
from ticket_printer.ipp_printer import IppPrinter
from ticket_printer.receipt_printer import Limits, ReceiptPrinter
from ticket_printer.transport import Transport
from ticket_printer.wires import Device

SILENT = ("hangs", "never confirms")
"""No answer comes: then a test need not wait long. Where one comes, it waits as long as a busy machine needs."""
PATIENT_S = 60.0
RECEIPT: tuple[Way, ...] = ("escpos", "star", "serial", "usb")

Fault = Callable[[Any], None]


def _set(**flags: Any) -> Fault:
    def fault(printer: Any) -> None:
        for name, value in flags.items():
            assert hasattr(printer, name)
            setattr(printer, name, value)

    return fault


FAULTS: dict[str, tuple[Fault, str, str | None, int]] = {
    "well": (_set(), "confirmed", None, 1),
    "paper low": (_set(state="paper_low"), "confirmed", None, 1),
    "no paper": (_set(state="paper_out"), "failed", "paper_out", 0),
    "cover open": (_set(state="cover_open"), "failed", "cover_open", 0),
    "cutter blocked": (_set(state="cutter"), "failed", "cutter", 0),
    "another error": (_set(state="error"), "failed", "error", 0),
    "switched off line": (_set(state="offline"), "failed", "offline", 0),
    "not reached": (_set(), "failed", "refused", 0),
    "hangs": (_set(never_reads=True), "failed", "no_answer", 0),
    "gone in the middle": (_set(dies_after=3000), "unknown", "died", 0),
    "gone before it confirmed": (_set(dies_before_confirmation=True), "unknown", "died", 1),
    "never confirms": (_set(no_confirmation=True), "unknown", "no_answer", 1),
}
"""By the name of its row: what is wrong, and the state, reason and papers that follow at a receipt printer."""
QUEUES: dict[str, tuple[Fault, str, str | None, int]] = {
    "well": (_set(), "confirmed", None, 1),
    "paper low": (_set(reasons=("media-low-warning",)), "confirmed", None, 1),
    "no paper": (_set(reasons=("media-empty-error",)), "failed", "paper_out", 0),
    "cover open": (_set(reasons=("cover-open-error",)), "failed", "cover_open", 0),
    "cutter blocked": (_set(reasons=("cutter-failure-error",)), "failed", "cutter", 0),
    "another error": (_set(reasons=("media-jam",)), "failed", "error", 0),
    "switched off line": (_set(accepting=False), "failed", "offline", 0),
    "not reached": (_set(), "failed", "refused", 0),
    "hangs": (_set(silent=True), "failed", "no_answer", 0),
    "gone in the middle": (_set(hangs_up_in_job=True), "unknown", "no_answer", 0),
    "gone before it confirmed": (_set(hangs_up_behind_job=True), "unknown", "no_answer", 1),
    "never confirms": (_set(holds_job=True), "unknown", None, 0),
}


async def _reported(server: FakeServer, box: Box, wire: dict[str, Any]) -> tuple[str, str, str | None]:
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: bool(server.reports))
    (said,) = told(server)
    return said


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", RECEIPT)
async def test_a_receipt_printer(
    server: FakeServer, box: Box, wire: dict[str, Any], way: Way, fault: str,
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO, "aufruf.ticket_printer")
    if fault not in SILENT:
        patient = Limits(connect=PATIENT_S, status=PATIENT_S, stall=PATIENT_S, confirm=PATIENT_S)
        monkeypatch.setattr(receipts, "QUICK", patient)
    spoil, state, reason, papers = FAULTS[fault]
    fake = await (StarPrinter() if way == "star" else FakePrinter()).start()
    spoil(fake)
    reached = Reached(way, fake, one_way=False)
    box.make = lambda address, one_way: reached
    if fault == "not reached":
        await fake.stop()
        if way in ("serial", "usb"):
            reason, unplugged = "offline", ReceiptPrinter(Device("/dev/usb/lp-none"), EscPos)
            box.make = lambda address, one_way: unplugged
    try:
        _, said, why = await _reported(server, box, wire)
        await server.until(lambda: bool(server.states))
    finally:
        await box.switch_off()
        if reached.cable is not None:
            await reached.cable.remove()
        await fake.stop()

    assert said == state
    assert why == reason or (why is not None and state == "unknown")  # how a cable ends is not the same everywhere
    assert fake.paper_count == papers if state != "unknown" else fake.paper_count <= 1
    assert f"job j1: {state} {why or ''}".strip() in [record.message.strip() for record in caplog.records]
    if state == "failed":
        assert reason in server.states


@pytest.mark.parametrize("fault", QUEUES)
async def test_a_queue(
    server: FakeServer, box: Box, wire: dict[str, Any], fault: str,
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    silent = fault in SILENT
    monkeypatch.setattr(ipp_printer, "ANSWER_S", 1 if silent else PATIENT_S)
    monkeypatch.setattr(ipp_printer, "DONE_S", 0.6 if silent else PATIENT_S)
    monkeypatch.setattr(ipp_printer, "LOOK_S", 0.05)
    caplog.set_level(logging.INFO, "aufruf.ticket_printer")
    spoil, state, reason, papers = QUEUES[fault]
    queue = await IppQueue().start()
    spoil(queue)
    if fault == "not reached":
        await queue.stop()
    box.make = lambda address, one_way: IppPrinter(queue.address)
    try:
        _, said, why = await _reported(server, box, wire)
    finally:
        await box.switch_off()
        await queue.stop()

    assert (said, why) == (state, reason) or (reason is None and said == state)
    assert len(queue.papers) == papers
    assert f"job j1: {state} {why or ''}".strip() in [record.message.strip() for record in caplog.records]


@pytest.mark.parametrize(("there", "state", "papers"), [(True, "confirmed", 1), (False, "failed", 0)])
async def test_a_folder(
    server: FakeServer, box: Box, wire: dict[str, Any], tmp_path: Path, there: bool, state: str, papers: int
) -> None:
    tray = tmp_path / "tray"
    if not there:
        tray.write_text("a file where the folder should be")
    box.make = lambda address, one_way: _folder(tray)
    try:
        _, said, _ = await _reported(server, box, wire)
    finally:
        await box.switch_off()

    assert said == state
    assert (len(list(tray.glob("*.png"))) if there else 0) == papers


def _folder(tray: Path) -> Transport:
    return FolderPrinter(tray)
