"""Browsers of 2019 and 2020, driven by the protocol of their developer tools: today's playwright cannot speak to them.

Chromium 79 comes from npm (`scripts/old_browser`), 87 is that of Debian's Qt (`python3-pyqt5.qtwebengine`).
"""

import asyncio
import base64
import json
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import websockets

from tests.live_sockets import DEADLINE_S

ROOT = Path(__file__).parents[2]
CHROMIUM_79 = ROOT / ".build/chromium-79"
PYTHON = Path("/usr/bin/python3")
QT = list(Path("/usr/lib/python3/dist-packages/PyQt5").glob("QtWebEngineWidgets*.so"))
WIDE, HIGH = 1920, 1080
WINDOW = f"""
import sys
from PyQt5.QtCore import QUrl
from PyQt5.QtWebEngineWidgets import QWebEngineView
from PyQt5.QtWidgets import QApplication
here = QApplication(sys.argv)
view = QWebEngineView()
view.resize({WIDE}, {HIGH})
view.load(QUrl("about:blank"))
view.show()
here.exec_()
"""
"""A window of Qt that shows one page; without a screen and without a graphics card."""
LACKING = {
    "Chrome/79": "" if CHROMIUM_79.exists() else "Chromium 79 is not there: make system, with npm",
    "Chrome/87": "" if QT else "python3-pyqt5.qtwebengine is not installed: make system",
}
"""By engine, why it cannot be tried here; "" if it can."""


class OldPage:
    """One page. `ask` gives the value of an expression in it."""

    def __init__(self, line: websockets.ClientConnection) -> None:
        self._line, self._sent = line, 0

    async def do(self, method: str, **how: Any) -> dict[str, Any]:
        self._sent += 1
        await self._line.send(json.dumps({"id": self._sent, "method": method, "params": how}))
        while True:
            said = json.loads(await asyncio.wait_for(self._line.recv(), DEADLINE_S))
            if said.get("id") == self._sent:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    async def ask(self, expression: str) -> Any:
        answer = await self.do("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, expression: str) -> None:
        """Waits until it is true, also while the page goes to another one."""
        end = time.monotonic() + DEADLINE_S
        while not await self.ask(f"(function () {{ try {{ return {expression}; }} catch (e) {{ return false; }} }})()"):
            assert time.monotonic() < end, (expression, await self.ask("document.body.innerText"))
            await asyncio.sleep(0.05)

    async def picture(self, name: str) -> None:
        """Kept if somebody wants to look, as in `tests/staff_pages/visitor.py`."""
        if folder := os.environ.get("AUFRUF_PICTURES"):
            taken = await self.do("Page.captureScreenshot", format="png")
            (Path(folder) / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))

    async def open(self, url: str) -> None:
        await self.do("Page.navigate", url=url)
        await self.until(f"document.readyState === 'complete' && location.href !== 'about:blank' && {json.dumps(url)}")


@asynccontextmanager
async def old_page(engine: str, profile: Path) -> AsyncIterator[OldPage]:
    """A page of this engine, on a profile of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program, more = _qt(port, profile) if engine == "Chrome/87" else _headless(port, profile)
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *program, env={**os.environ, **more}, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        address, agent = await _there(port)
        assert engine in agent, agent
        async with websockets.connect(address, max_size=None, ping_interval=None) as line:  # they know no pings
            page = OldPage(line)
            size = {"width": WIDE, "height": HIGH, "deviceScaleFactor": 1, "mobile": False}
            await page.do("Emulation.setDeviceMetricsOverride", **size)
            yield page
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _headless(port: int, profile: Path) -> tuple[list[str], dict[str, str]]:
    flags = ["--no-sandbox", "--headless", "--no-zygote", "--disable-gpu"]
    return [
        str(CHROMIUM_79),
        *flags,
        f"--remote-debugging-port={port}",
        f"--user-data-dir={profile}",
        "about:blank",
    ], {}


def _qt(port: int, profile: Path) -> tuple[list[str], dict[str, str]]:
    return [str(PYTHON), "-c", WINDOW], {
        "HOME": str(profile),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu --no-zygote",
        "QTWEBENGINE_REMOTE_DEBUGGING": str(port),
    }


async def _there(port: int) -> tuple[str, str]:
    """The address of its first page, once it answers, and what it calls itself."""
    end = time.monotonic() + DEADLINE_S
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        while True:
            try:
                pages = [one for one in (await client.get("/json")).json() if one["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"], (await client.get("/json/version")).json()["User-Agent"]
            except httpx.TransportError:
                pass
            assert time.monotonic() < end, "the old browser does not answer"
            await asyncio.sleep(0.1)
