"""How a process of long simulations makes way for everything else on the machine. Called by `second_worker` as it starts.

Priority alone is not enough: on two cores whatever keeps the other one busy takes the memory and the clock from whoever presses,
and 50 walls knew of a call 1.3 times as late, beside a process that only counts just as beside questions. So it rests most of the
time (the limit is 1.1). A question still takes a fraction of the two seconds that it may.
"""

import atexit
import ctypes
import os
import platform
import signal
import struct
import sys
import time

SLICE_NS = 100_000_000
"""The longest slice of processor time that Linux gives. Whoever wakes with a shorter one (2 to 3 ms are usual) is run at once,
even if this process has just begun; its share of the time stays that of its niceness."""
WORK_S, REST_S = 0.01, 0.03
"""It rests after so much work (the time of its own processor), and for how long. A press and its walls take 7 ms: more than half
of them meet none of that work."""
_SET = {"x86_64": 314, "aarch64": 274, "riscv64": 274}
"""The number of the system call sched_setattr(2), which Python does not know."""
_ATTRIBUTES = struct.Struct("IIQiIQQQ")
"""size, policy, flags, nice, priority, runtime, deadline, period. For an ordinary process the runtime is its slice."""


def stands_aside(nice: int) -> None:
    """Raises the niceness by `nice`, asks for a long slice (Linux 6.12 or newer; elsewhere the niceness must do), and from now on
    makes the process rest. Called in its main thread."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGPROF, lambda *_: time.sleep(REST_S))
        signal.setitimer(signal.ITIMER_PROF, WORK_S, WORK_S)
        atexit.register(
            signal.setitimer, signal.ITIMER_PROF, 0
        )  # Python drops its handlers before it ends; unhandled it kills
    standing = os.nice(nice)
    call = _SET.get(platform.machine()) if sys.platform.startswith("linux") else None
    if call is None:
        return
    wanted = _ATTRIBUTES.pack(_ATTRIBUTES.size, os.SCHED_OTHER, 0, standing, 0, SLICE_NS, 0, 0)
    # an older Linux takes it and does nothing; a sandbox may refuse it
    ctypes.CDLL(None, use_errno=True).syscall(call, 0, ctypes.create_string_buffer(wanted), 0)
