"""The board of a zone's voice: what is announced, and once; and whether anybody hears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE, SECOND
from server.office.boards import Sight, announcements, silent_zones
from server.office.boards.sight import BLIND
from tests.office.shown import numbers, shown

if TYPE_CHECKING:
    from tests.office.room import Room


def test_two_calls_are_two_announcements_in_order(room: Room) -> None:
    """Each with its own id; spoken for thirty seconds, never late."""
    room.open("1", "2")
    for counter in ("1", "2"):
        room.ticket("pass", language="tr" if counter == "2" else None)
        room.call(counter)
    room.now -= 2 * SECOND
    sight = Sight(texts=lambda number, desk, languages: dict.fromkeys(languages, number), audio=lambda texts: "/a.wav")
    said = announcements(room.state, "hall", room.now, sight)

    assert [(one.number, one.counter, one.languages) for one in said] == [
        ("A001", "1", ("de", "en")),
        ("A002", "2", ("de", "tr")),
    ]
    assert len({one.id for one in said}) == 2
    assert (said[0].texts, said[0].audio) == ({"de": "A001", "en": "A001"}, "/a.wav")
    room.now = room.state.said[0].at + 30 * SECOND
    assert [one.number for one in announcements(room.state, "hall", room.now, sight)][:1] == ["A001"]
    room.now += 1
    assert "A001" not in [one.number for one in announcements(room.state, "hall", room.now, sight)]


def test_a_language_that_no_voice_speaks_gives_its_place_to_the_offices_second(room: Room) -> None:
    room.open("1")
    room.ticket("pass", language="tr")
    room.call("1")
    asked: list[str] = []

    def only_german(language: str) -> bool:
        asked.append(language)
        return language == "de"

    said = announcements(room.state, "hall", room.now, Sight(voiced=only_german))

    assert [one.languages for one in said] == [("de", "en")]
    assert asked == ["tr"]


def test_a_repeat_is_announced_beside_the_first(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.call("1")
    room.does(c.RepeatCall(counter="1"))

    assert [one.attempt for one in announcements(room.state, "hall", room.now, BLIND)] == [1, 2]
    room.undo()
    assert [one.attempt for one in announcements(room.state, "hall", room.now, BLIND)] == [1]
    room.does(c.StartService(counter="1"))
    assert announcements(room.state, "hall", room.now, BLIND) == ()


def test_called_again_it_is_not_announced_twice(room: Room) -> None:
    """Called, withdrawn, called: the first call is not spoken after the second."""
    room.open("1")
    room.ticket("pass")
    room.call("1")
    room.does(c.WithdrawCall(counter="1"))
    room.call("1")

    assert len(announcements(room.state, "hall", room.now, BLIND)) == 1


def test_called_for_what_is_left_it_is_announced_once(room: Room) -> None:
    """Served, and called again to the same counter for another service: the earlier call is over."""
    room.open("1")
    ticket = room.ticket("pass")
    room.call("1")
    room.does(c.StartService(counter="1"))
    room.does(c.SetServices(ticket=ticket, services=("pass", "car")))
    room.does(c.FinishService(counter="1", services_done=("pass",)))
    room.does(c.SetServices(ticket=ticket, services=("pass",)))
    room.call("1")

    assert [one.seq for one in announcements(room.state, "hall", room.now, BLIND)] == [room.state.seq]


def test_a_silent_zone_says_nothing(room: Room, at: Callable[[int], Any], iso: Callable[[int], str]) -> None:
    room.open("1")
    room.ticket("pass")
    room.call("1")
    room.does(c.SilenceZone(zone="hall", until=at(room.now + MINUTE)), room.supervisor)
    voice = shown(room, "announcer", "hall")

    assert (voice.announcements, voice.silence, voice.silent) == ((), iso(room.now + MINUTE), True)
    room.does(c.EndSilence(zone="hall"), room.supervisor)
    assert len(shown(room, "announcer", "hall").announcements) == 1


def test_a_test_call_is_for_the_voice_only(room: Room) -> None:
    room.does(c.TestCall(zone="up"), room.supervisor)

    assert [one.number for one in shown(room, "announcer", "up").announcements] == [""]
    assert numbers(room) == []


@pytest.mark.parametrize("speaker", ["announcer:hall", "display:hall"])
@pytest.mark.parametrize(
    ("state", "spoken"), [("spoken", True), ("failed", False), ("started", None), ("skipped", None)]
)
def test_heard_is_what_anybody_says_who_may_speak_there(
    room: Room, speaker: str, state: str, spoken: bool | None
) -> None:
    room.open("1")
    room.ticket("pass")
    room.call("1")
    said = room.state.said[0].id
    for report in ({"said": {said: state}}, {"announcement": said, "state": state}):
        current = shown(room, "counter", "1", Sight(seen={speaker: report})).current
        assert current.spoken is spoken

    other = shown(room, "counter", "1", Sight(seen={"announcer:up": {"said": {said: state}}})).current
    assert other.spoken is None


def test_a_zone_is_mute_when_all_who_told_of_their_sound_have_none(room: Room) -> None:
    def mute(seen: dict[str, dict[str, Any]]) -> list[str]:
        return list(silent_zones(room.state, room.now, seen))

    off: dict[str, Any] = {"at": room.now, "sound": "off"}
    ready: dict[str, Any] = {"at": room.now, "sound": "ready"}
    gone: dict[str, Any] = {"at": room.now - HOUR, "sound": "ready"}
    assert mute({}) == []
    assert mute({"display:hall": {"at": room.now}}) == []
    assert mute({"announcer:hall": off}) == ["hall"]
    assert mute({"announcer:hall": gone}) == ["hall"]
    assert mute({"announcer:hall": off, "display:hall": ready}) == []
    assert mute({"display:up": off, "display:hall": {**ready, "sound": "playing"}}) == []
    room.does(c.SilenceZone(zone="hall"), room.supervisor)
    assert mute({"announcer:hall": off, "announcer:up": off}) == ["up"]
    room.does(c.CloseDay(), room.supervisor)
    assert mute({"announcer:hall": off, "announcer:up": off}) == []


def test_a_message_for_a_zone_without_any_voice_is_told(room: Room, at: Callable[[int], Any]) -> None:
    """The supervisor believes that the room was told. While the message stands, the board says that nobody could hear it."""

    def mute(seen: dict[str, dict[str, Any]]) -> list[str]:
        return list(silent_zones(room.state, room.now, seen))

    room.does(c.PostMessage(text={"de": "Hallo"}, zones=("up",), until=at(room.now + MINUTE)), room.supervisor)
    assert mute({}) == []
    post = c.PostMessage(text={"de": "Bitte gehen"}, zones=("up",), speak=True, until=at(room.now + MINUTE))
    room.does(post, room.supervisor)

    assert mute({}) == ["up"]
    assert mute({"announcer:up": {"at": room.now, "sound": "ready"}}) == []
    room.after(MINUTE)
    assert mute({}) == []
