"""When a screen seen from outside is right: it shows what was true a moment ago, also while time removes calls."""

from typing import Any

import pytest

from tests.crash.walls import fading

pytestmark = pytest.mark.calm


def board(*calls: str, waiting: int = 3) -> dict[str, Any]:
    return {"calls": [{"number": one} for one in calls], "waiting": waiting}


@pytest.mark.parametrize(
    ("shown", "truths", "right"),
    [
        (board("C", "B"), [board("C", "B", "A"), board("C")], True),
        (board("C"), [board("C", "B", "A"), board("C")], True),
        (board("C", "B", "A", "0"), [board("C", "B", "A"), board("C")], False),
        (board("B"), [board("C", "B", "A"), board("C")], False),
        (board("C", "A"), [board("C", "B", "A"), board("C")], False),
        (board("C", "B", waiting=4), [board("C", "B", "A"), board("C")], False),
        (board("C"), [], False),
        (None, [board("C")], False),
    ],
)
def test_only_the_older_calls_may_be_gone(
    shown: dict[str, Any] | None, truths: list[dict[str, Any] | None], right: bool
) -> None:
    assert fading(shown, truths) is right
