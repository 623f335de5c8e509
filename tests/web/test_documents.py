"""OpenAPI and AsyncAPI: made from the route table and the messages, valid, complete, and true."""

import json
from typing import Any

import jsonschema_rs
import msgspec
import schemathesis

from server.messages.commands import COMMANDS, AnyCommand
from server.messages.frames import FromClient
from server.messages.problems import CODES
from server.messages.rights import COMMANDS as RIGHTS
from tests.web.conftest import House


def known(found: Any) -> Any:
    return found.ok()


SLOTS = "/slots?services=ausweis&days=2"
"""The one question that cannot be asked without naming something."""


async def test_openapi_is_loaded_by_those_who_read_it(house: House) -> None:
    document = (await house.client.get("/api/v1/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()

    operations = {f"{one.method.upper()} {one.path}" for one in map(known, schema.get_all_operations())}
    assert operations == {f"{way.method} {way.path.replace('*}', '}')}" for way in house.ways}


async def test_every_command_and_every_code_is_in_it(house: House) -> None:
    document = (await house.client.get("/api/v1/openapi.json")).json()
    text = json.dumps(document)
    assert all(f'"{name}"' in text for name in COMMANDS)
    assert document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == sorted(CODES)
    assert set(COMMANDS) <= set(RIGHTS)


async def test_every_command_has_an_example_that_is_one(house: House) -> None:
    document = (await house.client.get("/api/v1/openapi.json")).json()
    content = document["paths"]["/api/v1/offices/{office}/commands"]["post"]["requestBody"]["content"][
        "application/json"
    ]
    shown = {name: example["value"] for name, example in content["examples"].items()}

    assert set(shown) == set(COMMANDS)
    for name, example in shown.items():
        assert isinstance(msgspec.json.decode(json.dumps(example), type=AnyCommand), COMMANDS[name])


async def test_every_way_has_a_chapter_and_every_chapter_a_way(house: House) -> None:
    document = (await house.client.get("/api/v1/openapi.json")).json()
    used = [tag for path in document["paths"].values() for way in path.values() for tag in way["tags"]]

    assert {*used} == {tag["name"] for tag in document["tags"]}


async def test_the_examples_of_frames_are_frames(house: House) -> None:
    document = (await house.client.get("/api/v1/asyncapi.json")).json()
    shown = [
        one["payload"] for message in document["components"]["messages"].values() for one in message.get("examples", ())
    ]

    assert len(shown) >= 3
    for payload in shown:
        msgspec.json.decode(json.dumps(payload), type=FromClient)


async def test_answers_are_as_the_document_says(house: House) -> None:
    document = (await house.client.get("/api/v1/openapi.json")).json()
    ticket = await house.ticket()
    await house.call("1")
    admin, booked = await house.bearer("admin"), await house.appointment()
    values = {
        "{office}": "mitte",
        "{ticket}": ticket["id"],
        "/slots": SLOTS,
        "{reference}": "ext-1",
        "{language}": "de?text=Guten%20Tag",
    }
    for way in house.ways:
        if (
            way.method != "GET"
            or way.page
            or way.result is None
            or "{file" in way.path
            or "{hash}" in way.path
            or "{job}" in way.path
            or way.path.startswith("/audio/say")  # the voices of this house never come to an end
            or way.path.endswith((".svg", "{picture}", "/preview"))  # a picture; the first only with a public address
            or way.path.endswith(".csv")  # this house keeps no history
            or way.path.startswith("/poll/")  # for printers that ask for their tickets
            or way.path.startswith("/calendar/")  # needs a calendar
        ):
            continue
        for board, id in (
            ("display", "hall"),
            ("counter", "1"),
            ("kiosk", "entrance"),
            ("printer", "entrance"),
            ("supervisor", ""),
        ):
            path = way.path
            secret = booked["secret"] if way.of_appointment else ticket["secret"]
            for name, value in {**values, "{secret}": secret, "{board}": board, "{id}": id}.items():
                path = path.replace(name, value)
            if ("{id}" in way.path) == (board == "supervisor") or way.board not in (None, board):
                continue
            answer = await house.client.get(path, headers=admin)
            assert answer.status_code == 200, path
            good = document["paths"][way.path]["get"]["responses"]["200"]
            told, ours = good["content"], {name for name in answer.headers if name.startswith("aufruf-")}
            assert ours == {name.lower() for name in good.get("headers", {})}, path
            if "application/json" in told:
                schema = {**told["application/json"]["schema"], "components": document["components"]}
                jsonschema_rs.validate(schema, answer.json())


async def test_asyncapi_knows_every_frame(house: House) -> None:
    document = (await house.client.get("/api/v1/asyncapi.json")).json()

    assert document["asyncapi"] == "3.0.0"
    messages = document["components"]["messages"]
    names = {message["name"] for message in messages.values()}
    assert names >= {"hello", "command", "speak", "report", "welcome", "board", "announcement", "print_job", "lease"}
    assert names >= {"device", "alarm", "beat", "done", "refused"}
    assert len(document["operations"]["say"]["messages"]) == 4
    for message in messages.values():
        schema = {"$ref": message["payload"]["$ref"], "components": document["components"]}
        jsonschema_rs.validator_for(schema)


async def test_frames_are_as_the_document_says(house: House) -> None:
    document = (await house.client.get("/api/v1/asyncapi.json")).json()
    by_name = {message["name"]: message for message in document["components"]["messages"].values()}
    await house.ticket()
    async with house.talk("display", "hall") as talk:
        frames = [await talk.frame(), await talk.frame()]
        await house.call("1")
        frames.append(await talk.until("announcement"))
    for frame in frames:
        schema = {"$ref": by_name[frame["type"]]["payload"]["$ref"], "components": document["components"]}
        jsonschema_rs.validate(schema, frame)


async def test_everything_a_caller_may_send_is_explained(house: House) -> None:
    """In one line of plain text each: commands, frames, and every part of an address, query and head."""
    openapi = (await house.client.get("/api/v1/openapi.json")).json()
    live = (await house.client.get("/api/v1/asyncapi.json")).json()
    said = {
        **{f"{path} {one['name']}": one.get("description") for path, one in parameters(openapi)},
        **{
            kind.__name__: openapi["components"]["schemas"][kind.__name__].get("description")
            for kind in COMMANDS.values()
        },
        **{name: message["summary"] for name, message in live["components"]["messages"].items()},
    }

    assert len(said) > 100
    assert [name for name, text in said.items() if not text or "\n" in text or "  " in text] == []


async def test_every_field_of_a_command_is_explained(house: House) -> None:
    """By the text of its class, or by a word that means the same everywhere."""
    schemas = (await house.client.get("/api/v1/openapi.json")).json()["components"]["schemas"]
    fields = [
        (kind.__name__, *one) for kind in COMMANDS.values() for one in schemas[kind.__name__]["properties"].items()
    ]
    bare = [f"{kind}.{name}" for kind, name, field in fields if not field.get("description")]

    assert bare == [], "server/web/documents/fields.py: say what the field means, or say it in the text of its class"
    assert schemas["IssueTicket"]["properties"]["kiosk"]["description"] == "the kiosk at which it is drawn"


async def test_a_query_that_is_no_number_is_not_called_one(house: House) -> None:
    openapi = (await house.client.get("/api/v1/openapi.json")).json()
    kinds = {
        one["name"]: one["schema"]["type"]
        for path, one in parameters(openapi)
        if one["in"] == "query" and "tickets" in path
    }

    words = dict.fromkeys(("query", "state", "counter", "issued"), "string")
    assert kinds == {**words, "offset": "integer", "limit": "integer"}


def parameters(openapi: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    ways = [(path, way) for path, ways in openapi["paths"].items() for way in ways.values()]
    return [(path, one) for path, way in ways for one in way["parameters"]]
