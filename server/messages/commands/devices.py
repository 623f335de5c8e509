"""Commands of devices: reports of a print, numbers to lend, help, silent alarms."""

from typing import Annotated

from msgspec import Meta, field

from server.messages.commands.command import Command, Ids
from server.messages.terms import Id, PrintOutcome, Reason


class ReportPrint(Command):
    """How a print job ended."""

    job: Id
    state: PrintOutcome
    reason: Reason | None = None


class LeaseNumbers(Command):
    """Lends a kiosk numbers that it may give out while it is cut off."""

    services: Ids
    count: Annotated[int, Meta(ge=1, le=200)]


class RequestHelp(Command):
    """Asks for help. `kiosk`, `station`: where this is asked, if a member of staff has opened that page."""

    kiosk: Id | None = None
    station: Id | None = None


class AcceptHelp(Command):
    """A colleague goes to the kiosk that asked for help."""

    help: Id


class RaiseAlarm(Command):
    """Raises the silent alarm of a counter; without `counter`, of the reception desk. No public screen shows it."""

    counter: Id | None = None


class AcceptAlarm(Command):
    """Answers an alarm. `counter`: whose alarm (absent: the desk's); `from`: where the answer comes from."""

    counter: Id | None = None
    from_: Id | None = field(default=None, name="from")


class EndAlarm(Command):
    """Ends the alarm of a counter; without `counter`, of the reception desk."""

    counter: Id | None = None
