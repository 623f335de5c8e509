"""The code that judges these tests, on made-up logs: it finds every fault that it must find."""

from typing import Any

import pytest

from tests.crash.evidence import Record, judge

pytestmark = pytest.mark.calm


def event(seq: int, key: str, type: str = "ticket_issued", **more: Any) -> dict[str, Any]:
    return {"seq": seq, "mark": f"m{seq}", "by": "desk", "key": key, "type": type, "epoch": "e", **more}


def issued(seq: int, key: str, number: str) -> dict[str, Any]:
    return event(seq, key, number=number, ticket=f"t{seq}")


def record_of(*events: dict[str, Any]) -> Record:
    record = Record()
    for one in events:
        record.heard(one["key"], {"replayed": False, "events": [one]})
    return record


def test_a_log_that_holds_everything_once_is_clean() -> None:
    log = [issued(1, "a", "A001"), issued(2, "b", "A002")]

    assert judge(record_of(*log), log).clean


def test_what_was_acknowledged_and_is_not_there_is_lost() -> None:
    first, second = issued(1, "a", "A001"), issued(2, "b", "A002")

    verdict = judge(record_of(first, second), [first])

    assert (len(verdict.lost), verdict.clean) == (1, False)


def test_what_a_fork_lists_is_listed_and_once_only() -> None:
    """Two events with the same words were acknowledged, and the fork lists one of them: the other is lost silently."""
    kept = issued(1, "a", "A001")
    fork = event(2, "fork", "epoch_changed", reason="fork", lost=["ticket_issued A002", "counter_opened 3"])
    opened = event(4, "d", "counter_opened", counter="3")
    record = record_of(kept, issued(2, "b", "A002"), issued(3, "c", "A002"), opened)

    verdict = judge(record, [kept, fork])

    assert (len(verdict.listed), len(verdict.lost), verdict.clean) == (2, 1, False)


def test_a_press_done_twice_a_person_twice_and_a_gap_are_found() -> None:
    called = [event(seq, f"c{seq}", "ticket_called", number="A001", ticket="t", counter=str(seq)) for seq in (2, 3)]
    log = [issued(1, "a", "A001"), *called, issued(5, "a", "A002")]

    verdict = judge(Record(), log)

    assert len(verdict.doubled) == 2
    assert verdict.gaps == ["4 holds 5"]
