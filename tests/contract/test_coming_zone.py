"""A time zone that is changed during a day counts from the end of the date. Until then its file is no fault, on any node."""

from pathlib import Path

from server.history.historian import Historian
from server.log.memory_log import MemoryLog
from server.office_files import Upkeep
from server.options import Options
from tests.contract.house import Stand


async def test_the_file_of_a_coming_time_zone_is_no_fault(stand: Stand, tmp_path: Path) -> None:
    """Also after a restart and on another node: both see a file whose content differs although its revision is the one in
    use."""
    house = await stand("")
    file = tmp_path / "amt.toml"
    changed = '[office]\nrevision = 2\ntime_zone = "Pacific/Auckland"\n'
    file.write_text(f'extends = "base.toml"\n{changed}', encoding="utf-8")
    node = house.nodes[0]

    def another() -> Upkeep:
        options = Options(data=tmp_path, offices=(str(file),))
        return Upkeep(options, {"amt": node.tender}, Historian(house.engine, MemoryLog(house.store), house.clock))

    first, restarted = another(), another()
    await first._look_at(str(file))
    await restarted._look_at(str(file))

    state = node.desk.state
    assert (state.office.revision, state.office.time_zone, state.coming_zone) == (
        2,
        "Europe/Berlin",
        "Pacific/Auckland",
    )
    assert (first.faults, restarted.faults) == ({}, {})
    file.write_text(f'extends = "base.toml"\n{changed}name = "Anderes Amt"\n', encoding="utf-8")
    await restarted._look_at(str(file))
    assert "its revision is 2 as before" in restarted.faults[str(file)]
