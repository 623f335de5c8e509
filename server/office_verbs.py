"""The verbs of office files: `check`, `new`, `schema`. Part of the command line; they need no extra and no server."""

import asyncio
import json
import sys
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Annotated

import typer

from server import installed
from server.options import WrongUse
from server.verb_options import Database, fresh, need, option

if TYPE_CHECKING:
    from config.check import OnPages
    from server.messages.laid import LaidSetting

HERE = Path("data")
"""The data folder of an installation that names no other."""


def check(
    files: Annotated[list[Path], typer.Argument(help="Office files")],
    explain: Annotated[bool, option("explain", "Say where each value comes from")] = False,
    data: Annotated[
        Path | None, option("data", "Folder of an installation: what was set on /admin there is named too")
    ] = None,
    database: Database = None,
) -> None:
    """Checks office files. Lists every fault with file, key and reason, and warns of what voice, paper or wall cannot do.

    With --explain it also reads what was set on /admin in the installation of ./data, if there is one.
    """
    from config.check import nothing_set, run
    from server.trial import trial

    pages = _set_on_pages(data, database) if explain or data is not None or database is not None else nothing_set
    raise typer.Exit(run(files, explain, sys.stdout, trial, pages))


def _set_on_pages(data: Path | None, database: str | None) -> "OnPages":
    """What administrators have set, if an installation is there; a file can be explained before there is one."""
    from config.check import nothing_set

    if data is None and database is None and (installed.lacks("server") or not (HERE / "aufruf.db").is_file()):
        return nothing_set
    need("server")
    settings = asyncio.run(_settings(data or HERE, database))
    from server.messages.laid import laid
    from server.office.hours import day_of

    now = int(time() * 1000)
    return lambda office: laid(office, settings.get(office.id, ()), day_of(office, now))


async def _settings(data: Path, database: str | None) -> "dict[str, tuple[LaidSetting, ...]]":
    from server.history.database import close_database
    from server.history.set_on_pages import settings_of
    from server.opening import found

    engine = await found(data, database)
    try:
        return await settings_of(engine)
    finally:
        await close_database(engine)


def new(
    file: Annotated[Path, typer.Argument(help="Office file to write")] = Path("office.toml"),
    name: Annotated[str | None, option("name", "Name of the office, as citizens read it", each_time=True)] = None,
    service: Annotated[
        list[str] | None, option("service", "What people come for; may be repeated", each_time=True)
    ] = None,
    counters: Annotated[int | None, option("counters", "How many counters it has", each_time=True)] = None,
) -> None:
    """Writes an office file of your own. Asks for what no option says: name, services, counters. All else has a default."""
    from config.check import run
    from config.new_office import MOST_COUNTERS, NoLetter, drafted
    from server.trial import trial

    fresh("FILE", file)
    called = name if name is not None else str(typer.prompt("Name of the office", "Bürgerbüro"))
    asked = service or str(typer.prompt("What do people come for? Separate with commas", "Ausweis, Meldung")).split(",")
    many = counters if counters is not None else int(typer.prompt("How many counters", 3, type=int))
    if not 1 <= many <= MOST_COUNTERS:
        raise WrongUse(f"--counters: {many} is out of range; say 1 to {MOST_COUNTERS}")
    services = [one.strip() for one in asked if one.strip()]
    if not services:
        raise WrongUse("--service: name at least one thing that people come for")
    try:
        text = drafted(called.strip(), services, many)
    except NoLetter as fault:
        raise WrongUse(f"--service: {fault}") from fault
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise WrongUse(f"FILE: {file} cannot be written ({fault.strerror})") from fault
    code = run([file], False, sys.stdout, trial)
    if code:
        file.unlink()  # a name that no file can have: the fault says which
    else:
        typer.echo(f"Start it: aufruf up --office {file}")
    raise typer.Exit(code)


def schema() -> None:
    """Prints the JSON Schema of office files: editors complete and explain keys, and mark mistakes while you type."""
    from config.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


VERBS = (
    (check, "aufruf check offices/*.toml --explain"),
    (new, "aufruf new rathaus.toml --name Rathaus --service Ausweis --service Meldung --counters 3"),
    (schema, "aufruf schema > office.schema.json, and in the office file: #:schema ./office.schema.json"),
)
