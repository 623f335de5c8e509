"""What verbs share: options that mean the same everywhere, and how a verb ends with one clear line.

Part of the command line. Options made by `option` can also be set as AUFRUF_<OPTION>.
"""

import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from server import installed, option_checks


def said(reason: str, code: int) -> int:
    typer.secho(reason, err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)
    return code


def option(name: str, help: str, callback: Any = None) -> Any:
    return typer.Option(f"--{name}", help=help, envvar=f"AUFRUF_{name.upper().replace('-', '_')}", callback=callback)


def _address(text: str) -> str:
    return option_checks.web_address("server", text)


ServerAddress = Annotated[str, option("server", "Address of the server, for example http://localhost:8080", _address)]
TokenFile = Annotated[Path, option("token-file", "File with the bearer token that `aufruf token` printed")]
Data = Annotated[Path, option("data", "Folder with all data of this installation")]
Database = Annotated[str | None, option("database", "URL of a SQL database, instead of a file in the data folder")]


def fail(reason: str, code: int = 1) -> NoReturn:
    """Prints one clear line on stderr and exits."""
    raise typer.Exit(said(reason, code))


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
