"""Safety of data: promises 39 to 41 and 47, seen from outside."""

from collections.abc import Iterator
from typing import Any, get_args

import httpx
import msgspec
import pytest
from sqlalchemy import select

from server.history.tables import calls, entries, visits
from server.messages.terms import Role
from tests.contract.conftest import HistoryOf
from tests.contract.forecasts import Waiting
from tests.contract.house import House, Stand

TYPED = ("erika@example.org", "0171 2345678", "Erika Mustermann", "Hauptstraße 7")
"""What somebody might type, in every place where they can type."""
NAMES = ("Erika", "Vorgesetzt", "Muster")
"""Names of accounts and tokens."""


async def test_a_stranger_gets_nothing_but_a_reason(house: House) -> None:
    """39. No token, a wrong token, a token of another office."""
    url, body = f"{house.path}/commands", {"type": "call_next", "counter": "1"}
    stranger = await house.client.post(url, json=body, headers={"Idempotency-Key": "k"})
    wrong = {"Authorization": "Bearer aufruf_" + "a" * 43, "Idempotency-Key": "k"}
    elsewhere = await house.token("clerk", offices=("anderswo",))
    foreign = {"Authorization": f"Bearer {elsewhere}", "Idempotency-Key": "k"}

    assert (stranger.status_code, stranger.json()["code"]) == (401, "not_signed_in")
    assert (await house.client.post(url, json=body, headers=wrong)).json()["code"] == "not_signed_in"
    assert (await house.client.post(url, json=body, headers=foreign)).json()["code"] == "not_allowed"
    assert stranger.headers["content-type"].startswith("application/problem+json")


async def test_a_token_for_one_counter_presses_there_only(house: House) -> None:
    """39. Another counter, and a ticket that another counter holds."""
    ticket = await house.issue("pass")
    await house.open("1", "2")
    await house.next("1")

    await house.refused("not_yours", "clerk", "2", type="call_next", counter="1")
    await house.refused("not_yours", "clerk", "2", type="transfer_ticket", ticket=ticket["id"], to_service="umzug")
    await house.refused("not_yours", "kiosk", "stumm", type="issue_ticket", services=["pass"], kiosk="tor")
    await house.refused("not_yours", "kiosk", "stumm", type="print_ticket", ticket=ticket["id"], printer="tor")


async def test_a_link_is_for_its_own_ticket(house: House) -> None:
    """39. Another ticket with one's own link, a guessed link, a link with one letter changed."""
    mine, other = await house.issue("pass"), await house.issue("pass")

    foreign = await house.as_holder({**mine, "id": other["id"]}, "cancel_ticket")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_yours")
    more = await house.as_holder(mine, "set_needs", needs=["step_free"])
    assert (more.status_code, more.json()["code"]) == (403, "not_allowed")
    office, _, mac = mine["secret"].split(".")
    for guess in (f"{office}.{other['id']}.{mac}", mine["secret"][:-1], "x", f"{mine['secret']}%00"):
        answer = await house.client.get(f"/api/v1/tickets/{guess}")
        assert answer.status_code == 404, guess
    assert (await house.phone(other))["state"] == "waiting"


TABLE: dict[str, list[dict[str, Any]]] = {
    "kiosk desk clerk": [
        {"type": "issue_ticket", "services": ["pass"]},
        {"type": "return_ticket", "ticket": "T"},
        {"type": "pause_ticket", "ticket": "T"},
        {"type": "check_in", "code": "C"},
    ],
    "printer": [{"type": "report_print", "job": "J", "state": "sent"}],
    "printer kiosk": [
        {"type": "lease_numbers", "services": ["pass"], "count": 5},
        {
            "type": "hand_in_tickets",
            "lease": "L",
            "tickets": [{"number": "A1000", "service": "pass", "issued_at": "2026-03-17T08:00:00Z", "language": "de"}],
        },
    ],
    "desk clerk": [
        {"type": "cancel_ticket", "ticket": "T"},
        {"type": "set_services", "ticket": "T", "services": ["umzug"]},
        {"type": "set_category", "ticket": "T", "category": "priority"},
        {"type": "set_needs", "ticket": "T", "needs": []},
        {"type": "raise_alarm"},
        {"type": "accept_alarm"},
        {"type": "end_alarm"},
        {"type": "accept_help", "help": "H"},
    ],
    "desk clerk booking": [
        {"type": "hold_slot", "services": ["pass"], "start": "2026-03-18T09:00:00Z"},
        {"type": "book_appointment", "services": ["pass"], "start": "2026-03-18T09:00:00Z"},
        {"type": "move_appointment", "appointment": "P", "start": "2026-03-18T10:00:00Z"},
        {"type": "cancel_appointment", "appointment": "P"},
    ],
    "clerk": [
        {"type": "serve_direct", "counter": "1", "services": ["pass"]},
        {"type": "open_counter", "counter": "1"},
        {"type": "take_over_counter", "counter": "1"},
        {"type": "close_counter", "counter": "1"},
        {"type": "pause_counter", "counter": "1"},
        {"type": "begin_wrap_up", "counter": "1"},
        {"type": "resume_counter", "counter": "1"},
        {"type": "call_ticket", "counter": "1", "ticket": "T"},
        {"type": "transfer_ticket", "ticket": "T", "to_service": "umzug"},
        {"type": "send_to_station", "counter": "1", "station": "foto"},
        {"type": "park_ticket", "counter": "1"},
        {"type": "resume_ticket", "counter": "1", "ticket": "T"},
        {"type": "undo", "key": "k"},
    ],
    "clerk station": [
        {"type": "call_next", "counter": "foto"},
        {"type": "repeat_call", "counter": "foto"},
        {"type": "withdraw_call", "counter": "foto"},
        {"type": "start_service", "counter": "foto"},
        {"type": "mark_missed", "counter": "foto"},
        {"type": "finish_service", "counter": "foto"},
    ],
    "supervisor": [
        {"type": "boost_ticket", "ticket": "T", "minutes": 5},
        {"type": "boost_service", "service": "pass", "minutes": 5},
        {"type": "move_tickets", "tickets": ["T"], "to_service": "umzug"},
        {"type": "assign_counter", "counter": "1", "services": ["pass"]},
        {"type": "open_service", "service": "pass"},
        {"type": "close_service", "service": "pass"},
        {"type": "limit_service", "service": "pass", "tickets": None},
        {"type": "apply_moves", "moves": [{"type": "open_service", "service": "pass"}]},
        {"type": "revert_moves", "key": "k"},
        {"type": "start_situation", "situation": "evacuation"},
        {"type": "set_rule", "rule": "car", "on": True},
        {"type": "set_policy", "preset": "plain"},
        {"type": "call_helper", "helper": "lotse"},
        {"type": "post_message", "text": {"de": "Guten Tag"}},
        {"type": "test_call", "zone": "halle"},
        {"type": "set_roster", "weekday": "mon", "duty": [{"counter": "1", "from": "08:00", "to": "12:00"}]},
        {"type": "open_day"},
        {"type": "close_day"},
    ],
    "supervisor station": [{"type": "silence_zone", "zone": "halle"}, {"type": "end_silence", "zone": "halle"}],
    "kiosk station desk": [{"type": "request_help", "kiosk": "tor"}],
}
"""Section 3 of the contract: the lowest roles that may ask; words in capitals stand for things that the test makes."""
DEVICE = {"display": "halle", "announcer": "halle", "printer": "tor", "kiosk": "tor", "station": "foto"}
ROLES = [role for role in get_args(Role) if role not in ("admin", "holder", "door", "system")]


async def test_every_command_is_refused_to_whom_it_is_not_for(house: House) -> None:
    """39. Every command × every other role: `not_allowed`, and nothing happens."""
    known = await everything_named(house)
    before = await house.events()

    for allowed, commands in TABLE.items():
        lowest = set(allowed.split())
        may = lowest | ({"clerk", "supervisor"} if "desk" in lowest else set())
        may |= {"supervisor"} if "clerk" in lowest else set()
        for role in (role for role in ROLES if role not in may):
            for command in commands:
                body = {name: known.get(str(value), value) for name, value in command.items()}
                body |= {"tickets": [known["T"]]} if command.get("tickets") == ["T"] else {}
                answer = await house.client.post(
                    f"{house.path}/commands",
                    json=body,
                    headers={**await house.bearer(role, DEVICE.get(role)), "Idempotency-Key": "k"},
                )
                assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), (role, command)

    assert await house.events() == before


async def everything_named(house: House) -> dict[str, str]:
    """A ticket, a print job, an appointment with its code, a lease, a call for help."""
    issued = await house.did("kiosk", "tor", type="issue_ticket", services=["pass"])
    start = "2026-03-17T12:00:00Z"
    booked = (await house.did("desk", type="book_appointment", services=["pass"], start=start))["result"]
    lease = await house.did("kiosk", "tor", type="lease_numbers", services=["pass"], count=5)
    return {
        "T": issued["result"]["ticket"]["id"],
        "J": issued["events"][1]["job"],
        "C": booked["appointment"]["code"],
        "P": booked["appointment"]["id"],
        "L": lease["result"]["lease"],
        "H": (await house.did("kiosk", "tor", type="request_help"))["result"]["help"],
    }


BOARDS = (
    ("display", "halle"),
    ("display", "beide"),
    ("display", "oben"),
    ("counter", "1"),
    ("counter", "2"),
    ("counter", "3"),
    ("supervisor", ""),
    ("desk", ""),
    ("announcer", "halle"),
    ("announcer", "oben"),
    ("printer", "tor"),
    ("kiosk", "tor"),
    ("kiosk", "stumm"),
    ("station", "foto"),
)


async def test_nobody_is_named_anywhere(house: House, history: HistoryOf) -> None:
    """40. No board, ticket, event, history row or log entry contains a name, an address or a phone number."""
    browser = await house.signed_in("Erika Mustermann")
    boss = await house.signed_in("Volker Vorgesetzt", "supervisor")
    ticket = await a_day_with_names(house, browser, boss)

    shown: dict[str, str] = {f"{kind} {id}": str(await house.board(kind, id, "observer")) for kind, id in BOARDS}
    shown["ticket"] = str(await house.phone(ticket))
    shown["page"] = (await house.client.get(f"/t/{ticket['secret']}")).text
    shown["events"] = str(await house.events())
    async with history(house) as historian:
        await historian.catch_up("amt")
    async with house.engine.connect() as connection:
        for table in (entries, visits, calls):
            shown[table.name] = str((await connection.execute(select(table))).all())
    log = b"\n".join(row.body for row in house.store.rows["amt"]).decode()
    inside = {name for row in house.store.rows["amt"] for name in of_the_log_only(msgspec.json.decode(row.body))}

    assert any(name.startswith("signin:") for name in inside)
    for where, text in shown.items():
        for name in inside:
            assert name not in text, f"{where} shows {name}"
    shown["log"] = log
    for where, text in shown.items():
        assert not any(token in text for token in house.tokens.values()), where
        assert ticket["secret"].split(".")[2] not in text or where in ("page", "printer tor"), where
        assert [named for named in (*TYPED, *NAMES, "127.0.0.1") if named in text] == [], where
    assert TYPED[0] in str(await house.board("counter", "1", "clerk")), (
        "the note is for colleagues, and for nobody else"
    )


async def a_day_with_names(house: House, browser: httpx.AsyncClient, boss: httpx.AsyncClient) -> dict[str, Any]:
    """Everybody does something, and types such texts wherever they can."""
    ticket: dict[str, Any] = await house.issue("pass", role="kiosk", kiosk="tor", language="tr", needs=["step_free"])
    for step in ("open_counter", "call_next", "start_service"):
        assert (await house.press(browser=browser, counter="1", type=step)).status_code == 200
    note = f"{house.path}/tickets/{ticket['id']}/note"
    assert (await browser.put(note, json={"text": ", ".join(TYPED)})).status_code == 200
    await house.did(browser=boss, type="assign_counter", counter="2", services=["umzug"], reason="personal")
    for typed in TYPED:
        for command in typed_into(typed, ticket):
            await house.press("supervisor", **command)
        await house.client.get(f"/api/v1/tickets/{typed}")
    await house.client.post("/sign-in", data={"account": TYPED[0], "password": TYPED[1]})
    return ticket


def typed_into(typed: str, ticket: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every field of a command that takes a text."""
    start = "2026-03-18T09:00:00Z"
    yield {"type": "pause_counter", "counter": "1", "reason": typed}
    yield {"type": "cancel_ticket", "ticket": ticket["id"], "reason": typed}
    yield {"type": "close_service", "service": "umzug", "reason": typed}
    yield {"type": "assign_counter", "counter": "2", "services": ["umzug"], "reason": typed}
    yield {"type": "issue_ticket", "services": ["pass"], "language": typed}
    yield {"type": "issue_ticket", "services": ["pass"], "name": typed}
    yield {"type": "book_appointment", "services": ["pass"], "start": start, "reference": typed}
    yield {"type": "check_in", "code": typed}
    yield {"type": "set_roster", "date": typed, "duty": []}
    yield {"type": "set_roster", "weekday": "mon", "duty": [{"counter": typed, "from": "08:00", "to": "12:00"}]}
    yield {
        "type": "set_roster",
        "weekday": "mon",
        "duty": [{"counter": "1", "from": typed, "to": typed, "kind": typed}],
    }
    yield {"type": "post_message", "text": {typed: "Guten Tag"}}
    yield {"type": "call_helper", "helper": typed}
    yield {"type": "start_situation", "situation": typed}
    yield {"type": "set_policy", "preset": typed}


def of_the_log_only(event: Any) -> Iterator[str]:
    """Who made a press and who holds a counter is kept in the log for undo, and shown nowhere."""
    if isinstance(event, dict):
        for name, value in event.items():
            if name in ("who", "holder") and isinstance(value, str) and value not in ("system", ""):
                yield value
            yield from of_the_log_only(value)
    elif isinstance(event, list):
        for value in event:
            yield from of_the_log_only(value)


def honest(expected: Any) -> bool:
    """Null, or minutes in order, none of them negative."""
    if expected is None:
        return True
    good = set(expected) == {"low", "median", "high", "at", "learning"}
    return good and 0 <= expected["low"] <= expected["median"] <= expected["high"]


@pytest.mark.parametrize("minutes", [10, 480])
@pytest.mark.parametrize("counters", [0, 1])
async def test_the_expected_wait_is_honest(stand: Stand, minutes: int, counters: int) -> None:
    """41. No history, no open counter, a service longer than the day: a true range if a counter is open, never 0 for a full
    room, else null."""
    forecast = Waiting()
    toml = f'[[services]]\nid = "pass"\nminutes = {minutes}\n'
    house = await stand(toml, promise=forecast.promise, waits=lambda: forecast.waits)
    if counters:
        await house.open("1")
    for _ in range(11):
        await house.issue("pass")
    await forecast.look(house)
    last = await house.issue("pass")
    await forecast.look(house)

    waits = (await house.client.get(f"{house.path}/waits")).json()
    said = [
        last["expected"],
        (await house.phone(last))["expected"],
        (await house.board("display", "halle"))["waiting"][0]["expected"],
        (await house.board("kiosk", "tor"))["services"][0]["expected"],
        (await house.board("supervisor"))["services"][0]["expected"],
        waits["services"][0]["expected"],
    ]

    assert all(honest(one) for one in said)
    assert [one is None for one in said] == [not counters] * len(said)
    plain = (await house.client.get(f"/display/{house.path.rsplit('/')[-1]}/halle/plain")).text
    assert ("lernt noch" in plain) == bool(counters)
    assert all(one is None or one["low"] >= 50 for one in said), "eleven wait before the twelfth, at one counter"


async def test_nobody_waits_is_never_older_than_the_log(stand: Stand) -> None:
    """47. A ticket acknowledged on one server can be called on the other at once, a hundred times."""
    house = await stand('[policy]\narrival = "assumed"\n', nodes=2)
    await house.open("1", "2")

    for turn in range(100):
        here, there = turn % 2, 1 - turn % 2
        ticket = await house.did("desk", node=here, type="issue_ticket", services=["pass"])
        called = await house.did(node=there, type="call_next", counter=str(1 + turn % 2), finish_current=True)

        assert called["result"]["ticket"]["number"] == ticket["result"]["ticket"]["number"]
