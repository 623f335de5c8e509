"""The preview: the text that is typed is the text that is heard."""

from pathlib import Path

import pytest

from audio.loudness import loudness
from audio.samples import decoded
from audio.say import main

pytestmark = pytest.mark.voice


@pytest.mark.parametrize("name", ["call.flac", "call.wav"])
def test_writes_a_call_in_two_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    file = tmp_path / name
    code = main(["A017", "Zimmer 12", "--language", "en", "--language", "de", "--out", str(file)])

    assert code == 0
    samples, rate = decoded(file.read_bytes())
    assert len(samples) / rate > 6
    assert loudness(samples) == pytest.approx(-20, abs=1)
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("Number A, zero one seven, please go to room twelve"), "in the order that was asked"
    assert told[1].endswith("Nummer A, null eins sieben, bitte zu Zimmer zwölf")


def test_a_voice_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["A017", "3", "--voice", "espeak", "--gong", "deep", "--out", str(tmp_path / "x.wav")]) == 0
    assert capsys.readouterr().out.startswith("de (espeak): ")


def test_wrong_use_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["A017", "3", "--voice", "opera", "--out", str(tmp_path / "x.wav")])
