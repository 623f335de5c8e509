"""Options from files: `aufruf up --config server.toml`, and AUFRUF_<OPTION>_FILE for a value that is a secret.

An option on the command line goes before the environment, that before the file. Called by the command line before any verb runs.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config import named_file
from config.values import meant, short
from server.options import WrongUse

LARGEST = 100_000
"""Bytes of a file of options."""
LARGEST_VALUE = 5_000
SUFFIX = "_FILE"


def defaults_from(context: Any, file: Path | None) -> Path | None:
    """A callback for typer: the options of the verb that the file names become its defaults."""
    if file is not None:
        options = {one.opts[0][2:]: one for one in context.command.params if one.opts[0].startswith("--")}
        options.pop("config", None)
        context.default_map = dict(_each(file, _read(file), options))
    return file


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(named_file.content(file, LARGEST).decode("utf-8-sig"))
    except OSError as fault:
        raise WrongUse(f"--config: {file} cannot be read ({fault.strerror})") from fault
    except (UnicodeError, tomllib.TOMLDecodeError, RecursionError) as fault:
        raise WrongUse(f"--config: {file} is no TOML file ({short(str(fault), quotes=False)})") from fault


def _each(file: Path, written: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in written.items():
        option = options.get(name)
        if option is None or name == "check":
            raise WrongUse(f"--config: {file}: {short(name)} is no option of `up`{meant(name, list(options))}")
        many = value if isinstance(value, list) else [value]
        if isinstance(value, dict) or any(isinstance(one, dict | list) for one in many):
            raise WrongUse(f"--config: {file}: {name} must be one value{' or a list' if option.multiple else ''}")
        if isinstance(value, list) and not option.multiple:
            raise WrongUse(f"--config: {file}: {name} must be one value, not a list")
        if option.is_flag is not isinstance(value, bool):
            raise WrongUse(
                f"--config: {file}: {name} must be {'true or false' if option.is_flag else 'a text or a number'}"
            )
        yield option.name, many if option.multiple else value


def read_into(environment: dict[str, str] | Any, known: frozenset[str]) -> None:
    """Sets AUFRUF_<OPTION> from the file that AUFRUF_<OPTION>_FILE names. `known`: the variables of all options; those that end
    in _FILE themselves are options that name a file."""
    for name in sorted(environment):
        variable = name.removesuffix(SUFFIX)
        if name in known or variable == name or variable not in known:
            continue
        if environment.get(variable):
            raise WrongUse(f"{name}: {variable} is set too; say one of them")
        file = environment[name]
        try:
            text = named_file.content(Path(file), LARGEST_VALUE, piped=True).decode("utf-8-sig")
        except OSError as fault:
            raise WrongUse(f"{name}: {short(file, quotes=False)} cannot be read ({fault.strerror})") from fault
        except (UnicodeError, ValueError) as fault:
            raise WrongUse(f"{name}: {short(file, quotes=False)} holds no text") from fault
        if len(text.split()) != 1:
            raise WrongUse(f"{name}: {short(file, quotes=False)} must hold one value on one line")
        environment[variable] = text.strip()
