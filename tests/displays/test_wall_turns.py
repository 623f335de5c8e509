"""More calls than lines: each is shown for at least 8 s in its first minute, measured in the page by the page's clock."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from tests.displays.boards import Boards, rfc3339
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import hears

pytestmark = pytest.mark.browser

# Plays calls against turns.js in simulated time and adds up how long each was on the wall in its first minute.
PLAY = """async ({arrivals, lines, until}) => {
  const { Turns, identity } = await import('/static/displays/turns.js');
  const turns = new Turns();
  const all = arrivals.map((at, i) => ({number: `A${100 + i}`, counter: {id: '1'}, called_at: at, attempt: 1, at}));
  const FRESH = 15000;
  const seen = Object.fromEntries(all.map((call) => [call.number, 0]));
  const boards = [...arrivals, ...arrivals.map((at) => at + FRESH)];  // when a board comes
  const missing = [];  // the newest, when it was fresh and not shown
  let [most, turns_taken] = [0, 0];
  let now = 0;
  while (now < until) {
    const board = all.filter((call) => call.at <= now).map((call) => ({...call, fresh: now - call.at < FRESH})).reverse();
    const shown = turns.update(board, lines, now, (call) => now - call.at);
    most = Math.max(most, shown.length);
    const own = turns.next(now);
    const next = Math.min(own === null ? Infinity : now + own, ...boards.filter((at) => at > now), until);
    if (board[0]?.fresh && !shown.some((call) => call.number === board[0].number)) missing.push(board[0].number);
    turns_taken += 1;
    for (const call of shown) seen[call.number] += Math.max(0, Math.min(next, call.at + 60000) - now);
    now = next;
  }
  return {seen, most, missing, turns_taken};
}"""


@pytest.mark.parametrize(
    ("arrivals", "lines"),
    [
        ([0] * 12, 8),
        ([i * 80 for i in range(12)], 8),
        ([i * 2000 for i in range(30)], 4),
        ([i * 300 for i in range(20)], 4),
        ([0, 1000, 2000, 50_000], 1),
    ],
    ids=["12 at once on 8", "12 in a second on 8", "30 in a minute on 4", "20 in six seconds on 4", "one line"],
)
def test_everyone_is_seen_eight_seconds_in_the_first_minute(
    stage: Stage, browser: Visitor, boards: Boards, arrivals: list[int], lines: int
) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall")
    until = max(arrivals) + 61_000
    played = page.evaluate(PLAY, {"arrivals": arrivals, "lines": lines, "until": until})

    assert played["most"] <= lines
    assert {number: ms for number, ms in played["seen"].items() if ms < 8000} == {}
    assert played["missing"] == [], "the newest is on the wall as long as it is fresh"
    drawn = 2 * len(arrivals) + lines * (until // 8000 + 1)
    assert played["turns_taken"] <= drawn, "a wall does not draw itself again and again"


def test_twelve_calls_on_eight_lines_all_become_visible_on_the_page(
    stage: Stage, browser: Visitor, boards: Boards
) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall", clock=True)
    expect(page.locator(".quiet")).to_be_visible()
    calls = [boards.call(f"A{100 + i}", str(i % 8 + 1)) for i in range(12)]
    stage.show(boards.display(*calls, lines=8))
    expect(page.locator(".row")).to_have_count(8)
    seen = dict.fromkeys((call.number for call in calls), 0)
    for _ in range(30):
        for number in page.locator(".row .number").all_text_contents():
            seen[number] += 1
        page.clock.run_for(1000)
        hears(page, stage.beat)

    assert {number: seconds for number, seconds in seen.items() if seconds < 8} == {}


def test_thirty_calls_in_a_minute_on_four_lines_are_each_seen_eight_seconds_by_the_clock_of_the_page(
    stage: Stage, browser: Visitor, boards: Boards
) -> None:
    """And the newest is on the wall at each look."""
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall", clock=True)
    expect(page.locator(".quiet")).to_be_visible()
    start = datetime.now(UTC)
    seen: dict[str, int] = {}
    for second in range(0, 120, 2):
        called = min(second // 2 + 1, 30)
        ages = {f"A{100 + i}": second - 2 * i for i in range(called)}
        calls = [
            replace(boards.call(number, fresh=age < 15), called_at=rfc3339(start + timedelta(seconds=second - age)))
            for number, age in reversed(ages.items())
        ]
        hears(page, lambda calls=calls: stage.show(boards.display(*calls, lines=4)))  # type: ignore[misc]
        shown = page.locator(".row .number").all_text_contents()
        assert len(shown) <= 4
        assert second >= 60 or calls[0].number in shown
        for number, age in ages.items():
            seen[number] = seen.get(number, 0) + 2 * (number in shown and age < 60)
        page.clock.run_for(2000)

    assert {number: seconds for number, seconds in seen.items() if seconds < 8} == {}


def test_calls_that_fit_stand_still(stage: Stage, browser: Visitor, boards: Boards) -> None:
    stage.board = msgspec.to_builtins(boards.display(*[boards.call(f"A{i}10") for i in range(6)]))
    page = browser.open("wall", clock=True)
    expect(page.locator(".row")).to_have_count(6)
    before = page.locator(".row .number").all_text_contents()
    page.clock.run_for(9000)

    assert page.locator(".row .number").all_text_contents() == before


def test_a_wall_that_starts_late_shows_the_newest_first(stage: Stage, browser: Visitor, boards: Boards) -> None:
    calls = [boards.call(f"A{100 + i}", ago=100 + i * 30, fresh=False) for i in range(9)]
    stage.board = msgspec.to_builtins(boards.display(*calls, lines=3))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(3)

    assert page.locator(".row .number").all_text_contents() == ["A100", "A101", "A102"]
