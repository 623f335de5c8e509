"""A trace: rows of visits and of duty as CSV, read and written. Every error names line and column."""

import csv
import re
from collections.abc import Container, Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from config.named_file import content
from server.messages.facts import Fact

COLUMNS = (
    "office", "day", "ticket", "service", "kind", "slot_min", "issued_min", "called_min", "ended_min", "counter",
    "absent_when_called",
)  # fmt: skip
DUTY = ("office", "day", "counter", "from_min", "to_min", "kind")
KINDS = ("walk_in", "priority", "appointment")
SPANS = ("open", "break")
LARGEST = 1_000_000_000
"""Bytes of one trace; a year of a large office has about 30 million."""
BEYOND = ""
"""Where the reader puts the cells beyond the last named column."""


class Bad(ValueError):
    """A row that cannot be read; its text names file, line and column."""


class Row(Fact):
    """One visit, in minutes since 08:00. An appointment without `issued` never came; without `called` nobody called it."""

    office: str
    day: str
    ticket: str
    service: str
    kind: str
    slot: float | None = None
    issued: float | None = None
    called: float | None = None
    ended: float | None = None
    counter: str = ""
    absent: bool = False


class Planned(Fact):
    """One planned span of a counter, in minutes since 08:00: `open`, or a `break`."""

    office: str
    day: str
    counter: str
    start: float
    end: float
    kind: str


class FileNames(NamedTuple):
    """What an office file has: names and ids of services, ids of counters. A row that names another cannot be folded."""

    services: Container[str]
    counters: Container[str]


class _Reader:
    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path, self.columns, self.line = path, columns, 1

    def rows(self) -> Iterator[dict[str, str]]:
        reader = csv.DictReader(StringIO(self._decoded(self._read()), newline=""), restkey=BEYOND, strict=True)
        try:
            missing = [name for name in self.columns if name not in (reader.fieldnames or ())]
            if missing:
                raise Bad(f"{self.path}: line 1: the column {missing[0]} is missing")
            yield from self._whole(reader)
        except csv.Error as fault:
            raise Bad(f"{self.path}: line {self.line + 1}: {fault}") from fault

    def _read(self) -> bytes:
        data = content(self.path, LARGEST + 1)
        if len(data) > LARGEST:
            raise Bad(f"{self.path}: is over {LARGEST:,} bytes")
        return data

    def _decoded(self, data: bytes) -> str:
        try:
            return normalize("NFC", data.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            *before, last = re.split(r"\r\n|\r|\n", fault.object[: fault.start].decode("utf-8-sig"))
            head, nth = next(csv.reader([*before, last])), max(0, len(next(csv.reader([last]), [""])) - 1)
            self.line = len(before) + 1
            named = bool(before) and nth < len(head)
            raise self.bad(head[nth] if named else f"column {nth + 1}", "is no UTF-8 text") from fault

    def _whole(self, reader: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
        for row in reader:
            # where the row begins; a quote that nobody closes would swallow the rows after it
            self.line = reader.line_num - sum(text.count("\n") for text in _cells(row))
            for name in self.columns:
                if row[name] is None:
                    raise self.bad(name, "is missing, the row has too few columns")
                if "\n" in row[name] or "\r" in row[name]:
                    raise self.bad(name, "holds a line break; is a quote not closed?")
            if any(row.get(BEYOND, "")):
                raise self.bad(self.columns[-1], "more columns follow than the first line names")
            yield row

    def bad(self, column: str, why: str) -> Bad:
        return Bad(f"{self.path}: line {self.line}: {column}: {why}")

    def text(self, row: dict[str, str], column: str) -> str:
        if not row[column].strip():
            raise self.bad(column, "is empty")
        return row[column].strip()

    def minutes(self, row: dict[str, str], column: str) -> float | None:
        text = row[column].strip()
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise self.bad(column, f"{text!r} is no number of minutes") from None
        if not -1440 < value < 2880:
            raise self.bad(column, f"{text} lies outside a day")
        return value

    def one_of(self, row: dict[str, str], column: str, known: tuple[str, ...]) -> str:
        text = row[column].strip()
        if text not in known:
            raise self.bad(column, f"{text!r} is none of {', '.join(one or 'an empty cell' for one in known)}")
        return text

    def in_file(self, column: str, text: str, known: Container[str]) -> None:
        if text not in known:
            raise self.bad(column, f"the office file has no {column} {text!r}")


def _cells(row: dict[str, Any]) -> Iterator[str]:
    """Of a row with too many columns, the reader gives the rest as a list."""
    return (text for value in row.values() for text in (value if isinstance(value, list) else [value]) if text)


def read_trace(path: Path, known: FileNames | None = None) -> list[Row]:
    """`known`: what the office file has, if there is one."""
    reader = _Reader(path, COLUMNS)
    found: list[Row] = []
    lines: dict[tuple[str, str, str], int] = {}
    for texts in reader.rows():
        row = _row(reader, texts)
        first = lines.setdefault((row.office, row.day, row.ticket), reader.line)
        if first != reader.line:
            raise reader.bad("ticket", f"{row.ticket!r} stands in line {first} too, on the same day of the same office")
        if known is not None:
            reader.in_file("service", row.service, known.services)
            if row.counter:
                reader.in_file("counter", row.counter, known.counters)
        found.append(row)
    return found


def _row(reader: _Reader, row: dict[str, str]) -> Row:
    kind = reader.one_of(row, "kind", KINDS)
    found = Row(
        office=reader.text(row, "office"),
        day=reader.text(row, "day"),
        ticket=reader.text(row, "ticket"),
        service=reader.text(row, "service"),
        kind=kind,
        slot=reader.minutes(row, "slot_min") if kind == "appointment" else None,
        issued=reader.minutes(row, "issued_min"),
        called=reader.minutes(row, "called_min"),
        ended=reader.minutes(row, "ended_min"),
        counter=row["counter"].strip(),
        absent=reader.one_of(row, "absent_when_called", ("0", "1", "")) == "1",
    )
    if found.kind == "appointment" and found.slot is None:
        raise reader.bad("slot_min", "an appointment has a slot")
    if found.kind != "appointment" and found.issued is None:
        raise reader.bad("issued_min", "is empty")
    if found.called is not None:
        if found.issued is None or found.called < found.issued - 0.02:
            raise reader.bad("called_min", "is before the issue")
        if not found.counter:
            raise reader.bad("counter", "somebody was called by no counter")
    if found.ended is not None and found.called is None:
        raise reader.bad("ended_min", "nobody was called")
    if found.ended is not None and found.called is not None and found.ended < found.called:
        raise reader.bad("ended_min", "is before the call")
    return found


def read_duty(path: Path, known: FileNames | None = None) -> list[Planned]:
    """`known`: what the office file has, if there is one."""
    reader = _Reader(path, DUTY)
    found = []
    for row in reader.rows():
        start, end = reader.minutes(row, "from_min"), reader.minutes(row, "to_min")
        if start is None or end is None or end <= start:
            raise reader.bad("to_min", "a span ends after it begins")
        office, day, counter = (reader.text(row, name) for name in ("office", "day", "counter"))
        kind = reader.one_of(row, "kind", SPANS)
        if known is not None:
            reader.in_file("counter", counter, known.counters)
        found.append(Planned(office=office, day=day, counter=counter, start=start, end=end, kind=kind))
    return found


def write_trace(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in rows:
            times = [_text(value) for value in (one.slot, one.issued, one.called, one.ended)]
            writer.writerow(
                [one.office, one.day, one.ticket, one.service, one.kind, *times, one.counter, int(one.absent)]
            )


def write_duty(path: Path, rows: Iterable[Planned]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DUTY)
        writer.writerows([one.office, one.day, one.counter, _text(one.start), _text(one.end), one.kind] for one in rows)


def _text(minutes: float | None) -> str:
    return "" if minutes is None else f"{minutes:.2f}".rstrip("0").rstrip(".")
