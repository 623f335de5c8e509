"""The result of a line of the bench: claims with targets, tables, plots, and how it was measured. `page` writes it."""

from collections.abc import Mapping, Sequence

from bench.measuring import quantile
from server.messages.value import Value

Point = tuple[float, float]


class Claim(Value):
    """A figure and its target. `most`: the target is an upper limit, else a lower one. `limit` None: there is no target."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    most: bool = True

    @property
    def met(self) -> bool | None:
        if self.limit is None:
            return None
        return self.value <= self.limit if self.most else self.value >= self.limit

    def __str__(self) -> str:
        target = (
            "" if self.limit is None else f"   (target {'≤' if self.most else '≥'} {number(self.limit)} {self.unit})"
        )
        missed = "   MISSED" if self.met is False else ""
        return f"{self.what}: {number(self.value)} {self.unit}".rstrip() + target + missed


class Table(Value):
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Plot(Value):
    """`series`: points by name. `log`: both axes logarithmic."""

    name: str
    title: str
    x: str
    y: str
    series: dict[str, tuple[Point, ...]]
    log: bool = False


class Result(Value):
    """The result of one line. The caller fills in `when` and `machine`."""

    name: str
    title: str
    how: str
    claims: tuple[Claim, ...]
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    when: str = ""
    machine: str = ""


def spread(title: str, columns: tuple[str, str, str], measured: Mapping[str, Sequence[float]]) -> Table:
    """A row for each name: p50 and p95 of what was measured under it."""
    rows = ((name, number(quantile(one, 0.5)), number(quantile(one, 0.95))) for name, one in measured.items() if one)
    return Table(title=title, columns=columns, rows=tuple(rows))


def number(value: float) -> str:
    """Three significant digits, thousands apart: 15,234 · 0.62 · 4.7"""
    size = abs(value)
    if size >= 1_000:
        return f"{value:,.0f}"
    digits = 0 if size >= 100 else 1 if size >= 10 else 2
    return f"{value:.{digits}f}"
