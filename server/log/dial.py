"""From a URL to a connection with the store: redis://, rediss://, unix://; sentinel(s):// for the present primary.

redis-py parses, encrypts and signs in. Its retries are off, because the caller of an append must see every error.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from redis.asyncio.connection import AbstractConnection, Connection, SSLConnection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from server.log.sentinels import SCHEMES, Sentinels, is_secure, tls_of

FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
OPTIONS = ("db", "username", "password", "ssl_cert_reqs", "ssl_check_hostname", "ssl_ca_path", "ssl_password", *FILES)
"""What may stand behind the "?" of a URL."""

Dial = Callable[[], Awaitable[AbstractConnection]]

CONNECT_LIMIT_S = 2.0
"""Seconds to connect. A store on the same site answers in milliseconds; a dead address must not delay a press longer."""


def sentinels_of(url: str) -> Sentinels | None:
    """The Sentinels that know the primary; None if the URL names the store itself."""
    return Sentinels(url) if url.startswith(SCHEMES) else None


def dialer(url: str) -> Dial:
    """A function that opens a new connection to the store at `url`. ValueError if the URL is not of a store."""
    if url.startswith(SCHEMES):
        return _by_sentinel(url)
    _only(url, OPTIONS)
    options: dict[str, Any] = dict(parse_url(url))
    connection_class: type[AbstractConnection] = options.pop("connection_class", Connection)
    _try(connection_class, options)

    async def dial() -> AbstractConnection:
        return await _open(connection_class, options)

    return dial


def _only(url: str, known: Collection[str]) -> None:
    """Raises ValueError for an option behind the "?" that has no effect here; the limits of time are ours."""
    for name in parse_qs(urlsplit(url).query, keep_blank_values=True):
        if name not in known:
            raise ValueError(f"there is no option {name!r}; there are {', '.join(known)}")


def _try(connection_class: type[AbstractConnection], options: Mapping[str, Any]) -> None:
    """Makes a connection without connecting, and reads the files it names: a wrong one would be wrong for ever."""
    for name in (one for one in FILES if one in options):
        file = Path(options[name])
        try:
            if file.exists() and not file.is_file():  # a pipe would be waited for
                raise ValueError(f"{name}: {file} is no file")
            file.open("rb").close()
        except OSError as fault:
            raise ValueError(f"{name}: {file} cannot be read ({fault.strerror})") from fault
    socket = Path(options.get("path", ""))
    with suppress(OSError):  # where nothing is yet, the store may still be starting
        if "path" in options and socket.exists() and not socket.is_socket():
            raise ValueError(f"{socket} is no socket")
    try:
        connection_class(**options)
    except RedisError as fault:
        raise ValueError(str(fault)) from fault


def _by_sentinel(url: str) -> Dial:
    """The password in the URL is that of the store, not of the Sentinels."""
    secure = is_secure(url)
    _only(url, ("db", *(name for name in OPTIONS if secure and name.startswith("ssl_"))))
    sentinels, parts = Sentinels(url), urlsplit(url)
    credentials = parts.netloc.rpartition("@")[0]
    user, _, password = credentials.partition(":")
    options: dict[str, Any] = {"db": int(parse_qs(parts.query).get("db", ["0"])[0])}
    if credentials:
        options |= {"username": unquote(user) or None, "password": unquote(password)}
    connection_class: type[AbstractConnection] = SSLConnection if secure else Connection
    if secure:
        options |= tls_of(url)
        _try(connection_class, options)

    async def dial() -> AbstractConnection:
        host, port = await sentinels.primary()
        return await _open(connection_class, options | {"host": host, "port": port})

    return dial


async def _open(connection_class: type[AbstractConnection], options: dict[str, Any]) -> AbstractConnection:
    # Time limits for calls are the line's; a second one inside would cost a task per call.
    limits: dict[str, Any] = {"socket_timeout": None, "socket_connect_timeout": CONNECT_LIMIT_S}
    if issubclass(connection_class, Connection):
        limits["socket_keepalive"] = True
    connection = connection_class(
        **(options | limits), protocol=2, retry=Retry(NoBackoff(), 0), client_name="aufruf", driver_info=None
    )
    try:
        await connection.connect()  # type: ignore[no-untyped-call]
    except BaseException:
        await connection.disconnect(nowait=True)
        raise
    return connection
