"""What a supervisor changes: services, policy, messages, silence, roster."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import CalledHelper
from server.office.standing import CLOSING, NOT_TODAY, acting, intake, quieted
from server.office.state import SpokenCall, State


def _service_opened(state: State, event: e.ServiceOpened) -> None:
    service = state.services[event.service]
    # a person has decided, so the automatic closing leaves this service alone today
    if service.reason == NOT_TODAY and event.by != acting(CLOSING):
        state.quiet = quieted(state, intake(service.id))
    state.put_service(replace(service, closed=False, reason=None, until=None, situation=None, closed_seq=state.seq))


def _service_closed(state: State, event: e.ServiceClosed) -> None:
    service = state.services[event.service]
    closed = replace(service, closed=True, reason=event.reason, until=event.until, situation=event.situation)
    state.put_service(replace(closed, closed_seq=state.seq))


def _limited(state: State, event: e.ServiceLimited) -> None:
    state.put_service(replace(state.services[event.service], limit=event.tickets, limit_seq=state.seq))


def _boosted(state: State, event: e.ServiceBoosted) -> None:
    service = state.services[event.service]
    state.put_service(replace(service, boost=event.minutes, boost_until=event.until, boost_seq=state.seq))


def _policy(state: State, event: e.PolicySet) -> None:
    before, seq = state.preset, state.preset_seq
    if state.preset_until is not None:  # this replaces a preset for a while: the one to return to stays the same
        before, seq = state.preset_before, state.preset_before_seq
    state.set_preset(event.preset, event.until, before if event.until is not None else "")
    state.preset_seq = seq if event.ended else state.seq
    state.preset_before_seq = seq if event.until is not None else 0


def _roster(state: State, event: e.RosterSet) -> None:
    state.roster = event.into(state.roster)


def _walk_ins(state: State, event: e.WalkInsSet) -> None:
    others = {day: shares for day, shares in state.walk_ins.items() if day != event.day}
    state.walk_ins = others if event.shares is None else {**others, event.day: event.shares}


def _rule(state: State, event: e.RuleSet) -> None:
    """Whoever switches a rule on again means that it may act today."""
    state.switched[event.rule] = event.on
    if event.says is not None:
        state.written[event.rule] = event.says
    if event.removed:
        del state.written[event.rule], state.switched[event.rule]
    if event.on:
        state.quiet = tuple(name for name in state.quiet if name != acting(event.rule))


def _helper(state: State, event: e.HelperCalled) -> None:
    if event.ended:
        state.helpers.pop(event.helper, None)
    else:
        since = state.helpers[event.helper].since if event.helper in state.helpers else event.at
        state.helpers[event.helper] = CalledHelper(
            id=event.helper, since=since, until=event.until, counter=event.counter, by=event.by, last_seq=state.seq
        )


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
    _say(state, event, event.zone, tone=event.tone)


def _say(state: State, event: e.Event, zone: str, message: str = "", nth: str = "", tone: bool = False) -> None:
    """Speech in a zone that calls nobody. Each zone gets its own id, because each reports for itself."""
    state.said.append(
        SpokenCall(
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
            tone=tone,
        )
    )


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.ServiceOpened: _service_opened,
    e.ServiceClosed: _service_closed,
    e.ServiceLimited: _limited,
    e.ServiceBoosted: _boosted,
    e.PolicySet: _policy,
    e.RosterSet: _roster,
    e.WalkInsSet: _walk_ins,
    e.HelperCalled: _helper,
    e.RuleSet: _rule,
    e.MessagePosted: _posted,
    e.MessageCleared: _cleared,
    e.MessageAcknowledged: _acknowledged,
    e.ZoneSilenced: _silenced,
    e.SilenceEnded: _silence_ended,
    e.CallTested: _tested,
}
