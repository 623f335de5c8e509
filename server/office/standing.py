"""What an office does by itself: close a service whose new tickets would not be reached today, and follow its standing rules.

Pure. The desk asks `wishes` again and again, and sends a command to `decide` when it has been wished for some minutes without a
break. What a supervisor took back is not done again on that day (`State.quiet`).
"""

from server.messages import commands as c
from server.messages.facts import Counter, Moves, Row
from server.messages.instants import MINUTE
from server.messages.office import Rule
from server.office import hours
from server.office.equipped import able
from server.office.reach import Reach
from server.office.state import State
from server.office.waits import Waits, kind_of

NOT_TODAY = "not_today"
"""The reason with which a service is closed because its new tickets would not be reached today."""
CLOSING = "close_intake"
"""How the log names this rule: `by` is `rule:close_intake`."""


def intake(service: str) -> str:
    """The name of the automatic closing of a service in `State.quiet`."""
    return f"{CLOSING}:{service}"


def acting(rule: str) -> str:
    return f"rule:{rule}"


def rules_of(state: State) -> tuple[Rule, ...]:
    """The rules of the office file, then those that supervisors wrote on the table. If two have the same name, the file's
    counts."""
    filed = {rule.id for rule in state.office.rules}
    return (*state.office.rules, *(rule for rule in state.written.values() if rule.id not in filed))


def rule_of(state: State, name: str) -> Rule | None:
    return next((rule for rule in rules_of(state) if rule.id == name), None)


def is_on(state: State, rule: Rule) -> bool:
    return state.switched.get(rule.id, rule.on)


def of_rule(state: State, rule: str) -> Moves | None:
    """The set of moves with which the rule acts now."""
    return next((one for one in state.moves.values() if one.rule == rule), None)


def lacking(state: State, rule: Rule) -> dict[str, tuple[str, ...]]:
    """Services by open counter: its own, and those with which the rule makes it help.

    Counters that serve them already are left out, and counters that may not: the office file may have changed since the rule
    was written.
    """
    take = rule.take or (rule.service,)
    if any(name not in state.plans or state.plans[name].retired for name in take):
        return {}
    found = (state.counters[name] for name in rule.counters if name in state.counters)
    open_ = (one for one in found if one.state != "closed" and not set(take).issubset(one.services))
    helps = (one for one in open_ if able(state.places[one.id]).issuperset(take))
    return {one.id: tuple(dict.fromkeys((*_kept(state, one), *take))) for one in helps}


def leaning(state: State, rule: Rule) -> dict[str, tuple[str, ...]]:
    """Services by counter, for open counters that do what this rule wants only because another rule acts.

    They are given once more in the name of this rule, so that they stay when the other one ends.
    """
    take = set(rule.take or (rule.service,))
    before = [picture for one in state.moves.values() if one.rule for picture in one.counters]
    without = {one.id for one in before if not take.issubset(one.services)}
    found = (state.counters[name] for name in rule.counters if name in without and name in state.counters)
    given = (one for one in found if one.assignment is not None and one.assignment.by.startswith(acting("")))
    return {one.id: _kept(state, one) for one in given if one.state != "closed" and take.issubset(_kept(state, one))}


def helping(state: State, rule: Rule) -> dict[str, tuple[str, ...]]:
    """By counter, what the rule gives it if it acts now. If another rule gives all that already, this one gives it too: else,
    when the other ends, people would wait until this one has made sure that it is needed."""
    return lacking(state, rule) | leaning(state, rule)


def _kept(state: State, counter: Counter) -> tuple[str, ...]:
    return tuple(name for name in counter.services if not state.plans[name].retired)


def of_row(row: Row) -> list[str]:
    """The names of what the office does not do again today, after a supervisor took this row of the shift book back."""
    return [intake(deed.service) for deed in row.did if deed.service is not None]


def quieted(state: State, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.quiet, *names)))


def wishes(state: State, waits: Waits, now: int) -> dict[str, c.SystemCommand]:
    """Commands by name: what should be done if it is wished for some minutes without a break."""
    if state.day is None:
        return {}
    return _rules(state, waits, now) | _intake(state, waits, now)


def _intake(state: State, waits: Waits, now: int) -> dict[str, c.SystemCommand]:
    found: dict[str, c.SystemCommand] = {}
    reach = Reach(state, now)
    for plan in state.office.services:
        reached = waits.reached.get(plan.id)
        # while no counter is open for it yet, the forecast cannot reach it either: that is no reason to send people home
        given = reach.of_service(plan) is None
        if closes(state, plan.id) and reached == "no" and given and hours.open_now(state.office, plan, now):
            found[intake(plan.id)] = c.CloseIntake(service=plan.id)
        if reopens(state, plan.id) and reached == "yes":
            found[f"end:{intake(plan.id)}"] = c.CloseIntake(service=plan.id, open=True)
    return found


def _rules(state: State, waits: Waits, now: int) -> dict[str, c.SystemCommand]:
    found: dict[str, c.SystemCommand] = {}
    for rule in rules_of(state):
        plan = state.plans.get(rule.service)
        if plan is None or not is_on(state, rule):
            continue
        drawn = waits.drawn.get(kind_of(plan))
        if of_rule(state, rule.id) is not None:
            if drawn is not None and drawn.shown.median < rule.under_minutes:
                found[f"end:{acting(rule.id)}"] = c.ActOnRule(rule=rule.id, act=False)
        elif acting(rule.id) not in state.quiet and helping(state, rule):
            minutes = drawn.shown.median if drawn is not None else _waited(state, rule.service, now)
            if minutes > rule.over_minutes:
                found[acting(rule.id)] = c.ActOnRule(rule=rule.id, act=True)
    return found


def _waited(state: State, service: str, now: int) -> float:
    """The longest wait for this service until now, in minutes. It is used when there is no forecast because no open counter
    gives the service: then a rule is needed most."""
    since = (state.waits_since(one) for one in state.waiting_tickets() if service in one.services)
    return max(0, now - min(since, default=now)) / MINUTE


def watches(state: State) -> bool:
    """Whether the office does anything by itself. Only then is its forecast needed when nobody looks at a board."""
    return state.office.policy.close_intake == "auto" or any(is_on(state, rule) for rule in rules_of(state))


def reopens(state: State, service: str) -> bool:
    """Whether the office closed this service by itself because new tickets would not be reached, and no supervisor changed the
    end."""
    known = state.services.get(service)
    auto = state.office.policy.close_intake == "auto"
    return auto and known is not None and known.closed and known.reason == NOT_TODAY and known.until is None


def closes(state: State, service: str) -> bool:
    """Whether this service may be closed by itself now."""
    known = state.services.get(service)
    auto = state.office.policy.close_intake == "auto"
    return auto and known is not None and not known.closed and intake(service) not in state.quiet
