"""Warnings about an office file: valid, but probably not what the office wants. Called by `config.loader`."""

from itertools import combinations, permutations

from config import words
from config.effects import WITHOUT_EFFECT
from config.findings import Findings
from config.references import has_language
from server.messages.addresses import is_path
from server.messages.legible import fit
from server.messages.office import Display, Office, ServicePlan, Texts

SOUND_ALIKE = (frozenset("BDEGPTW"), frozenset("MN"), frozenset("FS"))
"""Letters whose German names people confused when they listened to calls; "C" was heard as "zehn" even alone."""

LOOK_ALIKE = {"I": "1", "O": "0", "Q": "0"}
"""Letters that people read as a digit, on a wall far away or on paper in bad light."""
LIKE_IN_PLACE = {"B": 8, "G": 6, "S": 5, "Z": 2}
"""Letters that people take for a digit only where a digit may stand: never in front, but AB012 is read as A8012."""

VOICES = ("pico", "espeak", "pyttsx3")
OF_STAFF = ("breaks", "profiles", "helpers", "situations")
"""Tables whose names only staff read: in the languages of their pages."""


def advise(office: Office, findings: Findings) -> None:
    _letters(office, findings)
    _languages(office, findings)
    _texts(office, findings)
    _services(office, findings)
    _rooms(office, findings)
    for display in office.displays:
        _far_seats(display, findings)
    _voices(office, findings)
    _slots(office, findings)
    _without_effect(findings)


def _letters(office: Office, findings: Findings) -> None:
    spoken = {service.letter: service.id for service in reversed(office.services) if not service.retired}
    for one, other in combinations(sorted(letter for letter in spoken if len(letter) == 1), 2):
        if any(one in group and other in group for group in SOUND_ALIKE):
            _warn(findings, f"services.{spoken[other]}.letter", f"{one} and {other} sound alike when they are called")
    for letter, service in spoken.items():
        for sign, digit in LOOK_ALIKE.items():
            if sign in letter:
                _warn(findings, f"services.{service}.letter", f"{sign} looks like the digit {digit} in a number")
    _second_letters([service for service in office.services if not service.retired], findings)
    if "C" in spoken:
        _warn(findings, f"services.{spoken['C']}.letter", 'C is heard as "zehn" when it is called')


def _second_letters(services: list[ServicePlan], findings: Findings) -> None:
    for one, other in permutations(services, 2):
        digit = LIKE_IN_PLACE.get(one.letter[1:])
        if digit is None or other.letter != one.letter[0]:
            continue
        number = max(other.first, digit * 1000)
        if number <= min(other.last, digit * 1000 + 999):
            alike = f"{one.letter}{number % 1000:03} looks like {other.letter}{number}"
            _warn(findings, f"services.{one.id}.letter", f"{alike}, a number of {other.id}")


def _languages(office: Office, findings: Findings) -> None:
    used = [("office.languages", office.languages)]
    used += [(f"displays.{display.id}.languages", display.languages) for display in office.displays]
    there = words.languages()
    for path, languages in used:
        for language in languages:
            if language not in there:
                have = ", ".join(there)
                _warn(
                    findings,
                    path,
                    f"no words for {language} yet (only for {have}); screens show German",
                )


def _texts(office: Office, findings: Findings) -> None:
    named = [(f"services.{s.id}.names", s.names) for s in office.services if not s.retired]
    named += [(f"zones.{zone.id}.names", zone.names) for zone in office.zones if zone.names]
    named += [(f"reasons.{one.id}.names", one.names) for one in office.reasons]
    of_staff = [(f"{table}.{one.id}.names", one.names) for table in OF_STAFF for one in getattr(office, table)]
    for known, readers in ((words.languages(), named), (words.staff_languages(), of_staff)):
        shown = [language for language in office.languages[1:] if language in known]
        for path, names in readers:
            missing = [language for language in shown if not has_language(names, language)]
            if missing:
                _warn(findings, path, f"has no name in {', '.join(missing)}")
    if not office.languages:
        return
    for path, texts in _longer_texts(office):
        if texts and not has_language(texts, office.languages[0]):
            _warn(findings, path, f"has no text in {office.languages[0]}, the office's first language")


def _longer_texts(office: Office) -> list[tuple[str, Texts]]:
    found: list[tuple[str, Texts]] = [("ticket", office.ticket)]
    found += [(f"texts.{name}", texts) for name, texts in office.texts.items()]
    for service in office.services:
        papers = {language: "; ".join(lines) for language, lines in service.papers.items()}
        found += [(f"services.{service.id}.hints", service.hints), (f"services.{service.id}.papers", papers)]
    for one in office.situations:
        words_of = (("displays", one.displays), ("phones", one.phones), ("counters", one.counters))
        found += [(f"situations.{one.id}.{key}", texts) for key, texts in words_of]
    for table, places in (("counters", office.counters), ("stations", office.stations)):
        for place in places:
            found += [
                (f"{table}.{place.id}.way", place.way),
                (f"{table}.{place.id}.way_step_free", place.way_step_free),
                (f"{table}.{place.id}.spoken", place.spoken),
            ]
    return found


def _services(office: Office, findings: Findings) -> None:
    working = [counter for counter in office.counters if not counter.retired]
    can = {service for counter in working for service in counter.skills}
    retired = {service.id for service in office.services if service.retired}
    for service in office.services:
        if service.id and not service.retired and service.id not in can:
            _warn(findings, f"services.{service.id}", "no counter can serve it")
    for counter in working:
        for name in sorted(retired & set(counter.services)):
            _warn(findings, f"counters.{counter.id}.services", f"opens with {name}, which is retired")


def _rooms(office: Office, findings: Findings) -> None:
    seen = {zone for display in office.displays for zone in display.zones}
    used = {counter.zone for counter in office.counters if not counter.retired}
    for zone in office.zones:
        if zone.id in used - seen:
            _warn(findings, f"zones.{zone.id}", "has counters, but no display shows their calls")
    if not any(office.hours.week.values()) and not any(office.hours.days.values()):
        _warn(findings, "hours", "the office never opens")


def _slots(office: Office, findings: Findings) -> None:
    """A visit that is longer than what may be sold of an hour is never offered, and nobody would know why."""
    rules = office.appointments
    for service in office.services:
        if rules.walk_ins or not service.bookable or service.back_office or service.retired:
            continue
        able = [one for one in office.counters if service.id in (*one.skills, *one.services) and not one.retired]
        sold = len(able) * 60 * (100 - rules.walk_in_percent) // 100
        if able and sold < min(service.minutes, 60):
            _warn(
                findings,
                f"services.{service.id}.bookable",
                f"no appointment can be booked: it takes {service.minutes:g} minutes, and of each hour {sold} minutes of the "
                f"counters that can serve it are left, because `appointments.walk_in_percent` keeps {rules.walk_in_percent} "
                "per cent for people who just come",
            )


def _far_seats(display: Display, findings: Findings) -> None:
    """Lines, size and distance that cannot go together."""
    found = fit(display)
    seen = f"0.7 degree from {display.distance:g} m needs {found.needed:.0f} mm"
    screen = f"{display.diagonal:g} inches ({display.aspect})"
    if found.alone < found.needed:
        reason = f"one number alone on {screen} has digits of {found.alone:.0f} mm; {seen}: take a larger screen or a second one"
        _warn(findings, f"displays.{display.id}.distance", reason)
    elif found.lines < display.lines:
        many = f"{display.lines} lines on {screen} have digits of {found.digit:.0f} mm"
        _warn(
            findings, f"displays.{display.id}.lines", f"{many}; {seen}: it shows {found.lines} at once, more take turns"
        )


def _voices(office: Office, findings: Findings) -> None:
    for language, engines in office.voices.items():
        for engine in engines:
            if engine not in VOICES and not is_path(engine):
                reason = f"{engine} is no voice this release has: {', '.join(VOICES)}; a file or folder needs a /"
                _warn(findings, f"voices.{language}", reason)


def _without_effect(findings: Findings) -> None:
    """Warns only of what somebody wrote, not of values that the product fills in by itself."""
    for source in findings.sources:
        table, _, rest = source.key.partition(".")
        key = f"{table}.{rest.rpartition('.')[2]}"
        found = next((name for name in (table, key, f"{key}={source.value}") if name in WITHOUT_EFFECT), None)
        if found is not None and source.place.file is not None:
            findings.warn(source.place, source.key, WITHOUT_EFFECT[found])


def _warn(findings: Findings, path: str, reason: str) -> None:
    findings.warn(findings.place(path), path, reason)
