"""The slot page when many ask for it at once: drawn once for all, right for each, and nothing of one browser in another's."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from msgspec.structs import replace as changed

from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice
from server.messages.instants import DAY, MINUTE, SECOND
from server.messages.office import Office, Release
from server.office.hours import local
from server.web.shared_pages import MOST, Blanks, SharedPage, SharedPages
from tests.web.conftest import House, Later
from tests.web.test_booking import PAGE, able, fields, full, get, keeps_no_cookies, post, starts
from tests.web.test_robots import wants_work, with_slots

PATH = f"{PAGE}?services=soziales"
CROWD, PEOPLE = 60, 40


def looks(house: House) -> Counter[str]:
    """Counts the words that the server looks up from now on: "book-morning" is one of each drawing."""
    found: Counter[str] = Counter()
    say = house.site.say

    def counted(language: str, name: str, /, **args: Any) -> str:
        found[name] += 1
        return say(language, name, **args)

    object.__setattr__(house.site, "say", counted)
    return found


async def at_once(house: House, many: int, path: str = PATH) -> list[str]:
    return [one.text for one in await asyncio.gather(*(get(house, path) for _ in range(many)))]


async def listed(house: House, more: str = "services=soziales") -> list[str]:
    answer = await house.client.get(f"/api/v1/offices/mitte/slots?{more}")
    return [start for day in answer.json()["days"] for start in day["starts"]]


async def is_right(house: House, more: str = "services=soziales") -> list[str]:
    """The page lists what the list for programs says, which is worked out for each who asks. Returns its slots."""
    while True:
        before, page, after = (
            await listed(house, more),
            (await get(house, f"{PAGE}?{more}")).text,
            await listed(house, more),
        )
        if before == after:  # else a slot began meanwhile
            assert starts(page) == before
            return before


async def configured(house: House, **parts: Any) -> Office:
    office = house.desk.state.office
    file = changed(office, revision=office.revision + 1, **parts)
    await house.desk.submit(SYSTEM, ConfigureOffice(office=file), f"office:{file.revision}")
    return office


async def test_a_crowd_gets_one_drawing_and_each_browser_its_own_key(house: House) -> None:
    """Also the work that a browser does first is its own; the page that was drawn serves whoever comes later too."""
    await wants_work(house)
    said = looks(house)
    pages = [*await at_once(house, CROWD), *await at_once(house, 3)]

    assert said["book-morning"] == 1
    forms = [fields(page, "hold") for page in pages]
    assert len({form["key"] for form in forms}) == len({form["work"] for form in forms}) == len(pages)
    same = {page.replace(form["key"], "").replace(form["work"], "") for page, form in zip(pages, forms, strict=True)}
    assert len(same) == 1


async def test_whoever_has_taken_a_slot_sees_it_taken_although_not_each_of_them_gets_a_drawing(house: House) -> None:
    """Forty people hold forty slots at once, and each then asks for the page."""
    keeps_no_cookies(house)
    free = await with_slots(house, 120)
    path = f"{PATH}&from={free[0][:10]}"
    form = fields((await get(house, path)).text, "hold")
    said = looks(house)

    async def takes(nth: int) -> None:
        address = {"X-Forwarded-For": f"198.51.100.{nth}"}
        held = await post(house, PAGE, {**form, "key": f"k{nth}", "start": free[nth]}, **address)
        assert held.status_code == 200
        assert free[nth] not in starts((await get(house, path, **address)).text)

    await asyncio.gather(*(takes(nth) for nth in range(PEOPLE)))
    assert starts((await get(house, path)).text) == free[PEOPLE:]
    assert 1 <= said["book-morning"] < PEOPLE


async def test_whoever_came_too_late_gets_the_same_drawing_with_a_reason(house: House) -> None:
    form = fields((await get(house, PATH)).text, "hold")
    said = looks(house)
    late = await post(house, PAGE, {**form, "start": "2020-01-01T08:00:00Z"})
    plain = await get(house, PATH)
    assert (late.status_code, plain.status_code) == (409, 200)
    assert 'id="problem"' in late.text
    assert 'id="problem"' not in plain.text
    assert starts(late.text) == starts(plain.text)
    assert said["book-morning"] <= 1


async def test_a_hold_a_booking_and_their_end_are_seen_at_once(house: House) -> None:
    free = await is_right(house)
    start = free[20]

    async def sold_out() -> dict[str, str]:
        """Holds this slot until nobody can have it; the last hold."""
        last: dict[str, str] = {}
        while (answer := await house.press("booking", type="hold_slot", services=["soziales"], start=start)).is_success:
            last = answer.json()["result"]
        return last

    last = await sold_out()
    assert start not in await is_right(house)
    await house.press("booking", type="release_slot", hold=last["hold"])
    assert start in await is_right(house)

    booked = await house.press("desk", type="book_appointment", services=["soziales"], start=start)
    assert start not in await is_right(house)
    await house.press("desk", type="cancel_appointment", appointment=booked.json()["result"]["appointment"]["id"])
    assert start in await is_right(house)


async def test_a_hold_that_runs_out_is_free_again_on_the_page(later: Later, house: House) -> None:
    start = (await is_right(house))[-1]
    while (await house.press("booking", type="hold_slot", services=["soziales"], start=start)).is_success:
        pass
    assert start not in await is_right(house)
    later.passed += 10 * MINUTE + SECOND
    assert start in await is_right(house)


async def test_the_minute_of_a_release_and_the_next_day_show_other_slots(later: Later, house: House) -> None:
    """Nobody presses anything: time alone makes the kept page wrong."""
    desk, office = house.desk, house.desk.state.office
    opens = desk.now() // MINUTE * MINUTE + 5 * MINUTE
    far = changed(office.appointments, releases=(Release(percent=100, days=7, at=f"{local(office, opens):%H:%M}"),))
    await configured(house, appointments=far)
    before = await is_right(house)
    if local(office, opens).date() != local(office, desk.now()).date():
        pytest.skip("it is nearly midnight")
    for days in range(7):  # until the day that is released next is one on which the office is open
        later.passed += opens + days * DAY - desk.now()
        after = await is_right(house)
        if {*after} - {*before}:
            break
        before = after
    assert {*after} - {*before}

    later.passed += DAY
    tomorrow = await is_right(house)
    assert tomorrow[0] > after[0]


async def test_persons_services_days_languages_and_the_office_file_make_other_pages(house: House) -> None:
    plain = await is_right(house)
    await is_right(house, "services=soziales&persons=9")
    family = (await get(house, f"{PATH}&persons=9")).text
    assert fields(family, "hold")["persons"] == "9"
    await is_right(house, "services=ausweis")
    assert "Ausweis und Pass" in (await get(house, f"{PAGE}?services=ausweis")).text
    last = (await house.client.get("/api/v1/offices/mitte/slots?services=soziales")).json()["days"][-1]
    assert (await is_right(house, f"services=soziales&from={last['day']}"))[0] == last["starts"][0]
    german, english = [(await get(house, f"{PATH}&lang={one}")).text for one in ("de", "en")]
    assert ("Wann passt es Ihnen?" in german, "Wann passt es Ihnen?" in english) == (True, False)

    appointments = changed(house.desk.state.office.appointments, every=30)
    await configured(house, appointments=appointments)
    fewer = await is_right(house)
    assert 0 < len(fewer) < len(plain)
    await configured(house, name="Anderes Amt")
    assert "Anderes Amt" in (await get(house, PATH)).text


async def test_what_is_shown_of_other_offices_is_as_new_as_the_question(house: House) -> None:
    """Without a free slot here the page shows the next one there; also it is drawn once for many."""
    await able(house, "rathaus", "ausweis")
    await full(house, "mitte")
    said = looks(house)
    pages = await at_once(house, CROWD, f"{PAGE}?services=ausweis")
    assert said["book-day"] in (1, 2)  # a minute may begin while they ask
    assert all('class="elsewhere"' in page for page in pages)
    await full(house, "rathaus")
    assert 'class="elsewhere"' not in (await get(house, f"{PAGE}?services=ausweis")).text


def sheet(number: int) -> SharedPage:
    return SharedPage(number, number, ())


async def test_whoever_asks_while_a_page_is_drawn_gets_one_that_was_begun_later() -> None:
    """What was asked for before a change may be answered as it was; what was asked for after it may not."""
    pages, begun, go = SharedPages(), asyncio.Queue[int](), asyncio.Event()
    now = 1

    async def draw(before: SharedPage | None) -> SharedPage:
        seen = now
        begun.put_nowait(seen)
        await go.wait()
        return sheet(seen)

    def asked() -> asyncio.Task[SharedPage]:
        return asyncio.create_task(pages.page("page", lambda one: one.stamp == now, draw))

    first = asked()
    assert await begun.get() == 1
    now = 2
    later = [asked() for _ in range(9)]
    await asyncio.sleep(0)
    go.set()
    assert (await first).stamp == 1
    assert {one.stamp for one in await asyncio.gather(*later)} == {2}
    assert (await begun.get(), begun.empty()) == (2, True)


async def test_a_drawing_that_fails_is_tried_again_by_the_next() -> None:
    pages, faults = SharedPages(), [OSError(), None]

    async def draw(before: SharedPage | None) -> SharedPage:
        if fault := faults.pop(0):
            raise fault
        return sheet(1)

    found = await asyncio.gather(
        *(pages.page("page", lambda one: True, draw) for _ in range(3)), return_exceptions=True
    )
    assert sum(isinstance(one, OSError) for one in found) == 1
    assert [one for one in found if isinstance(one, SharedPage)] == [sheet(1)] * 2


async def test_only_the_newest_pages_are_kept() -> None:
    pages, drawn = SharedPages(), []

    async def ask(number: int) -> None:
        async def draw(before: SharedPage | None) -> SharedPage:
            drawn.append(number)
            return sheet(number)

        await pages.page(number, lambda one: True, draw)

    for number in (*range(MOST), 0, MOST, 0, 1):
        await ask(number)
    assert drawn == [*range(MOST), MOST, 1]


def test_a_blank_is_filled_as_often_as_it_stands_and_with_nothing_of_another() -> None:
    blanks = Blanks("key", "work", parts={"day": "<b>ü</b>"})
    pieces = blanks.cut(
        f"<a>{blanks.signs['key']}</a>ä{blanks.signs['work']}{blanks.signs['day']}{blanks.signs['key']}"
    )
    made = [SharedPage(1, 1, pieces).answer({"key": f"k{nth}", "work": f"w{nth}"}, 409) for nth in (1, 2)]
    assert [one.body for one in made] == ["<a>k1</a>äw1<b>ü</b>k1".encode(), "<a>k2</a>äw2<b>ü</b>k2".encode()]
    assert {(one.status_code, one.headers["cache-control"]) for one in made} == {(409, "no-store")}
