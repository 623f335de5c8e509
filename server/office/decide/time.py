"""The log's time and the store's clock. Where the log is ahead it keeps its lead, until one press corrects it."""

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
    """From now on the office follows the clock: it has the true date, and every instant keeps its distance from now."""
    guards.allowed(case)
    if not case.state.ahead:
        return
    log_time, case.now = case.now, case.clock
    today = hours.day_of(case.state.office, case.now)
    case.say(e.EpochChanged, epoch=case.press.nonce, reason="clock", shift=case.now - log_time, day=today)


RULES: Rules = {c.KeepTime: keep_time, c.CorrectClock: correct_clock}
