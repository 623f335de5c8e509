"""Changes while an office runs: its file and the files it extends, its certificate, and SIGHUP, which does not end the server."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]
import pytest
import pytest_asyncio
from cryptography import x509

from config.office_files import find
from server.keys import create_token
from server.options import WrongUse
from tests.certificates import certificate
from tests.crash.up import START_S, Up

LIMIT_S = 40.0


class Site:
    """`up` with TLS, and a file that extends another one, as each office of a city has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.city, self.file = folder / "city.toml", folder / "site.toml"
        self.city.write_text(find("mitte").read_text(encoding="utf-8"), encoding="utf-8")
        self.file.write_text('extends = "city.toml"\n', encoding="utf-8")
        self.chain, self.key = certificate(folder)
        tls = ("--tls-cert", str(self.chain), "--tls-key", str(self.key))
        self.up = Up(folder / "data", "--office", str(self.file), *tls)
        self.url = f"https://127.0.0.1:{self.up.port}"
        self.http = httpx.AsyncClient(base_url=self.url, verify=False, timeout=20, trust_env=False)
        self.revision = 1

    async def start(self) -> None:
        self.up.launch()
        async with asyncio.timeout(START_S):
            while not await self._ready():
                await asyncio.sleep(0.1)

    async def _ready(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return (await self.http.get("/health/ready")).status_code == 200
        return False

    async def until(self, what: str, true: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while not true():
                    await asyncio.sleep(0.1)
        except TimeoutError:
            pytest.fail(f"{what}: {self.up.words()}")

    async def called(self, name: str) -> None:
        """Whether the office has this name now."""
        seen: list[str] = []

        async def look() -> None:
            while name not in seen:
                seen.append((await self.http.get("/api/v1/offices")).json()[0]["name"])
                await asyncio.sleep(0.1)

        try:
            await asyncio.wait_for(look(), LIMIT_S)
        except TimeoutError:
            pytest.fail(f"{name} is not there but {seen[-1]}: {self.up.words()}")

    async def degraded(self, code: str, there: bool = True) -> str:
        async with asyncio.timeout(LIMIT_S):
            while True:
                said = " ".join((await self.http.get("/health/ready")).json()["degraded"])
                if (code in said) == there:
                    return str(said)
                await asyncio.sleep(0.1)

    def write_city(self, name: str, *, higher: bool = True) -> None:
        self.revision += higher
        text = find("mitte").read_text(encoding="utf-8").replace("revision = 1 ", f"revision = {self.revision} ", 1)
        self.city.write_text(text.replace('name = "Bürgerbüro Mitte"', f'name = "{name}"', 1), encoding="utf-8")

    def hang_up(self) -> None:
        """By itself it looks at its files every five seconds; now it looks at once."""
        os.kill(self.up.pid, signal.SIGHUP)

    async def serial(self) -> int:
        """The serial number of the certificate that a new connection gets."""
        return await asyncio.to_thread(_serial, self.up.port)


def _serial(port: int) -> int:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), 20) as line, context.wrap_socket(line) as secret:
        return x509.load_der_x509_certificate(secret.getpeercert(binary_form=True) or b"").serial_number


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    await made.start()
    yield made
    assert await made.up.terminate() == 0
    await made.http.aclose()
    await made.up.end()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_change_of_the_file_that_is_extended_reaches_the_running_office(site: Site) -> None:
    site.write_city("Bürgerbüro am Fluss")

    await site.called("Bürgerbüro am Fluss")
    assert "file" not in await site.degraded("file", there=False)


async def test_a_change_that_holds_for_nobody_is_said_until_it_does(site: Site) -> None:
    site.write_city("Bürgerbüro ohne neue Nummer", higher=False)
    site.hang_up()

    assert f"its revision is {site.revision} as before" in await site.degraded("file: mitte")
    site.write_city("Bürgerbüro mit neuer Nummer")
    site.hang_up()
    await site.called("Bürgerbüro mit neuer Nummer")
    await site.degraded("file: mitte", there=False)


async def test_a_lower_revision_a_fault_and_a_file_that_is_gone_are_said(site: Site) -> None:
    good = site.city.read_text(encoding="utf-8")
    site.city.write_text(good.replace(f"revision = {site.revision} ", "revision = 1 ", 1), encoding="utf-8")
    site.hang_up()
    assert "is below" in await site.degraded("is below")
    site.city.write_text("[office\n", encoding="utf-8")
    site.hang_up()
    assert "city.toml" in await site.degraded("is not TOML")
    site.city.unlink()
    site.hang_up()
    assert "there is no file" in await site.degraded("there is no file")
    site.city.write_text(good, encoding="utf-8")
    site.hang_up()
    await site.degraded("file: mitte", there=False)


async def test_a_change_while_the_store_is_away_is_applied_when_it_is_back(site: Site) -> None:
    store = next(child for child in psutil.Process(site.up.pid).children() if child.name() == "valkey-server")
    store.suspend()
    try:
        site.write_city("Bürgerbüro im Sturm")
        await site.until("it is said", lambda: "it is tried again" in site.up.words())
    finally:
        store.resume()

    await site.called("Bürgerbüro im Sturm")
    await site.degraded("file: mitte", there=False)


async def test_a_hangup_reads_everything_anew_and_ends_nothing(site: Site) -> None:
    for _ in range(5):
        site.hang_up()
    site.write_city("Bürgerbüro nach dem Auflegen")
    site.hang_up()

    await site.called("Bürgerbüro nach dem Auflegen")
    await site.until("it is said", lambda: "are read again" in site.up.words())
    assert psutil.Process(site.up.pid).is_running()


async def test_a_renewed_certificate_is_shown_to_new_lines_and_an_unreadable_one_is_not(site: Site) -> None:
    before = await site.serial()
    other = site.folder / "other"
    other.mkdir()
    chain, key = certificate(other)
    site.chain.write_text("half a certificate")
    await site.degraded("certificate:")
    assert await site.serial() == before
    assert "the one before is served on" in site.up.words()

    shutil.copy(chain, site.chain)  # its key is not there yet: a renewal replaces two files
    site.hang_up()
    await site.degraded("certificate:")
    assert await site.serial() == before
    shutil.copy(key, site.key)

    await site.degraded("certificate:", there=False)
    assert await site.serial() != before


async def test_the_terminal_that_closes_takes_no_child_with_it(site: Site) -> None:
    """A terminal that closes sends SIGHUP to its whole process group, also to the store."""
    children = {child.pid: child for child in psutil.Process(site.up.pid).children(recursive=True)}
    group = os.getpgid(site.up.pid)
    for pid in children:
        if os.getpgid(pid) == group:
            os.kill(pid, signal.SIGHUP)
    site.hang_up()
    site.write_city("Bürgerbüro ohne Terminal")

    await site.called("Bürgerbüro ohne Terminal")
    assert [child.name() for child in children.values() if not child.is_running()] == []


def kiosk(text: str, id: str, revision: int) -> str:
    """A copy of the sample office with another id and a kiosk of this name."""
    text = text.replace('id = "mitte"', 'id = "eigenes"', 1).replace("revision = 1 ", f"revision = {revision} ", 1)
    return text.replace('"entrance"', f'"{id}"')


async def test_whoever_sees_ready_can_make_a_token_for_each_device_of_the_office_as_it_is(tmp_path: Path) -> None:
    """For an office given by its path; and after a restart with a file that is not applied, for the office that runs."""
    file, sample = tmp_path / "eigenes.toml", find("mitte").read_text(encoding="utf-8")
    up = Up(tmp_path / "data", "--office", str(file))
    known: dict[int, set[str]] = {}
    try:
        for revision, id in ((2, "first"), (1, "older"), (3, "third")):
            file.write_text(kiosk(sample, id, revision), encoding="utf-8")
            await up.start()
            known[revision] = {id for id in ("first", "older", "third") if await gets_a_token(up, id)}
            assert await up.terminate() == 0
    finally:
        await up.end()

    assert known == {2: {"first"}, 1: {"first"}, 3: {"third"}}


async def gets_a_token(up: Up, kiosk: str) -> bool:
    """With `aufruf token`; the refusal names the option."""
    try:
        return bool(await create_token(up.data, None, "kiosk", ("eigenes",), kiosk, "", None))
    except WrongUse as refused:
        return not str(refused).startswith("--for:")
