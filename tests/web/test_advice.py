"""`GET advice`: who may ask, what the answer looks like, and that asking changes nothing."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from server.log.memory_log import MemoryLog
from server.messages.terms import Role
from server.promises.counsel import Counsel
from server.promises.second import Second
from tests.promises.test_second import Here
from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/advice"
Asks = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def asks(house: House) -> Asks:
    """The second worker in this process."""
    desks = house.site.desks
    counsel = Counsel(desks, Second(desks, "", worker=Here(MemoryLog(house.store))))
    object.__setattr__(house.site, "advice", counsel.asked)

    async def ask(role: Role = "supervisor", **query: str) -> httpx.Response:
        return await house.client.get(PATH, params=query, headers=await house.bearer(role))

    return ask


async def test_a_supervisor_reads_the_move_worth_making_now(house: House, asks: Asks) -> None:
    for _ in range(12):
        await house.ticket()
    await house.call()
    before = house.desk.state.seq

    answer = await asks(fresh="1")

    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["advice_none"] is False
    advice = found["advice"]
    assert advice["kind"] == "extra", "everybody else is closed"
    assert advice["moves"][0]["type"] == "open_counter"
    assert advice["gain"]["low"] <= advice["gain"]["median"] <= advice["gain"]["high"]
    assert advice["gain"]["median"] > 4
    assert advice["seq"] == before == house.desk.state.seq
    assert (await asks()).json() == found, "it stands"


async def test_that_nobody_waits_long_is_an_answer(asks: Asks) -> None:
    assert (await asks()).json() == {"advice": None, "advice_none": False, "advice_short": True, "advice_rests": None}


async def test_only_supervisors_ask(asks: Asks) -> None:
    assert [(await asks(role)).status_code for role in ("supervisor", "clerk", "observer")] == [200, 403, 403]
