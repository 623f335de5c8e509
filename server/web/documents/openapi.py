"""The OpenAPI document, made from the route table and the message classes, so that it always agrees with them."""

from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from server.messages.commands import AnyCommand
from server.messages.problems import CODES, RETRY
from server.web.documents.examples import examples, sentence
from server.web.documents.fields import EVERYWHERE, meanings
from server.web.documents.schemas import Bytes, Problem, Text
from server.web.documents.tags import chapter, tagged, tags
from server.web.way import Open, Way

RETRY_AFTER = ("Retry-After", "seconds until the next request is considered")
REF = "#/components/schemas/{name}"
Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
INSTANT: Schema = {"type": "string", "format": "date-time"}
KEY: Schema = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"}
KEYED = "made when the button was pressed, and the same whenever that press is sent again: it is done once"
PARTS = {
    "office": "the office's id",
    "board": "which board: display, counter, kiosk, ...",
    "id": "the id of the display, counter, kiosk, ... in the office file",
    "ticket": "the ticket's id",
    "code": "what a new device shows",
    "secret": "the end of the link",
    "key": "the token of this printer",
    "reference": "the appointment's id in the other system",
    "webhook": "its id in the table `webhooks` of the office file",
    "service": "the service's id",
    "language": "a language of the office",
    "hash": "names the sound",
    "ext": "its form, as the board names it: flac, wav, ...",
    "job": "the id of the print job",
    "file": "the file's path",
    "path": "a key of the office file, such as services.kfz.names.en",
    "page": "the name of the page",
    "picture": "the name of the picture's file",
    "media": "the id in the table `media` of the office file",
}
"""What each part of a path is."""


def openapi(ways: tuple[Way, ...], version: str) -> dict[str, Any]:
    """OpenAPI 3.1."""
    types = _types(ways)
    schemas, components = msgspec.json.schema_components(types, schema_hook=anything, ref_template=REF)
    shown = dict(zip(map(repr, types), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for way in ways:
        path = way.path.replace("*}", "}")
        paths.setdefault(path, {})[way.method.lower()] = _operation(way, shown)
    plain(components)
    tagged(components, get_args(AnyCommand))
    components["Problem"]["properties"]["code"] = {"enum": sorted(CODES)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Aufruf", "version": version, "summary": "The waiting room of a citizen service office"},
        "servers": [{"url": "/", "description": "this server"}],
        "tags": tags(),
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "aufruf"},
            },
        },
    }


def plain(components: dict[str, Schema]) -> None:
    """Descriptions are the classes' own texts; their line breaks and spaces mean nothing to others."""
    for schema in components.values():
        if "description" in schema:
            schema["description"] = " ".join(schema["description"].split())
        known = {**EVERYWHERE, **meanings(schema.get("description", ""))}
        for name, field in schema.get("properties", {}).items():
            if name in known:
                field.setdefault("description", known[name])


def anything(kind: type) -> dict[str, Any]:
    """The schema of a type that the message classes leave open: any JSON."""
    return {"description": "any JSON value"}


def _types(ways: tuple[Way, ...]) -> list[Any]:
    found = {repr(kind): kind for way in ways for one in (way.body, way.result) for kind in _each(one)}
    return [Problem, *(kind for kind in found.values() if kind not in (Text, Bytes))]


def _each(kind: Any) -> tuple[Any, ...]:
    if kind is None:
        return ()
    return kind if isinstance(kind, tuple) else (kind,)


def _operation(way: Way, shown: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": f"{way.method.lower()}{way.path}".replace("/", "_").replace("{", "").replace("}", ""),
        "tags": [chapter(way.path)],
        "summary": way.summary,
        "description": f"Who: {_who(way)}.",
        "parameters": _parameters(way),
        "responses": _responses(way, shown),
    }
    if way.who is not Open.ALL and way.who is not Open.LINK:
        optional: list[dict[str, Any]] = [{}] if way.who in (Open.BY_BOARD, Open.METRICS, Open.DEVICES) else []
        made["security"] = [*optional, {"bearer": []}, {"session": []}]
    if way.body is not None:
        content = {"schema": _schema(way.body, shown), **_examples(way)}
        made["requestBody"] = {"required": True, "content": {"application/json": content}}
    return made


def _examples(way: Way) -> Schema:
    """Of the way that takes every command: one for each."""
    if way.body is not AnyCommand:
        return {}
    return {"examples": {name: {"summary": sentence(name), "value": one} for name, one in examples().items()}}


def _who(way: Way) -> str:
    return way.who.value if isinstance(way.who, Open) else ", ".join(sorted(way.who - {"system"}))


def _parameters(way: Way) -> list[dict[str, Any]]:
    names = [*way.names, *(["file"] if "{file*}" in way.path else [])]
    made = [_parameter(name, "path", PARTS[name], TEXT, required=True) for name in names]
    made += [_parameter(one.name, "query", one.says, NUMBER if one.number else TEXT) for one in way.query]
    if way.keyed:
        made.append(_parameter("Idempotency-Key", "header", KEYED, KEY, required=True))
        made.append(_parameter("Pressed-At", "header", "when it was pressed, by the server's clock", INSTANT))
        made.append(_parameter("Age-Ms", "header", "how many ms ago it was pressed", NUMBER))
    return made


def _parameter(name: str, where: str, says: str, schema: Schema, *, required: bool = False) -> dict[str, Any]:
    must = {"required": True} if required else {}
    return {"name": name, "in": where, **must, "description": says, "schema": schema}


def _responses(way: Way, shown: dict[str, Any]) -> dict[str, Any]:
    good = "204" if way.result is None and not way.page else "200"
    made: dict[str, Any] = {good: {"description": "good", **_headers(way.headers), **_content(way, shown)}}
    if way.page:
        made["303"] = {"description": "go on there"}
    if "{file*}" in way.path:
        made["304"] = {"description": "as you have it"}
    by_status: dict[int, list[str]] = {}
    for code in sorted({*way.codes, *_rule_codes(way), "fault"}):
        by_status.setdefault(CODES[code], []).append(code)
    for status, codes in sorted(by_status.items()):
        made[str(status)] = _problem(codes, page=way.page)
    return made


def _rule_codes(way: Way) -> set[str]:
    codes: set[str] = set()
    if "{office}" in way.path:
        codes.add("unknown_office")
    if way.who is Open.LINK:
        codes |= {"unknown_ticket", "too_many"}
    else:
        codes |= {"not_signed_in", "too_many"}  # a bad token is refused everywhere
    if way.who not in (Open.ALL, Open.LINK, Open.SIGNED_IN):
        codes.add("not_allowed")
    if way.method != "GET" and way.who is not Open.LINK:
        codes.add("origin_refused")
    if way.page:
        codes.add("unknown_route")
    return codes


def _problem(codes: list[str], *, page: bool) -> dict[str, Any]:
    retry = " (retry)" if set(codes) <= RETRY else ""
    content: dict[str, Any] = {"application/problem+json": {"schema": {"$ref": REF.format(name="Problem")}}}
    if page:
        content["text/html"] = {"schema": {"type": "string"}}
    later = _headers((RETRY_AFTER,)) if "too_many" in codes else {}
    return {"description": ", ".join(codes) + retry, **later, "content": content}


def _headers(said: Iterable[tuple[str, str]]) -> dict[str, Any]:
    made = {name: {"description": text, "schema": {"type": "string"}} for name, text in said}
    return {"headers": made} if made else {}


def _content(way: Way, shown: dict[str, Any]) -> dict[str, Any]:
    if way.page:
        return {"content": {"text/html": {"schema": {"type": "string"}}}}
    if way.result is None:
        return {}
    if way.result is Text:
        return {"content": {"text/plain": {"schema": {"type": "string"}}}}
    if way.result is Bytes:
        return {"content": {"*/*": {}}}
    return {"content": {"application/json": {"schema": _schema(way.result, shown)}}}


def _schema(kind: Any, shown: dict[str, Any]) -> dict[str, Any]:
    if isinstance(kind, tuple):
        return {"anyOf": [shown[repr(one)] for one in kind]}
    found: dict[str, Any] = shown[repr(kind)]
    return found
