"""Order and call: promises 1 to 16, kept over HTTP and the live socket."""

import asyncio
import random
from typing import Any

import pytest

from tests.contract.house import House, Stand


async def test_one_ticket_one_counter_one_gong(house: House) -> None:
    """1. The call is on every display of the zone with its counter; one gong, one announcement."""
    ticket = await house.issue("pass")
    await house.open("1")
    token = await house.token("announcer", "halle")
    async with house.talk("announcer", "halle", token=token) as voice, house.talk("display", "beide") as wall:
        await voice.board()
        await wall.board()

        assert await house.next("1") == ticket["number"] == "A001"

        said = await voice.heard(lambda board: bool(board["announcements"]))
        assert [(one["number"], one["counter"], one["zone"], one["attempt"]) for one in said] == [
            ("A001", "1", "halle", 1)
        ]
        await wall.until("announcement", id=said[0]["id"])
    for display in ("halle", "beide"):
        calls = (await house.board("display", display))["calls"]
        assert [(call["number"], call["counter"]["id"]) for call in calls] == [("A001", "1")]
    assert (await house.board("display", "oben"))["calls"] == []
    assert len((await house.board("announcer", "halle"))["announcements"]) == 1


async def test_two_counters_press_at_the_same_instant(stand: Stand) -> None:
    """2. One waits: one counter gets it, the other "nobody". Two wait: each gets one."""
    house = await stand(nodes=2)
    await house.open("1", "2")

    for waiting in (1, 2):
        issued = {(await house.issue("pass"))["number"] for _ in range(waiting)}
        answers = await asyncio.gather(
            house.press(type="call_next", counter="1", node=0), house.press(type="call_next", counter="2", node=1)
        )

        assert [answer.status_code for answer in answers] == [200, 200]
        called = [answer.json()["result"]["ticket"] for answer in answers]
        assert {ticket["number"] for ticket in called if ticket} == issued
        assert sum(ticket is None for ticket in called) == 2 - waiting
        for counter, ticket in zip(("1", "2"), called, strict=True):
            if ticket:
                await house.at(counter, "start_service")
                await house.at(counter, "finish_service")


async def test_a_thousand_races_on_two_servers(stand: Stand) -> None:
    """2. In 1,000 random races, no ticket is called twice and nothing is refused because of a race."""
    house = await stand('[policy]\narrival = "assumed"\n', nodes=2)
    chance = random.Random(17)
    clerk, desk = await house.token("clerk"), await house.token("desk")
    called: list[str] = []
    issued = waiting = 0
    async with (
        house.talk("counter", "1", node=0, token=clerk) as first,
        house.talk("counter", "2", node=1, token=clerk) as second,
        house.talk("desk", node=0, token=desk) as east,
        house.talk("desk", node=1, token=desk) as west,
    ):
        await first.press("open-1", type="open_counter", counter="1")
        await second.press("open-2", type="open_counter", counter="2")
        for race in range(1_000):
            house.clock.step(seconds=20)
            for reception in chance.sample((east, west), chance.randint(0, 2)):
                issued, waiting = issued + 1, waiting + 1
                answer = await reception.press(f"i{issued}", type="issue_ticket", services=["pass"])
                assert answer["type"] == "done"
            answers = await asyncio.gather(
                first.press(f"a{race}", type="call_next", counter="1", finish_current=True),
                second.press(f"b{race}", type="call_next", counter="2", finish_current=True),
            )
            assert [answer["type"] for answer in answers] == ["done", "done"], answers
            got = [answer["result"]["ticket"]["id"] for answer in answers if answer["result"]["ticket"]]
            assert len(got) == min(2, waiting)
            called, waiting = called + got, waiting - len(got)

    assert len(called) == len(set(called)) == issued - waiting


async def test_nobody_waits(house: House) -> None:
    """3. A friendly empty answer, no event, no gong."""
    await house.open("1")
    before = await house.events()

    answer = await house.did(type="call_next", counter="1")

    assert answer["result"] == {"ticket": None}
    assert answer["events"] == []
    assert not answer["replayed"]
    assert answer["seq"] == before[-1]["seq"]
    assert await house.events() == before
    assert (await house.board("announcer", "halle"))["announcements"] == []


async def test_called_out_of_turn_only_it_moves(house: House) -> None:
    """4. Ten wait, one is called by its number: the order of the others does not change."""
    await house.open("1")
    tickets = [await house.issue("pass") for _ in range(10)]
    before = await house.queue()
    picked = tickets[6]

    answer = await house.at("1", "call_ticket", ticket=picked["id"])

    assert answer["result"]["ticket"]["number"] == picked["number"]
    assert answer["result"]["why"]["code"] == "picked"
    assert [event["type"] for event in answer["events"]] == ["ticket_called"]
    assert await house.queue() == [number for number in before if number != picked["number"]]


async def test_the_head_of_the_line_is_away(house: House) -> None:
    """5. The next one is called; the ticket that is away keeps its seniority."""
    await house.open("1")
    away, second, third = [await house.issue("pass") for _ in range(3)]
    assert (await house.as_holder(away, "pause_ticket", minutes=20)).status_code == 200
    assert (await house.phone(away))["away_until"] == house.clock.at(minutes=20)

    assert await house.serve("1") == second["number"]
    house.clock.step(minutes=20)
    await house.happened("ticket_returned", ticket=away["id"], by="system")

    assert await house.next("1") == away["number"]
    assert await house.queue() == [third["number"]]


async def test_transferred_not_before_ten_minutes(house: House) -> None:
    """6. Skipped at nine, offered at ten; meanwhile the other lines of the counter are served."""
    await house.open("1")
    later = await house.issue("pass")
    other = await house.issue("umzug")
    until = house.clock.at(minutes=10)
    await house.did(type="transfer_ticket", ticket=later["id"], to_service="pass", not_before=until)
    problem = await house.refused("not_yet", type="call_ticket", counter="1", ticket=later["id"])
    assert problem["until"] == until

    house.clock.step(minutes=9)
    assert await house.serve("1") == other["number"]
    assert await house.next("1") is None

    house.clock.step(minutes=1)
    assert await house.next("1") == later["number"]


async def booked(house: House, minutes: float, *services: str) -> dict[str, Any]:
    """An appointment that begins in this many minutes."""
    wanted = list(services or ("pass",))
    answer = await house.did("desk", type="book_appointment", services=wanted, start=house.clock.at(minutes))
    made: dict[str, Any] = answer["result"]["appointment"]
    return made


@pytest.mark.parametrize(
    ("preset", "first", "why"), [("balanced", "appointment", "appointment"), ("plain", "walk_in", "longest_wait")]
)
async def test_the_preset_decides_between_walk_ins_and_an_appointment(
    stand: Stand, preset: str, first: str, why: str
) -> None:
    """7. Two walk-ins wait and one appointment is due: the preset decides, and the answer says why."""
    house = await stand(f'[policy]\npreset = "{preset}"\n')
    await house.open("1")
    appointment = await booked(house, 30)
    walk_ins = [(await house.issue("pass"))["number"] for _ in range(2)]
    house.clock.step(minutes=28)
    due = (await house.did("kiosk", "tor", type="check_in", code=appointment["code"]))["result"]["ticket"]

    answer = await house.at("1", "call_next")

    assert answer["result"]["ticket"]["number"] == (due["number"] if first == "appointment" else walk_ins[0])
    assert answer["result"]["why"]["code"] == why


async def test_an_appointment_far_off_is_not_called(house: House) -> None:
    """7. One due in 40 minutes is not called by call_next, even if nobody else waits; 20 minutes before, it is."""
    await house.open("1")
    appointment = await booked(house, 40)
    ticket = (await house.did("desk", type="check_in", code=appointment["code"]))["result"]["ticket"]

    assert await house.next("1") is None
    house.clock.step(minutes=20)
    answer = await house.at("1", "call_next")

    assert answer["result"]["ticket"]["id"] == ticket["id"]


async def test_walk_ins_are_served_up_to_an_appointment(house: House) -> None:
    """7. In the two minutes before an appointment walk-ins are still served."""
    await house.open("1")
    await booked(house, 2)
    walk_in = await house.issue("pass")

    assert await house.next("1") == walk_in["number"]
