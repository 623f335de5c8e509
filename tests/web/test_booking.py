"""The booking page as browsers without scripts send it: services, a slot that is held, one press, the appointment's own page."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpx
import pytest
import segno
from msgspec.structs import replace as changed

from config.words import Words, languages
from server.messages.actor import SYSTEM
from server.messages.boards import Expected
from server.messages.commands import ConfigureOffice
from server.messages.instants import rfc3339
from server.messages.office import Appointments, LifeSituation
from server.web.holds import AT_ONCE
from server.web.line.peer import networks
from server.web.line.proxied import Proxied
from tests.calendar_reader import understood
from tests.web.conftest import House

PAGE = "/book/mitte"
BROWSER = {"Accept": "text/html", "Accept-Language": "de"}


def fields(page: str, act: str) -> dict[str, str]:
    """The hidden fields of the form that does this."""
    forms = re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
    found = next(one for one in forms if f'name="act" value="{act}"' in one)
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found)}


def starts(page: str) -> list[str]:
    return re.findall(r'name="start" value="([^"]+)" aria-label', page)


async def get(house: House, path: str, **more: Any) -> httpx.Response:
    answer = await house.client.get(f"{house.citizens}{path}", headers={**BROWSER, **more}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer


async def post(house: House, path: str, form: dict[str, str], **more: Any) -> httpx.Response:
    return await house.client.post(
        f"{house.citizens}{path}", data=form, headers={**BROWSER, **more}, follow_redirects=True
    )


def keeps_no_cookies(house: House) -> None:
    """As programs do, and as if every request came from another browser."""
    house.client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))


async def holding(house: House, nth: int = 0, **more: Any) -> tuple[httpx.Response, str]:
    """Holds a free slot; the page that follows, and the slot."""
    page = (await get(house, f"{PAGE}?services=soziales", **more)).text
    start = starts(page)[nth]
    return await post(house, PAGE, {**fields(page, "hold"), "start": start}, **more), start


async def booked(house: House) -> httpx.Response:
    held, _ = await holding(house)
    done = await post(house, PAGE, fields(held.text, "book"))
    assert done.status_code == 200, done.text
    return done


async def test_a_slot_is_chosen_held_and_booked_without_a_name(house: House) -> None:
    """Sent twice, the form books once; then the page shows code, calendar and papers, and the slot is gone from the list."""
    first = (await get(house, PAGE)).text
    assert "Worum geht es?" in first
    held, start = await holding(house)
    assert held.status_code == 200, held.text
    assert "für Sie reserviert" in held.text
    form = fields(held.text, "book")
    one, other = [await post(house, PAGE, form) for _ in range(2)]

    (appointment,) = house.desk.state.appointments.values()
    assert one.url.path == other.url.path
    assert one.url.path.startswith("/a/")
    assert (appointment.services, appointment.language, appointment.public) == (("soziales",), "de", True)
    assert appointment.start == int(datetime.fromisoformat(start).timestamp() * 1000)
    assert "Ihr Termin ist gebucht." in one.text
    assert appointment.code in one.text
    assert house.desk.state.holds == {}
    assert (one.headers["cache-control"], one.headers["x-robots-tag"]) == ("no-store", "noindex, nofollow")
    assert "set-cookie" not in one.headers


async def test_a_life_situation_brings_its_services_as_one_visit(house: House) -> None:
    """Only one of whose services each can be booked."""
    office = house.desk.state.office
    plans = tuple(changed(plan, bookable=plan.id != "kfz") for plan in office.services)
    occasions = (
        LifeSituation(id="move", names={"de": "Umzug"}, services=("meldung", "ausweis")),
        LifeSituation(id="car", names={"de": "Neues Auto"}, services=("kfz", "meldung")),
    )
    new = changed(office, revision=office.revision + 1, services=plans, occasions=occasions)
    await house.desk.submit(SYSTEM, ConfigureOffice(office=new), "office:occasions")
    page = (await get(house, PAGE)).text
    assert re.findall(r'name="services" value="([^"]*,[^"]*)"', page) == ["meldung,ausweis"]
    assert "Umzug" in page

    slots = (await get(house, f"{PAGE}?services=meldung,ausweis&services=ausweis&persons=1")).text
    held = await post(house, PAGE, {**fields(slots, "hold"), "start": starts(slots)[0]})
    await post(house, PAGE, fields(held.text, "book"))
    (one,) = house.desk.state.appointments.values()
    assert one.services == ("meldung", "ausweis")


async def test_a_held_slot_is_given_back_and_one_that_ran_out_is_chosen_again(house: House) -> None:
    held, _ = await holding(house)
    back = await post(house, PAGE, fields(held.text, "release"))
    assert "Wann passt es Ihnen?" in back.text
    assert house.desk.state.holds == {}

    late = await post(house, PAGE, fields(held.text, "book"))
    assert late.status_code == 409
    assert "nicht mehr für Sie reserviert" in late.text
    assert starts(late.text)
    assert house.desk.state.appointments == {}


async def test_a_slot_that_somebody_else_took_is_answered_with_others(house: House) -> None:
    page = (await get(house, f"{PAGE}?services=soziales")).text
    form = {**fields(page, "hold"), "start": starts(page)[20]}
    while (await house.press("desk", type="book_appointment", services=["soziales"], start=form["start"])).is_success:
        pass
    answer = await post(house, PAGE, form)

    assert answer.status_code == 409
    assert "gerade vergeben worden" in answer.text
    assert form["start"] not in starts(answer.text)
    program = await house.client.post(PAGE, data={**form, "key": "other"})
    assert (program.status_code, program.json()["code"]) == (409, "slot_taken")


async def test_it_is_moved_and_cancelled_by_its_link(house: House) -> None:
    done = await booked(house)
    path = done.url.path
    (name,) = house.desk.state.appointments
    slots = (await get(house, f"{path}?move=1")).text
    form = {**fields(slots, "move_appointment"), "start": starts(slots)[7]}
    moved = await post(house, path, form)
    assert "Ihr Termin ist verschoben." in moved.text
    assert house.desk.state.appointments[name].start == int(datetime.fromisoformat(form["start"]).timestamp() * 1000)

    gone = await post(house, path, fields(moved.text, "cancel_appointment"))
    assert gone.status_code == 200
    assert "Ihr Termin ist abgesagt" in gone.text
    assert house.desk.state.appointments == {}
    over = await house.client.get(path, headers=BROWSER)
    assert over.status_code == 410
    assert "gibt es nicht mehr" in over.text
    assert (await house.client.get(path)).json()["code"] == "link_expired"


async def test_the_calendar_file_keeps_its_name_and_rises_when_it_is_moved(house: House) -> None:
    done = await booked(house)
    path = done.url.path
    (one,) = house.desk.state.appointments.values()

    before = await get(house, f"{path}/calendar.ics")
    slots = (await get(house, f"{path}?move=1")).text
    await post(house, path, {**fields(slots, "move_appointment"), "start": starts(slots)[9]})
    after = event((await get(house, f"{path}/calendar.ics")).content)

    first = event(before.content)
    assert before.headers["content-type"].startswith("text/calendar")
    assert first["UID"] == after["UID"]
    assert (first["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert first["DTSTART"] == datetime.fromtimestamp(one.start / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    assert first["DTSTART"] != after["DTSTART"]
    assert one.code in first["DESCRIPTION"]
    assert first["SUMMARY"].startswith("Bürgerbüro")
    (understands,) = understood(before.text)["events"]
    assert (understands["uid"], understands["sequence"], understands["start"]) == (first["UID"], 0, rfc3339(one.start))


def event(file: bytes) -> dict[str, str]:
    """The properties, read as RFC 5545 says: lines of at most 75 bytes that end in CRLF, and go on after a space."""
    assert file.endswith(b"\r\n")
    assert max(map(len, file.split(b"\r\n"))) <= 75
    lines = file.decode().replace("\r\n ", "").split("\r\n")
    return {name: value.replace("\\,", ",") for name, _, value in (line.partition(":") for line in lines)}


async def test_programs_get_the_same_by_the_link(house: House) -> None:
    done = await booked(house)
    api = f"/api/v1/appointments/{done.url.path.removeprefix('/a/')}"
    (one,) = house.desk.state.appointments.values()
    told = (await house.client.get(api)).json()
    assert (told["id"], told["code"], told["minutes"]) == (one.id, one.code, 20)
    assert told["may"] == ["cancel_appointment", "move_appointment"]

    async def pressed(key: str, **command: Any) -> httpx.Response:
        return await house.client.post(f"{api}/commands", json=command, headers={"Idempotency-Key": key})

    assert (await pressed("a", type="check_in", code=one.code)).json()["code"] == "not_allowed"
    foreign = await pressed("b", type="cancel_appointment", appointment="another")
    assert foreign.status_code in (404, 410)
    assert (await pressed("c", type="cancel_appointment")).status_code == 200
    assert (await pressed("d", type="cancel_appointment")).json()["code"] == "link_expired"
    assert (await house.client.get(api)).status_code == 410


async def test_links_of_tickets_and_appointments_open_no_other_door(house: House) -> None:
    secret = (await booked(house)).url.path.removeprefix("/a/")
    ticket = (await house.ticket())["secret"]

    assert (await house.client.get(f"/a/{ticket}")).json()["code"] == "unknown_appointment"
    assert (await house.client.get(f"/t/{secret}")).json()["code"] == "unknown_ticket"
    assert (await house.client.get(f"/a/{secret[:-1]}x")).status_code == 404


async def test_whoever_is_checked_in_finds_their_number(house: House) -> None:
    start = datetime.now(UTC).timestamp() // 600 * 600 + 1200
    answer = await house.press(
        "desk", type="book_appointment", services=["soziales"], start=datetime.fromtimestamp(start, UTC).isoformat()
    )
    if answer.status_code != 200:
        pytest.skip("it is nearly midnight")
    made = answer.json()["result"]["appointment"]
    assert made["code"] in (await get(house, f"/a/{made['secret']}")).text
    ticket = (await house.press("desk", type="check_in", code=made["code"])).json()["result"]["ticket"]

    page = (await get(house, f"/a/{made['secret']}")).text
    assert ticket["number"] in page
    assert f"/t/{ticket['secret']}" in page
    assert "Termin absagen" not in page


async def test_one_address_holds_three_slots_at_a_time(house: House) -> None:
    """What is booked or given back counts no longer; twenty presses at once find no more room than three."""
    keeps_no_cookies(house)
    held = [await holding(house, nth) for nth in range(AT_ONCE)]
    assert [one.status_code for one, _ in held] == [200] * AT_ONCE
    refused, _ = await holding(house, AT_ONCE)
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers

    await post(house, PAGE, fields(held[0][0].text, "book"))
    await post(house, PAGE, fields(held[1][0].text, "release"))
    again = await asyncio.gather(*(holding(house, nth) for nth in range(20)))
    assert sum(one.status_code == 200 for one, _ in again) == 2


async def test_programs_that_hoard_leave_people_their_slots(house: House) -> None:
    """Forty of them from four addresses, behind a proxy that we trust, hold no more than twelve; ten people from ten addresses
    book what is left."""
    keeps_no_cookies(house)
    object.__setattr__(house.site, "proxied", Proxied(networks(["127.0.0.1/32"]), None))
    object.__setattr__(house.site, "settings", replace(house.site.settings, trusted_proxies=networks(["127.0.0.1/32"])))
    page = (await get(house, f"{PAGE}?services=soziales")).text
    form = fields(page, "hold")

    async def holds(nth: int, address: str) -> httpx.Response:
        wanted = {**form, "key": f"k{nth}", "start": starts(page)[6 * nth]}  # one an hour: each is free
        return await post(house, PAGE, wanted, **{"X-Forwarded-For": address})

    robots = await asyncio.gather(*(holds(nth, f"203.0.113.{nth % 4}") for nth in range(40)))
    assert sum(one.status_code == 200 for one in robots) == len(house.desk.state.holds) == 4 * AT_ONCE
    people = [await holds(40 + nth, f"198.51.100.{nth}") for nth in range(10)]
    assert [one.status_code for one in people] == [200] * 10
    done = [
        await post(house, PAGE, fields(one.text, "book"), **{"X-Forwarded-For": f"198.51.100.{nth}"})
        for nth, one in enumerate(people)
    ]
    assert [one.status_code for one in done] == [200] * 10
    assert len(house.desk.state.appointments) == 10


async def test_what_cannot_be_asked_is_told_in_words(house: House) -> None:
    nothing = (await get(house, f"{PAGE}?persons=1")).text
    assert "Bitte wählen Sie ein Anliegen" in nothing
    assert (await house.client.get(f"{PAGE}?services=nichts", headers=BROWSER)).status_code == 404
    assert (await house.client.get("/book/nirgends", headers=BROWSER)).status_code == 404
    several = await get(house, f"{PAGE}?services=ausweis&services=meldung&persons=2")
    assert "Ausweis und Pass, " in several.text
    held, _ = await holding(house)
    odd = await post(house, PAGE, {**fields(held.text, "book"), "act": "rob"})
    assert odd.status_code == 403
    for broken in ({"start": "morgen"}, {"key": ""}, {"services": "nichts"}):
        assert (await post(house, PAGE, {**fields(held.text, "book"), **broken})).status_code in (404, 409, 422)


@pytest.mark.parametrize("language", languages())
async def test_every_language_says_day_and_time(language: str) -> None:
    words = Words(language)
    said = words.text("book-when", day=datetime(2026, 11, 24, tzinfo=UTC).date(), time="10:20")
    assert "24" in said
    assert "2026" in said
    assert "10:20" in said


def test_the_picture_of_a_code_is_one_that_scanners_read() -> None:
    assert not segno.make("XK4M7P", error="m", micro=False).is_micro


async def full(house: House, office: str) -> None:
    """Nothing can be booked there: everything is kept for people who just come."""
    desk = house.site.desks[office]
    file = changed(
        desk.state.office, revision=desk.state.office.revision + 1, appointments=Appointments(walk_in_percent=100)
    )
    await desk.submit(SYSTEM, ConfigureOffice(office=file), f"office:{file.revision}")


async def able(house: House, office: str, service: str) -> None:
    """All its counters can do this too."""
    desk = house.site.desks[office]
    file = desk.state.office
    plan = changed(file.services[0], id=service, letter="Q")
    counters = tuple(changed(one, services=(*one.services, service)) for one in file.counters)
    file = changed(file, revision=file.revision + 1, services=(*file.services, plan), counters=counters)
    await desk.submit(SYSTEM, ConfigureOffice(office=file), f"office:{file.revision}")


async def test_without_a_free_slot_here_nobody_is_sent_round_in_circles(house: House) -> None:
    """The nearest slot of every other office with these services, and how long people wait today who just come."""
    wanted = "ausweis"
    await able(house, "rathaus", wanted)

    def expected(office: str) -> dict[str, Expected]:
        low, high = (10, 20) if office == "mitte" else (25, 40)
        return {wanted: Expected(low=low, median=high, high=high, at="x", learning=False)}

    object.__setattr__(house.site, "expected", expected)
    await full(house, "mitte")
    page = (await get(house, f"{PAGE}?services={wanted}")).text
    assert "Ohne Termin heute: 10–20 min" in re.sub(r"\s+", " ", page)
    (there,) = re.findall(r'<ul class="elsewhere">.*?</ul>', page, re.DOTALL)
    assert f'href="/book/rathaus?lang=de&amp;services={wanted}"' in there
    first = (await house.client.get(f"/api/v1/offices/rathaus/slots?services={wanted}&days=90")).json()["days"][0][
        "day"
    ]
    assert Words("de").text("book-day", day=datetime.fromisoformat(first).date()) in unescape(there)
    assert "Ohne Termin heute: 25–40 min" in re.sub(r"\s+", " ", there)

    await full(house, "rathaus")
    page = (await get(house, f"{PAGE}?services={wanted}")).text
    (there,) = re.findall(r'<ul class="elsewhere">.*?</ul>', page, re.DOTALL)
    assert "25–40 min" in re.sub(r"\s+", " ", there)
    assert "<b>" not in there, "nothing is free there either"
