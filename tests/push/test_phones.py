"""Phones: many, each with its own board. What is not drawn is really unchanged, and what changed comes at the phones' pace."""

import asyncio

import pytest

from server.messages.boards import Part
from server.office.boards import BLIND, board
from tests.push.conftest import Room

QUICK = {"paces": {"ticket": 100}}


async def tickets(room: Room, many: int) -> list[str]:
    return [await room.ticket() for _ in range(many)]


@pytest.mark.parametrize("surroundings", [QUICK])
async def test_every_phone_ends_up_with_its_board(room: Room) -> None:
    """Those whose place changed are sent a board, the others none; and a ticket that is called is told at once."""
    ids = await tickets(room, 8)
    ears = [room.phone(one)[0] for one in ids]
    sent = [len(ear.of("board")) for ear in ears]

    await room.call("1")
    await ears[0].until(lambda: ears[0].board["state"] == "called")
    for place, ear in enumerate(ears[1:]):
        await ear.until(lambda ear=ear, place=place: ear.board["ahead"] == place)  # type: ignore[misc]

    for one, ear in zip(ids, ears, strict=True):
        drawn = board(room.desk.state, "ticket", one, room.desk.now(), BLIND)
        assert isinstance(drawn, Part)
        assert (ear.board["ahead"], ear.board["state"]) == (drawn.ahead, drawn.state)  # type: ignore[attr-defined]
    assert [len(ear.of("board")) - before for ear, before in zip(ears, sent, strict=True)] == [1] * len(ears)


@pytest.mark.parametrize("surroundings", [QUICK])
async def test_a_phone_that_nothing_changed_for_is_not_drawn(room: Room) -> None:
    """A press at a counter, and a ticket behind it, say nothing to it."""
    first, *_ = await tickets(room, 2)
    ear = room.phone(first)[0]
    before = room.hub.tally.boards
    for _ in range(3):
        await room.ticket()
    last = room.phone(await room.ticket())[0]
    await asyncio.sleep(0.3)  # three times their pace
    await room.press("cancel_ticket", ticket=first, role="desk")
    await last.until(lambda: last.board["ahead"] == 4)

    assert [frame["board"]["state"] for frame in ear.of("board")] == ["waiting", "cancelled"]
    assert room.hub.tally.boards - before == 3  # the newcomer's twice


@pytest.mark.parametrize("surroundings", [QUICK])
async def test_a_phone_that_joins_does_not_delay_the_others(room: Room) -> None:
    """It may be sent a board at once, the others at their pace; nobody is forgotten."""
    ids = await tickets(room, 6)
    early = [room.phone(one)[0] for one in ids[:3]]
    await room.call("1")
    late = [room.phone(one)[0] for one in ids[3:]]
    await room.press("start_service", counter="1")
    await room.press("finish_service", counter="1")
    await room.call("1")

    for place, ear in enumerate((*early[2:], *late)):
        await ear.until(lambda ear=ear, place=place: ear.board["ahead"] == place)  # type: ignore[misc]
