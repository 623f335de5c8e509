"""`POST what-if`: who may ask, what the answer looks like, and which field is wrong."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from msgspec.json import decode

from server.log.memory_log import MemoryLog
from server.messages.terms import Role
from server.messages.what_if import MOST_MOVES, WhatIfFound
from server.promises.second import Second
from tests.promises.test_second import Here
from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/what-if"
OPEN = {"type": "open_counter", "counter": "2"}
Asks = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def here(house: House) -> Here:
    """The second worker in this process."""
    worker = Here(MemoryLog(house.store))
    object.__setattr__(house.site, "what_if", Second(house.site.desks, "", worker=worker).what_if)
    return worker


@pytest.fixture
def asks(house: House, here: Here) -> Asks:
    async def ask(role: Role = "supervisor", **body: Any) -> httpx.Response:
        return await house.client.post(PATH, json=body, headers=await house.bearer(role))

    return ask


async def test_a_supervisor_reads_what_a_move_would_change_and_nothing_is_changed(house: House, asks: Asks) -> None:
    for _ in range(6):
        await house.ticket()
    await house.call()
    before = house.desk.state.seq
    answer = await asks(moves=[OPEN])

    assert answer.status_code == 200, answer.text
    found = decode(answer.content, type=WhatIfFound)
    assert found.seq == before == house.desk.state.seq
    assert found.longest.diff.median < 0
    assert set(answer.json()) == {"seq", "minutes", "longest", "p95", "mean", "services", "turned_away"}
    assert set(answer.json()["mean"]) == {"now", "then", "diff", "chance"}


async def test_only_supervisors_ask(asks: Asks) -> None:
    assert [(await asks(role, moves=[])).status_code for role in ("supervisor", "clerk", "observer")] == [200, 403, 403]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "moves"),
        ({"moves": [], "more": 1}, 422, "more"),
        ({"moves": [OPEN] * (MOST_MOVES + 1)}, 422, "moves"),
        ({"moves": [{"type": "open_counter"}]}, 422, "moves[0].counter"),
        ({"moves": [{"type": "call_next", "counter": "1"}]}, 422, "moves[0].type"),
        ({"moves": [OPEN], "until": "2020-01-01T10:00:00Z"}, 422, "until"),
        ({"moves": [OPEN, {"type": "set_policy", "preset": "no"}]}, 422, "moves[1].preset"),
        ({"moves": [OPEN], "until": "noon"}, 422, "until"),
    ],
)
async def test_what_is_wrong_is_named(asks: Asks, body: dict[str, Any], status: int, field: str) -> None:
    answer = await asks(**body)

    assert answer.status_code == status, answer.text
    assert [one["field"] for one in answer.json()["errors"]] == [field]


async def test_an_impossible_move_has_the_problem_that_the_press_would_have(asks: Asks) -> None:
    answer = await asks(moves=[OPEN, {"type": "open_counter", "counter": "99"}])

    assert (answer.status_code, answer.json()["code"], answer.json()["move"]) == (404, "unknown_counter", 1)


async def test_without_its_worker_it_says_to_ask_again(asks: Asks, here: Here) -> None:
    here.fails = "died"
    answer = await asks(moves=[OPEN])

    assert (answer.status_code, answer.json()["retry"], answer.headers["retry-after"]) == (503, True, "1")


async def test_a_rule_is_tried_by_supervisors_only_and_what_is_wrong_is_named(house: House, here: Here) -> None:
    object.__setattr__(house.site, "rule_trial", Second(house.site.desks, "", trials=here).rule_trial)
    rule = {"service": "ausweis", "over_minutes": 40, "under_minutes": 20, "counters": ["1"]}

    async def tried(role: Role = "supervisor", **changes: Any) -> httpx.Response:
        path = "/api/v1/offices/mitte/rule-trial"
        return await house.client.post(path, json={**rule, **changes}, headers=await house.bearer(role))

    assert (await tried("clerk")).status_code == 403
    nothing = await tried()
    assert (nothing.status_code, nothing.json()["code"]) == (410, "log_trimmed")
    for changes, field in (
        ({"over_minutes": 20}, "under_minutes"),
        ({"counters": []}, "counters"),
        ({"on": True}, "on"),
    ):
        answer = await tried(**changes)
        assert answer.status_code == 422, answer.text
        assert [one["field"] for one in answer.json()["errors"]] == [field]
