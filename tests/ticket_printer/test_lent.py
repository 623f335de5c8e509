"""The numbers that a kiosk has for when its server is away: each is drawn once, whatever happens to the machine."""

import asyncio
from pathlib import Path

import pytest

from server.messages.instants import DAY, HOUR, rfc3339
from ticket_printer.lent import Block, Lent, LentInUse, Loan

NOW = 1_764_000_000_000
TOUCH = {"type": "issue_ticket", "services": ["pass", "reg"]}


def loan(lease: str = "one", first: int = 1000, until: int = NOW + 8 * HOUR) -> Loan:
    return Loan(lease, (Block("pass", "A", first, first + 2), Block("reg", "B", first, first)), rfc3339(until))


async def drawn(lent: Lent, *keys: str, now: int = NOW) -> list[str | None]:
    found = [await lent.draw(key, TOUCH, now, rfc3339(now)) for key in keys]
    return [None if one is None else one.number for one in found]


async def test_each_touch_has_one_number_and_each_number_one_touch(tmp_path: Path) -> None:
    lent = Lent(tmp_path / "numbers", NOW)
    await lent.lend(loan())
    await lent.lend(loan())  # the same once more

    assert await drawn(lent, "a", "b", "a", "c", "d") == ["A1000", "A1001", "A1000", "A1002", None]
    assert (lent.left("pass", NOW), lent.left("reg", NOW)) == (0, 1)
    lent.close()


async def test_two_touches_at_once(tmp_path: Path) -> None:
    lent = Lent(tmp_path / "numbers", NOW)
    await lent.lend(loan())

    one, other = await asyncio.gather(drawn(lent, "a"), drawn(lent, "b"))

    assert (one, other) == (["A1000"], ["A1001"])
    lent.close()


async def test_a_power_cut_forgets_no_number(tmp_path: Path) -> None:
    """Also if it came in the middle of a line."""
    file = tmp_path / "numbers"
    lent = Lent(file, NOW)
    await lent.lend(loan())
    await drawn(lent, "a", "b")
    await lent.settle("a", NOW)
    lent.close()
    with file.open("a") as torn:
        torn.write('{"type":"drawn","key":"c","le')

    again = Lent(file, NOW)
    assert [one.key for one in again.unsettled()] == ["b"]
    assert await drawn(again, "a", "c") == ["A1000", "A1002"]
    again.close()


async def test_numbers_of_yesterday_are_not_drawn_but_their_tickets_are_still_handed_in(tmp_path: Path) -> None:
    file = tmp_path / "numbers"
    lent = Lent(file, NOW)
    await lent.lend(loan(until=NOW + HOUR))
    await drawn(lent, "a", "b")
    await lent.settle("a", NOW, "its service is gone")
    lent.close()

    later = Lent(file, NOW + 2 * DAY)
    assert await drawn(later, "c", now=NOW + 2 * DAY) == [None]
    assert [one.number for one in later.unsettled()] == ["A1001"]
    await later.lend(loan("two", first=1003, until=NOW + 3 * DAY))
    assert await drawn(later, "a", now=NOW + 2 * DAY) == ["A1003"]  # that touch was forgotten: it is another one by now
    later.close()


async def test_only_one_program_draws(tmp_path: Path) -> None:
    lent = Lent(tmp_path / "numbers", NOW)
    with pytest.raises(LentInUse):
        Lent(tmp_path / "numbers", NOW)
    lent.close()
