"""Tickets that a kiosk's own browser prints: the board names them, and each picture is handed over once."""

import io
from typing import Any

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.messages.office import Printer
from server.ticket_drawing import TicketDrawing
from server.web.site import NoPaper
from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/kiosks/entrance/papers"


@pytest.fixture
async def office(house: House) -> House:
    """The kiosk at the entrance is a machine with a printer of its own."""
    made = house.desk.state.office
    own = Printer(id="own", name="Im Automaten", kind="browser")
    kiosks = tuple(replace(one, printer="own") if one.id == "entrance" else one for one in made.kiosks)
    made = replace(made, revision=made.revision + 1, printers=(*made.printers, own), kiosks=kiosks)
    await house.desk.submit(SYSTEM, c.ConfigureOffice(office=made), "own", None, None)
    object.__setattr__(house.site, "drawing", TicketDrawing())
    return house


async def board(house: House) -> dict[str, Any]:
    answer = await house.client.get(
        "/api/v1/offices/mitte/boards/kiosk/entrance", headers=await house.bearer("kiosk", "entrance")
    )
    return dict(answer.json())


async def issued(house: House) -> tuple[str, str]:
    """The ticket and its job."""
    answer = await house.press("kiosk", "entrance", type="issue_ticket", services=["ausweis"], kiosk="entrance")
    (job,) = (await board(house))["papers"]
    return answer.json()["result"]["ticket"]["id"], job


async def test_the_ticket_is_handed_over_once_and_called_sent(office: House) -> None:
    ticket, job = await issued(office)
    shown = await board(office)
    assert (shown["printer"], shown["prints"]) == ("no_status", [{"ticket": ticket, "state": "requested"}])
    bearer = await office.bearer("kiosk", "entrance")

    first = await office.client.post(PATH, json={"job": job}, headers=bearer)
    second = await office.client.post(PATH, json={"job": job}, headers=bearer)

    assert (first.status_code, second.status_code) == (200, 404)
    with Image.open(io.BytesIO(first.content)) as picture:
        assert "/t/" in zxingcpp.read_barcodes(picture.convert("L"))[0].text
    shown = await board(office)
    assert (shown["papers"], shown["prints"]) == ([], [{"ticket": ticket, "state": "sent"}])


async def test_printed_again_it_is_a_job_of_its_own(office: House) -> None:
    ticket, job = await issued(office)
    await office.client.post(PATH, json={"job": job}, headers=await office.bearer("kiosk", "entrance"))

    assert (await office.press("kiosk", "entrance", type="print_ticket", ticket=ticket)).status_code == 200

    (again,) = (await board(office))["papers"]
    assert again != job


async def test_a_ticket_that_cannot_be_drawn_is_told(office: House) -> None:
    ticket, job = await issued(office)
    object.__setattr__(office.site, "drawing", NoPaper())

    answer = await office.client.post(PATH, json={"job": job}, headers=await office.bearer("kiosk", "entrance"))

    assert answer.status_code == 404
    assert (await board(office))["prints"] == [{"ticket": ticket, "state": "failed"}]


@pytest.mark.parametrize(
    ("role", "device", "kiosk", "status"),
    [
        ("kiosk", "side", "entrance", 404),
        ("kiosk", "entrance", "nowhere", 404),
        ("kiosk", "side", "side", 404),
        ("observer", None, "entrance", 403),
        ("printer", "own", "entrance", 403),
        ("desk", None, "entrance", 200),
    ],
)
async def test_only_its_own_kiosk_and_staff_print_it(
    office: House, role: Any, device: str | None, kiosk: str, status: int
) -> None:
    _, job = await issued(office)
    path = PATH.replace("entrance", kiosk)

    answer = await office.client.post(path, json={"job": job}, headers=await office.bearer(role, device))

    assert answer.status_code == status


async def test_a_kiosk_with_another_printer_names_none(house: House) -> None:
    await house.press("kiosk", "entrance", type="issue_ticket", services=["ausweis"], kiosk="entrance")

    assert (await board(house))["papers"] == []
