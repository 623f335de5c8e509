"""Unit files: systemd itself reads them without a complaint, they are as closed as they say, and the verbs know their options."""

import re
import shlex
import subprocess
import textwrap
from pathlib import Path

import pytest

from tests.command_line.verbs import takes, verb_of

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SCREEN = ROOT / "displays" / "kiosk" / "aufruf-display.service"
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
EXPOSED = 3.0
"""What `systemd-analyze security` may say at most: 0 is closed, 10 is open; 3 is still "OK". An unhardened unit has 9.6."""
EXPOSED_SCREEN = 7.6
"""A screen's unit opens a session with a seat: graphics, sound, and a browser whose own sandbox is made of namespaces."""


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=60)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as on a machine: with a program where they look for one, and an instance of each template."""
    program = tmp_path / "aufruf"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/aufruf/bin/aufruf", str(program))
        (tmp_path / unit.name.replace("@", "@entrance")).write_text(text, encoding="utf-8")
    return tmp_path


def test_systemd_reads_every_unit_without_a_complaint(installed: Path) -> None:
    units = [str(unit) for unit in sorted(installed.glob("aufruf*.*"))]

    said = analyze("verify", "--man=no", *units)

    assert len(units) == len(UNITS)
    assert [line for line in said.stderr.splitlines() if "aufruf" in line] == []
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("unit", SERVICES, ids=[unit.name for unit in SERVICES])
def test_every_service_is_closed(installed: Path, unit: Path) -> None:
    copy = installed / unit.name.replace("@", "@entrance")

    said = analyze("security", "--offline=true", f"--threshold={int(EXPOSED * 10)}", "--no-pager", str(copy))

    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("unit", SERVICES, ids=[unit.name for unit in SERVICES])
def test_the_verb_knows_what_its_unit_asks(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    command = next(line for line in text.splitlines() if line.startswith("ExecStart=")).partition("=")[2]
    program, *words = shlex.split(command)
    verb = verb_of(words)

    assert program == "/opt/aufruf/bin/aufruf"
    assert verb is not None
    assert all(takes(verb, word) for word in words if word.startswith("--"))
    named = re.findall(r"^(?:# .*?\(|Environment=)AUFRUF_([A-Z_]+)=", text, re.MULTILINE)
    assert all(takes(verb, "--" + name.lower().replace("_", "-")) for name in named)


DROP_INS = [
    ("systemd.md", "aufruf-printer@entrance.service", "printer", ["KIOSK", "KIOSK_TOKEN_FILE", "LISTEN"]),
    ("mqtt.md", "aufruf-mqtt.service", "mqtt", ["BUTTON_TOKEN_FILE", "BROKER_PASSWORD_FILE"]),
]


@pytest.mark.parametrize(("page", "unit", "verb", "options"), DROP_INS, ids=["kiosk", "buttons"])
def test_systemd_reads_what_the_docs_add_to_a_unit(
    installed: Path, page: str, unit: str, verb: str, options: list[str]
) -> None:
    """A kiosk beside its printer; buttons, and a broker with a password."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (said,) = re.findall(r"^    \[Service\]\n(?:    .*\n)+", text, re.MULTILINE)
    added = installed / f"{unit}.d" / "more.conf"
    added.parent.mkdir()
    added.write_text(textwrap.dedent(said), encoding="utf-8")

    read = analyze("verify", "--man=no", str(installed / unit))

    assert [line for line in read.stderr.splitlines() if "aufruf" in line] == []
    assert read.returncode == 0, read.stderr
    assert re.findall(r"Environment=AUFRUF_([A-Z_]+)=", said) == options
    assert all(takes((verb,), "--" + name.lower().replace("_", "-")) for name in options)


@pytest.mark.parametrize(("file", "verb"), [("server", "up"), ("box", "device"), ("mqtt", "mqtt")])
def test_the_verb_knows_every_option_of_its_file(file: str, verb: str) -> None:
    text = (ROOT / "deploy" / "debian" / f"{file}.env").read_text(encoding="utf-8")
    # of any option a file may hold the value: AUFRUF_REDIS_FILE
    named = [name.removesuffix("_FILE") for name in re.findall(r"AUFRUF_([A-Z_]+)=", text)]

    assert named
    assert all(takes((verb,), "--" + name.lower().replace("_", "-")) for name in named)


def test_a_wrong_option_is_not_tried_again_and_again() -> None:
    """Exit code 2 is a wrong use (`docs/systemd.md`): a restart cannot mend it."""
    assert "RestartPreventExitStatus=2" in (ROOT / "deploy" / "systemd" / "aufruf.service").read_text(encoding="utf-8")


def test_the_unit_of_a_screen_is_as_closed_as_a_browser_allows(tmp_path: Path) -> None:
    copy = tmp_path / SCREEN.name
    copy.write_text(SCREEN.read_text(encoding="utf-8").replace("/usr/bin/cage", "/bin/true"), encoding="utf-8")

    read = analyze("verify", "--man=no", str(copy))
    said = analyze("security", "--offline=true", f"--threshold={int(EXPOSED_SCREEN * 10)}", "--no-pager", str(copy))

    assert [line for line in read.stderr.splitlines() if "aufruf" in line] == []
    assert said.returncode == 0, said.stdout
