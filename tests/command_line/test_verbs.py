"""Every verb has an example and says its version; keys of an installation are listed whole and revoked by a prefix."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server import installed
from server.access.tokens import Tokens
from server.clock import SystemClock
from server.command_line import app
from server.history.database import close_database, default_url, open_database
from tests.command_line.verbs import EVERY_VERB, NEEDS, verb_of

Shown = pytest.CaptureFixture[str]


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        app([*words], prog_name="aufruf")
    return int(str(ended.value.code))


@pytest.mark.parametrize("verb", EVERY_VERB, ids=" ".join)
def test_every_verb_shows_an_example_of_itself(verb: tuple[str, ...], capsys: Shown) -> None:
    assert run(*verb, "--help") == 0
    assert f"Example: aufruf {' '.join(verb)} " in " ".join(
        re.sub(r"[^\x20-\x7e]", " ", capsys.readouterr().out).split()
    )


def test_what_every_verb_needs_is_known() -> None:
    assert {verb_of(use.split()) for use in NEEDS} == set(EVERY_VERB)


@pytest.mark.parametrize("use", [use for use, extra in NEEDS.items() if extra])
def test_a_verb_asks_for_its_extra_before_it_does_anything(
    use: str, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a wheel without extras the same is tried for real, but more rarely."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(installed, "lacks", lambda extra: True)

    assert run(*use.split()) == 2
    assert capsys.readouterr().err == f"this verb needs: pip install 'aufruf[{NEEDS[use]}]'\n"
    assert list(tmp_path.iterdir()) == []


def test_it_says_which_release_it_is(capsys: Shown) -> None:
    assert run("--version") == 0
    assert re.fullmatch(r"aufruf \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


@pytest.fixture
def made(tmp_path: Path) -> list[str]:
    """Ids of the tokens of an installation, in the order in which they were made."""

    async def make() -> list[str]:
        engine = await open_database(default_url(tmp_path))
        tokens = Tokens(engine, SystemClock())
        ids = []
        for number in range(5):
            ids.append(
                (await tokens.create("clerk", ("mitte", "rathaus"), None, f"a call button of room {number}"))[1].id
            )
        await close_database(engine)
        return ids

    return asyncio.run(make())


def test_tokens_are_listed_whole_in_the_narrowest_terminal(
    tmp_path: Path, made: list[str], capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")

    assert run("tokens", "--data", str(tmp_path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split()[0] for line in lines[1:]) == sorted(made)
    assert all("mitte, rathaus" in line and "a call button of room" in line for line in lines[1:])
    assert run("tokens", "--data", str(tmp_path), "--json") == 0
    assert {one["id"] for one in json.loads(capsys.readouterr().out)} == set(made)


def test_an_old_token_of_a_device_that_names_none_is_listed_as_one_that_reads_only(
    tmp_path: Path, capsys: Shown
) -> None:
    async def make() -> str:
        engine = await open_database(default_url(tmp_path))
        tokens = Tokens(engine, SystemClock())
        _, old = await tokens.create("kiosk", ("mitte",))
        await tokens.create("kiosk", ("mitte",), "entrance")
        await tokens.create("clerk", ("mitte",))
        await close_database(engine)
        return old.id

    old = asyncio.run(make())

    assert run("tokens", "--data", str(tmp_path)) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if "reads only" in line] == [old]
    assert run("tokens", "--data", str(tmp_path), "--json") == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out) if one["reads_only"]] == [old]


def test_a_token_is_revoked_by_as_much_of_its_id_as_is_unique(tmp_path: Path, made: list[str], capsys: Shown) -> None:
    first = made[0]
    unique = next(first[:n] for n in range(3, len(first) + 1) if not any(o.startswith(first[:n]) for o in made[1:]))
    alike = "t-"

    assert run("tokens", "--data", str(tmp_path), "--revoke", alike) == 1
    assert "is not enough" in capsys.readouterr().err
    assert run("tokens", "--data", str(tmp_path), "--revoke", unique) == 0
    assert first in capsys.readouterr().out
    assert run("tokens", "--data", str(tmp_path), "--revoke", first) == 1
    assert "there is no token" in capsys.readouterr().err
    run("tokens", "--data", str(tmp_path), "--json")
    states = {one["id"]: one["state"] for one in json.loads(capsys.readouterr().out)}
    assert [id for id, state in states.items() if state == "revoked"] == [first]


def test_without_a_verb_the_verbs_are_listed(capsys: Shown) -> None:
    assert run() == 2
    assert "aufruf up" in capsys.readouterr().out


def test_what_a_verb_logs_is_never_in_its_answer() -> None:
    """In `aufruf token > file`, a warning must go to the terminal and not into the file."""
    program = """
import asyncio, structlog
from pathlib import Path
from server.opening import found
from server.options import WrongUse
try:
    asyncio.run(found(Path("no such folder"), None))
except WrongUse:
    structlog.get_logger("aufruf.access").warning("the database is slow")
    structlog.get_logger("aufruf.access").debug("every step")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == ""
    assert "the database is slow" in done.stderr
    assert "every step" not in done.stderr
