"""Settings that administrators lay over the office file: which keys, and what an office is with them. Pure.

Paths are those of the office file as `aufruf check` writes them ("services.kfz.names.en"), values are JSON texts. Asked by
`server.office` when an office changes, by `config` before a setting is laid, and by `aufruf check`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from json import JSONDecodeError, loads
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from msgspec import ValidationError, convert, to_builtins
from msgspec.json import encode
from msgspec.structs import replace

from server.messages.office import WEEKDAYS, Office
from server.messages.terms import Millis
from server.messages.value import Value

MOST_SETTINGS, MOST_SIGNS = 200, 40_000
"""The most settings of one office, and the most characters of all their values: each is in every checkpoint."""
LONGEST = 4_000
"""Characters of one value; the papers of a service in one language need some 500."""


class LaidSetting(Value):
    """One key of the office file that a page sets since a day. `file`: what the file says there, None for nothing. `on`: it
    counts; if not, its day is still to come, or the file has no such row any more."""

    path: str
    value: str
    from_day: str
    at: Millis
    by: str
    file: str | None = None
    on: bool = False


SettingState = Literal["counts", "coming", "idle"]


class SettingShown(Value):
    """One setting, its values as in an office file. `file`: null also if the file says nothing. `state`: it counts, its day is
    still to come, or the office file has no place for it."""

    path: str
    value: Any
    file: Any
    from_day: str
    at: str
    by: str
    state: SettingState


class SettingsShown(Value):
    """What is set over the office file. `today`: the office's date."""

    today: str
    settings: tuple[SettingShown, ...]


class SettingWanted(Value, forbid_unknown_fields=True):
    """`value`: as in an office file; null where a file leaves the key out. Without `from_day`: from today on."""

    value: Any
    from_day: str | None = None


class KeyPlace(NamedTuple):
    """A key of an office. `row`: the id in a table of rows; `steps`: the names on the way from there."""

    table: str
    row: str
    steps: tuple[str, ...]


class Laid(NamedTuple):
    """An office with its settings, and these as they stand with it on a day."""

    office: Office
    settings: tuple[LaidSetting, ...]
    today: str = ""


class CheckedSetting(NamedTuple):
    """What is said of a value that somebody wants to set. `value`: as it is kept; without faults it can be set."""

    value: str = ""
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


EACH = "*"
"""Stands for a language, as the last part of a key."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "hours": (*WEEKDAYS, "days"),
    "holidays": ("dates",),
    "services": ("names.*", "sign.*", "hints.*", "papers.*", "target_minutes", "minutes", "daily_limit"),
    "counters": ("label", "sign", "way.*", "services", "features"),
    "displays": ("zones",),
    "zones": ("names.*",),
    "situations": ("displays.*", "phones.*", "counters.*"),
    "policy": ("close_intake",),
    "calls": ("recall_limit", "recall_pause", "repeat_after", "missed_shown"),
    "ticket": (EACH,),
    "texts": ("call.*", "call_way.*", "call_brief.*"),
}
"""What may be set, by table. What is not here names devices, files and secrets, or would move people to another place."""
ROWS = frozenset({"services", "counters", "displays", "zones", "situations"})
"""Tables of rows: their paths have the row's id after the table."""
NAMES_OF = {"services": "services", "zones": "zones"}
"""Keys that list ids of another table."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def place_of(path: str) -> KeyPlace | None:
    """Where a path leads; None if no page may set it. An id may contain dots, so the key is looked for at the end."""
    table, _, rest = path.partition(".")
    if table == "hours":
        first, _, day = rest.partition(".")
        if first == "days":
            return KeyPlace(table, "", ("days", day)) if _DAY.fullmatch(day) else None
        return KeyPlace(table, "", ("week", first)) if first in WEEKDAYS and not day else None
    for key in KEYS.get(table, ()):
        found = re.fullmatch(rf"{'(?P<row>.+)[.]' if table in ROWS else ''}{_pattern(key)}", rest)
        if found is not None:
            named = found.groupdict()
            steps = tuple(named["each"] if part == EACH else part for part in key.split("."))
            return KeyPlace(table, named.get("row", ""), () if table == "holidays" else steps)
    return None


def _pattern(key: str) -> str:
    return key.replace(".", "[.]").replace(EACH, r"(?P<each>[A-Za-z0-9-]{2,16})")


def laid(office: Office, settings: Iterable[LaidSetting], today: str) -> Laid:
    """The settings whose day has come, laid over the office of the file. Of two for one key the later one counts, and the earlier
    one ends. One that does not fit the file any more lies idle."""
    kept = _newest(settings, today)
    if not kept:
        return Laid(office, (), today)
    tree = to_builtins(office)
    found = tuple(_laid(tree, one, said(office, one.path), one.from_day <= today) for one in kept)
    return Laid(convert(tree, Office), found, today)


def plain(office: Office, settings: Iterable[LaidSetting]) -> Office:
    """The office as its file says: what pages have set is taken back."""
    on = [one for one in settings if one.on]
    if not on:
        return office
    tree = to_builtins(office)
    for one in on:
        _put(tree, one.path, one.file)
    return convert(tree, Office)


def taken_back(one: LaidSetting, path: str, from_day: str | None) -> bool:
    """Whether somebody means this one who takes back a path, or what was set there from one day on."""
    return one.path == path and from_day in (None, one.from_day)


def said(office: Office, path: str) -> str | None:
    """What an office says at a path, as JSON; None: nothing."""
    place = place_of(path)
    if place is None:
        return None
    at: Any = office
    if place.table in ROWS:
        at = next((row for row in getattr(office, place.table) if row.id == place.row), None)
        if at is None:
            return None
    for step in _steps(place):
        if isinstance(at, Mapping):
            if step not in at:
                return None
            at = at[step]
        else:
            at = getattr(at, step)
    return encode(at).decode()


def _newest(settings: Iterable[LaidSetting], today: str) -> list[LaidSetting]:
    come: dict[str, LaidSetting] = {}
    later: list[LaidSetting] = []
    for one in sorted(settings, key=lambda one: (one.from_day, one.at, one.path)):
        if one.from_day <= today:
            come.pop(one.path, None)
            come[one.path] = one
        else:
            later.append(one)
    return [*come.values(), *later]


def _laid(tree: dict[str, Any], one: LaidSetting, file: str | None, come: bool) -> LaidSetting:
    """Lays one setting into the tree, if its day has come and it fits."""
    on = come and _fits(tree, one)
    if on:
        _put(tree, one.path, one.value)
    return replace(one, file=file, on=on)


def _fits(tree: dict[str, Any], one: LaidSetting) -> bool:
    """Whether the office has this row, and everything that the value names, and the value has the type of its key."""
    place = place_of(one.path)
    if place is None or _row(tree, place) is None:
        return False
    try:
        value = convert(loads(one.value), kind_of(place))
    except (JSONDecodeError, ValidationError):
        return False
    named = NAMES_OF.get(place.steps[-1]) if place.table in ROWS else None
    if named is None:
        return True
    known = {row["id"] for row in tree.get(named, ())}
    able = set((_row(tree, place) or {}).get("skills") or known)
    return bool(value) and {*value} <= known & able


@lru_cache(512)
def kind_of(place: KeyPlace) -> Any:
    """The type of what is set there: of a class the field's, of a table by name the type of each."""
    kind = get_type_hints(Office)[place.table]
    kind = next(iter(get_args(kind))) if place.table in ROWS else kind
    for step in place.steps:
        if isinstance(kind, type) and issubclass(kind, Value):
            kind = get_type_hints(kind)[step]
        else:
            _, kind = get_args(kind)
    return kind


def _row(tree: dict[str, Any], place: KeyPlace) -> dict[str, Any] | None:
    """The row of a table of rows, else the whole office."""
    if place.table not in ROWS:
        return tree
    return next((row for row in tree.get(place.table, ()) if row["id"] == place.row), None)


def _steps(place: KeyPlace) -> tuple[str, ...]:
    return place.steps if place.table in ROWS else (place.table, *place.steps)


def _put(tree: dict[str, Any], path: str, value: str | None) -> None:
    """Writes a value, or removes what is there. A sentence of `texts` without any language goes too: it was not there before."""
    place = place_of(path)
    assert place is not None
    row = _row(tree, place)
    assert row is not None
    *ways, last = _steps(place)
    above = table = row
    for step in ways:
        above, table = table, table.setdefault(step, {})
    if value is not None:
        table[last] = loads(value)
        return
    table.pop(last, None)
    if place.table == "texts" and not table:
        del above[ways[-1]]
