"""The outbox of one socket: which frames are replaced, which are queued, what ends it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from server.push.connection import MOST, Connection
from server.push.packets import Packet
from server.push.tally import Tally
from tests.push.conftest import Ear

Connect = Callable[[Any], Connection]


def named(kind: str, number: int = 0) -> Packet:
    return {"type": "websocket.send", "text": f'{{"type":"{kind}","n":{number}}}'}


async def test_an_idle_socket_is_written_to_at_once(connect: Connect, ear: Ear) -> None:
    """No task, no turn of the loop: a thousand displays are served in one go."""
    connection = connect(ear)

    connection.show(named("board"))

    assert [frame["type"] for frame in ear.frames] == ["board"]
    assert connection.waiting == 0


async def test_a_waiting_board_is_replaced_by_its_successor(connect: Connect, ear: Ear, tally: Tally) -> None:
    connection = connect(ear)
    ear.deafen()
    for number in range(10):
        connection.show(named("board", number))

    assert connection.waiting == 1  # the first is being sent, the newest waits
    ear.hear()
    await ear.until(lambda: len(ear.frames) == 2)
    assert [frame["n"] for frame in ear.frames] == [0, 9]
    assert tally.replaced == 8


async def test_announcements_queue_in_order_before_the_board(connect: Connect, ear: Ear) -> None:
    connection = connect(ear)
    ear.deafen()
    connection.show(named("board", 1))
    connection.show(named("board", 2))
    connection.beat(named("beat", 1))
    connection.beat(named("beat", 2))
    for number in range(3):
        connection.tell(named("announcement", number))
    connection.tell(named("alarm"), urgent=True)

    ear.hear()
    await ear.until(lambda: len(ear.frames) == 7)
    told = [(frame["type"], frame["n"]) for frame in ear.frames]
    said = [("announcement", number) for number in range(3)]
    assert told == [("board", 1), ("alarm", 0), *said, ("board", 2), ("beat", 2)]


async def test_one_frame_too_many_closes_with_4408(connect: Connect, ear: Ear, tally: Tally) -> None:
    connection = connect(ear)
    ear.deafen()
    connection.show(named("board"))
    for number in range(MOST):
        connection.tell(named("announcement", number))
    assert not connection.closed

    connection.tell(named("announcement", MOST))

    assert connection.closed
    assert tally.too_slow == 1
    ear.hear()
    await ear.until(lambda: ear.closed is not None)
    assert ear.closed == 4408
    assert not ear.of("announcement")


class Impatient(Connection):
    stuck_s = farewell_s = 0.02


@pytest.mark.parametrize("kind", [Impatient])
async def test_a_socket_that_takes_nothing_at_all_is_cut(connect: Connect, ear: Ear) -> None:
    """A stuck television does not even take a close frame."""
    connection = connect(ear)
    ear.deafen()

    connection.show(named("board"))

    await ear.until(lambda: ear.cut)
    assert connection.closed


async def test_a_peer_that_left_between_two_frames_is_let_go(connect: Connect, ear: Ear) -> None:
    async def gone(message: object) -> None:
        raise OSError("client disconnected")

    ear.send = gone  # type: ignore[method-assign]
    connection = connect(ear)
    connection.show(named("board"))
    connection.tell(named("announcement"))

    assert connection.closed
    assert connection.waiting == 0


async def test_a_send_that_waits_is_finished_later_and_nothing_is_sent_twice(connect: Connect, ear: Ear) -> None:
    connection = connect(ear)
    for number in range(20):
        if number % 3 == 0:
            ear.deafen()
        connection.tell(named("announcement", number))
        ear.hear()
        await asyncio.sleep(0)
    await ear.until(lambda: len(ear.frames) == 20)

    assert [frame["n"] for frame in ear.frames] == list(range(20))
