"""What a letter says, in the office's first language. Pure."""

import contextlib
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from server.letters.outbox import Letter
from server.messages.instants import MINUTE
from server.messages.office import Office
from server.office.boards.alerts import Condition

InWords = Callable[..., str]
"""`say(language, name, **args)`: a word of `config/languages`."""
DETAILS = {"no_counter": "staff-stranded", "printer": "supervisor-says"}
"""How the words of the details that are codes begin."""


def subject(say: InWords, office: Office, letter: Letter) -> str:
    """One line without line breaks: it becomes a header of a mail."""
    language = office.languages[0]
    said = say(language, f"letters-subject-{letter.what}", office=office.name, what=what(say, office, letter.condition))
    return " ".join(said.split())


def body(say: InWords, office: Office, letter: Letter) -> str:
    language = office.languages[0]
    lines = [say(language, f"letters-{letter.what}", what=what(say, office, letter.condition), **times(office, letter))]
    if letter.condition.detail is not None:
        lines.append(say(language, "letters-detail", detail=_detail(say, language, letter.condition)))
    return "\n".join([*lines, "", say(language, "letters-foot", office=office.name)])


def _detail(say: InWords, language: str, condition: Condition) -> str:
    """What else is known, in words; of a worry, what it says itself."""
    known = condition.detail or ""
    if condition.code in DETAILS:
        with contextlib.suppress(KeyError):
            return say(language, f"{DETAILS[condition.code]}-{known}".replace("_", "-"))
    return known


def times(office: Office, letter: Letter) -> dict[str, str | int]:
    """The times by the office's clock, and how many minutes it lasted."""
    until = letter.until or letter.since
    return {
        "since": _clock(office, letter.since),
        "until": _clock(office, until),
        "minutes": max(1, round((until - letter.since) / MINUTE)),
    }


def what(say: InWords, office: Office, condition: Condition) -> str:
    """The alert in one sentence, without a full stop."""
    return say(
        office.languages[0],
        f"supervisor-alert-{condition.code.replace('_', '-')}",
        place=place(office, condition),
        count=condition.people or 0,
        minutes=condition.minutes or 0,
        target=condition.target or 0,
    )


def place(office: Office, condition: Condition) -> str:
    """What people call the place: the name of a service or zone in the office's first language, a counter's label, a
    device's name."""
    language = office.languages[0]
    _, _, device = condition.place.rpartition(":")
    match condition.code:
        case "no_counter" | "over_target":
            names = {one.id: one.names.get(language, one.id) for one in office.services}
        case "mute":
            names = {one.id: one.names.get(language, one.id) for one in office.zones}
        case "idle_counter":
            names = {one.id: one.label for one in office.counters}
        case _:
            names = {one.id: one.names.get(language, one.id) for one in office.zones}
            names |= {one.id: one.label for one in office.stations} | {one.id: one.name for one in office.displays}
            names |= {one.id: one.name for one in office.kiosks} | {one.id: one.name for one in office.printers}
    return names.get(device, condition.place)


def _clock(office: Office, at: int) -> str:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(office.time_zone)).strftime("%H:%M")
