"""The roster in an office file: who is on duty when, per weekday, and single days that differ. Called by `config.records`."""

from typing import Literal

from config.findings import Findings
from config.hours import by_date, read_spans
from config.toml_tree import Node
from config.values import meant, said
from server.messages.facts import Duty
from server.messages.office import DAY_SPANS, WEEKDAYS, Roster, Span, Weekday

Kind = Literal["open", "break"]
KEYS: dict[str, Kind] = {"open": "open", "breaks": "break"}


def read_roster(node: Node, path: str, findings: Findings) -> Roster:
    """A table of counters per weekday, and a table `days` of them by date; a day that is not named has no plan."""
    table = node.table()
    if table is None:
        findings.fault(node.place, path, f"must be a table of weekdays, is {said(node)}")
        return Roster()
    known = [*WEEKDAYS, "days"]
    for key in table.keys() - set(known):
        findings.fault(table[key].place, f"{path}.{key}", f"unknown key{meant(key, known)}")
    week: dict[Weekday, tuple[Duty, ...]] = {
        day: _day(table[day], f"{path}.{day}", findings) for day in WEEKDAYS if day in table
    }
    dates = by_date(table.get("days"), f"{path}.days", '2026-12-24 = { 1 = ["08:00-12:00"] }', findings)
    return Roster(week=week, days={day: _day(inner, f"{path}.days.{day}", findings) for day, inner in dates})


def _day(node: Node, path: str, findings: Findings) -> tuple[Duty, ...]:
    table = node.table()
    if table is None:
        findings.fault(node.place, path, f'must be a table of counters such as 1 = ["08:00-16:00"], is {said(node)}')
        return ()
    findings.source(path, tuple(table), node.place)
    duty = [one for counter, inner in table.items() for one in _counter(counter, inner, f"{path}.{counter}", findings)]
    if len(duty) > DAY_SPANS:
        findings.fault(node.place, path, f"has {len(duty)} spans; one day has at most {DAY_SPANS}")
    return tuple(duty)


def _counter(counter: str, node: Node, path: str, findings: Findings) -> tuple[Duty, ...]:
    """A list of spans on duty, or a table of those and the breaks."""
    table = {"open": node} if node.items() is not None else node.table()
    if table is None:
        reason = f'must be a list such as ["08:00-16:00"], or a table of `open` and `breaks`, is {said(node)}'
        findings.fault(node.place, path, reason)
        return ()
    for key in table.keys() - KEYS.keys():
        findings.fault(table[key].place, f"{path}.{key}", f"unknown key{meant(key, list(KEYS))}")
    at = path if table.get("open") is node else f"{path}.open"
    open_ = read_spans(table["open"], at, findings) if "open" in table else ()
    breaks = read_spans(table["breaks"], f"{path}.breaks", findings) if "breaks" in table else ()
    for start, end in breaks:
        if not any(first <= start and end <= last for first, last in open_):
            findings.fault(table["breaks"].place, f"{path}.breaks", f"{start}-{end} lies in no span of `open`")
    findings.source(path, tuple("-".join(span) for span in open_), node.place)
    if breaks:
        findings.source(f"{path}.breaks", tuple("-".join(span) for span in breaks), table["breaks"].place)
    return (*_duty(counter, open_, "open"), *_duty(counter, breaks, "break"))


def _duty(counter: str, spans: tuple[Span, ...], kind: Kind) -> tuple[Duty, ...]:
    return tuple(Duty(counter=counter, from_=start, to=end, kind=kind) for start, end in spans)
