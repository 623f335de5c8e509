"""Address, scheme and host of the other side, looked up through a trusted proxy if there is one. For door and socket."""

from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers

Network = IPv4Network | IPv6Network
Scope = MutableMapping[str, Any]


PROXIES = frozenset({"x-real-ip", "forwarded", "via", "x-client-ip", "true-client-ip", "cf-connecting-ip"})
"""Headers that only a proxy writes, besides X-Forwarded-*."""
ONCE = (
    "host",
    "authorization",
    "cookie",
    "origin",
    "sec-fetch-site",
    "content-type",
    "idempotency-key",
    "age-ms",
    "x-forwarded-proto",
    "x-forwarded-host",
)
"""Headers that decide something and therefore may appear only once."""


SCHEMES = {"http": False, "https": True, "ws": False, "wss": True}
"""What a proxy may say in X-Forwarded-Proto, and whether it is encrypted. Traefik says "wss" for a socket."""


def networks(cidrs: Iterable[str]) -> tuple[Network, ...]:
    """`["10.0.0.0/8"]`; ValueError if one is not a network."""
    return tuple(ip_network(cidr, strict=False) for cidr in cidrs)


def through_proxy(scope: Scope, trusted: tuple[Network, ...]) -> None:
    """Take address and scheme from X-Forwarded-For and -Proto if a trusted proxy says so; else leave all as it is."""
    if not trusted or not within(_address(scope), trusted):
        return
    scope["aufruf.peer"] = scope["client"]
    headers = Headers(scope=scope)
    # with two proxies in a row it is a list: the browser's own scheme comes first
    said = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    if said in SCHEMES:
        secure, socket = SCHEMES[said], scope["type"] == "websocket"
        scope["scheme"] = ("wss" if secure else "ws") if socket else ("https" if secure else "http")
    said_hops = ",".join(headers.getlist("x-forwarded-for"))  # a proxy may add a second header
    for hop in reversed([_without_port(hop.strip()) for hop in said_hops.split(",") if hop.strip()]):
        scope["client"] = (hop, 0)
        if not within(hop, trusted):
            return


def address(scope: Scope) -> str:
    """The address by which limits count; the whole IPv6 network of a home counts as one."""
    return _grouped(_address(scope))


def is_loopback(scope: Scope) -> bool:
    return _is_loopback(_address(scope))


def is_this_machine(scope: Scope) -> bool:
    """Whether this machine itself asks. Through a proxy on this machine every client would look like loopback: one that adds
    headers is known by them, and nginx without any setting by asking in HTTP/1.0."""
    if scope.get("http_version") == "1.0":
        return False
    headers = Headers(scope=scope)
    if any(name in PROXIES or name.startswith("x-forwarded-") for name in headers):
        return False
    return is_loopback(scope) and _is_loopback(_host_name(headers.get("host", "")))


def doubled(scope: Scope) -> str | None:
    """The name of a header that was sent twice. A proxy that reads the other copy would see a different request."""
    headers = Headers(scope=scope)
    return next((name for name in ONCE if len(headers.getlist(name)) > 1), None)


def over_tls(scope: Scope, public_url: str | None) -> bool:
    """Whether the browser came over TLS: to this port, to a trusted proxy, or to the public address itself."""
    if scope["scheme"] in ("https", "wss"):
        return True
    parts = urlsplit(public_url or "")
    return parts.scheme == "https" and _host(scope, secure=True) == parts.netloc.lower()


def same_origin(scope: Scope, public_url: str | None) -> bool:
    """Whether one of our pages asks: by Origin, else by Sec-Fetch-Site. With neither, no page of a browser asks."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return origin in origins(scope, public_url)


def origins(scope: Scope, public_url: str | None) -> set[str]:
    """The origins of our own pages, seen from this connection."""
    secure = scope["scheme"] in ("https", "wss")
    ours = {f"{'https' if secure else 'http'}://{_host(scope, secure=secure)}"}
    if public_url:
        parts = urlsplit(public_url)
        ours.add(f"{parts.scheme}://{parts.netloc}")
    return ours


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _without_port(hop: str) -> str:
    """Some proxies write the port too: `203.0.113.7:51234`, `[2001:db8::1]:443`. A bare IPv6 address is full of colons."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _host(scope: Scope, *, secure: bool) -> str:
    """The host of the request as a browser writes it in an origin: a proxy may have added the usual port."""
    return Headers(scope=scope).get("host", "").lower().removesuffix(":443" if secure else ":80")


def _host_name(host: str) -> str:
    """`[::1]:8080` and `localhost:8080` without the port."""
    return urlsplit(f"//{host}").hostname or ""


def _is_loopback(name: str) -> bool:
    found = _read(name)
    return name == "localhost" or (found is not None and found.is_loopback)


def within(address: str, trusted: tuple[Network, ...]) -> bool:
    """Whether one of these networks has the address, as it is or as IPv4 in the form of IPv6."""
    found = _read(address)
    if found is None:
        return False
    return any(one in network for network in trusted for one in (found, ip_address(address.partition("%")[0])))


@lru_cache(4096)
def _grouped(address: str) -> str:
    found = _read(address)
    if found is None:
        return "unknown"
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """An address without its zone (`fe80::1%eth0`), and IPv4 as itself where a socket for both kinds wraps it
    (`::ffff:10.0.0.1`); None if it is none."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped if found.version == 6 else None) or found
