"""Call: from the call to its end over HTTP and the live socket: binding, misses, parking, undo, who holds a counter."""

from typing import Any

from sqlalchemy import select

from server.history.tables import visits
from tests.contract.conftest import HistoryOf
from tests.contract.house import House, Stand


async def test_a_ticket_is_bound_at_the_call(house: House) -> None:
    """9. Before its call a ticket belongs to no counter; the counter that calls it is the one that is announced."""
    ticket = await house.issue("pass")
    issued = await house.happened("ticket_issued", ticket=ticket["id"])
    assert "counter" not in issued
    assert (await house.phone(ticket))["counter"] is None
    await house.open("1", "2")

    await house.next("2")
    await house.at("2", "withdraw_call")
    await house.next("1")

    assert (await house.phone(ticket))["counter"]["id"] == "1"
    [said] = (await house.board("announcer", "halle"))["announcements"]
    assert said["counter"] == "1"
    [call] = (await house.board("display", "halle"))["calls"]
    assert call["counter"]["label"] == "Schalter 1"


async def test_a_transferred_ticket_keeps_its_whole_wait(house: House) -> None:
    """10. It keeps its waiting time and does not fall behind ordinary walk-ins of the new service."""
    await house.open("1", "3")
    moved = await house.issue("pass")
    house.clock.step(minutes=5)
    await house.issue("umzug")
    house.clock.step(minutes=5)
    await house.next("1")
    await house.at("1", "start_service")
    house.clock.step(minutes=3)

    await house.did(type="transfer_ticket", ticket=moved["id"], to_service="umzug")

    line = (await house.board("counter", "3"))["queue"][0]
    assert (line["number"], line["waiting_since"]) == (moved["number"], house.clock.at(minutes=-13))
    answer = await house.at("3", "call_next")
    assert answer["result"]["ticket"]["id"] == moved["id"]
    assert answer["result"]["why"]["waited"] == 13 * 60


async def test_a_counter_that_serves_calls_again(house: House) -> None:
    """11. Refused, with the number it holds; with finish_current it finishes and calls in one step."""
    await house.open("1")
    first, second = await house.issue("pass"), await house.issue("pass")
    await house.next("1")

    held = await house.refused("counter_busy", type="call_next", counter="1")
    assert held["number"] == first["number"]
    assert first["number"] in held["detail"]
    await house.refused("not_arrived", type="call_next", counter="1", finish_current=True)
    await house.at("1", "start_service")
    answer = await house.at("1", "call_next", finish_current=True)

    assert [event["type"] for event in answer["events"]] == ["service_finished", "ticket_called"]
    assert [event["ticket"] for event in answer["events"]] == [first["id"], second["id"]]
    assert {event["key"] for event in answer["events"]} == {answer["events"][0]["key"]}


async def test_finish_current_with_nobody_waiting_only_finishes(house: House) -> None:
    """11. The same press with nobody left: the finish, and an empty answer."""
    await house.open("1")
    await house.issue("pass")
    await house.next("1")
    await house.at("1", "start_service")

    answer = await house.at("1", "call_next", finish_current=True)

    assert answer["result"]["ticket"] is None
    assert [event["type"] for event in answer["events"]] == ["service_finished"]


async def test_not_appeared_with_no_repeat(stand: Stand) -> None:
    """12. Repeat limit 0: missed at once."""
    house = await stand("[calls]\nrecall_limit = 0\n")
    await house.open("1")
    ticket = await house.issue("pass")
    await house.next("1")

    answer = await house.at("1", "mark_missed")

    assert answer["events"][0]["again_at"] is None
    assert (await house.phone(ticket))["state"] == "missed"
    assert (await house.board("display", "halle"))["missed"] == [ticket["number"]]
    assert await house.next("1") is None


async def test_not_appeared_with_one_repeat(house: House) -> None:
    """12. Limit 1: back in line, not callable by anybody during the pause, with a countdown; the second time it is missed."""
    await house.open("1", "2")
    ticket = await house.issue("pass")
    await house.next("1")

    answer = await house.at("1", "mark_missed")

    again = house.clock.at(minutes=5)
    assert answer["events"][0]["again_at"] == again
    seen = await house.phone(ticket)
    assert (seen["state"], seen["not_before"]) == ("waiting", again)
    [line] = (await house.board("counter", "1"))["queue"]
    assert line["not_before"] == again
    house.clock.step(minutes=4)
    assert await house.next("2") is None
    assert (await house.refused("not_yet", type="call_ticket", counter="2", ticket=ticket["id"]))["until"] == again
    house.clock.step(minutes=1)
    assert await house.next("2") == ticket["number"]
    assert (await house.at("2", "mark_missed"))["events"][0]["again_at"] is None
    assert (await house.phone(ticket))["state"] == "missed"


async def test_missed_then_the_citizen_comes(stand: Stand) -> None:
    """13. Return puts the ticket near the front once, and never a second time."""
    house = await stand("[calls]\nrecall_limit = 0\n")
    await house.open("1")
    late = await house.issue("pass")
    house.clock.step(minutes=1)
    others = [(await house.issue("pass"))["number"] for _ in range(2)]
    places = []
    for _ in range(2):
        house.clock.step(minutes=1)
        await house.at("1", "call_ticket", ticket=late["id"])
        await house.at("1", "mark_missed")
        assert (await house.as_holder(late, "return_ticket")).status_code == 200
        places.append((await house.queue()).index(late["number"]))

    assert places == [0, len(others)]


async def test_parked_resumed_finished(house: House, history: HistoryOf) -> None:
    """14. The wait counts only up to the first call; the service time is the sum of both parts."""
    await house.open("1")
    first, second = await house.issue("pass"), await house.issue("pass")
    house.clock.step(minutes=10)
    await house.next("1")
    house.clock.step(minutes=1)
    await house.at("1", "start_service")
    house.clock.step(minutes=4)
    await house.at("1", "park_ticket")
    assert await house.serve("1") == second["number"]
    house.clock.step(minutes=15)
    await house.at("1", "resume_ticket", ticket=first["id"])
    assert (await house.board("counter", "1"))["current"]["waited"] == 600
    house.clock.step(minutes=3)
    await house.at("1", "finish_service")

    async with history(house) as historian:
        await historian.catch_up("amt")
    async with house.engine.connect() as connection:
        visit = (await connection.execute(select(visits).where(visits.c.ticket == first["id"]))).one()
    assert (visit.state, visit.waited_ms, visit.served_ms) == ("finished", 600_000, 420_000)


async def test_undo_within_ten_seconds(house: House) -> None:
    """15. Exactly the old place and times; displays correct themselves, and no gong calls anybody by mistake."""
    await house.open("1")
    tickets = [await house.issue("pass") for _ in range(3)]
    house.clock.step(minutes=7)
    queue, phone = (await house.board("counter", "1"))["queue"], await house.phone(tickets[0])
    await house.did(key="the-call", type="call_next", counter="1")
    token = await house.token("announcer", "halle")
    async with house.talk("announcer", "halle", token=token) as voice, house.talk("display", "halle") as wall:
        await voice.board(lambda board: len(board["announcements"]) == 1)
        house.clock.step(seconds=10)

        answer = await undo(house, "the-call")

        assert [(event["type"], event["of"]) for event in answer["events"]] == [("undone", "the-call")]
        assert await voice.heard(lambda board: not board["announcements"]) == []
        [call] = (await wall.board(lambda board: board["calls"][0]["withdrawn"]))["calls"]
        assert (call["number"], call["fresh"]) == (tickets[0]["number"], False)
    assert (await house.board("counter", "1"))["queue"] == queue
    assert await house.phone(tickets[0]) == phone
    house.clock.step(seconds=15)
    assert (await house.board("display", "halle"))["calls"] == []


async def undo(house: House, key: str, code: str | None = None, **who: Any) -> dict[str, Any]:
    """`undo` has a field `key` besides the key of its own press."""
    headers = {"Idempotency-Key": house.key(), **await house.bearer(who.get("role", "clerk"), n=who.get("n", 1))}
    answer = await house.client.post(f"{house.path}/commands", json={"type": "undo", "key": key}, headers=headers)
    made: dict[str, Any] = answer.json()
    assert made.get("code") == code, made
    return made


async def test_undo_at_eleven_seconds(house: House) -> None:
    """15. Refused."""
    await house.open("1")
    await house.issue("pass")
    await house.did(key="the-call", type="call_next", counter="1")
    house.clock.step(seconds=11)

    await undo(house, "the-call", "too_late_to_undo")


async def test_undo_of_somebody_elses_press(house: House) -> None:
    """15. Refused; also for a press that never was, and for one whose result somebody has changed since."""
    await house.open("1")
    await house.issue("pass")
    await house.did(key="the-call", type="call_next", counter="1")

    await undo(house, "the-call", "not_yours", n=2)
    await undo(house, "no-such-key", "nothing_to_undo")
    await house.at("1", "repeat_call")
    await undo(house, "the-call", "overtaken")


async def test_sign_in_elsewhere_and_a_crashed_browser(house: House) -> None:
    """16. Reload, crash, sign-in at another computer: the counter still holds its ticket, and the same clerk continues."""
    ticket = await house.issue("pass")
    here = await house.signed_in("Meyer")
    for step in ("open_counter", "call_next", "start_service"):
        assert (await house.press(browser=here, counter="1", type=step)).status_code == 200
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in here.cookies.items())}
    async with house.socket(headers=cookie) as page:
        await page.say(type="hello", board="counter", id="1")
        assert (await page.board())["counter"]["holder_is_me"]
        page.socket.transport.abort()

    elsewhere = await house.signed_in("Meyer", new=False)

    seen = (await elsewhere.get(f"{house.path}/boards/counter/1")).json()
    assert seen["current"]["number"] == ticket["number"]
    assert (seen["counter"]["state"], seen["counter"]["holder_is_me"]) == ("open", True)
    assert (await house.press(browser=elsewhere, type="finish_service", counter="1")).status_code == 200


async def test_somebody_elses_counter_keeps_its_ticket_when_taken_over(house: House) -> None:
    """16. A colleague is refused until they take over; taking over is an event and keeps the ticket."""
    ticket = await house.issue("pass")
    meyer, kaya = await house.signed_in("Meyer"), await house.signed_in("Kaya")
    for step in ("open_counter", "call_next"):
        assert (await house.press(browser=meyer, counter="1", type=step)).status_code == 200

    await house.refused("counter_held", browser=kaya, type="start_service", counter="1")
    answer = await house.did(browser=kaya, type="take_over_counter", counter="1")
    assert [event["type"] for event in answer["events"]] == ["counter_taken_over"]
    await house.refused("counter_held", browser=meyer, type="start_service", counter="1")

    started = await house.did(browser=kaya, type="start_service", counter="1")
    assert started["events"][0]["number"] == ticket["number"]
