"""What has happened: one class per event, named in the past tense. Made by `decide`, applied by `evolve`, kept in the log.

Each is a flat JSON object: `v` (version of its meaning), `type`, `at` (ms), `by` (device, counter or supervisor's account,
never a clerk), `key` of the press. `who` (whose key) and `digest` (of the command) are the log's own and shown on no route.
Events about a ticket carry `ticket` and `number`, those about a counter `counter`.
"""

from typing import Any

from msgspec import convert
from msgspec.json import Decoder, Encoder

from server.messages.events.bookings import *
from server.messages.events.counters import *
from server.messages.events.days import *
from server.messages.events.devices import *
from server.messages.events.event import *
from server.messages.events.supervision import *
from server.messages.events.tickets import *
from server.messages.events.upcasts import *
from server.messages.value import Value

AnyEvent = (
    TicketIssued
    | DirectServiceStarted
    | PhraseShown
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
    | EffectNoted
    | RuleSet
    | MovesReverted
    | PolicySet
    | RosterSet
    | WalkInsSet
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
    | ModelSet
    | OfficeConfigured
    | SettingLaid
    | SettingTakenBack
)
"""Every event there is."""

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


class TooNew(Exception):
    """An entry that this release does not understand; `type` and `v` say which. The office stops on this node (rule 7)."""

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
