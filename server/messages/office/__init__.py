"""The content of an office file, as the log carries it. Made by `config`, read by every room.

Durations are integers in seconds unless the name says minutes; clock times are "HH:MM" in the office's time zone.
Texts for people are `{language: text}`; lists of ids refer to the other tables of the same office.
"""

from msgspec import field

from server.messages.office.appointments import *
from server.messages.office.calls import *
from server.messages.office.counters import *
from server.messages.office.devices import *
from server.messages.office.hours import *
from server.messages.office.outside import *
from server.messages.office.supervision import *
from server.messages.office.table import *


class Named(Table):
    """An id with a name per language: a reason for a break, for closing a service, for giving up."""

    id: str
    names: Texts


class Office(Table):
    """One building, one waiting room. `revision` rises with every change; a lower or equal one is not applied. `practice`:
    nothing in it is real; pages of staff say so."""

    id: str
    name: str
    services: tuple[ServicePlan, ...]
    counters: tuple[CounterPlan, ...]
    revision: int = 1
    time_zone: str = "Europe/Berlin"
    languages: tuple[str, ...] = ("de", "en")
    practice: bool = False
    hours: Hours = field(default_factory=Hours)
    roster: Roster = field(default_factory=Roster)
    stations: tuple[StationPlan, ...] = ()
    zones: tuple[Zone, ...] = ()
    displays: tuple[Display, ...] = ()
    kiosks: tuple[Kiosk, ...] = ()
    printers: tuple[Printer, ...] = ()
    policy: Policy = field(default_factory=Policy)
    calls: Calls = field(default_factory=Calls)
    appointments: Appointments = field(default_factory=Appointments)
    keeping: Keeping = field(default_factory=Keeping)
    alerts: Alerts = field(default_factory=Alerts)
    webhooks: tuple[Webhook, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    accessibility: Accessibility = field(default_factory=Accessibility)
    theme: Theme = field(default_factory=Theme)
    media: tuple[Media, ...] = ()
    breaks: tuple[Named, ...] = ()
    reasons: tuple[Named, ...] = ()
    profiles: tuple[Profile, ...] = ()
    occasions: tuple[LifeSituation, ...] = ()
    helpers: tuple[Helper, ...] = ()
    situations: tuple[Situation, ...] = ()
    rules: tuple[Rule, ...] = ()
    voices: dict[str, tuple[str, ...]] = {}
    ticket: Texts = {}
    texts: dict[str, Texts] = {}
    holidays: tuple[str, ...] = ()
    public_holidays: tuple[str, ...] = ()
    """Those of the state that the file names, in order (`config.public_holidays`)."""
