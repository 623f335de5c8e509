"""A ticket by its number and the code beside it: what a kiosk asks for somebody without a phone. Wrong codes are counted."""

from typing import Annotated

from msgspec import Meta
from starlette.responses import Response

from server.desk.desk import Desk
from server.messages.rights import CLAIMS
from server.messages.short_code import is_code_of
from server.messages.terms import OneLine
from server.messages.value import Value
from server.web import reading
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.pressing import GUESSING
from server.web.refused import refuse, too_many
from server.web.way import OFFICE, Way


class NumberClaimed(Value, forbid_unknown_fields=True):
    """`number` as it is printed, however it is written; `code`: the four signs beside it."""

    number: Annotated[OneLine, Meta(min_length=1, max_length=12)]
    code: Annotated[OneLine, Meta(min_length=1, max_length=12)]


async def claim(ask: Ask) -> Response:
    """`{ticket, secret}`. A number that nobody has and a wrong code are refused alike: the answer tells nobody which numbers
    live."""
    claimed = reading.read(await reading.json_body(ask.request), NumberClaimed)
    desk = ready(ask.desk)
    guesser = f"{ask.office} claim {ask.actor.role} {ask.actor.device or ask.actor.principal}"
    guesses, limits = ask.actor.role in GUESSING, ask.site.limits
    if guesses and (wait := limits.wrong_codes.wait(guesser)):
        raise too_many(wait, "too many codes that nobody has")
    ticket = _living(desk, claimed.number)
    secret = ask.site.access.links.secret(ask.office, ticket or "-")
    if not is_code_of(claimed.code, secret) or ticket is None:
        raise refuse("unknown_code", "this is not the code of a number that waits here")
    if guesses:
        limits.wrong_codes.give_back(guesser)
    return json({"ticket": ticket, "secret": secret}, headers={"cache-control": "no-store"})


def _living(desk: Desk, number: str) -> str | None:
    """The living ticket with a number, written as "a 7", "A007" or "A-007"."""
    wanted = _plain(number)
    return next((ticket for known, ticket in desk.state.alive.items() if _plain(known) == wanted), None)


def _plain(number: str) -> tuple[str, str]:
    signs = [sign for sign in number.upper() if sign.isalnum()]
    letters = "".join(sign for sign in signs if not sign.isdecimal())
    digits = "".join(sign for sign in signs if sign.isdecimal())
    return letters, digits.lstrip("0")


WAYS = (
    Way(
        "POST",
        OFFICE + "/claims",
        claim,
        CLAIMS,
        "A ticket by its number and the code beside it",
        body=NumberClaimed,
        result=schemas.OBJECT,
        codes=("unknown_code", "malformed", "too_large", "not_json", "invalid", "starting", "too_many"),
    ),
)
