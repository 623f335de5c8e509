"""Makes docs/numbers.md from the results that are stored beside it, one JSON for each line, with a picture for each plot."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import msgspec

from bench.result import Claim, Plot, Result, Table, number

ORDER = (
    "press_to_display",
    "wall_page",
    "counter_page",
    "phones",
    "full_room",
    "forecast",
    "polling",
    "commands",
    "http_commands",
    "what_if",
    "who_next",
    "slots",
    "release",
    "busy_minute",
    "paper",
    "cold_start",
    "memory",
    "many_offices",
    "voice",
    "announcer",
    "backup",
    "access",
    "day",
)
HEAD = """# Numbers

How fast it is, measured by `make bench` (`python -m bench`) on the machine named with each line. A machine is never quite alone:
the ratio to the floor, or to the other choice, *of the same run* is the result; the figure beside it is what this machine made
of it. Load generators share the cores with the server. Made by the bench; do not edit.
"""
FEW = 20
"""Up to this number, each point gets a mark."""
INK = ("#0b5fa5", "#b3541e", "#4a7a3a", "#6b4c8a", "#555555")


def keep(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kept = msgspec.json.format(msgspec.json.encode(result), indent=1)
    (folder / f"{result.name}.json").write_bytes(kept + b"\n")


def kept(folder: Path, names: Sequence[str]) -> list[Result]:
    """Those of these results that are stored, in this order."""
    files = [folder / f"{name}.json" for name in names]
    return [msgspec.json.decode(file.read_bytes(), type=Result) for file in files if file.exists()]


def write(out: Path) -> None:
    """Writes the page of numbers and its pictures from everything that is stored."""
    write_page(out / "numbers.md", HEAD, kept(out / "numbers", ORDER), out / "numbers")


def write_page(file: Path, head: str, results: list[Result], pictures: Path) -> None:
    """Writes the introduction, what was reached, and a section for each result; its plots as SVG in the folder `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    for result in results:
        for plot in result.plots:
            draw(plot, pictures / f"{plot.name}.svg")
    sections = (_section(result, pictures.name) for result in results)
    file.write_text("\n".join([head, *_summary(results), *sections]), encoding="utf-8")


def _summary(results: list[Result]) -> list[str]:
    rows = [
        f"| {result.title}: {claim.what} | {number(claim.value)} {claim.unit} | {_target(claim)} | {_verdict(claim)} |"
        for result in results
        for claim in result.claims
        if claim.limit is not None
    ]
    return ["## Against the targets", "", "| | measured | target | |", "|---|---|---|---|", *rows, ""]


def _section(result: Result, pictures: str) -> str:
    lines = [f"## {result.title}", "", result.how, "", f"Measured {result.when} on {result.machine}.", ""]
    lines += [f"- {claim.what}: **{number(claim.value)}** {claim.unit}{_aimed(claim)}" for claim in result.claims]
    for table in result.tables:
        lines += ["", *_table(table)]
    for plot in result.plots:
        lines += ["", f"![{plot.title}]({pictures}/{plot.name}.svg)"]
    return "\n".join([*lines, ""])


def _table(table: Table) -> list[str]:
    head = [f"{table.title}:", "", "| " + " | ".join(table.columns) + " |", "|" + "---|" * len(table.columns)]
    return [*head, *("| " + " | ".join(row) + " |" for row in table.rows)]


def _target(claim: Claim) -> str:
    return f"{'at most' if claim.most else 'at least'} {number(claim.limit or 0)} {claim.unit}"


def _aimed(claim: Claim) -> str:
    return "" if claim.limit is None else f" (target: {_target(claim)}{'' if claim.met else '; **missed**'})"


def _verdict(claim: Claim) -> str:
    return "reached" if claim.met else "**missed**"


def draw(plot: Plot, file: Path) -> None:
    """One picture as SVG; a table of the page has the same figures."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "aufruf"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.2, 3.8), layout="constrained")
    for ink, (name, points) in zip(INK, plot.series.items(), strict=False):
        along, height = [x for x, _ in points], [y for _, y in points]
        axes.plot(along, height, marker="o" if len(points) <= FEW else "", markersize=4, color=ink, label=name)
    if plot.log:
        axes.set_xscale("log")
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.set(title=plot.title, xlabel=plot.x, ylabel=plot.y)
    axes.grid(visible=True, alpha=0.25)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
