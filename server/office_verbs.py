"""The verbs of office files: `check`, `new`, `schema`. Part of the command line; they need no extra and no server."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from server.options import WrongUse
from server.verb_options import fresh, option


def check(
    files: Annotated[list[Path], typer.Argument(help="Office files")],
    explain: Annotated[bool, option("explain", "Say where each value comes from")] = False,
) -> None:
    """Checks office files. Lists every fault with file, key and reason, and warns of what voice, paper or wall cannot do."""
    from config.check import run
    from server.trial import trial

    raise typer.Exit(run(files, explain, sys.stdout, trial))


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
