"""Free slots of 90 days, asked in twenty offices while people book; 50 bookings a second at two nodes, none sold twice; and what
20,000 future bookings cost a press."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

from bench.measuring import median, quantile
from bench.past import Past, write
from bench.result import Claim, Result, Table, number
from bench.stand import OFFICE, CountingLog, desk_on, pressed, ready, store
from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.log.redis_log import RedisLog
from server.messages.actor import Actor
from server.messages.commands import BookAppointment, CancelTicket, IssueTicket
from server.messages.problems import Refusal
from server.office.boards import Visitors, free_slots
from server.office.hours import local
from server.office.slots import Slots
from server.office.state import State

HOW = """Looking up: twenty offices like the sample, each with 300 bookings in the next 90 days. A question asks one of them for
the free slots of one of five services on 90 days, in this process, as `GET slots` does but in one go; after each question
somebody books in that office, so that a day has to be reckoned again. Every office is asked for every service once before.
Booking: two nodes (desks with a connection each in this process) on one embedded Valkey (`appendfsync always`); every 20 ms
one of them, in turn, is sent a booking of a slot that is free and that nobody else wants. A slot is sold twice if, at the
end, a booking has no counter of its own. Beside bookings: two desks, each with an embedded Valkey of its own, one of which
carries 20,000 appointments of the next months; a number is drawn and given back at one and the other in turn."""

SERVICES = ("ausweis", "meldung", "kfz", "urkunden", "soziales")
DAYS = 90
EVERY_S = 0.02
PORTAL = Actor(role="booking", principal="token:portal")


async def measure(*, quick: bool) -> Result:
    offices, bookings, questions, sold = (2, 10, 20, 20) if quick else (20, 300, 2_000, 3_000)
    coming, drawn = (100, 10) if quick else (20_000, 400)
    rng = random.Random(1)
    waits = _asked(offices, bookings, questions, rng)
    async with store() as url:
        took, refused, double, beaten = await _booked(url, sold, rng)
    alone, beside = await _beside_bookings(coming, drawn)
    return Result(
        name="slots",
        title="Free slots and bookings",
        how=HOW,
        claims=(
            Claim(what="free slots of 90 days, p95", value=quantile(waits, 0.95), unit="ms", limit=50),
            Claim(what="50 bookings a second: refused", value=refused, unit="of them", limit=0),
            Claim(what="50 bookings a second: sold twice", value=double, unit="of them", limit=0),
            Claim(what="50 bookings a second, p95", value=quantile(took, 0.95), unit="ms"),
            Claim(
                what=f"a press beside {coming:,} future bookings, median against one without",
                value=median(beside) / median(alone),
                unit="times",
                limit=1.1,
            ),
        ),
        tables=(
            Table(
                title="Milliseconds",
                columns=("", "p50", "p95", "p99"),
                rows=(
                    ("free slots", *_quantiles(waits)),
                    ("a booking", *_quantiles(took)),
                    ("a press", *_quantiles(alone)),
                    (f"a press beside {coming:,} bookings", *_quantiles(beside)),
                ),
            ),
            Table(title="Races", columns=("bookings", "decided again"), rows=((f"{sold:,}", f"{beaten:,}"),)),
        ),
    )


def _quantiles(values: list[float]) -> tuple[str, ...]:
    return tuple(number(quantile(values, share)) for share in (0.5, 0.95, 0.99))


def _asked(offices: int, bookings: int, questions: int, rng: random.Random) -> list[float]:
    """How long each question took, ms."""
    pasts = [_office(bookings, rng) for _ in range(offices)]
    for past in pasts:
        for service in SERVICES:
            _look(past, service)
    waits = []
    for _ in range(questions):
        past, service = rng.choice(pasts), rng.choice(SERVICES)
        begin = time.perf_counter()
        _look(past, service)
        waits.append((time.perf_counter() - begin) * 1000)
        _book(past, service, rng)
    return waits


def _office(bookings: int, rng: random.Random) -> Past:
    past = Past()
    past.open()
    for _ in range(bookings):
        _book(past, rng.choice(SERVICES), rng)
    return past


def _look(past: Past, service: str) -> None:
    free_slots(past.state, past.now, Visitors((service,)), None, range(DAYS))


def _book(past: Past, service: str, rng: random.Random) -> None:
    day = local(past.state.office, past.now).date() + timedelta(days=rng.randrange(1, DAYS))
    if free := Slots(past.state, past.now).free(Visitors((service,)), day):
        past.press(BookAppointment(services=(service,), start=_instant(rng.choice(free))), PORTAL)


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


async def _booked(url: str, count: int, rng: random.Random) -> tuple[list[float], int, int, int]:
    """Milliseconds of each booking, how many were refused, how many have no counter, and how many appends lost a race."""
    logs = CountingLog(url), CountingLog(url)
    async with desk_on(logs[0], alone=False) as one, desk_on(logs[1], alone=False) as other:
        starts = rng.sample(_starts(one.state, one.now()), count)
        took: list[float] = []
        presses = []
        for nth, start in enumerate(starts):
            presses.append(asyncio.create_task(_pressed((one, other)[nth % 2], start, nth, took)))
            await asyncio.sleep(EVERY_S)
        refused = sum(isinstance(outcome, Refusal) for outcome in await asyncio.gather(*presses))
        double = _without_a_counter(one.state, one.now())
    for log in logs:
        await log.close()
    return took, refused, double, sum(log.beaten for log in logs)


def _starts(state: State, now: int) -> list[int]:
    slots, tomorrow = Slots(state, now), local(state.office, now).date() + timedelta(days=1)
    days = [tomorrow + timedelta(days=ahead) for ahead in range(DAYS)]
    return [start for day in days for start in slots.free(Visitors((SERVICES[0],)), day)][::2]


def _without_a_counter(state: State, now: int) -> int:
    days: set[date] = {local(state.office, one.start).date() for one in state.appointments.values()}
    slots = Slots(state, now)
    return sum(len(slots.look_at(day).lacking) for day in days)


async def _pressed(desk: Desk, start: int, nth: int, took: list[float]) -> object:
    begin = time.perf_counter()
    outcome = await desk.submit(PORTAL, BookAppointment(services=(SERVICES[0],), start=_instant(start)), f"slot{nth}")
    took.append((time.perf_counter() - begin) * 1000)
    return outcome


async def _beside_bookings(coming: int, drawn: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each press at a desk without future bookings, and at one that carries so many."""
    waits: tuple[list[float], list[float]] = ([], [])
    async with _carrying(0) as one, _carrying(coming) as other:
        for _ in range(drawn):
            for desk, took in zip((one, other), waits, strict=True):
                begin = time.perf_counter()
                done = await pressed(desk, IssueTicket(services=(SERVICES[0],)))
                await pressed(desk, CancelTicket(ticket=done.result["ticket"]["id"]))
                took.append((time.perf_counter() - begin) * 500)  # of one of the two presses
    return waits


@asynccontextmanager
async def _carrying(coming: int) -> AsyncIterator[Desk]:
    """A desk of its own store, with an open day and so many appointments of the next months."""
    past = Past()
    past.open()
    past.book(coming)
    past.today()
    async with store() as url:
        log = RedisLog(url)
        await write(past, log)
        desk = Desk(OFFICE, log, StoreClock(SystemClock()), lambda kind, id: f"{OFFICE}.{id}.secret", alone=True)
        await desk.start()
        try:
            await ready(desk)
            yield desk
        finally:
            await desk.stop()
            await log.close()
