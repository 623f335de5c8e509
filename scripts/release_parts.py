"""What is told of a release: its parts with their licences and texts, a bill of materials (CycloneDX), checksums, its version.

What is listed is what an installation really has: an environment of its own is made from the wheel, with every extra and the
versions of constraints.txt. Licence texts come from the packages themselves; a package that names no licence ends the release.
"""

import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
EXTRAS = "server,printer,audio,counter,postgres,push,mqtt"
NO_PARTS = {"aufruf", "pip", "setuptools", "wheel"}
TEXTS = ("licen", "copying", "notice")
VENDORED = (
    ("Lit", "server/web/static/vendor/lit-LICENSE.txt"),
    ("Fluent", "server/web/static/vendor/fluent-bundle-LICENSE.txt"),
    ("uPlot", "server/web/static/vendor/uplot-LICENSE.txt"),
    ("Inter", "server/web/static/fonts/inter-OFL.txt"),
    ("Noto Sans Arabic", "server/web/static/fonts/noto-sans-arabic-OFL.txt"),
    ("Tabler Icons", "server/web/static/pictograms/LICENSE.txt"),
)
"""What is in the wheel although others made it, and where its licence is."""


class Part(NamedTuple):
    """A package in an installation. `licence`: as it says itself."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


class NoChapter(Exception):
    """A version that the changelog does not tell about."""


class NoLicence(Exception):
    """A package that says nowhere under which licence it is."""


def parts(folder: Path | None = None) -> list[Part]:
    """The packages of an environment (its site-packages), by name; without `folder` of this one."""
    found = distributions() if folder is None else distributions(path=[str(folder)])
    every = {one.metadata["Name"].lower(): one for one in found}
    return [_part(every[name]) for name in sorted(every) if name not in NO_PARTS]


def _part(one: Distribution) -> Part:
    meta = one.metadata
    named = [
        value
        for value in (*meta.get_all("License-Expression", []), *meta.get_all("License", []))
        if value != "UNKNOWN" and 0 < len(value) < 100
    ]
    classified = [
        value.rpartition(" :: ")[2] for value in meta.get_all("Classifier", []) if value.startswith("License ::")
    ]
    texts = tuple(_texts(one))
    licence = next(iter([*named, *classified]), "see its text" if texts else "")
    if not licence or licence == "UNKNOWN":
        raise NoLicence(f"{meta['Name']} {one.version} names no licence")
    return Part(meta["Name"], one.version, " ".join(licence.split()), texts)


def _texts(one: Distribution) -> Iterator[str]:
    for file in one.files or ():
        if "dist-info" in str(file) and file.name.lower().startswith(TEXTS):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


def third_party(found: list[Part], vendored: tuple[tuple[str, str], ...] = VENDORED) -> str:
    """The file THIRD_PARTY: a table of all parts, then the text of every licence."""
    rows = [f"{one.name} {one.version}: {one.licence}" for one in found]
    inside = [(name, (ROOT / file).read_text(encoding="utf-8")) for name, file in vendored]
    texts = [(f"{one.name} {one.version}", text) for one in found for text in one.texts]
    chapters = [f"{'=' * 78}\n{name}\n{'=' * 78}\n\n{text.strip()}\n" for name, text in [*inside, *texts]]
    head = "Aufruf uses the work of many others. These are its parts and their licences.\n\n"
    return head + "\n".join([*(name for name, _ in vendored), *rows]) + "\n\n" + "\n".join(chapters)


def checksums(folder: Path) -> str:
    """SHA-256 of every file in a folder, as `sha256sum --check` reads it."""
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


def version() -> str:
    """The release that pyproject.toml names, once the changelog has a dated chapter for it; whoever updates reads that first."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    told = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(named)}\] - \d{{4}}-\d\d-\d\d$", told, re.MULTILINE):
        raise NoChapter(f"CHANGELOG.md has no chapter [{named}] with a date")
    return str(named)


def sbom(python: Path, file: Path) -> None:
    """What is installed in an environment, as CycloneDX 1.6."""
    tool = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--of", "JSON", "--sv", "1.6"]
    run(*tool, "--pyproject", str(ROOT / "pyproject.toml"), "-o", str(file), str(python))


def run(*words: str) -> None:
    subprocess.run(words, check=True)
