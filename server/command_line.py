"""`aufruf`: the command line. Each verb imports only what it needs, so a device runs its agent without the server.

Exit codes: 0 success, 1 the work failed, 2 wrong use. Most verbs have modules of their own: `*_verbs.py`.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from server import (
    account_verbs,
    audit_verbs,
    backup_verbs,
    device_verbs,
    installed,
    mqtt_verbs,
    office_verbs,
    option_checks,
    option_files,
    option_values,
    trace_verbs,
    verb_options,
)
from server.options import Options, Unusable, WrongUse
from server.verb_options import (
    AsJson,
    Data,
    Database,
    ServerAddress,
    TokenFile,
    fail,
    id_option,
    need,
    option,
    read_token,
    said,
    seed_option,
)

CLICK: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
"""The exception that typer itself raises for a wrong use; typer has no public name for it."""


class Verbs(TyperGroup):
    """Every error is one line on stderr that names the option, not a box and not a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            option_files.read_into(os.environ, _variables(self))
            option_values.readable(sys.argv[1:] if args is None else args, os.environ)
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
            sys.stdout.flush()
        except CLICK as wrong:
            code = _explained(wrong)
        except WrongUse as wrong:
            code = said(str(wrong), 2)
        except Unusable as wrong:
            code = said(str(wrong), 1)
        except OSError as fault:
            code = verb_options.unwritten(fault)
        sys.exit(code if isinstance(code, int) else 0)


def _variables(group: Any) -> frozenset[str]:
    """The variables of the environment that the options of all verbs take."""
    verbs = [one for verb in group.commands.values() for one in getattr(verb, "commands", {"": verb}).values()]
    return frozenset(str(one.envvar) for verb in verbs for one in verb.params if one.envvar)


def _explained(wrong: Any) -> int:
    context = wrong.ctx
    if type(wrong).__name__ == "NoArgsIsHelpError":  # the help has been shown already
        return 2
    text = " ".join(str(wrong.format_message()).split())
    return said(f"{text} (see {context.command_path} --help)" if context is not None else text, 2)


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Aufruf runs the waiting room of a citizen service office: ticket, call, display, voice.",
    epilog="First steps: [bold]aufruf up[/], open http://localhost:8080/, and use the sign-in link it prints.",
)
app.add_typer(device_verbs.ticket_app, name="ticket")
app.add_typer(account_verbs.app, name="account")
app.add_typer(audit_verbs.app, name="audit")


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aufruf {version('aufruf')}")
        raise typer.Exit


@app.callback()
def every_verb(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(
    epilog="Example: aufruf up --office mitte --office rathaus --data /var/lib/aufruf --public-url https://warten.example.de"
)
def up(
    office: Annotated[
        list[str] | None, option("office", "Office file, or id of a sample or known office; may be repeated")
    ] = None,
    data: Data = Path("data"),
    host: Annotated[str, option("host", "Address to listen on; 0.0.0.0 for the whole network")] = "127.0.0.1",
    port: Annotated[int, option("port", "Port to listen on")] = 8080,
    redis: Annotated[str | None, option("redis", "URL of a Valkey or Redis >= 7.0, instead of our own")] = None,
    database: Database = None,
    public_url: Annotated[
        str | None,
        option(
            "public-url",
            "Address at which people reach the server; in the QR code of tickets",
            partial(option_checks.web_address, "public-url"),
        ),
    ] = None,
    public_port: Annotated[int | None, option("public-port", "A second port, only for pages of citizens")] = None,
    tls_cert: Annotated[Path | None, option("tls-cert", "Certificate chain (PEM)")] = None,
    tls_key: Annotated[Path | None, option("tls-key", "Private key (PEM)")] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        option("trusted-proxy", "Address or network of a proxy whose X-Forwarded-* headers are trusted"),
    ] = None,
    replicas: Annotated[int, option("replicas", "Replicas that must hold an entry before it is acknowledged")] = 0,
    accept_weak_store: Annotated[bool, option("accept-weak-store", "No warning of a weak store")] = False,
    accept_one_store: Annotated[
        bool, option("accept-one-store", "Go on with one store when the replica is lost and Sentinels agree")
    ] = False,
    idle_end: Annotated[
        str, option("idle-end", "End a staff session after this time without a press or page: 30m, 2h, off")
    ] = "off",
    smtp: Annotated[str | None, option("smtp", "Mail server for alerts: smtps://user@mail.example.de")] = None,
    smtp_password_file: Annotated[Path | None, option("smtp-password-file", "File with its user's password")] = None,
    mail_from: Annotated[str | None, option("mail-from", "Address that mails come from")] = None,
    webhook_secret_file: Annotated[Path | None, option("webhook-secret-file", "File: whsec_...")] = None,
    contact_key_file: Annotated[
        Path | None,
        option("contact-key-file", "Key for citizens' mail addresses; else contacts.key in the data folder"),
    ] = None,
    oidc_issuer: Annotated[
        str | None,
        option("oidc-issuer", "Staff sign in there by OpenID Connect: https://login.example.de/realms/stadt"),
    ] = None,
    oidc_client: Annotated[
        str | None, option("oidc-client", "Client id that the provider knows this server by")
    ] = None,
    oidc_secret_file: Annotated[Path | None, option("oidc-secret-file", "File with the client's secret")] = None,
    oidc_claim: Annotated[str, option("oidc-claim", "Claim that lists the groups of whoever signs in")] = "groups",
    oidc_group: Annotated[
        list[str] | None, option("oidc-group", "GROUP=ROLE:OFFICE, or GROUP=ROLE for all offices; may be repeated")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            help="TOML file with options by these names: public-url = 'https://...'",
            envvar="AUFRUF_CONFIG",
            callback=option_files.defaults_from,
            is_eager=True,
        ),
    ] = None,
    check: Annotated[bool, option("check", "Only say whether these options can work", each_time=True)] = False,
    push_loopback: Annotated[bool, typer.Option("--push-loopback", hidden=True, envvar="AUFRUF_PUSH_LOOPBACK")] = False,
) -> None:
    """Runs the server: store, web, history and voice in one process. Opens the office for today."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a closed terminal, or an early reload, must not end the server
    options = Options(
        offices=tuple(office or ("mitte",)),
        data=data,
        host=host,
        port=port,
        redis=redis,
        database=database,
        public_url=public_url,
        public_port=public_port,
        tls_cert=tls_cert,
        tls_key=tls_key,
        trusted_proxies=tuple(trusted_proxy or ()),
        replicas=replicas,
        accept_weak_store=accept_weak_store,
        accept_one_store=accept_one_store,
        idle_ms=option_checks.idle_end(idle_end),
        smtp=smtp,
        smtp_password_file=smtp_password_file,
        mail_from=mail_from,
        webhook_secret_file=webhook_secret_file,
        contact_key_file=contact_key_file,
        oidc_issuer=oidc_issuer,
        oidc_client=oidc_client,
        oidc_secret_file=oidc_secret_file,
        oidc_claim=oidc_claim,
        oidc_groups=tuple(oidc_group or ()),
        push_loopback=push_loopback,
    )
    need("server")
    option_checks.check(options, beside=check)
    from server.starting import examined, run

    raise typer.Exit(examined(options) if check else run(options))


@app.command(epilog="Example: aufruf token --role clerk --office mitte --for 3 --name 'call button' > counter3.token")
def token(
    role: Annotated[
        str,
        option(
            "role", "admin, supervisor, clerk, desk, display, announcer, printer, kiosk, station, booking, observer"
        ),
    ],
    data: Data = Path("data"),
    database: Database = None,
    office: Annotated[
        list[str] | None, option("office", "Office that it is valid for; may be repeated; without it: all offices")
    ] = None,
    for_: Annotated[str | None, option("for", "The one device, counter or zone it acts for")] = None,
    name: Annotated[
        str,
        option("name", "A note for `aufruf tokens`: what the token is for", partial(option_values.name, "--name")),
    ] = "",
    expires: Annotated[
        str | None, option("expires", "How long it is valid: 12h, 30d, 1y; without it: until revoked")
    ] = None,
) -> None:
    """Makes a token for a device or program. Prints it on stdout and nothing else. Works while `up` runs."""
    need("server")
    from server.keys import create_token

    typer.echo(asyncio.run(create_token(data, database, role, tuple(office or ()), for_, name, expires)))


@app.command(epilog="Example: aufruf tokens --revoke t-k7f3")
def tokens(
    data: Data = Path("data"),
    database: Database = None,
    revoke: Annotated[str | None, option("revoke", "Id of the token to revoke, or the beginning of its id")] = None,
    as_json: AsJson = False,
) -> None:
    """Lists tokens with their last use, or revokes one (its connections close within 10 s)."""
    need("server")
    from server.keys import as_table, list_tokens, revoke_token

    if revoke is not None:
        try:
            typer.echo(f"revoked {asyncio.run(revoke_token(data, database, revoke))}")
        except LookupError as fault:
            fail(str(fault.args[0]))
        return
    found = asyncio.run(list_tokens(data, database))
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False) if as_json else as_table(found))


@app.command(epilog="Example: aufruf deletion --confirm")
def deletion(
    data: Data = Path("data"),
    database: Database = None,
    confirm: Annotated[bool, option("confirm", "The clock is right: continue deleting", each_time=True)] = False,
) -> None:
    """Says whether deletion is paused because the clock jumped by more than 7 days, or lets it continue."""
    need("server")
    from server.deletion import told

    typer.echo(asyncio.run(told(data, database, confirm=confirm)))


@app.command(epilog="Example: aufruf demo --server http://localhost:8080 --token-file demo.token --speed 20")
def demo(
    server: ServerAddress,
    token_file: TokenFile,
    speed: Annotated[float, option("speed", "How many times faster than normal", option_values.speed)] = 20.0,
    seed: Annotated[int, seed_option("The same seed makes the same day")] = 1,
    office: Annotated[str | None, id_option("office", "Id of the office; without it: the token's first office")] = None,
) -> None:
    """Simulates citizens and clerks of a whole day through the public API. The last counter is left for you."""
    from server.rehearsal.demo import run

    try:
        raise typer.Exit(asyncio.run(run(server, read_token(token_file), speed, seed, office, sys.stderr)))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


for verb, example in (
    *office_verbs.VERBS,
    *device_verbs.VERBS,
    *mqtt_verbs.VERBS,
    *trace_verbs.VERBS,
    *backup_verbs.VERBS,
):
    app.command(epilog=f"Example: {example}")(verb)


def main() -> None:
    """The entry point `aufruf`."""
    verb_options.open_streams()
    if (mistaken := installed.mistaken()) is not None:
        sys.exit(said(f"aufruf: {mistaken}", 1))
    app()


if __name__ == "__main__":
    main()
