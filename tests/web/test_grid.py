"""Every route × every role × own and other office, from the route table: a route without a rule fails here."""

from typing import Any, get_args

import pytest

from server.messages.rights import BOARDS, DEVICES, LINKS, METRICS, STAFF
from server.messages.terms import LIVING, Role
from server.web.way import Open, Way
from tests.web.conftest import House

ROLES: tuple[Role | None, ...] = (None, *(role for role in get_args(Role) if role not in ("holder", "door", "system")))
OWN, FOREIGN = "mitte", "rathaus"
DEVICE_OF = {
    "display": "staff-room",
    "announcer": "hall",
    "printer": "entrance",
    "kiosk": "entrance",
    "station": "photo",
}
"""The device for which each device's token is made."""
SHOWN = {
    "display": "staff-room",
    "announcer": "hall",
    "printer": "entrance",
    "kiosk": "entrance",
    "counter": "1",
    "line": "ausweis",
    "station": "photo",
}
"""The device whose board is asked for."""
LET_IN = frozenset({200, 204, 303, 304, 400, 404, 409, 410, 415, 422})
"""Statuses after the check: a caller who gets one of these was let in."""


def expected(way: Way, role: Role | None, office: str) -> str:
    """in, out (401) or forbidden (403), derived only from the rule of the row."""
    if way.who is Open.ALL or way.who is Open.METRICS:
        return "in"  # metrics are asked from loopback here
    if way.who is Open.LINK:
        return "in"
    if way.who is Open.DEVICES:
        paper = way.path.startswith("/print/")
        good = role in LINKS if paper else role is None or role in DEVICES | STAFF | {"observer"}
        return "in" if good else "out" if role is None else "forbidden"
    if role is None:
        return "out"
    if way.who is Open.SIGNED_IN:
        return "in"
    if office == FOREIGN and "{office}" in way.path:
        return "forbidden"
    if way.who is Open.IN_OFFICE:
        return "in"
    if way.who is Open.BY_BOARD:
        kind = way.board or ("counter" if "{id}" in way.path else "supervisor")
        return "in" if role in BOARDS[kind] else "forbidden"
    assert isinstance(way.who, frozenset), f"{way.method} {way.path} has no rule"
    return "in" if role in way.who else "forbidden"


def path_of(way: Way, office: str, ticket: dict[str, Any], appointment: dict[str, Any], wish: str) -> str:
    board = way.board or "supervisor"
    secret = wish if way.path.startswith("/w/") else (appointment if way.of_appointment else ticket)["secret"]
    values = {
        "{office}": office,
        "{board}/{id}": "counter/1",
        "{board}": board,
        "{id}": SHOWN.get(board, "x"),
        "{ticket}": ticket["id"],
        "{secret}": secret,
        "{reference}": "none",
        "{hash}.{ext}": "0123456789abcdef.wav",
        "{job}": "0123456789abcdef",
        "{key}": "nobodys",
        "{file*}": "page.js",
    }
    path = way.path
    for name, value in values.items():
        path = path.replace(name, value)
    return path


def found(status: int) -> str:
    if status in LET_IN:
        return "in"
    return {401: "out", 403: "forbidden"}.get(status, str(status))


@pytest.mark.parametrize("office", [OWN, FOREIGN])
async def test_every_route(house: House, office: str) -> None:
    ticket, appointment = await house.ticket(), await house.appointment()
    wish = house.site.access.links.wish_secret("over")
    for role in ROLES:
        headers = {} if role is None else await house.bearer(role, DEVICE_OF.get(role))
        for way in house.ways:
            path = path_of(way, office, ticket, appointment, wish)
            answer = await house.client.request(way.method, path, headers=headers)
            want = expected(way, role, office)
            assert found(answer.status_code) == want, f"{way.method} {path} as {role}: {answer.text}"


async def test_every_board(house: House) -> None:
    """HTTP and socket let in the same roles, and a device only to its own board."""
    ids = {"supervisor": "", "desk": "", "roster": "", **SHOWN}
    for kind in (kind for kind in BOARDS if kind not in ("ticket", "offices", "pairing")):
        path = f"/api/v1/offices/mitte/boards/{kind}" + (f"/{ids[kind]}" if ids[kind] else "")
        for role in ROLES:
            device = DEVICE_OF.get(role or "")
            headers = {} if role is None else await house.bearer(role, device)
            token: dict[str, Any] = {} if role is None else {"token": await house.token(role, device)}
            status = (await house.client.get(path, headers=headers)).status_code
            async with house.talk(kind, ids[kind], **token) as talk:
                code = await talk.closed() if status != 200 else None
                said = await talk.frame() if status == 200 else {}
            may = role in BOARDS[kind] and (role not in DEVICES or device == ids[kind])
            good = (404, 4404, None) if kind == "station" else (200, None, "welcome")  # the sample has no station
            refused = (401, 4401, None) if role is None else (403, 4403, None)
            assert (status, code, said.get("type")) == (good if may else refused), (kind, role)


async def test_a_device_sees_no_board_but_its_own(house: House) -> None:
    own: tuple[tuple[Role, str], ...] = (("display", "staff-room"), ("kiosk", "entrance"), ("announcer", "hall"))
    for role, id in own:
        headers = await house.bearer(role, "another")
        answer = await house.client.get(f"/api/v1/offices/mitte/boards/{role}/{id}", headers=headers)
        assert answer.status_code == 403


async def test_a_token_for_one_counter_sees_that_counter(house: House) -> None:
    headers = await house.bearer("clerk", "1")
    assert (await house.client.get("/api/v1/offices/mitte/boards/counter/1", headers=headers)).status_code == 200
    assert (await house.client.get("/api/v1/offices/mitte/boards/counter/2", headers=headers)).status_code == 403


async def test_a_public_display_is_for_everybody_a_private_one_is_not(house: House) -> None:
    statuses = [
        (await house.client.get(f"/api/v1/offices/mitte/boards/display/{id}")).status_code
        for id in ("hall", "staff-room", "nowhere")
    ]
    assert statuses == [200, 401, 404]


def test_metrics_have_their_roles() -> None:
    assert frozenset({"admin", "observer"}) == METRICS


async def test_metrics_through_a_proxy_are_not_local(house: House) -> None:
    """With a proxy on this machine, requests from anywhere must not count as local."""
    far = {"X-Forwarded-For": "203.0.113.7"}
    assert (await house.client.get("/metrics", headers=far)).status_code == 401
    observer = {**far, **await house.bearer("observer")}
    answer = await house.client.get("/metrics", headers=observer)
    assert answer.status_code == 200
    assert "aufruf_office_ready" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Real-IP": "203.0.113.7"},
        {"Via": "1.1 proxy"},
        {"Forwarded": "for=203.0.113.7"},
        {"X-Forwarded-Host": "warten.example.de"},
        {"X-Forwarded-Proto": "https"},
        {"Host": "warten.example.de"},
        {"Host": "10.0.0.5:8080"},
    ],
)
async def test_metrics_are_local_only_by_this_machines_name_and_without_a_proxy(
    house: House, headers: dict[str, str]
) -> None:
    assert (await house.client.get("/metrics", headers=headers)).status_code == 401
    for name in ("localhost", f"localhost:{house.port}", "127.0.0.1", "[::1]:8080"):
        answer = await house.client.get("/metrics", headers={"Host": name})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


async def test_metrics_count_the_living(house: House) -> None:
    """A ticket that left stays for a while for its own phone, but is not counted any more."""
    for _ in range(3):
        left = await house.ticket("ausweis")
    assert (await house.press("desk", type="cancel_ticket", ticket=left["id"])).status_code == 200
    told = (await house.client.get("/metrics", headers=await house.bearer("observer"))).text
    counted = [line for line in told.splitlines() if line.startswith("aufruf_office_tickets{")]
    assert [line for line in counted if 'office="mitte"' in line and not line.endswith(" 0.0")] == [
        'aufruf_office_tickets{office="mitte",state="waiting"} 2.0'
    ]
    assert {line.partition("{")[2] for line in counted if 'office="rathaus"' in line} == {
        f'office="rathaus",state="{state}"}} 0.0' for state in LIVING
    }
