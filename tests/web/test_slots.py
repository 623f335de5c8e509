"""GET slots: anybody may ask when an appointment can begin; what is booked there is gone from the list."""

from typing import Any

import pytest

from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/slots"


async def asked(house: House, query: str, **more: Any) -> Any:
    answer = await house.client.get(f"{PATH}?{query}", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_is_booked_is_no_longer_free(house: House) -> None:
    """As often as counters can serve it; then the booking is refused and names the next beginnings."""
    before = await asked(house, "services=soziales&days=3")
    assert (before["services"], before["persons"], before["minutes"]) == (["soziales"], 1, 20)
    day, start = before["days"][1]["day"], before["days"][1]["starts"][50]
    told = []
    for _ in range(9):
        told.append(await house.press("desk", type="book_appointment", services=["soziales"], start=start))
        if told[-1].status_code != 200:
            break
    after = {one["day"]: one["starts"] for one in (await asked(house, "services=soziales&days=3"))["days"]}
    problem = told[-1].json()

    assert len(told) > 1
    assert (problem["code"], problem["status"]) == ("slot_taken", 409)
    assert start not in after[day]
    assert problem["next"][0] in after[day]
    assert problem["next"][0] > start


async def test_a_desk_sees_the_slots_that_are_kept_for_it_and_other_sites_may_ask(house: House) -> None:
    everybody = await house.client.get(f"{PATH}?services=ausweis&days=1", headers={"Origin": "https://city.example"})
    assert everybody.headers["access-control-allow-origin"] == "*"
    assert await asked(house, "services=ausweis&days=1", headers=await house.bearer("desk"))
    assert (await house.client.get(f"{house.citizens}{PATH}?services=ausweis,meldung&persons=3")).json()["minutes"] > 40


async def test_days_and_a_first_day(house: House) -> None:
    whole = await asked(house, "services=ausweis&days=20")
    part = await asked(house, f"services=ausweis&days=3&from={whole['days'][8]['day']}")

    assert part["days"] == whole["days"][8:11]
    assert (await asked(house, "services=ausweis&from=9998-01-01"))["days"] == []
    assert (await asked(house, "services=ausweis&from=1999-01-01&days=1"))["days"][0]["day"] == whole["days"][0]["day"]


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("", 422, "services"),
        ("services=a,b,c,d,e,f", 422, "services"),
        ("services=nichts", 404, ""),
        ("services=ausweis&persons=21", 422, "persons"),
        ("services=ausweis&days=91", 422, "days"),
        ("services=ausweis&from=morgen", 422, "from"),
    ],
)
async def test_a_wrong_question_is_told_what_is_wrong(house: House, query: str, status: int, field: str) -> None:
    answer = await house.client.get(f"{PATH}?{query}")

    assert answer.status_code == status
    assert not field or [one["field"] for one in answer.json()["errors"]] == [field]
