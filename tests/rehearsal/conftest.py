"""A whole server as `aufruf up` starts it, on loopback, with its own folder: the demo is made for such a server."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import pytest_asyncio

from server.keys import create_token

LONG = 60.0
"""No test waits longer than this for anything."""


class Running(NamedTuple):
    """`process`: of `aufruf up`; `token`: a supervisor's; `data`: its folder."""

    url: str
    token: str
    data: Path
    process: "subprocess.Popen[bytes]"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def command() -> list[str]:
    """The command that starts the command line in tests."""
    return [sys.executable, "-m", "server.command_line"]


@pytest_asyncio.fixture
async def running(tmp_path: Path, command: list[str]) -> AsyncIterator[Running]:
    """`aufruf up` with the sample office, ready."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with (tmp_path / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "up", "--data", str(tmp_path / "data"), "--port", str(port)], stdout=log, stderr=log
        )
    try:
        await _until_ready(url, process)
        token = await create_token(tmp_path / "data", None, "supervisor", ("mitte",), None, "", None)
        yield Running(url, token, tmp_path / "data", process)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
        process.wait(20)


async def _until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    async with asyncio.timeout(LONG), httpx.AsyncClient(base_url=url, trust_env=False) as client:
        while True:
            assert process.poll() is None, "aufruf up ended before it was ready"
            try:
                if (await client.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
