"""Alerts do not flicker: they begin and end only when their condition has, or has not, held for a while."""

from __future__ import annotations

from server.letters.standing import STEADY_S, Began, Ended, Standing
from server.messages.boards import ALERTS
from server.messages.instants import MINUTE, SECOND
from server.office.boards.alerts import Condition

LINE = Condition("no_counter", "pass", people=3)
FULL = {LINE.id: LINE}


def test_an_alert_begins_once_when_its_condition_has_held_and_ends_once_when_it_has_not() -> None:
    standing = Standing()
    turns = [standing.look(FULL, at * SECOND) for at in range(0, 120, 2)]
    began = [(2 * n, one) for n, turn in enumerate(turns) for one in turn]
    assert began == [(60, Began(LINE, 0))]
    assert [one.id for one in standing.alerts()] == ["no_counter:pass"]

    turns = [standing.look({}, at * SECOND) for at in range(120, 240, 2)]
    ended = [(120 + 2 * n, one) for n, turn in enumerate(turns) for one in turn]
    assert ended == [(180, Ended(LINE, 0, 120 * SECOND))]
    assert standing.alerts() == ()


def test_a_condition_that_comes_and_goes_begins_nothing_and_ends_nothing() -> None:
    standing = Standing()
    for at in range(0, 600, 2):
        assert standing.look(FULL if at % 40 else {}, at * SECOND) == []
    standing.resume([Began(LINE, 5)])
    for at in range(600, 1200, 2):
        assert standing.look({} if at % 40 else FULL, at * SECOND) == []
    assert standing.ids == {"no_counter:pass"}


def test_what_was_told_before_a_restart_stands_since_then_and_is_no_news() -> None:
    standing = Standing()
    standing.resume([Began(LINE, 7)])
    more = Condition("no_counter", "pass", people=9)

    assert standing.look({more.id: more}, MINUTE * 5) == []
    assert standing.began() == [Began(more, 7)]
    assert standing.look({}, MINUTE * 6) == []
    assert standing.look({}, MINUTE * 7) == [Ended(more, 7, MINUTE * 6)]


def test_every_alert_says_how_long_it_must_hold() -> None:
    assert set(STEADY_S) == set(ALERTS)
