"""A portal keeps its appointments by its own reference: whatever it asks twice is done once."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/appointments"


async def ask(house: House, method: str, reference: str, **body: Any) -> httpx.Response:
    headers = await house.bearer("booking")
    return await house.client.request(method, f"{PATH}/{reference}", json=body or None, headers=headers)


async def slots(house: House) -> list[str]:
    found = (await house.client.get("/api/v1/offices/mitte/slots?services=soziales&days=2")).json()
    return [start for day in found["days"] for start in day["starts"]]


async def test_put_books_once_and_moves_and_delete_cancels_once(house: House) -> None:
    first, second = (await slots(house))[20:22]
    answers = await asyncio.gather(
        *(ask(house, "PUT", "ext-7", services=["soziales"], start=first, language="tr") for _ in range(10))
    )
    assert sorted(one.status_code for one in answers) == [200] * 9 + [201]
    assert len({one.json()["id"] for one in answers}) == len(house.desk.state.appointments) == 1
    booked = answers[0].json()
    assert (booked["reference"], booked["start"], booked["language"]) == ("ext-7", first, "tr")
    assert (await house.client.get(f"/api/v1/appointments/{booked['secret']}")).json() == booked

    moved = await ask(house, "PUT", "ext-7", services=["soziales"], start=second)
    assert (moved.status_code, moved.json()["id"], moved.json()["start"]) == (200, booked["id"], second)
    assert (await ask(house, "GET", "ext-7")).json() == moved.json()
    for _ in range(2):
        assert (await ask(house, "DELETE", "ext-7")).status_code == 204
    assert (await ask(house, "GET", "ext-7")).json()["code"] == "unknown_appointment"
    assert (await ask(house, "PUT", "ext-7", services=["soziales"], start=first)).status_code == 201


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", ""),
        ({"services": ["nichts"]}, "unknown_service", ""),
        ({"services": ["ausweis"], "persons": 2}, "wrong_state", ""),
        ({"start": "morgen"}, "invalid", "start"),
        ({"start": "2020-01-01T09:00:00Z"}, "slot_invalid", ""),
        ({"name": "Meier"}, "invalid", "name"),
    ],
)
async def test_what_cannot_be_booked_is_refused_and_changes_nothing(
    house: House, body: dict[str, Any], code: str, field: str
) -> None:
    good = {"services": ["soziales"], "start": (await slots(house))[20]}
    if code == "wrong_state":
        assert (await ask(house, "PUT", "ext-7", **good)).status_code == 201
    answer = await ask(house, "PUT", "ext-7", **({**good, **body} if body else {"services": []}))

    assert answer.json()["code"] == code
    assert not field or [one["field"] for one in answer.json()["errors"]] == [field]
    assert len(house.desk.state.appointments) == (code == "wrong_state")


async def test_a_reference_and_a_key_are_those_of_one_office(house: House) -> None:
    """The same reference at another office is another appointment, and a portal of one office books at no other."""
    start = (await slots(house))[20]
    assert (await ask(house, "PUT", "ext-7", services=["soziales"], start=start)).status_code == 201
    there, mine = PATH.replace("mitte", "rathaus"), await house.bearer("booking")
    others = {"Authorization": f"Bearer {await house.token('booking', offices=('rathaus',))}"}

    assert (await house.client.get(f"{there}/ext-7", headers=others)).json()["code"] == "unknown_appointment"
    for method in ("GET", "PUT", "DELETE"):
        body = {"services": ["soziales"], "start": start} if method == "PUT" else None
        answer = await house.client.request(method, f"{PATH}/ext-7", json=body, headers=others)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), method
    assert (await house.client.get(f"{PATH}/ext-7", headers=mine)).json()["start"] == start
