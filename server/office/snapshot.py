"""A state as bytes and back. A snapshot is stored beside the log so that a node starts fast; it is matched to the log by
(seq, mark), and can always be thrown away."""

from collections import deque
from typing import Any

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from server.messages import facts
from server.messages.laid import LaidSetting
from server.messages.office import Office, Rule, WalkIns
from server.office.keys import Kept, Keys
from server.office.moves import name_of
from server.office.state import ALIVE, Act, Shown, SpokenCall, State

FORMAT = 15
"""Raised whenever a fold changes: an older snapshot is thrown away."""


class KeptAct(Struct, array_like=True):
    """An act of `State.acts` with its key: what undo restores."""

    who: str
    key: str
    type: str
    at: int
    last_seq: int
    number: str | None
    tickets: dict[str, facts.Ticket | None]
    counters: dict[str, facts.Counter]
    services: dict[str, facts.Service]
    did: tuple[facts.Deed, ...] = ()


class Snapshot(Struct, array_like=True):
    """Every field of `State` that is not derived, under the same name."""

    format: int
    office: Office
    settings: tuple[LaidSetting, ...]
    coming_zone: str | None
    epoch: str
    seq: int
    mark: str
    at: int
    day: str | None
    last_day: str | None
    preset: str
    preset_until: int | None
    preset_before: str
    preset_seq: int
    preset_before_seq: int
    tickets: list[facts.Ticket]
    counters: list[facts.Counter]
    services: list[facts.Service]
    prints: list[facts.Print]
    messages: list[facts.Message]
    alarms: list[facts.Alarm]
    help: list[facts.Help]
    silences: dict[str, int | None]
    holds: list[facts.Hold]
    appointments: list[facts.Appointment]
    leases: list[facts.Lease]
    moves: list[facts.Moves]
    book: list[facts.Row]
    quiet: tuple[str, ...]
    switched: dict[str, bool]
    written: dict[str, Rule]
    touched: dict[str, int]
    roster: dict[str, tuple[facts.Duty, ...]]
    walk_ins: dict[str, tuple[WalkIns, ...]]
    helpers: list[facts.CalledHelper]
    keys: list[facts.Spent]
    numbers: dict[str, int]
    last_issued: dict[str, int]
    lost: tuple[str, ...]
    lost_at: int
    lost_more: int
    reserved: facts.Reserved | None
    earlier: tuple[facts.Reserved, ...]
    ahead: int
    model: str
    taken_up: facts.TakenUp | None
    shown: list[Shown]
    said: list[SpokenCall]
    overtakers: dict[str, list[tuple[int, str]]]
    configured: bool
    leaving: list[tuple[int, str]]
    acts: list[KeptAct]


_TABLES = {
    "tickets": "id", "counters": "id", "services": "id", "prints": "job", "messages": "id", "alarms": "place",
    "help": "id", "holds": "id", "appointments": "id", "leases": "id", "shown": "ticket", "helpers": "id",
}  # fmt: skip
_NAMED = ("moves", "book")
_encode = Encoder().encode
_decode = Decoder(Snapshot).decode


def freeze(state: State) -> bytes:
    """The state as bytes."""
    values: dict[str, Any] = {}
    for name in Snapshot.__struct_fields__[1:]:
        value = getattr(state, name)
        values[name] = list(value.values()) if name in (*_TABLES, *_NAMED, "keys") else value
    values["said"], values["leaving"] = list(state.said), list(state.leaving)
    values["acts"] = [_kept(who, key, act) for (who, key), act in state.acts.items()]
    return _encode(Snapshot(format=FORMAT, **values))


def _kept(who: str, key: str, act: Act) -> KeptAct:
    images = (act.tickets, act.counters, act.services)
    return KeptAct(who, key, act.type, act.at, act.last_seq, act.number, *images, act.did)


def _act(kept: KeptAct) -> Act:
    act = Act(kept.type, kept.at)
    act.last_seq, act.number, act.did = kept.last_seq, kept.number, kept.did
    act.tickets, act.counters, act.services = kept.tickets, kept.counters, kept.services
    return act


def thaw(blob: bytes) -> State | None:
    """The state of a snapshot, or None if it is of another format or broken: then the log is folded."""
    try:
        kept = _decode(blob)
    except (ValueError, TypeError):
        return None
    if kept.format != FORMAT:
        return None
    state = State()
    for name in Snapshot.__struct_fields__[1:]:
        value = getattr(kept, name)
        if name in _TABLES:
            value = {getattr(item, _TABLES[name]): item for item in value}
        if name in _NAMED:
            value = {name_of(item): item for item in value}
        setattr(state, name, value)
    state.keys = Keys(((spent.who, spent.key), spent) for spent in kept.keys)
    state.set_appointments(kept.appointments)
    state.acts = Kept(((act.who, act.key), _act(act)) for act in kept.acts)
    state.said, state.leaving = deque(kept.said), deque(kept.leaving)
    state.configure(kept.office)
    _derive(state)
    return state


def _derive(state: State) -> None:
    for ticket in state.tickets.values():
        if ticket.state == "waiting":
            state.lines.add(ticket, state.ready_at(ticket), state.waits_since(ticket), state.at)
        if ticket.state in ALIVE:
            state.note_alive(ticket)
