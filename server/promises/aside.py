"""How a process of long simulations makes way for everything else on the machine. Called by `second_worker` as it starts."""

import ctypes
import os
import platform
import struct
import sys

SLICE_NS = 100_000_000
"""The longest slice of processor time that Linux gives. Whoever wakes with a shorter one (2 to 3 ms are usual) is run at once,
even if this process has just begun; its share of the time stays that of its niceness."""
_SET = {"x86_64": 314, "aarch64": 274, "riscv64": 274}
"""The number of the system call sched_setattr(2), which Python does not know."""
_ATTRIBUTES = struct.Struct("IIQiIQQQ")
"""size, policy, flags, nice, priority, runtime, deadline, period. For an ordinary process the runtime is its slice."""


def stands_aside(nice: int) -> None:
    """Raises the niceness by `nice`, and asks for a long slice (Linux 6.12 or newer; elsewhere the niceness must do)."""
    standing = os.nice(nice)
    call = _SET.get(platform.machine()) if sys.platform.startswith("linux") else None
    if call is None:
        return
    wanted = _ATTRIBUTES.pack(_ATTRIBUTES.size, os.SCHED_OTHER, 0, standing, 0, SLICE_NS, 0, 0)
    # an older Linux takes it and does nothing; a sandbox may refuse it
    ctypes.CDLL(None, use_errno=True).syscall(call, 0, ctypes.create_string_buffer(wanted), 0)
