"""SIGTERM at any moment of a start: the node ends within ten seconds, and so does everything it started."""

import asyncio
import re
import socket
from pathlib import Path

import httpx
import pytest

from config.office_files import find
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.up import Up, orphans

HUNDRED = [f"copy{number}" for number in range(100)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred copies of the sample office, each with its own printer."""
    folder = tmp_path_factory.mktemp("offices")
    sample = find("mitte").read_text(encoding="utf-8")
    for name in HUNDRED:
        file = folder / f"{name}.toml"
        file.write_text(re.sub(r'^id = ".*"', f'id = "{name}"', sample, count=1, flags=re.M), encoding="utf-8")
    return folder


async def ends_with_all_it_began(up: Up) -> None:
    """-15 comes from the system: the node did not listen to signals yet, so there was nothing to clean up."""
    children = up.children()
    code = await up.terminate()

    assert code in (0, -15)
    assert await orphans(children) == []
    assert "Traceback" not in up.words()


@pytest.mark.parametrize(
    ("copies", "after_s"),
    [([], 0.5), ([], 1.5), ([], 3.0), (HUNDRED, 0.1), (HUNDRED, 0.6), (HUNDRED, 1.2), (HUNDRED, 2.5), (HUNDRED, 6.0)],
    ids=lambda value: str(len(value)) if isinstance(value, list) else None,
)
async def test_asked_to_end_at_some_moment(folder: Path, copies: list[str], after_s: float, make_up: MakeUp) -> None:
    """With the sample office alone, the start gets further than with a hundred copies of it."""
    up = make_up(*(word for name in copies for word in ("--office", str(folder / f"{name}.toml"))))
    up.launch()
    await asyncio.sleep(after_s)  # the test chooses the moment; nothing depends on it

    await ends_with_all_it_began(up)


async def test_asked_to_end_while_a_store_does_not_answer(make_up: MakeUp, run_store: RunStore) -> None:
    """The store accepted the connection and hangs: nothing that waits for it delays the end."""
    store = run_store()
    up = make_up(redis=store.url)
    with store.stopped():
        up.launch()
        await up.answers("/health/live", or_after_s=4)

        await ends_with_all_it_began(up)


async def test_systemd_hears_when_the_office_can_be_used(
    make_up: MakeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Type=notify`: ready not before presses are taken, alive as often as `WatchdogSec=` asks, and when it ends."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(40)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "1500000")
        up = make_up()
        up.launch()
        heard = [await asyncio.to_thread(manager.recv, 1000)]
        while not heard[-1].startswith(b"READY=1"):
            heard.append(await asyncio.to_thread(manager.recv, 1000))
        async with httpx.AsyncClient(trust_env=False) as client:
            ready = (await client.get(f"{up.url}/health/ready")).status_code
        later = [await asyncio.to_thread(manager.recv, 1000) for _ in range(2)]
        code = await up.terminate()
        while not heard[-1].startswith(b"STOPPING=1"):
            heard.append(await asyncio.to_thread(manager.recv, 1000))

    assert (ready, code) == (200, 0)
    assert heard[0] == b"WATCHDOG=1"
    assert later == [b"WATCHDOG=1", b"WATCHDOG=1"]
