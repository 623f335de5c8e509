"""What administrators lay over the office file, by program: set, listed, refused in the words of `aufruf check`, taken back."""

from typing import Any

import pytest

from server.messages.terms import Role
from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/settings"
NAME = f"{PATH}/services.ausweis.names.en"


async def put(house: House, path: str, value: Any, role: Role = "admin", key: str = "k1", **more: Any) -> Any:
    headers = {**await house.bearer(role), "Idempotency-Key": key}
    return await house.client.put(path, json={"value": value, **more}, headers=headers)


async def delete(house: House, path: str, key: str = "d1") -> Any:
    return await house.client.delete(path, headers={**await house.bearer("admin"), "Idempotency-Key": key})


async def settings(house: House) -> list[dict[str, Any]]:
    answer = await house.client.get(PATH, headers=await house.bearer("admin"))
    found: list[dict[str, Any]] = answer.json()["settings"]
    return found


async def test_set_listed_and_taken_back(house: House) -> None:
    before = house.desk.state.office

    answer = await put(house, NAME, "Passports")

    assert answer.status_code == 200
    assert house.desk.state.plans["ausweis"].names["en"] == "Passports"
    (one,) = await settings(house)
    assert one["path"] == "services.ausweis.names.en"
    assert (one["value"], one["file"], one["state"]) == ("Passports", before.services[0].names["en"], "counts")
    assert one["from_day"] == house.desk.today()

    assert (await delete(house, NAME)).status_code == 200
    assert (house.desk.state.office, await settings(house)) == (before, [])


async def test_one_from_a_later_day_is_listed_as_coming(house: House) -> None:
    before = house.desk.state.office
    await put(house, f"{PATH}/services.ausweis.daily_limit", 5, from_day="2027-01-04")

    (one,) = await settings(house)
    assert (one["value"], one["file"], one["state"]) == (5, None, "coming")
    assert house.desk.state.office == before

    assert (await delete(house, f"{PATH}/services.ausweis.daily_limit?from=2027-01-05")).json()["events"] == []
    assert len(await settings(house)) == 1
    assert (await delete(house, f"{PATH}/services.ausweis.daily_limit?from=2027-01-04", "d2")).is_success
    assert await settings(house) == []


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("services.ausweis.target_minutes", "soon", "must be a whole number of minutes"),
        ("hours.mon", ["12:00-08:00"], "must end after it begins"),
        ("services.nothing.names.de", "X", "there is no nothing in services"),
        ("texts.call.de", "Nummer", "must say {number}, {place} too"),
        ("office.name", "X", "no page sets this key"),
    ],
)
async def test_a_bad_value_is_refused_by_field_and_reason_and_changes_nothing(
    house: House, path: str, value: Any, reason: str
) -> None:
    before = house.desk.state.seq
    answer = await put(house, f"{PATH}/{path}", value)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] == path
    assert reason in answer.json()["errors"][0]["reason"]
    assert answer.json()["detail"].startswith(f"{path}: ")
    assert house.desk.state.seq == before


async def test_a_day_that_is_over_is_refused(house: House) -> None:
    answer = await put(house, NAME, "Passports", from_day="2020-01-01")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "from_day")


async def test_supervisors_may_neither_see_nor_set(house: House) -> None:
    assert (await put(house, NAME, "Passports", "supervisor")).status_code == 403
    assert (await house.client.get(PATH, headers=await house.bearer("supervisor"))).status_code == 403


async def test_a_press_that_is_sent_again_counts_once(house: House) -> None:
    one, again = await put(house, NAME, "Passports"), await put(house, NAME, "Passports")

    assert one.json()["events"] == again.json()["events"]
    assert len(await settings(house)) == 1
