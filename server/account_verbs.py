"""The verb `account`: gives colleagues accounts with (role, office) pairs, and a link with which they choose a password.

It works on the database, even if no server is running. Part of the command line.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from server import installed, option_values
from server.options import WrongUse
from server.verb_options import AsJson, Data, Database, LinkAddress, checked, option

app = typer.Typer(
    no_args_is_help=True,
    help="Accounts of colleagues: each signs in with their own account.",
    epilog="Example: aufruf account add m.meyer --role clerk:mitte",
)


Name = Annotated[
    str,
    typer.Argument(
        help="Name with which the colleague signs in",
        metavar="NAME",
        callback=checked(partial(option_values.name, "NAME")),
    ),
]
Roles = Annotated[
    list[str],
    option(
        "role", "ROLE:OFFICE, or ROLE for every --office; admin, supervisor, clerk, desk, observer; may be repeated"
    ),
]
OfficeIds = Annotated[
    list[str] | None,
    # not from the environment: there it names the file of `up`, and would narrow the roles in silence
    option("office", "Office for roles that name none; may be repeated; without it: all offices", each_time=True),
]


@app.command(epilog="Example: aufruf account add m.meyer --role clerk:mitte --role supervisor:rathaus")
def add(
    name: Name,
    role: Roles,
    office: OfficeIds = None,
    data: Data = Path("data"),
    database: Database = None,
    server: LinkAddress = None,
) -> None:
    """Makes an account and prints a link with which its owner chooses a password. It works once, for 24 hours."""

    async def made(people: "People") -> str:
        grants = await people.grants(role, office or [])
        if await people.accounts.named(name) is not None:
            raise WrongUse(f"NAME: there is already an account {name!r}; `aufruf account list` shows it")
        try:
            account = await people.accounts.create(name, None, grants)
        except ValueError as fault:
            raise WrongUse(f"NAME: {fault}") from fault
        await people.note("account_made", account, roles=", ".join(":".join(filter(None, pair)) for pair in grants))
        return await people.link(account.id, server)

    typer.echo(_on(data, database, made))


@app.command("list", epilog="Example: aufruf account list --json")
def show(
    data: Data = Path("data"),
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Lists accounts with their roles. Passwords are stored only as hashes and never shown."""

    async def shown(people: "People") -> str:
        found = [_shown(account) for account in await people.accounts.list()]
        return json.dumps(found, indent=2, ensure_ascii=False) if as_json else "\n".join(_line(one) for one in found)

    typer.echo(_on(data, database, shown))


@app.command(epilog="Example: aufruf account roles m.meyer --role supervisor:mitte")
def roles(
    name: Name, role: Roles, office: OfficeIds = None, data: Data = Path("data"), database: Database = None
) -> None:
    """Replaces the roles of an account. If a role is taken away, the colleague has to sign in again."""

    async def changed(people: "People") -> str:
        grants = await people.grants(role, office or [])
        account = await people.accounts.set_grants((await people.named(name)).id, grants)
        await people.note("roles_set", account, roles=", ".join(":".join(filter(None, pair)) for pair in grants))
        return _line(_shown(account))

    typer.echo(_on(data, database, changed))


@app.command(epilog="Example: aufruf account disable m.meyer")
def disable(name: Name, data: Data = Path("data"), database: Database = None) -> None:
    """Disables an account: nobody can sign in with it, and open sessions end within 10 seconds."""

    async def done(people: "People") -> str:
        account = await people.named(name)
        await people.accounts.disable(account.id)
        await people.note("account_disabled", account)
        return f"{account.name} can no longer sign in"

    typer.echo(_on(data, database, done))


@app.command(epilog="Example: aufruf account enable m.meyer")
def enable(name: Name, data: Data = Path("data"), database: Database = None) -> None:
    """Enables a disabled account again. The password stays the same."""

    async def done(people: "People") -> str:
        account = await people.named(name)
        await people.accounts.enable(account.id)
        await people.note("account_enabled", account)
        return f"{account.name} can sign in again"

    typer.echo(_on(data, database, done))


@app.command("sign-out", epilog="Example: aufruf account sign-out m.meyer")
def sign_out(name: Name, data: Data = Path("data"), database: Database = None) -> None:
    """Ends every open session of an account, for example after a laptop was lost. The password stays the same."""

    async def done(people: "People") -> str:
        account = await people.named(name)
        await people.accounts.sign_out_everywhere(account.id)
        await people.note("signed_out_everywhere", account)
        return f"{account.name} is signed out everywhere within 10 seconds, and can sign in again"

    typer.echo(_on(data, database, done))


@app.command(epilog="Example: aufruf account link m.meyer --server https://warten.example.de")
def link(name: Name, data: Data = Path("data"), database: Database = None, server: LinkAddress = None) -> None:
    """Prints a new link to choose a password, for example a forgotten one. The link before it stops working."""

    async def made(people: "People") -> str:
        account = await people.named(name)
        if account.disabled:
            raise WrongUse(f"NAME: {name!r} is disabled; `aufruf account enable` comes first")
        await people.note("link_made", account)
        return await people.link(account.id, server)

    typer.echo(_on(data, database, made))


class People:
    """The accounts of an installation, with the database opened for one verb."""

    def __init__(self, access: Any, known: Any) -> None:
        self.accounts, self._links, self._known = access.accounts, access.first_link, known
        self._audit = access.audit

    async def note(self, act: str, account: Any, **more: str) -> None:
        """In the audit: a verb did this, for whom nobody signed in."""
        from server.access.audit import COMMAND_LINE

        await self._audit.note(COMMAND_LINE, act, account=account.name or account.id, **more)

    async def named(self, name: str) -> Any:
        found = await self.accounts.named(name)
        if found is None:
            raise WrongUse(f"NAME: there is no account {name!r}; `aufruf account list` shows all accounts")
        return found

    async def grants(self, roles: list[str], offices: list[str]) -> list[tuple[str, str]]:
        """`["clerk:mitte", "observer"]` → (role, office) pairs; a role without an office gets each of `offices`."""
        from server.access.accounts import STAFF_ROLES
        from server.access.known import Unknown

        pairs: list[tuple[str, str]] = []
        for said in roles:
            role, _, place = said.partition(":")
            if role not in STAFF_ROLES:
                raise WrongUse(f"--role: {role!r} is no role of staff; choose {', '.join(sorted(STAFF_ROLES))}")
            pairs += [(role, where) for where in ([place] if place else offices or [""])]
        try:
            self._known.check_offices(await self._known.offices(), [where for _, where in pairs if where])
        except Unknown as fault:
            option = "--office" if {where for _, where in pairs} & set(offices) else "--role"
            raise WrongUse(str(fault).replace("--office", option, 1)) from fault
        return pairs

    async def link(self, account: str, server: str | None) -> str:
        base = server or await self._known.address() or "http://localhost:8080"
        return f"{base.rstrip('/')}/first/{await self._links.for_account(account)}"


def _on(data: Path, database: str | None, work: Any) -> str:
    if installed.lacks("server"):
        raise WrongUse("this verb needs: pip install 'aufruf[server]'")

    async def run() -> str:
        async with _people(data, database) as people:
            return str(await work(people))

    return asyncio.run(run())


@asynccontextmanager
async def _people(data: Path, database: str | None) -> AsyncIterator[People]:
    from server.access.access import Access
    from server.access.known import Known
    from server.clock import SystemClock
    from server.history.database import close_database
    from server.opening import found

    engine = await found(data, database)
    try:
        yield People(await Access.open(engine, SystemClock(), lambda office: ""), Known(engine))
    finally:
        await close_database(engine)


def _shown(account: Any) -> dict[str, Any]:
    return {
        "name": account.name,
        "roles": [{"role": role, "office": office or None} for role, office in account.grants],
        "disabled": account.disabled,
        "password": account.has_password,
    }


def _line(one: dict[str, Any]) -> str:
    pairs = ", ".join(f"{pair['role']}:{pair['office']}" if pair["office"] else pair["role"] for pair in one["roles"])
    state = "disabled" if one["disabled"] else "" if one["password"] else "no password yet"
    return "  ".join(part for part in (one["name"] or "(first administrator)", pairs or "no role", state) if part)
