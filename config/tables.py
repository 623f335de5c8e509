"""The tables of an office file → an Office. Notes every fault and replaces unusable parts by empty ones, so that it can go on.

Called by `config.loader`, which uses the result only if there was no fault.
"""

from typing import Any

from msgspec import inspect

from config.defaults import complete
from config.findings import Findings
from config.hours import is_date
from config.limits import Pattern
from config.public_holidays import public_holidays
from config.records import Records, default_of, fields
from config.toml_tree import Node
from config.values import UNUSABLE, meant, said
from server.messages.office import Office

USED = (
    "hours", "roster", "services", "counters", "stations", "zones", "displays", "kiosks", "printers", "policy",
    "appointments", "calls", "keeping", "alerts", "webhooks", "calendars",
    "accessibility", "theme", "media", "voices", "breaks", "reasons", "profiles",
    "occasions", "helpers",
    "situations", "rules", "holidays", "ticket", "texts",
)  # fmt: skip
"""Tables that are fields of Office by the same name. Its other fields are keys of the table `office`."""
FOLLOWS = ("public_holidays",)
"""Fields of Office that no table is called after: they follow from another table."""

TABLES = ("office", *USED)

_STATE = Pattern(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", 'must be a state as in "DE-BW", or a country as in "LU"')
_DATE = Pattern(r"\d{4}-\d{2}-\d{2}", "must be a date as in 2026-12-24")


def read_office(tree: Node, findings: Findings) -> Office:
    """Reads every table of the tree. The Office may be used only if `findings` has no fault."""
    written = tree.table() or {}
    _unknown_tables(written, findings)
    top = complete(written)
    records = Records(findings)
    parts: dict[str, Any] = _office_keys(top, tree, records)
    for key in fields(Office):
        if key.name in USED:
            parts[key.name] = _table(key, top, tree, records)
    parts["public_holidays"] = _public_holidays(top.get("holidays"), findings)
    return Office(**parts)


def office_keys() -> tuple[inspect.Field, ...]:
    """The keys of the table `office`."""
    return tuple(key for key in fields(Office) if key.name not in (*USED, *FOLLOWS))


def _office_keys(top: dict[str, Node], tree: Node, records: Records) -> dict[str, Any]:
    node = top.get("office")
    if node is None:
        if not records.findings.partial:
            records.findings.fault(tree.place, "office", "is missing: every office file has a table [office]")
        return {key.name: default_of(key) for key in office_keys()}
    if node.table() is None:
        records.findings.fault(node.place, "office", f"must be a table, is {said(node)}")
        return {key.name: default_of(key) for key in office_keys()}
    records.unknown(node.table() or {}, [key.name for key in office_keys()], "office")
    return {key.name: records.field(Office, key, node, f"office.{key.name}") for key in office_keys()}


def _table(key: inspect.Field, top: dict[str, Node], tree: Node, records: Records) -> object:
    node = top.get(key.name)
    if node is None:
        if key.required and not records.findings.partial:
            records.findings.fault(tree.place, key.name, f"is missing: an office needs [[{key.name}]]")
            records.findings.damaged.add(key.name)
        return default_of(key)
    if key.name == "holidays":
        return read_holidays(node, records)
    value = records.value(key.type, node, key.name, Office, key.name)
    return default_of(key) if value is UNUSABLE else value


def read_holidays(node: Node, records: Records) -> tuple[str, ...]:
    """`[holidays] dates = [...]`: days on which the office is closed. Its `state` is read by `_public_holidays`."""
    table = node.table()
    if table is None:
        records.findings.fault(node.place, "holidays", f"must be a table with a list `dates`, is {said(node)}")
        return ()
    records.unknown(table, ["dates", "state"], "holidays")
    if "dates" not in table:
        return ()
    kind = inspect.VarTupleType(inspect.StrType())
    value = records.values.read(kind, table["dates"], "holidays.dates", _DATE)
    dates = value if isinstance(value, tuple) else ()
    for day in dates:
        if _DATE.fits(day) and not is_date(day):
            records.findings.fault(table["dates"].place, "holidays.dates", f"{day} is no day of the calendar")
    records.findings.source("holidays.dates", dates, table["dates"].place)
    return dates


def _public_holidays(node: Node | None, findings: Findings) -> tuple[str, ...]:
    """`[holidays] state = "DE-BW"`: the office is closed on its public holidays too."""
    written = ((node and node.table()) or {}).get("state")
    if written is None:
        return ()
    state = written.value
    if not isinstance(state, str) or not _STATE.fits(state):
        findings.fault(written.place, "holidays.state", f"{_STATE.must}, is {said(written)}")
        return ()
    dates = public_holidays(state)
    if dates is None:
        findings.fault(
            written.place, "holidays.state", f"no public holidays are known of {state}; name them in `dates`"
        )
        return ()
    findings.source("holidays.state", state, written.place)
    return dates


def _unknown_tables(written: dict[str, Node], findings: Findings) -> None:
    for name, node in written.items():
        if name not in TABLES:
            what = "table" if node.table() is not None or node.items() is not None else "key"
            known = [*TABLES, "extends"]
            hint = meant(name, known) or (" outside any table; put it below [office]" if _of_office(name) else "")
            findings.fault(node.place, name, f"unknown {what}{hint}")


def _of_office(name: str) -> bool:
    return name in [key.name for key in office_keys()]
