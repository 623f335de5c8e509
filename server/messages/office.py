"""The content of an office file, as the log carries it. Made by `config`, read by every room.

Durations are integers in seconds unless the name says minutes; clock times are "HH:MM" in the office's time zone.
Texts for people are `{language: text}`; lists of ids refer to the other tables of the same office.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import field

from server.messages.facts import Duty
from server.messages.pictograms import Pictogram
from server.messages.terms import AlertCode, Arrow, Feature, Gong, PrinterKind
from server.messages.value import Value

Texts = dict[str, str]
Span = tuple[str, str]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WALK_IN_ROWS, DAY_SHARES = 1_000, 48
"""The most shares for walk-ins that supervisors may have set in all, and for one day: each is in every checkpoint."""
ROSTER_SPANS, DAY_SPANS = 2_000, 400
MOST_RULES = 20
"""The most spans of a roster in all, and of one of its days: each is in every checkpoint. 50 counters with four spans on each
weekday are 1,400."""


class Table(Value, forbid_unknown_fields=True, omit_defaults=True):
    """One table of an office file."""


class Hours(Table):
    """Opening hours: spans per weekday, and single days that differ (`"2026-12-24": []` is closed)."""

    week: dict[Weekday, tuple[Span, ...]] = {}
    days: dict[str, tuple[Span, ...]] = {}


class Roster(Table):
    """Who is on duty when, as a rule: a standard week, and single days that differ. A day that is not named has no plan."""

    week: dict[Weekday, tuple[Duty, ...]] = {}
    days: dict[str, tuple[Duty, ...]] = {}

    def own(self, day: str) -> tuple[Duty, ...] | None:
        """The plan written for this date or weekday."""
        return self.days.get(day) if day not in WEEKDAYS else self.week.get(day)


class ServicePlan(Table):
    """Dienstleistung. `minutes`: expected length. `letter` and `first`..`last`: its number range. `sign`: its name on walls, if
    its own is too long for one.

    `public_name = false` shows only the letter on public screens. `back_office` is shown on none at all.
    `priority`: every ticket for this service is a priority ticket. `most`: how many of it one ticket may ask for; each further
    one takes `further_percent` of its minutes. `asks_persons`: the kiosk asks how many people come.
    """

    id: str
    names: Texts
    letter: str
    sign: Texts = {}
    hints: Texts = {}
    first: int = 1
    last: int = 999
    minutes: float = 10.0
    most: int = 1
    further_percent: int = 100
    asks_persons: bool = False
    target_minutes: int = 30
    daily_limit: int | None = None
    papers: dict[str, tuple[str, ...]] = {}
    public_name: bool = True
    back_office: bool = False
    priority: bool = False
    online_url: str | None = None
    pictogram: Pictogram | None = None
    hours: Hours | None = None
    bookable: bool = True
    retired: bool = False


class CounterPlan(Table):
    """Schalter. `services`: those it opens with; `skills`: all that it could serve (at least the services).

    `arrow`: its direction, seen from the waiting room; without it boards draw no arrow. `sign`: its label on walls, if its own
    is too long for one.
    """

    id: str
    label: str
    zone: str
    services: tuple[str, ...]
    sign: str | None = None
    skills: tuple[str, ...] = ()
    way: Texts = {}
    way_step_free: Texts = {}
    arrow: Arrow | None = None
    languages: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    spoken: Texts = {}
    retired: bool = False


class StationPlan(Table):
    """An unstaffed step: photo terminal, cash machine. `limit`: seconds after which anybody may take a ticket that was
    sent there, or that came back.

    Somebody who needs step-free access or a hearing loop is sent only to a station whose `features` name it.
    """

    id: str
    label: str
    zone: str
    sign: str | None = None
    services: tuple[str, ...] = ()
    way: Texts = {}
    way_step_free: Texts = {}
    features: tuple[Feature, ...] = ()
    arrow: Arrow | None = None
    limit: int = 900
    spoken: Texts = {}


class Zone(Table):
    """A waiting area with one voice. `sign`: its name on walls, if its own is too long for one.

    `gong_file`: a gong of the office's own, heard instead of `gong`. `quiet`: when calls there are seen, not heard. `volume`: by
    percent of full amplitude ("50"), when it is that loud; else 100.
    """

    id: str
    names: Texts = {}
    sign: Texts = {}
    gong: Gong = "calm"
    gong_file: str | None = None
    quiet: Hours | None = None
    volume: dict[str, Hours] = {}

    @property
    def begins_with(self) -> str:
        """What is heard before each announcement: the name of a gong, or the path of a file."""
        return self.gong_file or self.gong


class Display(Table):
    """A wall display; it hangs in the first of its zones. `diagonal` in inches, `aspect` as in "16:9"; `distance` of the farthest
    seat in metres; `lines`: the most calls it shows at once. `wakes`, `sleeps`: when its panel is lit, besides for calls.
    `counter`: it hangs over this one and shows it alone; then it has no zones. `continues`: it hangs beside this display and
    shows the lines after its last one. `door_code`: it shows the code with which people draw a ticket on their own phones."""

    id: str
    name: str
    zones: tuple[str, ...]
    public: bool = False
    languages: tuple[str, ...] = ()
    lines: int = 6
    diagonal: float = 55.0
    distance: float = 5.0
    aspect: str = "16:9"
    wakes: str | None = None
    sleeps: str | None = None
    counter: str | None = None
    continues: str | None = None
    door_code: bool = False


class Kiosk(Table):
    """Where people take tickets. Empty `services` means all; without `printer` its screen shows number and QR code."""

    id: str
    name: str
    printer: str | None = None
    services: tuple[str, ...] = ()


class Printer(Table):
    """A ticket printer. `address`: as its kind needs it; `one_way`: it never answers a status question; `large_print`: everything
    that is read on its tickets is half as large again. `spare`: the printer beside it, for tickets that it cannot print."""

    id: str
    name: str
    address: str = ""
    kind: PrinterKind = "escpos"
    width_mm: int = 80
    one_way: bool = False
    large_print: bool = False
    spare: str | None = None


class Preset(Table):
    """An order of call: ageing (a factor, at least 1, so that nobody waits for ever) and credit (minutes), each for walk_in,
    priority, appointment."""

    ageing: tuple[int, int, int]
    credit: tuple[int, int, int]


class Policy(Table):
    """How this office calls. `close_intake`: "auto" closes a service to new tickets once they would not be reached today.

    `arrival_after`: seconds after a call when an `assumed` arrival counts as an arrival.

    `away_most_minutes`: the sum of all pauses that a citizen may take for one ticket. `way_back`: seconds a citizen needs to
    come back into the room.
    """

    preset: str = "balanced"
    arrival: Literal["pressed", "assumed"] = "pressed"
    arrival_after: int = 60
    picking: bool = True
    language_within: int = 300
    appointment_before: int = 300
    appointment_early: int = 1200
    appointment_late: int = 600
    no_show_after: int = 1800
    away_minutes: int = 20
    away_most_minutes: int = 120
    way_back: int = 300
    close_intake: Literal["by_hand", "auto"] = "by_hand"
    presets: dict[str, Preset] = {}


class Calls(Table):
    """How a call looks, sounds and ends. `recall_limit`: repeats after the first miss; `recall_pause`: seconds in between.

    `repeat_after`: seconds after which a call that nobody has answered is spoken once more; 0: never.
    """

    recall_limit: int = 1
    recall_pause: int = 300
    fresh: int = 15
    stay_after_start: int = 20
    withdrawn: int = 15
    missed_shown: int = 300
    grace: int = 900
    hide_after: int = 120
    repeat_after: int = 0


class Keeping(Table):
    """Days that the history keeps its tables. `entries` say which device and counter did what when; `visits` and `calls` do not.

    Personal data and secrets are not listed here: in every office they are deleted with the day or 24 hours later.
    """

    entries: int = 30
    visits: int = 730
    calls: int = 730
    letters: int = 30


class Alerts(Table):
    """Who is told of alerts: mail addresses, and one address to which each alert is sent as JSON.

    Without `codes`: all alerts.
    """

    to: tuple[str, ...] = ()
    webhook: str | None = None
    codes: tuple[AlertCode, ...] = ()


class Webhook(Table):
    """Another system that is told of events. `events`: which types; without them, all. `secret_file`: beside the office file;
    what is sent is signed with it."""

    id: str
    address: str
    secret_file: str
    events: tuple[str, ...] = ()


class Calendar(Table):
    """A calendar feed of the appointments that some of these counters can serve. Another `edition` has another address."""

    id: str
    names: Texts
    counters: tuple[str, ...]
    edition: int = 1


class Accessibility(Table):
    """Whom people tell that something does not work for them: shown on the accessibility statement. Without any: at reception.

    `form`, `enforcement`: addresses of a form of the office, and of the body that mediates when its answer does not help.
    """

    mail: str | None = None
    phone: str | None = None
    form: str | None = None
    enforcement: str | None = None


class Colours(Table):
    """An office's own colours, "#rrggbb", by the names of `tokens.css`."""

    ground: str | None = None
    card: str | None = None
    sunken: str | None = None
    ink: str | None = None
    ink_soft: str | None = None
    line: str | None = None
    edge: str | None = None
    act: str | None = None
    act_ink: str | None = None
    act_soft: str | None = None
    slip: str | None = None
    slip_ink: str | None = None
    slip_soft: str | None = None
    focus: str | None = None


class Theme(Table):
    """How what citizens see is coloured. `walls`: whether wall displays are dark (`night`) or light (`paper`). Kiosks are light,
    phones as they ask for.

    `logo`: a file beside the office file, shown at the top of walls, on `logo_ground` ("#rrggbb") if that is given. `logo_text`:
    what it says, for whoever cannot see it; without it the logo is an ornament. `ticket_logo`: a picture in black and white, for
    the top of tickets."""

    walls: Literal["night", "paper"] = "night"
    logo: str | None = None
    logo_text: Texts = {}
    logo_ground: str | None = None
    ticket_logo: str | None = None
    night: Colours = field(default_factory=Colours)
    paper: Colours = field(default_factory=Colours)


class Media(Table):
    """Pictures and silent videos that walls show while nobody is called. `folder`: beside the office file. `text`: what they
    show, for whoever cannot see it. Without `displays`: on every wall; without `hours`: always. `seconds`: how long a picture
    stays."""

    id: str
    folder: str
    text: Texts = {}
    displays: tuple[str, ...] = ()
    seconds: int = 12
    hours: Hours | None = None


class Named(Table):
    """An id with a name per language: a reason for a break, for closing a service, for giving up."""

    id: str
    names: Texts


class LifeSituation(Table):
    """A life situation, such as moving house, for which one ticket brings several services."""

    id: str
    names: Texts
    services: tuple[str, ...]
    pictogram: Pictogram | None = None


class Profile(Table):
    """Services under one name, such as "Meldewesen" or "Einarbeitung", with which a counter is opened."""

    id: str
    names: Texts
    services: tuple[str, ...]


class Helper(Table):
    """Somebody who may be called in, by function, never by a person's name. Without `counters` and `services` they help anywhere.

    `begins`, `ends`: when they can be called, by the office's clock.
    """

    id: str
    names: Texts
    counters: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    begins: str = "00:00"
    ends: str = "24:00"


class Situation(Table):
    """What is done with two presses if something happens to the whole office: no new tickets for `services` (all, if none is
    named), with a `reason`, and words on the screens. `speak`: the words of the displays are read out once."""

    id: str
    names: Texts
    reason: str
    services: tuple[str, ...] = ()
    displays: Texts = {}
    phones: Texts = {}
    counters: Texts = {}
    speak: bool = False


class Rule(Table):
    """What an office does without a supervisor: once the wait for `service` is over `over_minutes`, `counters` also serve `take`
    (that service, if none is named), until it is under `under_minutes`."""

    id: str
    service: str
    over_minutes: int
    under_minutes: int
    counters: tuple[str, ...]
    take: tuple[str, ...] = ()
    on: bool = False


class Release(Table):
    """Some of a day's slots can be booked from `at` (the office's clock) so many `days` before. Of all slots, per cent."""

    percent: int
    days: int
    at: str = "00:00"


class WalkIns(Table):
    """The share of the time from `begins` to `ends` (whole hours) that is kept for people who just come. Without `services` and
    `weekdays`: for all of them."""

    percent: int
    begins: str = "00:00"
    ends: str = "24:00"
    services: tuple[str, ...] = ()
    weekdays: tuple[Weekday, ...] = ()


class Appointments(Table):
    """Which slots are offered, `every` so many minutes. `walk_in_percent`: the share of each hour that is kept for people who
    just come, if no row of `walk_ins` says otherwise. `desk_percent`: the share of the slots that only a desk may book, for
    people without internet. Without `releases` every slot can be booked at once.

    `shared_minutes`: what each further service of a visit takes less than alone. `person_percent`: how much longer each further
    person makes it.

    `mailbox`: from which citizens get mail about their appointment, and to which what cannot be delivered is returned; without
    it, the sender of the server. `remind_hours`: so long before the appointment they are reminded; 0: never. `ask_mail`: whether
    the booking page asks for an address. `proof_of_work`: whether a browser works for a moment before it may hold a slot,
    which programs that hoard slots cannot afford. `frames`: the sites, `https://www.example.de`, that may show the booking page
    as a part of theirs.
    """

    every: int = 10
    walk_in_percent: int = 50
    desk_percent: int = 0
    shared_minutes: int = 0
    person_percent: int = 50
    mailbox: str | None = None
    remind_hours: int = 24
    ask_mail: bool = True
    proof_of_work: bool = False
    frames: tuple[str, ...] = ()
    walk_ins: tuple[WalkIns, ...] = ()
    releases: tuple[Release, ...] = ()


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


def planned(roster: Roster, changed: Mapping[str, tuple[Duty, ...]], day: date) -> tuple[Duty, ...] | None:
    """The plan of a day. A single day goes before the weekday; of two plans for the same, a supervisor's (`changed`) goes
    before the office file's. None: nobody planned this day."""
    for name in (day.isoformat(), WEEKDAYS[day.weekday()]):
        found = changed.get(name, roster.own(name))
        if found is not None:
            return found
    return None
