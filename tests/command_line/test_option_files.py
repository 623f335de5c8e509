"""Options from files: `--config server.toml`, and secrets by AUFRUF_<OPTION>_FILE; what is wrong in them is one line."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import starting
from server.messages.instants import MINUTE
from server.options import Options
from tests.command_line.test_odd_values import COMMAND, ended
from tests.crash.up import free_port

Started = Callable[..., Options]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    """Calls `aufruf up` and returns the options with which it would have run."""
    monkeypatch.chdir(tmp_path)
    found: list[Options] = []

    def runs(options: Options) -> int:
        found.append(options)
        return 0

    monkeypatch.setattr(starting, "run", runs)

    def start(*words: str) -> Options:
        with pytest.raises(SystemExit) as end:
            COMMAND.main(["up", *words], "aufruf")
        assert end.value.code == 0
        return found[-1]

    return start


def written(text: str, name: str = "server.toml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_file_names_options_as_the_command_line_does(started: Started) -> None:
    port = free_port()
    file = written(
        f'office = ["mitte", "rathaus"]\nport = {port}\npublic-url = "https://Warten.Example.de/"\n'
        'trusted-proxy = "10.0.0.0/8"\naccept-weak-store = true\n'
    )

    options = started("--config", file)

    assert options.offices == ("mitte", "rathaus")
    assert options.port == port
    assert options.public_url == "https://warten.example.de"
    assert options.trusted_proxies == ("10.0.0.0/8",)
    assert options.accept_weak_store


def test_a_file_says_that_one_store_may_go_on(started: Started) -> None:
    stores = 'redis = "sentinel://a,b,c/office"\nreplicas = 1\n'

    assert started("--config", written(f"port = {free_port()}\n{stores}accept-one-store = true\n")).accept_one_store
    assert not started("--config", written(f"port = {free_port()}\n{stores}")).accept_one_store


@pytest.mark.parametrize(
    "stores",
    [
        "",
        'redis = "redis://localhost"\nreplicas = 1\n',
        'redis = "sentinel://localhost/office"\nreplicas = 2\n',
        'redis = "cluster://localhost"\n',
    ],
)
def test_one_store_goes_on_only_where_somebody_knows_the_primary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stores: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, line = ended(["up", "--config", written(f"{stores}accept-one-store = true\n")], capsys)

    assert code == 2
    assert line.startswith("--accept-one-store: needs --replicas 1 and --redis sentinel://")


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = free_port(), free_port(), free_port()
    file = written(f'port = {ports[0]}\nidle-end = "30m"\n')
    monkeypatch.setenv("AUFRUF_CONFIG", file)

    assert started().port == ports[0]
    monkeypatch.setenv("AUFRUF_PORT", str(ports[1]))
    assert started().port == ports[1]
    assert started("--port", str(ports[2])).port == ports[2]
    assert started().idle_ms == 30 * MINUTE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("public_url = 'https://x'", '"public_url" is no option of `up`, did you mean "public-url"?'),
        ("config = 'other.toml'", '"config" is no option of `up`'),
        ("check = true", '"check" is no option of `up`'),
        ("port = [1, 2]", "port must be one value, not a list"),
        ("port = true", "port must be a text or a number"),
        ("accept-weak-store = 'yes'", "accept-weak-store must be true or false"),
        ("[office]\nid = 'mitte'", "office must be one value or a list"),
        ("port = ", "is no TOML file"),
    ],
)
def test_what_a_file_must_not_say_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, line = ended(["up", "--config", written(text)], capsys)

    assert code == 2
    assert line.startswith("--config: server.toml")
    assert said in line


def test_a_wrong_value_in_a_file_names_its_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "--port" in ended(["up", "--config", written("port = 99999")], capsys)[1]
    assert "--public-url" in ended(["up", "--config", written("public-url = 'warten'")], capsys)[1]


def test_a_secret_comes_from_a_file(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    """The URL of a store has its password; on the command line every user of the machine could read it."""
    monkeypatch.setenv("AUFRUF_REDIS", "")  # what the verb sets there is taken back after the test
    monkeypatch.setenv("AUFRUF_REDIS_FILE", written("redis://:s3cret@localhost:6379/0\n", "redis.url"))

    assert started().redis == "redis://:s3cret@localhost:6379/0"


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (None, {}, "cannot be read"),
        ("two words", {}, "must hold one value on one line"),
        ("", {}, "must hold one value on one line"),
        ("redis://a", {"AUFRUF_REDIS": "redis://b"}, "AUFRUF_REDIS is set too"),
    ],
)
def test_a_file_that_holds_no_secret_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str | None,
    more: dict[str, Any],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        written(content, "redis.url")
    monkeypatch.setenv("AUFRUF_REDIS_FILE", "redis.url")
    for name, value in more.items():
        monkeypatch.setenv(name, value)

    code, line = ended(["up"], capsys)

    assert code == 2
    assert line.startswith("AUFRUF_REDIS_FILE: ")
    assert said in line


def test_the_check_starts_nothing_and_says_what_would_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    port = free_port()
    with pytest.raises(SystemExit) as end:
        COMMAND.main(["up", "--check", "--port", str(port)], "aufruf")

    assert end.value.code == 0
    assert capsys.readouterr().out == f"aufruf up can start: mitte at http://localhost:{port}/, data in data\n"
    assert list(tmp_path.iterdir()) == []


def test_the_check_may_be_asked_while_the_server_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before an update the old one has the port."""
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as end:
            COMMAND.main(["up", "--check", "--port", str(port)], "aufruf")

    assert end.value.code == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [f"port {port} is in use now: by the server that this one replaces, or by another program"]


def test_the_check_asks_a_store_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"redis://127.0.0.1:{free_port()}/0"
    code, said = ended(["up", "--check", "--port", str(free_port()), "--redis", url], capsys)

    assert code == 1
    assert f"--redis: {url} does not answer" in said
