"""The AsyncAPI document of the live socket, made from the frame classes."""

from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from server.messages import boards, frames
from server.messages.commands import AnyCommand
from server.web.documents.examples import examples, sentence
from server.web.documents.openapi import anything, plain
from server.web.documents.tags import tagged

REF = "#/components/schemas/{name}"
CLOSING = "Close codes: " + ", ".join(f"{code} {why.replace('_', ' ')}" for why, code in frames.CLOSE.items()) + "."


SAID, HEARD = get_args(frames.FromClient), get_args(frames.FromServer)
KINDS: list[Any] = [*SAID, *HEARD, AnyCommand, *boards.BOARDS.values()]


_WALL = {"type": "hello", "board": "display", "id": "hall"}


def _pressed(command: dict[str, Any]) -> dict[str, Any]:
    return {"type": "command", "key": "k-2f6d", "age_ms": 40, "command": command}


EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "hello": [
        {"name": "a wall", "payload": _WALL},
        {"name": "again after a loss", "payload": _WALL | {"seq": 4711, "epoch": "k3v9"}},
    ],
    "command": [
        {"name": name, "summary": sentence(name), "payload": _pressed(one)} for name, one in examples().items()
    ],
}
"""Of the frames that a program of others says: hello, and every command."""


def asyncapi(version: str) -> dict[str, Any]:
    """AsyncAPI 3.0."""
    _, schemas = msgspec.json.schema_components(KINDS, schema_hook=anything, ref_template=REF)
    plain(schemas)
    tagged(schemas, get_args(AnyCommand))
    names = {kind: _name(kind, schemas) for kind in (*SAID, *HEARD, *get_args(AnyCommand), *boards.BOARDS.values())}
    command, board = schemas[names[frames.CommandFrame]], schemas[names[frames.Board]]
    command["properties"]["command"] = _any(names[kind] for kind in get_args(AnyCommand))
    board["properties"]["board"] = _any(names[kind] for kind in boards.BOARDS.values())
    messages = {names[kind]: _message(kind, names[kind]) for kind in (*SAID, *HEARD)}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Aufruf live", "version": version, "description": f"One socket shows one board. {CLOSING}"},
        "channels": {
            "live": {
                "address": "/api/v1/offices/{office}/live",
                "parameters": {"office": {"description": "the office's id"}},
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": {
            "say": _operation(
                "receive", [names[kind] for kind in SAID], "What a device says; hello first, within 5 s."
            ),
            "hear": _operation(
                "send", [names[kind] for kind in HEARD], "What a device hears; welcome, then the whole board."
            ),
        },
        "components": {"messages": messages, "schemas": schemas},
    }


def _name(kind: type, schemas: dict[str, Any]) -> str:
    """The name that msgspec gives it: the frame `Alarm` and the board part `Alarm` are two different schemas."""
    long = f"{kind.__module__}.{kind.__qualname__}"
    return long if long in schemas else kind.__qualname__


def _any(names: Iterable[str]) -> dict[str, Any]:
    return {"anyOf": [{"$ref": REF.format(name=name)} for name in names]}


def _message(kind: Any, name: str) -> dict[str, Any]:
    summary = " ".join((kind.__doc__ or "").split())
    payload = {"$ref": REF.format(name=name)}
    made = {"name": kind.__struct_config__.tag, "summary": summary, "payload": payload}
    return made | {"examples": EXAMPLES[made["name"]]} if made["name"] in EXAMPLES else made


def _operation(action: str, names: list[str], summary: str) -> dict[str, Any]:
    messages = [{"$ref": f"#/channels/live/messages/{name}"} for name in names]
    return {"action": action, "channel": {"$ref": "#/channels/live"}, "summary": summary, "messages": messages}
