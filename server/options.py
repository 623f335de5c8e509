"""What `aufruf up` was told, and the two errors of a verb that cannot begin. Made by the command line."""

from contextlib import suppress
from pathlib import Path
from socket import AF_INET, AF_INET6, SOCK_DGRAM, gethostname, socket

from server.messages.value import Value


class Options(Value, kw_only=True):
    """What `aufruf up` was told."""

    offices: tuple[str, ...] = ("mitte",)
    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = 8080
    redis: str | None = None
    database: str | None = None
    public_url: str | None = None
    public_port: int | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    trusted_proxies: tuple[str, ...] = ()
    replicas: int = 0
    accept_weak_store: bool = False
    idle_ms: int = 0

    @property
    def address(self) -> str:
        """Where this node is reached from the machine it runs on."""
        return f"{self.scheme}://{'localhost' if self.host in NOWHERE else _bracketed(self.host)}:{self.port}"

    @property
    def reached(self) -> str:
        """Where people reach it: what they were told, else this machine's address in the building, else itself."""
        if self.public_url is not None and self.public_port is None:
            return self.public_url
        if self.host in EVERYWHERE:
            return f"{self.scheme}://{_bracketed(_own_address())}:{self.port}"
        return self.address

    @property
    def scheme(self) -> str:
        return "https" if self.tls_cert else "http"


EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
NOWHERE = ("127.0.0.1", "::1", *EVERYWHERE)
"""Addresses that this machine itself calls localhost."""


def _own_address() -> str:
    """The address by which this machine leaves towards others; nothing is sent. Its name where it has no way out."""
    for family, other in ((AF_INET, "192.0.2.1"), (AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket(family, SOCK_DGRAM) as probe:
            probe.connect((other, 9))
            return str(probe.getsockname()[0])
    return gethostname()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class WrongUse(Exception):
    """An option that cannot be meant; the message names it. Exit code 2, and nothing was made."""


class Unusable(Exception):
    """This node cannot start; the message says what to do. Exit code 1."""
