"""The supervisor: promises 33 to 35."""

from tests.contract.house import House, Stand


async def test_services_moved_count_on_the_very_next_call(house: House) -> None:
    """33. A counter gets another service: its next call is from there; who, when and why are in the log."""
    await house.open("1")
    old, new = await house.issue("pass"), await house.issue("kasse")

    await house.did("supervisor", type="assign_counter", counter="1", services=["kasse"], reason="personal")

    assert await house.next("1") == new["number"]
    event = await house.happened("counter_assigned", counter="1")
    account = event["by"].removeprefix("supervisor:")
    assert account
    assert "Muster" not in account
    assert (event["services"], event["reason"], event["at"]) == (["kasse"], "personal", house.clock.at())
    given = (await house.board("counter", "1"))["assignment"]
    assert (given["services"], given["by"], given["reason"]) == (["kasse"], event["by"], "personal")
    assert (await house.phone(old))["state"] == "waiting"


async def test_a_timed_move_takes_itself_back(house: House) -> None:
    """33. At its end time, once, by the system; also if a finish and another call come between."""
    await house.open("1")
    until = house.clock.at(minutes=30)
    await house.did("supervisor", type="assign_counter", counter="1", services=["kasse"], until=until)
    assert (await house.board("counter", "1"))["assignment"]["until"] == until

    house.clock.step(minutes=30)
    back = await house.happened("counter_assigned", by="system")

    assert (back["counter"], sorted(back["services"])) == ("1", ["pass", "umzug"])
    assert back["key"].startswith("tick:assignment:1:")
    board = await house.board("counter", "1")
    assert (board["counter"]["services"], board["assignment"]) == (["pass", "umzug"], None)


async def test_a_counter_is_given_only_what_it_can(house: House) -> None:
    """33. Skills apply to supervisors too."""
    await house.refused("cannot_serve", "supervisor", type="assign_counter", counter="2", services=["kasse"])


async def test_a_set_of_moves_is_all_or_nothing_and_taken_back_as_one(house: House) -> None:
    """33. If one move is impossible, none happens; the set is taken back by its key, hours later."""
    await house.open("1", "2")
    ticket = await house.issue("pass")
    good = {"type": "assign_counter", "counter": "2", "services": ["umzug"]}
    bad = {"type": "assign_counter", "counter": "3", "services": ["pass"]}
    before = await house.events()
    await house.refused("cannot_serve", "supervisor", type="apply_moves", moves=[good, bad])
    assert await house.events() == before
    moves = [good, {"type": "move_tickets", "tickets": [ticket["id"]], "to_service": "umzug"}]

    applied = await house.did("supervisor", key="the-set", type="apply_moves", moves=moves, reason="personal")

    assert [event["type"] for event in applied["events"]] == ["counter_assigned", "tickets_moved", "moves_applied"]
    assert await house.queue("2") == [ticket["number"]]
    house.clock.step(hours=3)
    await revert(house, "the-set")
    assert (await house.board("counter", "2"))["counter"]["services"] == ["pass"]
    assert await house.queue("2") == [ticket["number"]]
    assert (await house.phone(ticket))["services"][0]["id"] == "pass"


async def revert(house: House, key: str) -> None:
    """`revert_moves` has a field `key` besides the key of its own press."""
    headers = {"Idempotency-Key": house.key(), **await house.bearer("supervisor")}
    body = {"type": "revert_moves", "key": key}
    answer = await house.client.post(f"{house.path}/commands", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert [event["type"] for event in answer.json()["events"]] == ["moves_reverted"]


async def test_a_timed_set_takes_itself_back(house: House) -> None:
    """33. Sets have an `until` too."""
    moves = [{"type": "close_service", "service": "umzug"}, {"type": "limit_service", "service": "pass", "tickets": 5}]
    await house.did("supervisor", type="apply_moves", moves=moves, until=house.clock.at(minutes=15))

    house.clock.step(minutes=15)
    await house.happened("moves_reverted", by="system")

    assert all(service["open"] for service in (await house.board("kiosk", "tor"))["services"])


async def test_a_preset_until_an_instant(house: House) -> None:
    """33. The order of call changes for a while and comes back."""
    await house.did("supervisor", type="set_policy", preset="plain", until=house.clock.at(minutes=15))
    assert (await house.board("supervisor"))["policy"] == "plain"

    house.clock.step(minutes=15)
    await house.happened("policy_set", by="system")

    assert (await house.board("supervisor"))["policy"] == "balanced"


async def test_a_boost_is_in_the_log_with_its_author(house: House) -> None:
    """33. A boosted ticket goes first, the call says why, and the log says who."""
    await house.open("1")
    await house.issue("pass")
    house.clock.step(minutes=5)
    ticket = await house.issue("pass")

    answer = await house.did("supervisor", type="boost_ticket", ticket=ticket["id"], minutes=10)

    assert answer["events"][0]["by"].startswith("supervisor:")
    called = await house.at("1", "call_next")
    assert called["result"]["ticket"]["id"] == ticket["id"]
    assert called["result"]["why"]["code"] == "boost"


async def test_a_service_closed_over_people_waiting(house: House) -> None:
    """34. None is lost: they go on waiting and are called; the table shows how many, and that the service is closed."""
    await house.open("1")
    waiting = [await house.issue("pass") for _ in range(3)]

    await house.did("supervisor", type="close_service", service="pass", reason="personal")

    line = next(one for one in (await house.board("supervisor"))["services"] if one["id"] == "pass")
    assert (line["open"], line["waiting"]) == (False, 3)
    for ticket in waiting:
        assert (await house.phone(ticket))["state"] == "waiting"
    assert [await house.serve("1") for _ in range(4)] == [*(ticket["number"] for ticket in waiting), None]


async def test_a_change_is_on_the_others_screen(stand: Stand) -> None:
    """35. What one supervisor changes, another sees without asking, on another server too."""
    house = await stand(nodes=2)
    token = await house.token("supervisor", n=2)
    async with house.talk("supervisor", node=1, token=token) as other:
        await other.board()

        await house.did("supervisor", type="assign_counter", counter="1", services=["kasse"])

        board = await other.board(lambda board: board["counters"][0]["services"] == ["kasse"])
    assert board["assignments"]["1"]["services"] == ["kasse"]


async def test_a_message_for_one_display(house: House) -> None:
    """34. The supervisor's message is on the screens that it is for, until it is cleared or ends."""
    until = house.clock.at(minutes=10)
    said = {"de": "Heute keine Pässe mehr.", "en": "No more passports today."}
    posted = await house.did("supervisor", type="post_message", text=said, displays=["halle"], until=until)

    [note] = (await house.board("display", "halle"))["messages"]
    assert (note["id"], note["text"], note["until"]) == (posted["result"]["message"], said, until)
    assert (await house.board("display", "oben"))["messages"] == []
    house.clock.step(minutes=10)
    await house.happened("message_cleared", by="system")
    assert (await house.board("display", "halle"))["messages"] == []
