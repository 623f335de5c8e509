"""What a city's site shows of an office in a frame: today's waits and the next free appointments, and who may frame it."""

import re
from html import unescape

import pytest
from msgspec.structs import replace

from config.words import languages
from server.messages.actor import SYSTEM
from server.messages.boards import Expected
from server.messages.commands import ConfigureOffice
from tests.web.conftest import House

SITES = ("https://www.example.de", "http://localhost:8000")
FRAMED = ("/embed/mitte", "/book/mitte", "/book/mitte?services=ausweis")


async def framed(house: House, *sites: str) -> None:
    office = house.desk.state.office
    appointments = replace(office.appointments, frames=sites)
    office = replace(office, revision=office.revision + 1, appointments=appointments)
    await house.desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")


async def ancestors(house: House, path: str) -> str:
    policy = (await house.client.get(f"{house.citizens}{path}")).headers["content-security-policy"]
    return next(part.strip() for part in policy.split(";") if "frame-ancestors" in part)


async def test_only_the_sites_of_the_office_file_may_frame_what_citizens_book_with(house: House) -> None:
    made = await house.appointment()
    own = f"/a/{made['secret']}"
    for path in (*FRAMED, own):
        assert await ancestors(house, path) == "frame-ancestors 'none'"
    await framed(house, *SITES)
    for path in (*FRAMED, own):
        assert await ancestors(house, path) == f"frame-ancestors {' '.join(SITES)}"
    for path in ("/display/mitte/hall", "/accessibility/mitte", "/book", "/embed/rathaus", "/nothing"):
        assert await ancestors(house, path) == "frame-ancestors 'none'", path


async def test_it_says_todays_waits_and_the_next_free_appointment(house: House) -> None:
    wait = Expected(low=10, median=15, high=20, at="x", learning=False)
    object.__setattr__(house.site, "expected", lambda office: {"ausweis": wait})
    page = (await house.client.get(f"{house.citizens}/embed/mitte?lang=de")).text
    rows = [unescape(re.sub(r"<[^>]+>|\s+", " ", row)) for row in re.findall(r"<li>.*?</li>", page, re.DOTALL)]
    row = re.sub(r"\s+", " ", next(row for row in rows if "Ausweis und Pass" in row))
    assert "Ohne Termin heute: 10–20 min" in row
    assert re.search(r"Nächster freier Termin: \w+, \d+\. \w+ \d{4}, \d\d:\d\d", row), row
    bookable = [
        one for one in house.desk.state.office.services if one.bookable and not one.back_office and not one.retired
    ]
    assert len(rows) == len(bookable)
    assert f"/book/mitte?lang=de&amp;services={bookable[0].id}" in page
    assert "set-cookie" not in (await house.client.get(f"{house.citizens}/embed/mitte")).headers


@pytest.mark.parametrize("language", languages())
async def test_it_is_there_in_every_language_of_the_office(house: House, language: str) -> None:
    office = house.desk.state.office
    office = replace(office, revision=office.revision + 1, languages=tuple({*office.languages, language}))
    await house.desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")
    page = (await house.client.get(f"{house.citizens}/embed/mitte?lang={language}")).text
    assert house.site.say(language, "book-next") in unescape(page)
