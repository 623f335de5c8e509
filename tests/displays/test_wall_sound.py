"""The room's sound on the wall page: in order, once, only with the lease, never late, and reported when it is blocked."""

from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_wall_honesty import COVERED
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import hears

pytestmark = pytest.mark.browser

# Notes what the page starts to play, and when it ended, and still plays it.
EARS = """
window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const source = new URL(this.src).pathname;
  if (!source.endsWith('silence.wav')) {
    window.played.push(source);
    this.addEventListener('ended', () => window.played.push('end'), {once: true, capture: true});
  }
  return play.call(this);
};
"""


def open_wall(stage: Stage, boards: Boards, browser: Visitor, **options: Any) -> Page:
    stage.board = msgspec.to_builtins(boards.display(zones=("hall",)))
    page: Page = browser.open("wall", before=EARS, **options)
    expect(page.locator(".quiet")).to_be_visible()
    return page


def leased(stage: Stage) -> None:
    """The page has asked for its zone, and has handled the answer."""
    stage.wait_for(lambda frame: frame == {"type": "speak", "zone": "hall"})


def announce(stage: Stage, id: str, *, audio: str | None = "/audio/one.wav", **changes: Any) -> None:
    frame = {
        "type": "announcement",
        "id": id,
        "epoch": stage.epoch,
        "seq": stage.seq,
        "at": stage.now(),
        "zone": "hall",
        "number": "A017",
        "counter": "3",
        "languages": ["de"],
        "texts": {"de": "Nummer A 17, bitte zu Schalter drei"},
        "audio": audio,
        "attempt": 1,
    }
    stage.send(frame | changes)


def state_of(stage: Stage, id: str, *wanted: str) -> dict[str, Any]:
    """The page's report about an announcement."""
    found: dict[str, Any] = stage.wait_for(lambda it: it.get("announcement") == id and it["state"] in wanted)
    return found


def test_two_announcements_play_in_order_in_full_one_at_a_time(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one", audio="/audio/one.wav")
    announce(stage, "two", audio="/audio/two.wav", number="B042")
    state_of(stage, "two", "spoken")

    assert page.evaluate("played") == ["/audio/one.wav", "end", "/audio/two.wav", "end"]
    assert [it["state"] for it in stage.heard if it.get("announcement")] == ["started", "spoken", "started", "spoken"]


def test_playing_and_ready_are_reported(stage: Stage, boards: Boards, browser: Visitor) -> None:
    open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one")

    stage.wait_for(lambda it: it.get("kind") == "shown" and it["sound"] == "playing")
    state_of(stage, "one", "spoken")
    stage.until(lambda: [it for it in stage.heard if it.get("kind") == "shown"][-1]["sound"] == "ready")


def test_without_the_lease_nothing_sounds(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.leases = False
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one")

    assert state_of(stage, "one", "skipped", "started")["reason"] == "no_lease"
    assert page.evaluate("played") == []


def test_a_file_rendered_a_moment_later_is_waited_for(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one", audio=None)
    announce(stage, "one", audio="/audio/late.wav")
    state_of(stage, "one", "spoken")

    assert page.evaluate("played") == ["/audio/late.wav", "end"]


def test_a_voice_that_does_not_come_is_replaced_by_the_gong(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser, clock=True)
    leased(stage)
    hears(page, lambda: announce(stage, "one", audio=None))
    page.clock.run_for(4000)

    assert state_of(stage, "one", "spoken")["reason"] == "gong_only"
    assert page.evaluate("played") == ["/static/gong.wav", "end"]


def test_an_announcement_sent_twice_is_spoken_once(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one")
    state_of(stage, "one", "spoken")
    announce(stage, "one")
    announce(stage, "two")
    state_of(stage, "two", "spoken")

    assert page.evaluate("played").count("/audio/one.wav") == 2  # once for each id


def test_speech_older_than_thirty_seconds_is_dropped(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser, clock=True)
    leased(stage)
    at = stage.now()
    for _ in range(7):  # the page's clock runs ahead; beats keep the connection alive
        page.clock.run_for(5000)
        hears(page, stage.beat)
    announce(stage, "late", at=at)

    assert state_of(stage, "late", "dropped", "skipped", "started")["state"] == "dropped"
    assert page.evaluate("played") == []


def test_what_was_called_before_a_reconnect_is_never_sounded(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    before = stage.now(seconds=1)
    stage.cut()
    stage.until(lambda: stage.opened == 2 and stage.open == 1)
    announce(stage, "old", at=before)
    announce(stage, "new", audio="/audio/new.wav")
    state_of(stage, "new", "spoken", "skipped")

    assert "/audio/one.wav" not in page.evaluate("played")


def test_a_withdrawn_number_is_not_spoken_any_more(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one", audio="/audio/one.wav", number="B001")
    announce(stage, "two", audio="/audio/two.wav", number="A017")
    stage.show(boards.display(boards.call("A017", withdrawn=True), zones=("hall",), said=("one",)))
    state_of(stage, "one", "spoken")
    announce(stage, "three", audio="/audio/three.wav", number="B002")
    state_of(stage, "three", "spoken")

    assert "/audio/two.wav" not in page.evaluate("played")


def test_what_the_board_lists_no_more_is_not_spoken(stage: Stage, boards: Boards, browser: Visitor) -> None:
    """Served before its turn: the number still stands on the wall."""
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one", audio="/audio/one.wav", number="B001")
    announce(stage, "two", audio="/audio/two.wav", number="A017")
    stage.show(boards.display(boards.call("A017"), zones=("hall",), said=("one",)))
    state_of(stage, "one", "spoken")
    announce(stage, "three", audio="/audio/three.wav", number="B002", seq=stage.seq + 1)
    state_of(stage, "three", "spoken")

    assert "/audio/two.wav" not in page.evaluate("played")


def test_silence_ends_what_plays_at_once(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one", audio="/audio/long.wav")
    announce(stage, "two", audio="/audio/two.wav")
    state_of(stage, "one", "started")
    stage.show(boards.display(zones=("hall",), silent=("hall",), said=()))

    assert state_of(stage, "one", "skipped", "spoken")["reason"] == "silenced"
    stage.wait_for(lambda it: it.get("kind") == "shown" and it["sound"] == "ready")
    assert page.evaluate("played") == ["/audio/long.wav"]


def test_many_that_wait_are_said_briefly_after_one_gong(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "first", audio="/audio/long.wav")
    state_of(stage, "first", "started")
    for id in ("one", "two", "three", "late"):
        announce(stage, id, audio="/audio/full.wav", brief_audio=f"/audio/{id}.wav", volume=50)
    state_of(stage, "late", "spoken", "failed")

    assert page.evaluate("played.filter((it) => it !== 'end')") == [
        "/audio/long.wav", "/static/gong.wav", "/audio/one.wav", "/audio/two.wav", "/audio/three.wav", "/audio/late.wav",
    ]  # fmt: skip
    assert [it["state"] for it in stage.heard if it.get("announcement") == "two"] == ["started", "spoken"]


def test_it_is_as_soft_as_the_announcement_says(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    page.evaluate("""() => {
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        window.volumes = [...(window.volumes ?? []), this.volume];
        return play.call(this);
      };
    }""")
    announce(stage, "one", volume=40)
    announce(stage, "two", volume=100)
    state_of(stage, "two", "spoken")

    assert page.evaluate("volumes") == [0.4, 1]


def test_a_broken_file_still_gongs_and_the_next_is_spoken(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_wall(stage, boards, browser)
    leased(stage)
    announce(stage, "one", audio="/static/icon.svg")
    announce(stage, "two", audio="/audio/two.wav")
    state_of(stage, "two", "spoken")

    assert state_of(stage, "one", "failed")["reason"] == "audio"
    assert page.evaluate("played.filter((it) => it !== 'end')") == [
        "/static/icon.svg",
        "/static/gong.wav",
        "/audio/two.wav",
    ]


def test_a_browser_that_blocks_sound_says_so_until_somebody_taps(
    stage: Stage, boards: Boards, quiet_browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(boards.display(zones=("hall",)))
    page = quiet_browser.open("wall", before=EARS)
    # In this browser, inspecting the page counts as a touch, so it is inspected only after it reported that it is mute.
    stage.wait_for(lambda it: it.get("kind") == "shown" and it["sound"] == "blocked")
    button = page.get_by_role("button", name="Ton aus – hier tippen")
    expect(button).to_be_visible()
    for width, height in ((1920, 1080), (1280, 720), (1080, 1920)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(COVERED) == []
    assert not [it for it in stage.heard if it["type"] == "speak"], "a mute display leaves the lease to others"
    button.click()
    expect(button).to_be_hidden()
    leased(stage)
    announce(stage, "one")

    state_of(stage, "one", "spoken")
    assert page.evaluate("played") == ["/audio/one.wav", "end"]


def test_a_display_without_zones_is_silent_and_reports_off(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display(zones=()))
    page = browser.open("wall", before=EARS)
    expect(page.locator(".quiet")).to_be_visible()
    announce(stage, "one")
    stage.show(boards.display(boards.call()))
    expect(page.locator(".row")).to_have_count(1)

    assert page.evaluate("played") == []
    assert {it["sound"] for it in stage.heard if it.get("kind") == "shown"} <= {"off"}
