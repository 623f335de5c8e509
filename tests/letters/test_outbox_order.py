"""In what order letters are taken: what rests after a refusal holds up no other, and an end never goes before its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.letters import outbox
from server.letters.outbox import Outbox
from server.letters.standing import Began, Ended
from server.messages.instants import MINUTE, SECOND
from server.office.boards.alerts import Condition

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

NOW = 1_800_000_000_000
FEW = 3


def begun(number: int) -> Began:
    return Began(Condition(code="printer", place=str(number)), NOW)


@pytest.fixture
async def letters(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """As many letters rest after a refusal as are looked at in one go."""
    monkeypatch.setattr(outbox, "LISTED", FEW)
    found = Outbox(engine)
    for number in range(FEW):
        await found.began("amt", begun(number), ("mail",), NOW + number)
    while (letter := await found.take("amt", "mail", NOW + SECOND)) is not None:
        await found.failed(letter, "later", NOW + SECOND)
    return found


async def test_letters_that_rest_do_not_keep_a_new_one_waiting(letters: Outbox) -> None:
    await letters.began("amt", begun(FEW), ("mail",), NOW + 2 * SECOND)
    assert await letters.due("amt", "mail") == NOW + 2 * SECOND
    taken = await letters.take("amt", "mail", NOW + 2 * SECOND)

    assert taken is not None
    assert taken.alert == f"printer:{FEW}"


async def test_an_end_waits_for_a_beginning_that_rests_behind_all_that_are_looked_at(
    letters: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LISTED", 1)
    one = begun(0)
    assert await letters.ended("amt", Ended(one.condition, one.since, NOW + 2 * SECOND), NOW + 2 * SECOND)
    assert await letters.due("amt", "mail") == NOW + 2 * SECOND, "the end alone is looked at"
    assert await letters.take("amt", "mail", NOW + 3 * SECOND) is None

    monkeypatch.setattr(outbox, "LISTED", FEW + 1)
    later = NOW + MINUTE
    for what in ("began", "ended"):
        taken = await letters.take("amt", "mail", later)
        while taken is not None and taken.alert != "printer:0":
            await letters.sent(taken.id, later)
            taken = await letters.take("amt", "mail", later)
        assert taken is not None
        assert taken.what == what
        await letters.sent(taken.id, later)
