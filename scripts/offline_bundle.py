"""Makes one file with all that a machine without a network needs: every wheel, pip, units, documentation, a script that installs.

    scripts/bundle .build/bundle              for this machine's processor and Debian's Python
    scripts/bundle .build/bundle aarch64 3.13 for another processor and Python, such as a Raspberry Pi's

Nothing is compiled on the machine where it is installed: there are wheels only.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from scripts.release_parts import EXTRAS

ROOT = Path(__file__).parents[1]
OFFLINE = ROOT / "deploy" / "offline"
MINOR = "3.11"
"""Python of Debian 12; Debian 13 and Raspberry Pi OS of today have 3.13."""
WANTED = f"{EXTRAS},ipp"
SOURCE_ONLY = ("http-ece",)
"""Packages without a wheel, in plain Python: they become one here."""
EARLY = ("async-timeout>=5,<6",)
"""Packages that only the first patches of a minor need, such as the 3.11.2 of Debian 12; pip asks for its own patch here."""
LIBC = (28, 27, 26, 24, 17)
"""Wheels say the oldest C library they run with; Debian 12 has 2.36."""


def pip(*words: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"pip: {done.stderr}")


def platforms(processor: str) -> list[str]:
    return [f"--platform=manylinux_2_{number}_{processor}" for number in LIBC] + [
        f"--platform=manylinux2014_{processor}"
    ]


def built(folder: Path) -> Path:
    """Wheels that are made here, in an empty folder: ours, which is returned, and those of packages that have none."""
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", folder, "-c", ROOT / "constraints.txt", *SOURCE_ONLY)
    return next(folder.glob("aufruf-*.whl"))


def asked(processor: str, made: Path, minor: str = MINOR) -> list[str | Path]:
    """What pip is asked for: the same versions as everywhere, wheels only, for that processor."""
    ours = next(made.glob("aufruf-*.whl"))
    target = ["--only-binary=:all:", "--implementation=cp", f"--python-version={minor}", *platforms(processor)]
    return [*target, "--find-links", made, "-c", ROOT / "constraints.txt", f"{ours}[{WANTED}]", *EARLY]


def main(target: Path, processor: str = platform.machine(), minor: str = MINOR) -> Path:
    """Returns the file in `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aufruf-bundle-") as name:
        made, folder = Path(name) / "made", Path(name) / "aufruf"
        ours = built(made)
        (folder / "wheels").mkdir(parents=True)
        pip("download", "--quiet", "--dest", folder / "wheels", *asked(processor, made, minor))
        pip("download", "--quiet", "--no-deps", "--dest", folder / "wheels", "pip")
        fill(folder, processor, minor)
        file = target / f"aufruf-{ours.name.split('-')[1]}-offline-{processor}-py{minor}.tar"
        with tarfile.open(file, "w") as packed:  # wheels are packed already
            packed.add(folder, file.stem, filter=root_owns)
    return file


def fill(folder: Path, processor: str, minor: str) -> None:
    """All but the wheels."""
    shutil.copytree(ROOT / "deploy" / "systemd", folder / "systemd")
    shutil.copytree(ROOT / "displays" / "kiosk", folder / "kiosk")
    (folder / "docs").mkdir()
    for page in ROOT.glob("docs/*.md"):
        shutil.copy(page, folder / "docs")
    for name in ("docs/proxies", "deploy/prometheus", "deploy/grafana"):
        shutil.copytree(ROOT / name, folder / "docs" / Path(name).name)
    for file in (OFFLINE / "README.txt", ROOT / "constraints.txt", ROOT / "LICENSE", ROOT / "NOTICE"):
        shutil.copy(file, folder)
    text = (OFFLINE / "install.sh").read_text(encoding="utf-8")
    for word, value in (("@MINOR@", minor), ("@PROCESSOR@", processor), ("@EXTRAS@", WANTED)):
        text = text.replace(word, value)
    (folder / "install.sh").write_text(text, encoding="utf-8")
    (folder / "install.sh").chmod(0o755)
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def root_owns(one: tarfile.TarInfo) -> tarfile.TarInfo:
    one.uid, one.gid, one.uname, one.gname = 0, 0, "root", "root"
    return one


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build" / "bundle", *sys.argv[2:4]))
