"""The doctor before what is no server of ours, is away, slow, or has worries. (Through proxies: tests/command_line.)"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from device_line.address import Address
from device_line.doctor import EXIT, TROUBLES, Symptom, looked, worst
from tests.crash.up import free_port

READY = {"status": "ready", "missing": {}, "degraded": []}
Answer = tuple[int, object]


@asynccontextmanager
async def answering(says: Callable[[str], Answer], ahead: timedelta = timedelta()) -> AsyncIterator[Address]:
    """A server that answers each path as told. `ahead`: of its clock."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).decode().split()[1]
        while (await reader.readline()).strip():
            pass
        status, body = says(path)
        text = json.dumps(body).encode()
        date = format_datetime(datetime.now(UTC) + ahead, usegmt=True)
        head = f"HTTP/1.1 {status} X\r\ndate: {date}\r\ncontent-length: {len(text)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + text)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield Address(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "")


async def examined(address: Address) -> dict[str, Symptom]:
    return {one.what: one async for one in looked(address)}


async def test_a_name_that_nobody_knows_is_the_only_finding() -> None:
    found = await examined(Address("http://warten.invalid", ""))

    assert list(found) == ["name"]
    assert "warten.invalid is unknown here" in found["name"].said


async def test_nobody_listens() -> None:
    found = await examined(Address(f"http://127.0.0.1:{free_port()}", ""))

    assert list(found) == ["name", "server"]
    assert found["server"].grade == "broken"
    assert "is it started" in found["server"].remedy


async def test_without_https_it_says_what_browsers_switch_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a name of the house; this machine itself needs none."""
    loop = asyncio.get_running_loop()
    here = loop.getaddrinfo

    async def found(host: str, port: int | None, **how: Any) -> Any:
        return await here("127.0.0.1" if host == "warten.example" else host, port, **how)

    monkeypatch.setattr(loop, "getaddrinfo", found)
    plain = await examined(Address(f"http://warten.example:{free_port()}", ""))
    secure = [
        await examined(Address(f"{base}:{free_port()}", "")) for base in ("http://localhost", "https://localhost")
    ]

    assert plain["secure"].grade == "weak"
    for what in ("screen", "phones", "notifications"):
        assert what in plain["secure"].said
    assert "docs/proxies.md" in plain["secure"].remedy
    assert ["secure" in one for one in secure] == [False, False]


async def test_another_program_is_no_aufruf() -> None:
    async with answering(lambda path: (200, "It works!")) as address:
        found = await examined(address)

    assert found["server"].said == "this is no Aufruf: HTTP 200"
    assert worst(found.values()) == "broken"


async def test_an_office_that_is_not_open_is_named_with_its_reason() -> None:
    not_ready = {"status": "not_ready", "missing": {"mitte": "the day is not open"}, "degraded": []}
    async with answering(lambda path: (503, not_ready)) as address:
        found = await examined(address)

    assert found["office"].said == "mitte takes no presses: the day is not open"
    assert "server" not in found


async def test_worries_are_warnings() -> None:
    async with answering(lambda path: (200, READY | {"degraded": ["database: away"]})) as address:
        found = [one async for one in looked(address)]

    assert ("server", "weak", "database: away") in {(one.what, one.grade, one.said) for one in found}


@pytest.mark.parametrize(("ahead", "grade"), [(0, "well"), (120, "weak"), (-120, "weak")])
async def test_the_clocks_are_compared(ahead: int, grade: str) -> None:
    async with answering(lambda path: (200, READY), timedelta(seconds=ahead)) as address:
        assert (await examined(address))["clock"].grade == grade


async def test_a_proxy_without_upgrades_is_named() -> None:
    def says(path: str) -> Answer:
        if path.endswith("/offices"):
            return 200, [{"id": "mitte"}]
        return (426, "no") if path.startswith("/api") else (200, READY)

    async with answering(says) as address:
        found = await examined(address)

    assert "socket" in found, found
    assert found["socket"].said == "no live socket: HTTP 426"
    assert "docs/proxies.md" in found["socket"].remedy


@pytest.mark.parametrize(
    ("grades", "code"), [((), 0), (("well",), 0), (("well", "weak"), 1), (("weak", "broken", "well"), 2)]
)
def test_the_exit_code_is_that_of_the_worst_finding(grades: tuple[Any, ...], code: int) -> None:
    assert EXIT[worst(Symptom("x", grade, "") for grade in grades)] == code


def a_device(kind: str, id: str, **more: str | None) -> dict[str, str | None]:
    return {"kind": kind, "id": id, "state": "online", "sound": None, "detail": None, **more}


async def test_a_device_that_says_that_it_is_well_is_no_finding() -> None:
    """A printer reports `ok` and a screen that it has `spoken`; what must be looked after is what the table marks."""
    well = [a_device("printer", "entrance", detail="ok"), a_device("display", "hall", sound="ready", detail="spoken")]
    ill = [a_device("printer", "back", detail="paper_low"), a_device("display", "door", sound="blocked")]
    found = []
    for devices in (well, [*well, *ill]):

        def says(path: str, devices: object = devices) -> Answer:
            if path == "/api/v1/offices":
                return 200, [{"id": "mitte", "name": "Mitte", "open": True}]
            return 200, {"devices": devices} if path.endswith("/boards/supervisor") else READY

        async with answering(says) as address:
            known = [one async for one in looked(Address(address.url, "a-token"))]
        found.append([(one.grade, one.said) for one in known if one.what == "devices"])

    assert found[0] == [("well", "mitte: none that was there is missing")]
    assert found[1] == [("weak", "mitte: printer back: paper_low"), ("weak", "mitte: display door: blocked")]


def test_the_doctor_and_the_table_mark_the_same() -> None:
    page = (Path(__file__).parents[2] / "supervisor" / "pages" / "devices.js").read_text(encoding="utf-8")
    marked = re.findall(r"^const (?:POOR|WORN) = new Set\(\[(.*)\]\);", page, re.MULTILINE)

    assert {word.strip('" ') for words in marked for word in words.split(",")} == TROUBLES
