"""What `scripts/release` puts into its folder, and that a stranger can check it with Debian's own tools."""

import json
import platform
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from scripts import make_release
from tests.crash.up import ROOT

pytestmark = [pytest.mark.wheel, pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no Debian")]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `scripts/release` fills."""
    folder = tmp_path_factory.mktemp("release")
    make_release.main(folder)
    return folder


def test_a_release_is_complete(release: Path) -> None:
    processor = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout

    assert {file.name for file in release.iterdir()} == {
        f"aufruf-{VERSION}-py3-none-any.whl",
        f"aufruf_{VERSION}_{processor.strip()}.deb",
        f"aufruf-{VERSION}-offline-{platform.machine()}-py3.11.tar",
        f"aufruf-{VERSION}-offline-aarch64-py3.13.tar",
        "aufruf.cdx.json",
        "licences.json",
        "THIRD_PARTY.txt",
        "SHA256SUMS",
    }


def test_every_file_of_it_has_a_checksum_that_sha256sum_confirms(release: Path) -> None:
    said = (release / "SHA256SUMS").read_text().splitlines()

    assert {line.split("  ")[1] for line in said} == {file.name for file in release.iterdir()} - {"SHA256SUMS"}
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=release, capture_output=True).returncode == 0


def test_its_lists_name_the_same_parts(release: Path) -> None:
    licences = {one["name"].lower(): one["version"] for one in json.loads((release / "licences.json").read_text())}
    components = json.loads((release / "aufruf.cdx.json").read_text())["components"]
    listed = {one["name"].lower(): one["version"] for one in components}

    assert licences.items() <= listed.items()
    assert all(name in (release / "THIRD_PARTY.txt").read_text().lower() for name in licences)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(SystemExit, match="is not empty"):
        make_release.main(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
