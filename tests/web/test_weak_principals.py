"""The weakest principals send all they may, as fast as possible: the day still closes and opens, and staff are served."""

from typing import Any

import pytest

from server.messages.rights import COMMANDS, HOLDER_COMMANDS
from server.messages.terms import Role
from tests.web.conftest import House

TIMES = 25
DEVICE: dict[Role, str] = {"kiosk": "entrance", "printer": "entrance", "station": "photo", "display": "hall"}
FIELDS: dict[str, dict[str, Any]] = {
    "issue_ticket": {"services": ["ausweis"]},
    "lease_numbers": {"services": ["ausweis"], "count": 200},
    "hand_in_tickets": {"lease": "x", "tickets": [{"number": "A001", "service": "ausweis", "issued_at": 1}]},
    "report_print": {"job": "x", "state": "sent"},
    "check_in": {"code": "ABC234"},
    "silence_zone": {"zone": "hall"},
    "end_silence": {"zone": "hall"},
    "request_help": {},
}


def fields_of(kind: str, ticket: str) -> dict[str, Any]:
    if kind in FIELDS:
        return FIELDS[kind]
    return {"ticket": ticket} if kind.endswith("_ticket") else {"counter": "photo"}


@pytest.mark.parametrize("role", ["holder", *DEVICE])
async def test_the_day_closes_and_opens_after_a_flood(house: House, role: Role) -> None:
    ticket = await house.ticket()
    may = [kind for kind, who in COMMANDS.items() if role in who] or ["issue_ticket"]
    kinds = sorted(HOLDER_COMMANDS) if role == "holder" else may
    for kind in reversed(kinds):  # cancel comes last, because it ends a holder's other commands
        for n in range(TIMES):
            command = {"type": kind, **fields_of(kind, ticket["id"])}
            if role == "holder":
                path = f"/api/v1/tickets/{ticket['secret']}/commands"
                answer = await house.client.post(path, json=command, headers={"Idempotency-Key": f"{kind}-{n}"})
            else:
                answer = await house.press(role, DEVICE[role], **command)
            assert answer.status_code < 500, answer.text

    assert (await house.press("supervisor", type="close_day", force=True)).status_code == 200
    assert (await house.press("supervisor", type="open_day")).status_code == 200
    assert await house.ticket()
    ready = await house.client.get("/health/ready")
    assert ready.status_code == 200
