"""Frames have the fields that the contract names: announcements, print jobs, what surrounds a press, the floor of a hello."""

from typing import Any

import pytest

from tests.contract.house import House, Stand


async def test_the_voice_of_a_zone(house: House) -> None:
    """`speak` asks for the lease; the board says until when some device has it."""
    token = await house.token("announcer", "halle")
    async with house.talk("announcer", "halle", token=token) as first, house.talk("display", "halle") as wall:
        assert (await first.board())["lease"] is None
        await wall.board()
        await first.say(type="speak", zone="halle")
        lease = await first.until("lease")
        await wall.say(type="speak", zone="halle")
        other = await wall.until("lease")

    assert set(lease) == {"type", "zone", "held", "until"}
    assert (lease["zone"], lease["held"], lease["until"]) == ("halle", True, house.clock.at(minutes=10 / 60))
    assert other["held"] is False
    house.clock.step(seconds=11)
    assert (await house.board("announcer", "halle"))["lease"] is None


@pytest.mark.parametrize("device", ["display", "announcer"])
async def test_an_announcement_frame(house: House, device: str) -> None:
    """Early copies of the board's announcements, for the zone's announcer and displays."""
    await house.issue("pass", language="en")
    await house.open("1")
    hello: dict[str, Any] = {"token": await house.token("announcer", "halle")} if device == "announcer" else {}
    async with house.talk(device, "halle", **hello) as talk:
        await talk.board()
        called = await house.at("1", "call_next")

        frame = await talk.until("announcement")

    named = {"type", "id", "epoch", "seq", "at", "zone", "number", "counter", "languages", "texts", "audio", "attempt"}
    assert named <= set(frame)
    assert (frame["seq"], frame["zone"], frame["counter"]) == (called["seq"], "halle", "1")
    assert set(frame["texts"]) == {"de", "en"}
    assert frame["audio"] is None


async def test_a_print_job(house: House) -> None:
    """Frame and board say the same; a reported job leaves the board and is never printed twice."""
    token = await house.token("printer", "tor")
    async with house.talk("printer", "tor", token=token) as printer:
        await printer.board()
        issued = await house.did("kiosk", "tor", type="issue_ticket", services=["pass"])

        frame = await printer.until("print_job")
        assert {"type", "epoch", "seq", "job", "ticket"} <= set(frame)
        assert frame["ticket"]["number"] == "A001"
        [job] = (await house.board("printer", "tor"))["jobs"]
        assert (job["job"], job["ticket"]) == (frame["job"], frame["ticket"])
        done = await printer.press("r", type="report_print", job=job["job"], state="sent")
        assert done["events"][0]["type"] == "print_reported"
        assert (await printer.board(lambda board: not board["jobs"]))["jobs"] == []
    house.clock.step(seconds=1)
    assert issued["events"][1]["job"] == job["job"]


async def test_a_paper_older_than_two_minutes_is_not_printed(house: House) -> None:
    """Open jobs are under two minutes old."""
    await house.did("kiosk", "tor", type="issue_ticket", services=["pass"])
    assert len((await house.board("printer", "tor"))["jobs"]) == 1

    house.clock.step(minutes=2)

    assert (await house.board("printer", "tor"))["jobs"] == []


async def test_the_frames_around_a_press(house: House) -> None:
    """welcome, board, done as in HTTP, refused with its problem, and replayed over HTTP with the same key."""
    token = await house.token("clerk")
    async with house.talk("counter", "1", token=token) as talk:
        welcome, board = await talk.frame(), await talk.frame()
        assert set(welcome) == {"type", "epoch", "seq", "beat", "server_time", "stale_after", "version"}
        assert (welcome["type"], welcome["beat"]) == ("welcome", 5)
        assert set(board) == {"type", "epoch", "seq", "at", "board"}

        done = await talk.press("k1", type="open_counter", counter="1")
        assert set(done) == {"type", "key", "epoch", "seq", "replayed", "events", "result"}
        refused = await talk.press("k2", type="start_service", counter="1")
        assert set(refused) == {"type", "key", "problem"}
        assert (refused["problem"]["code"], refused["problem"]["status"]) == ("counter_idle", 409)

    again = await house.did(key="k1", type="open_counter", counter="1")
    assert again["replayed"]
    assert again["events"] == done["events"]


async def test_the_floor_of_a_hello(stand: Stand) -> None:
    """`seq` is a minimum: another server reads that far before it sends the first board."""
    house = await stand(nodes=2)
    ticket = await house.issue("pass")
    await house.open("1")
    called = await house.did(type="call_next", counter="1", node=0)
    hello = {"epoch": called["epoch"], "seq": called["seq"]}

    async with house.talk("display", "halle", node=1, **hello) as wall:
        welcome, board = await wall.frame(), await wall.frame()

    assert welcome["seq"] >= called["seq"]
    assert board["seq"] >= called["seq"]
    assert board["board"]["calls"][0]["number"] == ticket["number"]
