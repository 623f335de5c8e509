"""What verbs share: options that mean the same everywhere, and how a verb ends with one clear line.

Part of the command line. Options can also be set as AUFRUF_<OPTION>. A value that makes no sense is refused by its check,
before the verb runs.
"""

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from config import named_file
from server import installed, option_checks, option_values
from server.options import WrongUse

STDOUT, STDERR = 1, 2
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def said(reason: str, code: int) -> int:
    reason = "".join(sign if sign.isprintable() else "?" for sign in reason)
    typer.secho(reason, err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)
    return code


def open_streams() -> None:
    """No verb ends because of where its words go. A closed stream (`>&-`) is nowhere instead: otherwise the first socket would
    get its number, and libuv ends a process that closes such a one. Signs that a stream cannot write are written as numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= STDERR:
        os.set_inheritable(number, True)
    os.close(number)
    for name, number in (("stdout", STDOUT), ("stderr", STDERR)):
        stream = getattr(sys, name) or os.fdopen(number, "w", encoding="utf-8")
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)


def unwritten(fault: OSError) -> int:
    """What a verb printed did not arrive, as on a full disk. Raises every other fault again."""
    if fault.errno not in FULL or fault.filename is not None:
        raise fault
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)  # Python writes the rest when it ends
    return said(f"the output cannot be written ({fault.strerror})", 1)


def checked(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A callback for typer: `check` gets the value and returns it, or raises WrongUse.

    It is not called if there is no value.
    """

    def asked(value: Any) -> Any:
        return None if value is None else check(value)

    return asked


def option(name: str, help: str, check: Callable[[Any], Any] | None = None, *, each_time: bool = False) -> Any:
    """`each_time`: it is only meant where it is written, so the environment cannot set it."""
    envvar = None if each_time else f"AUFRUF_{name.upper().replace('-', '_')}"
    return typer.Option(f"--{name}", help=help, envvar=envvar, callback=check and checked(check))


def id_option(name: str, help: str) -> Any:
    """An option that names one thing of the office file."""
    return option(name, help, partial(option_values.id, name))


def seed_option(help: str) -> Any:
    return option("seed", help, option_values.seed)


_server = partial(option_checks.web_address, "server")

ServerAddress = Annotated[str, option("server", "Address of the server, for example http://localhost:8080", _server)]
LinkAddress = Annotated[
    str | None, option("server", "Address for the link; without it: the address that `up` had last", _server)
]
TokenFile = Annotated[Path, option("token-file", "File with the bearer token that `aufruf token` printed")]
Data = Annotated[Path, option("data", "Folder with all data of this installation")]
Database = Annotated[str | None, option("database", "URL of a SQL database, instead of a file in the data folder")]
AsJson = Annotated[bool, option("json", "Print JSON, for programs")]


def fail(reason: str, code: int = 1) -> NoReturn:
    """Prints one clear line on stderr and exits."""
    raise typer.Exit(said(reason, code))


def need(extra: str) -> None:
    """Fails with one line if the extra that this verb imports is missing: each machine installs only the extras it needs."""
    if installed.lacks(extra):
        fail(f"this verb needs: pip install 'aufruf[{extra}]'", 2)


def is_folder(option: str, file: Path) -> bool:
    try:
        return file.is_dir()
    except OSError as fault:
        raise WrongUse(f"{option}: {file} cannot be used ({fault.strerror})") from fault


def fresh(option: str, file: Path) -> None:
    """Nothing that exists is overwritten: it may be the only good backup."""
    if not is_folder(option, file.parent):
        raise WrongUse(f"{option}: there is no folder {file.parent}")
    try:
        taken = os.path.lexists(file)
    except ValueError as fault:
        raise WrongUse(f"{option}: {file} is no name of a file") from fault
    if taken:
        raise WrongUse(f"{option}: {file} is there already; say another name")


def read_token(file: Path, name: str = "token-file") -> str:
    try:
        return option_checks.token(named_file.content(file, 8 * option_checks.LONGEST_TOKEN, piped=True))
    except OSError as fault:
        fail(f"--{name}: {file} cannot be read ({fault.strerror})", 2)
    except UnicodeError:
        fail(f"--{name}: {file} holds no token; it is the one line that `aufruf token` printed", 2)
    except ValueError as fault:
        fail(f"--{name}: {file} {fault}", 2)
