"""What now is true: one class per event, named in the past tense. Made by `decide`, applied by `evolve`, kept in the log.

Each is a flat JSON object: `v` (version of its meaning), `type`, `at` (ms), `by` (device, counter or supervisor's account,
never a clerk), `key` of the press. `who` (whose key) and `digest` (of the command) are the log's own and shown on no route.
Events about a ticket carry `ticket` and `number`, those about a counter `counter`.
"""

from collections.abc import Callable
from typing import Any

from msgspec import convert
from msgspec.json import Decoder, Encoder

from server.messages import facts
from server.messages.commands import _snake
from server.messages.office import Office
from server.messages.terms import Category, Millis, Need, Outcome, PrintState, TicketState
from server.messages.value import Value

VERSION = 2
"""The newest meaning of any event this release folds. A reader stops at a higher one (rule 7)."""


class Event(Value, kw_only=True, omit_defaults=True, tag_field="type", tag=_snake, gc=False):
    """What every event says: when, by whom, by which press."""

    v: int
    at: Millis
    by: str
    key: str = ""
    who: str = ""
    digest: str = ""


class OfTicket(Event):
    """About one ticket."""

    ticket: str
    number: str


class TicketIssued(OfTicket):
    """`ahead`: people before it at issue; `ordinal`: how far its number range is used (None: a number lent before).

    `told`: what was promised then; `expected_reason`: why nothing could be.
    """

    services: tuple[str, ...]
    ordinal: int | None = None
    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    persons: int = 1
    language: str | None = None
    kiosk: str | None = None
    reference: Millis | None = None
    slot: Millis | None = None
    appointment: str | None = None
    ahead: int = 0
    not_before: Millis | None = None
    counted: bool = False
    told: facts.Told | None = None
    expected_reason: str | None = None


class DirectServiceStarted(OfTicket):
    counter: str
    services: tuple[str, ...]
    ordinal: int
    persons: int = 1


class PrintRequested(OfTicket):
    job: str
    printer: str


class PrintReported(OfTicket):
    job: str
    printer: str
    state: PrintState
    reason: str | None = None


class NumbersLeased(Event):
    lease: str
    blocks: tuple[tuple[str, int, int], ...]
    until: Millis
    letters: dict[str, str] = {}


class TicketCalled(OfTicket):
    counter: str
    why: facts.Why
    attempt: int = 1
    services: tuple[str, ...] = ()


class CallRepeated(OfTicket):
    counter: str
    attempt: int


class CallWithdrawn(OfTicket):
    """`to`: as if it had never been called, so away or missed again if it was."""

    counter: str
    to: TicketState = "waiting"
    away_until: Millis | None = None


class ServiceStarted(OfTicket):
    counter: str


class ServiceFinished(OfTicket):
    """`next`: the services left, for which it waits on; empty: the visit is over."""

    counter: str
    outcome: Outcome
    services_done: tuple[str, ...]
    next: tuple[str, ...] = ()
    back_to: str | None = None
    back_until: Millis | None = None


class TicketMissed(OfTicket):
    """`again_at`: when it may be called again, or null when it is missed for good."""

    counter: str
    again_at: Millis | None


class TicketReturned(OfTicket):
    """`not_before`: a pause does not end what else keeps it from being called. `anew`: its place counts from now."""

    reference: Millis
    not_before: Millis | None = None
    anew: bool = False


class TicketPaused(OfTicket):
    away_until: Millis


class TicketParked(OfTicket):
    counter: str


class TicketResumed(OfTicket):
    counter: str


class TicketTransferred(OfTicket):
    services: tuple[str, ...]
    to_service: str | None = None
    to_counter: str | None = None
    not_before: Millis | None = None


class TicketSentToStation(OfTicket):
    counter: str
    station: str


class TicketCancelled(OfTicket):
    reason: str | None = None


class TicketExpired(OfTicket):
    pass


class ServicesSet(OfTicket):
    services: tuple[str, ...]


class CategorySet(OfTicket):
    category: Category


class NeedsSet(OfTicket):
    needs: tuple[Need, ...]


class TicketBoosted(OfTicket):
    minutes: int


class ServiceBoosted(Event):
    service: str
    minutes: int
    until: Millis | None = None


class TicketsMoved(Event):
    """`wants`: what each of them wants by then; the first release said only where to."""

    tickets: tuple[str, ...]
    numbers: tuple[str, ...]
    to_service: str
    wants: tuple[tuple[str, ...], ...] = ()

    def wanted(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each ticket with the services it wants by then."""
        return tuple(zip(self.tickets, self.wants or ((self.to_service,),) * len(self.tickets), strict=True))


class CounterOpened(Event):
    counter: str
    services: tuple[str, ...]
    holder: str | None = None


class CounterTakenOver(Event):
    counter: str
    holder: str | None = None


class CounterPaused(Event):
    """`after_finish`: the pause begins when the ticket now served is finished."""

    counter: str
    reason: str | None = None
    back_at: Millis | None = None
    after_finish: bool = False


class WrapUpBegun(Event):
    counter: str


class CounterResumed(Event):
    counter: str


class CounterClosed(Event):
    """`unbound`: tickets that were kept for it, and are anybody's now."""

    counter: str
    unbound: tuple[str, ...] = ()


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


class HelpRequested(Event):
    help: str
    device: str


class HelpAccepted(Event):
    help: str


class AlarmRaised(Event):
    counter: str | None = None


class AlarmAccepted(Event):
    counter: str | None = None
    place: str = "desk"


class AlarmEnded(Event):
    counter: str | None = None


class SlotHeld(Event):
    hold: str
    services: tuple[str, ...]
    start: Millis
    until: Millis


class SlotReleased(Event):
    hold: str


class AppointmentBooked(Event):
    appointment: str
    code: str
    services: tuple[str, ...]
    start: Millis
    persons: int = 1
    language: str | None = None
    reference: str | None = None
    hold: str | None = None


class AppointmentMoved(Event):
    """`code` and `services` as they were, for the answer; a fold needs them not."""

    appointment: str
    start: Millis
    code: str = ""
    services: tuple[str, ...] = ()


class AppointmentCancelled(Event):
    appointment: str


class AppointmentCheckedIn(OfTicket):
    appointment: str
    told: facts.Told | None = None


class AppointmentMissed(Event):
    appointment: str


class Undone(Event):
    """`of`: the key taken back; `before`: tickets and counters as they were. An issue undone is a cancellation."""

    of: str
    tickets: tuple[facts.Ticket, ...] = ()
    counters: tuple[facts.Counter, ...] = ()
    services: tuple[facts.Service, ...] = ()


class DayOpened(Event):
    """A checkpoint: a fold may start here. Carries all that lives on from the day before.

    `keys`: as the first release wrote them; since then they are in `spent`. What is too much for one entry follows at once,
    in the same batch, as `day_carried`.
    """

    day: str
    epoch: str
    office: Office
    coming_zone: str | None = None
    tickets: tuple[facts.Ticket, ...] = ()
    counters: tuple[facts.Counter, ...] = ()
    services: tuple[facts.Service, ...] = ()
    appointments: tuple[facts.Appointment, ...] = ()
    holds: tuple[facts.Hold, ...] = ()
    messages: tuple[facts.Message, ...] = ()
    alarms: tuple[facts.Alarm, ...] = ()
    silences: dict[str, Millis | None] = {}
    keys: tuple[facts.Spent, ...] = ()
    spent: tuple[facts.Spender, ...] = ()
    numbers: dict[str, int] = {}
    preset: str | None = None
    preset_until: Millis | None = None
    preset_before: str | None = None
    preset_seq: int = 0
    preset_before_seq: int = 0
    moves: tuple[facts.Moves, ...] = ()
    helpers: dict[str, Millis | None] = {}
    leases: tuple[facts.Lease, ...] = ()
    roster: dict[str, tuple[facts.Duty, ...]] = {}
    lost: tuple[str, ...] = ()
    lost_at: Millis = 0
    ahead: int = 0
    reserved: facts.Reserved | None = None


class DayCarried(Event):
    """More of the checkpoint before it: one entry can always be written, however much lives on."""

    appointments: tuple[facts.Appointment, ...] = ()
    holds: tuple[facts.Hold, ...] = ()
    messages: tuple[facts.Message, ...] = ()
    moves: tuple[facts.Moves, ...] = ()
    spent: tuple[facts.Spender, ...] = ()


class DayClosed(Event):
    day: str


class EpochChanged(Event):
    """The history was cut: what was acknowledged and the log no longer has is listed, issued numbers first.

    `reserved` (v2): numbers that are not given again on their day. `shift` (v2), with the reason `clock`: the log's time was
    set right by so many ms, `day` is the date from here on, and `at` may be lower than before: a new epoch, a new time.
    """

    epoch: str
    reason: str
    lost: tuple[str, ...] = ()
    reserved: facts.Reserved | None = None
    shift: int = 0
    day: str = ""


class TimeKept(Event):
    """The log's time is `ahead` ms ahead of the store's clock, and goes on from there; 0: they agree again (v2)."""

    ahead: int


class OfficeConfigured(Event):
    """`coming_zone`: the file's time zone, which counts when the date is over; until then `office` has the one before."""

    office: Office
    coming_zone: str | None = None


AnyEvent = (
    TicketIssued
    | DirectServiceStarted
    | PrintRequested
    | PrintReported
    | NumbersLeased
    | TicketCalled
    | CallRepeated
    | CallWithdrawn
    | ServiceStarted
    | ServiceFinished
    | TicketMissed
    | TicketReturned
    | TicketPaused
    | TicketParked
    | TicketResumed
    | TicketTransferred
    | TicketSentToStation
    | TicketCancelled
    | TicketExpired
    | ServicesSet
    | CategorySet
    | NeedsSet
    | TicketBoosted
    | ServiceBoosted
    | TicketsMoved
    | CounterOpened
    | CounterTakenOver
    | CounterPaused
    | WrapUpBegun
    | CounterResumed
    | CounterClosed
    | CounterAssigned
    | ServiceOpened
    | ServiceClosed
    | ServiceLimited
    | MovesApplied
    | MovesReverted
    | PolicySet
    | RosterSet
    | HelperCalled
    | MessagePosted
    | MessageCleared
    | MessageAcknowledged
    | ZoneSilenced
    | SilenceEnded
    | CallTested
    | HelpRequested
    | HelpAccepted
    | AlarmRaised
    | AlarmAccepted
    | AlarmEnded
    | SlotHeld
    | SlotReleased
    | AppointmentBooked
    | AppointmentMoved
    | AppointmentCancelled
    | AppointmentCheckedIn
    | AppointmentMissed
    | Undone
    | DayOpened
    | DayCarried
    | DayClosed
    | EpochChanged
    | TimeKept
    | OfficeConfigured
)
"""Everything that can be true."""

EVENTS: dict[str, type[Event]] = {e.__struct_config__.tag: e for e in AnyEvent.__args__}
"""Every event by its type."""

encode = Encoder().encode
"""An event as the body of a log entry (bytes)."""

_decode = Decoder(AnyEvent).decode


class Head(Value):
    """The part of an entry that every release can read."""

    type: str
    v: int = 1


_head = Decoder(Head).decode
_plain = Decoder(dict[str, Any]).decode


def _roster_set(body: dict[str, Any]) -> dict[str, Any]:
    """The first release said how many counters are open in each half hour, which names none, and when each has a break."""
    breaks: dict[str, list[tuple[str, str]]] = body.pop("breaks", {})
    spans = [(counter, start, end) for counter, pairs in breaks.items() for start, end in pairs]
    return {
        **body,
        "v": 2,
        "duty": [{"counter": c, "from": start, "to": end, "kind": "break"} for c, start, end in spans],
    }


def _day_opened(body: dict[str, Any]) -> dict[str, Any]:
    """The first release carried only those counts."""
    body.pop("roster", None)
    return {**body, "v": 2}


UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("roster_set", 1): _roster_set,
    ("day_opened", 1): _day_opened,
}
"""What an older release wrote as this one says it, by type and version: where a field has another shape by now."""


class TooNew(Exception):
    """An entry this release does not understand; `type` and `v` say which. The office stops on this node (rule 7)."""

    def __init__(self, type: str, v: int) -> None:
        super().__init__(f"entry {type} v{v} is newer than this release (v{VERSION})")
        self.type, self.v = type, v


def decode(body: bytes) -> Event:
    """A log entry's body as an event; TooNew if it was written by a newer release."""
    head = _head(body)
    if head.v > VERSION or head.type not in EVENTS:
        raise TooNew(head.type, head.v)
    upcast = UPCASTS.get((head.type, head.v))
    event: Event = _decode(body) if upcast is None else convert(upcast(_plain(body)), AnyEvent)
    return event
