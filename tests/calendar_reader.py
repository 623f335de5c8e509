"""What a calendar understands of a file: read by npm's ical.js, which we did not write."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

READER = Path(__file__).parent / "letters" / "reader"


def understood(content: str) -> dict[str, Any]:
    """The method and the events."""
    if shutil.which("node") is None or not (READER / "node_modules").is_dir():
        pytest.skip("scripts/system installs ical.js")
    answer = subprocess.run(["node", READER / "read.mjs"], input=content.encode(), capture_output=True, check=True)
    read: dict[str, Any] = json.loads(answer.stdout)
    return read
