"""Undo: within ten seconds, all events of one key or none, and only while no later event touched the same things."""

from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Ticket
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules
from server.office.state import UNDO_FOR_MS
from server.office.undoable import overtaken, undoable


def undo(case: Case, command: c.Undo) -> None:
    guards.allowed(case)
    guards.day(case)
    act = case.state.acts.get((case.actor.principal, command.key))
    if act is None:
        raise _unknown(case, command.key)
    if not undoable(act):
        raise No("nothing_to_undo", f"{act.type} cannot be undone")
    if case.now - act.at > UNDO_FOR_MS:
        raise _too_late()
    if overtaken(case.state, act):
        raise No("overtaken", "something later touched the same ticket or counter")
    case.say(
        e.Undone,
        of=command.key,
        tickets=tuple(_before(case, name, old) for name, old in act.tickets.items()),
        counters=tuple(act.counters.values()),
        services=tuple(act.services.values()),
    )


def _too_late() -> No:
    seconds = UNDO_FOR_MS // 1000
    return No("too_late_to_undo", f"a press can be undone for {seconds} seconds", seconds=seconds)


def _unknown(case: Case, key: str) -> No:
    if any(case.state.keys.spent(principal, key) for principal in case.actor.principals):
        return _too_late()
    if any(name == key for _, name in case.state.acts):
        return No("not_yours", "somebody else pressed this")
    return No("nothing_to_undo", f"no press of yours has the key {key}")


def _before(case: Case, name: str, old: Ticket | None) -> Ticket:
    """The ticket as it was before. If the press created it, it is cancelled, and its number is not used again."""
    return old if old is not None else replace(case.state.tickets[name], state="cancelled", ended_at=case.now)


RULES: Rules = {c.Undo: undo}
