"""A ticket by its number and the four signs beside it: proof enough for a kiosk, too little to guess."""

from __future__ import annotations

from typing import Any

import pytest

from server.messages.short_code import ALPHABET, LONG, is_code_of, short_code
from server.messages.terms import Role
from tests.web.conftest import House, Still


async def claim(house: House, number: str, code: str, role: Role = "kiosk", device: str | None = "entrance") -> Any:
    body = {"number": number, "code": code}
    return await house.client.post("/api/v1/offices/mitte/claims", json=body, headers=await house.bearer(role, device))


async def test_number_and_code_give_the_link_of_the_ticket(house: House) -> None:
    ticket = await house.ticket()
    assert ticket["code"] == short_code(ticket["secret"])

    for number in (ticket["number"], ticket["number"].lower(), "a 1", " A-001 "):
        answer = await claim(house, number, ticket["code"].lower())
        assert (answer.status_code, answer.json()) == (200, {"ticket": ticket["id"], "secret": ticket["secret"]})
        assert answer.headers["cache-control"] == "no-store"


async def test_the_secret_then_does_what_a_phone_does(house: House) -> None:
    ticket = await house.ticket()
    secret = (await claim(house, ticket["number"], ticket["code"])).json()["secret"]

    board = (await house.client.get(f"/api/v1/tickets/{secret}")).json()
    assert (board["number"], board["state"]) == (ticket["number"], "waiting")
    for command, state in (("pause_ticket", "away"), ("return_ticket", "waiting"), ("cancel_ticket", "cancelled")):
        headers = {"Idempotency-Key": command}
        path = f"/api/v1/tickets/{secret}"
        assert (await house.client.post(f"{path}/commands", json={"type": command}, headers=headers)).status_code == 200
        assert (await house.client.get(path)).json()["state"] == state
    assert (await claim(house, ticket["number"], ticket["code"])).json()["code"] == "unknown_code", "it is over"


async def test_a_wrong_code_and_a_number_that_nobody_has_are_refused_alike(house: House) -> None:
    ticket = await house.ticket()
    wrong = await claim(house, ticket["number"], "2222" if ticket["code"] != "2222" else "3333")
    nobody = await claim(house, "A999", ticket["code"])

    said = [{**answer.json(), "instance": None} for answer in (wrong, nobody)]
    assert said[0] == said[1]
    assert said[0]["code"] == "unknown_code"


async def test_five_wrong_codes_then_a_pause_even_for_the_right_one(house: House, still: Still) -> None:
    ticket = await house.ticket()
    right = (ticket["number"], ticket["code"])
    for _ in range(8):
        assert (await claim(house, *right)).status_code == 200, "right ones cost nothing"

    assert [(await claim(house, "A001", "????")).status_code for _ in range(6)] == [404] * 5 + [429]
    assert (await claim(house, *right)).status_code == 429
    assert (await claim(house, *right, "kiosk", "another")).status_code == 200
    assert [(await claim(house, "A001", "????", "desk", None)).status_code for _ in range(8)] == [404] * 8
    still.passed += 60
    assert (await claim(house, *right)).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"number": "", "code": "2222"}, {"number": "A001", "code": "2" * 13}, {"number": 1}]
)
async def test_what_is_no_claim_names_its_field(house: House, body: dict[str, Any]) -> None:
    headers = await house.bearer("kiosk", "entrance")
    answer = await house.client.post("/api/v1/offices/mitte/claims", json=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] in ("number", "code")


async def test_a_kiosk_prints_at_its_own_printer_whoever_drew_the_number(house: House) -> None:
    ticket = await house.ticket()

    printed = await house.press("kiosk", "entrance", type="print_ticket", ticket=ticket["id"])
    elsewhere = await house.press("kiosk", "entrance", type="print_ticket", ticket=ticket["id"], printer="nowhere")

    assert printed.status_code == 200
    assert elsewhere.json()["code"] == "unknown_device"


def test_codes_have_no_sign_that_is_taken_for_another_and_are_spread() -> None:
    codes = [short_code(f"mitte.{n}.mac") for n in range(2_000)]

    assert not set("01OI") & set(ALPHABET)
    assert all(len(code) == LONG and set(code) <= set(ALPHABET) for code in codes)
    assert len(set(codes)) > 1_990
    assert is_code_of(f" {codes[0].lower()} ", "mitte.0.mac")
    assert not is_code_of(codes[1], "mitte.0.mac")
    assert not is_code_of("ÄÖ", "mitte.0.mac")
