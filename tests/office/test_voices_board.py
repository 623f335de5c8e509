"""The board of a zone's voice: what is announced, and once; and whether anybody hears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE, SECOND
from server.messages.office import Hours
from server.office.boards import Sight, ToSay, announcements, board, next_change, silent_zones
from server.office.boards.sight import BLIND
from tests.office.shown import numbers, shown

if TYPE_CHECKING:
    from tests.office.room import Room


def texts(saying: ToSay) -> dict[str, str]:
    way = saying.place.way_step_free.get("de", "") if saying.place is not None and saying.step_free else ""
    short = "kurz " if saying.brief else ""
    return dict.fromkeys(saying.languages, f"{short}{saying.number} {way}".strip())


def test_two_calls_are_two_announcements_in_order(room: Room) -> None:
    """Each with its own id; spoken for thirty seconds, never late."""
    room.open("1", "2")
    for counter in ("1", "2"):
        room.ticket("pass", language="tr" if counter == "2" else None)
        room.call(counter)
    room.now -= 2 * SECOND
    sight = Sight(texts=texts, audio=lambda texts, gong: "/a.wav")
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


def test_a_gong_of_the_offices_own_is_asked_for_where_its_room_has_one(room: Room) -> None:
    """A test with noise has that; a device without its server still knows the room's gong by its name."""
    hall, *others = room.state.office.zones
    file = replace(room.state.office, zones=(replace(hall, gong_file="/srv/ding.wav"), *others), revision=2)
    room.press(c.ConfigureOffice(office=file), room.system)
    room.open("1")
    room.ticket("pass")
    room.call("1")
    room.press(c.TestCall(zone="hall", tone=True), room.supervisor)
    sight = Sight(audio=lambda texts, gong: gong)

    shown_there = shown(room, "announcer", "hall", sight)
    assert [one.audio for one in shown_there.announcements] == ["/srv/ding.wav", "level"]
    assert shown_there.gong == hall.gong


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


def test_a_tone_is_noise_instead_of_words(room: Room) -> None:
    asked: list[tuple[dict[str, str], str]] = []
    room.does(c.TestCall(zone="up", tone=True), room.supervisor)
    sight = Sight(texts=texts, audio=lambda texts, gong: asked.append((texts, gong)))
    (said,) = shown(room, "announcer", "up", sight).announcements

    assert (said.texts, said.languages, said.gong) == ({}, (), "level")
    assert asked == [({}, "level")]


def test_in_quiet_hours_calls_are_seen_only_but_a_person_is_heard(make_room: Callable[..., Room]) -> None:
    room = make_room()
    quiet = Hours(week={"mon": (("09:00", "09:02"),)})
    file = replace(room.state.office, revision=9, zones=tuple(replace(z, quiet=quiet) for z in room.state.office.zones))
    room.press(c.ConfigureOffice(office=file), room.system)
    room.open("1")
    room.ticket("pass")
    room.call("1")
    table = shown(room, "supervisor", "").sound

    assert announcements(room.state, "hall", room.now, BLIND) == ()
    assert numbers(room) == ["A001"]
    assert [one.quiet_until is not None for one in table] == [True, True]
    room.does(c.TestCall(zone="hall"), room.supervisor)
    assert [one.number for one in announcements(room.state, "hall", room.now, BLIND)] == [""]
    edge = next_change(room.state, room.now + 31 * SECOND)
    while edge is not None and shown_at(room, edge).sound[0].quiet_until is not None:
        edge = next_change(room.state, edge)
    assert edge is not None, "the table says it when they are over"


def shown_at(room: Room, now: int) -> Any:
    return board(room.state, "supervisor", "", now)


def test_each_call_says_how_loud_it_is_by_the_schedule(make_room: Callable[..., Room]) -> None:
    room = make_room()
    soft = {"60": Hours(week={"mon": (("09:00", "11:00"),)}), "40": Hours(days={"2026-11-24": (("08:00", "11:00"),)})}
    file = replace(room.state.office, revision=9, zones=tuple(replace(z, volume=soft) for z in room.state.office.zones))
    room.press(c.ConfigureOffice(office=file), room.system)
    room.does(c.TestCall(zone="hall"), room.supervisor)

    assert [one.volume for one in announcements(room.state, "hall", room.now, BLIND)] == [60]
    assert [one.volume for one in shown(room, "supervisor", "").sound] == [60, 60]
    later = board(room.state, "supervisor", "", room.now + 24 * HOUR)
    assert [one.volume for one in later.sound] == [40, 40]  # type: ignore[union-attr]


def test_a_call_that_nobody_answers_is_said_once_more(make_room: Callable[..., Room]) -> None:
    room = make_room()
    file = replace(room.state.office, revision=9, calls=replace(room.state.office.calls, repeat_after=60))
    room.press(c.ConfigureOffice(office=file), room.system)
    room.open("1")
    room.ticket("pass")
    room.call("1")
    called = room.now
    ids = [[one.id for one in announcements(room.state, "hall", called + s * SECOND, BLIND)] for s in (0, 59, 60, 91)]

    (first,), (), (again,), () = ids
    assert again != first
    assert next_change(room.state, called + 40 * SECOND) == room.state.said[0].at + 60 * SECOND
    heard = {"announcer:hall": {"said": {first: "failed", again: "spoken"}}}
    assert shown(room, "counter", "1", Sight(seen=heard)).current.spoken is True

    room.after(50 * SECOND)
    room.does(c.RepeatCall(counter="1"))
    at = room.state.said[-1].at
    found = [one.attempt for one in announcements(room.state, "hall", called + 60 * SECOND, BLIND)]
    assert found == [2], "a press that repeats it goes before the clock"
    assert [one.attempt for one in announcements(room.state, "hall", at + 60 * SECOND, BLIND)] == [2]
    room.does(c.StartService(counter="1"))
    assert announcements(room.state, "hall", at + 60 * SECOND, BLIND) == ()


def test_more_than_three_that_wait_have_a_short_form(room: Room) -> None:
    room.open("1", "2")
    wanted: list[tuple[dict[str, str], str]] = []

    def audio(texts: dict[str, str], gong: str) -> str | None:
        wanted.append((texts, gong))
        return f"/{gong}.flac"

    sight = Sight(texts=texts, audio=audio)
    for _ in range(4):
        assert [one.brief for one in announcements(room.state, "hall", room.now, sight)] == [{}] * len(room.state.said)
        room.does(c.TestCall(zone="hall"), room.supervisor)
    room.ticket("pass")
    room.call("1")
    assert announcements(room.state, "hall", room.now, sight)[-1].brief == {}, "tests and messages are no calls"


def test_calls_that_wait_together_are_said_briefly_in_the_offices_first_language(
    make_room: Callable[..., Room],
) -> None:
    office = make_room().state.office
    plans = tuple(replace(office.counters[0], id=f"{nth}") for nth in range(1, 5))
    room = make_room(office=replace(office, counters=plans))
    names = [one.id for one in plans]
    room.open(*names)
    for name in names:
        room.ticket("pass", language="tr")
        room.call(name)
    said = announcements(room.state, "hall", room.now, Sight(texts=texts, audio=lambda texts, gong: f"/{gong}.flac"))

    assert [one.brief for one in said] == [{"de": f"kurz A00{nth}"} for nth in (1, 2, 3, 4)]
    assert {one.brief_audio for one in said} == {"/none.flac"}
    assert all(len(one.texts) == 2 for one in said)


def test_a_step_free_ticket_is_told_the_way_without_steps(make_room: Callable[..., Room]) -> None:
    room = make_room()
    places = tuple(replace(one, way_step_free={"de": "mit dem Aufzug"}) for one in room.state.office.counters)
    room.press(c.ConfigureOffice(office=replace(room.state.office, revision=9, counters=places)), room.system)
    room.open("1")
    for needs in ((), ("step_free",)):
        ticket = room.ticket("pass", needs=needs)
        room.does(c.CallTicket(counter="1", ticket=ticket))
        (said,) = announcements(room.state, "hall", room.now, Sight(texts=texts))
        phone = shown(room, "ticket", ticket)
        assert ("Aufzug" in said.texts["de"], phone.way == {"de": "mit dem Aufzug"}) == (bool(needs), bool(needs))
        assert "Aufzug" not in str(shown(room, "display", "hall")), "a need is on no public screen"
        room.does(c.StartService(counter="1"))
        room.does(c.FinishService(counter="1"))


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
