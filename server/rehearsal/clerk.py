"""A clerk at one counter: opens, calls, waits for people, serves, takes a break, closes. Acts only at a counter it holds.

After a refusal the clerk looks at the counter's board and goes on from its present state. If somebody else has taken the
counter over or closed it, the clerk leaves it to them.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from server.messages import commands as c
from server.messages.terms import ServiceOutcome
from server.rehearsal.contract import Contract, Taken
from server.rehearsal.counter import Counter, Lost, Theirs
from server.rehearsal.crowd import Crowd, Guest
from server.rehearsal.pace import Pace
from server.rehearsal.plan import CounterPlace, Shift, Twist
from server.rehearsal.watch import Watch

CLOSES, LATEST = 490.0, 560.0
"""Minutes of the day after which a clerk goes home as soon as nobody waits, and after which in any case."""


class Parked(NamedTuple):
    """A guest who comes back. `until`: minute of the day."""

    until: float
    guest: Guest


class Clerk:
    """`doing` and `number` are for the status line: what happens at the counter, and with which ticket."""

    def __init__(self, contract: Contract, watch: Watch, pace: Pace, crowd: Crowd, place: CounterPlace) -> None:
        self._contract, self._watch, self._pace, self._crowd, self.place = contract, watch, pace, crowd, place
        self.doing, self.number = "closed", ""
        self._counter = Counter(contract, watch, pace, place.id)
        self._rng = Random(0)  # noqa: S311
        self._paused = False
        self._held: Guest | None = None
        self._parked: list[Parked] = []

    async def work(self, shift: Shift, seed: int) -> None:
        """Works one day. Returns when the counter is closed, or somebody else has it."""
        self._rng = Random(f"{seed} {self.place.id}")  # noqa: S311
        self._paused, self._held = False, None
        self._parked.clear()
        await self._pace.until(shift.opens)
        try:
            if await self._counter.open():
                while not self._over():
                    await self._go_on(shift)
            await self.leave()
        except Theirs:
            self._counter.opened, self.doing, self.number = False, "theirs", ""

    async def leave(self) -> None:
        """Finishes the ticket at the counter, if any, and closes it."""
        await self._counter.leave()
        self.doing, self.number = "closed", ""

    # the day

    def _over(self) -> bool:
        if not self._counter.opened:
            return True
        now = self._pace.now
        return now >= LATEST or (now >= CLOSES and self._held is None and not self._counter.wanted())

    async def _go_on(self, shift: Shift) -> None:
        """One step: resumes a parked ticket, or takes the break, or calls the next."""
        try:
            if self._parked and self._held is None and self._parked[0].until <= self._pace.now:
                await self._resume()
            elif self._break_due(shift):
                await self._take_break(shift)
            elif not await self._call_next(shift):
                self.doing = "free"
                await self._watch.changed(self._pace.seconds(3))
        except Lost:
            self._held = None
            await self._counter.settle()

    def _break_due(self, shift: Shift) -> bool:
        return not self._paused and self._pace.now >= shift.pause_at

    async def _take_break(self, shift: Shift) -> None:
        """Pauses, at once or after the present service; comes back when the break is over."""
        self._paused = True
        back_at = datetime.now(UTC) + timedelta(seconds=self._pace.seconds(shift.pause))
        reason = self._rng.choice(self._counter.break_reasons) if self._counter.break_reasons else None
        await self._counter.press(c.PauseCounter(counter=self.place.id, reason=reason, back_at=back_at))
        if self._held is not None:
            await self._finish(self._held)
        self.doing = "break"
        await self._pace.minutes(shift.pause)
        await self._counter.press(c.ResumeCounter(counter=self.place.id))
        self.doing = "open"

    async def _call_next(self, shift: Shift) -> bool:
        """Presses next, and serves the person who comes. False if nobody waits."""
        held, self._held = self._held, None
        if held is None and not self._counter.wanted():
            return False
        taken = await self._counter.press(c.CallNext(counter=self.place.id, finish_current=held is not None))
        if held is not None:
            self._finished(held, taken)
        ticket = taken.result["ticket"]
        if ticket is None:
            return False
        await self._receive(self._crowd.of(ticket), "" if held is not None else taken.key, shift)
        return True

    # one call

    async def _receive(self, guest: Guest, key: str, shift: Shift) -> None:
        """`key`: of a press that did nothing but call; only such a press may be undone."""
        self.doing, self.number = "calls", guest.number
        turn = guest.called()
        self._crowd.told["called"] += 1
        if turn == "undo" and key and await self._undone(guest, key):
            return
        if turn == "withdraw":
            await self._pace.minutes(0.3)
            await self._counter.press(c.WithdrawCall(counter=self.place.id))
            guest.state = "waiting"
            return
        if guest.absent > 0:
            await self._miss(guest)
            return
        if turn == "repeat":
            await self._pace.minutes(0.8)
            await self._counter.press(c.RepeatCall(counter=self.place.id))
        await self._pace.minutes(guest.person.walk)
        await self._counter.press(c.StartService(counter=self.place.id))
        await self._serve(guest, turn, shift)

    async def _undone(self, guest: Guest, key: str) -> bool:
        """The press was a mistake. It is undone at once, because undo is allowed for real seconds, not simulated ones."""
        await self._pace.minutes(0.1)
        if not isinstance(await self._contract.press(c.Undo(key=key)), Taken):
            return False
        guest.state = "waiting"
        self._crowd.told["undone"] += 1
        await self._pace.minutes(0.3)
        return True

    async def _miss(self, guest: Guest) -> None:
        """Nobody comes: the clerk repeats the call, then marks the ticket as missed."""
        guest.absent -= 1
        await self._pace.minutes(1)
        await self._counter.press(c.RepeatCall(counter=self.place.id))
        await self._pace.minutes(1)
        taken = await self._counter.press(c.MarkMissed(counter=self.place.id))
        guest.missed(for_good=taken.events[0].get("again_at") is None)
        self._crowd.told["missed"] += 1

    async def _serve(self, guest: Guest, turn: Twist, shift: Shift) -> None:
        self.doing = "serves"
        work = guest.work(self._counter.services())
        if turn == "park":
            await self._park(guest, work)
        elif turn == "transfer" and await self._transfer(guest):
            return
        else:
            await self._pace.minutes(work)
            if turn == "left":
                await self._finish(guest, outcome="left")
            elif shift.finishes_by_next and self._pace.now < CLOSES:
                self._held = guest
            else:
                await self._finish(guest, wrap_up=self._rng.random() < shift.wraps_up)

    async def _park(self, guest: Guest, work: float) -> None:
        """Somebody has to fill in a form, and comes back to this counter."""
        await self._pace.minutes(work * 0.4)
        await self._counter.press(c.ParkTicket(counter=self.place.id))
        guest.minutes = {name: minutes * 0.6 for name, minutes in guest.minutes.items()}
        self._parked.append(Parked(self._pace.now + 6, guest))
        self._crowd.told["parked"] += 1

    async def _resume(self) -> None:
        _, guest = self._parked.pop(0)
        await self._counter.press(c.ResumeTicket(counter=self.place.id, ticket=guest.ticket))
        self.doing, self.number = "serves", guest.number
        await self._pace.minutes(guest.work(self._counter.services()))
        await self._finish(guest)

    async def _transfer(self, guest: Guest) -> bool:
        """The person needs another service. False if no other counter gives it."""
        others = self._counter.elsewhere() - {*guest.minutes, *self._counter.services()}
        if not others or not guest.ours:
            return False
        target = self._rng.choice(sorted(others))
        await self._pace.minutes(2)
        await self._counter.press(c.TransferTicket(ticket=guest.ticket, to_service=target))
        guest.minutes = {target: guest.work(())}
        guest.state = "waiting"
        self._crowd.told["transferred"] += 1
        return True

    async def _finish(self, guest: Guest, outcome: ServiceOutcome = "done", *, wrap_up: bool = False) -> None:
        self._held = None
        finish = c.FinishService(counter=self.place.id, outcome=outcome, wrap_up=wrap_up)
        self._finished(guest, await self._counter.press(finish))
        if wrap_up:
            self.doing, self.number = "wraps up", ""
            await self._pace.minutes(self._rng.uniform(0.5, 2))
            if self._rng.random() < 0.5:
                await self._counter.press(c.ResumeCounter(counter=self.place.id))

    def _finished(self, guest: Guest, taken: Taken) -> None:
        said = next((event for event in taken.events if event["type"] == "service_finished"), {})
        guest.served(tuple(said.get("next", ())))
        if guest.state == "gone":
            self._crowd.told["finished"] += 1
        self.doing, self.number = "open", ""
