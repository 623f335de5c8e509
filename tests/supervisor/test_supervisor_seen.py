"""Two supervisors at once: every press that moves something says on which board it was chosen, whatever page, dialog or button
it comes from."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.messages.commands import COMMANDS, AsSeen
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor
from tests.supervisor.test_supervisor_table import opened

pytestmark = pytest.mark.browser
PAGES = Path(__file__).parents[2] / "supervisor" / "pages"
CHOSEN = {name for name, command in COMMANDS.items() if issubclass(command, AsSeen)}
SENT = """async (names) => {
  const { sendsWhatWasSeen } = await import("/static/supervisor/seen.js");
  const sent = [];
  const here = { live: { seq: 7 }, send: (id, label, ...commands) => sent.push(...commands) };
  sendsWhatWasSeen(here);
  here.send("", "", ...names.map((type) => ({ type })), { type: "apply_moves", seen_seq: 4 });
  return sent;
}"""


def test_each_command_that_can_say_what_was_seen_says_it_and_no_other(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    *sent, earlier = page.evaluate(SENT, sorted(COMMANDS))

    assert {one["type"] for one in sent if "seen_seq" in one} == CHOSEN
    assert {one["seen_seq"] for one in sent if "seen_seq" in one} == {7}
    assert earlier == {"type": "apply_moves", "seen_seq": 4}, "a set that was chosen on an earlier board names that one"


def test_no_page_sends_a_move_past_that_place() -> None:
    """`pressing.press` sends a command as it is: the pages use it for what takes back or clears, and for a set that names its
    board itself."""
    past = {
        (file.name, kind)
        for file in PAGES.glob("*.js")
        for press in re.findall(r"pressing\.press\([^;]*;", file.read_text("utf-8"))
        for kind in re.findall(r'type: "(\w+)"', press)
        if kind in CHOSEN and "seen_seq" not in press
    }

    assert past == set()
    assert "here.send" in (PAGES / "seen.js").read_text("utf-8")


def test_a_press_at_a_counter_that_a_colleague_has_just_changed_is_refused_and_says_so(
    stage: Stage, visitor: Visitor
) -> None:
    page = opened(stage, visitor)
    stage.answer = refused("overtaken", changed=["counter:4"])
    page.locator("[data-counter='4']").click()
    page.locator("[data-offer=close]").click()

    stage.expect({"type": "close_counter", "counter": "4"})
    expect(page.locator(".refusal")).to_contain_text("Inzwischen ist etwas anderes geschehen")
