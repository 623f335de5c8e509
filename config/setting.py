"""One setting that a page wants to lay over the office file: checked as a file is, in the same words.

Nothing is read from a disk. Called by the server before it gives the command, and by `aufruf check`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec import Struct, inspect, to_builtins
from msgspec.json import encode

from config.advice import advise
from config.findings import DEFAULT, Fault, Findings
from config.records import Records, fields
from config.references import check_references
from config.tables import read_holidays
from config.toml_tree import Node
from config.values import UNUSABLE, meant
from server.messages.laid import KEYS, ROWS, CheckedSetting, KeyPlace, LaidSetting, laid, place_of
from server.messages.office import Office

_NOWHERE = Path()


def looked_at(office: Office, path: str, written: object) -> CheckedSetting:
    """The value as the log keeps it, or what is wrong with it. `written`: as in a file, `["08:00-12:00"]`; null where
    a file leaves the key out."""
    place = place_of(path)
    if place is None:
        hint = meant(path, [f"{table}.{key}" for table, keys in KEYS.items() if table not in ROWS for key in keys])
        return CheckedSetting(faults=(f"{path}: no page sets this key{hint}",))
    findings = Findings(_NOWHERE)
    value = _read(place, path, written, findings)
    if findings.faults or value is UNUSABLE:
        return CheckedSetting(faults=tuple(_sentence(fault) for fault in findings.faults))
    kept = encode(to_builtins(value)).decode()
    found = laid(office, [LaidSetting(path=path, value=kept, from_day="", at=0, by="")], "")
    if not found.settings[0].on:
        return CheckedSetting(faults=(_misfit(office, place, path),))
    faults, warnings = _new(office, found.office)
    return CheckedSetting(value=kept, faults=faults, warnings=warnings)


def misfits(office: Office, changed: Office) -> tuple[str, ...]:
    """What is wrong with an office as a whole that was right before settings were laid over it."""
    return _new(office, changed)[0]


def _read(place: KeyPlace, path: str, written: object, findings: Findings) -> Any:
    """The value by the readers of the file: they get it as if the file had nothing else at this place."""
    records, node = Records(findings), _node(written)
    if place.table == "holidays":
        return read_holidays(Node({"dates": node}, DEFAULT), records)
    owner, key, steps, around = _owner(place)
    field = next(one for one in fields(owner) if one.name == key)
    if written is None and isinstance(field.type, inspect.UnionType):
        return None
    for step in reversed([step for step in steps if step != "week"]):
        node = Node({step: node}, DEFAULT)
    found = records.value(field.type, node, around, owner, key)
    for step in steps:
        found = _below(found, step)
    return found


def _owner(place: KeyPlace) -> tuple[type[Struct], str, tuple[str, ...], str]:
    """The class that has the key, the key, what follows below it, and its path."""
    if place.table not in ROWS:
        return Office, place.table, place.steps, place.table
    row, _ = get_args(get_type_hints(Office)[place.table])
    return row, place.steps[0], place.steps[1:], f"{place.table}.{place.row}.{place.steps[0]}"


def _below(found: Any, step: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(step, UNUSABLE)
    return getattr(found, step, UNUSABLE)


def _node(written: object) -> Node:
    if isinstance(written, dict):
        return Node({str(name): _node(inner) for name, inner in written.items()}, DEFAULT)
    if isinstance(written, list | tuple):
        return Node([_node(inner) for inner in written], DEFAULT)
    return Node(written, DEFAULT)


def _misfit(office: Office, place: KeyPlace, path: str) -> str:
    rows = [row.id for row in getattr(office, place.table)] if place.table in ROWS else []
    if place.table in ROWS and place.row not in rows:
        return f"{path}: there is no {place.row} in {place.table}{meant(place.row, rows)}"
    return f"{path}: names something that the office does not have, or the counter cannot serve; see its `skills`"


def _new(office: Office, changed: Office) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The faults and warnings that the changed office has and the other has not."""
    before, after = _whole(office), _whole(changed)
    known = {(fault.table, fault.key, fault.reason) for found in before for fault in found}
    faults, warnings = (
        tuple(_sentence(one) for one in found if (one.table, one.key, one.reason) not in known) for found in after
    )
    return faults, warnings


def _whole(office: Office) -> tuple[list[Fault], list[Fault]]:
    findings = Findings(_NOWHERE)
    check_references(office, findings)
    advise(office, findings)
    return findings.faults, findings.warnings


def _sentence(fault: Fault) -> str:
    """Field and reason, without a file: nobody wrote one."""
    return f"{fault.table}.{fault.key}: {fault.reason}" if fault.key else f"{fault.table}: {fault.reason}"
