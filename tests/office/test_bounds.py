"""There are limits to what one principal may add to log, state and checkpoint, and a day can always be opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.events import DayCarried, DayOpened, Event, encode
from server.messages.facts import Spent
from server.messages.instants import DAY, HOUR, MINUTE, SECOND
from server.office.decide import EveryCommand
from server.office.keys import DEVICE_KEYS, KEYS, Keys, packed, short, unpacked
from server.office.snapshot import freeze

if TYPE_CHECKING:
    from tests.office.life import Life
    from tests.office.room import Make, Room

KIB = 1_024


def link(ticket: str) -> Actor:
    return Actor(role="holder", principal=f"ticket:amt.{ticket}", holder=f"ticket:amt.{ticket}", device=ticket)


def opened_again(room: Room) -> list[Event]:
    """The checkpoint: every entry written when a day opens."""
    room.does(c.CloseDay(force=True), room.supervisor)
    room.does(c.OpenDay(), room.supervisor)
    start = max(at for at, (_, _, event) in enumerate(room.entries) if isinstance(event, DayOpened))
    assert freeze(room.refold(room.entries[start:])) == freeze(room.state)
    return [event for _, _, event in room.entries[start:]]


def test_a_link_acts_a_hundred_times_and_then_only_gives_up(room: Room) -> None:
    ticket = room.ticket()
    holder = link(ticket)
    for _ in range(50):
        room.does(c.PauseTicket(ticket=ticket, minutes=1), holder)
        room.does(c.ReturnTicket(ticket=ticket), holder)

    assert room.code(c.PauseTicket(ticket=ticket, minutes=1), holder) == "too_many"
    assert room.does(c.ReturnTicket(ticket=ticket), holder) == []
    assert room.does(c.PauseTicket(ticket=ticket, minutes=1), room.desk) == ["ticket_paused"]
    assert room.code(c.ReturnTicket(ticket=ticket), holder) == "too_many"
    assert room.does(c.CancelTicket(ticket=ticket), holder) == ["ticket_cancelled"]


def test_the_bound_refuses_new_acts_and_forgets_no_key(room: Room) -> None:
    """After all the presses that a kiosk may make in a day, its first key is still known; after 24 h it may press again."""
    for at in range(DEVICE_KEYS):
        room.state.keys.spend(room.kiosk.principal, f"tap {at}", "d", at, room.now)

    assert room.code(c.IssueTicket(services=("pass",)), room.kiosk) == "too_many"
    assert room.state.keys.spent(room.kiosk.principal, "tap 0")
    assert room.ticket(by=room.desk)
    room.after(24 * HOUR)
    assert room.state.keys.held.get(room.kiosk.principal, 0) == 0
    assert room.ticket(by=room.kiosk)


def test_pauses_of_one_ticket_have_a_sum(room: Room) -> None:
    """Extended or one after another: two hours in all. A pause that changes nothing is no event; staff may give more."""
    room.open("1")
    ticket = room.ticket()
    holder = link(ticket)
    began = room.now
    room.does(c.PauseTicket(ticket=ticket, minutes=100), holder)
    room.does(c.PauseTicket(ticket=ticket, minutes=100), holder)
    assert room.of(ticket).away_until == began + 120 * MINUTE
    assert room.does(c.PauseTicket(ticket=ticket, minutes=100), holder) == []

    room.after(60 * MINUTE).does(c.ReturnTicket(ticket=ticket), holder)
    room.does(c.PauseTicket(ticket=ticket, minutes=90), holder)
    assert room.of(ticket).away_until == began + 120 * MINUTE
    assert room.does(c.CallTicket(counter="1", ticket=ticket)) == ["ticket_called"]
    room.does(c.WithdrawCall(counter="1"))
    assert room.of(ticket).away_until == began + 120 * MINUTE
    room.after(60 * MINUTE)

    assert room.of(ticket).state == "waiting"
    assert room.code(c.PauseTicket(ticket=ticket, minutes=1), holder) == "limit_reached"
    assert room.code(c.PauseTicket(ticket=ticket, minutes=1), room.kiosk) == "limit_reached"
    assert room.does(c.PauseTicket(ticket=ticket, minutes=480), room.desk) == ["ticket_paused"]
    room.does(c.PauseTicket(ticket=ticket, minutes=480), room.desk)
    assert room.of(ticket).away_until == began - SECOND + 15 * HOUR, "nobody is away beyond the day"
    assert room.does(c.PauseTicket(ticket=ticket, minutes=480), room.desk) == []


def test_a_device_is_lent_200_numbers_of_a_service(room: Room) -> None:
    side = replace(room.kiosk, principal="device:side", device="side")
    for count in (120, 79):
        room.does(c.LeaseNumbers(services=("pass", "reg"), count=count), room.kiosk)

    assert room.code(c.LeaseNumbers(services=("car", "pass"), count=2), room.kiosk) == "too_many"
    assert room.does(c.LeaseNumbers(services=("pass",), count=1), room.kiosk) == ["numbers_leased"]
    assert room.code(c.LeaseNumbers(services=("reg", "pass"), count=1), room.kiosk) == "too_many"
    assert room.does(c.LeaseNumbers(services=("pass",), count=200), side) == ["numbers_leased"]


def test_a_device_has_a_hundred_leases(room: Room) -> None:
    """Each for one number of one service: what a checkpoint carries is bounded by this too."""
    side = replace(room.kiosk, principal="device:side", device="side")
    services = ("pass", "reg")
    for at in range(100):
        room.does(c.LeaseNumbers(services=(services[at % 2],), count=1), room.kiosk)

    assert room.code(c.LeaseNumbers(services=("pass",), count=1), room.kiosk) == "too_many"
    assert room.does(c.LeaseNumbers(services=("pass",), count=1), side) == ["numbers_leased"]
    assert max(len(encode(event)) for event in opened_again(room)) < 256 * KIB


def test_a_roster_has_two_thousand_spans_in_all(room: Room) -> None:
    """Days that have passed no longer count, and a day that is planned anew counts once."""

    def clock(minute: int) -> str:
        return f"{minute // 60:02d}:{minute % 60:02d}"

    spans = tuple(c.DutySpan(counter=str(1 + at % 2), from_=clock(at // 2), to=clock(at // 2 + 1)) for at in range(400))
    for day in ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"):
        room.does(c.SetRoster(date=day, duty=spans), room.supervisor)

    assert room.code(c.SetRoster(weekday="mon", duty=spans[:1]), room.supervisor) == "too_many"
    room.does(c.SetRoster(date="2026-11-24", duty=spans[1:]), room.supervisor)
    room.does(c.SetRoster(weekday="mon", duty=spans[:1]), room.supervisor)
    assert max(len(encode(event)) for event in opened_again(room)) < 256 * KIB
    room.after(24 * HOUR)
    room.does(c.OpenDay(), room.supervisor)
    assert room.does(c.SetRoster(weekday="tue", duty=spans), room.supervisor) == ["roster_set"]


def test_a_call_is_made_a_hundred_times(room: Room) -> None:
    room.open("1")
    room.ticket()
    room.call("1")
    for _ in range(99):
        room.does(c.RepeatCall(counter="1"))

    assert room.code(c.RepeatCall(counter="1")) == "too_many"
    assert room.does(c.WithdrawCall(counter="1")) == ["call_withdrawn"]


def test_a_hundred_messages_may_stand(room: Room) -> None:
    text = {f"a{one}{two}": "x" * 400 for one in "abcdefghijklm" for two in "abcdefghij"}
    for _ in range(100):
        room.does(c.PostMessage(text=text), room.supervisor)

    assert room.code(c.PostMessage(text={"de": "Hallo"}), room.supervisor) == "too_many"
    entries = opened_again(room)
    assert max(len(encode(event)) for event in entries) < 512 * KIB
    assert len(room.state.messages) == 100
    room.does(c.ClearMessage(message=next(iter(room.state.messages))), room.supervisor)
    assert room.does(c.PostMessage(text={"de": "Hallo"}), room.supervisor) == ["message_posted"]


def test_the_day_after_60_000_presses_is_opened_in_small_entries(room: Room) -> None:
    """With keys of 64 characters, many bookings and holds: no entry is large, nothing is missing, and keys take little space."""
    for at in range(60_000):
        who = room.kiosk.principal if at % 2 else f"signin:{at % 50:032d}"
        room.state.keys.spend(who, f"{at:064d}", f"{at:032x}", at + 1, room.now)
    for at in range(3_000):
        day, piece = divmod(at, 40)
        room.book(room.now + (day // 5 * 7 + day % 5 + 35) * DAY + piece * 12 * MINUTE + MINUTE)

    entries = opened_again(room)

    bodies = [encode(event) for event in entries]
    assert max(map(len, bodies)) < 256 * KIB
    assert len(packed_bytes(room.state.keys)) < 7 * 800 * KIB
    assert len(room.state.appointments) == 3_000
    for at in (0, 1, 30_000, 59_999):
        who = room.kiosk.principal if at % 2 else f"signin:{at % 50:032d}"
        spent = room.state.keys.spent(who, f"{at:064d}")
        assert spent is not None
        assert (spent.seq, f"{at:032x}".startswith(spent.digest)) == (at + 1, True)


def packed_bytes(keys: Keys) -> bytes:
    return encode(DayCarried(v=2, at=0, by="system", spent=packed(keys.values())))


@pytest.mark.parametrize("who", ["holder", "kiosk", "booth", "printer"])
def test_whatever_a_weak_principal_does_the_day_closes_and_opens(
    who: str, make_room: Make, make_life: Callable[[Room, int], Life]
) -> None:
    """Everything it may send, as fast as possible, each with the longest possible key."""
    room = make_room()
    room.open("1", "2", "3", "4")
    ticket = room.ticket(printer="paper")
    by = link(ticket) if who == "holder" else getattr(room, who)
    life = make_life(room, 7)
    for at in range(3_000):
        command: EveryCommand = life.command()  # type: ignore[assignment]
        if not isinstance(command, c.OpenDay | c.CloseDay | c.ConfigureOffice | c.ChangeEpoch):
            room.press(command, by, key=f"{at:064d}")
            room.now += 3

    assert room.state.keys.held.get(by.principal, 0) <= KEYS[by.role]
    assert max(len(encode(event)) for event in opened_again(room)) < 256 * KIB


def test_keys_forget_their_oldest_and_count_by_principal() -> None:
    def spent(who: str, key: str, at: int) -> Spent:
        return Spent(who=who, key=key, digest="d", seq=at, count=1, at=at)

    keys = Keys(((who, key), spent(who, key, at)) for who, key, at in [("a", "1", 1), ("a", "2", 2), ("b", "1", 3)])
    keys.keep(("a", "2"), spent("a", "2", 2))
    ahead = keys.copy()
    ahead.forget(2)
    del keys["a", "1"]

    assert (ahead.held, list(ahead)) == ({"b": 1}, [("b", "1")])
    assert keys.held == {"a": 2, "b": 1}
    keys.forget(1)
    assert list(keys) == [("a", "2"), ("b", "1")]
    ahead.forget(3)
    assert (ahead.held, len(ahead)) == ({}, 0)


def test_a_packed_key_is_found_under_its_whole_name(room: Room) -> None:
    long, plain = "x" * 64, "y" * 20
    keys = Keys()
    for at, key in enumerate((long, plain)):
        keys.spend("a", key, "0123456789abcdef" * 2, at, at)
    again = Keys(unpacked(packed(keys.values())))

    for key in (long, plain):
        found = again.spent("a", key)
        assert found is not None
        assert "0123456789abcdef" * 2 != found.digest == ("0123456789abcdef" * 2)[:20]
    assert short(short(long)) == short(long)
    assert again.spent("b", long) is None


def test_what_else_keeps_it_from_being_called_outlives_a_pause(room: Room, at: Callable[[int], Any]) -> None:
    """A transfer for later and the pause after a miss are ended neither by a pause nor by coming back from it."""
    room.open("1")
    later, missed = room.ticket(), room.ticket()
    room.does(c.TransferTicket(ticket=later, not_before=at(room.now + HOUR)))
    assert room.call("1") == missed
    room.does(c.MarkMissed(counter="1"))
    for ticket in (later, missed):
        room.does(c.PauseTicket(ticket=ticket, minutes=1), link(ticket))
    room.does(c.ReturnTicket(ticket=missed), link(missed))
    room.after(MINUTE)

    assert room.of(later).state == room.of(missed).state == "waiting"
    assert room.call("1") is None
    room.after(4 * MINUTE)
    assert room.call("1") == missed
    room.does(c.WithdrawCall(counter="1"))
    assert room.after(HOUR).call("1") == later
