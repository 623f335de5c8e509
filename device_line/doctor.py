"""`aufruf doctor`: looks at a server from where somebody stands: name, certificate, what is off
without https, sockets, clock, delay, its own worries.

Each finding says what to do. It presses nothing and stores nothing. Called by the verb; a monitoring program goes by its exit
code.
"""

import asyncio
import contextlib
import ipaddress
import socket
import ssl
import statistics
import time
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from device_line.address import Address
from server.messages.frames import CLOSE, Hello

Grade = Literal["well", "weak", "broken"]

TROUBLES = frozenset(
    {"paper_out", "cover_open", "cutter", "failed", "offline", "untrusted", "blocked"}
    | {"paper_low", "signs_left_out", "numbers_not_taken"}
)
"""What a device may say of itself that somebody must look after: those that the supervisor's table marks."""
ANSWER_S = 5.0
ROUNDS = 5
"""Requests whose middle time is the delay."""
SLOW_MS = 300
"""More than this on the way is felt at every press."""
CLOCK_S = 5.0
"""Boards count down by the server's clock; a machine whose own clock is further off shows wrong times in its logs."""
EXPIRES_DAYS = 14
"""A renewal that works has happened before this."""


class Symptom(msgspec.Struct, frozen=True):
    """`what`: name, certificate, secure, server, office, clock, delay, forms, socket, devices.

    `remedy`: what to do, empty if nothing.
    """

    what: str
    grade: Grade
    said: str
    remedy: str = ""


EXIT: dict[Grade, int] = {"well": 0, "weak": 1, "broken": 2}
"""The exit codes that monitoring programs know: fine, warning, critical."""


def worst(found: Iterable[Symptom]) -> Grade:
    return max((one.grade for one in found), key=lambda grade: EXIT[grade], default="well")


async def looked(address: Address) -> AsyncIterator[Symptom]:
    """Every finding, each as soon as it is known. What nothing can be said of without an earlier one is left out."""
    parts = urlsplit(address.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    named = await _name(host)
    yield named
    if named.grade == "broken":
        return
    if parts.scheme == "https":
        certificate = await _certificate(address, host, port)
        yield certificate
        if certificate.grade == "broken":
            return
    elif not _trusted(host):
        yield _WITHOUT_TLS
    async with address.asking(ANSWER_S) as client:
        answers = [one async for one in _health(client)]
        for one in answers:
            yield one
        if answers[0].grade == "broken" and "does not answer" in answers[0].said:
            return
        yield await _clock(client)
        yield await _delay(client)
        offices = await _offices(client)
        yield await _forms(client, f"{parts.scheme}://{parts.netloc}")
        if offices:
            yield await _socket(address, offices[0])
        if address.token:
            for office in offices:
                async for one in _devices(client, office):
                    yield one


_WITHOUT_TLS = Symptom(
    "secure",
    "weak",
    "without https browsers switch off: what a screen keeps for when the server is away, messages to phones whose page is "
    "closed, phones that stay awake, notifications for staff",
    "serve https, by --tls-cert or by a proxy (docs/proxies.md)",
)


def _trusted(host: str) -> bool:
    """Whether browsers trust this address without https: only this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


async def _name(host: str) -> Symptom:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as fault:
        remedy = "look at the spelling of --server, and at the name server of this machine"
        return Symptom("name", "broken", f"{host} is unknown here ({fault.strerror or fault})", remedy)
    addresses = sorted({str(address) for *_, (address, *_) in found})
    return Symptom("name", "well", f"{host} is {', '.join(addresses)}")


async def _certificate(address: Address, host: str, port: int) -> Symptom:
    try:
        async with asyncio.timeout(ANSWER_S):
            _, writer = await asyncio.open_connection(host, port, ssl=address.trust, server_hostname=host)
    except ssl.SSLCertVerificationError as fault:
        remedy = "install the authority that signed it on this machine, or let the server (or its proxy) send the whole chain"
        return Symptom("certificate", "broken", f"this machine does not trust it: {fault.verify_message}", remedy)
    except (OSError, TimeoutError) as fault:
        remedy = "is the server started, and does a firewall stand between?"
        return Symptom("certificate", "broken", f"{host}:{port} does not answer ({_why(fault)})", remedy)
    kept = writer.get_extra_info("peercert") or {}
    writer.close()
    with contextlib.suppress(OSError, ssl.SSLError):
        await writer.wait_closed()
    left = ssl.cert_time_to_seconds(kept["notAfter"]) - time.time()
    days = int(left // 86_400)
    if days < EXPIRES_DAYS:
        return Symptom("certificate", "weak", f"it is valid for {days} more days", "look why it was not renewed")
    return Symptom("certificate", "well", f"trusted, valid for {days} more days")


async def _health(client: httpx.AsyncClient) -> AsyncIterator[Symptom]:
    try:
        answer = await client.get("/health/ready")
        said: Any = answer.json()
        missing, degraded = said["missing"], said["degraded"]
    except httpx.HTTPError as fault:
        yield Symptom(
            "server", "broken", f"does not answer ({_why(fault)})", "is it started, and does a firewall stand between?"
        )
        return
    except (ValueError, KeyError, TypeError):
        remedy = "another program answers at this address: look at the port, and at the proxy's rules (docs/proxies.md)"
        yield Symptom("server", "broken", f"this is no Aufruf: HTTP {answer.status_code}", remedy)
        return
    for office, why in missing.items():
        yield Symptom("office", "broken", f"{office} takes no presses: {why}", "the server's log says more")
    if answer.status_code != httpx.codes.OK and not missing:
        yield Symptom("server", "broken", "it serves no office", "aufruf up --office FILE")
    if answer.status_code == httpx.codes.OK:
        yield Symptom("server", "well", "every office takes presses")
    for worry in degraded:
        yield Symptom("server", "weak", str(worry), "the supervisor's table says what to do")


async def _clock(client: httpx.AsyncClient) -> Symptom:
    try:
        answer = await client.get("/health/live")
        there = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return Symptom("clock", "weak", "the server tells no time", "a proxy takes the Date header away")
    apart = abs((datetime.now(UTC) - there).total_seconds())
    if apart > CLOCK_S:
        return Symptom("clock", "weak", f"this machine and the server are {apart:.0f} s apart", "set both by NTP")
    return Symptom("clock", "well", "this machine and the server agree within some seconds")


async def _delay(client: httpx.AsyncClient) -> Symptom:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        try:
            await client.get("/health/live")
        except httpx.HTTPError as fault:
            return Symptom("delay", "broken", f"a request got no answer ({_why(fault)})", "look at the network")
        times.append((time.perf_counter() - began) * 1000)
    middle = statistics.median(times)
    if middle > SLOW_MS:
        return Symptom(
            "delay", "weak", f"an answer takes {middle:.0f} ms", "wireless, or a long way: every press feels it"
        )
    return Symptom("delay", "well", f"an answer takes {middle:.0f} ms")


async def _offices(client: httpx.AsyncClient) -> list[str]:
    with contextlib.suppress(httpx.HTTPError, ValueError, KeyError, TypeError):
        return [str(one["id"]) for one in (await client.get("/api/v1/offices")).raise_for_status().json()]
    return []


async def _socket(address: Address, office: str) -> Symptom:
    """Opens a live socket as a page does, and says hello as nobody: a server that refuses that has understood it."""
    proxy = "the proxy does not pass on WebSocket upgrades: docs/proxies.md has the lines for yours"
    url = address.live(office)
    try:
        async with (
            asyncio.timeout(2 * ANSWER_S),
            connect(
                url,
                ssl=address.trust if url.startswith("wss:") else None,
                proxy=None,
                compression=None,
                open_timeout=ANSWER_S,
            ) as line,
        ):
            await line.send(msgspec.json.encode(Hello(board="display", id="doctor")), text=True)
            await line.recv()
    except ConnectionClosed as closed:
        return _closed(closed)
    except InvalidStatus as refused:
        return Symptom("socket", "broken", f"no live socket: HTTP {refused.response.status_code}", proxy)
    except (WebSocketException, OSError, TimeoutError) as fault:
        return Symptom("socket", "broken", f"no live socket ({_why(fault)})", proxy)
    return Symptom("socket", "well", "live sockets come through")


def _closed(closed: ConnectionClosed) -> Symptom:
    if closed.rcvd is not None and closed.rcvd.code in CLOSE.values():
        return Symptom("socket", "well", "live sockets come through")
    return Symptom("socket", "broken", f"the live socket was cut off ({closed})", "docs/proxies.md")


async def _forms(client: httpx.AsyncClient, origin: str) -> Symptom:
    """Sends the form for signing in as a browser does, but empty: the server looks first from which address it comes."""
    try:
        answer = await client.post("/sign-in", headers={"Origin": origin})
    except httpx.HTTPError as fault:
        return Symptom("forms", "broken", f"no form comes through ({_why(fault)})", "docs/proxies.md")
    if answer.status_code == httpx.codes.FORBIDDEN:
        remedy = (
            f"start the server with --public-url {origin}; behind a proxy with --trusted-proxy too: docs/proxies.md"
        )
        return Symptom("forms", "broken", f"the server does not know that people reach it at {origin}", remedy)
    return Symptom("forms", "well", f"people may sign in at {origin}")


async def _devices(client: httpx.AsyncClient, office: str) -> AsyncIterator[Symptom]:
    """Printers, screens and loudspeakers as the supervisor's table has them. `unknown`: never seen, so nobody misses it."""
    try:
        answer = await client.get(f"/api/v1/offices/{office}/boards/supervisor")
        known = answer.raise_for_status().json()["devices"]
        away = [f"{one['kind']} {one['id']}" for one in known if one["state"] == "offline"]
        odd = [
            f"{one['kind']} {one['id']}: {said}"
            for one in known
            for said in (one["sound"], one["detail"])
            if one["state"] != "offline" and said in TROUBLES
        ]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        remedy = "give the token of a supervisor or an observer of this office"
        yield Symptom("devices", "weak", f"{office}: this token may not see them", remedy)
        return
    if away:
        yield Symptom("devices", "weak", f"{office}: away: {', '.join(away)}", "are they on, and in the network?")
    for said in odd:
        yield Symptom("devices", "weak", f"{office}: {said}", "the supervisor's table says what to do")
    if not away and not odd:
        yield Symptom("devices", "well", f"{office}: none that was there is missing")


def _why(fault: BaseException) -> str:
    return getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
