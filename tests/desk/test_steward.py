"""What has been wished for some minutes is done once; a wish that stopped in between starts its minutes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.desk.steward import APART_MS, STEADY_MS, Steward
from server.messages import commands as c
from server.office.waits import Waits

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.desk.conftest import Site

LATE, FINE = Waits(known=True, reached={"pass": "no"}), Waits(known=True, reached={"pass": "yes"})


async def test_a_service_is_closed_when_it_has_been_late_for_some_minutes_without_a_break(
    site: Site, office: Office
) -> None:
    site.office = replace(office, policy=replace(office.policy, close_intake="auto"))
    node = await site.opened()
    await node.done(c.OpenCounter(counter="1"))
    said: list[Waits] = [LATE]
    steward = Steward(node.desk, lambda: said[-1])

    async def passes(ms: int) -> bool:
        site.clock.step(ms / 1000)
        await steward.look()
        return node.desk.state.services["pass"].closed

    assert not await passes(0)
    assert not await passes(STEADY_MS - APART_MS)
    said.append(FINE)
    assert not await passes(APART_MS)
    said.append(LATE)
    assert not await passes(APART_MS)
    assert not await passes(STEADY_MS - 1)
    assert await passes(APART_MS)
    seq = node.desk.state.seq
    assert await passes(STEADY_MS)
    assert node.desk.state.seq == seq


async def test_an_office_that_does_nothing_by_itself_asks_for_no_forecast(site: Site) -> None:
    node = await site.opened()
    asked: list[int] = []

    def waits() -> Waits:
        asked.append(1)
        return LATE

    await Steward(node.desk, waits).look()

    assert asked == []
