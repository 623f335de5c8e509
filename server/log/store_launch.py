"""Becomes the embedded store: run as a program by `store_process`, it ties the process to its parent, then executes the store.

Its own program, not a `preexec_fn`: nothing of ours runs between fork and exec of a process with threads.
Usage: store_launch.py PARENT BINARY ARG...
"""

import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, binary = int(sys.argv[1]), sys.argv[2]
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the signal was asked for
        sys.exit(1)
    os.execv(binary, sys.argv[2:])  # noqa: S606 - no shell is meant


if __name__ == "__main__":
    main()
