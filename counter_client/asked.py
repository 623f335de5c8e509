"""What a terminal counter asks before a press: where to, how long, which service. Pure: a board in, choices out; the last choice
is exactly one command. Used by `terminal`; the page asks the same in `pages/questions.js`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from config.words import Words
from counter_client.wording import Wording
from server.messages.boards import Counter, CounterFace
from server.messages.instants import MINUTE, rfc3339
from server.messages.terms import DirectChannel, Phrase

JsonCommand = dict[str, Any]
LATER = (5, 10, 15, 20, 30, 45, 60, 90)
BREAKS = (5, 10, 15, 20, 30, 45, 60)
"""Minutes."""
CHANNELS = get_args(DirectChannel)[1:]
PERSONS = (2, 3, 4, 5)


@dataclass(frozen=True)
class Choice:
    """One row of a question: what it says, and either its command or the rows of the next question."""

    text: str
    command: JsonCommand = field(default_factory=dict)
    then: tuple["Choice", ...] = ()


def asked(name: str, board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """The rows of the question before an act. `now`: the server's time, ms."""
    return _QUESTIONS[name](board, wording, now)


def _later(command: JsonCommand, wording: Wording, now: int, key: str, steps: tuple[int, ...], none: str) -> Choice:
    """A choice of a length, that of no length first."""
    rows = [Choice(wording.say(none), command)]
    for minutes in steps:
        rows.append(Choice(wording.span(minutes * MINUTE), {**command, key: rfc3339(now + minutes * MINUTE)}))
    return Choice("", then=tuple(rows))


def _transfer(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """What makes sense first: open counters, other services, stations; then its own services, and closed counters."""
    current, say = board.current, wording.say
    if current is None:
        return ()
    command: JsonCommand = {"type": "transfer_ticket", "ticket": current.ticket}

    def to(text: str, **where: str) -> Choice:
        later = _later({**command, **where}, wording, now, "not_before", LATER, "counter-now")
        return Choice(text, then=later.then)

    def counters(faces: list[CounterFace]) -> list[Choice]:
        return [to(f"{face.label} ({wording.stands(face)})", to_counter=face.id) for face in faces]

    open_ones = [face for face in board.colleagues if face.state != "closed"]
    shut = [face for face in board.colleagues if face.state == "closed"]
    own = [one for one in board.services if one.id in current.services]
    others = [one for one in board.services if one.id not in current.services]
    stations = board.stations if "send_to_station" in board.may else ()
    send: JsonCommand = {"type": "send_to_station", "counter": board.counter.id}
    return (
        *counters(open_ones),
        *(to(wording.named(one.names), to_service=one.id) for one in others),
        *(Choice(wording.named(one.names), {**send, "station": one.id}) for one in stations),
        *(to(f"{say('counter-to-same-service')}: {wording.named(one.names)}", to_service=one.id) for one in own),
        *counters(shut),
    )


def _pause(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """The reason, then how long."""
    plain: JsonCommand = {"type": "pause_counter", "counter": board.counter.id}

    def long(command: JsonCommand) -> tuple[Choice, ...]:
        return _later(command, wording, now, "back_at", BREAKS, "counter-back-open").then

    if not board.break_reasons:
        return long(plain)
    return tuple(
        Choice(wording.named(one.names), then=long({**plain, "reason": one.id})) for one in board.break_reasons
    )


def _open_with(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """A profile of the office, as far as this counter can serve it; or one service alone."""
    command: JsonCommand = {"type": "open_counter", "counter": board.counter.id}
    skills = board.counter.skills
    profiles = [(one, [skill for skill in skills if skill in one.services]) for one in board.profiles]
    return (
        *(Choice(wording.named(one.names), {**command, "services": able}) for one, able in profiles if able),
        *(Choice(wording.services((skill,)), {**command, "services": [skill]}) for skill in skills),
    )


def _direct(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """The service, then how it is done, and for how many persons."""
    plain: JsonCommand = {"type": "serve_direct", "counter": board.counter.id}
    say = wording.say

    def how(command: JsonCommand) -> tuple[Choice, ...]:
        here = say("staff-channel-counter")
        others = (Choice(say(f"staff-channel-{one}"), {**command, "channel": one}) for one in CHANNELS)
        more = (Choice(f"{here}, {say('staff-persons', count=many)}", {**command, "persons": many}) for many in PERSONS)
        return Choice(here, command), *others, *more

    return tuple(
        Choice(wording.services((id,)), then=how({**plain, "services": [id]})) for id in board.counter.services
    )


def _phrase(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """What the display over the counter says: in the clerk's language, with whether the citizen's words were checked."""
    current, say = board.current, wording.say
    if current is None:
        return ()
    theirs = Words(current.language or board.languages[0])
    checked = say(f"counter-phrase-{theirs.text('wall-phrase-checked')}")
    command: JsonCommand = {"type": "show_phrase", "counter": board.counter.id}
    shown = tuple(
        Choice(
            f"{say(_phrase_word(one))} ({theirs.text('common-language-name')}: {checked})", {**command, "phrase": one}
        )
        for one in get_args(Phrase)
    )
    return (*shown, Choice(say("counter-phrase-none"), command)) if current.phrase else shown


def _phrase_word(phrase: str) -> str:
    return f"wall-phrase-{phrase}".replace("_", "-")


def _services(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """One more service for whom the counter serves."""
    current = board.current
    if current is None:
        return ()
    command: JsonCommand = {"type": "set_services", "ticket": current.ticket}
    return tuple(
        Choice(wording.named(one.names), {**command, "services": [*current.services, one.id]})
        for one in board.services
        if one.id not in current.services
    )


def _part(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """Only one of the services in hand is done; the others stay for later."""
    if board.current is None:
        return ()
    command: JsonCommand = {"type": "finish_service", "counter": board.counter.id}
    return tuple(Choice(wording.services((id,)), {**command, "services_done": [id]}) for id in board.current.in_hand)


def _without(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    command: JsonCommand = {"type": "finish_service", "counter": board.counter.id}
    outcomes = ("not_possible", "left")
    return tuple(
        Choice(wording.say(f"counter-outcome-{one}".replace("_", "-")), {**command, "outcome": one}) for one in outcomes
    )


def _missed(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """Before any screen has shown the call, whom it is about cannot know of it."""
    acts = (("counter-act-repeat", "repeat_call"), ("counter-act-missed", "mark_missed"))
    counter = {"counter": board.counter.id}
    return tuple(Choice(wording.say(name), {"type": type, **counter}) for name, type in acts if type in board.may)


def _pick(board: Counter, wording: Wording, now: int) -> tuple[Choice, ...]:
    """A number of the queue, called although it is not the next."""
    finish = {"finish_current": True} if board.current is not None else {}
    return tuple(
        Choice(
            f"{line.number}  {wording.services(line.services)}",
            {"type": "call_ticket", "counter": board.counter.id, "ticket": line.id, **finish},
        )
        for line in board.queue
        if line.id not in board.not_here
    )


_QUESTIONS: dict[str, Callable[[Counter, Wording, int], tuple[Choice, ...]]] = {
    "open-with": _open_with,
    "transfer": _transfer,
    "pause": _pause,
    "pause-after": _pause,
    "direct": _direct,
    "services": _services,
    "phrase": _phrase,
    "part": _part,
    "without": _without,
    "pick": _pick,
    "missed": _missed,
}
