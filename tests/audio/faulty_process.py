"""A worker's child process that fails as it is told. Run by test_worker_process, never imported."""

import contextlib
import os
import sys
import time
from pathlib import Path

from audio.child import LENGTH, die_with_parent, serve


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    if sys.argv[2:] == ["stillborn"]:
        raise ImportError("no engine here")
    asked = 0

    def handle(request: bytes) -> bytes:
        nonlocal asked
        asked += 1
        match request.split(b" ", 1):
            case [b"echo", rest]:
                return rest
            case [b"print", rest]:
                print(rest, "a library likes to talk")
                return rest
            case [b"count"]:
                return str(asked).encode()
            case [b"raise", rest]:
                raise ValueError(rest.decode())
            case [b"hang"]:
                time.sleep(600)
            case [b"crash"]:
                os.abort()
            case [b"garble"]:
                os.write(pipe, LENGTH.pack(3) + b"\xc1\xc1\xc1")
            case [b"boast"]:
                os.write(pipe, LENGTH.pack(4_000_000_000))
            case [b"sockets"]:
                return " ".join(_sockets()).encode()
        return b""

    # `serve` moves stdout to the first free number.
    pipe = os.dup(0)
    os.close(pipe)
    serve(handle)


def _sockets() -> list[str]:
    targets = []
    for number in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            targets.append(str(number.readlink()))
    return [target for target in targets if target.startswith("socket:")]


if __name__ == "__main__":
    main()
