"""The other side of a connection: which proxies are trusted, which addresses count as one, which pages are ours."""

import asyncio
from typing import Any

import pytest

from server.clock import SystemClock
from server.web.buckets import Buckets
from server.web.line.peer import (
    ONCE,
    address,
    is_loopback,
    is_this_machine,
    networks,
    over_tls,
    same_origin,
    through_proxy,
)
from server.web.routes.sign_in import local_path
from tests.web.conftest import House


def scope(client: str = "10.0.0.1", scheme: str = "http", **headers: str) -> dict[str, Any]:
    made = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (client, 1), "scheme": scheme, "headers": made}


TRUSTED = networks(["10.0.0.0/8", "::1/128"])


@pytest.mark.parametrize(
    ("client", "forwarded", "found"),
    [
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("192.0.2.1", "203.0.113.7", "192.0.2.1"),
        ("10.0.0.1", "not an address", "unknown"),
        ("10.0.0.1", "203.0.113.7:51234", "203.0.113.7"),
        ("10.0.0.1", "[2001:db8::1]:443, 10.0.0.2:80", "2001:db8::/64"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::/64"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7, ::ffff:10.0.0.2", "203.0.113.7"),
        ("::1%lo", "fe80::1%eth0", "fe80::/64"),
        ("10.0.0.1", "unknown", "unknown"),
        ("10.0.0.1", "_hidden, 10.0.0.2", "unknown"),
    ],
)
def test_only_a_trusted_proxy_is_believed(client: str, forwarded: str, found: str) -> None:
    """The last hop that is not our proxy; anybody may have written what is before it."""
    made = scope(client, x_forwarded_for=forwarded, x_forwarded_proto="https")
    through_proxy(made, TRUSTED)
    assert address(made) == found
    assert made["scheme"] == ("http" if client == "192.0.2.1" else "https")


def test_a_proxy_is_trusted_in_both_forms_of_its_address() -> None:
    """On `--host ::` a proxy of IPv4 comes as `::ffff:...`, and the log names it so."""
    for option in ("10.0.0.1", "::ffff:10.0.0.1"):
        made = scope("::ffff:10.0.0.1", x_forwarded_for="203.0.113.7")
        through_proxy(made, networks([option]))
        assert address(made) == "203.0.113.7"
    assert is_loopback(scope("::ffff:127.0.0.1"))


@pytest.mark.parametrize(
    ("said", "page", "socket"),
    [
        ("https", "https", "wss"),
        ("HTTPS", "https", "wss"),
        ("https, http", "https", "wss"),
        ("http,https", "http", "ws"),
        ("wss", "https", "wss"),
        ("ws", "http", "ws"),
        ("gopher", "http", "ws"),
        ("", "http", "ws"),
    ],
)
def test_the_scheme_that_a_proxy_names_is_the_browsers(said: str, page: str, socket: str) -> None:
    """Also if the proxy names the scheme of the socket (Traefik): otherwise no board would arrive behind it."""
    for kind, wanted in (("http", page), ("websocket", socket)):
        made = scope(x_forwarded_proto=said, scheme="ws" if kind == "websocket" else "http", host="warten.example.de")
        made |= {"type": kind}
        through_proxy(made, TRUSTED)

        assert made["scheme"] == wanted
        assert over_tls(made, None) is (page == "https")
        made["headers"].append((b"origin", f"{page}://warten.example.de".encode()))
        assert same_origin(made, None)


@pytest.mark.parametrize("host", ["warten.example.de", "warten.example.de:443", "Warten.Example.de"])
def test_the_public_address_itself_is_reached_over_tls(host: str) -> None:
    assert over_tls(scope(host=host), "https://warten.example.de")
    assert not over_tls(scope(host="10.0.0.5"), "https://warten.example.de")


def test_the_lines_of_a_header_are_one_list() -> None:
    """A proxy that adds its own header line (HAProxy) works like one that extends the line; what is before it does not count."""
    made = scope("10.0.0.1")
    made["headers"] = [(b"x-forwarded-for", b"192.0.2.66"), (b"x-forwarded-for", b"203.0.113.7")]
    through_proxy(made, TRUSTED)
    assert address(made) == "203.0.113.7"


@pytest.mark.parametrize("name", ONCE)
async def test_a_header_that_stands_twice_is_refused(house: House, name: str) -> None:
    """Programs that read the first and programs that read the last would see two requests. Also in a handshake."""
    twice = [f"{name}: localhost", f"{name}: example"] + ([] if name == "host" else ["host: localhost"])
    socket = ["upgrade: websocket", "connection: Upgrade", "sec-websocket-version: 13"]
    key = "sec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg=="
    plain = await spoken(house.port, "GET /api/v1/offices HTTP/1.1", *twice)
    live = await spoken(house.port, "GET /api/v1/offices/mitte/live HTTP/1.1", *twice, *socket, key)

    assert plain.startswith("HTTP/1.1 400 ")
    assert live.startswith(("HTTP/1.1 403 ", "HTTP/1.1 400 "))


async def spoken(port: int, *lines: str) -> str:
    """The server's answer to a head that no library would send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join((*lines, "", "")).encode())
    async with asyncio.timeout(10):
        answer = (await reader.readline()).decode()
    writer.close()
    return answer


def test_a_home_of_ipv6_is_one_address() -> None:
    one, two = scope("2001:db8:1:2::3"), scope("2001:db8:1:2:ffff::9")
    assert address(one) == address(two) != address(scope("2001:db8:1:3::3"))
    assert address(scope("::ffff:192.0.2.1")) == "192.0.2.1"
    assert is_loopback(scope("::1"))
    assert not is_loopback(scope("unix"))


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"host": "aufruf.local", "origin": "http://aufruf.local"}, True),
        ({"host": "aufruf.local", "origin": "https://aufruf.local"}, False),
        ({"host": "aufruf.local:8080", "origin": "http://aufruf.local"}, False),
        ({"host": "10.0.0.5", "origin": "https://aufruf.example"}, True),
        ({"host": "aufruf.local", "origin": "null"}, False),
        ({"host": "aufruf.local"}, True),
        ({"host": "aufruf.local", "sec_fetch_site": "same-site"}, False),
        ({"host": "aufruf.local", "sec_fetch_site": "none"}, True),
        ({"host": "aufruf.local:80", "origin": "http://aufruf.local"}, True),
        ({"host": "aufruf.local:443", "origin": "http://aufruf.local"}, False),
        ({"host": "Aufruf.local", "origin": "http://aufruf.local"}, True),
    ],
)
def test_same_origin(headers: dict[str, str], ours: bool) -> None:
    assert same_origin(scope(**headers), "https://aufruf.example") is ours


class Clock(SystemClock):
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = 100.0

    def monotonic(self) -> float:
        return self.at


def test_a_bucket_refills() -> None:
    clock = Clock()
    buckets = Buckets(clock, rate=2.0, burst=3)
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("b") == 0
    clock.at += 0.5
    assert [buckets.wait("a"), buckets.wait("a")] == [0, 0.5]


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/counter/mitte/1", "/counter/mitte/1"),
        ("//x", "/"),
        ("http://x", "/"),
        (None, "/"),
        ("/a\nb", "/"),
        ("/\\x", "/"),
    ],
)
def test_local_path(wanted: object, path: str) -> None:
    assert local_path(wanted) == path


@pytest.mark.parametrize(("version", "here"), [("1.1", True), ("2", True), ("1.0", False)])
def test_a_proxy_without_any_setting_is_not_this_machine(version: str, here: bool) -> None:
    """nginx adds no header by itself, and asks in HTTP/1.0."""
    headers = [(b"host", b"127.0.0.1:8080")]
    scope = {"type": "http", "http_version": version, "client": ("127.0.0.1", 50_000), "headers": headers}

    assert is_this_machine(scope) == here
