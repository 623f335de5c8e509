"""The process in which PortAudio runs. Started only by `audio.players.card`; "" asks for a card, a path plays that file."""

import sys

import msgspec
import sounddevice
import soundfile

from audio.child import die_with_parent, serve


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    serve(play)


def play(request: bytes) -> bytes:
    file = msgspec.msgpack.decode(request, type=str)
    if not file:
        sounddevice.check_output_settings()
        return b""
    samples, rate = soundfile.read(file, dtype="float32")
    sounddevice.play(samples, rate, blocking=True)
    status = sounddevice.get_status()
    if status.output_underflow:
        raise OSError("the sound card ran dry")
    return b""


if __name__ == "__main__":
    main()
