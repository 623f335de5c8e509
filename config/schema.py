"""`aufruf schema`: the office file as a JSON Schema. Editors complete and explain keys by it, and mark mistakes while one types.

Made from the same classes, limits and page (docs/office-file.md) as the reader of the file, so it cannot say anything else.
`aufruf check` knows more: what refers to what, and what voice, paper and wall can do.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, inspect

from config.hours import SPAN
from config.limits import DURATION, ID, LANGUAGE, LIMITS, TEXT, Pattern, Range
from config.records import fields
from config.tables import USED, office_keys
from server.messages.office import WEEKDAYS, Hours, Office, Roster

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE = r"\d{4}-\d{2}-\d{2}"
STATE = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
SPANS: Schema = {"type": "array", "items": {"type": "string", "pattern": f"^{SPAN}$"}}
ALIKE = {"theme.paper": "theme.night"}
"""Tables whose keys the page explains once."""
_ROW = re.compile(r"^\| `(?P<key>[^`]+)` \| .* \| (?P<default>.*) \| (?P<meaning>.*) \|$")
_HEAD = re.compile(r"^##+ `([a-z_.]+)`$", re.MULTILINE)


class KeyRow(NamedTuple):
    """What the page says of a key."""

    default: str
    meaning: str


class Section(NamedTuple):
    """A table of the page: its keys, and the first sentences below its heading."""

    rows: dict[str, KeyRow]
    first: str


def json_schema() -> Schema:
    """The schema of a whole file. A file that `extends` another one may leave out what is needed."""
    tables: Schema = {"office": _object(Office, office_keys(), "office") | {"description": _words("office").first}}
    for key in fields(Office):
        if key.name in USED:
            tables[key.name] = _holidays() if key.name == "holidays" else _value(key.type, Office, key.name, key.name)
            tables[key.name].setdefault("description", _words(key.name).first)
    needed = ["office", *(key.name for key in fields(Office) if key.name in USED and key.required)]
    base = "The file that this one takes everything from, relative to this file."
    return {
        "$schema": DIALECT,
        "title": "Office file of Aufruf",
        "type": "object",
        "properties": {"extends": {"type": "string", "description": base}, **tables},
        "additionalProperties": False,
        "if": {"required": ["extends"]},
        "else": {"required": needed, "properties": _strict()},
    }


def _strict() -> Schema:
    """What each item of a list, and the table `office`, must name in a file that takes nothing from another one."""
    found: Schema = {"office": {"required": _needed("office")}}
    for key in fields(Office):
        if key.name in USED and isinstance(key.type, inspect.VarTupleType) and key.name != "holidays":
            found[key.name] = {"items": {"required": _needed(key.name)}}
    return found


def _needed(table: str) -> list[str]:
    return [key for key, said in _words(table).rows.items() if said.default == "needed"]


def _object(cls: type[Struct], keys: tuple[inspect.Field, ...], table: str) -> Schema:
    said = _words(ALIKE.get(table, table)).rows
    found = {}
    for key in keys:
        default, meaning = said.get(key.name, KeyRow("", ""))
        one = _value(key.type, cls, key.name, f"{table}.{key.name}")
        if meaning:
            one["description"] = f"{meaning} Default: {default}." if default not in ("needed", "none", "") else meaning
        found[key.name] = one
    return {"type": "object", "properties": found, "additionalProperties": False}


def _value(kind: inspect.Type, cls: type[Struct], key: str, table: str) -> Schema:
    limit = LIMITS.get((cls, key))
    match kind:
        case inspect.UnionType():
            return _value(next(one for one in kind.types if not isinstance(one, inspect.NoneType)), cls, key, table)
        case inspect.StructType(cls=inner) if inner is Hours:
            return _days(SPANS)
        case inspect.StructType(cls=inner) if inner is Roster:
            return _days(_of_a_day())
        case inspect.StructType(cls=inner):
            return _object(inner, fields(inner), table)
        case inspect.VarTupleType(item_type=item):
            return {"type": "array", "items": _value(item, cls, key, table)}
        case inspect.TupleType(item_types=kinds):
            return {
                "type": "array",
                "minItems": len(kinds),
                "maxItems": len(kinds),
                "items": _value(kinds[0], cls, key, table),
            }
        case inspect.DictType(value_type=(inspect.StructType() | inspect.DictType()) as each):
            names = {"pattern": f"^{ID.regex}$"}
            return {"type": "object", "propertyNames": names, "additionalProperties": _value(each, cls, key, table)}
        case inspect.DictType(value_type=each):
            names = {"pattern": f"^{LANGUAGE.regex}$"}
            return {"type": "object", "propertyNames": names, "additionalProperties": _value(each, cls, key, table)}
    return _plain(kind, limit)


def _plain(kind: inspect.Type, limit: Range | Pattern | None) -> Schema:
    match kind:
        case inspect.BoolType():
            return {"type": "boolean"}
        case inspect.LiteralType():
            return {"enum": list(kind.values)}
        case inspect.IntType() | inspect.FloatType():
            return _number("integer" if isinstance(kind, inspect.IntType) else "number", limit)
    pattern = limit if isinstance(limit, Pattern) else TEXT
    return {"type": "string", "pattern": f"^(?:{pattern.regex})$"}


def _number(kind: str, limit: Range | Pattern | None) -> Schema:
    assert isinstance(limit, Range)  # a test demands a limit for every number
    number = {"type": kind, "minimum": limit.low, "maximum": limit.high}
    return {"anyOf": [number, {"type": "string", "pattern": f"^{DURATION}$"}]} if limit.unit else number


def _days(day: Schema) -> Schema:
    """A table by weekday, with single days in `days`."""
    single = {"type": "object", "propertyNames": {"pattern": f"^{DATE}$"}, "additionalProperties": day}
    return {
        "type": "object",
        "properties": {**dict.fromkeys(WEEKDAYS, day), "days": single},
        "additionalProperties": False,
    }


def _of_a_day() -> Schema:
    both = {"type": "object", "properties": {"open": SPANS, "breaks": SPANS}, "additionalProperties": False}
    return {"type": "object", "additionalProperties": {"anyOf": [SPANS, both]}}


def _holidays() -> Schema:
    rows = _words("holidays").rows
    dates = {"type": "array", "items": {"type": "string", "pattern": f"^{DATE}$"}, "description": rows["dates"].meaning}
    state = {"type": "string", "pattern": f"^{STATE}$", "description": rows["state"].meaning}
    both = {"dates": dates, "state": state}
    return {"type": "object", "properties": both, "additionalProperties": False, "description": rows["dates"].meaning}


def _words(table: str) -> Section:
    section = _page().get(table, "")
    rows = {
        row["key"]: KeyRow(row["default"], row["meaning"]) for line in section.splitlines() if (row := _ROW.match(line))
    }
    first = section.strip().partition("\n\n")[0].replace("\n", " ")
    return Section(rows, "" if first.startswith(("|", "```")) else first)


@cache
def _page() -> dict[str, str]:
    """The sections of docs/office-file.md; the wheel brings it along, a working copy has it where people read it."""
    here = Path(__file__).parent
    beside = here.parent / "server" / "web" / "docs" / "office-file.md"
    text = (beside if beside.is_file() else here.parent / "docs" / "office-file.md").read_text(encoding="utf-8")
    _, *parts = _HEAD.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))
