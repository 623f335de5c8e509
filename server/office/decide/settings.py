"""Settings laid over the office file, and taken back. `config` has checked a value before; here it must fit the office."""

from datetime import date

from server.messages import commands as c
from server.messages import events as e
from server.messages.instants import DAY
from server.messages.laid import (
    LONGEST,
    MOST_SETTINGS,
    MOST_SIGNS,
    Laid,
    LaidSetting,
    laid,
    place_of,
    plain,
    said,
    taken_back,
)
from server.office import hours
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules, invalid

FARTHEST_DAYS = 800
"""A setting that begins later than in two years is a slip."""


def lay_setting(case: Case, command: c.LaySetting) -> None:
    guards.allowed(case)
    if not case.state.configured:
        raise No("starting", "the office has no office file yet")
    today = _from_day(case, command.from_day)
    file = plain(case.state.office, case.state.settings)
    if place_of(command.path) is None:
        invalid("path", "is no key of the office file that a page may set")
    others = [one for one in case.state.settings if (one.path, one.from_day) != (command.path, command.from_day)]
    new = LaidSetting(path=command.path, value=command.value, from_day=command.from_day, at=case.now, by=case.author)
    _bounded([*others, new])
    found = laid(file, [*others, new], today)
    mine = next(one for one in found.settings if one.path == new.path and one.from_day == new.from_day)
    if new.from_day <= today and not mine.on:
        invalid("path", "the office has no such row, or does not have what the value names")
    case.say(e.SettingLaid, path=new.path, value=new.value, from_day=new.from_day, file=said(file, new.path))
    if new.from_day <= today:
        _say(case, found)


def take_back_setting(case: Case, command: c.TakeBackSetting) -> None:
    """What nobody has set is taken back already."""
    guards.allowed(case)
    ended = [one for one in case.state.settings if taken_back(one, command.path, command.from_day)]
    if not ended:
        return
    case.say(e.SettingTakenBack, path=command.path, from_day=command.from_day)
    if any(one.on for one in ended):
        kept = [one for one in case.state.settings if one not in ended]
        file, today = plain(case.state.office, case.state.settings), hours.day_of(case.state.office, case.now)
        _say(case, laid(file, kept, today))


def _from_day(case: Case, said: str) -> str:
    """Today in the office; refuses a day that is none, or is over, or too far ahead."""
    today = hours.day_of(case.state.office, case.now)
    try:
        wanted = date.fromisoformat(said).isoformat()
    except ValueError:
        wanted = ""
    if wanted != said:
        invalid("from_day", "must be a day such as 2026-12-01")
    if said < today:
        invalid("from_day", f"is over; today is {today}")
    if said > hours.day_of(case.state.office, case.now + FARTHEST_DAYS * DAY):
        invalid("from_day", f"is more than {FARTHEST_DAYS} days ahead")
    return today


def _bounded(settings: list[LaidSetting]) -> None:
    if len(settings[-1].value) > LONGEST:
        invalid("value", f"has {len(settings[-1].value)} characters; at most {LONGEST}")
    if len(settings) > MOST_SETTINGS or sum(len(one.value) + len(one.path) for one in settings) > MOST_SIGNS:
        raise No(
            "too_many", f"{MOST_SETTINGS} settings of {MOST_SIGNS} characters are the most; put some into the file"
        )


def _say(case: Case, found: Laid) -> None:
    """The office is another one now. A daily limit that was set counts for this day too."""
    state = case.state
    case.say(
        e.OfficeConfigured,
        office=found.office,
        coming_zone=state.coming_zone,
        settings=found.settings,
    )
    for plan in found.office.services:
        if plan.daily_limit != state.plans[plan.id].daily_limit:
            case.say(e.ServiceLimited, service=plan.id, tickets=plan.daily_limit)


RULES: Rules = {
    c.LaySetting: lay_setting,
    c.TakeBackSetting: take_back_setting,
}
