"""A ticket by the code at the door: one per code and browser, on the citizens' port, without scripts; and what bounds abuse."""

import re
from html import unescape
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from config.words import Words, languages
from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.messages.agreed import DOOR_MS
from server.messages.office import Display
from server.web.way import Open
from tests.web.conftest import House, Stand, Still

PAGE = "/draw/mitte"
BROWSER = {"Accept": "text/html", "Accept-Language": "de"}


async def with_door(house: House, **more: Any) -> None:
    """A display at the door that shows the code."""
    office = house.desk.state.office
    sign = Display(id="door", name="Tür", zones=("hall",), door_code=True)
    made = replace(office, revision=office.revision + 1, displays=(*office.displays, sign), **more)
    await house.desk.submit(SYSTEM, c.ConfigureOffice(office=made), f"door-{made.revision}", None, None)


@pytest.fixture
async def door(house: House) -> House:
    await with_door(house)
    return house


def code(house: House, ago: int = 0) -> str:
    return house.site.access.links.door_code("mitte", house.desk.now() - ago * DOOR_MS)


class Phone:
    """A browser of its own: it keeps the cookie of the page, if it keeps any."""

    def __init__(self, house: House, *, keeps: bool = True) -> None:
        self.house, self.keeps = house, keeps
        self.cookies: dict[str, str] = {}

    async def asks(self, method: str, path: str, form: dict[str, Any] | None = None) -> httpx.Response:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**BROWSER, **({"Cookie": sent} if sent else {})}
        answer = await self.house.client.request(
            method, f"{self.house.citizens}{path}", data=form, headers=headers, follow_redirects=False
        )
        self.house.client.cookies.clear()
        if self.keeps:
            self.cookies.update(answer.cookies.items())
        return answer

    async def page(self, path: str = PAGE) -> str:
        answer = await self.asks("GET", path)
        assert answer.status_code == 200, answer.text
        self.key = re.findall(r'name="key" value="([^"]+)"', answer.text)
        return unescape(answer.text)

    async def draws(self, typed: str, service: str = "ausweis", **more: Any) -> httpx.Response:
        await self.page()
        return await self.sends(typed, service, **more)

    async def sends(self, typed: str, service: str = "ausweis", **more: Any) -> httpx.Response:
        return await self.asks("POST", PAGE, {"key": self.key[0], "code": typed, "service": service, **more})


def numbers(house: House) -> list[str]:
    return [ticket.number for ticket in house.desk.state.tickets.values()]


async def test_somebody_at_the_door_draws_a_ticket_on_their_phone(door: House) -> None:
    drawn = await Phone(door).draws(f" {code(door)[:3]} {code(door)[3:]} ", needs=["step_free", "escort"])

    (ticket,) = door.desk.state.tickets.values()
    assert drawn.status_code == 303
    assert drawn.headers["location"].startswith(f"/t/mitte.{ticket.id}.")
    assert (ticket.services, ticket.needs, ticket.language) == (("ausweis",), ("escort", "step_free"), "de")
    (issued,) = [event for event in (await events(door)) if event["type"] == "ticket_issued"]
    assert (issued["by"], issued["counted"]) == ("door", True)
    opened = await door.client.get(door.citizens + drawn.headers["location"], headers=BROWSER)
    assert ticket.number in opened.text


async def events(house: House) -> list[dict[str, Any]]:
    answer = await house.client.get("/api/v1/offices/mitte/events", headers=await house.bearer("supervisor"))
    found: list[dict[str, Any]] = answer.json()["events"]
    return found


@pytest.mark.parametrize("keeps", [True, False])
async def test_one_browser_gets_one_ticket_for_one_code(door: House, keeps: bool) -> None:
    """Whether it keeps cookies or not: without one, the same form is the same press."""
    phone = Phone(door, keeps=keeps)
    first = await phone.draws(code(door))
    again = await phone.sends(code(door))
    other = await phone.sends(code(door), "kfz")

    assert first.headers["location"] == again.headers["location"]
    assert other.status_code == 422
    assert Words("de").text("draw-already") in unescape(other.text)
    assert len(numbers(door)) == 1


async def test_the_next_code_and_another_browser_get_another_ticket(door: House) -> None:
    phone = Phone(door)
    await phone.draws(code(door))
    await phone.draws(code(door, ago=1))
    await Phone(door).draws(code(door))

    assert len(numbers(door)) == 3


async def test_a_browser_is_shown_the_number_that_it_has(door: House) -> None:
    phone = Phone(door)
    assert "sie haben schon" not in (await phone.page()).lower()
    await phone.draws(code(door))
    page = await phone.page()

    assert Words("de").text("draw-have", number=numbers(door)[0]) in page
    await door.press("desk", type="cancel_ticket", ticket=next(iter(door.desk.state.tickets)))
    assert Words("de").text("draw-have", number=numbers(door)[0]) not in await phone.page()


async def test_a_cookie_that_somebody_made_up_shows_nobodys_number(door: House) -> None:
    ticket = await door.ticket()
    phone = Phone(door)
    for made_up in (f"x~mitte.{ticket['id']}.AAAAAAAAAAAAAAAAAAAAAA", "~", "x" * 900, f"x~rathaus.{ticket['id']}.A"):
        phone.cookies["aufruf_drawn"] = made_up
        assert ticket["number"] not in await phone.page()


@pytest.mark.parametrize("typed", ["000000", "", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
async def test_a_wrong_code_gets_none(door: House, typed: str) -> None:
    typed = "111111" if typed == "000000" and "000000" in (code(door), code(door, 1)) else typed
    answer = await Phone(door).draws(typed)

    assert answer.status_code == 404
    assert Words("de").text("draw-wrong") in unescape(answer.text)
    assert 'value="ausweis" required checked' in answer.text, "what was chosen stays chosen"
    assert numbers(door) == []


async def test_r14_after_a_wrong_code_nothing_is_asked_again(door: House) -> None:
    phone = Phone(door)
    answer = await phone.draws("000000", "meldung", needs="step_free")
    page = unescape(answer.text)
    said = [re.sub(r"\s+", " ", one) for one in re.findall(r"<input[^>]+>", page)]

    assert answer.status_code == 404, page
    assert [one for one in said if 'value="000000"' in one], said
    assert [one for one in said if 'value="meldung"' in one and one.endswith(" checked>")], said
    assert [one for one in said if 'value="step_free"' in one and one.endswith(" checked>")], said


async def test_a_code_of_ten_minutes_ago_and_of_another_office_gets_none(door: House) -> None:
    links, now = door.site.access.links, door.desk.now()

    assert links.door_turn("mitte", code(door, ago=2), now) in (None, now // DOOR_MS, now // DOOR_MS - 1)
    for wrong in (code(door, ago=2), links.door_code("rathaus", now)):
        if wrong not in (code(door), code(door, 1)):
            assert (await Phone(door).draws(wrong)).status_code == 404


async def test_whoever_guesses_has_to_wait(door: House, still: Still) -> None:
    wrong = next(one for one in ("123456", "654321", "111111") if one not in (code(door), code(door, 1)))
    answers = [(await Phone(door).draws(wrong)).status_code for _ in range(6)]

    assert answers == [404] * 5 + [429]
    refused = await Phone(door).draws(code(door))
    assert (refused.status_code, numbers(door)) == (429, [])
    assert int(refused.headers["retry-after"]) >= 1
    still.passed += 61
    assert (await Phone(door).draws(code(door))).status_code == 303


async def test_one_address_draws_thirty_then_three_a_minute(door: House, still: Still) -> None:
    answers = [(await Phone(door).draws(code(door))).status_code for _ in range(31)]

    assert answers == [303] * 30 + [429]
    still.passed += 20
    assert (await Phone(door).draws(code(door))).status_code == 303


async def test_hours_and_limits_bind_as_at_the_kiosk(door: House) -> None:
    await door.press("supervisor", type="close_service", service="kfz", reason="system_down")
    limited = await door.press("supervisor", type="limit_service", service="urkunden", tickets=1)
    assert limited.status_code == 200, limited.text
    assert (await Phone(door).draws(code(door), "urkunden")).status_code == 303
    phone = Phone(door)
    page = await phone.page()

    assert 'value="kfz" required disabled' in page
    assert 'value="urkunden" required disabled' in page
    assert 'value="ausweis" required>' in page
    closed = await phone.draws(code(door), "kfz")
    assert (closed.status_code, len(numbers(door))) == (409, 1)
    assert Words("de").text("problem-service-closed") in unescape(closed.text)
    assert (await Phone(door).draws(code(door), "gibtsnicht")).status_code == 404


async def test_where_nothing_is_open_it_says_so(door: House) -> None:
    for plan in door.desk.state.office.services:
        await door.press("supervisor", type="close_service", service=plan.id, reason="system_down")

    assert Words("de").text("draw-nothing") in await Phone(door).page()


async def test_programs_are_refused_with_a_code(door: House) -> None:
    form = {"key": "k", "code": code(door), "service": "ausweis", "needs": "money"}
    headers = {"Accept": "application/json"}
    wrong = await door.client.post(PAGE, data=form, headers=headers)
    nothing = await door.client.post(PAGE, data={"key": "k", "code": code(door)}, headers=headers)

    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "needs")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "unknown_service")
    assert numbers(door) == []


async def test_an_office_without_a_code_at_the_door_says_where_numbers_are_given(house: House) -> None:
    phone = Phone(house)
    page = (await phone.asks("GET", PAGE)).text
    drawn = await phone.asks("POST", PAGE, {"key": "k", "code": code(house), "service": "ausweis"})

    assert Words("de").text("draw-none") in unescape(page)
    assert "<form" not in page
    assert (drawn.status_code, numbers(house)) == (404, [])


async def test_the_page_speaks_every_language_of_the_office(door: House) -> None:
    for language in languages():
        page = unescape((await door.client.get(f"{door.citizens}{PAGE}?lang={language}&code=12")).text)

        assert Words(language).text("draw-how") in page
        assert f'lang="{language.removesuffix("-simple")}"' in page
        assert 'value="12"' in page


async def test_the_display_at_the_door_shows_the_code_and_no_other_does(door: House) -> None:
    path = "/api/v1/offices/mitte/boards/display"
    token = await door.bearer("display", "door")
    shown = (await door.client.get(f"{path}/door", headers=token)).json()["door"]

    assert shown["code"] in (code(door), code(door, 1))
    assert shown["address"] == "aufruf.example/draw/mitte"
    assert (await door.client.get(f"{path}/door")).status_code == 401
    for name in ("hall", "staff-room"):
        other = await door.client.get(f"{path}/{name}", headers=await door.bearer("observer"))
        assert other.json()["door"] is None


async def test_a_public_display_never_shows_it(house: House) -> None:
    """Even if an office file says so that was not checked: whoever is at home could read it."""
    office = house.desk.state.office
    hall = replace(office.displays[0], door_code=True)
    made = replace(office, revision=office.revision + 1, displays=(hall, *office.displays[1:]))
    await house.desk.submit(SYSTEM, c.ConfigureOffice(office=made), "public", None, None)

    board = (await house.client.get("/api/v1/offices/mitte/boards/display/hall")).json()
    assert hall.public
    assert board["door"] is None


async def test_the_poster_holds_the_address_and_no_code(house: House, stand: Stand) -> None:
    without = await house.client.get(f"{house.citizens}{PAGE}/qr.svg")
    object.__setattr__(house.site.settings, "public_url", "https://aufruf.example")
    drawn = await house.client.get(f"{house.citizens}{PAGE}/qr.svg")

    assert without.status_code == 404
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "<svg" in drawn.text


def test_nobody_signs_in_as_the_door(house: House) -> None:
    assert {way.who for way in house.ways if way.path.startswith("/draw/")} == {Open.ALL}


async def test_no_token_is_a_door(house: House) -> None:
    with pytest.raises(ValueError, match="door"):
        await house.site.access.tokens.create("door", ["mitte"])
