"""What a value of an office file must be besides its type: ranges, units and patterns, each with a reason in plain words.

Read by `config.values`. A test fails when a number of `server.messages.office` has no limit here.
"""

import re
from dataclasses import dataclass
from typing import Literal

from server.messages.office import (
    Accessibility,
    Alerts,
    Appointments,
    Calendar,
    Calls,
    Colours,
    CounterPlan,
    Display,
    Helper,
    Keeping,
    Kiosk,
    LifeSituation,
    Media,
    Named,
    Office,
    Policy,
    Preset,
    Printer,
    Profile,
    Release,
    Rule,
    ServicePlan,
    Situation,
    StationPlan,
    Theme,
    WalkIns,
    Webhook,
    Zone,
)

Unit = Literal["", "seconds", "minutes"]


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both allowed. With a unit, texts such as "90s", "5min", "2h" are understood too."""

    low: float
    high: float
    unit: Unit = ""

    def reason(self) -> str:
        return f"must be from {self.low:g} to {self.high:g}{' ' + self.unit if self.unit else ''}"


@dataclass(frozen=True)
class Pattern:
    """Text that matches `regex` from beginning to end; `must` says the rule in words."""

    regex: str
    must: str

    def fits(self, text: str) -> bool:
        return re.fullmatch(self.regex, text) is not None


ID = Pattern(r"[A-Za-z0-9_.:-]{1,64}", "must be 1 to 64 letters, digits or any of _ . : - (no umlauts, no spaces)")
OFFICE_ID = Pattern(
    r"[a-z0-9][a-z0-9-]{0,39}", "must be small letters, digits and hyphens, at most 40 (it is in every address)"
)
CLOCK = Pattern(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", "must be a time of day such as 08:30")
FULL_HOUR = Pattern(r"([01][0-9]|2[0-4]):00", "must be a full hour such as 08:00")
REASON = Pattern(r"[a-z0-9_-]{1,40}", "must be 1 to 40 small letters, digits, _ or -")
LANGUAGE = Pattern(r"(?=.{2,16}$)[a-z]{2,3}(-[A-Za-z0-9]+)*", "must be a language such as de, en, tr or de-simple")
LETTER = Pattern(r"[A-Z]{1,2}", "must be one or two capital letters A to Z")
URL = Pattern(r"https?://[!-~]{1,500}", "must be an address that begins with https:// or http://")
ASPECT = Pattern(r"[1-9][0-9]?:[1-9][0-9]?", "must be width and height such as 16:9, 9:16 or 4:3")
COLOUR = Pattern(r"#[0-9a-f]{6}", 'must be a colour such as "#0b5d8e", in small letters')
ADDRESS = Pattern(
    r"|(tcp|star)://([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]):[0-9]{1,5}|file:[^\x00-\x1f]{1,500}"
    r"|ipps?://([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?(/[!-~]{0,200})?|(usb|serial):/dev/[!-~]{1,200}",
    "must be tcp://host:port, star://host:port, ipp://host/queue, serial:/dev/..., usb:/dev/... or file:folder",
)
LOGO = Pattern(r"[^\x00-\x1f]{1,400}\.(svg|png)", "must be a file that ends in .svg or .png")
TICKET_LOGO = Pattern(r"[^\x00-\x1f]{1,400}\.png", "must be a file that ends in .png")
FOLDER = Pattern(r"[^\x00-\x1f]{1,400}", "must be the name of a folder")
SITE = Pattern(
    r"https://[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?",
    "must be a site such as https://www.example.de, without a path (http:// only for this machine itself)",
)
FILE = Pattern(r"[^\x00-\x1f]{1,400}", "must be the name of a file")
PATHS = (ADDRESS, LOGO, TICKET_LOGO, FOLDER, FILE)
"""Name something on a disk, so their letters stay as they are."""
MAIL = Pattern(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,255}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*",
    "must be a mail address such as leitung@example.de",
)
PHONE = Pattern(r"[+0-9][0-9 /()-]{2,30}", "must be a telephone number such as 030 115 or +49 30 115")
HOOK = Pattern(
    r"(https://([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])|http://(localhost|127\.0\.0\.1|\[::1\]))(:[0-9]{1,5})?([/?][!-~]{0,400})?",
    "must be an address that begins with https:// (http:// only for this machine itself), without name and password",
)
SOUND_FILE = Pattern(r"[^\x00-\x1f]{1,400}\.(wav|flac)", "must be the path of a .wav or .flac file")
TEXT = Pattern(
    r"(?=[\s\S]*\S)[^\x00-\x08\x0b-\x1f\x7f]{1,400}", "must be 1 to 400 characters, without control characters"
)

_HOUR, _DAY = 3600, 86_400


def _seconds(low: int = 0, high: int = _HOUR) -> Range:
    return Range(low, high, "seconds")


def _minutes(low: float, high: float) -> Range:
    return Range(low, high, "minutes")


LIMITS: dict[tuple[type, str], Range | Pattern] = {
    (Office, "id"): OFFICE_ID,
    **{(named, "languages"): LANGUAGE for named in (Office, CounterPlan, Display)},
    (Office, "revision"): Range(1, 2**31),
    **{
        (named, "id"): ID
        for named in (
            ServicePlan,
            CounterPlan,
            StationPlan,
            Zone,
            Display,
            Kiosk,
            Printer,
            Media,
            Named,
            Profile,
            LifeSituation,
            Helper,
        )
    },
    (Situation, "id"): REASON,
    (Rule, "id"): REASON,
    (Rule, "over_minutes"): _minutes(1, 480),
    (Rule, "under_minutes"): _minutes(0, 479),
    (Situation, "reason"): REASON,
    **{(Helper, name): CLOCK for name in ("begins", "ends")},
    (ServicePlan, "letter"): LETTER,
    (ServicePlan, "first"): Range(0, 9999),
    (ServicePlan, "last"): Range(1, 9999),
    (ServicePlan, "minutes"): _minutes(0.5, 480),
    (ServicePlan, "most"): Range(1, 20),
    (ServicePlan, "further_percent"): Range(0, 100),
    (ServicePlan, "target_minutes"): _minutes(1, 480),
    (ServicePlan, "daily_limit"): Range(0, 100_000),
    (ServicePlan, "online_url"): URL,
    (Zone, "gong_file"): SOUND_FILE,
    (StationPlan, "limit"): _seconds(30, 4 * _HOUR),
    (Display, "lines"): Range(1, 12),
    (Display, "diagonal"): Range(5, 200),
    (Display, "distance"): Range(0.3, 50),
    (Display, "aspect"): ASPECT,
    **{(Display, name): CLOCK for name in ("wakes", "sleeps")},
    (Printer, "address"): ADDRESS,
    (Printer, "width_mm"): Range(40, 120),
    (Preset, "ageing"): Range(1, 100),
    (Preset, "credit"): _minutes(0, 480),
    (Policy, "arrival_after"): _seconds(5),
    (Policy, "language_within"): _seconds(),
    (Policy, "appointment_before"): _seconds(0, 4 * _HOUR),
    (Policy, "appointment_early"): _seconds(0, 4 * _HOUR),
    (Policy, "appointment_late"): _seconds(0, 4 * _HOUR),
    (Policy, "no_show_after"): _seconds(60, _DAY),
    (Policy, "away_minutes"): _minutes(1, 480),
    (Policy, "away_most_minutes"): _minutes(1, 480),
    (Policy, "way_back"): _seconds(0, _HOUR),
    (Calls, "recall_limit"): Range(0, 20),
    (Calls, "recall_pause"): _seconds(),
    (Calls, "fresh"): _seconds(1, 600),
    (Calls, "stay_after_start"): _seconds(0, _HOUR),
    (Calls, "withdrawn"): _seconds(1, 600),
    (Calls, "missed_shown"): _seconds(0, 4 * _HOUR),
    (Calls, "grace"): _seconds(60, _DAY),
    (Calls, "hide_after"): _seconds(10, _HOUR),
    (Appointments, "every"): _minutes(5, 120),
    (Appointments, "walk_in_percent"): Range(0, 100),
    (Appointments, "desk_percent"): Range(0, 100),
    (Appointments, "shared_minutes"): _minutes(0, 120),
    (Appointments, "person_percent"): Range(0, 100),
    (Appointments, "overbook_percent"): Range(0, 30),
    (Appointments, "mailbox"): MAIL,
    (Appointments, "remind_hours"): Range(0, 168),
    (WalkIns, "percent"): Range(0, 100),
    **{(WalkIns, name): FULL_HOUR for name in ("begins", "ends")},
    (Release, "percent"): Range(1, 100),
    (Release, "days"): Range(0, 400),
    (Release, "at"): CLOCK,
    (Calls, "repeat_after"): _seconds(0, 300),
    (Alerts, "to"): MAIL,
    **{(Colours, name): COLOUR for name in Colours.__struct_fields__},
    (Theme, "logo"): LOGO,
    (Theme, "ticket_logo"): TICKET_LOGO,
    (Theme, "logo_ground"): COLOUR,
    (Media, "folder"): FOLDER,
    (Media, "seconds"): _seconds(3, 600),
    (Accessibility, "mail"): MAIL,
    (Accessibility, "phone"): PHONE,
    **{(Accessibility, name): URL for name in ("form", "enforcement")},
    (Alerts, "webhook"): HOOK,
    (Webhook, "address"): HOOK,
    (Calendar, "edition"): Range(1, 1_000_000),
    (Appointments, "frames"): SITE,
    (Webhook, "secret_file"): FILE,
    **{(Keeping, table): Range(1, 3_650) for table in ("entries", "visits", "calls", "letters")},
}

DURATION = r"(\d{1,9}(?:\.\d{1,3})?)\s*(s|sec|min|h)"
_DURATION = re.compile(DURATION)
_IN_SECONDS = {"s": 1, "sec": 1, "min": 60, "h": _HOUR}


def duration(text: str) -> float | None:
    """Seconds of "90s", "5min", "2h"; None when it is not one."""
    said = _DURATION.fullmatch(text.strip())
    return float(said[1]) * _IN_SECONDS[said[2]] if said else None
