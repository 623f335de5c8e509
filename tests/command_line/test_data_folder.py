"""A data folder that this user may not read, or not all of it: one line that names it, whatever the verb; nothing is changed."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

from server.option_checks import KEPT
from tests.command_line.verbs import NEEDS, takes, verb_of

PR_CAPBSET_DROP = 24
CAPABILITIES = (0, 1, 2, 3)
"""chown, dac_override, dac_read_search, fowner: with them root may use everybody's files."""
NOBODY = 65_534
RUNS = """
import contextlib, io, json, sys
from server.command_line import app
for words in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            app(words, prog_name="aufruf")
        except SystemExit as ended:
            print(json.dumps([ended.code, said.getvalue()]), file=sys.__stdout__)
"""


def locked(path: Path) -> None:
    """Only its owner may use it, and we are not the owner."""
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
        path.chmod(0o700)
    else:
        path.chmod(0)


def _as_anybody() -> None:
    if os.geteuid() == 0:
        for capability in CAPABILITIES:
            assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0


def said(uses: list[list[str]]) -> list[tuple[int, str]]:
    """Runs `aufruf` with each of these words, as a user with no right to other people's files."""
    ran = subprocess.run(
        [sys.executable, "-c", RUNS],
        input=json.dumps(uses),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=_as_anybody,
        check=True,
    )
    found = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("[")]
    assert len(found) == len(uses), ran.stderr
    return [(int(code), line) for code, line in found]


def test_every_verb_says_that_the_folder_cannot_be_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    locked(data)
    verbs = [use.split() for use in NEEDS]
    uses = [[*words, "--data", str(data)] for words in verbs if (verb := verb_of(words)) and takes(verb, "--data")]
    assert len(uses) > 8

    for words, (code, line) in zip(uses, said(uses), strict=True):
        assert code in (1, 2), (words, line)
        assert line.count("\n") == 1, (words, line)
        assert "--data" in line or str(data) in line, (words, line)


def test_what_a_start_as_root_left_in_the_folder_is_named(tmp_path: Path) -> None:
    """Before anything is made: no store runs, no port is open, no office seems to be open."""
    members = [one.replace("*", "mitte") for one in KEPT]
    uses = []
    for place, name in enumerate(members):
        data = tmp_path / str(place)
        found = data / name
        found.parent.mkdir(parents=True)
        found.touch() if name.startswith("aufruf.db") else found.mkdir()
        locked(found)
        uses.append(["up", "--data", str(data)])

    for name, words, (code, line) in zip(members, uses, said(uses), strict=True):
        data = Path(words[-1])
        assert code == 2
        assert line == f"--data: {data} cannot be used: this user has no right to read and write {data / name}\n"
        assert sorted(one.name for one in data.iterdir()) == [Path(name).parts[0]]
