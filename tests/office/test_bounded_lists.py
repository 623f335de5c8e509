"""Lists on staff boards: the first few in the order of call beside how many there are, and small however many wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from config.loader import load
from config.office_files import find
from server.messages import boards as b
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.messages.office import CounterPlan, Office, ServicePlan
from server.office.boards import Sheet, Sight, drawn, said
from server.office.boards.queues import FIRST, Queues
from server.office.boards.sheet import COLLEAGUES, LASTING
from server.office.order import score
from server.office.waits import Drawn, Waits, kind_of
from server.office.who_next import boost_of, boosts, may_take
from tests.office.crowded import crowd
from tests.office.room import Room, small_office
from tests.office.shown import shown

if TYPE_CHECKING:
    from server.messages.facts import Ticket
    from server.office.lines import Line

few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
Live = Callable[..., Room]
SERVICES = ("ausweis", "meldung", "kfz", "urkunden", "soziales")
"""As in the sample office."""
MOST = 10 * 1024
"""The most bytes of a counter's board: a hundred pages get one at every press."""


def by_hand(room: Room, tickets: Iterable[Ticket]) -> list[str]:
    """The order of call, worked out ticket by ticket."""
    state, now = room.state, room.now
    boosted = boosts(state, now)

    def place(one: Ticket) -> tuple[Any, ...]:
        back = one.station is not None and one.station_counter is None
        value = score(state.rules, one.category, one.reference, now) + boost_of(boosted, one.services)
        return not back, state.ready_at(one) > now, -value, one.seq

    return [one.id for one in sorted(tickets, key=place)]


def head(room: Room, line: Line) -> Ticket:
    return room.state.tickets[line.head]


def test_several_boards_of_a_moment_share_one_list_of_everybody(room: Room) -> None:
    room.ticket("pass")
    queues = Queues(room.state, room.now)

    assert queues.everybody() is queues.everybody()


@pytest.mark.no_cover
@few
@given(st.integers(0, 2**32), st.sampled_from(["balanced", "punctual"]), st.sampled_from([0, 90_000, HOUR]))
def test_a_list_shows_the_first_of_the_order_of_call_and_how_many_there_are(
    live: Live, seed: int, preset: str, later: int
) -> None:
    room = live(seed, 120, preset=preset)
    room.now += later
    waiting = room.state.waiting_tickets()
    queues, lines = Queues(room.state, room.now), room.state.lines.all()
    for most in (1, 3, FIRST):
        everybody = queues.everybody(most)
        assert [one.id for one in everybody.first] == by_hand(room, waiting)[:most]
        assert everybody.total == len(waiting)
        for service in room.state.plans:
            wanted = [one for one in waiting if service in one.services]
            line = queues.of_service(service, most)
            assert ([one.id for one in line.first], line.total) == (by_hand(room, wanted)[:most], len(wanted))
            for every in (1, 2, 3, 10_000):
                late = {one.id for one in waiting if one.seq % every == 0}
                last, beyond = queues.last_reached(service, late)
                order = by_hand(room, wanted)
                assert beyond == len(order) - max((at for at, one in enumerate(order, 1) if one not in late), default=0)
                assert (last and last.id) == (order[-beyond - 1] if beyond < len(order) else None)
        for counter in room.state.counters.values():
            mine = [one for one in waiting if may_take(room.state, counter, one, room.now)]
            in_lines = sum(len(one.places) for one in lines if may_take(room.state, counter, head(room, one), room.now))
            assert queues.in_lines(counter) == in_lines
            queue = queues.of_counter(counter, most)
            assert ([one.id for one in queue.first], queue.total) == (by_hand(room, mine)[:most], len(mine))


@pytest.mark.no_cover
@few
@given(st.integers(0, 2**32))
def test_every_total_counts_the_whole_list(live: Live, seed: int) -> None:
    room = live(seed, 120)
    table, desk, mine = shown(room, "supervisor"), shown(room, "desk"), shown(room, "counter", "1")
    states = [one.state for one in room.state.living()]

    for board in (table, desk):
        assert (board.waiting_total, board.tickets_total) == (states.count("waiting"), len(states))
        assert len(board.tickets) == board.tickets_total - max(0, board.waiting_total - FIRST)
    assert mine.waiting_total == mine.waiting
    for how, total in (("parked", mine.parked_total), ("missed", mine.missed_total), ("away", mine.away_total)):
        assert total == states.count(how)  # type: ignore[arg-type]


def full_office(counters: int) -> Office:
    services = tuple(
        ServicePlan(id=name, letter=name[0].upper(), names={"de": name.title(), "en": name}) for name in SERVICES
    )
    places = tuple(
        CounterPlan(id=str(number + 1), label=f"Schalter {number + 1}", zone="hall", services=SERVICES)
        for number in range(counters)
    )
    return replace(small_office(), services=services, counters=places, kiosks=())


def full_room(counters: int, waiting: int) -> Room:
    """Some counters call, most are free, everybody who waits was told how long."""
    office = full_office(counters)
    room = Room(office).begin(office)
    room.open(*(one.id for one in office.counters))
    for number in range(counters // 5):
        room.ticket(SERVICES[number % 5])
        room.call(str(number + 1))
    for name in SERVICES:
        room.ticket(name)
    crowd(room, waiting)
    return room


def told(room: Room) -> Waits:
    wait = b.Expected(low=110, median=120, high=135, at="2026-11-23T08:00:00.000Z", learning=False)
    kinds = {kind_of(plan): Drawn(shown=wait, low=110, high=135) for plan in room.state.plans.values()}
    return Waits(known=True, seq=room.state.seq, tickets=dict.fromkeys(room.state.tickets, wait), drawn=kinds)


@pytest.mark.parametrize("counters", [50, 100])
def test_a_counters_board_is_small_in_a_full_office(counters: int) -> None:
    room = full_room(counters, 2_000)
    sheet = Sheet(room.state, room.now, told(room))
    for by in (room.supervisor, room.clerk, room.anna):
        for id in ("1", str(counters)):
            board = drawn(sheet, "counter", id, Sight(actor=by))
            assert isinstance(board, b.Counter)
            assert (len(board.queue), board.waiting_total, board.colleagues_total) == (FIRST, 2_000, counters - 1)
            assert len(board.colleagues) == COLLEAGUES
            assert len(sheet.encode(board)) <= MOST


def test_a_counters_board_is_small_in_the_sample_office(make_room: Callable[..., Room]) -> None:
    """After a call that can be undone, in an office whose citizens read nine languages; many parked tickets add little."""
    office = load(find("mitte"))
    room = make_room(office=office)
    room.open("1", "2", "5", "6")
    sizes = []
    for parked in (0, 30):
        for _ in range(parked):
            room.ticket("ausweis", by=room.kiosk, kiosk="entrance", language="de")
            room.serve("1")
            room.does(c.ParkTicket(counter="1"))
        for name in SERVICES:
            room.ticket(name, by=room.kiosk, kiosk="entrance", language="de")
        crowd(room, 200)
        room.call("1", room.clerk)
        sheet = Sheet(room.state, room.now, told(room), None, ("de", "en"))
        board = drawn(sheet, "counter", "1", Sight(actor=room.clerk))
        assert isinstance(board, b.Counter)
        assert board.undo is not None
        named = [*(one.names for one in board.lines), *(one.names for one in board.services)]
        assert {language for names in named for language in names} == {"de", "en"}
        sizes.append(len(sheet.encode(board)))
        room.does(c.StartService(counter="1"))
        room.does(c.FinishService(counter="1"))

    assert sizes[0] <= MOST
    assert sizes[1] - sizes[0] <= 1024


def test_boards_hardly_grow_with_who_waits() -> None:
    sizes = []
    for waiting in (30, 2_000):
        room = full_room(10, waiting)
        sheet = Sheet(room.state, room.now, told(room))
        boards = [drawn(sheet, kind, id, Sight()) for kind, id in (("counter", "1"), ("supervisor", ""), ("desk", ""))]  # type: ignore[arg-type]
        sizes.append([len(sheet.encode(board)) for board in boards if isinstance(board, b.Part)])

    assert all(large <= small + 100 for small, large in zip(*sizes, strict=True))


def test_of_many_who_are_parked_missed_or_away_a_counter_lists_the_likeliest(room: Room) -> None:
    """Its own parked tickets, those missed last, those who come back soonest; the table lists more of them."""
    room.open("1", "2")
    for _ in range(6):
        room.ticket("pass")
        room.serve("2")
        room.does(c.ParkTicket(counter="2"))
    own = room.ticket("pass")
    room.serve("1")
    room.does(c.ParkTicket(counter="1"))
    away = [room.ticket("pass") for _ in range(7)]
    for place, ticket in enumerate(away):
        room.does(c.PauseTicket(ticket=ticket, minutes=30 - place))
    for text in range(7):
        room.does(c.PostMessage(text={"de": str(text)}), room.supervisor)
    mine, other, table = shown(room, "counter", "1"), shown(room, "counter", "2"), shown(room, "supervisor")

    assert mine.parked[-1].id == own
    assert own not in [one.id for one in other.parked]
    assert (len(mine.parked), mine.parked_total) == (len(other.parked), other.parked_total) == (3, 7)
    assert ([one.id for one in mine.away], mine.away_total) == (away[4:], 7)
    assert ([one.text["de"] for one in mine.messages], mine.messages_total) == (list("23456"), 7)
    assert len(table.tickets) == table.tickets_total == 14


def test_whom_alike_counters_may_call_is_counted_once(make_room: Callable[..., Room]) -> None:
    office = full_office(4)
    room = make_room(office=office).open(*(one.id for one in office.counters))
    for _ in range(3):
        room.ticket(office.services[0].id)
    queues = Queues(room.state, room.now)

    found = [queues.in_lines(one) for one in room.state.counters.values()]

    assert found == [len(queues.of_counter(one).first) for one in room.state.counters.values()]
    assert max(found) == 3


def test_a_message_is_told_to_a_counter_in_the_languages_of_staff(room: Room) -> None:
    """A message in none of their languages is shown as it is."""
    room.open("1")
    room.does(c.PostMessage(text={"de": "Bald zu", "en": "Closing soon", "tr": "Yakında kapanıyor"}), room.supervisor)
    room.does(c.PostMessage(text={"tr": "Yakında kapanıyor"}), room.supervisor)
    board = drawn(Sheet(room.state, room.now, None, None, ("de", "en")), "counter", "1", Sight())

    assert isinstance(board, b.Counter)
    assert [list(one.text) for one in board.messages] == [["de", "en"], ["tr"]]


def test_colleagues_who_are_open_come_first(make_room: Callable[..., Room]) -> None:
    room = make_room(office=full_office(6))
    room.open("5", "6", by=room.anna)

    assert [one.id for one in shown(room, "counter", "1").colleagues] == ["5", "6", "2"]
    mine = shown(room, "counter", "6", Sight(actor=room.anna)).colleagues
    assert [(one.id, one.holder_is_me) for one in mine] == [("5", True), ("1", False), ("2", False)]


def test_what_lasts_is_bounded_however_many_look(room: Room) -> None:
    sheet = Sheet(room.state, room.now)
    for looker in range(LASTING + 1):
        sheet.lasting(looker, (), list)
    newest: list[object] = sheet.lasting(LASTING, (), list)

    assert sheet.lasting(LASTING, (), list) is newest
    assert sheet.lasting(LASTING, (room,), list) is not newest
    assert len(sheet._lasting) <= LASTING


def test_a_shorter_or_longer_list_begins_like_the_usual_one(room: Room) -> None:
    for _ in range(3):
        room.ticket("pass")
    queues, counter = Queues(room.state, room.now), room.at("1")

    assert queues.everybody(2).first == queues.everybody().first[:2]
    assert queues.of_counter(counter) == queues.of_counter(counter)
    assert queues.of_counter(counter, 2).first == queues.of_counter(counter).first[:2]


def test_the_table_lists_who_waits_longest_whatever_the_order_of_call(live: Callable[..., Room]) -> None:
    """After a lively morning with boosts, appointments and people who were put back."""
    seen = 0

    def look(room: Room) -> None:
        nonlocal seen
        everybody = sorted(room.state.waiting_tickets(), key=lambda one: (room.state.waits_since(one), one.seq))
        for most in (1, 3, FIRST):
            queue = Queues(room.state, room.now).longest(most)
            assert (queue.first, queue.total) == (tuple(everybody[:most]), len(everybody))
        seen = max(seen, len(everybody))

    live(3, 400, look)
    assert seen > 3


def test_somebody_who_waits_longest_is_on_the_table_behind_people_brought_forward(room: Room) -> None:
    patient = room.ticket("pass")
    room.after(MINUTE)
    for _ in range(FIRST):
        room.does(c.BoostTicket(ticket=room.ticket("pass"), minutes=90), room.supervisor)

    assert patient not in {one.id for one in shown(room, "desk").tickets}
    listed = [one.id for one in shown(room, "supervisor").tickets]
    assert (listed[0], len(listed)) == (patient, FIRST)


def test_a_counter_that_is_not_in_the_office_has_no_board_to_send(room: Room) -> None:
    sheet = Sheet(room.state, room.now)

    assert said(sheet, "99", Sight(actor=room.clerk)) is None
    assert said(sheet, "1", Sight(actor=room.clerk)) is not None
