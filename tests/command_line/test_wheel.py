"""The wheel alone: built from the source archive, each extra in its own environment, run by another user in another folder.

That folder holds files with the names of our packages, as an operator's may. Nothing here sees the working copy.
"""

import asyncio
import contextlib
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from server.installed import ROOMS
from tests.command_line.verbs import NEEDS
from tests.command_line.wheel_box import LIMIT_S, NOBODY, OTHER, ROOT, Box, Office, pip, until
from tests.story.conftest import free_port

pytestmark = pytest.mark.wheel
WITHOUT_A_SERVER = {"new": 0, "schema": 0, "doctor": 2, "device": 2}
"""Exit codes of verbs that need no server, or say as a monitoring program would that there is none; the others fail with 1."""
EXTRAS = ("server", "printer", "audio", "counter", "postgres", "push", "piper", "ipp", "mqtt")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def interpreter() -> str:
    """A Python that the other user may run; root's own may be in a folder that nobody else can read."""
    for candidate in (os.path.realpath(sys.executable), "/usr/bin/python3", "/usr/local/bin/python3"):
        asked = [
            candidate,
            "-I",
            "-c",
            "import sys; assert sys.version_info >= (3, 11); print(sys.version, sys.prefix)",
        ]
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            theirs = subprocess.run([*OTHER, *asked], check=True, capture_output=True, cwd="/").stdout
            if theirs == subprocess.run(asked, check=True, capture_output=True).stdout:
                return candidate
    pytest.skip("there is no Python 3.11 that another user may run")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that everybody may read; pytest's own is private."""
    folder = Path(tempfile.mkdtemp(prefix="aufruf-wheel-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def archive(place: Path) -> Path:
    pip("install", "--no-compile", "--target", str(place / "builder"), "-c", str(ROOT / "constraints.txt"), "hatchling")
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "sdist", "-d", str(place / "dist")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(place / "builder")}, check=True, timeout=120)
    return next((place / "dist").glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(archive: Path) -> Path:
    """Built from the archive, so that the test uses what a packager gets."""
    pip("wheel", "--no-deps", "-w", str(archive.parent), str(archive))
    return next(archive.parent.glob("*.whl"))


@pytest.fixture(scope="module")
def trap(place: Path) -> Path:
    """The folder where the operator works. It has a file with each of our names; if one of them runs, it leaves a mark."""
    folder = place / "operator"
    folder.mkdir()
    for name in (*ROOMS, "typer", "msgspec"):
        (folder / f"{name}.py").write_text(
            f"open('ran-{name}', 'w').close()\nraise SystemExit('the operator\\'s {name}.py ran')\n"
        )
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    return folder


@pytest.fixture(scope="module")
def boxes(place: Path, trap: Path, wheel: Path, interpreter: str) -> Iterator[dict[str, Box]]:
    """One for the wheel without extras, and one for each extra; PostgreSQL's is added to a server later."""
    made = {}
    for name in ("bare", "server", "printer", "audio", "counter"):
        subprocess.run([interpreter, "-m", "venv", "--without-pip", str(place / name)], check=True, timeout=LIMIT_S)
        made[name] = Box(place / name, trap)
        made[name].install(wheel, () if name == "bare" else (name,))
    yield made
    for box in made.values():
        box.close()
    assert sorted(trap.glob("ran-*")) == [], "a file of the operator's folder was run as ours"


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def test_the_metadata_names_ranges_and_no_machine(metadata: Message) -> None:
    asked = metadata.get_all("Requires-Dist", [])

    assert metadata.get_all("Provides-Extra") == sorted(EXTRAS) or set(metadata.get_all("Provides-Extra", [])) == set(
        EXTRAS
    )
    assert [one for one in asked if "==" in one.split(";")[0]] == []
    assert [one for one in asked if ">=" not in one] == []
    assert [one for one in asked if "<" not in one.split(";")[0]] == [
        one for one in asked if one.startswith(("tzdata", "holidays"))
    ]
    assert metadata.get_all("Classifier")
    assert "file:" not in "\n".join(asked)


def test_the_wheel_holds_our_rooms_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
    names = {Path(name).parts[0] for name in files}

    assert {name for name in names if not name.endswith(".dist-info")} == set(ROOMS)
    assert {Path(name).name for name in files if name.startswith("displays/kiosk/")} == {
        path.name for path in (ROOT / "displays/kiosk").iterdir()
    }


@pytest.mark.parametrize("verb", [use for use, extra in NEEDS.items() if extra])
def test_a_verb_without_its_extra_says_what_to_install(boxes: dict[str, Box], trap: Path, verb: str) -> None:
    (trap / "t.token").write_text("aufruf_" + "x" * 43)
    said = boxes["bare"].run(*verb.split())

    assert said.returncode == 2
    assert said.stderr == f"this verb needs: pip install 'aufruf[{NEEDS[verb]}]'\n"


def test_the_bare_wheel_checks_and_presses(boxes: dict[str, Box], trap: Path) -> None:
    office = next((boxes["bare"].folder / "lib").glob("python*/site-packages/config/offices/mitte.toml"))
    (trap / "t.token").write_text("aufruf_" + "x" * 43)
    alone = [use.split() for use, extra in NEEDS.items() if extra is None and not use.startswith("check ")]

    assert boxes["bare"].run("check", str(office)).returncode == 0
    assert boxes["bare"].run("--version").stdout.startswith("aufruf ")
    for words in alone:
        said = boxes["bare"].run(*words)
        assert said.returncode == WITHOUT_A_SERVER.get(words[0], 1), said.stderr
        assert "Traceback" not in said.stderr


@pytest.mark.parametrize("name", ["bare", "printer", "audio", "counter"])
def test_a_box_carries_no_more_than_it_needs(boxes: dict[str, Box], name: str) -> None:
    assert [
        heavy for heavy in ("scipy", "sqlalchemy", "redis", "py_nanotts", "pyloudnorm") if boxes[name].has(heavy)
    ] == []


@pytest.fixture(scope="module")
def office(boxes: dict[str, Box], place: Path, trap: Path) -> Iterator[Office]:
    standing = Office(boxes["server"], place, trap)
    yield standing
    standing.pen.close()
    standing.process.terminate()
    assert standing.process.wait(15) == 0, standing.words.read_text(errors="replace")
    said = standing.words.read_text(errors="replace")
    assert "Traceback" not in said, said


def test_the_main_job_from_a_ticket_to_a_call_with_a_voice(office: Office, boxes: dict[str, Box]) -> None:
    number = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]["number"]
    office.press("open_counter", counter="1")
    token = office.token("supervisor")
    pressed = boxes["bare"].run("press", "next", "--server", office.url, "--token-file", token.name, "--counter", "1")

    assert pressed.returncode == 0, pressed.stderr
    assert number in pressed.stdout
    calls = office.pen.get("/boards/display/hall").json()["calls"]
    assert [call["number"] for call in calls] == [number]
    assert "no announcement" not in office.words.read_text(errors="replace")


def test_the_server_has_a_voice_of_its_own(boxes: dict[str, Box], tmp_path: Path) -> None:
    """The extra alone is enough to speak, level and join announcements."""
    spoken = tmp_path / "call.wav"
    said = subprocess.run(
        [str(boxes["server"].python), "-I", "-m", "audio.say", "A017", "3", "--voice", "pico", "--out", str(spoken)],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )

    assert said.returncode == 0, said.stderr
    assert spoken.stat().st_size > 200_000, "a gong alone is not so long"


def test_the_keys_are_listed_and_revoked(office: Office, boxes: dict[str, Box]) -> None:
    listed = boxes["server"].run("tokens", "--data", "house")

    assert listed.returncode == 0, listed.stderr
    assert "supervisor" in listed.stdout


def test_the_printer_box_prints(office: Office, boxes: dict[str, Box], place: Path, trap: Path) -> None:
    token, said = office.token("printer", "entrance"), place / "printer.log"
    boxes["printer"].start(
        *("printer", "--server", office.url, "--token-file", token.name, "--printer", "entrance"),
        *("--data", "box", "--address", "file:papers"),
        into=said,
    )
    office.press("issue_ticket", services=["ausweis"], printer="entrance")
    until("a paper", lambda: list(trap.glob("box/papers/**/*.png")), said)
    preview = boxes["printer"].run("ticket", "preview", "--out", "preview.png", "--language", "en")

    assert preview.returncode == 0, preview.stderr
    assert (trap / "preview.png").read_bytes().startswith(b"\x89PNG")


def test_the_announcer_box_is_on_the_line(office: Office, boxes: dict[str, Box], place: Path) -> None:
    token, said = office.token("announcer", "hall"), place / "announcer.log"
    boxes["audio"].start("announcer", "--server", office.url, "--token-file", token.name, "--zone", "hall", into=said)
    until("the announcer", lambda: office.device("announcer:hall") == "online", said)

    assert "Traceback" not in said.read_text(errors="replace")


def test_the_announcer_box_has_a_gong_of_its_own(boxes: dict[str, Box], tmp_path: Path) -> None:
    ring = (
        "import asyncio, sys; from pathlib import Path; from audio.recordings import Recordings\n"
        "from device_line.address import Address\n"
        "async def ring():\n"
        "    file, seconds = await Recordings(Address('http://127.0.0.1:9', 'x'), Path(sys.argv[1])).gong('calm')\n"
        "    print(file.stat().st_size, seconds)\n"
        "asyncio.run(ring())"
    )
    made = subprocess.run(
        [str(boxes["audio"].python), "-I", "-c", ring, str(tmp_path)], capture_output=True, text=True, timeout=LIMIT_S
    )

    assert made.returncode == 0, made.stderr
    assert int(made.stdout.split()[0]) > 100_000


def test_the_counter_in_a_terminal_shows_its_counter(office: Office, boxes: dict[str, Box]) -> None:
    token = office.token("clerk", "2")
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        **boxes["counter"].command("counter", "--server", office.url, "--token-file", token.name, "--counter", "2"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        assert asyncio.run(read_until(ours, rb"Schalter 2|Counter 2"))
    finally:
        child.terminate()
        child.wait(15)
        os.close(ours)


async def read_until(terminal: int, wanted: bytes) -> bool:
    said = b""
    async with asyncio.timeout(LIMIT_S):
        while not re.search(wanted, said):
            said += await asyncio.to_thread(os.read, terminal, 65536)
    return True


def test_the_demo_lives_in_it(office: Office, boxes: dict[str, Box], place: Path) -> None:
    token, said = office.token("supervisor"), place / "demo.log"
    before = office.pen.get("/boards/supervisor").json()
    life = boxes["bare"].start("demo", "--server", office.url, "--token-file", token.name, "--speed", "200", into=said)
    until(
        "life", lambda: office.pen.get("/boards/supervisor").json()["last_ticket_at"] != before["last_ticket_at"], said
    )
    life.terminate()

    assert life.wait(30) == 0, said.read_text(errors="replace")


def test_a_database_of_another_kind_is_one_more_extra(boxes: dict[str, Box], wheel: Path) -> None:
    url = f"postgresql://aufruf@127.0.0.1:{free_port()}/office"
    without = boxes["server"].run("token", "--role", "clerk", "--database", url)
    boxes["server"].install(wheel, ("server", "postgres"))
    with_it = boxes["server"].run("token", "--role", "clerk", "--database", url)

    assert (without.returncode, with_it.returncode) == (2, 1)
    assert "pip install 'aufruf[postgres]'" in without.stderr
    assert "does not answer" in with_it.stderr


def test_another_package_of_one_of_our_names_is_one_line(boxes: dict[str, Box]) -> None:
    """After `pip install config`: another package's file in place of ours, or none any more."""
    ours = next((boxes["bare"].folder / "lib").glob("python*/site-packages/config/__init__.py"))
    kept = ours.read_bytes()
    try:
        ours.write_text("VERSION = '0.5.1'\n")
        over = boxes["bare"].run("--version")
        ours.unlink()
        gone = boxes["bare"].run("--version")
    finally:
        ours.write_bytes(kept)

    for said in (over, gone):
        assert said.returncode == 1
        assert said.stderr.count("\n") == 1
        assert "config" in said.stderr
        assert "environment of its own" in said.stderr
    assert boxes["bare"].run("--version").returncode == 0
