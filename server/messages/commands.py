"""What somebody wants: one class per command, named in the imperative. Made by devices, decided by `server.office`.

`ticket`, `counter`, `service`, `zone`, `printer`, `kiosk` are ids. Instants are RFC 3339 with a zone. Unknown fields are refused.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, field

from server.messages.facts import Reserved
from server.messages.office import Office, Weekday
from server.messages.terms import Category, Id, Key, Language, Need, Outcome, Persons, PrintOutcome, Reason
from server.messages.value import Value

Instant = Annotated[datetime, Meta(tz=True)]
Ids = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=20)]
Some = Annotated[tuple[Id, ...], Meta(max_length=200)]
Needs = Annotated[tuple[Need, ...], Meta(max_length=5)]
Minutes = Annotated[int, Meta(ge=1, le=480)]
Boost = Annotated[int, Meta(ge=-480, le=480)]
Code = Annotated[str, Meta(min_length=1, max_length=64)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Text = dict[Language, Annotated[str, Meta(min_length=1, max_length=400)]]


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class Command(Value, forbid_unknown_fields=True, omit_defaults=True, tag_field="type", tag=_snake):
    """What every command is; its type is its name in snake case."""


class IssueTicket(Command):
    services: Ids
    category: Category = "walk_in"
    needs: Needs = ()
    persons: Persons = 1
    language: Language | None = None
    printer: Id | None = None
    kiosk: Id | None = None


class ServeDirect(Command):
    """Service for somebody without a ticket in line: no gong, straight to serving."""

    counter: Id
    services: Ids
    persons: Persons = 1


class PrintTicket(Command):
    ticket: Id
    printer: Id | None = None


class ReportPrint(Command):
    job: Id
    state: PrintOutcome
    reason: Reason | None = None


class LeaseNumbers(Command):
    services: Ids
    count: Annotated[int, Meta(ge=1, le=200)]


class HandedIn(Value, forbid_unknown_fields=True):
    """One ticket that a kiosk gave out while it was cut off."""

    number: Annotated[str, Meta(min_length=1, max_length=12)]
    service: Id
    issued_at: Instant
    language: Language | None = None


class HandInTickets(Command):
    lease: Id
    tickets: Annotated[tuple[HandedIn, ...], Meta(min_length=1, max_length=200)]


class CancelTicket(Command):
    ticket: Id
    reason: Reason | None = None


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
    back_at: Instant | None = None


class BeginWrapUp(Command):
    counter: Id


class ResumeCounter(Command):
    counter: Id


class CallNext(Command):
    """`services_done`, `outcome`: of the one that is finished; only with `finish_current`."""

    counter: Id
    finish_current: bool = False
    services_done: Some | None = None
    outcome: Outcome | None = None


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
    """`services_done`: those wanted that are done; absent: all that this counter serves, empty: none."""

    counter: Id
    outcome: Outcome = "done"
    services_done: Some | None = None
    wrap_up: bool = False


class TransferTicket(Command):
    """`from_service`: which of its services `to_service` takes the place of; absent: the one its counter serves, or the first."""

    ticket: Id
    to_service: Id | None = None
    to_counter: Id | None = None
    not_before: Instant | None = None
    from_service: Id | None = None


class SendToStation(Command):
    counter: Id
    station: Id


class ParkTicket(Command):
    counter: Id


class ResumeTicket(Command):
    counter: Id
    ticket: Id


class ReturnTicket(Command):
    ticket: Id


class PauseTicket(Command):
    ticket: Id
    minutes: Minutes | None = None


class SetServices(Command):
    ticket: Id
    services: Ids


class SetCategory(Command):
    ticket: Id
    category: Category


class SetNeeds(Command):
    ticket: Id
    needs: Needs


class BoostTicket(Command):
    ticket: Id
    minutes: Boost


class BoostService(Command):
    service: Id
    minutes: Boost
    until: Instant | None = None


class MoveTickets(Command):
    """`from_service`: which of their services `to_service` takes the place of; absent: the first each of them wants."""

    tickets: Some
    to_service: Id
    from_service: Id | None = None


class AssignCounter(Command):
    counter: Id
    services: Ids
    until: Instant | None = None
    reason: Reason | None = None


class OpenService(Command):
    service: Id


class CloseService(Command):
    service: Id
    reason: Reason | None = None
    until: Instant | None = None


class LimitService(Command):
    service: Id
    tickets: Annotated[int, Meta(ge=0, le=100_000)] | None


class SetPolicy(Command):
    preset: Id
    until: Instant | None = None


class CallHelper(Command):
    helper: Id
    until: Instant | None = None


class PostMessage(Command):
    text: Text
    displays: Some = ()
    counters: Some = ()
    zones: Some = ()
    speak: bool = False
    until: Instant | None = None


class ClearMessage(Command):
    message: Id


class AcknowledgeMessage(Command):
    counter: Id
    message: Id


class SilenceZone(Command):
    zone: Id
    until: Instant | None = None


class EndSilence(Command):
    zone: Id


class TestCall(Command):
    __test__ = False
    zone: Id


class DutySpan(Value, forbid_unknown_fields=True, omit_defaults=True):
    """When one counter is staffed, or has a break, by the office's clock."""

    counter: Id
    from_: Clock = field(name="from")
    to: Clock
    kind: Literal["open", "break"] = "open"


class SetRoster(Command):
    """The whole plan of one `date` ("2026-11-23") or `weekday` ("mon"); `day` may name either. No duty: nobody is planned."""

    duty: Annotated[tuple[DutySpan, ...], Meta(max_length=400)]
    date: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    weekday: Weekday | None = None
    day: Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2}|mon|tue|wed|thu|fri|sat|sun)$")] | None = None


class RequestHelp(Command):
    """`kiosk`: the one whose page asks, where somebody of the staff has opened it."""

    kiosk: Id | None = None


class AcceptHelp(Command):
    help: Id


class RaiseAlarm(Command):
    counter: Id | None = None


class AcceptAlarm(Command):
    """`counter`: whose alarm (absent: the desk's); `from`: where the answer comes from."""

    counter: Id | None = None
    from_: Id | None = field(default=None, name="from")


class EndAlarm(Command):
    counter: Id | None = None


class HoldSlot(Command):
    services: Ids
    start: Instant


class ReleaseSlot(Command):
    hold: Id


class BookAppointment(Command):
    services: Ids
    start: Instant
    hold: Id | None = None
    persons: Persons = 1
    language: Language | None = None
    reference: Id | None = None


class MoveAppointment(Command):
    appointment: Id
    start: Instant


class CancelAppointment(Command):
    appointment: Id


class CheckIn(Command):
    code: Code


class Undo(Command):
    key: Key


class OpenDay(Command):
    pass


class CorrectClock(Command):
    """The store's clock is right: the office goes by it from now on, with everything that lives."""


class CloseDay(Command):
    force: bool = False


Move = (
    AssignCounter
    | OpenService
    | CloseService
    | LimitService
    | SetPolicy
    | OpenCounter
    | CloseCounter
    | PauseCounter
    | ResumeCounter
    | BoostTicket
    | BoostService
    | MoveTickets
)


class ApplyMoves(Command):
    """Several moves as one: all or nothing."""

    moves: Annotated[tuple[Move, ...], Meta(min_length=1, max_length=50)]
    until: Instant | None = None
    reason: Reason | None = None


class RevertMoves(Command):
    key: Key


AnyCommand = (
    IssueTicket
    | ServeDirect
    | PrintTicket
    | ReportPrint
    | LeaseNumbers
    | HandInTickets
    | CancelTicket
    | OpenCounter
    | TakeOverCounter
    | CloseCounter
    | PauseCounter
    | BeginWrapUp
    | ResumeCounter
    | CallNext
    | CallTicket
    | RepeatCall
    | WithdrawCall
    | StartService
    | MarkMissed
    | FinishService
    | TransferTicket
    | SendToStation
    | ParkTicket
    | ResumeTicket
    | ReturnTicket
    | PauseTicket
    | SetServices
    | SetCategory
    | SetNeeds
    | BoostTicket
    | BoostService
    | MoveTickets
    | AssignCounter
    | OpenService
    | CloseService
    | LimitService
    | ApplyMoves
    | RevertMoves
    | SetPolicy
    | CallHelper
    | PostMessage
    | ClearMessage
    | AcknowledgeMessage
    | SilenceZone
    | EndSilence
    | TestCall
    | SetRoster
    | RequestHelp
    | AcceptHelp
    | RaiseAlarm
    | AcceptAlarm
    | EndAlarm
    | HoldSlot
    | ReleaseSlot
    | BookAppointment
    | MoveAppointment
    | CancelAppointment
    | CheckIn
    | Undo
    | CorrectClock
    | OpenDay
    | CloseDay
)
"""Everything that may be asked on the wire."""

COMMANDS: dict[str, type[Command]] = {c.__struct_config__.tag: c for c in AnyCommand.__args__}
"""Every command by its type."""


class Tick(Command):
    """Time has passed: `kind` of `id` was due at `due` (ms). Decided by any node, with the key `tick:<kind>:<id>:<due>`."""

    kind: str
    id: str
    due: int


class ConfigureOffice(Command):
    """The office file as it now is; applied if its revision is higher."""

    office: Office


class ChangeEpoch(Command):
    """The store's history was cut or restored; `lost` lists what this node saw acknowledged and the log no longer has."""

    reason: str
    lost: tuple[str, ...] = ()
    reserved: Reserved | None = None


class KeepTime(Command):
    """The log is `ahead` ms ahead of the store's clock: its time goes on from there."""

    ahead: int


SystemCommand = KeepTime | Tick | ConfigureOffice | ChangeEpoch
"""What only the server itself asks."""
