"""A day's beginning and end, the clock, a press taken back, and what only the server itself asks."""

from server.messages.commands.command import Command
from server.messages.facts import Reserved
from server.messages.office import Office
from server.messages.terms import Key


class Undo(Command):
    key: Key


class OpenDay(Command):
    pass


class CorrectClock(Command):
    """The store's clock is right: the office goes by it from now on, with everything that lives."""


class CloseDay(Command):
    force: bool = False


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
