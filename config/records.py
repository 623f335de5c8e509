"""A table of an office file → its message class, key by key, with every fault noted and every value's source.

Reads the fields of the classes in `server.messages.office`: a field added there is a key here. Called by `config.tables`.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from msgspec import NODEFAULT, Struct, inspect, structs

from config.findings import DEFAULT, Findings
from config.hours import read_hours
from config.limits import ID, LIMITS
from config.roster import read_roster
from config.toml_tree import Node
from config.values import UNUSABLE, Values, meant, said
from server.messages.office import Hours, Roster

T = TypeVar("T", bound=Struct)
NEVER = {"notch": "; no printer's manual has a command for a notch that can be felt, see docs/office-file.md, printers"}
"""Keys that somebody may look for, and why there are none."""


class Records:
    """Reads tables into structs. A missing or unusable value becomes the class's default, or an empty value."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.values = Values(findings)

    def one(self, cls: type[T], node: Node, path: str) -> T | None:
        """A struct of `cls`, None when there is no table at all."""
        table = node.table()
        if table is None:
            self.findings.fault(node.place, path, f"must be a table, is {said(node)}")
            return None
        self.findings.places[path] = node.place
        self.unknown(table, [key.name for key in fields(cls)], path)
        return self.made(cls, node, path, fields(cls))

    def made(self, cls: type[T], node: Node, path: str, keys: tuple[inspect.Field, ...]) -> T:
        """A struct of `cls` from these keys of a table; the caller has already reported unknown keys."""
        found = {key.name: self.field(cls, key, node, _below(path, key.name)) for key in keys}
        make: Callable[..., T] = cls
        return make(**found)

    def field(self, cls: type[Struct], key: inspect.Field, node: Node, path: str) -> Any:
        inner = (node.table() or {}).get(key.name)
        if inner is None:
            if not key.required:
                self.findings.source(path, default_of(key), DEFAULT)
            elif not self.findings.partial:
                self.findings.fault(node.place, path, "is missing")
            return default_of(key)
        value = self.value(key.type, inner, path, cls, key.name)
        if value is UNUSABLE:
            return default_of(key)
        if not isinstance(value, Struct | dict):
            self.findings.source(path, value, inner.place)
        return value

    def value(self, kind: inspect.Type, node: Node, path: str, cls: type[Struct], key: str) -> object:
        match _bare(kind):
            case inspect.StructType(cls=inner) if inner is Hours:
                return read_hours(node, path, self.findings)
            case inspect.StructType(cls=inner) if inner is Roster:
                return read_roster(node, path, self.findings)
            case inspect.StructType(cls=inner):
                return self._struct(inner, node, path)
            case inspect.VarTupleType(item_type=inspect.StructType(cls=inner)):
                return self.many(inner, node, path)
            case inspect.DictType(value_type=(inspect.StructType() | inspect.DictType()) as each):
                return self._by_name(each, node, path, cls, key)
        return self.values.read(kind, node, path, LIMITS.get((cls, key)))

    def many(self, cls: type[T], node: Node, path: str) -> tuple[T, ...]:
        """A list of tables. In paths an item is named by its id, or by its position (`#3`) if it has no id."""
        items = node.items()
        if items is None:
            self.findings.damaged.add(path)
            self.findings.fault(node.place, path, f"must be a list of tables, as in [[{path}]], is {said(node)}")
            return ()
        found: list[T] = []
        for place, item in enumerate(items, 1):
            name = _name(item, place)
            record = self.one(cls, item, f"{path}.{name}")
            if record is None:
                self.findings.damaged.add(path)
            else:
                found.append(structs.replace(record, id=name) if "id" in record.__struct_fields__ else record)
        return tuple(found)

    def unknown(self, table: dict[str, Node], known: list[str], path: str) -> None:
        for key in table.keys() - set(known):
            why = NEVER.get(key) or meant(key, known)
            self.findings.fault(table[key].place, _below(path, key), f"unknown key{why}")

    def _struct(self, cls: type[Struct], node: Node, path: str) -> object:
        record = self.one(cls, node, path)
        return UNUSABLE if record is None else record

    def _by_name(self, each: inspect.Type, node: Node, path: str, cls: type[Struct], key: str) -> object:
        table = node.table()
        if table is None:
            self.findings.fault(node.place, path, f"must be a table, is {said(node)}")
            return UNUSABLE
        self.findings.places[path] = node.place
        found: dict[str, object] = {}
        for name, inner in table.items():
            if not ID.fits(name):
                self.findings.fault(inner.place, f"{path}.{name}", ID.must)
            found[name] = self.value(each, inner, f"{path}.{name}", cls, key)
        return {name: value for name, value in found.items() if value is not UNUSABLE}


@cache  # msgspec reads the annotations again at each call: this took three quarters of the time to read an office file
def fields(cls: type[Struct]) -> tuple[inspect.Field, ...]:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    return kind.fields


def default_of(key: inspect.Field) -> object:
    """The class's default; an empty value of the right type where a key is required."""
    if key.default is not NODEFAULT:
        return key.default
    if key.default_factory is not NODEFAULT:
        return key.default_factory()
    match key.type:
        case inspect.TupleType(item_types=kinds):
            return (0,) * len(kinds)
        case inspect.VarTupleType():
            return ()
        case inspect.DictType():
            return {}
    return ""


def _bare(kind: inspect.Type) -> inspect.Type:
    """`X` of `X | None`."""
    if isinstance(kind, inspect.UnionType):
        return next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    return kind


def _name(item: Node, place: int) -> str:
    node = (item.table() or {}).get("id")
    return node.value if node and isinstance(node.value, str) and node.value else f"#{place}"


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
