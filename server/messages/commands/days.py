"""A day's beginning and end, the clock, a press taken back, and commands that only the server itself gives."""

from server.messages.commands.command import Command
from server.messages.facts import Reserved, TakenUp
from server.messages.office import Office
from server.messages.terms import Id, Key


class Undo(Command):
    """Takes back the sender's press with this key, within ten seconds."""

    key: Key


class OpenDay(Command):
    """Opens the day by hand; the opening hours do it by themselves."""


class CorrectClock(Command):
    """The store's clock is right: from now on the office follows it, and all instants are moved with it."""


class CloseDay(Command):
    """Closes the day: everybody who waits is sent home. While somebody is called or served it is refused, unless `force`."""

    force: bool = False


class Tick(Command):
    """Time has passed: `kind` of `id` was due at `due` (ms). Any node may send it, with the key `tick:<kind>:<id>:<due>`."""

    kind: str
    id: str
    due: int


class ConfigureOffice(Command):
    """The present office file; applied if its revision is higher."""

    office: Office


class LaySetting(Command):
    """From a day on, this key of the office file has this value (JSON), whatever the file says. The server gives it for an
    administrator, once the value was checked as in a file."""

    path: str
    value: str
    from_day: str


class TakeBackSetting(Command):
    """This key is again what the office file says. `from_day`: only what was set from that day on."""

    path: str
    from_day: str | None = None


class ChangeEpoch(Command):
    """The store's history was cut or restored; `lost` lists what this node saw acknowledged and is no longer in the log,
    `lost_more` says how many more there are."""

    reason: str
    lost: tuple[str, ...] = ()
    reserved: Reserved | None = None
    lost_more: int = 0


class SetModel(Command):
    """From now on all nodes forecast with the model that has this `version` in the history. `taken_up`: what it knows of
    appointments, by which an office may overbook."""

    version: str
    taken_up: TakenUp | None = None


class NoteEffect(Command):
    """The set of moves with this key shortened the longest wait by `minutes`, compared with the same time without it."""

    set: Key
    minutes: float


class CloseIntake(Command):
    """For some minutes, a ticket drawn now for this service would not have been reached today.

    `open`: it would be reached again, so the service opens if it was closed for that reason.
    """

    service: Id
    open: bool = False


class ActOnRule(Command):
    """For some minutes, the wait of this rule's service has been over its upper limit, or under its lower limit again."""

    rule: Id
    act: bool


class KeepTime(Command):
    """The log's time is `ahead` ms ahead of the store's clock and keeps that lead."""

    ahead: int
