"""What a kiosk asks the server to read aloud is a sound that can be heard, made by a real voice."""

import io

import numpy as np
import pytest
import soundfile

from tests.story.conftest import OpenOffice

pytestmark = pytest.mark.voice


def loudest(sound: bytes) -> float:
    samples, rate = soundfile.read(io.BytesIO(sound))
    assert len(samples) > rate / 4, "a quarter of a second at least"
    return float(np.abs(samples).max())


def test_a_text_of_the_screen_and_one_of_the_catalogue_are_spoken(shared_office: OpenOffice) -> None:
    mine = {"Authorization": f"Bearer {shared_office.token('kiosk', '--office', 'mitte', '--for', 'entrance')}"}
    ask = shared_office.http

    url = ask.get("/audio/say/mitte/de", params={"text": "Wofür sind Sie da?"}, headers=mine).json()["url"]
    ext = url.rpartition(".")[2]
    said = ask.get(url, headers=mine)
    named = ask.get(f"/audio/say/de/kiosk-question.{ext}", headers=mine)

    assert (said.status_code, named.status_code) == (200, 200)
    assert min(loudest(said.content), loudest(named.content)) > 0.05
    for path in ("de/kiosk-nothing", "xx/kiosk-question", "de/admin-title"):
        assert ask.get(f"/audio/say/{path}.{ext}", headers=mine).json()["code"] == "unknown_route"
    assert ask.get(f"/audio/say/de/kiosk-question.{ext}", headers={"Authorization": "Bearer x"}).status_code == 401
