"""Citizens are told of their appointments by mail: booked, moved, cancelled, reminded. The mail server is a real one on loopback,
calendar files are read by ical.js."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from config.words import languages
from server.letters.outbox import GIVEN_UP_MS
from server.letters.tables import letters
from server.messages import commands as c
from server.messages.instants import DAY, HOUR, MINUTE, rfc3339
from server.office.hours import day_of
from server.persons.contacts import Booked
from server.persons.sealing import Sealing
from server.persons.tables import contacts
from tests.calendar_reader import understood
from tests.letters.place import Node, Place
from tests.office.room import NINE, instant

if TYPE_CHECKING:
    from email.message import EmailMessage

MAIL = "erika.mustermann@example.org"
START = NINE + 3 * DAY + 2 * HOUR


async def booked(
    place: Place, node: Node, start: int = START, language: str = "de", mail: str = MAIL, **more: Any
) -> str:
    """Books an appointment as the page does, and leaves an address; returns its id."""
    code = place.room.book(start, **more)
    one = place.room.state.appointments[place.room.state.codes[code]]
    state = place.room.state
    about = Booked(
        office="amt", appointment=one.id, day=day_of(state.office, start), start=start, epoch=state.epoch, seq=state.seq
    )
    await node.contacts.put(about, mail, language, place.room.now)
    return one.id


async def changed(place: Place, node: Node, command: c.Command) -> None:
    """A press at the phone desk, and what the log says of it."""
    place.room.does(command, place.room.desk)
    node.visits.changed("amt", [command.appointment])  # type: ignore[attr-defined]
    await node.live()


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def calendar(message: EmailMessage) -> dict[str, Any]:
    """What a calendar understands: read by ical.js, from the attachment; the inline part says the same."""
    (file,) = message.iter_attachments()
    assert file.get_filename() == "appointment.ics"
    content = str(file.get_content())
    inline = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert [one.get_content() for one in inline] == [content, content]
    assert {one.get_param("method") for one in inline} == {f"{content.split('METHOD:')[1].split()[0]}"}
    return understood(content)


async def test_a_booking_is_told_with_code_papers_links_and_a_calendar_file(place: Place) -> None:
    node = place.node()
    name = await booked(place, node)
    await node.live()
    (mail,) = place.mail.letters
    one = place.room.state.appointments[name]

    assert mail["To"] == MAIL
    assert str(mail["Subject"]) == "Ihr Termin: Donnerstag, 26. November 2026, 11:00 Uhr (Amt)"
    for text in (part(mail, "plain"), part(mail, "html")):
        assert one.code in text
        assert "alter Pass" in text
        assert "move=1" in text
        assert "release=1" in text
        assert "Am Ende des Tages" in text
    read = calendar(mail)
    assert read["method"] == "REQUEST"
    (event,) = read["events"]
    assert (event["uid"], event["sequence"]) == (f"{name}@amt.aufruf", 0)
    assert event["start"] == datetime.fromtimestamp(START / 1000, UTC).isoformat(timespec="milliseconds").replace(
        "+00:00", "Z"
    )
    assert (event["status"], event["attendees"]) == ("CONFIRMED", [f"mailto:{MAIL}"])
    assert event["url"] == f"https://aufruf.example/a/amt.{name}"
    assert event["url"] in event["description"]


async def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_cancellation_cancels(place: Place) -> None:
    """Also if somebody else changed it, and even if it was moved twice before anybody was told."""
    node = place.node()
    name = await booked(place, node)
    await node.live()
    for hours in (1, 2):
        place.room.does(c.MoveAppointment(appointment=name, start=instant(START + hours * HOUR)), place.room.desk)
    node.visits.changed("amt", [name])
    await node.live()
    await changed(place, node, c.CancelAppointment(appointment=name))
    await node.live()

    first, moved, cancelled = (calendar(one) for one in place.mail.letters)
    assert [one["method"] for one in (first, moved, cancelled)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({one["events"][0]["uid"] for one in (first, moved, cancelled)}) == 1
    assert [one["events"][0]["sequence"] for one in (first, moved, cancelled)] == [0, 2, 3]
    assert moved["events"][0]["start"] == cancelled["events"][0]["start"] != first["events"][0]["start"]
    assert cancelled["events"][0]["status"] == "CANCELLED"
    assert "13:00 Uhr" in place.mail.subjects()[1]
    assert "abgesagt" in place.mail.subjects()[2]
    assert await place.rows(contacts) == []
    await node.live(20)
    assert len(place.mail.letters) == 3


class Loads(HTMLParser):
    """Whatever a mail program would fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "link", "script", "iframe", "object", "video", "audio", "form") or any(
            name in ("src", "background", "srcset") or "url(" in (value or "") for name, value in attrs
        ):
            self.found.append(tag)


@pytest.mark.parametrize("language", languages())
async def test_it_is_said_in_the_language_of_the_booking_and_loads_nothing(place: Place, language: str) -> None:
    """No picture, no script: nobody learns who has read it."""
    node = place.node()
    await booked(place, node, language=language)
    await node.live()
    (mail,) = place.mail.letters
    html = part(mail, "html")
    loads = Loads()
    loads.feed(html)

    assert loads.found == []
    assert f'lang="{language.split("-")[0]}"' in html
    assert ('dir="rtl"' in html) == (language == "ar")
    assert mail["Content-Language"] == language.split("-")[0]
    assert (language in ("de", "de-simple")) == ("Termin" in str(mail["Subject"]))
    assert not mail.get("Disposition-Notification-To")


async def test_a_name_in_the_office_file_cannot_break_the_page(place: Place) -> None:
    node = place.node()
    office = place.room.state.office
    place.room.does(
        c.ConfigureOffice(office=replace(office, revision=2, name='Amt "Mitte" <script>alert(1)</script>')),
        place.room.system,
    )
    await booked(place, node)
    await node.live()
    (mail,) = place.mail.letters

    assert "<script" not in part(mail, "html")
    assert "&lt;script&gt;" in part(mail, "html")
    assert calendar(mail)["events"][0]["summary"].startswith('Amt "Mitte" <script>')


def configured(place: Place, **changes: Any) -> None:
    office = place.room.state.office
    rules = replace(office.appointments, **changes)
    place.room.does(
        c.ConfigureOffice(office=replace(office, revision=office.revision + 1, appointments=rules)), place.room.system
    )


async def test_mail_comes_from_the_offices_mailbox_and_returns_to_it(place: Place) -> None:
    node = place.node()
    await booked(place, node)
    await node.live()
    configured(place, mailbox="termine@amt.example.de")
    await booked(place, node, start=START + HOUR)
    await node.live()

    assert [one["From"].addresses[0].addr_spec for one in place.mail.letters] == [
        "aufruf@example.de",
        "termine@amt.example.de",
    ]
    assert place.mail.senders == ["aufruf@example.de", "termine@amt.example.de"]


async def test_whoever_booked_early_is_reminded_as_the_file_says(place: Place) -> None:
    """Once, with a link that gives the time back by one press; nobody who booked shortly before, and nobody at 0 hours."""
    node = place.node()
    configured(place, remind_hours=48)
    await booked(place, node)
    await node.live()
    place.room.now = START - 48 * HOUR - MINUTE
    await node.live()
    assert len(place.mail.letters) == 1
    place.room.now = START - 48 * HOUR
    late = await booked(place, node, start=START + HOUR)
    await node.live(3)

    heads = sorted(subject.split(":")[0] for subject in place.mail.subjects())
    assert heads == ["Erinnerung an Ihren Termin", "Ihr Termin", "Ihr Termin"]
    reminder = next(one for one in place.mail.letters if "Erinnerung" in str(one["Subject"]))
    assert "release=1" in part(reminder, "plain")
    assert "Können Sie nicht kommen?" in part(reminder, "plain")
    place.room.now = START - 2 * HOUR
    await node.live(3)
    assert len(place.mail.letters) == 3
    assert late in place.room.state.appointments


async def test_an_office_without_reminders_sends_none(place: Place) -> None:
    node = place.node()
    configured(place, remind_hours=0)
    await booked(place, node)
    await node.live()
    place.room.now = START - 24 * HOUR
    await node.live(12)
    assert len(place.mail.letters) == 1


async def test_a_moved_appointment_is_reminded_of_its_new_time(place: Place) -> None:
    node = place.node()
    name = await booked(place, node)
    await node.live()
    place.room.now = START - 24 * HOUR
    await node.live()
    later = START + 3 * DAY + HOUR
    while day_of(place.room.state.office, later) in ("2026-11-28", "2026-11-29"):
        later += DAY
    await changed(place, node, c.MoveAppointment(appointment=name, start=instant(later)))
    place.room.now = later - 24 * HOUR
    await node.live(2)

    assert [subject.split(" ")[0] for subject in place.mail.subjects()] == ["Ihr", "Erinnerung", "Ihr", "Erinnerung"]


async def test_a_refused_address_is_told_to_staff_and_not_tried_again(place: Place) -> None:
    """By the code of the appointment, never by the address; until the appointment is over."""
    node = place.node()
    place.mail.refuses = {MAIL}
    name = await booked(place, node)
    await node.live(30)
    code = place.room.state.appointments[name].code

    assert f"refuses the address of {code}" in node.post.worry("amt")
    assert MAIL not in node.post.worry("amt")
    (row,) = await place.rows(letters)
    assert (row.tries, row.done_at is not None) == (1, True)
    await changed(place, node, c.CancelAppointment(appointment=name))
    await node.live(11)
    assert await place.rows(contacts) == []
    assert node.post.worry("amt").count(code) == 0


async def test_a_mail_server_that_is_away_is_tried_again_with_pauses(place: Place) -> None:
    """What is sent then is what is true then."""
    node = place.node()
    place.mail.away = True
    name = await booked(place, node)
    await node.live(5)
    place.room.does(c.MoveAppointment(appointment=name, start=instant(START + HOUR)), place.room.desk)
    assert "mail server" in node.post.worry("amt")
    place.mail.away = False
    await node.live(15)

    assert node.post.worry("amt") == ""
    assert "12:00 Uhr" in place.mail.subjects()[0]
    (first, *_) = sorted(await place.rows(letters), key=lambda row: row.made_at)
    assert 3 <= first.tries <= 6


async def test_a_cancellation_that_cannot_be_told_is_given_up_with_the_address(place: Place) -> None:
    node = place.node()
    name = await booked(place, node)
    await node.live()
    place.mail.away = True
    await changed(place, node, c.CancelAppointment(appointment=name))
    assert len(await place.rows(contacts)) == 1
    place.room.now += GIVEN_UP_MS
    await node.live(45)

    assert await place.rows(contacts) == []


async def test_whoever_booked_twice_reads_it_in_the_mail(place: Place) -> None:
    """Only the owner of the address does: a stranger who types it in learns nothing."""
    node = place.node()
    await booked(place, node)
    await node.live()
    await booked(place, node, start=START + 2 * HOUR, mail=MAIL.title())
    await booked(place, node, start=START + 3 * HOUR, mail="someone@example.org")
    await node.live()

    also = {str(one["Subject"])[-15:]: "gibt es noch einen Termin" in part(one, "plain") for one in place.mail.letters}
    assert also == {"11:00 Uhr (Amt)": False, "13:00 Uhr (Amt)": True, "14:00 Uhr (Amt)": False}
    twice = next(part(one, "plain") for one in place.mail.letters if "13:00 Uhr" in str(one["Subject"]))
    assert "11:00 Uhr. Wenn Sie nur einen brauchen" in twice


async def test_a_node_that_has_not_read_the_booking_yet_does_not_take_it_for_cancelled(place: Place) -> None:
    other, node = place.node(), place.node(place.alone())
    node.desk.stand_still()
    name = await booked(place, other)
    await node.live(1)
    assert place.mail.letters == []
    assert len(await place.rows(contacts)) == 1
    await other.live()
    assert [one["To"] for one in place.mail.letters] == [MAIL]
    assert name in place.room.state.appointments


async def test_a_sender_that_takes_over_tells_what_nobody_told_and_nothing_twice(place: Place) -> None:
    first = place.node()
    name = await booked(place, first)
    await first.live()
    await first.post.stop()
    place.room.does(c.MoveAppointment(appointment=name, start=instant(START + HOUR)), place.room.desk)
    second = place.node()
    await second.live()
    await second.live(11)

    assert [subject.split(":")[0] for subject in place.mail.subjects()] == ["Ihr Termin", "Ihr Termin ist verschoben"]


async def test_without_the_key_staff_are_told_and_nothing_is_sent(place: Place) -> None:
    node = place.node()
    await booked(place, node)
    node.contacts._sealing = Sealing(place.key_file.with_name("other"))
    await node.live()

    assert place.mail.letters == []
    assert "another key" in node.post.worry("amt")


async def test_outbox_and_log_name_no_address(place: Place) -> None:
    node = place.node()
    await booked(place, node)
    await node.live()
    (row,) = await place.rows(letters)

    assert "example.org" not in str(tuple(row))
    assert not any("example.org" in str(entry) for entry in place.room.entries)
    assert rfc3339(START) in str(place.room.entries) or str(START) in str(place.room.entries)


async def test_whoever_checked_in_or_is_over_is_told_nothing_more(place: Place) -> None:
    node = place.node()
    start = NINE + HOUR
    name = await booked(place, node, start=start)
    await node.live()
    place.room.now = start - 10 * MINUTE
    place.room.does(c.CheckIn(code=place.room.state.appointments[name].code), place.room.desk)
    node.visits.changed("amt", [name])
    await node.live(15)
    assert [one["To"] for one in place.mail.letters if one["To"] == MAIL] == [MAIL]
