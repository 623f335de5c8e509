"""From a URL to a connection with the store: redis://, rediss://, unix://, and sentinel:// for whoever is primary now.

redis-py parses, encrypts and signs in; retries are off, for whoever appends must know after every error that it was one.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from redis.asyncio.connection import AbstractConnection, Connection, parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

Dial = Callable[[], Awaitable[AbstractConnection]]

CONNECT_LIMIT_S = 2.0  # a store on the same site answers in milliseconds; a dead address must not hold a press longer


def dialer(url: str) -> Dial:
    """A function that opens a new connection to the store at `url`. ValueError if that is no such URL."""
    if url.startswith("sentinel://"):
        return _by_sentinel(url)
    options: dict[str, Any] = dict(parse_url(url))
    connection_class: type[AbstractConnection] = options.pop("connection_class", Connection)

    async def dial() -> AbstractConnection:
        return await _open(connection_class, options)

    return dial


def _by_sentinel(url: str) -> Dial:
    """`sentinel://[user:password@]host[:port][,host[:port]...]/service[?db=N]`; the password is the store's."""
    parts = urlsplit(url)
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    service = parts.path.strip("/")
    if not hosts or not service:
        raise ValueError("a sentinel URL is sentinel://host:port,host:port/service")
    options: dict[str, Any] = {"db": int(parse_qs(parts.query).get("db", ["0"])[0])}
    if credentials:
        options |= {"username": unquote(user) or None, "password": unquote(password)}

    async def dial() -> AbstractConnection:
        host, port = await _primary([_address(each) for each in hosts.split(",")], service)
        return await _open(Connection, options | {"host": host, "port": port})

    return dial


def _address(host: str) -> tuple[str, int]:
    name, colon, port = host.rpartition(":")
    return (name, int(port)) if colon else (host, 26379)


async def _primary(addresses: list[tuple[str, int]], service: str) -> tuple[str, int]:
    limits: dict[str, Any] = {"socket_timeout": CONNECT_LIMIT_S, "retry": Retry(NoBackoff(), 0)}
    sentinels = Sentinel(addresses, sentinel_kwargs=limits)  # type: ignore[no-untyped-call]
    try:
        host, port = await sentinels.discover_master(service)
        return str(host), int(port)
    finally:
        for each in sentinels.sentinels:
            await each.aclose()


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
