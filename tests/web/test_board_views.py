"""No board shows a role what its own route would refuse: role × board × field, over HTTP and socket, from the tables."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from server.messages.rights import BOARDS, LINKS, NOTES
from server.messages.terms import BoardKind, Role
from tests.web.conftest import House

NOTE = "Herr Beispiel kommt wieder"
IDS: dict[BoardKind, str] = {
    "display": "hall",
    "counter": "1",
    "line": "ausweis",
    "announcer": "hall",
    "printer": "entrance",
    "kiosk": "entrance",
}
NAMED: tuple[Role, ...] = ("display", "announcer", "printer", "kiosk", "station")
READERS = [
    (kind, role)
    for kind in BOARDS
    for role in get_args(Role)
    if role in BOARDS[kind] and role not in ("holder", "door", "system") and kind not in ("station", "offices")
]
"""The board of all offices is not one office's: test_offices.py."""


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a board, with its path."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, f"{path}[]")
    elif isinstance(value, str):
        yield path, value


async def lived(house: House) -> list[str]:
    """An office with a called ticket that has a note and a print job; returns the secrets of its links."""
    secrets = []
    for _ in range(3):
        answer = await house.press("kiosk", "entrance", type="issue_ticket", services=["ausweis"], kiosk="entrance")
        secrets.append(answer.json()["result"]["ticket"]["secret"])
    called = (await house.call("1"))["result"]["ticket"]["id"]
    note = f"/api/v1/offices/mitte/tickets/{called}/note"
    written = await house.client.put(note, json={"text": NOTE}, headers=await house.bearer("clerk"))
    assert written.status_code == 200
    return secrets


def withheld(role: Role, secrets: list[str]) -> list[str]:
    return ([] if role in NOTES else [NOTE]) + ([] if role in LINKS else secrets)


async def test_no_field_of_any_board_is_for_other_eyes(house: House) -> None:
    secrets = await lived(house)
    shown: dict[str, set[Role]] = {"note": set(), "link": set()}
    for kind, role in READERS:
        id = IDS.get(kind, "")
        device = id if role in NAMED else None
        path = f"/api/v1/offices/mitte/boards/{kind}" + (f"/{id}" if id else "")
        answer = await house.client.get(path, headers=await house.bearer(role, device))
        async with house.talk(kind, id, token=await house.token(role, device)) as talk:
            pushed = await talk.shown()
        for board in (answer.json(), pushed["board"]):
            found = list(texts(board))
            for secret in withheld(role, secrets):
                assert not [at for at, text in found if secret in text], f"{role} reads it on the board {kind}"
            shown["note"].update([role] if any(NOTE in text for _, text in found) else [])
            shown["link"].update([role] if any(s in text for s in secrets for _, text in found) else [])

    assert shown["note"] == {"clerk", "supervisor", "admin"}
    assert shown["link"] == {"printer", "supervisor", "admin"}


async def test_who_looks_on_does_not_share_the_picture_of_who_may_more(house: House) -> None:
    """Sockets with the same board at once, whoever came first, and a print job that comes while both are open."""
    observer, printer = await house.token("observer"), await house.token("printer", "entrance")
    async with house.talk("printer", "entrance", token=observer) as reads:
        await reads.shown()
        async with house.talk("printer", "entrance", token=printer) as prints:
            await prints.shown()
            await lived(house)
            job, seen = await prints.until("print_job"), await reads.until("print_job")

    assert "/t/" in job["ticket"]["url"]
    assert seen["ticket"]["url"] is None
    assert (await house.client.get(job["image"], headers=await house.bearer("observer"))).status_code == 403


@pytest.mark.parametrize("role", ["observer", "desk", "kiosk", "printer", "display", "station", "booking"])
async def test_the_routes_refuse_what_boards_hide(house: House, role: Role) -> None:
    ticket = await house.ticket()
    note = f"/api/v1/offices/mitte/tickets/{ticket['id']}/note"
    assert (await house.client.get(note, headers=await house.bearer(role))).status_code == 403
