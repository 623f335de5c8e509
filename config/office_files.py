"""Where office files are: at a given path, in the data folder, or among the samples. Called by the command line."""

import tomllib
from contextlib import suppress
from functools import lru_cache
from importlib import resources
from pathlib import Path

from config.named_file import content, kind
from config.toml_tree import LARGEST
from config.values import meant, short


def samples() -> list[Path]:
    """The office files that come with the product, by name."""
    return sorted(Path(str(resources.files("config"))).joinpath("offices").glob("*.toml"))


def find(name_or_path: str, data: Path | None = None) -> Path:
    """The file of an office: a path, or an id known to `<data>/offices/*.toml` or to the samples, in this order.

    LookupError says which offices are known.
    """
    asked = Path(name_or_path)
    with suppress(OSError):  # a name that is too long for any file is an unknown one
        if asked.is_file():
            return asked
    own: list[Path] = []
    with suppress(OSError):
        own = sorted((data / "offices").glob("*.toml")) if data else []
    known = {office_id(file): file for file in [*samples(), *own]}
    if name_or_path in known:
        return known[name_or_path]
    with suppress(OSError):
        if (found := kind(asked)) is not None:
            raise LookupError(f"{short(name_or_path, quotes=False)} is {found}, not an office file")
    hint = meant(name_or_path, list(known))
    raise LookupError(
        f"no office file {short(name_or_path, quotes=False)}{hint}; known offices: {', '.join(sorted(known))}"
    )


def office_id(file: Path) -> str:
    """The office's id in a file, or the file's name if there is no id or the file cannot be read."""
    try:
        return _id_of(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, RecursionError):
        return file.stem


@lru_cache(256)
def _id_of(file: Path, changed: int) -> str:
    """Reads a file only when it has changed, because a running server asks every few seconds."""
    table = tomllib.loads(content(file, LARGEST).decode("utf-8-sig")).get("office")
    said = table.get("id") if isinstance(table, dict) else None
    return said if isinstance(said, str) else file.stem
