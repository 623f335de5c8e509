"""The verb `audit`: says whether what administrators and supervisors did is still as it was written. Part of the command line.

It works on the database, even if no server is running.
"""

import asyncio
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from server.options import WrongUse
from server.verb_options import AsJson, Data, Database, fail, need, option

if TYPE_CHECKING:
    from server.access.audit import AuditDay

app = typer.Typer(no_args_is_help=True, help="What administrators and supervisors did, in one chain.")

NOTED = re.compile(r"(\d{4}-\d\d-\d\d)=([0-9a-f]{8,64})")


def noted(text: str) -> tuple[str, str]:
    found = NOTED.fullmatch(text)
    if found is None:
        raise WrongUse(
            f"--noted: {text[:80]!r} is no day and hash; say 2026-11-22=0123abcd, as `aufruf audit verify` prints"
        )
    return found[1], found[2]


@app.callback()
def audit() -> None:
    pass


@app.command(epilog="Example: aufruf audit verify --noted 2026-11-22=3f9ac01d")
def verify(
    data: Data = Path("data"),
    database: Database = None,
    known: Annotated[
        list[str] | None,
        option(
            "noted", "DAY=HASH that an earlier check printed and you noted elsewhere; may be repeated", each_time=True
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Checks every entry and prints each day with its last hash; exit code 1 if an entry was changed, added or removed.

    Whoever can write the database could write the whole chain anew. Note a hash elsewhere, and check it with --noted.
    """
    need("server")
    wanted = dict(noted(text) for text in known or ())
    days = asyncio.run(_days(data, database))
    wrong = {day.day: f"entry {day.broken} is not as it was written" for day in days if day.broken is not None}
    hashes = {day.day: day.hash for day in days}
    for day, hash in wanted.items():
        if not hashes.get(day, "").startswith(hash):
            wrong.setdefault(day, "the last entry is not the one that was noted")
    if as_json:
        typer.echo(json.dumps([_object(day, wrong) for day in days], indent=2))
    else:
        typer.echo("\n".join(f"{one.day}  {one.entries:6}  {one.hash}  {wrong.get(one.day, 'good')}" for one in days))
    if wrong:
        fail("; ".join(f"{day}: {reason}" for day, reason in sorted(wrong.items())))


def _object(day: "AuditDay", wrong: dict[str, str]) -> dict[str, Any]:
    return {"day": day.day, "entries": day.entries, "hash": day.hash, "fault": wrong.get(day.day)}


async def _days(data: Path, database: str | None) -> "list[AuditDay]":
    from server.access.audit import Audit
    from server.clock import SystemClock
    from server.history.database import close_database
    from server.opening import found

    engine = await found(data, database)
    try:
        return await Audit(engine, SystemClock()).verify()
    finally:
        await close_database(engine)
