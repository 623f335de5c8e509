"""Commands at a counter: open, pause, close it; call, serve, finish."""

from server.messages.commands.command import Command, DateTime, Ids, Some
from server.messages.terms import Id, Persons, Reason, ServiceOutcome


class ServeDirect(Command):
    """Serves somebody who has no ticket: without a call, at once."""

    counter: Id
    services: Ids
    persons: Persons = 1


class OpenCounter(Command):
    counter: Id
    services: Ids | None = None


class TakeOverCounter(Command):
    counter: Id


class CloseCounter(Command):
    counter: Id


class PauseCounter(Command):
    counter: Id
    reason: Reason | None = None
    back_at: DateTime | None = None


class BeginWrapUp(Command):
    counter: Id


class ResumeCounter(Command):
    counter: Id


class CallNext(Command):
    """`services_done`, `outcome`: of the ticket that is finished; only with `finish_current`."""

    counter: Id
    finish_current: bool = False
    services_done: Some | None = None
    outcome: ServiceOutcome | None = None


class CallTicket(Command):
    counter: Id
    ticket: Id
    finish_current: bool = False


class RepeatCall(Command):
    counter: Id


class WithdrawCall(Command):
    counter: Id


class StartService(Command):
    counter: Id


class MarkMissed(Command):
    counter: Id


class FinishService(Command):
    """`services_done`: the wanted services that are completed; absent: all that this counter serves; empty: none."""

    counter: Id
    outcome: ServiceOutcome = "done"
    services_done: Some | None = None
    wrap_up: bool = False


class SendToStation(Command):
    counter: Id
    station: Id


class ParkTicket(Command):
    counter: Id


class ResumeTicket(Command):
    counter: Id
    ticket: Id
