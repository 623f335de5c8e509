"""Boards: what each device shows, and above all what it does not show."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import Sight, announcements, board, silent_zones
from server.office.boards.sight import BLIND

if TYPE_CHECKING:
    from tests.office.conftest import Room

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
Make = Callable[..., "Room"]
PUBLIC: list[tuple[BoardKind, str]] = [("display", "hall"), ("kiosk", "entrance"), ("announcer", "hall")]
EVERY: list[tuple[BoardKind, str]] = [
    *PUBLIC,
    ("counter", "1"),
    ("supervisor", ""),
    ("desk", ""),
    ("printer", "paper"),
    ("station", "booth"),
]


def shown(room: Room, kind: BoardKind, id: str = "", sight: Sight = BLIND) -> Any:
    found = board(room.state, kind, id, room.now, sight)
    assert not isinstance(found, Refusal), found
    return found


def busy(room: Room) -> Room:
    """Somebody in every state and place, with needs, held by a clerk at a page."""
    room.open("1", by=room.anna)
    for _ in range(4):
        room.ticket("pass", needs=("step_free", "interpreter"), language="tr")
    room.call("1", room.anna)
    room.ticket("social")
    return room


@pytest.mark.parametrize(("kind", "id"), PUBLIC)
def test_a_public_board_names_no_need_no_holder_and_no_link(room: Room, kind: BoardKind, id: str) -> None:
    text = json.dumps(to_builtins(shown(busy(room), kind, id)))

    for word in ("interpreter", "needs", "day-anna", "page:anna", "holder", "principal", "secret", "token"):
        assert word not in text


@pytest.mark.parametrize(("kind", "id"), EVERY)
def test_no_board_names_who_holds_a_counter(room: Room, kind: BoardKind, id: str) -> None:
    """It only says whether it is the reader."""
    busy(room)
    text = json.dumps(to_builtins(shown(room, kind, id, Sight(actor=room.anna))))

    assert "day-anna" not in text
    assert "page:anna" not in text
    if kind == "counter":
        assert shown(room, kind, id, Sight(actor=room.anna)).counter.holder_is_me
        assert not shown(room, kind, id, Sight(actor=room.bert)).counter.holder_is_me


def test_a_ticket_shows_its_owner_nothing_of_others(room: Room) -> None:
    busy(room)
    first, *others = (ticket for ticket in room.state.tickets.values())
    mine = others[-2]
    text = json.dumps(to_builtins(shown(room, "ticket", mine.id)))

    assert all(other.number not in text and other.id not in text for other in (first, *others) if other.id != mine.id)
    assert shown(room, "ticket", mine.id).ahead == 2


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("display", "unknown_display"),
        ("counter", "unknown_counter"),
        ("announcer", "unknown_zone"),
        ("ticket", "unknown_ticket"),
        ("kiosk", "unknown_device"),
        ("printer", "unknown_device"),
        ("station", "unknown_device"),
        ("pairing", "unknown_device"),
    ],
)
def test_a_board_of_nothing(room: Room, kind: BoardKind, code: str) -> None:
    for id in ("nothing", "booth" if kind == "counter" else "1"):
        found = board(room.state, kind, id, room.now)
        if not (kind == "counter" and id == "1"):
            assert isinstance(found, Refusal)
            assert found.code == code


def test_what_an_office_sets_is_on_every_board_whose_page_says_it(make_room: Make) -> None:
    """A page sends no length for a pause, and shows how long it will be."""
    room = make_room(away_minutes=45).open("1")
    mine = room.ticket("pass")

    lasting: list[tuple[BoardKind, str]] = [("counter", "1"), ("desk", ""), ("ticket", mine)]
    for kind, id in lasting:
        assert shown(room, kind, id).away_minutes == 45
    named: list[tuple[BoardKind, str]] = [*lasting, ("supervisor", ""), ("kiosk", "entrance")]
    for kind, id in named:
        assert shown(room, kind, id).languages == room.state.office.languages
    room.press(c.PauseTicket(ticket=mine))
    assert shown(room, "ticket", mine).away_until == rfc3339(room.now + 45 * 60_000)


def test_how_long_a_press_can_be_taken_back_is_said(room: Room) -> None:
    mine = Sight(actor=room.clerk)
    pressed = room.now
    room.open("1")
    undo = shown(room, "counter", "1", mine).undo

    assert (undo.at, undo.until) == (rfc3339(pressed), rfc3339(pressed + 10 * SECOND))
    room.now = pressed + 11 * SECOND
    assert room.refuses(c.Undo(key=room.last_key)).more == {"seconds": 10}


# the wall


def numbers(room: Room, display: str = "hall") -> list[str]:
    return [call.number for call in shown(room, "display", display).calls]


def test_the_newest_call_comes_first_and_no_call_is_unseen(room: Room) -> None:
    """However many calls there are; a wall shows the zones that it is for."""
    room.open("1", "2", "3")
    for at, counter in enumerate(("1", "2", "3")):
        room.ticket("car" if counter == "3" else "pass")
        room.call(counter)
        room.sleep(at * SECOND)

    assert numbers(room) == ["K001", "A002", "A001"]
    assert numbers(room, "up") == ["K001"]
    room.does(c.RepeatCall(counter="1"))
    assert numbers(room) == ["A001", "K001", "A002"]
    call = shown(room, "display", "hall").calls[0]
    assert (call.attempt, call.fresh, call.counter.label, call.counter.way) == (2, True, "Schalter 1", {"de": "links"})


def test_a_call_stays_until_the_service_began_and_some_seconds(make_room: Make) -> None:
    """Not only until the clerk presses "arrived": the citizen may still be on the way."""
    room = make_room(stay_after_start=20, fresh=20).open("1")
    room.ticket("pass")
    room.call("1")
    room.sleep(10 * MINUTE)
    assert numbers(room) == ["A001"]
    assert not shown(room, "display", "hall").calls[0].fresh
    room.does(c.StartService(counter="1"))
    room.does(c.ParkTicket(counter="1"))

    room.sleep(20 * SECOND - 1)
    assert numbers(room) == ["A001"]
    room.sleep(1)
    assert numbers(room) == []


def test_a_withdrawn_number_says_please_wait(make_room: Make) -> None:
    room = make_room(withdrawn=15).open("1")
    room.ticket("pass")
    room.call("1")
    room.does(c.WithdrawCall(counter="1"))

    call = shown(room, "display", "hall").calls[0]
    assert (call.withdrawn, call.fresh) == (True, False)
    room.sleep(15 * SECOND - 1)
    assert numbers(room) == ["A001"]
    room.sleep(1)
    assert numbers(room) == []


@pytest.mark.parametrize("how", ["cancelled", "missed", "transferred"])
def test_a_number_leaves_with_its_ticket(room: Room, how: str) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.call("1")
    away: dict[str, c.Command] = {
        "cancelled": c.CancelTicket(ticket=ticket),
        "missed": c.MarkMissed(counter="1"),
        "transferred": c.TransferTicket(ticket=ticket, to_service="car"),
    }
    room.does(away[how])

    assert numbers(room) == []
    assert announcements(room.state, "hall", room.now, BLIND) == ()


def test_back_office_work_is_never_shown(room: Room) -> None:
    room.open("4")
    ticket = room.ticket("post")
    assert "P001" not in json.dumps(to_builtins(shown(room, "display", "hall")))
    room.call("4")
    wall = shown(room, "display", "hall")

    assert "P001" not in json.dumps(to_builtins(wall))
    assert [line.service for line in wall.waiting if line.service == "post"] == []
    assert shown(room, "announcer", "up").announcements == ()
    assert "post" not in [service.id for service in shown(room, "kiosk", "entrance").services]
    room.does(c.MarkMissed(counter="4"))
    room.sleep(10 * MINUTE)
    room.call("4")
    room.does(c.MarkMissed(counter="4"))
    assert room.of(ticket).state == "missed"
    assert shown(room, "display", "hall").missed == ()


def test_back_office_work_withdrawn_is_not_shown_either(room: Room) -> None:
    room.open("4")
    room.ticket("post")
    room.call("4")
    room.does(c.WithdrawCall(counter="4"))

    assert numbers(room) == []


def test_a_service_that_hides_what_it_is_about_shows_its_letter(room: Room) -> None:
    room.ticket("social")
    line = next(line for line in shown(room, "display", "hall").waiting if line.service == "social")

    assert (line.letter, line.names, line.count) == ("S", {}, 1)


def test_who_is_missed_and_who_waits_next(make_room: Make) -> None:
    room = make_room(recall_limit=0, missed_shown=300).open("1")
    for _ in range(8):
        room.ticket("pass")
    room.call("1")
    room.does(c.MarkMissed(counter="1"))
    wall = shown(room, "display", "hall")

    assert wall.missed == ("A001",)
    assert wall.numbers_waiting == ("A002", "A003", "A004", "A005", "A006", "A007")
    room.sleep(300 * SECOND)
    assert shown(room, "display", "hall").missed == ()


def test_messages_go_where_they_are_meant(room: Room, at: Callable[[int], Any]) -> None:
    for where in ({}, {"displays": ("up",)}, {"zones": ("up",)}, {"counters": ("1",)}):
        room.does(c.PostMessage(text={"de": str(sorted(where))}, **where), room.supervisor)  # type: ignore[arg-type]
    room.does(c.PostMessage(text={"de": "kurz"}, until=at(room.now + MINUTE)), room.supervisor)

    def texts(kind: BoardKind, id: str) -> list[str]:
        return [note.text["de"] for note in shown(room, kind, id).messages]

    assert texts("display", "up") == ["[]", "['displays']", "['zones']", "kurz"]
    assert texts("display", "hall") == ["[]", "['zones']", "kurz"]
    assert texts("counter", "1") == ["[]", "['displays']", "['zones']", "['counters']", "kurz"]
    assert texts("counter", "2") == ["[]", "['displays']", "['zones']", "kurz"]
    room.sleep(MINUTE)
    assert texts("display", "hall") == ["[]", "['zones']"]


# the voice


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


# staff


def test_a_counter_sees_its_line_in_the_order_of_call(room: Room, at: Callable[[int], Any]) -> None:
    """Those who may not be called yet come last; reserved ones are only in their own counter's list; each row says why."""
    room.open("1", "2")
    boosted, plain, later, reserved = (room.ticket("pass") for _ in range(4))
    priority = room.ticket("pass", category="priority")
    room.ticket("car")
    room.does(c.TransferTicket(ticket=later, not_before=at(room.now + 10 * MINUTE)))
    room.does(c.TransferTicket(ticket=reserved, to_counter="2"))
    room.does(c.BoostTicket(ticket=boosted, minutes=100), room.supervisor)
    room.does(c.ServeDirect(counter="1", services=("pass",)))
    room.does(c.SendToStation(counter="1", station="booth"))
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)
    back = [ticket.id for ticket in room.state.tickets.values() if ticket.station == "booth"]
    code = room.book(room.now + 8 * MINUTE)
    room.does(c.CheckIn(code=code), room.desk)
    booked = list(room.state.tickets)[-1]
    one, two = shown(room, "counter", "1"), shown(room, "counter", "2")

    assert [line.id for line in one.queue] == [*back, boosted, priority, plain, booked, later]
    assert [line.why_order.code if line.why_order else None for line in one.queue] == [
        "returned",
        "boost",
        "priority",
        None,
        "appointment",
        None,
    ]
    assert reserved in [line.id for line in two.queue]
    assert (one.next.id, one.next.why.code) == (back[0], "returned")
    assert one.waiting == 6
    assert shown(room, "counter", "3").next is None


def test_a_counter_sees_whom_it_holds_and_whether_he_knows(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    assert shown(room, "counter", "1").current is None
    ticket = room.call("1") or ""
    said = room.state.said[0]
    seen: dict[str, dict[str, Any]] = {
        "display:hall": {"at": room.now, "seq": said.seq},
        "display:up": {"at": room.now, "seq": said.seq},
        "announcer:hall": {"announcement": said.id, "state": "spoken"},
    }
    current = shown(room, "counter", "1", Sight(seen=seen, notes={ticket: "note"})).current

    assert (current.seen_on, current.displays, current.spoken, current.note) == (("hall",), 1, True, "note")
    blind = shown(room, "counter", "1").current
    assert (blind.seen_on, blind.spoken, blind.note) == ((), None, None)
    behind: dict[str, dict[str, Any]] = {
        "display:hall": {"at": room.now, "seq": said.seq - 1},
        "announcer:hall": {"announcement": "other"},
    }
    assert shown(room, "counter", "1", Sight(seen=behind)).current.seen_on == ()
    room.does(c.StartService(counter="1"))
    room.sleep(2 * MINUTE)
    room.ticket("car")
    late = shown(room, "counter", "1").current
    assert (late.state, late.spoken) == ("serving", None)


def test_what_can_be_undone_is_offered_for_ten_seconds(room: Room) -> None:
    """To the person who pressed, at the counter that it changed, while nobody has changed it since."""
    mine, other = Sight(actor=room.clerk), Sight(actor=room.anna)
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.call("1")
    key = room.last_key

    bar = shown(room, "counter", "1", mine).undo
    assert (bar.key, bar.type, bar.number) == (key, "ticket_called", "A001")
    assert shown(room, "counter", "1", other).undo is None
    assert shown(room, "counter", "2", mine).undo.type == "counter_opened"
    assert shown(room, "desk", "", mine).undo.key == key
    room.does(c.SetNeeds(ticket=ticket, needs=("escort",)), room.desk)
    room.sleep(11 * SECOND)
    assert shown(room, "counter", "1", mine).undo is None
    room.does(c.PostMessage(text={"de": "x"}), room.supervisor)
    assert shown(room, "supervisor", "", Sight(actor=room.supervisor)).undo is None


def test_what_can_be_undone_names_everything_that_the_press_did(
    room: Room, at: Callable[[int], Any], iso: Callable[[int], str]
) -> None:
    room.open("1")
    first, second = room.ticket("pass"), room.ticket("pass")
    assert room.serve("1") == first
    room.does(c.CallNext(counter="1", finish_current=True))
    sight = Sight(actor=room.clerk)

    pressed = shown(room, "counter", "1", sight).undo
    assert [(did.type, did.number) for did in pressed.did] == [("service_finished", "A001"), ("ticket_called", "A002")]
    assert room.state.tickets[second].state == "called"

    until = room.now + 30 * MINUTE
    room.does(c.AssignCounter(counter="1", services=("pass", "car"), until=at(until)), room.supervisor)
    table = shown(room, "supervisor", sight=Sight(actor=room.supervisor))
    moved = table.undo.did
    assert [(did.counter, did.added, did.removed, did.until) for did in moved] == [
        ("Schalter 1", ("car",), ("reg",), iso(until))
    ]
    assert table.assignments["1"].before == ("pass", "reg")


@pytest.mark.parametrize("page", ["counter", "supervisor", "desk"])
def test_what_one_page_pressed_is_not_offered_on_another(room: Room, page: BoardKind) -> None:
    """A kiosk, a counter and the table in one browser are one sign-in, but three pages."""
    sight = Sight(actor=room.supervisor)
    room.open("1", by=room.supervisor)
    for key in ("kiosk~1", "counter~1", "supervisor~1", "desk~1", "any~1", "anything"):
        room.does(c.IssueTicket(services=("pass",)), room.supervisor, key=key)
        mine = key.startswith((page, "any"))
        undo = shown(room, page, "1" if page == "counter" else "", sight).undo
        assert (undo is not None and undo.key == key) is mine


def test_who_asks_at_a_kiosk_that_staff_have_opened_asks_there(room: Room) -> None:
    admin = Actor(role="admin", principal="page:boss", holder="day-boss", page=True)
    assert room.code(c.RequestHelp(kiosk="nowhere"), admin) == "unknown_device"
    room.does(c.RequestHelp(kiosk="entrance"), admin)
    asked = shown(room, "counter", "1").help[0]
    assert (asked.device, asked.accepted_by, shown(room, "kiosk", "entrance").help.id) == ("entrance", None, asked.id)
    assert asked.name == next(kiosk.name for kiosk in room.state.office.kiosks)


def test_an_arrow_is_shown_where_the_office_gives_one(make_room: Make) -> None:
    room = make_room()
    ways = {"1": "left", "2": None}
    counters = tuple(replace(desk, arrow=ways.get(desk.id)) for desk in room.state.office.counters)
    room = make_room(counters=counters)
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.call("1")
    room.ticket("pass")
    room.call("2")

    assert {call.counter.id: call.counter.arrow for call in shown(room, "display", "hall").calls} == ways
    assert shown(room, "ticket", ticket).counter.arrow == "left"


def test_the_supervisors_table(room: Room, at: Callable[[int], Any], iso: Callable[[int], str]) -> None:
    room.open("1", "2")
    first = room.ticket("pass")
    room.ticket("pass")
    room.call("1")
    room.does(c.AssignCounter(counter="2", services=("pass",), until=at(room.now + MINUTE)), room.supervisor)
    room.does(c.CloseService(service="car", reason="technik"), room.supervisor)
    room.does(c.ApplyMoves(moves=(c.OpenService(service="car"),), reason="x"), room.supervisor)
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.RaiseAlarm(counter="1"))
    room.does(c.RaiseAlarm(), room.desk)
    table = shown(room, "supervisor")

    lines = {line.id: line for line in table.services}
    assert (lines["pass"].waiting, lines["pass"].open, lines["car"].open) == (1, True, True)
    assert lines["pass"].longest_wait == iso(room.of(first).issued_at + SECOND)
    assert [(face.id, face.state, face.current) for face in table.counters][:2] == [
        ("1", "open", "A001"),
        ("2", "open", None),
    ]
    assert table.assignments["2"].services == ("pass",)
    assert [ticket.number for ticket in table.tickets] == ["A001", "A002"]
    assert [(alarm.place, alarm.label) for alarm in table.alarms] == [("1", "Schalter 1"), ("desk", "")]
    assert len(table.help) == len(table.moves) == 1
    assert (table.policy, table.presets, table.open) == ("balanced", ("balanced", "punctual", "plain"), True)
    assert table.last_ticket_at["pass"] == iso(room.of(first).issued_at + SECOND)
    help = table.help[0].id
    room.does(c.AcceptHelp(help=help), room.desk)
    room.sleep(5 * MINUTE)
    assert shown(room, "supervisor").help == ()


def test_a_closed_service_tells_staff_since_when_and_why(room: Room, at: Callable[[int], Any]) -> None:
    until = at(room.now + MINUTE)
    room.does(c.CloseService(service="car", reason="technik", until=until), room.supervisor)
    line = next(line for line in shown(room, "supervisor").services if line.id == "car")

    assert (line.open, line.reason) == (False, "technik")


@pytest.mark.parametrize(("age", "state"), [(None, "unknown"), (15, "online"), (16, "late"), (61, "offline")])
def test_devices_are_listed_in_the_order_of_the_file(room: Room, age: int | None, state: str) -> None:
    at = room.now - (age or 0) * SECOND
    seen: dict[str, dict[str, Any]] = (
        {} if age is None else {"display:hall": {"at": at, "seq": "3", "delay_ms": 12, "sound": "ready"}}
    )
    listed = shown(room, "supervisor", "", Sight(seen=seen)).devices

    assert [(one.kind, one.id) for one in listed] == [
        ("display", "hall"),
        ("display", "up"),
        ("kiosk", "entrance"),
        ("kiosk", "side"),
        ("printer", "paper"),
        ("announcer", "hall"),
        ("announcer", "up"),
        ("station", "booth"),
        ("station", "cash"),
    ]
    assert listed[0].state == state
    assert (listed[0].seq, listed[0].delay_ms) == ((None, None) if age is None else (3, 12))


def test_a_station_counts_who_waits_for_it(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    room.ticket("photo")

    assert (shown(room, "station", "booth").waiting, shown(room, "station", "cash").waiting) == (1, 1)


# citizens' devices


def test_a_kiosk_says_what_is_open_and_when(make_room: Make, iso: Callable[[int], str]) -> None:
    room = make_room()
    room.does(c.CloseService(service="reg", reason="technik"), room.supervisor)
    room.open("1", "3")
    room.ticket("pass")
    kiosk = shown(room, "kiosk", "entrance")
    services = {service.id: service for service in kiosk.services}

    assert (services["pass"].open, services["pass"].waiting, services["pass"].step_free) == (True, 1, True)
    assert (services["car"].step_free, services["small"].step_free) == (False, False)
    assert (services["reg"].open, services["reg"].reason) == (False, "technik")
    assert [service.id for service in shown(room, "kiosk", "side").services] == ["pass"]
    room.does(c.CloseDay(), room.supervisor)
    assert {service.reason for service in shown(room, "kiosk", "entrance").services} == {"day_closed"}
    room.does(c.OpenDay(), room.supervisor)
    room.sleep(10 * 60 * MINUTE)
    closed = shown(room, "kiosk", "entrance")
    assert not closed.open
    assert closed.services[0].reason == "hours"


def test_a_kiosk_knows_its_printer_and_its_help(room: Room) -> None:
    room.does(c.RequestHelp(), room.kiosk)
    seen = {"printer:paper": {"at": room.now, "state": "paper_low"}}

    kiosk = shown(room, "kiosk", "entrance", Sight(seen=seen))
    assert (kiosk.printer, kiosk.help.accepted_by) == ("paper_low", None)
    room.sleep(2 * MINUTE)
    late = shown(room, "kiosk", "entrance", Sight(seen=seen))
    assert (late.printer, late.help) == ("offline", None)
    assert shown(room, "kiosk", "side").printer is None
    fresh = {"printer:paper": {"at": room.now}}
    assert shown(room, "kiosk", "entrance", Sight(seen=fresh)).printer == "ok"


def test_a_printer_has_open_jobs_for_two_minutes(room: Room) -> None:
    """It has everything for the paper: number, words, papers to bring, the link; in the ticket's language if known."""
    ticket = room.ticket("pass", "reg", printer="paper", language="en", by=room.desk)
    sight = Sight(link=lambda ticket: f"https://x/t/{ticket}")
    (job,) = shown(room, "printer", "paper", sight).jobs

    assert job.ticket["number"] == "A001"
    assert job.ticket["services"] == ["pass", "reg"]
    assert job.ticket["url"] == f"https://x/t/{ticket}"
    assert job.ticket["papers"] == ["alter Pass"]
    assert job.ticket["ahead"] == 0
    room.sleep(2 * MINUTE)
    assert shown(room, "printer", "paper").jobs == ()
    room.ticket("pass", printer="paper")
    (second,) = shown(room, "printer", "paper").jobs
    room.does(c.ReportPrint(job=second.job, state="sent"), room.printer)
    assert shown(room, "printer", "paper").jobs == ()


def test_a_ticket_in_ones_hand(make_room: Make, iso: Callable[[int], str]) -> None:
    """What its holder may do depends on its state; who called it, where to go, and until when it is away."""
    room = make_room(recall_limit=1).open("1")
    room.ticket("pass")
    ticket = room.ticket("pass", language="en")
    assert shown(room, "ticket", ticket).ahead == 1
    assert shown(room, "ticket", ticket).may == ("cancel_ticket", "pause_ticket")
    room.does(c.PauseTicket(ticket=ticket, minutes=5))
    away = shown(room, "ticket", ticket)
    assert (away.may, away.away_until) == (
        ("cancel_ticket", "pause_ticket", "return_ticket"),
        iso(room.now + 5 * MINUTE),
    )
    room.does(c.ReturnTicket(ticket=ticket))
    room.does(c.CallTicket(counter="1", ticket=ticket))
    called = shown(room, "ticket", ticket)
    assert (called.state, called.counter.id, called.way, called.called_at) == (
        "called",
        "1",
        {"de": "links"},
        iso(room.now),
    )
    assert (called.may, called.ahead, called.passed_by) == (("cancel_ticket",), None, {})
    first = next(iter(room.state.tickets))
    assert shown(room, "ticket", first).passed_by == {"walk_in": 1}
    room.does(c.MarkMissed(counter="1"))
    missed = shown(room, "ticket", ticket)
    assert (missed.counter, missed.not_before) == (None, iso(room.now + 300 * SECOND))
    room.does(c.CloseDay(), room.supervisor)
    assert shown(room, "ticket", ticket).may == ()


def test_who_did_not_come_is_told_when_he_was_called(make_room: Make, iso: Callable[[int], str]) -> None:
    """The ticket is back in line at once, so its holder must know; once they came, it is shown no longer."""
    room = make_room(recall_limit=1).open("1")
    ticket = room.ticket("pass")
    room.call("1")
    called_at = room.now
    room.sleep(MINUTE)
    room.does(c.MarkMissed(counter="1"))
    missed = shown(room, "ticket", ticket)
    assert (missed.state, missed.called_at, missed.missed_at) == ("waiting", iso(called_at), iso(room.now))
    room.sleep(10 * MINUTE)
    assert room.serve("1") == ticket
    room.does(c.ParkTicket(counter="1"))
    parked = shown(room, "ticket", ticket)
    assert (parked.state, parked.called_at, parked.missed_at) == ("parked", None, None)


def test_every_board_is_written_as_json(room: Room) -> None:
    busy(room)
    tickets: list[tuple[BoardKind, str]] = [("ticket", ticket) for ticket in room.state.tickets]
    for kind, id in EVERY + tickets:
        found = shown(room, kind, id)
        assert type(found) is b.BOARDS[kind]
        json.dumps(to_builtins(found))


def test_who_looks_is_not_seen(room: Room) -> None:
    """Two people with the same rights see the same board of the supervisor, except for their own undo."""
    busy(room)
    one = shown(room, "supervisor", "", Sight(actor=room.admin))
    two = shown(room, "supervisor", "", Sight(actor=Actor(role="admin", principal="o")))

    assert replace(one, undo=None) == replace(two, undo=None)


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


# a wall sends nobody to the wrong place


@pytest.mark.parametrize("back_office_first", [False, True])
def test_what_a_call_is_about_may_change_while_it_is_up(room: Room, back_office_first: bool) -> None:
    """Every public board follows what the call is about now; after an undo it is as before."""
    services = [("pass",), ("post",)]
    before, after = reversed(services) if back_office_first else services
    room.does(c.OpenCounter(counter="4", services=("post",)))
    room.does(c.AssignCounter(counter="4", services=("post", "social")), room.supervisor)
    ticket = room.ticket(*before)
    room.does(c.TransferTicket(ticket=ticket, to_counter="4"))
    room.call("4")

    def up() -> tuple[bool, bool]:
        wall, voice = shown(room, "display", "hall"), shown(room, "announcer", "up")
        return bool(wall.calls), bool(voice.announcements)

    assert up() == ((not back_office_first,) * 2)
    room.does(c.SetServices(ticket=ticket, services=after))
    assert up() == ((back_office_first,) * 2)
    room.undo()
    assert up() == ((not back_office_first,) * 2)
    room.does(c.StartService(counter="4"))
    room.does(c.FinishService(counter="4", outcome="left"))
    assert up() == (not back_office_first, False)


LEAVINGS: dict[str, Callable[[str], c.Command]] = {
    "transferred": lambda ticket: c.TransferTicket(ticket=ticket, to_service="car"),
    "kept for another counter": lambda ticket: c.TransferTicket(ticket=ticket, to_counter="2"),
    "sent to a station": lambda ticket: c.SendToStation(counter="1", station="booth"),
    "waiting for another service": lambda ticket: c.FinishService(counter="1"),
}


@pytest.mark.parametrize("how", LEAVINGS)
def test_who_has_left_a_counter_is_not_sent_there_by_the_wall(room: Room, how: str) -> None:
    """Although they arrived there a moment ago, and calls stay up for a while after that."""
    room.open("1", "2")
    ticket = room.ticket("pass", "car")
    room.serve("1")
    assert numbers(room) == ["A001"]
    room.does(LEAVINGS[how](ticket))
    assert numbers(room) == []
