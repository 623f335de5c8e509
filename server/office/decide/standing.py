"""What an office does by itself (`office.standing`): the server asks for it, and the log names the rule as its author."""

from collections.abc import Collection

from server.messages import commands as c
from server.messages import events as e
from server.messages.instants import HOUR
from server.messages.office import MOST_RULES, Rule
from server.office.decide import guards
from server.office.decide.counters import can_do
from server.office.decide.moves import as_one, revert
from server.office.decide.press import Case, Rules, invalid
from server.office.standing import (
    CLOSING,
    NOT_TODAY,
    acting,
    closes,
    helping,
    is_on,
    of_rule,
    reopens,
    rule_of,
    rules_of,
)

AT_MOST_MS = 2 * HOUR
"""How long a rule's counters help at most, ms. If the wait is still too long after that, the rule acts again."""


def close_intake(case: Case, command: c.CloseIntake) -> None:
    guards.allowed(case)
    if case.state.day is None:
        return
    case.author = f"rule:{CLOSING}"  # another node may have been faster: then there is nothing left to do
    if command.open and reopens(case.state, command.service):
        case.say(e.ServiceOpened, service=command.service)
    if not command.open and closes(case.state, command.service):
        case.say(e.ServiceClosed, service=command.service, reason=NOT_TODAY)


def set_rule(case: Case, command: c.SetRule) -> None:
    guards.by_supervisor(case)
    _writable(case, command)
    written = None if command.says is None else _written(case, command.rule, command.says)
    rule = written or rule_of(case.state, command.rule)
    if rule is None:
        invalid("rule", f"{command.rule} is not in this office's list of rules")
    rewritten = written is not None and written != case.state.written.get(command.rule)
    moves = of_rule(case.state, rule.id)
    if moves is not None and (rewritten or command.remove or not command.on):
        revert(case, moves)
    if command.remove:
        case.say(e.RuleSet, rule=rule.id, on=False, removed=True)
        return
    again = is_on(case.state, rule) != command.on or (command.on and acting(rule.id) in case.state.quiet)
    if again or rewritten:
        case.say(e.RuleSet, rule=rule.id, on=command.on, says=written)


def _writable(case: Case, command: c.SetRule) -> None:
    if command.says is not None and command.remove:
        invalid("remove", "a rule is either written or removed")
    if (command.says is not None or command.remove) and any(one.id == command.rule for one in case.state.office.rules):
        invalid("rule", f"{command.rule} is a rule of the office file; it is changed there")


def _written(case: Case, name: str, says: c.RuleText) -> Rule:
    """The rule, checked as one of the office file is."""
    if len(rules_of(case.state)) >= MOST_RULES and name not in case.state.written:
        invalid("rule", f"this office has {MOST_RULES} rules already")
    if says.under_minutes >= says.over_minutes:
        invalid("says.under_minutes", f"must be below `over_minutes`, which is {says.over_minutes}")
    guards.known_service(case, says.service)
    take = guards.known_services(case, says.take or (says.service,))
    for counter in says.counters:
        guards.known_counter(case, counter)
        can_do(case, counter, take)
    return Rule(
        id=name, service=says.service, over_minutes=says.over_minutes, under_minutes=says.under_minutes,
        counters=tuple(dict.fromkeys(says.counters)), take=says.take,
    )  # fmt: skip


def act_on_rule(case: Case, command: c.ActOnRule) -> None:
    guards.allowed(case)
    rule = rule_of(case.state, command.rule)
    if case.state.day is None or rule is None or not is_on(case.state, rule):
        return
    case.author = acting(rule.id)
    moves = of_rule(case.state, rule.id)
    if moves is not None and not command.act:
        revert(case, moves)
    if moves is None and command.act and acting(rule.id) not in case.state.quiet:  # another node may have been faster
        found = helping(case.state, rule)
        assigned = [
            c.AssignCounter(counter=name, services=services, reason=rule.id) for name, services in found.items()
        ]
        as_one(case, assigned, until=_until(case, found), reason=rule.id, rule=rule.id)


def _until(case: Case, counters: Collection[str]) -> int:
    """Not later than the end of what a supervisor gave one of these counters for a while; after that the rule looks again."""
    given = (case.state.counters[name].assignment for name in counters)
    ends = (one.until for one in given if one is not None and one.until is not None)
    return min((case.now + AT_MOST_MS, *ends))


RULES: Rules = {c.CloseIntake: close_intake, c.SetRule: set_rule, c.ActOnRule: act_on_rule}
