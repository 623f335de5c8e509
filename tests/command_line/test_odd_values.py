"""Whatever is given to any option of any verb: one line that can be printed says what is wrong, and nothing is left behind."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from server.command_line import app
from tests.command_line.verbs import EVERY_VERB, NEEDS, Verb, verb_of

ODD = ["", "\udcff", "a\nb\x1b[31m 😀\u202e", "x" * 5_000, "-1", "nan", "/dev/zero"]
COMMAND: Any = get_command(app)  # once: making it takes longer than a wrong use
FAILS = {("up",): "--office nosuch", ("ticket", "preview"): "--width 70", ("new",): "--counters 0"}
"""Options with which those uses in `NEEDS` fail that would succeed: no value here may start or write anything."""


def options(verb: Verb) -> list[Any]:
    command = COMMAND
    for name in verb:
        command = command.commands[name]
    return [one for one in command.params if one.opts[0].startswith("--")]


CASES = [(verb, one.opts[0]) for verb in EVERY_VERB for one in options(verb) if not one.is_flag]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    hangup = signal.getsignal(signal.SIGHUP)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    signal.signal(signal.SIGHUP, hangup)


def words_of(verb: Verb) -> list[str]:
    use = next(use for use in NEEDS if verb_of(use.split()) == verb)
    return [*use.split(), *FAILS.get(verb, "").split()]


def ended(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    with pytest.raises(SystemExit) as end:
        COMMAND.main(words, "aufruf")
    return end.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("verb", "option"), CASES, ids=lambda value: value if isinstance(value, str) else " ".join(value)
)
def test_an_odd_value_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str], verb: Verb, option: str) -> None:
    for value in ODD:
        code, said = ended([*words_of(verb), option, value], capsys)

        assert code in (1, 2), value
        assert said.endswith("\n"), value
        assert said[:-1].isprintable(), value
        assert not list(folder.iterdir()), value


EACH_TIME = {
    ("account", "--office"),
    ("audit", "--noted"),
    ("replay", "--office"),
    ("deletion", "--confirm"),
    ("restore", "--check"),
    ("up", "--check"),
}
EACH_TIME |= {("new", name) for name in ("--name", "--service", "--counters")}


@pytest.mark.parametrize("verb", EVERY_VERB, ids=" ".join)
def test_options_can_come_from_the_environment(verb: Verb) -> None:
    """The name there is AUFRUF_ and the option's own. Some are only meant where they are written: the office of `up` would
    narrow the roles of an account, and a variable that stays would confirm every time."""
    for one in options(verb):
        if (verb[0], one.opts[0]) in EACH_TIME:
            assert one.envvar is None
            continue
        assert one.envvar == f"AUFRUF_{one.opts[0][2:].upper().replace('-', '_')}"
