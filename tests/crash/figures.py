"""What the tests counted, and how it is written down."""

import datetime
import os
import platform
from pathlib import Path

HEAD = """\
# The long run

`make soak` runs `tests/crash` with its long sizes: real servers and real stores are killed, stopped, starved and cut off
while callers press. The last run wrote this page ({day}; {machine}).
"""


class Figures:
    """`note` adds the figures of one test: printed, and in a long run written to `page` at once, in case the run is aborted."""

    def __init__(self, page: Path | None) -> None:
        self._page = page
        self._noted: dict[str, dict[str, object]] = {}

    def note(self, proof: str, **figures: object) -> None:
        """A short run shows them with `-rP` or `-s`."""
        self._noted[proof] = figures
        print(proof, figures)
        if self._page:
            self._write(self._page)

    def _write(self, file: Path) -> None:
        machine = (
            f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
        )
        page = [HEAD.format(day=datetime.date.today().isoformat(), machine=machine)]
        for proof, figures in self._noted.items():
            page.append(f"## {proof}\n\n| | |\n|---|---|")
            page += [f"| {name.replace('_', ' ')} | {_plain(value)} |" for name, value in figures.items()]
            page.append("")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(page), encoding="utf-8")


def _plain(value: object) -> str:
    """A list, which should be empty, becomes its length; a dictionary becomes each value with its name."""
    if isinstance(value, list):
        return str(len(value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items()) or "none"
    return str(value)
