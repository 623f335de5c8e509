"""If one thing cannot be made, only it is missing: all others have the call at once, staff see it, it is logged once."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from config.loader import load
from config.office_files import find
from server.messages.actor import Actor
from server.messages.boards import Door, Worry
from server.messages.office import Office
from server.messages.problems import Refusal
from server.messages.what_if import AdviceFound
from server.office.boards import ToSay
from server.office.waits import Waits
from server.push.faults import Faults
from server.push.source import Surroundings, VoiceOrder
from tests.push.conftest import Room


class Broken:
    """Raises while `on`."""

    def __init__(self) -> None:
        self.on = True

    def check(self) -> None:
        if self.on:
            raise ValueError("cannot be made")


@pytest.fixture
def broken() -> Broken:
    return Broken()


class Studio:
    """Fails at what it is told to."""

    def __init__(self, broken: Broken, what: str) -> None:
        self._broken, self._what = broken, what

    def ready(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        if self._what == "sound":
            self._broken.check()
        return None

    async def render(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        if self._what == "rendering":
            self._broken.check()
        return None


def speechless(broken: Broken) -> dict[str, Any]:
    def texts(saying: ToSay) -> dict[str, str]:
        if saying.place is not None and saying.place.id == "1":
            broken.check()
        return dict.fromkeys(saying.languages, saying.number)

    return {"texts": texts}


def unlinked(broken: Broken) -> dict[str, Any]:
    def link(office: str, ticket: str) -> str | None:
        broken.check()
        return None

    return {"link": link}


def voiceless(broken: Broken) -> dict[str, Any]:
    def voiced(language: str) -> bool:
        broken.check()
        return True

    return {"voiced": voiced}


def unworried(broken: Broken) -> dict[str, Any]:
    def worries(office: str) -> tuple[Worry, ...]:
        broken.check()
        return ()

    return {"worries": worries}


def unforeseen(broken: Broken) -> dict[str, Any]:
    def waits(office: str) -> Waits | None:
        broken.check()
        return None

    return {"waits": waits}


def doorless(broken: Broken) -> dict[str, Any]:
    def door(office: str, at: int) -> Door | None:
        broken.check()
        return None

    return {"door": door}


def part(name: str, whole: object) -> Callable[[Broken], dict[str, Any]]:
    """A part of the supervisor's table; `whole`: what it is while nothing is broken."""

    def seam(broken: Broken) -> dict[str, Any]:
        def asked(office: str) -> object:
            broken.check()
            return whole

        return {name: asked}

    return seam


SEAMS: dict[str, Callable[[Broken], dict[str, Any]]] = {
    "speech 1": speechless,
    "sound hall": lambda broken: {"studio": Studio(broken, "sound")},
    "rendering": lambda broken: {"studio": Studio(broken, "rendering")},
    "link": unlinked,
    "voiced": voiceless,
    "supervisor": unworried,
    "waits": unforeseen,
    "alerts": part("alerts", ()),
    "advice": part("advice", AdviceFound()),
    "table": part("table", None),
    "speakers": part("speakers", ()),
    "door": doorless,
    "logo": part("logo", None),
}
STORES = {"presence", "leases", "channel"}
"""Asked by tasks of their own, never while a board is made; their faults are tested with those tasks."""
FIGURES = {"version", "paces", "languages"}
"""They do nothing, so they cannot fail."""


def test_every_part_that_push_is_given_is_broken_here_once() -> None:
    seams = {name for seam in SEAMS.values() for name in seam(Broken())}
    assert seams == {part.name for part in fields(Surroundings)} - STORES - FIGURES


def test_what_is_no_fault_of_the_thing_goes_on_through_the_bulkhead() -> None:
    faults = Faults("mitte", lambda: None)

    with pytest.raises(asyncio.CancelledError), faults.bulkhead("display", "hall"):
        raise asyncio.CancelledError

    assert not faults


@pytest.fixture
def office() -> Office:
    """The sample office with a display at the door and a logo on its tickets, so that each part is asked for."""
    file = load(find("mitte"))
    displays = tuple(replace(one, door_code=True, public=False) if one.id == "hall" else one for one in file.displays)
    return replace(file, displays=displays, theme=replace(file.theme, ticket_logo="logo.png"))


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> str:
    """Which part is broken."""
    return str(request.param)


@pytest.fixture
def surroundings(broken: Broken, fault: str) -> dict[str, Any]:
    return SEAMS[fault](broken)


@pytest.mark.parametrize("fault", SEAMS, indirect=True)
async def test_what_cannot_be_made_costs_itself_alone(room: Room, broken: Broken, fault: str) -> None:
    """Two calls, one at the part that fails: both are on every screen except the broken one; then it is repaired."""
    with capture_logs() as logs:
        broken.on = fault != "supervisor"
        table, _ = room.join("supervisor", "", "supervisor")
        desk, _ = room.join("desk", "", "desk")
        wall, _ = room.join("display", "hall", "display")
        voice, _ = room.join("announcer", "hall", "announcer")
        clerk, _ = room.join("counter", "3")
        printer, _ = room.join("printer", "entrance", "printer")
        broken.on = True
        await room.press("issue_ticket", services=["ausweis"], printer="entrance", language="en")
        phone, _ = room.phone(await room.ticket())
        await room.call("1")
        await room.call("3")
        await wall.until(lambda: len(wall.board["calls"]) == 2)
        await clerk.until(lambda: clerk.board["current"])
        await phone.until(lambda: phone.board["state"] == "called")
        await voice.until(lambda: len(voice.of("announcement")) == 2)
        await desk.until(lambda: sum(face["current"] is not None for face in desk.board["counters"]) == 2)
        await printer.until(lambda: printer.of("print_job"))
        told = {worry.detail for worry in room.hub.worries("mitte")}
        if fault == "supervisor":
            await table.until(lambda: table.closed == 1012)
        else:
            await table.until(lambda: any(worry["detail"] == fault for worry in table.board["worries"]))
    assert told == {fault}
    noted = [log for log in logs if log["event"] == "something could not be made"]
    assert [log["log_level"] for log in noted] == ["error"], noted
    assert voice.of("announcement")[1]["texts"]
    if fault == "waits":
        assert "stale" in {one["expected_reason"] for one in wall.board["waiting"]}

    broken.on = False
    again, _ = room.join("supervisor", "", "supervisor")
    await room.press("issue_ticket", services=["ausweis"], printer="entrance", language="en")
    await room.press("repeat_call", counter="1")
    await room.call("2")
    await voice.until(lambda: len(voice.of("announcement")) == 4)
    await again.until(lambda: not again.board["worries"])
    assert voice.of("announcement")[2]["texts"]


@pytest.mark.parametrize("fault", ["link"], indirect=True)
async def test_a_fact_that_some_boards_cannot_show_is_the_trouble_of_those(
    room: Room, broken: Broken, fault: str
) -> None:
    broken.on = False
    printer, one = room.join("printer", "entrance", "printer")
    kiosk, two = room.join("kiosk", "entrance", "kiosk")
    wall, _ = room.join("display", "hall", "display")
    phone, _ = room.phone(await room.ticket())
    odd: Any = SimpleNamespace(at=room.desk.state.at)  # all that the desk's own clock looks at
    room.desk.state.prints["odd"] = odd
    await room.call("1")
    await wall.until(lambda: wall.board["calls"])
    await phone.until(lambda: phone.board["state"] == "called")
    await printer.until(lambda: printer.closed == 1012)
    await kiosk.until(lambda: kiosk.closed == 1012)

    refused = room.hub.board("mitte", "printer", "entrance", Actor(role="printer", principal="p"))
    assert isinstance(refused, Refusal)
    assert refused.code == "fault"
    del room.desk.state.prints["odd"]
    room.hub.leave(one)
    room.hub.leave(two)
    again, _ = room.join("printer", "entrance", "printer")
    room.join("kiosk", "entrance", "kiosk")
    assert again.board["jobs"] == []
    assert room.hub.worries("mitte") == ()


ODD: list[dict[str, Any]] = [
    {"seq": "x"},
    {"seq": 1.5},
    {"delay_ms": -(10**20)},
    {"seq": 10**20},
    {"sound": ["ready"]},
    {"said": "nothing"},
    {"state": {"a": 1}},
]


@pytest.mark.parametrize("fault", ["link"], indirect=True)
@pytest.mark.parametrize("odd", ODD)
async def test_a_device_whose_report_makes_no_sense_is_not_shown_and_all_others_are(
    room: Room, broken: Broken, odd: dict[str, Any], fault: str
) -> None:
    """Other nodes may run another release, so what they left in the store is not trusted."""
    broken.on = False
    await room.presence.report("mitte", "display:hall", odd)
    await room.presence.report("mitte", "kiosk:entrance", {"kind": "shown", "seq": 1})
    assert room.hub.reports._learn("mitte", await room.presence.seen("mitte"))
    table, _ = room.join("supervisor", "", "supervisor")
    seen = {(one["kind"], one["id"]): one["state"] for one in table.board["devices"]}

    assert seen["kiosk", "entrance"] == "online"
    assert seen["display", "hall"] == "unknown"
    assert table.closed is None
