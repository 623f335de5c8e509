"""Which presses can be taken back. Pure; asked by `decide`, by `evolve` and by the undo bar of staff boards."""

from server.office.state import Act, State

LASTING = frozenset(
    {
        "undone",
        "day_opened",
        "day_carried",
        "day_closed",
        "office_configured",
        "epoch_changed",
        "moves_applied",
        "moves_reverted",
    }
)
"""A press with one of these events cannot be undone (a set of moves is taken back by `revert_moves`)."""
BOOKINGS = frozenset({"appointment_booked", "appointment_moved", "appointment_cancelled", "slot_held", "slot_released"})


def undoable(act: Act) -> bool:
    """Whether a press can be undone at all: it touched something, is not about a day or a booking, and is no undo itself."""
    return act.type not in LASTING | BOOKINGS and bool(act.tickets or act.counters or act.services)


def overtaken(state: State, act: Act) -> bool:
    """Whether a later event touched a ticket, counter or service of this act, or gave its number to another ticket; or kept
    a ticket for a counter that would be closed again."""
    tickets = (state.tickets[name].last_seq for name in act.tickets if name in state.tickets)
    counters = (state.counters[name].last_seq for name in act.counters)
    services = (state.services[name].last_seq for name in act.services)
    numbers = (state.alive.get(old.number, name) != name for name, old in act.tickets.items() if old is not None)
    closing = {name for name, old in act.counters.items() if old.state == "closed"}
    kept = (t.last_seq for t in state.living() if t.only_counter in closing) if closing else ()
    return any(seq > act.last_seq for seq in (*tickets, *counters, *services, *kept)) or any(numbers)
