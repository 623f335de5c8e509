"""Everything that the public contract names is there: verbs, ways, pages, commands, events, boards, frames, tables, roles.

What is promised and not built is in `NOT_YET` of `promised.py`, and is held not to be there: so the marks stay true.
Codes of refusals are in `tests/contract/test_problems.py`.
"""

import re
from typing import get_args

from msgspec import structs

from config.tables import USED
from server.messages.boards import BOARDS
from server.messages.commands import COMMANDS
from server.messages.events import EVENTS
from server.messages.frames import FromClient, FromServer
from server.messages.terms import BoardKind, Role
from tests.command_line.verbs import EVERY_VERB, takes
from tests.web import promised
from tests.web.conftest import House
from tests.web.promised import NOT_YET

UNKNOWN = {"unknown_route", "method_not_allowed"}
FILES = ("/audio/{}.{}", "/audio/say/{}/{}.{}", "/print/{}.png")
"""Of these a file that was never made is an address that nobody knows."""


def missing(kind: str, wanted: set[str], there: set[str]) -> list[str]:
    """What is promised and neither there nor marked, and what is marked although it is there."""
    marked = {name.removeprefix(f"{kind} ") for name in NOT_YET if name.startswith(f"{kind} ")}
    return sorted((wanted - there - marked) | (marked & there) | (marked - wanted))


def test_every_verb_is_there_with_its_options() -> None:
    assert missing("verb", set(promised.VERBS), {" ".join(verb) for verb in EVERY_VERB}) == []
    for verb, options in promised.VERBS.items():
        lacking = [one for one in options.split() if not takes(tuple(verb.split()), f"--{one}")]
        assert lacking == [], verb


def bare(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


async def test_every_way_and_page_and_socket_is_in_the_route_table(house: House) -> None:
    ways = {f"{way.method} {bare(way.path)}" for way in house.ways}

    assert missing("way", {f"{method} {path}" for method, path in promised.ROUTES}, ways) == []
    assert missing("page", {f"GET {path}" for path in promised.PAGES}, ways) == []


def asked(path: str) -> str:
    """With ids that the office has where another one would be an unknown address; else with any."""
    for said, ours in (
        ("/offices/{}", "/offices/mitte"),
        ("/boards/{}/{}", "/boards/counter/1"),
        ("/boards/{}", "/boards/supervisor"),
    ):
        path = path.replace(said, ours, 1)
    path = re.sub(r"^/(station|kiosk|display|counter|supervisor|desk|report|book|draw)/\{\}", r"/\1/mitte", path)
    return path.replace("{}", "x")


async def test_every_way_and_page_answers(house: House) -> None:
    """With what it is for, or with a refusal of its own: never as an address that nobody knows."""
    for method, path in (*promised.ROUTES, *(("GET", page) for page in promised.PAGES)):
        answer = await house.client.request(method, asked(path), headers={"Accept": "application/json"})
        code = answer.json()["code"] if "problem" in answer.headers.get("content-type", "") else ""
        assert code not in UNKNOWN or path in FILES, f"{method} {asked(path)}: {answer.status_code} {code}"
        assert answer.status_code < 500, f"{method} {asked(path)}: {answer.text[:200]}"


def test_every_command_has_its_fields() -> None:
    assert missing("command", set(promised.COMMANDS), set(COMMANDS)) == []
    for name, fields in promised.COMMANDS.items():
        known = {one.encode_name for one in structs.fields(COMMANDS[name])}
        assert set(fields.split()) - known == set(), name


def test_every_event_board_frame_role_and_table_is_there() -> None:
    assert missing("event", set(promised.EVENTS.split()), set(EVENTS)) == []
    assert missing("board", set(promised.BOARDS.split()), {*BOARDS}) == []
    assert set(promised.BOARDS.split()) <= set(get_args(BoardKind))
    for kind, frames in (("hears", FromServer), ("says", FromClient)):
        wanted = promised.FROM_SERVER if kind == "hears" else promised.FROM_CLIENT
        there = {str(one.__struct_config__.tag) for one in get_args(frames)}
        assert missing(kind, set(wanted.split()), there) == []
    assert missing("role", set(promised.ROLES.split()), set(get_args(Role))) == []
    assert missing("table", set(promised.TABLES.split()), {*USED, "office"}) == []
