"""Opening hours in an office file: spans per weekday, and single days that differ. Called by `config.records`."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from config.findings import Findings
from config.toml_tree import Node
from config.values import meant, said, short
from server.messages.office import WEEKDAYS, Hours, Span, Weekday

SPAN = r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*(([01]\d|2[0-3]):([0-5]\d)|24:00)"
_SPAN = re.compile(SPAN)


def read_hours(node: Node, path: str, findings: Findings) -> Hours:
    """`mon = ["08:00-12:00", ...]` and a table `days`; weekdays that are not named are closed."""
    table = node.table()
    if table is None:
        findings.fault(node.place, path, f"must be a table of weekdays, is {said(node)}")
        return Hours()
    week: dict[Weekday, tuple[Span, ...]] = {}
    for day in WEEKDAYS:
        if day in table:
            week[day] = read_spans(table[day], f"{path}.{day}", findings)
            findings.source(f"{path}.{day}", week[day], table[day].place)
    for key, inner in table.items():
        if key not in (*WEEKDAYS, "days"):
            findings.fault(inner.place, f"{path}.{key}", f"unknown key{meant(key, [*WEEKDAYS, 'days'])}")
    return Hours(week=week, days=_days(table.get("days"), f"{path}.days", findings))


def _days(node: Node | None, path: str, findings: Findings) -> dict[str, tuple[Span, ...]]:
    days: dict[str, tuple[Span, ...]] = {}
    for day, inner in by_date(node, path, '"2026-12-24" = []', findings):
        days[day] = read_spans(inner, f"{path}.{day}", findings)
        findings.source(f"{path}.{day}", days[day], inner.place)
    return days


def by_date(node: Node | None, path: str, such: str, findings: Findings) -> Iterator[tuple[str, Node]]:
    """Single days: a table by date."""
    table = node.table() if node is not None else {}
    if node is not None and table is None:
        findings.fault(node.place, path, f"must be a table such as {such}, is {said(node)}")
    for day, inner in (table or {}).items():
        if not is_date(day):
            findings.fault(inner.place, f"{path}.{day}", "is no date; write year-month-day, as in 2026-12-24")
        yield day, inner


def read_spans(node: Node, path: str, findings: Findings) -> tuple[Span, ...]:
    """Spans in order and without overlap."""
    items = node.items()
    if items is None:
        findings.fault(node.place, path, f'must be a list such as ["08:00-12:00", "13:00-18:00"], is {said(node)}')
        return ()
    spans = [span for item in items if (span := _span(item, path, findings))]
    for before, after in pairwise(spans):
        (_, ends), (begins, _) = before, after
        if begins < ends:
            findings.fault(node.place, path, f"{'-'.join(after)} must come after {'-'.join(before)}, without overlap")
    return tuple(spans)


def _span(item: Node, path: str, findings: Findings) -> Span | None:
    text = item.value if isinstance(item.value, str) else ""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        findings.fault(
            item.place, path, f'must be from-to as in "08:00-12:00" (the last end is 24:00), is {said(item)}'
        )
        return None
    start, end = f"{found[1]}:{found[2]}", found[3]
    if start >= end:
        findings.fault(item.place, path, f"{short(text)} must end after it begins; split what goes past midnight")
        return None
    return start, end


def is_date(text: str) -> bool:
    """A day of the calendar as year-month-day."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
