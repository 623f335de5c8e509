"""A day's beginning and end, the log's epoch and time, the office file, a press taken back."""

from server.messages import facts
from server.messages.events.event import Event
from server.messages.laid import LaidSetting, taken_back
from server.messages.office import Office, Rule, WalkIns
from server.messages.terms import Millis


class Undone(Event):
    """`of`: the key that is undone; tickets, counters, services: as they were before. Undoing an issue cancels the ticket."""

    of: str
    tickets: tuple[facts.Ticket, ...] = ()
    counters: tuple[facts.Counter, ...] = ()
    services: tuple[facts.Service, ...] = ()


class DayOpened(Event):
    """A checkpoint: a fold may start here. It carries everything that lives on from the day before.

    `keys`: spent keys as the first release wrote them; later releases write `spent`. What is too much for one entry follows
    at once, in the same batch, as `day_carried`. `earlier` (v2): numbers given out on earlier days: if the clock turns out to
    have been ahead, one of those days is today again. `called` (v2) says more than `helpers` of the first release.
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
    called: tuple[facts.CalledHelper, ...] = ()
    book: tuple[facts.Row, ...] = ()
    quiet: tuple[str, ...] = ()
    switched: dict[str, bool] = {}
    written: tuple[Rule, ...] = ()
    leases: tuple[facts.Lease, ...] = ()
    roster: dict[str, tuple[facts.Duty, ...]] = {}
    walk_ins: dict[str, tuple[WalkIns, ...]] = {}
    lost: tuple[str, ...] = ()
    lost_at: Millis = 0
    lost_more: int = 0
    ahead: int = 0
    reserved: facts.Reserved | None = None
    earlier: tuple[facts.Reserved, ...] = ()
    model: str = ""
    taken_up: facts.TakenUp | None = None
    settings: tuple[LaidSetting, ...] = ()


class DayCarried(Event):
    """More of the checkpoint before it. It is cut into entries so that each can be written, however much lives on."""

    appointments: tuple[facts.Appointment, ...] = ()
    holds: tuple[facts.Hold, ...] = ()
    messages: tuple[facts.Message, ...] = ()
    moves: tuple[facts.Moves, ...] = ()
    spent: tuple[facts.Spender, ...] = ()


class DayClosed(Event):
    day: str


class EpochChanged(Event):
    """The history was cut. `lost` lists what was acknowledged and is no longer in the log, issued numbers first; `lost_more`
    (v2): how many more there are.

    `reserved` (v2): numbers that are not given again on their day. `shift` (v2), with the reason `clock`: the log's time was
    corrected by this many ms, `day` is the date from now on. Only here `at` may be lower than in the entry before.
    """

    epoch: str
    reason: str
    lost: tuple[str, ...] = ()
    reserved: facts.Reserved | None = None
    shift: int = 0
    day: str = ""
    lost_more: int = 0


class TimeKept(Event):
    """The log's time is `ahead` ms ahead of the store's clock and keeps that lead; 0: they agree again (v2)."""

    ahead: int


class ModelSet(Event):
    """From now on all nodes forecast with the model of this version (v2). `taken_up` (v2): what it knows of appointments."""

    version: str
    taken_up: facts.TakenUp | None = None


class OfficeConfigured(Event):
    """`coming_zone`: the file's new time zone. It applies when the date is over; until then `office` has the old one.

    `settings` (v2): what pages have set, as it stands with this office; `office` has those that count already.
    """

    office: Office
    coming_zone: str | None = None
    settings: tuple[LaidSetting, ...] = ()


class SettingLaid(Event):
    """An administrator sets this key of the office file from a day on (v2). If that day has come, `office_configured` follows.
    `value`, `file`: JSON; the latter is what the file says."""

    path: str
    value: str
    from_day: str
    file: str | None = None

    def into(self, settings: tuple[LaidSetting, ...]) -> tuple[LaidSetting, ...]:
        """The settings with this one. One that counts stays until `office_configured` says what holds instead."""
        others = (one for one in settings if one.on or (one.path, one.from_day) != (self.path, self.from_day))
        new = LaidSetting(
            path=self.path, value=self.value, from_day=self.from_day, at=self.at, by=self.by, file=self.file
        )
        return (*others, new)


class SettingTakenBack(Event):
    """This key is again what the office file says, or what was set from another day on (v2)."""

    path: str
    from_day: str | None = None

    def into(self, settings: tuple[LaidSetting, ...]) -> tuple[LaidSetting, ...]:
        """The settings without these. One that counts stays until `office_configured` takes it out of the office."""
        return tuple(one for one in settings if one.on or not taken_back(one, self.path, self.from_day))
