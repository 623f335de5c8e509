"""Calendar feeds of counter groups: an address that nobody guesses, and times without people."""

import re
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice
from server.messages.office import Calendar
from tests.calendar_reader import understood
from tests.web.conftest import House


async def with_calendars(house: House, *calendars: Calendar) -> None:
    office = house.desk.state.office
    office = replace(office, revision=office.revision + 1, calendars=calendars)
    await house.desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")


async def addresses(house: House) -> dict[str, str]:
    answer = await house.client.get("/api/v1/offices/mitte/calendars", headers=await house.bearer("supervisor"))
    return {one["id"]: one["address"] for one in answer.json()}


async def read(house: House, address: str) -> list[dict[str, str]]:
    """The appointments of a feed, each by its properties."""
    answer = await house.client.get(f"{house.citizens}{address}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    text = answer.text.replace("\r\n ", "")
    events = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    return [dict(line.split(":", 1) for line in event.strip().split("\r\n")) for event in events]


async def booked(house: House, service: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    free = (await house.client.get(f"/api/v1/offices/mitte/slots?services={service}&days=30")).json()
    start = free["days"][-1]["starts"][nth]
    answer = await house.press("booking", type="book_appointment", services=[service], start=start, **more)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()["result"]["appointment"]
    return made


async def test_a_counter_group_subscribes_to_its_appointments(house: House) -> None:
    counters = house.desk.state.office.counters
    able = {one.id: {*one.services, *one.skills} for one in counters}
    mine = next(id for id, names in able.items() if "ausweis" in names and "kfz" not in names)
    cars = tuple(id for id, names in able.items() if "kfz" in names)
    passports = Calendar(id="pass", names={"de": "Ausweis"}, counters=(mine,))
    await with_calendars(house, passports, Calendar(id="cars", names={"de": "Kfz"}, counters=cars))
    one = await booked(house, "ausweis", persons=2, reference="Meier.Anna")
    car = await booked(house, "kfz")
    found = await addresses(house)

    (event,) = await read(house, found["pass"])
    assert event["UID"] == f"{one['id']}@mitte.aufruf"
    assert event["SUMMARY"] == "Ausweis und Pass (2)"
    assert event["DTSTART"] == re.sub(r"[-:]|\.000", "", one["start"])
    feed = await house.client.get(f"{house.citizens}{found['pass']}")
    (understands,) = understood(feed.text)["events"]
    assert (understands["uid"], understands["summary"]) == (event["UID"], "Ausweis und Pass (2)")
    assert datetime.fromisoformat(understands["start"]) == datetime.fromisoformat(one["start"])
    assert understands["attendees"] == []
    assert car["id"] in [event["UID"].split("@")[0] for event in await read(house, found["cars"])]
    text = (await house.client.get(f"{house.citizens}{found['pass']}")).text
    for private in (one["code"], "Meier", one["secret"]):
        assert private not in text

    await house.press("booking", type="cancel_appointment", appointment=one["id"])
    assert await read(house, found["pass"]) == []
    await with_calendars(house, replace(passports, edition=2))
    assert (await house.client.get(f"{house.citizens}{found['pass']}")).status_code == 404
    assert await read(house, (await addresses(house))["pass"]) == []


@pytest.mark.parametrize("path", ["/calendar/mitte/x.ics", "/calendar/mitte/.ics", "/calendar/nirgends/x.ics"])
async def test_nobody_guesses_an_address(house: House, path: str) -> None:
    await with_calendars(house, Calendar(id="pass", names={"de": "Ausweis"}, counters=("1",)))
    answers = [(await house.client.get(house.citizens + path)).status_code for _ in range(40)]
    assert set(answers) <= {404, 429}
    if "nirgends" not in path and "/.ics" not in path:
        assert answers[-1] == 429


async def test_a_feed_of_one_office_is_none_of_another(house: House) -> None:
    await with_calendars(house, Calendar(id="pass", names={"de": "Ausweis"}, counters=("1",)))
    address = (await addresses(house))["pass"].replace("/mitte/", "/rathaus/")
    assert (await house.client.get(f"{house.citizens}{address}")).status_code == 404
