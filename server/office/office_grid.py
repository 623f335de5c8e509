"""Which commands about the whole office or one service would be accepted now: the day, the order of call, messages, help. Pure.

The twin of `grid` for what is about neither a counter nor a ticket. Boards carry the answers as `may` and `may_of_services`.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from server.messages.actor import Actor
from server.messages.facts import Moves
from server.messages.rights import COMMANDS, DEVICES
from server.messages.terms import Role
from server.office import hours
from server.office.grid import May
from server.office.moves import in_force
from server.office.state import State

MESSAGES = 100
"""How many messages may be shown at the same time: each is on every screen, and in every checkpoint."""
SETS = 100
"""How many sets may be applied at the same time: each is in every checkpoint."""


def sets(state: State) -> int:
    """How many sets of moves are in force.

    Single moves are not counted: the shift book keeps them, and drops old ones itself.
    """
    return sum(not one.single for one in state.moves.values())


def can_be_taken_back(state: State, moves: Moves) -> bool:
    """A set always can, and that ends it; a single move only while something of it still holds."""
    return not moves.single or in_force(state, moves)


def idle_situations(state: State) -> list[str]:
    """The situations of the office file that are not on."""
    on = {one.situation for one in state.moves.values()}
    return [one.id for one in state.office.situations if one.id not in on]


Accepted = Callable[[State, Actor, int], bool]


def _always(state: State, actor: Actor, now: int) -> bool:
    return True


def _opens(state: State, actor: Actor, now: int) -> bool:
    return state.day is None or bool(state.ahead) or state.day < hours.day_of(state.office, now)


def _unheard(state: State, actor: Actor, now: int) -> bool:
    """Whether a device has not called for help yet, or was answered. Staff call from a device's page, whose board knows it."""
    return actor.role in DEVICES and actor.device is not None and unheard(state, actor.device)


def unheard(state: State, device: str) -> bool:
    """Whether nobody waits for help at this device yet."""
    return all(call.accepted_by is not None for call in state.help.values() if call.device == device)


def _expected(state: State, actor: Actor, now: int) -> bool:
    """Whether somebody with an appointment is still expected today. `coming` is in the order of time."""
    if not state.coming:
        return False
    first, _ = state.coming[0]
    return hours.day_of(state.office, first) == hours.day_of(state.office, now)


ANY_TIME: Mapping[str, Accepted] = {
    "open_day": _opens,
    "correct_clock": lambda state, *_: bool(state.ahead),
    "request_help": _unheard,
    "accept_help": lambda state, *_: any(call.accepted_by is None for call in state.help.values()),
    "raise_alarm": _always,
    "accept_alarm": _always,
    "end_alarm": _always,
}
"""The grid of the office: when a command is accepted, even if the day is not open. An alarm is heard before it is in the log, so
staff can answer and end one that no board lists yet."""
BY_DAY: Mapping[str, Accepted] = {
    "close_day": _always,
    "issue_ticket": lambda state, *_: any(not plan.retired for plan in state.office.services),
    "check_in": _expected,
    "set_policy": _always,
    "set_roster": _always,
    "set_walk_ins": _always,
    "set_rule": _always,
    "call_helper": lambda state, *_: bool(state.office.helpers),
    "apply_moves": lambda state, *_: sets(state) < SETS,
    "start_situation": lambda state, *_: bool(idle_situations(state)),
    "revert_moves": lambda state, *_: any(can_be_taken_back(state, one) for one in state.moves.values()),
    "post_message": lambda state, *_: len(state.messages) < MESSAGES,
    "clear_message": lambda state, *_: bool(state.messages),
    "silence_zone": lambda state, *_: bool(state.zones),
    "end_silence": lambda state, *_: bool(state.silences),
    "test_call": lambda state, *_: not state.zones.keys() <= state.silences.keys(),
}
"""What is accepted only while the day is open. `close_day` needs `force` while somebody is called or served."""
OF_SERVICE = frozenset({"open_service", "close_service", "limit_service", "boost_service"})
"""Commands about one service."""


def of_office(state: State, actor: Actor, now: int) -> May:
    """The commands that this actor may send to the office as a whole."""
    if not state.configured:
        return ()
    rows = ANY_TIME if state.day is None else {**ANY_TIME, **BY_DAY}
    return tuple(name for name, fits in rows.items() if actor.role in COMMANDS[name] and fits(state, actor, now))


def of_services(state: State, actor: Actor) -> dict[str, May]:
    """By service, the commands that this actor may send about it."""
    if state.day is None:
        return {}
    plans = (plan.id for plan in state.office.services if not plan.retired)
    found = ((name, of_service(actor.role, closed=state.services[name].closed)) for name in plans)
    return {name: may for name, may in found if may}


@lru_cache(32)
def of_service(role: Role, *, closed: bool) -> May:
    """An open service cannot be opened. A closed one can be closed again, with another reason or end."""
    wanted = OF_SERVICE if closed else OF_SERVICE - {"open_service"}
    return tuple(sorted(name for name in wanted if role in COMMANDS[name]))
