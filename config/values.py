"""Checks one value of an office file: type and range. Reports faults in words that an office understands.

A value of the right type is kept even if it is out of range, so that later checks do not report it a second time.
Called by `config.records`.
"""

from collections import Counter
from datetime import date
from difflib import get_close_matches
from enum import Enum
from math import isfinite
from typing import Final
from unicodedata import normalize

from msgspec import inspect

from config.findings import Findings
from config.limits import LANGUAGE, PATHS, TEXT, Pattern, Range, duration
from config.toml_tree import Node


class Unusable(Enum):
    """Stands for a value that cannot be used; its fault is already noted."""

    VALUE = "unusable"


UNUSABLE: Final = Unusable.VALUE

Limit = Range | Pattern | None


class Values:
    """Reads single values and notes faults in `findings` with the value's place."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def read(self, kind: inspect.Type, node: Node, path: str, limit: Limit) -> object:
        """The value in the form that the message class needs, or UNUSABLE. Does not read structs."""
        match kind:
            case inspect.BoolType():
                return self._flag(node, path)
            case inspect.IntType() | inspect.FloatType():
                return self._number(node, path, limit, whole=isinstance(kind, inspect.IntType))
            case inspect.StrType():
                return self._text(node, path, limit)
            case inspect.LiteralType():
                return self._word(node, path, [str(value) for value in kind.values])
            case inspect.UnionType():
                return self.read(next(t for t in kind.types if not isinstance(t, inspect.NoneType)), node, path, limit)
            case inspect.VarTupleType():
                return self._list(kind.item_type, node, path, limit)
            case inspect.TupleType():
                return self._row(kind.item_types, node, path, limit)
            case inspect.DictType():
                return self._texts(kind.value_type, node, path, limit)
        raise TypeError(f"{path}: office files have no way to write {kind}")

    def _flag(self, node: Node, path: str) -> object:
        return node.value if isinstance(node.value, bool) else self._wrong(node, path, "true or false")

    def _number(self, node: Node, path: str, limit: Limit, *, whole: bool) -> object:
        unit = limit.unit if isinstance(limit, Range) else ""
        value = _amount(node.value, unit)
        if value is None:
            wanted = "a whole number" if whole else "a number"
            return self._wrong(node, path, f'{wanted} of {unit}, or text like "90s", "5min", "2h"' if unit else wanted)
        if isinstance(limit, Range) and not limit.low <= value <= limit.high:
            self.findings.fault(node.place, path, f"{limit.reason()}, is {said(node)}")
            return UNUSABLE
        if whole and value != int(value):
            return self._wrong(node, path, f"whole {unit}" if unit else "a whole number")
        return int(value) if whole else float(value)

    def _text(self, node: Node, path: str, limit: Limit) -> object:
        if isinstance(node.value, date):
            return node.value.isoformat()
        if not isinstance(node.value, str):
            return self._wrong(node, path, f"text in quotes{_quoted(node.value)}")
        pattern = limit if isinstance(limit, Pattern) else TEXT
        if not pattern.fits(node.value):
            self.findings.fault(node.place, path, f"{pattern.must}, is {short(node.value)}")
        return node.value if pattern in PATHS else normalize("NFC", node.value)

    def _word(self, node: Node, path: str, words: list[str]) -> object:
        if node.value in words:
            return node.value
        self.findings.fault(node.place, path, f"must be one of {', '.join(words)}{meant(node.value, words)}")
        return UNUSABLE

    def _list(self, kind: inspect.Type, node: Node, path: str, limit: Limit) -> object:
        items = node.items()
        if items is None:
            example = f', as in ["{node.value}"]' if isinstance(node.value, str) else ""
            return self._wrong(node, path, f"a list{example}")
        found = [self.read(kind, item, path, limit) for item in items]
        usable = [value for value in found if value is not UNUSABLE]
        for value, times in Counter(str(value) for value in usable).items():
            if times > 1:
                self.findings.fault(node.place, path, f"names {short(value)} twice")
        return tuple(usable)

    def _row(self, kinds: tuple[inspect.Type, ...], node: Node, path: str, limit: Limit) -> object:
        items = node.items()
        if items is None or len(items) != len(kinds):
            return self._wrong(node, path, f"a list of {len(kinds)} values")
        row = tuple(self.read(kind, item, path, limit) for kind, item in zip(kinds, items, strict=True))
        return UNUSABLE if UNUSABLE in row else row

    def _texts(self, kind: inspect.Type, node: Node, path: str, limit: Limit) -> object:
        """A table by language, whose values are of `kind`: a text, a list of texts, or another type."""
        table = node.table()
        if table is None:
            return self._wrong(node, path, 'a table by language, as in { de = "...", en = "..." }')
        self.findings.places[path] = node.place
        found: dict[str, object] = {}
        for language, inner in table.items():
            if not LANGUAGE.fits(language):
                self.findings.fault(inner.place, f"{path}.{language}", LANGUAGE.must)
            value = self.read(kind, inner, f"{path}.{language}", limit)
            if value is not UNUSABLE:
                found[language] = value
                self.findings.source(f"{path}.{language}", value, inner.place)
        return found

    def _wrong(self, node: Node, path: str, wanted: str) -> Unusable:
        self.findings.fault(node.place, path, f"must be {wanted}, is {said(node)}")
        return UNUSABLE


def _amount(value: object, unit: str) -> float | int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value if isinstance(value, int) or isfinite(value) else None
    seconds = duration(value) if unit and isinstance(value, str) else None
    return seconds / 60 if seconds is not None and unit == "minutes" else seconds


def said(node: Node) -> str:
    """The written value in words, for a fault: `a table`, `the text "x"`, `17`."""
    value = node.value
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the text {short(value)}"
    return "a huge number" if isinstance(value, int) and abs(value) > 2**63 else short(str(value), quotes=False)


def short(text: str, *, quotes: bool = True) -> str:
    """The text as one line of at most 60 characters."""
    line = "".join(c if c.isprintable() else "?" for c in text)
    line = line if len(line) <= 60 else line[:57] + "..."
    return f'"{line}"' if quotes else line


def meant(word: object, known: list[str]) -> str:
    """`, did you mean "letter"?`, or "" if no known word is similar."""
    near = get_close_matches(str(word)[:80], known, n=1, cutoff=0.6)
    return f', did you mean "{near[0]}"?' if near else ""


def _quoted(value: object) -> str:
    return f' ("{value}")' if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9 else ""
