"""What is made once for all tests that install it: the Debian package, and the bundle for a machine without a network."""

import tarfile
from pathlib import Path

import pytest

from scripts import debian_package, offline_bundle


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return debian_package.main(tmp_path_factory.mktemp("deb"))


@pytest.fixture(scope="session")
def bundle_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return offline_bundle.main(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
def bundle(bundle_file: Path) -> Path:
    """Unpacked, as on a stick that was carried there."""
    with tarfile.open(bundle_file) as packed:
        packed.extractall(bundle_file.parent, filter="data")
    return bundle_file.parent / bundle_file.stem
