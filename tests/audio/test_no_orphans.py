"""After SIGKILL of the server no voice process and no sound process is left, not even one that hangs."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the parent-death signal is Linux's"),
]

ROOT = Path(__file__).resolve().parents[2]
SOON = 10.0
SERVER = """
import asyncio, sys
from pathlib import Path
from audio.studio import Studio
from audio.voices.espeak import EspeakVoice
from audio.voices.pico import PicoVoice
from audio.voices.system import SystemVoice

async def main():
    hanging = EspeakVoice(sys.argv[2])
    hanging.limit = 600.0
    studio = Studio(Path(sys.argv[1]), [PicoVoice(), SystemVoice(), EspeakVoice()])
    await studio.start(())
    for voice in ("pico", "pyttsx3", "espeak"):
        await studio.announcement({"de": "Nummer A, null eins sieben, bitte zu Schalter drei"}, order={"de": (voice,)})
    stuck = asyncio.create_task(hanging.speak("Nummer", "de"))
    while not Path(sys.argv[1], "hangs").exists():
        await asyncio.sleep(0.01)
    print("ready", flush=True)
    await stuck
asyncio.run(main())
"""


def children(pid: int) -> list[int]:
    return [
        int(child) for listed in Path(f"/proc/{pid}/task").glob("*/children") for child in listed.read_text().split()
    ]


def test_nothing_is_left_of_any_voice(tmp_path: Path) -> None:
    hanging = tmp_path / "espeak-ng"
    hanging.write_text(
        f"#!/bin/sh\n[ $1 = --version ] && {{ echo 1.0; exit; }}\n"
        f"[ $1 = --voices ] && {{ echo Pty Language; echo 5 de; exit; }}\ntouch {tmp_path}/hangs\nexec sleep 600\n"
    )
    hanging.chmod(0o755)
    command = [sys.executable, "-c", SERVER, str(tmp_path), str(hanging)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        watched = [os.pidfd_open(child) for child in children(server.pid)]
        server.send_signal(signal.SIGKILL)

    assert len(watched) == 5, "Pico, pyttsx3, espeak's library, the hanging espeak-ng, the sound process"
    for process in watched:
        assert select.select([process], [], [], SOON)[0], "a process outlived its parent"
        os.close(process)
