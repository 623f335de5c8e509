"""A real office: `aufruf up` as a separate process, with real Chromium and an administrator's token."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from server.keys import create_token
from tests.staff_pages.visitor import CHROMIUM

LOUD = "--autoplay-policy=no-user-gesture-required"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class OpenOffice:
    """One `aufruf up`: its address, its sign-in link, its administrator's token."""

    database: str | None = None
    """None: its own."""

    def __init__(self, data: Path, *options: str, house: Path | None = None) -> None:
        """`house`: a copy of the project's folders to run instead of this one."""
        self.data, self.port, self.house = data, free_port(), house
        self.around = None if house is None else os.environ | {"PYTHONPATH": str(house)}
        self.base = f"http://localhost:{self.port}"
        command = [sys.executable, "-m", "server.command_line", "up", "--data", str(data), "--port", str(self.port)]
        self.log = data.parent / "up.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--public-url", self.base, *options],
                stdout=subprocess.PIPE, stderr=log, text=True, cwd=house, env=self.around,
            )  # fmt: skip
        self.sign_in = self._greeting()
        self.http = httpx.Client(base_url=self.base, timeout=20)
        self._ready()
        self.http.headers["Authorization"] = f"Bearer {self._admin()}"

    def _greeting(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            found = re.search(r"(https?://\S+/first/\S+)", line)
            if found:
                return found[1]
        raise AssertionError(self.log.read_text())

    def _ready(self) -> None:
        until = time.monotonic() + 30
        while self.http.get("/health/ready").status_code != 200:
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def _admin(self) -> str:
        """As the verb makes it, without a process: each office of each test needs one."""
        made = create_token(self.data, self.database, "admin", (), None, "story", None)
        with ThreadPoolExecutor(1) as thread:  # the browser's loop blocks this one
            return thread.submit(asyncio.run, made).result(timeout=60)

    def token(self, role: str, *options: str) -> str:
        command = [sys.executable, "-m", "server.command_line", "token", "--data", str(self.data), "--role", role]
        run = [*command, *(("--database", self.database) if self.database else ()), *options]
        return subprocess.run(
            run, capture_output=True, text=True, check=True, cwd=self.house, env=self.around
        ).stdout.strip()

    def press(self, type: str, key: str | None = None, **fields: Any) -> dict[str, Any]:
        answer = self.http.post(
            "/api/v1/offices/mitte/commands",
            json={"type": type, **fields},
            headers={"Idempotency-Key": key or uuid.uuid4().hex},
        )
        return {"status": answer.status_code, **answer.json()}

    def board(self, kind: str, id: str = "") -> dict[str, Any]:
        return dict(self.http.get(f"/api/v1/offices/mitte/boards/{kind}/{id}".rstrip("/")).json())

    def close(self) -> int:
        self.http.close()
        self.process.terminate()
        self.process.communicate(timeout=15)
        return self.process.returncode


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = OpenOffice(tmp_path / "data")
    yield opened
    assert opened.close() == 0


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenOffice]:
    """One for all tests of a module: for those that need not be the first, and leave nothing behind that the next would mind."""
    opened = OpenOffice(tmp_path_factory.mktemp("shared") / "data")
    yield opened
    assert opened.close() == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM, LOUD])
        yield browser
        browser.close()


class Visitors:
    """Browser contexts in which every console error fails the test."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def context(self, **options: Any) -> BrowserContext:
        context = self._chromium.new_context(locale="de-DE", **options)
        self._contexts.append(context)
        context.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        context.on("weberror", lambda fault: self.errors.append(str(fault.error)))
        return context

    def page(self, address: str, **options: Any) -> Page:
        page = self.context(**options).new_page()
        page.goto(address)
        return page

    def leave(self) -> None:
        for context in self._contexts:
            context.close()


def signed_in(office: OpenOffice, visitors: Visitors) -> Page:
    """The first administrator, with the link that `up` printed, before a password is chosen."""
    page = visitors.page(office.sign_in)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    return page


@pytest.fixture
def visitors(chromium: Browser) -> Iterator[Visitors]:
    found = Visitors(chromium)
    yield found
    found.leave()
    assert found.errors == []
