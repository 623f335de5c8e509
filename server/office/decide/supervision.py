"""A supervisor's single acts: assignments, services, limits, boosts, policy, messages, silence, roster."""

from datetime import date

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Duty, Message
from server.messages.office import ROSTER_SPANS, WALK_IN_ROWS, WEEKDAYS, Helper, StationPlan, WalkIns
from server.office.addressed import zones_of
from server.office.decide import guards
from server.office.decide.bookings import FARTHEST_MS
from server.office.decide.counters import can_do
from server.office.decide.press import Case, No, Rules, invalid
from server.office.equipped import able
from server.office.hours import clock, day_of, local
from server.office.office_grid import MESSAGES
from server.office.order import presets
from server.office.roster import version


def assign_counter(case: Case, command: c.AssignCounter) -> None:
    guards.known_counter(case, command.counter)
    services = guards.known_services(case, command.services)
    guards.by_supervisor(case)
    until = guards.to_come(case, "until", command.until)
    can_do(case, command.counter, services)
    case.say(e.CounterAssigned, counter=command.counter, services=services, until=until, reason=command.reason)


def open_service(case: Case, command: c.OpenService) -> None:
    service = guards.known_service(case, command.service)
    guards.by_supervisor(case)
    if service.closed:
        case.say(e.ServiceOpened, service=service.id)


def close_service(case: Case, command: c.CloseService) -> None:
    service = guards.known_service(case, command.service)
    guards.by_supervisor(case)
    until = guards.to_come(case, "until", command.until)
    case.say(e.ServiceClosed, service=service.id, reason=command.reason, until=until, situation=case.situation)


def limit_service(case: Case, command: c.LimitService) -> None:
    service = guards.known_service(case, command.service)
    guards.by_supervisor(case)
    case.say(e.ServiceLimited, service=service.id, tickets=command.tickets)


def boost_service(case: Case, command: c.BoostService) -> None:
    service = guards.known_service(case, command.service)
    guards.by_supervisor(case)
    until = guards.to_come(case, "until", command.until)
    case.say(e.ServiceBoosted, service=service.id, minutes=command.minutes, until=until)


def set_policy(case: Case, command: c.SetPolicy) -> None:
    guards.by_supervisor(case)
    if command.preset not in presets(case.state.office):
        invalid("preset", f"choose one of {', '.join(presets(case.state.office))}")
    case.say(e.PolicySet, preset=command.preset, until=guards.to_come(case, "until", command.until))


def call_helper(case: Case, command: c.CallHelper) -> None:
    if command.counter is not None:
        guards.known_counter(case, command.counter)
    guards.by_supervisor(case)
    helper = next((one for one in case.state.office.helpers if one.id == command.helper), None)
    if helper is None:
        invalid("helper", f"{command.helper} is not on this office's list of helpers")
    counter = command.counter or (helper.counters[0] if len(helper.counters) == 1 else None)
    _can_help(case, helper, counter)
    until = _stays_until(case, helper, guards.to_come(case, "until", command.until))
    case.say(e.HelperCalled, helper=helper.id, until=until, counter=counter, reason=command.reason)


def _can_help(case: Case, helper: Helper, counter: str | None) -> None:
    """Checks the counter against what the office file says of the helper."""
    if counter is None:
        return
    place = case.state.places[counter]
    if isinstance(place, StationPlan):
        raise No("unknown_counter", f"there is no counter {counter}")
    useful = not helper.services or not able(place).isdisjoint(helper.services)
    if (helper.counters and counter not in helper.counters) or not useful:
        raise No("cannot_serve", f"{helper.id} cannot help at counter {counter}", counter=counter)


def _stays_until(case: Case, helper: Helper, until: int | None) -> int | None:
    office = case.state.office
    today = local(office, case.now).date()
    begins, ends = clock(office, today, helper.begins), clock(office, today, helper.ends)
    if not begins <= case.now < ends:
        raise No("outside_hours", f"{helper.id} can be called from {helper.begins} to {helper.ends}")
    if helper.ends == "24:00":  # nobody said when they leave
        return until
    if until is not None and until > ends:
        invalid("until", f"{helper.id} is there until {helper.ends}")
    return ends if until is None else until


def post_message(case: Case, command: c.PostMessage) -> None:
    office = case.state.office
    for name in command.displays:
        if all(display.id != name for display in office.displays):
            raise No("unknown_display", f"there is no display {name}")
    for name in command.counters:
        guards.known_counter(case, name)
    for name in command.zones:
        _known_zone(case, name)
    guards.by_supervisor(case)
    if not command.text:
        invalid("text", "say it in one language at least")
    if case.situation is None and len(case.state.messages) >= MESSAGES:
        raise No("too_many", f"{MESSAGES} messages stand already; clear one first")
    message = Message(
        id=case.fresh(),
        text=dict(command.text),
        at=case.now,
        by=f"supervisor:{case.actor.account or 'token'}",
        displays=command.displays,
        counters=command.counters,
        zones=command.zones,
        speak=command.speak,
        until=guards.to_come(case, "until", command.until),
        places=command.places,
    )
    case.say(e.MessagePosted, message=message, spoken_in=_spoken_in(case, command) if command.speak else ())


def _spoken_in(case: Case, command: c.PostMessage) -> tuple[str, ...]:
    """The zones that a message is meant for, or all. Refused if one of them is silent: nobody would hear it."""
    wanted = zones_of(case.state, command.zones, command.displays, command.counters)
    if not wanted:
        invalid("speak", "what is meant for counters only is not spoken; name a zone or a display too")
    if case.situation is not None:  # a silent zone must not stop an evacuation
        return tuple(zone for zone in wanted if zone not in case.state.silences)
    for zone in wanted:
        _audible(case, zone)
    return wanted


def _audible(case: Case, zone: str) -> None:
    if zone in case.state.silences:
        raise No("wrong_state", f"zone {zone} is silent; end the silence first", zone=zone)


def clear_message(case: Case, command: c.ClearMessage) -> None:
    if command.message not in case.state.messages:
        raise No("unknown_message", f"there is no message {command.message}")
    guards.by_supervisor(case)
    case.say(e.MessageCleared, message=command.message)


def acknowledge_message(case: Case, command: c.AcknowledgeMessage) -> None:
    message = case.state.messages.get(command.message)
    guards.known_counter(case, command.counter)
    if message is None:
        raise No("unknown_message", f"there is no message {command.message}")
    guards.at_counter(case, command.counter)
    if command.counter not in message.acknowledged:
        case.say(e.MessageAcknowledged, counter=command.counter, message=message.id)


def _known_zone(case: Case, name: str) -> None:
    if name not in case.state.zones:
        raise No("unknown_zone", f"there is no zone {name}")


def silence_zone(case: Case, command: c.SilenceZone) -> None:
    _known_zone(case, command.zone)
    guards.by_supervisor(case)
    case.say(e.ZoneSilenced, zone=command.zone, until=guards.to_come(case, "until", command.until))


def end_silence(case: Case, command: c.EndSilence) -> None:
    if command.zone not in case.state.silences:
        _known_zone(case, command.zone)
    guards.by_supervisor(case)
    if command.zone in case.state.silences:
        case.say(e.SilenceEnded, zone=command.zone)


def test_call(case: Case, command: c.TestCall) -> None:
    _known_zone(case, command.zone)
    guards.by_supervisor(case)
    _audible(case, command.zone)
    case.say(e.CallTested, zone=command.zone, tone=command.tone)


def set_roster(case: Case, command: c.SetRoster) -> None:
    for span in command.duty or ():
        guards.known_counter(case, span.counter)
    guards.by_supervisor(case)
    named = [day for day in (command.date, command.weekday, command.day) if day is not None]
    if len(named) != 1:
        invalid("date", "name one date or one weekday")
    day = named[0]
    if day not in WEEKDAYS and not _comes(case, day):
        invalid("date", f"{day} is no day of the calendar, has passed or is more than two years ahead")
    if command.seen is not None and command.seen != version(case.state, day):
        raise No("overtaken", f"somebody else changed the plan of {day} meanwhile")
    if command.duty is None:
        if day in case.state.roster:
            case.say(e.RosterSet, day=day, duty=None)
        return
    duty = tuple(Duty(counter=s.counter, from_=s.from_, to=s.to, kind=s.kind) for s in command.duty)
    _in_turn(duty)
    today = day_of(case.state.office, case.now)
    others = sum(
        len(spans) for name, spans in case.state.roster.items() if name != day and (name in WEEKDAYS or name >= today)
    )
    if others + len(duty) > ROSTER_SPANS:
        raise No("too_many", f"a roster has at most {ROSTER_SPANS} spans in all; other days have {others}")
    case.say(e.RosterSet, day=day, duty=duty)


def set_walk_ins(case: Case, command: c.SetWalkIns) -> None:
    for share in command.shares or ():
        guards.known_services(case, share.services)
    guards.by_supervisor(case)
    if not _comes(case, command.date):
        invalid("date", f"{command.date} is no day of the calendar, has passed or is more than two years ahead")
    for share in command.shares or ():
        if share.to <= share.from_:
            invalid("shares.to", f"{share.to} is not after {share.from_}")
    known = case.state.walk_ins
    others = sum(len(rows) for day, rows in known.items() if day != command.date)
    if command.shares and others + len(command.shares) > WALK_IN_ROWS:
        raise No("too_many", f"all days together have at most {WALK_IN_ROWS} shares; other days have {others}")
    shares = tuple(
        WalkIns(percent=one.percent, begins=one.from_, ends=one.to, services=one.services)
        for one in command.shares or ()
    )
    if (shares or None) != known.get(command.date):
        case.say(e.WalkInsSet, day=command.date, shares=shares or None)


def _comes(case: Case, day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    office = case.state.office
    return day_of(office, case.now) <= day <= day_of(office, case.now + FARTHEST_MS)


def _in_turn(duty: tuple[Duty, ...]) -> None:
    """Checks that each span ends after it begins, and that no two spans of one counter and kind overlap."""
    ends: dict[tuple[str, str], str] = {}
    for span in sorted(duty, key=lambda one: one.from_):
        if span.to <= span.from_:
            invalid("duty.to", f"{span.to} is not after {span.from_} (counter {span.counter})")
        if span.from_ < ends.get((span.counter, span.kind), ""):
            invalid("duty.from", f"counter {span.counter} has two spans of {span.kind} at {span.from_}")
        ends[span.counter, span.kind] = span.to


RULES: Rules = {
    c.AssignCounter: assign_counter,
    c.OpenService: open_service,
    c.CloseService: close_service,
    c.LimitService: limit_service,
    c.BoostService: boost_service,
    c.SetPolicy: set_policy,
    c.CallHelper: call_helper,
    c.PostMessage: post_message,
    c.ClearMessage: clear_message,
    c.AcknowledgeMessage: acknowledge_message,
    c.SilenceZone: silence_zone,
    c.EndSilence: end_silence,
    c.TestCall: test_call,
    c.SetRoster: set_roster,
    c.SetWalkIns: set_walk_ins,
}
