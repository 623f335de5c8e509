"""Prints line and branch coverage per folder, from the data that the tests left. Called by scripts/coverage."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path


def main() -> int:
    report = Path(".build/lines.json")
    done = subprocess.run(
        [sys.executable, "-m", "coverage", "json", "-q", "-o", str(report)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr or done.stdout, file=sys.stderr)
        return 1
    possible: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    for name, file in json.loads(report.read_text())["files"].items():
        parts = Path(name).parts
        folder = "/".join(parts[:2]) if parts[0] == "server" and len(parts) > 2 else parts[0]
        summary = file["summary"]
        possible[folder] += summary["num_statements"] + summary["num_branches"]
        covered[folder] += summary["covered_lines"] + summary["covered_branches"]
    for folder in sorted(possible):
        share = 100 * covered[folder] / possible[folder] if possible[folder] else 100.0
        print(f"{folder:24} {share:6.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
