"""What a supervisor changes: services, policy, sets of moves, messages, silence, roster; alarms and help; undo."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Alarm, Help, Ticket
from server.office.evolve.calls import withdraw_shown
from server.office.moves import without
from server.office.state import Said, Shown, State


def _service_opened(state: State, event: e.ServiceOpened) -> None:
    service = state.services[event.service]
    state.put_service(replace(service, closed=False, reason=None, until=None, closed_seq=state.seq))


def _service_closed(state: State, event: e.ServiceClosed) -> None:
    service = state.services[event.service]
    state.put_service(replace(service, closed=True, reason=event.reason, until=event.until, closed_seq=state.seq))


def _limited(state: State, event: e.ServiceLimited) -> None:
    state.put_service(replace(state.services[event.service], limit=event.tickets, limit_seq=state.seq))


def _boosted(state: State, event: e.ServiceBoosted) -> None:
    service = state.services[event.service]
    state.put_service(replace(service, boost=event.minutes, boost_until=event.until, boost_seq=state.seq))


def _applied(state: State, event: e.MovesApplied) -> None:
    state.moves[event.before.key] = replace(event.before, last_seq=state.seq)


def _reverted(state: State, event: e.MovesReverted) -> None:
    gone = state.moves.pop(event.set, None)
    if gone is not None and event.v > 1:
        state.moves = {key: without(moves, gone) for key, moves in state.moves.items()}
    for counter in event.counters:
        state.put_counter(counter)
    for service in event.services:
        state.put_service(service)
    for ticket in event.tickets:
        state.put_ticket(ticket)
    if event.policy is not None:
        state.set_preset(event.policy, event.policy_until, event.policy_before)
        state.preset_seq = event.policy_seq


def _policy(state: State, event: e.PolicySet) -> None:
    before, seq = state.preset, state.preset_seq
    if state.preset_until is not None:
        before, seq = state.preset_before, state.preset_before_seq
    state.set_preset(event.preset, event.until, before if event.until is not None else "")
    state.preset_seq = seq if event.ended else state.seq
    state.preset_before_seq = seq if event.until is not None else 0


def _roster(state: State, event: e.RosterSet) -> None:
    state.roster[event.day] = event.duty


def _helper(state: State, event: e.HelperCalled) -> None:
    if event.ended:
        state.helpers.pop(event.helper, None)
    else:
        state.helpers[event.helper] = event.until


def _posted(state: State, event: e.MessagePosted) -> None:
    state.messages[event.message.id] = event.message
    for nth, zone in enumerate(event.spoken_in):
        _say(state, event, zone, message=event.message.id, nth=f".{nth}" if nth else "")


def _cleared(state: State, event: e.MessageCleared) -> None:
    state.messages.pop(event.message, None)


def _acknowledged(state: State, event: e.MessageAcknowledged) -> None:
    message = state.messages[event.message]
    state.messages[message.id] = replace(message, acknowledged=(*message.acknowledged, event.counter))


def _silenced(state: State, event: e.ZoneSilenced) -> None:
    state.silences[event.zone] = event.until


def _silence_ended(state: State, event: e.SilenceEnded) -> None:
    state.silences.pop(event.zone, None)


def _tested(state: State, event: e.CallTested) -> None:
    _say(state, event, event.zone)


def _say(state: State, event: e.Event, zone: str, message: str = "", nth: str = "") -> None:
    """Something for a zone's voice that calls nobody. Each has an id of its own, for each zone speaks for itself."""
    state.said.append(
        Said(
            id=f"{state.mark}{state.seq}{nth}",
            seq=state.seq,
            at=event.at,
            zone=zone,
            ticket="",
            number="",
            counter="",
            attempt=1,
            language=None,
            message=message,
        )
    )


def _help(state: State, event: e.HelpRequested) -> None:
    state.help[event.help] = Help(id=event.help, device=event.device, at=event.at)


def _help_accepted(state: State, event: e.HelpAccepted) -> None:
    state.help[event.help] = replace(state.help[event.help], accepted_by=event.by)


def _alarm(state: State, event: e.AlarmRaised) -> None:
    place = event.counter or "desk"
    state.alarms[place] = Alarm(place=place, at=event.at)


def _alarm_accepted(state: State, event: e.AlarmAccepted) -> None:
    alarm = state.alarms[event.counter or "desk"]
    state.alarms[alarm.place] = replace(alarm, accepted_by=(*alarm.accepted_by, event.place))


def _alarm_ended(state: State, event: e.AlarmEnded) -> None:
    state.alarms.pop(event.counter or "desk", None)


def _undone(state: State, event: e.Undone) -> None:
    for counter in event.counters:
        state.put_counter(counter)
    for service in event.services:
        state.put_service(replace(service, issued=state.services[service.id].issued))
    for ticket in event.tickets:
        _restore(state, ticket, event.at)
    state.acts.pop((event.who, event.of), None)


def _restore(state: State, ticket: Ticket, at: int) -> None:
    now = state.tickets[ticket.id]
    if now.state == "called" and ticket.state != "called":
        withdraw_shown(state, ticket.id, at)
    if bool(now.calls) != bool(ticket.calls):
        state.passed(ticket, gone=not ticket.calls)
    state.put_ticket(ticket)
    if ticket.state == "called":
        state.hush(ticket.id, above=ticket.attempt)
        _up_again(state, ticket)
    booked = state.appointments.get(ticket.appointment or "")
    if booked is not None and ticket.state == "cancelled":
        state.put_appointment(replace(booked, ticket=None))


def _up_again(state: State, ticket: Ticket) -> None:
    """On the walls as it was, but it does not stand out: nobody is called by an undo."""
    assert ticket.counter is not None, "it is called there"
    assert ticket.called_at is not None, "it is called"
    state.shown[ticket.id] = Shown(
        ticket=ticket.id,
        number=ticket.number,
        counter=ticket.counter,
        at=ticket.called_at,
        attempt=ticket.attempt,
        calm=True,
    )


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.ServiceOpened: _service_opened,
    e.ServiceClosed: _service_closed,
    e.ServiceLimited: _limited,
    e.ServiceBoosted: _boosted,
    e.MovesApplied: _applied,
    e.MovesReverted: _reverted,
    e.PolicySet: _policy,
    e.RosterSet: _roster,
    e.HelperCalled: _helper,
    e.MessagePosted: _posted,
    e.MessageCleared: _cleared,
    e.MessageAcknowledged: _acknowledged,
    e.ZoneSilenced: _silenced,
    e.SilenceEnded: _silence_ended,
    e.CallTested: _tested,
    e.HelpRequested: _help,
    e.HelpAccepted: _help_accepted,
    e.AlarmRaised: _alarm,
    e.AlarmAccepted: _alarm_accepted,
    e.AlarmEnded: _alarm_ended,
    e.Undone: _undone,
}
