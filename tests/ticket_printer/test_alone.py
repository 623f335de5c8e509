"""What a kiosk shows, answers and prints while its server is away."""

from typing import Any

from msgspec import convert, to_builtins

from config.words import Words
from device_line.server_clock import instant
from server.messages.commands import HandInTickets
from server.messages.instants import rfc3339
from tests.staff_pages import office as o
from ticket_printer.alone import NO_NUMBERS, board_alone, handed_in, paper_alone, refusal
from ticket_printer.lent import Drawn
from ticket_printer.ticket import PaperTicket

TOUCH = {
    "type": "issue_ticket", "services": ["ausweis", "melden"], "needs": ["step_free"], "persons": 2,
    "quantities": {"ausweis": 4}, "language": "tr", "kiosk": "entrance",
}  # fmt: skip
DRAWN = Drawn("k", "lease", "A1000", "ausweis", 1, "2026-12-01T08:03:00.000Z", TOUCH)


EIGHT, NOON, ONE, SIX = (instant(f"2026-12-01T{hour:02}:00:00.000Z") for hour in (8, 12, 13, 18))
OPEN = {"hours": [[rfc3339(EIGHT), rfc3339(NOON)], [rfc3339(ONE), rfc3339(SIX)]], "left": None}


def board(**left: int) -> dict[str, Any]:
    return board_alone(to_builtins(o.kiosk()), lambda service: left.get(service, 0), "ok", [], EIGHT, {})


def ausweis(now: int, known: dict[str, Any], given: int = 0, *, lent: int = 9, **last: Any) -> tuple[bool, Any, Any]:
    kiosk = to_builtins(o.kiosk(services=(o.offered("ausweis", **last),))) | {"intake": {"ausweis": known}}
    (one,) = board_alone(kiosk, lambda service: lent, "ok", [], now, {"ausweis": given})["services"]
    return one["open"], one["reason"], one["opens_at"]


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


def test_intake_closes_and_opens_by_the_clock() -> None:
    """No number is given out after closing time, and at two o'clock the office does not stay closed because it was at noon."""
    assert ausweis(NOON - 1, OPEN) == (True, None, None)
    assert ausweis(NOON, OPEN) == (False, "hours", rfc3339(ONE))
    assert ausweis(ONE, OPEN, open=False, reason="hours", opens_at=rfc3339(ONE)) == (True, None, None)
    assert ausweis(SIX, OPEN) == (False, "hours", None)
    assert ausweis(EIGHT, {"hours": [], "left": None}) == (False, "hours", None)


def test_what_else_closed_a_service_may_still_hold() -> None:
    assert ausweis(ONE, OPEN, open=False, reason="stoerung") == (False, "stoerung", None)
    assert ausweis(ONE, OPEN, open=False, reason="day_closed") == (False, "day_closed", None)


def test_the_limit_of_the_day_holds_also_alone() -> None:
    limited = OPEN | {"left": 2}

    assert ausweis(ONE, limited, 1) == (True, None, None)
    assert ausweis(ONE, limited, 2) == (False, "limit", None)


def test_without_lent_numbers_people_are_sent_to_reception_also_on_the_next_morning() -> None:
    assert ausweis(ONE, OPEN, lent=0) == (False, NO_NUMBERS, None)
    assert ausweis(SIX, OPEN, lent=0) == (False, NO_NUMBERS, None)
    assert ausweis(SIX, OPEN, lent=0, open=False, reason="hours") == (False, "hours", None)


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
