"""How many appointments an office carries: more of them are called later, and the process says what the room says."""

from server.messages.office import CounterPlan, Office, ServicePlan
from server.messages.problems import Refusal
from server.messages.slot_study import SlotsAsked, SlotStudy
from server.rehearsal.slot_study import LEAST, study
from server.slot_studies import SlotStudies
from tests.rehearsal.test_simulated_office import OPEN


def office() -> Office:
    counters = tuple(CounterPlan(id=str(one), label=str(one), zone="", services=("pass",)) for one in (1, 2))
    services = (ServicePlan(id="pass", letter="A", names={"de": "pass"}, minutes=10),)
    return Office(id="amt", name="Amt", services=services, counters=counters, hours=OPEN)


ASKED = SlotsAsked(walk_ins=18, booked=12, mix={"pass": 30}, no_show=0.1, after="2026-01-04")


def test_more_slots_lengthen_waits_and_the_last_step_that_keeps_the_promise_is_carried() -> None:
    found = study(office(), ASKED)
    assert found is not None
    assert (found.per_step, found.now) == (4, 1)
    assert [one.booked for one in found.steps[:3]] == [8, 12, 16]
    first, last = found.steps[0], found.steps[-1]
    assert first.walk_in.median < last.walk_in.median
    assert first.overdue.median <= last.overdue.median
    for one in found.steps:
        for spread in (one.kept, one.overdue, one.walk_in):
            assert spread.low <= spread.median <= spread.high
    kept = [one.booked for one in found.steps if one.kept.median >= LEAST]
    assert found.most == max(kept, default=None)
    assert study(office(), ASKED) == found


def test_nobody_comes_or_nobody_opens() -> None:
    assert study(office(), SlotsAsked(walk_ins=0, booked=0, mix={}, no_show=0, after="2026-01-04")) is None


async def test_a_process_of_its_own_says_the_same() -> None:
    studies = SlotStudies()
    found = await studies.asked(office(), ASKED)
    assert isinstance(found, SlotStudy)
    assert found == study(office(), ASKED)
    nobody = await studies.asked(office(), SlotsAsked(walk_ins=0, booked=0, mix={}, no_show=0, after="2026-01-04"))
    assert isinstance(nobody, Refusal)
    assert nobody.code == "wrong_state"


async def test_a_process_that_dies_is_a_clear_answer() -> None:
    found = await SlotStudies("server.no_such_process").asked(office(), ASKED)
    assert isinstance(found, Refusal)
    assert found.code == "starting"
