"""What a kiosk shows, answers and prints while its server is away."""

from typing import Any

from msgspec import convert, to_builtins

from config.words import Words
from server.messages.commands import HandInTickets
from tests.staff_pages import office as o
from ticket_printer.alone import NO_NUMBERS, board_alone, handed_in, paper_alone, refusal
from ticket_printer.lent import Drawn
from ticket_printer.ticket import PaperTicket

TOUCH = {
    "type": "issue_ticket", "services": ["ausweis", "melden"], "needs": ["step_free"], "persons": 2,
    "quantities": {"ausweis": 4}, "language": "tr", "kiosk": "entrance",
}  # fmt: skip
DRAWN = Drawn("k", "lease", "A1000", "ausweis", 1, "2026-12-01T08:03:00.000Z", TOUCH)


def board(**left: int) -> dict[str, Any]:
    return board_alone(to_builtins(o.kiosk()), lambda service: left.get(service, 0), "ok", [])


def test_the_board_says_only_what_is_still_known() -> None:
    shown = board(ausweis=3)
    services = {one["id"]: one for one in shown["services"]}

    assert shown["alone"] is True
    assert (services["ausweis"]["open"], services["ausweis"]["expected"], services["ausweis"]["waiting"]) == (
        True,
        None,
        0,
    )
    assert (services["melden"]["open"], services["melden"]["reason"]) == (False, NO_NUMBERS)
    assert (shown["help"], shown["away_minutes"], shown["printer"]) == (None, 0, "ok")


def test_only_numbers_are_given() -> None:
    shown = board(ausweis=3, melden=3)

    assert refusal(shown, TOUCH) is None
    assert getattr(refusal(shown, {"type": "check_in", "code": "X"}), "code", "") == "wrong_state"
    assert getattr(refusal(shown, {"type": "issue_ticket", "services": ["gone"]}), "code", "") == "unknown_service"
    assert getattr(refusal(shown, {"type": "issue_ticket"}), "code", "") == "unknown_service"
    assert getattr(refusal(board(ausweis=3), TOUCH), "code", "") == "service_closed"


def test_what_was_chosen_is_handed_in_as_the_server_reads_it() -> None:
    (ticket,) = convert(handed_in(DRAWN), HandInTickets).tickets

    assert (ticket.number, ticket.service, ticket.also) == ("A1000", "ausweis", ("melden",))
    assert (ticket.needs, ticket.persons, ticket.quantities, ticket.language) == (
        ("step_free",),
        2,
        {"ausweis": 4},
        "tr",
    )


def test_the_paper_says_that_it_was_given_without_the_server() -> None:
    paper = convert(paper_alone(DRAWN, board(ausweis=3, melden=3)), PaperTicket)

    assert (paper.number, paper.url, paper.code, paper.ahead, paper.expected) == ("A1000", None, None, None, None)
    assert paper.text == Words("tr").text("ticket-alone")
    assert len(paper.services) == 2
