"""A PostgreSQL for one test, for tests of the database and of nodes that share one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BINARIES = (Path("/usr/lib/postgresql/15/bin"), Path("/usr/lib/postgresql/16/bin"), Path("/usr/lib/postgresql/17/bin"))


def _program(name: str) -> str | None:
    return shutil.which(name) or next((str(path / name) for path in BINARIES if (path / name).exists()), None)


@contextmanager
def postgres() -> Iterator[Path]:
    """The folder of a PostgreSQL of our own. It listens on a socket in this folder, without port and password."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="aufruf-test-"))
    as_whom: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as root
        as_whom = ["runuser", "-u", "postgres", "--"]
        if subprocess.run(["chown", "postgres", folder], capture_output=True).returncode:
            pytest.skip("there is no user postgres")
    data, options = folder / "data", f"-k {folder} -c listen_addresses='' -c fsync=off"
    try:
        subprocess.run(
            [*as_whom, initdb, "-D", data, "-A", "trust", "-U", "aufruf"], check=True, capture_output=True, cwd="/"
        )
        start: list[str | Path] = [*as_whom, control, "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd="/")
        try:
            yield folder
        finally:
            stop: list[str | Path] = [*as_whom, control, "-D", data, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, capture_output=True, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
