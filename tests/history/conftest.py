"""A database, a log in memory, and days made by the real core: random presses, decided and folded as a desk does."""

import random
from collections.abc import AsyncIterator, Callable

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.database import close_database, open_database
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import Row
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.commands import Command
from server.messages.events import Event, encode
from server.messages.facts import Ticket
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, Office, Policy, ServicePlan
from server.messages.problems import Refusal
from server.office.decide import Press, decide
from server.office.evolve import evolve
from server.office.state import State
from server.office.waits import PromiseTo
from tests.clocks import StandingClock
from tests.standing_database import engine, later, url

EIGHT = 1_795_330_800_000  # 2026-11-22T07:00:00Z, eight in Berlin

Lived = tuple[list[Row], dict[str, Ticket]]
Live = Callable[..., Lived]

__all__ = ["engine", "later", "url"]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(EIGHT)


@pytest.fixture
async def other_engine(engine: AsyncEngine, url: str) -> AsyncIterator[AsyncEngine]:
    """Connections of another node to the same database."""
    other = await open_database(url)
    yield other
    await close_database(other)


@pytest.fixture
async def log() -> AsyncIterator[MemoryLog]:
    log = MemoryLog(MemoryStore())
    yield log
    await log.close()


@pytest.fixture(scope="session")
def office() -> Office:
    """Three services, three counters, one of which serves two; arrival must be pressed."""
    names = {"pass": "Reisepass", "meld": "Anmeldung", "fund": "Fundbüro"}
    letters = {"pass": "A", "meld": "B", "fund": "C"}
    services = tuple(ServicePlan(id=id, names={"de": name}, letter=letters[id]) for id, name in names.items())
    counters = (
        CounterPlan(
            id="1", label="Schalter 1", zone="saal", services=("pass", "meld"), skills=("pass", "meld", "fund")
        ),
        CounterPlan(id="2", label="Schalter 2", zone="saal", services=("meld",), skills=("pass", "meld")),
        CounterPlan(id="3", label="Schalter 3", zone="saal", services=("fund",), skills=("fund",)),
    )
    policy = Policy(arrival="pressed", picking=True)
    return Office(id="mitte", name="Mitte", services=services, counters=counters, policy=policy)


class Day:
    """An office under random presses: each is decided, folded and appended as one batch."""

    def __init__(self, office: Office, seed: int, start: int, promise: PromiseTo | None = None) -> None:
        self.promise = promise
        self.random, self.state, self.now = random.Random(seed), State(), start
        self.rows: list[Row] = []
        self.facts: dict[str, Ticket] = {}
        self.presses = 0
        self.last = ("", Actor(role="supervisor", principal="token:t", account="t"))
        self.said(SYSTEM, c.ConfigureOffice(office=office))
        self.said(SYSTEM, c.OpenDay())

    def said(self, actor: Actor, command: Command, clock: int | None = None) -> list[Event]:
        self.presses += 1
        key, letters = f"k{self.presses}", "abcdefghijkmnpqrstuvwxyz"
        nonce = "".join(self.random.choices(letters, k=16))
        press = Press(actor=actor, key=key, now=self.now, nonce=nonce, digest=key, promise=self.promise, clock=clock)
        answer = decide(self.state, command, press)  # type: ignore[arg-type]
        if isinstance(answer, Refusal):
            return []
        mark = "".join(self.random.choices(letters, k=12))
        for event in answer:
            row = Row(self.state.seq + 1, mark, encode(event))
            evolve(self.state, event, row.seq, mark)
            self.rows.append(row)
            self.facts.update(self.state.tickets)
        if answer and not isinstance(command, c.Undo):
            self.last = (key, actor)
        return answer

    def live(self, presses: int) -> None:
        for _ in range(presses):
            self.now += self.random.choice((500, 3_000, 20_000, 90_000, 400_000))
            if self.random.random() < 0.12:
                self.said(self.last[1], c.Undo(key=self.last[0]))
            else:
                self.said(self.somebody(), self.any_command())

    def somebody(self) -> Actor:
        name = f"token:{self.random.randrange(3)}"
        return Actor(role="supervisor", principal=name, holder=name, account="a-1")

    def any_command(self) -> Command:
        counter, service = self.random.choice("123"), self.random.choice(("pass", "meld", "fund"))
        at_counter: list[Command] = [
            c.CallNext(counter=counter),
            c.CallNext(counter=counter, finish_current=True),
            c.StartService(counter=counter),
            c.StartService(counter=counter),
            c.FinishService(counter=counter),
            c.FinishService(counter=counter, outcome="left"),
            c.RepeatCall(counter=counter),
            c.MarkMissed(counter=counter),
            c.WithdrawCall(counter=counter),
            c.ParkTicket(counter=counter),
            c.OpenCounter(counter=counter),
            c.TakeOverCounter(counter=counter),
            c.ServeDirect(counter=counter, services=(service,)),
        ]
        issue = [c.IssueTicket(services=(service,)), c.IssueTicket(services=("pass", "meld"), category="priority")]
        if self.random.random() < 0.2:
            return self.random.choice(issue)
        aside = [t.id for t in self.state.tickets.values() if t.state in ("parked", "away", "missed")]
        if aside and self.random.random() < 0.3:
            return self.about(self.random.choice(sorted(aside)), counter, service)
        if self.facts and self.random.random() < 0.25:
            return self.about(self.random.choice(sorted(self.facts)), counter, service)
        return self.random.choice(at_counter)

    def about(self, ticket: str, counter: str, service: str) -> Command:
        return self.random.choice(
            [
                c.CancelTicket(ticket=ticket),
                c.PauseTicket(ticket=ticket, minutes=5),
                c.ReturnTicket(ticket=ticket),
                *(c.ResumeTicket(counter=one, ticket=ticket) for one in "123"),
                c.TransferTicket(ticket=ticket, to_service=service),
                c.SetServices(ticket=ticket, services=(service,)),
                c.SetCategory(ticket=ticket, category="priority"),
                c.CallTicket(counter=counter, ticket=ticket),
                c.BoostTicket(ticket=ticket, minutes=10),
                c.MoveTickets(tickets=(ticket,), to_service=service),
                c.ApplyMoves(
                    moves=(
                        c.MoveTickets(tickets=(ticket,), to_service=service),
                        c.BoostTicket(ticket=ticket, minutes=5),
                    )
                ),
                c.RevertMoves(key=self.random.choice([*self.state.moves] or ["none"])),
            ]
        )

    def correct_clock(self, ahead: int) -> None:
        """The log's time was ahead of the clock by this much; a supervisor says that the clock is right."""
        clock = self.now - ahead
        self.said(SYSTEM, c.KeepTime(ahead=ahead), clock)
        self.said(self.last[1], c.CorrectClock(), clock)
        self.now = clock
        self.facts = dict(self.state.tickets) | {n: f for n, f in self.facts.items() if n not in self.state.tickets}

    def next_day(self) -> None:
        self.now += 24 * 60 * MINUTE
        self.said(SYSTEM, c.OpenDay())


@pytest.fixture(scope="session")
def live(office: Office) -> Live:
    """`live(seed, presses, days=1, promise=)` → the entries of the log, and the last state of every ticket in the core.

    With `ahead` the clock of the first day is that many milliseconds ahead, and is corrected in its middle.
    """

    def lived(
        seed: int, presses: int, days: int = 1, name: str = "mitte", promise: PromiseTo | None = None, ahead: int = 0
    ) -> Lived:
        day = Day(replace(office, id=name), seed, EIGHT + ahead, promise)
        day.live(presses)
        if ahead:
            day.correct_clock(ahead)
            day.live(presses)
        for _ in range(days - 1):
            day.next_day()
            day.live(presses)
        return day.rows, day.facts

    return lived


@pytest.fixture
def fresh_office() -> Callable[[], str]:
    """Names of offices that no test has used yet."""
    names = (f"office-{n}" for n in range(1_000_000))
    return lambda: next(names)
