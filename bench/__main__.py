"""`python -m bench [NAME...] [--quick] [--phones N]`: runs lines, prints their figures, stores them for docs/numbers.md."""

import argparse
import gc
import importlib
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from bench import page
from bench.measuring import this_machine
from bench.result import Result
from server import garbage

LINES = (
    "who_next",
    "slots",
    "release",
    "commands",
    "busy_minute",
    "cold_start",
    "day",
    "http_commands",
    "access",
    "press_to_display",
    "wall_page",
    "phones",
    "full_room",
    "forecast",
    "what_if",
    "polling",
    "paper",
    "memory",
    "many_offices",
    "voice",
    "announcer",
    "backup",
    "counter_page",
)


@dataclass(frozen=True)
class Wanted:
    lines: tuple[str, ...]
    quick: bool
    out: Path | None


def main() -> int:
    asked = _asked()
    garbage.seldom()  # as in a node
    for name in asked.lines:
        result = run(name, quick=asked.quick)
        _print(result)
        if asked.out is not None:
            page.keep(result, asked.out / "numbers")
    if asked.out is not None:
        page.write(asked.out)
    return 0


def run(name: str, *, quick: bool) -> Result:
    """Runs one line."""
    line: Any = importlib.import_module(f"bench.{name}")
    machine = this_machine()
    gc.collect()
    result: Result = uvloop.run(line.measure(quick=quick))
    return msgspec.structs.replace(result, when=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), machine=machine)


def _asked() -> Wanted:
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("lines", nargs="*", metavar="NAME", help=f"one of {', '.join(LINES)}; none: all")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that it runs, measures nothing")
    parser.add_argument("--out", type=Path, help="folder of numbers.md (docs, unless --quick)")
    found = parser.parse_args()
    unknown = [name for name in found.lines if name not in LINES]
    if unknown:
        parser.error(f"there is no line {', '.join(unknown)}; there are {', '.join(LINES)}")
    out = found.out or (None if found.quick else Path("docs"))
    return Wanted(tuple(found.lines) or LINES, found.quick, out)


def _print(result: Result) -> None:
    print(f"\n{result.title}")
    for claim in result.claims:
        print(f"  {claim}")
    for table in result.tables:
        widths = [max(map(len, column)) for column in zip(table.columns, *table.rows, strict=True)]
        print(f"  {table.title}")
        for row in (table.columns, *table.rows):
            print("    " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    sys.stdout.flush()


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    raise SystemExit(main())
