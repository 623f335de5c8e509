"""A calendar file says what it must, in lines that every reader takes. (Read by ical.js in the tests of letters and the web.)"""

import pytest

from server.messages.calendar_file import Between, FeedEntry, Method, calendar_feed, calendar_file, uid
from server.messages.instants import MINUTE

NOON = 1_795_433_400_000
"""2026-11-23T11:30:00Z."""
NAME = uid("mitte", "a1")


def unfolded(raw: bytes) -> list[str]:
    """Its lines. Each has at most 75 bytes, and is text even where it is cut."""
    cut = raw.split(b"\r\n")
    assert max(map(len, cut)) <= 75
    assert all(line.decode() is not None for line in cut)
    return raw.decode().replace("\r\n ", "").split("\r\n")


def drawn(method: Method, *, address: str | None = None, between: Between | None = None) -> list[str]:
    text = "Bitte mitbringen: Ausweis, Foto; und Geduld\nBis bald, Ihr Bürgeramt " + "ü" * 80
    return unfolded(
        calendar_file(
            *(NAME, 2, NOON, NOON + 60 * MINUTE, 15),
            summary="Reisepass",
            place="Mitte",
            text=text,
            address=address,
            method=method,
            between=between,
        )
    )


def test_an_appointment_says_when_and_what() -> None:
    lines = drawn("PUBLISH", address="https://amt.example/a/x")

    assert {
        "UID:a1@mitte.aufruf",
        "SEQUENCE:2",
        "DTSTAMP:20261123T113000Z",
        "DTSTART:20261123T123000Z",
        "DTEND:20261123T124500Z",
        "URL:https://amt.example/a/x",
        "STATUS:CONFIRMED",
    } <= {*lines}
    (told,) = (line for line in lines if line.startswith("DESCRIPTION:"))
    assert told.startswith("DESCRIPTION:Bitte mitbringen: Ausweis\\, Foto\\; und Geduld\\nBis bald\\, Ihr")
    assert told.endswith("ü" * 80)


@pytest.mark.parametrize(("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_a_mail_says_who_writes_to_whom_and_asks_for_no_answer(method: Method, status: str) -> None:
    lines = drawn(method, between=Between(office="amt@amt.example", name='Amt "Mitte";\n', citizen="a@b.example"))

    assert f"STATUS:{status}" in lines
    assert 'ORGANIZER;CN="Amt Mitte":mailto:amt@amt.example' in lines
    assert any(line.startswith("ATTENDEE;") and "RSVP=FALSE" in line for line in lines)
    assert not any(line.startswith("URL:") for line in lines)


def test_a_feed_has_one_event_for_each() -> None:
    feed = unfolded(calendar_feed("Schalter 1, 2", NOON, [FeedEntry(NAME, 0, NOON, 15, "Reisepass, 2 Personen")] * 2))

    assert "X-WR-CALNAME:Schalter 1\\, 2" in feed
    assert feed.count("BEGIN:VEVENT") == feed.count("END:VEVENT") == feed.count(f"UID:{NAME}") == 2
    assert "SUMMARY:Reisepass\\, 2 Personen" in feed
