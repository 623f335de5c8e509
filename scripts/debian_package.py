"""Makes the Debian package: programs with all Python packages in /opt/aufruf, units, options, documentation.

    scripts/deb .build/deb

The environment is made with Debian's own Python of this machine, and the package works only with that minor version: compiled
packages fit no other. It is made at its place below a staging folder, and every path to that folder is taken out afterwards.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.release_parts import EXTRAS, parts, third_party

ROOT = Path(__file__).parents[1]
DEBIAN = ROOT / "deploy" / "debian"
PYTHON = Path("/usr/bin/python3")
HOME = Path("opt/aufruf")
UNITS = Path("usr/lib/systemd/system")
SCREEN = Path("usr/lib/aufruf")
DOCUMENTS = Path("usr/share/doc/aufruf")
SCRIPTS = ("postinst", "prerm", "postrm")
PAGES = ("backup.md", "mqtt.md", "systemd.md", "office-file.md", "proxies.md", "screens.md", "watching.md")
BESIDE = ("docs/proxies", "deploy/prometheus", "deploy/grafana")
"""Folders with files that these pages tell to copy."""
KEPT = ("aufruf", "python", "python3")
"""Of the environment's programs; the others belong to packages that we only use."""


def run(*words: str | Path) -> str:
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def environment(stage: Path, wheel: Path) -> str:
    """/opt/aufruf below `stage`. Returns the minor version of its Python, such as "3.11"."""
    home = stage / HOME
    minor = run(PYTHON, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
    run(f"{PYTHON.parent}/python{minor}", "-I", "-m", "venv", "--without-pip", home)
    wanted = f"{wheel}[{EXTRAS},ipp]"
    install = (
        "install",
        "--quiet",
        "--no-compile",
        "--no-warn-script-location",
        "-c",
        ROOT / "constraints.txt",
        wanted,
    )
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", home / "bin" / "python", *install)
    for program in (home / "bin").iterdir():
        if program.name not in (*KEPT, f"python{minor}"):
            program.unlink()
    for file in (home / "bin" / "aufruf", home / "pyvenv.cfg"):
        file.write_text(file.read_text(encoding="utf-8").replace(str(stage), ""), encoding="utf-8")
    for told in home.glob("lib/*/site-packages/*.dist-info/direct_url.json"):
        told.unlink()  # where our wheel lay
    # Compiled now: the folder is root's, and a program of another user could not keep what it compiles.
    compiling = (
        "-m",
        "compileall",
        "-q",
        "-f",
        "-s",
        stage,
        "-p",
        "/",
        "--invalidation-mode",
        "unchecked-hash",
        "-j",
        "0",
    )
    run(home / "bin" / "python", "-I", *compiling, home / "lib")
    return minor


def units(stage: Path) -> None:
    """Server and boxes as they are; a screen's unit with the place that a package may use."""
    folder = stage / UNITS
    folder.mkdir(parents=True)
    screen = ROOT / "displays" / "kiosk"
    for unit in sorted([*(ROOT / "deploy" / "systemd").iterdir(), *screen.glob("aufruf-display*")]):
        text = unit.read_text(encoding="utf-8").replace("/usr/local/lib/aufruf/", f"/{SCREEN}/")
        (folder / unit.name).write_text(text, encoding="utf-8")
    (stage / SCREEN).mkdir(parents=True)
    for name, mode in (("start-display", 0o755), ("chromium.flags", 0o644)):
        shutil.copyfile(screen / name, stage / SCREEN / name)
        (stage / SCREEN / name).chmod(mode)


def options(stage: Path) -> None:
    folder = stage / "etc" / "aufruf"
    folder.mkdir(parents=True)
    for file in (
        *(DEBIAN / f"{name}.env" for name in ("server", "box", "mqtt")),
        ROOT / "displays" / "kiosk" / "display.env",
    ):
        shutil.copyfile(file, folder / file.name)


def documents(stage: Path) -> None:
    folder = stage / DOCUMENTS
    folder.mkdir(parents=True)
    for file in (DEBIAN / "README.Debian", DEBIAN / "copyright", *(ROOT / "docs" / page for page in PAGES)):
        shutil.copyfile(file, folder / file.name)
    for name in BESIDE:
        shutil.copytree(ROOT / name, folder / Path(name).name)
    (folder / "changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    packages = next((stage / HOME / "lib").glob("python*/site-packages"))
    (folder / "THIRD_PARTY.txt").write_text(third_party(parts(packages)), encoding="utf-8")


def control(stage: Path, version: str, minor: str) -> None:
    folder = stage / "DEBIAN"
    folder.mkdir(mode=0o755)
    told = (DEBIAN / "control").read_text(encoding="utf-8")
    size = sum(file.lstat().st_size for file in stage.rglob("*") if file.is_file()) // 1024
    libc = os.confstr("CS_GNU_LIBC_VERSION").split()[1]  # type: ignore[union-attr]  # Debian's is one
    filled = told.format(version=version, architecture=architecture(), size=size, minor=minor, libc=libc)
    (folder / "control").write_text(filled, encoding="utf-8")
    shutil.copyfile(DEBIAN / "conffiles", folder / "conffiles")
    for name in SCRIPTS:
        shutil.copyfile(DEBIAN / name, folder / name)
        (folder / name).chmod(0o755)


def architecture() -> str:
    return run("dpkg", "--print-architecture").strip()


def main(target: Path, wheel: Path | None = None) -> Path:
    """Returns the package in `target`. `wheel`: ours; without one it is built."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aufruf-deb-") as folder:
        stage = Path(folder) / "stage"
        stage.mkdir()
        if wheel is None:
            run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
            wheel = next(Path(folder).glob("aufruf-*.whl"))
        version = wheel.name.split("-")[1]
        minor = environment(stage, wheel)
        (stage / "usr" / "bin").mkdir(parents=True)
        (stage / "usr" / "bin" / "aufruf").symlink_to(f"/{HOME}/bin/aufruf")
        units(stage)
        options(stage)
        documents(stage)
        control(stage, version, minor)
        run("chmod", "-R", "u=rwX,go=rX", stage / "opt", stage / "usr", stage / "etc")
        package = target / f"aufruf_{version}_{architecture()}.deb"
        # zstd: half a gigabyte is packed in seconds; every Debian that has this Python reads it.
        run("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", stage, package)
    return package


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build" / "deb"))
