"""From bytes to a message: size, media type, JSON, fields; each fault with its own code. Used by every route with a body."""

import asyncio
import json
import re
from typing import Any, NamedTuple, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from server.messages.commands import AnyCommand, DateTime
from server.messages.instants import millis
from server.messages.problems import FaultyField, Refusal
from server.web.refused import RefusedRequest, invalid, refuse

MOST_BYTES = 64 * 1024
LONGEST_AGE_MS = 10**12 - 1
DRAINED_BYTES = 4 * 1024 * 1024
BODY_S = 10.0

_AT = re.compile(r"^(?P<reason>.*?)(?: - at `\$?(?P<path>[^`]*)`)?$", re.DOTALL)
_NAMED = re.compile(r"(?:field|value) [`'](?P<name>[^`']*)[`']")
_commands = msgspec.json.Decoder(AnyCommand)
_T = TypeVar("_T")


async def body(request: Request) -> bytes:
    """The whole body, refused as soon as it is too large."""
    try:
        async with asyncio.timeout(BODY_S):
            found = await _bounded(request)
            if found is None:
                await _drained(request)
                raise refuse("too_large", f"at most {MOST_BYTES} bytes")
            return found
    except (ClientDisconnect, TimeoutError):
        raise refuse("malformed", "the body was not finished") from None


async def _bounded(request: Request) -> bytes | None:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and number(announced, MOST_BYTES) is None:
        return None
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_BYTES:
            return None
    return bytes(found)


async def _drained(request: Request) -> None:
    """Read a little more, so that a client that is still sending gets its answer instead of a broken connection."""
    left = DRAINED_BYTES
    while left > 0:
        event = await request.receive()
        left -= len(event.get("body", b"")) or 1
        if event["type"] == "http.disconnect" or not event.get("more_body"):
            return


async def json_body(request: Request) -> bytes:
    """A body that says it is JSON."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise refuse("not_json", "send the body as application/json")
    found = await body(request)
    if (name := doubled(found)) is not None:
        raise twice(name)
    return found


class _Doubled(Exception):
    """`name`: a member that stands twice in one object."""

    def __init__(self, name: str) -> None:
        self.name = name


def _each_once(members: list[tuple[str, Any]]) -> None:
    if len(dict(members)) == len(members):
        return
    seen: set[str] = set()
    for name, _ in members:
        if name in seen:
            raise _Doubled(name)
        seen.add(name)


_objects = json.JSONDecoder(object_pairs_hook=_each_once, parse_int=str, parse_float=str)


def doubled(text: bytes | str) -> str | None:
    """The first member that stands twice in one object of this JSON. Of two values, a proxy that checks what comes in may
    believe the first, and we would take the last.

    msgspec does not notice them; reading the text once more takes a few microseconds. What is no JSON has none: whoever decodes
    it will say so.
    """
    try:
        _objects.decode(text if isinstance(text, str) else text.decode())
    except _Doubled as found:
        return found.name
    except (ValueError, RecursionError):
        return None
    return None


def twice(name: str) -> RefusedRequest:
    """The refusal of a text in which this member stands twice."""
    return invalid(name[:64], "stands twice")


def command(raw: bytes | msgspec.Raw) -> AnyCommand:
    """One of the commands of the contract."""
    try:
        decoded: AnyCommand = _commands.decode(raw)
        return decoded
    except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
        raise fault_of(fault) from None


def read(raw: bytes, kind: type[_T]) -> _T:
    """Any other body."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
        raise fault_of(fault) from None


def converted(fields: dict[str, Any]) -> AnyCommand:
    """A command from members that are decoded already."""
    try:
        made: AnyCommand = msgspec.convert(fields, AnyCommand)
        return made
    except (msgspec.ValidationError, RecursionError) as fault:
        raise fault_of(fault) from None


def fault_of(fault: Exception) -> RefusedRequest:
    """422 with the field for JSON of the wrong shape, 400 for something that is not JSON."""
    if not isinstance(fault, msgspec.ValidationError):
        return refuse("malformed", "this is not JSON that can be read")
    match = _AT.match(str(fault))
    reason, path = (match["reason"], match["path"] or "") if match else (str(fault), "")
    named = _NAMED.search(reason)
    parts = [part for part in (path.lstrip("."), named["name"] if named and "field" in named[0] else "") if part]
    field = ".".join(parts)
    return RefusedRequest(Refusal(code="invalid", detail=reason, errors=(FaultyField(field=field, reason=reason),)))


class When(NamedTuple):
    """When the device says it was pressed: `age_ms` since then, and the instant by the server's clock (ms)."""

    age_ms: int | None
    at: int | None


def age(request: Request) -> int | None:
    """Milliseconds since the press, by the device's monotonic clock."""
    said = request.headers.get("age-ms")
    if said is None:
        return None
    if (found := number(said, LONGEST_AGE_MS)) is None:
        raise invalid("Age-Ms", "whole milliseconds, not negative")
    return found


def when(request: Request) -> When:
    """From `Age-Ms` and `Pressed-At`; the latter is the server's time as the device knows it."""
    return When(age(request), _instant("Pressed-At", request.headers.get("pressed-at")))


def instant(request: Request, name: str) -> int | None:
    """An instant of the query, ms; None if it is absent."""
    return _instant(name, request.query_params.get(name))


def _instant(field: str, said: str | None) -> int | None:
    try:
        return None if said is None else millis(msgspec.convert(said, DateTime))
    except msgspec.ValidationError:
        raise invalid(field, "an instant as RFC 3339 has it, with its zone") from None


def key(request: Request) -> str:
    """The idempotency key that was made when the button was pressed."""
    said = request.headers.get("idempotency-key", "")
    if not 1 <= len(said) <= 64 or any(not "!" <= character <= "~" for character in said):
        raise refuse("key_missing", "send the header Idempotency-Key: 1 to 64 visible characters, made at the press")
    return said


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    """A number in the query of the address."""
    said = request.query_params.get(name)
    if said is None:
        return default
    if (found := number(said, most)) is None:
        raise invalid(name, f"a whole number from 0 to {most}")
    return found


def number(said: str, most: int) -> int | None:
    """A whole number from 0 to `most`, else None. Everything numeric that a request says is read here: Python raises for
    numbers of more than 4,300 digits."""
    return int(said) if said.isdecimal() and len(said) <= len(str(most)) and int(said) <= most else None
