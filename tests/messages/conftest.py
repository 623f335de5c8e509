"""Examples of every message, made from its type: once with its required fields only, once with all fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import inspect as look

_WORDS = ("text", "id-1", "de", "12:00", "2026-11-23", "mon", "reason-1")
"""Each pattern accepts one of them."""


def example(kind: look.Type, full: bool) -> Any:
    """A value of a type as it would be in JSON."""
    match kind:
        case look.StructType():
            return _struct(kind, full)
        case look.UnionType():
            rest = [one for one in kind.types if not isinstance(one, look.NoneType)]
            return example(rest[0], full) if full or len(rest) == len(kind.types) else None
        case look.VarTupleType() | look.ListType():
            at_least = max(kind.min_length or 0, 1 if full else 0)
            return [example(kind.item_type, full) for _ in range(at_least)]
        case look.TupleType():
            return [example(one, full) for one in kind.item_types]
        case look.DictType():
            return {example(kind.key_type, full): example(kind.value_type, full)} if full else {}
        case look.LiteralType():
            return kind.values[0]
        case look.StrType():
            return _text(kind)
        case look.IntType():
            return max(kind.ge or 0, 1)
        case look.FloatType():
            return 1.5
        case look.BoolType():
            return full
        case look.DateTimeType():
            return "2026-11-23T08:00:00.123Z"
        case look.Metadata():
            return example(kind.type, full)
        case look.AnyType() | look.RawType():
            return {"type": "open_day"}
        case look.NoneType() | look.CustomType():
            return None
        case _:
            raise NotImplementedError(f"tests/messages/conftest.py: make an example of {kind}")


def _text(kind: look.StrType) -> str:
    return next(word for word in _WORDS if kind.pattern is None or re.search(kind.pattern, word))


def _struct(kind: look.StructType, full: bool) -> dict[str, Any]:
    made = {field.encode_name: example(field.type, full) for field in kind.fields if full or field.required}
    return {kind.tag_field: kind.tag, **made} if kind.tag_field else made


@pytest.fixture(scope="session")
def make() -> Callable[[type, bool], dict[str, Any]]:
    """`make(type, full)`: an example as a JSON object."""

    def made(kind: type, full: bool) -> dict[str, Any]:
        found: dict[str, Any] = example(look.type_info(kind), full)
        return found

    return made
