"""The columns of docs/printing.md for printers that ask the server for their tickets: what is called what, and how many papers
there are."""

from collections.abc import Awaitable, Callable

import pytest

from tests.web.conftest import House
from tests.web.polling_printers import CloudPrnt, DirectPrint
from tests.web.test_polling import EPSON, STAR, epson, issued, office, seen, star, state

__all__ = ["epson", "office", "star"]

Spoils = Callable[[CloudPrnt], Awaitable[None]]


def _says(status: str) -> Spoils:
    """It says so at its next poll, before it has anything."""

    async def spoil(printer: CloudPrnt) -> None:
        printer.status = status
        assert not await printer.poll()

    return spoil


async def _prints_well(printer: CloudPrnt) -> None:
    assert await printer.turn()


async def _prints_low(printer: CloudPrnt) -> None:
    printer.status = "211 Paper low"
    assert await printer.turn()


async def _stays_away(printer: CloudPrnt) -> None:
    """It asks no more."""


async def _loses_it(printer: CloudPrnt) -> None:
    await printer.poll()
    assert await printer.load() is not None
    assert not await printer.poll()


async def _loses_it_printed(printer: CloudPrnt) -> None:
    await printer.poll()
    picture = await printer.load()
    assert picture is not None
    printer.print(picture)
    assert not await printer.poll()


CLOUDPRNT: dict[str, tuple[Spoils, str, str | None, int]] = {
    "well": (_prints_well, "confirmed", None, 1),
    "paper low": (_prints_low, "confirmed", None, 1),
    "no paper": (_says("410 Paper out"), "failed", "paper_out", 0),
    "cover open": (_says("420 Cover open"), "failed", "cover_open", 0),
    "cutter blocked": (_says("400 Error"), "failed", "error", 0),
    "another error": (_says("411 Jam"), "failed", "error", 0),
    "switched off line": (_stays_away, "requested", None, 0),
    "not reached": (_stays_away, "requested", None, 0),
    "hangs": (_stays_away, "requested", None, 0),
    "gone in the middle": (_loses_it, "unknown", "no_answer", 0),
    "gone before it confirmed": (_loses_it_printed, "unknown", "no_answer", 1),
    "never confirms": (_loses_it_printed, "unknown", "no_answer", 1),
}
"""By the name of its row: what the printer does, and the state, reason and papers that follow."""

Answers = Callable[[DirectPrint, str], Awaitable[None]]


def _tells(code: str, printed: bool = False, status: int = 0) -> Answers:
    async def answer(printer: DirectPrint, job: str) -> None:
        found = await printer.ask()
        assert found is not None
        if printed or not code:
            printer.print(found[1])
        await printer.tell(job, success=not code, code=code, status=status)

    return answer


async def _is_away(printer: DirectPrint, job: str) -> None:
    """It asks no more."""


async def _asks_again(printer: DirectPrint, job: str) -> None:
    assert await printer.ask() is not None
    assert await printer.ask() is None


async def _asks_again_printed(printer: DirectPrint, job: str) -> None:
    found = await printer.ask()
    assert found is not None
    printer.print(found[1])
    assert await printer.ask() is None


DIRECT_PRINT: dict[str, tuple[Answers, str, str | None, int]] = {
    "well": (_tells(""), "confirmed", None, 1),
    "paper low": (_tells("", status=0x20002), "confirmed", None, 1),
    "no paper": (_tells("EPTR_REC_EMPTY"), "unknown", "paper_out", 0),
    "cover open": (_tells("EPTR_COVER_OPEN"), "unknown", "cover_open", 0),
    "cutter blocked": (_tells("EPTR_CUTTER", printed=True), "unknown", "cutter", 1),
    "another error": (_tells("EX_BADPORT"), "unknown", "error", 0),
    "switched off line": (_is_away, "requested", None, 0),
    "not reached": (_is_away, "requested", None, 0),
    "hangs": (_is_away, "requested", None, 0),
    "gone in the middle": (_asks_again, "unknown", "no_answer", 0),
    "gone before it confirmed": (_asks_again_printed, "unknown", "no_answer", 1),
    "never confirms": (_asks_again_printed, "unknown", "no_answer", 1),
}


@pytest.mark.parametrize("fault", CLOUDPRNT)
async def test_a_cloudprnt_printer(office: House, star: CloudPrnt, fault: str) -> None:
    spoil, called, reason, papers = CLOUDPRNT[fault]
    job = await issued(office, STAR)
    await spoil(star)

    assert state(office, job) == (called, reason)
    assert len(star.papers) == papers
    if called == "failed":
        assert seen(office, STAR) == (reason, reason)
    star.status = "200 OK"
    if called != "requested":
        assert not await star.turn(), "whatever happened, it never gets the ticket again"
    assert len(star.papers) == papers


@pytest.mark.parametrize("fault", DIRECT_PRINT)
async def test_a_direct_print_printer(office: House, epson: DirectPrint, fault: str) -> None:
    answer, called, reason, papers = DIRECT_PRINT[fault]
    job = await issued(office, EPSON)
    await answer(epson, job)

    assert state(office, job) == (called, reason)
    assert len(epson.papers) == papers
    if called == "unknown" and reason != "no_answer":
        assert seen(office, EPSON) == (reason, reason)
    if called != "requested":
        assert not await epson.turn(), "whatever happened, it never gets the ticket again"
    assert len(epson.papers) == papers
