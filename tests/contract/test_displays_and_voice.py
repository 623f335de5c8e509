"""Displays and voice: promises 23 to 27, 29, 31 and 32, as far as server and socket keep them."""

from tests.contract.house import House, Stand

MANY = "\n".join(
    f'[[counters]]\nid = "{n}"\nlabel = "Schalter {n}"\nzone = "halle"\nservices = ["pass"]\nfeatures = ["step_free"]'
    for n in range(11, 23)
)


async def test_twelve_called_at_once(stand: Stand) -> None:
    """23. On a board with space for eight every number is there, the newest first."""
    house = await stand(MANY)
    numbers = []
    for counter in range(11, 23):
        await house.issue("pass")
        await house.open(str(counter))
        numbers.append(await house.next(str(counter)))

    board = await house.board("display", "halle")

    assert board["lines"] == 8
    assert [call["number"] for call in board["calls"]] == numbers[::-1]


async def test_two_calls_at_the_same_instant(house: House) -> None:
    """24. Two announcements, in order, complete."""
    await house.open("1", "2")
    tickets = [await house.issue("pass") for _ in range(2)]
    token = await house.token("announcer", "halle")
    async with house.talk("announcer", "halle", token=token) as voice:
        await voice.board()
        await house.next("1")
        await house.next("2")

        said = await voice.heard(lambda board: len(board["announcements"]) == 2)

    assert [one["number"] for one in said] == [ticket["number"] for ticket in tickets]
    assert len({one["id"] for one in said}) == 2
    assert [one["number"] for one in (await house.board("announcer", "halle"))["announcements"]] == ["A001", "A002"]


async def test_a_repeat_of_a_number_still_up(house: House) -> None:
    """25. Gong, highlight and speech again."""
    await house.open("1")
    await house.issue("pass")
    token = await house.token("announcer", "halle")
    async with house.talk("announcer", "halle", token=token) as voice:
        await voice.board()
        await house.next("1")
        await voice.until("announcement", attempt=1)
        house.clock.step(seconds=21)
        assert not (await house.board("display", "halle"))["calls"][0]["fresh"]

        await house.at("1", "repeat_call")

        again = await voice.until("announcement")
    assert (again["number"], again["attempt"]) == ("A001", 2)
    [call] = (await house.board("display", "halle"))["calls"]
    assert (call["attempt"], call["fresh"], call["called_at"]) == (2, True, house.clock.at())


async def test_the_number_stays_until_the_citizen_has_arrived(stand: Stand) -> None:
    """26. However long that takes, and then for the configured time; a finish does not remove it earlier."""
    house = await stand("[calls]\nstay_after_start = 20\n")
    await house.open("1")
    await house.issue("pass")
    await house.next("1")

    house.clock.step(minutes=30)
    assert [call["number"] for call in (await house.board("display", "halle"))["calls"]] == ["A001"]
    await house.at("1", "start_service")
    house.clock.step(seconds=10)
    await house.at("1", "finish_service")
    assert [call["number"] for call in (await house.board("display", "halle"))["calls"]] == ["A001"]
    async with house.talk("display", "halle") as wall:
        await wall.board(lambda board: len(board["calls"]) == 1)
        house.clock.step(seconds=10)

        await wall.board(lambda board: board["calls"] == [])


async def test_a_display_that_comes_back_sounds_nothing_old(house: House) -> None:
    """27. After reconnecting it gets the whole board, and no announcement from before."""
    await house.open("1")
    await house.issue("pass")
    await house.next("1")

    async with house.talk("display", "halle") as wall:
        frames = [await wall.frame() for _ in range(2)]
        assert [frame["type"] for frame in frames] == ["welcome", "board"]
        assert frames[1]["board"]["calls"][0]["number"] == "A001"
        marker = await house.issue("umzug")
        heard = await wall.heard(lambda board: marker["number"] in board["numbers_waiting"])
    assert heard == []


async def test_speech_older_than_thirty_seconds_is_dropped(house: House) -> None:
    """30. It is no longer on any announcer's board."""
    await house.open("1")
    await house.issue("pass")
    await house.next("1")

    house.clock.step(seconds=30)
    assert len((await house.board("announcer", "halle"))["announcements"]) == 1
    house.clock.step(seconds=1)
    assert (await house.board("announcer", "halle"))["announcements"] == []


async def test_a_tickets_own_language_is_spoken_second(house: House) -> None:
    """31. German first, then the ticket's own; numbers as words."""
    await house.open("1")
    await house.issue("pass", language="tr")
    await house.next("1")

    [said] = (await house.board("announcer", "halle"))["announcements"]

    assert said["languages"] == ["de", "tr"]
    assert "null null eins" in said["texts"]["de"]
    assert not any(character.isdigit() for character in said["texts"]["de"])


async def test_back_office_work_is_never_shown_to_the_public(house: House) -> None:
    """32. On no display, in no voice, at no kiosk, in no public count; staff see it."""
    async with house.talk("display", "halle") as wall:
        before = await wall.board()
        ticket = await house.issue("akten")
        assert ticket["number"] == "X001"
        await house.open("1", services=["akten"])
        await house.refused("unknown_service", "kiosk", "tor", type="issue_ticket", services=["akten"])
        assert await house.next("1") == "X001"
        await house.did(type="repeat_call", counter="1")
        await house.open("3")
        marker = await house.issue("umzug")

        after = await wall.board(lambda board: marker["number"] in board["numbers_waiting"])

    assert after["calls"] == before["calls"] == []
    public = [
        after,
        await house.board("announcer", "halle"),
        await house.board("kiosk", "tor"),
        (await house.client.get(f"{house.path}")).json(),
        (await house.client.get(f"{house.path}/waits")).json(),
    ]
    for board in public:
        assert "X001" not in str(board)
        assert "akten" not in str(board)
    assert (await house.board("counter", "1"))["current"]["number"] == "X001"
    await house.at("1", "mark_missed")
    house.clock.step(minutes=5)
    await house.next("1")
    await house.at("1", "mark_missed")
    assert (await house.board("display", "halle"))["missed"] == []


async def test_direct_service_has_no_gong(house: House) -> None:
    """32. Somebody without a ticket is served at once: on no public board, in no announcement."""
    await house.open("1")

    answer = await house.at("1", "serve_direct", services=["pass"])

    assert [event["type"] for event in answer["events"]] == ["direct_service_started"]
    assert (await house.board("counter", "1"))["current"]["state"] == "serving"
    assert (await house.board("display", "halle"))["calls"] == []
    assert (await house.board("announcer", "halle"))["announcements"] == []
