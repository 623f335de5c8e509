"""Programs that hoard slots: how many they can keep from people, with the addresses that a proxy we trust names."""

from dataclasses import replace
from itertools import count

import httpx
import pytest
from msgspec.structs import replace as changed

from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice
from server.messages.instants import MINUTE, SECOND
from server.messages.office import Appointments, Hours
from server.web import work as browser_work
from server.web.holds import AT_ONCE
from server.web.line.peer import networks
from server.web.line.proxied import Proxied
from server.web.work import BITS, LIVES_MS, BrowserWork, good
from tests.clocks import StandingClock
from tests.standing_database import NOON
from tests.web.conftest import House
from tests.web.test_booking import PAGE, fields, get, holding, keeps_no_cookies, post, starts

ROBOTS, FROM, PEOPLE, SLOTS = 200, 20, 50, 120
EASY = 5
"""Bits of a challenge that a test solves at once."""


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


@pytest.mark.parametrize("work", [False, True], ids=["without work", "with work"])
async def test_robots_that_hold_and_never_book_leave_people_their_slots(
    house: House, work: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """120 slots, 200 robots from 20 addresses, and 50 people from 50: at least 45 of them have a slot, and nobody solves a
    puzzle. With work, robots do it too, and pay for every try: it is counted, with challenges so easy that nothing is burnt."""
    keeps_no_cookies(house)
    found = await with_slots(house, SLOTS)
    monkeypatch.setattr(browser_work, "BITS", EASY)
    if work:
        await wants_work(house)
    paid: dict[str, int] = {}

    async def opened(address: str) -> str:
        path = f"{PAGE}?services=soziales&from={found[0][:10]}"
        return (await get(house, path, **{"X-Forwarded-For": address})).text

    async def hold(page: str, key: str, start: str, address: str) -> httpx.Response:
        form = {**fields(page, "hold"), "key": key, "start": start}
        if work:
            number, tries = solved(form["work"])
            form["answer"], paid[key] = number, tries * 2 ** (BITS - EASY)
        return await post(house, PAGE, form, **{"X-Forwarded-For": address})

    refused, page = 0, await opened("203.0.113.0")
    for robot in range(ROBOTS):
        address = f"203.0.113.{robot % FROM}"
        answer = await hold(await opened(address) if work else page, f"r{robot}", found[robot % SLOTS], address)
        refused += answer.status_code == 429
    assert len(house.desk.state.holds) == FROM * AT_ONCE
    assert refused >= ROBOTS - FROM * AT_ONCE - SLOTS

    served = 0
    for person in range(PEOPLE):
        address = f"198.51.100.{person}"
        page = await opened(address)
        if not (free := starts(page)):
            continue
        held = await hold(page, f"p{person}", free[0], address)
        booked = await post(house, PAGE, fields(held.text, "book"), **{"X-Forwarded-For": address})
        served += booked.url.path.startswith("/a/")
    assert served >= 45
    assert len(house.desk.state.appointments) == served
    robots = [tries for key, tries in paid.items() if key.startswith("r")]
    assert len(robots) == (ROBOTS if work else 0)
    assert not work or sum(robots) / ROBOTS > 2**BITS / 2, "every slot that was asked for was paid for"


async def test_a_browser_holds_one_slot_and_gives_it_back_with_another_choice(house: House) -> None:
    """A press that is sent twice is the same press, and gives nothing back."""
    first, _ = await holding(house)
    cookie = first.history[0].headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Max-Age=600" in cookie
    assert "Path=/book/mitte" in cookie
    (one,) = house.desk.state.holds
    page = (await get(house, f"{PAGE}?services=soziales")).text
    form = {**fields(page, "hold"), "start": starts(page)[3]}
    for _ in range(2):
        again = await post(house, PAGE, form)
        assert "für Sie reserviert" in again.text
        (other,) = house.desk.state.holds
        assert other != one
    assert one not in house.desk.state.holds

    gone = await post(house, PAGE, fields(first.text, "book"))
    assert gone.status_code == 409


async def test_what_is_held_is_free_again_after_ten_minutes(house: House) -> None:
    await holding(house)
    (held,) = house.desk.state.holds.values()
    assert 9 * MINUTE < held.until - house.desk.now() <= 10 * MINUTE + SECOND


async def wants_work(house: House) -> None:
    office = house.desk.state.office
    wanted = changed(office.appointments, proof_of_work=True)
    office = changed(office, revision=office.revision + 1, appointments=wanted)
    await house.desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")


def solved(challenge: str) -> tuple[str, int]:
    """The number that a browser finds, and how many it tries."""
    number = next(number for number in count() if good(challenge, str(number)))
    return str(number), number + 1


async def test_where_the_office_says_so_a_browser_works_first(house: House) -> None:
    """BrowserWork that is missing, wrong, of another office, or done before holds nothing, and the page says what to do."""
    assert 'name="work"' not in (await get(house, f"{PAGE}?services=soziales")).text
    await wants_work(house)
    page = (await get(house, f"{PAGE}?services=soziales")).text
    form = {**fields(page, "hold"), "start": starts(page)[0]}
    assert "<noscript>" in page
    assert "/booking/work.js" in page
    number, _ = solved(form["work"])
    elsewhere = {"work": house.site.work.challenge("rathaus"), "answer": number}
    wrong: tuple[dict[str, str], ...] = ({}, {"answer": "x"}, {"answer": str(int(number) + 1)}, elsewhere)
    for bad in wrong:
        refused = await post(house, PAGE, {**form, **bad})
        assert refused.status_code == 403
        assert "rufen Sie an oder kommen Sie vorbei" in refused.text
    assert house.desk.state.holds == {}

    held = await post(house, PAGE, {**form, "answer": number})
    assert "für Sie reserviert" in held.text
    again = await post(house, PAGE, {**form, "key": "other", "start": starts(page)[1], "answer": number})
    assert again.status_code == 403
    assert len(house.desk.state.holds) == 1


async def test_work_is_counted_not_burnt(house: House) -> None:
    """What 200 robots would have to pay for 120 slots, by the challenges that they get: it is 2^17 tries a slot, and none of them
    counts twice. Ten are really solved, to show that the mean is right."""
    tries = [solved(house.site.work.challenge("mitte"))[1] for _ in range(10)]
    assert 2**BITS / 8 < sum(tries) / len(tries) < 2**BITS * 8
    challenges = {house.site.work.challenge("mitte") for _ in range(ROBOTS)}
    assert len(challenges) == ROBOTS, "nobody is spared by asking again"


def test_work_is_forgotten_when_it_runs_out() -> None:
    clock = StandingClock(NOON)
    work = BrowserWork(b"key", clock)
    challenge = work.challenge("mitte")
    number, _ = solved(challenge)
    clock.pass_time(LIVES_MS + 1)
    assert not work.done("mitte", challenge, number)
    assert not work.done("mitte", "ff.x.y", number)
    assert not work.done("mitte", "x" * 100, number)
