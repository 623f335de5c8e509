"""Situations of the office file: started with one press, as one set of moves that `revert_moves` takes back."""

from collections.abc import Iterator

from server.messages import commands as c
from server.messages.office import Situation
from server.messages.terms import NoticePlace
from server.office.decide import guards
from server.office.decide.moves import as_one
from server.office.decide.press import Case, No, Rules, invalid


def start_situation(case: Case, command: c.StartSituation) -> None:
    guards.by_supervisor(case)
    plan = next((one for one in case.state.office.situations if one.id == command.situation), None)
    if plan is None:
        invalid("situation", f"{command.situation} is not in this office's list of situations")
    if any(one.situation == plan.id for one in case.state.moves.values()):
        raise No("wrong_state", f"{plan.id} has begun already; take it back first")
    case.situation = plan.id
    until = guards.to_come(case, "until", command.until)
    as_one(case, [*_moves(case, plan)], until=until, reason=command.reason or plan.reason, situation=plan.id)


def _moves(case: Case, plan: Situation) -> Iterator[c.Command]:
    for service in case.state.office.services:
        if not service.retired and (not plan.services or service.id in plan.services):
            yield c.CloseService(service=service.id, reason=plan.reason)
    if plan.displays:
        yield _words("displays", plan.displays, speak=plan.speak)
    if plan.phones:
        yield _words("phones", plan.phones)
    if plan.counters:
        yield _words("counters", plan.counters)


def _words(place: NoticePlace, text: dict[str, str], *, speak: bool = False) -> c.PostMessage:
    return c.PostMessage(text=text, places=(place,), speak=speak)


RULES: Rules = {c.StartSituation: start_situation}
