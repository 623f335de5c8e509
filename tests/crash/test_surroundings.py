"""An office opens, issues a ticket and ends well whatever the server was started in: folder, streams, locale, mask, zone."""

import os
from pathlib import Path

import httpx
import pytest

from tests.crash.conftest import MakeUp
from tests.crash.up import OFFICE

pytestmark = pytest.mark.calm

OTHERS = (
    "audio",
    "server",
    "config",
    "displays",
    "supervisor",
    "json",
    "typing",
    "asyncio",
    "numpy",
    "redis",
    "struct",
)
"""Names of files in the folder of somebody who starts it there: of our own rooms, of libraries, of Python itself."""
SURROUNDINGS = {
    "stdout cannot write umlauts": ("env", "PYTHONIOENCODING=ascii"),
    "stdin is closed": ("sh", "-c", 'exec "$@" <&-', "sh"),
    "stdout is closed": ("sh", "-c", 'exec "$@" >&-', "sh"),
    "all streams are closed": ("sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"),
    "the disk behind stdout is full": ("sh", "-c", 'exec "$@" >/dev/full', "sh"),
    "nobody reads its words": ("bash", "-c", 'exec "$@" > >(true) 2>&1', "bash"),
    "no environment": ("env", "-i"),
    "another locale": ("env", "LC_ALL=POSIX", "LANG=tr_TR.UTF-8", "TERM=dumb"),
    "another time zone": ("env", "TZ=Pacific/Auckland"),
    "a time zone that there is not": ("env", "TZ=Nowhere/Nothing"),
    "a home that is not there": ("env", "HOME=/nowhere", "TMPDIR=/nowhere", "XDG_CACHE_HOME=/nowhere"),
    "a mask for oneself": ("sh", "-c", 'umask 077; exec "$@"', "sh"),
    "few descriptors": ("sh", "-c", 'ulimit -n 128; exec "$@"', "sh"),
    "a folder with names like ours": (
        "sh",
        "-c",
        'cd "$AUFRUF_TEST_FOLDER"; bin=$(dirname "$1"); shift 3; exec "$bin/aufruf" "$@"',
        "sh",
    ),
}


@pytest.mark.parametrize("before", SURROUNDINGS.values(), ids=SURROUNDINGS)
async def test_an_office_opens_in_it(
    make_up: MakeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: tuple[str, ...]
) -> None:
    folder = tmp_path / "mein Büro ①"
    folder.mkdir()
    for name in OTHERS:
        (folder / f"{name}.py").write_text("raise SystemExit('the file of somebody else ran')\n")
    monkeypatch.setenv("AUFRUF_TEST_FOLDER", str(folder))
    up = make_up(before=(*before,))
    up.data = tmp_path / "daten größe"

    await up.start()
    token = await up.token("desk")
    async with httpx.AsyncClient(base_url=up.url, trust_env=False, timeout=10) as client:
        issued = await client.post(
            f"/api/v1/offices/{OFFICE}/commands",
            json={"type": "issue_ticket", "services": ["ausweis"]},
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": os.urandom(8).hex()},
        )
        said = (await client.get("/health/ready")).json()

    assert issued.status_code == 200, issued.text
    assert said == {"status": "ready", "missing": {}, "degraded": []}
    assert await up.terminate() == 0, up.words()
