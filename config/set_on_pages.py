"""What `aufruf check` says of keys that a page has set: both values, since when, and by whom. Called by `config.check`."""

from collections.abc import Iterator, Sequence
from json import loads

from config.findings import Source
from config.setting import misfits
from server.messages.laid import Laid, LaidSetting
from server.messages.office import Office


def explained(sources: Sequence[Source], set_on: Laid) -> Iterator[str]:
    """Every value in force and where it comes from. Where file and page set one key the page wins, and both are named."""
    on = {one.path: one for one in set_on.settings if one.on}
    for source in sources:
        one = on.pop(source.key, None)
        yield str(source) if one is None else _line(one, f"{source.place} says {source.value!r}")
    for one in on.values():
        yield _line(one, "the file says nothing")
    for one in set_on.settings:
        if one.from_day > set_on.today:
            yield f"{one.path} = {loads(one.value)!r} from {one.from_day}  (set on /admin by {who(one)})"


def unfit(office: Office, set_on: Laid) -> Iterator[str]:
    """What does not go together: settings that the file has no place for, and faults of the two together."""
    for one in set_on.settings:
        if not one.on and one.from_day <= set_on.today:
            yield f"{one.path}: set on /admin since {one.from_day} by {who(one)}, but this file has no place for it"
    if any(one.on for one in set_on.settings):
        yield from (f"{fault} (with what is set on /admin)" for fault in misfits(office, set_on.office))


def who(one: LaidSetting) -> str:
    """The account or token, as the audit names it."""
    return one.by.removeprefix("supervisor:")


def _line(one: LaidSetting, file: str) -> str:
    return f"{one.path} = {loads(one.value)!r}  (set on /admin since {one.from_day} by {who(one)}; {file})"
