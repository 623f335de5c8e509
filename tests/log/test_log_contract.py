"""What every log promises (server/log/port.py), over the memory log, the embedded Valkey and Debian's Redis."""

import asyncio
from collections.abc import Callable

import pytest

from server.log.port import EMPTY, Appended, Behind, Conflict, Gap, Log, NotContinuous, Row, Tail
from server.messages.instants import MINUTE

Mark = Callable[[], str]
MakeLog = Callable[[], Log]
LIMIT_S = 30


async def put(log: Log, office: str, after: Tail, mark: str, *bodies: bytes) -> Tail:
    answer = await log.append(office, after, mark, bodies)
    assert isinstance(answer, Appended)
    return answer.tail


async def whole(log: Log, office: str) -> list[Row]:
    return await log.read(office, 0, 10_000)


# Appending and comparing


async def test_an_office_nobody_wrote_to_is_empty(log: Log, office: str) -> None:
    tail, now_ms = await log.tail(office)

    assert tail == EMPTY
    assert now_ms > 1_700_000_000_000
    assert await whole(log, office) == []
    assert await log.row(office, 1) is None


async def test_a_batch_becomes_numbered_rows_with_its_mark(log: Log, office: str, mark: Mark) -> None:
    first, second = mark(), mark()

    tail = await put(log, office, EMPTY, first, b"one", b"two")
    tail = await put(log, office, tail, second, b"three")

    assert tail == Tail(3, second)
    assert await whole(log, office) == [Row(1, first, b"one"), Row(2, first, b"two"), Row(3, second, b"three")]
    assert (await log.tail(office))[0] == tail
    assert await log.row(office, 2) == Row(2, first, b"two")


async def test_bodies_are_opaque_bytes(log: Log, office: str, mark: Mark) -> None:
    bodies = [b"", b"\x00\xff\r\n", "Größe".encode(), bytes(range(256)) * 1024]

    await put(log, office, EMPTY, mark(), *bodies)

    assert [row.body for row in await whole(log, office)] == bodies


async def test_an_append_of_nothing_compares_and_writes_nothing(log: Log, office: str, mark: Mark) -> None:
    assert await put(log, office, EMPTY, mark()) == EMPTY
    tail = await put(log, office, EMPTY, mark(), b"one")

    assert await put(log, office, tail, mark()) == tail
    assert isinstance(await log.append(office, EMPTY, mark(), []), Behind)
    assert len(await whole(log, office)) == 1


@pytest.mark.parametrize("bodies", [[], [b"late"], [b"late", b"later"]])
async def test_behind_gap_and_conflict_are_three_answers_and_write_nothing(
    log: Log, office: str, mark: Mark, bodies: list[bytes]
) -> None:
    tail = await put(log, office, EMPTY, mark(), b"one", b"two")
    rows = await whole(log, office)

    behind = await log.append(office, rows[0].tail, mark(), bodies)
    gap = await log.append(office, Tail(3, mark()), mark(), bodies)
    conflict = await log.append(office, Tail(2, mark()), mark(), bodies)

    assert isinstance(behind, Behind)
    assert isinstance(gap, Gap)
    assert isinstance(conflict, Conflict)
    assert {behind.tail, gap.tail, conflict.tail} == {tail}
    assert await whole(log, office) == rows


async def test_of_many_nodes_with_the_same_tail_one_appends(make_log: MakeLog, office: str, mark: Mark) -> None:
    nodes = [make_log() for _ in range(5)]
    tail = EMPTY
    for race in range(20):
        answers = await asyncio.gather(*(node.append(office, tail, mark(), [b"a", b"b"]) for node in nodes))
        won = [answer for answer in answers if isinstance(answer, Appended)]

        assert len(won) == 1, race
        assert sum(isinstance(answer, Behind) for answer in answers) == len(nodes) - 1
        tail = won[0].tail

    assert [row.seq for row in await whole(nodes[0], office)] == list(range(1, 41))


async def test_offices_do_not_know_each_other(log: Log, office: str, mark: Mark) -> None:
    other = f"{office}-2"
    tail = await put(log, office, EMPTY, mark(), b"here")
    await put(log, other, EMPTY, mark(), b"there", b"there")

    assert (await log.tail(office))[0] == tail
    assert {office, other} <= set(await log.offices())
    assert f"{office}-3" not in await log.offices()


async def test_every_answer_carries_the_stores_time(log: Log, office: str, mark: Mark) -> None:
    _, before = await log.tail(office)
    answers = [
        await log.append(office, EMPTY, mark(), [b"one"]),
        await log.append(office, EMPTY, mark(), [b"late"]),
        await log.append(office, Tail(1, mark()), mark(), []),
        await log.append(office, Tail(9, mark()), mark(), []),
    ]
    _, after = await log.tail(office)

    times = [before, *(answer.now_ms for answer in answers), after]
    assert times == sorted(times)
    assert after - before < MINUTE


# Reading on


async def test_read_hands_out_what_lies_after_a_number(log: Log, office: str, mark: Mark) -> None:
    await put(log, office, EMPTY, mark(), *(b"%d" % seq for seq in range(1, 6)))

    assert [row.seq for row in await log.read(office, 0, 2)] == [1, 2]
    assert [row.seq for row in await log.read(office, 3, 100)] == [4, 5]
    assert await log.read(office, 5, 100) == []
    assert await log.read(office, 99, 100) == []


async def test_follow_hands_out_what_follows_a_tail(log: Log, office: str, mark: Mark) -> None:
    assert await log.follow(office, EMPTY, 10) == []
    tail = await put(log, office, EMPTY, mark(), b"one", b"two", b"three")
    rows = await whole(log, office)

    assert await log.follow(office, EMPTY, 2) == rows[:2]
    assert await log.follow(office, rows[0].tail, 10) == rows[1:]
    assert await log.follow(office, rows[0].tail, 1) == rows[1:2]
    assert await log.follow(office, tail, 10) == []


async def test_follow_refuses_a_tail_that_is_not_in_the_store(log: Log, office: str, mark: Mark) -> None:
    """An equal number with another mark is another history, however far it went on since."""
    await put(log, office, EMPTY, mark(), b"one", b"two", b"three")

    for stranger in (Tail(1, mark()), Tail(3, mark()), Tail(4, mark()), Tail(99, mark())):
        with pytest.raises(NotContinuous) as refused:
            await log.follow(office, stranger, 10)

        assert refused.value.after == stranger


async def test_wait_wakes_when_another_node_appends(make_log: MakeLog, office: str, mark: Mark) -> None:
    here, there = make_log(), make_log()
    waiting = asyncio.create_task(here.wait(office, 0, LIMIT_S * 1000))
    await asyncio.sleep(0)

    tail = await put(there, office, EMPTY, mark(), b"one")

    async with asyncio.timeout(LIMIT_S):
        assert await waiting
        assert await here.wait(office, 0, LIMIT_S * 1000), "what is there already needs no waiting"
    assert not await here.wait(office, tail.seq, 20)


async def test_who_waits_keeps_nobody_waiting(log: Log, office: str, mark: Mark) -> None:
    waiting = [asyncio.create_task(log.wait(office, 1, LIMIT_S * 1000)) for _ in range(20)]
    async with asyncio.timeout(LIMIT_S):
        tail = await put(log, office, EMPTY, mark(), b"one")
        await put(log, office, tail, mark(), b"two")

        assert all(await asyncio.gather(*waiting))


# Putting back


async def test_put_back_restores_raw_rows_with_their_marks(log: Log, office: str, mark: Mark) -> None:
    await put(log, office, EMPTY, mark(), b"kept")
    kept = await whole(log, office)
    lost = [Row(2, mark(), b"\x00lost"), Row(3, mark(), b"lost too")]

    answer = await log.put_back(office, kept[-1].tail, lost)

    assert isinstance(answer, Appended)
    assert answer.tail == lost[-1].tail
    assert await whole(log, office) == kept + lost


async def test_put_back_compares_like_append(log: Log, office: str, mark: Mark) -> None:
    tail = await put(log, office, EMPTY, mark(), b"one", b"two")

    assert isinstance(await log.put_back(office, Tail(1, mark()), [Row(2, mark(), b"x")]), Behind)
    assert isinstance(await log.put_back(office, Tail(2, mark()), [Row(3, mark(), b"x")]), Conflict)
    assert isinstance(await log.put_back(office, Tail(3, mark()), [Row(4, mark(), b"x")]), Gap)
    assert (await log.tail(office))[0] == tail


async def test_put_back_refuses_rows_with_a_hole(log: Log, office: str, mark: Mark) -> None:
    with pytest.raises(ValueError, match="row 3 cannot stand at 2"):
        await log.put_back(office, EMPTY, [Row(1, mark(), b""), Row(3, mark(), b"")])

    assert (await log.tail(office))[0] == EMPTY


async def test_an_empty_log_takes_a_run_that_begins_anywhere(log: Log, office: str, mark: Mark) -> None:
    """The store lost everything, and what a node holds begins at a checkpoint: it is restored as in a log trimmed there."""
    rows = [Row(41, mark(), b"a day opens"), Row(42, mark(), b"on")]

    answer = await log.put_back(office, EMPTY, rows)

    assert isinstance(answer, Appended)
    assert answer.tail == rows[-1].tail
    assert await whole(log, office) == rows
    assert isinstance(await log.put_back(office, EMPTY, rows), Behind)
    assert (await put(log, office, rows[-1].tail, mark(), b"further")).seq == 43


# Trimming, checkpoints, snapshots


async def test_trim_cuts_in_front_and_leaves_no_hole(log: Log, office: str, mark: Mark) -> None:
    tail = await put(log, office, EMPTY, mark(), *(b"%d" % seq for seq in range(1, 301)))

    assert await log.trim(office, 251) == 250
    assert await log.trim(office, 251) == 0
    assert [row.seq for row in await whole(log, office)] == list(range(251, 301))
    assert await log.row(office, 250) is None
    assert await put(log, office, tail, mark(), b"on") == Tail(301, (await whole(log, office))[-1].mark)


async def test_trim_never_takes_the_last_entry(log: Log, office: str, mark: Mark) -> None:
    assert await log.trim(office, 10) == 0
    tail = await put(log, office, EMPTY, mark(), b"one", b"two", b"three")

    assert await log.trim(office, 1_000_000) == 2
    assert [row.tail for row in await whole(log, office)] == [tail]
    assert await log.follow(office, tail, 10) == []


async def test_what_was_trimmed_cannot_be_followed(log: Log, office: str, mark: Mark) -> None:
    """A reader that wants entries before the trimmed part must start at a checkpoint instead, and is told so."""
    await put(log, office, EMPTY, mark(), b"one", b"two", b"three")
    rows = await whole(log, office)
    await log.trim(office, 3)

    for gone in (EMPTY, rows[0].tail, rows[1].tail):
        with pytest.raises(NotContinuous):
            await log.follow(office, gone, 10)
    assert [row.seq for row in await log.read(office, 0, 10)] == [3]


async def test_checkpoints_are_hints(log: Log, office: str) -> None:
    assert await log.checkpoint(office) is None

    await log.note_checkpoint(office, 17)
    await log.note_checkpoint(office, 170)

    assert await log.checkpoint(office) == 170


async def test_snapshots_lie_beside_the_log(log: Log, office: str, mark: Mark) -> None:
    assert await log.load_snapshot(office) is None
    first, second = Tail(4, mark()), Tail(9, mark())

    await log.save_snapshot(office, first, b"old" * 1000)
    await log.save_snapshot(office, second, b"\x00new")

    assert await log.load_snapshot(office) == (second, b"\x00new")
    assert (await log.tail(office))[0] == EMPTY


async def test_the_run_id_stays_while_the_store_does(make_log: MakeLog, office: str) -> None:
    assert await make_log().run_id(office) == await make_log().run_id(office) != ""


# Callers that leave


async def test_a_caller_that_leaves_in_the_middle_spoils_nothing(log: Log, office: str, mark: Mark) -> None:
    """Cancelled at every possible step: it may have been written or not, but the next answers are right."""
    tail = EMPTY
    for step in range(60):
        leaving = asyncio.create_task(log.append(office, tail, mark(), [b"left"]))
        for _ in range(step % 12):
            await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait([leaving])

        seen = await log.follow(office, tail, 10)
        tail = seen[-1].tail if seen else tail
        tail = await put(log, office, tail, mark(), b"stayed")

    rows = await whole(log, office)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert sum(row.body == b"stayed" for row in rows) == 60
