"""How appointments went beside walk-ins: counts by hour, service and day, who came late, who was called in time."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import SystemClock
from server.history.booked import BookedDays, booked
from server.history.historian import Historian
from server.log.memory_log import MemoryLog
from server.messages import events as e
from server.messages.instants import DAY, MINUTE
from server.messages.office import Office
from tests.history.conftest import EIGHT
from tests.history.test_past import Diary

SUNDAY = date(2026, 11, 22)


@pytest.fixture
def diary(office: Office) -> Diary:
    return Diary(office)


class Book:
    """Appointments in a diary."""

    def __init__(self, diary: Diary) -> None:
        self.diary, self.many = diary, 0

    def makes(self, slot: float, ahead: float = 0.0, service: str = "pass") -> str:
        """Somebody books, so many days before the first."""
        self.many += 1
        name = f"b{self.many}"
        self.diary.at(
            -ahead * DAY / MINUTE,
            e.AppointmentBooked,
            appointment=name,
            code=name,
            services=(service,),
            start=EIGHT + round(slot * MINUTE),
        )
        return name

    def comes(self, slot: float, late: float, called: float, service: str = "pass") -> None:
        """`late`: minutes after the slot; `called`: minutes after that."""
        name, at = self.makes(slot, service=service), EIGHT + round(slot * MINUTE)
        more: dict[str, Any] = {"category": "appointment", "slot": at, "reference": at, "appointment": name}
        self.diary.visit(slot + late, slot + late + called, 5, service=service, **more)

    def ends(self, name: str, minute: float, kind: type[e.Event]) -> None:
        self.diary.at(minute, kind, appointment=name)


async def found(engine: AsyncEngine, diary: Diary, first: date = SUNDAY, last: date = SUNDAY) -> BookedDays:
    log = MemoryLog()
    log.store.add(diary.office.id, diary.rows())
    await Historian(engine, log, SystemClock()).catch_up(diary.office.id)
    return await booked(engine, diary.office, first, last)


async def test_counts_lateness_and_punctuality(engine: AsyncEngine, diary: Diary) -> None:
    """Ten came: half of them are called within ten minutes of slot and check-in, whichever is later; six did not come."""
    book = Book(diary)
    for number in range(5):
        book.comes(60 + number, late=-8, called=18)  # ten minutes after the slot
        book.comes(60 + number, late=5, called=10.1)
    for number in range(6):
        book.ends(book.makes(61 + number, ahead=8), 90, e.AppointmentMissed)
    for number in range(7):
        diary.visit(number, number + 20, 5)
    for _ in range(5):
        book.ends(book.makes(62), 0, e.AppointmentCancelled)
    one = await found(engine, diary)

    total = one.total
    assert (total.booked, total.taken, total.missed, total.walk_ins, one.cancelled) == (16, 10, 6, 7, 5)
    assert (total.punctual, total.late_median, total.late_p90) == (0.5, -8, 5)
    assert (total.wait_median, total.wait_p90) == (20, 20)
    assert (one.hours[9].booked, one.hours[9].walk_ins, one.hours[8].booked, one.hours[8].walk_ins) == (16, 0, 0, 7)
    assert one.late == (0, 5, 0, 0, 5, 0)
    assert one.ahead == (10, 0, 0, 6, 0, 0)
    assert one.per_day == (7, 16)
    assert (one.mix, one.since) == ({"pass": 23}, "2026-11-22")
    minutes = next(plan.minutes for plan in diary.office.services if plan.id == "pass")
    assert total.minutes == 16 * minutes


async def test_figures_of_few_people_are_hidden_and_no_sum_gives_them_away(engine: AsyncEngine, diary: Diary) -> None:
    book = Book(diary)
    for number in range(6):
        book.comes(60 + number, late=0, called=1, service="pass" if number else "meld")
    book.ends(book.makes(70), 90, e.AppointmentMissed)
    diary.visit(0, 20, 5)
    one = await found(engine, diary)

    total = one.total
    assert (total.taken, total.missed, total.booked, total.walk_ins, total.wait_median) == (6, None, None, None, None)
    assert (one.services["meld"].taken, one.services["meld"].punctual, one.services["meld"].minutes) == (None, None, 0)
    assert one.services["pass"].taken == 5
    assert one.ahead == (7, 0, 0, 0, 0, 0)


async def test_a_moved_appointment_counts_where_it_ends_and_the_past_only_what_is_known(
    engine: AsyncEngine, diary: Diary
) -> None:
    """An appointment booked before the oldest entry is counted as missed on its day, without service and lead time."""
    book = Book(diary)
    for number in range(5):
        name = book.makes(-2 * DAY / MINUTE, ahead=3)
        diary.at(-DAY / MINUTE, e.AppointmentMoved, appointment=name, start=EIGHT + (60 + number) * MINUTE)
        book.ends(name, 90, e.AppointmentMissed)
    for number in range(5):
        book.ends(f"old{number}", 95, e.AppointmentMissed)
    one = await found(engine, diary)

    assert (one.total.booked, one.total.missed, one.hours[9].missed) == (10, 10, 10)
    assert {name: side.missed for name, side in one.services.items()} == {"pass": 5, "": 5}
    assert one.ahead == (0, 0, 5, 0, 0, 0)


async def test_days_are_those_of_the_office_also_when_clocks_change(engine: AsyncEngine, office: Office) -> None:
    """In an office in New York the same instants are another day and another hour."""
    diary = Diary(replace(office, time_zone="America/New_York"))
    book = Book(diary)
    for number in range(5):
        book.ends(
            book.makes(-3 * 60 + number), 90, e.AppointmentMissed
        )  # from five on in Berlin, eleven in the evening there
    one = await found(engine, diary, date(2026, 11, 21), date(2026, 11, 21))

    assert (one.total.missed, [*one.hours], [*one.days]) == (5, [23], ["2026-11-21"])
    assert (await booked(engine, diary.office, SUNDAY, SUNDAY)).total.missed == 0


async def test_an_office_without_a_history_has_no_figures(engine: AsyncEngine, office: Office) -> None:
    one = await booked(engine, office, SUNDAY, SUNDAY)
    assert (one.total.booked, one.hours, one.per_day) == (0, {}, (0.0, 0.0))
