"""What was told, compared with what happened: the page's figures match a recount of the log, and no figure is about one
person."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import SystemClock
from server.history.derive import touches
from server.history.historian import Historian
from server.history.promised import Kept, promised
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages import events as e
from server.messages.events import decode
from server.messages.facts import Ticket, Told
from server.messages.instants import MINUTE
from server.messages.office import Office
from tests.history.conftest import EIGHT
from tests.history.test_past import Diary

Live = Callable[..., tuple[list[Row], dict[str, Ticket]]]
TOLD = Told(low=5, median=10, high=20, model="m1")


@pytest.fixture
def diary(office: Office) -> Diary:
    """Written into the history by `read`."""
    return Diary(office)


async def read(engine: AsyncEngine, diary: Diary) -> None:
    log = MemoryLog()
    log.store.add(diary.office.id, diary.rows())
    await Historian(engine, log, SystemClock()).catch_up(diary.office.id)


async def test_promises_beside_what_happened(engine: AsyncEngine, office: Office, diary: Diary) -> None:
    for number, wait in enumerate((4, 6, 10, 20, 26)):
        diary.visit(number, number + wait, 5, told=TOLD)
    diary.visit(6, 7, 3, missed=True, told=TOLD)
    diary.visit(8, 9, 3)
    await read(engine, diary)

    found = await promised(engine, office, "2026-11-22")

    assert found.total == Kept(promises=6, changed=0, covered=0.5, later=1 / 6, error=7.5, bias=1.2)
    assert [(one.week, one.monday) for one in found.weeks] == [(47, "2026-11-16")]
    assert found.weeks[0].cell == found.weeks[0].services[0].cell == found.services[0].cell == found.total
    assert found.plot() == [{"week": 47, "covered": 50}]


async def test_who_checks_in_waits_from_then_on_and_not_from_the_slot(
    engine: AsyncEngine, office: Office, diary: Diary
) -> None:
    """The promise was made at the check-in, before or after the slot."""
    for number, slot in enumerate((-8, -8, 0, 20, 20)):
        booked: dict[str, Any] = {"category": "appointment", "appointment": f"a{number}"}
        at = EIGHT + (30 * number + slot) * MINUTE
        diary.visit(30 * number, 30 * number + 12, 5, told=TOLD, slot=at, reference=at, **booked)
    await read(engine, diary)

    found = await promised(engine, office, "2026-11-22")

    assert found.total == Kept(promises=5, changed=0, covered=1.0, later=0.0, error=2.0, bias=2.0)


async def test_cells_of_fewer_than_five_are_hidden(engine: AsyncEngine, office: Office, diary: Diary) -> None:
    for number in range(6):
        diary.visit(number, number + 10, 5, told=TOLD, service="pass" if number < 2 else "meld")
    await read(engine, diary)

    found = await promised(engine, office, "2026-11-22")

    assert [(one.id, one.cell.promises, one.cell.covered) for one in found.services] == [
        ("pass", None, None),
        ("meld", None, None),
    ]
    assert (found.total.promises, found.total.covered) == (6, 1.0)


async def test_weeks_that_are_long_ago_are_left_out(engine: AsyncEngine, office: Office, diary: Diary) -> None:
    for number in range(6):
        diary.visit(number, number + 10, 5, told=TOLD)
    await read(engine, diary)

    assert (await promised(engine, office, "2027-01-10")).total.promises == 6
    later = await promised(engine, office, "2027-01-11")
    assert (later.weeks, later.total) == ((), Kept(promises=0, changed=0))
    assert (await promised(engine, office, "2026-11-15")).weeks == ()


def recounted(rows: list[Row]) -> dict[tuple[date, str], list[float]]:
    """By week and service, from the log alone: promises, covered, later, error, bias. And under "changed" those counted apart."""
    events = [decode(row.body) for row in rows]
    undone = {event.of for event in events if isinstance(event, e.Undone)}
    day, its = "", dict[str, list[Any]]()
    days: dict[str, str] = {}
    for event in events:
        if isinstance(event, e.DayOpened):
            day = event.day
        elif event.key not in undone:
            for name in touches(event):
                its.setdefault(name, []).append(event)
                days.setdefault(name, day)
    found: dict[tuple[date, str], list[float]] = defaultdict(lambda: [0.0] * 5)
    for name, story in its.items():
        issued = story[0]
        if isinstance(issued, e.TicketIssued) and issued.told is not None:
            _count(found, date.fromisoformat(days[name]), issued, story[1:])
    return found


def _count(found: dict[tuple[date, str], list[float]], day: date, issued: e.TicketIssued, story: list[Any]) -> None:
    monday, told, wanted, changed, call = (
        day - timedelta(days=day.weekday()),
        issued.told,
        set(issued.services),
        None,
        None,
    )
    assert told is not None
    over = False
    for event in story:
        if isinstance(event, e.TicketCalled) and call is None:
            call = event.at
        elif isinstance(event, e.CallWithdrawn) and not any(
            isinstance(one, e.TicketCalled) and one.at == call for one in story[story.index(event) :]
        ):
            call = call if _stood(story, call, event) else None
        now = _wanted(event, issued.ticket)
        other = now is not None and now != wanted and not isinstance(event, e.ServiceFinished)
        wanted = wanted if now is None else now
        aside = isinstance(event, e.CategorySet | e.TicketPaused)
        if changed is None and (other or aside or getattr(event, "to_counter", None) is not None):
            changed = event.at
        over = over or isinstance(event, e.TicketCancelled | e.TicketExpired)
    if call is None:
        found[monday, "changed"][0] += changed is not None or over
    elif changed is not None and changed <= call:
        found[monday, "changed"][0] += 1
    else:
        waited = (call - issued.at) / MINUTE
        cell = found[monday, issued.services[0]]
        figures = (
            1,
            told.low <= waited <= told.high,
            waited > told.high,
            abs(waited - told.median),
            waited - told.median,
        )
        cell[:] = [old + new for old, new in zip(cell, figures, strict=True)]


def _stood(story: list[e.Event], call: int | None, withdrawn: e.Event) -> bool:
    """Whether the call still stood, because another one was withdrawn."""
    before = story[: story.index(withdrawn)]
    last = [one.at for one in before if isinstance(one, e.TicketCalled)][-1]
    return last != call


def _wanted(event: e.Event, ticket: str) -> set[str] | None:
    match event:
        case e.ServicesSet() | e.TicketTransferred():
            return set(event.services)
        case e.ServiceFinished():
            return set(event.next)
        case e.TicketsMoved():
            return set(dict(event.wanted())[ticket])
        case e.MovesReverted():
            return set(next(one.services for one in event.tickets if one.id == ticket))
    return None


@pytest.mark.parametrize("seed", range(4))
async def test_the_figures_match_a_recount_of_the_log(
    engine: AsyncEngine, office: Office, live: Live, seed: int
) -> None:
    """Random days through the real core: repeats, misses, withdrawn and undone calls, moves, boosts, changes of every kind."""
    rows, _ = live(seed, 400, days=9, promise=lambda *of: TOLD)
    log = MemoryLog()
    log.store.add(office.id, rows)
    await Historian(engine, log, SystemClock()).catch_up(office.id)

    found = await promised(engine, office, "2026-12-01", least=0)

    expected = recounted(rows)
    assert sum(one[0] for (_, name), one in expected.items() if name != "changed") > 20
    assert sum(one[0] for (_, name), one in expected.items() if name == "changed") > 5
    for week in found.weeks:
        monday = date.fromisoformat(week.monday)
        assert week.cell.changed == expected.pop((monday, "changed"), [0])[0]
        for service in week.services:
            promises, covered, later, error, bias = expected.pop((monday, service.id), [0.0] * 5)
            assert service.cell.promises == promises
            if promises:
                shares = (service.cell.covered, service.cell.later, service.cell.error, service.cell.bias)
                told = (covered / promises, later / promises, error / promises, bias / promises)
                assert shares == pytest.approx(told, abs=0.051)
    assert {key: one for key, one in expected.items() if one[0]} == {}
