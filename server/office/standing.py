"""What an office does by itself because its file says so: it closes a service whose new tickets would not be reached today, and
follows its standing rules. Pure.

The desk looks again and again (`wishes`), and asks `decide` for what has been wished for some minutes. What a supervisor took
back is not done again on that day (`State.quiet`).
"""

from server.messages import commands as c
from server.messages.facts import Counter, Moves, Row
from server.messages.office import Rule
from server.office import hours
from server.office.equipped import able
from server.office.state import State
from server.office.waits import Waits, kind_of

NOT_TODAY = "not_today"
"""The reason with which a service is closed because its new tickets would not be reached today."""
CLOSING = "close_intake"
"""How the log names this rule: `by` is `rule:close_intake`."""


def intake(service: str) -> str:
    """How the closing of a service is named in `State.quiet`."""
    return f"{CLOSING}:{service}"


def acting(rule: str) -> str:
    return f"rule:{rule}"


def rules_of(state: State) -> tuple[Rule, ...]:
    """Those of the office file, then those that supervisors wrote on the table. The file's goes before one of the same name."""
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
    """By open counter, the services with which it helps, added to its own. A counter that serves them already is left alone, and
    one that may not serve them any more: since the rule was written, the office file may have become another."""
    take = rule.take or (rule.service,)
    if any(name not in state.plans or state.plans[name].retired for name in take):
        return {}
    found = (state.counters[name] for name in rule.counters if name in state.counters)
    open_ = (one for one in found if one.state != "closed" and not set(take).issubset(one.services))
    helps = (one for one in open_ if able(state.places[one.id]).issuperset(take))
    return {one.id: tuple(dict.fromkeys((*_kept(state, one), *take))) for one in helps}


def _kept(state: State, counter: Counter) -> tuple[str, ...]:
    return tuple(name for name in counter.services if not state.plans[name].retired)


def of_row(row: Row) -> list[str]:
    """What is not done again today after a supervisor took this row of the shift book back."""
    return [intake(deed.service) for deed in row.did if deed.service is not None]


def quieted(state: State, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.quiet, *names)))


def wishes(state: State, waits: Waits, now: int) -> dict[str, c.SystemCommand]:
    """By name, what should be done if it is wished for some minutes without a break."""
    if state.day is None:
        return {}
    return _rules(state, waits) | {
        intake(plan.id): c.CloseIntake(service=plan.id)
        for plan in state.office.services
        if closes(state, plan.id) and waits.reached.get(plan.id) == "no" and hours.open_now(state.office, plan, now)
    }


def _rules(state: State, waits: Waits) -> dict[str, c.SystemCommand]:
    found: dict[str, c.SystemCommand] = {}
    for rule in rules_of(state):
        plan = state.plans.get(rule.service)
        drawn = waits.drawn.get(kind_of(plan)) if plan is not None else None
        if drawn is None or not is_on(state, rule):
            continue
        minutes = drawn.shown.median
        if of_rule(state, rule.id) is not None:
            if minutes < rule.under_minutes:
                found[f"end:{acting(rule.id)}"] = c.ActOnRule(rule=rule.id, act=False)
        elif minutes > rule.over_minutes and acting(rule.id) not in state.quiet and lacking(state, rule):
            found[acting(rule.id)] = c.ActOnRule(rule=rule.id, act=True)
    return found


def watches(state: State) -> bool:
    """Whether the office does anything by itself: only then its forecast is needed when nobody looks."""
    return state.office.policy.close_intake == "auto" or any(is_on(state, rule) for rule in rules_of(state))


def closes(state: State, service: str) -> bool:
    """Whether this service may be closed by itself now."""
    known = state.services.get(service)
    auto = state.office.policy.close_intake == "auto"
    return auto and known is not None and not known.closed and intake(service) not in state.quiet
