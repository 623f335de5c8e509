"""What `aufruf up` was told, and the one error of a node that cannot start. Made by the command line."""

from pathlib import Path

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

    @property
    def address(self) -> str:
        scheme = "https" if self.tls_cert else "http"
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::1", "::") else self.host  # noqa: S104
        return f"{scheme}://{host}:{self.port}"


class Unusable(Exception):
    """This node cannot start; the message says what to do."""
