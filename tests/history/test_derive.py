"""From events to visits: how a ticket's way looks in the history, and that it agrees with the core."""

from collections import Counter
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from server.history.derive import Book
from server.history.visit import CALL_INSTANTS, INSTANTS, Call, Visit
from server.log.port import Row
from server.messages import events as e
from server.messages.events import Event, decode
from server.messages.facts import Ticket, Why
from server.messages.instants import MINUTE
from server.messages.office import Office

Live = Callable[..., tuple[list[Row], dict[str, Ticket]]]
T0 = 1_795_330_800_000
WHY = Why(code="longest_wait")


def at(minutes: float, by: str = "counter:1", key: str = "") -> dict[str, object]:
    return {"v": 1, "at": T0 + int(minutes * MINUTE), "by": by, "key": key or f"k{minutes}"}


def said(kind: type[Event], minutes: float, key: str = "", **more: object) -> Event:
    of = {"ticket": "t1", "number": "A001"} if issubclass(kind, e.OfTicket) else {}
    return kind(**at(minutes, key=key), **of, **more)  # type: ignore[arg-type]


def visit(*events: Event) -> Visit:
    book = Book("epoch", "2026-11-22")
    for seq, event in enumerate(events, 1):
        book.fold(event, seq)
    return book.visits["t1"]


ISSUED = said(e.TicketIssued, 0, services=("pass",))
CALLED = said(e.TicketCalled, 12, counter="1", why=WHY)
STARTED = said(e.ServiceStarted, 13, counter="1")
FINISHED = said(e.ServiceFinished, 20, counter="1", outcome="done", services_done=("pass",))


def test_a_plain_visit() -> None:
    seen = visit(ISSUED, CALLED, STARTED, FINISHED)

    assert (seen.number, seen.day, seen.epoch, seen.service) == ("A001", "2026-11-22", "epoch", "pass")
    assert (seen.state, seen.outcome, seen.done, seen.services) == ("finished", "done", ("pass",), ())
    assert (seen.waited_ms, seen.served_ms) == (12 * MINUTE, 7 * MINUTE)
    assert (seen.counters, seen.misses, seen.ended_at) == (("1",), 0, T0 + 20 * MINUTE)
    assert (seen.first_seq, seen.last_seq) == (1, 4)
    (call,) = seen.calls
    assert (call.seq, call.waiting_since, call.called_at) == (2, T0, T0 + 12 * MINUTE)
    assert (call.started_at, call.ended_at) == (T0 + 13 * MINUTE, T0 + 20 * MINUTE)


def test_a_withdrawn_call_never_was() -> None:
    again = said(e.TicketCalled, 30, counter="2", why=WHY)

    seen = visit(ISSUED, CALLED, said(e.CallWithdrawn, 14, counter="1"), again)

    assert seen.waited_ms == 30 * MINUTE
    assert seen.counters == ("2",)
    assert [call.withdrawn_at is None for call in seen.calls] == [False, True]
    assert seen.calls[1].waiting_since == T0, "it had never stopped waiting"


def test_a_miss_is_counted_and_its_way_back_is_a_new_wait() -> None:
    missed = said(e.TicketMissed, 15, counter="1", again_at=T0 + 20 * MINUTE)
    again = said(e.TicketCalled, 25, counter="2", why=WHY)
    gone = said(e.TicketMissed, 28, counter="2", again_at=None)

    seen = visit(ISSUED, CALLED, missed, again, gone, said(e.TicketExpired, 600))

    assert (seen.state, seen.misses, seen.waited_ms) == ("expired", 2, 12 * MINUTE)
    assert [(call.waiting_since - T0, call.missed_at) for call in seen.calls] == [
        (0, T0 + 15 * MINUTE),
        (15 * MINUTE, T0 + 28 * MINUTE),
    ]


def test_a_visit_of_several_services_adds_up_its_service() -> None:
    first = said(e.ServiceFinished, 20, counter="1", outcome="done", services_done=("pass",), next=("meld",))
    called = said(e.TicketCalled, 30, counter="2", why=WHY)
    started = said(e.ServiceStarted, 31, counter="2")
    last = said(e.ServiceFinished, 36, counter="2", outcome="done", services_done=("meld",))
    issued = said(e.TicketIssued, 0, services=("pass", "meld"))

    seen = visit(issued, CALLED, STARTED, first, called, started, last)

    assert (seen.service, seen.done, seen.counters) == ("pass", ("pass", "meld"), ("1", "2"))
    assert (seen.waited_ms, seen.served_ms) == (12 * MINUTE, 12 * MINUTE)
    assert seen.calls[1].waiting_since == T0 + 20 * MINUTE


def test_parked_time_is_not_service() -> None:
    seen = visit(
        ISSUED,
        CALLED,
        STARTED,
        said(e.TicketParked, 15, counter="1"),
        said(e.TicketResumed, 40, counter="2"),
        said(e.ServiceFinished, 43, counter="2", outcome="done", services_done=("pass",)),
    )

    assert (seen.served_ms, seen.counters) == (5 * MINUTE, ("1", "2"))


def test_an_appointment_waits_from_its_slot() -> None:
    early = said(e.TicketIssued, 0, services=("pass",), category="appointment", slot=T0 + 10 * MINUTE)

    assert visit(early, CALLED).waited_ms == 2 * MINUTE
    before = said(e.TicketCalled, 8, counter="1", why=WHY)
    assert visit(early, before).waited_ms == 0


def test_direct_service_never_waited() -> None:
    direct = said(e.DirectServiceStarted, 5, counter="3", services=("fund",), ordinal=1)

    seen = visit(direct, said(e.ServiceFinished, 9, counter="3", outcome="done", services_done=("fund",)))

    assert (seen.direct, seen.waited_ms, seen.served_ms, seen.counters) == (True, None, 4 * MINUTE, ("3",))
    assert seen.calls == ()


def test_a_ticket_handed_in_late_was_drawn_when_it_was_drawn() -> None:
    late = said(e.TicketIssued, 30, services=("pass",), reference=T0 + 5 * MINUTE)

    assert visit(late).issued_at == T0 + 5 * MINUTE


def test_an_undone_finish_is_service_again() -> None:
    finished = said(e.ServiceFinished, 20, key="f", counter="1", outcome="done", services_done=("pass",))
    fact = Ticket(
        id="t1", number="A001", services=("pass",), state="serving", seq=1, last_seq=3, issued_at=T0, reference=T0
    )
    undone = e.Undone(**at(20.1), of="f", tickets=(fact,))  # type: ignore[arg-type]
    later = said(e.ServiceFinished, 25, counter="1", outcome="done", services_done=("pass",))

    back = visit(ISSUED, CALLED, STARTED, finished, undone)
    assert (back.state, back.ended_at, back.served_ms, back.last_seq) == ("serving", None, 0, 5)
    assert visit(ISSUED, CALLED, STARTED, finished, undone, later).served_ms == 12 * MINUTE


def test_an_undone_issue_is_cancelled_and_said_to_be() -> None:
    fact = Ticket(
        id="t1", number="A001", services=("pass",), state="cancelled", seq=1, last_seq=1, issued_at=T0, reference=T0
    )

    seen = visit(said(e.TicketIssued, 0, key="i", services=("pass",)), e.Undone(**at(0.1), of="i", tickets=(fact,)))  # type: ignore[arg-type]

    assert (seen.state, seen.undone, seen.calls) == ("cancelled", True, ())


def test_what_began_before_our_time_is_taken_from_the_checkpoint() -> None:
    fact = Ticket(
        id="t1",
        number="A001",
        services=("pass",),
        state="serving",
        seq=1,
        last_seq=3,
        issued_at=T0 - MINUTE,
        reference=T0,
        counter="1",
        started_at=T0,
        first_called_at=T0 - 10,
        served=500,
    )
    book = Book()
    opened = e.DayOpened(
        **at(0),  # type: ignore[arg-type]
        day="2026-11-22",
        epoch="e2",
        office=Office(id="mitte", name="Mitte", services=(), counters=()),
        tickets=(fact,),
    )
    book.fold(opened, 9)
    book.fold(FINISHED, 10)

    seen = book.visits["t1"]
    assert (seen.state, seen.served_ms, seen.first_seq, seen.day) == ("finished", 20 * MINUTE + 500, 9, "2026-11-22")


def test_a_set_of_moves_taken_back_is_taken_back() -> None:
    """Moved to another line and back before its first call: the wait counts for its first service."""
    ticket = Ticket(
        id="t1", number="A001", services=("pass",), state="waiting", seq=1, last_seq=1, issued_at=T0, reference=T0
    )
    moved = said(e.TicketsMoved, 3, tickets=("t1",), numbers=("A001",), to_service="meld")
    seen = visit(ISSUED, moved, said(e.MovesReverted, 5, set="k3", tickets=(ticket,)), CALLED, STARTED, FINISHED)

    assert visit(ISSUED, moved).service == "meld"
    assert (seen.service, seen.done) == ("pass", ("pass",))


def test_events_about_nobody_change_nothing() -> None:
    book = Book()
    for seq, event in enumerate((CALLED, STARTED, FINISHED, said(e.TicketExpired, 30)), 1):
        book.fold(event, seq)

    assert book.visits == {}
    assert book.touched == set()


@pytest.mark.no_cover
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32))
def test_the_history_agrees_with_the_core(live: Live, seed: int) -> None:
    """Two folds of one log know the same about each ticket."""
    rows, facts = live(seed, 150, days=2)
    book = Book()
    for row in rows:
        book.fold(decode(row.body), row.seq)

    assert book.visits.keys() == facts.keys()
    for name, fact in facts.items():
        seen = book.visits[name]
        assert (seen.number, seen.state, seen.issued_at) == (fact.number, fact.state, fact.issued_at), name
        assert (seen.services, seen.done, seen.outcome) == (
            fact.services if seen.outcome is None else (),
            fact.done,
            fact.outcome,
        )
        assert (seen.ended_at, seen.category, seen.direct) == (fact.ended_at, fact.category, fact.direct)
        if not seen.undone:
            assert seen.served_ms == fact.served
            assert fact.direct or seen.first_called_at == fact.first_called_at, name


def test_every_instant_of_a_visit_moves_with_the_clock() -> None:
    """All whole numbers but the slot, counts, lengths and seqs are instants; whoever adds one says which it is."""
    others = {"slot", "seq", "first_seq", "last_seq", "persons", "served_ms", "misses", "attempt"}
    numbers = {
        field.name
        for kind in (Visit, Call)
        for field in fields(kind)
        if field.type is int or int in get_args(field.type)
    }

    assert numbers - others == {*INSTANTS, *CALL_INSTANTS}, (
        "server/history/visit.py: name it in INSTANTS or CALL_INSTANTS"
    )


@pytest.mark.parametrize(("ahead", "day"), [(30, "2026-11-22"), (400 * 24 * 60, "2025-10-18")])
def test_who_waits_while_the_clock_is_corrected_has_waited_as_long_as_they_did(ahead: int, day: str) -> None:
    corrected = e.EpochChanged(**at(10 - ahead), epoch="new", reason="clock", shift=-ahead * MINUTE, day=day)  # type: ignore[arg-type]

    seen = visit(ISSUED, corrected, said(e.TicketCalled, 12 - ahead, counter="1", why=WHY))

    assert (seen.waited_ms, seen.day, seen.issued_at) == (12 * MINUTE, day, T0 - ahead * MINUTE)
    assert [(call.waiting_since, call.day) for call in seen.calls] == [(T0 - ahead * MINUTE, day)]


@pytest.mark.parametrize(("day", "moved"), [("2026-11-22", 0), ("2026-11-21", 24 * 60)])
def test_a_visit_that_ended_under_the_wrong_clock_moves_only_if_its_date_was_wrong(day: str, moved: int) -> None:
    shift = -24 * 60 * MINUTE
    corrected = e.EpochChanged(**at(30 - 24 * 60), epoch="new", reason="clock", shift=shift, day=day)  # type: ignore[arg-type]

    seen = visit(ISSUED, CALLED, STARTED, FINISHED, corrected)

    assert (seen.day, seen.ended_at) == (day, T0 + (20 - moved) * MINUTE)
    assert (seen.waited_ms, seen.served_ms) == (12 * MINUTE, 7 * MINUTE)


@pytest.mark.no_cover
@settings(max_examples=20)
@given(seed=st.integers(0, 2**32), ahead=st.sampled_from((17 * MINUTE, 50 * 365 * 24 * 60 * MINUTE)))
def test_with_a_corrected_clock_the_history_agrees_with_the_core(live: Live, seed: int, ahead: int) -> None:
    """About all that are still here; what had ended and has left the state is the history's alone."""
    rows, facts = live(seed, 80, ahead=ahead)
    book = Book()
    for row in rows:
        book.fold(decode(row.body), row.seq)

    here = {name: fact for name, fact in facts.items() if fact.ended_at is None}
    assert {name for name, visit in book.visits.items() if visit.ended_at is None} == here.keys()
    for name, fact in here.items():
        seen = book.visits[name]
        assert (seen.state, seen.issued_at) == (fact.state, fact.issued_at), name
        assert fact.direct or seen.first_called_at == fact.first_called_at, name


def test_random_days_are_days_worth_folding(live: Live) -> None:
    """The generator makes everything that these tests need."""
    kinds = Counter(type(decode(row.body)).__name__ for seed in range(20) for row in live(seed, 150, days=2)[0])

    wanted = (
        "Undone",
        "ServiceFinished",
        "TicketMissed",
        "TicketParked",
        "TicketResumed",
        "TicketTransferred",
        "TicketsMoved",
        "MovesReverted",
    )
    assert all(kinds[kind] >= 5 for kind in wanted), kinds
    assert kinds["TicketExpired"] >= 5
    assert kinds["CallWithdrawn"] >= 5
    assert kinds["DirectServiceStarted"] >= 5
