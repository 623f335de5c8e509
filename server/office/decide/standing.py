"""What an office does by itself (`office.standing`): the server asks for it, and the log names the rule as its author."""

from server.messages import commands as c
from server.messages import events as e
from server.messages.instants import HOUR
from server.office.decide import guards
from server.office.decide.moves import as_one, revert
from server.office.decide.press import Case, Rules, invalid
from server.office.standing import CLOSING, NOT_TODAY, acting, closes, is_on, lacking, of_rule

AT_MOST_MS = 2 * HOUR
"""How long a rule's counters help at most. If the wait is still too long then, it acts again."""


def close_intake(case: Case, command: c.CloseIntake) -> None:
    guards.allowed(case)
    if case.state.day is not None and closes(case.state, command.service):  # another node may have been faster
        case.author = f"rule:{CLOSING}"
        case.say(e.ServiceClosed, service=command.service, reason=NOT_TODAY)


def set_rule(case: Case, command: c.SetRule) -> None:
    guards.by_supervisor(case)
    rule = next((one for one in case.state.office.rules if one.id == command.rule), None)
    if rule is None:
        invalid("rule", f"{command.rule} is not in this office's list of rules")
    moves = of_rule(case.state, rule.id)
    if moves is not None and not command.on:
        revert(case, moves)
    if is_on(case.state, rule) != command.on or (command.on and acting(rule.id) in case.state.quiet):
        case.say(e.RuleSet, rule=rule.id, on=command.on)


def act_on_rule(case: Case, command: c.ActOnRule) -> None:
    guards.allowed(case)
    rule = next((one for one in case.state.office.rules if one.id == command.rule), None)
    if case.state.day is None or rule is None or not is_on(case.state, rule):
        return
    case.author = acting(rule.id)
    moves = of_rule(case.state, rule.id)
    if moves is not None and not command.act:
        revert(case, moves)
    if moves is None and command.act and acting(rule.id) not in case.state.quiet:  # another node may have been faster
        assigned = [
            c.AssignCounter(counter=name, services=services, reason=rule.id)
            for name, services in lacking(case.state, rule).items()
        ]
        as_one(case, assigned, until=case.now + AT_MOST_MS, reason=rule.id, rule=rule.id)


RULES: Rules = {c.CloseIntake: close_intake, c.SetRule: set_rule, c.ActOnRule: act_on_rule}
