"""The zone's list of announcements plays in order, once, and in time or not at all. Without clock, socket or sound."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.playlist import REMEMBERED, Item, NextStep, Playlist, Skip, Speak, SpeakTogether, Wait
from server.messages.agreed import LEASE_MS, RENDER_MS, SPOKEN_FOR_MS

NOW = 1_800_000_000_000


def item(id: str, seq: int = 1, at: int = NOW, audio: str | None = "/audio/x.flac", epoch: str = "e") -> Item:
    return Item(id, epoch, seq, at, f"A{seq:03}", audio)


def said(turn: NextStep) -> str:
    """ "speak a", "skip a too_old" or "wait"."""
    match turn:
        case Speak(spoken):
            return f"speak {spoken.id}"
        case SpeakTogether(spoken_items):
            return f"together {' '.join(one.id for one in spoken_items)}"
        case Skip(skipped, reason):
            return f"skip {skipped.id} {reason}"
        case Wait():
            return "wait"


@pytest.fixture
def playlist() -> Playlist:
    return Playlist()


def test_an_empty_list_waits_for_news(playlist: Playlist) -> None:
    assert playlist.turn(NOW) == Wait(None)


def test_first_called_is_first_spoken_however_they_come_in(playlist: Playlist) -> None:
    for heard in (item("c", 3, NOW + 20), item("a", 1, NOW), item("b", 2, NOW)):
        playlist.hear(heard, NOW)

    assert [said(playlist.turn(NOW)) for _ in range(4)] == ["speak a", "speak b", "speak c", "wait"]


def brief(id: str, seq: int, **changes: Any) -> Item:
    return replace(item(id, seq, NOW + seq), brief=f"/audio/{id}.flac", **changes)


def test_more_than_three_are_said_together_after_one_gong(playlist: Playlist) -> None:
    for nth, id in enumerate("abc"):
        playlist.hear(brief(id, nth), NOW)
    assert said(playlist.turn(NOW)) == "speak a"

    for nth, id in enumerate("def", 3):
        playlist.hear(brief(id, nth), NOW)
    assert [said(playlist.turn(NOW)) for _ in range(2)] == ["together b c d e f", "wait"]


def test_at_most_eight_are_said_together_and_none_that_must_not_be(playlist: Playlist) -> None:
    ids = [f"n{nth}" for nth in range(12)]
    items = [brief(id, nth) for nth, id in enumerate(ids)]
    for one in items:
        playlist.hear(one, NOW)
    playlist.list("e", 20, [one for one in items if one.id != "n0"], NOW)

    assert said(playlist.turn(NOW)) == "skip n0 withdrawn"
    assert said(playlist.turn(NOW)) == f"together {' '.join(ids[1:9])}"
    playlist.silent = True
    assert said(playlist.turn(NOW)) == "skip n9 silenced"


def test_one_without_its_short_form_is_said_in_full_before_the_others(playlist: Playlist) -> None:
    playlist.hear(item("a", 1), NOW)
    for nth, id in enumerate("bcde", 2):
        playlist.hear(brief(id, nth), NOW)

    assert [said(playlist.turn(NOW)) for _ in range(2)] == ["speak a", "together b c d e"]


def test_a_short_form_that_comes_later_is_taken(playlist: Playlist) -> None:
    for nth, id in enumerate("abcd"):
        playlist.hear(item(id, nth, NOW + nth), NOW)
    for nth, id in enumerate("abcd"):
        playlist.hear(brief(id, nth), NOW)

    assert said(playlist.turn(NOW)) == "together a b c d"


def test_the_same_id_is_spoken_once(playlist: Playlist) -> None:
    """The id comes as a frame, with every board, and again after each reconnect."""
    playlist.hear(item("a"), NOW)
    playlist.list("e", 1, [item("a")], NOW)
    assert said(playlist.turn(NOW)) == "speak a"

    playlist.hear(item("a"), NOW)
    playlist.list("e", 2, [item("a")], NOW)
    assert said(playlist.turn(NOW)) == "wait"


def test_audio_that_comes_later_is_waited_for(playlist: Playlist) -> None:
    playlist.hear(item("a", audio=None), NOW)
    assert playlist.turn(NOW) == Wait(NOW + RENDER_MS)

    playlist.hear(item("a", audio="/audio/late.flac"), NOW + 700)
    turn = playlist.turn(NOW + 700)
    assert isinstance(turn, Speak)
    assert turn.item.audio == "/audio/late.flac"


def test_audio_already_known_is_not_forgotten(playlist: Playlist) -> None:
    playlist.hear(item("a"), NOW)
    playlist.hear(item("a", audio=None), NOW)

    assert said(playlist.turn(NOW)) == "speak a"


def test_without_audio_it_is_the_gong_after_a_while(playlist: Playlist) -> None:
    playlist.hear(item("a", audio=None), NOW)
    turn = playlist.turn(NOW + RENDER_MS)

    assert isinstance(turn, Speak)
    assert turn.item.audio is None


def test_waiting_for_audio_does_not_change_the_order(playlist: Playlist) -> None:
    playlist.hear(item("a", 1, audio=None), NOW)
    playlist.hear(item("b", 2, NOW + 1), NOW)

    assert said(playlist.turn(NOW)) == "wait"


def test_the_patience_for_audio_ends_with_the_age(playlist: Playlist) -> None:
    playlist.hear(item("a", at=NOW - SPOKEN_FOR_MS + 1000, audio=None), NOW)

    assert playlist.turn(NOW) == Wait(NOW + 1001)
    assert said(playlist.turn(NOW + 1001)) == "skip a too_old"


@pytest.mark.parametrize(("age", "turn"), [(SPOKEN_FOR_MS, "speak a"), (SPOKEN_FOR_MS + 1, "skip a too_old")])
def test_older_than_30_seconds_is_not_shouted_late(playlist: Playlist, age: int, turn: str) -> None:
    playlist.hear(item("a", at=NOW - age), NOW)

    assert said(playlist.turn(NOW)) == turn


def test_withdrawn_before_its_turn_is_not_spoken(playlist: Playlist) -> None:
    playlist.list("e", 1, [item("a", 1)], NOW)
    playlist.list("e", 2, [], NOW)

    assert said(playlist.turn(NOW)) == "skip a withdrawn"


def test_a_frame_ahead_of_its_board_is_not_taken_for_withdrawn(playlist: Playlist) -> None:
    playlist.list("e", 4, [], NOW)
    playlist.hear(item("a", 5), NOW)

    assert said(playlist.turn(NOW)) == "speak a"


def test_after_a_fork_only_what_the_new_board_lists_is_spoken(playlist: Playlist) -> None:
    playlist.hear(item("lost", 9), NOW)
    playlist.hear(item("kept", 8), NOW)
    playlist.list("other", 3, [item("kept", 2, epoch="other")], NOW)

    assert [said(playlist.turn(NOW)) for _ in range(2)] == ["speak kept", "skip lost withdrawn"]
    assert said(playlist.turn(NOW)) == "wait"


def test_silence_skips(playlist: Playlist) -> None:
    playlist.silent = True
    playlist.hear(item("a"), NOW)
    assert said(playlist.turn(NOW)) == "skip a silenced"

    playlist.silent = False
    playlist.hear(item("b"), NOW)
    assert said(playlist.turn(NOW)) == "speak b"


def test_taking_over_a_zone_repeats_nothing_the_last_speaker_said(playlist: Playlist) -> None:
    """The last speaker may have been alive until its lease ended; only calls since then may have been missed."""
    playlist.hear(item("spoken by the other", 1, NOW - LEASE_MS - 1), NOW)
    playlist.hear(item("missed", 2, NOW - LEASE_MS), NOW)
    playlist.take_over(NOW)

    assert [said(playlist.turn(NOW)) for _ in range(2)] == ["speak missed", "wait"]


def test_while_another_speaks_old_ones_vanish_without_a_word(playlist: Playlist) -> None:
    playlist.hear(item("a", 1, NOW - SPOKEN_FOR_MS - 1), NOW)
    playlist.hear(item("b", 2, NOW), NOW)
    playlist.forget_old(NOW)

    assert [said(playlist.turn(NOW)) for _ in range(2)] == ["speak b", "wait"]


def test_what_is_remembered_is_bounded(playlist: Playlist) -> None:
    for number in range(REMEMBERED + 10):
        playlist.hear(item(str(number), number), NOW)
        playlist.turn(NOW)

    assert len(playlist._done) == REMEMBERED


Steps = st.lists(
    st.tuples(
        st.sampled_from(["hear", "list", "turn"]),
        st.integers(0, 5),
        st.booleans(),
        st.integers(0, 20_000),
    ),
    max_size=60,
)


@given(Steps)
def test_never_twice_never_late_whatever_comes(steps: list[tuple[str, int, bool, int]]) -> None:
    """Frames, boards and turns in any order: no id is spoken twice, and nothing older than 30 s is spoken."""
    playlist, now, had = Playlist(), NOW, []
    for what, number, has_audio, passed in steps:
        now += passed
        one = item(str(number), number, NOW + number * 10_000, "/audio/x.flac" if has_audio else None)
        match what:
            case "hear":
                playlist.hear(one, now)
            case "list":
                playlist.list("e", number, [one], now)
            case _:
                turn = playlist.turn(now)
                if isinstance(turn, Speak):
                    assert now - turn.item.at <= SPOKEN_FOR_MS
                if isinstance(turn, SpeakTogether):
                    had += [each.id for each in turn.items]
                elif not isinstance(turn, Wait):
                    had.append(turn.item.id)

    assert len(had) == len(set(had))
