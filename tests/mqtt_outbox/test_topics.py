"""Which topic says what, without a broker: the last call of a zone, and what a button may say."""

from typing import Any

import msgspec
import pytest

from mqtt_outbox.topics import LastCalls, Pushed, WrongPress, pushed, told

COUNTERS = [
    {"id": "1", "zone": "hall", "state": "open", "current": None},
    {"id": "2", "zone": "hall", "state": "paused", "current": None},
    {"id": "9", "zone": "floor", "state": "closed", "current": None},
]


def board(*tickets: dict[str, Any], day: str | None = "2026-11-23", **changes: Any) -> dict[str, Any]:
    plain = {"open": True, "waiting_total": 3, "services": [{"id": "ausweis", "waiting": 3}], "counters": COUNTERS}
    return {**plain, "tickets": [*tickets], "day": day, **changes}


def held(number: str, counter: str, at: str, state: str = "called") -> dict[str, Any]:
    return {"number": number, "counter": counter, "since": f"2026-11-23T{at}:00.000Z", "state": state}


def number(calls: dict[str, bytes], zone: str) -> str | None:
    return msgspec.json.decode(calls[zone])["number"] if calls[zone] else None


def test_a_counter_has_one_word_and_one_number() -> None:
    busy = [{**COUNTERS[0], "current": "A007", "current_state": "serving"}, *COUNTERS[1:]]
    said = told(board(counters=busy), {"hall": b"", "floor": b""})

    assert {topic: text.decode() for topic, text in said.items()} == {
        "open": "yes",
        "waiting": "3",
        "service/ausweis/waiting": "3",
        "counter/1/state": "serving",
        "counter/1/number": "A007",
        "counter/2/state": "paused",
        "counter/2/number": "-",
        "counter/9/state": "closed",
        "counter/9/number": "-",
        "zone/hall/call": "",
        "zone/floor/call": "",
    }
    assert told(board(), {})["counter/1/state"] == b"free"
    assert told(board(open=False), {})["open"] == b"no"


def test_the_last_call_of_a_zone_outlives_the_ticket() -> None:
    calls = LastCalls()
    seen = [
        calls.note("e", board()),
        calls.note("e", board(held("A001", "1", "09:00"), held("B001", "9", "09:01"))),
        calls.note("e", board(held("A002", "2", "09:05"), held("A001", "1", "09:00", "serving"))),
        calls.note("e", board(held("A003", "1", "09:02", "missed"), {"number": "A009", "state": "waiting"})),
    ]

    assert [number(one, "hall") for one in seen] == [None, "A001", "A002", "A002"]
    assert [number(one, "floor") for one in seen] == [None, "B001", "B001", "B001"]


@pytest.mark.parametrize(("epoch", "day"), [("another", "2026-11-23"), ("e", "2026-11-24"), ("e", None)])
def test_another_day_or_lost_entries_forget_it(epoch: str, day: str | None) -> None:
    calls = LastCalls()
    calls.note("e", board(held("A001", "1", "09:00")))

    assert calls.note(epoch, board(day=day)) == {"hall": b"", "floor": b""}


@pytest.mark.parametrize(
    ("payload", "wanted"),
    [
        (b"next", Pushed("3", "next")),
        (b" finish-next\n", Pushed("3", "finish-next")),
        (b'{"press": "arrived"}', Pushed("3", "arrived")),
        (b'{"press": "next", "key": "button-3-0815"}', Pushed("3", "next", "button-3-0815")),
    ],
)
def test_a_button_says_a_word_or_json(payload: bytes, wanted: Pushed) -> None:
    assert pushed("aufruf/mitte", "aufruf/mitte/counter/3/press", payload) == wanted


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"", "must be a word"),
        (None, "must be a word"),
        (b"next" * 1_000, "must be a word"),
        (b"open_counter", "'open_counter' is no press; say next, arrived"),
        (b"\xff", "is no press"),
        (b"{next", "is no press"),
        (b"{}", "is no press"),
        (b'{"press": ["next"]}', "is no press"),
        (b'{"press": "next", "key": ""}', "key of a press"),
        (b'{"press": "next", "key": "two words"}', "key of a press"),
        (b'{"press": "next", "key": 7}', "key of a press"),
    ],
)
def test_anything_else_is_no_press(payload: bytes | None, why: str) -> None:
    with pytest.raises(WrongPress, match=why):
        pushed("aufruf/mitte", "aufruf/mitte/counter/3/press", payload)
