"""The base of every message: a value that is replaced, never changed. The decorator is for type checkers only."""

from typing import dataclass_transform

from msgspec import Struct, field


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True, kw_only=True):
    """A frozen struct, made by keyword."""


def snake(name: str) -> str:
    """A class's name as its type on the wire: `CallNext` → "call_next"."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
