"""After a commit: the presser, announcers, displays, counters, supervisors and desks, phones; nobody waits for a slow one."""

from typing import Any

import pytest

from server.messages.instants import HOUR
from server.messages.terms import BoardKind, Role
from tests.push.conftest import Room

AT_ONCE: dict[str, Any] = {"paces": {"ticket": HOUR}}


@pytest.fixture
def surroundings() -> dict[str, Any]:
    """Lists without a pace, because the order is tested."""
    return dict(AT_ONCE)


def places(order: list[tuple[str, str]], kind: str = "board") -> dict[str, int]:
    return {name: place for place, (name, frame) in enumerate(order) if frame == kind}


async def test_voices_then_walls_then_staff_then_phones(room: Room) -> None:
    ticket = await room.ticket()
    phone, _ = room.phone(ticket)
    found: tuple[tuple[BoardKind, str, Role], ...] = (
        ("desk", "", "desk"),
        ("supervisor", "", "supervisor"),
        ("counter", "2", "clerk"),
        ("display", "hall", "display"),
        ("kiosk", "entrance", "clerk"),
        ("announcer", "hall", "announcer"),
    )
    for kind, id, role in found:
        room.join(kind, id, role)
    room.order.clear()

    await room.call("1")
    await phone.until(lambda: phone.board["state"] == "called")

    last = places(room.order)
    spoken = places(room.order, "announcement")
    assert spoken["announcer:hall"] < last["announcer:hall"] < last["display:hall"] < spoken["display:hall"]
    assert last["display:hall"] < last[f"ticket:{ticket}"]
    for staff in ("counter:2", "supervisor:", "desk:"):
        assert last["display:hall"] < last[staff]


async def test_the_presser_hears_first(room: Room) -> None:
    """The answer to a press is sent before any board that shows it."""
    await room.ticket()
    await room.press("open_counter", counter="1")
    wall, _ = room.join("display", "hall", "display")
    await wall.until(lambda: wall.board["waiting"][0]["count"] == 1)
    room.order.clear()

    await room.press("call_next", counter="1")
    room.order.append(("presser", "done"))
    await wall.until(lambda: wall.board["calls"])

    assert room.order[0] == ("presser", "done")


async def test_whoever_pressed_sees_it_before_all_others(room: Room) -> None:
    """Their own board comes first, also before those of colleagues who were there earlier, and before the walls."""
    await room.press("open_counter", counter="3")
    wall, _ = room.join("display", "hall", "display")
    colleagues = [room.join("counter", id, who=f"clerk {id}")[0] for id in "12"]
    own, mine = room.join("counter", "3")
    await room.ticket()
    await own.until(lambda: own.board["next"])
    room.order.clear()

    await room.press("call_next", counter="3")
    room.hub.answered(mine)  # as the live socket does with the desk's answer
    await own.until(lambda: own.board["current"])
    for ear in (wall, *colleagues):
        await ear.until(lambda ear=ear: ear.of("board")[-1]["seq"] == own.of("board")[-1]["seq"])  # type: ignore[misc]

    told = [name for name, frame in room.order if frame == "board"]
    assert told[0] == "counter:3"
    assert told.count("counter:3") == 1


async def test_a_phone_that_pressed_waits_for_its_turn(room: Room) -> None:
    """Phones come last whoever presses: there are thousands."""
    phone, held = room.phone(await room.ticket())
    room.join("display", "hall", "display")
    room.order.clear()

    await room.call("1")
    room.hub.answered(held)
    await phone.until(lambda: phone.board["state"] == "called")

    assert places(room.order)["display:hall"] < places(room.order)[phone.name]


async def test_a_stuck_display_delays_nobody(room: Room) -> None:
    stuck, _ = room.join("display", "hall", "display")
    walls = [room.join("display", "hall", "display")[0] for _ in range(20)]
    stuck.deafen()
    for _ in range(3):
        await room.ticket()
    await room.press("open_counter", counter="1")
    for _ in range(3):
        done = await room.press("call_next", counter="1")
        number = done.result["ticket"]["number"]
        for wall in walls:
            await wall.until(
                lambda wall=wall, number=number: wall.board["calls"] and wall.board["calls"][0]["number"] == number  # type: ignore[misc]
            )
        await room.press("mark_missed", counter="1")

    stuck.hear()
    await stuck.until(lambda: stuck.board == walls[0].board)


async def test_a_phone_hears_of_itself_at_once_and_of_others_in_its_turn(room: Room) -> None:
    first, second = await room.ticket(), await room.ticket()
    mine, _ = room.phone(first)
    other, _ = room.phone(second)
    wall, _ = room.join("display", "hall", "display")

    await room.call("1")
    await mine.until(lambda: mine.board["state"] == "called")
    for count in range(2, 6):
        await room.ticket()
        await wall.until(lambda count=count: wall.board["waiting"][0]["count"] == count)  # type: ignore[misc]
    assert len(other.of("board")) <= 2  # its first board, and one change of the people ahead within its pace

    await room.press("cancel_ticket", role="desk", ticket=second)
    await other.until(lambda: other.board["state"] == "cancelled")
