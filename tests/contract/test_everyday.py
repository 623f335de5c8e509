"""Other promises of the contract, in an office's daily life: stations, outcomes, help, silence, paper, keys."""

from tests.contract.house import House, Stand


async def test_to_a_station_and_back(house: House) -> None:
    """After the station, a ticket is first in the list of the counter that sent it; after a limit others may take it."""
    await house.open("1", "2")
    ticket = await house.issue("pass")
    await house.next("1")
    await house.at("1", "start_service")
    others = [await house.issue("pass", category="priority") for _ in range(2)]

    await house.at("1", "send_to_station", station="foto")
    station = await house.did("station", "foto", type="call_next", counter="foto")
    assert station["result"]["ticket"]["id"] == ticket["id"]
    await house.did("station", "foto", type="start_service", counter="foto")
    assert (await house.board("station", "foto"))["current"]["number"] == ticket["number"]
    await house.did("station", "foto", type="finish_service", counter="foto")

    assert await house.next("2") == others[0]["number"]
    back = await house.at("1", "call_next")
    assert (back["result"]["ticket"]["id"], back["result"]["why"]["code"]) == (ticket["id"], "returned")


async def test_nobody_fetches_it_from_the_station(house: House) -> None:
    """After the limit any counter may take it."""
    await house.open("1", "2")
    ticket = await house.issue("pass")
    await house.next("1")
    await house.at("1", "start_service")
    await house.at("1", "send_to_station", station="foto")
    for kind in ("call_next", "start_service", "finish_service"):
        await house.did("station", "foto", type=kind, counter="foto")

    house.clock.step(minutes=14)
    assert await house.next("2") is None
    house.clock.step(minutes=1)
    assert await house.next("2") == ticket["number"]


async def test_several_services_in_a_row(house: House) -> None:
    """The counter finishes what it serves; for its other services the ticket goes on waiting and keeps its seniority."""
    await house.open("2", "3")
    visit = await house.issue("pass", "kasse")
    house.clock.step(minutes=5)
    await house.issue("kasse")
    await house.next("2")
    await house.at("2", "start_service")

    finished = (await house.at("2", "finish_service"))["events"][0]

    assert (finished["services_done"], finished["next"], finished["outcome"]) == (["pass"], ["kasse"], "done")
    assert await house.next("3") == visit["number"]


async def test_not_possible_and_left_end_the_visit(house: House) -> None:
    """Even if other services were still wanted."""
    await house.open("2")
    for outcome in ("not_possible", "left"):
        ticket = await house.issue("pass", "kasse")
        await house.next("2")
        await house.at("2", "start_service")
        event = (await house.at("2", "finish_service", outcome=outcome))["events"][0]
        assert (event["next"], event["outcome"]) == ([], outcome)
        assert (await house.phone(ticket))["state"] == "finished"


async def test_assumed_arrival(stand: Stand) -> None:
    """`assumed`: after N seconds the service has begun; a finish before that counts as an arrival."""
    house = await stand('[policy]\narrival = "assumed"\narrival_after = 60\n')
    await house.open("1")
    await house.issue("pass")
    await house.next("1")

    house.clock.step(seconds=60)
    await house.happened("service_started", by="system")

    assert (await house.board("counter", "1"))["current"]["state"] == "serving"


async def test_wrap_up_ends_with_the_next_call(house: House) -> None:
    """If nobody waits, wrap-up goes on."""
    await house.open("1")
    await house.issue("pass")
    await house.next("1")
    await house.at("1", "start_service")
    await house.at("1", "finish_service", wrap_up=True)

    assert await house.next("1") is None
    assert (await house.board("counter", "1"))["counter"]["state"] == "wrap_up"
    await house.issue("pass")
    events = (await house.at("1", "call_next"))["events"]
    assert [event["type"] for event in events] == ["counter_resumed", "ticket_called"]


async def test_a_pause_that_comes_after_the_finish(house: House) -> None:
    """Nobody is called to a counter in a pause."""
    await house.open("1")
    await house.issue("pass")
    await house.issue("pass")
    await house.next("1")
    await house.at("1", "start_service")
    back = house.clock.at(minutes=15)
    await house.at("1", "pause_counter", reason="pause", back_at=back)

    answer = await house.at("1", "call_next", finish_current=True)

    assert answer["result"]["ticket"] is None
    assert [event["type"] for event in answer["events"]] == ["service_finished", "counter_paused"]
    counter = (await house.board("counter", "1"))["counter"]
    assert (counter["state"], counter["reason"], counter["back_at"]) == ("paused", "pause", back)


async def test_an_issue_taken_back(house: House) -> None:
    """Undo of an issue cancels the ticket; its number is not used again. A second cancel changes nothing."""
    issued = await house.did("clerk", key="issue", type="issue_ticket", services=["pass"])
    headers = {"Idempotency-Key": "u", **await house.bearer("clerk")}
    answer = await house.client.post(f"{house.path}/commands", json={"type": "undo", "key": "issue"}, headers=headers)
    assert answer.status_code == 200, answer.text

    ticket = issued["result"]["ticket"]
    assert (await house.phone(ticket))["state"] == "cancelled"
    assert (await house.issue("pass"))["number"] == "A002"
    again = await house.did(type="cancel_ticket", ticket=ticket["id"])
    assert (again["events"], again["replayed"]) == ([], False)
    house.clock.step(minutes=16)
    await house.issue("pass")
    await house.refused("unknown_ticket", type="cancel_ticket", ticket=ticket["id"])


async def test_a_key_lives_over_midnight(house: House) -> None:
    """19. A retry after midnight is still the same press and makes no ticket on the new day."""
    house.clock.to("2026-03-17T22:59:50Z")
    first = await house.did("desk", key="late", type="issue_ticket", services=["pass"])
    house.clock.step(seconds=20)
    await house.happened("day_opened", day="2026-03-18")

    again = await house.did("desk", key="late", type="issue_ticket", services=["pass"])

    assert again["replayed"]
    assert again["result"] == first["result"]
    assert (await house.issue("pass"))["number"] == "A001"


async def test_the_contact_of_a_fire_alarm_silences_a_zone(house: House) -> None:
    """By HTTP, with a station's token for a contact that is no station of the file; asked twice, it acts once."""
    await house.open("1")
    await house.issue("pass")
    await house.next("1")
    wanted = {"type": "silence_zone", "zone": "halle", "key": "fire-1"}
    first = await house.did("station", "alarm", **wanted)
    again = await house.did("station", "alarm", **wanted)

    assert [event["type"] for event in first["events"]] == ["zone_silenced"]
    assert again["replayed"]
    wall = await house.board("display", "halle")
    assert (wall["silent"], wall["said"], len(wall["calls"])) == (["halle"], [], 1)
    assert (await house.board("announcer", "halle"))["silent"]
    await house.refused("not_allowed", "station", "alarm", type="test_call", zone="halle")
    await house.did("station", "alarm", type="end_silence", zone="halle")
    assert (await house.board("display", "halle"))["said"]


async def test_a_silent_zone(house: House) -> None:
    """Nothing is announced until its end; the wall shows the call anyway."""
    await house.did("supervisor", type="silence_zone", zone="halle", until=house.clock.at(minutes=10))
    await house.open("1")
    await house.issue("pass")
    await house.next("1")

    board = await house.board("announcer", "halle")
    assert (board["announcements"], board["silence"]) == ([], house.clock.at(minutes=10))
    assert len((await house.board("display", "halle"))["calls"]) == 1
    house.clock.step(minutes=10)
    await house.happened("silence_ended", zone="halle", by="system")
    await house.at("1", "repeat_call")
    assert len((await house.board("announcer", "halle"))["announcements"]) == 1


async def test_seen_and_spoken(house: House) -> None:
    """What displays and voices report is on the counter's board: where the call was seen, and whether it was spoken."""
    await house.open("1")
    await house.issue("pass")
    wall_token, voice_token = await house.token("display", "halle"), await house.token("announcer", "halle")
    async with (
        house.talk("counter", "1", token=await house.token("clerk")) as clerk,
        house.talk("display", "halle", token=wall_token) as wall,
        house.talk("announcer", "halle", token=voice_token) as voice,
    ):
        await wall.board()
        await voice.board()
        called = await house.at("1", "call_next")
        said = await voice.until("announcement")
        board = await clerk.board(lambda board: board["current"] is not None)
        assert (board["current"]["seen_on"], board["current"]["spoken"]) == ([], None)

        await wall.say(type="report", kind="shown", seq=called["seq"], sound="ready")
        await voice.say(type="report", kind="announcement", announcement=said["id"], state="spoken")

        board = await clerk.board(lambda board: board["current"]["spoken"] is True)
        if not board["current"]["seen_on"]:
            board = await clerk.board(lambda board: bool(board["current"]["seen_on"]))
    assert board["current"]["seen_on"] == ["halle"]
    devices = {(one["kind"], one["id"]): one for one in (await house.board("supervisor"))["devices"]}
    assert (devices["display", "halle"]["state"], devices["display", "halle"]["seq"]) == ("online", called["seq"])


async def test_help_at_the_kiosk(house: House) -> None:
    """Asked for once, seen by the desk, answered on the kiosk's own screen."""
    asked = await house.did("kiosk", "tor", type="request_help")
    assert (await house.did("kiosk", "tor", type="request_help"))["events"] == []
    [call] = (await house.board("desk"))["help"]
    assert (call["id"], call["device"], call["accepted_by"]) == (asked["result"]["help"], "tor", None)

    await house.did("desk", type="accept_help", help=call["id"])

    assert (await house.board("kiosk", "tor"))["help"]["accepted_by"] == "desk"


async def test_priority_is_given_by_staff(stand: Stand) -> None:
    """A kiosk may not ask for it; a service may have priority by itself, whoever issues the ticket."""
    house = await stand('[[services]]\nid = "kasse"\npriority = true\n')
    await house.refused("not_allowed", "kiosk", "tor", type="issue_ticket", services=["pass"], category="priority")

    assert (await house.issue("kasse", role="kiosk"))["category"] == "priority"
    assert (await house.issue("pass", category="priority"))["category"] == "priority"


async def test_another_paper(house: House) -> None:
    """A new print job, by the kiosk that issued the ticket or by staff who name a printer."""
    ticket = await house.issue("pass", role="kiosk", kiosk="tor")
    again = await house.did("kiosk", "tor", type="print_ticket", ticket=ticket["id"])
    by_staff = await house.did("desk", type="print_ticket", ticket=ticket["id"], printer="tor")

    jobs = [job["job"] for job in (await house.board("printer", "tor"))["jobs"]]
    assert len(jobs) == len(set(jobs)) == 3
    assert jobs[1:] == [again["events"][0]["job"], by_staff["events"][0]["job"]]


async def test_days_opened_and_closed_twice(house: House) -> None:
    """Opening an open day and closing a closed one change nothing."""
    assert (await house.did("supervisor", type="open_day"))["events"] == []
    await house.did("supervisor", type="close_day")
    assert (await house.did("supervisor", type="close_day"))["events"] == []
    assert (await house.client.get("/health/ready")).status_code == 200
