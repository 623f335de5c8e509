"""A phone that wants to be told when its ticket is called, also while its page is closed."""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.responses import Response

from server.messages.terms import LIVING
from server.web import reading
from server.web.ask import Ask, nothing, ready
from server.web.languages import with_words
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.way import Open, Way

PATH = "/api/v1/tickets/{secret}/push"
Short = Annotated[str, Meta(max_length=200)]


class PushKeys(Struct):
    """The keys of a browser's subscription, base64url."""

    p256dh: Short
    auth: Short


class PushBody(Struct):
    """What `PushSubscription.toJSON()` gives in a browser; `language`: in which the phone is told."""

    endpoint: Annotated[str, Meta(max_length=1_024)]
    keys: PushKeys
    language: Short | None = None


class PushGone(Struct):
    """Which phone is not to be told any more."""

    endpoint: Annotated[str, Meta(max_length=1_024)]


async def put(ask: Ask) -> Response:
    """`PUT /api/v1/tickets/{secret}/push`: the phone is told from now on. Its address is kept until the day ends."""
    phones = ask.site.phones
    if phones is None:
        raise refuse("unknown_route", "this server sends no messages to phones")
    with ask.site.limits.press(ask.actor):
        wanted = reading.read(await reading.json_body(ask.request), PushBody)
        desk, ticket = ready(ask.desk), ask.values["ticket"]
        known = desk.state.tickets.get(ticket)
        if known is None:
            raise refuse("link_expired", "this ticket is over")
        if known.state not in LIVING or desk.state.day is None:
            raise refuse("wrong_state", "nobody is called for this ticket any more")
        spoken = with_words((wanted.language or known.language or "", *desk.state.office.languages), ask.site.languages)
        phone = {
            "endpoint": wanted.endpoint,
            "p256dh": wanted.keys.p256dh,
            "auth": wanted.keys.auth,
            "language": spoken[0],
        }
        try:
            await phones.put(ask.office, ticket, desk.state.day, phone, desk.now())
        except ValueError as fault:
            raise _invalid(fault) from None
    return nothing()


async def drop(ask: Ask) -> Response:
    """`DELETE /api/v1/tickets/{secret}/push`: the phone that the body names, or without a body every phone of the ticket."""
    phones = ask.site.phones
    if phones is None:
        raise refuse("unknown_route", "this server sends no messages to phones")
    with ask.site.limits.press(ask.actor):
        body = await reading.body(ask.request)
        endpoint = reading.read(body, PushGone).endpoint if body else None
        await phones.drop(ask.office, ask.values["ticket"], endpoint)
    return nothing()


def _invalid(fault: ValueError) -> RefusedRequest:
    field, reason = fault.args
    return invalid(field, reason)


CODES = ("link_expired", "unknown_route", "malformed", "too_large", "invalid", "too_many", "starting", "stopping")
WAYS = (
    Way(
        "PUT",
        PATH,
        put,
        Open.LINK,
        "Tell this phone when the ticket is called",
        body=PushBody,
        codes=(*CODES, "not_json", "wrong_state"),
        citizens=True,
    ),
    Way(
        "DELETE",
        PATH,
        drop,
        Open.LINK,
        "Tell a phone no more",
        body=PushGone,
        codes=CODES,
        citizens=True,
    ),
)
