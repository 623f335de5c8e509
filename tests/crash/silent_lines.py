"""Opens lines that never say a word, all from one address, and others for those that the server ends.

Usage: python -m tests.crash.silent_lines PORT COUNT. Prints `open N` when it has had COUNT; when its stdin ends it prints
`ended N`, how many the server had ended, and `oldest first` or `a younger one before an older one`.
"""

import contextlib
import select
import socket
import sys

LOOK_S = 0.5
MORE = 150
"""How many are opened at one look, at most: with more, no line would last ten seconds, and this would be a flood of
handshakes."""


class Silent:
    """Lines in the order in which they were opened. Those that the server has ended must be the oldest."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: list[socket.socket] = []
        self.ended = 0
        self.oldest_first = True

    def opened(self, count: int) -> None:
        for _ in range(count):
            with contextlib.suppress(OSError):
                line = socket.create_connection(("127.0.0.1", self._port), 20)
                line.setblocking(False)
                self._open.append(line)

    def look(self) -> None:
        """From the youngest on: what ends while we look cannot seem to have ended before an older one."""
        over = [_over(line) for line in reversed(self._open)][::-1]
        gone = sum(over)
        self.oldest_first &= all(over[:gone])
        for line, ended in zip(self._open, over, strict=True):
            if ended:
                line.close()
        self._open = [line for line, ended in zip(self._open, over, strict=True) if not ended]
        self.ended += gone

    def missing(self, count: int) -> int:
        return count - len(self._open)


def _over(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def main(port: int, count: int) -> None:
    silent = Silent(port)
    silent.opened(count)
    print(f"open {count}", flush=True)
    while not select.select([sys.stdin], [], [], LOOK_S)[0]:
        silent.look()
        silent.opened(min(MORE, silent.missing(count)))
    silent.look()
    order = "oldest first" if silent.oldest_first else "a younger one before an older one"
    print(f"ended {silent.ended}\n{order}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
