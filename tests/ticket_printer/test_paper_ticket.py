"""What a print job says about a ticket."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from ticket_printer.ticket import Expected, PaperTicket, leave_until, local_time, papers_of, said


def test_a_job_of_the_server_is_read_with_times_offsets_and_fields_of_later_versions() -> None:
    wire = (
        b'{"number":"A017","services":[{"de":"Pass"},"Post"],"office":{"id":"mitte","name":"B\xc3\xbcrgerb\xc3\xbcro"},'
        b'"language":"uk","issued_at":"2026-11-23T09:21:00.000Z","time_zone":"Europe/Berlin","ahead":0,'
        b'"expected":{"low":5,"median":7.5,"high":10,"at":"2026-11-23T09:21:00.000Z","learning":true},"later":1}'
    )
    ticket = msgspec.json.decode(wire, type=PaperTicket)

    assert ticket.issued_at == datetime(2026, 11, 23, 9, 21, tzinfo=UTC)
    assert f"{local_time(ticket):%H:%M}" == "10:21"
    assert ticket.expected == Expected(5, 7.5, 10, learning=True)
    assert ticket.url is None


@pytest.mark.parametrize(
    ("language", "expected"), [("de", "Ausweis"), ("de-simple", "Ausweis"), ("en", "ID card"), ("fr", "Ausweis")]
)
def test_a_text_comes_in_the_language_its_parent_or_the_offices_first(
    a_ticket: Callable[..., PaperTicket], language: str, expected: str
) -> None:
    assert said(a_ticket(), {"en": "ID card", "de": "Ausweis"}, language) == expected
    assert said(a_ticket(), "Post", language) == "Post"
    assert said(a_ticket(languages=["tr"]), {"de": "Ausweis", "tr": "Kimlik"}, "fr") == "Kimlik"


def test_a_text_that_lacks_the_offices_first_is_said_in_what_there_is(a_ticket: Callable[..., PaperTicket]) -> None:
    assert said(a_ticket(), {"en": "ID card"}, "ar") == "ID card"
    assert said(a_ticket(), {}, "ar") == ""


def test_papers_come_as_a_list_or_as_one_per_language(a_ticket: Callable[..., PaperTicket]) -> None:
    many = a_ticket(papers={"de": ["Ausweis", "Foto"], "en": ["ID card"]})

    assert papers_of(many, "en-GB") == ["ID card"]
    assert papers_of(many, "uk") == ["Ausweis", "Foto"]
    assert papers_of(a_ticket(papers=["Ausweis"]), "en") == ["Ausweis"]
    assert papers_of(a_ticket(papers={}), "en") == []


@pytest.mark.parametrize(("at", "until"), [(None, None), (datetime(2026, 11, 22, 9, 35, tzinfo=UTC), "10:35")])
def test_until_when_one_may_leave_is_told_by_the_offices_clock(
    a_ticket: Callable[..., PaperTicket], at: datetime | None, until: str | None
) -> None:
    back = leave_until(a_ticket(leave_until=at))

    assert (back and f"{back:%H:%M}") == until
