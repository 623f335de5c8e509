"""What another plan for today does to the counters at once: a counter that the plan takes off goes home, one that it puts
on duty begins. A plan opens and closes no counter by itself; people do. Pure; asked by `what_if`."""

from collections.abc import Iterator
from typing import Any

from server.messages import events as e
from server.messages.facts import Counter
from server.office import hours
from server.office.equipped import opens_with
from server.office.roster import Shift, shifts
from server.office.state import State


def follows(state: State, before: dict[str, Shift] | None, now: int) -> Iterator[e.Event]:
    """`state` has the new plan; `before`: the shifts of the plan until now, None if there was none."""
    after = shifts(state, now)
    if after is None or after == before:
        return
    for plan in state.office.counters:
        counter, then = state.counters[plan.id], after[plan.id]
        if counter.state != "closed" and _stays(counter, before, now) and not _comes(then, now):
            gone = hours.midnight_after(state.office, hours.day_of(state.office, now))
            after_finish = counter.ticket is not None
            yield _said(e.CounterPaused, now, counter=plan.id, back_at=gone, after_finish=after_finish)
        elif counter.state == "closed" and then.covers(now) and not (before or {}).get(plan.id, Shift()).covers(now):
            yield _said(e.CounterOpened, now, counter=plan.id, services=opens_with(state, counter))


def _said(kind: type[e.Event], now: int, **fields: Any) -> e.Event:
    return kind(v=e.VERSION, at=now, by="system", **fields)


def _stays(counter: Counter, before: dict[str, Shift] | None, now: int) -> bool:
    """Whether the old plan had this counter on duty. Without a plan every counter that is here stays, and so does one that
    is here although no plan said so."""
    return before is None or _comes(before.get(counter.id, Shift()), now)


def _comes(shift: Shift, now: int) -> bool:
    return any(end > now for _, end in shift.open)
