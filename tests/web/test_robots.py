"""Programs that hoard slots: how many they can keep from people, with the addresses that a proxy we trust names."""

from dataclasses import replace

import httpx
from msgspec.structs import replace as changed

from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice
from server.messages.office import Appointments, Hours
from server.web.holds import AT_ONCE
from server.web.line.peer import networks
from server.web.line.proxied import Proxied
from tests.web.conftest import House
from tests.web.test_booking import PAGE, fields, get, post, starts

ROBOTS, FROM, PEOPLE, SLOTS = 200, 20, 50, 120


async def with_slots(house: House, many: int) -> list[str]:
    """Behind a proxy that we trust, and with a day on which exactly so many slots can be sold; returns them."""
    trusted = networks(["127.0.0.1/32"])
    object.__setattr__(house.site, "proxied", Proxied(trusted, None))
    object.__setattr__(house.site, "settings", replace(house.site.settings, trusted_proxies=trusted))
    office = house.desk.state.office
    page = (await get(house, f"{PAGE}?services=soziales")).text
    day = starts(page)[-1][:10]
    able = [one for one in office.counters if "soziales" in {*one.services, *one.skills}][:1]
    plans = tuple(changed(plan, minutes=5.0) if plan.id == "soziales" else plan for plan in office.services)
    hours = Hours(days={day: (("08:00", "18:00"),)}, week={})
    office = changed(
        office,
        revision=office.revision + 1,
        counters=tuple(able),
        services=tuple(changed(plan, hours=None) for plan in plans),
        hours=hours,
        appointments=Appointments(every=5, walk_in_percent=0),
    )
    await house.desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")
    found = starts((await get(house, f"{PAGE}?services=soziales&from={day}")).text)
    assert len(found) == many
    return found


async def test_robots_that_hold_and_never_book_leave_people_their_slots(house: House) -> None:
    """120 slots, 200 robots from 20 addresses, and 50 people from 50: at least 45 of them have a slot, and nobody solves a
    puzzle."""
    found = await with_slots(house, SLOTS)
    form = fields((await get(house, f"{PAGE}?services=soziales&from={found[0][:10]}")).text, "hold")

    async def hold(key: str, start: str, address: str) -> httpx.Response:
        return await post(house, PAGE, {**form, "key": key, "start": start}, **{"X-Forwarded-For": address})

    refused = 0
    for robot in range(ROBOTS):
        answer = await hold(f"r{robot}", found[robot % SLOTS], f"203.0.113.{robot % FROM}")
        refused += answer.status_code == 429
    assert len(house.desk.state.holds) == FROM * AT_ONCE
    assert refused >= ROBOTS - FROM * AT_ONCE - SLOTS

    served = 0
    for person in range(PEOPLE):
        address = f"198.51.100.{person}"
        page = await get(house, f"{PAGE}?services=soziales&from={found[0][:10]}", **{"X-Forwarded-For": address})
        if not (free := starts(page.text)):
            continue
        held = await hold(f"p{person}", free[0], address)
        booked = await post(house, PAGE, fields(held.text, "book"), **{"X-Forwarded-For": address})
        served += booked.url.path.startswith("/a/")
    assert served >= 45
    assert len(house.desk.state.appointments) == served
