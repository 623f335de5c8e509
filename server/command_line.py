"""`aufruf`: the command line. Each verb imports only what it needs, so a device runs its agent without the server.

Exit codes: 0 success, 1 the work failed, 2 wrong use. Options made by `_option` can also be set as AUFRUF_<OPTION>.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from server import account_verbs, installed, option_checks, trace_verbs
from server.options import Options, Unusable, WrongUse

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
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except CLICK as wrong:
            code = _explained(wrong)
        except WrongUse as wrong:
            code = _said(str(wrong), 2)
        except Unusable as wrong:
            code = _said(str(wrong), 1)
        sys.exit(code if isinstance(code, int) else 0)


def _explained(wrong: Any) -> int:
    context = wrong.ctx
    if type(wrong).__name__ == "NoArgsIsHelpError":  # the help has been shown already
        return 2
    text = " ".join(str(wrong.format_message()).split())
    return _said(f"{text} (see {context.command_path} --help)" if context is not None else text, 2)


def _said(reason: str, code: int) -> int:
    typer.secho(reason, err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)
    return code


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Aufruf runs the waiting room of a citizen service office: ticket, call, display, voice.",
    epilog="First steps: [bold]aufruf up[/], open http://localhost:8080/, and use the sign-in link it prints.",
)
ticket_app = typer.Typer(
    no_args_is_help=True, help="Tickets on paper.", epilog="Example: aufruf ticket preview --out t.png"
)
app.add_typer(ticket_app, name="ticket")
app.add_typer(account_verbs.app, name="account")
app.command(
    epilog="Example: aufruf learn --office mitte --data /var/lib/aufruf - or: "
    "aufruf learn --database postgresql://aufruf@db.example.de/aufruf"
)(trace_verbs.learn)
app.command(epilog="Example: aufruf replay may.csv --duty may-duty.csv --learn april.csv --learn-duty april-duty.csv")(
    trace_verbs.replay
)
app.command(epilog="Example: aufruf simulate --office mitte.toml --days 30 --out june.csv --duty-out june-duty.csv")(
    trace_verbs.simulate
)


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


def _option(name: str, help: str, callback: Any = None) -> Any:
    return typer.Option(f"--{name}", help=help, envvar=f"AUFRUF_{name.upper().replace('-', '_')}", callback=callback)


def _address(text: str) -> str:
    return option_checks.web_address("server", text)


Server = Annotated[str, _option("server", "Address of the server, for example http://localhost:8080", _address)]
TokenFile = Annotated[Path, _option("token-file", "File with the bearer token that `aufruf token` printed")]
Data = Annotated[Path, _option("data", "Folder with all data of this installation")]
Database = Annotated[str | None, _option("database", "URL of a SQL database, instead of a file in the data folder")]


def fail(reason: str, code: int = 1) -> NoReturn:
    """Prints one clear line on stderr and exits."""
    raise typer.Exit(_said(reason, code))


def need(extra: str) -> None:
    """Fails with one line if the extra that this verb imports is missing: each machine installs only the extras it needs."""
    if installed.lacks(extra):
        fail(f"this verb needs: pip install 'aufruf[{extra}]'", 2)


def read_token(file: Path) -> str:
    try:
        return option_checks.token(file.read_bytes())
    except OSError as fault:
        fail(f"--token-file: {file} cannot be read ({fault.strerror})", 2)
    except UnicodeError:
        fail(f"--token-file: {file} holds no token; it is the one line that `aufruf token` printed", 2)
    except ValueError as fault:
        fail(f"--token-file: {file} {fault}", 2)


@app.command(
    epilog="Example: aufruf up --office mitte --office rathaus --data /var/lib/aufruf --public-url https://warten.example.de"
)
def up(
    office: Annotated[
        list[str] | None, _option("office", "Office file, or id of a sample or known office; may be repeated")
    ] = None,
    data: Data = Path("data"),
    host: Annotated[str, _option("host", "Address to listen on; 0.0.0.0 for the whole network")] = "127.0.0.1",
    port: Annotated[int, _option("port", "Port to listen on")] = 8080,
    redis: Annotated[str | None, _option("redis", "URL of a Valkey or Redis >= 7.0, instead of our own")] = None,
    database: Database = None,
    public_url: Annotated[
        str | None, _option("public-url", "Address at which people reach the server; in the QR code of tickets")
    ] = None,
    public_port: Annotated[int | None, _option("public-port", "A second port, only for pages of citizens")] = None,
    tls_cert: Annotated[Path | None, _option("tls-cert", "Certificate chain (PEM)")] = None,
    tls_key: Annotated[Path | None, _option("tls-key", "Private key (PEM)")] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        _option("trusted-proxy", "Address or network of a proxy whose X-Forwarded-* headers are trusted"),
    ] = None,
    replicas: Annotated[int, _option("replicas", "Replicas that must hold an entry before it is acknowledged")] = 0,
    accept_weak_store: Annotated[bool, _option("accept-weak-store", "No warning of a weak store")] = False,
    idle_end: Annotated[
        str, _option("idle-end", "End a staff session after this time without a press or page: 30m, 2h, off")
    ] = "off",
    smtp: Annotated[str | None, _option("smtp", "Mail server for alerts: smtps://user@mail.example.de")] = None,
    smtp_password_file: Annotated[Path | None, _option("smtp-password-file", "File with its user's password")] = None,
    mail_from: Annotated[str | None, _option("mail-from", "Address that mails come from")] = None,
    webhook_secret_file: Annotated[Path | None, _option("webhook-secret-file", "File: whsec_...")] = None,
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
        public_url=public_url.rstrip("/") if public_url else None,
        public_port=public_port,
        tls_cert=tls_cert,
        tls_key=tls_key,
        trusted_proxies=tuple(trusted_proxy or ()),
        replicas=replicas,
        accept_weak_store=accept_weak_store,
        idle_ms=option_checks.idle_end(idle_end),
        smtp=smtp,
        smtp_password_file=smtp_password_file,
        mail_from=mail_from,
        webhook_secret_file=webhook_secret_file,
    )
    need("server")
    option_checks.check(options)
    from server.starting import run

    raise typer.Exit(run(options))


@app.command(epilog="Example: aufruf token --role clerk --office mitte --for 3 --name 'call button' > counter3.token")
def token(
    role: Annotated[
        str,
        _option(
            "role", "admin, supervisor, clerk, desk, display, announcer, printer, kiosk, station, booking, observer"
        ),
    ],
    data: Data = Path("data"),
    database: Database = None,
    office: Annotated[
        list[str] | None, _option("office", "Office that it is valid for; may be repeated; without it: all offices")
    ] = None,
    for_: Annotated[str | None, _option("for", "The one device, counter or zone it acts for")] = None,
    name: Annotated[str, _option("name", "A note for `aufruf tokens`: what the token is for")] = "",
    expires: Annotated[
        str | None, _option("expires", "How long it is valid: 12h, 30d, 1y; without it: until revoked")
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
    revoke: Annotated[str | None, _option("revoke", "Id of the token to revoke, or the beginning of its id")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs")] = False,
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
    confirm: Annotated[bool, typer.Option("--confirm", help="The clock is right: continue deleting")] = False,
) -> None:
    """Says whether deletion is paused because the clock jumped by more than 7 days, or lets it continue."""
    need("server")
    from server.deletion import told

    typer.echo(asyncio.run(told(data, database, confirm=confirm)))


@app.command(epilog="Example: aufruf check offices/*.toml --explain")
def check(
    files: Annotated[list[Path], typer.Argument(help="Office files")],
    explain: Annotated[bool, typer.Option("--explain", help="Say where each value comes from")] = False,
) -> None:
    """Checks office files. Lists every fault with file, key and reason, and warns of what voice, paper or wall cannot do."""
    from config.check import run
    from server.trial import trial

    raise typer.Exit(run(files, explain, sys.stdout, trial))


@app.command(
    epilog="Example: aufruf printer --server https://warten.example.de --token-file printer.token --printer entrance"
)
def printer(
    server: Server,
    token_file: TokenFile,
    printer: Annotated[str, _option("printer", "Id of the printer in the office file")],
    data: Data = Path("data"),
    address: Annotated[
        str | None, _option("address", "tcp://host:9100 or file:folder, instead of the address in the office file")
    ] = None,
) -> None:
    """Runs a ticket printer: prints each ticket at most once and reports the result."""
    need("printer")
    from ticket_printer.address import printer_at
    from ticket_printer.agent import serve

    os.umask(0o077)
    secret = read_token(token_file)
    try:
        if address is not None:
            printer_at(address, base=data)
    except ValueError as fault:
        fail(f"--address: {fault}", 2)
    raise typer.Exit(serve(server, secret, printer, data, address=address))


@app.command(epilog="Example: aufruf announcer --server http://localhost:8080 --token-file hall.token --zone hall")
def announcer(
    server: Server,
    token_file: TokenFile,
    zone: Annotated[str, _option("zone", "Id of the zone in which this machine speaks")],
) -> None:
    """Runs a loudspeaker: plays gong and speech through the sound card of this machine."""
    need("audio")
    from audio.announcer import run
    from device_line.line import NotLetIn

    secret = read_token(token_file)
    try:
        asyncio.run(run(server, secret, zone))
    except NotLetIn as refused:
        fail(f"the server does not accept this token for the zone {zone}: {refused}")
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@app.command(epilog="Example: aufruf press finish-next --server http://localhost:8080 --token-file 3.token --counter 3")
def press(
    what: Annotated[str, typer.Argument(help="next, arrived, finish, finish-next, repeat, missed, undo")],
    server: Server,
    token_file: TokenFile,
    counter: Annotated[str, _option("counter", "Id of the counter")],
) -> None:
    """Sends one press, for a keyboard shortcut, a foot switch or a call button."""
    from counter_client.press import main

    raise typer.Exit(main(what, server, read_token(token_file), counter))


@app.command(epilog="Example: aufruf counter --server http://localhost:8080 --token-file 3.token --counter 3")
def counter(
    server: Server,
    token_file: TokenFile,
    counter: Annotated[str, _option("counter", "Id of the counter")],
) -> None:
    """Shows the counter in a terminal. Uses the same protocol as the web page."""
    need("counter")
    from counter_client.terminal import main

    raise typer.Exit(main(server, read_token(token_file), counter))


@app.command(epilog="Example: aufruf demo --server http://localhost:8080 --token-file demo.token --speed 20")
def demo(
    server: Server,
    token_file: TokenFile,
    speed: Annotated[float, _option("speed", "How many times faster than normal")] = 20.0,
    seed: Annotated[int, _option("seed", "The same seed makes the same day")] = 1,
    office: Annotated[str | None, _option("office", "Id of the office; without it: the token's first office")] = None,
) -> None:
    """Simulates citizens and clerks of a whole day through the public API. The last counter is left for you."""
    if not speed > 0:
        fail(f"--speed: {speed} is no speed; say how many times faster than normal, for example 20", 2)
    from server.rehearsal.demo import run

    try:
        raise typer.Exit(asyncio.run(run(server, read_token(token_file), speed, seed, office, sys.stderr)))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@ticket_app.command("preview", epilog="Example: aufruf ticket preview --office mitte --language en --out ticket.png")
def ticket_preview(
    out: Annotated[Path, _option("out", "The PNG file to write")],
    office: Annotated[str, _option("office", "Office file, or id of an office")] = "mitte",
    language: Annotated[str | None, _option("language", "de, en, ...; without it: the office's first language")] = None,
    width: Annotated[int, _option("width", "Paper width in mm: 58 or 80")] = 80,
    data: Data = Path("data"),
) -> None:
    """Draws a ticket as the office's printer would print it."""
    need("printer")
    from config.loader import OfficeFileError
    from config.office_files import find
    from ticket_printer.preview import preview

    try:
        file = find(office, data)
    except LookupError as fault:
        fail(f"--office: {fault.args[0]}", 2)
    try:
        typer.echo(preview(file, out, language=language, width_mm=width))
    except OSError as fault:
        fail(f"--out: {out} cannot be written ({fault.strerror})", 2)
    except (LookupError, ValueError, OfficeFileError) as fault:
        fail(str(fault.args[0] if fault.args else fault), 2)


def main() -> None:
    """The entry point `aufruf`."""
    if (mistaken := installed.mistaken()) is not None:
        sys.exit(_said(f"aufruf: {mistaken}", 1))
    app()


if __name__ == "__main__":
    main()
