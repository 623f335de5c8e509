"""The agent between a server and a printer: each job gives 0 or 1 paper, whatever dies, and the report is true."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import ImageChops

from device_line.line import NotLetIn
from server.messages.agreed import JOB_LIFE_MS
from server.messages.instants import MINUTE
from tests.ticket_printer.agent_box import Box, report_in_vain, told
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.fake_server import TOKEN, FakeServer
from ticket_printer.picture import picture
from ticket_printer.running import run
from ticket_printer.ticket import PaperTicket


async def test_a_job_on_the_board_is_printed_and_reported(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: bool(server.reports))

    assert server.paths == ["/api/v1/me", "/api/v1/offices/mitte/live"]
    assert server.hellos[0] | {"token": ""} == {"type": "hello", "board": "printer", "id": "entrance", "token": ""}
    assert server.reports == [{"type": "report_print", "job": "j1", "state": "confirmed", "key": "print:j1:confirmed"}]
    (paper,) = fake.papers
    drawn = picture(msgspec.convert(wire, PaperTicket))
    assert ImageChops.difference(paper.convert("L"), drawn.convert("L")).getbbox() is None


async def test_a_job_that_comes_by_frame_by_board_and_again_is_one_paper(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    server.answers = False
    await box.switch_on()
    await server.until(lambda: server.connected)
    server.job("j1", wire)
    await server.push(type="print_job", job="j1", ticket=wire)
    await server.push()
    await server.push(type="print_job", job="j1", ticket=wire)
    await server.until(lambda: len(server.reports) > 2)
    await server.push()
    server.job("j2", wire)
    await server.push()
    await server.until(lambda: ("j2", "confirmed", None) in told(server))

    assert fake.paper_count == 2


async def test_jobs_are_printed_one_after_the_other_in_their_order(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    for i in range(5):
        server.job(f"j{i}", wire | {"number": f"A{i:03}"})
    await box.switch_on()
    await server.until(lambda: not server.board["jobs"])

    assert list(dict.fromkeys(report["job"] for report in server.reports)) == ["j0", "j1", "j2", "j3", "j4"]
    assert fake.most_at_once == 1


async def test_width_comes_from_the_board(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    server.board["width_mm"] = 58
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: bool(server.reports))

    assert fake.papers[0].width == 384


async def test_a_report_without_answer_is_said_again_with_its_key_until_answered(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    server.answers = False
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: len(server.reports) >= 3)
    server.answers = True
    await server.until(lambda: not server.board["jobs"])
    count = len(server.states)
    await server.until(lambda: len(server.states) >= count + 3)

    assert {report["key"] for report in server.reports} == {"print:j1:confirmed"}
    settled = len(server.reports)
    await server.until(lambda: len(server.states) >= count + 6)
    assert len(server.reports) == settled
    assert fake.paper_count == 1


@pytest.mark.parametrize("again", [True, False])
async def test_a_refusal_is_final_unless_it_says_later(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any], again: bool
) -> None:
    server.problem = {"code": "store_unavailable", "retry": again}
    server.job("j1", wire)
    await box.switch_on()
    await server.until(lambda: len(server.reports) >= (3 if again else 1))
    count = len(server.states)
    await server.until(lambda: len(server.states) >= count + 4)
    settled = len(server.reports)
    await server.until(lambda: len(server.states) >= count + 8 or len(server.reports) > settled)

    assert (len(server.reports) > settled) == again
    assert fake.paper_count == 1


async def test_a_server_that_goes_and_comes_back_gets_the_report_and_no_second_paper(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    await report_in_vain(server, box, wire)
    await server.stop()
    server.answers = True
    await server.start()
    await server.until(lambda: not server.board["jobs"])

    assert len(server.hellos) == 2
    assert set(told(server)) == {("j1", "confirmed", None)}
    assert fake.paper_count == 1


async def test_a_silent_server_is_left_and_found_again(server: FakeServer, box: Box) -> None:
    """This server sends no beat, so the line counts as dead."""
    box.silence = 0.2
    await box.switch_on()
    await server.until(lambda: len(server.hellos) >= 2)


async def test_an_old_job_is_dropped_by_the_servers_clock(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    """The machine's clock is an hour slow; only the server's counts."""
    server.job("old", wire, age_ms=JOB_LIFE_MS + 1)
    server.job("fresh", wire, age_ms=JOB_LIFE_MS - MINUTE)
    await box.switch_on()
    await server.until(lambda: not server.board["jobs"])

    assert told(server) == [("old", "failed", "too_old"), ("fresh", "confirmed", None)]
    assert fake.paper_count == 1


async def test_frames_and_boards_of_later_versions_are_passed_over(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    await box.switch_on()
    await server.until(lambda: server.connected)
    await server.push(type="lease", zone="hall", held=True, until="later")
    await server.push(type="board", at="2026-11-23T09:21:00.000Z", board={"something": "else"})
    server.board["later"] = {"new": 1}
    server.job("j1", wire)
    await server.push()
    await server.until(lambda: bool(server.reports))

    assert fake.paper_count == 1


async def test_a_wrong_token_is_refused_at_once(server: FakeServer, tmp_path: Path) -> None:
    with pytest.raises(NotLetIn, match="does not know this token"):
        await asyncio.wait_for(run(server.url, "wrong", "entrance", tmp_path), 10)


@pytest.mark.parametrize(
    ("code", "said"),
    [(4401, "does not know this token"), (4403, "not for the printer entrance"), (4404, "no printer entrance")],
)
async def test_a_server_that_closes_the_door_says_why(server: FakeServer, tmp_path: Path, code: int, said: str) -> None:
    server.close_code = code

    with pytest.raises(NotLetIn, match=said):
        await asyncio.wait_for(run(server.url, TOKEN, "entrance", tmp_path), 10)


async def test_a_server_that_is_not_up_yet_is_waited_for(
    server: FakeServer, fake: FakePrinter, wire: dict[str, Any], tmp_path: Path
) -> None:
    """`run` as the command line calls it, with the address from the option."""
    await server.stop()
    server.board["address"] = ""
    server.job("j1", wire)
    stop = asyncio.Event()
    task = asyncio.create_task(run(server.url, TOKEN, "entrance", tmp_path, address=fake.address, stop=stop))
    await asyncio.sleep(0)
    await server.start()
    # Its clock is the real one here: by this clock the job is older than two minutes, by the server's it is not.
    await server.until(lambda: bool(server.reports))
    stop.set()
    await asyncio.wait_for(task, 10)

    assert told(server) == [("j1", "confirmed", None)]


async def test_two_agents_of_one_printer_print_a_job_once(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any], tmp_path: Path
) -> None:
    """An old box is still switched on. Each has a disk of its own, so only the server can tell them apart."""
    other = Box(server, tmp_path / "other")
    await box.switch_on()
    await other.switch_on()
    await server.until(lambda: len(server.hellos) == 2)
    for i in range(6):
        server.job(f"j{i}", wire | {"number": f"A{i:03}"})
    await server.push()
    await server.until(lambda: len(server.claims) == 12 and not server.board["jobs"])
    await other.switch_off()

    assert fake.paper_count == 6
    assert sorted(told(server)) == [(f"j{i}", "confirmed", None) for i in range(6)]


async def test_a_job_that_the_server_gave_to_nobody_in_time_is_not_printed(
    server: FakeServer, fake: FakePrinter, box: Box, wire: dict[str, Any]
) -> None:
    server.gives_jobs = False
    server.job("j1", wire, age_ms=JOB_LIFE_MS - 400)
    await box.switch_on()
    await server.until(lambda: bool(server.reports))

    assert told(server) == [("j1", "failed", "too_old")]
    assert fake.paper_count == 0
