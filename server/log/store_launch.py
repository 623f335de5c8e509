"""Becomes the embedded store: `store_process` runs it as a program; it ties the process to its parent and executes the store.

It is a program and not a `preexec_fn`, so that none of our code runs between fork and exec in a process with threads.
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
    if os.getppid() != parent:  # the parent died before we asked for the signal
        sys.exit(1)
    os.execv(binary, sys.argv[2:])  # noqa: S606 - no shell is meant


if __name__ == "__main__":
    main()
