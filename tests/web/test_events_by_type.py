"""A feed of what happens to appointments: `GET events` with types, page by page."""

from typing import Any

import pytest

from server.web.routes import events
from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/events"
TYPES = "appointment_booked,appointment_cancelled"


async def ask(house: House, query: str) -> dict[str, Any]:
    answer = await house.client.get(f"{PATH}?{query}", headers=await house.bearer("observer"))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def lived(house: House) -> None:
    """Two bookings, between which the first is cancelled, and tickets between them."""
    first = await house.appointment()
    await house.ticket()
    assert (await house.press("desk", type="cancel_appointment", appointment=first["id"])).is_success
    await house.ticket()
    await house.appointment()
    await house.ticket()


def kinds(found: dict[str, Any]) -> list[str]:
    return [one["type"] for one in found["events"]]


async def test_only_what_was_asked_for_in_order_and_where_to_go_on(house: House) -> None:
    await lived(house)
    seq = house.desk.state.seq
    every = await ask(house, f"types={TYPES}")
    assert kinds(every) == ["appointment_booked", "appointment_cancelled", "appointment_booked"]
    assert every["upto"] == seq

    read, after = list[str](), 0
    for _ in range(3):
        page = await ask(house, f"types={TYPES}&limit=1&after={after}")
        read, after = read + kinds(page), page["upto"]
        assert after == page["events"][0]["seq"]
    assert read == kinds(every)
    assert await ask(house, f"types={TYPES}&after={after}") == {"epoch": every["epoch"], "events": [], "upto": seq}
    assert "upto" not in await ask(house, "limit=2")


async def test_a_long_log_is_looked_through_in_bounded_steps(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever goes on from `upto` misses nothing, although an answer may be empty before the end."""
    await lived(house)
    monkeypatch.setattr(events, "MOST", 2)
    monkeypatch.setattr(events, "PAGES", 2)
    found, after, answers = list[str](), 0, 0
    while after < house.desk.state.seq:
        page = await ask(house, f"types=appointment_cancelled&limit=2&after={after}")
        assert after < page["upto"] <= after + 4
        found, after, answers = found + kinds(page), page["upto"], answers + 1
    assert found == ["appointment_cancelled"]
    assert answers > 1


@pytest.mark.parametrize("types", ["", "nothing", "appointment_booked,", "TicketIssued"])
async def test_a_type_that_there_is_not_is_named(house: House, types: str) -> None:
    answer = await house.client.get(f"{PATH}?types={types}", headers=await house.bearer("observer"))
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, ["types"])
