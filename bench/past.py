"""Makes a log with a past: visits of a day and bookings, as a desk would have written them. Fills a store before a start."""

import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bench.stand import ADMIN, OFFICE, sample
from server.log.port import EMPTY, Appended, Log
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.events import DayOpened, Event, encode
from server.messages.instants import DAY
from server.messages.problems import Refusal
from server.office.decide import Press, decide
from server.office.decide.press import EveryCommand
from server.office.evolve import evolve
from server.office.state import State

BATCH = 250
COUNTERS = {"1": "ausweis", "2": "meldung", "4": "urkunden", "5": "kfz", "8": "soziales"}

BOOKED = ("ausweis", "meldung", "urkunden")
"""Services of appointments, in turn."""


class Past:
    """Decides and folds itself; `now` is the instant of the next command. `checkpoint`: seq of the newest opened day."""

    def __init__(self) -> None:
        self._present = int(time.time() * 1000)
        midnight = datetime.now(ZoneInfo(sample().time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        self._midnight = int(midnight.timestamp() * 1000)
        self.now = self._midnight - DAY // 2
        self.state = State()
        self.events: list[Event] = []
        self.checkpoint = 0
        self._keys = 0

    def press(self, command: EveryCommand, actor: Actor = ADMIN) -> list[Event]:
        decided = self._asked(command, actor)
        assert not isinstance(decided, Refusal), decided
        return decided

    def _asked(self, command: EveryCommand, actor: Actor = ADMIN) -> list[Event] | Refusal:
        self._keys += 1
        press = Press(actor=actor, key=f"past{self._keys}", now=self.now, nonce=secrets.token_hex(8), digest="bench")
        decided = decide(self.state, command, press)
        if isinstance(decided, Refusal):
            return decided
        for event in decided:
            evolve(self.state, event, self.state.seq + 1, "-")
            if isinstance(event, DayOpened):
                self.checkpoint = self.state.seq
        self.events += decided
        return decided

    def open(self) -> None:
        """Writes the office file and opens the day."""
        self.press(c.ConfigureOffice(office=sample()), SYSTEM)
        self.press(c.OpenDay(), SYSTEM)

    def today(self) -> None:
        self.now = self._midnight
        self.press(c.OpenDay(), SYSTEM)

    def book(self, count: int) -> None:
        """Appointments of the next months, one about every four minutes; where no slot is free, the next ones are tried."""
        booked = number = 0
        while booked < count:
            start = datetime.fromtimestamp((self.now + 2 * DAY + number * 259_000) / 1000, UTC)
            service = BOOKED[number % len(BOOKED)]
            booked += not isinstance(self._asked(c.BookAppointment(services=(service,), start=start)), Refusal)
            number += 1

    def visits(self, count: int) -> None:
        """Issued, called, served, finished, one after another at five counters, spread from midnight to now."""
        period = (self._present - self._midnight) // (count + 1)
        for counter in COUNTERS:
            self.press(c.OpenCounter(counter=counter))
        for number in range(count):
            self.now += period
            counter, service = list(COUNTERS.items())[number % len(COUNTERS)]
            self.press(c.IssueTicket(services=(service,)))
            self.press(c.CallNext(counter=counter))
            self.press(c.StartService(counter=counter))
            self.press(c.FinishService(counter=counter))


async def write(past: Past, log: Log) -> None:
    """Appends the events in batches, with the hint where a fold may start."""
    tail = EMPTY
    for events in _batches(past.events):
        answer = await log.append(OFFICE, tail, secrets.token_urlsafe(9), [encode(event) for event in events])
        assert isinstance(answer, Appended), answer
        tail = answer.tail
    await log.note_checkpoint(OFFICE, past.checkpoint)


def _batches(events: list[Event]) -> Iterator[list[Event]]:
    return (events[at : at + BATCH] for at in range(0, len(events), BATCH))
