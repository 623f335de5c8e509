"""Sounds that an office brings along: a gong, recorded clips. What is wrong with them is told, and then others are heard."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import soundfile
from msgspec.structs import replace

from audio.clips import complaint, joined, prepared
from audio.levels import CEILING, GONG, RATE
from audio.own_gong import Unfit, own_gong
from audio.own_sounds import findings
from audio.samples import Samples
from audio.sound import announcement, true_peak
from audio.studio import Studio
from audio.texts import call_text
from audio.voices.clips import chosen, clips_in
from config.loader import load
from config.office_files import find
from server.messages.office import Office

CD = 44_100
WORDS = (
    *("nummer", "a", "b", "k", "u", "bitte", "zu"),
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
)


def struck(level: float, seconds: float = 1.2, rate: int = CD) -> Samples:
    moment = np.arange(int(seconds * rate)) / rate
    return level * np.exp(-moment / 0.4) * np.sin(2 * np.pi * 880 * moment)


def ding(place: Path, samples: Samples, rate: int = CD) -> str:
    soundfile.write(place, samples, rate)
    return str(place)


@pytest.fixture
def mitte() -> Office:
    return load(find("mitte"))


def with_gong(office: Office, path: str) -> Office:
    zone, *others = office.zones
    return replace(office, zones=(replace(zone, gong_file=path), *others))


@pytest.mark.parametrize("level", [0.02, 0.3, 1.0])
@pytest.mark.parametrize("form", ["wav", "flac"])
def test_a_gong_of_ones_own_is_as_loud_as_the_others(tmp_path: Path, level: float, form: str) -> None:
    """Stereo at another rate too; measured by another meter than the one that sets it."""
    both = np.stack((struck(level), struck(level)), axis=1)
    sound = announcement(ding(tmp_path / f"ding.{form}", both), []) / 32_768

    assert pyloudnorm.Meter(RATE).integrated_loudness(sound) == pytest.approx(GONG, abs=0.5)
    assert true_peak(sound) <= CEILING
    assert len(sound) / RATE == pytest.approx(1.2, abs=0.01)
    assert abs(sound[-1]) < 1e-3


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (struck(0.5, 0.2), "is 0.2 s long; a gong has 0.4 to 4 s"),
        (struck(0.5, 4.5), "is 4.5 s long"),
        (np.zeros(CD), "is silent"),
        (struck(0.003), "is too quiet: its peak is -50 dBFS"),
    ],
)
def test_what_is_no_gong_is_told_and_the_usual_one_sounds(
    tmp_path: Path, mitte: Office, samples: Samples, said: str
) -> None:
    path = ding(tmp_path / "ding.wav", samples)

    ((key, reason),) = findings(with_gong(mitte, path))

    assert key == f"zones.{mitte.zones[0].id}.gong_file"
    assert said in reason
    assert np.array_equal(announcement(path, []), announcement("calm", []))


def test_a_gong_whose_peaks_are_cut_off_is_told_but_sounds(tmp_path: Path, mitte: Office) -> None:
    path = ding(tmp_path / "ding.wav", np.clip(struck(3.0), -1, 1))

    ((key, reason),) = findings(with_gong(mitte, path))

    assert key == f"zones.{mitte.zones[0].id}.gong_file"
    assert reason == "is overdriven, its peaks are cut off: it sounds, but it rattles"
    assert not np.array_equal(announcement(path, []), announcement("calm", []))


@pytest.mark.parametrize("pitch", [60, 880])
def test_a_gong_that_just_reaches_full_scale_is_fine(tmp_path: Path, mitte: Office, pitch: int) -> None:
    moment = np.arange(CD) / CD
    path = ding(tmp_path / "ding.wav", np.exp(-moment / 0.4) * np.cos(2 * np.pi * pitch * moment))

    assert list(findings(with_gong(mitte, path))) == []


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"<html>", "is not a sound file")])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, mitte: Office, content: bytes | None, said: str) -> None:
    path = tmp_path / "ding.wav"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Unfit, match=said):
        own_gong(str(path))
    assert said in dict(findings(with_gong(mitte, str(path))))[f"zones.{mitte.zones[0].id}.gong_file"]
    assert np.array_equal(announcement(str(path), []), announcement("calm", []))


@pytest.mark.asyncio(loop_scope="module")
async def test_an_announcement_has_another_name_when_its_gong_has_changed(
    opened: Callable[..., Studio], tmp_path: Path
) -> None:
    path = ding(tmp_path / "ding.wav", struck(0.5))
    studio = opened()
    await studio.start(())

    first = await studio.announcement({}, gong=path)
    ding(tmp_path / "ding.wav", struck(0.5, 2.0))
    second = await studio.announcement({}, gong=path)

    assert [first.seconds, second.seconds] == pytest.approx([1.2, 2.0], abs=0.01)
    assert studio.ready({}, gong=path) == second.name


def test_the_longest_clips_that_fit_are_taken(tmp_path: Path) -> None:
    for name in ("Nummer", "A", "null eins", "eins", "sieben", "bitte zu", "Bitte, zu Schalter drei", "Schalter"):
        (tmp_path / f"{name}.wav").touch()
    (tmp_path / "readme.txt").touch()
    clips = clips_in(tmp_path)

    found, lacking = chosen("Nummer A, null eins sieben, bitte zu Schalter drei", clips)
    assert [[file.stem for file in phrase] for phrase in found] == [
        ["Nummer", "A"],
        ["null eins", "sieben"],
        ["Bitte, zu Schalter drei"],
    ]
    assert lacking == []
    assert chosen("Nummer B, null eins sieben, bitte zu Schalter vier", clips).lacking == ["b", "vier"]


def test_a_name_is_found_however_a_file_system_writes_its_umlaut(tmp_path: Path) -> None:
    (tmp_path / "fu\u0308nf.wav").touch()

    assert chosen("Fünf", clips_in(tmp_path)).lacking == []


def test_check_lists_the_clips_that_are_missing(tmp_path: Path, mitte: Office) -> None:
    """Exactly those: once they are there, every call of the office can be said."""
    folder = tmp_path / "de"
    folder.mkdir()
    office = replace(mitte, voices={"de": (f"{folder}/", "pico")})
    for word in WORDS:
        ding(folder / f"{word}.wav", struck(0.3, 0.4))

    ((key, reason),) = findings(office)
    said, _, _ = reason.removeprefix(f"{folder}: no clip says ").partition(";")
    for word in said.split(", "):
        ding(folder / f"{word}.wav", struck(0.3, 0.4))

    assert key == "voices.de"
    assert "schalter" in said
    assert list(findings(office)) == []
    clips = clips_in(folder)
    calls = [
        call_text(f"{service.letter}{number:03}", counter, "de")
        for service in office.services
        for counter in office.counters
        for number in (17, 248, 369)
    ]
    assert [text for text in calls if chosen(text, clips).lacking] == []


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (np.zeros(CD), "silent"),
        (struck(0.5, 0.02), "0.02 s long"),
        (struck(0.5, 11.0), "11.00 s long"),
        (np.clip(struck(3.0), -1, 1), "overdriven: record it again, more quietly"),
        (struck(0.9), ""),
    ],
)
def test_a_recording_that_cannot_be_used_is_told(samples: Samples, said: str) -> None:
    assert complaint(samples, CD).startswith(said)
    assert bool(complaint(samples, CD)) == bool(said)


def test_a_folder_that_is_not_there_is_told(mitte: Office) -> None:
    office = replace(mitte, voices={"de": ("/nowhere/de", "pico"), "en": ("/nowhere/joe.onnx", "pico")})

    said = [reason for _, reason in findings(office)]
    assert said[0] == "/nowhere/de: cannot be read (No such file or directory)"
    assert said[1].startswith("/nowhere/joe.onnx: its file or the description beside it cannot be read")


def test_clips_are_joined_without_a_gap_or_a_step() -> None:
    """Recorded one louder than the other, and with long silence around: joined, only the pause between phrases is one."""
    rest = np.zeros(CD // 2)
    clips = [prepared(np.concatenate((rest, struck(level, 0.5), rest)), CD) for level in (0.05, 0.4, 0.9)]
    sound = joined([clips[:2], clips[2:]])

    meter = pyloudnorm.Meter(RATE)
    loud = [meter.integrated_loudness(np.tile(clip, 4)) for clip in clips]
    assert max(loud) - min(loud) < 0.5
    silent = np.abs(sound) < 1e-4
    edges = np.flatnonzero(np.diff(np.concatenate(([False], silent, [False])).astype(int)))
    pauses = [(last - first) / RATE for first, last in edges.reshape(-1, 2) if last - first > RATE / 50]
    assert [round(pause, 2) for pause in pauses[:2]] == [pytest.approx(0.07, abs=0.02), pytest.approx(0.34, abs=0.02)]
