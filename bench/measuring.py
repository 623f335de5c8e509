"""Medians, quantiles, the clock, and what Linux says about a process. Used by every line; measures nothing itself."""

import os
import platform
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

__all__ = ["cpu_s", "family_cpu_s", "median", "ms", "now_ns", "quantile", "rss_kib", "this_machine"]

TICK = os.sysconf("SC_CLK_TCK")


def now_ns() -> int:
    """CLOCK_MONOTONIC: the same in every process of this machine."""
    return time.monotonic_ns()


def ms(begin_ns: int, end_ns: int) -> float:
    return (end_ns - begin_ns) / 1e6


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def family_cpu_s(pid: int) -> dict[str, float]:
    """The same for a process ("self") and its children by name."""
    found = {"self": cpu_s(pid)}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        name = Path(f"/proc/{child}/comm").read_text().strip()
        found[name] = found.get(name, 0.0) + cpu_s(int(child))
    return found


def rss_kib(pid: int) -> int:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise ValueError(f"process {pid} has no memory")


def this_machine() -> str:
    """Cores, memory, Python, and how busy the machine is with other work."""
    total = int(Path("/proc/meminfo").read_text().split()[1]) / 1024 / 1024
    model = next(
        (one.partition(":")[2] for one in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in one), ""
    )
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    cores = f"{os.cpu_count()} cores ({model.strip()})"
    return f"{cores}, {total:.0f} GiB, Python {platform.python_version()}, load at the start {load}"
