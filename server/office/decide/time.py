"""The log's time beside the store's clock: kept running where it is ahead, and set right by one press."""

from server.messages import commands as c
from server.messages import events as e
from server.office import hours
from server.office.decide import guards
from server.office.decide.press import Case, Rules


def keep_time(case: Case, command: c.KeepTime) -> None:
    guards.allowed(case)
    if command.ahead == case.state.ahead:
        return
    case.now = max(case.state.at, case.clock + command.ahead)
    case.say(e.TimeKept, ahead=command.ahead)


def correct_clock(case: Case, command: c.CorrectClock | c.OpenDay) -> None:
    """From here on the office goes by the clock: the true date, and everything as far from now as it was."""
    guards.allowed(case)
    if not case.state.ahead:
        return
    log_time, case.now = case.now, case.clock
    today = hours.day_of(case.state.office, case.now)
    case.say(e.EpochChanged, epoch=case.press.nonce, reason="clock", shift=case.now - log_time, day=today)


RULES: Rules = {c.KeepTime: keep_time, c.CorrectClock: correct_clock}
