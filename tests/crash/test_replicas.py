"""Rule 9 with real machines: a primary, two replicas, three Sentinels; acknowledged means replicated.

A fork is a failure here too, although it is told (rule 5): `listed` says which of the lost a fork had told of.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash.figures import Figures
from tests.crash.replica_day import PROMISES
from tests.crash.up import ROOT


def may_build_a_site() -> bool:
    if os.getuid() != 0 or not shutil.which("redis-sentinel") or not shutil.which("ip"):
        return False
    probe = "mount -t tmpfs tmpfs /run && mkdir -p /run/netns && ip netns add probe && ip link add switch0 type bridge"
    try:
        return (
            subprocess.run(["unshare", "-n", "-m", "sh", "-c", probe], capture_output=True, timeout=10).returncode == 0
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False


@pytest.mark.skipif(not may_build_a_site(), reason="needs root, network namespaces and redis-sentinel: make system")
def test_a_primary_that_dies_one_that_is_cut_off_and_one_that_is_replaced(
    tmp_path: Path, soak: bool, figures: Figures
) -> None:
    """Under load from twenty callers at two nodes: what was acknowledged survives all three, and nobody is called twice."""
    for round in range(5 if soak else 1):
        folder = tmp_path / str(round)
        folder.mkdir()
        story = [sys.executable, "-m", "tests.crash.replica_day", str(folder)]

        told = subprocess.run(["unshare", "-n", "-m", *story], cwd=ROOT, capture_output=True, text=True, timeout=240)

        assert told.returncode == 0, told.stdout[-2000:] + told.stderr
        found = json.loads(told.stdout.splitlines()[-1])
        figures.note(f"Primary, two replicas, Sentinel: round {round + 1}", **found)
        for promise in PROMISES:
            assert found[promise] == [], f"{promise}: {found[promise]}\n{told.stderr}"
