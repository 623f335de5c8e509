"""How events change calls for help and silent alarms."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Alarm, Help
from server.office.state import State


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


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.HelpRequested: _help,
    e.HelpAccepted: _help_accepted,
    e.AlarmRaised: _alarm,
    e.AlarmAccepted: _alarm_accepted,
    e.AlarmEnded: _alarm_ended,
}
