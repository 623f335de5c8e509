"""What systemd is told: a unit with `Type=notify` counts as started when the office can be used, and not before."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import systemd


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The socket on which systemd listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listening


def test_one_message_has_all_lines(manager: socket.socket) -> None:
    systemd.tell("READY=1", "STATUS=open: mitte")

    assert manager.recv(1000) == b"READY=1\nSTATUS=open: mitte"


def test_an_abstract_socket_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"aufruf-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        systemd.tell("STOPPING=1")

        assert listening.recv(100) == b"STOPPING=1"


@pytest.mark.parametrize("name", ["", "relative/path", "/gone/for/ever"])
def test_without_systemd_nothing_happens(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", name)

    systemd.tell("READY=1")


@pytest.mark.parametrize(
    ("asked", "process", "pause"),
    [
        ("60000000", "", 20.0),
        ("60000000", "ours", 20.0),
        ("60000000", "1", None),
        ("0", "", None),
        ("", "", None),
        ("soon", "", None),
    ],
)
def test_signs_of_life_are_given_as_often_as_asked(
    monkeypatch: pytest.MonkeyPatch, asked: str, process: str, pause: float | None
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", asked)
    monkeypatch.setenv("WATCHDOG_PID", process.replace("ours", str(os.getpid())))

    assert systemd.sign_of_life_s() == pause
