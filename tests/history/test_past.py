"""What the history knows of an office's past: visits in minutes of its clock, robust against wrong clocks and forgotten
presses."""

from collections.abc import Iterable
from math import exp
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import SystemClock
from server.forecast.learn import kept, learn, recalibrated
from server.forecast.model import Model, Stretch, cold
from server.forecast.past import Visit
from server.history import models
from server.history.historian import Historian
from server.history.models import KEPT, Models, newest
from server.history.past import Past, past
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages import events as e
from server.messages.events import Event, encode
from server.messages.facts import Duty, Told, Why
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.office import Office, Roster
from tests.history.conftest import EIGHT

WHY = Why(code="longest_wait")
TOLD = Told(low=5, median=10, high=20, model="m1", p10=6.0, p90=18.0)


class Diary:
    """The log of some days, written as an office would: minutes count from eight o'clock of the first day."""

    def __init__(self, office: Office) -> None:
        self.office, self.events, self.tickets = office, list[Event](), 0
        self.at(0, e.EpochChanged, epoch="one", reason="created")
        self.at(0, e.DayOpened, day="2026-11-22", epoch="one", office=office)

    def at(self, minute: float, kind: type[Event], **more: Any) -> None:
        at = EIGHT + int(minute * MINUTE)
        self.events.append(kind(v=2, at=at, by="counter:1", key=f"k{len(self.events)}", **more))

    def next_day(self, day: str, minutes: float) -> None:
        self.at(minutes, e.DayOpened, day=day, epoch="one", office=self.office)

    def visit(self, issued: float, called: float, stay: float, missed: bool = False, **more: Any) -> str:
        name = f"t{self.tickets}"
        self.tickets += 1
        of: dict[str, Any] = {"ticket": name, "number": name.upper()}
        service, counter = more.pop("service", "pass"), more.pop("counter", "1")
        self.at(issued, e.TicketIssued, **of, services=(service,), **more)
        self.at(called, e.TicketCalled, **of, counter=counter, why=WHY)
        if missed:
            self.at(called + stay, e.TicketMissed, **of, counter=counter, again_at=None)
            return name
        self.at(called, e.ServiceStarted, **of, counter=counter)
        self.at(called + stay, e.ServiceFinished, **of, counter=counter, outcome="done", services_done=(service,))
        return name

    def rows(self) -> list[Row]:
        return [Row(seq, f"mark{seq:08}", encode(event)) for seq, event in enumerate(self.events, 1)]


async def told(engine: AsyncEngine, diary: Diary, days_later: int = 1) -> Past:
    log = MemoryLog()
    log.store.add(diary.office.id, diary.rows())
    await Historian(engine, log, SystemClock()).catch_up(diary.office.id)
    found = await past(engine, diary.office.id, EIGHT + days_later * DAY)
    assert found is not None
    return found


def minutes(model: Model, service: str) -> float:
    return exp(model.services[service].mu)


async def test_a_visit_is_told_in_minutes_of_the_offices_clock(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    diary.visit(30, 45.5, 8)

    found = await told(engine, diary)

    assert found.day == "2026-11-23"
    assert found.visits == (
        Visit(day="2026-11-22", service="pass", category="walk_in", issued=510, called=525.5, ended=533.5, counter="1"),
    )


async def test_today_is_not_past_and_what_is_long_ago_is_forgotten(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    diary.visit(0, 1, 5)

    assert (await told(engine, diary, days_later=0)).visits == ()
    assert len((await told(engine, diary, days_later=60)).visits) == 1
    assert (await told(engine, diary, days_later=61)).visits == ()


async def test_who_did_not_come_is_absent_and_who_came_later_counts_once(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    gone = diary.visit(0, 12, 2, missed=True)
    of: dict[str, Any] = {"ticket": gone, "number": "T0"}
    diary.at(20, e.TicketReturned, **of, reference=EIGHT)
    diary.at(30, e.TicketCalled, **of, counter="2", why=WHY)
    diary.at(30, e.ServiceStarted, **of, counter="2")
    diary.at(37, e.ServiceFinished, **of, counter="2", outcome="done", services_done=("pass",))

    first, again = (await told(engine, diary)).visits

    assert (first.absent, first.category, first.called, first.ended) == (True, "walk_in", 492, 494)
    assert (again.absent, again.category, again.called, again.ended) == (False, "step", 510, 517)
    assert not again.mixed, "it was served for its service, one counter later"


async def test_several_services_and_what_was_set_aside_say_nothing_of_a_length(
    engine: AsyncEngine, office: Office
) -> None:
    diary = Diary(office)
    of: dict[str, Any] = {"ticket": "two", "number": "A1"}
    diary.at(0, e.TicketIssued, **of, services=("pass", "meld"))
    diary.at(5, e.TicketCalled, **of, counter="1", why=WHY)
    diary.at(5, e.ServiceStarted, **of, counter="1")
    diary.at(25, e.ServiceFinished, **of, counter="1", outcome="done", services_done=("pass", "meld"))
    aside: dict[str, Any] = {"ticket": "aside", "number": "A2"}
    diary.at(0, e.TicketIssued, **aside, services=("pass",))
    diary.at(30, e.TicketCalled, **aside, counter="1", why=WHY)
    diary.at(30, e.ServiceStarted, **aside, counter="1")
    diary.at(32, e.TicketParked, **aside, counter="1")
    diary.at(90, e.TicketResumed, **aside, counter="1")
    diary.at(95, e.ServiceFinished, **aside, counter="1", outcome="done", services_done=("pass",))

    found = await told(engine, diary)

    assert [one.mixed for one in found.visits] == [True, True]
    assert learn(found.visits, cold(office)).finished == 0


@pytest.mark.parametrize(("percent", "times"), [(100, 4.0), (50, 2.5), (0, 1.0)])
async def test_what_four_of_one_service_took_is_learned_as_the_length_of_one(
    engine: AsyncEngine, office: Office, percent: int, times: float
) -> None:
    """Divided by what the office file says that each further one takes, as the forecast multiplies by it."""
    diary = Diary(_further(office, percent))
    diary.visit(0, 5, 10 * times, quantities={"pass": 4})
    diary.visit(1, 50, 10)

    found = await told(engine, diary)

    assert [(one.issued, one.mixed, one.times) for one in found.visits] == [(480, False, times), (481, False, 1.0)]
    single = replace(found.visits[0], ended=(found.visits[0].called or 0) + 10, times=1.0)
    assert learn(found.visits, cold(office)).services == learn((single, found.visits[1]), cold(office)).services


async def test_a_month_of_families_does_not_make_every_single_one_seem_long(
    engine: AsyncEngine, office: Office
) -> None:
    diary = Diary(_further(office, 60))
    for number in range(120):
        diary.visit(number, number + 5, 10 * 2.2 + number % 3 / 2, quantities={"pass": 3})

    model = learn((await told(engine, diary)).visits, cold(office))

    assert minutes(model, "pass") == pytest.approx(10, rel=0.05)


async def test_what_several_of_a_service_that_is_gone_took_says_nothing(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    diary.visit(0, 5, 40, service="gone", quantities={"gone": 4})

    assert [(one.mixed, one.times) for one in (await told(engine, diary)).visits] == [(True, 1.0)]


def _further(office: Office, percent: int) -> Office:
    services = tuple(replace(one, further_percent=percent) if one.id == "pass" else one for one in office.services)
    return replace(office, services=services)


async def test_appointments_that_nobody_came_to_are_told(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    diary.visit(50, 62, 5, category="appointment", slot=EIGHT + HOUR)
    diary.at(150, e.AppointmentMissed, appointment="a1")

    came, missed = (await told(engine, diary)).visits

    assert (came.slot, came.issued) == (540, 530)
    assert (missed.slot, missed.issued, missed.called) == (630, None, None)


async def test_planned_breaks_are_told_for_the_days_that_had_visits(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    lunch = Duty(counter="1", from_="12:00", to="12:30", kind="break")
    diary.at(1, e.RosterSet, day="sun", duty=(Duty(counter="1", from_="08:00", to="16:00"), lunch))
    diary.visit(2, 4, 5)

    assert (await told(engine, diary)).breaks == (("2026-11-22", "1", 720.0, 750.0),)


@pytest.mark.parametrize(("removed", "begins"), [(False, 780.0), (True, 720.0)])
async def test_breaks_of_the_office_file_count_unless_a_supervisor_planned_otherwise(
    engine: AsyncEngine, office: Office, removed: bool, begins: float
) -> None:
    lunch = Duty(counter="1", from_="12:00", to="12:30", kind="break")
    later = Duty(counter="1", from_="13:00", to="13:30", kind="break")
    diary = Diary(replace(office, roster=Roster(week={"sun": (lunch,)})))
    diary.visit(2, 4, 5)
    diary.at(10, e.RosterSet, day="sun", duty=(later,))
    if removed:
        diary.at(11, e.RosterSet, day="sun", duty=None)

    assert (await told(engine, diary)).breaks == (("2026-11-22", "1", begins, begins + 30),)


async def test_a_wrong_clock_is_not_believed(engine: AsyncEngine, office: Office) -> None:
    """A call before its ticket, a stay over a day, one that never ended."""
    diary = Diary(office)
    diary.visit(60, 20, 5)
    diary.visit(70, 75, 2 * 24 * 60)
    diary.at(80, e.TicketIssued, ticket="open", number="A9", services=("pass",))
    diary.visit(90, 95, 5)

    assert [one.issued for one in (await told(engine, diary, days_later=4)).visits] == [570]


async def test_what_somebody_forgot_moves_the_model_little(engine: AsyncEngine, office: Office) -> None:
    """Ten minutes each; one in twelve was left "serving" for four hours, and a day of twenty had a clock that leapt."""
    diary = Diary(office)
    for number in range(120):
        diary.visit(number, number + 5, 239 if number % 12 == 0 else 9.5 + number % 3 / 2)
    diary.next_day("2026-11-23", 24 * 60)
    for number in range(20):
        diary.visit(24 * 60 + number, 24 * 60 + number + 3, 3 * 24 * 60)

    found = await told(engine, diary, days_later=2)
    model = learn(found.visits, cold(office))

    assert minutes(model, "pass") == pytest.approx(10, rel=0.15)
    assert minutes(model, "meld") == pytest.approx(minutes(cold(office), "meld"), rel=0.3)


def promised(diary: Diary, waits: Iterable[float], **more: Any) -> list[str]:
    return [diary.visit(number, number + wait, 5, **({"told": TOLD} | more)) for number, wait in enumerate(waits)]


async def test_promises_stand_beside_what_happened(engine: AsyncEngine, office: Office) -> None:
    diary = Diary(office)
    promised(diary, [12, 30])
    promised(diary, [9], told=None)
    for change in (
        {"kind": e.CategorySet, "category": "priority"},
        {"kind": e.ServicesSet, "services": ("meld",)},
        {"kind": e.TicketPaused, "away_until": EIGHT + HOUR},
        {"kind": e.TicketTransferred, "services": ("pass",), "to_counter": "2"},
    ):
        of: dict[str, Any] = {"ticket": f"c{len(diary.events)}", "number": "A7"}
        diary.at(40, e.TicketIssued, **of, services=("pass",), told=TOLD)
        diary.at(41, change.pop("kind"), **of, **change)  # type: ignore[arg-type]
        diary.at(50, e.TicketCalled, **of, counter="2", why=WHY)

    found = await told(engine, diary)

    assert found.told == ((TOLD, 12.0), (TOLD, 30.0))


async def test_boosts_and_what_comes_after_the_first_call_leave_a_promise_as_it_was(
    engine: AsyncEngine, office: Office
) -> None:
    diary = Diary(office)
    of: dict[str, Any] = {"ticket": "t", "number": "A7"}
    diary.at(0, e.TicketIssued, **of, services=("pass", "meld"), told=TOLD)
    diary.at(1, e.TicketBoosted, **of, minutes=20)
    diary.at(8, e.TicketCalled, **of, counter="1", why=WHY)
    diary.at(8, e.ServiceStarted, **of, counter="1")
    diary.at(9, e.TicketTransferred, **of, services=("meld",), to_counter="2")

    assert (await told(engine, diary)).told == ((TOLD, 8.0),)


def test_a_promise_is_judged_without_the_stretch_of_the_model_that_made_it() -> None:
    by = Model(version="m", services={}, office=cold(Office(id="o", name="O", services=(), counters=())).office)
    stretched = Stretch(low=2.0, high=1.6)
    by = Model(
        **{name: getattr(by, name) for name in by.__struct_fields__} | {"bands": (Stretch(), stretched, Stretch())}
    )

    one = kept(TOLD, by, 12.0)

    assert one is not None
    assert (one.p10, one.p50, one.p90, one.happened) == (8.0, 10.0, 15.0, 12.0)
    assert kept(Told(low=0, median=0, high=5, p10=0.0, p90=2.0), by, 0.0) is None, "a counter was idle"
    assert kept(Told(low=0, median=10, high=15), by, 0.0) is None
    late = [one for wait in range(100) if (one := kept(TOLD, by, 10 + wait / 4)) is not None]
    assert recalibrated(by, late).bands[1].high > 1.5 > recalibrated(by, late).bands[1].low


async def test_models_are_kept_by_version_and_old_ones_go(engine: AsyncEngine, office: Office) -> None:
    made = [Model(**plain(cold(office)) | {"version": f"v{number:02}"}) for number in range(KEPT + 3)]
    for number, model in enumerate(made):
        await models.keep(engine, "mitte", model, f"2026-11-{number % 30 + 1:02}", EIGHT + number)
        await models.keep(engine, "mitte", model, f"2026-11-{number % 30 + 1:02}", EIGHT + number)
    await models.keep(engine, "rathaus", made[0], "2026-11-22", EIGHT)

    found = await models.kept(engine, "mitte", [model.version for model in made])

    assert found == {model.version: model for model in made[3:]}
    last = await newest(engine, "mitte")
    assert last is not None
    assert last.version == made[-1].version
    assert await newest(engine, "nobody") is None


def plain(model: Model) -> dict[str, Any]:
    return {name: getattr(model, name) for name in model.__struct_fields__}


async def test_the_model_in_force_is_at_hand_once_it_is_read(engine: AsyncEngine, office: Office) -> None:
    one, two = (Model(**plain(cold(office)) | {"version": version}) for version in ("v1", "v2"))
    in_force = {"mitte": ""}
    at_hand = Models(engine, in_force.__getitem__)
    assert at_hand("mitte") is None

    await models.keep(engine, "mitte", one, "2026-11-22", EIGHT)
    in_force["mitte"] = "v1"
    await at_hand.read("mitte", "v1")
    assert at_hand("mitte") == one

    in_force["mitte"] = "v2"
    assert at_hand("mitte") == one, "until the new one is read"
    await models.keep(engine, "mitte", two, "2026-11-23", EIGHT + DAY)
    await at_hand.read("mitte", "v2")
    assert at_hand("mitte") == two
    await at_hand.stop()
