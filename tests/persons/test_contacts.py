"""Mail addresses of citizens: sealed with a key outside the database, and gone with the day of the appointment."""

import os
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.persons.contacts import Booked, Contact, Contacts, forget_day, is_mail
from server.persons.sealing import NoContactKey, Sealing
from server.persons.tables import contacts as table

MAIL = "erika.mustermann@example.org"
DAY = "2026-11-24"


def booked(appointment: str = "a1", office: str = "amt", day: str = DAY, start: int = 1_000) -> Booked:
    return Booked(office=office, appointment=appointment, day=day, start=start, epoch="e", seq=7)


async def test_an_address_is_read_again_with_the_key_and_by_nobody_without_it(
    contacts: Contacts, engine: AsyncEngine, tmp_path: Path
) -> None:
    await contacts.put(booked(), MAIL, "tr", 5)

    assert await contacts.get("amt", "a1") == Contact(mail=MAIL, language="tr")
    async with engine.connect() as connection:
        row = (await connection.execute(select(table))).one()
    assert not any("mustermann" in str(value) for value in row)
    with pytest.raises(NoContactKey, match="another key"):
        await Contacts(engine, Sealing(tmp_path / "other.key")).get("amt", "a1")


async def test_a_row_cannot_be_moved_to_another_appointment(contacts: Contacts, engine: AsyncEngine) -> None:
    """Whoever can write in the database must not send one person's mail to another."""
    await contacts.put(booked(), MAIL, "de", 5)
    async with engine.begin() as connection:
        row = dict((await connection.execute(select(table))).mappings().one())
        await connection.execute(insert(table).values(row | {"appointment": "a2"}))

    with pytest.raises(NoContactKey):
        await contacts.get("amt", "a2")


async def test_the_key_file_is_made_once_and_for_its_owner_alone(sealing: Sealing) -> None:
    sealed = sealing.seal("row", b"text")
    again = Sealing(sealing.file)

    assert again.open("row", sealed) == b"text"
    assert again.name == sealing.name
    assert sealing.file.stat().st_mode & 0o777 == 0o600
    assert list(sealing.file.parent.glob(".contacts*")) == []
    assert sealing.seal("row", b"text") != sealed


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [("kurz", 0o600, "must hold 32 bytes"), ("Ä" * 43, 0o600, "must hold"), ("A" * 43, 0o644, "chmod 600")],
)
def test_a_key_file_that_cannot_be_used_says_why(tmp_path: Path, content: str, mode: int, says: str) -> None:
    file = tmp_path / "contacts.key"
    file.write_text(content)
    file.chmod(mode)

    with pytest.raises(NoContactKey, match=says):
        Sealing(file).seal("row", b"text")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_in_which_no_key_can_be_made_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NoContactKey, match="cannot be made"):
        Sealing(tmp_path / "contacts.key").seal("row", b"text")


def test_a_key_that_cannot_be_read_or_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoContactKey, match="cannot be read"):
        Sealing(tmp_path).seal("row", b"text")
    with pytest.raises(NoContactKey, match="cannot be made"):
        Sealing(tmp_path / "nowhere" / "contacts.key").seal("row", b"text")


@pytest.mark.parametrize("text", [MAIL, "a@b.de", "o'neil+amt@mail.example.co.uk"])
def test_what_can_be_a_mail_address(text: str) -> None:
    assert is_mail(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "erika",
        "a@b",
        "a b@c.de",
        "a@b.de\nBcc: x@y.de",
        "a@b.de,c@d.de",
        "<a@b.de>",
        "a@b..de",
        "ä@b.de",
        f"{'a' * 250}@b.de",
    ],
)
def test_what_can_be_none(text: str) -> None:
    assert not is_mail(text)


async def test_what_is_no_address_is_not_kept(contacts: Contacts) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        await contacts.put(booked(), "erika", "de", 5)
    assert await contacts.offices() == set()


async def test_a_second_address_takes_the_place_of_the_first(contacts: Contacts) -> None:
    await contacts.put(booked(), MAIL, "de", 5)
    await contacts.put(booked(), "neu@example.org", "en", 6)

    assert await contacts.get("amt", "a1") == Contact(mail="neu@example.org", language="en")
    assert len(await contacts.every("amt")) == 1


async def test_it_goes_with_the_day_of_its_appointment(contacts: Contacts, engine: AsyncEngine) -> None:
    await contacts.put(booked(), MAIL, "de", 5)
    await contacts.put(booked("later", day="2026-11-25"), MAIL, "de", 5)
    await contacts.put(booked(office="other"), MAIL, "de", 5)

    assert await forget_day(engine, "amt", DAY) == 1
    assert [one.appointment for one in await contacts.every("amt")] == ["later"]
    assert await contacts.offices() == {"amt", "other"}


async def test_two_bookings_of_one_address_are_noticed_by_a_keyed_hash(contacts: Contacts, sealing: Sealing) -> None:
    """Not across offices, and not by whoever has no key."""
    await contacts.put(booked(), MAIL, "de", 5)
    await contacts.put(booked("a2"), MAIL.upper(), "de", 6)
    await contacts.put(booked("a3"), "someone@example.org", "de", 6)
    await contacts.put(booked("a4", office="other"), MAIL, "de", 6)

    assert await contacts.others("amt", "a1") == ["a2"]
    assert await contacts.others("amt", "a3") == []
    assert sealing.mark("amt", MAIL) != sealing.mark("other", MAIL)


async def test_many_rows_are_asked_for_by_name(contacts: Contacts) -> None:
    await contacts.put(booked("x700"), MAIL, "de", 5)
    found = await contacts.named("amt", {f"x{number}" for number in range(1_200)})
    assert [one.appointment for one in found] == ["x700"]
