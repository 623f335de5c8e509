"""Every wrong use gives one line that names the option, an exit code that says whose fault it is, and leaves nothing behind."""

import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from server.command_line import app
from server.option_checks import web_address
from tests.certificates import certificate
from tests.command_line.mqtt_uses import LINE, MQTT_USES, SECRET
from tests.command_line.verbs import EVERY_VERB, NEEDS, takes, verb_of


class Said(NamedTuple):
    code: int
    out: str
    line: str


Use = Callable[..., Said]
TOKEN = "aufruf_" + "x" * 43


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody who works, with files that they may name by mistake."""
    made = tmp_path / "somewhere"
    made.mkdir()
    monkeypatch.chdir(made)
    (made / "good.token").write_text(TOKEN)
    (made / "empty.token").write_text("\n")
    (made / "letter.token").write_text("Sehr geehrte Damen und Herren,\nhier ist das Token.\n")
    (made / "picture.token").write_bytes(bytes(range(128, 256)) * 40)
    (made / "bad.toml").write_text("[office]\nid = 1\n")
    (made / "good.toml").write_text(
        '[office]\nid = "gut"\nname = "Gut"\n[[services]]\nid = "a"\nletter = "A"\nnames = { de = "A", en = "A" }\n'
        '[[counters]]\nid = "1"\n'
    )
    head = "office,day,ticket,service,kind,slot_min,issued_min,called_min,ended_min,counter,absent_when_called"
    (made / "days.csv").write_text(f"{head}\nA,1,1,s,walk_in,,1,2,3,1,0\n")
    (made / "long.csv").write_text(f"{head}\nA,1,{'1' * 140_000},s,walk_in,,1,2,3,1,0\n")
    (made / "duty.csv").write_text("office,day,counter,from_min,to_min,kind\nA,2,1,0,60,open\n")
    (made / "note.txt").write_text("no certificate")
    (made / "here").mkdir()
    for name, kept in (("one", "cert.pem"), ("two", "key.pem")):
        other = tmp_path / name
        other.mkdir()
        chain, key = certificate(other)
        (made / kept).write_bytes((chain if kept == "cert.pem" else key).read_bytes())
    return made


@pytest.fixture
def use(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Use]:
    """`aufruf ...` in that folder; checks what is true of every wrong use."""
    hangup = signal.getsignal(signal.SIGHUP)

    def used(*words: str) -> Said:
        before = sorted(folder.rglob("*"))
        with pytest.raises(SystemExit) as ended:
            app([*words], prog_name="aufruf")
        said = capsys.readouterr()
        assert sorted(folder.rglob("*")) == before, "something was left behind"
        assert said.err.count("\n") == 1, said.err
        assert SECRET not in said.err
        return Said(int(str(ended.value.code)), said.out, said.err.strip())

    yield used
    signal.signal(signal.SIGHUP, hangup)


UP: list[tuple[list[str], str]] = [
    (["--port", "99999"], "--port"),
    (["--port", "0"], "--port"),
    (["--port", "eighty"], "--port"),
    (["--public-port", "-1"], "--public-port"),
    (["--port", "8123", "--public-port", "8123"], "--public-port"),
    (["--host", "no-such-host.invalid"], "--host"),
    (["--host", "192.0.2.77"], "--host"),
    (["--public-url", "warten.example.de"], "--public-url"),
    (["--public-url", "ftp://warten.example.de"], "--public-url"),
    (["--public-url", "https://"], "--public-url"),
    (["--public-url", f"https://anna:{SECRET}@warten.example.de"], "--public-url"),
    (["--public-url", "https://warten..example.de"], "--public-url"),
    (["--public-url", 'https://warten.example.de/"'], "--public-url"),
    (["--public-url", "https://warten.example.de:99999"], "--public-url"),
    (["--public-url", "https://warten.example.de/?a=b"], "--public-url"),
    (["--redis", "localhost:6379"], "--redis"),
    (["--redis", "http://localhost"], "--redis"),
    (["--redis", f"redis://:{SECRET}@localhost:port/0"], "--redis"),
    (["--redis", f"redis://:{SECRET}@localhost/mitte"], "--redis"),
    (["--redis", "redis://"], "--redis"),
    (["--redis", "unix://"], "--redis"),
    (["--redis", f"sentinel://:{SECRET}@localhost:26379"], "--redis"),
    (["--redis", "redis+cluster://localhost"], "--redis"),
    (["--redis", "redis://localhost?socket_timeout=5"], "there is no option 'socket_timeout'"),
    (["--redis", "redis://localhost:0"], "0 is no port"),
    (["--redis", "rediss://localhost?ssl_ca_certs=nope.pem"], "ssl_ca_certs: nope.pem cannot be read"),
    (["--redis", "rediss://localhost?ssl_cert_reqs=maybe"], "--redis"),
    (["--redis", "sentinel://localhost:99999/office"], "--redis"),
    (["--redis", "sentinel://,/office"], "--redis"),
    (["--database", "postgresql://localhost:99999/aufruf"], "--database: 99999 is no port"),
    (["--database", "aufruf.db"], "--database"),
    (["--database", f"mysql://u:{SECRET}@h/x"], "--database"),
    (["--database", "sqlite://"], "--database"),
    (["--database", f"postgresql://u:{SECRET}@h:port/x"], "--database"),
    (["--replicas", "1"], "--replicas"),
    (["--replicas", "99", "--redis", "redis://localhost"], "--replicas"),
    (["--replicas", "-1", "--redis", "redis://localhost"], "--replicas"),
    (["--trusted-proxy", "10.0.0.256"], "--trusted-proxy"),
    (["--trusted-proxy", "nginx"], "--trusted-proxy"),
    (["--tls-cert", "cert.pem"], "--tls-key"),
    (["--tls-cert", "nope.pem", "--tls-key", "key.pem"], "--tls-cert"),
    (["--tls-cert", "cert.pem", "--tls-key", "nope.pem"], "--tls-key"),
    (["--tls-cert", "note.txt", "--tls-key", "key.pem"], "--tls-cert"),
    (["--tls-cert", "cert.pem", "--tls-key", "key.pem"], "--tls-cert"),
    (["--idle-end", "soon"], "--idle-end"),
    (["--idle-end", "30"], "--idle-end"),
    (["--idle-end", "0m"], "--idle-end"),
    (["--idle-end", "-5m"], "--idle-end"),
    (["--idle-end", "10s"], "--idle-end"),
    (["--idle-end", "13h"], "--idle-end"),
    (["--smtp", "mail.example.de", "--mail-from", "a@example.de"], "--smtp"),
    (["--smtp", f"smtps://a:{SECRET}@mail.example.de", "--mail-from", "a@example.de"], "--smtp-password-file"),
    (["--smtp", "smtps://a@mail.example.de", "--mail-from", "a@example.de"], "--smtp-password-file"),
    (["--smtp", "smtp://a@h", "--mail-from", "a@h", "--smtp-password-file", "note.txt"], "without encryption"),
    (["--smtp", "smtps://a@h", "--mail-from", "a@h", "--smtp-password-file", "nope"], "--smtp-password-file"),
    (["--smtp", "smtps://mail.example.de"], "--mail-from"),
    (["--smtp", "smtps://mail.example.de:x", "--mail-from", "a@h"], "--smtp"),
    (["--smtp", "smtps://h:0", "--mail-from", "a@h"], "--smtp"),
    (["--smtp", f"smtps://{'a' * 64}.de", "--mail-from", "a@h"], "--smtp"),
    (["--smtp", "smtps://a@h", "--mail-from", "a@h", "--smtp-password-file", "bad.toml"], "must hold one line"),
    (["--mail-from", "a@example.de"], "--smtp"),
    (["--webhook-secret-file", "nope"], "--webhook-secret-file"),
    (["--webhook-secret-file", "note.txt"], "--webhook-secret-file"),
    (["--data", "note.txt"], "--data"),
    (["--data", "note.txt/data"], "--data"),
    (["--data", "x" * 300], "--data"),
    (["--office", "nosuch"], "--office"),
    (["--office", "x" * 300], "--office"),
    (["--office", "mitte", "--office", "mitte"], "--office"),
    (["--offices", "mitte"], "--offices"),
]


@pytest.mark.parametrize(("options", "named"), UP, ids=lambda value: " ".join(value)[:60])
def test_up_with_an_option_that_cannot_be_meant(use: Use, options: list[str], named: str) -> None:
    said = use("up", *([] if "--data" in options else ["--data", "new"]), *options)

    assert said.code == 2
    assert named in said.line
    assert "Aufruf is open" not in said.out


KIOSK = ["printer", *LINE, "--printer", "p", "--kiosk", "k", "--kiosk-token-file"]
NO_PRINTER = ("usb:04b8:0202", "tcp://:9100", "tcp://printer:port", "tcp://h:0", "file:a%00b")
LOOKING = (("account", "list"), ("account", "roles", "m", "--role", "clerk"), ("audit", "verify"))
ENDS = ("disable", "enable", "sign-out")
VERBS: list[tuple[list[str], str]] = [
    (["token", "--role", "clerk"], "there is no installation in data"),
    (["token", "--role", "clerk", "--data", "typo"], "there is no installation in typo"),
    (["token", "--role", "clerk", "--data", "here"], "there is no installation in here"),
    (["token", "--role", "clerk", "--database", "sqlite:///typo.db"], "there is no installation in typo.db"),
    (["token", "--role", "clerk", "--database", "typo.db"], "--database"),
    (["token", "--role", "boss", "--data", "here"], "--role"),
    (["token", "--role", "clerk", "--data", "here", "--expires", "soon"], "--expires"),
    (["token", "--role", "clerk", "--data", "here", "--expires", "99999999999999999y"], "--expires"),
    (["token", "--data", "here"], "--role"),
    (["tokens", "--data", "typo"], "there is no installation in typo"),
    (["tokens", "--data", "typo", "--revoke", "t-1"], "there is no installation in typo"),
    *(
        (["press", "next", *LINE[:2], "--token-file", file, "--counter", "3"], "--token-file")
        for file in ("nope", "empty.token", "letter.token", "picture.token", "here")
    ),
    (["press", "next", "--server", "localhost:8080", *LINE[2:], "--counter", "3"], "--server"),
    (["press", "next", *LINE], "--counter"),
    (["counter", "--server", "localhost", *LINE[2:], "--counter", "3"], "--server"),
    (["announcer", "--server", "ws://localhost", *LINE[2:], "--zone", "hall"], "--server"),
    (["announcer", *LINE[:2], "--token-file", "letter.token", "--zone", "hall"], "--token-file"),
    *MQTT_USES,
    *(([*KIOSK[:-3], "--address", at], "--address") for at in NO_PRINTER),
    (["printer", *LINE[:2], "--token-file", "picture.token", "--printer", "entrance"], "--token-file"),
    *(([verb, "--server", "localhost"], "--server") for verb in ("doctor", "device")),
    *(([*KIOSK, "good.token", "--listen", at], "--listen") for at in ("8090", "h:1", "127.0.0.1:0", "0.0.0.0:8090")),
    (KIOSK[:-1], "--kiosk-token-file"),
    (["doctor", *LINE[:2], "--token-file", "letter.token"], "--token-file"),
    (["demo", *LINE, "--speed", "0"], "--speed"),
    (["demo", *LINE, "--speed", "inf"], "--speed"),
    (["demo", *LINE, "--seed", "-1"], "--seed"),
    (["press", "next", *LINE, "--counter", "a/b/3"], "--counter"),
    (["press", "next", "--server", f"http://a:{SECRET}@h", *LINE[2:], "--counter", "3"], "--server"),
    (["printer", *LINE, "--printer", "../entrance"], "--printer"),
    (
        ["ticket", "preview", "--office", "good.toml", "--out", "./good.toml"],
        "--out: good.toml is the file of --office",
    ),
    (["replay", "long.csv"], "TRACE.csv: long.csv: line 2: field larger"),
    (["replay", "days.csv", "--duty", "duty.csv"], "--duty: duty.csv plans no office and day of the trace"),
    (["ticket", "preview", "--language", "xx", "--out", "t.png"], "de, en"),
    (["ticket", "preview", "--width", "70", "--out", "t.png"], "--width"),
    (["ticket", "preview", "--office", "nosuch", "--out", "t.png"], "--office"),
    (["ticket", "preview", "--out", "note.txt/t.png"], "--out"),
    (["ticket", "preview"], "--out"),
    (["replay", "nosuch.csv"], "TRACE.csv: nosuch.csv cannot be read"),
    (["replay", "note.txt"], "TRACE.csv: note.txt: line 1"),
    (["replay", "picture.token"], "TRACE.csv"),
    (["replay"], "TRACE.csv"),
    (["simulate", "--office", "bad.toml", "--out", "t.csv"], "--office"),
    (["simulate", "--office", "nosuch.toml", "--out", "t.csv"], "--office: no office file nosuch.toml"),
    (
        ["simulate", "--office", "good.toml", "--out", "t.csv", "--duty-out", "./t.csv"],
        "--duty-out: t.csv is the file of --out",
    ),
    (["simulate", "--office", "good.toml", "--out", "good.toml"], "--out: good.toml is the file of --office too"),
    (["replay", "days.csv", "--out", "days.csv"], "--out: days.csv is the file of TRACE.csv too"),
    (["replay", "days.csv", "--learn-duty", "duty.csv"], "--learn-duty: says when"),
    (
        ["replay", "days.csv", "--office", "good.toml"],
        "TRACE.csv: days.csv: line 2: service: the office file has no service 's'",
    ),
    (["simulate", "--office", "bad.toml", "--days", "0", "--out", "t.csv"], "--days"),
    (["simulate", "--office", "bad.toml"], "--out"),
    (["deletion", "--data", "typo"], "there is no installation in typo"),
    (["deletion", "--database", "sqlite:///typo.db", "--confirm"], "there is no installation in typo.db"),
    (["deletion", "--database", "typo.db"], "--database"),
    (["learn", "--data", "typo"], "there is no installation in typo"),
    (["backup", "b.tar.gz", "--data", "typo"], "there is no installation in typo"),
    (["backup", "b.tar.gz", "--key-file", "note.txt"], "--key-file: note.txt is there already"),
    (["backup", "b.tar.gz", "--keep", "3"], "--keep: counts the backups of a folder"),
    (["backup", "here", "--keep", "0"], "--keep: 0 is out of range"),
    (["restore", "nope.tar.gz", "--data", "new"], "FILE: nope.tar.gz cannot be read"),
    (["restore", "note.txt", "--data", ".."], "--data: .. is not empty"),
    (["restore", "note.txt", "--data", "new", "--key-file", "nope"], "--key-file: nope cannot be read"),
    (["account", "add", "m", "--role", "clerk", "--data", "typo"], "there is no installation in typo"),
    (["account", "add", "m"], "--role"),
    *(([*verb, "--data", "typo"], "there is no installation in typo") for verb in LOOKING),
    *((["account", verb, "m", "--data", "typo"], "there is no installation in typo") for verb in ENDS),
    (["account", "link", "m", "--database", "sqlite:///typo.db"], "there is no installation in typo.db"),
    (["check"], "files"),
    (["schema", "--nosuch"], "--nosuch"),
    (["new", "note.txt"], "FILE: note.txt is there already"),
    (["new", "a.toml", "--name", "A", "--service", "S", "--counters", "0"], "--counters: 0 is out of range"),
    (["new", "a.toml", "--name", "A", "--service", " ", "--counters", "1"], "--service: name at least one"),
    (
        ["new", "a.toml", "--name", "A", *(["--service", "x"] * 30), "--counters", "1"],
        "--service: there are letters for",
    ),
    (["nosuch"], "nosuch"),
]


def test_every_verb_has_a_wrong_use_here() -> None:
    assert set(EVERY_VERB) - {verb_of(words) for words, _ in VERBS} == {("up",)}, "up has a table of its own"


@pytest.mark.parametrize(("words", "named"), VERBS, ids=lambda value: " ".join(value)[:60])
def test_a_verb_with_an_option_that_cannot_be_meant(use: Use, words: list[str], named: str) -> None:
    said = use(*words)

    assert said.code == 2
    assert named in said.line


@pytest.mark.parametrize("verb", [verb for verb in EVERY_VERB if takes(verb, "--server")], ids=" ".join)
def test_an_address_of_a_server_has_a_scheme(use: Use, verb: tuple[str, ...]) -> None:
    words = next(words.split() for words in NEEDS if verb_of(words.split()) == verb)
    said = use(*words, "--server", "warten.example.de")

    assert said.code == 2
    assert said.line.startswith("--server: warten.example.de is no address")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("HTTPS://Warten.Example.de:443/", "https://warten.example.de"),
        ("https://bürgeramt.example.de", "https://xn--brgeramt-65a.example.de"),
        ("http://[2001:DB8::1]:8080/aufruf/", "http://[2001:db8::1]:8080/aufruf"),
    ],
)
def test_a_public_address_is_written_as_browsers_write_it(said: str, meant: str) -> None:
    """Their `Origin` is compared with it."""
    assert web_address("public-url", said) == meant


def test_from_the_environment_it_is_named_as_well(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUFRUF_PUBLIC_URL", "warten.example.de")

    assert "--public-url" in use("up", "--data", "new").line


def test_a_faulty_office_file_lists_its_faults_and_nothing_is_made(folder: Path) -> None:
    ended = started("up", "--data", "new", "--office", "bad.toml", cwd=folder)

    assert ended.returncode == 2
    assert "bad.toml has" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (folder / "new").exists()


def test_a_port_that_is_taken_is_found_before_anything_is_made(use: Use) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = use("up", "--data", "new", "--port", port)
        second = use("up", "--data", "new", "--public-port", port)

    assert (said.code, second.code) == (1, 1)
    assert f"port {port} cannot be used" in said.line
    assert f"port {port} cannot be used" in second.line


def test_a_database_that_does_not_answer_is_named_with_its_address(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"postgresql://aufruf:{SECRET}@127.0.0.1:{port}/office"
    for verb in (
        ["up", "--port", str(port)],
        ["token", "--role", "clerk"],
        ["deletion"],
        ["learn"],
        ["account", "list"],
    ):
        ended = started(*verb, "--data", "new", "--database", url, cwd=folder)

        assert ended.returncode == 1
        assert f"--database: PostgreSQL at 127.0.0.1:{port}/office does not answer" in ended.stderr
        assert_one_line(ended)


def test_a_database_of_a_newer_release_is_one_line(folder: Path) -> None:
    data = folder / "old"
    data.mkdir()
    with sqlite3.connect(data / "aufruf.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    for verb in (["up", "--port", "8123"], ["token", "--role", "clerk"], ["tokens"], ["deletion"], ["learn"]):
        ended = started(*verb, "--data", "old", cwd=folder)

        assert ended.returncode == 1
        assert "newer release" in ended.stderr
        assert "9999" in ended.stderr
        assert_one_line(ended)


@pytest.mark.parametrize("form", ["utf-16", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_a_token_file_as_powershell_writes_it_is_read(folder: Path, form: str) -> None:
    """No server is there: an attempt to reach it shows that the token was read."""
    (folder / "windows.token").write_text(f"{TOKEN}\r\n", encoding=form)
    ended = started("press", "next", *LINE[:2], "--token-file", "windows.token", "--counter", "mitte/3", cwd=folder)

    assert ended.returncode == 1
    assert "127.0.0.1:9" in ended.stderr
    assert_one_line(ended)


@pytest.mark.parametrize("form", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("verb", [use.split() for use in NEEDS if "--token-file" in use], ids=lambda verb: verb[0])
def test_a_token_of_any_form_comes_out_of_a_pipe_once_and_whole(folder: Path, verb: list[str], form: str) -> None:
    """As `--token-file <(pass show printer)` gives it: what is read twice is empty the second time."""
    shown: list[str | None] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.append(self.headers["Authorization"])
            self.send_error(401)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as door:
        Thread(target=door.serve_forever).start()
        words = " ".join(verb).replace("t.token", "/dev/stdin").replace(":9 ", f":{door.server_port} ").split()
        command = [sys.executable, "-m", "server.command_line", *words]
        ended = subprocess.run(command, cwd=folder, input=f"{TOKEN}\r\n".encode(form), capture_output=True, timeout=60)
        door.shutdown()

    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
    assert set(shown) == {f"Bearer {TOKEN}"}, ended.stderr.decode()


def started(*words: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "server.command_line", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)


def assert_one_line(ended: "subprocess.CompletedProcess[str]") -> None:
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert SECRET not in ended.stderr
    assert "Aufruf is open" not in ended.stdout
