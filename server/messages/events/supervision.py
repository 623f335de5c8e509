"""What a supervisor changed: services, assignments, policy, messages, silence, the roster, sets of moves."""

from server.messages import facts
from server.messages.events.event import Event
from server.messages.terms import Millis


class ServiceBoosted(Event):
    service: str
    minutes: int
    until: Millis | None = None


class CounterAssigned(Event):
    """`ended`: a timed assignment took itself back."""

    counter: str
    services: tuple[str, ...]
    until: Millis | None = None
    reason: str | None = None
    ended: bool = False


class ServiceOpened(Event):
    service: str


class ServiceClosed(Event):
    service: str
    reason: str | None = None
    until: Millis | None = None


class ServiceLimited(Event):
    service: str
    tickets: int | None


class MovesApplied(Event):
    """Said after the events of its moves; `before` is what `revert_moves` restores."""

    before: facts.Moves
    count: int


class MovesReverted(Event):
    """`set`: the key of the set that was taken back; the others are as they are again."""

    set: str
    counters: tuple[facts.Counter, ...] = ()
    services: tuple[facts.Service, ...] = ()
    tickets: tuple[facts.Ticket, ...] = ()
    policy: str | None = None
    policy_until: Millis | None = None
    policy_before: str = ""
    policy_seq: int = 0


class PolicySet(Event):
    """`ended`: a preset chosen for a while gave way to the one before."""

    preset: str
    until: Millis | None = None
    ended: bool = False


class RosterSet(Event):
    """`day`: a date or a weekday, whose whole plan this is."""

    day: str
    duty: tuple[facts.Duty, ...] = ()


class HelperCalled(Event):
    """`ended`: a helper called for a while went back."""

    helper: str
    until: Millis | None = None
    ended: bool = False


class MessagePosted(Event):
    """`spoken_in`: zones in which it is read out at once."""

    message: facts.Message
    spoken_in: tuple[str, ...] = ()


class MessageCleared(Event):
    message: str


class MessageAcknowledged(Event):
    counter: str
    message: str


class ZoneSilenced(Event):
    zone: str
    until: Millis | None = None


class SilenceEnded(Event):
    zone: str


class CallTested(Event):
    zone: str
