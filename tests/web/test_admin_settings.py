"""`/admin/settings`: a manager changes keys of the office file by forms; nothing changes on bad input; one press takes back."""

import re
from html import unescape

import httpx
import pytest

from server.messages.laid import place_of
from server.messages.office import WEEKDAYS
from tests.web.conftest import House
from tests.web.test_admin import Headers, acts, session

PAGE = "/admin/settings/mitte"
NAME = "services.ausweis.names.en"


@pytest.fixture
async def manager(house: House) -> Headers:
    for office in ("mitte", "rathaus"):
        await house.site.access.known.note(house.site.desks[office].state.office)
    return await session(house, "leitung", ("admin", "mitte"))


async def lay(house: House, who: Headers, path: str, value: str, key: str = "k", **more: str) -> httpx.Response:
    form = {"do": "lay", "path": path, "value": value, "from_day": house.desk.today(), "key": key, **more}
    return await house.client.post(PAGE, data=form, headers=who)


async def test_a_name_is_set_listed_with_both_values_and_who_and_taken_back(house: House, manager: Headers) -> None:
    before = house.desk.state.office

    answer = await lay(house, manager, NAME, "Passports")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=setting-lay")
    assert house.desk.state.plans["ausweis"].names["en"] == "Passports"

    page = unescape((await house.client.get(f"{PAGE}?done=setting-lay", headers=manager)).text)
    row = re.search(rf"<tr>\s*<th scope=\"row\">{NAME}</th>.*?</tr>", page, re.DOTALL)
    assert row is not None
    for said in ("Passports", before.services[0].names["en"], house.desk.today(), "leitung", "gilt"):
        assert said in row[0]

    back = {"do": "back", "path": NAME, "from_day": house.desk.today(), "key": "b"}
    assert (await house.client.post(PAGE, data=back, headers=manager)).status_code == 303
    assert house.desk.state.office == before


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("hours.mon", "08:00-12:00\r\n13:00-16:00", '[["08:00","12:00"],["13:00","16:00"]]'),
        ("hours.days.2026-12-31", "", "[]"),
        ("services.ausweis.daily_limit", "40", "40"),
        ("services.ausweis.daily_limit", "", "null"),
        ("services.ausweis.minutes", "12.5", "12.5"),
        ("counters.1.services", "ausweis", '["ausweis"]'),
        ("policy.close_intake", "auto", '"auto"'),
        ("displays.hall.zones", "hall", '["hall"]'),
        ("calls.recall_limit", "3", "3"),
        ("texts.call.de", "Nummer {number} an {place}", '"Nummer {number} an {place}"'),
    ],
)
async def test_each_kind_of_value_is_typed(house: House, manager: Headers, path: str, typed: str, kept: str) -> None:
    form = await house.client.get(f"{PAGE}?path={path}", headers=manager)
    assert f'name="path" value="{path}"' in form.text

    assert (await lay(house, manager, path, typed)).status_code == 303
    assert [(one.path, one.value) for one in house.desk.state.settings] == [(path, kept)]


async def test_bad_input_is_one_sentence_keeps_what_was_typed_and_changes_nothing(
    house: House, manager: Headers
) -> None:
    before = house.desk.state.seq

    for path, typed, says in (
        ("services.ausweis.target_minutes", "bald", "services.ausweis.target_minutes: Es muss eine ganze Zahl sein."),
        ("hours.mon", "12:00-08:00", "hours.mon: „12:00-08:00“ endet, bevor es beginnt."),
        ("texts.call.de", "Nummer {number}", "texts.call.de: {place} muss vorkommen, sonst hört es niemand."),
    ):
        page = await lay(house, manager, path, typed)
        assert (page.status_code, 'role="alert"' in page.text) == (422, True)
        assert says in unescape(page.text)
        assert typed in page.text
    assert house.desk.state.seq == before


async def test_the_form_offers_what_displays_show_what_a_call_says_and_how_often(
    house: House, manager: Headers
) -> None:
    page = (await house.client.get(PAGE, headers=manager)).text
    offered = set(re.findall(r'<option value="([^"]+)"', page))

    assert {"displays.hall.zones", "texts.call.de", "texts.call_way.de", "texts.call_brief.en"} <= offered
    assert {f"calls.{key}" for key in ("recall_limit", "recall_pause", "repeat_after", "missed_shown")} <= offered
    assert [path for path in offered if path != "hours.days" and place_of(path) is None] == []


async def test_a_change_shows_its_difference_before_it_is_applied(house: House, manager: Headers) -> None:
    today, before = house.desk.today(), house.desk.state.seq
    was = house.desk.state.office.hours.week["mon"]
    form = {"do": "show", "path": "hours.mon", "value": "09:00-11:00\r\n13:00-16:00", "from_day": today}

    page = unescape((await house.client.post(PAGE, data=form, headers=manager)).text)

    assert "Das ändert sich: hours.mon" in page
    assert [f"<del>{'-'.join(span)}</del>" in page for span in was] == [True] * len(was)
    assert "<ins>09:00-11:00</ins>" in page
    assert (house.desk.state.seq, house.desk.state.settings) == (before, ())

    pressed = page[page.index('id="difference"') : page.index("</section>")]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', pressed))
    assert (await house.client.post(PAGE, data=hidden, headers=manager)).status_code == 303
    assert house.desk.state.office.hours.week["mon"] == (("09:00", "11:00"), ("13:00", "16:00"))


async def test_the_difference_names_what_a_check_would_warn_of_and_nothing_where_nothing_was(
    house: House, manager: Headers
) -> None:
    form = {"do": "show", "path": "hours.days.2026-12-31", "value": "", "from_day": house.desk.today()}
    page = unescape((await house.client.post(PAGE, data=form, headers=manager)).text)
    assert page[page.index("Künftig") :].partition("<dd>")[2].startswith("nichts")

    for day in WEEKDAYS[1:]:
        assert (await lay(house, manager, f"hours.{day}", "", key=day)).status_code == 303
    form = {"do": "show", "path": f"hours.{WEEKDAYS[0]}", "value": "", "from_day": house.desk.today()}
    page = unescape((await house.client.post(PAGE, data=form, headers=manager)).text)
    assert "Zu bedenken:" in page
    assert "hours: Das Amt öffnet nie." in page


async def test_a_day_that_is_over_is_refused_in_the_language_of_the_page(house: House, manager: Headers) -> None:
    for language, says in (("de", "Dieser Tag ist vorbei"), ("en", "This day is over")):
        head = {**manager, "Accept-Language": language}
        page = await lay(house, head, NAME, "Passports", from_day="2020-01-01")
        assert (page.status_code, says in page.text) == (422, True)


async def test_a_special_day_has_a_form_and_the_first_office_is_found(house: House, manager: Headers) -> None:
    page = await house.client.get(f"{PAGE}?path=hours.days&day=2026-12-31", headers=manager)
    assert 'name="path" value="hours.days.2026-12-31"' in page.text

    first = await house.client.get("/admin/settings", headers=manager)
    assert (first.status_code, first.headers["location"]) == (303, PAGE)


async def test_only_administrators_of_the_office(house: House, manager: Headers) -> None:
    assert (await house.client.get("/admin/settings/rathaus", headers=manager)).status_code == 403
    other = await session(house, "aufsicht", ("supervisor", "mitte"))
    assert (await lay(house, other, NAME, "X")).status_code == 403
    wrong = await house.client.post(PAGE, data={"do": "no", "path": NAME}, headers={**manager, "Accept": "*/*"})
    assert wrong.json()["errors"][0]["field"] == "do"
    assert await acts(house) == [] or house.desk.state.settings == ()
