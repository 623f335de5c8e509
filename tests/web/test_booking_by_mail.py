"""A mail address on the booking page: optional, kept sealed, and nowhere else; one press gives a slot back."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice
from server.persons.contacts import Contact, Contacts
from server.persons.sealing import Sealing
from tests.web.conftest import House
from tests.web.test_booking import BROWSER, PAGE, booked, fields, get, holding, post

MAIL = "erika.mustermann@example.org"


@pytest.fixture
def contacts(house: House, tmp_path: Path) -> Contacts:
    """The server sends mail."""
    made = Contacts(house.site.notes._writes, Sealing(tmp_path / "contacts.key"))
    object.__setattr__(house.site, "contacts", made)
    return made


async def configured(house: House, **changes: Any) -> None:
    """The office file says something else about appointments."""
    office = house.desk.state.office
    office = replace(office, revision=office.revision + 1, appointments=replace(office.appointments, **changes))
    await house.desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")


async def with_mail(house: House, mail: str = MAIL, **more: Any) -> Any:
    held, _ = await holding(house, **more)
    assert 'name="mail"' in held.text
    return await post(house, PAGE, {**fields(held.text, "book"), "mail": mail}, **more)


async def test_an_address_is_kept_with_the_language_of_the_page(house: House, contacts: Contacts) -> None:
    done = await with_mail(house, **{"Accept-Language": "tr"})
    (one,) = house.desk.state.appointments.values()

    assert done.status_code == 200
    assert "Birazdan bir e-posta alacaksınız." in done.text
    assert await contacts.get("mitte", one.id) == Contact(mail=MAIL, language="tr")
    (note,) = await contacts.every("mitte")
    assert (note.start, note.epoch) == (one.start, house.desk.state.epoch)
    assert 0 < note.seq <= house.desk.state.seq


async def test_nobody_has_to_leave_one(house: House, contacts: Contacts) -> None:
    done = await with_mail(house, " ")

    assert "Ihr Termin ist gebucht." in done.text
    assert "Mail" not in done.text.split("</h1>")[1].split("notice good")[1][:120]
    assert await contacts.offices() == set()


async def test_what_is_no_address_is_asked_for_again_and_the_slot_stays_held(house: House, contacts: Contacts) -> None:
    again = await with_mail(house, "erika@")

    assert again.status_code == 422
    assert "Das ist keine E-Mail-Adresse." in again.text
    assert 'value="erika@"' in again.text
    assert 'aria-invalid="true"' in again.text
    assert house.desk.state.appointments == {}
    done = await post(house, PAGE, {**fields(again.text, "book"), "mail": MAIL})
    assert "Sie bekommen gleich eine Mail." in done.text
    program = await house.client.post(PAGE, data={**fields(again.text, "book"), "mail": "erika@"})
    assert (program.status_code, program.json()["code"]) == (422, "invalid")
    assert "mail" in program.text


async def test_without_a_mail_server_nobody_is_asked(house: House) -> None:
    held, _ = await holding(house)
    assert 'name="mail"' not in held.text
    done = await post(house, PAGE, {**fields(held.text, "book"), "mail": MAIL})
    assert "Ihr Termin ist gebucht." in done.text


async def test_an_office_that_asks_for_no_mail_gets_none(house: House, contacts: Contacts) -> None:
    await configured(house, ask_mail=False)

    held, _ = await holding(house)
    assert 'name="mail"' not in held.text
    await post(house, PAGE, {**fields(held.text, "book"), "mail": MAIL})
    assert await contacts.offices() == set()


async def test_a_database_that_is_away_costs_the_mail_and_not_the_booking(
    house: House, contacts: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise ConnectionError("away")

    monkeypatch.setattr(contacts, "put", away)
    with capture_logs() as logs:
        done = await with_mail(house)
    assert "konnte nicht gespeichert werden" in done.text
    assert len(house.desk.state.appointments) == 1
    assert MAIL not in repr(logs)


async def test_no_board_no_entry_and_no_line_of_a_log_names_the_address(house: House, contacts: Contacts) -> None:
    with capture_logs() as logs:
        done = await with_mail(house)
    admin = await house.bearer("admin")
    told = [done.text, repr(logs)]
    told += [row.body.decode() for row in house.store.rows["mitte"]]
    for path in ("boards/supervisor", "boards/desk", "boards/counter/1", "boards/display/hall", "events", "state"):
        told.append((await house.client.get(f"/api/v1/offices/mitte/{path}", headers=admin)).text)
    secret = done.url.path.removeprefix("/a/")
    told.append((await house.client.get(f"/api/v1/appointments/{secret}")).text)
    told.append((await house.client.get(f"/a/{secret}/calendar.ics")).text)

    assert not [text for text in told if MAIL in text or "mustermann" in text]
    assert str(done.url).find("mustermann") == -1


async def test_the_link_of_a_reminder_gives_the_slot_back_by_one_press(house: House) -> None:
    """By looking alone nothing happens: programs look at the links of a mail."""
    path = (await booked(house)).url.path
    page = await get(house, f"{path}?release=1")
    assert page.text.count("<form") == 1
    assert "Termin absagen" in page.text
    assert len(house.desk.state.appointments) == 1

    gone = await post(house, path, fields(page.text, "cancel_appointment"))
    assert "Ihr Termin ist abgesagt" in gone.text
    assert house.desk.state.appointments == {}
    again = await house.client.get(f"{path}?release=1", headers=BROWSER)
    assert again.status_code == 410
