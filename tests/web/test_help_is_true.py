"""What the help shows is run: every verb and option that it names exists, the exchange is played, the examples are executed."""

import asyncio
import json
import os
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from config.words import staff_languages
from server.command_line import app
from server.web.help.shelf import every, sections
from tests.nodes.talk import LONG
from tests.web.conftest import House

LANGUAGES = staff_languages()
FILES = sorted({sheet.file for language in LANGUAGES for sheet in every(language)})
CALL = re.compile(r"(?:^\s*|[`/(]|\bsudo )aufruf ((?:[a-z]|--version)[^`\n|>#)]*)", re.M)
"""A call of the command line, in a line of code or in a sentence."""


def code(file: Path) -> list[str]:
    """Indented and fenced blocks, and words in back quotes; a line that ends with a backslash goes on."""
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")
    blocks = re.findall(r"^    .+$", text, re.M) + re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    return [*blocks, *(" ".join(one.split()) for one in re.findall(r"`([^`]+)`", text))]


def calls(file: Path) -> list[list[str]]:
    found = [said for block in code(file) for said in CALL.findall(block)]
    return [shlex.split(said.replace("…", "").replace("...", ""), comments=True) for said in found]


def wrong(words: list[str]) -> str | None:
    """Why this cannot be said on the command line, or None."""
    command: Any = get_command(app)
    rest = list(words)
    while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
        name = rest.pop(0)
        if name not in command.commands:
            return f"there is no verb {name}"
        command = command.commands[name]
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)} | {"--help"}
    unknown = [word for word in rest if word.startswith("--") and word.split("=")[0] not in known]
    return f"{command.name} has no {unknown[0]}" if unknown else None


OF_CHROMIUM = {"--kiosk-printing"}


def test_the_help_names_many_calls_and_a_wrong_one_would_be_seen() -> None:
    assert sum(len(calls(file)) for file in FILES) > 60
    assert wrong(["account", "add", "m", "--role", "clerk"]) is None
    assert wrong(["backup", "--nightly"]) == "backup has no --nightly"
    assert wrong(["fly"]) == "there is no verb fly"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_verb_and_option_exists(file: Path) -> None:
    assert [f"aufruf {' '.join(words)}: {why}" for words in calls(file) if (why := wrong(words))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_option_in_a_sentence_exists_somewhere(file: Path) -> None:
    commands = [get_command(app)]
    for one in commands:
        commands += getattr(one, "commands", {}).values()
    known = {option for one in commands for param in one.params for option in param.opts}
    said = {
        one
        for part in code(file)
        if re.fullmatch(r"--[a-z-]+( .*)?", part)
        for one in re.findall(r"--[a-z][a-z-]+", part)
    }

    assert said - known - OF_CHROMIUM == set()


def connecting(language: str) -> str:
    return next(one.file for one in sections(language) if one.name == "anschliessen").read_text(encoding="utf-8")


def blocks(language: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", connecting(language), re.S)


def same(shown: Any, got: Any) -> bool:
    """`…` is anything; an object may have more than is shown."""
    if isinstance(shown, dict):
        return isinstance(got, dict) and all(name in got and same(value, got[name]) for name, value in shown.items())
    return shown in ("…", got)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_exchange_is_as_it_is_shown(house: House, language: str) -> None:
    """Every `=>` is sent as it stands there, every `<=` comes."""
    arrows = [line.split(" ", 1) for block in blocks(language, "exchange") for line in block.splitlines()]
    token = await house.token("clerk", "3")
    heard: list[dict[str, Any]] = []
    async with house.socket() as talk:
        for (way, text), _ in [*pairwise(arrows), (arrows[-1], None)]:
            frame = json.loads(text)
            if way == "=>":
                await talk.say(**{name: token if value == "…" else value for name, value in frame.items()})
                continue
            while not any(same(frame, one) for one in heard):
                heard.append(await talk.frame())

    assert [way for way, _ in arrows] == ["=>", "<=", "=>", "<=", "<="]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_what_is_shown_for_the_shell_runs(house: House, language: str) -> None:
    shown = blocks(language, "sh")
    tokens = {"TOKEN": await house.token("clerk", "3"), "WATCHER": await house.token("observer")}
    said = []
    for block in shown:
        running = await asyncio.create_subprocess_exec(
            "/bin/sh", "-ec", block, env={**os.environ, **tokens, "SERVER": house.url}, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await asyncio.wait_for(running.communicate(), LONG)
        assert running.returncode == 0
        said.append(json.loads(out))

    assert said[0]["result"]["ticket"]["number"].startswith("A")
    assert {one["id"] for one in said[1]["services"]} >= {"ausweis"}
    assert [one["type"] for one in said[2]["events"]][-1:] == ["ticket_issued"] or said[2]["events"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_python_that_is_shown_runs(house: House, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = blocks(language, "python")
    names: dict[str, Any] = {"__name__": "shown"}
    exec(compile(shown, "anschliessen.md", "exec"), names)
    running = asyncio.create_task(names["main"](house.url, await house.token("clerk", "3")))
    said: list[str] = []
    async with asyncio.timeout(LONG):
        while len(said) < 1:
            await asyncio.sleep(0.01)
            said += capsys.readouterr().out.splitlines()
        await house.ticket()
        await house.call("3")
        while said[-1] == said[0]:
            await asyncio.sleep(0.01)
            said += capsys.readouterr().out.splitlines()
    running.cancel()

    assert {said[0], said[-1]} in ({"Lampe aus", "Lampe an"}, {"lamp off", "lamp on"})
