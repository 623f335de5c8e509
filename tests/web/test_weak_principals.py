"""The weakest principals send all they may, as fast as possible: the day still closes and opens, and staff are served."""

from typing import Any

import httpx
import pytest

from server.messages.office import StationPlan
from server.messages.rights import COMMANDS, HOLDER_COMMANDS
from server.messages.terms import Role
from server.web.limits import COMMANDS as PACES
from tests.web.conftest import House, Stand, Still

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


@pytest.fixture
def stand(stand: Stand) -> Stand:
    stand.stations = (StationPlan(id="photo", label="Foto", zone="hall"),)
    return stand


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


async def served_by_a_clerk(house: House) -> None:
    """At the same address as everybody of this test."""
    await house.ticket("meldung")
    await house.press("clerk", type="open_counter", counter="1")
    for press in ("call_next", "start_service", "finish_service"):
        answer = await house.press("clerk", type=press, counter="1")
        assert answer.status_code == 200, answer.text


async def test_a_station_is_too_fast_for_its_pace_and_no_clerk_notices(house: House, still: Still) -> None:
    statuses = [(await house.press("station", "photo", type="request_help")).status_code for _ in range(70)]
    await served_by_a_clerk(house)
    still.passed += 1 / PACES["station"].rate

    assert statuses == [200] * 60 + [429] * 10
    assert (await house.press("station", "photo", type="request_help")).status_code == 200


async def test_one_kiosk_holds_two_hundred_numbers_of_a_service_a_day(house: House, still: Still) -> None:
    """However many leases; another service and another kiosk have their own, and staff go on issuing."""

    async def leased(device: str, service: str, count: int) -> httpx.Response:
        still.passed += 60
        return await house.press("kiosk", device, type="lease_numbers", services=[service], count=count)

    counts = [(await leased("entrance", "ausweis", 80)).status_code for _ in range(3)]
    await served_by_a_clerk(house)

    assert counts == [200, 200, 429]
    assert (await leased("entrance", "ausweis", 40)).status_code == 200
    assert (await leased("entrance", "ausweis", 1)).json()["code"] == "too_many"
    assert (await leased("entrance", "meldung", 200)).status_code == 200
    assert (await house.press("desk", type="issue_ticket", services=["ausweis"])).status_code == 200


async def test_a_link_acts_a_hundred_times_then_only_gives_up_and_its_first_key_is_known(
    house: House, still: Still
) -> None:
    """As slowly as it may: the pace is not what stops it."""
    ticket = await house.ticket()

    async def acts(key: str, **command: Any) -> httpx.Response:
        still.passed += 60
        path = f"/api/v1/tickets/{ticket['secret']}/commands"
        return await house.client.post(path, json=command, headers={"Idempotency-Key": key})

    kinds = ({"type": "pause_ticket", "minutes": 1}, {"type": "return_ticket"})
    statuses = [(await acts(f"act-{n}", **kinds[n % 2])).status_code for n in range(100)]
    beyond = await acts("beyond", **kinds[0])
    again = await acts("act-0", **kinds[0])
    assert (await house.press("desk", type="pause_ticket", ticket=ticket["id"], minutes=60)).status_code == 200
    await served_by_a_clerk(house)
    over = await acts("over", type="cancel_ticket")

    assert set(statuses) == {200}
    assert (beyond.status_code, beyond.json()["code"]) == (429, "too_many")
    assert (again.status_code, again.json()["replayed"]) == (200, True)
    assert (over.status_code, over.json()["events"][0]["type"]) == (200, "ticket_cancelled")
