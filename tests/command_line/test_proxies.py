"""The proxy files of docs/proxies.md are run: pages, sockets and scheme get through, and what is missing is named."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from device_line.address import Address
from device_line.doctor import Symptom, looked, worst
from server.keys import create_token
from server.log.store import bundled_binary
from tests.certificates import certificate
from tests.crash.up import ROOT, Up, free_port

LIMIT_S = 30.0
DOCS = ROOT / "docs" / "proxies"
PROGRAMS = {"nginx": "nginx.conf", "haproxy": "haproxy.cfg"}
BY_PATH = {"nginx": "nginx-offices.conf", "haproxy": "haproxy-offices.cfg"}
"""Before servers that each serve some of the offices."""
StartStore = Callable[..., str]
pytestmark = pytest.mark.asyncio(loop_scope="module")


class Front(NamedTuple):
    """A proxy before a server. `told`: the server was started as the page says; otherwise it knows of no proxy."""

    url: str
    up: Up
    token: str
    trust: ssl.SSLContext

    @property
    def live(self) -> str:
        return f"{self.url.replace('https', 'wss')}/api/v1/offices/mitte/live"

    async def get(self, path: str, **headers: str) -> httpx.Response:
        async with httpx.AsyncClient(base_url=self.url, verify=self.trust, timeout=LIMIT_S, trust_env=False) as client:
            return await client.get(path, headers=headers)

    async def _signed_in(self) -> str:
        """The cookie of the kiosk's page. A server that does not know of the proxy gives it only at its own address."""
        for url in (self.url, self.up.url):
            async with httpx.AsyncClient(base_url=url, verify=self.trust, timeout=LIMIT_S, trust_env=False) as client:
                answer = await client.post("/sign-in", data={"device": self.token}, headers={"Origin": url})
            if "set-cookie" in answer.headers:
                return str(answer.headers["set-cookie"].split(";")[0])
        pytest.fail(f"not signed in: {answer.status_code} {answer.text[:500]}")

    async def frames(self, many: int) -> list[str]:
        """The first frames of a kiosk's page: its cookie signs it in, and the browser sends its origin."""
        cookie = {"Cookie": await self._signed_in()}
        async with asyncio.timeout(LIMIT_S):
            async with connect(self.live, ssl=self.trust, origin=self.url, additional_headers=cookie) as socket:  # type: ignore[arg-type]
                await socket.send(json.dumps({"type": "hello", "board": "kiosk", "id": "entrance"}))
                return [json.loads(await socket.recv())["type"] for _ in range(many)]


def adapted(text: str, server: int, door: int, folder: Path, name: str) -> Path:
    """A file of the documentation with other paths and ports."""
    chain, key = folder / "cert.pem", folder / "key.pem"
    for said, ours in (
        ("127.0.0.1:8080", f"127.0.0.1:{server}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{door} ssl"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("bind :443", f"bind 127.0.0.1:{door}"),
        ("bind :80", f"bind 127.0.0.1:{free_port()}"),
        ("warten.example.de", "localhost"),
        ("/etc/aufruf/tls/fullchain.pem", str(chain)),
        ("/etc/aufruf/tls/privkey.pem", str(key)),
        ("/etc/aufruf/tls/both.pem", str(folder / "both.pem")),
        ("/run/aufruf-nginx.pid", str(folder / f"{door}.pid")),
        ("/var/log/nginx/aufruf.log", str(folder / f"{door}.log")),
        ("16384", "512"),
    ):
        text = text.replace(said, ours)
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"    {kind}_temp_path {folder / kind};\n" for kind in temporary)
    text = text.replace("http {\n", f"http {{\n{places}", 1)
    file = folder / f"{door}-{name}"
    file.write_text(text)
    return file


def command(name: str, file: Path) -> list[str]:
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip(f"{name} is not installed: make system")
    return [program, "-c", str(file), "-g", "daemon off;"] if name == "nginx" else [program, "-db", "-f", str(file)]


@contextlib.asynccontextmanager
async def running(folder: Path, *options: str) -> AsyncIterator[tuple[Up, str]]:
    up = Up(folder / "data", *options)
    await up.start()
    try:
        yield up, await up.token("kiosk", "entrance")
    finally:
        await up.end()


@contextlib.asynccontextmanager
async def fronts(folder: Path, doors: dict[str, int], *options: str) -> AsyncIterator[dict[str, Front]]:
    """One server, and each proxy before it."""
    folder.mkdir()
    chain, key = certificate(folder)
    (folder / "both.pem").write_bytes(chain.read_bytes() + key.read_bytes())
    trust = ssl.create_default_context(cafile=str(chain))
    async with running(folder, *options) as (up, token):
        processes = []
        try:
            found = {}
            for name, door in doors.items():
                file = adapted((DOCS / PROGRAMS[name]).read_text(), up.port, door, folder, PROGRAMS[name])
                with (folder / f"{name}.out").open("wb") as out:
                    processes.append(subprocess.Popen(command(name, file), stdout=out, stderr=out))
                found[name] = Front(f"https://localhost:{door}", up, token, trust)
            for front in found.values():
                await answering(front, folder)
            yield found
        finally:
            for process in processes:
                process.terminate()
                process.wait(LIMIT_S)


async def answering(front: Front, folder: Path) -> None:
    async with asyncio.timeout(LIMIT_S):
        while True:
            with contextlib.suppress(httpx.TransportError):
                if (await front.get("/health/ready")).status_code == 200:
                    return
            await asyncio.sleep(0.1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Front]]:
    """Started as the page says. With one public URL, only the trusted proxy can tell the other scheme: this is tried too."""
    doors = {name: free_port() for name in PROGRAMS}
    options = ("--public-url", f"https://localhost:{doors['nginx']}", "--trusted-proxy", "127.0.0.1")
    async with fronts(tmp_path_factory.mktemp("told") / "site", doors, *options) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def untold(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Front]]:
    async with fronts(tmp_path_factory.mktemp("untold") / "site", {name: free_port() for name in PROGRAMS}) as found:
        yield found


@pytest.mark.parametrize("name", PROGRAMS)
async def test_pages_and_sockets_come_through_over_https(told: dict[str, Front], name: str) -> None:
    front = told[name]
    page = await front.get("/display/mitte/hall", Accept="text/html")

    assert page.status_code == 200
    assert "strict-transport-security" in page.headers, "the server knows that it is https outside"
    assert await front.frames(2) == ["welcome", "board"]
    assert (await front.get("/metrics")).status_code == 404
    assert "is not trusted" not in front.up.words()
    assert "was refused" not in front.up.words()


@pytest.mark.parametrize("name", PROGRAMS)
async def test_a_server_that_was_not_told_says_which_option_is_missing(untold: dict[str, Front], name: str) -> None:
    front = untold[name]
    with pytest.raises(ConnectionClosed) as closed:
        await front.frames(1)

    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4403, "origin_refused")
    said = re.sub(r"\x1b\[[0-9;]*m", "", front.up.words())
    assert said.count("is not trusted") == 1, "once for an address"
    assert "--trusted-proxy 127.0.0.1" in said
    refused = next(line for line in said.splitlines() if "was refused" in line)
    assert re.search(r"--public-url https://localhost:\d+", refused)
    assert "expected=http://localhost:" in refused


async def examined(front: Front, token: str = "") -> dict[str, Symptom]:
    address = Address(front.url, token)
    vars(address)["trust"] = front.trust  # as on a machine where the city's authority is installed
    return {one.what: one async for one in looked(address)}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_the_doctor_finds_nothing_wrong_where_all_is_as_the_page_says(told: dict[str, Front], name: str) -> None:
    found = await examined(told[name], await told[name].up.token("observer"))

    assert {what for what, one in found.items() if one.grade == "broken"} == set()
    assert {"name", "certificate", "server", "clock", "delay", "forms", "socket", "devices"} == set(found)
    assert "valid for 1 more days" in found["certificate"].said


async def test_the_doctor_names_what_the_server_was_not_told(untold: dict[str, Front]) -> None:
    found = await examined(untold["nginx"])

    assert found["forms"].grade == "broken"
    assert f"--public-url {untold['nginx'].url}" in found["forms"].remedy
    assert worst(found.values()) == "broken"


async def test_the_doctor_says_when_this_machine_does_not_trust_the_certificate(told: dict[str, Front]) -> None:
    found = [one async for one in looked(Address(told["nginx"].url, ""))]

    assert [one.what for one in found] == ["name", "certificate"]
    assert "does not trust it: self-signed certificate" in found[-1].said


async def test_the_page_of_a_refusal_helps_the_operator(untold: dict[str, Front]) -> None:
    front = untold["nginx"]
    async with httpx.AsyncClient(base_url=front.url, verify=front.trust, timeout=LIMIT_S, trust_env=False) as client:
        headers = {"Origin": front.url, "Accept": "text/html", "Accept-Language": "de"}
        page = await client.post("/sign-in", data={"account": "admin", "password": "x"}, headers=headers)

    assert page.status_code == 403
    assert "Diese Adresse kennt der Server nicht" in page.text
    assert "--public-url" in page.text
    assert front.url in page.text


@pytest.mark.parametrize("name", PROGRAMS)
async def test_servers_of_different_offices_stand_behind_one_address(
    tmp_path: Path, start_store: StartStore, name: str
) -> None:
    """nginx-offices.conf, haproxy-offices.cfg: each server knows its own office only, and the path says which one is asked."""
    chain, key = certificate(tmp_path)
    (tmp_path / "both.pem").write_bytes(chain.read_bytes() + key.read_bytes())
    door, database, store = free_port(), f"sqlite:///{tmp_path / 'shared.db'}", start_store(bundled_binary())
    options = ("--public-url", f"https://localhost:{door}", "--trusted-proxy", "127.0.0.1")
    ups = {
        office: Up(tmp_path / office, "--office", office, *options, redis=store, database=database)
        for office in ("mitte", "rathaus")
    }
    text = (DOCS / BY_PATH[name]).read_text().replace("(mitte|rathaus)", "(mitte)").replace("(nord|sued)", "(rathaus)")
    text = text.replace("127.0.0.1:8090", f"127.0.0.1:{ups['rathaus'].port}")
    file = adapted(text, ups["mitte"].port, door, tmp_path, BY_PATH[name])
    trust = ssl.create_default_context(cafile=str(chain))
    async with contextlib.AsyncExitStack() as ending:
        for up in ups.values():
            ending.push_async_callback(up.end)
            await up.start()
        with (tmp_path / "out").open("wb") as out:
            process = subprocess.Popen(command(name, file), stdout=out, stderr=out)
        ending.callback(process.wait, LIMIT_S)
        ending.callback(process.terminate)
        token = await create_token(ups["mitte"].data, database, "supervisor", (), None, "test", None)
        front = Front(f"https://localhost:{door}", ups["mitte"], token, trust)
        await answering(front, tmp_path)
        head = {"Authorization": f"Bearer {token}"}

        for office, up in ups.items():
            other = next(one for name, one in ups.items() if name != office)
            path = f"/api/v1/offices/{office}/boards/supervisor"
            answers = []
            for url in (front.url, up.url, other.url):
                async with httpx.AsyncClient(base_url=url, verify=trust, timeout=LIMIT_S, trust_env=False) as client:
                    answers.append((await client.get(path, headers=head)).status_code)
            assert answers == [200, 200, 404]
            assert (await front.get(f"/kiosk/{office}/entrance", **head)).status_code == 200
        assert (await front.get("/sign-in")).status_code == 200


@pytest.mark.parametrize("file", sorted(DOCS.glob("haproxy*")), ids=lambda file: file.name)
async def test_haproxy_finds_nothing_wrong_with_its_files(file: Path, tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    (tmp_path / "both.pem").write_bytes(chain.read_bytes() + key.read_bytes())
    copy = adapted(file.read_text(), free_port(), free_port(), tmp_path, file.name)

    said = subprocess.run([*command("haproxy", copy), "-c"], capture_output=True, text=True, timeout=LIMIT_S)

    assert (said.returncode, said.stderr) == (0, "")


async def test_every_proxy_of_the_documentation_has_a_whole_file() -> None:
    page = (ROOT / "docs" / "proxies.md").read_text()
    linked = set(re.findall(r"\(proxies/([^)]+)\)", page))

    assert linked == {file.name for file in DOCS.iterdir()}
    for file in DOCS.iterdir():
        text = file.read_text()
        assert "127.0.0.1:8080" in text
        assert "--trusted-proxy 127.0.0.1" in text


@pytest.mark.parametrize("file", sorted(DOCS.iterdir()), ids=lambda file: file.name)
async def test_no_example_passes_the_metrics_on(file: Path) -> None:
    """Also those that are not run here: each has a rule for `/metrics`."""
    settings = [line.partition("#")[0] for line in file.read_text(encoding="utf-8").splitlines()]
    rules = [line for line in settings if "/metrics" in line]

    assert rules, f"{file.name} passes /metrics on"
