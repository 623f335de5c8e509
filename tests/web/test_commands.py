"""POST commands: keys, ages, and each way in which a request can be wrong, with its own code."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.messages.instants import DAY, rfc3339
from server.web.buckets import Buckets
from tests.web.conftest import House

COMMANDS = "/api/v1/offices/mitte/commands"
ISSUE: dict[str, Any] = {"type": "issue_ticket", "services": ["ausweis"]}


async def post(house: House, content: bytes, **headers: str) -> httpx.Response:
    bearer = await house.bearer("clerk")
    sent = {"Content-Type": "application/json", "Idempotency-Key": "k", **bearer, **headers}
    answer: httpx.Response = await house.client.post(COMMANDS, content=content, headers=sent)
    return answer


def problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code", "retry"} <= set(body)
    assert body["status"] == answer.status_code
    return body


async def test_an_answer_has_epoch_seq_events_result(house: House) -> None:
    answer = await house.press("desk", **ISSUE)

    body = answer.json()
    assert set(body) == {"epoch", "seq", "replayed", "events", "result"}
    event = body["events"][0]
    assert event["type"] == "ticket_issued"
    assert event["seq"] == body["seq"]
    assert event["by"] == "desk"
    assert {"office", "epoch", "seq", "mark", "v", "at", "key", "ticket", "number"} <= set(event)
    assert not {"who", "digest", "holder"} & set(event)
    assert event["at"].endswith("Z")
    assert body["result"]["ticket"]["secret"].startswith("mitte.")


async def test_the_same_key_is_one_press(house: House) -> None:
    headers = {**await house.bearer("desk"), "Idempotency-Key": "once"}
    first, again = [await house.client.post(COMMANDS, json=ISSUE, headers=headers) for _ in range(2)]
    other = await house.client.post(COMMANDS, json={**ISSUE, "services": ["meldung"]}, headers=headers)

    assert first.json()["result"] == again.json()["result"]
    assert [first.json()["replayed"], again.json()["replayed"]] == [False, True]
    assert (other.status_code, problem(other)["code"]) == (422, "key_reused")


async def test_a_database_that_is_away_is_told_and_the_press_may_be_repeated(house: House, tmp_path: Path) -> None:
    """The caller cannot be identified at the moment: 503 with `retry`, no fault; the same key counts later."""
    headers = {**await house.bearer("desk"), "Idempotency-Key": "once"}
    with contextlib.closing(sqlite3.connect(tmp_path / "aufruf.db", isolation_level=None)) as beside:
        beside.execute("ALTER TABLE tokens RENAME TO elsewhere")
        away = await house.client.post(COMMANDS, json=ISSUE, headers=headers)
        beside.execute("ALTER TABLE elsewhere RENAME TO tokens")
    back = await house.client.post(COMMANDS, json=ISSUE, headers=headers)

    assert (away.status_code, problem(away)["code"], problem(away)["retry"]) == (503, "store_unavailable", True)
    assert (back.status_code, back.json()["replayed"]) == (200, False)


async def test_a_refusal_says_what_and_whether_to_try_again(house: House) -> None:
    answer = await house.press("clerk", type="call_next", counter="1")

    body = problem(answer)
    assert (body["status"], body["code"], body["retry"]) == (409, "counter_closed", False)


@pytest.mark.parametrize("key", ["", "x" * 65, "mit leer"])
async def test_no_good_key(house: House, key: str) -> None:
    answer = await post(house, b'{"type":"open_day"}', **{"Idempotency-Key": key})
    assert (answer.status_code, problem(answer)["code"]) == (422, "key_missing")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b'{"type":"open_day"} x', 400, "malformed"),
        (b'{"type":"open_\xff\xfe"}', 400, "malformed"),
        (b'{"type":"\xc3"}', 400, "malformed"),
        (b"[" * 30_000, 400, "malformed"),
        (b'{"a":' * 10_000, 400, "malformed"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"7", 422, "invalid"),
        (b"{}", 422, "invalid"),
        (b'{"type":"unheard_of"}', 422, "invalid"),
        (b'{"type":"tick","kind":"x","id":"y","due":1}', 422, "invalid"),
    ],
)
async def test_what_is_no_command(house: House, content: bytes, status: int, code: str) -> None:
    answer = await post(house, content)
    assert (answer.status_code, problem(answer)["code"]) in ((status, code), (422, "invalid"))
    assert (await house.client.get("/health/live")).status_code == 200


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (b'{"type":"call_next"}', "counter"),
        (b'{"type":"call_next","counter":7}', "counter"),
        (b'{"type":"call_next","counter":""}', "counter"),
        (b'{"type":"call_next","counter":"1","colour":"red"}', "colour"),
        (b'{"type":"unheard_of"}', "type"),
        (b'{"type":"issue_ticket","services":["ausweis"],"persons":99}', "persons"),
        (b'{"type":"issue_ticket","services":["ausweis",3]}', "services[1]"),
        (b'{"type":"pause_counter","counter":"1","back_at":"soon"}', "back_at"),
        (b'{"type":"apply_moves","moves":[{"type":"open_service"}]}', "moves[0].service"),
    ],
)
async def test_a_faulty_field_is_named(house: House, command: bytes, field: str) -> None:
    answer = await post(house, command)

    body = problem(answer)
    assert (answer.status_code, body["code"]) == (422, "invalid")
    assert body["errors"][0]["field"] == field
    assert body["errors"][0]["reason"]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (b'{"type":"issue_ticket","services":["ausweis"],"services":["meldung"]}', "services"),
        (b'{"type":"issue_ticket","services":["ausweis"],"type":"issue_ticket"}', "type"),
        (b'{"type":"issue_ticket","services":["ausweis"],"persons":1,"p\\u0065rsons":2}', "persons"),
        (b'{"type":"apply_moves","moves":[{"type":"close_service","service":"kfz","service":"ausweis"}]}', "service"),
        (b'{"type":"post_message","text":{"de":"Hallo","de":"Tsch\\u00fcs"}}', "de"),
    ],
)
async def test_a_member_that_stands_twice_is_refused_by_its_name(house: House, command: bytes, name: str) -> None:
    """Of two values one reader takes the first, another one the last."""
    seq = house.desk.state.seq
    sent = {"Content-Type": "application/json", "Idempotency-Key": "k", **await house.bearer("supervisor")}
    answer = await house.client.post(COMMANDS, content=command, headers=sent)

    body = problem(answer)
    assert (answer.status_code, body["code"]) == (422, "invalid")
    assert body["errors"] == [{"field": name, "reason": "stands twice"}]
    assert house.desk.state.seq == seq


async def test_every_other_body_is_read_as_strictly(house: House) -> None:
    ticket = await house.ticket()
    office, clerk, supervisor = "/api/v1/offices/mitte", await house.bearer("clerk"), await house.bearer("supervisor")
    asked: list[tuple[str, str, dict[str, str], bytes]] = [
        ("PUT", f"{office}/tickets/{ticket['id']}/note", clerk, b'{"text":"eins","text":"zwei"}'),
        ("POST", f"{office}/what-if", supervisor, b'{"moves":[],"moves":[{"type":"open_service","service":"kfz"}]}'),
        ("POST", f"/api/v1/tickets/{ticket['secret']}/commands", {}, b'{"type":"pause_ticket","type":"cancel_ticket"}'),
    ]
    for method, path, who, content in asked:
        sent = {"Content-Type": "application/json", "Idempotency-Key": "k", **who}
        answer = await house.client.request(method, path, content=content, headers=sent)

        assert problem(answer)["errors"][0]["reason"] == "stands twice", path


async def test_deep_json_in_a_field_that_nobody_knows(house: House) -> None:
    answer = await post(house, b'{"type":"open_day","x":' + b"[" * 20_000 + b"]" * 20_000 + b"}")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("age", ["-1", "soon", "1.5", "9" * 20])
async def test_an_age_is_whole_milliseconds(house: House, age: str) -> None:
    answer = await post(house, b'{"type":"open_day"}', **{"Age-Ms": age})
    assert (answer.status_code, problem(answer)["errors"][0]["field"]) == (422, "Age-Ms")


async def test_a_stale_press(house: House) -> None:
    await house.press("clerk", type="open_counter", counter="1")
    answer = await post(house, b'{"type":"call_next","counter":"1"}', **{"Age-Ms": "15001"})
    assert problem(answer)["code"] == "stale_press"


async def test_only_json(house: House) -> None:
    answer = await post(house, b"type=open_day", **{"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, problem(answer)["code"]) == (415, "not_json")


async def test_a_body_over_64_kib(house: House) -> None:
    """Whether its length is announced or not."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 4096

    announced = await post(house, b"x" * (64 * 1024 + 1))
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k", **await house.bearer("clerk")}
    streamed = await house.client.post(COMMANDS, content=endless(), headers=headers)

    for answer in (announced, streamed):
        assert (answer.status_code, problem(answer)["code"]) == (413, "too_large")


async def test_a_principal_may_press_hundreds_of_times_a_second(house: House) -> None:
    for _ in range(10):
        answers = await asyncio.gather(*(house.press("clerk", type="open_counter", counter="1") for _ in range(50)))
        assert {answer.status_code for answer in answers} == {200}


async def test_a_flood_is_told_when_to_come_back(house: House) -> None:
    house.site.limits.commands._others = Buckets(house.site.clock, rate=0.01, burst=2)
    for _ in range(2):
        await house.press("clerk", type="open_counter", counter="1")

    answer = await house.press("clerk", type="open_counter", counter="1")

    body = problem(answer)
    assert (body["status"], body["code"], body["retry"]) == (429, "too_many", True)
    assert int(answer.headers["retry-after"]) >= 1


async def test_without_the_store_a_press_may_be_tried_again(house: House) -> None:
    house.store.go_away()
    answer = await house.press("desk", **ISSUE)

    body = problem(answer)
    assert (body["status"], body["code"], body["retry"]) == (503, "store_unavailable", True)
    assert answer.headers["retry-after"]
    ready = await house.client.get("/health/ready")
    assert ready.status_code == 503
    assert "mitte" in ready.json()["missing"]
    events = await house.client.get("/api/v1/offices/mitte/events", headers=await house.bearer("observer"))
    assert (events.status_code, events.json()["code"]) == (503, "store_unavailable")
    shown = await house.client.get("/api/v1/offices/mitte/boards/display/hall")
    assert shown.status_code == 200
    house.store.come_back()


async def test_who_only_watches_reads_no_code_of_an_appointment(house: House) -> None:
    """Neither in the answer to a booking, nor on the day that carries it on."""
    start = rfc3339(house.site.clock.now_ms() + 3 * DAY)
    booked = await house.press("desk", type="book_appointment", services=["ausweis"], start=start)
    assert booked.status_code == 200, booked.text
    code = booked.json()["result"]["appointment"]["code"]
    for kind in ("close_day", "open_day"):
        assert (await house.press("supervisor", type=kind)).status_code == 200
    told = {
        role: (await house.client.get("/api/v1/offices/mitte/events", headers=await house.bearer(role))).text
        for role in ("supervisor", "observer")
    }

    assert told["supervisor"].count(code) >= 2
    assert "appointment_booked" in told["observer"]
    assert code not in told["observer"]


async def test_events_page_by_page(house: House) -> None:
    for _ in range(3):
        await house.ticket()
    headers = await house.bearer("observer")
    path = "/api/v1/offices/mitte/events"

    every = (await house.client.get(path, headers=headers)).json()
    assert [event["seq"] for event in every["events"]] == list(range(1, len(every["events"]) + 1))
    some = (await house.client.get(f"{path}?after=2&limit=2", headers=headers)).json()
    assert [event["seq"] for event in some["events"]] == [3, 4]
    none = (await house.client.get(f"{path}?after=99999", headers=headers)).json()
    assert none == {"epoch": every["epoch"], "events": []}
    for query in ("after=-1", "after=x", "limit=1001", "limit=1e3"):
        assert problem(await house.client.get(f"{path}?{query}", headers=headers))["code"] == "invalid"


async def test_what_is_not_there(house: House) -> None:
    for method, path, status, code in (
        ("GET", "/api/v1/offices/nowhere", 404, "unknown_office"),
        ("POST", "/api/v1/offices/nowhere/commands", 404, "unknown_office"),
        ("GET", "/api/v1/nothing", 404, "unknown_route"),
        ("GET", "/api/v1/offices/mitte/boards/pairing/x", 404, "unknown_route"),
        ("GET", "/api/v1/offices/mitte/boards/unheard", 404, "unknown_route"),
        ("DELETE", "/api/v1/offices", 405, "method_not_allowed"),
        ("PUT", "/api/v1/offices/mitte/commands", 405, "method_not_allowed"),
        ("PATCH", "/", 405, "method_not_allowed"),
    ):
        answer = await house.client.request(method, path)
        assert (answer.status_code, problem(answer)["code"]) == (status, code), path
    assert (await house.client.request("DELETE", "/api/v1/offices")).headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("at", ["soon", "2026-11-23", "2026-11-23T09:00:00", "1764000000000"])
async def test_an_instant_of_the_press_has_its_zone(house: House, at: str) -> None:
    answer = await post(house, b'{"type":"open_day"}', **{"Pressed-At": at})
    assert (answer.status_code, problem(answer)["errors"][0]["field"]) == (422, "Pressed-At")


async def test_a_press_by_the_servers_clock(house: House) -> None:
    """How old a press is that waited at a node that slept: only its own instant, by the server's clock, shows it."""
    await house.press("clerk", type="open_counter", counter="1")
    answer = await post(house, b'{"type":"call_next","counter":"1"}', **{"Pressed-At": "2020-01-01T00:00:00Z"})
    assert problem(answer)["code"] == "stale_press"
