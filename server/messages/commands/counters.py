"""Commands at a counter: open, pause, close it; call, serve, finish."""

from server.messages.commands.command import AsSeen, Command, DateTime, Ids, Some
from server.messages.terms import DirectChannel, Id, Persons, Phrase, Reason, ServiceOutcome


class ServeDirect(Command):
    """Serves somebody who has no ticket: without a call, at once. `channel`: how they come."""

    counter: Id
    services: Ids
    persons: Persons = 1
    channel: DirectChannel = "counter"


class ShowPhrase(Command):
    """Says something on the display over a counter, in the language of whoever it serves. `phrase`: what; without it, nothing any
    more."""

    counter: Id
    phrase: Phrase | None = None


class OpenCounter(AsSeen):
    """Opens a counter; the sender holds it from now on, unless it is a supervisor. `services`: only these; absent: all that
    it serves."""

    counter: Id
    services: Ids | None = None


class TakeOverCounter(Command):
    """Takes over a counter that a colleague holds, with the ticket in service there."""

    counter: Id


class CloseCounter(AsSeen):
    """Closes a counter. Tickets that were kept for it may be called by any other."""

    counter: Id


class PauseCounter(AsSeen):
    """Begins a break; if somebody is being served, as soon as they are finished. `back_at`: when the break is meant to
    end."""

    counter: Id
    reason: Reason | None = None
    back_at: DateTime | None = None


class BeginWrapUp(Command):
    """Keeps a free counter from calling anybody while its clerk finishes the paperwork."""

    counter: Id


class ResumeCounter(AsSeen):
    """Ends a break or a wrap-up: the counter may call again."""

    counter: Id


class CallNext(Command):
    """Calls whoever is next at this counter.

    `services_done`, `outcome`: of the ticket that is finished; only with `finish_current`.
    """

    counter: Id
    finish_current: bool = False
    services_done: Some | None = None
    outcome: ServiceOutcome | None = None


class CallTicket(Command):
    """Calls this ticket out of turn. `finish_current`: first finishes the ticket in service."""

    counter: Id
    ticket: Id
    finish_current: bool = False


class RepeatCall(Command):
    """Calls the same ticket again, on displays and by voice."""

    counter: Id


class WithdrawCall(Command):
    """Takes a call back: the ticket waits in its old place, as if it had not been called."""

    counter: Id


class StartService(Command):
    """The citizen who was called has arrived: the service begins."""

    counter: Id


class MarkMissed(Command):
    """The citizen who was called did not come."""

    counter: Id


class FinishService(Command):
    """Ends the service at this counter.

    `services_done`: the wanted services that are completed; absent: all that this counter serves; empty: none.
    """

    counter: Id
    outcome: ServiceOutcome = "done"
    services_done: Some | None = None
    wrap_up: bool = False


class SendToStation(Command):
    """Sends the ticket in service to a station, from which it comes back to this counter."""

    counter: Id
    station: Id


class ParkTicket(Command):
    """Sets the ticket in service aside, so that the counter can call somebody else meanwhile."""

    counter: Id


class ResumeTicket(Command):
    """Goes on with a ticket that was set aside."""

    counter: Id
    ticket: Id
