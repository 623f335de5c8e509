"""Two supervisors at once, each at a table of another server: promise 35, and that no set of moves is ever made by half."""

import asyncio
from typing import Any

from tests.contract.house import Stand
from tests.nodes.talk import Frame, Talk

CASHIER = {"type": "assign_counter", "counter": "1", "services": ["kasse"]}
MOVING = {"type": "assign_counter", "counter": "1", "services": ["umzug"]}
NO_PASSPORTS = {"type": "close_service", "service": "pass", "reason": "personal"}
NO_MOVING = {"type": "close_service", "service": "umzug", "reason": "personal"}


async def table(talk: Talk) -> int:
    """The entry that the table shows."""
    frame = await talk.shown()
    return int(frame["seq"])


async def applied(talk: Talk, key: str, seen: int, *moves: dict[str, Any]) -> Frame:
    return await talk.press(key, type="apply_moves", moves=list(moves), seen_seq=seen)


async def test_the_other_sees_the_change_and_a_set_chosen_before_it_is_refused_whole(stand: Stand) -> None:
    house = await stand(nodes=2)
    first, second = [await house.token("supervisor", n=n) for n in (1, 2)]
    async with (
        house.talk("supervisor", node=0, token=first) as one,
        house.talk("supervisor", node=1, token=second) as other,
    ):
        seen = await table(one)
        assert await table(other) == seen

        assert (await applied(one, "mine", seen, CASHIER))["type"] == "done"
        frame = await other.shown(lambda board: board["counters"][0]["services"] == ["kasse"])
        before = await house.events()
        refused = await applied(other, "theirs", seen, NO_PASSPORTS, MOVING)

        assert (refused["type"], refused["problem"]["code"]) == ("refused", "overtaken")
        assert (refused["problem"]["changed"], refused["problem"]["move"]) == (["counter:1"], 1)
        assert await house.events() == before, "nothing of the set was made, not even what nobody had changed"
        assert (await applied(other, "again", frame["seq"], NO_PASSPORTS, MOVING))["type"] == "done"
        await one.shown(lambda board: board["counters"][0]["services"] == ["umzug"])


async def test_of_two_sets_pressed_at_the_same_moment_one_is_made_and_the_other_not_at_all(stand: Stand) -> None:
    """Five times, at two servers: the set that the log takes first wins."""
    house = await stand(nodes=2)
    first, second = [await house.token("supervisor", n=n) for n in (1, 2)]
    async with (
        house.talk("supervisor", node=0, token=first) as one,
        house.talk("supervisor", node=1, token=second) as other,
    ):
        await table(one)
        await table(other)
        for nth in range(5):
            seen = (await house.events())[-1]["seq"]
            sets = ((NO_PASSPORTS, CASHIER), (NO_MOVING, MOVING))
            answers = await asyncio.gather(
                *(
                    applied(talk, f"set-{nth}-{talk is one}", seen, *its)
                    for talk, its in zip((one, other), sets, strict=True)
                )
            )

            assert sorted(answer["type"] for answer in answers) == ["done", "refused"]
            (refused,) = (answer["problem"] for answer in answers if answer["type"] == "refused")
            assert refused["code"] == "overtaken"
            won = answers[0]["type"] == "done"
            board = await house.board("supervisor")
            assert board["counters"][0]["services"] == (["kasse"] if won else ["umzug"])
            closed = [one["id"] for one in board["services"] if not one["open"]]
            assert closed == (["pass"] if won else ["umzug"])
            for service in closed:
                await house.did("supervisor", type="open_service", service=service)
