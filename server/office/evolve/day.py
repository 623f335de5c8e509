"""Days, epochs, the office file. `day_opened` is a checkpoint: a fold that starts there gives the same state as the whole log."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import CalledHelper, Spender
from server.office.equipped import existing, opens_with
from server.office.evolve.counters import close
from server.office.keys import unpacked
from server.office.moves import name_of
from server.office.reserved import both, listed
from server.office.shift import shift
from server.office.state import State
from server.office.touched import WHOLE


def _day_opened(state: State, event: e.DayOpened) -> None:
    seq, mark, at = state.seq, state.mark, state.at
    State.__init__(state)  # `evolve` changes the object it is given, so it is emptied in place
    state.seq, state.mark, state.at = seq, mark, at
    state.epoch, state.day, state.last_day = event.epoch, event.day, event.day
    state.preset, state.preset_until = event.preset or "", event.preset_until
    state.preset_before = event.preset_before or ""
    state.preset_seq, state.preset_before_seq = event.preset_seq, event.preset_before_seq
    state.moves = {name_of(one): one for one in event.moves}
    state.helpers = {name: CalledHelper(id=name, since=at, until=until) for name, until in event.helpers.items()}
    state.helpers |= {one.id: one for one in event.called}
    state.quiet, state.switched = event.quiet, dict(event.switched)
    state.book = {name_of(row): row for row in event.book}
    state.written = {rule.id: rule for rule in event.written}
    state.touched = {WHOLE: seq}
    state.counters = {c.id: c for c in event.counters}
    state.services = {s.id: s for s in event.services}
    state.coming_zone, state.settings = event.coming_zone, event.settings
    state.configure(event.office)  # after counters and services: it adds new ones and drops those not in the file
    state.numbers = dict(event.numbers)
    state.messages = {m.id: m for m in event.messages}
    state.alarms = {a.place: a for a in event.alarms}
    state.silences = dict(event.silences)
    state.holds = {h.id: h for h in event.holds}
    state.set_appointments(event.appointments)
    state.leases = {lease.id: lease for lease in event.leases}
    state.roster = dict(event.roster)
    state.walk_ins = dict(event.walk_ins)
    for spent in event.keys:
        state.keys.keep((spent.who, spent.key), spent)
    _spent(state, event.spent)
    state.lost, state.lost_at, state.lost_more = event.lost, event.lost_at, event.lost_more
    state.reserved = event.reserved
    state.ahead, state.earlier, state.model = event.ahead, event.earlier, event.model
    state.taken_up = event.taken_up
    for ticket in event.tickets:
        state.put_ticket(ticket)


def _day_carried(state: State, event: e.DayCarried) -> None:
    for appointment in event.appointments:
        state.put_appointment(appointment)
    state.holds.update((hold.id, hold) for hold in event.holds)
    state.messages.update((message.id, message) for message in event.messages)
    state.moves.update((name_of(one), one) for one in event.moves)
    _spent(state, event.spent)


def _spent(state: State, spenders: tuple[Spender, ...]) -> None:
    for name, spent in unpacked(spenders):
        state.keys.keep(name, spent)


def _day_closed(state: State, event: e.DayClosed) -> None:
    state.day = None
    for counter in list(state.counters.values()):
        if counter.ticket is None and counter.state != "closed":
            close(state, counter, event.at)


def _epoch(state: State, event: e.EpochChanged) -> None:
    """Several nodes may each report what they saw lost: all reports are kept until the next day, issued numbers first.

    What two of them do not list is probably the same, so it is counted once.
    """
    state.epoch = event.epoch
    if event.shift:
        shift(state, event.shift, event.at, event.day)
    state.reserved = both(state.reserved, event.reserved)
    if event.lost:
        state.lost_at = event.at
    state.lost, more = listed(dict.fromkeys((*state.lost, *event.lost)))
    state.lost_more = max(state.lost_more, event.lost_more) + more


def _time_kept(state: State, event: e.TimeKept) -> None:
    state.ahead = event.ahead


def _model(state: State, event: e.ModelSet) -> None:
    state.model, state.taken_up = event.version, event.taken_up


def _configured(state: State, event: e.OfficeConfigured) -> None:
    """Closed counters take the file's services, open ones keep theirs as far as they exist; earlier presses cannot be undone."""
    state.coming_zone, state.settings = event.coming_zone, event.settings
    state.configure(event.office)
    state.acts.clear()
    for counter in state.counters.values():
        now = existing(state, counter)
        state.counters[counter.id] = replace(now, services=opens_with(state, now)) if now.state == "closed" else now
    state.replace_lines()


def _setting_laid(state: State, event: e.SettingLaid) -> None:
    """It is to come, or `office_configured` follows and lays it over the office."""
    state.settings = event.into(state.settings)


def _setting_taken_back(state: State, event: e.SettingTakenBack) -> None:
    """What counts already is taken out of the office by `office_configured`, which follows."""
    state.settings = event.into(state.settings)


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.DayOpened: _day_opened,
    e.DayCarried: _day_carried,
    e.DayClosed: _day_closed,
    e.EpochChanged: _epoch,
    e.TimeKept: _time_kept,
    e.ModelSet: _model,
    e.OfficeConfigured: _configured,
    e.SettingLaid: _setting_laid,
    e.SettingTakenBack: _setting_taken_back,
}
