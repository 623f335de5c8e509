"""Answers, results, boards and frames have the fields that the contract names: sections 2, 3 and 4 as a checklist."""

import re
from typing import Any

from tests.contract.forecasts import Waiting
from tests.contract.house import House, Stand

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")
ISSUED = {"id", "number", "secret", "code", "services", "category", "ahead", "expected", "expected_reason"}
BOOKED = {"id", "code", "secret", "start", "services"}


async def test_an_issue(house: House) -> None:
    """`{ticket: {id, number, secret, services, category, ahead, expected}}`; `expected` null says why: `expected_reason`."""
    await house.issue("pass")
    answer = await house.did("desk", type="issue_ticket", services=["pass", "kasse"], category="priority", persons=3)

    ticket = answer["result"]["ticket"]
    assert set(ticket) == ISSUED
    assert (ticket["services"], ticket["category"], ticket["number"]) == (["pass", "kasse"], "priority", "A002")
    assert ticket["ahead"] == 0
    assert (ticket["expected"], ticket["expected_reason"]) == (None, "no_counter")
    assert (await house.issue("pass"))["ahead"] == 2


async def test_a_check_in(house: House) -> None:
    """The same as for an issue; the category is appointment."""
    start = house.clock.at(minutes=15)
    book: dict[str, Any] = {"type": "book_appointment", "services": ["pass"], "start": start, "reference": "portal-77"}
    booked = (await house.did("booking", **book))["result"]["appointment"]
    assert set(booked) == BOOKED
    assert re.fullmatch(r"[A-Z0-9]{6}", booked["code"])
    assert (booked["start"], booked["services"]) == (start, ["pass"])

    answer = await house.did("kiosk", "tor", type="check_in", code=booked["code"].lower())

    assert set(answer["result"]["ticket"]) == ISSUED
    assert answer["result"]["ticket"]["category"] == "appointment"
    assert answer["result"]["ticket"]["expected_reason"] == "no_counter"
    assert [event["type"] for event in answer["events"]] == ["ticket_issued", "appointment_checked_in"]


async def test_a_check_in_is_told_the_wait_until_its_slot(stand: Stand) -> None:
    """The answer is read from what both events keep; it says nothing if the forecast is older than the booking."""
    forecast = Waiting()
    house = await stand(promise=forecast.promise)
    await house.open("1")
    for _ in range(6):
        await house.issue("pass")
    booked = []
    for _ in range(2):
        await forecast.look(house)
        book: dict[str, Any] = {"type": "book_appointment", "services": ["pass"], "start": house.clock.at(minutes=40)}
        booked.append((await house.did("booking", **book))["result"]["appointment"]["code"])

    answer = await house.did("kiosk", "tor", type="check_in", code=booked[0])
    untold = await house.did("kiosk", "tor", type="check_in", code=booked[1])

    ticket = answer["result"]["ticket"]
    assert (ticket["expected_reason"], ticket["expected"]["learning"]) == (None, True)
    assert 25 <= ticket["expected"]["low"] < ticket["expected"]["high"] <= 60, (
        "35 minutes, until shortly before its slot"
    )
    kept = [event["told"] for event in answer["events"]]
    assert kept[0] == kept[1]
    assert {name: kept[0][name] for name in ("low", "median", "high")} == {
        name: ticket["expected"][name] for name in ("low", "median", "high")
    }
    unknown = untold["result"]["ticket"]
    assert (unknown["expected"], unknown["expected_reason"]) == (None, "stale")
    assert all(event.get("told") is None for event in untold["events"])


async def test_a_move_of_an_appointment(house: House) -> None:
    """The same answer as for the booking, with the new start; moving it to its own slot changes nothing."""
    book: dict[str, Any] = {"type": "book_appointment", "services": ["pass"], "start": house.clock.at(minutes=30)}
    booked = (await house.did("booking", **book))["result"]["appointment"]
    start = house.clock.at(minutes=90)

    moved = await house.did("desk", type="move_appointment", appointment=booked["id"], start=start)

    assert moved["result"]["appointment"] == {**booked, "start": start}
    again = await house.did("desk", type="move_appointment", appointment=booked["id"], start=start)
    assert again["events"] == []


async def test_a_call(house: House) -> None:
    """`{ticket: {id, number, ...}, why}`; `why` says why in a code, and how long that was."""
    await house.open("1")
    ticket = await house.issue("pass")
    await house.issue("pass")
    house.clock.step(minutes=4)

    result = (await house.at("1", "call_next"))["result"]

    assert {name: result["ticket"][name] for name in ("id", "number")} == {"id": ticket["id"], "number": "A001"}
    assert result["why"] == {"code": "longest_wait", "waited": 240, "slot": None}


async def test_a_lease_of_numbers(house: House) -> None:
    """`{lease, blocks: [{service, letter, from, to}], until}`; returned numbers are ordered by the time they were given out."""
    await house.issue("pass")
    answer = await house.did("kiosk", "tor", type="lease_numbers", services=["pass", "umzug"], count=20)
    result = answer["result"]
    assert set(result) == {"lease", "blocks", "until"}
    assert [(block["service"], block["letter"], block["to"] - block["from"]) for block in result["blocks"]] == [
        ("pass", "A", 19),
        ("umzug", "B", 19),
    ]
    assert result["until"] == "2026-03-17T23:00:00.000Z"
    house.clock.step(minutes=10)
    later = await house.issue("pass")
    number = f"A{result['blocks'][0]['from']:03d}"
    given = {"number": number, "service": "pass", "issued_at": house.clock.at(minutes=-5), "language": "de"}

    await house.did("kiosk", "tor", type="hand_in_tickets", lease=result["lease"], tickets=[given])

    await house.open("2")
    assert await house.queue("2") == ["A001", number, later["number"]]


async def test_an_answer(house: House) -> None:
    """`{epoch, seq, replayed, events, result}`; an event says office, epoch, seq, mark, v, type, at, by, key."""
    answer = await house.did("kiosk", "tor", key="once", type="issue_ticket", services=["pass"])

    assert set(answer) == {"epoch", "seq", "replayed", "events", "result"}
    for event in answer["events"]:
        assert {"office", "epoch", "seq", "mark", "v", "type", "at", "by", "key", "ticket", "number"} <= set(event)
        assert (event["office"], event["by"], event["key"]) == ("amt", "kiosk:tor", "once")
        assert INSTANT.fullmatch(event["at"])
        assert not {"who", "digest", "holder"} & set(event)
    assert answer["seq"] == answer["events"][-1]["seq"]
    assert (await house.events(after=answer["events"][0]["seq"] - 1))[: len(answer["events"])] == answer["events"]


async def test_what_an_event_says_of_its_presser(house: House) -> None:
    """Counter, kiosk, desk, station, booking, holder, system, supervisor's account: never a clerk."""
    ticket = await house.issue("pass")
    await house.open("1")
    await house.did(type="cancel_ticket", ticket=(await house.issue("pass"))["id"])
    await house.as_holder(ticket, "pause_ticket")
    await house.did("station", "foto", type="request_help")
    await house.did("booking", type="hold_slot", services=["pass"], start=house.clock.at(minutes=60))
    await house.did("supervisor", type="open_counter", counter="2")

    said = {event["by"].partition(":")[0]: event["by"] for event in await house.events()}

    assert {name: said[name] for name in ("counter", "desk", "holder", "station", "booking", "system")} == {
        "counter": "counter:1",
        "desk": "desk",
        "holder": "holder",
        "station": "station:foto",
        "booking": "booking",
        "system": "system",
    }
    assert set(said) == {"counter", "desk", "holder", "station", "booking", "system", "supervisor"}


async def test_the_finish_and_the_miss_say_what_follows(house: House) -> None:
    """`service_finished {next}` with the services that are left, empty at the end; `ticket_missed {again_at}`."""
    await house.open("1", services=["pass"])
    await house.issue("pass", "kasse")
    await house.issue("pass")
    finished = []
    for _ in range(2):
        await house.next("1")
        await house.at("1", "start_service")
        finished.append((await house.at("1", "finish_service"))["events"][0]["next"])

    assert finished == [["kasse"], []]


KEYS = {
    "display": "office display languages open calls waiting messages numbers_waiting missed",
    "counter": "counter current next queue parked missed lines colleagues messages assignment break_reasons picking "
    "undo alarms",
    "supervisor": "services counters tickets devices alarms help messages policy presets curve fairness last_ticket_at "
    "advice",
    "ticket": "number state ahead expected passed_by services counter way papers called_at missed_at away_until office "
    "language may",
    "kiosk": "services languages printer help",
    "printer": "jobs",
    "announcer": "announcements lease silence",
    "desk": "services tickets",
    "station": "current",
}
PARTS = {
    ("display", "calls"): "number counter called_at attempt fresh withdrawn",
    ("display", "waiting"): "service count expected",
    ("counter", "counter"): "id label state services features holder_is_me since",
    ("counter", "current"): "ticket number state services needs language since waited note seen_on spoken",
    ("counter", "next"): "id number why",
    ("counter", "queue"): "id number services category needs waiting_since expected why_order",
    ("counter", "undo"): "key until",
    ("supervisor", "services"): "id open waiting longest_wait expected target",
    ("supervisor", "counters"): "id state services skills features current since",
    ("supervisor", "devices"): "id kind seen_at state seq delay_ms",
    ("kiosk", "services"): "id names open reason opens_at waiting expected reachable_today online_url",
    ("announcer", "announcements"): "id at number counter languages texts audio attempt",
}


async def living(house: House) -> dict[str, Any]:
    """An office in which every list has an entry: its boards by kind."""
    await house.did("kiosk", "tor", type="issue_ticket", services=["pass"])
    waiting = await house.issue("pass")
    await house.open("1")
    await house.next("1")
    admin = await house.bearer("clerk")
    boards = {
        kind: await house.board(kind, id)
        for kind, id in (
            ("display", "halle"),
            ("supervisor", ""),
            ("desk", ""),
            ("kiosk", "tor"),
            ("printer", "tor"),
            ("announcer", "halle"),
            ("station", "foto"),
        )
    }
    boards["counter"] = (await house.client.get(f"{house.path}/boards/counter/1", headers=admin)).json()
    boards["ticket"] = await house.phone(waiting)
    return boards


async def test_boards_have_every_field(house: House) -> None:
    """Section 4, field by field."""
    boards = await living(house)

    lacking = {kind: sorted(set(keys.split()) - set(boards[kind])) for kind, keys in KEYS.items()}
    for (kind, name), keys in PARTS.items():
        part = boards[kind].get(name)
        part = part[0] if isinstance(part, list) else part
        lacking[f"{kind}.{name}"] = sorted(set(keys.split()) - set(part or {}))

    assert {where: names for where, names in lacking.items() if names} == {}


async def test_a_call_names_its_counter(house: House) -> None:
    """`counter: {id, label, way}`."""
    [call] = (await living(house))["display"]["calls"]

    assert {name: call["counter"][name] for name in ("id", "label", "way")} == {
        "id": "1",
        "label": "Schalter 1",
        "way": {"de": "links"},
    }


async def test_lists_are_the_office_files_in_its_order(house: House) -> None:
    """All counters and devices; a device never seen is `unknown`; a closed counter shows the services it would open with."""
    board = (await living(house))["supervisor"]

    assert [(face["id"], face["state"]) for face in board["counters"]] == [
        ("1", "open"),
        ("2", "closed"),
        ("3", "closed"),
    ]
    assert board["counters"][2]["services"] == ["umzug", "kasse"]
    devices = [(device["kind"], device["id"]) for device in board["devices"]]
    assert [one for one in devices if one[0] == "display"] == [
        ("display", "halle"),
        ("display", "beide"),
        ("display", "oben"),
    ]
    assert {("kiosk", "tor"), ("kiosk", "stumm"), ("printer", "tor"), ("announcer", "halle")} <= set(devices)
    assert {device["state"] for device in board["devices"]} == {"unknown"}


async def test_boards_carry_instants_never_ages(house: House) -> None:
    """A board on which nothing happened is the same a second later."""
    before = await living(house)
    house.clock.step(seconds=1)

    for kind in ("display", "supervisor", "desk", "kiosk", "announcer"):
        id = {"display": "halle", "kiosk": "tor", "announcer": "halle"}.get(kind, "")
        assert await house.board(kind, id) == before[kind], kind


async def test_what_a_phone_may(house: House) -> None:
    """`may` lists what the link could do now, and nothing else."""
    ticket = await house.issue("pass")
    await house.open("1")
    seen = {"waiting": (await house.phone(ticket))["may"]}
    await house.next("1")
    seen["called"] = (await house.phone(ticket))["may"]
    await house.at("1", "start_service")
    seen["serving"] = (await house.phone(ticket))["may"]
    await house.at("1", "finish_service")
    seen["finished"] = (await house.phone(ticket))["may"]

    assert seen == {
        "waiting": ["cancel_ticket", "pause_ticket"],
        "called": ["cancel_ticket"],
        "serving": [],
        "finished": [],
    }


async def test_the_public_routes(house: House) -> None:
    """me, offices, an office, its waits: the named members, for the roles that may see them."""
    me = await house.client.get("/api/v1/me", headers=await house.bearer("clerk", "1"))
    assert me.json() == {"role": "clerk", "offices": ["amt"], "for": "1"}
    assert (await house.client.get("/api/v1/offices")).json() == [{"id": "amt", "name": "Amt am Markt", "open": True}]
    office = (await house.client.get(house.path)).json()
    assert office["languages"] == ["de", "en"]
    assert office["open"] is True
    assert office["services"][0]["names"] == {"de": "Pass", "en": "Passport"}
    waits = await house.client.get(f"{house.path}/waits")
    assert waits.headers["access-control-allow-origin"] == "*"
    assert INSTANT.fullmatch(waits.json()["at"])
    named = {"id", "name", "open", "waiting", "expected", "reachable_today"}
    assert all(named <= set(service) for service in waits.json()["services"])
    assert all(service["reachable_today"] in ("yes", "likely", "no", None) for service in waits.json()["services"])


async def test_events_are_read_in_pages(house: House) -> None:
    """`limit` is 100 by default and 1,000 at most; `after` leaves out what is known."""
    for _ in range(120):
        await house.issue("pass")
    headers = await house.bearer("observer")

    first = (await house.client.get(f"{house.path}/events", headers=headers)).json()
    assert set(first) == {"epoch", "events"}
    assert [event["seq"] for event in first["events"]] == list(range(1, 101))
    rest = await house.events(after=100)
    assert [event["seq"] for event in rest] == list(range(101, 101 + len(rest)))
    too_much = await house.client.get(f"{house.path}/events?limit=1001", headers=headers)
    assert (too_much.status_code, too_much.json()["code"]) == (422, "invalid")
