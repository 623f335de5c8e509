"""What is made once for all tests that install it: the Debian package, that of the version before, and the bundle for a machine
without a network."""

import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from scripts import debian_package, offline_bundle
from tests.release.kept.make import taken

PREVIOUS, PREVIOUS_VERSION = "eafefdbf", "0.0.9"
"""The commit of the version before, and the number that its package gets here: it must be lower than ours."""


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return debian_package.main(tmp_path_factory.mktemp("deb"))


@pytest.fixture(scope="session")
def previous_package(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Beside ours, made by that version's own script."""
    try:
        code = taken(PREVIOUS, tmp_path_factory.mktemp("previous") / "code")
    except subprocess.CalledProcessError:
        pytest.skip(f"this clone has no commit {PREVIOUS}")
    project = code / "pyproject.toml"
    project.write_text(re.sub(r'^version = ".*"$', f'version = "{PREVIOUS_VERSION}"', project.read_text(), flags=re.M))
    making = [sys.executable, "-m", "scripts.debian_package", str(package.parent)]
    made = subprocess.run(making, cwd=code, check=True, capture_output=True, text=True).stdout
    return Path(made.strip())


@pytest.fixture(scope="session")
def bundle_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return offline_bundle.main(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
def bundle(bundle_file: Path) -> Path:
    """Unpacked, as on a stick that was carried there."""
    with tarfile.open(bundle_file) as packed:
        packed.extractall(bundle_file.parent, filter="data")
    return bundle_file.parent / bundle_file.stem
