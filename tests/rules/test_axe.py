"""What axe finds counts: its faults, texts that are too faint where it cannot tell, and whatever nobody has looked at."""

from typing import Any

import pytest

from tests import axe
from tests.axe import LookedAt, judged

NODE = {"html": '<p class="way">links</p>', "target": ["p.way"], "failureSummary": "mend it"}
URL = "http://127.0.0.1:8080/display/mitte/hall?lang=de"


def found(**kinds: Any) -> dict[str, Any]:
    return {"violations": [], "incomplete": [], **kinds}


def rule(id: str) -> dict[str, Any]:
    return {"id": id, "nodes": [NODE]}


def text(ratio: float, *, large: bool = False) -> dict[str, Any]:
    return {"html": NODE["html"], "ratio": ratio, "large": large, "colours": "rgb(1, 2, 3) on rgb(4, 5, 6)"}


def test_a_fault_of_axe_is_one() -> None:
    assert judged(URL, found(violations=[rule("label")]), []) == [
        '/display/mitte/hall label: <p class="way">links</p> mend it'
    ]


@pytest.mark.parametrize(
    ("measured", "good"),
    [
        (text(4.5), True),
        (text(4.4), False),
        (text(3.0, large=True), True),
        (text(2.9, large=True), False),
        (None, False),
    ],
)
def test_a_contrast_that_axe_cannot_tell_is_measured(measured: dict[str, Any] | None, good: bool) -> None:
    assert (judged(URL, found(incomplete=[rule("color-contrast")]), [measured]) == []) is good


@pytest.mark.parametrize(
    ("known", "good"),
    [
        (LookedAt("region", "/display", 'class="way"', "why"), True),
        (LookedAt("region", "/kiosk", 'class="way"', "another page"), False),
        (LookedAt("label", "/display", 'class="way"', "another rule"), False),
        (LookedAt("region", "/display", 'class="number"', "another element"), False),
    ],
)
def test_what_axe_cannot_tell_is_a_fault_until_somebody_looked(
    monkeypatch: pytest.MonkeyPatch, known: LookedAt, good: bool
) -> None:
    finding = found(incomplete=[rule("region")])
    assert "cannot be told" in judged(URL, finding, [])[0]

    monkeypatch.setattr(axe, "LOOKED_AT", (known,))
    assert (judged(URL, finding, []) == []) is good


def test_everything_looked_at_has_a_reason() -> None:
    assert [one for one in axe.LOOKED_AT if len(one.why) < 20] == []
