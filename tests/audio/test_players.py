"""The contract of `audio.players.player.Player`: with ALSA's file device, with programs, and without any of them."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.players.card import CardPlayer
from audio.players.choice import NoPlayer, choose_player
from audio.players.command import COMMANDS, CommandPlayer
from audio.players.paced import PacedPlayer, Played
from audio.players.player import Player, PlayFault
from audio.samples import Samples, decoded, encoded, resampled

Tone = Callable[..., bytes]
RATE = 48_000

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")


@pytest.fixture
def speech(tmp_path: Path, make_tone: Tone) -> Path:
    file = tmp_path / "speech.wav"
    samples, rate = decoded(make_tone(1.0))
    file.write_bytes(encoded(resampled(samples, rate, RATE), RATE, "wav"))
    return file


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], CommandPlayer]:
    """A player program of ours: a shell script that gets the file as $1."""

    def make(script: str) -> CommandPlayer:
        path = tmp_path / "player"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return CommandPlayer("aplay", (str(path),))

    return make


@pytest.fixture
def loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound card that writes what it plays into a file: the `file` device of ALSA."""
    played = tmp_path / "played.f32"
    home = tmp_path / "home"
    home.mkdir()
    (home / ".asoundrc").write_text(
        f'pcm.!default {{ type file\n slave.pcm "null"\n file "{played}"\n format "raw" }}\n'
    )
    monkeypatch.setenv("HOME", str(home))
    return played


@pytest.fixture
def no_loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose sound card was removed."""
    (tmp_path / ".asoundrc").write_text("pcm.!default { type hw\n card 31 }\n")
    monkeypatch.setenv("HOME", str(tmp_path))


@linux
async def test_the_sound_card_gets_every_sample_in_order(speech: Path, loudspeaker: Path) -> None:
    player = CardPlayer()
    await player.probe()
    await player.play(speech, 1.0)
    await player.close()

    told, _ = decoded(speech.read_bytes())
    heard = np.fromfile(loudspeaker, "<f4").astype(np.float64)
    first = _first_sound(heard) - _first_sound(told)
    assert heard[first : first + len(told)] == pytest.approx(told, abs=1e-4)
    assert not heard[first + len(told) :].any()


def _first_sound(samples: Samples) -> int:
    return int(np.flatnonzero(np.abs(samples) > 1e-3)[0])


@linux
@pytest.mark.usefixtures("no_loudspeaker")
async def test_a_box_without_a_card_says_so(speech: Path) -> None:
    player = CardPlayer()

    with pytest.raises(PlayFault, match="PortAudioError"):
        await player.probe()
    with pytest.raises(PlayFault):
        await player.play(speech, 1.0)
    await player.close()


async def test_a_card_that_is_there_is_chosen(loudspeaker: Path) -> None:
    player = await choose_player()

    assert player.name == "sounddevice"
    await player.close()


@pytest.mark.usefixtures("no_loudspeaker")
async def test_without_a_card_a_program_is_chosen_else_the_reason_is_kept(
    monkeypatch: pytest.MonkeyPatch, speech: Path, tmp_path: Path
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    nothing = await choose_player()
    assert nothing.name == "none"
    with pytest.raises(PlayFault, match="sounddevice: PortAudioError"):
        await nothing.play(speech, 1.0)

    for name in ("ffplay", "aplay"):
        (tools / name).write_text("#!/bin/sh\n")
        (tools / name).chmod(0o755)
    assert (await choose_player()).name == "aplay"
    assert (await choose_player("ffplay")).name == "ffplay"


async def test_a_program_that_is_not_here_is_a_reason_not_a_crash(speech: Path) -> None:
    player = await choose_player("gramophone")

    with pytest.raises(PlayFault, match="gramophone is not installed"):
        await player.play(speech, 1.0)


async def test_a_program_is_given_the_file_and_waited_for(
    program: Callable[[str], CommandPlayer], speech: Path, tmp_path: Path
) -> None:
    await program(f'cp "$1" {tmp_path}/heard.wav').play(speech, 1.0)

    assert (tmp_path / "heard.wav").read_bytes() == speech.read_bytes()


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo 'audio open error: No such device' >&2; exit 1", "No such device"),
        ("exit 1", "ended with 1"),
        ("kill -SEGV $$", "ended with -11"),
        ("exec sleep 600", "still not finished"),
    ],
)
async def test_a_program_that_fails_says_why(
    program: Callable[[str], CommandPlayer], speech: Path, script: str, why: str
) -> None:
    player = program(script)

    with pytest.raises(PlayFault, match=why):
        await player.play(speech, -4.8 if "sleep" in script else 1.0)


async def test_ffplay_without_a_card_ends_well_and_is_not_believed(tmp_path: Path, speech: Path) -> None:
    script = tmp_path / "ffplay"
    script.write_text("#!/bin/sh\necho 'Failed to open file' >&2\n")
    script.chmod(0o755)

    with pytest.raises(PlayFault, match="Failed to open"):
        await CommandPlayer("ffplay", (str(script),)).play(speech, 1.0)


async def test_a_program_that_cannot_start(speech: Path) -> None:
    with pytest.raises(PlayFault):
        await CommandPlayer("aplay", ("/nowhere/aplay",)).play(speech, 1.0)


async def test_nothing_is_left_of_a_program_given_up(
    program: Callable[[str], CommandPlayer], speech: Path, tmp_path: Path
) -> None:
    player = program(f"echo $$ > {tmp_path}/pid; exec sleep 600")

    with pytest.raises(PlayFault):
        await player.play(speech, -4.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


async def test_the_paced_player_takes_as_long_as_the_sound(speech: Path) -> None:
    heard: list[Played] = []
    await PacedPlayer(10, heard.append).play(speech, 1.0)

    (played,) = heard
    assert played.ended - played.began >= 0.099
    assert played.wav == speech.read_bytes()


async def test_no_player_refuses_everything(speech: Path) -> None:
    player: Player = NoPlayer("the cable is out")

    with pytest.raises(PlayFault, match="the cable is out"):
        await player.play(speech, 1.0)
    await player.close()


def test_every_known_program_takes_a_file_as_its_last_word() -> None:
    assert all(command[0] == name for name, command in COMMANDS.items())
