"""The options of `aufruf up`, and the two errors of a verb that cannot start. Made by the command line."""

from contextlib import suppress
from pathlib import Path
from socket import AF_INET, AF_INET6, SOCK_DGRAM, gethostname, socket

from server.messages.value import Value


class Options(Value, kw_only=True):
    """The options of `aufruf up`."""

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
    accept_one_store: bool = False
    idle_ms: int = 0
    smtp: str | None = None
    smtp_password_file: Path | None = None
    mail_from: str | None = None
    webhook_secret_file: Path | None = None
    contact_key_file: Path | None = None
    oidc_issuer: str | None = None
    oidc_client: str | None = None
    oidc_secret_file: Path | None = None
    oidc_claim: str = "groups"
    oidc_groups: tuple[str, ...] = ()
    push_loopback: bool = False
    """For tests: a phone may name a push service on this machine."""

    @property
    def address(self) -> str:
        """The address of this node, as seen from its own machine."""
        return f"{self.scheme}://{'localhost' if self.host in NOWHERE else _bracketed(self.host)}:{self.port}"

    @property
    def reached(self) -> str:
        """Where people reach it: --public-url, else this machine's address in the network, else `address`."""
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
"""Hosts for which this machine itself uses the name localhost."""


def _own_address() -> str:
    """This machine's address towards the network, else its name. UDP `connect` sends nothing; it only chooses a route."""
    for family, other in ((AF_INET, "192.0.2.1"), (AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket(family, SOCK_DGRAM) as probe:
            probe.connect((other, 9))
            return str(probe.getsockname()[0])
    return gethostname()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class WrongUse(Exception):
    """An option with a wrong value; the message names the option. Exit code 2, and nothing was created."""


class Unusable(Exception):
    """This node cannot start; the message says what to do. Exit code 1."""
