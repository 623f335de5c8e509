"""Announcement frames: new ones go to the zone's voices and walls at once, without waiting for a voice."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from server.push.source import VoiceOrder
from tests.push.conftest import Room


class Studio:
    """Renders when it is told to, or hangs for ever, or fails."""

    def __init__(self) -> None:
        self.may = asyncio.Event()
        self.fails = False
        self.asked = 0

    def ready(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        return None

    async def render(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        self.asked += 1
        await self.may.wait()
        if self.fails:
            raise RuntimeError("no voice")
        return "/audio/abc12345.wav"


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def surroundings(studio: Studio) -> dict[str, Any]:
    return {"studio": studio}


async def test_at_once_without_sound_and_again_with_it(room: Room, studio: Studio) -> None:
    """A slow voice never delays the number; when the sound is ready, the same id is sent once more."""
    voice, _ = room.join("announcer", "hall", "announcer")
    wall, _ = room.join("display", "hall", "display")
    upstairs, _ = room.join("announcer", "upstairs", "announcer")
    await room.ticket()
    await room.call("1")

    await wall.until(lambda: wall.of("announcement"))
    first = voice.of("announcement")[0]
    assert first["audio"] is None
    assert first["zone"] == "hall"
    assert wall.of("announcement") == [first]

    studio.may.set()
    await voice.until(lambda: len(voice.of("announcement")) == 2)
    assert voice.of("announcement")[1] == {**first, "audio": "/audio/abc12345.wav"}
    await voice.until(lambda: voice.board["announcements"][0]["audio"])
    assert upstairs.of("announcement") == []
    assert studio.asked == 1


async def test_the_sound_that_comes_later_is_for_those_who_may_speak(room: Room, studio: Studio) -> None:
    """A thousand screens need it only once: the screen that becomes the voice gets it then."""
    voice, _ = room.join("announcer", "hall", "announcer")
    asked, asker = room.join("display", "hall", "display", "token:a")
    wall, late = room.join("display", "hall", "display", "token:b")
    room.hub.speak(asker, "hall")
    await room.ticket()
    await room.call("1")
    await wall.until(lambda: wall.of("announcement"))
    studio.may.set()
    await voice.until(lambda: len(voice.of("announcement")) == 2)
    await asked.until(lambda: len(asked.of("announcement")) == 2)
    await room.ticket()
    await wall.until(lambda: wall.board["waiting"][0]["count"] == 1)
    assert [one["audio"] for one in wall.of("announcement")] == [None]

    room.hub.leave(asker)
    async with asyncio.timeout(10):
        while len(wall.of("announcement")) == 1:
            room.hub.speak(late, "hall")
            await asyncio.sleep(0)
    assert wall.of("announcement")[1] == {**wall.of("announcement")[0], "audio": "/audio/abc12345.wav"}
    for _ in range(3):
        room.hub.speak(late, "hall")
    await wall.until(lambda: len(wall.of("lease")) > 3)
    assert len(wall.of("announcement")) == 2


async def test_a_call_reaches_a_wall_in_one_write(room: Room) -> None:
    """Board, then announcement; a socket that is busy, or takes one frame at a time, gets the same in the same order."""
    walls = [room.join("display", "hall", "display", at_once=at_once) for at_once in (True, True, False)]
    busy, _ = room.join("display", "hall", "display", at_once=True)
    await room.ticket()
    await room.press("open_counter", counter="1")
    for ear, _ in walls:
        await ear.until(lambda ear=ear: ear.board["waiting"][0]["count"] == 1)  # type: ignore[misc]
    busy.deafen()
    await room.ticket()
    await room.call("1")
    for ear, _ in walls:
        await ear.until(lambda ear=ear: ear.of("announcement"))  # type: ignore[misc]
    busy.hear()
    await busy.until(lambda: busy.of("announcement") and busy.board["calls"])

    writes = [[m for m in ear.messages if "many" in m] for ear, _ in walls]
    assert [len(made) for made in writes] == [1, 1, 0]
    assert writes[0][0] is writes[1][0]
    for ear, _ in walls:
        kinds = [frame["type"] for frame in ear.frames if frame["type"] != "beat"]
        assert kinds[-2:] == ["board", "announcement"]
        assert ear.board["calls"]


async def test_a_voice_that_fails_costs_only_the_speech(room: Room, studio: Studio) -> None:
    studio.fails = True
    studio.may.set()
    voice, _ = room.join("announcer", "hall", "announcer")
    for _ in range(2):
        await room.ticket()
    await room.call("1")
    await voice.until(lambda: len(voice.of("announcement")) == 1)
    await room.call("2")
    await voice.until(lambda: len(voice.of("announcement")) == 2)

    assert [one["audio"] for one in voice.of("announcement")] == [None, None]


async def test_two_calls_at_once_are_two_announcements_in_order(room: Room) -> None:
    voice, _ = room.join("announcer", "hall", "announcer")
    for _ in range(2):
        await room.ticket()
    await asyncio.gather(room.call("1"), room.call("2"))

    await voice.until(lambda: len(voice.of("announcement")) == 2)
    said = voice.of("announcement")
    assert len({one["id"] for one in said}) == 2
    assert [one["seq"] for one in said] == sorted(one["seq"] for one in said)


async def test_a_repeat_is_announced_again(room: Room) -> None:
    voice, _ = room.join("announcer", "hall", "announcer")
    await room.ticket()
    await room.call("1")
    await room.press("repeat_call", counter="1")

    await voice.until(lambda: len(voice.of("announcement")) == 2)
    assert [one["attempt"] for one in voice.of("announcement")] == [1, 2]


async def test_calls_of_before_are_not_announced_to_newcomers(room: Room) -> None:
    """They are on the announcer's board with their ids; no wall plays them."""
    await room.ticket()
    await room.call("1")
    wall, _ = room.join("display", "hall", "display")
    voice, _ = room.join("announcer", "hall", "announcer")
    await room.ticket()
    await room.call("2")
    await voice.until(lambda: voice.of("announcement"))
    await wall.until(lambda: wall.of("announcement"))

    assert len(voice.board["announcements"]) == 2
    assert len(voice.of("announcement")) == len(wall.of("announcement")) == 1


async def test_a_printer_hears_of_its_jobs(room: Room) -> None:
    printer, _ = room.join("printer", "entrance", "printer")
    made = await room.press("issue_ticket", services=["ausweis"], printer="entrance")
    await printer.until(lambda: printer.of("print_job"))

    told = printer.of("print_job")[0]
    assert told["ticket"]["number"] == made.result["ticket"]["number"]
    assert told["image"] == f"/print/{told['job']}.png"
    await printer.until(lambda: printer.board["jobs"])
    again, _ = room.join("printer", "entrance", "printer")
    assert again.of("print_job") == []
    assert [job["job"] for job in again.board["jobs"]] == [told["job"]]


async def test_a_spoken_message_goes_to_every_voice_it_is_meant_for(room: Room, studio: Studio) -> None:
    """Like any other announcement, with its texts and its sound; other messages are not spoken."""
    studio.may.set()
    voice, _ = room.join("announcer", "hall", "announcer")
    await room.press("post_message", role="supervisor", text={"de": "still"})
    await room.press("post_message", role="supervisor", text={"en": "Leave", "de": "Gehen"}, speak=True)

    await voice.until(lambda: voice.of("announcement") and voice.of("announcement")[-1]["audio"])
    said = voice.of("announcement")[-1]
    assert (said["texts"], said["languages"], said["number"]) == ({"de": "Gehen", "en": "Leave"}, ["de", "en"], "")
    assert len({one["id"] for one in voice.of("announcement")}) == 1
