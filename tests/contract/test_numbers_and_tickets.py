"""Numbers and tickets: promises 17, 18, 19, 21 and, as far as it is about tickets, 42."""

import asyncio
from typing import Any

import pytest

from tests.contract.house import House, Stand


async def test_two_hundred_at_once(house: House) -> None:
    """17. 200 parallel issues give 200 different numbers without gaps."""
    await house.token("desk")
    tickets = await asyncio.gather(*(house.issue("pass") for _ in range(200)))

    assert sorted(ticket["number"] for ticket in tickets) == [f"A{number:03d}" for number in range(1, 201)]


SMALL_RANGE = '[[services]]\nid = "pass"\nfirst = 1\nlast = 4\n'


async def test_the_range_wraps_around_the_living(stand: Stand) -> None:
    """17. The range starts again; a number that is still in use is never given twice."""
    house = await stand(SMALL_RANGE)
    tickets = [await house.issue("pass") for _ in range(4)]
    for gone in (tickets[1], tickets[3]):
        await house.did(type="cancel_ticket", ticket=gone["id"])

    assert [(await house.issue("pass"))["number"] for _ in range(2)] == ["A002", "A004"]


async def test_with_every_number_alive_numbers_go_on_above(stand: Stand) -> None:
    """17. Nobody is refused because numbers are missing."""
    house = await stand(SMALL_RANGE)

    numbers = [(await house.issue("pass"))["number"] for _ in range(6)]

    assert numbers == ["A001", "A002", "A003", "A004", "A005", "A006"]


async def test_a_thousand_alive_are_followed_by_a1000(stand: Stand) -> None:
    """17. The number after A999 is A1000."""
    house = await stand('[[services]]\nid = "pass"\nfirst = 998\nlast = 999\n')

    assert [(await house.issue("pass"))["number"] for _ in range(3)] == ["A998", "A999", "A1000"]


async def days(house: House) -> list[str]:
    return [event["day"] for event in await house.events() if event["type"] == "day_opened"]


@pytest.mark.parametrize(
    ("zone", "morning", "before", "midnight"),
    [
        ("Europe/Berlin", "2026-03-17T08:00:00Z", "2026-03-17T22:59:59.999Z", "2026-03-17T23:00:00Z"),
        ("America/Los_Angeles", "2026-07-01T16:00:00Z", "2026-07-02T06:59:59.999Z", "2026-07-02T07:00:00Z"),
        ("Europe/Berlin", "2026-10-25T08:00:00Z", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
        ("Europe/Berlin", "2027-03-28T08:00:00Z", "2027-03-28T21:59:59.999Z", "2027-03-28T22:00:00Z"),
        ("Europe/Berlin", "2026-10-24T23:30:00Z", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
    ],
    ids=["berlin", "los-angeles", "clocks-back", "clocks-forward", "the-25-hours"],
)
async def test_the_day_ends_at_midnight_of_the_office(
    stand: Stand, zone: str, morning: str, before: str, midnight: str
) -> None:
    """18. Not a millisecond earlier, whatever UTC and daylight saving do; the new day starts with the first number."""
    house = await stand(f'[office]\nid = "amt"\ntime_zone = "{zone}"\n', at=morning)
    [today] = await days(house)
    old = await house.issue("pass")

    house.clock.to(before)
    assert (await house.issue("pass"))["number"] == "A002"
    assert await days(house) == [today]
    house.clock.to(midnight)
    opened = await house.happened("day_opened", by="system", after=house.nodes[0].desk.state.seq - 1)

    assert opened["at"] == house.clock.at()
    assert opened["day"] > today
    assert (await house.issue("pass"))["number"] == "A001"
    expired = [event for event in await house.events() if event["type"] == "ticket_expired"]
    assert [event["number"] for event in expired] == ["A001", "A002"]
    gone = await house.client.get(f"/api/v1/tickets/{old['secret']}")
    assert (gone.status_code, gone.json()["code"]) == (410, "link_expired")


async def test_the_day_does_not_end_at_midnight_of_utc(stand: Stand) -> None:
    """18. Midnight in UTC is five in the afternoon in Los Angeles, where nothing happens."""
    house = await stand('[office]\nid = "amt"\ntime_zone = "America/Los_Angeles"\n', at="2026-07-01T23:59:59.999Z")
    await house.issue("pass")

    house.clock.step(minutes=1)

    assert (await house.issue("pass"))["number"] == "A002"
    assert await days(house) == ["2026-07-01"]


async def test_who_is_served_at_midnight_is_served_to_the_end(house: House) -> None:
    """18. Serving goes on until it is finished, and until then the number stays in use."""
    await house.open("1")
    ticket = await house.issue("pass")
    await house.next("1")
    await house.at("1", "start_service")
    house.clock.to("2026-03-17T23:00:00Z")
    await house.happened("day_opened", day="2026-03-18")

    assert (await house.issue("pass"))["number"] != ticket["number"]
    finished = await house.at("1", "finish_service")
    assert finished["events"][0]["ticket"] == ticket["id"]


async def test_a_double_tap_is_one_ticket(house: House) -> None:
    """19. A double tap, a retried request, a reload at the kiosk: the same answer again, and one ticket."""
    await house.token("kiosk", "tor")
    command = {"type": "issue_ticket", "services": ["pass"], "kiosk": "tor"}
    answers = await asyncio.gather(*(house.did("kiosk", "tor", key="one-touch", **command) for _ in range(3)))
    house.clock.step(hours=1)
    answers.append(await house.did("kiosk", "tor", key="one-touch", **command))

    assert sorted(answer["replayed"] for answer in answers) == [False, True, True, True]
    bare = [{name: value for name, value in answer.items() if name != "replayed"} for answer in answers]
    assert bare == [bare[0]] * 4
    assert [event["type"] for event in bare[0]["events"]] == ["ticket_issued", "print_requested"]
    assert (await house.issue("pass"))["number"] == "A002"


async def test_a_key_is_the_command_not_its_spelling(house: House) -> None:
    """19. The same command with its fields in another order and with white space is the same; on another server too."""
    key = house.key()
    headers = {"Idempotency-Key": key, "Content-Type": "application/json", **await house.bearer("desk")}
    url = f"{house.path}/commands"
    first = await house.client.post(url, content=b'{"type":"issue_ticket","services":["pass"]}', headers=headers)
    other = await house.another_node()
    again = await house.nodes[other].client.post(
        url, content=b'{ "services": ["pass"], "persons": 1, "type": "issue_ticket" }', headers=headers
    )

    assert again.status_code == 200, again.text
    assert again.json()["replayed"]
    assert again.json()["result"] == first.json()["result"]


async def test_the_same_key_with_another_service(house: House) -> None:
    """19. Refused; and the same key from somebody else is another key."""
    await house.issue("pass", key="mine")

    problem = await house.refused("key_reused", "desk", key="mine", type="issue_ticket", services=["umzug"])
    assert (problem["status"], problem["retry"]) == (422, False)
    await house.did("clerk", key="mine", type="issue_ticket", services=["umzug"])


async def test_a_refusal_does_not_spend_its_key(house: House) -> None:
    """19. After a refusal or an empty answer, the same key is decided again."""
    await house.refused("counter_closed", key="again", type="call_next", counter="1")
    await house.open("1")
    empty = await house.did(key="again", type="call_next", counter="1")
    ticket = await house.issue("pass")

    answer = await house.did(key="again", type="call_next", counter="1")

    assert empty["result"] == {"ticket": None}
    assert answer["result"]["ticket"]["id"] == ticket["id"]
    assert not answer["replayed"]


async def kiosk_service(house: House, service: str = "pass") -> dict[str, Any]:
    board = await house.board("kiosk", "tor")
    found: dict[str, Any] = next(one for one in board["services"] if one["id"] == service)
    return found


async def at_kiosk(house: House, code: str) -> dict[str, Any]:
    """The kiosk is refused with this code; a clerk may still issue."""
    problem: dict[str, Any] = await house.refused(code, "kiosk", "tor", type="issue_ticket", services=["pass"])
    await house.issue("pass", role="clerk")
    return problem


async def test_a_closed_service_refuses_at_the_kiosk(house: House) -> None:
    """21. With the reason and the time of reopening; then it opens by itself."""
    until = house.clock.at(minutes=30)
    await house.did("supervisor", type="close_service", service="pass", reason="personal", until=until)

    problem = await at_kiosk(house, "service_closed")

    assert (problem["reason"], problem["until"]) == ("personal", until)
    shown = await kiosk_service(house)
    assert (shown["open"], shown["reason"], shown["opens_at"]) == (False, "personal", until)
    house.clock.step(minutes=30)
    await house.happened("service_opened", service="pass", by="system")
    await house.issue("pass", role="kiosk")


HOURS = """
[hours]
mon = []
tue = ["08:00-10:00", "14:00-16:00"]
wed = []
thu = ["08:00-12:00"]
fri = []
sat = []
sun = []
"""


async def test_outside_its_hours_it_refuses_at_the_kiosk(stand: Stand) -> None:
    """21. With the next opening, over the lunch break and over closed days."""
    house = await stand(HOURS)
    await house.issue("pass", role="kiosk")

    house.clock.to("2026-03-17T09:00:00Z")
    assert (await at_kiosk(house, "outside_hours"))["until"] == "2026-03-17T13:00:00.000Z"
    house.clock.to("2026-03-17T15:00:00Z")
    assert (await at_kiosk(house, "outside_hours"))["until"] == "2026-03-19T07:00:00.000Z"

    shown = await kiosk_service(house)
    assert (shown["open"], shown["reason"], shown["opens_at"]) == (False, "hours", "2026-03-19T07:00:00.000Z")
    assert not (await house.board("display", "halle"))["open"]


async def test_at_its_limit_it_refuses_at_the_kiosk(stand: Stand) -> None:
    """21. It opens with the next day; tickets issued by staff do not count against the limit."""
    house = await stand(HOURS)
    await house.did("supervisor", type="limit_service", service="pass", tickets=2)
    await house.issue("pass", role="clerk")
    for _ in range(2):
        await house.issue("pass", role="kiosk")

    problem = await at_kiosk(house, "limit_reached")

    assert (problem["reason"], problem["until"]) == ("limit", "2026-03-19T07:00:00.000Z")
    shown = await kiosk_service(house)
    assert (shown["open"], shown["reason"]) == (False, "limit")
    await house.did("supervisor", type="limit_service", service="pass", tickets=None)
    await house.issue("pass", role="kiosk")


async def test_a_step_free_ticket_goes_to_a_counter_that_is(house: House) -> None:
    """42. No press calls it to a counter without the feature."""
    await house.open("1", "2")
    ticket = await house.issue("pass", needs=["step_free", "escort"])

    assert await house.next("2") is None
    await house.refused("needs_not_met", type="call_ticket", counter="2", ticket=ticket["id"])
    await house.refused("needs_not_met", type="transfer_ticket", ticket=ticket["id"], to_counter="2")
    assert await house.queue("2") == []
    assert await house.next("1") == ticket["number"]
    assert set((await house.board("counter", "1"))["current"]["needs"]) == {"step_free", "escort"}


async def test_parked_it_is_resumed_only_where_it_can_go(house: House) -> None:
    """42. Resuming it elsewhere is refused too."""
    await house.open("1", "2")
    ticket = await house.issue("pass", needs=["step_free"])
    await house.next("1")
    await house.at("1", "start_service")
    await house.at("1", "park_ticket")

    await house.refused("needs_not_met", type="resume_ticket", counter="2", ticket=ticket["id"])
    await house.at("1", "resume_ticket", ticket=ticket["id"])


async def test_no_step_free_counter_is_open(house: House) -> None:
    """42. Then the expected wait is null, and kiosk and supervisor say so."""
    await house.open("2")
    ticket = await house.issue("pass", needs=["step_free"])

    assert ticket["expected"] is None
    assert (await house.phone(ticket))["expected"] is None
    assert (await kiosk_service(house))["step_free"] is False
    table = await house.board("supervisor")
    assert [line["needs"] for line in table["tickets"]] == [["step_free"]]
    assert [face["id"] for face in table["counters"] if "step_free" in face["features"]] == ["1"]
    assert table["counters"][0]["state"] == "closed"
    await house.open("1")
    assert (await kiosk_service(house))["step_free"] is True
