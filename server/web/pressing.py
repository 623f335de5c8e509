"""The one way of a press to its desk, over HTTP or the socket: it is counted, decided, and refused with a reason."""

from server.access.gate import may_act
from server.desk.desk import Desk
from server.desk.entry import Done
from server.messages.actor import Actor
from server.messages.commands import CheckIn, Command
from server.messages.problems import Refusal
from server.web.reading import When
from server.web.refused import RefusedRequest, too_many
from server.web.site import Site

CODES = (
    "malformed",
    "too_large",
    "not_json",
    "invalid",
    "key_missing",
    "key_reused",
    "too_many",
    "store_unavailable",
    "starting",
    "stopping",
)
"""The refusals that any press may meet before it is decided."""

GUESSING = frozenset({"kiosk", "holder"})
"""Roles for whom anybody in the room, or with a ticket, may type codes."""


async def pressed(site: Site, desk: Desk, actor: Actor, command: Command, key: str, when: When) -> Done:
    """The result of a press; RefusedRequest if it was refused. Called inside `limits.press(actor)`, so that reading it counts
    as well."""
    began, code = site.clock.monotonic(), "fault"
    try:
        done = await _pressed(site, desk, actor, command, key, when)
        code = ""
    except RefusedRequest as refused:
        code = refused.refusal.code
        raise
    finally:
        site.presses.note(command, code, site.clock.monotonic() - began)
    return done


async def _pressed(site: Site, desk: Desk, actor: Actor, command: Command, key: str, when: When) -> Done:
    if refusal := may_act(actor):
        raise RefusedRequest(refusal)
    limits = site.limits
    limits.heard_by_all(actor, command)
    guesses = isinstance(command, CheckIn) and actor.role in GUESSING
    guesser = f"{desk.office} {actor.role} {actor.device or actor.principal}"  # a kiosk may have several tokens
    if guesses and (wait := limits.wrong_codes.wait(guesser)):
        raise too_many(wait, "too many codes that nobody has")
    age = when.age_ms if when.at is not None else (when.age_ms or 0) + site.awake.lay_ms()
    outcome = await desk.submit(actor, command, key, age, when.at)
    if guesses and not (isinstance(outcome, Refusal) and outcome.code == "unknown_code"):
        limits.wrong_codes.give_back(guesser)
    if isinstance(outcome, Refusal):
        raise RefusedRequest(outcome, {"Retry-After": "1"} if outcome.retry else {})
    return outcome
