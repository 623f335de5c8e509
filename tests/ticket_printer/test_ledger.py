"""What the agent remembers of its jobs."""

import asyncio
from pathlib import Path

import pytest

from ticket_printer.ledger import KEPT_MS, Entry, Ledger, LedgerInUse
from ticket_printer.transport import Outcome

NOW = 1_764_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "printer-entrance.jobs"


async def test_a_job_begun_by_a_dead_agent_is_unknown_for_the_next(path: Path) -> None:
    first = Ledger(path, NOW)
    await first.begin("j1", NOW)
    await first.begin("j2", NOW)
    await first.finish("j2", Outcome("confirmed"), NOW)
    first.close()
    second = Ledger(path, NOW)

    assert second.knows("j1")
    assert second.untold() == [Entry("j1", NOW, "unknown", "interrupted"), Entry("j2", NOW, "confirmed")]
    second.close()


async def test_a_job_is_begun_once(path: Path) -> None:
    ledger = Ledger(path, NOW)
    await ledger.begin("j1", NOW)

    with pytest.raises(ValueError, match="j1"):
        await ledger.begin("j1", NOW)
    ledger.close()


async def test_what_was_told_is_remembered(path: Path) -> None:
    ledger = Ledger(path, NOW)
    await ledger.begin("j1", NOW)
    await ledger.finish("j1", Outcome("failed", "paper_out"), NOW)
    await ledger.told("j1")
    ledger.close()
    again = Ledger(path, NOW)

    assert again.untold() == []
    assert again.knows("j1")
    again.close()


async def test_a_line_torn_by_a_power_cut_loses_only_itself(path: Path) -> None:
    ledger = Ledger(path, NOW)
    await ledger.begin("j1", NOW)
    ledger.close()
    with path.open("ab") as file:
        file.write(b'{"job":"j2","at":17640000')
    again = Ledger(path, NOW)

    assert again.knows("j1")
    assert not again.knows("j2")
    await again.begin("j2", NOW)
    again.close()
    third = Ledger(path, NOW)
    assert third.knows("j2")
    third.close()


async def test_after_a_day_a_job_is_forgotten_and_the_file_small(path: Path) -> None:
    ledger = Ledger(path, NOW)
    for i in range(50):
        await ledger.begin(f"j{i}", NOW + i)
    ledger.close()
    Ledger(path, NOW + KEPT_MS).close()

    assert path.read_bytes().count(b"\n") == 49


async def test_two_agents_never_share_a_ledger(path: Path) -> None:
    ledger = Ledger(path, NOW)

    with pytest.raises(LedgerInUse):
        Ledger(path, NOW)
    ledger.close()
    Ledger(path, NOW).close()


async def test_a_disk_that_takes_nothing_is_an_error_and_the_job_stays_known(path: Path) -> None:
    ledger = Ledger(path, NOW)
    ledger.close()

    with pytest.raises(OSError, match="Bad file"):
        await asyncio.wait_for(ledger.begin("j1", NOW), 5)
    assert ledger.knows("j1")
