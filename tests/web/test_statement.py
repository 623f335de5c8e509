"""The accessibility statement: in the office's languages, with its feedback way, and linked where the public looks."""

import re

import pytest
from msgspec.structs import replace

from server.desk.offices import Offices
from server.messages.office import Accessibility
from server.web.routes.statement import GAPS
from tests.web.conftest import House

PATH = "/accessibility/mitte"


async def test_everybody_reads_what_is_missing_and_whom_to_tell(house: House) -> None:
    page = (await house.client.get(f"{PATH}?lang=de")).text
    assert page.count("<li>") == len(GAPS)
    assert "Bitte sagen Sie es am Empfang." in page

    desk = house.site.desks["mitte"]
    told = Accessibility(mail="hilfe@example.de", phone="030 115", form="https://a.de/f", enforcement="https://a.de/e")
    desk.state.office = replace(desk.state.office, accessibility=told)
    page = (await house.client.get(f"{PATH}?lang=de")).text
    for shown in ("mailto:hilfe@example.de", "tel:030115", 'href="https://a.de/f"', 'href="https://a.de/e"'):
        assert shown in page
    assert "am Empfang." not in page.replace("Am Empfang hilft", "")


async def test_it_speaks_the_offices_languages(house: House) -> None:
    for language in house.site.desks["mitte"].state.office.languages:
        page = (await house.client.get(f"{PATH}?lang={language}")).text
        assert f'data-language="{language}"' in page
        assert house.site.say(language, "statement-what") in page


async def test_easy_german_is_called_a_draft_on_each_page_that_the_server_draws(house: House) -> None:
    """Until its readers have checked it. Pages with scripts say it by themselves."""
    draft = house.site.say("de-simple", "common-language-draft")
    desk = house.site.desks["mitte"]
    office = desk.state.office
    displays = tuple(replace(one, languages=("de-simple", "de")) for one in office.displays)
    desk.state.office = replace(office, displays=displays, languages=("de", "de-simple"))
    ticket = f"/t/{(await house.ticket())['secret']}"
    for path in (f"{PATH}?lang=de-simple", f"{ticket}?lang=de-simple", "/display/mitte/hall/plain"):
        assert draft in (await house.client.get(path)).text, path
    for path in (f"{PATH}?lang=de", f"{ticket}?lang=de"):
        assert draft not in (await house.client.get(path)).text, path


async def test_opened_on_a_kiosk_it_goes_back_there_and_nowhere_else(house: House) -> None:
    page = (await house.client.get(f"{PATH}?kiosk=entrance")).text
    assert 'data-back="/kiosk/mitte/entrance"' in page
    other = (await house.client.get(f"{PATH}?kiosk=//elsewhere.example")).text
    assert "data-back" not in other
    assert "elsewhere" not in other


async def test_r21_public_pages_link_it(house: House) -> None:
    ticket = await house.ticket()
    pages = {
        "/": "/accessibility/mitte",
        f"/t/{ticket['secret']}": "/accessibility/mitte?lang=",
    }
    for path, link in pages.items():
        assert re.search(rf'href="{re.escape(link)}', (await house.client.get(path)).text), path
    script = (await house.client.get("/static/ticket_printer/kiosk.js")).text
    assert 'href="/accessibility/${page.office}' in script


async def test_the_statements_of_all_offices_are_listed(house: House) -> None:
    page = (await house.client.get("/accessibility?lang=de")).text

    for office, desk in house.site.desks.items():
        assert f'href="/accessibility/{office}"' in page
        assert desk.state.office.name in page


async def test_a_single_office_is_shown_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(house.site.desks, Offices)
    monkeypatch.delitem(house.site.desks._desks, "rathaus")
    answer = await house.client.get("/accessibility", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, PATH)
