"""Checks an office as a whole: each id is there only once, each id that is used exists, each range makes sense.

Called by `config.loader` with an Office whose single values have been checked.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from config import printers
from config.findings import Findings
from config.values import meant
from server.messages.addresses import CHECKSUM
from server.messages.events import EVENTS
from server.messages.office import (
    MOST_RULES,
    ROSTER_SPANS,
    CounterPlan,
    Display,
    Office,
    Printer,
    ServicePlan,
    StationPlan,
    Table,
    Texts,
)

PRESETS = ("balanced", "punctual", "plain")
"""Orders of call that every office has; more come from `[policy.presets.<name>]`."""

MOST_COUNTERS = 100
MOST_ADDRESSES = 20
MOST_SITUATIONS = 20
MOST_OTHERS = 20
MOST_SLOT_RULES = 50
REASONS = ("system_down", "staff_short", "meeting", "evacuation", "full")
"""Reasons for closing that every page has words for; more come from `[[reasons]]`."""
SENTENCES = {"call": ("number", "place"), "call_way": ("number", "place", "way"), "call_brief": ("number", "place")}
"""Sentences that an office may have of its own in `texts`, and what each must say."""
_CHECKED = re.compile(rf"[^#]*/[^#]*\.onnx{CHECKSUM}[0-9a-f]{{64}}")
_BRACES = re.compile(r"\{(.*?)\}")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


def check_references(office: Office, findings: Findings) -> None:
    _Check(office, findings).run()


class _Check:
    def __init__(self, office: Office, findings: Findings) -> None:
        self.office = office
        self.findings = findings
        self.wrong = findings.wrong()
        parts = {name: getattr(office, name) for name in office.__struct_fields__}
        self.tables: dict[str, Sequence[_HasId]] = {
            name: rows
            for name, rows in parts.items()
            if isinstance(rows, tuple) and all(isinstance(row, Table) for row in rows)
        }

    def run(self) -> None:
        self._the_office()
        self._ids()
        self._names()
        self._ranges()
        for counter in self.office.counters:
            self._counter(counter)
        for station in self.office.stations:
            self._place_of_work("stations", station)
        self._devices()
        self._policy()
        self._alerts()
        self._others()
        self._sound()
        self._roster()
        self._helpers()
        self._profiles_and_occasions()
        self._situations()
        self._rules()
        self._appointments()
        self._own_texts()

    def _the_office(self) -> None:
        office = self.office
        for table in ("services", "counters"):
            if not self.tables[table] and not self._damaged(table):
                self._fault(table, "is empty: an office needs at least one")
        if len(office.counters) > MOST_COUNTERS:
            self._fault("counters", f"has {len(office.counters)} items; one office has at most {MOST_COUNTERS}")
        if not office.languages:
            self._fault("office.languages", "must name at least one language")
        if not _is_zone(office.time_zone):
            hint = meant(office.time_zone, sorted(available_timezones()))
            self._fault("office.time_zone", f"there is no time zone {office.time_zone}{hint}")

    def _ids(self) -> None:
        for table, items in self.tables.items():
            ids = [item.id for item in items]
            for name in sorted({name for name in ids if ids.count(name) > 1}):
                self._fault(f"{table}.{name}.id", f"is used {ids.count(name)} times in {table}")
        for name in sorted({s.id for s in self.office.stations} & {c.id for c in self.office.counters}):
            self._fault(f"stations.{name}.id", f"a counter has the id {name} too; calls could not tell them apart")

    def _names(self) -> None:
        """Texts that people read must exist at least in the office's first language."""
        if not self.office.languages or "office.languages" in self.wrong:
            return
        first = self.office.languages[0]
        for table, items in self.tables.items():
            for item in items:
                names = _names_of(item)
                if names is not None and not has_language(names, first) and (names or table != "zones"):
                    self._fault(f"{table}.{item.id}.names", f"has no name in {first}, the office's first language")

    def _ranges(self) -> None:
        for service in self.office.services:
            if service.online_url is not None:
                self._address(f"services.{service.id}.online_url", service.online_url)
            if service.first > service.last:
                self._fault(f"services.{service.id}.first", f"must not be above `last`, which is {service.last}")
        for one, other in combinations(self.office.services, 2):
            if one.letter and one.letter == other.letter and one.id != other.id and _overlap(one, other):
                self._fault(
                    f"services.{other.id}.letter",
                    f"{other.letter}{other.first:03}-{other.letter}{other.last:03} overlaps the numbers of {one.id}; "
                    "take another letter or another range",
                )

    def _counter(self, counter: CounterPlan) -> None:
        path = f"counters.{counter.id}"
        self._place_of_work("counters", counter)
        self._refer(f"{path}.skills", counter.skills, "services")
        if not counter.services and self.findings.place(f"{path}.services").file:
            self._fault(f"{path}.services", "must name at least one service")
        for service in counter.services:
            if service not in counter.skills and f"{path}.skills" not in self.wrong:
                self._fault(f"{path}.skills", f"must include {service}, which the counter opens with")

    def _place_of_work(self, table: str, item: CounterPlan | StationPlan) -> None:
        self._refer(f"{table}.{item.id}.zone", [item.zone], "zones")
        self._refer(f"{table}.{item.id}.services", item.services, "services")

    def _devices(self) -> None:
        for display in self.office.displays:
            self._display(display)
            if display.continues is not None:
                self._pair(display, display.continues)
        for media in self.office.media:
            self._refer(f"media.{media.id}.displays", media.displays, "displays")
        for kiosk in self.office.kiosks:
            self._refer(f"kiosks.{kiosk.id}.services", kiosk.services, "services")
            self._refer(f"kiosks.{kiosk.id}.printer", [kiosk.printer or ""], "printers")
        for printer in self.office.printers:
            self._printer(printer)

    def _display(self, display: Display) -> None:
        path = f"displays.{display.id}.zones"
        self._refer(path, display.zones, "zones")
        if display.counter is not None:
            self._refer(f"displays.{display.id}.counter", [display.counter], "counters")
            if display.zones:
                self._fault(path, "must be left out: it shows its `counter` alone")
        elif not display.zones and not self._damaged("zones"):
            self._fault(path, "must name at least one zone")
        if display.door_code and (display.public or display.counter is not None):
            what = "public: anybody could read the code at home" if display.public else "over a counter"
            self._fault(f"displays.{display.id}.door_code", f"is for a display at the door, and this one is {what}")

    def _pair(self, then: Display, name: str) -> None:
        """Two screens beside each other: the second goes on where the first ends."""
        path = f"displays.{then.id}.continues"
        self._refer(path, [name], "displays")
        first = next((one for one in self.office.displays if one.id == name), None)
        if first is None:
            return
        before = self.office.displays[: self.office.displays.index(then)]
        rival = next((one.id for one in before if one.continues == name), None)
        if first is then or first.continues is not None:
            self._fault(path, f"must name the first of two screens; {name} continues another one")
        elif rival is not None:
            self._fault(path, f"{name} is continued by {rival} already; a pair has two screens")
        elif then.counter is not None or first.counter is not None:
            self._fault(path, "is for walls, not for a display over a counter")
        elif set(then.zones) != set(first.zones):
            self._fault(path, f"needs the same `zones` as {name}: {', '.join(first.zones)}")

    def _printer(self, printer: Printer) -> None:
        path = f"printers.{printer.id}"
        if printer.spare is not None:
            self._refer(f"{path}.spare", [printer.spare], "printers")
        for key, reason in printers.faults(printer, self.office.printers):
            self._fault(f"{path}.{key}", reason)
        if printer.address.startswith(("tcp://", "star://", "ipp")):
            self._address(f"{path}.address", printer.address)

    def _policy(self) -> None:
        policy = self.office.policy
        known = [*PRESETS, *policy.presets]
        if policy.preset and policy.preset not in known:
            hint = meant(policy.preset, known)
            self._fault("policy.preset", f"there is no order of call {policy.preset} among {', '.join(known)}{hint}")
        for name in set(PRESETS) & set(policy.presets):
            self._fault(f"policy.presets.{name}", f"{name} is built in; give your own order of call another name")
        if policy.appointment_before > policy.appointment_early:
            self._fault("policy.appointment_before", "must not be longer than `appointment_early`")

    def _sound(self) -> None:
        for zone in self.office.zones:
            for percent in zone.volume:
                if not (percent.isdecimal() and 1 <= int(percent) <= 100):
                    path = f"zones.{zone.id}.volume.{percent}"
                    self._fault(path, "must be percent from 1 to 100; for hours without sound say `quiet`")
        for language, names in self.office.voices.items():
            for name in names:
                if "#" in name and not _CHECKED.fullmatch(name):
                    reason = f"{name} must end in .onnx{CHECKSUM} and 64 hexadecimal digits, as sha256sum prints them"
                    self._fault(f"voices.{language}", reason)

    def _alerts(self) -> None:
        if (many := len(self.office.alerts.to)) > MOST_ADDRESSES:
            self._fault("alerts.to", f"has {many} addresses; at most {MOST_ADDRESSES}, so name a mailing list")
        if self.office.alerts.webhook is not None:
            self._address("alerts.webhook", self.office.alerts.webhook)
        for name in ("form", "enforcement"):
            if (address := getattr(self.office.accessibility, name)) is not None:
                self._address(f"accessibility.{name}", address)

    def _others(self) -> None:
        for calendar in self.office.calendars:
            self._refer(f"calendars.{calendar.id}.counters", calendar.counters, "counters")
        for name in ("calendars", "webhooks"):
            if (many := len(self.tables[name])) > MOST_OTHERS:
                self._fault(name, f"has {many} items; at most {MOST_OTHERS}")
        for hook in self.office.webhooks:
            self._address(f"webhooks.{hook.id}.address", hook.address)
            for kind in set(hook.events).difference(EVENTS):
                self._fault(f"webhooks.{hook.id}.events", f"{kind} is no event{meant(kind, list(EVENTS))}")

    def _address(self, path: str, address: str) -> None:
        """Checks the port, and a host in brackets: a wrong one would fail only when it is used."""
        try:
            good = urlsplit(address).port != 0
        except ValueError:
            good = False
        if not good:
            self._fault(path, "needs a host that can be read, and a port from 1 to 65535")

    def _roster(self) -> None:
        roster = self.office.roster
        days = [*roster.week.items(), *((f"days.{day}", duty) for day, duty in roster.days.items())]
        for day, duty in days:
            for counter in dict.fromkeys(one.counter for one in duty):
                self._refer(f"roster.{day}.{counter}", [counter], "counters")
        if (spans := sum(len(duty) for _, duty in days)) > ROSTER_SPANS:
            self._fault("roster", f"has {spans} spans; a roster has at most {ROSTER_SPANS} in all")

    def _helpers(self) -> None:
        for helper in self.office.helpers:
            path = f"helpers.{helper.id}"
            self._refer(f"{path}.counters", helper.counters, "counters")
            self._refer(f"{path}.services", helper.services, "services")
            if helper.ends <= helper.begins and f"{path}.begins" not in self.wrong:
                self._fault(f"{path}.ends", f"must be after `begins`, which is {helper.begins}")

    def _profiles_and_occasions(self) -> None:
        for profile in self.office.profiles:
            self._refer(f"profiles.{profile.id}.services", profile.services, "services")
        for occasion in self.office.occasions:
            path = f"occasions.{occasion.id}.services"
            self._refer(path, occasion.services, "services")
            if len(set(occasion.services)) < 2 and path not in self.wrong:
                self._fault(path, "must name at least two services: it brings them together")

    def _rules(self) -> None:
        """Checks that a rule can end, and gives counters only what they can do: otherwise it would fail when nobody is there to
        see it."""
        if len(self.office.rules) > MOST_RULES:
            self._fault("rules", f"has {len(self.office.rules)} items; one office has at most {MOST_RULES}")
        skills = {counter.id: counter.skills for counter in self.office.counters}
        for rule in self.office.rules:
            path = f"rules.{rule.id}"
            self._refer(f"{path}.service", [rule.service], "services")
            self._refer(f"{path}.take", rule.take, "services")
            self._refer(f"{path}.counters", rule.counters, "counters")
            if rule.under_minutes >= rule.over_minutes:
                self._fault(f"{path}.under_minutes", f"must be below `over_minutes`, which is {rule.over_minutes}")
            for counter in rule.counters:
                for name in rule.take or (rule.service,):
                    if counter in skills and name not in skills[counter]:
                        self._fault(f"{path}.counters", f"counter {counter} cannot serve {name}; see its `skills`")

    def _appointments(self) -> None:
        rules = self.office.appointments
        for name, rows in (("walk_ins", rules.walk_ins), ("releases", rules.releases), ("frames", rules.frames)):
            if len(rows) > MOST_SLOT_RULES:
                self._fault(f"appointments.{name}", f"has {len(rows)} items; at most {MOST_SLOT_RULES}")
        for place, row in enumerate(rules.walk_ins, 1):
            path = f"appointments.walk_ins.#{place}"
            self._refer(f"{path}.services", row.services, "services")
            if row.ends <= row.begins and not {f"{path}.begins", f"{path}.ends"} & self.wrong:
                self._fault(f"{path}.ends", f"must be later than `begins`, which is {row.begins}")
        if (released := sum(row.percent for row in rules.releases)) > 100:
            self._fault("appointments.releases", f"release {released} per cent of the slots; at most 100")

    def _situations(self) -> None:
        if len(self.office.situations) > MOST_SITUATIONS:
            self._fault(
                "situations", f"has {len(self.office.situations)} items; one office has at most {MOST_SITUATIONS}"
            )
        for one in self.office.situations:
            path = f"situations.{one.id}"
            self._refer(f"{path}.services", one.services, "services")
            if one.reason not in REASONS:
                self._refer(f"{path}.reason", [one.reason], "reasons")
            if one.speak and not one.displays:
                self._fault(f"{path}.speak", "reads out the words of `displays`, and there are none")

    def _own_texts(self) -> None:
        for name, texts in self.office.texts.items():
            if name not in SENTENCES:
                hint = meant(name, [*SENTENCES])
                self._fault(
                    f"texts.{name}", f"is no sentence that can be changed; those are {', '.join(SENTENCES)}{hint}"
                )
                continue
            for language, text in texts.items():
                if (wrong := _sentence_fault(text, SENTENCES[name])) is not None:
                    self._fault(f"texts.{name}.{language}", wrong)
                elif "-" in language:
                    base = language.partition("-")[0]
                    self._fault(f"texts.{name}.{language}", f"is never spoken: {language} is spoken as {base}")

    def _refer(self, path: str, names: Iterable[str], table: str) -> None:
        """Looks up every name, even if another one in the list is already known to be wrong."""
        if self._damaged(table):
            return
        known = [item.id for item in self.tables[table]]
        for name in names:
            if name and name not in known:
                self.findings.fault(
                    self.findings.place(path), path, f"there is no {name} in {table}{meant(name, known)}"
                )

    def _damaged(self, table: str) -> bool:
        """Part of the table could not be read, so a missing id proves nothing."""
        return table in self.findings.damaged or self.findings.partial

    def _fault(self, path: str, reason: str) -> None:
        """A value that already has a fault gets no second one."""
        if path not in self.wrong:
            self.findings.fault(self.findings.place(path), path, reason)


def has_language(texts: Texts, language: str) -> bool:
    """Whether there is a text in the language itself or in its base language (`de` for `de-simple`)."""
    return language in texts or language.partition("-")[0] in texts


def _sentence_fault(text: str, wanted: Sequence[str]) -> str | None:
    """What is wrong with the places of a sentence that number, place and way are put into."""
    found = _BRACES.findall(text)
    known = ", ".join(f"{{{name}}}" for name in wanted)
    for name in found:
        if name not in wanted:
            return f"knows no {{{name}}}, only {known}{meant(name, [*wanted])}"
    if set("{}") & set(_BRACES.sub("", text)):
        return f"has a brace without its other half; write {known}"
    lacking = [f"{{{name}}}" for name in wanted if name not in found]
    return f"must say {', '.join(lacking)} too, else nobody hears it" if lacking else None


def _names_of(item: _HasId) -> Texts | None:
    names = getattr(item, "names", None)
    return names if isinstance(names, dict) else None


def _overlap(one: ServicePlan, other: ServicePlan) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
