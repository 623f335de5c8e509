"""What a kiosk shows and answers while its server is away: the last board it had, as far as it is still true, and numbers that
were lent. Pure. Used by `beside`.

It knows nobody's wait, no appointment and no other ticket, and cannot fetch anybody: only what gives a number goes on.
"""

from collections.abc import Callable, Mapping
from typing import Any

from config.words import Words
from device_line.server_clock import instant
from server.messages.problems import Refusal
from server.messages.texts import in_language
from ticket_printer.lent import Drawn

Json = dict[str, Any]
NO_NUMBERS = "no_numbers"
"""Why a service is closed that has no lent numbers left."""
EPOCH = "alone"
"""The epoch of the frames: no server's."""


def board_alone(
    last: Json, left: Callable[[str], int], printer: str | None, prints: list[Json], now: int, given: Mapping[str, int]
) -> Json:
    """The kiosk's board from the last one that the server sent. `left`: how many numbers are lent; `given`: how many of them were
    drawn that the server does not know of, by service."""
    known = last.get("intake", {})
    return last | {
        "services": [
            _service(one, _by_the_clock(one, known.get(one["id"]), now, given), left) for one in last["services"]
        ],
        "printer": printer if last["printer"] is not None else None,
        "prints": prints,
        "help": None,
        "away_minutes": 0,
        "papers": [],
        "alone": True,
    }


def _by_the_clock(service: Json, known: Json | None, now: int, given: Mapping[str, int]) -> Json:
    """Open in its hours and within its limit, as the server would say it. What else closed it may have ended or not: it stays."""
    if known is None or not (service["open"] or service["reason"] == "hours"):
        return service
    spans = [(instant(begin), instant(end), begin) for begin, end in known["hours"]]
    if not any(begin <= now < end for begin, end, _ in spans):
        opens_at = next((text for begin, _, text in sorted(spans) if begin > now), None)
        return service | {"open": False, "reason": "hours", "opens_at": opens_at}
    if known["left"] is not None and given.get(service["id"], 0) >= known["left"]:
        return service | {"open": False, "reason": "limit", "opens_at": None}
    return service | {"open": True, "reason": None, "opens_at": None}


def _service(last: Json, service: Json, left: Callable[[str], int]) -> Json:
    unknown: Json = {
        "waiting": 0,
        "expected": None,
        "expected_reason": None,
        "reachable_today": None,
        "by_features": [],
    }
    if (last["open"] or service["open"]) and left(service["id"]) < 1:
        return service | unknown | {"open": False, "reason": NO_NUMBERS, "opens_at": None}
    return service | unknown


def refusal(board: Json, command: Json) -> Refusal | None:
    """Why this press has no effect now; None for a touch that draws a number."""
    if command.get("type") != "issue_ticket":
        return Refusal(code="wrong_state", detail="the server cannot be reached; only numbers are given out")
    known = {service["id"]: service for service in board["services"]}
    services = command.get("services")
    if not isinstance(services, list) or not services or any(name not in known for name in services):
        return Refusal(code="unknown_service", detail="this kiosk has no such service")
    closed = next((name for name in services if not known[name]["open"]), None)
    return Refusal(code="service_closed", detail=f"{closed} is closed") if closed else None


def answered(drawn: Drawn, *, replayed: bool) -> Json:
    """The `done` frame of a touch, as the server would send it; without a link, which only the server can make."""
    ticket = {
        "id": drawn.number,
        "number": drawn.number,
        "secret": "",
        "code": "",
        "services": drawn.command["services"],
        "category": "walk_in",
        "ahead": None,
        "expected": None,
        "expected_reason": None,
    }
    return {"events": [], "result": {"ticket": ticket}, "key": drawn.key, "replayed": replayed}


def handed_in(drawn: Drawn) -> Json:
    """The command that hands it in."""
    said: Mapping[str, Any] = drawn.command
    chosen = {name: said[name] for name in ("needs", "persons", "quantities", "language") if said.get(name)}
    ticket = {"number": drawn.number, "service": drawn.service, "issued_at": drawn.issued_at, **chosen}
    also = [name for name in said["services"] if name != drawn.service]
    return {"type": "hand_in_tickets", "lease": drawn.lease, "tickets": [ticket | ({"also": also} if also else {})]}


def paper_alone(drawn: Drawn, board: Json) -> Json:
    """What is printed: no place in the line and no link, and a line that says why."""
    services = [one for name in drawn.command["services"] for one in board["services"] if one["id"] == name]
    language = drawn.command.get("language") or board["languages"][0]
    papers = [text for one in services for text in in_language(one["papers"], language, board["languages"], [])]
    return {
        "number": drawn.number,
        "services": [one["names"] or one["letter"] for one in services],
        "pictograms": [one.get("pictogram") for one in services],
        "office": {"name": board["name"]},
        "language": language,
        "languages": board["languages"],
        "time_zone": board["time_zone"],
        "issued_at": drawn.issued_at,
        "papers": papers,
        "text": Words(language).text("ticket-alone"),
    }
