"""What an office does by itself: the server asks once it has been so for some minutes, and the log names the rule."""

from server.messages import commands as c
from server.messages import events as e
from server.office.decide import guards
from server.office.decide.press import Case, Rules
from server.office.standing import CLOSING, NOT_TODAY, closes


def close_intake(case: Case, command: c.CloseIntake) -> None:
    guards.allowed(case)
    if case.state.day is not None and closes(case.state, command.service):  # another node may have been faster
        case.author = f"rule:{CLOSING}"
        case.say(e.ServiceClosed, service=command.service, reason=NOT_TODAY)


RULES: Rules = {c.CloseIntake: close_intake}
