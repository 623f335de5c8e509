"""Commands: one class each, named in the imperative. Made by devices, decided by `server.office`.

`ticket`, `counter`, `service`, `zone`, `printer`, `kiosk` are ids. Instants are RFC 3339 with a zone. Unknown fields are refused.
"""

from server.messages.commands.bookings import *
from server.messages.commands.command import *
from server.messages.commands.counters import *
from server.messages.commands.days import *
from server.messages.commands.devices import *
from server.messages.commands.supervision import *
from server.messages.commands.tickets import *

AnyCommand = (
    IssueTicket
    | ServeDirect
    | ShowPhrase
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
    | StartSituation
    | RevertMoves
    | SetRule
    | SetPolicy
    | CallHelper
    | PostMessage
    | ClearMessage
    | AcknowledgeMessage
    | SilenceZone
    | EndSilence
    | TestCall
    | SetRoster
    | SetWalkIns
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
"""Every command that may be sent on the wire."""

COMMANDS: dict[str, type[Command]] = {c.__struct_config__.tag: c for c in AnyCommand.__args__}
"""Every command by its type."""

SystemCommand = KeepTime | SetModel | NoteEffect | CloseIntake | ActOnRule | Tick | ConfigureOffice | ChangeEpoch
"""Commands that only the server itself gives."""

CheckedCommand = LaySetting | TakeBackSetting
"""Commands that the server gives for an administrator, after checks that need more than the office's state."""
