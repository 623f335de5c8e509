"""Makes what a release consists of, into one empty folder: wheel, Debian package, bundles for machines without a network, bill of
materials, licences of all parts, checksums of everything.

    scripts/release .build/release

Every file but the bundles' packages is made from the one wheel in that folder, so that all install the same.
"""

import json
import platform
import shutil
import sys
import venv
from pathlib import Path

from scripts import debian_package, offline_bundle
from scripts.release_parts import EXTRAS, ROOT, checksums, parts, run, sbom, third_party, version

BUNDLES = ((platform.machine(), offline_bundle.MINOR), ("aarch64", "3.13"))
"""Processor and Python: a server like this machine, with Debian 12; a Raspberry Pi with its system of today."""


def main(target: Path) -> None:
    print(f"Aufruf {version()}")
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        sys.exit(f"{target} is not empty")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(ROOT))
    wheel = next(target.glob("*.whl"))
    told(target, wheel)
    if shutil.which("dpkg-deb"):
        debian_package.main(target, wheel)
    else:
        print("no Debian package: this machine has no dpkg-deb")
    for processor, minor in BUNDLES:
        offline_bundle.main(target, processor, minor)
    (target / "SHA256SUMS").write_text(checksums(target), encoding="utf-8")
    print("\n".join(sorted(file.name for file in target.iterdir())))


def told(target: Path, wheel: Path) -> None:
    """What is in an installation of this wheel: bill of materials, licences, and their texts."""
    box = ROOT / ".build" / "release-environment"
    venv.create(box, clear=True, with_pip=True)
    python = box / "bin" / "python"
    run(str(python), "-m", "pip", "install", "--quiet", "-c", str(ROOT / "constraints.txt"), f"{wheel}[{EXTRAS}]")
    found = parts(next((box / "lib").glob("python*/site-packages")))
    (target / "THIRD_PARTY.txt").write_text(third_party(found), encoding="utf-8")
    licences = [{"name": one.name, "version": one.version, "licence": one.licence} for one in found]
    (target / "licences.json").write_text(json.dumps(licences, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sbom(python, target / "aufruf.cdx.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build" / "release")
