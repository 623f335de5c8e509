"""Who is next: the order of the presets, the reasons to wait, and a simple scan over all tickets that agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE
from server.messages.office import Appointments, Office, Preset, StationPlan
from server.office.ahead import ahead_of, ahead_of_new, passed_by
from server.office.order import presets
from server.office.state import State
from server.office.who_next import who_next

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]


# the simple scan looks at every ticket, in the words of the design

RANK = {"walk_in": 0, "priority": 1, "appointment": 2}
AGEING = {"balanced": (1, 1, 1), "punctual": (1, 3, 4), "plain": (1, 1, 1)}
CREDIT = {"balanced": (0, 45, 60), "punctual": (0, 30, 60), "plain": (0, 0, 0)}


def urgency(state: State, ticket: Ticket, now: int) -> int:
    preset, rank = state.preset or state.office.policy.preset, RANK[ticket.category]
    boosts = [s for s in state.services.values() if s.id in ticket.services and s.boost]
    running = [s.boost for s in boosts if s.boost_until is None or now < s.boost_until]
    return AGEING[preset][rank] * (now - ticket.reference) + (CREDIT[preset][rank] + max(running, default=0)) * MINUTE


def may_go(state: State, ticket: Ticket, counter: Counter, now: int) -> bool:
    desk = state.places[counter.id]
    features = set() if isinstance(desk, StationPlan) else set(desk.features)
    needs = {"step_free", "hearing_loop"} & set(ticket.needs)
    kept = ticket.only_counter not in (None, counter.id) and (ticket.only_until is None or now < ticket.only_until)
    serves = ticket.only_counter == counter.id or set(counter.services) & set(ticket.services)
    return (
        ticket.state == "waiting"
        and not kept
        and bool(serves)
        and needs <= features
        and (ticket.not_before or 0) <= now
    )


def slot_near(ticket: Ticket, before: int, now: int) -> bool:
    return ticket.slot is None or ticket.calls > 0 or now >= ticket.slot - before * 1000


def scanned(state: State, counter: Counter, now: int) -> Ticket | None:
    """Looks at every ticket; no lines, no heads."""
    desk, policy = state.places[counter.id], state.office.policy
    here = [t for t in state.tickets.values() if may_go(state, t, counter, now)]
    back = [t for t in here if t.only_counter == counter.id and t.station and t.station_counter is None]
    if back:
        return min(back, key=lambda t: (t.reference, t.seq))
    ready = [t for t in here if slot_near(t, policy.appointment_before, now)]
    ready = ready or [t for t in here if slot_near(t, policy.appointment_early, now)]
    order = sorted(ready, key=lambda t: (-urgency(state, t, now), t.seq))
    if not order:
        return None
    languages = () if isinstance(desk, StationPlan) else desk.languages
    spoken = {None, state.office.languages[0], *languages}
    if languages and order[0].language not in spoken:
        best = urgency(state, order[0], now)
        close = [t for t in order if best - urgency(state, t, now) <= policy.language_within * 1000]
        return next((t for t in close if t.language in spoken), order[0])
    return order[0]


@pytest.mark.no_cover
@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(["balanced", "punctual", "plain"]))
def test_comparing_heads_is_a_scan_over_everybody(live: Callable[..., Room], seed: int, preset: str) -> None:
    def look(room: Room) -> None:
        for counter in room.state.counters.values():
            for now in (room.state.at, room.now, room.now + 7 * MINUTE):
                found = who_next(room.state, counter, now)
                assert (found and found[0]) == scanned(room.state, counter, now)

    live(seed, 60, look, preset=preset)


@pytest.mark.no_cover
@settings(max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from(["balanced", "punctual", "plain"]))
def test_people_ahead_are_counted_as_a_scan_counts_them(live: Callable[..., Room], seed: int, preset: str) -> None:
    """Those who want some of the same services, are more urgent, and may be called by now."""

    def look(room: Room) -> None:
        state, now = room.state, room.now
        waiting = [
            t for t in state.tickets.values() if t.state == "waiting" and state.ready_at(t) <= max(now, state.at)
        ]
        for mine in state.tickets.values():
            if mine.state not in ("waiting", "away"):
                assert ahead_of(state, mine, now) is None
                continue
            rivals = [t for t in waiting if t.id != mine.id and set(t.services) & set(mine.services)]
            key = (-urgency(state, mine, now), mine.seq)
            assert ahead_of(state, mine, now) == sum((-urgency(state, t, now), t.seq) < key for t in rivals)

    live(seed, 50, look, preset=preset)


# dialogues


def test_nobody_waits(room: Room) -> None:
    """An empty answer: no event, no refusal."""
    room.open("1")

    assert room.does(c.CallNext(counter="1")) == []


def test_ten_wait_and_one_is_picked(room: Room) -> None:
    """Only this ticket moves."""
    room.open("1", "2")
    tickets = [room.ticket("pass") for _ in range(10)]

    room.does(c.CallTicket(counter="1", ticket=tickets[6]))

    assert room.of(tickets[6]).why == replace(room.of(tickets[6]).why, code="picked")  # type: ignore[type-var]
    assert [room.call("2", finish_current=False)] == [tickets[0]]
    assert all(room.of(ticket).state == "waiting" for ticket in tickets[1:6] + tickets[7:])


def test_the_head_is_away(room: Room) -> None:
    """The next one is called; the ticket that is away keeps its seniority."""
    room.open("1", "2")
    first, second, third = (room.ticket("pass") for _ in range(3))
    room.does(c.PauseTicket(ticket=first, minutes=10))

    assert room.call("1") == second
    room.after(10 * MINUTE)
    assert room.of(first).state == "waiting"
    assert room.call("2") == first
    assert room.of(third).state == "waiting"


def test_not_before_is_skipped_at_nine_and_offered_at_ten(room: Room, at: Callable[[int], Any]) -> None:
    """Meanwhile the other lines of the counter are served; after ten minutes nobody has to press anything for it."""
    room.open("1", "2")
    held, other = room.ticket("pass"), room.ticket("reg")
    room.does(c.TransferTicket(ticket=held, not_before=at(room.now + 10 * MINUTE)))

    room.sleep(9 * MINUTE)
    assert room.code(c.CallTicket(counter="2", ticket=held)) == "not_yet"
    assert room.call("1") == other
    assert room.call("2") is None
    room.sleep(1 * MINUTE)
    assert room.call("2") == held


@pytest.mark.parametrize(
    ("preset", "first"), [("balanced", "appointment"), ("punctual", "appointment"), ("plain", "walk_in")]
)
def test_the_preset_decides_between_walk_ins_and_an_appointment(make_room: Make, preset: str, first: str) -> None:
    """And the answer says why."""
    room = make_room(preset=preset).open("1", "2")
    code = room.book(room.now + 20 * MINUTE)
    walk_ins = [room.ticket("pass"), room.ticket("pass")]
    room.sleep(10 * MINUTE)
    room.does(c.CheckIn(code=code), room.kiosk)
    booked = list(room.state.tickets)[-1]
    room.after(6 * MINUTE)

    called = room.call("1")

    assert called == (booked if first == "appointment" else walk_ins[0])
    why = room.of(called or "").why
    assert why is not None
    assert why.code == ("appointment" if first == "appointment" else "longest_wait")


def test_an_appointment_in_forty_minutes_is_not_called(room: Room) -> None:
    """From twenty minutes before its slot it is called if nobody else waits, from five minutes before in its order."""
    room.open("1", "2")
    code = room.book(room.now + 40 * MINUTE)
    room.does(c.CheckIn(code=code), room.desk)
    booked = list(room.state.tickets)[-1]

    assert room.call("1") is None
    room.sleep(20 * MINUTE)
    walk_in = room.ticket("pass")
    assert room.call("1") == walk_in
    assert room.call("2") == booked
    why = room.of(booked).why
    assert why is not None
    assert why.code == "early"


def test_walk_ins_are_served_in_the_minutes_before_an_appointment(room: Room) -> None:
    """Somebody who is not checked in does not wait, and keeps nobody from being called."""
    room.open("1")
    room.book(room.now + 2 * MINUTE)
    walk_in = room.ticket("pass")

    assert room.call("1") == walk_in


def overtaking_bound(preset: Preset) -> int | None:
    """A walk-in is overtaken only by tickets that were drawn (or have a slot) at most this many minutes later; None if there is
    no bound."""
    if len(set(preset.ageing)) > 1:
        return None
    return max(preset.credit) - preset.credit[0]


@pytest.mark.parametrize("preset", ["balanced", "plain"])
def test_a_full_book_never_starves_a_walk_in_beyond_the_printed_bound(make_room: Make, preset: str) -> None:
    """An appointment every five minutes, one counter, fifteen minutes each: the walk-in is called within the bound."""
    room = make_room(preset=preset, appointments=Appointments(walk_in_percent=0)).open("1")
    bound = overtaking_bound(presets(room.state.office)[preset])
    assert bound is not None
    start = room.now
    codes = [room.book(start + at * 5 * MINUTE) for at in range(1, 60)]
    walk_in = room.ticket("pass")
    passed = 0
    while room.of(walk_in).state == "waiting":
        for code in codes:
            booked = room.state.appointments[room.state.codes[code]]
            if booked.ticket is None and booked.start <= room.now + 10 * MINUTE:
                room.does(c.CheckIn(code=code), room.desk)
        called = room.call("1")
        if called is not None:
            slot = room.of(called).slot
            assert slot is None or slot <= room.of(walk_in).reference + bound * MINUTE
            passed += called != walk_in
            room.does(c.StartService(counter="1"))
            room.finish("1")
        room.after(15 * MINUTE)

    assert passed <= bound // 5


def test_presets_with_a_bound_and_without() -> None:
    known = presets(Office(id="x", name="x", services=(), counters=()))

    assert {name: overtaking_bound(preset) for name, preset in known.items()} == {
        "balanced": 60,
        "punctual": None,
        "plain": 0,
    }


def test_an_office_may_have_a_preset_of_its_own(make_room: Make) -> None:
    room = make_room(presets={"own": Preset(ageing=(1, 2, 1), credit=(0, 0, 0))}, preset="own")

    assert room.state.rules.ageing == (1, 2, 1)
    assert ahead_of_new(room.state, ("pass",), "walk_in", room.now) == 0


def test_priority_counts_as_drawn_earlier(room: Room) -> None:
    room.open("1", "2")
    older, later = room.ticket("pass"), room.ticket("pass", category="priority")

    assert [room.call("1"), room.call("2")] == [later, older]
    why = room.of(later).why
    assert why is not None
    assert why.code == "priority"


def test_a_language_goes_first_among_close_ones(room: Room) -> None:
    """Counter 2 speaks Turkish, counter 1 does not: within five minutes each takes a citizen whose language it speaks."""
    room.open("1", "2")
    arabic = room.ticket("pass", language="ar")
    turkish = room.ticket("pass", language="tr")
    german = room.ticket("pass")

    assert room.call("2") == turkish
    why = room.of(turkish).why
    assert why is not None
    assert why.code == "language"
    assert room.call("1") == german
    assert room.of(arabic).state == "waiting"


def test_a_language_does_not_beat_a_longer_wait(room: Room) -> None:
    room.open("2")
    arabic = room.ticket("pass", language="ar")
    room.sleep(5 * MINUTE)
    room.ticket("pass", language="tr")

    assert room.call("2") == arabic


def test_boosts_move_a_line_and_a_ticket(room: Room) -> None:
    """A supervisor's boost makes a ticket count as drawn earlier; the log says who gave it."""
    room.open("1", "2")
    first, second, third = room.ticket("pass"), room.ticket("reg"), room.ticket("pass")
    boosted = room.press(c.BoostTicket(ticket=third, minutes=30), room.supervisor)
    assert [event.by for event in boosted] == ["supervisor:7"]  # type: ignore[union-attr]

    assert room.call("1") == third
    room.does(c.BoostService(service="reg", minutes=30), room.supervisor)
    assert room.call("2") == second
    why = [room.of(ticket).why for ticket in (third, second)]
    assert [one.code for one in why if one] == ["boost", "boost"]
    assert room.of(first).state == "waiting"


def test_a_ticket_reserved_for_a_counter_is_called_there_only(room: Room) -> None:
    """Even if that counter offers another service by now."""
    room.open("1", "2", "3")
    mine, other = room.ticket("pass"), room.ticket("pass")
    room.does(c.TransferTicket(ticket=mine, to_counter="3"))

    assert room.code(c.CallTicket(counter="1", ticket=mine)) == "cannot_serve"
    assert room.call("1") == other
    assert room.call("2") is None
    assert room.call("3") == mine


def test_a_need_is_met_or_nobody_is_called(room: Room) -> None:
    """Counter 3 has no step-free way; a transfer to a counter that cannot is refused."""
    room.open("3")
    ticket = room.ticket("car", needs=("step_free",))

    assert room.call("3") is None
    assert room.code(c.CallTicket(counter="3", ticket=ticket)) == "needs_not_met"
    assert room.code(c.TransferTicket(ticket=ticket, to_counter="3")) == "needs_not_met"
    room.does(c.SetNeeds(ticket=ticket, needs=("escort", "interpreter")))
    assert room.call("3") == ticket


def test_who_was_passed_and_by_whom(room: Room) -> None:
    room.open("1")
    walk_in = room.ticket("pass")
    first = room.ticket("pass", category="priority")
    assert room.call("1") == first

    assert passed_by(room.state, room.of(walk_in)) == {"priority": 1}
    room.does(c.SetServices(ticket=first, services=("reg",)))
    room.does(c.WithdrawCall(counter="1"))
    assert passed_by(room.state, room.of(walk_in)) == {}
    room.call("1")
    room.undo()
    assert passed_by(room.state, room.of(walk_in)) == {}
    room.call("1")
    assert passed_by(room.state, room.of(first)) == {}


def test_the_only_one_who_waits_is_told_so(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass", category="priority")
    room.call("1")

    why = room.of(ticket).why
    assert why is not None
    assert why.code == "only"


def test_ties_go_by_the_number_in_the_log(room: Room) -> None:
    room.open("1", "2")
    answer = [room.press(c.IssueTicket(services=("pass",)), room.desk) for _ in range(2)]
    tickets = [events[0].ticket for events in answer]  # type: ignore[index,union-attr]

    assert [room.call("1"), room.call("2")] == tickets
