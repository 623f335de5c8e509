"""What a supervisor changed: services, assignments, policy, messages, silence, the roster, sets of moves."""

from collections.abc import Mapping

from server.messages import facts
from server.messages.events.event import Event
from server.messages.office import Rule, WalkIns
from server.messages.terms import Millis


class ServiceBoosted(Event):
    service: str
    minutes: int
    until: Millis | None = None


class CounterAssigned(Event):
    """`ended`: an assignment with an end is over."""

    counter: str
    services: tuple[str, ...]
    until: Millis | None = None
    reason: str | None = None
    ended: bool = False


class ServiceOpened(Event):
    service: str


class ServiceClosed(Event):
    """`situation`: the one of the office file that it is closed for."""

    service: str
    reason: str | None = None
    until: Millis | None = None
    situation: str | None = None


class ServiceLimited(Event):
    service: str
    tickets: int | None


class MovesApplied(Event):
    """Follows the events of its moves; `before` is what `revert_moves` restores; `told`: the effect that was promised."""

    before: facts.Moves
    count: int
    told: facts.Gain | None = None


class RuleSet(Event):
    """A rule was switched on or off (v2). `says`: the rule as it was written on the table; `removed`: it was deleted there."""

    rule: str
    on: bool
    says: Rule | None = None
    removed: bool = False


class EffectNoted(Event):
    """What a set of moves has done: it shortened the longest wait by this many `minutes` (v2)."""

    set: str
    minutes: float


class MovesReverted(Event):
    """`set`: the key of the set that was taken back; the other fields: what was restored, as it is now.

    v2: `messages`: those it had posted, cleared now; `helpers`: without `since` if they were sent back.
    """

    set: str
    counters: tuple[facts.Counter, ...] = ()
    services: tuple[facts.Service, ...] = ()
    tickets: tuple[facts.Ticket, ...] = ()
    policy: str | None = None
    policy_until: Millis | None = None
    policy_before: str = ""
    policy_seq: int = 0
    messages: tuple[str, ...] = ()
    helpers: tuple[facts.CalledHelper, ...] = ()


class PolicySet(Event):
    """`ended`: a preset with an end is over, and the one before applies again."""

    preset: str
    until: Millis | None = None
    ended: bool = False


class RosterSet(Event):
    """The whole plan of `day`, a date or a weekday. None (v2): it has no plan of its own any more."""

    day: str
    duty: tuple[facts.Duty, ...] | None = ()

    def into(self, roster: Mapping[str, tuple[facts.Duty, ...]]) -> dict[str, tuple[facts.Duty, ...]]:
        """The plans after this one was set."""
        others = {day: duty for day, duty in roster.items() if day != self.day}
        return others if self.duty is None else {**others, self.day: self.duty}


class WalkInsSet(Event):
    """What is kept for people who just come on `day` (v2). None: only the office file counts."""

    day: str
    shares: tuple[WalkIns, ...] | None


class HelperCalled(Event):
    """`ended`: the time for which a helper was called is over."""

    helper: str
    until: Millis | None = None
    ended: bool = False
    counter: str | None = None
    reason: str | None = None


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
    tone: bool = False
