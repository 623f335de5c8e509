"""A TOML file as a tree in which every value knows its line, with the files it extends merged in.

Reads files, nothing else. Called by `config.loader`.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from config.findings import Findings, Origin
from config.named_file import content
from config.positions import KeyPath, lines_of

LARGEST = 1_000_000
"""Bytes of one office file; a hundred counters need about 30,000."""

_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Node:
    """A value with its place. `value` is a `dict[str, Node]` for a table, a `list[Node]` for a list, else the value itself."""

    value: object
    place: Origin

    def table(self) -> dict[str, "Node"] | None:
        return self.value if isinstance(self.value, dict) else None

    def items(self) -> list["Node"] | None:
        return self.value if isinstance(self.value, list) else None


def read_tree(file: Path, findings: Findings, seen: tuple[Path, ...] = ()) -> Node | None:
    """The file with the files that it extends merged in; None if it is not TOML. Faults name the file they are in."""
    findings.files.append(file)
    own = _parse(file, findings)
    top = own.table() if own else None
    if own is None or top is None:
        return None
    extends = top.pop("extends", None)
    if extends is None:
        return own
    base = _base(extends, file, findings, (*seen, file.resolve()))
    findings.partial |= base is None
    return merge(base, own) if base else own


def _base(extends: Node, file: Path, findings: Findings, seen: tuple[Path, ...]) -> Node | None:
    if not isinstance(extends.value, str) or not extends.value or "\0" in extends.value:
        findings.fault(extends.place, "extends", "must name a file, as text")
        return None
    wanted = file.parent / extends.value
    try:
        known, there = wanted.resolve() in seen, wanted.is_file()
    except (OSError, RuntimeError) as error:  # a name that is too long, or links that go in a circle
        findings.fault(extends.place, "extends", f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return None
    if known:
        findings.fault(extends.place, "extends", f"goes in a circle: {extends.value} extends this file in turn")
        return None
    if not there:
        findings.files.append(wanted)
        findings.fault(extends.place, "extends", f"there is no file {wanted}")
        return None
    return read_tree(wanted, findings, seen)


def _parse(file: Path, findings: Findings) -> Node | None:
    try:
        written = content(file, LARGEST + 1, piped=True)
        if len(written) > LARGEST:
            raise ValueError(f"is over {LARGEST:,} bytes")
        text = written.decode("utf-8-sig")
        return _placed(tomllib.loads(text), (), Origin(file), lines_of(text))
    except OSError as error:
        findings.fault(Origin(file), "", f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        findings.fault(Origin(file, line), "", "is not UTF-8 text")
    except tomllib.TOMLDecodeError as error:
        line_said = _LINE.search(str(error))
        findings.fault(Origin(file, int(line_said[1]) if line_said else None), "", f"is not TOML: {error}")
    except RecursionError:
        findings.fault(Origin(file), "", "is not TOML: nested too deeply")
    except ValueError as error:
        findings.fault(Origin(file), "", str(error))
    return None


def _placed(value: object, path: KeyPath, around: Origin, lines: dict[KeyPath, int]) -> Node:
    place = Origin(around.file, lines.get(path, around.line))
    if isinstance(value, dict):
        return Node({key: _placed(inner, (*path, key), place, lines) for key, inner in value.items()}, place)
    if isinstance(value, list):
        return Node([_placed(inner, (*path, i), place, lines) for i, inner in enumerate(value)], place)
    return Node(value, place)


def merge(base: Node, own: Node) -> Node:
    """`own` overrides `base`: tables key by key, lists of tables by `id`, all else as a whole. The base's order is kept."""
    lower, upper = base.table(), own.table()
    if lower is not None and upper is not None:
        both = {key: merge(lower[key], upper[key]) if key in upper else lower[key] for key in lower}
        return Node(both | {key: node for key, node in upper.items() if key not in lower}, own.place)
    old, new = base.items(), own.items()
    if old is not None and new is not None and any(_id(item) for item in (*old, *new)):
        return Node(_merge_items(old, new), own.place)
    return own


def _merge_items(old: list[Node], new: list[Node]) -> list[Node]:
    """Only the first item with an id is merged into the base; a second one stays, so that it is reported as a duplicate."""
    merged = list(old)
    places = {wanted: i for i, item in reversed(list(enumerate(old))) if (wanted := _id(item))}
    for item in new:
        at = places.pop(_id(item) or "", None)
        if at is None:
            merged.append(item)
        else:
            merged[at] = merge(merged[at], item)
    return merged


def _id(item: Node) -> str | None:
    node = (item.table() or {}).get("id")
    return node.value if node is not None and isinstance(node.value, str) else None
