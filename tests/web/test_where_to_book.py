"""The list of offices: where the next appointment is free, the nearest first, and how long people wait today who just come."""

import asyncio
import re
from html import unescape

from server.messages.boards import Expected
from server.messages.instants import rfc3339
from server.web.next_free import KEPT_S, NextFree
from tests.web.conftest import House
from tests.web.test_booking import full, get


async def offices(house: House) -> list[str]:
    """The text of each row, as it is read."""
    page = unescape((await get(house, "/book")).text)
    rows = re.findall(r"<li>(.*?)</li>", page.split("<main>")[1], re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]


async def test_each_office_says_its_next_free_appointment_and_todays_waits(house: House) -> None:
    """Of all that can be booked there; an office of which nothing is known says nothing."""

    def expected(office: str) -> dict[str, Expected]:
        said = Expected(low=25, median=30, high=40, at="x", learning=False)
        other = Expected(low=5, median=6, high=10, at="x", learning=False)
        return {"ausweis": said, "meldung": other} if office == "mitte" else {}

    object.__setattr__(house.site, "expected", expected)
    rows = await offices(house)
    (mitte,) = [row for row in rows if row.startswith(house.desk.state.office.name)]
    assert re.search(r"Nächster freier Termin: \w+, \d+\. \w+ \d{4}, \d\d:\d\d Uhr Ohne Termin heute: 5–40 min$", mitte)
    assert len(rows) == len(house.site.desks) > 1
    assert sum("Ohne Termin heute" in row for row in rows) == 1


async def test_the_nearest_one_stands_first_and_one_without_is_still_named(house: House) -> None:
    names = {id: desk.state.office.name for id, desk in house.site.desks.items()}
    for id, name in names.items():
        await full(house, id)
        rows = await offices(house)
        assert next(row for row in rows if row.startswith(name)).endswith("Zurzeit ist kein Termin frei.")
        taken = ["kein Termin frei" in row for row in rows]
        assert taken == sorted(taken)
    assert all(taken)


async def test_it_is_looked_up_at_most_twice_a_minute_and_again_with_a_new_file(house: House) -> None:
    found = NextFree()
    first = (await found.of(house.desk, 0.0))["soziales"]
    assert first is not None
    start = rfc3339(first)
    while (await house.press("desk", type="book_appointment", services=["soziales"], start=start)).is_success:
        pass

    assert (await found.of(house.desk, KEPT_S - 1))["soziales"] == first
    looks, waits = await asyncio.gather(found.of(house.desk, KEPT_S), found.of(house.desk, KEPT_S))
    assert (looks["soziales"] or 0) > first
    assert waits["soziales"] == first, "whoever asks meanwhile does not look it up too"
    await full(house, "mitte")
    assert {*(await found.of(house.desk, KEPT_S + 1)).values()} == {None}
