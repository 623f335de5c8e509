"""Tells systemd how the server stands (sd_notify(3)), if it was started by a unit with `Type=notify`. Called by starting.

One datagram to the socket that NOTIFY_SOCKET names; without it nothing is sent. A library would bring more code than this.
"""

import os
import socket
from contextlib import suppress

WATCHDOG_SHARE = 3
"""Signs of life in the time after which systemd restarts a silent server: two may be late."""


def tell(*said: str) -> None:
    """For example `tell("READY=1", "STATUS=open")`. systemd may be gone or full: that never matters to the office."""
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name.startswith(("/", "@")):
        return
    address = "\0" + name[1:] if name.startswith("@") else name
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.setblocking(False)
        sender.sendto("\n".join(said).encode(), address)


def sign_of_life_s() -> float | None:
    """Seconds between two signs of life that systemd expects (`WatchdogSec=`); None if it expects none."""
    asked, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not asked.isdecimal() or int(asked) == 0 or process not in ("", str(os.getpid())):
        return None
    return int(asked) / 1_000_000 / WATCHDOG_SHARE
