"""The API documents as rows for a page: the JSON that programs get, in the words and order of somebody who reads. Pure."""

from typing import Any, NamedTuple

from msgspec import json

from server.web.documents.tags import TAG

Schema = dict[str, Any]
ANY = "any JSON"
MOST = 4
"""Of so many kinds each is named; of more, how many there are."""


class Row(NamedTuple):
    """A field, a parameter or an answer. `shape`: the shape it refers to, or none."""

    name: str
    kind: str
    says: str
    must: bool = False
    shape: str = ""


class Explained(NamedTuple):
    """A command, a frame or a shape, its fields, an example as it goes over the wire, or none; `tag`: a command's chapter."""

    name: str
    says: str
    rows: list[Row]
    example: str = ""
    tag: str = ""


class Asked(NamedTuple):
    """One way of the route table."""

    method: str
    path: str
    says: str
    who: str
    parameters: list[Row]
    body: str
    answers: list[Row]


class Chapter(NamedTuple):
    """The ways of one tag."""

    name: str
    says: str
    ways: list[Asked]


def chapters(document: Schema) -> list[Chapter]:
    """By tag, in the document's order; a tag without a way is left out."""
    ways = [(path, method, way) for path, methods in document["paths"].items() for method, way in methods.items()]
    return [
        Chapter(tag["name"], tag["description"], found)
        for tag in document["tags"]
        if (found := [_asked(path, method, way) for path, method, way in ways if tag["name"] in way["tags"]])
    ]


def commands(document: Schema) -> list[Explained]:
    """Each command with its example, by name."""
    schemas = document["components"]["schemas"]
    by_type = {one["properties"]["type"]["enum"][0]: one for one in schemas.values() if _is_message(one)}
    for way in (way for methods in document["paths"].values() for way in methods.values()):
        for content in way.get("requestBody", {}).get("content", {}).values():
            if "examples" in content:
                return [
                    _command(name, by_type[name], one["value"]) for name, one in sorted(content["examples"].items())
                ]
    return []


def frames(document: Schema, action: str) -> list[Explained]:
    """What a device says (`receive`) or hears (`send`)."""
    parts, operation = document["components"], next(o for o in document["operations"].values() if o["action"] == action)
    names = [one["$ref"].rpartition("/")[2] for one in operation["messages"]]
    return [_frame(parts["messages"][name], parts["schemas"]) for name in names]


def shapes(document: Schema, shown: set[str]) -> list[Explained]:
    """All shapes that are not among the messages shown already, by name."""
    found = document["components"]["schemas"].items()
    return [
        Explained(name, one.get("description", ""), rows(one))
        for name, one in sorted(found)
        if name not in shown and one.get("properties")
    ]


def names_of_messages(document: Schema) -> set[str]:
    return {name for name, one in document["components"]["schemas"].items() if _is_message(one)}


def rows(schema: Schema) -> list[Row]:
    """The fields of an object, without the `type` that names it."""
    needed = set(schema.get("required", ()))
    return [
        Row(name, kind(field), field.get("description", ""), name in needed, _shape(field))
        for name, field in schema.get("properties", {}).items()
        if not (name == "type" and len(field.get("enum", ())) == 1)
    ]


def kind(field: Schema) -> str:
    """What may stand there, in words: `text`, `list of text`, `[text, text]`, `walk_in | priority`, a shape, `... or null`."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2].rpartition(".")[2]
    if "enum" in field:
        return " | ".join(str(one) for one in field["enum"])
    if "anyOf" in field:
        each = list(dict.fromkeys(sorted(map(kind, field["anyOf"]), key="null".__eq__)))
        return " or ".join(each) if len(each) <= MOST else f"one of {len(each)} shapes"
    match field.get("type"):
        case "array" if "prefixItems" in field:  # a row of fixed length, such as a span
            return f"[{', '.join(map(kind, field['prefixItems']))}]"
        case "array":
            return f"list of {kind(field.get('items', {}))}"
        case "object" if isinstance(field.get("additionalProperties"), dict):
            return f"{kind(field['additionalProperties'])} by name"
        case "string":
            return "instant" if field.get("format") == "date-time" else "text"
        case "integer" | "number" | "boolean" | "null" | "object" as simple:
            return {"integer": "whole number", "boolean": "true | false"}.get(simple, str(simple))
    return ANY


def _shape(field: Schema) -> str:
    """The shape that a field refers to, itself or in a list."""
    if len(field.get("anyOf", ())) > MOST:
        return ""
    inner = [field, field.get("items", {}), field.get("additionalProperties", {}), *field.get("anyOf", ())]
    inner += [one.get("items", {}) for one in field.get("anyOf", ())]
    inner += field.get("prefixItems", [])
    return next((one["$ref"].rpartition("/")[2] for one in inner if isinstance(one, dict) and "$ref" in one), "")


def _asked(path: str, method: str, way: Schema) -> Asked:
    parameters = [
        Row(one["name"], one["in"], one["description"], one.get("required", False)) for one in way["parameters"]
    ]
    answers = [
        Row(status, _kinds(one), one["description"], shape=_first_shape(one))
        for status, one in way["responses"].items()
    ]
    body = _kinds(way.get("requestBody", {}))
    who = way["description"].removeprefix("Who: ").rstrip(".")
    return Asked(method.upper(), path, way["summary"], who, parameters, body, answers)


def _kinds(one: Schema) -> str:
    """The kind of a body or answer."""
    parts = one.get("content", {}).values()
    return next((kind(part["schema"]) if "schema" in part else "a file" for part in parts), "")


def _first_shape(one: Schema) -> str:
    return next((_shape(part.get("schema", {})) for part in one.get("content", {}).values()), "")


def _command(name: str, schema: Schema, example: Any) -> Explained:
    return Explained(name, schema["description"], rows(schema), _pretty(example), schema[TAG])


def _frame(message: Schema, schemas: dict[str, Schema]) -> Explained:
    schema = schemas[message["payload"]["$ref"].rpartition("/")[2]]
    example = next((_pretty(one["payload"]) for one in message.get("examples", ())), "")
    return Explained(message["name"], message["summary"], rows(schema), example)


def _is_message(schema: Schema) -> bool:
    return len(schema.get("properties", {}).get("type", {}).get("enum", ())) == 1


def _pretty(value: Any) -> str:
    return json.format(json.encode(value), indent=2).decode()
