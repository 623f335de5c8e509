"""Days end at the office's midnight, in every time zone; what lives on; what becomes due happens once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.events import DayOpened, encode
from server.messages.facts import Duty
from server.messages.instants import HOUR, MINUTE, SECOND, rfc3339
from server.messages.office import Hours
from server.messages.problems import Refusal
from server.office import hours
from server.office.boards import board
from server.office.due import key_of, ticks
from server.office.reserved import MOST_LOST, listed
from server.office.state import State

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]


def at_clock(zone: str, *when: int) -> int:
    return int(datetime(*when, tzinfo=ZoneInfo(zone)).timestamp() * 1000)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("zone", "evening", "length"),
    [
        ("Europe/Berlin", (2026, 11, 23, 22, 0), 24),
        ("Europe/Berlin", (2027, 3, 27, 22, 0), 23),
        ("Europe/Berlin", (2026, 10, 24, 22, 0), 25),
        ("Pacific/Auckland", (2026, 11, 23, 22, 0), 24),
        ("America/Los_Angeles", (2026, 11, 23, 17, 0), 24),
        ("Africa/Cairo", (2027, 4, 29, 22, 0), 23),
        ("Asia/Kathmandu", (2026, 11, 23, 22, 0), 24),
    ],
)
def test_the_day_ends_at_midnight_of_the_office(
    make_room: Make, zone: str, evening: tuple[int, ...], length: int
) -> None:
    """Not at midnight of UTC; days can have 23 and 25 hours. The new day starts with the first number."""
    room = make_room(at_clock(zone, *evening), time_zone=zone)
    day = room.state.day
    ticket = room.ticket("pass")
    midnight = hours.midnight_after(room.state.office, day or "")

    room.now = midnight - 1
    assert room.tick() == []
    room.now = midnight
    assert room.tick() == ["ticket_expired", "day_closed", "day_opened"]

    assert room.state.day == hours.day_of(room.state.office, midnight) != day
    assert ticket not in room.state.tickets
    assert room.number(room.ticket("pass")) == "A001"
    following = hours.midnight_after(room.state.office, room.state.day)
    assert following - midnight == length * HOUR


def test_who_is_served_at_midnight_is_served_on(room: Room) -> None:
    """Their counter and number stay; everything else starts again."""
    room.open("1", "2", "4")
    served, called = room.ticket("pass"), room.ticket("pass")
    room.serve("1")
    room.call("2")
    room.does(c.AssignCounter(counter="4", services=("small",)), room.supervisor)
    room.does(c.CloseService(service="car"), room.supervisor)
    room.after(15 * HOUR)

    assert [ticket.id for ticket in room.state.tickets.values()] == [served]
    assert (room.at("1").ticket, room.at("1").state, room.at("2").state) == (served, "open", "closed")
    assert called not in room.state.tickets
    assert (room.at("4").services, room.at("4").assignment) == (("post", "social", "small", "urgent"), None)
    assert not room.state.services["car"].closed
    assert room.number(room.ticket("pass")) == "A002"
    assert room.finish("1") == ["service_finished"]


def test_a_day_closed_by_hand(room: Room) -> None:
    """Not while anybody is called or served, unless forced; waiting tickets expire; stations and counters close."""
    room.open("1", "2")
    served, waits = room.ticket("pass"), room.ticket("pass")
    room.serve("1")
    refusal = room.refuses(c.CloseDay(), room.supervisor)
    assert (refusal.code, refusal.more["number"]) == ("counter_busy", room.number(served))

    assert room.does(c.CloseDay(force=True), room.supervisor) == ["ticket_expired", "day_closed"]

    assert room.of(waits).state == "expired"
    assert {name: counter.state for name, counter in room.state.counters.items() if name != "1"} == dict.fromkeys(
        ("2", "3", "4", "booth", "cash"), "closed"
    )
    assert room.does(c.CloseDay(), room.supervisor) == []
    for command in (c.IssueTicket(services=("pass",)), c.CallNext(counter="2"), c.OpenCounter(counter="2")):
        assert room.code(command) == "day_closed"


def test_the_last_visit_ends_after_the_day(room: Room) -> None:
    """Served although the day was closed: the visit ends with that service, and then the counter closes."""
    room.open("1", by=room.anna)
    ticket = room.ticket("pass", "car")
    room.call("1", room.anna)
    room.does(c.StartService(counter="1"), room.anna)
    room.does(c.CloseDay(force=True), room.supervisor)

    assert room.code(c.FinishService(counter="1"), room.bert) == "counter_held"
    assert room.code(c.FinishService(counter="1"), room.at_three) == "not_yours"
    assert room.code(c.FinishService(counter="1"), room.kiosk) == "not_allowed"
    assert room.code(c.ParkTicket(counter="1"), room.anna) == "day_closed"
    assert room.does(c.FinishService(counter="1"), room.anna) == ["service_finished", "counter_closed"]
    assert (room.of(ticket).state, room.of(ticket).done) == ("finished", ("pass",))
    assert room.code(c.FinishService(counter="1"), room.anna) == "day_closed"


def test_the_last_visit_may_end_in_vain(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.CloseDay(force=True), room.supervisor)
    room.finish("1", outcome="left")

    assert (room.of(ticket).outcome, room.of(ticket).done) == ("left", ())


def test_a_day_opened_again_goes_on(room: Room) -> None:
    """Numbers, closed services and limits of the same day stay."""
    room.ticket("pass", by=room.kiosk)
    room.does(c.CloseService(service="car", reason="technik"), room.supervisor)
    room.does(c.CloseDay(), room.supervisor)
    assert room.does(c.OpenDay(), room.supervisor) == ["day_opened"]

    assert room.number(room.ticket("pass")) == "A002"
    assert room.state.services["car"].closed
    assert room.state.services["pass"].issued == 1
    assert room.does(c.OpenDay(), room.supervisor) == []
    assert room.at("booth").state == "open"


def test_yesterday_still_open_is_closed_first(room: Room) -> None:
    room.ticket("pass")
    room.sleep(40 * HOUR)

    assert room.does(c.OpenDay(), room.supervisor) == ["ticket_expired", "day_closed", "day_opened"]
    assert room.state.day == "2026-11-25"


def test_a_night_with_the_day_closed(room: Room) -> None:
    """At midnight the next day opens by itself."""
    room.does(c.CloseDay(), room.supervisor)
    room.sleep(15 * HOUR)

    assert room.tick() == ["day_opened"]
    assert room.state.day == "2026-11-24"


def test_what_is_closed_or_boosted_into_the_next_day_ends_then(room: Room, at: Callable[[int], Any]) -> None:
    tomorrow = at(room.now + 25 * HOUR)
    room.does(c.CloseService(service="car", until=tomorrow), room.supervisor)
    room.does(c.CloseService(service="reg"), room.supervisor)
    room.does(c.BoostService(service="pass", minutes=30, until=tomorrow), room.supervisor)
    room.does(c.BoostService(service="reg", minutes=30), room.supervisor)
    room.after(15 * HOUR)

    services = room.state.services
    assert room.state.day == "2026-11-24"
    assert [(services[name].closed, services[name].boost) for name in ("car", "pass", "reg")] == [
        (True, 0),
        (False, 30),
        (False, 0),
    ]
    room.after(10 * HOUR)
    assert not room.state.services["car"].closed
    assert not room.state.services["pass"].boost


def test_what_lives_on_over_midnight(room: Room, at: Callable[[int], Any]) -> None:
    """Bookings, messages in force, alarms, silences, roster, preset and keys; nothing that has ended."""
    tomorrow = room.now + 25 * HOUR
    code = room.book(tomorrow)
    past = room.book(room.now + HOUR)
    room.does(c.HoldSlot(services=("reg",), start=at(tomorrow)), room.booking)
    room.does(c.PostMessage(text={"de": "bleibt"}), room.supervisor)
    room.does(c.PostMessage(text={"de": "geht"}, until=at(room.now + HOUR)), room.supervisor)
    room.does(c.RaiseAlarm(counter="1"), room.clerk)
    room.does(c.SilenceZone(zone="up"), room.supervisor)
    room.does(c.SetRoster(weekday="tue", duty=(c.DutySpan(counter="1", from_="08:00", to="12:00"),)), room.supervisor)
    room.does(c.SetPolicy(preset="plain"), room.supervisor)
    room.does(c.SetPolicy(preset="punctual", until=at(room.now + 23 * HOUR)), room.supervisor, key="p")
    room.after(15 * HOUR)

    state = room.state
    assert set(state.codes) == {code} != {past}
    assert [message.text["de"] for message in state.messages.values()] == ["bleibt"]
    assert list(state.alarms) == ["1"]
    assert state.silences == {"up": None}
    assert state.roster == {"tue": (Duty(counter="1", from_="08:00", to="12:00"),)}
    assert (state.preset, state.preset_before) == ("punctual", "plain")
    assert not state.holds
    assert ("token:super", "p") in state.keys
    room.after(8 * HOUR)
    assert state.keys is room.state.keys
    assert room.state.preset == "plain"


def test_keys_are_known_for_a_day_and_no_longer(room: Room) -> None:
    """24 hours of event time, also over midnight: the tenth hour of the next day forgets the ninth of this one."""
    room.does(c.IssueTicket(services=("pass",)), room.kiosk, key="tap")
    at = room.now
    room.after(24 * HOUR - 1)
    room.ticket("reg")
    assert ("device:entrance", "tap") in room.state.keys

    room.now = at + 24 * HOUR
    room.ticket("reg")

    assert ("device:entrance", "tap") not in room.state.keys


def test_a_press_without_a_key_spends_none(room: Room) -> None:
    """The server's own opening of a day."""
    room.does(c.CloseDay(), room.supervisor)
    before = len(room.state.keys)
    room.does(c.OpenDay(), SYSTEM, key="")

    assert len(room.state.keys) == before


def test_a_tick_happens_once(room: Room) -> None:
    """A second node that presses it gets no event, and neither does a press that is not due."""
    ticket = room.ticket("pass")
    room.does(c.PauseTicket(ticket=ticket, minutes=1))
    tick = next(tick for tick in ticks(room.state) if tick.kind == "away")
    assert key_of(tick) == f"tick:away:{ticket}:{tick.due}"

    assert room.does(tick, SYSTEM) == []
    room.sleep(60 * SECOND)
    assert room.does(tick, SYSTEM) == ["ticket_returned"]
    assert room.does(tick, SYSTEM) == []
    assert room.code(tick, room.supervisor) == "not_allowed"


def test_every_kind_of_tick(room: Room, at: Callable[[int], Any]) -> None:
    """Everything with an end time ends by itself."""
    soon = at(room.now + 10 * MINUTE)
    how = room.supervisor
    room.open("3")
    room.book(room.now + 5 * MINUTE)
    for command in (
        c.AssignCounter(counter="3", services=("pass",), until=soon, reason="voll"),
        c.CloseService(service="reg", until=soon),
        c.BoostService(service="reg", minutes=5, until=soon),
        c.SetPolicy(preset="plain", until=soon),
        c.PostMessage(text={"de": "kurz"}, until=soon),
        c.SilenceZone(zone="hall", until=soon),
        c.ApplyMoves(moves=(c.LimitService(service="car", tickets=1),), until=soon),
        c.HoldSlot(services=("reg",), start=at(room.now + HOUR)),
    ):
        room.does(command, how)

    room.sleep(10 * MINUTE)
    assert sorted(room.tick()) == sorted(
        [
            "counter_assigned",
            "service_opened",
            "service_boosted",
            "policy_set",
            "message_cleared",
            "silence_ended",
            "moves_reverted",
            "slot_released",
        ]
    )
    room.sleep(25 * MINUTE)
    assert room.tick() == ["appointment_missed"]

    state = room.state
    assert state.counters["3"].services == ("car",)
    assert (state.services["car"].limit, state.services["reg"].closed, state.services["reg"].boost) == (None, False, 0)
    assert state.preset == "balanced"


def test_times_in_the_past_are_no_limit(room: Room, at: Callable[[int], Any]) -> None:
    assert room.code(c.CloseService(service="reg", until=at(room.now)), room.supervisor) == "invalid"


def test_no_day_without_an_office() -> None:
    assert list(ticks(State())) == []


def test_events_never_go_back(room: Room) -> None:
    room.ticket("pass")
    at = room.state.at
    room.now -= HOUR

    room.ticket("pass")

    assert room.state.at == at


def test_opening_hours(make_room: Make) -> None:
    """Spans, single days, holidays; when it opens next; an office without hours is always open."""
    office = make_room().state.office
    berlin = "Europe/Berlin"
    assert hours.open_now(office, None, at_clock(berlin, 2026, 11, 23, 17, 59))
    assert not hours.open_now(office, None, at_clock(berlin, 2026, 11, 23, 18, 0))
    assert hours.opens_at(office, None, at_clock(berlin, 2026, 11, 27, 18)) == at_clock(berlin, 2026, 11, 30, 8)
    assert hours.changes_at(office, None, at_clock(berlin, 2026, 11, 27, 9)) == at_clock(berlin, 2026, 11, 27, 18)
    assert not hours.open_now(office, None, at_clock(berlin, 2026, 12, 24, 9))
    never = make_room(hours=Hours(week={"mon": ()})).state.office
    assert hours.opens_at(never, None, at_clock(berlin, 2026, 11, 23, 9)) is None
    assert hours.changes_at(never, None, at_clock(berlin, 2026, 11, 23, 9)) is None
    special = make_room(hours=Hours(week={}, days={"2026-12-24": (("22:00", "24:00"),)})).state.office
    assert hours.opens_at(special, None, at_clock(berlin, 2026, 12, 20)) == at_clock(berlin, 2026, 12, 24, 22)
    assert hours.open_now(special, None, at_clock(berlin, 2026, 12, 24, 23, 59))
    always = make_room(hours=Hours()).state.office
    assert hours.open_now(always, None, 0)
    assert hours.changes_at(always, None, 0) is None


def test_a_kiosk_knows_todays_hours_and_what_is_left_of_a_limit(room: Room) -> None:
    """So that a box which is cut off closes and opens on time."""
    room.does(c.LimitService(service="pass", tickets=3), room.supervisor)
    room.ticket("pass", by=room.kiosk)
    kiosk = board(room.state, "kiosk", "entrance", room.now)
    assert isinstance(kiosk, b.Kiosk)

    berlin = "Europe/Berlin"
    today = (rfc3339(at_clock(berlin, 2026, 11, 23, 8)), rfc3339(at_clock(berlin, 2026, 11, 23, 18)))
    assert kiosk.intake["pass"] == b.Intake(hours=(today,), left=2)
    assert kiosk.intake["reg"] == b.Intake(hours=(today,))


def test_the_checkpoint_names_the_epoch_and_the_day(room: Room) -> None:
    opened = [event for _, _, event in room.entries if isinstance(event, DayOpened)]

    assert [(event.day, event.epoch) for event in opened] == [("2026-11-23", room.state.epoch)]
    assert not isinstance(room.press(c.ChangeEpoch(reason="restore"), SYSTEM), Refusal)
    assert room.state.epoch != opened[0].epoch


def test_what_several_nodes_lost_is_listed_together(room: Room) -> None:
    """Issued numbers first."""
    room.does(c.ChangeEpoch(reason="fork", lost=("ticket_issued A001", "counter_opened 1")), SYSTEM)
    room.does(c.ChangeEpoch(reason="fork", lost=("ticket_issued A002", "counter_opened 1")), SYSTEM)

    assert room.state.lost == ("ticket_issued A001", "ticket_issued A002", "counter_opened 1")
    assert room.code(c.ChangeEpoch(reason="x"), room.admin) == "not_allowed"


def test_of_many_lost_facts_a_bounded_list_is_kept_and_the_number_of_the_others(room: Room) -> None:
    """The newest issued numbers. A second node that saw the same losses counts nothing twice; the list lasts for the day."""
    numbers = tuple(f"ticket_issued A{ordinal:05d}" for ordinal in range(60_000))
    found, more = listed((*numbers, "counter_opened 1"))
    assert (found, more) == (numbers[-MOST_LOST:], 60_001 - MOST_LOST)
    for _ in range(2):
        room.does(c.ChangeEpoch(reason="fork", lost=found, lost_more=more), SYSTEM)
    assert (room.state.lost, room.state.lost_more) == (found, more)
    room.does(c.ChangeEpoch(reason="fork", lost=("ticket_issued A60000", "counter_opened 2")), SYSTEM)
    assert (room.state.lost, room.state.lost_more) == ((*numbers[1 - MOST_LOST :], "ticket_issued A60000"), more + 2)

    room.does(c.CloseDay(), SYSTEM)
    room.does(c.OpenDay(), SYSTEM)
    assert (len(room.state.lost), room.state.lost_more) == (MOST_LOST, more + 2)
    assert all(len(encode(event)) < 50_000 for _, _, event in room.entries)
    room.after(24 * HOUR)
    assert (room.state.lost, room.state.lost_more) == ((), 0)


def test_over_midnight_a_page_is_who_it_was(room: Room) -> None:
    """Its id is valid for a day: with the new id it still holds the counter and owns the keys of the old one."""
    old = Actor(role="clerk", principal="signin:old", holder="old", page=True)
    new = Actor(role="clerk", principal="signin:new", holder="new", page=True, earlier="old")
    room.open("1", by=old)
    room.ticket()
    room.serve("1", by=old)
    key = room.last_key
    room.after(15 * HOUR)

    assert room.state.counters["1"].holder == "old"
    assert room.code(c.FinishService(counter="1"), replace(new, earlier="")) == "counter_held"
    assert room.code(c.Undo(key=key), replace(new, earlier="")) == "nothing_to_undo"
    assert room.code(c.Undo(key=key), new) == "too_late_to_undo"
    assert room.does(c.FinishService(counter="1"), new) == ["service_finished"]
