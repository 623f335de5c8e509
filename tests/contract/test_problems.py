"""Every code of the contract that a test can cause, caused once: its status, its `retry`, and the details of its problem."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from server.log.memory_log import MemoryLog
from server.messages.problems import CODES
from server.messages.terms import Role
from tests.contract.house import House, Stand

STATUS = {
    400: "malformed",
    401: "not_signed_in",
    403: "not_allowed not_yours picking_not_allowed origin_refused",
    404: "unknown_office unknown_counter unknown_ticket unknown_service unknown_zone unknown_display unknown_device "
    "unknown_message unknown_appointment unknown_code unknown_webhook unknown_route",
    405: "method_not_allowed",
    409: "counter_busy counter_closed counter_paused counter_idle counter_held cannot_serve needs_not_met "
    "ticket_not_waiting not_arrived wrong_state not_yet service_closed outside_hours limit_reached day_closed "
    "stale_press nothing_to_undo too_late_to_undo overtaken slot_taken slot_invalid not_today too_late_to_change "
    "lease_expired",
    410: "link_expired log_trimmed",
    413: "too_large",
    415: "not_json",
    422: "invalid key_missing key_reused",
    429: "too_many",
    500: "fault",
    503: "store_unavailable starting stopping",
}
"""The closed set of codes, as the contract lists it."""
RETRY = {"too_many", "store_unavailable", "starting", "stopping"}
TOMORROW = "2026-03-18T09:00:00Z"

Ask = Callable[[Any], Awaitable[httpx.Response]]


def test_the_set_of_codes_is_closed() -> None:
    """No code is missing, none has another name, and each has its status."""
    assert {code: status for status, codes in STATUS.items() for code in codes.split()} == CODES


def is_problem(answer: httpx.Response, code: str) -> dict[str, Any]:
    """RFC 9457, with the code, and whether the same key may succeed later."""
    body: dict[str, Any] = answer.json()
    status = next(status for status, codes in STATUS.items() if code in codes.split())
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status), answer.text
    assert answer.headers["content-type"].partition(";")[0] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code", "retry"} <= set(body)
    assert body["retry"] is (code in RETRY)
    return body


def asked(role: Role = "clerk", device: str | None = None, **command: Any) -> Ask:
    """One press by a role."""

    async def ask(house: House) -> httpx.Response:
        answer: httpx.Response = await house.press(role, device, **command)
        return answer

    return ask


def got(path: str, role: Role = "admin") -> Ask:
    """One GET below the office."""

    async def ask(house: House) -> httpx.Response:
        answer: httpx.Response = await house.client.get(house.path + path, headers=await house.bearer(role))
        return answer

    return ask


def posted(path: str, role: Role = "admin") -> Ask:
    """One POST below the office, without a body."""

    async def ask(house: House) -> httpx.Response:
        answer: httpx.Response = await house.client.post(house.path + path, headers=await house.bearer(role))
        return answer

    return ask


def sent(content: bytes, key: str | None = "k", kind: str = "application/json") -> Ask:
    """Sends this body unchanged."""

    async def ask(house: House) -> httpx.Response:
        headers = {"Content-Type": kind, **await house.bearer("clerk")}
        headers |= {"Idempotency-Key": key} if key is not None else {}
        answer: httpx.Response = await house.client.post(f"{house.path}/commands", content=content, headers=headers)
        return answer

    return ask


async def elsewhere(house: House) -> httpx.Response:
    """An office that does not exist here."""
    answer: httpx.Response = await house.client.get("/api/v1/offices/nirgends")
    return answer


async def by_another_site(house: House) -> httpx.Response:
    """A page of another site sends a press with our cookie."""
    browser = await house.signed_in("Meyer")
    body, headers = (
        {"type": "open_counter", "counter": "1"},
        {"Idempotency-Key": "k", "Origin": "https://boese.example"},
    )
    answer: httpx.Response = await browser.post(f"{house.path}/commands", json=body, headers=headers)
    return answer


async def deleted(house: House) -> httpx.Response:
    answer: httpx.Response = await house.client.delete(f"{house.path}/commands", headers=await house.bearer("admin"))
    assert "POST" in answer.headers["allow"]
    return answer


SIMPLE: dict[str, Ask] = {
    "malformed": sent(b'{"type": "call_next", '),
    "not_json": sent(b"type=call_next", kind="text/plain"),
    "too_large": sent(b'{"type": "' + b"x" * 70_000 + b'"}'),
    "key_missing": sent(b'{"type": "call_next", "counter": "1"}', key=None),
    "invalid": sent(b'{"type": "call_next", "counter": "1", "colour": "red"}'),
    "not_allowed": asked("desk", type="call_next", counter="1"),
    "not_yours": asked("clerk", "2", type="open_counter", counter="1"),
    "origin_refused": by_another_site,
    "unknown_office": elsewhere,
    "unknown_route": got("/boards/rainbow"),
    "unknown_counter": asked(type="call_next", counter="99"),
    "unknown_ticket": asked(type="cancel_ticket", ticket="nobody"),
    "unknown_service": asked("kiosk", "tor", type="issue_ticket", services=["rainbow"]),
    "unknown_zone": asked("supervisor", type="test_call", zone="keller"),
    "unknown_display": got("/boards/display/keller"),
    "unknown_device": asked("printer", "tor", type="report_print", job="none", state="sent"),
    "unknown_message": asked("supervisor", type="clear_message", message="none"),
    "unknown_appointment": asked("desk", type="cancel_appointment", appointment="none"),
    "unknown_webhook": posted("/webhooks/none/again"),
    "unknown_code": asked("kiosk", "tor", type="check_in", code="ABC234"),
    "method_not_allowed": deleted,
    "counter_closed": asked(type="call_next", counter="1"),
    "cannot_serve": asked(type="open_counter", counter="2", services=["kasse"]),
    "slot_invalid": asked("desk", type="book_appointment", services=["pass"], start="2026-03-17T07:00:00Z"),
    "lease_expired": asked(
        "kiosk",
        "tor",
        type="hand_in_tickets",
        lease="none",
        tickets=[{"number": "A1000", "service": "pass", "issued_at": "2026-03-17T07:00:00Z", "language": "de"}],
    ),
}
"""Caused in an office as it opens."""


@pytest.mark.parametrize("code", list(SIMPLE))
async def test_refused_as_the_office_opens(house: House, code: str) -> None:
    """One request is enough."""
    is_problem(await SIMPLE[code](house), code)


async def test_a_faulty_field_is_named(house: House) -> None:
    """`errors` lists field and reason."""
    body = is_problem(await house.press(type="call_next", counter=7), "invalid")

    assert [set(fault) for fault in body["errors"]] == [{"field", "reason"}]
    assert body["errors"][0]["field"] == "counter"


async def test_refused_for_what_the_counter_does(house: House) -> None:
    """The rules for counters, with the number that the counter holds."""
    ticket = await house.issue("pass")
    await house.open("1", "2", "3")
    is_problem(await house.press(type="start_service", counter="1"), "counter_idle")
    is_problem(await house.press(type="call_next", counter="1", age=15_001), "stale_press")
    await house.at("2", "pause_counter", reason="pause")
    is_problem(await house.press(type="call_next", counter="2"), "counter_paused")
    is_problem(await house.press("clerk", "3", type="call_next", counter="3", n=2), "counter_held")
    await house.next("1")
    busy = is_problem(await house.press(type="close_counter", counter="1"), "counter_busy")
    assert busy["number"] == ticket["number"]
    is_problem(await house.press(type="finish_service", counter="1"), "not_arrived")


async def test_refused_for_what_the_ticket_is(house: House) -> None:
    """The rules for tickets."""
    ticket, needy = await house.issue("pass"), await house.issue("pass", needs=["hearing_loop"])
    await house.open("1", "2")
    refused = await house.press(type="call_ticket", counter="2", ticket=needy["id"])
    is_problem(refused, "needs_not_met")
    until = house.clock.at(minutes=5)
    await house.did(type="transfer_ticket", ticket=needy["id"], not_before=until)
    assert (
        is_problem(await house.press(type="call_ticket", counter="1", ticket=needy["id"]), "not_yet")["until"] == until
    )
    await house.next("1")
    is_problem(await house.press(type="call_ticket", counter="2", ticket=ticket["id"]), "ticket_not_waiting")
    is_problem(await house.press(type="pause_ticket", ticket=ticket["id"]), "wrong_state")


async def test_refused_to_undo(house: House) -> None:
    """Never pressed, too late, changed since by somebody else."""

    async def undo(key: str) -> httpx.Response:
        headers = {"Idempotency-Key": house.key(), **await house.bearer("clerk")}
        answer: httpx.Response = await house.client.post(
            f"{house.path}/commands", json={"type": "undo", "key": key}, headers=headers
        )
        return answer

    await house.did(key="open", type="open_counter", counter="1")
    is_problem(await undo("never"), "nothing_to_undo")
    await house.did(type="pause_counter", counter="1")
    is_problem(await undo("open"), "overtaken")
    await house.did(key="late", type="open_counter", counter="2")
    house.clock.step(seconds=10.001)
    is_problem(await undo("late"), "too_late_to_undo")


async def test_refused_for_what_the_service_is(stand: Stand) -> None:
    """Closed, outside its hours, at its limit: each with `until`."""
    house = await stand('[[services]]\nid = "umzug"\n[services.hours]\nmon = ["08:00-12:00"]\n')
    until = house.clock.at(minutes=60)
    await house.did("supervisor", type="close_service", service="pass", reason="personal", until=until)
    await house.did("supervisor", type="limit_service", service="kasse", tickets=0)

    for service, code in (("pass", "service_closed"), ("umzug", "outside_hours"), ("kasse", "limit_reached")):
        body = is_problem(await house.press("kiosk", "tor", type="issue_ticket", services=[service]), code)
        assert body["until"]
        assert body["reason"]


async def test_refused_for_when_the_appointment_is(house: House) -> None:
    """Not today; too late to change."""
    book: dict[str, Any] = {"type": "book_appointment", "services": ["pass"]}
    later = (await house.did("desk", start=TOMORROW, **book))["result"]["appointment"]
    soon = (await house.did("desk", start=house.clock.at(minutes=30), **book))["result"]["appointment"]
    body = is_problem(await house.press("kiosk", "tor", type="check_in", code=later["code"]), "not_today")
    assert body["start"] == later["start"] == "2026-03-18T09:00:00.000Z"
    house.clock.step(minutes=31)
    is_problem(await house.press("desk", type="cancel_appointment", appointment=soon["id"]), "too_late_to_change")


async def test_no_picking(stand: Stand) -> None:
    """If the office calls only in order; a supervisor may pick."""
    house = await stand("[policy]\npicking = false\n")
    ticket = await house.issue("pass")
    await house.open("1")
    press = {"type": "call_ticket", "counter": "1", "ticket": ticket["id"]}

    is_problem(await house.press(**press), "picking_not_allowed")
    assert (await house.board("counter", "1"))["picking"] is False
    await house.did("supervisor", **press)


async def test_a_closed_day(house: House) -> None:
    """Only opening it is possible; its links have ended with it."""
    ticket = await house.issue("pass")
    await house.did("supervisor", type="close_day")

    is_problem(await house.press("desk", type="issue_ticket", services=["pass"]), "day_closed")
    is_problem(await house.press(type="open_counter", counter="1"), "day_closed")
    await house.did("supervisor", type="open_day")
    house.clock.step(hours=1)
    await house.issue("pass")
    is_problem(await house.client.get(f"/api/v1/tickets/{ticket['secret']}"), "link_expired")
    is_problem(await house.as_holder(ticket, "cancel_ticket"), "link_expired")


async def test_the_day_is_not_closed_over_somebody(house: House) -> None:
    """While anybody is called or served: `counter_busy`, unless forced."""
    await house.issue("pass")
    await house.open("1")
    await house.next("1")

    is_problem(await house.press("supervisor", type="close_day"), "counter_busy")
    forced = await house.did("supervisor", type="close_day", force=True)
    assert [event["type"] for event in forced["events"]] == ["ticket_expired", "day_closed"]


async def test_guesses_are_counted(house: House) -> None:
    """Unknown links are counted per address: `too_many` with Retry-After; a real link still works."""
    ticket = await house.issue("pass")
    for _ in range(100):
        answer = await house.client.get("/api/v1/tickets/amt.guess.guess")
        if answer.status_code != 404:
            break

    is_problem(answer, "too_many")
    assert int(answer.headers["retry-after"]) >= 1
    assert (await house.phone(ticket))["state"] == "waiting"


async def test_what_the_log_no_longer_keeps(house: House) -> None:
    """410 for entries before the cut, on a server that never saw them; entries that are kept can be read."""
    await house.did("supervisor", type="close_day")
    opened = (await house.did("supervisor", type="open_day"))["events"][-1]
    await MemoryLog(house.store).trim("amt", opened["seq"])
    late = await house.another_node()
    client, headers = house.nodes[late].client, await house.bearer("observer")

    is_problem(await client.get(f"{house.path}/events?after=0", headers=headers), "log_trimmed")
    kept = await client.get(f"{house.path}/events?after={opened['seq'] - 1}", headers=headers)
    assert [event["type"] for event in kept.json()["events"]] == ["day_opened"]


async def test_a_node_that_goes_down(house: House) -> None:
    """`stopping`: the same key may succeed on another node."""
    await house.nodes[0].desk.stop()

    is_problem(await house.press("desk", type="issue_ticket", services=["pass"]), "stopping")
