"""The sample ticket that supervisors look at: drawn from the office file of this moment, in any of its languages."""

import io

import pytest
from PIL import Image

from server.ticket_drawing import TicketDrawing
from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/printers/entrance/preview"


@pytest.fixture
def drawing(house: House) -> House:
    object.__setattr__(house.site, "drawing", TicketDrawing())
    return house


async def test_a_supervisor_sees_a_ticket_in_each_language(drawing: House) -> None:
    headers = await drawing.bearer("supervisor")
    pictures = {}
    for language in drawing.desk.state.office.languages:
        answer = await drawing.client.get(PATH, params={"language": language}, headers=headers)
        assert answer.headers["content-type"] == "image/png"
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert picture.width == 576
        pictures[language] = answer.content

    assert len({*pictures.values()}) == len(pictures)
    assert (await drawing.client.get(PATH, headers=headers)).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("?language=xx", 422), ("", 404)])
async def test_what_there_is_not_is_refused(drawing: House, path: str, status: int) -> None:
    wanted = PATH + path if path else PATH.replace("entrance", "nowhere")

    assert (await drawing.client.get(wanted, headers=await drawing.bearer("supervisor"))).status_code == status


async def test_a_server_that_cannot_draw_says_so(house: House) -> None:
    answer = await house.client.get(PATH, headers=await house.bearer("supervisor"))

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_route")


@pytest.mark.parametrize("role", ["clerk", "desk", "printer", "kiosk", "display"])
async def test_it_is_for_supervisors(drawing: House, role: str) -> None:
    assert (await drawing.client.get(PATH, headers=await drawing.bearer(role))).status_code == 403  # type: ignore[arg-type]
