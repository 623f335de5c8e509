"""Every way to sign in to a real office with a real browser: plain on its own port, and behind nginx with TLS."""

import asyncio
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.access.access import Access
from server.access.accounts import Grant
from server.clock import SystemClock
from server.history.database import close_database, default_url, open_database
from tests.certificates import certificate
from tests.story.conftest import OpenOffice, chromium, free_port

__all__ = ["chromium"]

PASSWORD = "Kaffee um halb zehn"
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  map $http_upgrade $connection_upgrade {{ default upgrade; "" ""; }}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {cert}; ssl_certificate_key {key};
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }}
  }}
}}
"""


class Doors:
    """An office that browsers reach at `base`; `first` is the sign-in link as it is printed."""

    def __init__(self, office: OpenOffice, base: str, chromium: Browser) -> None:
        self.office, self.base, self._chromium = office, base, chromium
        self.secure = base.startswith("https:")
        self.first = base + "/first/" + office.sign_in.partition("/first/")[2]
        self.contexts: list[BrowserContext] = []

    def browser(self) -> BrowserContext:
        """A new browser without any data."""
        self.contexts.append(self._chromium.new_context(locale="de-DE", ignore_https_errors=True))
        return self.contexts[-1]

    def page(self, path: str) -> Page:
        page = self.browser().new_page()
        page.goto(self.base + path)
        return page

    def account(self, name: str, grants: list[Grant]) -> None:
        """Made while the office runs, in a thread, because the browser's loop blocks this one."""
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self._account(name, grants)).result(timeout=60)

    async def _account(self, name: str, grants: list[Grant]) -> None:
        engine = await open_database(default_url(self.office.data))
        try:
            access = await Access.open(engine, SystemClock(), lambda office: "")
            await access.accounts.create(name, PASSWORD, grants)
        finally:
            await close_database(engine)

    def aufruf(self, *words: str) -> str:
        """What a verb prints, on the running office's database."""
        command = [sys.executable, "-P", "-m", "server.command_line", *words, "--data", str(self.office.data)]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    def cookies(self, page: Page) -> dict[str, dict[str, object]]:
        return {str(cookie["name"]): dict(cookie) for cookie in page.context.cookies()}


@pytest.fixture(scope="module", params=["plain", "behind nginx over TLS"])
def doors(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("doors")
    if request.param == "plain":
        office = OpenOffice(folder / "data")
        yield Doors(office, office.base, chromium)
    else:
        port = free_port()
        base = f"https://localhost:{port}"
        office = OpenOffice(folder / "data", "--public-url", base, "--trusted-proxy", "127.0.0.1/32")
        proxy = nginx(folder, port, office.port)
        yield Doors(office, base, chromium)
        proxy.terminate()
        proxy.wait(10)
    assert office.close() == 0


def nginx(folder: Path, port: int, behind: int) -> "subprocess.Popen[bytes]":
    """Debian's nginx before the office, on loopback, with its own certificate."""
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    assert binary, "nginx is not installed: make system"
    cert, key = certificate(folder)
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port, behind=behind, cert=cert, key=key))
    proxy = subprocess.Popen([binary, "-c", str(settings), "-p", str(folder)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 20
    with httpx.Client(verify=False) as client:
        while True:
            try:
                if client.get(f"https://localhost:{port}/health/live").status_code == 200:
                    return proxy
            except httpx.TransportError:
                pass
            assert time.monotonic() < until, (folder / "nginx.log").read_text()
            assert proxy.poll() is None, (folder / "nginx.log").read_text()
            time.sleep(0.05)


@pytest.fixture(autouse=True)
def closed(doors: Doors) -> Iterator[None]:
    yield
    while doors.contexts:
        doors.contexts.pop().close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fills in and sends the sign-in page."""
    page.get_by_label("Konto").fill(name)
    page.get_by_label("Passwort").fill(password)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def is_signed_in(page: Page, name: str) -> None:
    expect(page.locator(".who")).to_contain_text(f"Angemeldet: {name}")


def at(page: Page, path: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(path) + "$"))
