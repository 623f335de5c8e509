"""Calls that are joined from phrases spoken before: only what is missing is spoken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio.studio import Studio

Make = Callable[..., Any]
# One sound process for all tests of this file: it takes a second to start.
pytestmark = pytest.mark.asyncio(loop_scope="module")


def sentence(letter: str, digits: str, counter: str) -> dict[str, str]:
    return {"de": f"Nummer {letter}, {digits}, bitte zu Schalter {counter}"}


async def test_a_call_of_known_phrases_is_joined_and_nobody_speaks(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    """Every phrase comes from another call; the file is as long as the phrases it is joined from."""
    voice = make_voice("resting")
    studio = opened(voice)
    await studio.start(())
    one = await studio.announcement(sentence("A", "null eins sieben", "drei"))
    await studio.announcement(sentence("B", "null null vier", "zwölf"))
    asked = list(voice.asked)
    joined = await studio.announcement(sentence("B", "null eins sieben", "drei"))

    assert len(asked) == 2
    assert voice.asked == asked
    assert joined.voices == {"de": "resting"}
    assert joined.seconds == pytest.approx(one.seconds, abs=0.01)
    await studio.announcement(sentence("B", "null null fünf", "drei"))
    assert len(voice.asked) == 3


async def test_only_what_is_missing_is_spoken_after_a_word_and_before_the_beginning_of_what_follows(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    voice = make_voice("resting")
    studio = opened(voice)
    await studio.start(())
    await studio.announcement(sentence("A", "null eins sieben", "drei"))
    await studio.announcement(sentence("A", "null null vier", "drei"))
    await studio.announcement(sentence("A", "null null vier", "zwölf"))

    assert [text for text, _ in voice.asked[1:]] == [
        "und, null null vier, bitte",
        "Nummer A, null null vier, bitte zu Schalter zwölf",
    ]


async def test_where_the_missing_cannot_be_told_apart_the_whole_is_spoken(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    """As after an update of a voice that has lost its pauses: nothing is joined from a sentence without clear pauses."""
    voice = make_voice("resting")
    studio = opened(voice)
    await studio.start(())
    for counter in ("drei", "zwölf"):
        await studio.announcement(sentence("A", "null eins sieben", counter))
    voice.pauses = False
    before = len(voice.asked)
    for counter in ("drei", "zwölf"):
        assert (await studio.announcement(sentence("A", "null null vier", counter))).voices == {"de": "resting"}

    assert [text for text, _ in voice.asked[before:]] == [
        "und, null null vier, bitte",
        "Nummer A, null null vier, bitte zu Schalter drei",
        "Nummer A, null null vier, bitte zu Schalter zwölf",
    ]


async def test_a_phrase_of_another_place_or_at_the_end_is_another_one(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    voice = make_voice("resting")
    studio = opened(voice)
    await studio.start(())
    await studio.announcement({"de": "Nummer eins, bitte zu Schalter drei"})
    await studio.announcement({"de": "bitte zu Schalter drei, Nummer eins"})
    await studio.announcement({"de": "Nummer eins, bitte zu Schalter drei, zweite Tür links"})

    assert len(voice.asked) == 3


async def test_a_voice_that_rests_still_says_what_it_has_said(opened: Callable[..., Studio], make_voice: Make) -> None:
    voice = make_voice("resting", frozenset({"de"}), "good", "good", "hang")
    studio = opened(voice, make_voice("spare"))
    await studio.start(())
    await studio.announcement(sentence("A", "null eins sieben", "drei"))
    await studio.announcement(sentence("B", "null null vier", "zwölf"))
    strange = await studio.announcement(sentence("C", "neun neun neun", "zwei"))
    known = await studio.announcement(sentence("A", "null null vier", "zwölf"))

    assert (strange.voices, known.voices) == ({"de": "spare"}, {"de": "resting"})


async def test_phrases_outlive_a_restart_and_a_lost_one_is_spoken_again(
    opened: Callable[..., Studio], make_voice: Make, tmp_path: Path
) -> None:
    first = opened(make_voice("resting"))
    await first.start(())
    await first.announcement(sentence("A", "null eins sieben", "drei"))
    await first.announcement(sentence("B", "null null vier", "drei"))
    await first.close()
    voice = make_voice("resting")
    second = opened(voice)
    await second.start(())
    await second.announcement(sentence("B", "null eins sieben", "drei"))
    assert voice.asked == []
    for kind in ("*.flac", "*.wav"):
        for file in (tmp_path / "audio").glob(kind):
            file.unlink()
    await second.announcement(sentence("A", "null null vier", "drei"))
    assert len(voice.asked) == 1


async def test_a_voice_that_makes_no_pauses_is_asked_every_time(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    voice = make_voice("breathless", pauses=False)
    studio = opened(voice)
    await studio.start(())
    for letter, counter in (("A", "drei"), ("B", "zwölf"), ("A", "zwölf")):
        await studio.announcement(sentence(letter, "null eins sieben", counter))

    assert len(voice.asked) == 3
