"""A pipe, a socket, a folder or a device where a verb was told to find a file: one line, and no verb waits for it."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from config.loader import read
from config.office_files import find, samples
from server.certificates import Certificates
from tests.certificates import certificate
from tests.command_line.test_odd_values import COMMAND, ended, options, words_of
from tests.command_line.verbs import EVERY_VERB, Verb

MAIL = "--smtp smtps://a@mail.example.de --mail-from a@example.de"
OIDC = "--oidc-issuer https://login.example.de --oidc-client aufruf --oidc-group Schalter=clerk"
LINE = "--server http://127.0.0.1:9 --counter 3"
BROKER = "mqtt --server http://127.0.0.1:9 --broker mqtt://127.0.0.1:9"
SECURE = BROKER.replace("mqtt://", "mqtts://")
KIOSK = "printer --server http://127.0.0.1:9 --printer p --token-file good.token --kiosk k --kiosk-token-file {}"
READ = {
    "up --office {}": "--office",
    "up --config {}": "--config",
    "up --tls-key key.pem --tls-cert {}": "--tls-cert",
    "up --tls-cert cert.pem --tls-key {}": "--tls-key",
    f"up {MAIL} --smtp-password-file {{}}": "--smtp-password-file",
    "up --webhook-secret-file {}": "--webhook-secret-file",
    f"up {OIDC} --oidc-secret-file {{}}": "--oidc-secret-file",
    "up --redis rediss://localhost?ssl_ca_certs={}": "--redis",
    "up --redis rediss://localhost?ssl_certfile={}": "--redis",
    "up --redis rediss://localhost?ssl_keyfile={}": "--redis",
    "check {}": "{}",
    "replay {}": "TRACE.csv",
    "replay days.csv --office {}": "--office",
    "replay days.csv --duty {}": "--duty",
    "replay days.csv --learn {}": "--learn",
    "replay days.csv --learn days.csv --learn-duty {}": "--learn-duty",
    "simulate --days 1 --out t.csv --office {}": "--office",
    "ticket preview --out t.png --office {}": "--office",
    "restore {} --data new": "FILE",
    "restore days.csv --data new --key-file {}": "--key-file",
    "demo --server http://127.0.0.1:9 --token-file {}": "--token-file",
    "printer --server http://127.0.0.1:9 --printer entrance --token-file {}": "--token-file",
    "announcer --server http://127.0.0.1:9 --zone hall --token-file {}": "--token-file",
    KIOSK: "--kiosk-token-file",
    f"press next {LINE} --token-file {{}}": "--token-file",
    "doctor --server http://127.0.0.1:9 --token-file {}": "--token-file",
    f"counter {LINE} --token-file {{}}": "--token-file",
    f"{BROKER} --token-file {{}}": "--token-file",
    f"{BROKER} --token-file good.token --button-token-file {{}}": "--button-token-file",
    f"{BROKER} --token-file good.token --broker-user a --broker-password-file {{}}": "--broker-password-file",
    f"{SECURE} --token-file good.token --broker-ca {{}}": "--broker-ca",
}
"""Where a file is read, and what the line names."""
WRITTEN = {
    "replay days.csv --out {}": "--out",
    "simulate --office mitte --days 1 --out {}": "--out",
    "simulate --office mitte --days 1 --out t.csv --duty-out {}": "--duty-out",
    "ticket preview --out {}": "--out",
    "backup b.tar.gz --key-file {}": "--key-file",
    "backup b.tar.gz --database sqlite:///{}": "--database",
    "tokens --database sqlite:///{}": "--database",
    "up --database sqlite:///{}": "--database",
    "up --contact-key-file {}": "--contact-key-file",
}
"""Where a file is written, or made if there is none."""
OTHERS = {
    "up --redis unix://{}": ("--redis", ("pipe", "folder", "/dev/zero")),
    "up --data {}": ("--data", ("pipe", "link", "socket", "/dev/zero", "/dev/null")),
    "new {}": ("FILE", ("pipe", "link", "socket", "folder", "/dev/zero", "good.token", "good.token/below")),
    "backup {}": ("FILE", ("pipe", "link", "socket", "/dev/zero", "good.token", "good.token/below")),
    "restore days.csv --data {}": ("--data", ("pipe", "link", "socket", "/dev/zero", "good.token")),
    "tokens --data {}": ("--data", ("pipe", "link", "socket", "/dev/zero", "/dev/null")),
    "printer --server http://127.0.0.1:9 --printer p --token-file good.token --address file:{}": (
        "--address",
        ("pipe", "link", "socket", "/dev/zero", "good.token"),
    ),
}
"""Where a socket or a folder is wanted."""
NO_FILE = ("pipe", "link", "socket", "folder", "/dev/zero", "/dev/null")
GONE = ("nowhere", "circle", "good.token/below")
CASES = [
    *((use, named, place) for use, named in READ.items() for place in (*NO_FILE, *GONE)),
    *((use, named, place) for use, named in WRITTEN.items() for place in (*NO_FILE, "good.token/below")),
    *((use, named, place) for use, (named, places) in OTHERS.items() for place in places),
]


@pytest.fixture(autouse=True)
def never_waits() -> Iterator[None]:
    """A verb that waits for a pipe would wait for ever."""

    def waits(*_: object) -> NoReturn:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, waits)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    hangup = signal.getsignal(signal.SIGHUP)
    made = tmp_path / "f"
    made.mkdir()
    monkeypatch.chdir(made)
    chain, key = certificate(tmp_path)
    Path("cert.pem").write_bytes(chain.read_bytes())
    Path("key.pem").write_bytes(key.read_bytes())
    Path("good.token").write_text("aufruf_" + "x" * 43)
    Path("days.csv").write_text(
        "office,day,ticket,service,kind,slot_min,issued_min,called_min,ended_min,counter,absent_when_called\n"
        "A,1,1,s,walk_in,,1,2,3,1,0\n"
    )
    os.mkfifo("pipe")
    Path("link").symlink_to("pipe")
    Path("circle").symlink_to("circle")
    Path("folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        yield made
    signal.signal(signal.SIGHUP, hangup)


@pytest.mark.parametrize(("use", "named", "place"), CASES)
def test_what_is_no_file_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], use: str, named: str, place: str
) -> None:
    before = sorted(folder.rglob("*"))
    whole = str(folder / place) if ("://" in use and "--redis" in use) or "file:{}" in use else place

    with pytest.raises(SystemExit) as end:
        COMMAND.main(use.format(whole).split(), "aufruf")

    said = capsys.readouterr()
    lines = (said.err or said.out).splitlines()
    assert end.value.code in (1, 2)
    assert len(lines) == 1, lines
    assert lines[0].startswith(named.format(place)), lines
    assert sorted(folder.rglob("*")) == before


def test_the_tables_have_every_option_that_takes_a_path() -> None:
    tried = [use.split() for use in (*READ, *WRITTEN, *OTHERS)]
    for verb in EVERY_VERB:
        for name in _paths(verb):
            if name == "--data":  # of every verb, looked at in one place
                continue
            assert any(tuple(words[: len(verb)]) == verb and name in words for words in tried), (verb, name)


def _paths(verb: Verb) -> list[str]:
    """Its options that are a `Path`, as the command line declares them."""
    return [one.opts[0] for one in options(verb) if "Path" in str(one.type_descriptor.annotation)]


def test_a_secret_may_come_through_a_pipe_of_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    """`--token-file <(pass show aufruf)` and `--token-file /dev/stdin`: somebody writes into those."""
    out, into = os.pipe()
    os.write(into, b"aufruf_" + b"x" * 43 + b"\n")
    os.close(into)

    code, said = ended([*_press(), "--token-file", f"/dev/fd/{out}"], capsys)
    os.close(out)

    assert code == 1
    assert "token-file" not in said


def _press() -> list[str]:
    words = words_of(("press",))
    at = words.index("--token-file")
    return [*words[:at], *words[at + 2 :]]


def test_a_running_server_does_not_wait_for_a_pipe_that_took_the_place_of_its_file(tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    served = Certificates(chain, key)
    for file in (chain, tmp_path / "office.toml"):
        file.unlink(missing_ok=True)
        os.mkfifo(file)
    (tmp_path / "offices").mkdir()
    os.mkfifo(tmp_path / "offices" / "x.toml")

    served.look()

    assert "a pipe, not a file" in (served.fault or "")
    assert "a pipe, not a file" in str(read(tmp_path / "office.toml").faults)
    assert find("mitte", tmp_path) in samples()
