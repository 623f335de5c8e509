"""Distress: help at a kiosk, the silent alarm."""

from server.messages import commands as c
from server.messages import events as e
from server.messages.rights import DEVICES
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules


def request_help(case: Case, command: c.RequestHelp) -> None:
    office = case.state.office
    if command.kiosk is not None and command.kiosk not in (kiosk.id for kiosk in office.kiosks):
        raise No("unknown_device", f"there is no kiosk {command.kiosk}")
    if command.station is not None and command.station not in (station.id for station in office.stations):
        raise No("unknown_device", f"there is no station {command.station}")
    guards.allowed(case)
    # staff ask for the device whose page they have opened: whoever comes must know where to go
    own = case.actor.device if case.actor.role in DEVICES else None
    device = own or command.station or command.kiosk
    if device is None:
        raise No("unknown_device", "name the kiosk or the station where help is needed")
    waiting = [call for call in case.state.help.values() if call.device == device and call.accepted_by is None]
    if not waiting:
        case.say(e.HelpRequested, help=case.fresh(), device=device)


def accept_help(case: Case, command: c.AcceptHelp) -> None:
    call = case.state.help.get(command.help)
    if call is None:
        raise No("unknown_device", f"there is no call for help {command.help}")
    guards.allowed(case)
    if call.accepted_by is None:
        case.say(e.HelpAccepted, help=call.id)


def raise_alarm(case: Case, command: c.RaiseAlarm) -> None:
    if command.counter is not None:
        guards.known_counter(case, command.counter)
    guards.allowed(case)
    if (command.counter or "desk") not in case.state.alarms:
        case.say(e.AlarmRaised, counter=command.counter)


def accept_alarm(case: Case, command: c.AcceptAlarm) -> None:
    _standing(case, command.counter)
    _known(case, command.from_)
    guards.allowed(case)
    alarm = case.state.alarms.get(command.counter or "desk")
    place = command.from_ or "desk"
    if alarm is not None and place not in alarm.accepted_by:
        case.say(e.AlarmAccepted, counter=command.counter, place=place)


def end_alarm(case: Case, command: c.EndAlarm) -> None:
    _standing(case, command.counter)
    guards.allowed(case)
    if (command.counter or "desk") in case.state.alarms:
        case.say(e.AlarmEnded, counter=command.counter)


def _standing(case: Case, counter: str | None) -> None:
    """Any active alarm can be answered and ended, even if its counter is no longer in the office file."""
    if counter not in case.state.alarms:
        _known(case, counter)


def _known(case: Case, counter: str | None) -> None:
    if counter is not None:
        guards.known_counter(case, counter)


RULES: Rules = {
    c.RequestHelp: request_help,
    c.AcceptHelp: accept_help,
    c.RaiseAlarm: raise_alarm,
    c.AcceptAlarm: accept_alarm,
    c.EndAlarm: end_alarm,
}
