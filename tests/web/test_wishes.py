"""The appointment agent: whoever finds nothing free is told by mail when something is, in order, and never two of one slot."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from server.clock import SystemClock
from server.letters.agent import WISHES, WishAgent
from server.letters.outbox import Outbox
from server.letters.settings import MailServer
from server.letters.tables import letters
from server.letters.wish_mail import WishMail
from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice, ReleaseSlot
from server.messages.instants import MINUTE
from server.messages.office import Appointments, Hours
from server.persons import wishes as kept
from server.persons.contacts import Contacts
from server.persons.sealing import Sealing
from server.persons.wishes import MOST_OF_ONE, MOST_OFFERS, Wishes
from server.sending import _pressed
from tests.letters.sinks import MailSink, mail_sink
from tests.web import test_phone_desk as phone_desk
from tests.web.conftest import House, say
from tests.web.test_booking import PAGE, fields, get, post, starts

ANNA, BERT = "anna@example.org", "bert@example.org"


@dataclass
class City:
    """Two offices with one service in common, a mail server, and what a sending node does about wishes."""

    house: House
    wishes: Wishes
    contacts: Contacts
    agent: WishAgent
    mail: WishMail
    sink: MailSink
    path: Path

    async def look(self, later: int = 0) -> int:
        """As the sending node does at each turn. Returns how many letters were sent."""
        await self.agent.look()
        done = 0
        for id, desk in self.house.site.desks.items():
            now = desk.now() + later
            await self.agent.write_down(id, desk.state, now)
            outbox = Outbox(self.house.site.notes._writes)
            while (letter := await outbox.take(id, WISHES, now)) is not None:
                await self.mail.send(desk.state.office, letter)
                await outbox.sent(letter.id, now)
                done += 1
        return done

    async def slots(self, office: str, hours: tuple[tuple[str, str], ...]) -> None:
        """On one day, at one counter, five minutes each; or nothing, if there are no hours."""
        desk = self.house.site.desks[office]
        file = desk.state.office
        plans = tuple(replace(one, minutes=5.0, hours=None) for one in file.services)
        if not any(one.id == "soziales" for one in plans):
            plans = (*plans, replace(plans[0], id="soziales", letter="Q"))
        counter = replace(file.counters[0], services=("soziales",), skills=("soziales",), features=())
        days = {self.day: hours or (("08:00", "18:00"),)}
        file = replace(
            file,
            revision=file.revision + 1,
            services=plans,
            counters=(counter, *(replace(one, retired=True) for one in file.counters[1:])),
            hours=Hours(days=days, week={}),
            appointments=Appointments(every=5, walk_in_percent=0 if hours else 100),
        )
        done = await desk.submit(SYSTEM, ConfigureOffice(office=file), f"office:{file.revision}")
        assert hasattr(done, "entries"), done

    day = ""


@pytest.fixture
async def city(house: House, tmp_path: Path) -> AsyncIterator[City]:
    engine, sealing = house.site.notes._writes, Sealing(tmp_path / "contacts.key")
    wishes, contacts = Wishes(engine, sealing), Contacts(engine, sealing)
    object.__setattr__(house.site, "wishes", wishes)
    object.__setattr__(house.site, "contacts", contacts)
    agent = WishAgent(wishes, partial(_pressed, house.site.desks))
    async with mail_sink() as sink:
        server = MailServer(host="127.0.0.1", port=sink.port, sender="aufruf@example.de")
        secret = house.site.access.links.wish_secret
        mail = WishMail(
            server,
            wishes,
            agent,
            house.site.desks,
            say,
            SystemClock(),
            lambda wish: f"{house.citizens}/w/{secret(wish)}",
        )
        made = City(house, wishes, contacts, agent, mail, sink, tmp_path)
        made.day = starts((await get(house, f"{PAGE}?services=soziales")).text)[-1][:10]
        await made.slots("mitte", ())
        await made.slots("rathaus", ())
        yield made


async def wished(house: House, mail: str, *sites: str, **more: str) -> httpx.Response:
    """Says on the booking page, where nothing is free, what somebody would take."""
    page = (await get(house, f"{PAGE}?services=soziales")).text
    assert "Bescheid bekommen, sobald etwas frei wird" in page
    first, last = re.findall(r'type="date" min="([^"]+)" max="([^"]+)"', page)[0]
    form: Any = {**fields(page, "wish"), "first": first, "last": last, "part": "any", "mail": mail, **more}
    form["site"] = [*sites]
    return await post(house, PAGE, form)


def link(city: City, nth: int = -1) -> str:
    """The page that the mail leads to."""
    text = city.sink.letters[nth].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    found = re.search(r"https?://\S+/w/\S+?(?=\?)", text)
    assert found is not None
    return found[0].removeprefix(city.house.citizens)


async def test_a_freed_slot_is_held_for_whoever_wished_for_one_and_the_first_confirmation_releases_the_others(
    city: City,
) -> None:
    house = city.house
    noted = await wished(house, ANNA, "rathaus")
    assert noted.status_code == 200, noted.text
    assert "Sie bekommen eine Mail, sobald etwas frei wird." in noted.text
    assert await city.look() == 0
    for office in ("mitte", "rathaus"):
        await city.slots(office, (("08:00", "08:05"),))
    assert await city.look() == 2

    held = {id: [*desk.state.holds.values()] for id, desk in house.site.desks.items()}
    assert [len(found) for found in held.values()] == [1, 1]
    assert 29 * MINUTE < held["mitte"][0].until - house.desk.now() <= 30 * MINUTE
    assert starts((await get(house, f"{PAGE}?services=soziales")).text) == [], "nobody else gets it"
    assert [str(one["To"]) for one in city.sink.letters] == [ANNA] * 2
    page = (await get(house, link(city))).text
    assert page.count("Diesen Termin buchen") == 2
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'value="mitte"' in one)
    taken = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    done = await post(house, link(city), taken)

    assert done.url.path.startswith("/a/")
    (booked,) = house.desk.state.appointments.values()
    assert [desk.state.holds for desk in house.site.desks.values()] == [{}, {}]
    contact = await city.contacts.get("mitte", booked.id)
    assert contact is not None
    assert contact.mail == ANNA
    assert await city.wishes.every() == []
    assert (await house.client.get(f"{house.citizens}{link(city)}", headers={"Accept": "text/html"})).status_code == 410


async def test_one_slot_is_offered_in_order_and_never_to_two(city: City) -> None:
    house = city.house
    for mail in (ANNA, BERT):
        await wished(house, mail)
    await city.slots("mitte", (("08:00", "08:05"),))
    assert await city.look() == 1
    assert await city.look() == 0
    assert [str(one["To"]) for one in city.sink.letters] == [ANNA]
    (hold,) = house.desk.state.holds.values()

    await house.desk.submit(SYSTEM, ReleaseSlot(hold=hold.id), "ran out")
    assert await city.look() == 1
    assert [str(one["To"]) for one in city.sink.letters] == [ANNA, BERT], "whoever let it pass is behind the others"
    assert len(house.desk.state.holds) == 1
    late = await post(house, link(city, 0), {"act": "take", "key": "k", "office": "mitte"})
    assert late.status_code == 409
    assert "nicht mehr für Sie reserviert" in late.text


async def test_only_what_was_wished_for_is_offered(city: City) -> None:
    house = city.house
    await wished(house, ANNA, part="afternoon")
    await city.slots("mitte", (("08:00", "08:05"),))
    assert await city.look() == 0
    await city.slots("mitte", (("13:00", "13:05"),))
    assert await city.look() == 1


async def test_whoever_looks_no_more_is_forgotten_and_what_was_held_is_free(city: City) -> None:
    house = city.house
    await wished(house, ANNA)
    await city.slots("mitte", (("08:00", "08:05"),))
    assert await city.look() == 1
    raw = b"".join(file.read_bytes() for file in city.path.rglob("*.db*"))
    assert ANNA.encode() not in raw
    ended = await post(house, link(city), {"act": "end"})
    assert "Ihre E-Mail-Adresse ist gelöscht." in ended.text
    assert (await city.wishes.every(), house.desk.state.holds) == ([], {})


async def test_after_some_offers_that_passed_the_wish_ends(city: City) -> None:
    house = city.house
    await wished(house, ANNA)
    await city.slots("mitte", (("08:00", "18:00"),))
    for nth in range(MOST_OFFERS):
        assert await city.look() + await city.look() == 1  # an offer that passed is noted first
        (hold,) = house.desk.state.holds.values()
        await house.desk.submit(SYSTEM, ReleaseSlot(hold=hold.id), f"passed {nth}")
    assert await city.look() == 0
    assert await city.wishes.every() == []


async def test_an_address_that_the_mail_server_refuses_ends_its_wish(city: City) -> None:
    await wished(city.house, ANNA)
    city.sink.refuses = {ANNA}
    await city.slots("mitte", (("08:00", "08:05"),))
    with pytest.raises(Exception, match="refuses an address"):
        await city.look()
    assert (await city.wishes.every(), city.house.desk.state.holds) == ([], {})


async def test_after_a_crash_between_hold_and_letter_something_else_is_offered(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hold of which nobody was told runs out by itself."""
    await wished(city.house, ANNA)
    await city.slots("mitte", (("08:00", "18:00"),))

    async def dies(*_: Any) -> bool:
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Wishes, "offer", dies)
        with pytest.raises(OSError, match="killed"):
            await city.look()
    assert await city.look() == 1
    (wish,) = await city.wishes.every()
    assert len(await city.wishes.offered(wish.id)) == 1
    assert all(one.until <= city.house.desk.now() + 30 * MINUTE for one in city.house.desk.state.holds.values())


async def test_what_cannot_be_wished_is_told(city: City) -> None:
    house = city.house
    for more in ({"mail": "x"}, {"part": "night"}, {"first": "2020-01-01"}, {"last": "morgen"}):
        mail = more.pop("mail", ANNA)
        assert (await wished(house, mail, **more)).status_code == 422
    for _ in range(MOST_OF_ONE):
        assert (await wished(house, ANNA)).status_code == 200
    assert (await wished(house, ANNA)).status_code == 429
    assert (await house.client.get("/w/wish.x.y", headers={"Accept": "text/html"})).status_code == 404
    engine = house.site.notes._writes
    assert await kept.forget_day(engine, "mitte", "2000-01-01") == 0
    assert await kept.forget_day(engine, "mitte", "9999-01-01") == MOST_OF_ONE
    async with engine.connect() as connection:
        assert (await connection.execute(select(letters.c.id).where(letters.c.channel == WISHES))).all() == []


PHONE = "0170 1234567"


async def said_at_desk(city: City, phone: str = "", **more: str) -> tuple[str, str]:
    """A wish that the phone desk notes, where nothing is free; its page and its code."""
    page = (await phone_desk.get(city.house, "?q=soziales&persons=1")).text
    (form,) = phone_desk.forms(page, "wish")
    days = re.findall(r'type="date" id="wish-\w+" name="(first|last)" [^>]*value="([^"]+)"', page)
    noted = await phone_desk.post(city.house, {**form, **dict(days), "part": "any", "phone": phone, **more})
    assert noted.status_code == 200, noted.text
    (code,) = re.findall(r'class="code"[^>]*>(\w+)<', noted.text)
    return noted.text, code


def pressed_for(page: str, act: str, code: str) -> dict[str, str]:
    """The form of an offer of this wish."""
    (item,) = [one for one in re.findall(r'<li class="card">.*?</li>', page, re.DOTALL) if code in one]
    (form,) = phone_desk.forms(item, act)
    return form


async def test_a_wish_is_kept_at_the_phone_desk_for_people_without_mail(city: City) -> None:
    """It is noted with a code, found again by it however it is typed; a freed slot is shown to the desk, with the number to call
    or without one, in order, held for half an hour and never for two; the booking releases what the other office holds."""
    house = city.house
    object.__setattr__(house.site, "contacts", None)
    city.wishes.by_mail = False
    page, first = await said_at_desk(city, PHONE, site="rathaus")
    assert "Der Wunsch ist vorgemerkt." in page
    assert page.count("<li><b>") == 12, "read out in two alphabets"
    assert "Noch ist nichts frei." in page
    _, second = await said_at_desk(city)
    again = await phone_desk.get(house, f"?q={first[:3].lower()}-{first[3:].lower()}")
    assert again.url.params["wish"] == first
    assert PHONE in again.text
    assert "Frei geworden" not in (await phone_desk.get(house)).text

    await city.slots("mitte", (("08:00", "08:05"),))
    await city.slots("rathaus", (("09:00", "09:05"),))
    assert await city.look() == 0, "no letter"
    await city.look()
    seen = (await phone_desk.get(house)).text
    assert [len(desk.state.holds) for desk in house.site.desks.values()] == [1, 1]
    assert re.findall(r"\?wish=(\w+)", seen) == [first, first]
    assert PHONE in seen
    (held,) = house.desk.state.holds.values()
    assert 29 * MINUTE < held.until - house.desk.now() <= 30 * MINUTE
    assert second not in seen

    (one,) = [one for one in phone_desk.forms(seen, "take") if one["office"] == "mitte"]
    taken = await phone_desk.post(house, one)
    assert "Der Termin ist gebucht." in taken.text
    (made,) = house.desk.state.appointments.values()
    assert (made.start, made.services, made.public) == (held.start, ("soziales",), False)
    assert [desk.state.holds for desk in house.site.desks.values()] == [{}, {}], "the other office's slot is free again"
    assert [wish.code for wish in await city.wishes.every()] == [second]
    over = await phone_desk.post(house, {**one, "key": "again"})
    assert (over.status_code, "nicht mehr reserviert" in over.text) == (409, True)
    assert (await phone_desk.get(house, f"?wish={first}")).status_code == 404


async def test_whoever_is_not_reached_lets_the_next_one_have_it(city: City) -> None:
    house = city.house
    codes = [(await said_at_desk(city))[1] for _ in range(2)]
    await city.slots("mitte", (("08:00", "08:05"),))
    await city.look()
    page = (await phone_desk.get(house)).text
    assert "Die Person ruft wieder an." in page
    passed = await phone_desk.post(house, pressed_for(page, "pass", codes[0]))
    assert "an die nächste Person in der Reihe" in passed.text
    await city.look()
    page = (await phone_desk.get(house)).text
    assert (codes[0] in page, codes[1] in page, len(house.desk.state.holds)) == (False, True, 1)

    own = (await phone_desk.get(house, f"?q={codes[1]}")).text
    assert "Eine Zeit ist frei geworden" in own
    (end,) = phone_desk.forms(own, "end")
    ended = await phone_desk.post(house, end)
    assert "Der Wunsch ist beendet" in ended.text
    assert house.desk.state.holds == {}
    assert [wish.code for wish in await city.wishes.every()] == [codes[0]]


async def test_mail_and_phone_desk_stand_in_one_line(city: City) -> None:
    """Whoever wished first is offered first, however they are told."""
    house = city.house
    await wished(house, ANNA)
    _, code = await said_at_desk(city)
    await city.slots("mitte", (("08:00", "08:05"),))
    assert await city.look() == 1
    assert code not in (await phone_desk.get(house)).text
    (hold,) = house.desk.state.holds.values()
    await house.desk.submit(SYSTEM, ReleaseSlot(hold=hold.id), "ran out")
    await city.look()
    await city.look()
    assert code in (await phone_desk.get(house)).text
    assert len(city.sink.letters) == 1


async def test_a_number_at_the_desk_is_sealed_counted_and_deleted(city: City) -> None:
    house = city.house
    page = (await phone_desk.get(house, "?q=soziales")).text
    (form,) = phone_desk.forms(page, "wish")
    first, last = re.findall(r'id="wish-\w+" name="\w+" min="([^"]+)" max="([^"]+)"', page)[0]
    form |= {"first": first, "last": last, "part": "any"}
    wrong: tuple[dict[str, str], ...] = (
        {"phone": "Anna"},
        {"phone": "-"},
        {"part": "night"},
        {"last": "x"},
        {"persons": "0"},
    )
    for more in wrong:
        assert (await phone_desk.post(house, {**form, "phone": "", **more})).status_code == 422, more
    assert (await phone_desk.post(house, {**form, "services": "nothing"})).status_code == 404
    assert await city.wishes.every() == []
    for nth in (*range(MOST_OF_ONE), 0):  # the last one is the first, sent again
        assert (await phone_desk.post(house, {**form, "phone": PHONE, "key": f"k{nth}"})).status_code == 200
    assert len(await city.wishes.every()) == MOST_OF_ONE
    assert (await phone_desk.post(house, {**form, "phone": PHONE, "key": "onemore"})).status_code == 429

    raw = b"".join(file.read_bytes() for file in city.path.rglob("*.db*"))
    assert PHONE.encode() not in raw
    assert PHONE.replace(" ", "").encode() not in raw
    assert await kept.forget_day(house.site.notes._writes, "mitte", "9999-01-01") == MOST_OF_ONE


async def test_a_wish_is_seen_only_where_one_may_book(city: City) -> None:
    house = city.house
    _, code = await said_at_desk(city, PHONE)
    await city.slots("mitte", (("08:00", "08:05"),))
    await city.look()
    other = await phone_desk.get(house, f"?wish={code}", offices=("rathaus",))
    assert other.status_code == 404
    assert PHONE not in other.text
    assert code not in (await phone_desk.get(house, offices=("rathaus",))).text
    object.__setattr__(house.site, "wishes", None)
    assert "Wunsch vormerken" not in (await phone_desk.get(house, "?q=soziales")).text
