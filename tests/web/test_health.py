"""Ready, or what is missing; and what is weak although presses are accepted."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx

from server.messages.boards import WORRIES, Worry
from server.messages.terms import Role
from server.tasks import Restarts
from server.worries import Worries
from tests.web.conftest import House


class Worried:
    """A node with a worry of its own and a worry of an office."""

    def of_node(self) -> tuple[Worry, ...]:
        return (Worry(code="database", detail="it does not answer"),)

    def own(self, office: str) -> tuple[Worry, ...]:
        return (Worry(code="clock", detail="1 h ahead", seconds=3_600),) if office == "mitte" else ()

    def restarts(self) -> dict[str, int]:
        return {"wiring:tidy": 2}

    def behind(self, office: str) -> int | None:
        return 7 if office == "mitte" else None

    def database_faults(self) -> int:
        return 3


def worried(house: House) -> None:
    object.__setattr__(house.site, "worries", Worried())


async def asked(house: House) -> httpx.Response:
    answer: httpx.Response = await house.client.get("/health/ready")
    return answer


async def test_a_node_without_worries_is_ready_and_not_degraded(house: House) -> None:
    answer = await asked(house)

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "missing": {}, "degraded": []}


class NoHistory:
    """A historian that has no office yet."""

    def health(self) -> dict[str, Any]:
        return {}


async def test_languages_without_a_voice_are_a_worry_of_their_office_only(house: House) -> None:
    async def asked() -> None: ...

    worries = Worries(house.site.desks, NoHistory(), Restarts(), asked)  # type: ignore[arg-type]
    worries.voices = {"mitte": "tr, uk", "rathaus": ""}.__getitem__

    assert [(one.code, one.detail) for one in worries.own("mitte") if one.code == "voices"] == [("voices", "tr, uk")]
    assert [one.code for one in worries.own("rathaus") if one.code == "voices"] == []


async def test_what_a_device_began_again_is_counted(house: House) -> None:
    """As the device reports it over its socket. There are no other figures about a terminal counter."""
    again = {"type": "report", "kind": "restart", "restarts": 3, "loop": "printing: ValueError"}
    speakers: list[tuple[str, str, Role]] = [("printer", "entrance", "printer"), ("counter", "1", "clerk")]
    for board, id, role in speakers:
        async with house.talk(board, id, token=await house.token(role, id)) as talk:
            await talk.say(**again)
            async with asyncio.timeout(10):
                while f"{board}:{id}" not in house.site.hub.reports.restarted("mitte", house.desk.now()):
                    await asyncio.sleep(0)
    text = (await house.client.get("/metrics", headers=await house.bearer("observer"))).text

    assert 'aufruf_device_restarts_total{device="printer:entrance",office="mitte"} 3.0' in text
    assert 'aufruf_device_restarts_total{device="counter:1",office="mitte"} 3.0' in text
    assert 'aufruf_device_seen_seconds{device="counter:1"' not in text


async def test_devices_that_began_again_are_a_worry_of_their_office_only(house: House) -> None:
    async def asked() -> None: ...

    worries = Worries(house.site.desks, NoHistory(), Restarts(), asked)  # type: ignore[arg-type]
    worries.devices = {"mitte": "printer:entrance (printing: ValueError)", "rathaus": ""}.__getitem__

    assert ("restarted", "printer:entrance (printing: ValueError)") in [
        (w.code, w.detail) for w in worries.own("mitte")
    ]
    assert [one.code for one in worries.own("rathaus") if one.code == "restarted"] == []


async def test_what_is_weak_closes_nothing(house: House) -> None:
    worried(house)
    answer = await asked(house)

    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["database: it does not answer", "clock: mitte: 1 h ahead"]


async def test_metrics_tell_every_worry_and_count_restarts(house: House) -> None:
    worried(house)
    text = (await house.client.get("/metrics", headers=await house.bearer("observer"))).text

    assert 'aufruf_worry{code="database",office=""} 1.0' in text
    assert 'aufruf_worry{code="clock",office="mitte"} 1.0' in text
    assert 'aufruf_worry{code="clock",office="rathaus"} 0.0' in text
    assert 'aufruf_task_restarts_total{task="wiring:tidy"} 2.0' in text
    assert "aufruf_store_durable 1.0" in text
    assert 'aufruf_history_behind_entries{office="mitte"} 7.0' in text
    assert 'aufruf_history_behind_entries{office="rathaus"}' not in text
    assert "aufruf_database_faults_total 3.0" in text
    assert all(f'code="{code}",office=""' in text for code in WORRIES)


async def test_metrics_count_presses_by_command_and_refusal_and_say_what_the_store_took(house: House) -> None:
    await house.press("kiosk", "entrance", type="issue_ticket", services=["ausweis"])
    await house.press("clerk", type="call_ticket", counter="1", ticket="nobody")
    text = (await house.client.get("/metrics", headers=await house.bearer("observer"))).text

    assert 'aufruf_commands_total{code="",outcome="done",type="issue_ticket"} 1.0' in text
    refused = re.search(r'aufruf_commands_total{code="([a-z_]+)",outcome="refused",type="call_ticket"} 1.0', text)
    assert refused
    assert 'aufruf_command_seconds_count{outcome="done"} 1.0' in text
    assert 'aufruf_command_seconds_count{outcome="refused"} 1.0' in text
    assert re.search(r'aufruf_store_append_seconds_count{office="mitte"} [1-9]', text)
    assert re.search(r'aufruf_build_info{python="3\.[0-9.]+",version="[^"]+"} 1.0', text)
    assert "aufruf_loop_lag_seconds_count" in text


def test_every_series_is_explained_to_the_operator() -> None:
    root = Path(__file__).parents[2]
    told = re.findall(r'"(aufruf_[a-z_]+)"', (root / "server/web/routes/metrics.py").read_text(encoding="utf-8"))
    page = (root / "docs/watching.md").read_text(encoding="utf-8")
    explained = {name.removesuffix("_total") for name in re.findall(r"`(aufruf_[a-z_]+)`", page)}

    assert explained == {*told}


async def test_a_day_that_does_not_open_is_not_ready(house: House) -> None:
    desk = house.site.desks["mitte"]
    desk._unopened = "the store refuses so long an entry"
    answer = await asked(house)

    assert answer.status_code == 503
    assert "the store refuses so long an entry" in answer.json()["missing"]["mitte"]
