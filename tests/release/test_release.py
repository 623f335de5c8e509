"""What goes out with a release: every part with its licence and its text, a bill of materials, checksums."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from scripts import release_parts


def test_every_part_of_an_installation_names_its_licence() -> None:
    found = {one.name: one for one in release_parts.parts()}

    assert len(found) > 50
    assert found["msgspec"].version == version("msgspec")
    assert all(one.licence for one in found.values())
    assert "aufruf" not in found


def test_a_part_without_a_licence_ends_the_release(tmp_path: Path) -> None:
    folder = tmp_path / "secretive-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: secretive\nVersion: 1.0\n")

    with pytest.raises(release_parts.NoLicence, match=r"secretive 1\.0 names no licence"):
        release_parts.parts(tmp_path)


def test_what_others_made_is_named_with_its_whole_text() -> None:
    told = release_parts.third_party(release_parts.parts())

    assert "Permission is hereby granted, free of charge" in told
    assert "SIL OPEN FONT LICENSE" in told.upper()
    assert f"msgspec {version('msgspec')}: " in told


def test_checksums_are_those_that_sha256sum_knows(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"a")
    (tmp_path / "b.txt").write_bytes(b"b")
    (tmp_path / "SHA256SUMS").write_text(release_parts.checksums(tmp_path))

    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "a.whl").write_bytes(b"x")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1


def test_the_bill_of_materials_is_cyclonedx_and_lists_what_is_installed(tmp_path: Path) -> None:
    release_parts.sbom(Path(sys.executable), tmp_path / "aufruf.cdx.json")
    told = json.loads((tmp_path / "aufruf.cdx.json").read_text())

    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["name"] == "aufruf"
    listed = {one["name"]: one["version"] for one in told["components"]}
    assert listed["starlette"] == version("starlette")


def test_a_release_has_a_dated_chapter_in_the_changelog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert release_parts.version() == version("aufruf")

    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "9.9.9"\n')
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [0.1.0] - 2026-12-01\n")
    monkeypatch.setattr(release_parts, "ROOT", tmp_path)
    with pytest.raises(release_parts.NoChapter, match=r"no chapter \[9\.9\.9\]"):
        release_parts.version()
