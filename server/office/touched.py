"""Which things a move touches, and which an event has changed. Pure.

`decide` refuses a set of moves that touches what was changed since its maker looked; `evolve` keeps the seq of each last change.

A call is no such change to a counter or service; opening, closing, pausing and giving services are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Counter, Service

WHOLE = "office"
"""The name of everything: a day was opened, or the office file is new."""
POLICY = "policy"


def counter(name: str) -> str:
    return f"counter:{name}"


def service(name: str) -> str:
    return f"service:{name}"


def helper(name: str) -> str:
    return f"helper:{name}"


Names = Callable[[Any], Iterable[str]]


def _counter(one: Any) -> tuple[str, ...]:
    return (counter(one.counter),)


def _service(one: Any) -> tuple[str, ...]:
    return (service(one.service),)


def _policy(one: Any) -> tuple[str, ...]:
    return (POLICY,)


def _helper(one: Any) -> tuple[str, ...]:
    return (helper(one.helper),)


def _helper_at(one: c.CallHelper) -> tuple[str, ...]:
    """The helper, and the counter that was free when somebody chose it for them."""
    return (helper(one.helper),) if one.counter is None else (helper(one.helper), counter(one.counter))


def _whole(counters: Iterable[Counter], services: Iterable[Service]) -> Iterator[str]:
    yield from (counter(one.id) for one in counters)
    yield from (service(one.id) for one in services)


def _reverted(event: e.MovesReverted) -> Iterator[str]:
    yield from _whole(event.counters, event.services)
    yield from (helper(one.id) for one in event.helpers)
    if event.policy is not None:
        yield POLICY


OF_EVENT: Mapping[type[e.Event], Names] = {
    **dict.fromkeys((e.CounterAssigned, e.CounterOpened, e.CounterClosed, e.CounterPaused, e.CounterResumed), _counter),
    **dict.fromkeys((e.ServiceOpened, e.ServiceClosed, e.ServiceLimited, e.ServiceBoosted), _service),
    e.PolicySet: _policy,
    e.HelperCalled: _helper,
    e.MovesReverted: _reverted,
    e.Undone: lambda event: _whole(event.counters, event.services),
    e.OfficeConfigured: lambda event: (WHOLE,),
}
"""The things that an event changes. Tickets are not among them: each has the seq of its last change itself."""
OF_MOVE: Mapping[type[c.Command], Names] = {
    **dict.fromkeys((c.AssignCounter, c.OpenCounter, c.CloseCounter, c.PauseCounter, c.ResumeCounter), _counter),
    **dict.fromkeys((c.OpenService, c.CloseService, c.LimitService, c.BoostService), _service),
    c.SetPolicy: _policy,
    c.CallHelper: _helper_at,
    c.MoveTickets: lambda move: (service(move.to_service),),
}
"""The things that a move touches, tickets not named."""


def changed_by(event: e.Event) -> Iterable[str]:
    names = OF_EVENT.get(type(event))
    return names(event) if names is not None else ()


def touches(move: c.Command) -> tuple[str, ...]:
    """The things that must not have changed since somebody chose this move by what they saw."""
    names = OF_MOVE.get(type(move))
    return (*(names(move) if names is not None else ()), WHOLE)


def tickets_of(move: c.Command) -> tuple[str, ...]:
    return (
        move.tickets if isinstance(move, c.MoveTickets) else (move.ticket,) if isinstance(move, c.BoostTicket) else ()
    )
