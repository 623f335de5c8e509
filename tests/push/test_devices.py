"""What devices report: states, delay, the lease to speak; and the beat that says that a store does not answer."""

import asyncio
from typing import Any, Literal

import pytest

from server.messages import frames
from server.messages.agreed import RESTART_TOLD_MS
from tests.push.conftest import Room


def shown(seq: int, **more: Any) -> frames.Report:
    return frames.Report(kind="shown", seq=seq, sound="ready", **more)


async def test_a_report_reaches_the_supervisor_with_its_delay(room: Room) -> None:
    table, _ = room.join("supervisor", "", "supervisor")
    wall, connection = room.join("display", "hall", "display", "token:d")
    await room.ticket()
    await wall.until(lambda: any(line["count"] for line in wall.board["waiting"]))

    room.hub.report(connection, shown(wall.of("board")[-1]["seq"]))

    def device() -> dict[str, Any]:
        return next(one for one in table.board["devices"] if (one["kind"], one["id"]) == ("display", "hall"))

    await table.until(lambda: device()["delay_ms"] is not None)
    assert 0 <= device()["delay_ms"] < 10_000
    assert device()["state"] == "online"
    assert device()["sound"] == "ready"


async def test_old_news_say_nothing_of_the_delay(room: Room) -> None:
    """A wall that reconnects and paints an old entry is not late."""
    await room.ticket()
    wall, connection = room.join("display", "hall", "display", "token:d")
    room.hub.report(connection, shown(wall.of("board")[-1]["seq"]))

    assert "delay_ms" not in room.hub.reports.seen("mitte")["display:hall"]


async def test_reports_are_shared_with_other_nodes_once_a_second(room: Room) -> None:
    wall, connection = room.join("display", "hall", "display", "token:d")
    room.hub.report(connection, shown(wall.of("board")[-1]["seq"], state="x" * 1000))
    async with asyncio.timeout(10):
        while "display:hall" not in (seen := await room.presence.seen("mitte")):
            await asyncio.sleep(0)

    assert seen["display:hall"]["sound"] == "ready"
    assert len(seen["display:hall"]["state"]) == 64


async def test_a_screen_nobody_signed_in_does_not_speak_for_one_that_is(room: Room) -> None:
    _, stranger = room.join("display", "hall", "display", "")
    signed_in, device = room.join("display", "hall", "display", "token:d")
    room.hub.report(device, shown(signed_in.of("board")[-1]["seq"]))
    room.hub.report(stranger, frames.Report(kind="shown", sound="off"))

    assert room.hub.reports.seen("mitte")["display:hall"]["sound"] == "ready"


Board = Literal["printer", "announcer", "counter"]


def again(count: int, loop: str = "printing: ValueError") -> frames.Report:
    return frames.Report(kind="restart", restarts=count, loop=loop)


@pytest.mark.parametrize("board", ["printer", "announcer", "counter"])
async def test_whatever_a_device_began_again_is_told_for_ten_minutes(room: Room, board: Board) -> None:
    """A terminal counter is no device of the office file; staff are told of it all the same."""
    id = {"printer": "entrance", "announcer": "hall", "counter": "1"}[board]
    _, connection = room.join(board, id, board if board != "counter" else "clerk", "token:p")
    room.hub.report(connection, again(1))
    at = room.hub.reports.seen("mitte")[f"{board}:{id}"]["restarted_at"]

    for later, told in ((0, True), (RESTART_TOLD_MS - 1, True), (RESTART_TOLD_MS, False), (-1, False)):
        found = room.hub.reports.restarted("mitte", at + later)
        assert found == ({f"{board}:{id}": "printing: ValueError"} if told else {}), later


async def test_after_a_hello_the_same_count_is_no_news(room: Room) -> None:
    _, agent = room.join("printer", "entrance", "printer", "token:p")
    heard = room.hub.reports.heard

    assert [heard(agent, again(count), 1_000) for count in (1, 1, 2)] == [True, False, True]
    assert heard(agent, frames.Report(kind="printer", state="ok"), 2_000)
    assert not heard(agent, again(2), 3_000)
    assert room.hub.reports.seen("mitte")["printer:entrance"]["restarted_at"] == 1_000


@pytest.mark.parametrize("count", [-1, 0, 2**70])
async def test_a_count_that_is_none_is_not_believed(room: Room, count: int) -> None:
    _, agent = room.join("printer", "entrance", "printer", "token:p")

    assert not room.hub.reports.heard(agent, again(count), 1_000)


async def test_staff_read_no_text_of_a_screen_nobody_signed_in(room: Room) -> None:
    _, stranger = room.join("display", "hall", "display", "")
    _, long = room.join("display", "upstairs", "display", "token:d")
    room.hub.report(stranger, again(1, "Call 0190 123"))
    room.hub.report(long, again(1, "x" * 1000))

    assert room.hub.reports.restarted("mitte", room.desk.now()) == {"display:upstairs": "x" * 64}


async def test_one_voice_a_zone(room: Room) -> None:
    first, one = room.join("announcer", "hall", "announcer", "token:a")
    second, two = room.join("display", "hall", "display", "token:d")
    room.hub.speak(one, "hall")
    await first.until(lambda: first.of("lease"))
    room.hub.speak(two, "hall")
    await second.until(lambda: second.of("lease"))

    assert [first.of("lease")[0]["held"], second.of("lease")[0]["held"]] == [True, False]

    room.hub.leave(one)
    async with asyncio.timeout(10):
        while not second.of("lease")[-1]["held"]:
            room.hub.speak(two, "hall")
            await asyncio.sleep(0)


MUTE: dict[str, dict[str, Any]] = {
    "no card": {"kind": "shown", "sound": "off"},
    "blocked by the browser": {"kind": "shown", "sound": "blocked"},
    "its card was pulled": {
        "kind": "announcement",
        "announcement": "a",
        "state": "failed",
        "reason": "no_sound",
        "sound": "off",
    },
    "its player fails": {"kind": "announcement", "announcement": "a", "state": "failed", "reason": "audio"},
}


@pytest.mark.parametrize("why", MUTE)
async def test_a_voice_that_cannot_be_heard_lets_go_and_gets_the_room_back_when_it_can(room: Room, why: str) -> None:
    first, agent = room.join("announcer", "hall", "announcer", "token:a")
    second, wall = room.join("display", "hall", "display", "")
    table, _ = room.join("supervisor", "", "supervisor")
    room.hub.speak(agent, "hall")
    await first.until(lambda: first.of("lease"))
    room.hub.report(wall, frames.Report(kind="shown", sound="blocked"))

    room.hub.report(agent, frames.Report(**MUTE[why]))
    await first.until(lambda: len(first.of("lease")) == 2)
    room.hub.speak(agent, "hall")
    room.hub.speak(wall, "hall")
    await second.until(lambda: second.of("lease"))
    assert [lease["held"] for lease in first.of("lease")] == [True, False, False]
    assert second.of("lease")[-1]["held"] is False
    if MUTE[why].get("sound"):
        await table.until(lambda: {"code": "mute", "detail": "hall", "seconds": None} in table.board["worries"])

    room.hub.report(wall, frames.Report(kind="shown", sound="ready"))
    room.hub.speak(wall, "hall")
    await second.until(lambda: second.of("lease")[-1]["held"])
    await table.until(lambda: not table.board["worries"])

    room.hub.leave(wall)
    room.hub.report(agent, frames.Report(kind="shown", sound="ready"))
    async with asyncio.timeout(10):
        while not first.of("lease")[-1]["held"]:
            room.hub.speak(agent, "hall")
            await asyncio.sleep(0)


async def test_a_room_in_which_nobody_was_ever_heard_of_is_not_called_mute(room: Room) -> None:
    table, _ = room.join("supervisor", "", "supervisor")

    assert table.board["worries"] == []


@pytest.mark.parametrize("who", [("announcer", "hall"), ("display", "hall")])
async def test_heard_counts_whoever_spoke_and_stays_when_others_are_called(room: Room, who: tuple[Any, str]) -> None:
    voice, speaker = room.join(*who, who[0], "token:v")
    _, silent = room.join("display", "hall", "display", "")
    mine, _ = room.join("counter", "1")
    for counter in ("1", "2"):
        await room.ticket()
        await room.call(counter)
    await voice.until(lambda: len(voice.of("announcement")) == 2)

    for said in voice.of("announcement"):
        for state in ("started", "spoken"):
            room.hub.report(speaker, frames.Report(kind="announcement", announcement=said["id"], state=state))
        silent.actor = speaker.actor
        skipped = frames.Report(kind="announcement", announcement=said["id"], state="skipped", reason="no_lease")
        room.hub.report(silent, skipped)

    await mine.until(lambda: (mine.board["current"] or {}).get("spoken"))


async def test_a_state_is_not_told_with_the_reason_of_the_one_before(room: Room) -> None:
    _, wall = room.join("display", "hall", "display", "token:v")
    room.hub.report(wall, frames.Report(kind="announcement", announcement="a", state="skipped", reason="no_lease"))
    room.hub.report(wall, frames.Report(kind="announcement", announcement="b", state="spoken"))

    assert room.hub.reports.seen("mitte")["display:hall"]["reason"] is None


async def test_a_wall_that_played_the_gong_alone_was_not_heard(room: Room) -> None:
    voice, wall = room.join("display", "hall", "display", "token:v")
    mine, _ = room.join("counter", "1")
    await room.ticket()
    await room.call("1")
    await voice.until(lambda: voice.of("announcement"))
    id = voice.of("announcement")[0]["id"]
    room.hub.report(wall, frames.Report(kind="announcement", announcement=id, state="spoken", reason="gong_only"))

    await mine.until(lambda: (mine.board["current"] or {}).get("spoken") is False)


async def test_a_wall_that_is_signed_in_speaks_before_one_that_is_not(room: Room) -> None:
    """Anybody may open a public display's page, but cannot silence a room with it. A supervisor's view takes no voice away."""
    first, stranger = room.join("display", "hall", "display", "")
    room.join("display", "hall", "supervisor", "token:s")
    room.hub.speak(stranger, "hall")
    await first.until(lambda: first.of("lease"))
    room.join("display", "hall", "display", "token:d")
    room.hub.speak(stranger, "hall")
    await first.until(lambda: len(first.of("lease")) == 2)

    assert [lease["held"] for lease in first.of("lease")] == [True, False]


async def test_nobody_speaks_in_a_zone_that_is_not_theirs(room: Room) -> None:
    ear, connection = room.join("announcer", "hall", "announcer", "token:a")
    room.hub.speak(connection, "upstairs")
    counter, clerk = room.join("counter", "1", "clerk")
    room.hub.speak(clerk, "hall")

    assert ear.of("lease")[0]["held"] is False
    assert counter.of("lease")[0]["held"] is False


async def test_without_the_store_nobody_speaks_on(room: Room) -> None:
    ear, connection = room.join("announcer", "hall", "announcer", "token:a")
    room.store.go_away()
    room.presence.store.go_away()
    room.hub.speak(connection, "hall")
    await ear.until(lambda: ear.of("lease"))

    assert ear.of("lease")[0]["held"] is False


async def test_the_beat_says_since_when_the_store_is_silent(room: Room) -> None:
    room.store.go_away()
    async with asyncio.timeout(10):
        while room.desk.stale_since is None:
            await asyncio.sleep(0)
    wall, _ = room.join("display", "hall", "display")

    assert [frame["type"] for frame in wall.frames] == ["welcome", "board", "beat"]
    assert wall.frames[2]["stale_since"]


async def test_everybody_gets_a_beat_within_five_seconds(room: Room) -> None:
    ears = [room.join("display", "hall", "display")[0] for _ in range(25)]
    for ear in ears:
        await ear.until(lambda ear=ear: ear.of("beat"))  # type: ignore[misc]

    assert all("stale_since" not in ear.of("beat")[0] for ear in ears)


async def test_an_alarm_goes_out_without_the_store_and_never_in_public(room: Room) -> None:
    """To every counter, desk and supervisor of the office at once; the sender is told that it is not stored yet."""
    staff = [
        room.join("counter", "1")[0],
        room.join("supervisor", "", "supervisor")[0],
        room.join("desk", "", "desk")[0],
    ]
    public = [room.join("display", "hall", "display")[0], room.join("announcer", "hall", "announcer")[0]]
    public.append(room.phone(await room.ticket())[0])
    busy, _ = room.join("counter", "2")
    busy.deafen()
    room.store.go_away()

    pressed = asyncio.ensure_future(room.press("raise_alarm", counter="3"))
    for ear in staff:
        await ear.until(lambda ear=ear: ear.of("alarm"))  # type: ignore[misc]

    assert not pressed.done()
    assert staff[0].of("alarm")[0]["counter"] == "3"
    assert not any(ear.of("alarm") for ear in public)
    pressed.cancel()
    busy.hear()
    room.store.come_back()
