"""Another machine for a test that installs something: this one as it stands, and whatever is written there is gone with it.

An overlay over `/` in a mount namespace of its own: programs, users and Debian's packages are this machine's, and nothing that a
test does to them is seen outside. `network=False`: it reaches nothing, itself excepted.
"""

import contextlib
import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

LIMIT_S = 120.0
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
MADE = """
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o lowerdir="$2",upperdir="$1/upper",workdir="$1/work" "$1/root"
mount -t proc proc "$1/root/proc" || mount --rbind /proc "$1/root/proc"
mount --rbind /dev "$1/root/dev"
mount -t tmpfs tmpfs "$1/root/run"
[ -z "$3" ] || { mkdir -p "$1/root$3"; mount --bind "$3" "$1/root$3"; }
"""
ALONE = "ip link set lo up 2>/dev/null || true; echo made; exec sleep infinity"
"""A namespace lives as long as a process in it does."""


class NoMachine(Exception):
    """This one gives nobody a machine: not root, or in a sandbox that mounts nothing."""


class Machine:
    """Commands run in it as root, or as the user that is named."""

    def __init__(self, holder: "subprocess.Popen[str]", root: Path) -> None:
        self.root = Path(f"/proc/{holder.pid}/root{root}")
        self._enter: tuple[str, ...] = (
            "nsenter",
            f"--target={holder.pid}",
            "--mount",
            "--net",
            "--wd=/",
            "chroot",
            str(root),
        )
        self._children: list[subprocess.Popen[bytes]] = []
        self._holders = [holder]

    def command(self, *words: str, user: str = "root", more: Mapping[str, str] | None = None) -> list[str]:
        environment = {"PATH": PATH, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **(more or {})}
        given = [f"{name}={value}" for name, value in environment.items()]
        group = "nogroup" if user == "nobody" else user
        other = () if user == "root" else ("setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups")
        return [*self._enter, *other, "env", "-i", *given, *words]

    def run(self, *words: str, user: str = "root", more: Mapping[str, str] | None = None) -> str:
        """What it printed; it must end well."""
        done = self.tried(*words, user=user, more=more)
        assert done.returncode == 0, f"{shlex.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def tried(
        self, *words: str, user: str = "root", more: Mapping[str, str] | None = None, typed: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        """`typed`: what somebody answers to its questions."""
        return subprocess.run(
            self.command(*words, user=user, more=more),
            input=typed,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
        )

    def start(self, words: list[str], into: Path) -> "subprocess.Popen[bytes]":
        """Of `command`; ended with the machine."""
        with into.open("ab") as said:
            child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        self._children.append(child)
        return child

    def cut_off(self) -> None:
        """From now on its commands reach nothing but each other."""
        holder = subprocess.Popen(["unshare", "--net", "sh", "-c", ALONE], stdout=subprocess.PIPE, text=True)
        self._holders.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "made\n"
        self._enter = tuple(f"--net=/proc/{holder.pid}/ns/net" if word == "--net" else word for word in self._enter)

    def close(self) -> None:
        for child in self._children:
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(20)
        for holder in self._holders:
            holder.kill()
            holder.communicate()

    def reached_by(self, program: str, script: Path) -> Path:
        """A script that runs a program of ours in this machine's network, and in nothing else of it."""
        script.write_text(f'#!/bin/sh\nexec nsenter --net=/proc/{self._holders[0].pid}/ns/net {program} "$@"\n')
        script.chmod(0o755)
        return script

    def has(self, path: str) -> bool:
        return self.tried("test", "-e", path).returncode == 0


@contextlib.contextmanager
def other_machine(
    folder: Path, root: Path = Path("/"), shows: Path | None = None, network: bool = True
) -> Iterator[Machine]:
    """`folder`: an empty one, where it is mounted. `root`: over which tree. `shows`: a folder of ours that it sees too."""
    if os.geteuid() != 0:
        raise NoMachine("only root can mount")
    folder.mkdir()
    alone = ["unshare", "--mount", "--propagation=private", *(() if network else ("--net",))]
    command = [*alone, "sh", "-c", MADE + ALONE, "sh", str(folder), str(root), str(shows or "")]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stderr is not None
    if holder.stdout.readline() != "made\n":
        raise NoMachine(holder.stderr.read())
    machine = Machine(holder, folder / "root")
    try:
        yield machine
    finally:
        machine.close()
