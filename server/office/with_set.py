"""Counters, services and helpers with the end and the reason of the set of moves that changed them, as boards say them.

A set ends as one, so its parts do not carry its end. Where such a part still stands, the set's end counts unless its own comes
first, and the set's reason unless it has its own. Pure.
"""

from msgspec.structs import replace

from server.messages.facts import CalledHelper, Counter, Moves, Service
from server.office.moves import BOOST, CLOSING, SERVED, STANDING, Part, stands
from server.office.state import State


def counter(state: State, now: Counter) -> Counter:
    """What it was given, and its pause. A pause has reasons of its own (`breaks`)."""
    if now.assignment is not None and (moves := _set_of(state, now, SERVED)) is not None:
        given, until = now.assignment, _earlier(now.assignment.until, moves)
        now = replace(now, assignment=replace(given, until=until, reason=given.reason or moves.reason))
    if now.state == "paused" and (moves := _set_of(state, now, STANDING)) is not None:
        now = replace(now, back_at=_earlier(now.back_at, moves))
    return now


def service(state: State, now: Service) -> Service:
    """Its closing, and its boost."""
    if now.closed and (moves := _set_of(state, now, CLOSING)) is not None:
        now = replace(now, until=_earlier(now.until, moves), reason=now.reason or moves.reason)
    if now.boost and (moves := _set_of(state, now, BOOST)) is not None:
        now = replace(now, boost_until=_earlier(now.boost_until, moves))
    return now


def helper(state: State, now: CalledHelper) -> CalledHelper:
    moves = _set_of(state, now, Part("last_seq", ()))
    return now if moves is None else replace(now, until=_earlier(now.until, moves))


def _set_of(state: State, now: Counter | Service | CalledHelper, part: Part) -> Moves | None:
    """The set that left this part as it is. There is at most one: in the pictures of later ones it is so already."""
    sets = (one for one in state.moves.values() if not one.single)
    pictures = ((one, old) for one in sets for old in (*one.counters, *one.services, *one.helpers))
    mine = ((one, old) for one, old in pictures if type(old) is type(now) and old.id == now.id)
    current = getattr(now, part.seq)
    return next((one for one, old in mine if stands(getattr(old, part.seq), current, one.last_seq)), None)


def _earlier(own: int | None, moves: Moves) -> int | None:
    return min((at for at in (own, moves.until) if at is not None), default=None)
