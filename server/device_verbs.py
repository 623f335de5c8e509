"""The verbs of devices: `printer`, `announcer`, `device`, `press`, `counter`, `doctor`; and `ticket preview`, which draws one.

Part of the command line. Each imports its agent when it is called, so a box needs only the extra of that agent.
"""

import asyncio
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from server import option_values
from server.verb_options import AsJson, Data, ServerAddress, TokenFile, fail, id_option, need, option, read_token

if TYPE_CHECKING:
    from device_line.address import Address
    from device_line.doctor import Symptom
    from device_line.pairing import Paired
    from server.messages.terms import PairedKind

NOT_LET_IN = 3
"""What `_run_as` says of a token that is not valid any more."""

ticket_app = typer.Typer(
    no_args_is_help=True, help="Tickets on paper.", epilog="Example: aufruf ticket preview --out t.png"
)


def printer(
    server: ServerAddress,
    token_file: TokenFile,
    printer: Annotated[str, id_option("printer", "Id of the printer in the office file")],
    data: Data = Path("data"),
    address: Annotated[
        str | None,
        option("address", "tcp://host:9100, usb:/dev/usb/lp0, ...: instead of the address in the office file"),
    ] = None,
    kiosk: Annotated[
        str | None, id_option("kiosk", "Kiosk on this machine, which gives numbers also while the server is away")
    ] = None,
    kiosk_token_file: Annotated[
        Path | None, option("kiosk-token-file", "File with the bearer token of the kiosk")
    ] = None,
    listen: Annotated[
        str, option("listen", "Address on this machine that the kiosk's browser opens", option_values.here)
    ] = "127.0.0.1:8090",
) -> None:
    """Runs a ticket printer: prints each ticket at most once and reports the result.

    With a kiosk on the same machine, its browser opens the address of --listen. While the server is away, numbers that it lent
    before are given out and printed; they are handed in when it is back.
    """
    need("printer")
    from device_line.address import Address
    from ticket_printer.doorway import Doorway
    from ticket_printer.running import serve

    os.umask(0o077)
    secret = read_token(token_file)
    _check_address(address, data)
    beside = None
    if kiosk is not None:
        if kiosk_token_file is None:
            fail("--kiosk-token-file: missing; the kiosk has a token of its own (`aufruf token --role kiosk`)", 2)
        who = Address(server, read_token(kiosk_token_file, "kiosk-token-file"))
        beside = Doorway(kiosk, who, *_host_and_port(listen))
    raise typer.Exit(serve(server, secret, printer, data, address=address, kiosk=beside))


def _host_and_port(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def _check_address(address: str | None, data: Path) -> None:
    if address is None:
        return
    from config.named_file import may_be_folder
    from server.messages.addresses import folder_of
    from ticket_printer.address import printer_at

    try:
        printer_at(address, base=data)
        may_be_folder(data / (folder_of(address) or ""))
    except (ValueError, OSError) as fault:
        fail(f"--address: {getattr(fault, 'strerror', None) or fault}", 2)


def _check_listen(listen: str | None) -> None:
    if listen is None:
        return
    from device_line.passing import listener

    try:
        listener(*_host_and_port(listen)).close()
    except OSError as fault:
        fail(f"--listen: {listen} cannot be served ({fault.strerror})", 2)


def announcer(
    server: ServerAddress,
    token_file: TokenFile,
    zone: Annotated[str, id_option("zone", "Id of the zone in which this machine speaks")],
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


def device(
    server: ServerAddress,
    data: Data = Path("data"),
    address: Annotated[
        str | None, option("address", "Of the printer: tcp://host:9100 or file:folder, instead of the office file's")
    ] = None,
    listen: Annotated[
        str | None,
        option(
            "listen", "Address on this machine that a kiosk's browser opens: a second code pairs it", option_values.here
        ),
    ] = None,
) -> None:
    """Pairs this box by a code that a supervisor types, then runs what it is: a printer or a loudspeaker.

    It is paired once; the token is kept in the data folder. When its pairing is ended, it shows a code again. With --address its
    printer prints the code too. With --listen it is a printer, and a second code pairs the kiosk on the same machine, which gives
    numbers also while the server is away.
    """
    from config.named_file import may_be_folder
    from device_line import pairing
    from device_line.address import Address

    os.umask(0o077)
    if address is not None or listen is not None:
        need("printer")
    try:
        may_be_folder(data)
        if data.is_dir():
            next(data.iterdir(), None)
        _check_address(address, data)
        _check_listen(listen)
        while True:
            paired = pairing.known(data, server)
            if paired is None:
                kinds = pairing.KINDS if listen is None else ("printer",)
                paired = asyncio.run(_pair(Address(server, ""), kinds, address, data))
                pairing.keep(data, paired)
                _say(f"paired as {paired.kind} {paired.id}")
            if (code := _run_as(paired, data, address, listen)) != NOT_LET_IN:
                raise typer.Exit(code)
            pairing.forget(data)
            _say("the pairing of this box was ended; it can be paired again")
    except OSError as fault:
        fail(f"--data: {data} cannot be used ({fault.strerror})", 2)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


async def _pair(server: "Address", kinds: "tuple[PairedKind, ...]", printer: str | None, data: Path) -> "Paired":
    if printer is None:
        from device_line import pairing

        return await pairing.pair(server, _show_code, kinds=kinds)
    from ticket_printer import paired_by_paper
    from ticket_printer.address import printer_at

    return await paired_by_paper.pair(printer_at(printer, base=data), server, _show_code, kinds)


def _show_code(code: str, of: str = "") -> None:
    half = len(code) // 2
    _say(f"pairing code{of}: {code[:half]} {code[half:]}")


def _say(line: str) -> None:
    """At once, also into a journal: somebody waits for it."""
    typer.echo(line)
    sys.stdout.flush()


def _run_as(paired: "Paired", data: Path, address: str | None, listen: str | None) -> int:
    """0 or 1 as the agent ends; NOT_LET_IN if its token is not valid any more."""
    if paired.kind == "printer":
        need("printer")
        from device_line.line import NotLetIn
        from ticket_printer.ledger import LedgerInUse
        from ticket_printer.lent import LentInUse
        from ticket_printer.paired_box import PairedBox

        place = None if listen is None else _host_and_port(listen)

        async def box() -> None:
            show = partial(_show_code, of=" of the kiosk")
            await PairedBox(paired, data, address=address, listen=place, show=show, say=_say).run()

        try:
            asyncio.run(box())
        except NotLetIn:
            return NOT_LET_IN
        except (LedgerInUse, LentInUse) as fault:
            fail(str(fault))
        return 0
    need("audio")
    from audio.announcer import run
    from device_line.line import NotLetIn

    try:
        asyncio.run(run(paired.server, paired.token, paired.id))
    except NotLetIn:
        return NOT_LET_IN
    return 0


def press(
    what: Annotated[str, typer.Argument(help="next, arrived, finish, finish-next, repeat, missed, undo")],
    server: ServerAddress,
    token_file: TokenFile,
    counter: Annotated[str, option("counter", "Id of the counter", option_values.place)],
) -> None:
    """Sends one press, for a keyboard shortcut, a foot switch or a call button."""
    from counter_client.press import main

    raise typer.Exit(main(what, server, read_token(token_file), counter))


def counter(
    server: ServerAddress,
    token_file: TokenFile,
    counter: Annotated[str, option("counter", "Id of the counter", option_values.place)],
) -> None:
    """Shows the counter in a terminal. Uses the same protocol as the web page."""
    need("counter")
    from counter_client.terminal import main

    raise typer.Exit(main(server, read_token(token_file), counter))


def doctor(
    server: ServerAddress,
    token_file: Annotated[
        Path | None, option("token-file", "Token of a supervisor or observer: then devices are looked at too")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Looks at a server from here: name, certificate, sockets through a proxy, clock, delay, devices. Says what to do.

    Changes nothing. Exit codes as monitoring programs know them: 0 fine, 1 warning, 2 broken (or a wrong option).
    """
    from device_line.doctor import EXIT, worst

    token = "" if token_file is None else read_token(token_file)
    found = asyncio.run(_looked(server, token, as_json))
    if as_json:
        typer.echo(json.dumps([msgspec.to_builtins(one) for one in found], indent=2, ensure_ascii=False))
    raise typer.Exit(EXIT[worst(found)])


async def _looked(server: str, token: str, silent: bool) -> "list[Symptom]":
    from device_line.address import Address
    from device_line.doctor import looked

    found = []
    async for one in looked(Address(server, token)):
        found.append(one)
        if not silent:
            typer.echo(f"{one.grade:6} {one.what}: {one.said}")
            if one.remedy:
                typer.echo(f"{'':6} -> {one.remedy}")
    return found


@ticket_app.command("preview", epilog="Example: aufruf ticket preview --office mitte --language en --out ticket.png")
def ticket_preview(
    out: Annotated[Path, option("out", "The PNG file to write")],
    office: Annotated[str, option("office", "Office file, or id of an office")] = "mitte",
    language: Annotated[str | None, option("language", "de, en, ...; without it: the office's first language")] = None,
    width: Annotated[int, option("width", "Paper width in mm: 58, 80, or 105 for A6")] = 80,
    large: Annotated[bool, option("large", "In large print")] = False,
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
        typer.echo(preview(file, out, language=language, width_mm=width, large=large))
    except OSError as fault:
        fail(f"--out: {out} cannot be written ({fault.strerror})", 2)
    except (LookupError, ValueError, OfficeFileError) as fault:
        fail(str(fault.args[0] if fault.args else fault), 2)


VERBS = (
    (printer, "aufruf printer --server https://warten.example.de --token-file printer.token --printer entrance"),
    (announcer, "aufruf announcer --server http://localhost:8080 --token-file hall.token --zone hall"),
    (device, "aufruf device --server https://warten.example.de --data /var/lib/aufruf-box"),
    (press, "aufruf press finish-next --server http://localhost:8080 --token-file 3.token --counter 3"),
    (doctor, "aufruf doctor --server https://warten.example.de --token-file observer.token"),
    (counter, "aufruf counter --server http://localhost:8080 --token-file 3.token --counter 3"),
)
"""Each with the example that its help shows."""
