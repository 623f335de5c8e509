"""The verbs `learn` (what the history teaches the forecast), `replay` (how good is it on the days of a trace?) and `simulate`
(makes such days). Need no running server.

Part of the command line.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config import named_file
from server.options import Unusable, WrongUse
from server.verb_options import Data, Database, need, option, seed_option

if TYPE_CHECKING:
    from server.messages.office import Office
    from server.rehearsal.trace import FileNames, Planned, Row

MOST_DAYS = 10_000


def learn(
    office: Annotated[str | None, option("office", "Id of the office; without it: all")] = None,
    data: Data = Path("data"),
    database: Database = None,
) -> None:
    """Learns from the history of the last 60 days how long services take, who does not come, and how wide a range must be.

    A server does this each night by itself. Works while `up` runs, which uses what was learned within a minute.
    """
    need("server")
    for line in asyncio.run(_learned(data, database, office)):
        typer.echo(line)


async def _learned(data: Path, database: str | None, wanted: str | None) -> list[str]:
    from server.clock import SystemClock
    from server.history.database import close_database
    from server.history.position import offices
    from server.learning_process import taught
    from server.opening import found

    engine, now = await found(data, database), SystemClock().now_ms()
    try:
        known = await offices(engine)
        if wanted is not None and wanted not in known:
            raise WrongUse(
                f"--office: there is no history of {wanted!r}; there is one of: {', '.join(known) or 'none'}"
            )
        if not known:
            raise Unusable("the history is empty; `aufruf up` writes it")
        told = []
        with typer.progressbar([wanted] if wanted else known, label="offices", file=sys.stderr) as bar:
            for office in bar:
                one = await taught(engine, office, now)
                told.append(
                    f"{office}: model {one.version}, from {one.visits} visits and {one.promises} promises of {one.days} days"
                    if one.version
                    else f"{office}: nothing to learn from yet, nobody was served before today"
                )
        return told
    finally:
        await close_database(engine)


def replay(
    trace: Annotated[Path, typer.Argument(help="CSV file with the visits of some days", metavar="TRACE.csv")],
    office: Annotated[
        Path | None, option("office", "Office file, or id of a sample; without it: made from the trace", each_time=True)
    ] = None,
    duty: Annotated[Path | None, option("duty", "CSV file with planned hours and breaks of the counters")] = None,
    learn: Annotated[Path | None, option("learn", "CSV file with earlier days to learn from")] = None,
    learn_duty: Annotated[
        Path | None, option("learn-duty", "CSV file with planned hours of those earlier days")
    ] = None,
    out: Annotated[Path | None, option("out", "CSV file to write, with one row for each forecast")] = None,
) -> None:
    """Goes through recorded days again, asks the forecast for each ticket, and says how good its answers were.

    Prints error, bias, coverage and lateness, and the error of two common formulas: position and queue length.
    """
    need("server")
    from server.rehearsal import replay as relived
    from server.rehearsal.judge import told, write_promises

    if learn_duty is not None and learn is None:
        raise WrongUse("--learn-duty: says when counters were open on the days of --learn, which is missing")
    _apart(("--out", out), ("TRACE.csv", trace), ("--duty", duty), ("--learn", learn), ("--learn-duty", learn_duty))
    file = None if office is None else _office(office)
    known = _known(file)
    rows, plan = _rows("TRACE.csv", trace, known), _duty("--duty", duty, known)
    past = [] if learn is None else _rows("--learn", learn, known)
    past_plan = _duty("--learn-duty", learn_duty, known)
    if not rows:
        raise WrongUse(f"TRACE.csv: {trace} holds no visit")
    _planned("--duty", duty, plan, rows)
    _planned("--learn-duty", learn_duty, past_plan, past)
    _learnable(learn, {one.office for one in past}, {one.office for one in rows})
    _writable("--out", out)
    planned = relived.jobs(rows, plan, past, past_plan, file)
    with typer.progressbar(length=relived.days_of(planned), label="days", file=sys.stderr) as bar:
        promises = relived.replay(planned, os.cpu_count() or 1, lambda days: bar.update(days - bar.pos))
    _written("--out", out, write_promises, promises)
    told(promises, typer.echo)


def simulate(
    office: Annotated[Path, option("office", "Office file, or id of a sample")],
    out: Annotated[Path, option("out", "CSV file to write, with the visits")],
    days: Annotated[int, option("days", "Number of open days")] = 30,
    seed: Annotated[int, seed_option("The same seed makes the same days")] = 1,
    duty_out: Annotated[
        Path | None, option("duty-out", "CSV file to write, with hours and breaks of the counters")
    ] = None,
    hostile: Annotated[bool, option("hostile", "Make days that break the assumptions of the forecast")] = False,
) -> None:
    """Makes up days of an office for `replay`. Its counters call in the order that the office file asks for."""
    need("server")
    from server.rehearsal.days import HOSTILE, PLAIN, simulated
    from server.rehearsal.trace import write_duty, write_trace

    if not 1 <= days <= MOST_DAYS:
        raise WrongUse(f"--days: {days} is out of range; say 1 to {MOST_DAYS}")
    found = _office(office)
    if not any(one.services for one in found.counters):
        raise WrongUse(f"--office: no counter of {office} offers a service")
    _apart(("--duty-out", duty_out), ("--out", out), ("--office", office))
    _apart(("--out", out), ("--office", office))
    _writable("--out", out)
    _writable("--duty-out", duty_out)
    with typer.progressbar(length=days, label="days", file=sys.stderr) as bar:
        rows, plan = simulated(found, days, seed, HOSTILE if hostile else PLAIN, lambda: bar.update(1))
    made = len({one.day for one in rows})
    if made < days:
        raise WrongUse(
            f"--days: {office} opens on {made} days only, as its hours and roster say; {days} were asked for"
        )
    _written("--out", out, write_trace, rows)
    _written("--duty-out", duty_out, write_duty, plan)
    typer.echo(f"{len(rows)} visits of {made} days in {out}")


def _office(file: Path) -> "Office":
    from config.loader import OfficeFileError, load
    from config.office_files import find

    try:
        return load(find(str(file)))
    except LookupError as unknown:
        raise WrongUse(f"--office: {unknown.args[0]}") from unknown
    except OfficeFileError as problems:
        raise WrongUse(f"--office: {file} has faults; `aufruf check {file}` names them") from problems


def _known(office: "Office | None") -> "FileNames | None":
    """The names that rows may use: other rows are refused, because visits left out silently would make the lines shorter than
    they were."""
    from server.rehearsal.relive import services_by_name
    from server.rehearsal.trace import FileNames

    if office is None:
        return None
    return FileNames(services_by_name(office).keys(), {one.id for one in office.counters})


def _apart(wanted: tuple[str, Path | None], *others: tuple[str, Path | None]) -> None:
    """Refuses to write a file that is also read, or that is written for something else."""
    option, file = wanted
    for other, path in others:
        if file is not None and path is not None and file.resolve() == path.resolve():
            raise WrongUse(f"{option}: {file} is the file of {other} too")


def _rows(option: str, file: Path, known: "FileNames | None") -> "list[Row]":
    from server.rehearsal.trace import read_trace

    return _read(option, file, known, read_trace)


def _duty(option: str, file: Path | None, known: "FileNames | None") -> "list[Planned]":
    from server.rehearsal.trace import read_duty

    return [] if file is None else _read(option, file, known, read_duty)


def _planned(option: str, file: Path | None, plan: "list[Planned]", rows: "list[Row]") -> None:
    """Refuses a plan of other days: it would have no effect."""
    if file is not None and {(one.office, one.day) for one in plan}.isdisjoint({(one.office, one.day) for one in rows}):
        raise WrongUse(f"{option}: {file} plans no office and day of the trace")


def _learnable(file: Path | None, past: set[str], today: set[str]) -> None:
    """The office of a trace is not always named as in its earlier days."""
    if file is None:
        return
    if past.isdisjoint(today):
        raise WrongUse(
            f"--learn: {file} holds no visit of {', '.join(sorted(today))}; it holds {', '.join(sorted(past))}"
        )
    if today - past:
        typer.echo(
            f"--learn: {file} holds no visit of {', '.join(sorted(today - past))}: nothing is learned there", err=True
        )


def _read(
    option: str, file: Path, known: "FileNames | None", how: "Callable[[Path, FileNames | None], list[Any]]"
) -> list[Any]:
    from server.rehearsal.trace import Bad

    try:
        return how(file, known)
    except OSError as fault:
        raise WrongUse(f"{option}: {file} cannot be read ({fault.strerror})") from fault
    except Bad as bad:
        raise WrongUse(f"{option}: {bad}") from bad


def _writable(option: str, file: Path | None) -> None:
    """Checks this before the minutes of work, not after."""
    if file is None:
        return
    try:
        named_file.may_be_written(file)
        place = file if file.exists() else file.parent
        bad = not os.access(place, os.W_OK) or (place != file and not place.is_dir())
    except OSError as fault:
        raise WrongUse(f"{option}: {file} cannot be written ({fault.strerror})") from fault
    if bad:
        raise WrongUse(f"{option}: {file} cannot be written")


def _written(option: str, file: Path | None, write: Callable[[Path, Any], None], rows: Any) -> None:
    try:
        if file is not None:
            write(file, rows)
    except OSError as fault:
        raise Unusable(f"{option}: {file} cannot be written ({fault.strerror})") from fault


VERBS = (
    (
        learn,
        "aufruf learn --office mitte --data /var/lib/aufruf - or: "
        "aufruf learn --database postgresql://aufruf@db.example.de/aufruf",
    ),
    (replay, "aufruf replay may.csv --duty may-duty.csv --learn april.csv --learn-duty april-duty.csv"),
    (simulate, "aufruf simulate --office mitte.toml --days 30 --out june.csv --duty-out june-duty.csv"),
)
"""Each with the example that its help shows."""
