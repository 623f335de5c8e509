"""What-if against what happens: the same simulated people live through a morning twice, once with a move, once without."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest

from server.forecast.ahead import Basis
from server.forecast.learn import learn
from server.forecast.model import Model, cold
from server.forecast.promise import seed_of
from server.forecast.today import Today
from server.forecast.what_if import WHO, Difference, what_if
from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Ticket
from server.messages.office import CounterPlan, Hours, Office, Policy, ServicePlan
from server.messages.terms import Category
from server.office.decide import Press, decide
from server.office.evolve import evolve
from server.rehearsal.days import Truth, _Day, simulated
from server.rehearsal.on_duty import Opening
from server.rehearsal.replay import visits_of

TRUTH = Truth(load=0.85, booked=0.0, mix={"pass": 0.72, "car": 0.28})
MOVED_AT = 120.0
"""Minutes after eight: two and a half hours before closing."""
DAYS, LEARNED = 16, 25
FIRST = date(2026, 1, 5)
SPAN = Opening(0.0, 270.0)
SERVICES = ("pass", "car")
LONGEST, MEAN = 0, 2
"""Their places among the figures."""


def office() -> Office:
    """Two counters for each service, although most people come for passports; all clerks can do both."""
    names: Any = lambda name: {"de": name, "en": name}  # noqa: E731
    both = ("pass", "car")
    return Office(
        id="amt",
        name="Amt",
        services=tuple(ServicePlan(id=one, letter=one[0].upper(), names=names(one), minutes=10) for one in both),
        counters=tuple(
            CounterPlan(id=str(nth + 1), label=str(nth + 1), zone="", services=(both[nth // 2],), skills=both)
            for nth in range(4)
        ),
        hours=Hours(week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:00", "12:30"),))),
        policy=Policy(),
    )


class World(_Day):
    """A morning in which everybody has random numbers of their own, whatever the office does."""

    def __init__(self, number: int, moves: tuple[c.AnyCommand, ...]) -> None:
        day = FIRST + timedelta(days=7 * number)
        super().__init__(office(), TRUTH, Random(f"twin/{number}"), f"twin-{number}", day, (SPAN,))
        self.known, self.moves = Today(), moves
        self.asked: Difference | None = None
        self.model = cold(self.office)

    def _own(self, what: str, ticket: str) -> None:
        self.rng = Random(f"{self.name}/{what}/{ticket}")

    def _say(self, minutes: float, event: type[e.Event], **said: Any) -> None:
        made = event(v=1, at=self._instant(minutes), by="made", **said)
        self.known.note(self.state, made)
        self.seq += 1
        evolve(self.state, made, self.seq, "made")

    def _draws(self, now: float, service: str, category: Category, slot: float | None) -> None:
        self._own("patience", str(len(self.rows)))
        super()._draws(now, service, category, slot)

    def _calls(self, now: float, counter: str, ticket: Ticket) -> None:
        self._own("length", ticket.id)
        super()._calls(now, counter, ticket)

    def _ends(self, now: float, counter: str, ticket: Ticket, absent: bool) -> None:
        self._own("pause", ticket.id)
        super()._ends(now, counter, ticket, absent)

    def lived(self, model: Model, ask: tuple[c.AnyCommand, ...] = ()) -> list[tuple[str, float, float]]:
        """(service, issued, called) of everybody. `ask`: what is asked at the time of the move, before it."""
        self._at(MOVED_AT, lambda now: self._supervisor(now, model, ask))
        rows = self.live()
        return [
            (one.service, one.issued, one.called) for one in rows if one.issued is not None and one.called is not None
        ]

    def _supervisor(self, minutes: float, model: Model, ask: tuple[c.AnyCommand, ...]) -> None:
        now = self._instant(minutes)
        if ask:
            seed = seed_of("amt", self.name, self.seq)
            base = Basis(self.state, model, self.known.pace(model), now, seed, self.known.came, rows=64)
            found = what_if(base, ask)
            assert isinstance(found, Difference)
            self.asked = found
        for move in self.moves:
            events = decide(self.state, move, Press(actor=WHO, now=now, nonce="0" * 16))
            assert isinstance(events, list)
            for event in events:
                self.seq += 1
                evolve(self.state, event, self.seq, "made")
            self._next(minutes)


def figures(people: list[tuple[str, float, float]]) -> np.ndarray[Any, Any]:
    """Longest wait, p95, mean and the mean of each service, of those who waited at the time of the move or came later."""
    waited = [(service, called - issued) for service, issued, called in people if called >= MOVED_AT]
    whole = np.array([wait for _, wait in waited])
    each = [np.mean([wait for service, wait in waited if service == name]) for name in SERVICES]
    return np.array([whole.max(), np.quantile(whole, 0.95), whole.mean(), *each])


def told_of(found: Difference) -> np.ndarray[Any, Any]:
    gaps = (found.longest, found.p95, found.mean, *(found.services[name] for name in SERVICES))
    return np.array([one.mean for one in gaps])


@pytest.fixture(scope="module")
def model() -> Model:
    """Learned from other days of the same office."""
    rows, _ = simulated(office(), LEARNED, 11, TRUTH)
    return learn(visits_of(rows, lambda name: name), cold(office()))


TAKES_BOTH = c.AssignCounter(counter="4", services=("pass", "car"))
MOVES: dict[str, tuple[c.AnyCommand, ...]] = {
    "one counter takes both": (TAKES_BOTH,),
    "it takes both, and passes are preferred": (TAKES_BOTH, c.BoostService(service="pass", minutes=15)),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("moves", MOVES.values(), ids=MOVES.keys())
def test_the_difference_that_is_told_is_the_one_that_happens(model: Model, moves: tuple[c.AnyCommand, ...]) -> None:
    """Within three standard errors of a few days, for the longest wait, p95, the mean and each service; in sign on most days for
    the longest wait and the mean, which it changes most."""
    told, happened = [], []
    for number in range(DAYS):
        without = World(number, ())
        before, after = without.lived(model, moves), World(number, moves).lived(model)
        assert sorted(one[:2] for one in before) == sorted(one[:2] for one in after), "the same people"
        assert without.asked is not None
        told.append(told_of(without.asked))
        happened.append(figures(after) - figures(before))
    off = np.array(told) - np.array(happened)
    error = off.std(0, ddof=1) / DAYS**0.5
    assert (np.abs(off.mean(0)) <= 3 * error).all(), (np.mean(told, 0), np.mean(happened, 0), error)
    assert (np.abs(np.mean(happened, 0)) > 3 * error)[[LONGEST, MEAN]].all(), "the move does something"
    assert (np.sign(told) == np.sign(happened))[:, [LONGEST, MEAN]].mean() >= 0.75
