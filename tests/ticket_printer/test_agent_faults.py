"""Printers that are faulty, away or slow, and tickets that cannot be drawn: each fault is reported, and the next ticket
printed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PIL import Image

from tests.ticket_printer.agent_box import Box, told
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.fake_server import FakeServer
from ticket_printer.transport import Outcome, PrinterState, Transport


def paper_out(fake: FakePrinter) -> None:
    fake.state = "paper_out"


def dies(fake: FakePrinter) -> None:
    fake.dies_after = 5000


def never_confirms(fake: FakePrinter) -> None:
    fake.no_confirmation = True


def never_answers(fake: FakePrinter) -> None:
    fake.one_way = True


Fault = Callable[[FakePrinter], Awaitable[None] | None]


@pytest.mark.parametrize(
    ("fault", "report", "papers"),
    [
        (paper_out, ("failed", "paper_out"), 0),
        (dies, ("unknown", "died"), 0),
        (never_confirms, ("unknown", "no_answer"), 1),
        (never_answers, ("failed", "no_answer"), 0),
        (FakePrinter.stop, ("failed", "refused"), 0),
    ],
)
async def test_every_fault_is_reported_and_a_printer_mended_prints_the_old_job_never_again(
    server: FakeServer,
    fake: FakePrinter,
    box: Box,
    wire: dict[str, Any],
    fault: Fault,
    report: tuple[str, str],
    papers: int,
) -> None:
    if (waiting := fault(fake)) is not None:
        await waiting
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: bool(server.reports))

    assert told(server) == [("j1", *report)]
    assert fake.paper_count == papers
    mended = await FakePrinter().start()
    server.board["address"] = mended.address
    server.job("j2", wire)
    await server.push()
    await server.until(lambda: ("j2", "confirmed", None) in told(server))
    assert mended.paper_count == 1
    assert fake.paper_count == papers
    await mended.stop()


async def test_how_the_printer_is_is_said_at_once_and_again(server: FakeServer, fake: FakePrinter, box: Box) -> None:
    fake.state = "paper_low"
    await box.switch_on()
    await server.until(lambda: server.states[-2:] == ["paper_low", "paper_low"])
    fake.state = "cover_open"
    await server.until(lambda: server.states[-1:] == ["cover_open"])
    fake.state = "ok"
    await server.until(lambda: server.states[-1:] == ["ok"])


async def test_a_one_way_printer_says_that_nobody_knows(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    fake.one_way = server.board["one_way"] = True
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: bool(server.reports) and "no_status" in server.states)

    assert told(server) == [("j1", "sent", None)]
    assert fake.paper_count == 1


@pytest.mark.parametrize("address", ["", "http://printer"])
async def test_without_an_address_jobs_fail_and_say_why(
    server: FakeServer, box: Box, wire: dict[str, Any], address: str
) -> None:
    server.board["address"] = address
    server.job("j1", wire)
    box.make = _refusing
    await box.switch_on()
    await server.until(lambda: bool(server.reports) and "no_address" in server.states)

    assert told(server) == [("j1", "failed", "no_address")]


def _refusing(address: str, one_way: bool) -> Transport:
    raise ValueError(f"{address!r} is no printer address")


@pytest.mark.parametrize("change", [{"number": "漢字"}, {"number": None}, {"time_zone": "Europe/Atlantis"}])
async def test_what_cannot_be_drawn_is_told_and_the_next_is_printed(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any], change: dict[str, Any]
) -> None:
    server.job("j1", wire | change)
    server.job("j2", wire)
    await box.switch_on()
    await server.until(lambda: not server.board["jobs"])

    assert told(server) == [("j1", "failed", "undrawable"), ("j2", "confirmed", None)]
    assert fake.paper_count == 1


async def test_a_sign_that_no_font_draws_costs_the_sign_and_staff_are_told(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    server.job("j1", wire | {"services": [{"de": "Reisepass 🛂", "zh": "户口登记"}], "language": "zh"})
    await box.switch_on()
    await server.until(lambda: bool(server.reports) and "signs_left_out" in server.reasons)

    assert told(server) == [("j1", "confirmed", None)]
    assert fake.paper_count == 1
    assert set(server.states) == {"ok"}


async def test_a_printer_that_rests_after_each_conversation_prints_every_ticket_once(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    """It resets connections while it rests: no byte of the ticket was sent, so the agent tries again."""
    fake.rest_s = 0.3
    box.try_for = 20.0
    for count in range(4):
        server.job(f"j{count}", wire)
    await box.switch_on()
    await server.until(lambda: len(server.reports) == 4)

    assert {state for _, state, _ in told(server)} == {"confirmed"}
    assert fake.turned_away > 0
    assert fake.paper_count == 4


async def test_a_resting_printer_is_not_said_to_be_in_trouble(server: FakeServer, fake: FakePrinter, box: Box) -> None:
    fake.rest_s = 0.03
    box.rest = 0.2
    await box.switch_on()
    await server.until(lambda: len(server.states) > 5)

    assert set(server.states) == {"ok"}


class Slow:
    """A printer that is printing all the time."""

    async def status(self) -> PrinterState:
        return "ok"

    async def print(self, job: str, image: Image.Image) -> Outcome:
        await asyncio.Event().wait()
        return Outcome("unknown")


async def test_a_flood_of_jobs_is_one_line_and_not_one_for_each(
    server: FakeServer, box: Box, wire: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Every board lists all of them again: a line for each would fill the disk."""
    made: list[str] = []

    def make(address: str, one_way: bool) -> Transport:
        made.append(address)
        return Slow()

    box.make = make
    for n in range(100):
        server.job(f"j{n}", wire)
    await box.switch_on()
    await server.until(lambda: bool(server.states))
    for _ in range(20):
        await server.push()
    server.board["address"] = "tcp://127.0.0.1:1"  # the last board
    await server.push()
    await server.until(lambda: made[-1] == "tcp://127.0.0.1:1")
    await box.switch_off(at_once=True)

    assert len([record for record in caplog.records if "too many jobs at once" in record.message]) == 1
