"""The picture of a ticket that a print job names: for the program that prints it, and for nobody else."""

import io

import pytest
import zxingcpp
from PIL import Image

from server.messages.terms import Role
from server.ticket_drawing import TicketDrawing
from tests.web.conftest import House


@pytest.fixture
async def job(house: House) -> str:
    """The path of a ticket that waits at the printer at the entrance."""
    object.__setattr__(house.site, "drawing", TicketDrawing())
    async with house.talk("printer", "entrance", token=await house.token("printer", "entrance")) as talk:
        await talk.shown()
        await house.press("kiosk", "entrance", type="issue_ticket", services=["ausweis"], kiosk="entrance")
        told = await talk.until("print_job")
    return str(told["image"])


async def status(house: House, path: str, role: Role, device: str | None = None) -> int:
    return (await house.client.get(path, headers=await house.bearer(role, device))).status_code


async def test_its_printer_gets_the_ticket_with_its_link(house: House, job: str) -> None:
    answer = await house.client.get(job, headers=await house.bearer("printer", "entrance"))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert "no-store" in answer.headers["cache-control"]
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width == 576
        assert "/t/" in zxingcpp.read_barcodes(picture.convert("L"))[0].text


@pytest.mark.parametrize(
    ("role", "device", "told"),
    [
        ("supervisor", None, 200),
        ("printer", "side", 404),
        ("kiosk", "entrance", 404),
        ("desk", None, 404),
        ("observer", None, 403),
        ("display", "hall", 403),
    ],
)
async def test_nobody_else_may_see_a_link(house: House, job: str, role: Role, device: str | None, told: int) -> None:
    assert await status(house, job, role, device) == told


async def test_a_ticket_that_is_printed_already_is_not_printed_again(house: House, job: str) -> None:
    name = job.removeprefix("/print/").removesuffix(".png")
    await house.press("printer", "entrance", type="report_print", job=name, state="sent")

    assert await status(house, job, "printer", "entrance") == 404


@pytest.mark.parametrize("name", ["0123456789", "x", "a" * 200, "%2e%2e"])
async def test_what_there_is_not(house: House, name: str) -> None:
    assert await status(house, f"/print/{name}.png", "printer", "entrance") == 404
