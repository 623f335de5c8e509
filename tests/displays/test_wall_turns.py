"""More calls than lines: each is shown for at least 8 s in its first minute, measured in the page by the page's clock."""

import msgspec
import pytest
from playwright.sync_api import expect

from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import hears

pytestmark = pytest.mark.browser

# Plays calls against turns.js in simulated time and adds up how long each was on the wall in its first minute.
PLAY = """async ({arrivals, lines, until}) => {
  const { Turns, identity } = await import('/static/displays/turns.js');
  const turns = new Turns();
  const calls = arrivals.map((at, i) => ({number: `A${100 + i}`, counter: {id: '1'}, called_at: at, attempt: 1, at}));
  const seen = Object.fromEntries(calls.map((call) => [call.number, 0]));
  let most = 0;
  let now = 0;
  let pending = [];
  while (now < until) {
    const board = calls.filter((call) => call.at <= now).reverse();
    const shown = turns.update(board, lines, now, (call) => now - call.at);
    most = Math.max(most, shown.length);
    const own = turns.next(now);
    const arrival = Math.min(...calls.map((call) => call.at).filter((at) => at > now), until);
    const next = Math.min(own === null ? Infinity : now + own, arrival);
    for (const call of shown) seen[call.number] += Math.max(0, Math.min(next, call.at + 60000) - now);
    now = next;
  }
  return {seen, most};
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
    played = page.evaluate(PLAY, {"arrivals": arrivals, "lines": lines, "until": max(arrivals) + 61_000})

    assert played["most"] <= lines
    assert {number: ms for number, ms in played["seen"].items() if ms < 8000} == {}


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
