"""The interface as pages for people: every command, way, frame and shape of the documents, with links that lead somewhere."""

import re

import pytest
from msgspec import json

from server.messages.commands import COMMANDS
from server.messages.laid import LaidSetting
from server.messages.office import Span
from server.web.documents.asyncapi import asyncapi
from server.web.documents.shown import kind, rows
from server.web.documents.tags import COMMANDS as CHAPTERS
from server.web.line.headers import CONTENT_SECURITY_POLICY
from tests.web.conftest import House

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


async def test_every_command_has_one_sentence_a_chapter_and_an_example_in_both_documents(house: House) -> None:
    asked = (await house.client.get("/api/v1/openapi.json")).json()
    live = (await house.client.get("/api/v1/asyncapi.json")).json()
    examples = asked["paths"]["/api/v1/offices/{office}/commands"]["post"]["requestBody"]["content"]["application/json"]
    pressed = {one["name"]: one for one in live["components"]["messages"]["CommandFrame"]["examples"]}

    assert set(pressed) == set(examples["examples"]) == set(COMMANDS)
    for name, kind_ in COMMANDS.items():
        said = examples["examples"][name]["summary"]
        assert re.fullmatch(r"[A-Z].{9,180}\.", said), f"{name}: say in one sentence what it does: {said!r}"
        assert said == pressed[name]["summary"]
        assert pressed[name]["payload"]["command"] == examples["examples"][name]["value"]
        for document in (asked, live):
            assert document["components"]["schemas"][kind_.__name__]["x-tag"] in CHAPTERS.values()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", ["/api", "/api/live"])
async def test_the_pages_have_no_script_of_their_own_and_every_link_leads_somewhere(
    house: House, path: str, language: str
) -> None:
    answer = await house.client.get(f"{path}?lang={language}", headers=BROWSER)
    page = answer.text
    anchors = re.findall(r'\bid="([^"]+)"', page)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert "style=" not in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/scheme.js">']
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert len(anchors) == len(set(anchors))
    assert [link for link in re.findall(r'href="#([^"]+)"', page) if link not in anchors] == []
    for link in set(re.findall(r'href="(/[^"?#]*)', page)):
        assert (await house.client.get(link, headers=BROWSER)).status_code == 200, link


async def test_all_that_the_documents_say_is_on_the_pages(house: House) -> None:
    asked = (await house.client.get("/api?lang=en", headers=BROWSER)).text
    live = (await house.client.get("/api/live?lang=en", headers=BROWSER)).text

    assert [name for name in COMMANDS if f'id="command-{name}"' not in asked] == []
    assert [way.path for way in house.ways if way.path.replace("*}", "}") not in asked] == []
    assert [one["name"] for one in asyncapi("1")["components"]["messages"].values() if one["name"] not in live] == []
    assert "Calls whoever is next at this counter." in asked
    assert "&#34;type&#34;: &#34;call_next&#34;" in asked


async def test_the_second_reader_gets_the_page_that_was_drawn_for_the_first(house: House) -> None:
    first, second = [(await house.client.get("/api?lang=de", headers=BROWSER)).text for _ in range(2)]

    assert first == second
    assert "<h1>Schnittstelle</h1>" in first


def test_kinds_are_said_in_words() -> None:
    ref = {"$ref": "#/components/schemas/server.messages.frames.Alarm"}
    said = {
        kind(one)
        for one in (
            ref,
            {"type": "array", "items": ref},
            {"anyOf": [{"type": "null"}, {"type": "string"}]},
            {"enum": ["a", 1]},
            {"type": "object", "additionalProperties": {"type": "integer"}},
            {"type": "string", "format": "date-time"},
            {"type": "boolean"},
            {"type": "object"},
            {},
        )
    }

    assert said == {
        "Alarm", "list of Alarm", "text or null", "a | 1", "whole number by name", "instant", "true | false", "object",
        "any JSON",
    }  # fmt: skip
    assert rows({"properties": {"type": {"enum": ["call_next"]}, "n": {"type": "number"}}, "required": ["n"]})[0].must


def test_a_row_of_fixed_length_in_a_message_is_said_by_its_parts() -> None:
    """Opening hours are spans: `tuple[str, str]`, which JSON Schema says with `prefixItems` and `items: false`."""
    schema = json.schema(dict[str, tuple[tuple[str, str], ...]])
    whole = json.schema(tuple[Span, LaidSetting])

    assert kind(schema) == "list of [text, text] by name"
    assert kind(whole) == "[[text, text], LaidSetting]"
    assert rows({"properties": {"both": whole}})[0].shape == "LaidSetting"
