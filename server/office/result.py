"""The answer to a press: a pure function of its own events, so that the same key pressed again gets the same answer."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import to_builtins

from server.messages import events as e
from server.messages.commands import CallNext, CallTicket, Command, HandInTickets
from server.messages.instants import at_or_none, rfc3339
from server.messages.short_code import short_code
from server.office.waits import expected

Secret = Callable[[str, str], str]
"""(kind, id) → the secret of a ticket or an appointment; computed, never stored."""


def result(command: Command, events: Sequence[e.Event], secret: Secret) -> dict[str, Any]:
    """JSON-ready. Empty for most commands; `ticket` and `why` for calls, `ticket` for issues, ..."""
    answer: dict[str, Any] = {}
    for event in events:
        answer.update(_part(event, secret))
    if isinstance(command, CallNext | CallTicket) and "ticket" not in answer:
        answer["ticket"] = None
    if isinstance(command, HandInTickets):
        answer = _handed_in(command, events, secret)
    return answer


def _handed_in(command: HandInTickets, events: Sequence[e.Event], secret: Secret) -> dict[str, Any]:
    """Which tickets were taken over, and which were refused: of two with one number the later."""
    issued = [event for event in events if isinstance(event, e.TicketIssued)]
    left = [_plain(event.number) for event in issued]
    refused = []
    for handed in sorted(command.tickets, key=lambda one: one.issued_at):
        if (number := _plain(handed.number)) in left:
            left.remove(number)
        else:
            refused.append({"number": handed.number, "reason": "it is not a free number of this lease"})
    return {"tickets": [_issued(event, secret) for event in issued], "refused": refused}


def _plain(number: str) -> str:
    """The number without leading zeros and in plain digits: a kiosk may write A7 for A007."""
    letters = number
    while letters and letters[-1].isdecimal():
        letters = letters[:-1]
    digits = number[len(letters) :]
    return f"{letters}{int(digits)}" if digits else number


def _part(event: e.Event, secret: Secret) -> dict[str, Any]:
    match event:
        case e.TicketIssued():
            return {"ticket": _issued(event, secret)}
        case e.TicketCalled():
            return {"ticket": _called(event), "why": why(event)}
        case e.DirectServiceStarted():
            return {"ticket": {"id": event.ticket, "number": event.number, "services": list(event.services)}}
        case e.PrintRequested():
            return {"job": event.job}
        case e.NumbersLeased():
            letters = event.letters
            blocks = [
                {"service": name, "letter": letters.get(name, ""), "from": start, "to": end}
                for name, start, end in event.blocks
            ]
            return {"lease": event.lease, "blocks": blocks, "until": rfc3339(event.until)}
        case e.SlotHeld():
            return {"hold": event.hold, "until": rfc3339(event.until)}
        case e.AppointmentBooked():
            return {"appointment": _booked(event, secret)}
        case e.AppointmentMoved():
            return {"appointment": _booked(event, secret)}
        case e.TicketMissed():
            return {"again_at": at_or_none(event.again_at)}
        case e.ServiceFinished():
            return {"finished": {"id": event.ticket, "number": event.number, "next": list(event.next)}}
        case e.MessagePosted():
            return {"message": event.message.id}
        case e.MovesApplied():
            return {"moves": event.before.key}
        case e.HelpRequested():
            return {"help": event.help}
        case _:
            return {}


def _issued(event: e.TicketIssued, secret: Secret) -> dict[str, Any]:
    link = secret("ticket", event.ticket)
    return {
        "id": event.ticket,
        "number": event.number,
        "secret": link,
        "code": short_code(link),
        "services": list(event.services),
        "category": event.category,
        "ahead": event.ahead,
        "expected": event.told and to_builtins(expected(event.told, rfc3339(event.at))),
        "expected_reason": event.expected_reason,
    }


def _called(event: e.TicketCalled) -> dict[str, Any]:
    return {
        "id": event.ticket,
        "number": event.number,
        "services": list(event.services),
        "counter": event.counter,
        "called_at": rfc3339(event.at),
    }


def why(event: e.TicketCalled) -> dict[str, Any]:
    """Why this ticket was called: `code`, seconds waited, and the slot if that decided."""
    return {"code": event.why.code, "waited": event.why.waited // 1000, "slot": at_or_none(event.why.slot)}


def _booked(event: e.AppointmentBooked | e.AppointmentMoved, secret: Secret) -> dict[str, Any]:
    return {
        "id": event.appointment,
        "code": event.code,
        "secret": secret("appointment", event.appointment),
        "start": rfc3339(event.start),
        "services": list(event.services),
    }
