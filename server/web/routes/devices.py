"""The devices of an office, for the supervisor's table: their tokens, their names and places, and what they are asked to do.

`{id}` is `display:hall`, or `hall` alone: the first device of that id, displays before kiosks.
"""

from typing import get_args

from msgspec import Struct
from starlette.responses import Response

from server.access.tokens import Token
from server.messages import frames
from server.messages.instants import at_or_none, rfc3339
from server.messages.office import Office
from server.messages.rights import DEVICES_KEPT
from server.messages.terms import DeviceName, Id, PairedKind
from server.push.orders import DeviceOrder
from server.web import reading
from server.web.ask import Ask, json, nothing, ready
from server.web.documents import schemas
from server.web.door import PAGED
from server.web.refused import invalid, refuse
from server.web.way import OFFICE, Way

KINDS: tuple[PairedKind, ...] = get_args(PairedKind)
"""An id that several kinds have is that of the first of these."""


class Change(Struct, forbid_unknown_fields=True):
    """`name`: what it is called from now on; `to`: the id of the device of the same kind that it is from now on."""

    name: DeviceName | None = None
    to: Id | None = None


def known_device(office: Office, kind: PairedKind, id: str) -> str:
    """What this device is called in the office file; refuses one that is not there."""
    title = titles(office, kind).get(id)
    if title is None:
        raise refuse("unknown_device", f"this office has no {kind} {id[:64]}")
    return title


def titles(office: Office, kind: str) -> dict[str, str]:
    """The devices of a kind in the office file, with what they are called there."""
    match kind:
        case "display":
            return {one.id: one.name for one in office.displays}
        case "kiosk":
            return {one.id: one.name for one in office.kiosks}
        case "printer":
            return {one.id: one.name for one in office.printers}
        case "station":
            return {one.id: one.label for one in office.stations}
        case _:  # an announcer, by its zone
            return {one.id: one.names.get(office.languages[0], one.id) for one in office.zones}


def _asked(ask: Ask) -> tuple[PairedKind, str]:
    """Kind and id of the device in the path."""
    said = ask.values["id"]
    office = ready(ask.desk).state.office
    for kind in KINDS:
        if (id := said.removeprefix(f"{kind}:")) != said and id in titles(office, kind):
            return kind, id
    for kind in KINDS:
        if said in titles(office, kind):
            return kind, said
    raise refuse("unknown_device", f"this office has no device {said[:64]}")


async def listed(ask: Ask) -> Response:
    """`GET .../devices`: every device that has a token of its own here."""
    return json([_told(token) for token in await ask.site.access.device_tokens.of(ask.office)])


def _told(token: Token) -> schemas.PairedDevice:
    return schemas.PairedDevice(
        kind=token.role,
        id=token.device or "",
        name=token.name,
        since=rfc3339(token.made_at),
        used_at=at_or_none(token.used_at),
    )


async def change(ask: Ask) -> Response:
    """`PATCH .../devices/{id}`: another name, or another device of its kind."""
    said = reading.read(await reading.json_body(ask.request), Change)
    if said.name is None and said.to is None:
        raise invalid("name", "say what changes: name or to")
    return json(await apply(ask, name=said.name, to=said.to))


async def apply(ask: Ask, *, name: str | None = None, to: str | None = None) -> dict[str, str]:
    """Gives the device in the path another name or place; returns what it is from now on."""
    kind, id = _asked(ask)
    if to is not None:
        known_device(ask.desk.state.office, kind, to)
    tokens = await _paired(ask, kind, id)
    name = None if name is None else name.strip()
    await ask.site.access.device_tokens.change(tokens, name=name, to=to)
    if name is not None:
        await _noted(ask, "device_renamed", kind, id, name=name)
        await _order(ask, kind, id, frames.Device(do="rename", name=name), tokens)
    if to not in (None, id):
        await _noted(ask, "device_moved", kind, id, to=str(to))
        await _order(ask, kind, id, frames.Device(do="reload", path=_path(ask.office, kind, to)), tokens)
    return {"kind": kind, "id": to or id, "name": tokens[0].name if name is None else name}


async def _noted(ask: Ask, act: str, kind: str, id: str, **more: str) -> None:
    if ask.asker is not None:
        await ask.site.access.audit.note(ask.asker.id, act, ask.office, device=f"{kind}:{id}", **more)


async def send_away(ask: Ask) -> Response:
    """`DELETE .../devices/{id}`: its token ends; it shows a code for pairing again."""
    kind, id = _asked(ask)
    tokens = await _paired(ask, kind, id)
    await ask.site.access.device_tokens.send_away(tokens)
    await _noted(ask, "device_sent_away", kind, id)
    await _order(ask, kind, id, frames.Device(do="reload", path="/pair" if kind in PAGED else None), tokens)
    return nothing()


async def identify(ask: Ask) -> Response:
    """`POST .../devices/{id}/identify`: it shows its name for ten seconds."""
    kind, id = _asked(ask)
    tokens = await ask.site.access.device_tokens.of(ask.office, kind, id)
    name = next((token.name for token in tokens if token.name), known_device(ask.desk.state.office, kind, id))
    await _order(ask, kind, id, frames.Device(do="identify", name=name))
    return nothing()


async def reload(ask: Ask) -> Response:
    """`POST .../devices/{id}/reload`: it loads its page again."""
    kind, id = _asked(ask)
    await _order(ask, kind, id, frames.Device(do="reload"))
    return nothing()


async def _paired(ask: Ask, kind: PairedKind, id: str) -> list[Token]:
    tokens = await ask.site.access.device_tokens.of(ask.office, kind, id)
    if not tokens:
        raise refuse("unknown_device", f"no {kind} {id} is paired here; its name is in the office file")
    return tokens


async def _order(ask: Ask, kind: str, id: str, frame: frames.Device, tokens: list[Token] | None = None) -> None:
    signed_in = tuple(token.id for token in tokens or ())
    await ask.site.hub.order(ask.office, DeviceOrder(device=f"{kind}:{id}", frame=frame, tokens=signed_in))


def _path(office: str, kind: str, id: str | None) -> str | None:
    return f"/{kind}/{office}/{id}" if kind in PAGED else None


DEVICE = OFFICE + "/devices/{id}"
_CODES = ("unknown_device", "starting", "store_unavailable")
_OF_BODY = ("malformed", "not_json", "invalid", "too_large")
WAYS = (
    Way("GET", OFFICE + "/devices", listed, DEVICES_KEPT, "Devices that are paired", result=schemas.DEVICES),
    Way(
        "PATCH",
        DEVICE,
        change,
        DEVICES_KEPT,
        "Give a paired device another name, or another place",
        body=Change,
        result=schemas.OBJECT,
        codes=(*_CODES, *_OF_BODY),
    ),
    Way("DELETE", DEVICE, send_away, DEVICES_KEPT, "End the pairing of a device", codes=_CODES),
    Way("POST", DEVICE + "/identify", identify, DEVICES_KEPT, "A device shows its name", codes=_CODES),
    Way("POST", DEVICE + "/reload", reload, DEVICES_KEPT, "A device loads its page again", codes=_CODES),
)
