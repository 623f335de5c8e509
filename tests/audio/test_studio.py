"""From texts to one file: cached, made once for equal requests, bounded, and right whatever the voices do."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio import studio as studio_module
from audio.levels import RATE
from audio.loudness import loudness
from audio.mixing import Mixing
from audio.samples import decoded
from audio.studio import LONGEST_LINE, Studio, StudioFault
from server.sounds import voiceless

Make = Callable[..., Any]
TEXTS = {
    "de": "Nummer A, null eins sieben, bitte zu Schalter drei",
    "en": "Number A, zero one seven, please go to counter three",
}
GERMAN = {"de": TEXTS["de"]}


def call(number: int) -> dict[str, str]:
    return {"de": f"Nummer {number:_>40}"}


# One sound process for all tests of this file: it takes a second to start.
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_call_in_two_languages_becomes_one_file(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())
    made = await studio.announcement(TEXTS)

    path = studio.path(made.name)
    assert path is not None
    samples, rate = decoded(path.read_bytes())
    assert (rate, made.ext, made.voices) == (RATE, "flac", {"de": "tone", "en": "tone"})
    assert len(samples) / rate == pytest.approx(made.seconds, abs=0.01)
    assert made.seconds > 1.25 + 0.08 * sum(len(text) for text in TEXTS.values()) - 0.5
    assert loudness(samples) == pytest.approx(-20.0, abs=1.0)


async def test_as_wav_where_asked(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("tone"), form="wav")
    await studio.start(())
    made = await studio.announcement(GERMAN)

    assert made.name.endswith(".wav")
    path = studio.path(made.name)
    assert path is not None
    assert path.read_bytes().startswith(b"RIFF")


async def test_what_was_made_once_is_ready_and_not_spoken_again(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    voice = make_voice("tone")
    studio = opened(voice)
    await studio.start(())
    assert studio.ready(TEXTS) is None
    made = await studio.announcement(TEXTS)

    assert studio.ready(TEXTS) == made.name
    assert await studio.announcement(TEXTS) == made
    assert len(voice.asked) == 2


async def test_it_is_ready_after_a_restart(opened: Callable[..., Studio], make_voice: Make) -> None:
    first = opened(make_voice("tone"))
    await first.start(())
    made = await first.announcement(TEXTS)
    await first.close()
    second = opened(make_voice("tone"))
    await second.start(())

    assert second.ready(TEXTS) == made.name


async def test_other_words_another_order_another_gong_are_other_files(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())
    names = {
        (await studio.announcement(GERMAN)).name,
        (await studio.announcement(TEXTS)).name,
        (await studio.announcement(dict(reversed(TEXTS.items())))).name,
        (await studio.announcement(TEXTS, gong="deep")).name,
        (await studio.announcement(call(1))).name,
    }

    assert len(names) == 5


async def test_equal_announcements_are_made_once(opened: Callable[..., Studio], make_voice: Make) -> None:
    """Two displays, an announcer and a second attempt ask for the same call at the same time."""
    voice = make_voice("tone")
    studio = opened(voice)
    await studio.start(())
    made = await asyncio.gather(*(studio.announcement(TEXTS) for _ in range(10)))

    assert len({rendering.name for rendering in made}) == 1
    assert len(voice.asked) == 2


async def test_one_who_leaves_does_not_take_the_file_from_the_others(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())
    leaving = asyncio.create_task(studio.announcement(TEXTS))
    staying = asyncio.create_task(studio.announcement(TEXTS))
    await asyncio.sleep(0)
    leaving.cancel()

    assert (await staying).voices


@pytest.mark.parametrize("fault", ["empty", "no frames", "silent", "short", "cut off", "not sound", "crash"])
async def test_a_bad_file_never_gets_out(opened: Callable[..., Studio], make_voice: Make, fault: str) -> None:
    """After one bad file the voice is asked again; after two, the next voice is asked."""
    once, always = make_voice("once", frozenset({"de"}), fault), make_voice("always", frozenset({"de"}), fault, fault)
    mended = opened(once, make_voice("spare"))
    await mended.start(())
    replaced = opened(always, make_voice("spare"))
    await replaced.start(())

    assert (await mended.announcement(call(1))).voices == {"de": "once"}
    assert (await replaced.announcement(call(2))).voices == {"de": "spare"}


async def test_a_hanging_voice_blocks_nobody(opened: Callable[..., Studio], make_voice: Make) -> None:
    """While one voice hangs on a German call, another voice makes a call in its language."""
    hanging = make_voice("hanging", frozenset({"de"}), "hang")
    hanging.limit = 30.0
    studio = opened(hanging, make_voice("english", frozenset({"en"})))
    await studio.start(())
    stuck = asyncio.create_task(studio.announcement(GERMAN))
    await hanging.hanging.wait()

    assert (await studio.announcement({"en": TEXTS["en"]})).voices == {"en": "english"}
    assert not stuck.done()
    stuck.cancel()


async def test_after_a_hang_the_next_voice_speaks_and_the_hanging_one_rests(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    hanging = make_voice("hanging", frozenset({"de"}), "hang")
    studio = opened(hanging, make_voice("spare"))
    await studio.start(())

    made = await asyncio.gather(*(studio.announcement(call(number)) for number in range(10)))
    assert {rendering.voices["de"] for rendering in made} == {"spare"}
    assert len(hanging.asked) == 1
    assert [report.state for report in studio.voices()] == ["resting", "good"]
    assert "no answer" in studio.voices()[0].reason


async def test_what_a_spare_voice_said_is_ready_too(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("first", frozenset({"de"}), "silent", "silent"), make_voice("spare"))
    await studio.start(())
    made = await studio.announcement(GERMAN)

    assert studio.ready(GERMAN) == made.name
    better = await studio.announcement(GERMAN)
    assert better.voices == {"de": "first"}
    assert studio.ready(GERMAN) == better.name


async def test_with_no_voice_left_there_is_the_gong(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("broken", frozenset({"de"}), "silent", "silent"))
    await studio.start(())
    gong = await studio.announcement(GERMAN)

    assert gong.voices == {}
    assert gong.seconds == pytest.approx(1.25)
    assert studio.ready(GERMAN) is None
    assert (await studio.announcement(GERMAN)).voices == {"de": "broken"}


async def test_a_machine_without_voices_gives_gongs(opened: Callable[..., Studio]) -> None:
    studio = opened()
    await studio.start(())

    assert (await studio.announcement(TEXTS)).voices == {}


async def test_a_language_nobody_speaks_is_left_out(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("german", frozenset({"de"})))
    await studio.start(())
    made = await studio.announcement({"de": TEXTS["de"], "uk": "Номер"})

    assert made.voices == {"de": "german"}
    assert studio.ready({"de": TEXTS["de"], "uk": "Номер"}) == made.name


async def test_the_office_chooses_its_voice(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("one"), make_voice("two"))
    await studio.start(())
    order = {"de": ("two", "not installed"), "en": ("one",)}

    assert (await studio.announcement(TEXTS, order=order)).voices == {"de": "two", "en": "one"}


async def test_more_than_can_be_spoken_in_time_drops_the_longest_waiting(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    hanging = make_voice("hanging", frozenset({"de"}), *["hang"] * 200)
    hanging.limit, hanging.at_once = 30.0, studio_module.AT_ONCE
    studio = opened(hanging)
    await studio.start(())
    many = LONGEST_LINE + studio_module.AT_ONCE
    jobs = []
    for number in range(many + 1):
        jobs.append(asyncio.create_task(studio.announcement(call(number))))
        await asyncio.sleep(0)
        if number == studio_module.AT_ONCE - 1:
            await hanging.hanging.wait()

    dropped = jobs[studio_module.AT_ONCE]
    with pytest.raises(StudioFault) as fault:
        await asyncio.wait_for(dropped, 5)
    assert fault.value.reason == "dropped"
    assert sum(job.done() for job in jobs) == 1
    await studio.close()
    assert all(isinstance(end, StudioFault) for end in await asyncio.gather(*jobs, return_exceptions=True))


async def test_closed_means_closed(opened: Callable[..., Studio], make_voice: Make) -> None:
    voice = make_voice("tone")
    studio = opened(voice)
    await studio.start(())
    await studio.close()

    assert voice.closed
    with pytest.raises(StudioFault, match="closed"):
        await studio.announcement(TEXTS)


async def test_closing_ends_also_what_was_ordered_a_moment_ago(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())
    job = asyncio.create_task(studio.announcement(TEXTS))
    await asyncio.sleep(0)
    await studio.close()

    with pytest.raises(StudioFault, match="closed"):
        await asyncio.wait_for(job, 5)


async def test_a_killed_sound_process_is_started_again(
    opened: Callable[..., Studio], make_voice: Make, mixing: Mixing
) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())
    await studio.announcement(call(1))
    pid = mixing.worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    assert (await studio.announcement(call(2))).voices
    assert mixing.worker.pid not in (None, pid)


async def test_an_unknown_gong_is_a_fault_not_a_hang(opened: Callable[..., Studio], make_voice: Make) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())

    with pytest.raises(StudioFault, match="no gong 'siren'"):
        await studio.announcement(TEXTS, gong="siren")


async def test_a_full_disk_is_a_fault_and_the_studio_lives(
    opened: Callable[..., Studio], make_voice: Make, tmp_path: Path
) -> None:
    studio = opened(make_voice("tone"))
    await studio.start(())
    folder = tmp_path / "audio"
    folder.rmdir()

    with pytest.raises(StudioFault):
        await studio.announcement(GERMAN)
    folder.mkdir()
    assert (await studio.announcement(GERMAN)).voices


async def test_start_lets_each_language_say_one_call(opened: Callable[..., Studio], make_voice: Make) -> None:
    voice = make_voice("tone")
    studio = opened(voice)
    await studio.start(("de", "en"))
    await studio.warm()

    assert [language for _, language in voice.asked] == ["de", "en"]
    assert studio.voices()[0].state == "good"


async def test_the_first_call_does_not_wait_for_all_the_languages_that_one_voice_has(
    opened: Callable[..., Studio], make_voice: Make
) -> None:
    voice = make_voice("tone", languages=("de", "en", "fr", "tr"))
    studio = opened(voice)
    await studio.start(("de", "en", "fr", "tr"))
    await studio.warm()

    assert [language for _, language in voice.asked] == ["de", "en"]


async def test_languages_that_no_voice_speaks_are_named_once(opened: Callable[..., Studio], make_voice: Make) -> None:
    """Easy German is spoken as German; a language without words is spoken as the first."""
    studio = opened(make_voice("tone", frozenset({"de", "en"})))

    assert voiceless(("de", "en", "tr", "de-simple", "uk", "tr"), studio) == "tr, uk"
    assert voiceless(("de", "de-simple"), studio) == ""
