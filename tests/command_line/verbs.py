"""Every verb, as the command line itself names them: a table of tests that lacks one fails."""

from collections.abc import Sequence
from typing import Any

from typer.main import get_command

from server.command_line import app

Verb = tuple[str, ...]


def _verbs(group: object, before: Verb = ()) -> list[Verb]:
    found = []
    for name, command in getattr(group, "commands", {}).items():
        found += _verbs(command, (*before, name)) or [(*before, name)]
    return found


def takes(verb: Verb, option: str) -> bool:
    command: Any = get_command(app)
    for name in verb:
        command = command.commands[name]
    return any(option in parameter.opts for parameter in command.params)


EVERY_VERB = _verbs(get_command(app))
LINE = "--server http://127.0.0.1:9 --token-file t.token"
NEEDS = {
    "up": "server",
    "token --role clerk": "server",
    "tokens": "server",
    "deletion": "server",
    "account add m.meyer --role clerk:mitte": "server",
    "account list": "server",
    "account roles m.meyer --role clerk:mitte": "server",
    "account disable m.meyer": "server",
    "account enable m.meyer": "server",
    "account sign-out m.meyer": "server",
    "account link m.meyer": "server",
    "audit verify": "server",
    "learn": "server",
    "replay t.csv": "server",
    "backup t.tar.gz": "server",
    "restore t.tar.gz": "server",
    "simulate --office t.toml --out t.csv": "server",
    f"printer {LINE} --printer entrance": "printer",
    "ticket preview --out t.png": "printer",
    f"announcer {LINE} --zone hall": "audio",
    f"counter {LINE} --counter 3": "counter",
    "device --server http://127.0.0.1:9 --address usb:x": "printer",
    "check t.toml": None,
    "new t.toml --name N --service S --counters 1": None,
    "schema": None,
    f"press next {LINE} --counter mitte/3": None,
    f"mqtt {LINE} --broker mqtt://127.0.0.1:9": "mqtt",
    f"demo {LINE}": None,
    "doctor --server http://127.0.0.1:9": None,
}
"""A use of each verb, and the extra that it needs besides the wheel itself; None: no extra."""


def verb_of(words: Sequence[str]) -> Verb | None:
    """The verb in the words of a command."""
    return next((verb for verb in EVERY_VERB if tuple(words[: len(verb)]) == verb), None)
